"""Who met whom: the encounters of one article, read sentence by sentence as a narrative.

A clause opens an encounter when a word of encounter stands with two sides, or when an event is said to take place;
the sentences after it («Стороны обсудили …») belong to it until the next one. What is doubted, denied, wished for or
only mentioned opens nothing, and is kept with its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from diplograph.extract.anaphora import Pointers
from diplograph.extract.clauses import Clause, clauses
from diplograph.extract.document import Document, ParsedSentence, Word
from diplograph.extract.drafts import Draft, Left
from diplograph.extract.officials import Actor, Cast
from diplograph.extract.parts import SentenceParts
from diplograph.extract.settings import Settings
from diplograph.extract.triggers import (
    FORMAL,
    Trigger,
    doubt,
    encounter_type,
    find_triggers,
    forms_of,
    honours,
    is_buried,
    is_event_noun,
    is_planned,
    is_relative,
    points_back,
    quoted_words,
    starts_word,
    strongest,
    verb_forms_of,
)
from diplograph.lexicon import words
from diplograph.model import EncounterType, Status

#: A sentence about what did not happen says nothing of the encounter before it.
_DENIED = frozenset(["cancelled", "the text denies it", "it did not take place"])
#: Types of events at which several people speak, one after another.
_CEREMONIES = frozenset(["other", "credentials", "signing"])
_GATHERINGS = FORMAL | {"other", "credentials"}


def read_encounters(document: Document, parts: Sequence[SentenceParts], cast: Cast) -> tuple[list[Draft], list[Left]]:
    """The encounters of an article in the order of the text, and what was left unsaid."""
    reader = _Reader(document, parts, cast)
    for number, part in enumerate(parts):
        if not part.sentence.is_heading:
            reader.read(number)
    return reader.finish(), reader.left


@dataclass(frozen=True, slots=True)
class _Report:
    """A clause with a word of encounter, before anybody decides whether it is one."""

    number: int
    part: SentenceParts
    clause: Clause
    triggers: tuple[Trigger, ...]
    text: str  # the clause, folded
    type: EncounterType
    status: Status
    actors: tuple[Actor, ...]

    @property
    def trigger(self) -> Trigger:
        return strongest(self.triggers)

    @property
    def group(self) -> str:
        return self.trigger.group

    @property
    def groups(self) -> frozenset[str]:
        return frozenset(trigger.group for trigger in self.triggers)

    @property
    def rule(self) -> str:
        return f"{self.group}: {self.part.sentence.words[self.trigger.index].low}"

    @property
    def people(self) -> list[int]:
        return list(dict.fromkeys(actor.person for actor in self.actors))

    @property
    def words(self) -> tuple[Word, ...]:
        return self.part.sentence.words[self.clause.first : self.clause.end]

    def draft(self, participants: list[int] | None = None, inferred: int = 0) -> Draft:
        people = self.people if participants is None else participants
        return Draft(self.type, self.status, self.rule, self.number, self.clause, people, inferred=inferred)


class _Reader:
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
        self.scenes: list[Draft] = []  # all such events: «Три встречи прошли в Риге» tells where the next ones were

    # --- one sentence, one clause ----------------------------------------------------------------------

    def read(self, number: int) -> None:
        part = self.parts[number]
        opened = False
        before: Trigger | None = None  # the last event noun of the clause before
        for clause in clauses(part.sentence):
            triggers = self._outside_names(number, find_triggers(part.sentence, clause))
            if before is not None and is_relative(part.sentence, clause) and not any(t.type for t in triggers):
                triggers = [replace(before, buried=False), *triggers]
            before = next((t for t in reversed(triggers) if t.group == "event"), None)
            self._read_plans(number, clause, triggers)
            triggers = [t for t in triggers if not t.buried]
            if all(t.group == "become" for t in triggers):
                triggers = [*triggers, *self._in_company(number, clause)]
            if self._hosts_there(number, clause):
                opened = True
            elif triggers:
                report = self._report(number, clause, triggers)
                opened = self._read_report(report) or self._speaks_there(number, clause) or opened
            elif self._speaks_there(number, clause):
                opened = True
            elif clause.elliptic and self.current is not None and self.current.sentence == number:
                opened = self._read_ellipsis(number, clause, self.current) or opened
        denied = any(left.sentence == number and left.reason in _DENIED for left in self.left)
        if not opened and not denied and self.current is not None and self._goes_on(self.current, number):
            self.current.sentences.append(number)
        self.pointers.remember_subject(number)

    def _outside_names(self, number: int, triggers: list[Trigger]) -> list[Trigger]:
        """«сессия Конференции сторон»: an event in the name of a body is none where there is another."""
        inside = {i for body in self.parts[number].organizations for i in range(body.first, body.end)}
        outside = [t for t in triggers if t.group != "event" or t.index not in inside]
        return outside if any(t.group == "event" for t in outside) else triggers

    def _hosts_there(self, number: int, clause: Clause) -> bool:
        """«побывал в Тэгу, где ректор … предложила ему …»: the visit was to the one who acts there."""
        visit = self.current
        opening = self.parts[number].sentence.words[clause.first].low
        if visit is None or visit.type != "visit" or visit.sentence != number or opening != "где":
            return False
        hosts = [
            a.person
            for a in self.cast.actors[number]
            if clause.first <= a.core < clause.end and a.case == "Nom" and a.named
        ]
        if not hosts or not visit.participants or set(hosts) & set(visit.participants):
            return False
        if any(w.tag.tense == "Fut" for w in self.parts[number].sentence.words[clause.first : clause.end]):
            return False
        visit.type = "meeting"
        self._add(visit, hosts)
        return True

    def _in_company(self, number: int, clause: Clause) -> list[Trigger]:
        """«осмотрел с губернатором …», «X у президента Y»: what is done beside somebody is done together."""
        sentence = self.parts[number].sentence
        tokens = sentence.words
        said = range(clause.first, clause.end)
        quoted = quoted_words(sentence)
        verbs = [i for i in said if _is_done(tokens[i]) and i not in quoted]
        actors = [a for a in self.cast.actors[number] if a.core in said and a.first and a.first - 1 in said]
        if any(a.case == "Ins" and _is_with(tokens, a) for a in actors):
            return [
                Trigger(i, "company", end=i + 1)
                for i in verbs
                if tokens[i].low not in verb_forms_of("company") and tokens[i - 1].low != "не"
            ][:1]
        finite = any(tokens[i].tag.pos in ("VERB", "AUX") for i in said)
        hosts = [a for a in actors if tokens[a.first - 1].low == "у" and not finite]
        if hosts and any(a.case == "Nom" and a.end <= hosts[0].first for a in self.cast.actors[number]):
            return [Trigger(hosts[0].first - 1, "with", end=hosts[0].first)]
        return []

    def _speaks_there(self, number: int, clause: Clause) -> bool:
        """«Проект представил директор …», «слово брали …»: whoever speaks at the event just told took part in it."""
        event = self._event_near(number)
        if event is None:
            return False
        part = self.parts[number]
        said = part.sentence.words[clause.first : clause.end]
        text = self.document.quote(part.sentence.span_of(clause.first, clause.end)).lower().replace("ё", "е")
        table = words("ru", "encounters")["speech"]
        opens = text.startswith(tuple(table["openings"]))
        if not opens and not any(w.low in verb_forms_of("speech") and w.tag.tense != "Fut" for w in said):
            return False
        if starts_word(text, table["elsewhere"]) or any(w.low == "не" for w in said):
            return False
        speakers = [
            a.person
            for a in self.cast.actors[number]
            if clause.first <= a.core < clause.end and a.case == "Nom" and not self._speaks_for_others(a.person)
        ]
        speakers += [p for p in self.pointers.posted(number, clause, self.drafts) if p not in speakers]
        if not speakers or (text.startswith("как ") and not set(speakers) <= set(event.participants)):
            return False
        if event is self.pending:
            self.pending = None
            self._keep(event)
        self._add(event, speakers)
        event.sentences.append(number)
        return True

    def _event_near(self, number: int) -> Draft | None:
        """The event of several speakers that a sentence may still be about: the one just told."""
        pending, current = self.pending, self.current
        if pending is not None and (current is None or current.sentence <= pending.sentence):
            return pending if number - pending.sentence <= 2 else None
        if current is None or current.status == "planned" or current.type not in _GATHERINGS:
            return None
        return (
            current if number - current.last_sentence <= (3 if self._same_paragraph(current, number) else 2) else None
        )

    def _speaks_for_others(self, person: int) -> bool:
        """A spokesman tells the news; he was not there by that."""
        return any(
            post.title.lower().startswith(tuple(words("ru", "encounters")["speech"]["spokesmen"]))
            for post in self.cast.people[person].posts
        )

    def _report(self, number: int, clause: Clause, triggers: list[Trigger]) -> _Report:
        part = self.parts[number]
        text = self.document.quote(part.sentence.span_of(clause.first, clause.end)).lower().replace("ё", "е")
        return _Report(
            number=number,
            part=part,
            clause=clause,
            triggers=tuple(triggers),
            text=text,
            type=encounter_type(part.sentence, triggers, text),
            status="planned" if self._is_ahead(number, clause, triggers, text) else "held",
            actors=tuple(self._actors(number, clause, strongest(triggers))),
        )

    def _is_ahead(self, number: int, clause: Clause, triggers: list[Trigger], text: str) -> bool:
        """Whether a clause speaks of a plan; without a verb it does where the encounter before is one."""
        sentence = self.parts[number].sentence
        verbless = not any(w.tag.pos in ("VERB", "AUX") for w in sentence.words[clause.first : clause.end])
        current = self.drafts[-1] if self.drafts else None
        if verbless and current is not None and current.status == "planned" and number - current.last_sentence <= 1:
            return True
        return is_planned(sentence, clause, triggers, text)

    def _read_report(self, report: _Report) -> bool:
        """Open, join or repeat an encounter; False where the clause gives none."""
        reason = doubt(report.part.sentence, report.clause, report.triggers, report.text)
        if reason:
            return self._leave(report, reason)
        if self._is_continuation(report) or self._is_signing_inside(report):
            return self._continue(report)
        attends = report.group == "attend" or (report.group == "become" and not self._has_form(report))
        attends = attends or (report.group == "visit" and _comes_to_event(report.part.sentence, report.triggers))
        if report.group == "hand" and report.people and (event := self._event_near(report.number)) is not None:
            attends = attends or (event.type == "credentials" and "грамот" in report.text)
        if attends or self._leads_talks(report) or self._is_presence(report):
            return self._attend(report)
        if not self._has_form(report):
            self._set_scene(report)
            return False
        participants, inferred = self._sides(report)
        draft = report.draft(participants, inferred)
        if draft.type == "visit" and len(participants) > 1 and self._calls_on(report):
            draft.type = "meeting"
        awaited = any(w.low in verb_forms_of("awaiting") for w in report.words)
        if report.group == "receive" and report.status == "planned" and awaited and len(participants) == 1:
            draft.type = "visit"  # «В августе ждем в Астане министра …»
        self.settings.fill(draft, report.clause, self.drafts)
        if self._tells_more(draft, report):
            return True
        ends = any(w.low in verb_forms_of("closing") for w in report.words) and not draft.participants
        if draft.status == "planned" and ends and any(d.type == draft.type for d in self.drafts):
            return False  # «Семинар завершится 25 апреля»
        self._inherit_sides(draft)
        pointed = any(w.low in forms_of("group") for w in report.words)
        if draft.status == "planned" and pointed and not draft.states and self.current is not None:
            draft.states = list(self.current.states)  # «стороны намерены подписать …»
        if not self._stands(draft, report):
            if {"event", "happen"} <= report.groups and report.status == "held":
                self.pending = draft
                self.scenes.append(draft)
            elif report.group == "stay":
                self.scenes.append(draft)
            elif (
                not participants and report.group == "with" and report.status == "held" and (draft.date or draft.place)
            ):
                self.scenes.append(draft)  # «В Бейнеу увиделись руководители двух областей»: who, is told next
            elif not participants or report.type == "credentials":
                self._set_scene(report)
            if participants or report.group not in ("happen", "discuss"):
                self._leave(report, "only one side is named" if draft.sides else "nobody is named")
            return False
        known = self._known(draft)
        if known is None:
            self._open(draft, report)
        else:
            known.sentences.append(report.number)
            self._add(known, report.people)
            known.fill_gaps(draft)
            self.current = known
        return True

    def _tells_more(self, draft: Draft, report: _Report) -> bool:
        """«Встреча состоялась 14 марта в Риге»: when and where the encounter just told was."""
        current = self.current
        alike = current is not None and draft.type in (current.type, "call")
        if current is None or not alike or draft.participants or draft.status != current.status:
            return False
        if not {"event", "happen"} <= report.groups or not self._is_near(current, report.number):
            return False
        if draft.organizations or draft.states or (current.date and draft.date) or (current.place and draft.place):
            return False
        if report.type == "call":
            current.type = "call"  # «Встреча прошла в режиме видеоконференции»
        current.fill_gaps(draft)
        current.sentences.append(report.number)
        return True

    def _inherit_sides(self, draft: Draft) -> None:
        """«Двадцатое заседание решено провести в Измире»: of the body, and between the states, of the one before."""
        if draft.type not in FORMAL or draft.participants or draft.organizations or draft.states:
            return
        before = next((one for one in reversed(self.drafts) if one.type == draft.type and one.status == "held"), None)
        if before is not None and draft.date is not None and draft.date != before.date:
            self.settings.sides.meet_again(draft, before)

    def _set_scene(self, report: _Report) -> None:
        """«На совещании председателей судов обсуждено …»: an event of its own once somebody is said to be there."""
        formal = report.type in FORMAL or report.group in ("opening", "gather") or report.type == "credentials"
        alone = report.group == "gather" or report.type == "credentials"  # the host is named, the guests follow
        if report.status == "planned" or not formal or len(report.people) > alone:
            return
        draft = report.draft()
        self.settings.fill(draft, report.clause, self.drafts)
        self.pending = draft

    def _leave(self, report: _Report, reason: str) -> bool:
        self.left.append(Left(report.number, report.rule, reason))
        return False

    def _read_ellipsis(self, number: int, clause: Clause, before: Draft) -> bool:
        """«…, а днём позже в Каире — Б»: the same again with another partner, at another time or place."""
        actors = [a for a in self.cast.actors[number] if clause.first <= a.core < clause.end]
        if not actors:
            return False
        there = {
            a.person for a in self.cast.actors[number] if before.clause.first <= a.core < before.clause.end and a.named
        }
        hub = [p for p in before.participants if p not in there] or before.participants[:1]
        partners = list(dict.fromkeys(a.person for a in actors))
        for group in [[p] for p in partners] if self._are_separate(number) else [partners]:
            people = list(dict.fromkeys([*hub, *group]))
            draft = Draft(before.type, before.status, before.rule, number, clause, people)
            self.settings.fill(draft, clause, self.drafts)
            draft.country = draft.country or before.country
            self._keep(draft)
        return True

    def _read_plans(self, number: int, clause: Clause, triggers: list[Trigger]) -> None:
        """«подготовка к заседанию совета, назначенному на 24 февраля»: a plan told in passing."""
        part = self.parts[number]
        tokens = part.sentence.words
        ahead = words("ru", "encounters")["ahead"]
        for event in triggers:
            if event.group != "event" or not event.buried or event.type in ("meeting", "call", "other", None):
                continue
            before = tokens[max(clause.first, event.index - 7) : event.index]
            after = tokens[event.end : event.end + 14]
            early = next((w for w in before if w.low.startswith(tuple(ahead["before"]))), None)
            late = next((w for w in after if w.low.startswith(tuple(ahead["after"]))), None)
            if early is None and late is None:
                continue
            start = early.index if early is not None else event.index
            around = Clause(start, min(len(tokens), event.end + 14) if late else event.end + 6, only=False)
            around = replace(around, end=min(around.end, len(tokens)))
            draft = Draft(event.type, "planned", f"ahead: {tokens[event.index].low}", number, around)
            self.settings.fill(draft, around, self.drafts)
            if draft.date or draft.place or draft.country:
                self._keep(draft)

    # --- who -----------------------------------------------------------------------------------------

    def _actors(self, number: int, clause: Clause, trigger: Trigger) -> list[Actor]:
        named = [a for a in self.cast.actors[number] if clause.first <= a.core < clause.end]
        if trigger.group == "attend" and not named:  # «Её возглавляет …»: the delegation
            return []
        taking = [a for a in named if not self._is_aside(self.parts[number].sentence, a, trigger)]
        hero = self.pointers.protagonist(self.current, self.drafts)
        tokens = self.parts[number].sentence.words
        pointed = [a for a in self.pointers.actors(number, clause, self.current, hero) if not _is_source(tokens, a)]
        return sorted(taking + pointed, key=lambda a: a.core)

    def _is_aside(self, sentence: ParsedSentence, actor: Actor, trigger: Trigger) -> bool:
        """Whether somebody is only mentioned: as the source of the news, or in the genitive of another noun."""
        before = _before(sentence.words, actor)
        if " ".join(w.low for w in before).endswith("в честь") and sentence.words[trigger.index].low in honours():
            return False  # «обед в честь министра»
        if _is_source(sentence.words, actor):
            return True
        if actor.case == "Nom" and _says(sentence, actor, trigger):
            return True
        case = actor.case or sentence.words[actor.core].case
        if case != "Gen" or not before or before[-1].tag.pos != "NOUN" or before[-1].case is None:
            return False
        if is_event_noun(before[-1].low) and is_buried(sentence, before[-1].index):
            return True  # «Подготовку визита президента обсудили …»
        inside_other = any(o.first < actor.first < o.end for o in self.cast.actors[sentence.number] if o is not actor)
        return before[-1].low not in forms_of("through") and not inside_other

    def _has_form(self, report: _Report) -> bool:
        """What some verbs demand: «обсудил с …», two subjects of two sides, a listener."""
        cases = {a.case for a in report.actors}
        if report.group == "discuss":
            return "Ins" in cases or len(report.people) > 1
        if report.group in ("joint", "together"):
            return self._act_together(report)
        if report.group in ("tell", "greet"):
            return self._has_listener(report)
        if report.group == "become":
            cases = {a.case for a in report.actors}  # «Гостем министра стал посол»
            return {"Gen", "Nom"} <= cases or not any(w.low in forms_of("attendance") for w in report.words)
        return True

    def _act_together(self, report: _Report) -> bool:
        """Two subjects of two sides; of one side only where they are said to be alone, or a meeting is announced."""
        if report.status == "planned" and (report.type in FORMAL or report.group == "together"):
            return True
        subjects = {a.person for a in report.actors if a.case in ("Nom", "Gen") or (a.case == "Ins" and a.named)}
        subjects = subjects or {a.person for a in report.actors if a.case == "Dat"}  # «предоставили послу и мэру»
        if len({self.cast.people[person].state for person in subjects}) > 1:
            return True
        announced = self.pending is not None and self.pending.sentence == report.number
        return len(subjects) > 1 and (
            announced or starts_word(report.text, words("ru", "encounters")["alone"]["phrases"])
        )

    def _has_listener(self, report: _Report) -> bool:
        """«заверил посла», «представила министру …»: somebody of another side is told it to the face."""
        if starts_word(report.text, words("ru", "encounters")["afar"]["stems"]):
            return False
        if len(report.people) == 1 and report.actors[0].case != "Nom":  # «попросила …, и показала гостю музей»
            return any(
                self.cast.people[p].state != self.cast.people[report.people[0]].state
                for p in self._subject_before(report)
            )
        if len(report.people) != 2:
            return False
        cases = {a: a.case or report.part.sentence.words[a.core].case for a in report.actors}
        speakers = [a for a, case in cases.items() if case == "Nom" and a.named]
        listeners = [a for a, case in cases.items() if case in ("Dat", "Acc", "Gen")]
        if len(speakers) != 1 or len(listeners) != 1:
            return False
        speaker, listener = self.cast.people[speakers[0].person], self.cast.people[listeners[0].person]
        return speaker.state != listener.state

    def _sides(self, report: _Report) -> tuple[list[int], int]:
        """Those who took part, and how many of them the context gave."""
        people = report.people
        current = self.current
        talks = report.group == "event" and report.trigger.type in ("meeting", "call") and "happen" in report.groups
        if len(people) < 2 and (talks or report.group in ("with", "call", "receive")):
            group = self.pointers.group(report.number, report.clause, self.drafts)
            if not group and report.group == "receive" and any(w.low == "их" for w in report.words):
                group = list(self.current.participants) if self.current else []
            told = people or talks or report.status == "planned"
            if group and told:  # «Они условились увидеться …», «сопредседатели провели встречу»
                return [*people, *(p for p in group if p not in people)], len(group) if people else 0
        follows = talks and not people and starts_word(report.text, words("ru", "encounters")["following"]["phrases"])
        if follows and current is not None and len(current.participants) == 2 and current.type != "meeting":
            return list(current.participants), 1  # «После церемонии состоялась беседа»
        if not people and report.type in FORMAL and report.words[0].low == "где":
            return self._subject_before(report), 0  # «находится в Лионе, где проходит конференция»
        if len(people) != 1:
            several = len(people) > 1 and talks and self._are_several(report)
            if several and all(a.case == "Ins" for a in report.actors):  # «прошли её встречи с А и Б»
                other = self._other_side(report, people[0])
                return ([other, *people], 1) if other is not None and other not in people else (people, 0)
            return people, 0
        if report.group in ("with", "call", "receive", "discuss", "sign", "company", "tell"):
            people += [p for p in self._subject_before(report) if p not in people]
        if len(people) == 1 and current is not None and report.group in ("with", "receive", "discuss"):
            guests = self._guests(report, people[0], current)
            people, inferred = people + guests, len(guests)
            if guests:
                return people, inferred
        if len(people) == 1 and report.group in ("with", "discuss", "company", "sign"):
            alone = self._whose_story(report, people[0])
            if alone:
                return [*people, *alone], 1
        if len(people) == 1 and (other := self._other_side(report, people[0])) is not None:
            return [*people, other], 1
        return people, 0

    def _whose_story(self, report: _Report, person: int) -> list[int]:
        """«Кандидатура обсуждалась с председателем …»: without a subject, with the one of whom the text tells."""
        partner = any(a.person == person and a.case == "Ins" for a in report.actors)
        subject = any(w.case == "Nom" and w.tag.animacy == "Anim" for w in report.words)
        hero = self.pointers.protagonist(self.current, self.drafts)
        if not partner or subject or hero is None or hero == person:
            return []
        return [hero] if self.cast.people[hero].state != self.cast.people[person].state else []

    def _calls_on(self, report: _Report) -> bool:
        """«у министра побывала посол», «нанёс визит министру»: a visit to a person is a meeting."""
        tokens = report.part.sentence.words
        hosts = [a for a in report.actors if a.first and tokens[a.first - 1].low in ("у", "к", "ко")]
        hosts += [a for a in report.actors if _is_object(tokens, a)]  # «министра посетил посол»
        pays = any(tokens[t.index].low.startswith("нан") for t in report.triggers)
        return bool(hosts) or (pays and any(a.case == "Dat" for a in report.actors))

    def _subject_before(self, report: _Report) -> list[int]:
        """«… посетил агентство, где встретился с …»: a clause without a subject takes that of the clause before."""
        if any(a.case == "Nom" for a in report.actors):
            return []
        return [a.person for a in self.cast.actors[report.number] if a.core < report.clause.first and a.case == "Nom"][
            -1:
        ]

    def _guests(self, report: _Report, host: int, current: Draft) -> list[int]:
        """«гостей принял спикер»: those who came with the visit told before, and are not of the host's state."""
        if not any(w.low in forms_of("guests") for w in report.words):
            return []
        visit = next((d for d in reversed(self.drafts) if d.type == "visit" and d.participants), current)
        state = self.cast.people[host].state
        guests = [p for p in visit.participants if p != host and self.cast.people[p].state != state]
        delegation = any(w.low.startswith("делегаци") for w in report.words)
        return guests[:1] if delegation and len(guests) > 2 else guests  # a delegation is known by its head

    def _other_side(self, report: _Report, person: int) -> int | None:
        """«Переговоры с президентом … прошли», «его собеседником стал …»: the one of whom the text speaks."""
        talks = report.group == "event" and report.trigger.type in ("meeting", "call", "consultations")
        if not talks and report.group != "partner":
            return None
        before = [a.person for a in self.cast.actors[report.number] if a.core < report.clause.first and a.case == "Nom"]
        possessive = any(w.low in ("его", "ее") for w in report.words)
        hero = self.pointers.protagonist(self.current, self.drafts)
        for other in (before[-1] if before else None, self.pointers.subject if possessive else None, hero):
            if other is not None:
                return other if other != person else None
        return None

    # --- the encounter before, again --------------------------------------------------------------------

    def _is_continuation(self, report: _Report) -> bool:
        """«В ходе встречи …», or a relative clause of the sentence that has just opened an encounter."""
        if (
            self.current is not None
            and self.current.sentence == report.number
            and is_relative(report.part.sentence, report.clause)
        ):
            return report.group in ("event", "become", "attend")
        if report.group not in ("event", "attend", "discuss") or not points_back(report.part.sentence, report.triggers):
            return False
        if report.group == "attend" and (self.current is None or report.type == "other"):
            return False  # «На церемонии присутствовала …»: the ceremony may be one told before
        aside = self.current is not None and (self.current.type in FORMAL or self.current.type == "visit")
        if aside and report.group == "discuss" and any(a.case == "Ins" for a in report.actors):
            return False  # «На полях сессии министр обсудил с директором …»
        if self.current is None and report.type in FORMAL and report.group != "attend":
            return False  # «На совещании … обсуждено …» at the beginning of a text
        fresh = set(report.people) - set(self.current.participants if self.current else ())
        return report.group == "attend" or not fresh or len(report.people) < 2

    def _is_signing_inside(self, report: _Report) -> bool:
        """«По завершении заседания подписан протокол»: part of the encounter just told."""
        current = self.current
        if current is None or report.type != "signing" or report.people or report.status == "planned":
            return False
        occasion = starts_word(report.text, words("ru", "encounters")["inside"]["phrases"])
        return (report.group == "sign" or occasion) and self._is_near(current, report.number)

    def _continue(self, report: _Report) -> bool:
        if self.current is None:
            return False
        if self.current.sentence == report.number:
            bodies = self.settings.bodies(report.part, report.clause, report.people)
            self.current.organizations += [b for b in bodies if b not in self.current.organizations]
            fresh = [p for p in report.people if p not in self.current.participants]
            if fresh and len(self.current.participants) == 2 and self._are_separate(report.number):
                for person in fresh:  # «отдельные беседы с А, с которым …, и с Б»
                    self._keep(replace(self.current, participants=[self.current.participants[0], person], states=[]))
                    self._add(self.drafts[-1], [])
                return True
            self._add(self.current, report.people)
            return True
        if starts_word(report.text, ("присутств", "участи", "участв")):
            self._add(self.current, report.people)
        if report.type == "call" and self.current.type == "meeting":
            self.current.type = "call"  # «При разговоре, который проходил по видеосвязи, …»
        self.current.sentences.append(report.number)
        return True

    def _add(self, draft: Draft, people: list[int]) -> None:
        draft.add_participants(people)
        for person in draft.participants:
            draft.add_state(self.cast.people[person].state)

    def _attend(self, report: _Report) -> bool:
        """«принял участие в сессии», «делегацию возглавил»: an event of its own, or the one before."""
        if not self._leads_delegation(report):
            return False
        pending = self.pending
        if pending is not None and pending.sentence == report.number and report.people:
            self.pending = None  # «провела приём, в котором участвовали …»
            self._keep(pending)
            return self._join(pending, report)
        events = [t for t in report.triggers if t.group == "event"]
        near = self.current is not None and self._is_near(self.current, report.number)
        if any(w.low in verb_forms_of("accompany") for w in report.words):
            visit = next((d for d in reversed(self.drafts) if d.type == "visit"), None)
            if visit is not None and (set(report.people) & set(visit.participants) or visit is self.current):
                return bool(report.people) and self._join(visit, report)
        if events and all(t.type in ("meeting", "call") for t in events) and len(report.people) < 3:
            # «в переговорах участвовал посол»: those just told
            told = self.current is not None and report.number - self.current.last_sentence <= 3
            if told or len(report.people) < 2:
                return bool(report.people) and told and self._join(self.current, report)
        if events:
            draft = report.draft()
            self.settings.fill(draft, report.clause, self.drafts)
            formal = report.type in ("session", "conference", "consultations")
            current = self.current
            if near and current is not None and current.type == draft.type and current.status == draft.status:
                alike = not draft.date or not current.date or draft.date == current.date
                if alike and report.people and not draft.place:  # «За подписанием наблюдал посол»
                    return self._join(current, report)
            loose = report.type in ("meeting", "other") and len(report.people) == 1 and not draft.date
            if near and current is not None and loose and not draft.place and current.status == draft.status:
                ceremony = next(
                    (d for d in reversed(self.drafts) if d.type in _CEREMONIES and d.status == "held"), None
                )
                told = ceremony if ceremony is not None and report.type == "other" else current
                return self._join(told, report)  # «При церемонии присутствовал посол»
            if self._known(draft) is None and (report.people or (formal and (draft.organizations or draft.states))):
                self._keep(draft)
                return True
        if not report.people:
            return False
        newer = pending is not None and (self.current is None or self.current.sentence <= pending.sentence)
        if pending is not None and newer and report.number - pending.sentence <= 2:
            self.pending = None
            self._keep(pending)
            return self._join(pending, report)
        if not near or self.current is None or self.current.status != report.status:
            return False
        return not self._is_elsewhere(report) and self._join(self.current, report)

    def _is_elsewhere(self, report: _Report) -> bool:
        """Whether a clause has a date, a place or a body of its own, which the encounter before had not."""
        draft, current = report.draft(), self.current
        self.settings.fill(draft, report.clause, self.drafts)
        if current is None:
            return True
        other_day = draft.date is not None and current.date is not None and draft.date != current.date
        other_place = draft.place is not None and current.place is not None and draft.place.ref != current.place.ref
        return other_day or other_place

    def _join(self, draft: Draft | None, report: _Report) -> bool:
        if draft is None:
            return False
        self._add(draft, report.people)
        draft.sentences.append(report.number)
        return True

    def _is_presence(self, report: _Report) -> bool:
        """«Разговор шел в присутствии председателя …»: one more at what was just told."""
        current = self.current
        if (
            current is None
            or len(report.people) != 1
            or report.type != "meeting"
            or report.group not in ("event", "with")
        ):
            return False
        present = starts_word(report.text, words("ru", "encounters")["presence"]["phrases"])
        return present and self._is_near(current, report.number) and report.status != "planned"

    def _leads_talks(self, report: _Report) -> bool:
        """«Переговоры вёл премьер …»: one more at the talks just told."""
        if report.group != "event" or len(report.people) != 1 or self.current is None:
            return False
        leads = any(w.low in verb_forms_of("lead") for w in report.words)
        alone = not any(a.case == "Ins" for a in report.actors)
        return leads and alone and self._is_near(self.current, report.number)

    def _leads_delegation(self, report: _Report) -> bool:
        """Who heads a ministry or a mission takes no part by that; who heads a delegation does."""
        tokens = report.part.sentence.words
        if not any(tokens[t.index].low.startswith("возглав") for t in report.triggers):
            return True
        around = tokens[max(0, report.clause.first - 6) : report.clause.end]
        stems = tuple(words("ru", "encounters")["delegation"]["stems"])
        named = any(w.low.startswith(stems) or w.low in ("ее", "их") for w in around)
        return named or any(e.kind == "demonym" for e in report.part.entities)

    def _is_near(self, draft: Draft, number: int) -> bool:
        """Whether the sentence still speaks of the encounter: the same paragraph, or the very next sentence."""
        return self._same_paragraph(draft, number) or number - draft.last_sentence <= 1

    def _goes_on(self, draft: Draft, number: int) -> bool:
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

    def _same_paragraph(self, draft: Draft, number: int) -> bool:
        return self.parts[draft.sentence].sentence.paragraph == self.parts[number].sentence.paragraph

    def _known(self, draft: Draft) -> Draft | None:
        """An earlier encounter of the article that this clause tells again."""
        current = self.current
        bare = not (draft.date or draft.place or draft.organizations)
        alike = current is not None and (current.type, current.status) == (draft.type, draft.status)
        if (
            current is not None
            and alike
            and bare
            and draft.type in FORMAL
            and self._same_paragraph(current, draft.sentence)
        ):
            return current  # «Заседание провели министры …» after «прошло заседание комиссии»
        for known in reversed(self.drafts) if draft.participants else ():
            same = known.status == draft.status and set(known.participants) == set(draft.participants)
            dates = not known.date or not draft.date or known.date == draft.date
            places = not known.place or not draft.place or known.place.ref == draft.place.ref
            if same and dates and places:
                return known
        return None

    def _foreign_bodies(self, draft: Draft, current: Draft | None) -> bool:
        """Whether a body is named that neither took part before nor employs who is named now."""
        known = {body.ref for body in current.organizations} if current else set()
        tokens = self.parts[draft.sentence].sentence.words
        return any(
            body.ref not in known and body.first and is_event_noun(tokens[body.first - 1].low)
            for body in draft.organizations
        )

    # --- a new encounter -------------------------------------------------------------------------------

    def _stands(self, draft: Draft, report: _Report) -> bool:
        """Whether what is named suffices for an encounter."""
        group, groups = report.group, report.groups
        personal = group in ("with", "receive", "call", "sign")
        if draft.status == "planned":
            if personal and draft.type == "meeting" and not draft.participants:
                return False
            set_down = draft.date or draft.place or draft.country or len(draft.participants) > 1
            return bool(set_down) and ("event" in groups or personal or group in ("visit", "together"))
        if len(draft.participants) >= 2:
            if group == "visit" and self._travel_together(report):
                return True
            if group == "event" and draft.type == "visit" and not groups & {"happen", "become", "stay"}:
                return draft.date is not None
            if group in ("become", "happen"):
                return bool(groups & {"event", "partner"}) or any(a.case == "Gen" for a in report.actors)
            return group != "visit" or "event" in groups or draft.type == "meeting"
        if group == "visit" or (draft.type == "visit" and groups & {"happen", "become", "stay"}):
            # «Кыргызстан посещает делегация Сейма»: a delegation too, where it is dated
            sides = draft.participants or (draft.date and draft.organizations and draft.states)
            return bool(sides and (draft.country or draft.place or (draft.participants and draft.organizations)))
        if (
            draft.type in ("session", "consultations", "conference")
            and any(t.type for t in report.triggers)
            and groups & {"happen", "become", "discuss"}
        ):
            return bool(draft.organizations or len(draft.states) >= 2 or draft.participants)
        if draft.type == "credentials":
            return bool(draft.participants) and len(draft.states) > 1
        if group == "sign" and len(draft.organizations) > 1 and not draft.participants:
            return True  # «Агентство и ведомство подписали меморандум»
        if len(draft.participants) == 1 and personal:
            aside = report.part.sentence.words[report.trigger.index].tag.verb_form == "Conv"
            press = starts_word(report.text, words("ru", "encounters")["afar"]["stems"])
            if aside or press:
                return False  # «пошутил он, беседуя с журналистами»
            return bool(draft.organizations) or (group in ("with", "receive") and _unnamed_partner(report.words))
        return False

    def _travel_together(self, report: _Report) -> bool:
        """«вместе с послом посетил завод»."""
        tokens = report.part.sentence.words
        subjects = [a for a in report.actors if a.case == "Nom" and a.named]  # «послы А и Б посетили завод»
        return len(subjects) > 1 or any(a.case == "Ins" and a.named and _is_with(tokens, a) for a in report.actors)

    def _open(self, draft: Draft, report: _Report) -> None:
        """Keep a draft, or one for each partner where the text tells of separate encounters."""
        tokens = report.part.sentence.words
        separate = self._are_separate(report.number)
        # «с министром … говорил о …, с ректором - о …»: each partner has a preposition of its own
        own = [a.person for a in report.actors if a.case == "Ins" and _is_with(tokens, a)]
        own = own or [a.person for a in report.actors if a.first and tokens[a.first - 1].low == "у"]
        partners = own if not self._are_several(report) else [a.person for a in report.actors if a.case == "Ins"]
        hubs = [person for person in draft.participants if person not in partners]
        separate = separate or (len(partners) > 1 and len(hubs) == 1)
        if len(hubs) == 1 and len(draft.participants) > 2 and self._are_several(report):
            separate = True  # «состоялись телефонные разговоры министра с А и Б»
        if not separate or len(draft.participants) < 3:
            return self._keep(draft)
        hub = hubs[0] if len(hubs) == 1 else draft.participants[0]
        for other in (person for person in draft.participants if person != hub):
            one = replace(
                draft, participants=[hub, other], organizations=list(draft.organizations), states=[], sentences=[]
            )
            self._add(one, [])
            self._keep(one)
        return None

    def _are_several(self, report: _Report) -> bool:
        tokens = report.part.sentence.words
        countable = forms_of("several")
        return any(
            t.group == "event" and tokens[t.index].low in countable and tokens[t.index].tag.number == "Plur"
            for t in report.triggers
        )

    def _are_separate(self, number: int) -> bool:
        text = " ".join(word.low for word in self.parts[number].sentence.words)
        return starts_word(text, words("ru", "encounters")["separate"]["stems"])

    def _keep(self, draft: Draft) -> None:
        visit = self.current
        same = (
            visit is not None and visit.type == "visit" and visit.sentence == draft.sentence and draft.type != "visit"
        )
        if visit is not None and same and set(visit.participants) <= set(draft.participants):
            # «посетил штаб-квартиру …, где встретился с …» is one encounter
            self.drafts.remove(visit)
            draft.organizations = visit.organizations + draft.organizations
            draft.fill_gaps(visit)
        self.drafts.append(draft)
        if draft.status == "held" or self.current is None or self.current.status == "planned":
            self.current = draft  # a plan told in passing does not end the talk

    # --- the end ---------------------------------------------------------------------------------------

    def finish(self) -> list[Draft]:
        """Drop visits whose encounters are told one by one; complete the settings of all."""
        kept = [draft for draft in self.drafts if not self._told_one_by_one(draft)]
        for draft in kept:
            if draft.type == "credentials" and draft.participants:
                # «верительные грамоты послов восьми стран»: those who are named further down
                envoys = [
                    i
                    for i, p in enumerate(self.cast.people)
                    if p.state in draft.states and any(q.lemma == "посол" for q in p.posts)
                ]
                draft.add_participants(envoys)
        self.settings.finish(self.drafts, self.scenes)
        return kept

    def _told_one_by_one(self, draft: Draft) -> bool:
        if draft.type != "visit" or draft.status != "held" or draft.date is not None:
            return False
        if any(set(d.participants) & set(draft.participants) and d.type != "visit" for d in self.drafts):
            self.left.append(Left(draft.sentence, draft.rule, "the encounters of the visit are told one by one"))
            return True
        return False


