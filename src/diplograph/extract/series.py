"""A series of encounters told one after another: «принял трёх посетителей. Первым вошёл А. За ним – Б»."""

from __future__ import annotations

from dataclasses import replace

from diplograph.extract.clauses import Clause
from diplograph.extract.drafts import Draft, Left
from diplograph.extract.encounter_words import starts_word
from diplograph.extract.forms import fold
from diplograph.extract.narrative import Narrative
from diplograph.extract.officials import Actor
from diplograph.extract.reports import Report, in_participial, is_source
from diplograph.lexicon import words

#: How many sentences after the last one the series may go on.
_REACH = 2


class Series:
    """Reads who came one after another to somebody who is said to have met several people."""

    def __init__(self, story: Narrative) -> None:
        self.story = story
        self.draft: Draft | None = None  # the sentence that announces the series; its only participant met each of them
        self.told = False
        self._last = 0

    def begin(self, report: Report, draft: Draft) -> None:
        """Remember a report of several encounters with people who are not named: «переговорил с пятью коллегами»."""
        talks = report.group in ("with", "receive", "call") or (report.group == "event" and "happen" in report.groups)
        low = [w.low for w in report.words]
        table = words("ru", "scenes")["series"]
        counted = any(w in table["counts"] for w in low) and any(w.startswith(tuple(table["of"])) for w in low)
        if talks and counted and report.status == "held" and len(draft.participants) == 1:
            self.draft, self.told, self._last = draft, False, report.number

    def goes_on(self, number: int, clause: Clause) -> bool:
        """«Следующим был посол Б»: one more of the series, opened as an encounter of its own."""
        series = self.draft
        if series is None or number == series.sentence or number - self._last > _REACH:
            return False
        part = self.story.parts[number]
        text = fold(self.story.document.quote(part.sentence.span_of(clause.first, clause.end)))
        table = words("ru", "scenes")["one_after_another"]
        listed = starts_word(text[:12], table["lists"])
        if not (listed or text.startswith(tuple(table["openings"]))) or starts_word(text, table["not"]):
            return False
        comers = [a for a in self._named(number, clause) if a.person not in series.participants]
        if not comers or (len(comers) > 1 and not listed):
            return False
        for person in dict.fromkeys(actor.person for actor in comers):
            one = replace(
                series,
                participants=[*series.participants, person],
                rule=f"series: {text.split()[0]}",
                sentence=number,
                clause=clause,
                organizations=[],
                states=[],
                sentences=[],
                inferred=1,
            )
            told = replace(one, date=None, end_date=None, place=None, country=None)
            self.story.settings.fill(told, clause, self.story.drafts)
            one.organizations = list(told.organizations)
            if told.date is not None:
                one.date, one.end_date = told.date, told.end_date
            if told.place is not None or told.country is not None:
                one.take_place(told)
            self.story.add(one, [])
            self.story.keep(one)
        self.told, self._last = True, number
        return True

    def finish(self) -> None:
        """The announcement of a series that was told one by one is no encounter of its own."""
        series = self.draft
        if self.told and series is not None and series in self.story.drafts:
            self.story.drafts.remove(series)
            self.story.left.append(Left(series.sentence, series.rule, "the encounters are told one by one"))

    def _named(self, number: int, clause: Clause) -> list[Actor]:
        """Those whom the clause names as its subjects."""
        sentence = self.story.parts[number].sentence
        return [
            actor
            for actor in self.story.cast.actors[number]
            if clause.first <= actor.core < clause.end
            and actor.named
            and actor.case in ("Nom", None)
            and not in_participial(sentence, actor)
            and not is_source(sentence.words, actor)
        ]
