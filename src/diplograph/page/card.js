// The card beside the graph: who is most central, or what the reader picked, with the sentences it rests on.

const card = document.getElementById("card");
const MEETINGS_AT_ONCE = 20;
const SHORT_LIST = 8;

/** What the card shows: {thing}, {edge} or {meeting}; nothing of these: the ranking. */
let open = {};

function postLine(thing) {
  const { tenures = [], kind } = DATA.things[thing];
  if (!tenures.length) return kind === "official" ? "" : word(`kind_${kind}`);
  return [...new Set(tenures.map((index) => DATA.tenures[index].title).filter(Boolean))].slice(0, 2).join("; ");
}

/** A button that opens the card of a thing. */
function thingButton(thing, className = "thing") {
  return make("button", { type: "button", class: className, onclick: () => openThing(thing) }, nameOf(thing));
}

function things(indices) {
  return indices.flatMap((index, place) => (place ? [", ", thingButton(index)] : [thingButton(index)]));
}

function section(key, ...content) {
  return make("section", {}, make("h3", {}, word(key)), ...content);
}

function heading(kind, name) {
  const close = make("button", { type: "button", class: "close", "aria-label": word("close"), title: "Esc", onclick: closeCard }, "×");
  return make("header", {}, make("p", { class: "kind" }, kind), make("h2", {}, name), close);
}

function fact(key, content) {
  return [make("dt", {}, word(key)), make("dd", {}, content)];
}

/** A quoted sentence with its source; words that begin like the names given are marked. */
function receipt(passage, names) {
  const { text, article } = DATA.passages[passage];
  const source = DATA.articles[article];
  const title = source.title || source.publisher || source.id;
  const rest = [source.title ? source.publisher : "", source.date ? formatDate(source.date) : ""].filter(Boolean).join(", ");
  return make(
    "figure",
    { class: "receipt" },
    make("blockquote", { lang: source.language }, marked(text, names)),
    make("figcaption", {}, source.url ? link(source.url, title) : title, rest ? ` · ${rest}` : ""),
  );
}

/** Names stand inflected in a sentence, so a word is marked when it shares all but the ending of a name's word. */
function marked(text, names) {
  const stems = names
    .flatMap((name) => name.split(/[\s-]+/))
    .filter((part) => part.length > 2)
    .map((part) => part.slice(0, part.length > 5 ? -2 : part.length > 3 ? -1 : undefined).toLocaleLowerCase());
  return text.split(/([\p{L}\p{M}]+)/u).map((piece) => {
    const lower = piece.toLocaleLowerCase();
    const named = stems.some((stem) => lower.startsWith(stem) && lower.length <= stem.length + 5);
    return named && lower !== piece ? make("mark", {}, piece) : piece;
  });
}

function placeOf(meeting) {
  return [meeting.place, meeting.country].filter((place) => place !== undefined).map(nameOf).join(", ");
}

/** The facts of one meeting and the sentences that report it. */
function meetingFacts(index) {
  const meeting = DATA.meetings[index];
  const names = (meeting.who || []).flatMap((person) => [...Object.values(DATA.things[person].labels), ...(DATA.things[person].also || [])]);
  const facts = [
    meeting.who && fact("participants", things(meeting.who)),
    meeting.states && fact("states", things(meeting.states)),
    meeting.organizations && fact("organizations", things(meeting.organizations)),
    placeOf(meeting) && fact("place", placeOf(meeting)),
    meeting.topics && fact("topics", meeting.topics.map(topicName).join(", ")),
    fact("status", word(meeting.planned ? "planned" : "held")),
    meeting.confidence !== undefined && fact("confidence", confidence(meeting.confidence)),
  ];
  return [make("dl", {}, ...facts.filter(Boolean).flat()), ...(meeting.passages || []).map((passage) => receipt(passage, names))];
}

function confidence(value) {
  return [make("meter", { min: "0", max: "1", value: String(value), "aria-hidden": "true" }), ` ${formatPercent(value)}`];
}

function badgeOf(meeting) {
  return meeting.planned ? make("span", { class: "badge" }, word("planned")) : "";
}

function basisOf(meeting) {
  return meeting.dateline ? make("span", { class: "basis" }, ` (${word("date_dateline")})`) : "";
}

function meetingLine(index) {
  const meeting = DATA.meetings[index];
  return make("span", { class: "when" }, make("strong", {}, formatPeriod(meeting)), basisOf(meeting), " · ", typeName(meeting), " ", badgeOf(meeting));
}

