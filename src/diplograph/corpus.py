"""records → what reports, dossiers and briefs draw on: names, counts of articles, meetings as entries of a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rdflib import Graph

from diplograph.network import count_articles, select_meetings
from diplograph.paper import Content, Link, Run
from diplograph.records import MeetingRecord, OfficialRecord, Quote, Records, label_of, read_records
from diplograph.wording import Language, checked, say


@dataclass(frozen=True)
class Corpus:
    """A graph read once."""

    records: Records
    language: Language = "en"  # of the words about it; names are as in the graph

    @classmethod
    def of(cls, graph: Graph | Records, *, language: Language = "en") -> Corpus:
        """Read a graph, to be told of in `language`.

        Raises:
            LanguageError: papers are not written in this language.
            RecordError: the graph breaks the contract, see `records.read_meetings`.
        """
        return cls(read_records(graph), checked(language))

    @cached_property
    def meetings(self) -> Mapping[str, MeetingRecord]:
        """All meetings by id."""
        return {meeting.id: meeting for meeting in self.records.meetings}

    @cached_property
    def officials(self) -> Mapping[str, OfficialRecord]:
        """All officials by id."""
        return {official.id: official for official in self.records.officials}

    @cached_property
    def held(self) -> tuple[MeetingRecord, ...]:
        """The meetings held, by date."""
        return by_date(select_meetings(self.records.meetings, status="held"))

    @cached_property
    def planned(self) -> tuple[MeetingRecord, ...]:
        """The meetings planned, by date."""
        return by_date(select_meetings(self.records.meetings, status="planned"))

    def name(self, thing: str) -> str:
        """The label of a thing, else the id without its kind."""
        return label_of(self.records.labels.get(thing), thing.partition("/")[2] or thing)

    def say(self, phrase: str, **filled: object) -> str:
        """See `wording.say`."""
        return say(phrase, self.language, **filled)

    def words(self, *phrases: str) -> tuple[str, ...]:
        """Several phrases, such as the header of a table."""
        return tuple(map(self.say, phrases))

    def topic(self, name: str) -> str:
        """A topic by its name in the vocabulary ("trade"), in Russian by its label."""
        return name if self.language == "en" else label_of(self.records.labels.get(f"topic/{name}"), name)

    def pair(self, one: str, other: str) -> str:
        """Two names as one text."""
        return self.say("{one} and {other}", one=one, other=other)

    def period(self, first: str, last: str) -> str:
        """A day, or the first and the last of several."""
        return first if first == last else self.say("{first} to {last}", first=first, last=last)

    def articles(self, meetings: Iterable[str]) -> int:
        """How many articles report these meetings."""
        return count_articles(self.meetings[meeting] for meeting in meetings)

    def acts_for(self, official: OfficialRecord) -> str:
        """The codes of the states and the names of the organisations that an official represents."""
        return ", ".join((*official.states, *map(self.name, official.organizations)))

    def entry(self, meeting: MeetingRecord, *, known: str = "") -> Content:
        """One meeting as an entry of a list, with the sentence it rests on; `known` is a party not to name again."""
        facts = [meeting.date or self.say("no date"), self.say(meeting.type)]
        if meeting.place or meeting.country:
            facts.append(self.name(meeting.place or f"state/{meeting.country}"))
        parties = [thing for thing in (*meeting.participants, *meeting.organizations) if thing != known]
        who = ", ".join(map(self.name, parties))
        others = [f"state/{code}" for code in meeting.states if f"state/{code}" != known]
        who = who or ", ".join(map(self.name, others)) or self.say("nobody named")
        return f"{', '.join(facts)}: {who}.", *self.receipt(meeting.quotes)

    def receipt(self, quotes: tuple[Quote, ...]) -> tuple[Run, ...]:
        """The first sentence that a statement rests on, and where it was read."""
        if not quotes:
            return (f" {self.say('No passage.')}",)
        first = quotes[0]
        return f" «{first.text}» (", Link(first.title or first.article, first.url), ")"


def by_date(meetings: Iterable[MeetingRecord]) -> tuple[MeetingRecord, ...]:
    """The meetings by date, then id; those without a date come first."""
    return tuple(sorted(meetings, key=lambda meeting: (meeting.date, meeting.id)))
