"""graph → event rows in the style of PLOVER, as political scientists know them from POLECAT.

PLOVER codes meetings as ``CONSULT`` with a mode; a meeting that is only planned is an agreement to meet, ``AGREE``.
Its events run from an actor to a recipient; a meeting has no direction, so each pair of sides has one row, the actor
being the side whose country code, then name, comes first. Columns and their names are those of POLECAT that a press
release can fill; context scores and actor sectors of its models are left out, and what we add (topics, receipts)
stands at the end.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from rdflib import Graph

from diplograph.records import MeetingRecord, OfficialRecord, Records, label_of, read_records

COLUMNS = (
    *("Event ID", "Event Date", "Event Type", "Event Mode"),
    *("Actor Name", "Actor Title", "Actor Country", "Recipient Name", "Recipient Title", "Recipient Country"),
    *("Placename", "Country", "Publication Date", "Source", "Language"),
    *("Date Basis", "Topics", "Confidence", "Articles", "Quote", "URL"),
)

Mode = Literal["visit", "third-party", "multilateral", "phone", ""]
#: The modes of CONSULT that the kind of a meeting decides; for the others the place and the sides do.
_MODES: Mapping[str, Mode] = {
    "call": "phone",
    "visit": "visit",
    "session": "multilateral",
    "conference": "multilateral",
}


@dataclass(frozen=True, slots=True, order=True)
class _Side:
    """Who acts for one state or organisation in a meeting."""

    country: str
    names: tuple[str, ...]
    titles: tuple[str, ...] = ()


def event_rows(graph: Graph | Records) -> list[dict[str, str]]:
    """One row a pair of sides of a meeting, by date, then id, then sides; a meeting with one side has a row too.

    A side is all who represent one state, or one organisation; a state that is involved without anybody named is a
    side with the name of the state. Names and titles of a side are joined by ``; ``.

    Raises:
        RecordError: the graph breaks the contract, see `records.read_meetings`.
    """
    records = read_records(graph)
    officials = {official.id: official for official in records.officials}
    rows = []
    for meeting in sorted(records.meetings, key=lambda meeting: (meeting.date, meeting.id)):
        sides = _sides(records, meeting, officials)
        pairs = list(combinations(sides, 2)) or [(side, _Side("", ())) for side in sides] or [(_Side("", ()),) * 2]
        for number, (actor, recipient) in enumerate(pairs, 1):
            rows.append(_row(records, meeting, number, actor, recipient, len(sides)))
    return rows


def plover(graph: Graph | Records) -> bytes:
    """The `event_rows` as tab-separated UTF-8 text with a header line; tabs and line ends in a cell become blanks."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS, delimiter="\t", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: " ".join(cell.split()) for name, cell in row.items()} for row in event_rows(graph))
    return buffer.getvalue().encode()


def _sides(records: Records, meeting: MeetingRecord, officials: Mapping[str, OfficialRecord]) -> list[_Side]:
    acting: dict[str, list[OfficialRecord]] = defaultdict(list)
    people = [officials[who] for who in meeting.participants if who in officials]
    for official in people:
        bodies = (*(f"state/{code}" for code in official.states), *official.organizations)
        acting[bodies[0] if bodies else ""].append(official)
    for code in meeting.states:
        acting.setdefault(f"state/{code}", [])
    employers = {tenure.within for official in people for tenure in official.tenures}
    for body in meeting.organizations:
        # A ministry is no side of its own beside its state or its minister.
        if body not in employers and not set(records.owners.get(body, ())) & set(meeting.states):
            acting.setdefault(body, [])
    return sorted(_side(records, body, those) for body, those in acting.items())


def _side(records: Records, body: str, people: list[OfficialRecord]) -> _Side:
    country = body.removeprefix("state/") if body.startswith("state/") else ""
    if not country:
        country = next(iter(records.owners.get(body, ())), "")
    names = tuple(label_of(official.labels, official.id) for official in people)
    titles = tuple(dict.fromkeys(title for official in people for title in official.posts[:1]))
    return _Side(country, names or (label_of(records.labels.get(body), body),), titles)


def _mode(meeting: MeetingRecord, sides: int) -> Mode:
    if meeting.type in _MODES:
        return _MODES[meeting.type]
    if sides > 2:
        return "multilateral"
    if not meeting.country or not meeting.states:
        return ""
    return "visit" if meeting.country in meeting.states else "third-party"


def _row(
    records: Records, meeting: MeetingRecord, number: int, actor: _Side, recipient: _Side, sides: int
) -> dict[str, str]:
    first = meeting.quotes[0] if meeting.quotes else None
    held = meeting.status == "held"
    return {
        "Event ID": f"{meeting.id.partition('/')[2]}-{number}",
        "Event Date": meeting.date,
        "Event Type": "CONSULT" if held else "AGREE",
        "Event Mode": _mode(meeting, sides) if held else "meet",
        "Actor Name": "; ".join(actor.names),
        "Actor Title": "; ".join(actor.titles),
        "Actor Country": actor.country,
        "Recipient Name": "; ".join(recipient.names),
        "Recipient Title": "; ".join(recipient.titles),
        "Recipient Country": recipient.country,
        "Placename": label_of(records.labels.get(meeting.place), "") if meeting.place else "",
        "Country": meeting.country,
        "Publication Date": first.published if first else "",
        "Source": first.publisher if first else "",
        "Language": first.language if first else "",
        "Date Basis": meeting.date_basis or "",
        "Topics": "; ".join(meeting.topics),
        "Confidence": f"{meeting.confidence:.2f}",
        "Articles": str(len(meeting.articles)),
        "Quote": first.text if first else "",
        "URL": first.url if first else "",
    }
