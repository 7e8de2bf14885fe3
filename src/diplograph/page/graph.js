// The network: vis-network draws lines and shapes, we draw names and say what is lit.

const COLOURS = 10;
const theme = {};
const container = document.getElementById("graph");
const shapes = new vis.DataSet();
const lines = new vis.DataSet();
const net = new vis.Network(container, { nodes: shapes, edges: lines }, DATA.options);

let shown = { nodes: [], edges: [], most: 1 };
let classes = { classes: [], placeOf: () => undefined, rest: false };
/** What the reader picked: {node}, {edge}, or nothing. */
let picked = {};
let hovered = null;
let fitScale = 1;

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

/** The nodes and edges that are lit: all, or what the reader picked with its neighbours. */
function lit() {
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

function shapeOf(node, light) {
  const bright = !light || light.nodes.has(node.id);
  const colour = colourOf(node);
  return {
    id: node.id,
    x: node.x,
    y: node.y,
    shape: node.shape,
    size: node.shape === "dot" ? node.size : node.size * 1.05,
    opacity: bright ? 1 : 0.12,
    borderWidth: node.id === picked.node ? 3 : shown.nodes.length > 250 ? 0.5 : 1.5,
    color: { background: colour, border: node.id === picked.node ? theme.ink : theme.paper, hover: { background: colour, border: theme.ink } },
  };
}

function lineOf({ edge, meetings }, light) {
  const bright = light && light.edges.has(edge.id);
  const held = meetings.some((index) => !DATA.meetings[index].planned);
  const tie = !edge.meetings;
  const more = meetings.length - 1;
  const crowd = Math.min(1, Math.sqrt(250 / shown.edges.length));
  const quiet = (tie ? 0.6 : 0.45 + (0.4 * more) / Math.max(shown.most - 1, 1)) * crowd;
  const [a, b] = [classes.placeOf(NODE.get(edge.from)), classes.placeOf(NODE.get(edge.to))];
  const within = !tie && a !== undefined && a === b ? theme.colours[a] : theme.line;
  return {
    id: edge.id,
    from: edge.from,
    to: edge.to,
    width: tie ? 1 : 1.2 + Math.min(1.6 * Math.sqrt(more), (6 * more) / Math.max(shown.most - 1, 1)) + (bright ? 0.8 : 0),
    dashes: tie ? [1, 5] : held ? false : [7, 6],
    color: { color: bright ? theme.accent : within, hover: theme.accent, opacity: bright ? 0.95 : light ? 0.07 : quiet },
  };
}

/** Show what the filters let through; the places stay, so the eye finds everything again. */
function redraw({ fit = false } = {}) {
  shown = visible();
  classes = colourClasses(shown.nodes);
  if (picked.node && !shown.nodes.some((node) => node.id === picked.node)) picked = {};
  if (picked.edge && !shown.edges.some(({ edge }) => edge.id === picked.edge)) picked = {};
  const light = lit();
  lines.clear();
  shapes.clear();
  shapes.add(shown.nodes.map((node) => shapeOf(node, light)));
  lines.add(shown.edges.map((line) => lineOf(line, light)));
  const large = shown.nodes.length + shown.edges.length > 1200;
  net.setOptions({ interaction: { hideEdgesOnDrag: large, hideEdgesOnZoom: large } });
  order = null;
  if (fit) fitAll(false);
}

/** Only the light changes: nothing is added or taken away. */
function relight() {
  const light = lit();
  shapes.update(shown.nodes.map((node) => shapeOf(node, light)));
  lines.update(shown.edges.map((line) => lineOf(line, light)));
}

function fitAll(animated = true) {
  fitScale = fitTo(shown.nodes, animated);
}

/** Bring these nodes into sight, all of them and as large as can be; gives the scale. */
function fitTo(nodes, animated = true) {
  if (!nodes.length) return 1;
  const bounds = (axis, sign) => Math.max(...nodes.map((node) => sign * node[axis] + node.size)) * sign;
  const [left, right, top, bottom] = [bounds("x", -1), bounds("x", 1), bounds("y", -1), bounds("y", 1)];
  // Names reach beyond their nodes: sideways as far as half a name, down a line.
  const width = Math.max(container.clientWidth - 2 * Math.min(70, container.clientWidth / 8), 100);
  const height = Math.max(container.clientHeight - 72, 100);
  const scale = Math.min(width / (right - left), height / (bottom - top), 1.35);
  net.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 + 6 / scale },
    scale,
    animation: animated && calm() && { duration: 400, easingFunction: "easeInOutQuad" },
  });
  return scale;
}

