"""When and where an encounter was, and which bodies and states took part in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from diplograph.extract.clauses import Clause, clauses
from diplograph.extract.document import Document
from diplograph.extract.drafts import Draft
from diplograph.extract.encounter_words import starts_word
from diplograph.extract.officials import Cast
from diplograph.extract.organizations import OrganizationSpan
from diplograph.extract.parts import SentenceParts
from diplograph.extract.scenes import Scenes
from diplograph.extract.sides import Sides
from diplograph.extract.timing import Timing
from diplograph.extract.triggers import find_triggers
from diplograph.extract.whereabouts import Whereabouts
from diplograph.lexicon import words

#: Types of events that a body holds, or sits in.
_HELD_BY_BODIES = frozenset(["session", "conference", "other"])
#: Types of events that are held again and again by the same sides.
_IN_ROUNDS = frozenset(["session", "consultations"])
#: Types of events that two sides agree on.
_AGREED = frozenset(["meeting", "consultations", "signing", "call"])
#: Types of events that others come to.
_HELD = frozenset(["session", "conference", "other", "consultations", "signing"])


class Settings:
    """Reads the setting of encounters while an article is read from its beginning."""

    def __init__(self, document: Document, parts: Sequence[SentenceParts], cast: Cast) -> None:
        self.document = document
        self.parts = parts
        self.timing = Timing(document, parts)
        self.scenes = Scenes(document, parts, cast)
        self.whereabouts = Whereabouts(document, parts, cast, self.scenes)
        self.sides = Sides(parts, cast)

    def fill(self, draft: Draft, clause: Clause, earlier: Sequence[Draft]) -> None:
        """Give a draft its dates, place, bodies and states from a clause of its sentence, in place."""
        part = self.parts[draft.sentence]
        self.timing.fill(draft, part, clause)
        self.timing.count_from(draft, part, clause, earlier)
        self.scenes.fill(draft, part, clause, earlier)
        relative = self._of_event(draft, part, clause)
        if relative is not None and draft.date is None:
            self.timing.fill(draft, part, relative)
        if relative is not None and draft.place is None:
            self.scenes.fill(draft, part, relative, earlier)
        self.sides.fill(draft, part, clause)
        vague = draft.date is not None and draft.date.month is None and draft.status == "planned"
        if vague and draft.type not in _IN_ROUNDS and not (draft.sides or draft.states or draft.place or draft.country):
            draft.date = None  # «рейс откроют весной» tells of no encounter
        text = self.document.quote(part.sentence.span_of(clause.first, clause.end)).lower()
        again = starts_word(text, words("ru", "encounters")["planned"]["next"])
        if draft.status == "planned" and not draft.participants:
            round_of = self._round_of(draft, part, clause, earlier) if draft.type == "meeting" else None
            draft.type = round_of.type if round_of is not None else draft.type
            before = next((one for one in reversed(earlier) if one.type == draft.type), None)
            if before is not None and (again or round_of is not None):
                self.sides.meet_again(draft, before)
            if draft.type in _AGREED and earlier and earlier[-1].status == "held":
                self.sides.agreed(draft, earlier[-1])

    def _round_of(self, draft: Draft, part: SentenceParts, clause: Clause, earlier: Sequence[Draft]) -> Draft | None:
        """«Третий раунд намечен на ноябрь», «Следующая встреча пройдёт …», «Стороны соберутся …»: of what was held."""
        held = next((one for one in reversed(earlier) if one.status == "held"), None)
        if held is None or held.type not in _IN_ROUNDS or draft.organizations:
            return None
        said = part.sentence.words[clause.first : clause.end]
        of_others = any(a.low.startswith("встреч") and b.case == "Gen" for a, b in pairwise(said))
        text = " ".join(word.low for word in said)
        return held if not of_others and starts_word(text, words("ru", "scenes")["rounds"]["stems"]) else None

    def _of_event(self, draft: Draft, part: SentenceParts, clause: Clause) -> Clause | None:
        """«на форуме, который проходит в Осло»: the clause that says when and where the event takes place."""
        tokens = part.sentence.words
        after = next((one for one in clauses(part.sentence) if one.first == clause.end), None)
        if draft.type not in _HELD or after is None:
            return None
        which = any(
            w.low in ("который", "которая", "которое", "которые") for w in tokens[after.first : after.first + 2]
        )
        stems = tuple(words("ru", "scenes")["takes_place"]["stems"])
        takes_place = any(w.low.startswith(stems) for w in tokens[after.first : after.first + 4])
        return after if which and takes_place else None

    def bodies(self, part: SentenceParts, clause: Clause, participants: Sequence[int]) -> list[OrganizationSpan]:
        """The bodies that take part or host by a clause."""
        return self.sides.bodies(part, clause, participants)

    def finish(self, drafts: Sequence[Draft], events: Sequence[Draft]) -> None:
        """Complete the drafts of an article, in place, once all participants are known.

        `events` took place, but nobody was named at them: «Три встречи прошли в Риге».
        """
        for draft in drafts:
            if draft.status == "held":
                self._from_later(draft, drafts)
        self.timing.date_all(drafts)
        self.timing.date_series(drafts)
        self.timing.date_one_by_one(drafts)
        self.timing.carry(drafts, events)
        self.whereabouts.carry(drafts, events)
        for draft in drafts:
            self.sides.complete(draft)

    def _from_later(self, draft: Draft, drafts: Sequence[Draft]) -> None:
        """«Решение приняли на заседании … в Умео»: a later sentence about the event says when and where it was."""
        for number in dict.fromkeys(draft.sentences):
            if number == draft.sentence or any(d.sentence == number for d in drafts):
                continue
            part = self.parts[number]
            self.sides.add_groups(draft, part)
            for clause in clauses(part.sentence):
                triggers = find_triggers(part.sentence, clause)
                opening = part.sentence.words[clause.first].low
                if opening.startswith(tuple(words("ru", "scenes")["subject_told"]["openings"])) or opening == "там":
                    continue  # «Темой беседы стало открытие филиала в Ташкенте», «Там он накануне участвовал …»
                if not any(t.group in ("event", "happen") and not t.buried for t in triggers):
                    continue
                said = " ".join(word.low for word in part.sentence.words[clause.first : clause.end])
                talked = starts_word(said, words("ru", "scenes")["beside_talk"]["talk"])
                rule = "discuss: told later" if talked else "event: told later"
                told = Draft(draft.type, "held", rule, number, clause)
                self.timing.fill(told, part, clause)
                self.scenes.fill(told, part, clause, ())
                known = {body.ref for body in draft.organizations}
                bodies = self.sides.bodies(part, clause, draft.participants) if draft.type in _HELD_BY_BODIES else []
                draft.organizations += [body for body in bodies if body.ref not in known]
                kinds = {t.type for t in triggers if t.group == "event" and not t.buried}
                of_visit = kinds == {"visit"} and draft.type != "visit"  # «обсудили итоги визита, состоявшегося в мае»
                if draft.date is None and told.date is not None and not of_visit:
                    draft.date, draft.end_date = told.date, told.end_date
                somewhere = told.place is not None or told.country is not None
                if somewhere and draft.place is None and draft.country in (None, told.country):
                    draft.take_place(told)
