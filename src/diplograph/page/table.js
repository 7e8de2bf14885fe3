// The meetings as a table: the same facts for those who read rather than look.

const rows = document.getElementById("rows");
const moreRows = document.getElementById("more");
const findInTable = document.getElementById("find-in-table");
/** On a phone a row is six lines. */
const ROWS_AT_ONCE = wide.matches ? 50 : 15;
let listed = [];
const sorted = { by: "date", down: true };

/** Who met: the officials; where fewer than two are named, the organisations and states beside them. */
function whoMet(meeting) {
  const who = meeting.who || [];
  return who.length > 1 ? who : [...who, ...(meeting.organizations || []), ...(meeting.states || [])];
}

function sourcesOf(index) {
  return [...ARTICLES_OF[index]].map((article) => DATA.articles[article]);
}

function sourceName(article) {
  return article.publisher || article.title || article.id;
}

/** The text of each column, as it is read, sorted and searched. */
const COLUMNS = {
  date: (meeting) => meeting.date || "",
  type: (meeting) => `${typeName(meeting)} ${meeting.planned ? word("planned") : ""}`,
  who: (meeting) => whoMet(meeting).map(nameOf).join(", "),
  place: (meeting) => placeOf(meeting),
  topics: (meeting) => (meeting.topics || []).map(topicName).join(", "),
  confidence: (meeting) => (meeting.confidence === undefined ? "" : formatPercent(meeting.confidence)),
  sources: (meeting, index) => sourcesOf(index).map(sourceName).join(", "),
};

/** Everything a row can be found by: its columns, the states and the sentences. */
function rowText(index) {
  const meeting = DATA.meetings[index];
  const sentences = (meeting.passages || []).map((passage) => DATA.passages[passage].text);
  const states = (meeting.states || []).map(nameOf);
  return plain([...Object.values(COLUMNS).map((column) => column(meeting, index)), ...states, ...sentences].join(" "));
}

function writeTable() {
  const sought = plain(findInTable.value).split(/\s+/).filter(Boolean);
  listed = newestFirst([...passing]);
  if (sought.length) {
    listed = listed.filter((index) => {
      const text = rowText(index);
      return sought.every((part) => text.includes(part));
    });
  }
  sortListed();
  rows.replaceChildren();
  addRows();
  document.getElementById("table-count").textContent = word("table_count", { n: formatNumber(listed.length), m: formatNumber(DATA.meetings.length) });
  document.getElementById("no-rows").hidden = listed.length > 0;
  for (const header of document.querySelectorAll("[data-sort]")) {
    const direction = header.dataset.sort === sorted.by ? (sorted.down ? "descending" : "ascending") : "none";
    header.closest("th").setAttribute("aria-sort", direction);
  }
}

function sortListed() {
  if (sorted.by === "date" && sorted.down) return; // as they come
  const keys = new Map(listed.map((index) => [index, COLUMNS[sorted.by](DATA.meetings[index], index)]));
  const { compare } = format("Collator", { numeric: true });
  const sign = sorted.down ? -1 : 1;
  // What is not known stands last either way.
  listed.sort((a, b) => Number(!keys.get(a)) - Number(!keys.get(b)) || sign * compare(keys.get(a), keys.get(b)));
}

function addRows() {
  const next = listed.slice(rows.children.length, rows.children.length + ROWS_AT_ONCE);
  rows.append(...next.map(row));
  moreRows.hidden = rows.children.length >= listed.length;
  moreRows.textContent = word("show_more", { n: formatNumber(listed.length - rows.children.length) });
}

function row(index) {
  const meeting = DATA.meetings[index];
  const cell = (key, ...content) => make("td", { "data-label": word(key) }, make("div", {}, ...content));
  const when = make("button", { type: "button", class: "open-meeting", onclick: () => openMeeting(index) }, formatPeriod(meeting, "short"));
  const badge = meeting.planned ? make("span", { class: "badge" }, word("planned")) : "";
  return make(
    "tr",
    { class: meeting.planned ? "planned" : "" },
    cell("date", when),
    cell("type", typeName(meeting), " ", badge),
    cell("who", ...things(whoMet(meeting))),
    cell("place", placeOf(meeting)),
    cell("topics", COLUMNS.topics(meeting)),
    cell("confidence", COLUMNS.confidence(meeting)),
    cell("sources", ...sourcesOf(index).flatMap((article, place) => [place ? ", " : "", sourceLink(article)])),
  );
}

function sourceLink(article) {
  const name = article.url ? link(article.url, sourceName(article)) : make("span", {}, sourceName(article));
  name.title = article.title || "";
  return name;
}

moreRows.addEventListener("click", addRows);
findInTable.addEventListener("input", writeTable);
for (const header of document.querySelectorAll("[data-sort]")) {
  header.addEventListener("click", () => {
    const by = header.dataset.sort;
    Object.assign(sorted, { by, down: sorted.by === by ? !sorted.down : by === "date" });
    writeTable();
  });
}
