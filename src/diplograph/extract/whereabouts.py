"""Where encounters were that do not say it themselves: where those who met were told to be before."""

from __future__ import annotations

from collections.abc import Sequence

from diplograph import gazetteer
from diplograph.extract.accreditations import AMBASSADORS
from diplograph.extract.document import Document
from diplograph.extract.drafts import Draft
from diplograph.extract.encounter_words import starts_word
from diplograph.extract.entities import Entity
from diplograph.extract.forms import fold
from diplograph.extract.officials import Cast
from diplograph.extract.parts import SentenceParts
from diplograph.extract.scene_words import is_direction, preposition
from diplograph.extract.scenes import EVENTS, Scenes, event_meant, is_region, place_state, put
from diplograph.lexicon import words
from diplograph.model import PartialDate, Ref

#: Types of encounters that are held in one town.
_ENCOUNTERS = frozenset(["meeting", "session", "consultations", "signing"])
#: What is ahead of somebody who is abroad is ahead there.
_TALKS = frozenset(["meeting", "credentials"])


class Whereabouts:
    """Completes the places of the encounters of an article once all are known."""

    def __init__(self, document: Document, parts: Sequence[SentenceParts], cast: Cast, scenes: Scenes) -> None:
        self.document = document
        self.parts = parts
        self.cast = cast
        self.scenes = scenes

    def carry(self, drafts: Sequence[Draft], events: Sequence[Draft]) -> None:
        """Give encounters without a country that of the way so far; `events` took place, nobody was named at them."""
        events = [*events, *self.scenes.stays(drafts)]
        told = sorted([*drafts, *events], key=lambda d: (d.sentence, d.clause.first))
        for index, draft in enumerate(told):
            before = [d for d in told[:index] if d is not draft]
            if any(draft is event for event in events) and draft.country is not None:
                continue
            if draft.status == "planned":
                trips = [d for d in before if d.status == "planned" and d.type == "visit" and _shares(d, draft)]
                draft.country = draft.country or (trips[-1].country if trips else None)
                if draft.country is None and draft.type in _TALKS:
                    draft.country = self._of_way(draft, [d for d in before if d.country and _shares(d, draft)], events)
                continue
            if draft.place is None:
                tokens = self.parts[draft.sentence].sentence.words
                event = event_meant(draft, tokens[draft.clause.first : draft.clause.end], before)
                if event is not None and draft.country in (None, event.country):
                    draft.take_place(event)
                self._at_event(draft, before)
            opening = before[-1] if before and any(before[-1] is event for event in events) else None
            if opening is not None and not opening.participants and draft.sentence - opening.sentence <= 1:
                draft.fill_gaps(opening)  # «В посёлке увиделись руководители двух областей. Аким … и аким …»
            if draft.country is None and self._is_back(draft):
                draft.country = self.cast.people[draft.participants[0]].state
            if draft.country is None:
                draft.country = self._of_way(draft, [d for d in before if d.country], events)
            if draft.place is None:
                self._on_visit(draft, before)
            if draft.place is None:
                self._right_after(draft, before)
        self._told_apart(drafts)
        self._under_headline([d for d in drafts if d.status == "held"])

    def _on_visit(self, draft: Draft, before: Sequence[Draft]) -> None:
        """Whoever visits one city for some days meets the hosts there on those days."""
        if draft.type not in _ENCOUNTERS:
            return
        for visit in reversed(before):
            city = visit.type == "visit" and visit.status == "held" and visit.place is not None
            if not city or not _shares(visit, draft) or draft.country not in (None, visit.country):
                continue
            sure = visit.date is not None or self._is_there(visit)
            if visit.place is not None and not is_region(visit.place) and sure and _within(draft.date, visit):
                draft.take_place(visit)
            return

    def _is_back(self, draft: Draft) -> bool:
        """«По возвращении министр принял …»: at home again."""
        said = " ".join(w.low for w in self.parts[draft.sentence].sentence.words[draft.clause.first :][:6])
        return bool(draft.participants) and starts_word(said, words("ru", "scenes")["arrival"]["back"])

    def _right_after(self, draft: Draft, before: Sequence[Draft]) -> None:
        """«После этого состоялись переговоры …»: the next encounter of somebody on the same day is in the same town."""
        last = before[-1] if before else None
        if last is None or draft.type not in _ENCOUNTERS or last.place is None or is_region(last.place):
            return
        tokens = self.parts[draft.sentence].sentence.words
        said = fold(" ".join(w.text for w in tokens[draft.clause.first : draft.clause.first + 5]))
        opening = fold(" ".join(w.text for w in tokens[:5]))
        openings = tuple(words("ru", "scenes")["right_after"]["openings"])
        same_day = last.status == "held" and draft.date in (None, last.date) and draft.country in (None, last.country)
        if same_day and _shares(last, draft) and (said.startswith(openings) or opening.startswith(openings)):
            draft.take_place(last)

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
                put(before[-1], named[0], sentence.number)

    def _at_event(self, draft: Draft, before: Sequence[Draft]) -> None:
        """Those who all take part in a session, and meet on the side, meet where it sits."""
        for event in reversed(before):
            gathered = event.status == "held" and event.type in EVENTS and event.place is not None
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
        for part in self.parts[: self.scenes.opening]:
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
