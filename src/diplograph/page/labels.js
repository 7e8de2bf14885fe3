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

function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
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
      if ((this.cells.get(cell) || []).some((other) => overlap(box, other))) return false;
    }
    return true;
  }

  /** The boxes taken that this one overlaps. */
  over(box) {
    return new Set([...this.cellsOf(box)].flatMap((cell) => (this.cells.get(cell) || []).filter((other) => overlap(box, other))));
  }

  take(box) {
    for (const cell of this.cellsOf(box)) append(this.cells, cell, box);
  }
}

/** Above so many nodes on the screen any name may cover small ones: there it is that or no names. */
const CROWD = 200;
const LARGE = 60;

/** The room that is taken before anything is written; `small` holds the nodes that a name may cover at need. */
function takenBy(nodes, controls) {
  const room = { written: new Room(), small: new Room(), crowded: nodes.length > CROWD };
  const seen = nodes.filter(({ dim }) => !dim);
  seen.forEach(({ x, y, radius, strong }, place) => {
    const box = { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
    const large = strong || (room.crowded && place < LARGE);
    (large ? room.written : room.small).take(box);
  });
  room.written.take(controls);
  return room;
}

function isFree(room, box) {
  return room.written.free(box) && room.small.free(box);
}

/** The first box that covers nothing; the most central may cover small nodes, and all may in a crowd, where there is no time to weigh. */
function spotOf(room, { strong }, boxes) {
  if (room.crowded && !strong) return boxes.find((box) => room.written.free(box));
  return boxes.find((box) => isFree(room, box)) || (strong && coveringLeast(room, boxes));
}

/** Of the boxes that cover nothing written the one that covers the fewest small nodes. */
function coveringLeast(room, boxes) {
  const possible = boxes.filter((box) => room.written.free(box)).map((box) => ({ box, covered: room.small.over(box).size }));
  return possible.sort((a, b) => a.covered - b.covered)[0]?.box;
}

/** Where on its line a number stands: as near to the middle as there is room; where there is none it is left out. */
const ALONG = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73];

function placeCounts(room, counts) {
  return counts.flatMap(({ from, to, text }) => {
    const half = 4 + 3.5 * text.length;
    const boxes = ALONG.map((share) => {
      const [x, y] = [from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)];
      return { x, y, left: x - half, right: x + half, top: y - 8, bottom: y + 8 };
    });
    const box = boxes.find((candidate) => isFree(room, candidate));
    if (!box) return [];
    room.written.take(box);
    return [{ x: Math.round(box.x), y: Math.round(box.y), text }];
  });
}

const LINE_HEIGHT = 15;

/**
 * Where the names of nodes stand, given most important first; units are pixels of the screen.
 * A node has its place (x, y), its radius, the lines of its name and whether it must be named.
 */
function placeLabels(context, room, nodes, limit, { width, height }) {
  const placed = [];
  for (const node of nodes) {
    if (node.dim || (placed.length >= limit && !node.must)) continue;
    if (node.x < 0 || node.x > width || node.y < 0 || node.y > height) continue;
    const font = `${node.strong ? 600 : 400} ${node.strong ? 13 : 12}px ${FONT}`;
    const half = Math.max(...node.lines.map((line) => textWidth(context, line, font))) / 2 + 3;
    const more = LINE_HEIGHT * (node.lines.length - 1);
    const [below, above, beside] = [node.y + node.radius + 14, node.y - node.radius - 6 - more, node.y + 4 - more / 2];
    const spots = [
      [node.x, below],
      [node.x, above],
      [node.x + node.radius + half + 2, beside],
      [node.x - node.radius - half - 2, beside],
      ...[-0.7, 0.7].flatMap((side) => [[node.x + side * half, below], [node.x + side * half, above]]),
      ...(room.crowded ? [] : [-1, 1].flatMap((side) => [-8, 8].map((down) => [node.x + side * (node.radius + half), beside + down]))),
    ];
    const boxes = spots.map(([wished, y]) => {
      const x = Math.min(Math.max(wished, half), width - half);
      return { x, y, left: x - half, right: x + half, top: y - 12, bottom: y + 4 + more };
    });
    const box = spotOf(room, node, boxes) || (node.must && boxes[0]);
    if (!box) continue;
    room.written.take(box);
    placed.push({ x: Math.round(box.x), y: Math.round(box.y), lines: node.lines, strong: node.strong });
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
  label.lines.forEach((text, place) => {
    drawText(context, { x: label.x, y: label.y + place * LINE_HEIGHT, text }, { font, colour: label.strong ? theme.ink : theme.soft, rim: 4 });
  });
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
