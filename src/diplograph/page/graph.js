// The network: vis-network keeps the view and draws the nodes; lines.js draws the lines, labels.js the names.

const COLOURS = 10;
/** Where there is room for the card beside the graph. */
const wide = matchMedia("(min-width: 900px)");
const theme = {};
const container = document.getElementById("graph");
const shapes = new vis.DataSet();
const net = new vis.Network(container, { nodes: shapes, edges: [] }, DATA.options);

let shown = { nodes: [], edges: [], most: 1 };
let classes = { classes: [], placeOf: () => undefined, rest: false };
/** What the reader picked: {node}, {edge}, or nothing. */
let picked = {};
/** The nodes and edges that are lit: those picked with their neighbours; null where all are. */
let light = null;
let hovered = null;
let fitScale = 1;
/** Layouts are wide; on a screen that is high they are turned on their side. */
let upright = false;

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["paper", "ink", "soft", "line", "accent", "rest"]) {
    theme[name] = style.getPropertyValue(`--${name}`).trim();
  }
  theme.colours = Array.from({ length: COLOURS }, (_, place) => style.getPropertyValue(`--c${place}`).trim());
}

function colourOf(node) {
  const place = classes.placeOf(node);
  return place === undefined ? theme.rest : theme.colours[place];
}

/** Where a node stands in the network's own units. */
function placeOfNode(node) {
  return upright ? { x: node.y, y: node.x } : { x: node.x, y: node.y };
}

/** From its middle to its side, or its corner, a shape reaches so far that all cover as much as a dot of their size. */
const REACHES = { dot: 1, square: 0.89, diamond: 1.25 };

function reachOf({ shape, size: radius }) {
  return radius * REACHES[shape];
}

function findLight() {
  if (picked.edge) {
    const edge = EDGE.get(picked.edge);
    return { nodes: new Set([edge.from, edge.to]), edges: new Set([edge.id]) };
  }
  if (!picked.node) return null;
  const edges = shown.edges.filter(({ edge }) => edge.from === picked.node || edge.to === picked.node);
  return {
    nodes: new Set([picked.node, ...edges.flatMap(({ edge }) => [edge.from, edge.to])]),
    edges: new Set(edges.map(({ edge }) => edge.id)),
  };
}

function shapeOf(node) {
  const colour = colourOf(node);
  const border = node.id === picked.node ? theme.ink : theme.paper;
  return {
    id: node.id,
    hidden: false,
    ...placeOfNode(node),
    shape: node.shape,
    size: reachOf(node),
    opacity: !light || light.nodes.has(node.id) ? 1 : 0.12,
    borderWidth: node.id === picked.node ? 3 : shown.nodes.length > 60 ? 0.5 : 1.5,
    color: { background: colour, border, hover: { background: colour, border: theme.ink } },
  };
}

/** What each shape of the view looked like when it was last given to the engine, which takes long over every one. */
const given = new Map();
let givenView = "";

/** Nodes that the filters hide stay with the engine, unseen: taking away and adding takes it longest of all. */
function giveShapes() {
  if (givenView !== asked.view) {
    givenView = asked.view;
    given.clear();
    shapes.clear();
  }
  const wanted = new Map(shown.nodes.map((node) => [node.id, shapeOf(node)]));
  for (const id of given.keys()) if (!wanted.has(id)) wanted.set(id, { id, hidden: true });
  const changed = [...wanted.values()].filter((shape) => given.get(shape.id) !== JSON.stringify(shape));
  for (const shape of changed) given.set(shape.id, JSON.stringify(shape));
  if (changed.length) shapes.update(changed);
  // A change of the nodes makes the engine draw; that of the lines alone does not.
  else net.redraw();
}

/** Show what the filters let through; the places stay, so the eye finds everything again. */
function redraw({ fit = false } = {}) {
  shown = visible();
  classes = colourClasses(shown.nodes);
  if (picked.node && !shown.nodes.some((node) => node.id === picked.node)) picked = {};
  if (picked.edge && !shown.edges.some(({ edge }) => edge.id === picked.edge)) picked = {};
  order = null;
  relight();
  if (fit) fitAll(false);
}

/** Only the light changes: nothing is added or taken away. */
function relight() {
  light = findLight();
  gatherLines();
  giveShapes();
}

function turn() {
  const high = container.clientHeight > container.clientWidth;
  if (high === upright) return;
  upright = high;
  if (shown.nodes.length) redraw({ fit: true });
}

function fitAll(animated = true) {
  // What stands around the graph may just have grown: the engine would find out only later, and shift the picture.
  net.setSize("100%", "100%");
  fitScale = fitTo(shown.nodes, animated);
}

