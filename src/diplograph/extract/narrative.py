"""The narrative of one article while it is read: what was told so far, and what the last sentences were about."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from diplograph.extract.anaphora import Pointers
from diplograph.extract.document import Document
from diplograph.extract.drafts import Draft, Left
from diplograph.extract.encounter_words import FORMAL, is_event_noun, starts_word
from diplograph.extract.officials import Cast
from diplograph.extract.parts import SentenceParts
from diplograph.extract.reports import (
    Report,
)
from diplograph.extract.settings import Settings
from diplograph.lexicon import words

#: Types of events at which several people speak, one after another.
_GATHERINGS = FORMAL | {"other", "credentials"}


class Narrative:
    """Encounters in the order of the text; `current` is the last one told, `left` what opened none."""

    def __init__(self, document: Document, parts: Sequence[SentenceParts], cast: Cast) -> None:
        self.document = document
        self.parts = parts
        self.cast = cast
        self.settings = Settings(document, parts, cast)
        self.pointers = Pointers(parts, cast)
        self.drafts: list[Draft] = []
        self.left: list[Left] = []
        self.current: Draft | None = None
        self.pending: Draft | None = None  # an event that took place, nobody named yet
        self.tour: Draft | None = None  # the place that somebody looked at last
        self.scenes: list[Draft] = []  # all such events: «Три встречи прошли в Риге» tells where the next ones were

    def hero(self) -> int | None:
        """Of whom the text tells: the one in most encounters, or in the one whose other side is told next."""
        scene, current = self.scenes[-1] if self.scenes else None, self.current
        alone = scene is not None and len(scene.participants) == 1 and scene.type in ("meeting", "visit")
        if alone and scene is not None and (current is None or current.sentence <= scene.sentence):
            return scene.participants[0]
        return self.pointers.protagonist(current, self.drafts)

    def add(self, draft: Draft, people: list[int]) -> None:
        """Add participants to an encounter, and the states they act for."""
        draft.add_participants(people)
        for person in draft.participants:
            draft.add_state(self.cast.people[person].state)

    def keep(self, draft: Draft) -> None:
        """An encounter is told; it is the current one unless it is a plan told in passing."""
        visit = self.current
        ahead = self.drafts[-1] if self.drafts else None
        if ahead is not None and ahead.status == draft.status == "planned":
            visit = ahead
        same = (
            visit is not None and visit.type == "visit" and visit.sentence == draft.sentence and draft.type != "visit"
        )
        if visit is not None and same and set(visit.participants) <= set(draft.participants):
            # «посетил штаб-квартиру …, где встретился с …» is one encounter
            self.drafts.remove(visit)
            draft.organizations = visit.organizations + draft.organizations
            draft.fill_gaps(visit)
        waiting = self.pending
        if waiting is not None and (waiting.sentence, waiting.type) == (draft.sentence, draft.type):
            self.pending = None  # «на заседании совета, которое вёл А»
            draft.fill_gaps(waiting)
            draft.organizations += [b for b in waiting.organizations if b not in draft.organizations]
        elif waiting is not None and (waiting.sentence, waiting.type) == (draft.sentence, "visit"):
            self.pending = None  # «Завершилась поездка в Сантьяго: 6 октября он участвовал в форуме»
        self.drafts.append(draft)
        if draft.type == "visit" and draft.status == "held":
            self.tour = draft
        if draft.status == "held" or self.current is None or self.current.status == "planned":
            self.current = draft  # a plan told in passing does not end the talk

    def join(self, draft: Draft | None, report: Report) -> bool:
        """Those of a report took part in an encounter told before; False where there is none."""
        if draft is None:
            return False
        self.add(draft, report.people)
        draft.sentences.append(report.number)
        return True

    def is_near(self, draft: Draft, number: int) -> bool:
        """Whether the sentence still speaks of the encounter: the same paragraph, or the very next sentence."""
        return self._same_paragraph(draft, number) or number - draft.last_sentence <= 1

    def _same_paragraph(self, draft: Draft, number: int) -> bool:
        return self.parts[draft.sentence].sentence.paragraph == self.parts[number].sentence.paragraph

    def goes_on(self, draft: Draft, number: int) -> bool:
        """Whether a sentence without an encounter belongs to the one before: its paragraph, or «Стороны …» after it."""
        if draft.status == "planned":
            return False
        if self._same_paragraph(draft, number):
            return True
        last = self.parts[draft.last_sentence].sentence
        if last.paragraph == self.parts[number].sentence.paragraph and number - last.number <= 1:
            return True
        opening = self.document.quote(self.parts[number].sentence.span).lower()
        follows = number - draft.last_sentence <= 1
        return follows and opening.startswith(tuple(words("ru", "encounters")["continues"]["openings"]))

    def known(self, draft: Draft) -> Draft | None:
        """An earlier encounter of the article that this clause tells again."""
        current = self.current
        if draft.status == "planned" and self.drafts and self.drafts[-1].status == "planned":
            current = self.drafts[-1]  # «А откроет форум. Среди гостей форума – Б»
        bare = not (draft.date or draft.place or draft.organizations)
        alike = current is not None and (current.type, current.status) == (draft.type, draft.status)
        if (
            current is not None
            and alike
            and bare
            and draft.type in FORMAL
            and (
                self._same_paragraph(current, draft.sentence)
                or (not current.participants and draft.sentence - current.last_sentence <= 2)
            )
        ):
            return current  # «Заседание провели министры …» after «прошло заседание комиссии»
        if (
            current is not None
            and alike
            and draft.type == "other"
            and draft.sentence - current.last_sentence <= 1
            and set(current.participants) < set(draft.participants)
        ):
            return current  # «участвовал в открытии цеха. Ленту вместе с ним перерезали …»
        for known in reversed(self.drafts) if draft.participants else ():
            same = known.status == draft.status and set(known.participants) == set(draft.participants)
            same = same and (len(draft.participants) > 1 or known.type == draft.type)
            same = same and not (known.type in _GATHERINGS and self._is_apart(draft))
            dates = not known.date or not draft.date or known.date == draft.date
            places = not known.place or not draft.place or known.place.ref == draft.place.ref
            places = places or (draft.sentence - known.last_sentence <= 2 and self._points_back(draft))
            if same and dates and places:
                return known
        return None

    def _is_apart(self, draft: Draft) -> bool:
        """«После церемонии состоялась беседа», «Форуму предшествовала их встреча»: a talk beside the event told."""
        tokens = self.parts[draft.sentence].sentence.words[draft.clause.first : draft.clause.end]
        said = " ".join(word.low for word in tokens)
        return draft.type == "meeting" and starts_word(said, words("ru", "encounters")["following"]["phrases"])

    def _points_back(self, draft: Draft) -> bool:
        """«В беседе с А главное внимание уделили границе в Ладакхе»: the talk just told; the place is its subject."""
        tokens = self.parts[draft.sentence].sentence.words
        said = tokens[draft.clause.first : draft.clause.first + 3]
        return any(a.low in ("в", "на", "при") and b.case == "Loc" and is_event_noun(b.low) for a, b in pairwise(said))

    def event_near(self, number: int) -> Draft | None:
        """The event of several speakers that a sentence may still be about: the one just told."""
        pending, current = self.pending, self.current
        if pending is not None and (current is None or current.sentence <= pending.sentence):
            return pending if number - pending.sentence <= 2 else None
        if current is None or current.status == "planned":
            return None
        waits = current.type in ("meeting", "call") and len(current.participants) == 1
        if waits and number - current.last_sentence <= 1:
            return current  # «… с руководством палаты. Президент палаты А рассказал …»
        if current.type not in _GATHERINGS:
            return None
        return (
            current if number - current.last_sentence <= (3 if self._same_paragraph(current, number) else 2) else None
        )

    def leave(self, report: Report, reason: str) -> bool:
        """Note that a report opened no encounter, and why; False, for the reader to go on."""
        self.left.append(Left(report.number, report.rule, reason))
        return False

    def inherit_sides(self, draft: Draft) -> None:
        """«Двадцатое заседание решено провести в Измире»: of the body, and between the states, of the one before."""
        if draft.type not in FORMAL or draft.participants or draft.organizations or draft.states:
            return
        before = next((one for one in reversed(self.drafts) if one.type == draft.type and one.status == "held"), None)
        if before is not None and draft.date is not None and draft.date != before.date:
            self.settings.sides.meet_again(draft, before)

    def _told_one_by_one(self, draft: Draft) -> bool:
        if draft.type == "meeting" and len(draft.participants) == 1 and self._announces(draft):
            self.left.append(Left(draft.sentence, draft.rule, "the encounters are told one by one"))
            return True
        if draft.type != "visit" or draft.status != "held" or draft.date or draft.end_date:
            return False
        met = {person for d in self.drafts if d.type != "visit" for person in d.participants}
        shown = len(draft.participants) > 1 and not set(draft.participants) <= met  # whoever showed the place
        if not shown and met & set(draft.participants):
            self.left.append(Left(draft.sentence, draft.rule, "the encounters of the visit are told one by one"))
            return True
        return False

    def _announces(self, draft: Draft) -> bool:
        """«пообщался с главами делегаций А, Б. Сначала его собеседником стал …»: a series that is then itemised."""
        part = self.parts[draft.sentence]
        if not any(post.plural for post in part.posts):
            return False
        return any(
            set(draft.participants) < set(one.participants) and 0 < one.sentence - draft.sentence <= 2
            for one in self.drafts
            if one.type in ("meeting", "call")
        )

    def finish(self) -> list[Draft]:
        """Drop visits whose encounters are told one by one; complete the settings of all."""
        kept = [draft for draft in self.drafts if not self._told_one_by_one(draft)]
        for draft in kept:
            received = any(p.lemma == "посол" for i in draft.participants for p in self.cast.people[i].posts)
            if draft.type == "credentials" and draft.participants and not received:
                # «верительные грамоты послов восьми стран»: those who are named further down
                there = {self.cast.people[i].state for i in draft.participants}
                envoys = [
                    i
                    for i, p in enumerate(self.cast.people)
                    if p.state in draft.states and p.state not in there and any(q.lemma == "посол" for q in p.posts)
                ]
                draft.add_participants(envoys)
        self.settings.finish(self.drafts, self.scenes)
        return kept
