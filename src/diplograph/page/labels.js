// Names on the graph: as many as find room, the most central first.

const FONT = '"Helvetica Neue", "Segoe UI", Inter, Roboto, "Liberation Sans", sans-serif';
const OVERVIEW_LABELS = 40;
const widths = new Map();

function textWidth(context, text, font) {
  const key = `${font}|${text}`;
  if (!widths.has(key)) {
    context.font = font;
    widths.set(key, context.measureText(text).width);
  }
  return widths.get(key);
}

/** Boxes that are taken, in a grid so that looking one up does not mean looking at all. */
class Room {
  constructor() {
    this.cells = new Map();
  }

  *cellsOf(box) {
    for (let x = Math.floor(box.left / 80); x <= Math.floor(box.right / 80); x++) {
      for (let y = Math.floor(box.top / 40); y <= Math.floor(box.bottom / 40); y++) yield `${x},${y}`;
    }
  }

  free(box) {
    for (const cell of this.cellsOf(box)) {
      for (const other of this.cells.get(cell) || []) {
        if (box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom) return false;
      }
    }
    return true;
  }

  take(box) {
    for (const cell of this.cellsOf(box)) append(this.cells, cell, box);
  }
}

/**
 * Where the names of nodes stand, given most important first; units are pixels of the screen.
 * A node has its place (x, y), its radius, its text and whether it must be named.
 */
function placeLabels(context, nodes, limit, { width, height }) {
  const room = new Room();
  const placed = [];
  // A name may cover lines, but no large node.
  for (const node of nodes.slice(0, 60)) {
    if (!node.dim) room.take({ left: node.x - node.radius, right: node.x + node.radius, top: node.y - node.radius, bottom: node.y + node.radius });
  }
  for (const node of nodes) {
    if (node.dim || (placed.length >= limit && !node.must)) continue;
    if (node.x < 0 || node.x > width || node.y < 0 || node.y > height) continue;
    const font = `${node.strong ? 600 : 400} ${node.strong ? 13 : 12}px ${FONT}`;
    const half = textWidth(context, node.text, font) / 2 + 3;
    const spots = [
      [node.x, node.y + node.radius + 14],
      [node.x, node.y - node.radius - 6],
      [node.x + node.radius + half + 2, node.y + 4],
      [node.x - node.radius - half - 2, node.y + 4],
      ...[-0.7, 0.7].flatMap((side) => [[node.x + side * half, node.y + node.radius + 14], [node.x + side * half, node.y - node.radius - 6]]),
    ];
    const boxes = spots.map(([wished, y]) => {
      const x = Math.min(Math.max(wished, half), width - half);
      return { x, y, left: x - half, right: x + half, top: y - 12, bottom: y + 4 };
    });
    const box = boxes.find((candidate) => room.free(candidate)) || (node.must ? boxes[0] : null);
    if (!box) continue;
    room.take(box);
    placed.push({ x: Math.round(box.x), y: Math.round(box.y), text: node.text, strong: node.strong });
  }
  return placed;
}

/** A text with a rim of the paper's colour, so that lines behind it do not disturb. */
function drawText(context, { x, y, text }, { font, colour, rim, baseline = "alphabetic" }) {
  context.font = font;
  context.textAlign = "center";
  context.textBaseline = baseline;
  context.lineJoin = "round";
  context.lineWidth = rim;
  context.strokeStyle = theme.paper;
  if (rim) context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

function drawLabel(context, label) {
  const font = `${label.strong ? 600 : 400} ${label.strong ? 13 : 12}px ${FONT}`;
  drawText(context, label, { font, colour: label.strong ? theme.ink : theme.soft, rim: 4 });
}

/** The number of meetings in the middle of a line. */
function drawCount(context, count) {
  drawText(context, count, { font: `600 11px ${FONT}`, colour: theme.accent, rim: 5, baseline: "middle" });
}

/** The size of the code of a state on its square; 0 where it would be too small to read. */
function codeSize({ code, dim, radius }) {
  return code && !dim && radius >= 8 ? Math.round(Math.min(radius * 0.95, 17)) : 0;
}

function drawCode(context, node) {
  const pixels = codeSize(node);
  if (pixels) drawText(context, { x: node.x, y: node.y + 0.5, text: node.code }, { font: `600 ${pixels}px ${FONT}`, colour: theme.paper, rim: 0, baseline: "middle" });
}
