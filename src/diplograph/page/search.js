// Type-ahead over every name a thing is known by, in any language and script, and over posts.

const searchBox = document.getElementById("search");
const found = document.getElementById("found");
const SUGGESTIONS = 12;

/** Cyrillic in Latin letters, as passports and newspapers of the region write it. */
const LATIN = {
  а: "a", ә: "a", б: "b", в: "v", г: "g", ғ: "g", ґ: "g", д: "d", е: "e", є: "e", э: "e", ж: "zh", з: "z", и: "i", і: "i", ї: "i",
  к: "k", қ: "k", л: "l", м: "m", н: "n", ң: "n", о: "o", ө: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ұ: "u", ү: "u", ў: "u",
  ф: "f", х: "h", һ: "h", ҳ: "h", ц: "ts", ч: "ch", ҷ: "j", ш: "sh", щ: "sh", ъ: "", ы: "y", ь: "", ю: "yu", я: "ya",
}; // prettier-ignore

/** Where what is read differs from what is heard. */
const READ = { ...LATIN, ё: "yo", й: "y", х: "kh", щ: "shch" };

/** For readers of English a name that only Cyrillic letters are known of, letter by letter; "" where there is no need. */
function romanised(name) {
  if (language !== "en" || !/\p{Script=Cyrillic}/u.test(name)) return "";
  return [...name.normalize("NFC")].map((letter) => {
    const small = letter.toLocaleLowerCase("und");
    const latin = READ[small] ?? letter;
    return letter === small ? latin : latin.slice(0, 1).toLocaleUpperCase("und") + latin.slice(1);
  }).join("");
}

/** A name as it sounds: one spelling for Токаев, Тоқаев, Tokayev, Tokaev. */
function sound(text) {
  return [...plain(text)]
    .map((letter) => LATIN[letter] ?? letter)
    .join("")
    .replace(/kh/g, "h").replace(/q/g, "k").replace(/w/g, "v").replace(/dzh|zh/g, "j").replace(/x/g, "ks")
    .replace(/[ij](?=[aeou])/g, "y").replace(/y(?=[aeou])/g, "").replace(/ı/g, "i").replace(/y/g, "i")
    .replace(/(.)\1+/g, "$1"); // prettier-ignore
}

const KNOWN = DATA.things
  .map((thing, index) => ({ index, thing, names: [...Object.values(thing.labels), ...(thing.also || []), thing.code || ""].filter(Boolean) }))
  .filter(({ thing }) => KINDS.includes(thing.kind))
  .map((entry) => ({
    ...entry,
    folded: entry.names.map(plain),
    sounds: entry.names.map(sound),
    posts: (entry.thing.tenures || []).map((tenure) => plain(DATA.tenures[tenure].title || "")),
    meetings: MEETINGS_OF.get(entry.index) || [],
  }));

const NO_FIT = 9;

/** How well a text answers: 0 is its beginning, 1 the beginnings of words, 2 anywhere. */
function fit(text, sought) {
  if (text.startsWith(sought)) return 0;
  const words = text.split(/[\s\-"«(]+/);
  const parts = sought.split(/\s+/);
  if (parts.every((part) => words.some((one) => one.startsWith(part)))) return 1;
  return parts.every((part) => text.includes(part)) ? 2 : NO_FIT;
}

/** The best of a thing's texts: names as written, then as they sound, then posts. */
function answer(entry, sought, heard) {
  const best = (texts, asIn, worse) => {
    const fits = texts.map((text) => fit(text, asIn));
    const least = Math.min(NO_FIT, ...fits);
    return { fit: least === NO_FIT ? NO_FIT : least + worse, place: fits.indexOf(least) };
  };
  const written = best(entry.folded, sought, 0);
  if (written.fit < NO_FIT) return { ...entry, fit: written.fit, by: entry.names[written.place] };
  const spoken = heard ? best(entry.sounds, heard, 3) : { fit: NO_FIT };
  // What only sounds alike somewhere inside is chance.
  if (spoken.fit < 5) return { ...entry, fit: spoken.fit, by: entry.names[spoken.place] };
  return { ...entry, fit: best(entry.posts, sought, 6).fit, by: "" };
}

function search(text) {
  const sought = plain(text.trim());
  if (!sought) return [];
  const heard = sound(text.trim());
  return KNOWN.map((entry) => answer(entry, sought, heard))
    .filter((entry) => entry.fit < NO_FIT)
    .sort((a, b) => a.fit - b.fit || b.meetings.length - a.meetings.length || a.index - b.index)
    .slice(0, SUGGESTIONS);
}

let active = -1;

function suggest() {
  const answers = search(searchBox.value);
  active = answers.length ? 0 : -1;
  found.replaceChildren(
    ...answers.map(({ index, by, meetings }, place) => {
      const name = nameOf(index);
      const note = [by === name ? "" : by, postLine(index), stateCodes(index).join(" "), tellMeetings(meetings)].filter(Boolean).join(" · ");
      const option = make("li", { role: "option", id: `found-${place}`, "data-thing": index }, make("b", {}, name), make("span", {}, note));
      // The list closes when the box loses focus, so the choice is made before that.
      option.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        choose(index);
      });
      return option;
    }),
  );
  const nothing = !answers.length && searchBox.value.trim();
  document.getElementById("found-none").hidden = !nothing;
  openList(answers.length > 0);
  mark();
}

function openList(opened) {
  found.hidden = !opened;
  searchBox.setAttribute("aria-expanded", String(opened));
  if (!opened) searchBox.removeAttribute("aria-activedescendant");
}

function closeList() {
  openList(false);
  document.getElementById("found-none").hidden = true;
}

function mark() {
  [...found.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
  if (active < 0) return;
  searchBox.setAttribute("aria-activedescendant", `found-${active}`);
  found.children[active].scrollIntoView({ block: "nearest" });
}

/** Open a thing, in a view that can show it. */
function choose(thing) {
  closeList();
  searchBox.value = "";
  if (!nodeFor(thing)) setView(Object.keys(VIEW_KINDS).find((view) => VIEW_KINDS[view] === DATA.things[thing].kind));
  openThing(thing);
}

searchBox.addEventListener("input", suggest);
searchBox.addEventListener("focus", () => searchBox.value && suggest());
searchBox.addEventListener("blur", closeList);
searchBox.addEventListener("keydown", (event) => {
  const options = [...found.children];
  const step = { ArrowDown: 1, ArrowUp: -1, Tab: event.shiftKey ? -1 : 1 }[event.key];
  if (step && !found.hidden) {
    const next = active + step;
    // Past either end the tabulator leaves the list, as anywhere else; the arrows go round.
    if (event.key === "Tab" && (next < 0 || next >= options.length)) return;
    event.preventDefault();
    active = (next + options.length) % options.length;
    mark();
  } else if (event.key === "Enter" && active >= 0 && !found.hidden) {
    event.preventDefault();
    choose(Number(options[active].dataset.thing));
  } else if (event.key === "Escape") {
    event.stopPropagation();
    if (found.hidden) searchBox.blur();
    closeList();
    searchBox.value = "";
  }
});