/** A list that shows its first items, and more on each click. */
function unfolding(list, all, { first, more }, item) {
  const button = make("button", { type: "button", class: "more" });
  const add = () => {
    const start = list.children.length;
    list.append(...all.slice(start, start + (start ? more : first)).map(item));
    button.hidden = list.children.length >= all.length;
    button.textContent = word("show_more", { n: formatNumber(all.length - list.children.length) });
  };
  button.addEventListener("click", add);
  add();
  return make("div", {}, list, button);
}

/** Meetings one below the other, open if `unfolded`; `of` is left out where the others are named. */
function meetingList(indices, { unfolded, of, first = MEETINGS_AT_ONCE } = {}) {
  if (!indices.length) return make("p", { class: "quiet" }, word("no_meetings"));
  const item = (index) => {
    const others = whoMet(DATA.meetings[index]).filter((thing) => thing !== of).map(nameOf).join(", ");
    const summary = make("summary", {}, meetingLine(index), make("span", { class: "with" }, others));
    const details = make("details", { open: unfolded }, summary);
    // Sentences are many: they are written when they are asked for.
    const fill = () => details.children.length > 1 || details.append(make("div", {}, ...meetingFacts(index)));
    if (unfolded) fill();
    else details.addEventListener("toggle", fill);
    return make("li", { class: DATA.meetings[index].planned ? "planned" : "" }, details);
  };
  return unfolding(make("ol", { class: "meeting-list" }), indices, { first, more: MEETINGS_AT_ONCE }, item);
}

function tenureItem(index) {
  const tenure = DATA.tenures[index];
  const context = [["for", "acts_for"], ["within", "within"], ["to", "accredited_to"]]
    .filter(([key, _]) => tenure[key] !== undefined && !(key === "within" && tenure.within === tenure.for))
    .flatMap(([key, name]) => [` · ${word(name)} `, thingButton(tenure[key])]);
  const days = tenure.days ? make("span", { class: "quiet" }, ` · ${word("attested")} ${[...new Set([tenure.days[0], tenure.days.at(-1)])].map((day) => formatDate(day, "short")).join(" – ")}`) : "";
  const sources = tenure.passages ? make("details", {}, make("summary", {}, word("sources")), ...tenure.passages.map((passage) => receipt(passage, []))) : "";
  return make("li", {}, make("strong", {}, tenure.title || "…"), ...context, days, sources);
}

function scores(thing) {
  const found = DATA.things[thing].scores;
  if (!found) return make("p", { class: "quiet" }, word("no_rank"));
  const view = Object.keys(VIEW_KINDS).find((name) => VIEW_KINDS[name] === DATA.things[thing].kind);
  const of = DATA.views[view].ranked;
  const rows = DATA.measures.map((measure, place) => {
    if (!found[place]) return null;
    const [value, rank] = found[place];
    const about = measure === "betweenness" && DATA.views[view].estimated ? "≈ " : "";
    return make("tr", {}, make("th", { scope: "row", title: word(`help_${measure}`) }, word(`measure_${measure}`)), make("td", {}, about + formatNumber(value)), make("td", {}, word("rank_of", { n: formatNumber(rank), m: formatNumber(of) })));
  });
  return make("table", { class: "scores" }, make("caption", {}, word("whole_network")), make("tbody", {}, rows));
}

/** Pairs of a topic and its number, each a button that asks for the meetings about it. */
function topicBars(indices) {
  const found = tally(indices.filter(wasHeld), (index) => DATA.meetings[index].topics || []);
  return found.length ? section("topics_of", bars(found, { item: topicButton })) : null;
}

function topicButton(topic) {
  const chosen = asked.topic.includes(topic);
  return make("button", { type: "button", class: "thing name", "aria-pressed": String(chosen), title: word("filter_by"), onclick: () => toggle("topic", topic) }, topicName(topic));
}

/** "Kazakhstan 3, Latvia 1": short lists of things with their numbers. */
function numbered(pairs) {
  return pairs.flatMap(([thing, count], place) => [place ? ", " : "", thingButton(thing), make("span", { class: "quiet" }, ` ${formatNumber(count)}`)]);
}

/** The name in the other languages that it is known in. */
function otherNames(entry, name) {
  const labels = Object.entries(entry.labels).filter(([code, label]) => label !== name && code !== language);
  return labels.length ? make("dl", { class: "names" }, ...labels.flatMap(([code, label]) => [make("dt", {}, code.toUpperCase() || "…"), make("dd", { lang: code || undefined }, label)])) : null;
}

