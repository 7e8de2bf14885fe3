// Taking away: the present view as a picture, the present meetings as a table.

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 20;
/** What a spreadsheet takes for a formula, also behind blanks. */
const FORMULA = /^([\t\r\n]|\s*[=+\-@＝＋－＠])/;
/** What XML cannot hold, not even escaped. */
const NOT_IN_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|[\ufffe\uffff]/gu;

/** The graph as plain marks, in pixels of the screen: one list for every kind of picture. */
function graphMarks(scratch) {
  const marks = [];
  for (const stroke of strokes) {
    for (const line of stroke.lines) {
      const [from, to] = endsOf(line).map((place) => net.canvasToDOM(place));
      marks.push(...strokeMarks(stroke, from, to));
    }
  }
  const { nodes, counts, labels } = writtenOn(scratch);
  for (const count of counts) marks.push({ kind: "text", ...count, y: count.y + 4, pixels: 11, weight: 600, colour: theme.accent, rim: 5 });
  for (const node of [...nodes].reverse()) {
    marks.push({ kind: node.node.shape, x: node.x, y: node.y, radius: node.radius, colour: node.fill, alpha: node.dim ? 0.12 : 1 });
    if (codeSize(node)) marks.push({ kind: "text", x: node.x, y: node.y + codeSize(node) * 0.36, text: node.code, pixels: codeSize(node), weight: 600, colour: theme.paper, rim: 0 });
  }
  for (const { x, y, lines, strong } of labels) {
    lines.forEach((text, place) => {
      marks.push({ kind: "text", x, y: y + place * LINE_HEIGHT, text, pixels: strong ? 13 : 12, weight: strong ? 600 : 400, colour: strong ? theme.ink : theme.soft, rim: 4 });
    });
  }
  return marks;
}

/** A line of one look; one that several sources tell is two. */
function strokeMarks(stroke, from, to) {
  const looks = [{ colour: stroke.colour, alpha: stroke.alpha, width: outerWidth(stroke) }];
  if (stroke.strength === "several") looks.push({ colour: theme.paper, alpha: 1, width: outerWidth(stroke) - 2 });
  return looks.map((look) => ({ kind: "line", from, to, dash: DASHES[stroke.strength] || [], ...look }));
}

/** The present view between what is shown, said above, and what it means, said below; without them if `bare`. */
function picture({ bare = false } = {}) {
  const { width, height } = size();
  const scratch = document.createElement("canvas").getContext("2d");
  const notice = document.getElementById("notice")?.textContent || "";
  const top = bare ? 0 : notice ? 94 : 74;
  const inside = graphMarks(scratch).map((mark) => lowered(mark, top)).filter((mark) => within(mark, width, height, top));
  // Paper has a colour of its own.
  if (bare) return { width, height, marks: inside };
  const heading = document.querySelector("h1").textContent;
  const said = [document.getElementById("shown").textContent, ...activeFilters().map(({ key, text }) => `${word(key)}: ${text}`)].join(" · ");
  const start = { kind: "text", x: MARGIN, rim: 0, start: true };
  const key = legendMarks(scratch, width, top + height);
  return {
    width,
    height: key.bottom + 12,
    marks: [
      { kind: "cover", x: 0, y: 0, width, height: key.bottom + 12, colour: theme.paper },
      ...inside,
      { kind: "cover", x: 0, y: 0, width, height: top, colour: theme.paper },
      { kind: "cover", x: 0, y: top + height, width, height: key.bottom + 12 - top - height, colour: theme.paper },
      { ...start, y: 36, text: heading, pixels: 22, weight: 600, colour: theme.ink },
      ...[said, notice].map((text, place) => ({ ...start, y: 58 + 20 * place, text: cutTo(scratch, text, width - 2 * MARGIN), pixels: 12, weight: 400, colour: place ? theme.accent : theme.soft })),
      ...key.marks,
    ],
  };
}

function lowered(mark, by) {
  if (mark.kind !== "line") return { ...mark, y: mark.y + by };
  return { ...mark, from: { x: mark.from.x, y: mark.from.y + by }, to: { x: mark.to.x, y: mark.to.y + by } };
}

/** Whether any of a mark can be seen. */
function within(mark, width, height, top) {
  const { from, to } = mark.kind === "line" ? mark : { from: mark, to: mark };
  const near = mark.radius || 100;
  return Math.max(from.x, to.x) > -near && Math.min(from.x, to.x) < width + near && Math.max(from.y, to.y) > top - near && Math.min(from.y, to.y) < top + height + near;
}

