// The card beside the graph: who is most central, or what the reader picked, with the sentences it rests on.

const card = document.getElementById("card");
const PAGERANK = DATA.measures.indexOf("pagerank");
const MEETINGS_AT_ONCE = 20;

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
    meeting.confidence !== undefined && fact("confidence", confidence(meeting.confidence)),
  ];
  return [make("dl", {}, ...facts.filter(Boolean).flat()), ...(meeting.passages || []).map((passage) => receipt(passage, names))];
}

function confidence(value) {
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(value);
  return [make("meter", { min: "0", max: "1", value: String(value), "aria-hidden": "true" }), ` ${percent}`];
}

function meetingLine(index) {
  const meeting = DATA.meetings[index];
  const badge = meeting.planned ? make("span", { class: "badge" }, word("planned")) : "";
  const basis = meeting.dateline ? make("span", { class: "basis" }, ` (${word("date_dateline")})`) : "";
  return make("p", { class: "when" }, make("strong", {}, formatPeriod(meeting)), basis, " · ", word(`type_${meeting.type || "meeting"}`), " ", badge);
}

function meetingList(indices) {
  if (!indices.length) return make("p", { class: "quiet" }, word("no_meetings"));
  const list = make("ol", { class: "meeting-list" });
  const more = make("button", { type: "button", class: "more" }, word("show_more"));
  const add = () => {
    const next = indices.slice(list.children.length, list.children.length + MEETINGS_AT_ONCE);
    list.append(...next.map((index) => make("li", { class: DATA.meetings[index].planned ? "planned" : "" }, meetingLine(index), meetingFacts(index))));
    more.hidden = list.children.length >= indices.length;
  };
  more.addEventListener("click", add);
  add();
  return make("div", {}, list, more);
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
    const [value, rank] = found[place];
    return make("tr", {}, make("th", { scope: "row", title: word(`help_${measure}`) }, word(`measure_${measure}`)), make("td", {}, formatNumber(value)), make("td", {}, word("rank_of", { n: formatNumber(rank), m: formatNumber(of) })));
  });
  return make("table", { class: "scores" }, make("tbody", {}, rows));
}

