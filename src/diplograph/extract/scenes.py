"""Where an encounter was: the city and the country that a clause, its sentence or the narrative so far give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from diplograph import gazetteer
from diplograph.extract.accreditations import AMBASSADORS
from diplograph.extract.clauses import Clause
from diplograph.extract.document import Document, Word
from diplograph.extract.drafts import Draft
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
from diplograph.extract.triggers import is_event_noun, starts_word
from diplograph.lexicon import words
from diplograph.model import PartialDate, Ref

#: Bodies whose house is a place of their state: «в Министерстве иностранных дел Латвии».
_HOUSES = frozenset(["ministry", "parliament", "agency"])
#: Types of encounters that are held in one town.
_ENCOUNTERS = frozenset(["meeting", "session", "consultations", "signing"])
#: Types of events that somebody holds and others come to.
_GATHERINGS = frozenset(["session", "conference", "other"])
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
            _put(draft, *lead)
        tokens = part.sentence.words
        said = tokens[clause.first : clause.end]
        there = next((w.index for w in said if w.low in ("там", "здесь", "тут")), None)
        if there is not None:
            self._point_back(draft, part, there, earlier)
        for entity in self._named(part, clause.first, clause.end, earlier):
            if self._is_scene(draft, part, entity, clause):
                _put(draft, _as_city(entity) if draft.type in _ENCOUNTERS else entity)
        self._in_mission(draft, part, clause)
        for entity in venues(part, clause.first, clause.end) if draft.place is None else ():
            if not self._is_of_somebody(part, entity) and self._is_scene(draft, part, entity, clause, within=True):
                _put(draft, entity)
        if draft.place is None and draft.country is None and clause.first:
            self._from_before(draft, part, clause, earlier)
        if draft.place is None and draft.status == "held":
            event = _event_meant(draft, [*self._lead_in(part, earlier), *said], earlier)
            if event is not None and draft.country in (None, event.country):
                draft.take_place(event)
        if draft.country is None:
            houses = [
                b for b in part.organizations if b.state and b.kind in _HOUSES and clause.first <= b.first < clause.end
            ]
            draft.country = next((b.state for b in houses if word_before(tokens, b.first) in ("в", "во")), None)

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
            _put(draft, named[-1])
            return
        before = self.parts[part.sentence.number - 1] if part.sentence.number else part
        close = before.sentence.paragraph == part.sentence.paragraph
        last = [e for e in before.entities if e.kind == "place" and not self._is_inside_other(before, e)]
        if last and close and not any(d.sentence == before.sentence.number for d in earlier):
            _put(draft, last[-1], before.sentence.number)
        elif earlier:
            draft.take_place(earlier[-1])

    def _from_before(self, draft: Draft, part: SentenceParts, clause: Clause, earlier: Sequence[Draft]) -> None:
        """«Первым был Мюнхен, где …» takes any place before it; another clause only one where something was."""
        there = any(w.low in ("где", "куда") for w in part.sentence.words[clause.first : clause.first + 2])
        left = Clause(0, clause.first, only=False)
        found = list(self._named(part, 0, clause.first, earlier))
        if there:
            found = [e for e in found if not self._is_inside_other(part, e)][-1:]
        else:
            found = [e for e in found if self._is_scene(draft, part, e, left)]
        for entity in found:
            _put(draft, entity)

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
                _put(draft, entity)

    def _named(self, part: SentenceParts, first: int, end: int, earlier: Sequence[Draft]) -> Iterator[Entity]:
        """The known places and states among the words ``first … end-1``, capitals and unknown settlements too."""
        found = [e for e in part.entities if first <= e.first < end and e.kind in ("place", "state", "seat")]
        found += capitals(part, first, end, next((d.country for d in reversed(earlier) if d.country), None))
        found += settlements(part, first, end)
        return iter(sorted(found, key=lambda e: e.first))

    def _is_inside_other(self, part: SentenceParts, entity: Entity) -> bool:
        """Whether a place is part of a post, a name of a body, or a remark in brackets."""
        number = part.sentence.number
        spans = [(a.first, a.end) for a in self.cast.actors[number]] + [(p.first, p.end) for p in part.posts]
        spans += [(o.first, o.end) for o in part.organizations]
        inside = any(first <= entity.first < end for first, end in spans)
        return inside or entity.first in bracketed(part.sentence)

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
        if draft.rule.startswith("discuss") and before is not None and before.tag.pos == "NOUN" and not before.is_title:
            return is_event_noun(before.low)  # «обсудили реставрацию памятников в Самарканде»
        if tokens[at].low in ("в", "во", "на") and is_direction(part, entity):
            return draft.type == "visit" or is_under_way(tokens, at, clause)
        if tokens[at].low == "по":  # «ездил по Гродненской области»
            said = tokens[clause.first : clause.end]
            return any(w.low.startswith(tuple(table["arrival"]["travels"])) for w in said)
        return tokens[at].low in table["at"]["words"]

    # --- the whole narrative --------------------------------------------------------------------------

    def carry(self, drafts: Sequence[Draft], events: Sequence[Draft]) -> None:
        """Give encounters without a country that of the way so far; `events` took place, nobody was named at them."""
        events = [*events, *self._stays(drafts)]
        told = sorted([*drafts, *events], key=lambda d: (d.sentence, d.clause.first))
        for index, draft in enumerate(told):
            before = [d for d in told[:index] if d is not draft]
            if any(draft is event for event in events) and draft.country is not None:
                continue
            if draft.status == "planned":
                trips = [d for d in before if d.status == "planned" and d.type == "visit" and _shares(d, draft)]
                draft.country = draft.country or (trips[-1].country if trips else None)
                continue
            if draft.place is None:
                tokens = self.parts[draft.sentence].sentence.words
                event = _event_meant(draft, tokens[draft.clause.first : draft.clause.end], before)
                if event is not None and draft.country in (None, event.country):
                    draft.take_place(event)
                self._at_event(draft, before)
            opening = before[-1] if before and any(before[-1] is event for event in events) else None
            if opening is not None and not opening.participants and draft.sentence - opening.sentence <= 1:
                draft.fill_gaps(opening)  # «В посёлке увиделись руководители двух областей. Аким … и аким …»
            if draft.country is None:
                draft.country = self._of_way(draft, [d for d in before if d.country], events)
            if draft.place is None:
                self._on_visit(draft, before)
        self._told_apart(drafts)
        self._under_headline([d for d in drafts if d.status == "held"])

    def _stays(self, drafts: Sequence[Draft]) -> list[Draft]:
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
            named = [e for e in self._named(part, 0, len(tokens), ()) if self._is_scene(stay, part, e, whole)]
            named += [e for e in venues(part, 0, len(tokens)) if self._is_scene(stay, part, e, whole, within=True)]
            for entity in named:
                at = preposition(part, entity)
                before = governor(tokens, at) if at is not None else None
                arrives = before is not None and starts_word(before.low, table["arrivals"])
                if at is not None and (arrives or not is_direction(part, entity)):
                    _put(stay, entity)
            if stay.country is not None:
                found.append(stay)
        return found

    def _on_visit(self, draft: Draft, before: Sequence[Draft]) -> None:
        """Whoever visits one city for some days meets the hosts there on those days."""
        if draft.type not in _ENCOUNTERS:
            return
        for visit in reversed(before):
            city = visit.type == "visit" and visit.status == "held" and visit.place is not None
            if not city or not _shares(visit, draft) or draft.country not in (None, visit.country):
                continue
            sure = visit.date is not None or self._is_there(visit)
            if visit.place is not None and not _is_region(visit.place) and sure and _within(draft.date, visit):
                draft.take_place(visit)
            return

    def _is_there(self, visit: Draft) -> bool:
        """Whether a visit without a date is told as one that goes on: «прибыл в Осло», not «вылетел в Осло»."""
        table = words("ru", "scenes")["stays"]
        tokens = self.parts[visit.sentence].sentence.words[visit.clause.first : visit.clause.end]
        said = " ".join(word.low for word in tokens)
        return starts_word(said, table["stems"]) and not starts_word(said, table["not"])

    def _told_apart(self, drafts: Sequence[Draft]) -> None:
        """«Место проведения – Осло.»: the place of the encounter told right before."""
        openings = tuple(words("ru", "scenes")["place_told"]["openings"])
        for part in self.parts:
            sentence = part.sentence
            if not fold(self.document.quote(sentence.span)).startswith(openings):
                continue
            named = [e for e in part.entities if e.kind == "place"]
            before = [d for d in drafts if d.sentence < sentence.number]
            if named and before and self.parts[before[-1].sentence].sentence.paragraph == sentence.paragraph:
                _put(before[-1], named[0], sentence.number)

    def _at_event(self, draft: Draft, before: Sequence[Draft]) -> None:
        """Those who all take part in a session, and meet on the side, meet where it sits."""
        for event in reversed(before):
            gathered = event.status == "held" and event.type in _EVENTS and event.place is not None
            same = len(draft.participants) > 1 and set(draft.participants) < set(event.participants)
            if gathered and same and draft.date in (None, event.date) and draft.country in (None, event.country):
                draft.take_place(event)
                return

    def _of_way(self, draft: Draft, before: Sequence[Draft], events: Sequence[Draft]) -> str | None:
        """The country where those of the encounter were told to be last, else that of the narrative."""
        if draft.type == "credentials":
            return self._receiver(draft)
        held = [d for d in before if d.status == "held"]
        way = [d.country for d in held if _shares(d, draft)]
        scenes = [
            d.country
            for d in before
            if any(d is event for event in events) and (not d.participants or _shares(d, draft))
        ]
        if way or scenes:
            return way[-1] if way else scenes[-1]
        last = held[-1].country if held else None
        if last is None or draft.type == "call" or self._is_posted_elsewhere(draft, last):
            return None
        at_home = any(self.cast.people[p].state == last and not self._is_envoy(p) for p in draft.participants)
        return last if at_home else None

    def _under_headline(self, held: Sequence[Draft]) -> None:
        """«Один день министра в Нью-Йорке»: where the headline says all was, and no encounter was elsewhere."""
        headline = self._headline()
        if headline is None:
            return
        state, ref = place_state(headline[0]), headline[0].ref
        elsewhere = any(d.country not in (None, state) or (d.place is not None and d.place.ref != ref) for d in held)
        for draft in held if not elsewhere else ():
            if draft.type != "call" and draft.place is None and not self._is_posted_elsewhere(draft, state):
                draft.place, draft.place_sentence = headline
                draft.country = state

    def _headline(self) -> tuple[Entity, int] | None:
        """«Один день министра в Нью-Йорке»: the only city that the headlines give as a scene, and its sentence."""
        found: dict[Ref, tuple[Entity, int]] = {}
        for part in self.parts[: self.opening]:
            for entity in part.entities:
                at = preposition(part, entity)
                if entity.kind == "place" and at is not None and not is_direction(part, entity):
                    found.setdefault(entity.ref, (entity, part.sentence.number))
        return next(iter(found.values())) if len(found) == 1 else None

    def _receiver(self, draft: Draft) -> str | None:
        """Credentials are handed over in the state of the one who takes them."""
        takers = [p for p in draft.participants if self.cast.people[p].posts and not self._is_envoy(p)]
        return self.cast.people[takers[0]].state if takers else None

    def _is_envoy(self, person: int) -> bool:
        return any(post.lemma in AMBASSADORS for post in self.cast.people[person].posts)

    def _is_posted_elsewhere(self, draft: Draft, state: str | None) -> bool:
        """Whether one of them is an envoy to other states only."""
        posted = [
            accredited_state(post.accredited_to)
            for person in draft.participants
            for post in self.cast.people[person].posts
            if post.accredited_to is not None and post.accredited_to.kind in ("state", "place")
        ]
        return bool(posted) and state not in posted


def _shares(one: Draft, other: Draft) -> bool:
    return bool(set(one.participants) & set(other.participants))


def _within(day: PartialDate | None, visit: Draft) -> bool:
    """Whether a day, or that of the visit, is not told, or it is one of the days of the visit."""
    last = visit.end_date or visit.date
    return (
        day is None
        or visit.date is None
        or (visit.date is not None and last is not None and not (day < visit.date or last < day))
    )


def accredited_state(ref: Ref) -> str | None:
    """The state that an envoy is posted to, by the state itself or by the city of the consulate."""
    if ref.kind == "state":
        return ref.key
    try:
        return gazetteer.place(ref.key).state
    except gazetteer.UnknownEntityError:
        return None


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


def _put(draft: Draft, entity: Entity, sentence: int | None = None) -> None:
    """The first city decides; a state only where no city does, a region until a city comes."""
    if entity.kind in ("state", "seat"):
        draft.country = draft.country or entity.state
        return
    if draft.place is None or (_is_region(draft.place) and not _is_region(entity)):
        draft.place, draft.place_sentence, draft.country = entity, sentence, place_state(entity) or draft.country


def _is_region(entity: Entity) -> bool:
    return place_state(entity) is not None and gazetteer.place(entity.ref.key).kind == "region"


def _event_meant(draft: Draft, said: Sequence[Word], earlier: Sequence[Draft]) -> Draft | None:
    """«на полях сессии»: the event told before; «само заседание»: the one at whose margins people met before."""
    margins = words("ru", "scenes")["margins"]
    held = [d for d in earlier if d.status == "held" and d.place is not None]
    if _has_phrase(said, margins["phrases"]):
        events = [d for d in held if d.type in _EVENTS]
        return events[-1] if events and draft.type not in ("session", "visit") else None
    itself = any(a.low in margins["itself"] and is_event_noun(b.low) for a, b in pairwise(said))
    return held[-1] if held and itself else None


def _has_phrase(said: Sequence[Word], phrases: Sequence[str]) -> bool:
    text = " ".join(w.low for w in said)
    return any(f" {phrase} " in f" {text} " for phrase in phrases)
