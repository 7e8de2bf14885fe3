// What the reader asked for, and which meetings, nodes and ties pass.

const VIEW_KINDS = { officials: "official", states: "state", organizations: "organization", mixed: "" };

const asked = { view: "officials", status: "", type: "", from: "", to: "", least: 1, colour: "community" };

/** The organisations an official represents stand in a meeting too. */
const PARTIES = DATA.meetings.map((meeting) => {
  const who = meeting.who || [];
  const represented = who.flatMap((person) => DATA.things[person].organizations || []);
  return new Set([...who, ...(meeting.states || []), ...(meeting.organizations || []), ...represented]);
});

/** Thing → positions of the meetings it took part in. */
const MEETINGS_OF = new Map();
PARTIES.forEach((parties, index) => {
  for (const thing of parties) {
    if (!MEETINGS_OF.has(thing)) MEETINGS_OF.set(thing, []);
    MEETINGS_OF.get(thing).push(index);
  }
});

let passing = new Set();

/** Whether a date that may be a month or a year has a day within the period asked for. */
function inPeriod(meeting) {
  if (!asked.from && !asked.to) return true;
  if (!meeting.date) return false;
  const last = meeting.end || meeting.date;
  // A shorter date is padded to its first and its last day; "-99" is later than any.
  const start = meeting.date + "-00-00".slice(meeting.date.length - 4);
  const end = last + "-99-99".slice(last.length - 4);
  return (!asked.to || start <= asked.to) && (!asked.from || end >= asked.from);
}

function passes(meeting) {
  const status = meeting.planned ? "planned" : "held";
  const type = meeting.type || "meeting";
  return (!asked.status || asked.status === status) && (!asked.type || asked.type === type) && inPeriod(meeting);
}

function refilter() {
  passing = new Set();
  DATA.meetings.forEach((meeting, index) => {
    if (passes(meeting)) passing.add(index);
  });
}

/** The meetings of a thing that pass, newest first, those without a date last. */
function meetingsOf(thing) {
  return newestFirst((MEETINGS_OF.get(thing) || []).filter((index) => passing.has(index)));
}

function newestFirst(indices) {
  const date = (index) => DATA.meetings[index].date || "";
  return [...indices].sort((a, b) => (date(a) < date(b) ? 1 : date(a) > date(b) ? -1 : a - b));
}

const NODE = new Map(DATA.nodes.map((node) => [node.id, node]));
const EDGE = new Map(DATA.edges.map((edge, index) => {
  edge.id = `e${index}`;
  return [edge.id, edge];
}));

/** The nodes and edges of the view under the filters; each edge with the meetings that pass. */
function visible() {
  const edges = [];
  const tied = new Set();
  for (const edge of DATA.edges) {
    if (NODE.get(edge.from).view !== asked.view) continue;
    const meetings = (edge.meetings || []).filter((index) => passing.has(index));
    if (edge.meetings ? meetings.length < asked.least : asked.least > 1) continue;
    edges.push({ edge, meetings });
    tied.add(edge.from).add(edge.to);
  }
  const alone = (node) => asked.least === 1 && (MEETINGS_OF.get(node.thing) || []).some((index) => passing.has(index));
  const nodes = DATA.nodes.filter((node) => node.view === asked.view && (tied.has(node.id) || alone(node)));
  return { nodes, edges, most: Math.max(1, ...edges.map(({ meetings }) => meetings.length)) };
}

/** The node that stands for a thing in the current view, if there is one. */
function nodeFor(thing) {
  return DATA.nodes.find((node) => node.view === asked.view && node.thing === thing);
}

/** The state by which a thing is coloured: its own, or the first it represents. */
function stateOf(thing) {
  const entry = DATA.things[thing];
  if (entry.kind === "state") return thing;
  return entry.states ? entry.states[0] : undefined;
}

/** Colour classes of the shown nodes: a key for each node, the keys with a colour of their own, their names. */
function colourClasses(nodes) {
  const keyOf = (node) => {
    if (asked.colour === "kind") return DATA.things[node.thing].kind;
    return asked.colour === "state" ? stateOf(node.thing) : node.community;
  };
  const members = new Map();
  for (const node of nodes) {
    const key = keyOf(node);
    if (key === undefined) continue;
    if (!members.has(key)) members.set(key, []);
    members.get(key).push(node);
  }
  // The size of a node grows with the root of its PageRank, so squares add up to the share of a class.
  const weight = (of) => of.reduce((sum, node) => sum + node.size ** 2, 0);
  const order = [...members].sort((a, b) => weight(b[1]) - weight(a[1]) || (a[0] < b[0] ? -1 : 1)).slice(0, COLOURS);
  const classes = order.map(([key, of], place) => ({ key, place, count: of.length, name: className(key, of) }));
  const place = new Map(classes.map((entry) => [entry.key, entry.place]));
  return { classes, placeOf: (node) => place.get(keyOf(node)), rest: nodes.some((node) => !place.has(keyOf(node))) };
}

function className(key, nodes) {
  if (asked.colour === "kind") return word(`kind_${key}`);
  if (asked.colour === "state") return nameOf(key);
  const centre = nodes.reduce((best, node) => (node.size > best.size ? node : best));
  return word("community_of", { name: shortName(centre.thing) });
}
