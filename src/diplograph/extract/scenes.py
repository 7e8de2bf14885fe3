"""Where an encounter was: the city and the country that a clause, its sentence or the narrative so far give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from diplograph import gazetteer
from diplograph.extract.clauses import Clause
from diplograph.extract.document import Document, Word
from diplograph.extract.drafts import Draft
from diplograph.extract.encounter_words import is_encounter_verb, is_event_noun, starts_word
from diplograph.extract.entities import Entity
from diplograph.extract.forms import fold
from diplograph.extract.officials import Cast
from diplograph.extract.parts import SentenceParts
from diplograph.extract.scene_words import (
    bracketed,
    capitals,
    governor,
    hosts,
    is_direction,
    is_of_participle,
    is_spoken_of,
    is_under_way,
    is_visited,
    preposition,
    settlements,
    venues,
    word_before,
)
from diplograph.extract.stops import lead_place
from diplograph.lexicon import words
from diplograph.model import Ref

#: Bodies whose house is a place of their state: «в Министерстве иностранных дел Латвии».
_HOUSES = frozenset(["ministry", "parliament", "agency"])
#: Types of encounters that are held in one town.
_ENCOUNTERS = frozenset(["meeting", "session", "consultations", "signing"])
#: Types of events that somebody holds and others come to.
_GATHERINGS = frozenset(["session", "conference", "other"])
#: «в этом городе», «в том же городе»
_THAT = frozenset(["этом", "том", "же"])
#: Types of events at whose margins people meet.
EVENTS = frozenset(["session", "conference", "consultations", "signing", "credentials", "other"])


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
            put(draft, *lead)
        tokens = part.sentence.words
        said = tokens[clause.first : clause.end]
        for entity in self._named(part, clause.first, clause.end, self._country(draft, earlier)):
            if self._is_scene(draft, part, entity, clause):
                put(draft, _as_city(entity) if draft.type in _ENCOUNTERS else entity)
        there = next((w.index for w in said if w.low in ("там", "здесь", "тут")), None)
        if there is None:  # «в том же городе»
            there = next((a.index for a, b in pairwise(said) if a.low in _THAT and b.low == "городе"), None)
        if there is not None and draft.place is None:
            self._point_back(draft, part, there, earlier)
        self._in_mission(draft, part, clause)
        for entity in venues(part, clause.first, clause.end) if draft.place is None else ():
            if not self._is_of_somebody(part, entity) and self._is_scene(draft, part, entity, clause, within=True):
                put(draft, entity)
        if draft.place is None and draft.country is None and clause.first:
            self._from_before(draft, part, clause, earlier)
        if draft.place is None:
            event = event_meant(draft, [*self._lead_in(part, earlier), *said], earlier)
            if event is not None and draft.country in (None, event.country):
                draft.take_place(event)
        if draft.country is None:
            houses = [
                b for b in part.organizations if b.state and b.kind in _HOUSES and clause.first <= b.first < clause.end
            ]
            draft.country = next((b.state for b in houses if _is_house(tokens, b.first)), None)

    def _lead_in(self, part: SentenceParts, earlier: Sequence[Draft]) -> tuple[Word, ...]:
        """The sentence before, where it is of the same paragraph and told of no encounter by itself."""
        number = part.sentence.number - 1
        before = self.parts[number].sentence if number >= 0 else None
        if before is None or before.paragraph != part.sentence.paragraph:
            return ()
        return () if any(number in (d.sentence, *d.sentences) and d.participants for d in earlier) else before.words

    def _point_back(self, draft: Draft, part: SentenceParts, there: int, earlier: Sequence[Draft]) -> None:
        """«Новым мостом стал Ростов: здесь …»: the place last named before, else that of the encounter before."""
        named = [
            e for e in part.entities if e.kind == "place" and e.end <= there and not self._is_inside_other(part, e)
        ]
        if named:
            put(draft, named[-1])
            return
        before = self.parts[part.sentence.number - 1] if part.sentence.number else part
        close = before.sentence.paragraph == part.sentence.paragraph
        last = [e for e in before.entities if e.kind == "place" and not self._is_inside_other(before, e)]
        if last and close and not any(d.sentence == before.sentence.number for d in earlier):
            put(draft, last[-1], before.sentence.number)
        elif earlier:
            draft.take_place(earlier[-1])

    def _from_before(self, draft: Draft, part: SentenceParts, clause: Clause, earlier: Sequence[Draft]) -> None:
        """«Первым был Мюнхен, где …» takes any place before it; another clause only one where something was."""
        there = any(w.low in ("где", "куда") for w in part.sentence.words[clause.first : clause.first + 2])
        left = Clause(0, clause.first, only=False)
        found = list(self._named(part, 0, clause.first, self._country(draft, earlier)))
        if there:
            found = [e for e in found if not self._is_inside_other(part, e)][-1:]
        else:
            found = [e for e in found if self._is_scene(draft, part, e, left)]
        for entity in found:
            put(draft, entity)

    def _lead(self, part: SentenceParts) -> tuple[Entity, int] | None:
        """«Исламабад. Министр …»: the city that leads the paragraph, and the number of its sentence."""
        for earlier in self.parts[: part.sentence.number]:
            if earlier.sentence.paragraph == part.sentence.paragraph and earlier.sentence.number != self.opening:
                place = lead_place(earlier)
                return (place, earlier.sentence.number) if place is not None else None
        return None

    # --- what may be a place -------------------------------------------------------------------------

    def _in_mission(self, draft: Draft, part: SentenceParts, clause: Clause) -> None:
        """«Приём устроило посольство в Сеуле», «в посольстве в Сеуле»: the city of the embassy that is host."""
        openings = tuple(words("ru", "scenes")["missions"]["openings"])
        for body in part.organizations:
            if not clause.first <= body.first < clause.end or not fold(body.name).startswith(openings):
                continue
            venue = word_before(part.sentence.words, body.first) in ("в", "во")
            host = draft.type in _GATHERINGS and part.sentence.words[body.head].case == "Nom"
            inside = [
                e
                for e in part.entities
                if body.first < e.first < body.end and word_before(part.sentence.words, e.first) == "в"
            ]
            for entity in inside if venue or host else ():
                put(draft, entity)

    def _country(self, draft: Draft, earlier: Sequence[Draft]) -> str | None:
        """What «столица» alone means: the country told last, else the home of the news if it took part."""
        told = next((d.country for d in reversed(earlier) if d.country), None)
        sides = {self.cast.people[person].state for person in draft.participants}
        return told or (self.cast.home if self.cast.home in sides else None)

    def _named(self, part: SentenceParts, first: int, end: int, country: str | None) -> Iterator[Entity]:
        """The known places and states among the words ``first … end-1``, capitals and unknown settlements too.

        `country` is the one whose capital «столица» alone means.
        """
        found = [e for e in part.entities if first <= e.first < end and e.kind in ("place", "state", "seat")]
        found += capitals(part, first, end, country)
        found += settlements(part, first, end)
        return iter(sorted(found, key=lambda e: e.first))

    def _is_inside_other(self, part: SentenceParts, entity: Entity) -> bool:
        """Whether a place is part of a post, a name of a body, or a remark in brackets."""
        number = part.sentence.number
        spans = [(a.first, a.end) for a in self.cast.actors[number]] + [(p.first, p.end) for p in part.posts]
        spans += [(o.first, o.end) for o in part.organizations]
        inside = any(first <= entity.first < end for first, end in spans)
        return inside or entity.first in bracketed(part.sentence)

    def _is_thing(self, part: SentenceParts, word: Word) -> bool:
        """«памятников», «граждан Омана»: a noun that is no name, or the name of a state."""
        of_state = any(e.kind == "state" and e.end == word.index + 1 for e in part.entities)
        return (word.tag.pos == "NOUN" and not word.is_title) or (of_state and word.case == "Gen")

    def _is_of_somebody(self, part: SentenceParts, entity: Entity) -> bool:
        """«с ректором Токийского университета»: the house is part of a post."""
        spans = [(a.first, a.end) for a in self.cast.actors[part.sentence.number]]
        spans += [(p.first, p.end) for p in part.posts]
        return any(first <= entity.end - 1 < end for first, end in spans)

    def _is_scene(
        self, draft: Draft, part: SentenceParts, entity: Entity, clause: Clause, *, within: bool = False
    ) -> bool:
        """Whether a place is where it happened, not whither somebody goes, nor what was spoken about.

        With `within` it may be part of the name of a body: the house it happened in.
        """
        if not within and self._is_inside_other(part, entity):
            return False
        tokens = part.sentence.words
        at = preposition(part, entity)
        if at is None:
            return is_visited(part, entity, clause) or hosts(part, entity, clause)
        before = governor(tokens, at)
        table = words("ru", "scenes")
        if before is not None and before.low.startswith(tuple(table["attached"]["plan"])):
            return draft.rule.startswith("ahead") or draft.status == "planned"
        if is_spoken_of(part, at, clause) or (before is not None and is_of_participle(before)):
            return False
        if before is not None and before.low in table["at"]["on_the_way"]:
            return False
        if before is not None and before.tag.verb_form == "Inf" and draft.status == "held":
            return is_encounter_verb(before.low)  # «предложил открыть в Риге школу»
        if draft.rule.startswith("discuss") and before is not None and self._is_thing(part, before):
            return is_event_noun(before.low)  # «обсудили реставрацию памятников в Самарканде»
        if tokens[at].low in ("в", "во", "на") and is_direction(part, entity):
            return draft.type == "visit" or is_under_way(tokens, at, clause)
        if tokens[at].low == "по":  # «ездил по Гродненской области»
            said = tokens[clause.first : clause.end]
            return any(w.low.startswith(tuple(table["arrival"]["travels"])) for w in said)
        return tokens[at].low in table["at"]["words"]

    # --- told without an encounter ---------------------------------------------------------------------

    def stays(self, drafts: Sequence[Draft]) -> list[Draft]:
        """«Два дня провёл в Осло министр»: sentences that tell no encounter, but where somebody is."""
        table = words("ru", "scenes")["stays"]
        taken = {draft.sentence for draft in drafts}
        found = []
        for part in self.parts:
            number, tokens = part.sentence.number, part.sentence.words
            said = " ".join(word.low for word in tokens)
            if number in taken or not tokens or starts_word(said, table["not"]):
                continue
            people = list(dict.fromkeys(actor.person for actor in self.cast.actors[number]))
            if not starts_word(said, table["stems"] if people else table["talks"]):
                continue
            whole = Clause(0, len(tokens), only=True)
            stay = Draft("visit", "held", "stay", number, whole, participants=people)
            named = [e for e in self._named(part, 0, len(tokens), None) if self._is_scene(stay, part, e, whole)]
            named += [e for e in venues(part, 0, len(tokens)) if self._is_scene(stay, part, e, whole, within=True)]
            for entity in named:
                at = preposition(part, entity)
                before = governor(tokens, at) if at is not None else None
                arrives = before is not None and starts_word(before.low, table["arrivals"])
                if at is not None and (arrives or not is_direction(part, entity)):
                    put(stay, entity)
            if stay.country is not None:
                found.append(stay)
        return found


def _is_house(tokens: Sequence[Word], first: int) -> bool:
    """«в министерстве …», «в здании парламента …», «посетил МИД …»: somebody is inside the body at `first`."""
    table = words("ru", "scenes")
    before, ahead = word_before(tokens, first), word_before(tokens, first - 1) if first else ""
    inside = before.startswith(tuple(table["inside"]["stems"])) and ahead in ("в", "во", "на")
    return before in ("в", "во") or inside or before.startswith(tuple(table["arrival"]["visited"]))


def place_state(entity: Entity) -> str | None:
    """The state a place is in; None for one that the gazetteer does not know."""
    try:
        return gazetteer.place(entity.ref.key).state
    except gazetteer.UnknownEntityError:
        return None


def _as_city(entity: Entity) -> Entity:
    """«встретился в Тунисе»: the capital that bears the name of its state."""
    capital = gazetteer.state(entity.state).capital if entity.kind == "state" and entity.state else None
    if capital is None or gazetteer.place(capital).names["ru"][0] != entity.name:
        return entity
    return Entity(entity.first, entity.end, "place", Ref("place", capital), entity.name)


def put(draft: Draft, entity: Entity, sentence: int | None = None) -> None:
    """The first city decides; a state only where no city does, a region until a city comes."""
    if entity.kind in ("state", "seat"):
        draft.country = draft.country or entity.state
        return
    if draft.place is None or (is_region(draft.place) and not is_region(entity)):
        draft.place, draft.place_sentence, draft.country = entity, sentence, place_state(entity) or draft.country


def is_region(entity: Entity) -> bool:
    """Whether a place is a region, which a city within it may make more precise."""
    return place_state(entity) is not None and gazetteer.place(entity.ref.key).kind == "region"


def event_meant(draft: Draft, said: Sequence[Word], earlier: Sequence[Draft]) -> Draft | None:
    """«на полях сессии»: the event told before; «само заседание»: the one at whose margins people met before."""
    margins = words("ru", "scenes")["margins"]
    held = [d for d in earlier if d.status == draft.status and d.place is not None]
    if _has_phrase(said, margins["phrases"]):
        events = [d for d in held if d.type in EVENTS]
        return events[-1] if events and draft.type not in ("session", "visit") else None
    itself = any(a.low in margins["itself"] and is_event_noun(b.low) for a, b in pairwise(said))
    return held[-1] if held and itself else None


def _has_phrase(said: Sequence[Word], phrases: Sequence[str]) -> bool:
    text = " ".join(w.low for w in said)
    return any(f" {phrase} " in f" {text} " for phrase in phrases)