def _is_object(tokens: Sequence[Word], actor: Actor) -> bool:
    """Somebody in the accusative that no preposition and no noun governs; it looks like the genitive."""
    if actor.case not in ("Acc", "Gen"):
        return False
    return not actor.first or tokens[actor.first - 1].tag.pos not in ("ADP", "NOUN", "PROPN")


def _is_with(tokens: Sequence[Word], actor: Actor) -> bool:
    """«с министром», «со своей исландской коллегой»."""
    before = tokens[max(0, actor.first - 3) : actor.first]
    while before and before[-1].tag.pos in ("ADJ", "DET", "PRON"):
        before = before[:-1]
    return bool(before) and before[-1].low in ("с", "со")


def _comes_to_event(sentence: ParsedSentence, triggers: Sequence[Trigger]) -> bool:
    """«На встрече побывал также координатор», «На подписание пришли …»."""
    return any(
        t.group == "event" and t.index and sentence.words[t.index - 1].low in ("на", "при") and t.type != "visit"
        for t in triggers
    )


def _is_done(word: Word) -> bool:
    """A finite verb of a finished action: «осмотрел», «подписан»."""
    tag = word.tag
    finished = tag.aspect == "Perf" and tag.tense == "Past"
    return tag.pos == "VERB" and finished and (tag.verb_form == "Fin" or tag.variant == "Short")


