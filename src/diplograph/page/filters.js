// The filters beside the period: a list of choices each, with numbers, and a chip for every one that is active.

const filters = document.getElementById("filters");
const chips = document.getElementById("chips");
/** Longer lists get a field to find a choice in. */
const LONG_LIST = 12;
const LEVELS = ["1", "2", "3", "4", "5", "0"];

const THING = new Map(DATA.things.map((thing, index) => [thing.id, index]));

/** For each choice: all values in the order to list them, and a value's name. */
const CHOICES = {
  status: { values: () => ["held", "planned"], name: (value) => word(`status_${value}`) },
  type: { values: () => TYPES, name: (value) => word(`type_${value}`) },
  topic: { values: () => Object.keys(DATA.topics), name: topicName, many: true },
  state: { values: () => DATA.things.filter(({ kind }) => kind === "state").map(({ id }) => id), name: (value) => nameOf(THING.get(value)), many: true },
  level: { values: () => LEVELS, name: (value) => word(`level_${value}`) },
  kind: { values: () => KINDS, name: (value) => word(`view_${value}s`) },
};

/** The values that occur at all, the names of things and topics in the order of their numbers. */
const OCCURRING = Object.fromEntries(
  Object.entries(CHOICES).map(([name, { values }]) => {
    if (name === "kind") return [name, KINDS.filter((kind) => NODES_IN.get("mixed").some((node) => DATA.things[node.thing].kind === kind))];
    const there = new Set(VALUES[name].flat());
    return [name, values().filter((value) => there.has(value))];
  }),
);

function countOf(name, value) {
  if (name === "kind") return NODES_IN.get("mixed").filter((node) => DATA.things[node.thing].kind === value).length;
  return counts[name].get(value) || 0;
}

/** Choose or leave a value of a filter. */
function toggle(name, value) {
  const chosen = asked[name].includes(value) ? asked[name].filter((other) => other !== value) : [...asked[name], value];
  change({ [name]: chosen });
}

function makeChoice(name) {
  const { many, name: label } = CHOICES[name];
  const list = document.querySelector(`[data-choice="${name}"]`);
  const totals = tally(VALUES[name] ? VALUES[name].keys() : [], (index) => VALUES[name][index]);
  const rank = new Map(totals.map(([value], place) => [value, place]));
  const values = many ? [...OCCURRING[name]].sort((a, b) => rank.get(a) - rank.get(b)) : OCCURRING[name];
  const items = values.map((value) => {
    const box = make("input", { type: "checkbox", value });
    box.addEventListener("change", () => toggle(name, value));
    return make("label", {}, box, make("span", { class: "name" }, label(value)), make("span", { class: "number" }));
  });
  list.replaceChildren(make("div", { class: "choices", role: "group", "aria-label": word(name) }, ...items));
  if (items.length > LONG_LIST) {
    const field = make("input", { type: "search", class: "narrow", "aria-label": word("find_here"), placeholder: word("find_here") });
    field.addEventListener("input", () => {
      for (const item of items) item.hidden = !plain(item.textContent).includes(plain(field.value));
    });
    list.prepend(field);
  }
  // One value alone chooses nothing.
  list.closest("details").hidden = values.length < 2 && !asked[name].length;
}

function makeChoices() {
  Object.keys(CHOICES).forEach(makeChoice);
  writeFilters();
}

/** Write numbers, marks and chips; the lists themselves stay, so that the focus does too. */
function writeFilters() {
  for (const list of document.querySelectorAll("[data-choice]")) {
    const name = list.dataset.choice;
    for (const item of list.querySelectorAll("label")) {
      const box = item.querySelector("input");
      const count = countOf(name, box.value);
      box.checked = asked[name].includes(box.value);
      item.querySelector(".number").textContent = formatNumber(count);
      item.classList.toggle("none", count === 0);
    }
    list.closest("details").querySelector(".chosen").textContent = asked[name].length ? formatNumber(asked[name].length) : "";
  }
  document.querySelector('[data-choice="kind"]').closest("details").hidden = asked.view !== "mixed";
  document.getElementById("least").value = String(asked.least);
  document.getElementById("confidence").value = String(Math.round(100 * asked.confidence));
  document.getElementById("confidence-said").textContent = formatPercent(asked.confidence);
  document.querySelector(".for-least .chosen").textContent = asked.least > 1 ? formatNumber(asked.least) : "";
  document.querySelector(".for-confidence .chosen").textContent = asked.confidence ? formatPercent(asked.confidence) : "";
  document.getElementById("colour").value = asked.colour;
  writeChips();
}

function chip(key, text, undo) {
  const label = `${word("remove_filter")}: ${word(key)} – ${text}`;
  return make("button", { type: "button", class: "chip", "aria-label": label, onclick: undo }, make("span", {}, `${word(key)}: `), text, make("b", { "aria-hidden": "true" }, "×"));
}

function activeFilters() {
  const active = [];
  if (asked.from || asked.to) active.push({ key: "period", text: periodText(), undo: { from: "", to: "" } });
  for (const [name, { name: label }] of Object.entries(CHOICES)) {
    if (name === "kind" && asked.view !== "mixed") continue;
    for (const value of asked[name]) active.push({ key: name, text: label(value), undo: { [name]: asked[name].filter((other) => other !== value) } });
  }
  if (asked.least > 1) active.push({ key: "min_meetings", text: formatNumber(asked.least), undo: { least: 1 } });
  if (asked.confidence) active.push({ key: "min_confidence", text: formatPercent(asked.confidence), undo: { confidence: 0 } });
  return active;
}

function writeChips() {
  const active = activeFilters();
  document.getElementById("shown").textContent = word("shown", { n: formatNumber(passing.size), m: counted("of_meetings", DATA.meetings.length) });
  chips.replaceChildren(...active.map(({ key, text, undo }) => chip(key, text, () => change(undo))));
  document.getElementById("reset").hidden = !active.length;
  document.getElementById("filters-active").textContent = active.length ? formatNumber(active.length) : "";
}

document.getElementById("least").addEventListener("input", (event) => change({ least: Math.max(1, Number.parseInt(event.target.value, 10) || 1) }));
document.getElementById("confidence").addEventListener("input", (event) => change({ confidence: Number(event.target.value) / 100 }));
document.getElementById("colour").addEventListener("change", (event) => change({ colour: event.target.value }));
for (const id of ["reset", "empty-reset"]) {
  document.getElementById(id).addEventListener("click", () => {
    change(structuredClone(AT_REST));
    searchBox.focus();
  });
}

const menus = [...document.querySelectorAll("details.menu")];

function closeMenus(except) {
  for (const menu of menus) if (menu !== except) menu.open = false;
}

for (const menu of menus) menu.addEventListener("toggle", () => menu.open && closeMenus(menu));
document.addEventListener("pointerdown", (event) => closeMenus(event.target.closest("details.menu")));
