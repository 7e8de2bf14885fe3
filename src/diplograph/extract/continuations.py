"""More of an encounter that was told before: «В ходе встречи …», «Встреча прошла в Риге», «…, а днём позже – Б»."""

from __future__ import annotations

from dataclasses import replace

from diplograph.extract.clauses import Clause
from diplograph.extract.drafts import Draft
from diplograph.extract.encounter_words import FORMAL, starts_word
from diplograph.extract.narrative import Narrative
from diplograph.extract.parties import Parties
from diplograph.extract.reports import BEEN, Report, is_with, was_there
from diplograph.extract.separations import Separations
from diplograph.extract.triggers import is_another, is_relative, points_back
from diplograph.lexicon import words


class Continuations:
    """Reads the clauses that go on with the encounter just told, and open none of their own."""

    def __init__(self, story: Narrative, parties: Parties, separations: Separations) -> None:
        self.story = story
        self.parties = parties
        self.separations = separations

    def goes_on(self, report: Report) -> bool:
        """Whether a report tells more of the encounter just told: «В ходе встречи обсудили …», «подписан протокол»."""
        return self._is_continuation(report) or self._is_signing_inside(report) or self._is_same_talk(report)

    def add(self, report: Report) -> bool:
        """Add what such a report says; False where nothing was told before."""
        if self.story.current is None:
            return False
        if self.story.current.sentence == report.number:
            bodies = self.story.settings.bodies(report.part, report.clause, report.people)
            self.story.current.organizations += [b for b in bodies if b not in self.story.current.organizations]
            fresh = [p for p in report.people if p not in self.story.current.participants]
            if fresh and len(self.story.current.participants) == 2 and self.separations.are_separate(report.number):
                for person in fresh:  # «отдельные беседы с А, с которым …, и с Б»
                    self.story.keep(
                        replace(
                            self.story.current, participants=[self.story.current.participants[0], person], states=[]
                        )
                    )
                    self.story.add(self.story.drafts[-1], [])
                return True
            self.story.add(self.story.current, report.people)
            return True
        if report.group == "attend" or starts_word(report.text, ("присутств", "участи")) or was_there(report):
            self.story.add(self.story.current, report.people)
        if report.type == "call" and self.story.current.type == "meeting":
            self.story.current.type = "call"  # «При разговоре, который проходил по видеосвязи, …»
        self.story.current.sentences.append(report.number)
        return True

    def tells_more(self, draft: Draft, report: Report) -> bool:
        """«Встреча состоялась 14 марта в Риге»: when and where the encounter just told was."""
        current = self.story.current
        alike = current is not None and draft.type in (current.type, "call")
        if current is None or not alike or draft.participants or draft.status != current.status:
            return False
        if not {"event", "happen"} <= report.groups or not self.story.is_near(current, report.number):
            return False
        if draft.organizations or draft.states or (current.date and draft.date) or (current.place and draft.place):
            return False
        if is_another(report.part.sentence, report.triggers):
            return False
        if report.type == "call":
            current.type = "call"  # «Встреча прошла в режиме видеоконференции»
        current.fill_gaps(draft)
        current.sentences.append(report.number)
        return True

    def is_by_phone(self, report: Report) -> bool:
        """«провёл два телефонных разговора. Сначала …», «Аналогичная беседа …»: a call like that just told."""
        scene = self.story.scenes[-1] if self.story.scenes else None
        if scene is not None and scene.type == "call" and report.number - scene.sentence <= 2:
            return True
        current = self.story.current
        if current is None or current.type != "call" or report.group != "event":
            return False
        return starts_word(report.text, words("ru", "encounters")["alike"]["stems"])

    def read_ellipsis(self, number: int, clause: Clause, before: Draft) -> bool:
        """«…, а днём позже в Каире — Б»: the same again with another partner, at another time or place."""
        actors = [a for a in self.story.cast.actors[number] if clause.first <= a.core < clause.end]
        if not actors:
            return False
        there = {
            a.person
            for a in self.story.cast.actors[number]
            if before.clause.first <= a.core < before.clause.end and a.named
        }
        hub = [p for p in before.participants if p not in there] or before.participants[:1]
        partners = list(dict.fromkeys(a.person for a in actors))
        for group in [[p] for p in partners] if self.separations.are_separate(number) else [partners]:
            people = list(dict.fromkeys([*hub, *group]))
            draft = Draft(before.type, before.status, before.rule, number, clause, people)
            self.story.settings.fill(draft, clause, self.story.drafts)
            draft.country = draft.country or before.country
            self.story.keep(draft)
        return True

    def _is_continuation(self, report: Report) -> bool:
        """«В ходе встречи …», or a relative clause of the sentence that has just opened an encounter."""
        if (
            self.story.current is not None
            and self.story.current.sentence == report.number
            and is_relative(report.part.sentence, report.clause)
        ):
            return report.group in ("event", "become", "attend")
        if self._is_other_pair(report) or self.parties.pair_after_talks(report):
            return False
        if report.group not in ("event", "attend", "discuss") or not points_back(report.part.sentence, report.triggers):
            return False
        current = self.story.current
        if report.group == "attend" and (current is None or report.type == "other" or current.status != report.status):
            return False  # «На церемонии присутствовала …»: the ceremony may be one told before
        if report.group == "attend" and current is not None and report.type in FORMAL and report.type != current.type:
            return False  # «В Женеве посол председательствовал на заседании»
        aside = self.story.current is not None and (
            self.story.current.type in FORMAL or self.story.current.type == "visit"
        )
        if aside and report.group == "discuss" and any(a.case == "Ins" for a in report.actors):
            return False  # «На полях сессии министр обсудил с директором …»
        if self.story.current is None and report.type in FORMAL and report.group != "attend":
            return False  # «На совещании … обсуждено …» at the beginning of a text
        fresh = set(report.people) - set(self.story.current.participants if self.story.current else ())
        return report.group == "attend" or not fresh or len(report.people) < 2

    def _is_other_pair(self, report: Report) -> bool:
        """«Оба были на переговорах с премьером А»: an encounter with somebody who was not at the one just told."""
        current, tokens = self.story.current, report.part.sentence.words
        there = current.participants if current is not None else []
        been = any(tokens[t.index].low in BEEN for t in report.triggers) and report.group == "event"
        return been and any(a.case == "Ins" and is_with(tokens, a) and a.person not in there for a in report.actors)

    def _is_same_talk(self, report: Report) -> bool:
        """«… встретились с А, у которого попросили …»: what was said there, in the same sentence."""
        current = self.story.current
        return (
            current is not None
            and current.sentence == report.number
            and report.group in ("tell", "discuss")
            and len(current.participants) > 2
            and set(report.people) <= set(current.participants)
            and report.clause.first > current.clause.first
        )

    def _is_signing_inside(self, report: Report) -> bool:
        """«По завершении заседания подписан протокол»: part of the encounter just told."""
        current = self.story.current
        if current is None or report.type != "signing" or report.people or report.status == "planned":
            return False
        occasion = starts_word(report.text, words("ru", "encounters")["inside"]["phrases"])
        return (report.group == "sign" or occasion) and self.story.is_near(current, report.number)