/** Bring these nodes into sight, all of them and as large as can be; gives the scale. */
function fitTo(nodes, animated = true) {
  if (!nodes.length) return 1;
  const edge = (axis, sign) => sign * nodes.reduce((most, node) => Math.max(most, sign * placeOfNode(node)[axis] + node.size), -Infinity);
  const [left, right, top, bottom] = [edge("x", -1), edge("x", 1), edge("y", -1), edge("y", 1)];
  // Names reach beyond their nodes: sideways as far as half a name, down a line.
  const width = Math.max(container.clientWidth - 2 * Math.min(70, container.clientWidth / 8), 100);
  const below = covered();
  const height = Math.max(container.clientHeight - below - 72, 100);
  const scale = Math.min(width / (right - left), height / (bottom - top), 1.35);
  moveTo({ x: (left + right) / 2, y: (top + bottom) / 2 + (6 + below / 2) / scale }, scale, animated);
  return scale;
}

/** How much of the graph the card covers from below, as it does on a phone. */
function covered() {
  if (wide.matches || !card.classList.contains("open")) return 0;
  return Math.max(container.getBoundingClientRect().bottom - card.getBoundingClientRect().top, 0);
}

function moveTo(position, scale, animated = true) {
  net.moveTo({ position, scale, animation: animated && welcomesMovement() && { duration: 400, easingFunction: "easeInOutQuad" } });
}

function welcomesMovement() {
  return !matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function zoomBy(factor) {
  moveTo(net.getViewPosition(), Math.min(Math.max(net.getScale() * factor, 0.02), 8));
}

let order = null;

/** Shown nodes, most central first. */
function byImportance() {
  order = order || [...shown.nodes].sort((a, b) => b.size - a.size || a.thing - b.thing);
  return order;
}

/** Shown nodes as they stand on the screen, those that must be named first. */
function onScreen() {
  const scale = net.getScale();
  const nodes = byImportance().map((node, rank) => ({
    ...net.canvasToDOM(placeOfNode(node)),
    node,
    radius: reachOf(node) * scale,
    lines: linesOfName(node.thing),
    code: DATA.things[node.thing].code,
    fill: colourOf(node),
    dim: Boolean(light) && !light.nodes.has(node.id),
    must: node.id === picked.node || node.id === hovered || Boolean(picked.edge && light.nodes.has(node.id)),
    strong: node.id === picked.node || node.id === hovered || rank < 8,
  }));
  return nodes.sort((a, b) => Number(b.must) - Number(a.must));
}

/** How many names the present zoom has room for. */
function labelLimit() {
  const nearer = Math.max(net.getScale() / fitScale, 1);
  return Math.round(OVERVIEW_LABELS * nearer * nearer);
}

/** What is written on the graph, and where: no number and no name covers another, or a node that can be seen. */
function writtenOn(context) {
  const nodes = onScreen();
  const room = takenBy(nodes, controls());
  const labels = placeLabels(context, room, nodes, labelLimit(), size());
  return { nodes, labels, counts: placeCounts(room, countsOnLines()) };
}

/** The box of the buttons over the graph. */
function controls() {
  const [stage, buttons] = [container, document.querySelector(".zoom")].map((element) => element.getBoundingClientRect());
  return { left: buttons.left - stage.left, right: buttons.right - stage.left, top: buttons.top - stage.top, bottom: buttons.bottom - stage.top };
}

function size() {
  return { width: container.clientWidth, height: container.clientHeight };
}

net.on("beforeDrawing", (context) => drawLines(context));
net.on("afterDrawing", (context) => {
  context.save();
  const ratio = context.canvas.width / container.clientWidth;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const { nodes, counts, labels } = writtenOn(context);
  for (const count of counts) drawCount(context, count);
  for (const node of nodes) drawCode(context, node);
  for (const label of labels) drawLabel(context, label);
  context.restore();
});

const tip = document.getElementById("tip");

function showTip({ x, y }, ...texts) {
  tip.replaceChildren(...texts.filter(Boolean).map((text, place) => make(place ? "span" : "strong", {}, text)));
  tip.hidden = false;
  tip.style.left = `${Math.min(x + 14, container.clientWidth - tip.offsetWidth - 8)}px`;
  tip.style.top = `${Math.min(y + 14, container.clientHeight - tip.offsetHeight - 8)}px`;
}

function hideTip() {
  tip.hidden = true;
  hovered = null;
  container.style.cursor = "";
}

net.on("hoverNode", (event) => {
  const { thing } = NODE.get(event.node);
  hovered = event.node;
  container.style.cursor = "pointer";
  showTip(event.pointer.DOM, nameOf(thing), romanised(nameOf(thing)), postLine(thing), tellMeetings(meetingsOf(thing)));
});
for (const name of ["blurNode", "dragStart", "zoom"]) net.on(name, hideTip);

function lineTip(point, { edge, meetings }) {
  const names = `${nameOf(NODE.get(edge.from).thing)} – ${nameOf(NODE.get(edge.to).thing)}`;
  showTip(point, names, edge.meetings ? tellMeetings(meetings) : word(`relation_${edge.relation}`));
}

container.addEventListener("pointermove", (event) => {
  if (hovered || event.buttons || event.pointerType === "touch") return;
  const box = container.getBoundingClientRect();
  const point = { x: event.clientX - box.left, y: event.clientY - box.top };
  const line = lineAt(point);
  if (line) lineTip(point, line);
  else tip.hidden = true;
  container.style.cursor = line ? "pointer" : "";
});
container.addEventListener("pointerleave", hideTip);
