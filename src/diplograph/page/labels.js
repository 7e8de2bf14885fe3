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
    for (const cell of this.cellsOf(box)) {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push(box);
    }
  }
}

/**
 * Draw the names of nodes, given most important first, in a context whose unit is a pixel of the screen.
 * A node has its place on the screen (x, y), its radius, its text and whether it must be named.
 */
function drawLabels(context, nodes, limit, size) {
  const room = new Room();
  let drawn = 0;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.lineJoin = "round";
  // A name may cover lines, but no large node.
  for (const node of nodes.slice(0, 60)) {
    if (!node.dim) room.take({ left: node.x - node.radius, right: node.x + node.radius, top: node.y - node.radius, bottom: node.y + node.radius });
  }
  for (const node of nodes) {
    if (node.dim || (drawn >= limit && !node.must)) continue;
    if (node.x < 0 || node.x > size.width || node.y < 0 || node.y > size.height) continue;
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
      const x = Math.min(Math.max(wished, half), size.width - half);
      return { x, y, left: x - half, right: x + half, top: y - 12, bottom: y + 4 };
    });
    const box = boxes.find((candidate) => room.free(candidate)) || (node.must ? boxes[0] : null);
    if (!box) continue;
    room.take(box);
    drawn += 1;
    context.font = font;
    context.lineWidth = 4;
    context.strokeStyle = theme.paper;
    const [x, y] = [Math.round(box.x), Math.round(box.y)];
    context.strokeText(node.text, x, y);
    context.fillStyle = node.strong ? theme.ink : theme.soft;
    context.fillText(node.text, x, y);
  }
}

/** The number of meetings in the middle of a line. */
function drawCount(context, x, y, count) {
  context.font = `600 11px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = 5;
  context.lineJoin = "round";
  context.strokeStyle = theme.paper;
  context.strokeText(count, x, y);
  context.fillStyle = theme.accent;
  context.fillText(count, x, y);
}
