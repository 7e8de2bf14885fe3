// The state of the page as the fragment of its address, so that a link brings the same view back.

const LISTS = Object.keys(CHOICES);
const DAY = /^\d{4}-\d\d-\d\d$/;
const MEETING = new Map(DATA.meetings.map((meeting, index) => [meeting.id, index]));

function edgeBetween(a, b) {
  return shown.edges.find(({ edge }) => {
    const ends = [edge.from, edge.to].map((node) => DATA.things[NODE.get(node).thing].id);
    return ends.includes(a) && ends.includes(b);
  });
}

/** What is open, by names that another build of the same graph knows too. */
function openName() {
  if (open.thing !== undefined) return DATA.things[open.thing].id;
  if (open.meeting !== undefined) return DATA.meetings[open.meeting].id;
  if (!open.edge) return "";
  const { from, to } = EDGE.get(open.edge);
  return [from, to].map((node) => DATA.things[NODE.get(node).thing].id).join(" ");
}

function addressOf({ place = true } = {}) {
  const state = new URLSearchParams({ view: asked.view });
  for (const name of ["from", "to"]) if (asked[name]) state.set(name, asked[name]);
  for (const name of LISTS) for (const value of asked[name]) state.append(name, value);
  if (asked.least > 1) state.set("least", String(asked.least));
  if (asked.confidence) state.set("confidence", String(asked.confidence));
  if (asked.colour !== "community") state.set("colour", asked.colour);
  if (language !== ownLanguage()) state.set("lang", language);
  if (openName()) state.set("open", openName());
  if (place && Math.abs(net.getScale() - fitScale) > 1e-6) {
    const { x, y } = net.getViewPosition();
    state.set("at", [x, y, net.getScale()].map((number) => Number(number.toPrecision(4))).join(","));
  }
  return `#${state}`;
}

let writing = 0;
let written = "";

/** Once the page has come to rest. */
function writeAddress() {
  clearTimeout(writing);
  writing = setTimeout(() => {
    written = addressOf();
    try {
      history.replaceState(null, "", written);
    } catch {
      // A frame in a notebook has no address of its own.
    }
    document.getElementById("address").value = location.href.replace(/#.*$/, "") + written;
  }, 250);
}

/** Read a fragment: what it does not say is at rest, what is not known here is left out. */
function readAddress(fragment) {
  const state = new URLSearchParams(fragment.replace(/^#/, ""));
  const view = state.get("view");
  const day = (name) => (DAY.test(state.get(name) || "") ? state.get(name) : "");
  Object.assign(asked, structuredClone(AT_REST), { from: day("from"), to: day("to") });
  for (const name of LISTS) asked[name] = state.getAll(name).filter((value) => OCCURRING[name].includes(value));
  asked.least = Math.min(Math.max(Number.parseInt(state.get("least"), 10) || 1, 1), 999);
  asked.confidence = Math.min(Math.max(Number(state.get("confidence")) || 0, 0), 1);
  asked.colour = ["community", "state", "kind"].includes(state.get("colour")) ? state.get("colour") : "community";
  if (LANGUAGES.includes(state.get("lang"))) language = state.get("lang");
  if (Object.hasOwn(VIEW_KINDS, view)) asked.view = view;
  const at = (state.get("at") || "").split(",").map(Number);
  return { open: state.get("open") || "", at: at.length === 3 && at.every(Number.isFinite) ? at : null };
}

/** Open what a fragment names, and go where it says. */
function restore({ open: name, at }) {
  if (THING.has(name)) openThing(THING.get(name), { focus: false });
  else if (MEETING.has(name)) openMeeting(MEETING.get(name));
  else if (name.includes(" ")) {
    const line = edgeBetween(...name.split(" ", 2));
    if (line) openEdge(line.edge.id);
  }
  if (at) moveTo({ x: at[0], y: at[1] }, Math.min(Math.max(at[2], 0.02), 8), false);
}

addEventListener("hashchange", () => {
  if (location.hash === written) return;
  const wished = readAddress(location.hash);
  setLanguage(language);
  setView(asked.view);
  restore(wished);
});
for (const name of ["dragEnd", "zoom", "animationFinished"]) net.on(name, writeAddress);
