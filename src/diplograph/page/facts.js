// What the reader asked for, and which meetings, nodes and ties pass.

const VIEW_KINDS = { officials: "official", states: "state", organizations: "organization", mixed: "" };
const KINDS = ["official", "state", "organization"];
const TYPES = ["meeting", "call", "consultations", "session", "visit", "conference", "signing", "credentials", "other"];
/** Held meetings that are all less sure than this make a doubtful tie. */
const DOUBTFUL = 0.7;

/** Every filter at rest; an empty list lets everything through. */
const AT_REST = { from: "", to: "", status: [], type: [], topic: [], state: [], level: [], kind: [], least: 1, confidence: 0 };
const asked = { view: "officials", colour: "community", ...structuredClone(AT_REST) };

/** The organisations an official represents stand in a meeting too. */
const PARTIES = DATA.meetings.map((meeting) => {
  const who = meeting.who || [];
  const represented = who.flatMap((person) => DATA.things[person].organizations || []);
  return new Set([...who, ...(meeting.states || []), ...(meeting.organizations || []), ...represented]);
});

/** Thing → positions of the meetings it took part in. */
const MEETINGS_OF = new Map();
PARTIES.forEach((parties, index) => {
  for (const thing of parties) append(MEETINGS_OF, thing, index);
});

/** The articles that report a meeting. */
const ARTICLES_OF = DATA.meetings.map((meeting) => new Set((meeting.passages || []).map((passage) => DATA.passages[passage].article)));

/** Who reports a meeting: what one publisher says twice is one source; an article without one stands for itself. */
const SOURCES_OF = ARTICLES_OF.map((articles) => new Set([...articles].map((article) => DATA.articles[article].publisher || article)));

/** The filters that are a choice: which values a meeting has. */
const VALUES = {
  status: DATA.meetings.map((meeting) => [meeting.planned ? "planned" : "held"]),
  type: DATA.meetings.map((meeting) => [meeting.type || "meeting"]),
  topic: DATA.meetings.map((meeting) => meeting.topics || []),
  state: DATA.meetings.map((meeting) => (meeting.states || []).map((state) => DATA.things[state].id)),
  level: DATA.meetings.map((meeting) => [...new Set((meeting.who || []).map((person) => String(DATA.things[person].level || 0)))]),
};

const NODE = new Map(DATA.nodes.map((node) => [node.id, node]));
const EDGE = new Map(DATA.edges.map((edge, index) => [`e${index}`, Object.assign(edge, { id: `e${index}` })]));
const NODES_IN = new Map(Object.keys(VIEW_KINDS).map((view) => [view, []]));
const EDGES_IN = new Map(Object.keys(VIEW_KINDS).map((view) => [view, []]));
for (const node of DATA.nodes) NODES_IN.get(node.view).push(node);
for (const edge of DATA.edges) EDGES_IN.get(NODE.get(edge.from).view).push(edge);

/** Put a value at the end of the list under a key. */
function append(lists, key, value) {
  if (!lists.has(key)) lists.set(key, []);
  lists.get(key).push(value);
}

let passing = new Set();
/** For each filter that is a choice: value → how many meetings pass all other filters and have it. */
let counts = {};
/** Meetings that pass all but the period. */
let passingAnyTime = [];

/** Whether any filter is not at rest. */
function filtering() {
  return Object.entries(AT_REST).some(([name, rest]) => String(asked[name]) !== String(rest));
}

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

/** The names of the filters that stop a meeting. */
function stopping(index) {
  const meeting = DATA.meetings[index];
  const stops = Object.keys(VALUES).filter((name) => asked[name].length && !VALUES[name][index].some((value) => asked[name].includes(value)));
  if (!inPeriod(meeting)) stops.push("period");
  if ((meeting.confidence ?? 1) < asked.confidence) stops.push("confidence");
  return stops;
}

function refilter() {
  passing = new Set();
  passingAnyTime = [];
  counts = Object.fromEntries(Object.keys(VALUES).map((name) => [name, new Map()]));
  for (let index = 0; index < DATA.meetings.length; index++) {
    const stops = stopping(index);
    if (stops.length > 1) continue;
    if (!stops.length) passing.add(index);
    if (!stops.length || stops[0] === "period") passingAnyTime.push(index);
    // A value's number is what choosing it would show: only its own filter may stop the meeting.
    for (const name of stops.length ? stops.filter((stop) => stop in VALUES) : Object.keys(VALUES)) {
      for (const value of VALUES[name][index]) counts[name].set(value, (counts[name].get(value) || 0) + 1);
    }
  }
  if (asked.least > 1) {
    const strong = new Set(visible().edges.flatMap(({ meetings }) => meetings));
    passing = new Set([...passing].filter((index) => strong.has(index)));
  }
}

/** Whether a meeting of those asked for was held: announced is not met. */
function wasHeld(index) {
  return !DATA.meetings[index].planned;
}

/** "3 meetings held, 1 announced": what was only announced is never counted as met. */
function tellMeetings(indices) {
  const held = indices.filter(wasHeld).length;
  const announced = indices.length - held;
  return [held || !announced ? counted("count_held", held) : "", announced ? counted("count_announced", announced) : ""].filter(Boolean).join(", ");
}

/** The meetings of a thing that pass, newest first, those without a date last. */
function meetingsOf(thing) {
  return newestFirst((MEETINGS_OF.get(thing) || []).filter((index) => passing.has(index)));
}