/** The officials of a state or an organisation with the number of their held meetings that pass, the busiest first. */
function peopleOf(thing, belongs) {
  const people = DATA.things.flatMap((other, index) => (other.kind === "official" && (other[belongs] || []).includes(thing) ? [index] : []));
  return people.map((person) => [person, meetingsOf(person).filter(wasHeld).length]).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

function thingCard(thing) {
  const entry = DATA.things[thing];
  const name = nameOf(thing);
  const labels = Object.values(entry.labels);
  const also = (entry.also || []).filter((other) => !labels.includes(other));
  const here = meetingsOf(thing);
  const all = (MEETINGS_OF.get(thing) || []).length;
  const met = counterparts(thing);
  const states = statesMet(thing);
  const represents = entry.kind === "official" ? [...(entry.states || []), ...(entry.organizations || [])] : [];
  const belongs = { state: "states", organization: "organizations" }[entry.kind];
  const people = belongs ? peopleOf(thing, belongs) : [];
  return [
    heading([word(`kind_${entry.kind}`), entry.code].filter(Boolean).join(" · "), name),
    otherNames(entry, name),
    romanised(name) ? make("p", { class: "also" }, `${word("letter_by_letter")}: ${romanised(name)}`) : null,
    also.length ? make("p", { class: "also" }, `${word("also")}: ${also.join(", ")}`) : null,
    !nodeShown(thing) ? make("p", { class: "quiet" }, word("not_in_view")) : null,
    represents.length ? make("p", {}, `${word("represents")}: `, ...things(represents)) : null,
    entry.kind === "organization" && entry.states ? make("p", {}, `${word("belongs_to")}: `, ...things(entry.states)) : null,
    entry.tenures ? section("posts", make("ul", { class: "posts" }, ...entry.tenures.map(tenureItem))) : null,
    met.length ? section("neighbours", bars(met)) : null,
    topicBars(here),
    states.length && entry.kind !== "state" ? section("states_met", make("p", {}, ...numbered(states))) : null,
    people.length ? section("officials_of", bars(people)) : null,
    section("table", here.length < all ? make("p", { class: "quiet" }, word("shown", { n: formatNumber(here.length), m: counted("of_meetings", all) })) : null, meetingList(here, { of: thing, unfolded: here.length === 1 })),
    section("centrality", scores(thing)),
  ];
}

function nodeShown(thing) {
  return shown.nodes.find((node) => node.thing === thing);
}

/** The codes of the states that an official or a body stands for; none for a topic or a state. */
function stateCodes(key) {
  const { kind, states = [] } = DATA.things[key] || {};
  return kind === "state" ? [] : states.map((state) => DATA.things[state].code);
}

function codesOf(key) {
  const codes = stateCodes(key);
  return codes.length ? make("span", { class: "code" }, codes.join(" ")) : "";
}

/** Names with a bar each, as long as their number is large; the first few, then those asked for. */
function bars(pairs, { item = (thing) => thingButton(thing, "thing name"), form = formatNumber, first = SHORT_LIST } = {}) {
  const most = Math.max(1e-9, ...pairs.map(([, value]) => value));
  const list = make("ol", { class: "bars" });
  return unfolding(list, pairs, { first, more: MEETINGS_AT_ONCE }, ([key, value]) => {
    const bar = make("span", { class: "bar", "aria-hidden": "true" });
    bar.style.width = `${Math.round((100 * value) / most)}%`;
    return make("li", {}, make("span", {}, item(key), codesOf(key)), make("span", { class: "value" }, form(value)), bar);
  });
}

function edgeCard(id) {
  const edge = EDGE.get(id);
  const [a, b] = [edge.from, edge.to].map((node) => NODE.get(node).thing);
  const meetings = newestFirst((edge.meetings || []).filter((index) => passing.has(index)));
  const names = make("h2", {}, thingButton(a), " – ", thingButton(b));
  const head = heading(edge.meetings ? tellMeetings(meetings) : word(`relation_${edge.relation}`), "");
  head.querySelector("h2").replaceWith(names);
  if (edge.meetings) return [head, meetingList(meetings, { unfolded: true })];
  return [head, make("ul", { class: "posts" }, ...edge.tenures.map(tenureItem))];
}

function meetingCard(index) {
  const meeting = DATA.meetings[index];
  const notes = [meeting.dateline ? word("date_dateline") : "", badgeOf(meeting)].filter(Boolean);
  return [heading(typeName(meeting), formatPeriod(meeting)), notes.length ? make("p", { class: "quiet" }, ...notes) : null, ...meetingFacts(index)];
}

/** What a ranking may go by: what is counted here under the filters, then what was measured over the whole network. */
const COUNTED = {
  states: (thing) => statesMet(thing).length,
  counterparts: (thing) => counterparts(thing).length,
  meetings: (thing) => meetingsOf(thing).filter(wasHeld).length,
};
const MEASURED = ["pagerank", "betweenness", "closeness", "eigenvector"];
let rankedBy = "pagerank";

function rankValue(thing) {
  if (rankedBy in COUNTED) return COUNTED[rankedBy](thing);
  const found = DATA.things[thing].scores;
  return found?.[DATA.measures.indexOf(rankedBy)]?.[0] ?? 0;
}

function rankingChoice() {
  // What took too long to measure cannot be chosen.
  const known = MEASURED.filter((measure) => shown.nodes.some(({ thing }) => DATA.things[thing].scores?.[DATA.measures.indexOf(measure)]));
  const options = [...(known.length ? known : MEASURED), ...Object.keys(COUNTED)].map((name) => make("option", { value: name, selected: name === rankedBy }, word(`by_${name}`)));
  const choice = make("select", { id: "ranked-by", "aria-label": word("ranking") }, ...options);
  choice.addEventListener("change", () => {
    rankedBy = choice.value;
    writeCard();
    document.getElementById("ranked-by").focus();
  });
  return choice;
}

function ranked(kind, most) {
  return shown.nodes
    .filter(({ thing }) => !kind || DATA.things[thing].kind === kind)
    .map(({ thing, size }) => [thing, rankValue(thing), size])
    .filter(([, value]) => value > 0)
    .sort((a, b) => b[1] - a[1] || b[2] - a[2] || a[0] - b[0])
    .slice(0, most);
}

/** Nothing picked: the most central of what is shown, what is announced, what it was about. */
function overviewCard() {
  const form = rankedBy === "pagerank" ? (value) => formatPercent(value, 1) : formatNumber;
  const list = (kind, most) => {
    const rows = ranked(kind, most);
    return rows.length ? bars(rows, { form, first: rows.length }) : make("p", { class: "quiet" }, word("no_meetings"));
  };
  const head = make("header", { class: "ranking" }, make("h2", {}, word("ranking")), rankingChoice());
  const help = make("p", { class: "quiet" }, rankedBy in COUNTED ? word("counted_help") : `${word(`help_${rankedBy}`)}. ${word("whole_network")}.`);
  // Each kind has a network, and so a ranking, of its own.
  const mixed = () => KINDS.filter((kind) => ranked(kind, 1).length).map((kind) => section(`view_${kind}s`, list(kind, 5)));
  const planned = [...passing].filter((index) => !wasHeld(index));
  return [
    head,
    help,
    ...(asked.view === "mixed" ? mixed() : [list("", 10)]),
    planned.length ? section("announced", meetingList(planned, { first: 5 })) : null,
    topicBars([...passing]),
  ];
}

function writeCard() {
  let content = overviewCard;
  if (open.thing !== undefined) content = () => thingCard(open.thing);
  else if (open.edge) content = () => edgeCard(open.edge);
  else if (open.meeting !== undefined) content = () => meetingCard(open.meeting);
  card.classList.toggle("open", Object.keys(open).length > 0);
  const focused = card.contains(document.activeElement);
  card.replaceChildren(...content().filter(Boolean));
  if (focused) card.focus({ preventScroll: true });
}

let opener = null;

function show(what, lit) {
  if (!Object.keys(open).length) opener = document.activeElement;
  open = what;
  picked = lit;
  relight();
  writeCard();
  card.scrollTop = 0;
  writeAddress();
}

function openThing(thing, { move = true, focus = true } = {}) {
  const node = nodeShown(thing);
  show({ thing }, node ? { node: node.id } : {});
  if (!wide.matches && move) container.parentElement.scrollIntoView({ block: "start" });
  if (node && move) fitTo(shown.nodes.filter(({ id }) => light.nodes.has(id)));
  if (focus) card.focus({ preventScroll: true });
}

function openEdge(id) {
  show({ edge: id }, { edge: id });
  card.focus({ preventScroll: true });
}

function openMeeting(index) {
  const line = shown.edges.find(({ meetings }) => meetings.includes(index));
  show({ meeting: index }, line ? { edge: line.edge.id } : {});
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

function closeCard() {
  if (!Object.keys(open).length) return;
  show({}, {});
  if (opener && opener.isConnected) opener.focus({ preventScroll: true });
}
