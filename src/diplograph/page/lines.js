// The ties, drawn in a few strokes: one by one the engine takes ten times as long, and says less by the kind of line.

/** Dashes in pixels of the screen; what is not here is drawn whole. */
const DASHES = { planned: [10, 4, 2, 4], doubtful: [5, 4], tie: [1, 4] };
/** Lines of one look that are stroked together: where lines cross, many strokes show how dense they are. */
const AT_ONCE = 60;
/** More numbers than this are read by nobody. */
const MOST_COUNTS = 30;
/** How near the pointer must come to a line, in pixels. */
const REACH = 6;

let strokes = [];

/** How many meetings a line stands for: those held; where none was, one. */
function weightOf({ held }) {
  return Math.max(held.length, 1);
}

function lineLook(line) {
  const strength = strengthOf(line);
  const { edge } = line;
  const count = weightOf(line);
  const bright = Boolean(light) && light.edges.has(edge.id);
  const more = (count - 1) / Math.max(shown.most - 1, 1);
  const crowd = Math.min(1, Math.sqrt(250 / shown.edges.length));
  const [a, b] = [classes.placeOf(NODE.get(edge.from)), classes.placeOf(NODE.get(edge.to))];
  const own = strength !== "tie" && a !== undefined && a === b ? theme.colours[a] : theme.line;
  const resting = (0.5 + 0.4 * more) * Math.max(crowd, 0.15);
  return {
    strength,
    colour: bright ? theme.accent : own,
    // Steps of a half pixel and of a tenth, so that there are few looks.
    width: strength === "tie" ? 1 : Math.round(2 * (1.2 + Math.min(1.2 * Math.sqrt(count - 1), 5 * more) + (bright ? 0.6 : 0))) / 2,
    alpha: bright ? (light.edges.size > AT_ONCE ? 0.6 : 1) : light ? 0.06 : Math.round(20 * resting) / 20,
    bright,
  };
}

/** Sort the shown lines by look, the quiet ones first. */
function gatherLines() {
  const looks = new Map();
  for (const line of shown.edges) {
    const look = lineLook(line);
    append(looks, JSON.stringify(look), { ...look, line });
  }
  strokes = [...looks.values()].flatMap((alike) => {
    const parts = [];
    for (let start = 0; start < alike.length; start += AT_ONCE) {
      const lines = alike.slice(start, start + AT_ONCE).map(({ line }) => line);
      parts.push({ ...alike[0], lines, path: pathOf(lines) });
    }
    return parts;
  });
  strokes.sort((a, b) => Number(a.bright) - Number(b.bright) || a.width - b.width);
}

function endsOf({ edge }) {
  return [placeOfNode(NODE.get(edge.from)), placeOfNode(NODE.get(edge.to))];
}

function pathOf(lines) {
  const path = new Path2D();
  for (const line of lines) {
    const [from, to] = endsOf(line);
    path.moveTo(from.x, from.y);
    path.lineTo(to.x, to.y);
  }
  return path;
}

/** What several sources tell is a double line: a stroke with a thinner one of the paper's colour inside. */
function outerWidth({ strength, width }) {
  return strength === "several" ? width + 2 : width;
}

function drawLines(context) {
  const pixel = 1 / net.getScale();
  context.save();
  for (const stroke of strokes) {
    context.globalAlpha = stroke.alpha;
    context.strokeStyle = stroke.colour;
    context.lineWidth = outerWidth(stroke) * pixel;
    context.setLineDash((DASHES[stroke.strength] || []).map((length) => length * pixel));
    context.stroke(stroke.path);
    if (stroke.strength !== "several" || shown.edges.length > 1500) continue;
    context.globalAlpha = 1;
    context.strokeStyle = theme.paper;
    context.lineWidth = (outerWidth(stroke) - 2) * pixel;
    context.stroke(stroke.path);
  }
  context.restore();
}

/** The nearest shown line under a point of the screen, if one is near enough. */
function lineAt(point) {
  const at = net.DOMtoCanvas(point);
  let [nearest, least] = [null, REACH / net.getScale()];
  for (const line of shown.edges) {
    if (light && !light.edges.has(line.edge.id)) continue;
    const [from, to] = endsOf(line);
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const along = Math.min(Math.max(((at.x - from.x) * dx + (at.y - from.y) * dy) / (dx * dx + dy * dy || 1), 0), 1);
    const distance = Math.hypot(at.x - from.x - along * dx, at.y - from.y - along * dy);
    if (distance < least) [nearest, least] = [line, distance];
  }
  return nearest;
}

/** Of the lines that stand for several held meetings the strongest, with the number and both ends. */
function countsOnLines() {
  if (!light && net.getScale() <= 1.1 && shown.edges.length >= 150) return [];
  const several = shown.edges.filter((line) => weightOf(line) > 1 && (!light || light.edges.has(line.edge.id)));
  several.sort((a, b) => weightOf(b) - weightOf(a));
  return several.slice(0, MOST_COUNTS).flatMap((line) => {
    const [from, to] = endsOf(line).map((place) => net.canvasToDOM(place));
    if (Math.hypot(from.x - to.x, from.y - to.y) < 60) return [];
    return [{ from, to, text: formatNumber(weightOf(line)) }];
  });
}
