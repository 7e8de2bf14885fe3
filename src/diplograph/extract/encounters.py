"""Who met whom: the encounters of one article, read sentence by sentence as a narrative.

A clause opens an encounter when a word of encounter stands with two sides, or when an event is said to take place;
the sentences after it («Стороны обсудили …») belong to it until the next one. What is doubted, denied, wished for or
only mentioned opens nothing, and is kept with its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from diplograph.extract.clauses import Clause, clauses
from diplograph.extract.continuations import Continuations
from diplograph.extract.document import Document, Word
from diplograph.extract.drafts import Draft, Left
from diplograph.extract.encounter_types import encounter_type
from diplograph.extract.encounter_words import FORMAL, forms_of, is_event_noun, starts_word, verb_forms_of
from diplograph.extract.factuality import doubt, is_planned
from diplograph.extract.forms import fold
from diplograph.extract.gatherings import Gatherings
from diplograph.extract.narrative import Narrative
from diplograph.extract.officials import Actor, Cast
from diplograph.extract.parties import Parties
from diplograph.extract.parts import SentenceParts
from diplograph.extract.plans import read_plans
from diplograph.extract.reports import (
    Report,
    comes_to_event,
    is_done,
    is_on_the_way,
    is_with,
)
from diplograph.extract.separations import Separations
from diplograph.extract.series import Series
from diplograph.extract.sufficiency import suffices
from diplograph.extract.triggers import (
    Trigger,
    find_triggers,
    is_relative,
    quoted_words,
    strongest,
)
from diplograph.lexicon import words

#: A sentence about what did not happen says nothing of the encounter before it.
_DENIED = frozenset(["cancelled", "the text denies it", "it did not take place"])
#: Groups of words that speak of an encounter and of little else.
_PLAIN = frozenset(["with", "call", "receive", "gather", "partner", "event", "sign", "hand", "visit"])


def read_encounters(document: Document, parts: Sequence[SentenceParts], cast: Cast) -> tuple[list[Draft], list[Left]]:
    """The encounters of an article in the order of the text, and what was left unsaid."""
    reader = _Reader(Narrative(document, parts, cast))
    for number, part in enumerate(parts):
        if not part.sentence.is_heading:
            reader.read(number)
    reader.series.finish()
    return reader.story.finish(), reader.story.left


class _Reader:
    def __init__(self, story: Narrative) -> None:
        self.story = story
        self.parties = Parties(story)
        self.gatherings = Gatherings(story, self.parties)
        self.separations = Separations(story, self.parties)
        self.continuations = Continuations(story, self.parties, self.separations)
        self.series = Series(story)

    def read(self, number: int) -> None:
        """Read a sentence clause by clause; what it says belongs to an encounter, or is left with a reason."""
        part, story = self.story.parts[number], self.story
        opened = False
        met: list[Trigger] = []  # every word of encounter in the sentence
        before: Trigger | None = None  # the last event noun of the clause before
        for clause in clauses(part.sentence):
            triggers = self._outside_names(number, find_triggers(part.sentence, clause))
            met += triggers
            if before is not None and is_relative(part.sentence, clause) and not any(t.type for t in triggers):
                triggers = [replace(before, buried=False), *triggers]
            before = next((t for t in reversed(triggers) if t.group == "event"), None)
            read_plans(story, number, clause, triggers)
            opened = self._read_clause(number, clause, [t for t in triggers if not t.buried]) or opened
        titled = any(post.case == "Nom" and not post.plural for post in part.posts)
        if not met and titled and story.current is not None and not story.cast.actors[number]:
            # «Глава государства подчеркнул …»: who is spoken of
            whole = Clause(0, len(part.sentence.words), only=True)
            story.pointers.actors(number, whole, story.current, story.hero())
        self._take_back(number)
        reasons = [left.reason for left in story.left if left.sentence == number]
        denied = any(reason in _DENIED for reason in reasons)
        if not opened and not denied and story.current is not None and story.goes_on(story.current, number):
            story.current.sentences.append(number)
        elif not opened and not reasons and (words_met := [t for t in met if t.group in _PLAIN]):
            self._leave_mentioned(number, words_met)
        story.pointers.remember_subject(number)

    def _take_back(self, number: int) -> None:
        """«Сообщение об этом признали недостоверным»: what was told right before did not happen."""
        story, sentence = self.story, self.story.parts[number].sentence
        said = fold(story.document.quote(sentence.span))
        table = words("ru", "encounters")
        current = story.current
        if current is None or number - current.last_sentence > 1 or current not in story.drafts:
            return
        if said.startswith(tuple(table["retraction"]["openings"])) and starts_word(said, tuple(table["denial"])):
            story.drafts.remove(current)
            story.left.append(Left(current.sentence, current.rule, "the text takes it back"))
            story.current = None

    def _read_clause(self, number: int, clause: Clause, triggers: list[Trigger]) -> bool:
        if all(t.group == "become" for t in triggers):
            triggers = [*triggers, *self._in_company(number, clause)]
        if self.series.goes_on(number, clause) or self.gatherings.hosts_there(number, clause):
            return True
        if triggers and self._read_report(self._report(number, clause, triggers)):
            return True
        if self.gatherings.speaks_there(number, clause) or self.gatherings.belongs_to_delegation(number, clause):
            return True
        if self.gatherings.guides_there(number, clause):
            return True
        current = self.story.current
        elliptic = not triggers and clause.elliptic and current is not None and current.sentence == number
        return elliptic and current is not None and self.continuations.read_ellipsis(number, clause, current)

    def _leave_mentioned(self, number: int, triggers: list[Trigger]) -> None:
        """A sentence with a word of encounter never passes in silence: it is told why nothing was read."""
        plain = strongest(triggers)
        word = self.story.parts[number].sentence.words[plain.index].low
        reason = "only mentioned" if all(t.buried for t in triggers) else "nobody is said to have met"
        self.story.left.append(Left(number, f"{plain.group}: {word}", reason))

    def _outside_names(self, number: int, triggers: list[Trigger]) -> list[Trigger]:
        """«сессия Конференции сторон»: an event in the name of a body is none where there is another."""
        inside = {i for body in self.story.parts[number].organizations for i in range(body.first, body.end)}
        outside = [t for t in triggers if t.group != "event" or t.index not in inside]
        return outside if any(t.group == "event" for t in outside) else triggers

    def _in_company(self, number: int, clause: Clause) -> list[Trigger]:
        """«осмотрел с губернатором …», «X у президента Y»: what is done beside somebody is done together."""
        sentence = self.story.parts[number].sentence
        tokens = sentence.words
        said = range(clause.first, clause.end)
        quoted = quoted_words(sentence)
        not_done = verb_forms_of("report") | verb_forms_of("company")
        verbs = [i for i in said if is_done(tokens[i]) and i not in quoted]
        actors = [a for a in self.story.cast.actors[number] if a.core in said and a.first and a.first - 1 in said]
        beside = [a for a in actors if a.case == "Ins" and is_with(tokens, a)]
        beside = [a for a in beside if not _belongs_to_event(tokens, a)]
        if any(a.first < 2 or tokens[a.first - 2].tag.pos != "ADJ" for a in beside):  # not «совместных с А тренировок»
            return [
                Trigger(i, "company", end=i + 1)
                for i in verbs
                if tokens[i].low not in not_done and tokens[i - 1].low != "не"
            ][:1]
        finite = any(tokens[i].tag.pos in ("VERB", "AUX") for i in said)
        hosts = [a for a in actors if tokens[a.first - 1].low == "у" and not finite]
        if hosts and any(a.case == "Nom" and a.end <= hosts[0].first for a in self.story.cast.actors[number]):
            return [Trigger(hosts[0].first - 1, "with", end=hosts[0].first)]
        return []

    def _report(self, number: int, clause: Clause, triggers: list[Trigger]) -> Report:
        part = self.story.parts[number]
        text = self.story.document.quote(part.sentence.span_of(clause.first, clause.end)).lower().replace("ё", "е")
        return Report(
            number=number,
            part=part,
            clause=clause,
            triggers=tuple(triggers),
            text=text,
            type=encounter_type(part.sentence, triggers, text),
            status="planned" if self._is_ahead(number, clause, triggers, text) else "held",
            actors=tuple(self.parties.actors(number, clause, strongest(triggers))),
        )

    def _is_ahead(self, number: int, clause: Clause, triggers: list[Trigger], text: str) -> bool:
        """Whether a clause speaks of a plan; without a verb it does where the encounter before is one."""
        sentence = self.story.parts[number].sentence
        verbless = not any(w.tag.pos in ("VERB", "AUX") for w in sentence.words[clause.first : clause.end])
        current = self.story.drafts[-1] if self.story.drafts else None
        if verbless and current is not None and current.status == "planned" and number - current.last_sentence <= 1:
            return True
        told = [sentence.words[t.index] for t in triggers if t.group != "event"]
        if told and all(w.tag.tense == "Pres" for w in told) and self.story.settings.timing.is_later(number, clause):
            return True  # «5 июля делегация едет в Осло»
        return is_planned(sentence, clause, triggers, text)

    def _read_report(self, report: Report) -> bool:
        """Open, join or repeat an encounter; False where the clause gives none."""
        reason = self._refusal(report)
        if reason:
            return self.story.leave(report, reason)
        last = self.story.drafts[-1] if self.story.drafts else None
        planned = last is not None and (last.status, last.sentence) == ("planned", report.number)
        if planned and is_relative(report.part.sentence, report.clause) and not report.people:
            return False  # «выступит на форуме, который организует палата»
        if self.continuations.goes_on(report):
            return self.continuations.add(report)
        if self.gatherings.opens_it(report) or self.gatherings.shows_it(report):
            return True
        if self._joins(report) or self.gatherings.leads_talks(report) or self.gatherings.is_presence(report):
            return self.gatherings.attend(report)
        self._follow_visitor(report)
        if not self.parties.has_form(report):
            self.gatherings.set_scene(report)
            return False
        draft = self._draft(report)
        if self.continuations.tells_more(draft, report):
            return True
        if self._ends_it(draft, report):
            return False
        self._inherit_states(draft, report)
        self.series.begin(report, draft)
        if _awaits(report) and draft.status == "held" and len(draft.participants) != 2:
            return self.story.leave(report, "several were awaited or waited")
        if suffices(draft, report):
            self._keep(draft, report)
            return True
        self._remember(draft, report)
        if draft.participants or report.group not in ("happen", "discuss", "become"):
            self.story.leave(report, "only one side is named" if draft.sides else "nobody is named")
        return False

    def _refusal(self, report: Report) -> str | None:
        """Why a report tells of no encounter; None where it may."""
        if reason := doubt(report.part.sentence, report.clause, report.triggers, report.text):
            return reason
        if report.group == "visit":
            if is_on_the_way(report) and not self.story.settings.timing.is_later(report.number, report.clause):
                return "on the way, not said to have come"
            if report.status == "planned" and self._is_of_posting(report):
                return "posted there, not on a visit"
        if report.group == "attend":
            if _makes_a_statement(report):
                return "a statement after the talks"
            if _judges(report):
                return "speaks of it, not said to have been there"
        return None

    def _draft(self, report: Report) -> Draft:
        """The encounter that a report tells of, with its sides and its setting, before anybody asks if it suffices."""
        participants, inferred = self.parties.sides(report)
        draft = report.draft(participants, inferred)
        if draft.type == "visit" and len(participants) > 1 and self.parties.calls_on(report):
            draft.type = "meeting"
        if report.group == "partner" and len(participants) == 1 and _is_guest_of_body(report):
            draft.type = "visit"
        if draft.type == "meeting" and self.continuations.is_by_phone(report):
            draft.type = "call"
        alone = draft.status == "planned" and len(participants) == 1
        if alone and report.group == "receive" and _awaits(report):
            draft.type = "visit"  # «В августе ждем в Астане министра …»
        self.story.settings.fill(draft, report.clause, self.story.drafts)
        if alone and report.groups == {"become"} and draft.place:
            draft.type = "visit"  # «рассчитывает быть в Пекине», «12 июня будет в Астане»
        return draft

    def _inherit_states(self, draft: Draft, report: Report) -> None:
        """«Двадцатое заседание решено провести в Измире», «стороны намерены подписать …»: of those just told."""
        self.story.inherit_sides(draft)
        pointed = any(w.low in forms_of("group") for w in report.words)
        if draft.status == "planned" and pointed and not draft.states and self.story.current is not None:
            draft.states = list(self.story.current.states)

    def _ends_it(self, draft: Draft, report: Report) -> bool:
        """«Семинар завершится 25 апреля»: the end of an event that was told, not one more."""
        ends = any(w.low in verb_forms_of("closing") for w in report.words) and not draft.participants
        current, last_day = self.story.current, draft.end_date or draft.date
        if ends and current is not None and (current.type, current.sentence) == (draft.type, draft.sentence):
            current.end_date = current.end_date or last_day  # «с визитом, который продлится до 21 апреля»
        return draft.status == "planned" and ends and any(d.type == draft.type for d in self.story.drafts)

    def _keep(self, draft: Draft, report: Report) -> None:
        known = self.story.known(draft)
        if known is None:
            self.separations.open(draft, report)
            return
        known.sentences.append(report.number)
        self.story.add(known, report.people)
        known.fill_gaps(draft)
        if draft.type == "credentials" and known.type == "meeting":
            known.type = draft.type  # «принял посла, который вручил ему копии верительных грамот»
        self.story.current = known

    def _speaks_at_event(self, report: Report) -> bool:
        """«На сессии совета постпред А зачитал заявление»: who speaks at it is there; not «в преддверии сессии»."""
        events = [t for t in report.triggers if t.group == "event" and t.type in ("session", "conference")]
        if report.group != "event" or report.type not in FORMAL or not events or report.status == "planned":
            return False
        tokens = report.part.sentence.words
        first = events[0].index
        while first and tokens[first - 1].tag.pos in ("ADJ", "NUM", "DET"):
            first -= 1
        at = first > 0 and tokens[first - 1].low == "на" and tokens[events[0].index].case == "Loc"
        verbs = [w for w in report.words if w.low in verb_forms_of("speech") and w.tag.tense == "Past"]
        subjects = {a.person for a in report.actors}
        return at and bool(verbs) and len(subjects) == 1 and all(a.case == "Nom" and a.named for a in report.actors)

    def _joins(self, report: Report) -> bool:
        """Whether a report tells who was at an event: «участвовал», «в числе гостей был», «На встрече побывал»."""
        if self._speaks_at_event(report):
            return True
        if report.group == "attend" or (report.group == "become" and not self.parties.has_form(report)):
            return True
        if self._is_among(report):
            return True
        if report.group == "visit":
            return comes_to_event(report.part.sentence, report.triggers) or self.gatherings.comes_there(report)
        event = self.story.event_near(report.number) if report.group == "hand" and report.people else None
        return event is not None and event.type == "credentials" and "грамот" in report.text

    def _follow_visitor(self, report: Report) -> None:
        """Somebody looks at a place; whoever shows it to him may be told next."""
        looks = any(w.low in verb_forms_of("look") for w in report.words)
        if report.status == "held" and (report.group == "visit" or looks) and len(report.people) == 1:
            tour = report.draft()
            self.story.settings.fill(tour, report.clause, self.story.drafts)
            self.story.tour = replace(tour, type="visit")

    def _remember(self, draft: Draft, report: Report) -> None:
        """What opened no encounter may be the scene of the next, or wait for a name."""
        held = report.status == "held"
        if {"event", "happen"} <= report.groups and held:
            self.story.pending = draft
            self.story.scenes.append(draft)
        elif report.group == "stay":
            self.story.scenes.append(draft)
        elif report.group in ("visit", "with", "receive") and held and "делегаци" in report.text:
            self.story.pending = draft  # «В Ташкент прибыла делегация Индии. Её возглавляет …»
        elif not draft.participants and report.group in ("with", "receive") and held and (draft.date or draft.place):
            self.story.scenes.append(draft)  # «В Бейнеу увиделись руководители двух областей»: who, is told next
        else:
            self.gatherings.set_scene(report)

    def _is_among(self, report: Report) -> bool:
        """«провёл переговоры с представителями деловых кругов, в числе которых был …»."""
        pending = self.story.pending
        named = starts_word(report.text, words("ru", "encounters")["among"]["phrases"])
        return named and pending is not None and report.number - pending.sentence <= 1

    def _is_of_posting(self, report: Report) -> bool:
        """«Назначены два посла. В Индию поедет А»: an ambassador who goes there to stay."""
        near = self.story.parts[max(0, report.number - 1) : report.number + 1]
        said = " ".join(word.low for part in near for word in part.sentence.words)
        table = words("ru", "encounters")["posting"]
        return starts_word(said, table["appointed"]) and starts_word(said, table["envoys"])


def _belongs_to_event(tokens: Sequence[Word], actor: Actor) -> bool:
    """«узнал о переговорах министра Б с А»: the partner of an event that is only spoken of."""
    before = takewhile(lambda w: w.tag.pos not in ("VERB", "AUX", "PUNCT"), reversed(tokens[: actor.first]))
    return any(is_event_noun(word.low) for word in before)


def _is_guest_of_body(report: Report) -> bool:
    """«А был гостем университета»."""
    guest = report.part.sentence.words[report.trigger.index]
    named = any(guest.index < body.first <= guest.index + 3 for body in report.part.organizations)
    return guest.low in forms_of("guests") and named


def _makes_a_statement(report: Report) -> bool:
    """«По итогам встречи с заявлением выступил депутат А»: nobody says that he was there."""
    table = words("ru", "encounters")
    states = starts_word(report.text, table["statement"]["stems"])
    return states and starts_word(report.text, table["over"]["phrases"]) and len(report.people) == 1


def _judges(report: Report) -> bool:
    """«Посол А, сопровождавший коллег, назвал поездку плодотворной»: at which of their talks he was is not told."""
    verb = report.part.sentence.words[report.trigger.index]
    participle = verb.tag.verb_form == "Part" and verb.low.startswith("сопровожда")
    said = verb_forms_of("judged") | verb_forms_of("report")
    return participle and len(report.people) == 1 and any(w.low in said for w in report.part.sentence.words)


def _awaits(report: Report) -> bool:
    """«ждём министра», «гостью ждал мэр»."""
    return any(w.low in verb_forms_of("awaiting") for w in report.words)
