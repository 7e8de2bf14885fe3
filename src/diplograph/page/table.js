// The meetings as a table: the same facts for those who read rather than look.

const rows = document.getElementById("rows");
const moreRows = document.getElementById("more");
const ROWS_AT_ONCE = 50;
let listed = [];

function writeTable() {
  listed = newestFirst([...passing]);
  rows.replaceChildren();
  addRows();
  document.getElementById("table-count").textContent = word("table_count", { n: formatNumber(listed.length), m: formatNumber(DATA.meetings.length) });
  document.getElementById("no-rows").hidden = listed.length > 0;
}

function addRows() {
  const next = listed.slice(rows.children.length, rows.children.length + ROWS_AT_ONCE);
  rows.append(...next.map(row));
  moreRows.hidden = rows.children.length >= listed.length;
}

function row(index) {
  const meeting = DATA.meetings[index];
  const cell = (key, ...content) => make("td", { "data-label": word(key) }, make("div", {}, ...content));
  const when = make("button", { type: "button", class: "open-meeting", onclick: () => openMeeting(index) }, formatPeriod(meeting, "short"));
  const badge = meeting.planned ? make("span", { class: "badge" }, word("planned")) : "";
  const who = [meeting.who, meeting.organizations, meeting.states].find((parties) => parties && parties.length) || [];
  const sources = new Set((meeting.passages || []).map((passage) => DATA.passages[passage].article));
  return make(
    "tr",
    { class: meeting.planned ? "planned" : "" },
    cell("date", when),
    cell("type", word(`type_${meeting.type || "meeting"}`), " ", badge),
    cell("who", ...things(who)),
    cell("place", placeOf(meeting)),
    cell("topics", (meeting.topics || []).map(topicName).join(", ")),
    cell("sources", ...[...sources].flatMap((article, place) => {
      const source = DATA.articles[article];
      const name = source.publisher || source.title || source.id;
      return [place ? ", " : "", source.url ? link(source.url, name) : name];
    })),
  );
}

moreRows.addEventListener("click", addRows);
