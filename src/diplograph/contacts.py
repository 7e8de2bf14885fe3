"""records → contacts: who met for the first time of late, and who again after a long silence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import networkx as nx
from rdflib import Graph

from diplograph.network import NetworkKind, network
from diplograph.records import MeetingRecord, Records, label_of, read_records
from diplograph.rows import Rows

#: What counts as of late, and what as a long silence, in days.
LATE = 30
SILENCE = 180


@dataclass(frozen=True, slots=True)
class Contact:
    """A pair that met of late for the first time in these articles, or again after a silence."""

    kind: Literal["new", "renewed"]
    a: str
    b: str
    a_name: str
    b_name: str
    date: str  # of the first meeting of late
    before: str  # the last day they had met before, "" for new ones
    meetings: int  # of the pair, in all
    articles: int
    evidence: tuple[str, ...]  # ids of the meetings of late, sorted


def contacts(
    graph: Graph | Records, *, kind: NetworkKind = "states", late: int = LATE, silence: int = SILENCE
) -> Rows[Contact]:
    """New and renewed contacts among the meetings held: new ones first, then by date and ids.

    Of late are the last `late` days up to the last meeting dated to the day; a contact is new where the pair has no
    earlier meeting in the graph, renewed where the one before is at least `silence` days older. Meetings not dated to
    the day prove no silence and no first: a pair that has one is left out.
    """
    records = read_records(graph)
    return contacts_of(records, network(records, kind=kind), late=late, silence=silence)


def contacts_of(records: Records, ties: nx.Graph[str], *, late: int = LATE, silence: int = SILENCE) -> Rows[Contact]:
    """The `contacts` in a network of the records."""
    held = {meeting.id: meeting for meeting in records.meetings if meeting.status == "held"}
    days = [day for meeting in held.values() if (day := _day(meeting))]
    if not days:
        return Rows()
    begin = max(days) - timedelta(days=late - 1)
    found = []
    for a, b, data in ties.edges(data=True):
        together = [held[meeting] for meeting in data["evidence"] if meeting in held]
        dated = sorted((day, meeting.id) for meeting in together if (day := _day(meeting)))
        if not dated or len(dated) < len(together):
            continue
        recent = [(day, meeting) for day, meeting in dated if day >= begin]
        earlier = [day for day, _ in dated if day < begin]
        if not recent or (earlier and (recent[0][0] - earlier[-1]).days < silence):
            continue
        found.append(
            Contact(
                kind="renewed" if earlier else "new",
                a=a,
                b=b,
                a_name=label_of(records.labels.get(a), a),
                b_name=label_of(records.labels.get(b), b),
                date=str(recent[0][0]),
                before=str(earlier[-1]) if earlier else "",
                meetings=data["meetings"],
                articles=data["articles"],
                evidence=tuple(sorted(meeting for _, meeting in recent)),
            )
        )
    return Rows(sorted(found, key=lambda contact: (contact.kind, contact.date, contact.a, contact.b)))


def late_period(meetings: Iterable[MeetingRecord], *, late: int = LATE) -> tuple[str, str] | None:
    """The first and the last day that count as of late; None where no meeting held is dated to the day."""
    days = [day for meeting in meetings if meeting.status == "held" and (day := _day(meeting))]
    return (str(max(days) - timedelta(days=late - 1)), str(max(days))) if days else None


def _day(meeting: MeetingRecord) -> date | None:
    return date.fromisoformat(meeting.date) if len(meeting.date) == 10 else None
