// Type-ahead over every name a thing is known by, in any language and script.

const searchBox = document.getElementById("search");
const found = document.getElementById("found");
const SUGGESTIONS = 12;

/** Case, accents and ё do not matter; nor does й, which is и with an accent. */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase("und").replaceAll("ё", "е");
}

const KNOWN = DATA.things
  .map((thing, index) => ({ index, thing, names: [...Object.values(thing.labels), ...(thing.also || []), thing.code || ""].filter(Boolean) }))
  .filter(({ thing }) => ["official", "state", "organization"].includes(thing.kind))
  .map((entry) => ({ ...entry, folded: entry.names.map(plain), meetings: (MEETINGS_OF.get(entry.index) || []).length }));

/** How well a folded name answers: 0 is the beginning, 1 the beginning of a word, 2 anywhere, 3 not at all. */
function fit(name, sought) {
  if (name.startsWith(sought)) return 0;
  if (name.split(/[\s\-"«(]+/).some((part) => part.startsWith(sought))) return 1;
  if (sought.split(/\s+/).every((part) => name.includes(part))) return 2;
  return 3;
}

function search(text) {
  const sought = plain(text.trim());
  if (!sought) return [];
  return KNOWN.map((entry) => {
    const fits = entry.folded.map((name) => fit(name, sought));
    const best = Math.min(...fits);
    return { ...entry, best, by: entry.names[fits.indexOf(best)] };
  })
    .filter(({ best }) => best < 3)
    .sort((a, b) => a.best - b.best || b.meetings - a.meetings || a.index - b.index)
    .slice(0, SUGGESTIONS);
}

let active = -1;

function suggest() {
  const answers = search(searchBox.value);
  active = answers.length ? 0 : -1;
  found.replaceChildren(
    ...answers.map(({ index, by }, place) => {
      const name = nameOf(index);
      const note = [by === name ? "" : by, postLine(index)].filter(Boolean).join(" · ");
      const option = make("li", { role: "option", id: `found-${place}`, "data-thing": index }, make("b", {}, name), note ? make("span", {}, note) : "");
      // The list closes when the box loses focus, so the choice is made before that.
      option.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        choose(index);
      });
      return option;
    }),
  );
  if (!answers.length && searchBox.value.trim()) found.append(make("li", { class: "none" }, word("nothing_found")));
  openList(found.children.length > 0);
  mark();
}

function openList(opened) {
  found.hidden = !opened;
  searchBox.setAttribute("aria-expanded", String(opened));
  if (!opened) searchBox.removeAttribute("aria-activedescendant");
}

function mark() {
  [...found.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
  if (active < 0) return;
  searchBox.setAttribute("aria-activedescendant", `found-${active}`);
  found.children[active].scrollIntoView({ block: "nearest" });
}

/** Open a thing, in a view that can show it. */
function choose(thing) {
  openList(false);
  searchBox.value = "";
  if (!nodeFor(thing)) setView(Object.keys(VIEW_KINDS).find((view) => VIEW_KINDS[view] === DATA.things[thing].kind));
  openThing(thing);
}

searchBox.addEventListener("input", suggest);
searchBox.addEventListener("focus", () => searchBox.value && suggest());
searchBox.addEventListener("blur", () => openList(false));
searchBox.addEventListener("keydown", (event) => {
  const options = found.querySelectorAll("[role=option]");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!options.length) return;
    active = (active + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length;
    mark();
  } else if (event.key === "Enter" && active >= 0 && !found.hidden) {
    event.preventDefault();
    choose(Number(options[active].dataset.thing));
  } else if (event.key === "Escape") {
    event.stopPropagation();
    if (found.hidden) searchBox.blur();
    openList(false);
    searchBox.value = "";
  }
});