function newestFirst(indices) {
  const date = (index) => DATA.meetings[index].date || "";
  return [...indices].sort((a, b) => (date(a) < date(b) ? 1 : date(a) > date(b) ? -1 : a - b));
}

/** The nodes and edges of the view under the filters; each edge with the meetings that pass and those of them held. */
function visible() {
  const ofKind = (node) => asked.view !== "mixed" || !asked.kind.length || asked.kind.includes(DATA.things[node.thing].kind);
  const edges = [];
  const tied = new Set();
  for (const edge of EDGES_IN.get(asked.view)) {
    if (!ofKind(NODE.get(edge.from)) || !ofKind(NODE.get(edge.to))) continue;
    const meetings = (edge.meetings || []).filter((index) => passing.has(index));
    const held = meetings.filter(wasHeld);
    const strong = asked.least > 1 ? held.length >= asked.least : meetings.length > 0 || !edge.meetings;
    if (!strong) continue;
    edges.push({ edge, meetings, held });
    if (edge.meetings) tied.add(edge.from).add(edge.to);
  }
  const alone = (node) => asked.least === 1 && (MEETINGS_OF.get(node.thing) || []).some((index) => passing.has(index));
  const nodes = NODES_IN.get(asked.view).filter((node) => ofKind(node) && (tied.has(node.id) || alone(node)));
  // Whom somebody represents is shown for those who are shown.
  const there = new Set(nodes.map((node) => node.id));
  const kept = edges.filter(({ edge }) => edge.meetings || !filtering() || there.has(edge.from) || there.has(edge.to));
  for (const { edge } of kept) {
    for (const end of [edge.from, edge.to]) {
      if (!there.has(end)) {
        there.add(end);
        nodes.push(NODE.get(end));
      }
    }
  }
  return { nodes, edges: kept, most: kept.reduce((most, { held }) => Math.max(most, held.length), 1) };
}

/** How a line is drawn says what the tie rests on. */
function strengthOf({ edge, held }) {
  if (!edge.meetings) return "tie";
  if (!held.length) return "planned";
  if (held.every((index) => (DATA.meetings[index].confidence ?? 1) < DOUBTFUL)) return "doubtful";
  const sources = new Set(held.flatMap((index) => [...SOURCES_OF[index]]));
  return sources.size > 1 ? "several" : "single";
}

/** The node that stands for a thing in the current view, if there is one. */
function nodeFor(thing) {
  return NODES_IN.get(asked.view).find((node) => node.thing === thing);
}

/** The state by which a thing is coloured: its own, or the first it represents or belongs to. */
function stateOf(thing) {
  const entry = DATA.things[thing];
  if (entry.kind === "state") return thing;
  return entry.states ? entry.states[0] : undefined;
}

/** The states a thing met through held meetings that pass, its own left out: state → number of meetings. */
function statesMet(thing) {
  const { kind, states = [] } = DATA.things[thing];
  const own = new Set(kind === "state" ? [thing] : states);
  return tally((MEETINGS_OF.get(thing) || []).filter((index) => passing.has(index) && wasHeld(index)), (index) =>
    (DATA.meetings[index].states || []).filter((state) => !own.has(state)));
}

/** Who met the thing, of the same kind, in held meetings that pass: thing → number of meetings. */
function counterparts(thing) {
  const { kind } = DATA.things[thing];
  return tally((MEETINGS_OF.get(thing) || []).filter((index) => passing.has(index) && wasHeld(index)), (index) =>
    [...PARTIES[index]].filter((other) => other !== thing && DATA.things[other].kind === kind));
}

/** How often each value occurs, most often first; values that tie stay in order. */
function tally(indices, valuesOf) {
  const found = new Map();
  for (const index of indices) for (const value of valuesOf(index)) found.set(value, (found.get(value) || 0) + 1);
  return [...found].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/**
 * Colour classes of the view: which colour a node has, and, of the shown nodes, the classes there are, with their names.
 * Colours are given out over the whole view, so that a filter changes none.
 */
function colourClasses(shownNodes) {
  const keyOf = (node) => {
    if (asked.colour === "kind") return DATA.things[node.thing].kind;
    return asked.colour === "state" ? stateOf(node.thing) : node.community;
  };
  const members = new Map();
  for (const node of NODES_IN.get(asked.view)) if (keyOf(node) !== undefined) append(members, keyOf(node), node);
  // The size of a node grows with the root of its PageRank, so squares tell what a class weighs.
  const weight = (of) => of.reduce((sum, node) => sum + node.size ** 2, 0);
  const order = [...members].sort((a, b) => weight(b[1]) - weight(a[1]) || (a[0] < b[0] ? -1 : 1)).slice(0, COLOURS);
  const place = new Map(order.map(([key], position) => [key, position]));
  const there = new Map(tally(shownNodes, (node) => [keyOf(node)]));
  const classes = order
    .map(([key, of], position) => ({ place: position, count: there.get(key) || 0, name: className(key, of) }))
    .filter(({ count }) => count);
  return { classes, placeOf: (node) => place.get(keyOf(node)), rest: shownNodes.some((node) => !place.has(keyOf(node))) };
}

function className(key, nodes) {
  if (asked.colour === "kind") return word(`kind_${key}`);
  if (asked.colour === "state") return nameOf(key);
  const centre = nodes.reduce((best, node) => (node.size > best.size ? node : best));
  return word("community_of", { name: abbreviationOf(centre.thing) || nameOf(centre.thing) });
}