/** Who met the thing, of the same kind, most often first. */
function counterparts(thing) {
  const kind = DATA.things[thing].kind;
  const counts = new Map();
  for (const index of meetingsOf(thing)) {
    if (DATA.meetings[index].planned) continue; // announced is not met
    for (const other of PARTIES[index]) {
      if (other !== thing && DATA.things[other].kind === kind) counts.set(other, (counts.get(other) || 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

function thingCard(thing) {
  const entry = DATA.things[thing];
  const name = nameOf(thing);
  const also = [...new Set([...Object.values(entry.labels), ...(entry.also || [])])].filter((other) => other !== name);
  const met = counterparts(thing);
  const represents = [...(entry.states || []), ...(entry.organizations || [])];
  const people = entry.kind === "official" ? [] : DATA.things.flatMap((other, index) => ((other[entry.kind === "state" ? "states" : "organizations"] || []).includes(thing) ? [index] : []));
  return [
    heading([word(`kind_${entry.kind}`), entry.code].filter(Boolean).join(" · "), name),
    also.length ? make("p", { class: "also" }, `${word("also")}: ${also.join(", ")}`) : null,
    !shown.nodes.some((node) => node.thing === thing) ? make("p", { class: "quiet" }, word("not_in_view")) : null,
    represents.length ? make("p", {}, `${word("represents")}: `, ...things(represents)) : null,
    entry.tenures ? section("posts", make("ul", { class: "posts" }, ...entry.tenures.map(tenureItem))) : null,
    met.length ? section("neighbours", bars(met.slice(0, 8))) : null,
    people.length ? section("officials_of", make("p", {}, ...things(people.slice(0, 30)), people.length > 30 ? " …" : "")) : null,
    section("centrality", scores(thing)),
    section("table", meetingList(meetingsOf(thing))),
  ];
}

/** Names with a bar each, as long as their number is large. */
function bars(pairs, format = formatNumber) {
  const most = Math.max(...pairs.map(([, value]) => value));
  return make(
    "ol",
    { class: "bars" },
    ...pairs.map(([thing, value]) => {
      const bar = make("span", { class: "bar", "aria-hidden": "true" });
      bar.style.width = `${Math.round((100 * value) / most)}%`;
      return make("li", {}, thingButton(thing, "thing name"), make("span", { class: "value" }, format(value)), bar);
    }),
  );
}

function edgeCard(id) {
  const edge = EDGE.get(id);
  const [a, b] = [edge.from, edge.to].map((node) => NODE.get(node).thing);
  const meetings = newestFirst((edge.meetings || []).filter((index) => passing.has(index)));
  const names = make("h2", {}, thingButton(a), " – ", thingButton(b));
  const head = heading(edge.meetings ? counted("count_meetings", meetings.length) : word(`relation_${edge.relation}`), "");
  head.querySelector("h2").replaceWith(names);
  if (edge.meetings) return [head, meetingList(meetings)];
  return [head, make("ul", { class: "posts" }, ...edge.tenures.map(tenureItem))];
}

function meetingCard(index) {
  const meeting = DATA.meetings[index];
  const notes = [meeting.dateline ? word("date_dateline") : "", meeting.planned ? make("span", { class: "badge" }, word("planned")) : ""].filter(Boolean);
  return [heading(word(`type_${meeting.type || "meeting"}`), formatPeriod(meeting)), notes.length ? make("p", { class: "quiet" }, ...notes) : null, ...meetingFacts(index)];
}

/** Nothing picked: the most central of what is shown. */
function rankingCard() {
  const scored = byImportance().filter((node) => DATA.things[node.thing].scores);
  const head = make("header", {}, make("h2", {}, word("ranking")), make("p", { class: "quiet" }, word("ranking_help")));
  if (!scored.length) return [head, make("p", { class: "quiet" }, word("no_meetings"))];
  const pagerank = ({ thing }) => [thing, DATA.things[thing].scores[PAGERANK][0]];
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
  const list = (nodes) => bars(nodes.map(pagerank), (value) => percent.format(value));
  if (asked.view !== "mixed") return [head, list(scored.slice(0, 12))];
  // Each kind has a network, and so a ranking, of its own.
  return [head, ...["official", "state", "organization"].flatMap((kind) => {
    const nodes = scored.filter((node) => DATA.things[node.thing].kind === kind).slice(0, 5);
    return nodes.length ? [section(`view_${kind}s`, list(nodes))] : [];
  })];
}

function writeCard() {
  let content = rankingCard();
  if (open.thing !== undefined) content = thingCard(open.thing);
  else if (open.edge) content = edgeCard(open.edge);
  else if (open.meeting !== undefined) content = meetingCard(open.meeting);
  card.classList.toggle("open", Object.keys(open).length > 0);
  card.replaceChildren(...content.filter(Boolean));
  card.scrollTop = 0;
}

let opener = null;

function show(what, light) {
  if (!Object.keys(open).length) opener = document.activeElement;
  open = what;
  picked = light;
  relight();
  writeCard();
}

function openThing(thing, { move = true } = {}) {
  const node = shown.nodes.find((candidate) => candidate.thing === thing);
  show({ thing }, node ? { node: node.id } : {});
  if (node && move) fitTo(shown.nodes.filter(({ id }) => lit().nodes.has(id)));
  card.focus({ preventScroll: true });
}

function openEdge(id) {
  show({ edge: id }, { edge: id });
}

function openMeeting(index) {
  const edge = shown.edges.find(({ meetings }) => meetings.includes(index));
  show({ meeting: index }, edge ? { edge: edge.edge.id } : {});
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

function closeCard() {
  if (!Object.keys(open).length) return;
  show({}, {});
  if (opener && opener.isConnected) opener.focus({ preventScroll: true });
}
