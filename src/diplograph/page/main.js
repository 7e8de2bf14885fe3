// What happens when: views, filters, language, keys, clicks.

const form = document.getElementById("filter");
const TYPES = ["meeting", "call", "consultations", "session", "visit", "conference", "signing", "credentials", "other"];

function setView(view) {
  asked.view = view;
  open = {};
  picked = {};
  hideTip();
  for (const button of document.querySelectorAll("[data-view]")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === view));
  }
  redraw({ fit: true });
  writeAround();
}

/** All that stands around the graph and follows view, filters and language. */
function writeAround() {
  writeLegend();
  writeEmpty();
  writeCapped();
  writeCard();
}

function writeCounts() {
  const of = (kind) => DATA.things.filter((thing) => thing.kind === kind).length;
  document.getElementById("counts").textContent = [
    counted("count_meetings", DATA.meetings.length),
    counted("count_officials", of("official")),
    counted("count_states", of("state")),
    counted("count_organizations", of("organization")),
    counted("count_sources", DATA.articles.length),
  ].join(" · ");
}

function sample(className, colour) {
  const element = make("i", { class: className, "aria-hidden": "true" });
  if (colour) element.style.color = colour;
  return element;
}

function writeLegend() {
  const kinds = Object.entries({ official: "dot", state: "square", organization: "diamond" })
    .filter(([kind]) => shown.nodes.some((node) => DATA.things[node.thing].kind === kind))
    .map(([kind, shape]) => make("li", {}, sample(shape), word(`legend_${kind}`)));
  const strokes = [
    shown.edges.some(({ edge, meetings }) => edge.meetings && meetings.some((index) => !DATA.meetings[index].planned)) && ["held", "legend_held"],
    shown.edges.some(({ edge, meetings }) => edge.meetings && meetings.every((index) => DATA.meetings[index].planned)) && ["dashed", "legend_planned"],
    shown.edges.some(({ edge }) => !edge.meetings) && ["dotted", "legend_tie"],
  ];
  const colours = classes.classes.map(({ place, name, count }) => make("li", {}, sample("swatch", theme.colours[place]), name, make("span", { class: "quiet" }, ` ${formatNumber(count)}`)));
  if (classes.rest && colours.length) colours.push(make("li", {}, sample("swatch", theme.rest), word(asked.colour === "state" ? "no_state" : "other")));
  document.querySelector("#legend > div").replaceChildren(
    make("ul", {}, ...kinds, ...strokes.filter(Boolean).map(([name, key]) => make("li", {}, sample(`stroke ${name}`), word(key)))),
    make("ul", {}, ...colours),
    make("p", {}, word("legend_size")),
  );
}

function writeEmpty() {
  const empty = document.getElementById("empty");
  const nothing = !DATA.nodes.some((node) => node.view === asked.view);
  empty.hidden = shown.nodes.length > 0;
  document.getElementById("legend").hidden = !empty.hidden;
  empty.querySelector("h2").textContent = word(nothing ? "empty_title" : "nothing_found");
  empty.querySelector("p").textContent = word(nothing ? "empty_text" : "empty_filter");
}

function writeCapped() {
  const capped = document.getElementById("capped");
  const drawn = DATA.nodes.filter((node) => node.view === asked.view).length;
  const all = DATA.views[asked.view].nodes;
  capped.hidden = drawn === all;
  capped.textContent = word("capped", { n: drawn, m: all });
}

function setLanguage(code) {
  language = code;
  writeWords();
  writeTypes();
  writeCounts();
  classes = colourClasses(shown.nodes);
  net.redraw();
  writeTable();
  writeAround();
}

function writeTypes() {
  const present = new Set(DATA.meetings.map((meeting) => meeting.type || "meeting"));
  const all = form.elements.type.options[0];
  form.elements.type.replaceChildren(all, ...TYPES.filter((type) => present.has(type)).map((type) => make("option", { value: type }, word(`type_${type}`))));
  form.elements.type.value = asked.type;
}

function readFilter() {
  const value = (name) => form.elements[name].value;
  Object.assign(asked, { status: value("status"), type: value("type"), from: value("from"), to: value("to"), colour: value("colour") });
  asked.least = Math.max(1, Number.parseInt(value("least"), 10) || 1);
  refilter();
  redraw();
  // The card of a tie that no longer passes has nothing left to say.
  if (open.edge && !picked.edge) open = {};
  writeTable();
  writeAround();
}

form.addEventListener("input", readFilter);
form.addEventListener("reset", () => setTimeout(readFilter));
form.addEventListener("submit", (event) => event.preventDefault());
for (const button of document.querySelectorAll("[data-view]")) button.addEventListener("click", () => setView(button.dataset.view));
for (const button of document.querySelectorAll("[data-language]")) button.addEventListener("click", () => setLanguage(button.dataset.language));
document.getElementById("zoom-in").addEventListener("click", () => zoomBy(1.5));
document.getElementById("zoom-out").addEventListener("click", () => zoomBy(1 / 1.5));
document.getElementById("fit").addEventListener("click", () => fitAll());

net.on("click", ({ nodes, edges }) => {
  hideTip();
  if (nodes.length) openThing(NODE.get(nodes[0]).thing, { move: false });
  else if (edges.length) openEdge(edges[0]);
  else closeCard();
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, select, textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    searchBox.focus();
  } else if (event.key === "Escape") closeCard();
});

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  readTheme();
  redraw();
  writeLegend();
});

const wide = matchMedia("(min-width: 900px)");
document.getElementById("filters").open = wide.matches;
document.getElementById("legend").open = wide.matches;

readTheme();
refilter();
setView(Object.keys(VIEW_KINDS).find((view) => DATA.edges.some((edge) => NODE.get(edge.from).view === view)) || "officials");
setLanguage(language);