/** A text that is no wider than it may be. */
function cutTo(scratch, text, width) {
  if (textWidth(scratch, text, `400 12px ${FONT}`) <= width) return text;
  const share = width / textWidth(scratch, text, `400 12px ${FONT}`);
  return `${text.slice(0, Math.max(Math.floor(share * text.length) - 3, 0))}…`;
}

/** The shapes, the colours and the kinds of line and what they mean, in lines as long as the picture is wide. */
function legendMarks(scratch, width, top) {
  const colours = legendColours().map(({ colour, name }) => ({ name, wide: 16, draw: (x, y) => [{ kind: "dot", x: x + 5, y: y - 4, radius: 5, colour, alpha: 1 }] }));
  const kinds = kindsShown().map(({ kind, shape }) => ({ name: word(`legend_${kind}`), wide: 16, draw: (x, y) => [{ kind: shape, x: x + 5, y: y - 4, radius: 5 * REACHES[shape], colour: theme.ink, alpha: 1 }] }));
  const lines = strengthsShown().map((strength) => ({
    name: strengthName(strength),
    wide: 36,
    draw: (x, y) => strokeMarks({ strength, colour: theme.line, alpha: 1, width: strength === "tie" ? 1 : 1.5 }, { x, y: y - 4 }, { x: x + 28, y: y - 4 }),
  }));
  const marks = [];
  let [x, y] = [MARGIN, top + 20];
  for (const { name, wide: room, draw } of [...colours, ...kinds, ...lines]) {
    const long = textWidth(scratch, name, `400 12px ${FONT}`) + room + 18;
    if (x + long > width && x > MARGIN) [x, y] = [MARGIN, y + 20];
    marks.push(...draw(x, y), { kind: "text", x: x + room, y, text: name, pixels: 12, weight: 400, colour: theme.soft, rim: 0, start: true });
    x += long;
  }
  return { marks, bottom: y };
}

function paint(context, { marks }) {
  for (const mark of marks) {
    context.globalAlpha = mark.alpha ?? 1;
    context.fillStyle = context.strokeStyle = mark.colour;
    if (mark.kind === "line") {
      context.lineWidth = mark.width;
      context.setLineDash(mark.dash);
      context.beginPath();
      context.moveTo(mark.from.x, mark.from.y);
      context.lineTo(mark.to.x, mark.to.y);
      context.stroke();
    } else if (mark.kind === "cover") {
      context.fillRect(mark.x, mark.y, mark.width, mark.height);
    } else if (mark.kind === "text") {
      context.textAlign = mark.start ? "left" : "center";
      context.textBaseline = "alphabetic";
      context.font = `${mark.weight} ${mark.pixels}px ${FONT}`;
      context.lineJoin = "round";
      context.lineWidth = mark.rim;
      context.setLineDash([]);
      context.strokeStyle = theme.paper;
      if (mark.rim) context.strokeText(mark.text, mark.x, mark.y);
      context.fillText(mark.text, mark.x, mark.y);
    } else {
      context.fill(new Path2D(outline(mark)));
    }
  }
}

/** The outline of a node as a path: a dot, a square or a diamond. */
function outline({ kind, x, y, radius: r }) {
  if (kind === "dot") return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
  if (kind === "square") return `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`;
  return `M${x} ${y - r}l${r} ${r}l${-r} ${r}l${-r} ${-r}z`;
}

