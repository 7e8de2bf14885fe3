"""Where an encounter was: the city and the country that a clause, its sentence or the narrative so far give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diplograph import gazetteer
from diplograph.extract.affiliations import AMBASSADORS, lead_place
from diplograph.extract.clauses import Clause
from diplograph.extract.document import Document, ParsedSentence, Word
from diplograph.extract.drafts import Draft
from diplograph.extract.entities import Entity
from diplograph.extract.forms import word_forms
from diplograph.extract.officials import Cast
from diplograph.extract.parts import SentenceParts
from diplograph.extract.triggers import is_event_noun
from diplograph.lexicon import words
from diplograph.model import Ref

#: Bodies whose house is a place of their state: «в Министерстве иностранных дел Латвии».
_HOUSES = frozenset(["ministry", "parliament", "agency"])
#: Types of events at whose margins people meet.
_EVENTS = frozenset(["session", "conference", "consultations", "signing", "credentials", "other"])


class Scenes:
    """Places encounters while a text is read from its beginning."""

    def __init__(self, document: Document, parts: Sequence[SentenceParts], cast: Cast) -> None:
        self.document = document
        self.parts = parts
        self.cast = cast
        # A city that stands alone at the very start is where the news was filed, not where anybody met.
        self.opening = next((p.sentence.number for p in parts if not p.sentence.is_heading), 0)

    def fill(self, draft: Draft, part: SentenceParts, clause: Clause, earlier: Sequence[Draft]) -> None:
        """Give a draft its place and country from its clause, else from what stands before it in the sentence."""
        lead = self._lead(part)
        if lead is not None:
            _put(draft, lead)
        tokens = part.sentence.words
        said = tokens[clause.first : clause.end]
        if any(w.low in ("там", "здесь", "тут") for w in said) and earlier:
            draft.place, draft.country = earlier[-1].place, earlier[-1].country
        for entity in self._named(part, clause.first, clause.end, draft, earlier):
            if self._is_scene(draft, part, entity, clause):
                _put(draft, entity)
        if draft.place is None and draft.country is None and clause.first:
            self._from_before(draft, part, clause, earlier)
        if draft.place is None and earlier and _has_phrase(said, words("ru", "scenes")["margins"]["phrases"]):
            event = next((d for d in reversed(earlier) if d.status == "held" and d.type in _EVENTS), None)
            if event is not None and draft.country in (None, event.country) and draft.type not in ("session", "visit"):
                draft.place, draft.country = event.place, event.country
        if draft.country is None:
            houses = [
                b for b in part.organizations if b.state and b.kind in _HOUSES and clause.first <= b.first < clause.end
            ]
            draft.country = next((b.state for b in houses if _before(tokens, b.first) in ("в", "во")), None)

    def _from_before(self, draft: Draft, part: SentenceParts, clause: Clause, earlier: Sequence[Draft]) -> None:
        """«Первым был Мюнхен, где …» takes any place before it; another clause only one where something was."""
        there = any(w.low in ("где", "куда") for w in part.sentence.words[clause.first : clause.first + 2])
        left = Clause(0, clause.first, only=False)
        found = list(self._named(part, 0, clause.first, draft, earlier))
        if there:
            found = [e for e in found if not self._is_inside_other(part, e)][-1:]
        else:
            found = [e for e in found if self._is_scene(draft, part, e, left)]
        for entity in found:
            _put(draft, entity)

    def _lead(self, part: SentenceParts) -> Entity | None:
        """«Исламабад. Министр …»: the city that leads the paragraph."""
        for earlier in self.parts[: part.sentence.number]:
            if earlier.sentence.paragraph == part.sentence.paragraph and earlier.sentence.number != self.opening:
                return lead_place(earlier)
        return None

    # --- what may be a place -------------------------------------------------------------------------

    def _named(
        self, part: SentenceParts, first: int, end: int, draft: Draft, earlier: Sequence[Draft]
    ) -> Iterator[Entity]:
        """The known places and states among the words ``first … end-1``, capitals and unknown settlements too."""
        found = [e for e in part.entities if first <= e.first < end and e.kind in ("place", "state", "seat")]
        found += _capitals(part, first, end, next((d.country for d in reversed(earlier) if d.country), None))
        found += _settlements(part, first, end)
        return iter(sorted(found, key=lambda e: e.first))

    def _is_inside_other(self, part: SentenceParts, entity: Entity) -> bool:
        """Whether a place is part of a post, a name of a body, or a remark in brackets."""
        number = part.sentence.number
        spans = [(a.first, a.end) for a in self.cast.actors[number]] + [(p.first, p.end) for p in part.posts]
        spans += [(o.first, o.end) for o in part.organizations]
        inside = any(first <= entity.first < end for first, end in spans)
        return inside or entity.first in _bracketed(part.sentence)

    def _is_scene(self, draft: Draft, part: SentenceParts, entity: Entity, clause: Clause) -> bool:
        """Whether a place is where it happened, not whither somebody goes, nor what was spoken about."""
        if self._is_inside_other(part, entity):
            return False
        tokens = part.sentence.words
        at = _preposition(part, entity)
        if at is None:
            return _is_visited(part, entity, clause)
        before = tokens[at - 1] if at > 0 else None
        table = words("ru", "scenes")
        if before is not None and before.low.startswith(tuple(table["attached"]["plan"])):
            return draft.rule.startswith("ahead") or draft.status == "planned"
        if _is_spoken_of(part, at, clause) or (before is not None and _is_of_participle(before)):
            return False
        if draft.rule.startswith("discuss") and before is not None and before.tag.pos == "NOUN" and not before.is_title:
            return is_event_noun(before.low)  # «обсудили реставрацию памятников в Самарканде»
        if tokens[at].low in ("в", "во", "на") and _is_direction(part, entity):
            return draft.type == "visit" or _is_under_way(tokens, at, clause)
        return tokens[at].low in table["at"]["words"]

    # --- the whole narrative --------------------------------------------------------------------------

    def carry(self, drafts: Sequence[Draft], events: Sequence[Draft]) -> None:
        """Give encounters without a country that of the way so far; `events` took place, nobody was named at them."""
        headline = self._headline()
        told = sorted([*drafts, *events], key=lambda d: (d.sentence, d.clause.first))
        known = [d for d in drafts if d.place is not None and d.status == "held"]
        for draft in told:
            if draft.country is not None or draft.status != "held":
                continue
            if draft.type == "credentials":
                draft.country = self._receiver(draft)
                continue
            before = [d for d in told if d.country and d.sentence <= draft.sentence and d is not draft]
            way = [d.country for d in before if d.status == "held" and set(d.participants) & set(draft.participants)]
            scenes = [d.country for d in before if any(d is event for event in events)]
            draft.country = way[-1] if way else scenes[-1] if scenes else None
            if draft.country is None and draft.type != "call" and headline is not None:
                state = place_state(headline)
                if not self._is_posted_elsewhere(draft, state) and all(d.country == state for d in known):
                    draft.country = state
                    draft.place = headline if not known else None

    def _headline(self) -> Entity | None:
        """«Один день министра в Нью-Йорке»: the only city that the headlines give as a scene."""
        found: dict[Ref, Entity] = {}
        for part in self.parts[: self.opening]:
            for entity in part.entities:
                at = _preposition(part, entity)
                if entity.kind == "place" and at is not None and not _is_direction(part, entity):
                    found.setdefault(entity.ref, entity)
        return next(iter(found.values())) if len(found) == 1 else None

    def _receiver(self, draft: Draft) -> str | None:
        """Credentials are handed over in the state of the one who takes them."""
        for person in draft.participants:
            posts = self.cast.people[person].posts
            if posts and not any(post.lemma in AMBASSADORS for post in posts):
                return self.cast.people[person].state
        return None

    def _is_posted_elsewhere(self, draft: Draft, state: str | None) -> bool:
        posted = [
            post.accredited_to.key
            for person in draft.participants
            for post in self.cast.people[person].posts
            if post.accredited_to is not None and post.accredited_to.kind == "state"
        ]
        return bool(posted) and state not in posted


def place_state(entity: Entity) -> str | None:
    """The state a place is in; None for one that the gazetteer does not know."""
    try:
        return gazetteer.place(entity.ref.key).state
    except gazetteer.UnknownEntityError:
        return None


def _put(draft: Draft, entity: Entity) -> None:
    """The first city decides; a state only where no city does, a region until a city comes."""
    if entity.kind in ("state", "seat"):
        draft.country = draft.country or entity.state
        return
    if draft.place is None or (_is_region(draft.place) and place_state(draft.place) == place_state(entity)):
        draft.place, draft.country = entity, place_state(entity) or draft.country


def _is_region(entity: Entity) -> bool:
    return place_state(entity) is not None and gazetteer.place(entity.ref.key).kind == "region"


# --- before a place ------------------------------------------------------------------------------------


def _before(tokens: Sequence[Word], index: int) -> str:
    return tokens[index - 1].low if index else ""


def _preposition(part: SentenceParts, entity: Entity) -> int | None:
    """The index of the preposition a place hangs on, adjectives, «посёлке», «столице Катара» between; or None."""
    tokens = part.sentence.words
    index = entity.first - 1
    states = {i for e in part.entities if e.kind == "state" for i in range(e.first, e.end)}
    while index >= 0:
        word = tokens[index]
        if word.tag.pos == "ADP" or word.low in words("ru", "scenes")["at"]["words"]:
            return index
        kind = word.low in _forms("settlement")
        of_state = index in states and index and tokens[index - 1].low in _forms("settlement")
        if not (word.tag.pos in ("ADJ", "DET") or kind or of_state or word.text in ("«", "г", "г.")):
            return None
        index -= 1
    return None


def _forms(section: str) -> frozenset[str]:
    return frozenset(
        form for noun in words("ru", "scenes")[section]["words"] for form in word_forms(noun, number="sing")
    )


def _is_spoken_of(part: SentenceParts, at: int, clause: Clause) -> bool:
    """«говорили о работе центра в Ташкенте»: the place of a thing that was spoken of."""
    tokens = part.sentence.words
    before = tokens[at - 1] if at else None
    if before is None or before.tag.pos != "NOUN" or before.is_title or is_event_noun(before.low):
        return False
    for index in range(at - 1, clause.first - 1, -1):
        if tokens[index].low in ("о", "об", "обо", "про"):
            return True
        if tokens[index].tag.pos == "VERB" and tokens[index].tag.verb_form in ("Fin", None):
            return False
    return False


def _is_of_participle(word: Word) -> bool:
    """«аккредитованных в Ереване послов»: the place of a noun beside, unless it says that the event was there."""
    table = words("ru", "scenes")
    full = word.tag.verb_form == "Part" and word.tag.variant is None and word.case is not None
    return full and not word.low.startswith((*table["attached"]["event"], *table["arrival"]["stems"]))


def _is_direction(part: SentenceParts, entity: Entity) -> bool:
    """Whether «в …» asks whither: the accusative, where the word shows it."""
    word = part.sentence.words[entity.end - 1]
    if entity.name.endswith(("а", "я")):
        return word.low.endswith(("у", "ю"))
    return word.case == "Acc" and word.low[-1] not in "аеиоуыэюя"


def _is_under_way(tokens: Sequence[Word], at: int, clause: Clause) -> bool:
    """«в рамках поездки в Париж», «прибыв в Астану»: whoever goes there is there."""
    if not at:
        return False
    before = tokens[at - 1].low
    table = words("ru", "scenes")["arrival"]
    if before.startswith(tuple(table["stems"])):
        return True
    said = " ".join(w.low for w in tokens[clause.first : at])
    return before.startswith(tuple(table["journeys"])) and any(f" {p} " in f" {said} " for p in table["during"])


def _is_visited(part: SentenceParts, entity: Entity, clause: Clause) -> bool:
    """«Кыргызстан посещает делегация»: the object of a verb of visiting."""
    tokens = part.sentence.words
    stems = tuple(words("ru", "scenes")["arrival"]["visited"])
    visits = any(w.low.startswith(stems) for w in tokens[clause.first : clause.end])
    word = tokens[entity.end - 1]
    alone = entity.first == 0 or tokens[entity.first - 1].tag.pos not in ("ADP", "ADJ")
    return visits and alone and entity.kind in ("state", "place") and word.case in ("Acc", "Nom", None)


def _has_phrase(said: Sequence[Word], phrases: Sequence[str]) -> bool:
    text = " ".join(w.low for w in said)
    return any(f" {phrase} " in f" {text} " for phrase in phrases)


# --- places without a name of their own, or with one that nobody listed ----------------------------------


def _capitals(part: SentenceParts, first: int, end: int, country: str | None) -> list[Entity]:
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


def _settlements(part: SentenceParts, first: int, end: int) -> list[Entity]:
    """«в посёлке Бейнеу»: a capitalised name after a noun for a settlement, which the gazetteer does not know."""
    tokens = part.sentence.words
    taken = {i for e in part.entities for i in range(e.first, e.end)}
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
            and tokens[last].tag.pos in ("PROPN", "NOUN", "X")
        ):
            last += 1
        if last == name or any(a <= name < b for a, b, kind in part.sentence.names if kind == "PER"):
            continue
        text = " ".join(w.text for w in tokens[name:last])
        found.append(Entity(name, last, "place", Ref("place", text), text))
    return found


def _bracketed(sentence: ParsedSentence) -> frozenset[int]:
    """The words inside brackets: «(с резиденцией в Анкаре)» is no place of the encounter."""
    inside: set[int] = set()
    depth = 0
    for word in sentence.words:
        depth += (word.text == "(") - (word.text == ")" and depth > 0)
        if depth:
            inside.add(word.index)
    return frozenset(inside)
