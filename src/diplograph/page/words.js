// Words, names, numbers and dates in the language of the page; elements and links are made here too.

const LANGUAGES = Object.keys(DATA.words);
/** Where a name has no label in the page's language, the first of these that has one stands in. */
const FALLBACK = ["ru", "en", "kk"];

/** The language of the browser, where the page speaks it. */
function ownLanguage() {
  const wished = navigator.languages.map((tag) => tag.toLowerCase().split("-")[0]);
  return wished.find((code) => LANGUAGES.includes(code)) || "en";
}

let language = ownLanguage();

/** The word under a key; `{name}` in it is filled from `values`. */
function word(key, values = {}) {
  const found = DATA.words[language][key];
  return found.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** "3 meetings": a counted word in the form its number asks for. */
function counted(key, number) {
  const forms = DATA.words[language][key];
  const form = new Intl.PluralRules(language).select(number);
  return (forms[form] || forms.other).replace("{n}", formatNumber(number));
}

const formats = new Map();
/** Whose numbers and order of letters stand in where a browser does not know those of a language. */
const NEAREST = { kk: "ru" };

/** Formats are dear to make and cheap to use. */
function format(kind, options) {
  const key = JSON.stringify([kind, language, options]);
  if (!formats.has(key)) formats.set(key, new Intl[kind]([language, NEAREST[language] || "en"], options));
  return formats.get(key);
}

/** A whole number as it is, another with three digits that matter. */
function formatNumber(number) {
  return format("NumberFormat", Number.isInteger(number) ? {} : { maximumSignificantDigits: 3 }).format(number);
}

function formatPercent(share, digits = 0) {
  return format("NumberFormat", { style: "percent", maximumFractionDigits: digits }).format(share);
}

/** The label of a thing or a topic in the page's language, else in the next best one. */
function pick(labels, fallback = "") {
  for (const code of [language, ...FALLBACK]) if (labels[code]) return labels[code];
  return Object.values(labels)[0] || fallback;
}

function nameOf(index) {
  return pick(DATA.things[index].labels);
}

const LONG_NAME = 28;

/** The abbreviation of a long name in the script of the name; undefined where there is none or the name is short. */
function abbreviationOf(index) {
  const name = nameOf(index);
  if (name.length <= LONG_NAME) return undefined;
  const script = /\p{Script=Cyrillic}/u.test(name) ? /^\p{Script=Cyrillic}[\p{Script=Cyrillic}0-9-]{1,9}$/u : /^[A-Z][A-Z0-9-]{1,9}$/;
  return (DATA.things[index].also || []).find((other) => script.test(other) && other === other.toLocaleUpperCase());
}

/** A name that fits a graph: where it is long its abbreviation, else two lines, the second cut if need be. */
function linesOfName(index) {
  const name = abbreviationOf(index) || nameOf(index);
  if (name.length <= LONG_NAME) return [name];
  // The break that leaves the lines most alike; a word that is longer than a line is cut.
  const half = Math.min(name.length / 2, LONG_NAME);
  const breaks = [...name.matchAll(/\s/gu)].map(({ index: at }) => at).filter((at) => at <= LONG_NAME);
  const at = breaks.sort((a, b) => Math.abs(a - half) - Math.abs(b - half))[0] ?? LONG_NAME;
  const rest = name.slice(at).trimStart();
  return [name.slice(0, at), rest.length > LONG_NAME ? `${rest.slice(0, LONG_NAME - 2).trimEnd()}…` : rest];
}

function topicName(topic) {
  return pick(DATA.topics[topic] || {}, topic.replaceAll("-", " "));
}

function typeName(meeting) {
  return word(`type_${meeting.type || "meeting"}`);
}

/** Case, accents and ё do not matter to a search; nor does й, which is и with an accent. */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase("und").replaceAll("ё", "е");
}

const DATE_PARTS = {
  4: { year: "numeric" },
  7: { year: "numeric", month: "long" },
  10: { year: "numeric", month: "long", day: "numeric" },
};

/** A date as precise as it is known ("2026-03" is a month), or as it is written where it is no date. */
function formatDate(text, length = "long") {
  const parts = DATE_PARTS[text.length];
  const day = new Date(`${text}${"-01-01".slice(text.length - 4)}T00:00:00Z`);
  if (!parts || Number.isNaN(day.getTime())) return text;
  const { months } = DATA.words[language];
  if (months) return word(`date_${text.length}`, { year: day.getUTCFullYear(), month: months[day.getUTCMonth()], day: day.getUTCDate() });
  const month = parts.month && length === "short" ? { month: "short" } : {};
  return format("DateTimeFormat", { ...parts, ...month, timeZone: "UTC" }).format(day);
}

function formatPeriod(meeting, length = "long") {
  if (!meeting.date) return word("date_none");
  const start = formatDate(meeting.date, length);
  return meeting.end && meeting.end !== meeting.date ? `${start} – ${formatDate(meeting.end, length)}` : start;
}

/** Fill every element that names its word, and set the page's language. */
function writeWords() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const [data, attribute] of [["wordLabel", "aria-label"], ["wordPlaceholder", "placeholder"], ["wordTitle", "title"]]) {
    const selector = `[data-${data.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}]`;
    for (const element of document.querySelectorAll(selector)) element.setAttribute(attribute, word(element.dataset[data]));
  }
  document.title = document.querySelector("h1").textContent;
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
}

/** Make an element. Children are elements or texts; texts never become markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** The only place that makes a link to elsewhere: http and https, nothing else. */
function link(url, text) {
  let parsed = null;
  try {
    parsed = new URL(url);
  } catch {
    return make("span", {}, text);
  }
  if (parsed.protocol !== "https:" && parsed.protocol !== "http:") return make("span", {}, text);
  return make("a", { href: parsed.href, rel: "noopener noreferrer", target: "_blank" }, text);
}
