// What happens when: views, filters, language, colours, clicks.

const dark = matchMedia("(prefers-color-scheme: dark)");
let chosenTheme = "";

/** Ask for something else; everything that depends on it follows. */
function change(wishes) {
  Object.assign(asked, wishes);
  refilter();
  redraw();
  // The card of a tie that no longer passes has nothing left to say.
  if (open.edge && !picked.edge) open = {};
  // What was hidden by the filters and is shown again is lit again.
  if (open.thing !== undefined && !picked.node && nodeShown(open.thing)) {
    picked = { node: nodeShown(open.thing).id };
    relight();
  }
  writeAround();
}

function setView(view) {
  asked.view = view;
  open = {};
  picked = {};
  hideTip();
  for (const button of document.querySelectorAll("[data-view]")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === view));
  }
  refilter();
  redraw();
  writeAround();
  fitAll(false);
}

/** All that stands around the graph and follows view, filters and language. */
function writeAround() {
  writeFilters();
  writeTimeline();
  writeTable();
  writeLegend();
  writeEmpty();
  writeCapped();
  writeCard();
  writeAddress();
}

function writeCounts() {
  const of = (kind) => DATA.things.filter((thing) => thing.kind === kind).length;
  document.getElementById("counts").textContent = [
    tellMeetings([...DATA.meetings.keys()]),
    counted("count_officials", of("official")),
    counted("count_states", of("state")),
    counted("count_organizations", of("organization")),
    counted("count_articles", DATA.articles.length),
  ].join(" · ");
}

function sample(className, colour) {
  const element = make("i", { class: className, "aria-hidden": "true" });
  if (colour) element.style.color = colour;
  return element;
}

function legendColours() {
  const colours = classes.classes.map(({ place, name, count }) => ({ colour: theme.colours[place], name, count }));
  if (classes.rest && colours.length) colours.push({ colour: theme.rest, name: word(asked.colour === "state" ? "no_state" : "other") });
  return colours;
}

function strengthName(strength) {
  return word(`legend_${strength}`, { share: formatPercent(DOUBTFUL) });
}

/** The kinds of node that are there, with their shapes. */
function kindsShown() {
  return KINDS.map((kind) => ({ kind, shape: shown.nodes.find((node) => DATA.things[node.thing].kind === kind)?.shape })).filter(({ shape }) => shape);
}

/** The kinds of line that are there. */
function strengthsShown() {
  const there = new Set(shown.edges.map(strengthOf));
  return ["single", "several", "doubtful", "planned", "tie"].filter((strength) => there.has(strength));
}

function writeLegend() {
  const kinds = kindsShown().map(({ kind, shape }) => make("li", {}, sample(shape), word(`legend_${kind}`)));
  const lines = strengthsShown().map((strength) => make("li", {}, sample(`stroke ${strength}`), strengthName(strength)));
  const colours = legendColours().map(({ colour, name, count }) => make("li", {}, sample("swatch", colour), name, count ? make("span", { class: "quiet" }, ` ${formatNumber(count)}`) : ""));
  document.querySelector("#legend > div").replaceChildren(make("ul", {}, ...kinds, ...lines), make("ul", {}, ...colours), make("p", {}, `${word(`explain_${asked.colour}`)} ${word("legend_size")}`));
}

function writeEmpty() {
  const empty = document.getElementById("empty");
  const nothing = !NODES_IN.get(asked.view).length;
  empty.hidden = shown.nodes.length > 0;
  legend.hidden = !empty.hidden;
  empty.querySelector("h2").textContent = word(nothing ? "empty_title" : "nothing_found");
  empty.querySelector("p").textContent = word(nothing ? "empty_text" : "empty_filter");
  document.getElementById("empty-reset").hidden = nothing;
}

function writeCapped() {
  const capped = document.getElementById("capped");
  const drawn = NODES_IN.get(asked.view).length;
  const all = DATA.views[asked.view].nodes;
  capped.hidden = drawn === all;
  capped.textContent = word("capped", { n: formatNumber(drawn), m: formatNumber(all) });
}

/** Speak a language: all texts are written anew, the rest stays. */
function setLanguage(code) {
  language = code;
  writeWords();
  canvas.setAttribute("aria-label", word("graph"));
  writeCounts();
  makeChoices();
  classes = colourClasses(shown.nodes);
  net.redraw();
  writeAround();
}

/** "light", "dark", or "" for what the system prefers. */
function setTheme(name) {
  document.documentElement.dataset.theme = name || (dark.matches ? "dark" : "light");
  readTheme();
  relight();
  writeLegend();
}

for (const button of document.querySelectorAll("[data-view]")) button.addEventListener("click", () => setView(button.dataset.view));
for (const button of document.querySelectorAll("[data-language]")) button.addEventListener("click", () => setLanguage(button.dataset.language));
document.getElementById("zoom-in").addEventListener("click", () => zoomBy(1.5));
document.getElementById("zoom-out").addEventListener("click", () => zoomBy(1 / 1.5));
document.getElementById("fit").addEventListener("click", () => fitAll());
document.getElementById("theme").addEventListener("click", () => {
  chosenTheme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  setTheme(chosenTheme);
});

net.on("click", ({ nodes, pointer }) => {
  hideTip();
  const line = nodes.length ? null : lineAt(pointer.DOM);
  if (nodes.length) openThing(NODE.get(nodes[0]).thing, { move: false });
  else if (line) openEdge(line.edge.id);
  else closeCard();
});

dark.addEventListener("change", () => setTheme(chosenTheme));
addEventListener("resize", turn);

filters.open = wide.matches;
legend.open = wide.matches;
document.documentElement.dataset.theme = dark.matches ? "dark" : "light";
readTheme();
turn();
asked.view = Object.keys(VIEW_KINDS).find((view) => EDGES_IN.get(view).length) || "officials";
const wished = readAddress(location.hash);
writeWords();
setView(asked.view);
setLanguage(language);
fitAll(false);
restore(wished);
document.documentElement.dataset.ready = "";