def _unnamed_partner(tokens: Sequence[Word]) -> bool:
    """«побеседовал с руководителями фабрик»: the other side is people without a name."""
    for preposition, *following in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if preposition.low in ("с", "со") and any(
            w.tag.pos == "NOUN" and w.case == "Ins" and w.tag.animacy == "Anim" for w in following
        ):
            return True
    return False


def _before(tokens: Sequence[Word], actor: Actor) -> Sequence[Word]:
    """The two words before somebody, a possessive pronoun left out."""
    before = tokens[max(0, actor.first - 3) : actor.first]
    while before and before[-1].low in ("его", "ее", "их", "своего", "своей"):
        before = before[:-1]
    return before[-2:]


def _is_source(tokens: Sequence[Word], actor: Actor) -> bool:
    """«по словам его советницы …», «по приглашению президента …»."""
    said = " ".join(word.low for word in _before(tokens, actor))
    return said.endswith(tuple(words("ru", "encounters")["report"]["sources"]))


def _says(sentence: ParsedSentence, actor: Actor, trigger: Trigger) -> bool:
    """Whether the verb nearest to a subject is one of saying, and not the word of encounter itself."""
    ahead = takewhile(lambda word: word.text != ",", sentence.words[actor.end : actor.end + 7])
    after = [w for w in ahead if w.tag.pos == "VERB"]
    before = [w for w in sentence.words[max(0, actor.first - 4) : actor.first] if w.tag.pos == "VERB"]
    nearest = before[-1] if before and actor.first - before[-1].index <= 2 else after[0] if after else None
    return nearest is not None and nearest.low in verb_forms_of("report") and nearest.index != trigger.index
