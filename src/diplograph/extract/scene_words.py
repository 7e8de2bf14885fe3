"""Words around the name of a place: whether it says where something was, and places without a name of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from diplograph import gazetteer
from diplograph.extract.clauses import Clause
from diplograph.extract.document import ParsedSentence, Word
from diplograph.extract.encounter_words import is_encounter_verb, is_event_noun
from diplograph.extract.entities import Entity
from diplograph.extract.forms import fold, word_forms
from diplograph.extract.parts import SentenceParts
from diplograph.lexicon import words
from diplograph.model import Ref


def word_before(tokens: Sequence[Word], index: int) -> str:
    """The folded word before an index; empty at the beginning."""
    return tokens[index - 1].low if index else ""


def preposition(part: SentenceParts, entity: Entity) -> int | None:
    """The index of the preposition a place hangs on, adjectives, «посёлке», «столице Катара» between; or None."""
    tokens = part.sentence.words
    index = entity.first - 1
    states = {i for e in part.entities if e.kind == "state" for i in range(e.first, e.end)}
    while index >= 0:
        word = tokens[index]
        if word.tag.pos == "ADP" or word.low in words("ru", "scenes")["at"]["words"]:
            return index
        kind = word.low in _forms("settlement") or word.low in _forms("near")
        of_state = index in states and index and tokens[index - 1].low in _forms("settlement")
        if not (word.tag.pos in ("ADJ", "DET", "NUM") or kind or of_state or word.text in ("«", "г", "г.")):
            return None
        index -= 1
    return None


@cache
def _forms(section: str) -> frozenset[str]:
    return frozenset(
        form for noun in words("ru", "scenes")[section]["words"] for form in word_forms(noun, number="sing")
    )


@cache
def _words_of_time() -> frozenset[str]:
    """Words that end a date: «24 февраля в Риге», «в среду в Риге»."""
    table = words("ru", "dates")
    return frozenset(fold(f) for section in ("month", "weekday") for row in table[section].values() for f in row) | {
        "года", "году", "дня", "день", "дни", "недели", "неделе", "числа", "полдень", "утром", "утро", "вечером",
        "вечер", "днем",
    }  # fmt: skip


def governor(tokens: Sequence[Word], at: int) -> Word | None:
    """The word that «в …» hangs on, past dates and places beside: «предстоящей в ноябре в Баку сессии»."""
    index = at - 1
    while index >= 0 and (tokens[index].low in _words_of_time() or tokens[index].tag.pos in ("ADP", "NUM")):
        index -= 1
    return tokens[index] if index >= 0 and (index == at - 1 or not tokens[index].text.isdigit()) else None


def is_spoken_of(part: SentenceParts, at: int, clause: Clause) -> bool:
    """«говорили о работе центра в Ташкенте»: the place of a thing that was spoken of."""
    tokens = part.sentence.words
    before = governor(tokens, at)
    nominal = before is not None and before.tag.pos in ("NOUN", "X", "PROPN") and before.case != "Nom"
    if before is None or not nominal or (before.is_title and before.tag.pos == "PROPN") or is_event_noun(before.low):
        return False
    for index in range(at - 1, clause.first - 1, -1):
        if tokens[index].low in ("о", "об", "обо", "про"):
            return True
        finite = tokens[index].tag.pos == "VERB" and tokens[index].tag.verb_form in ("Fin", None)
        if finite or is_encounter_verb(tokens[index].low):
            return False
    return False


def is_of_participle(word: Word) -> bool:
    """«аккредитованных в Ереване послов»: the place of a noun beside, unless it says that the event was there."""
    table = words("ru", "scenes")
    full = word.tag.verb_form == "Part" and word.tag.variant is None and word.case is not None
    return full and not word.low.startswith(
        (*table["attached"]["event"], *table["arrival"]["stems"], *table["arrival"]["stay"])
    )


def is_direction(part: SentenceParts, entity: Entity) -> bool:
    """Whether «в …» asks whither: the accusative, where the word shows it."""
    word = part.sentence.words[entity.end - 1]
    if entity.name.endswith(("а", "я")):
        return word.low.endswith(("у", "ю"))
    return word.case == "Acc" and word.low[-1] not in "аеиоуыэюя"


def is_under_way(tokens: Sequence[Word], at: int, clause: Clause) -> bool:
    """«в рамках поездки в Париж», «прибыв в Астану»: whoever goes there is there."""
    if not at:
        return False
    before = tokens[at - 1].low
    table = words("ru", "scenes")["arrival"]
    if before.startswith(tuple(table["stems"])) or before in table["after"]:
        return True
    said = " ".join(w.low for w in tokens[clause.first : at])
    return before.startswith(tuple(table["journeys"])) and any(f" {p} " in f" {said} " for p in table["during"])


def is_visited(part: SentenceParts, entity: Entity, clause: Clause) -> bool:
    """«Кыргызстан посещает делегация», «посетил литовскую столицу»: the object of a verb of visiting."""
    tokens = part.sentence.words
    stems = tuple(words("ru", "scenes")["arrival"]["visited"])
    visits = any(w.low.startswith(stems) for w in tokens[clause.first : clause.end])
    word = tokens[entity.end - 1]
    alone = entity.first == 0 or tokens[entity.first - 1].tag.pos != "ADP"
    return visits and alone and entity.kind in ("state", "place") and word.case in ("Acc", "Nom", None)


def hosts(part: SentenceParts, entity: Entity, clause: Clause) -> bool:
    """«Министров примет Самарканд»: a city or state that is host."""
    tokens = part.sentence.words
    stems = tuple(words("ru", "scenes")["arrival"]["hosts"])
    near = tokens[max(clause.first, entity.first - 3) : min(clause.end, entity.end + 3)]
    receives = any(w.low.startswith(stems) and w.tag.pos == "VERB" for w in near)
    return receives and entity.kind in ("state", "place") and tokens[entity.first].case == "Nom"


# --- places without a name of their own, or with one that nobody listed ----------------------------------


def capitals(part: SentenceParts, first: int, end: int, country: str | None) -> list[Entity]:
    """«в эфиопской столице», «в столице Катара», «в столице страны» → the capital."""
    tokens = part.sentence.words
    forms = frozenset(word_forms("столица", number="sing"))
    found = []
    for index in range(first, end):
        if tokens[index].low not in forms:
            continue
        named = next((e for e in part.entities if e.kind == "place" and e.first == index + 1), None)
        after = next((e for e in part.entities if e.kind == "state" and e.first == index + 1), None)
        before = next((e for e in part.entities if e.kind == "adjective" and e.end == index), None)
        state = after.state if after else before.state if before else None
        if state is None and (
            index + 1 == len(tokens) or tokens[index + 1].case != "Gen" or tokens[index + 1].low == "страны"
        ):
            state = country
        capital = gazetteer.state(state).capital if state else None
        if capital is not None and named is None:
            ref = Ref("place", capital)
            found.append(Entity(index, index + 1, "place", ref, gazetteer.place(capital).names["ru"][0]))
    return found


def venues(part: SentenceParts, first: int, end: int) -> list[Entity]:
    """«в Токийском университете», «в саду загребского дворца», «в польском городе»: the place of a house, or its state.

    The entity begins with the noun that hangs on the preposition: «саду».
    """
    tokens = part.sentence.words
    table = words("ru", "scenes")
    cities = _city_adjectives()
    found = []
    for index in range(first, end - 1):
        word = tokens[index]
        if word.case not in ("Loc", "Gen", "Acc", "Ins"):
            continue
        noun = index + 1
        while noun + 1 < end and tokens[noun].tag.pos == "ADJ":
            noun += 1
        state = next((e for e in part.entities if e.kind == "adjective" and e.end == index + 1), None)
        city = next((cities[stem] for stem in _beginnings(word.low) if stem in cities), None)
        if city is not None and tokens[noun].low.startswith(tuple(table["venue"]["of_city"])):
            ref = Ref("place", city)
            found.append(
                Entity(_chain(tokens, first, index), index + 1, "place", ref, gazetteer.place(city).names["ru"][0])
            )
        elif state is not None and tokens[noun].low.startswith(tuple(table["venue"]["of_state"])):
            found.append(Entity(_chain(tokens, first, index), index + 1, "state", state.ref, state.name))
    return found


@cache
def _city_adjectives() -> dict[str, str]:
    """The stems of the adjectives of cities, and the ids of the cities."""
    return dict(row.split() for row in words("ru", "scenes")["city_adjective"]["stems"])


def _beginnings(word: str) -> Iterator[str]:
    """«токийском» → «токийск»: an adjective without its ending."""
    return (word[:-cut] for cut in (2, 3) if len(word) > cut + 3 and word[-cut - 1] == "к")


def _chain(tokens: Sequence[Word], first: int, index: int) -> int:
    """«в саду загребского»: the first of the words that hang together before an adjective in the genitive."""
    start = index
    while start > first and tokens[start].case == "Gen" and tokens[start - 1].tag.pos in ("NOUN", "ADJ"):
        start -= 1
        if tokens[start].tag.pos == "NOUN" and tokens[start].case != "Gen":
            break
    return start


def settlements(part: SentenceParts, first: int, end: int) -> list[Entity]:
    """«в посёлке Бейнеу»: a capitalised name after a noun for a settlement, which the gazetteer does not know."""
    tokens = part.sentence.words
    taken = {i for e in part.entities for i in range(e.first, e.end)}
    people = {i for start, to, kind in part.sentence.names if kind == "PER" for i in range(start, to)}
    people |= {i for start, to in part.people for i in range(start, to)}
    found = []
    for index in range(first, end - 1):
        name = index + 1
        if tokens[index].low not in _forms("settlement") or tokens[index].case not in ("Loc", "Acc", None):
            continue
        last = name
        while (
            last < end
            and tokens[last].is_title
            and last not in taken
            and last not in people
            and tokens[last].tag.pos in ("PROPN", "NOUN", "ADJ", "X")
        ):
            last += 1
        if last == name:
            continue
        text = " ".join(w.text for w in tokens[name:last])
        found.append(Entity(name, last, "place", Ref("place", text), text))
    return found


def bracketed(sentence: ParsedSentence) -> frozenset[int]:
    """The words inside brackets: «(с резиденцией в Анкаре)» is no place of the encounter."""
    inside: set[int] = set()
    depth = 0
    for word in sentence.words:
        depth += (word.text == "(") - (word.text == ")" and depth > 0)
        if depth:
            inside.add(word.index)
    return frozenset(inside)