/** Whether movement is welcome. */
function calm() {
  return !matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function zoomBy(factor) {
  net.moveTo({ scale: Math.min(Math.max(net.getScale() * factor, 0.02), 8), animation: calm() && { duration: 200, easingFunction: "easeOutQuad" } });
}

let order = null;

/** Shown nodes, most central first. */
function byImportance() {
  order = order || [...shown.nodes].sort((a, b) => b.size - a.size || a.thing - b.thing);
  return order;
}

net.on("afterDrawing", (context) => {
  const scale = net.getScale();
  const light = lit();
  const size = { width: container.clientWidth, height: container.clientHeight };
  const onScreen = (node) => net.canvasToDOM({ x: node.x, y: node.y });
  context.save();
  const ratio = context.canvas.width / size.width;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (light || scale > 1.1 || shown.edges.length < 150) drawCounts(context, light, onScreen);
  const named = byImportance().map((node, rank) => ({
    ...onScreen(node),
    radius: node.size * scale,
    text: shortName(node.thing),
    code: DATA.things[node.thing].code,
    fill: colourOf(node),
    dim: light && !light.nodes.has(node.id),
    must: node.id === picked.node || node.id === hovered || Boolean(picked.edge && light.nodes.has(node.id)),
    strong: node.id === picked.node || node.id === hovered || rank < 8,
  }));
  drawCodes(context, named);
  named.sort((a, b) => Number(b.must) - Number(a.must));
  const nearer = Math.max(scale / fitScale, 1);
  drawLabels(context, named, Math.round(OVERVIEW_LABELS * nearer * nearer), size);
  context.restore();
});

/** The code of a state on its square, where it is large enough to read. */
function drawCodes(context, nodes) {
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = theme.paper;
  for (const node of nodes) {
    if (!node.code || node.dim || node.radius < 8) continue;
    context.font = `600 ${Math.round(Math.min(node.radius * 0.95, 17))}px ${FONT}`;
    context.fillText(node.code, node.x, node.y + 0.5);
  }
}

function drawCounts(context, light, onScreen) {
  for (const { edge, meetings } of shown.edges) {
    if (meetings.length < 2 || (light && !light.edges.has(edge.id))) continue;
    const from = onScreen(NODE.get(edge.from));
    const to = onScreen(NODE.get(edge.to));
    if (Math.hypot(from.x - to.x, from.y - to.y) < 60) continue;
    drawCount(context, (from.x + to.x) / 2, (from.y + to.y) / 2, formatNumber(meetings.length));
  }
}

const tip = document.getElementById("tip");

function showTip(event, ...lines) {
  tip.replaceChildren(...lines.filter(Boolean).map((line, place) => make(place ? "span" : "strong", {}, line)));
  tip.hidden = false;
  const { x, y } = event.pointer.DOM;
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
  showTip(event, nameOf(thing), postLine(thing), counted("count_meetings", meetingsOf(thing).length));
});
net.on("hoverEdge", (event) => {
  const { edge, meetings } = shown.edges.find((line) => line.edge.id === event.edge);
  container.style.cursor = "pointer";
  const names = `${nameOf(NODE.get(edge.from).thing)} – ${nameOf(NODE.get(edge.to).thing)}`;
  const planned = meetings.filter((index) => DATA.meetings[index].planned).length;
  const count = edge.meetings ? counted("count_meetings", meetings.length) : word(`relation_${edge.relation}`);
  showTip(event, names, planned ? `${count}, ${word("of_them_planned", { n: formatNumber(planned) })}` : count);
});
for (const name of ["blurNode", "blurEdge", "dragStart", "zoom"]) net.on(name, hideTip);
