"""Known names in a sentence: states with their adjectives and demonyms, organisations, places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from razdel import tokenize

from diplograph import gazetteer
from diplograph.extract.document import ParsedSentence, Word
from diplograph.extract.forms import fold, heads, place_forms, word_forms
from diplograph.lexicon import words
from diplograph.model import Ref
from diplograph.morphology import parses

EntityKind = Literal["state", "adjective", "demonym", "seat", "organization", "place"]


@dataclass(frozen=True, slots=True)
class Entity:
    """A known name: the words ``first … end-1`` of a sentence.

    `ref` is a state for the kinds state, adjective, demonym and seat («Кремль»). An `ambiguous` one («РК») is one
    of several states: `candidates` lists them in the gazetteer's order.
    """

    first: int
    end: int
    kind: EntityKind
    ref: Ref
    name: str
    candidates: tuple[str, ...] = ()

    @property
    def state(self) -> str | None:
        """The ISO code, where the entity stands for a state."""
        return self.ref.key if self.ref.kind == "state" else None


@dataclass(frozen=True, slots=True)
class _Pattern:
    forms: tuple[frozenset[str], ...]
    kind: EntityKind
    ref: Ref
    name: str
    capital: bool
    exact: bool  # an abbreviation: only as written
    weak: bool  # needs «в …» before it
    rank: int  # ties: the lower rank wins


@cache
def _patterns() -> dict[str, tuple[_Pattern, ...]]:
    """Patterns by each form of their first word, longest first."""
    table: dict[str, list[_Pattern]] = defaultdict(list)
    known: set[_Pattern] = set()

    def add(
        name: str,
        kind: EntityKind,
        ref: Ref,
        label: str,
        *,
        rank: int,
        capital: bool = True,
        exact: bool = False,
        weak: bool = False,
    ) -> None:
        parts = tuple(token.text for token in tokenize(name))
        named = len(parts) in (2, 3) and all(part[:1].isupper() and part[1:].islower() for part in parts)
        whole = (named and kind == "organization") or (kind in ("state", "place") and "и" in parts)
        inflected = len(parts) if whole else heads(parts)
        forms = tuple(
            (place_forms(part) if kind == "place" else word_forms(part))
            if index < inflected
            else frozenset([fold(part)])
            for index, part in enumerate(parts)
        )
        pattern = _Pattern(forms, kind, ref, label, capital, exact, weak, rank)
        if pattern not in known:
            known.add(pattern)
            for form in forms[0]:
                table[form].append(pattern)

    for state in gazetteer.states():
        ref = Ref("state", state.iso2)
        label = state.names["ru"][0]
        for name in (*state.names["ru"], *state.abbreviations.get("ru", ())):
            add(name, "state", ref, label, rank=0)
        for name in state.weak.get("ru", ()):
            add(name, "state", ref, label, rank=1)
        for adjective in state.adjectives.get("ru", ()):
            add(adjective, "adjective", ref, label, rank=2, capital=False)
        for demonym in state.demonyms.get("ru", ()):
            add(demonym, "demonym", ref, label, rank=3, capital=False)
        for parliament in state.parliaments.get("ru", ()):
            add(parliament, "organization", Ref("organization", fold(parliament)), parliament, rank=1, capital=False)
        for seat in state.seats.get("ru", ()):
            add(seat, "seat", ref, label, rank=4)
    for organization in gazetteer.organizations():
        ref = Ref("organization", organization.id)
        names = organization.names.get("ru", ())
        for name in names:
            add(name, "organization", ref, names[0], rank=1, capital=False)
        for name in (*organization.abbreviations.get("ru", ()), *organization.abbreviations.get("en", ())):
            add(name, "organization", ref, (names or (name,))[0], rank=1, capital=False, exact=name.isupper())
    for place in gazetteer.places():
        for name in place.names.get("ru", ()):
            add(name, "place", Ref("place", place.id), place.names["ru"][0], rank=5, weak=place.weak)
    return {form: tuple(sorted(found, key=lambda p: (-len(p.forms), p.rank, p.ref))) for form, found in table.items()}


@cache
def _compound_firsts() -> dict[str, str]:
    firsts = {adjective[:-2] + "о": iso for adjective, iso in _adjectives().items() if adjective.endswith(("ий", "ый"))}
    irregular: dict[str, str] = words("ru", "compounds")["first"]
    return firsts | irregular


@cache
def _adjectives() -> dict[str, str]:
    return {fold(adjective): s.iso2 for s in gazetteer.states() for adjective in s.adjectives.get("ru", ())}


@cache
def _adjective_forms() -> dict[str, str]:
    return {form: iso for adjective, iso in _adjectives().items() for form in word_forms(adjective)}


def compound_states(word: str) -> tuple[str, ...]:
    """The two states of «казахско-египетской», in order; empty for any other word."""
    first, dash, second = fold(word).partition("-")
    if not dash or first not in _compound_firsts() or second not in _adjective_forms():
        return ()
    return (_compound_firsts()[first], _adjective_forms()[second])


def find_entities(sentence: ParsedSentence, *, likely_states: Iterable[str] = ()) -> tuple[Entity, ...]:
    """The known names of a sentence, left to right, without overlaps; the longest name wins.

    `likely_states` settles abbreviations that several states share («РК»): the first of them that fits.
    Where none fits the abbreviation is left out.
    """
    likely = tuple(likely_states)
    people = {
        i
        for first, end, kind in sentence.names
        if kind == "PER" and not _body(sentence.words, first, end)
        for i in range(first + _place_glued(sentence.words, first, end), end)
    }
    found: list[Entity] = []
    index = 0
    while index < len(sentence.words):
        entity = None if index in people else _at(sentence.words, index, people, likely, found)
        if entity is None:
            index += 1
        else:
            found.append(entity)
            index = entity.end
    return tuple(found)


def _body(sentence_words: tuple[Word, ...], first: int, end: int) -> bool:
    """Whether what the tagger took for a person is a known body or state: «Милли Меджлиса», «Кыргызстан посещает»."""
    return any(
        _fits(p, sentence_words, first, set())
        and (
            (p.kind == "organization" and len(p.forms) >= end - first)
            or (p.kind == "state" and p.rank == 0 and len(p.forms) == end - first)
            or (p.kind == "adjective" and end - first == 1 and not _title_follows(sentence_words, end))
        )
        for p in _patterns().get(sentence_words[first].low, ())
    )


def _title_follows(sentence_words: tuple[Word, ...], index: int) -> bool:
    return index < len(sentence_words) and sentence_words[index].is_title


def _place_glued(sentence_words: tuple[Word, ...], first: int, end: int) -> int:
    """How many words at the head of a name are a state or city in the genitive: «министр Перу Имя Фамилия»."""
    for pattern in _patterns().get(sentence_words[first].low, ()):
        length = len(pattern.forms)
        if (
            pattern.kind not in ("state", "place", "organization")
            or end - first < length + (0 if pattern.kind == "organization" and length > 1 else 2)
            or not _fits(pattern, sentence_words, first, set())
        ):
            continue
        inflected = sentence_words[first].low != fold(pattern.name.split()[0])
        if inflected or (pattern.kind == "state" and first and sentence_words[first - 1].low not in ("", ",")):
            return length
    return 0


@cache
def parliament_states() -> dict[str, str]:
    """Folded name of a parliament that has a name of its own → ISO code of its state."""
    return {fold(name): s.iso2 for s in gazetteer.states() for name in s.parliaments.get("ru", ())}


def _at(
    sentence_words: tuple[Word, ...], index: int, people: set[int], likely: tuple[str, ...], found: list[Entity]
) -> Entity | None:
    word = sentence_words[index]
    fitting = [pattern for pattern in _patterns().get(word.low, ()) if _fits(pattern, sentence_words, index, people)]
    if not fitting:
        return None
    longest = [p for p in fitting if len(p.forms) == len(fitting[0].forms)]
    best = longest[0]
    located = index > 0 and sentence_words[index - 1].low in ("в", "во", "из")
    listed = bool(found) and found[-1].kind == "state" and found[-1].end == index - 1  # «Филиппин, Чада»
    located = located or (listed and sentence_words[index - 1].text in (",", "и"))
    common = best.kind == "state" and best.rank == 1 and not word.text.isupper() and not located
    if common and best.ref.key not in likely:
        return None  # «Того», «Чад», «Корея»: a word that also means something else
    rivals = sorted({p.ref.key for p in longest if p.kind == "state" and p.rank == 1})
    if best.kind == "state" and best.rank == 1:
        chosen = next((state for state in likely if state in rivals), rivals[0] if len(rivals) == 1 else None)
        if chosen is None:
            return None
        best = next(p for p in longest if p.ref.key == chosen)
    return Entity(index, index + len(best.forms), best.kind, best.ref, best.name, tuple(rivals))


def _only_adjective(word: Word) -> bool:
    """«филиппинский визави»: what the tagger takes for a noun, though it is an adjective in every reading."""
    return not word.is_title and all(parse.tag.POS == "ADJF" for parse in parses(word.low))


def _fits(pattern: _Pattern, sentence_words: tuple[Word, ...], index: int, people: set[int]) -> bool:
    end = index + len(pattern.forms)
    if end > len(sentence_words) or any(i in people for i in range(index, end)):
        return False
    if pattern.capital and not sentence_words[index].is_title:
        return False
    word = sentence_words[index]
    if pattern.exact and not any(c.isupper() for c in word.text[1:]):
        return False
    if pattern.weak and (index == 0 or sentence_words[index - 1].low not in ("в", "во", "на", "из")):
        return False
    if len(pattern.forms) == 1:
        if pattern.kind in ("adjective", "demonym"):
            expected = "ADJ" if pattern.kind == "adjective" else "NOUN"
            if (
                pattern.kind == "adjective"
                and end < len(sentence_words)
                and sentence_words[end].low.startswith(("язык", "полуостров"))
            ):
                return False
            mistaken = "ADJ" if pattern.kind == "demonym" else "NOUN" if _only_adjective(word) else expected
            if word.tag.pos not in (expected, mistaken, "PROPN", "X"):
                return False
        elif (
            (
                pattern.kind == "organization"
                and (len(word.text) < 2 or not word.text[1:2].isupper())
                and not word.is_title
                and pattern.ref.key not in parliament_states()  # «бундестаг» is written small
            )
            or (
                word.tag.pos in ("VERB", "ADP", "CCONJ", "PRON", "DET", "ADV", "PART")
                and not any(c.isupper() for c in word.text[1:])  # «БиГ» is no verb
            )
        ):
            return False
    return all(sentence_words[index + k].low in forms for k, forms in enumerate(pattern.forms))
