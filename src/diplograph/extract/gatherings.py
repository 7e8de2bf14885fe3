"""Those who join an event told before: they speak at it, attend it, preside over it, come to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from diplograph.extract.clauses import Clause
from diplograph.extract.document import Word
from diplograph.extract.drafts import Draft
from diplograph.extract.encounter_words import FORMAL, forms_of, honours, starts_word, verb_forms_of
from diplograph.extract.forms import fold
from diplograph.extract.narrative import Narrative
from diplograph.extract.parties import Parties
from diplograph.extract.reports import (
    Report,
)
from diplograph.lexicon import words

#: Types of events that «на церемонии» may mean.
CEREMONIES = frozenset(["other", "credentials", "signing"])


class Gatherings:
    """Reads who was at an event of several people, sentence after sentence."""

    def __init__(self, story: Narrative, parties: Parties) -> None:
        self.story = story
        self.parties = parties

    def speaks_there(self, number: int, clause: Clause) -> bool:
        """«Проект представил директор …», «слово брали …»: whoever speaks at the event just told took part in it."""
        event = self.story.event_near(number)
        if event is None:
            return False
        part = self.story.parts[number]
        said = part.sentence.words[clause.first : clause.end]
        text = self._text(number, clause)
        table = words("ru", "encounters")["speech"]
        opens = text.startswith(tuple(table["openings"])) or starts_word(text, table["phrases"])
        if not opens and not any(w.low in verb_forms_of("speech") and w.tag.tense != "Fut" for w in said):
            return False
        same = part.sentence.paragraph == self.story.parts[event.last_sentence].sentence.paragraph
        if not opens and not same and any(w.low in verb_forms_of("anywhere") for w in said):
            return False  # the next paragraph: «Председатель партии Б заявил, …»
        if not opens and event.type == "signing" and len(event.participants) > 1:
            return False  # «подписали соглашение. Посол А назвал его важным»: anywhere
        if starts_word(text, table["elsewhere"]) or any(w.low == "не" for w in said):
            return False
        shown = any(w.low in verb_forms_of("look") for w in part.sentence.words)
        if shown and starts_word(text, words("ru", "encounters")["guide"]["phrases"]):
            return False  # «делегация осмотрела депо, пояснения давал директор А»: there, and not at the signing
        if text.startswith(tuple(table["reported"])) or self._is_told_to_paper(said):
            return False  # «…, что за это отвечает министр А», «сказал "Ведомостям" эксперт Б»
        if self._is_of_another_day(event, number, clause):
            return False  # «Церемония прошла 5 апреля. Ещё 28 февраля президент предложил …»
        speakers = [
            a.person
            for a in self.story.cast.actors[number]
            if clause.first <= a.core < clause.end and a.case == "Nom" and not self._speaks_for_others(a.person)
        ]
        speakers += [p for p in self.story.pointers.posted(number, clause, self.story.drafts) if p not in speakers]
        if event is self.story.pending and event.type in ("meeting", "call") and not event.participants:
            named = [a for a in self.story.cast.actors[number] if clause.first <= a.core < clause.end]
            spoken_of = any(a.first and part.sentence.words[a.first - 1].tag.pos == "ADP" for a in named)
            two = len({a.person for a in named}) == 2 and not spoken_of
            if two and any(a.case == "Nom" for a in named):  # «Главы МИД провели переговоры. А поблагодарил Б»
                speakers = list(dict.fromkeys(a.person for a in named))
        if event.type in ("meeting", "call") and len(event.participants) == 1 and event is not self.story.pending:
            speakers = [p for p in speakers if self._is_of(p, event)]
        if set(speakers) <= set(event.participants) and event is self.story.pending and event.sentence == number:
            return False  # «провёл встречу с руководством палаты»: the other side has not spoken yet
        if not speakers or (text.startswith("как ") and not set(speakers) <= set(event.participants)):
            return False
        if event is self.story.pending:
            self.story.pending = None
            self.story.keep(event)
        self.story.add(event, speakers)
        event.sentences.append(number)
        return True

    def _is_told_to_paper(self, said: Sequence[Word]) -> bool:
        """«сказал “Ведомостям” по окончании историк»: a quoted name in the dative right after the verb."""
        return any(
            verb.low in verb_forms_of("speech") and opening.text in ("«", "“", '"') and name.case == "Dat"
            for verb, opening, name in zip(said, said[1:], said[2:], strict=False)
        )

    def opens_it(self, report: Report) -> bool:
        """«Форум прошёл в Осло. Открыли его А и Б»: they were at the event just told."""
        event = self.story.event_near(report.number)
        it = any(w.low in ("его", "ее", "их") and w.case in ("Acc", "Gen") for w in report.words)
        opens = report.part.sentence.words[report.trigger.index].low in verb_forms_of("opening_it")
        tour = self.story.tour
        guided = tour is not None and report.number - tour.last_sentence <= 1
        if guided and starts_word(report.text, words("ru", "encounters")["guide"]["phrases"]):
            return False  # «по цехам его провёл директор А»
        report = replace(report, actors=tuple(actor for actor in report.actors if actor.named))
        if event is None or not (it and opens and report.people) or event.type not in FORMAL | {"other"}:
            return False
        return self._begin(event, report) if event is self.story.pending else self.story.join(event, report)

    def _is_of_another_day(self, event: Draft, number: int, clause: Clause) -> bool:
        told = Draft("other", "held", "speech", number, clause)
        self.story.settings.timing.fill(told, self.story.parts[number], clause)
        return told.date is not None and event.date is not None and not event.date.contains(told.date)

    def belongs_to_delegation(self, number: int, clause: Clause) -> bool:
        """«В её составе депутаты А и Б»: more of the delegation just told."""
        current, text = self.story.current, self._text(number, clause)
        if current is None or number - current.last_sentence > 1 or current.status == "planned":
            return False
        told = any(w.low.startswith("делегаци") for w in self.story.parts[current.sentence].sentence.words)
        if not (told or current.type == "visit") or not text.startswith(
            tuple(words("ru", "encounters")["members"]["openings"])
        ):
            return False
        return self._join_subjects(current, number, clause)

    def shows_it(self, report: Report) -> bool:
        """«осмотрел завод. Производство гостю показал директор»: at the tour just told, not at another encounter."""
        tour = self.story.tour
        shows = any(w.low in verb_forms_of("showing") for w in report.words)
        if tour is None or report.group != "tell" or not shows or report.number - tour.last_sentence > 1:
            return False
        told = not any(w.low.startswith("пока") for w in report.words)
        if told and tour.place is not None and not tour.organizations:
            return False  # «В Риге побывал посол. Мэр рассказал гостю о порте»: the mayor received him
        guests = {a.person for a in report.actors if not a.named}
        guides = [a for a in report.actors if a.named and a.case == "Nom"]
        if not guests or not guides or not guests <= set(tour.participants) or report.status == "planned":
            return False
        if tour not in self.story.drafts:
            self.story.keep(tour)
        return self.story.join(tour, report)

    def guides_there(self, number: int, clause: Clause) -> bool:
        """«Пояснения давал директор …»: whoever shows a place to its visitor is there with him."""
        tour, text = self.story.tour, self._text(number, clause)
        if tour is None or number - tour.last_sentence > 1:
            return False
        if not starts_word(text, words("ru", "encounters")["guide"]["phrases"]):
            return False
        known = tour in self.story.drafts
        if not self._join_subjects(tour, number, clause):
            return False
        if not known:
            self.story.keep(tour)
        return True

    def _join_subjects(self, draft: Draft, number: int, clause: Clause) -> bool:
        """Those named in the nominative took part too; False where nobody is."""
        people = [
            a.person
            for a in self.story.cast.actors[number]
            if clause.first <= a.core < clause.end and a.case == "Nom" and a.named
        ]
        if not people or set(people) <= set(draft.participants):
            return False
        self.story.add(draft, people)
        draft.sentences.append(number)
        return True

    def _text(self, number: int, clause: Clause) -> str:
        """A clause, folded."""
        sentence = self.story.parts[number].sentence
        return fold(self.story.document.quote(sentence.span_of(clause.first, clause.end)))

    def _is_of(self, person: int, event: Draft) -> bool:
        """Whether somebody holds a post in a body that the encounter was with."""
        bodies = {body.ref for body in event.organizations}
        return any(p.within is not None and p.within.ref in bodies for p in self.story.cast.people[person].posts)

    def _speaks_for_others(self, person: int) -> bool:
        """A spokesman tells the news; he was not there by that."""
        return any(
            post.title.lower().startswith(tuple(words("ru", "encounters")["speech"]["spokesmen"]))
            for post in self.story.cast.people[person].posts
        )

    def attend(self, report: Report) -> bool:
        """«принял участие в сессии», «делегацию возглавил»: an event of its own, or one told before."""
        if not self._leads_delegation(report):
            return False
        story = self.story
        pending, current = story.pending, story.current
        if current is not None and self._only_travels(report, current):
            return story.leave(report, "of a delegation, not said to have been there")
        events = [t for t in report.triggers if t.group == "event"]
        other = pending is not None and any(t.type not in (None, pending.type) for t in events)
        if pending is not None and pending.sentence == report.number and report.people and not other:
            return self._begin(pending, report)  # «провела приём, в котором участвовали …»
        visit = self._accompanied(report)
        if visit is not None:
            return bool(report.people) and story.join(visit, report)
        if self._accompanies_another(report):
            return False
        meant = self._told_with(report) if events else None
        named = [actor for actor in report.actors if actor.named]
        if meant is not None and len(named) > (report.type not in ("signing", "meeting", "call")):
            return story.join(meant, report)
        if events and all(t.type in ("meeting", "call") for t in events) and len(report.people) < 3:
            # «в переговорах участвовал посол»: those just told
            told = current is not None and report.number - current.last_sentence <= 3
            if not self._is_of_others(report) and (told or len(report.people) < 2):
                return bool(report.people) and told and story.join(current, report)
        newer = pending is not None and (current is None or current.sentence <= pending.sentence)
        gathered = pending is not None and pending.type in FORMAL | {"other"}
        same = pending is not None and newer and gathered and report.number - pending.sentence <= 1
        if pending is not None and same and events and not other and report.people and _is_bare(report):
            return self._begin(pending, report)  # «А открыл форум. В форуме участвовали …»
        if events and (opened := self._attend_event(report)) is not None:
            return opened
        if not report.people:
            return False
        ahead = story.drafts[-1] if story.drafts else None
        if (
            ahead is not None
            and report.status == ahead.status == "planned"
            and report.number - ahead.last_sentence == 1
        ):
            return ahead.type in FORMAL and story.join(ahead, report)  # «Заседание пройдёт 29 мая. На нём выступит …»
        if pending is not None and newer and report.number - pending.sentence <= 2:
            return self._begin(pending, report)
        if current is None or current.status != report.status or not story.is_near(current, report.number):
            return False
        if current.rule.startswith(("tell", "greet")):
            return False  # «показал гостю порт. Эстонию представлял А»: there, but not at that
        speaks = report.part.sentence.words[report.trigger.index].low.startswith("выступ")
        role = any(w.low in forms_of("attendance") and w.case == "Ins" for w in report.words)
        if speaks and not (events or role) and current.type in ("meeting", "call"):
            return False  # «созвонилась с комиссаром. Премьер, выступая перед однопартийцами, …»
        return not self._is_elsewhere(report) and story.join(current, report)

    def comes_there(self, report: Report) -> bool:
        """«Пришли министр и посол» after «прошёл приём»: no other place is told."""
        event = self.story.event_near(report.number)
        if event is None or event.type not in CEREMONIES | FORMAL or report.status == "planned":
            return False
        if event.type in FORMAL and not event.participants and len(report.people) > 1:
            return report.number - event.sentence <= 1  # «Заседание прошло 16 июля. Во дворец прибыли А, Б и В»
        taken = {i for actor in report.actors for i in range(actor.first, actor.end)}
        return not any(w.tag.pos == "ADP" and w.index not in taken for w in report.words)

    def _is_of_others(self, report: Report) -> bool:
        """«участвовала во встрече глав диппредставительств»: an event of its own, not the one just told."""
        ends = [t.end for t in report.triggers if t.group == "event"]
        return any(post.plural and post.first in ends for post in report.part.posts)

    def _only_travels(self, report: Report, current: Draft) -> bool:
        """«В состав делегации вошли …»: members of a delegation that the meeting just told did not name."""
        member = starts_word(report.text, words("ru", "encounters")["member"]["phrases"])
        told = any(w.low.startswith("делегаци") for w in self.story.parts[current.sentence].sentence.words)
        return member and current.type == "meeting" and not told

    def _begin(self, pending: Draft, report: Report) -> bool:
        """The event that waited for a name has one now."""
        self.story.pending = None
        self.story.keep(pending)
        return self.story.join(pending, report)

    def _accompanied(self, report: Report) -> Draft | None:
        """«В поездке министра сопровождали …»: his visit, or the one just told."""
        if not any(w.low in verb_forms_of("accompany") for w in report.words):
            return None
        visit = next((d for d in reversed(self.story.drafts) if d.type == "visit"), None)
        if visit is None or not (set(report.people) & set(visit.participants) or visit is self.story.current):
            return None
        return visit

    def _accompanies_another(self, report: Report) -> bool:
        """«Супругу президента сопровождала А»: somebody who was not at the encounter just told."""
        accompanies = any(w.low in verb_forms_of("accompany") for w in report.words)
        led = [a.person for a in report.actors if a.case == "Acc" and a.named]
        there = self.story.current.participants if self.story.current is not None else []
        return accompanies and bool(led) and not set(led) & set(there)

    def _attend_event(self, report: Report) -> bool | None:
        """Join the event that a clause names, or open it; None where it is no event of its own."""
        story, current = self.story, self.story.current
        draft = report.draft()
        story.settings.fill(draft, report.clause, story.drafts)
        near = current is not None and story.is_near(current, report.number)
        if near and current is not None and current.status == draft.status and not _has_other_place(draft, current):
            alike = not draft.date or not current.date or draft.date == current.date
            if current.type == draft.type and alike and report.people:  # «За подписанием наблюдал посол»
                return story.join(current, report)
            if current.type == draft.type and alike and not draft.organizations:  # «Выступая на сессии, …»
                current.sentences.append(report.number)
                return True
            told = len(report.people) == 1 or (report.people and _is_bare(report))
            if report.type in ("meeting", "other") and told and not draft.date:
                return story.join(self._ceremony(report) or current, report)  # «При церемонии присутствовал посол»
        formal = report.type in ("session", "conference", "consultations")
        if story.known(draft) is None and (report.people or (formal and (draft.organizations or draft.states))):
            story.keep(draft)
            return True
        return None

    def _told_with(self, report: Report) -> Draft | None:
        """«Во встрече с президентом участвовали …», «На подписании присутствовали …»: which one is meant."""
        held = [draft for draft in self.story.drafts if draft.status == "held"]
        meant = [a.person for a in report.actors if a.case == "Ins" and not a.named]
        if meant and report.type in ("meeting", "call"):
            return next((d for d in reversed(held) if meant[0] in d.participants), None)
        if report.type in ("signing", "session", "conference") and _is_bare(report):
            return next((d for d in reversed(held) if d.type == report.type), None)
        return None

    def _ceremony(self, report: Report) -> Draft | None:
        """What «церемония» means: the last one told."""
        if report.type != "other":
            return None
        held = (d for d in reversed(self.story.drafts) if d.type in CEREMONIES and d.status == "held")
        return next(held, None)

    def _is_elsewhere(self, report: Report) -> bool:
        """Whether a clause has a date, a place or a body of its own, which the encounter before had not."""
        draft, current = report.draft(), self.story.current
        self.story.settings.fill(draft, report.clause, self.story.drafts)
        if current is None:
            return True
        other_day = draft.date is not None and current.date is not None and draft.date != current.date
        other_place = draft.place is not None and current.place is not None and draft.place.ref != current.place.ref
        return other_day or other_place

    def is_presence(self, report: Report) -> bool:
        """«Разговор шел в присутствии председателя …»: one more at what was just told."""
        current = self.story.current
        if (
            current is None
            or len(report.people) != 1
            or report.type not in ("meeting", "other", "signing")
            or report.group not in ("event", "with")
        ):
            return False
        present = starts_word(report.text, words("ru", "encounters")["presence"]["phrases"])
        return present and self.story.is_near(current, report.number) and report.status != "planned"

    def leads_talks(self, report: Report) -> bool:
        """«Переговоры вёл премьер …»: one more at the talks just told."""
        if report.group != "event" or len(report.people) != 1 or self.story.current is None:
            return False
        leads = any(w.low in verb_forms_of("lead") for w in report.words)
        alone = not any(a.case == "Ins" for a in report.actors)
        return leads and alone and self.story.is_near(self.story.current, report.number)

    def _leads_delegation(self, report: Report) -> bool:
        """Who heads a ministry or a mission takes no part by that; who heads a delegation does."""
        tokens = report.part.sentence.words
        if not any(tokens[t.index].low.startswith("возглав") for t in report.triggers):
            return True
        around = tokens[max(0, report.clause.first - 6) : report.clause.end]
        stems = tuple(words("ru", "encounters")["delegation"]["stems"])
        named = any(w.low.startswith(stems) or w.low in ("ее", "их") for w in around)
        return named or any(e.kind == "demonym" for e in report.part.entities)

    def hosts_there(self, number: int, clause: Clause) -> bool:
        """«побывал в Тэгу, где ректор … предложила ему …»: the visit was to the one who acts there."""
        visit = self.story.current
        opening = self.story.parts[number].sentence.words[clause.first].low
        if visit is None or visit.type != "visit" or visit.sentence != number or opening != "где":
            return False
        hosts = [
            a.person
            for a in self.story.cast.actors[number]
            if clause.first <= a.core < clause.end and a.case == "Nom" and a.named
        ]
        if not hosts or not visit.participants or set(hosts) & set(visit.participants):
            return False
        if any(w.tag.tense == "Fut" for w in self.story.parts[number].sentence.words[clause.first : clause.end]):
            return False
        visit.type = "meeting"
        self.story.add(visit, hosts)
        return True

    def _is_joined(self, report: Report) -> bool:
        """«возложила венок; к ней присоединились мэр А и консул Б»: the sentence goes on with who did it too."""
        following = report.part.sentence.words[report.clause.end :]
        return any(word.low.startswith("присоедин") for word in following)

    def set_scene(self, report: Report) -> None:
        """«На совещании председателей судов обсуждено …»: an event of its own once somebody is said to be there."""
        formal = report.type in FORMAL or report.group in ("opening", "gather") or report.type == "credentials"
        gives = report.group == "event" and bool(report.groups & {"together", "happen", "attend"})
        meal = any(report.part.sentence.words[t.index].low in honours() for t in report.triggers)
        formal = formal or (gives and (report.type == "other" or meal))
        # «дал приём», «открыл форум»: the host is named, the guests follow
        alone = report.group == "gather" or report.type == "credentials" or (gives and _is_of_host(report))
        joined = report.group == "together" and len(report.people) == 1 and self._is_joined(report)
        formal, alone = formal or joined, alone or joined
        if report.status == "planned" or not formal or len(report.people) > alone:
            return
        draft = report.draft()
        self.story.settings.fill(draft, report.clause, self.story.drafts)
        self.story.pending = draft


def _has_other_place(draft: Draft, current: Draft) -> bool:
    return draft.place is not None and (current.place is None or draft.place.ref != current.place.ref)


def _is_bare(report: Report) -> bool:
    """«На церемонии присутствовали …»: an event without a word on which, so one told before."""
    tokens = report.part.sentence.words
    events = [t for t in report.triggers if t.group == "event"]
    return all(t.end < len(tokens) and tokens[t.end].tag.pos in ("VERB", "AUX", "PUNCT", "PART") for t in events)


def _is_of_host(report: Report) -> bool:
    """«Форум открыл президент»: the only one named is the subject."""
    return len(report.actors) == 1 and report.actors[0].case == "Nom"