function svgElement({ width, height, marks }) {
  const element = (name, attributes, text = "") => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, typeof value === "number" ? String(Math.round(value * 100) / 100) : value);
    made.textContent = text.replace(NOT_IN_XML, "\ufffd");
    return made;
  };
  const root = element("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FONT });
  root.append(element("title", {}, document.querySelector("h1").textContent));
  for (const mark of marks) {
    const { x, y, colour, alpha } = mark;
    const opacity = alpha === 1 ? undefined : alpha;
    if (mark.kind === "line") {
      const { from, to } = mark;
      root.append(element("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, stroke: colour, "stroke-width": mark.width, "stroke-opacity": opacity, "stroke-dasharray": mark.dash.join(" ") || undefined }));
    } else if (mark.kind === "cover") {
      root.append(element("rect", { x, y, width: mark.width, height: mark.height, fill: colour }));
    } else if (mark.kind === "text") {
      const rim = mark.rim ? { stroke: theme.paper, "stroke-width": mark.rim, "stroke-linejoin": "round", "paint-order": "stroke" } : {};
      root.append(element("text", { x, y, "text-anchor": mark.start ? undefined : "middle", "font-size": mark.pixels, "font-weight": mark.weight, fill: colour, ...rim }, mark.text));
    } else {
      root.append(element("path", { d: outline(mark), fill: colour, "fill-opacity": opacity }));
    }
  }
  return root;
}

function svgOf(drawn) {
  return new XMLSerializer().serializeToString(svgElement(drawn));
}

function cell(value) {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The meetings that the card or, where none is open, the table shows, with the sentences they rest on. */
function chosenMeetings() {
  if (open.thing !== undefined) return meetingsOf(open.thing);
  if (open.meeting !== undefined) return [open.meeting];
  if (open.edge) return newestFirst((EDGE.get(open.edge).meetings || []).filter((index) => passing.has(index)));
  return listed;
}

function csvOf(indices) {
  const names = (list) => (list || []).map(nameOf).join("; ");
  const columns = {
    id: (meeting) => meeting.id,
    date: (meeting) => meeting.date || "",
    end_date: (meeting) => meeting.end || "",
    date_basis: (meeting) => (meeting.dateline ? "dateline" : meeting.date ? "stated" : ""),
    type: (meeting) => meeting.type || "meeting",
    status: (meeting) => (meeting.planned ? "planned" : "held"),
    participants: (meeting) => names(meeting.who),
    states: (meeting) => (meeting.states || []).map((state) => DATA.things[state].code).join("; "),
    organizations: (meeting) => names(meeting.organizations),
    place: (meeting) => (meeting.place === undefined ? "" : nameOf(meeting.place)),
    country: (meeting) => (meeting.country === undefined ? "" : DATA.things[meeting.country].code),
    topics: (meeting) => (meeting.topics || []).map(topicName).join("; "),
    confidence: (meeting) => String(meeting.confidence ?? ""),
    quotes: (meeting) => (meeting.passages || []).map((passage) => DATA.passages[passage].text).join(" | "),
    sources: (meeting, index) => sourcesOf(index).map(sourceName).join("; "),
    urls: (meeting, index) => sourcesOf(index).map((article) => article.url || "").filter(Boolean).join(" "),
  };
  const lines = indices.map((index) => Object.values(columns).map((column) => cell(column(DATA.meetings[index], index))).join(","));
  // Without a byte order mark Excel takes Cyrillic for Windows-1252.
  return `\ufeff${[Object.keys(columns).join(","), ...lines].join("\r\n")}\r\n`;
}

function save(blob, name) {
  const url = URL.createObjectURL(blob);
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
  closeMenus();
}

document.getElementById("save-png").addEventListener("click", () => {
  const drawn = picture();
  const sheet = make("canvas", { width: String(2 * drawn.width), height: String(2 * drawn.height) });
  const context = sheet.getContext("2d");
  context.scale(2, 2);
  paint(context, drawn);
  sheet.toBlob((blob) => save(blob, "graph.png"));
});
document.getElementById("save-svg").addEventListener("click", () => save(new Blob([svgOf(picture())], { type: "image/svg+xml" }), "graph.svg"));
document.getElementById("save-csv").addEventListener("click", () => save(new Blob([csvOf(chosenMeetings())], { type: "text/csv" }), "meetings.csv"));
document.getElementById("copy").addEventListener("click", async () => {
  const field = document.getElementById("address");
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    document.getElementById("copy").textContent = word("copied");
  } catch {
    // Selected, it can be copied by hand.
  }
});
document.getElementById("print").addEventListener("click", () => print());
/** On paper the graph is lines and letters, not pixels, and the table is whole. */
const legend = document.getElementById("legend");
let legendWasOpen = false;
addEventListener("beforeprint", () => {
  setTheme("light");
  legendWasOpen = legend.open;
  legend.open = true;
  document.getElementById("printed").replaceChildren(svgElement(picture({ bare: true })));
  while (!moreRows.hidden) addRows();
});
addEventListener("afterprint", () => {
  setTheme(chosenTheme);
  legend.open = legendWasOpen;
  document.getElementById("printed").replaceChildren();
});
