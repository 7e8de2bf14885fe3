// The period: a histogram of the meetings with two handles; a drag over the bars chooses a period too.

const timeline = document.getElementById("timeline");
const columns = timeline.querySelector(".columns");
const handles = { from: document.getElementById("period-from"), to: document.getElementById("period-to") };
const MOST_COLUMNS = 72;

function isoDay(date) {
  return date.toISOString().slice(0, 10);
}

/** The steps a histogram may have: the first day of the step that a day is in, and of the one after. */
const STEPS = {
  day: { first: (y, m, d) => [y, m, d], next: (y, m, d) => [y, m, d + 1] },
  week: { first: (y, m, d) => [y, m, d - ((new Date(Date.UTC(y, m, d)).getUTCDay() + 6) % 7)], next: (y, m, d) => [y, m, d + 7] },
  month: { first: (y, m) => [y, m, 1], next: (y, m) => [y, m + 1, 1] },
  quarter: { first: (y, m) => [y, m - (m % 3), 1], next: (y, m) => [y, m + 3, 1] },
  year: { first: (y) => [y, 0, 1], next: (y) => [y + 1, 0, 1] },
};

function shift(day, how) {
  const date = new Date(`${day}T00:00:00Z`);
  return isoDay(new Date(Date.UTC(...how(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()))));
}

/** The finest step that gives few enough columns, and the columns from the first to the last day that is known exactly. */
function makeColumns() {
  const days = DATA.meetings.map((meeting) => meeting.date || "").filter((date) => /^\d{4}-\d\d-\d\d$/.test(date)).sort();
  for (const [name, step] of days.length ? Object.entries(STEPS) : []) {
    const found = [];
    for (let from = shift(days[0], step.first); from <= days.at(-1) && found.length <= MOST_COLUMNS; ) {
      const next = shift(from, step.next);
      found.push({ from, to: shift(next, (y, m, d) => [y, m, d - 1]) });
      from = next;
    }
    if (found.length <= MOST_COLUMNS) return { step: name, periods: found };
  }
  return { step: "", periods: [] };
}

const { step: STEP, periods: PERIODS } = makeColumns();

/** The position of the column that holds a day; -1 before the first, and past the last what is later. */
function columnOf(day) {
  return PERIODS.findLastIndex(({ from }) => from <= day);
}

function chosenColumns() {
  const from = asked.from ? Math.max(columnOf(asked.from), 0) : 0;
  const to = asked.to ? Math.max(columnOf(asked.to), 0) : PERIODS.length - 1;
  return { from, to };
}

/** Choose the columns between two; all of them is no filter. */
function choosePeriod(a, b) {
  const [first, last] = [Math.min(a, b), Math.max(a, b)];
  change({ from: first > 0 ? PERIODS[first].from : "", to: last < PERIODS.length - 1 ? PERIODS[last].to : "" });
}

function periodText() {
  const from = asked.from || PERIODS[0].from;
  const to = asked.to || PERIODS.at(-1).to;
  return `${formatDate(from, "short")} – ${formatDate(to, "short")}`;
}

function writeTimeline() {
  timeline.hidden = PERIODS.length < 2;
  if (timeline.hidden) return;
  const tallies = PERIODS.map(() => ({ held: 0, planned: 0 }));
  for (const index of passingAnyTime) {
    const { date = "", planned } = DATA.meetings[index];
    if (date.length === 10) tallies[columnOf(date)][planned ? "planned" : "held"] += 1;
  }
  const most = Math.max(1, ...tallies.map(({ held, planned }) => held + planned));
  const { from, to } = chosenColumns();
  columns.replaceChildren(
    ...tallies.map(({ held, planned }, place) => {
      const column = make("span", { class: place < from || place > to ? "outside" : "" });
      for (const [name, count] of [["planned", planned], ["held", held]]) {
        if (!count) continue;
        const part = make("i", { class: name });
        part.style.height = `${Math.max((100 * count) / most, 4)}%`;
        column.append(part);
      }
      column.title = `${formatDate(PERIODS[place].from, "short")} – ${formatDate(PERIODS[place].to, "short")}: ${[counted("count_held", held), planned ? counted("count_announced", planned) : ""].filter(Boolean).join(", ")}`;
      return column;
    }),
  );
  for (const [name, place] of [["from", from], ["to", to]]) {
    const handle = handles[name];
    handle.max = String(PERIODS.length - 1);
    handle.value = String(place);
    handle.setAttribute("aria-valuetext", formatDate(PERIODS[place][name]));
  }
  document.getElementById("period").textContent = periodText();
  document.getElementById("step").textContent = word(`by_${STEP}`, { n: formatNumber(most) });
  const [first, last] = timeline.querySelectorAll(".ends span");
  first.textContent = formatDate(PERIODS[0].from, "short");
  last.textContent = formatDate(PERIODS.at(-1).to, "short");
}

for (const handle of Object.values(handles)) {
  handle.addEventListener("input", () => {
    // A handle stops at the other one.
    if (handle === handles.from && Number(handle.value) > Number(handles.to.value)) handle.value = handles.to.value;
    if (handle === handles.to && Number(handle.value) < Number(handles.from.value)) handle.value = handles.from.value;
    choosePeriod(Number(handles.from.value), Number(handles.to.value));
  });
}

function columnUnder(event) {
  const box = columns.getBoundingClientRect();
  const place = Math.floor(((event.clientX - box.left) / box.width) * PERIODS.length);
  return Math.min(Math.max(place, 0), PERIODS.length - 1);
}

columns.addEventListener("pointerdown", (event) => {
  const anchor = columnUnder(event);
  columns.setPointerCapture(event.pointerId);
  const drag = (moved) => choosePeriod(anchor, columnUnder(moved));
  columns.addEventListener("pointermove", drag);
  columns.addEventListener("lostpointercapture", () => columns.removeEventListener("pointermove", drag), { once: true });
  choosePeriod(anchor, anchor);
});
