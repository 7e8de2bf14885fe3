"""graph → tables: meetings, officials and pairs as rows of plain values, and as data frames.

The same rows go into the CSV files, the Parquet files and the data frames of pandas and polars.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from rdflib import Graph

from diplograph.frames import FrameLibrary, frame
from diplograph.network import NetworkKind, StatusChoice, network
from diplograph.records import Labels, Records, label_of, read_records

MEETING_COLUMNS = (
    *("id", "type", "status", "date", "end_date", "date_basis", "place", "country"),
    *("participants", "states", "organizations", "topics", "confidence", "articles", "quote", "url"),
)
OFFICIAL_COLUMNS = ("id", "name", "other_names", "states", "organizations", "posts", "held", "planned", "articles")
DYAD_COLUMNS = (*("a", "b", "a_name", "b_name", "meetings", "articles", "first", "last", "topics", "evidence"),)

Cell = str | int | float | tuple[str, ...]
Row = dict[str, Cell]


def meeting_rows(graph: Graph | Records) -> list[Row]:
    """One row a meeting, held and planned, by date, then id, with the columns `MEETING_COLUMNS`.

    `articles` counts the articles that report it, `quote` is the first sentence that does, `url` its article's.
    """
    records = read_records(graph)
    rows: list[Row] = []
    for meeting in sorted(records.meetings, key=lambda meeting: (meeting.date, meeting.id)):
        first = meeting.quotes[0] if meeting.quotes else None
        rows.append(
            {
                "id": meeting.id,
                "type": meeting.type,
                "status": meeting.status,
                "date": meeting.date,
                "end_date": meeting.end_date,
                "date_basis": meeting.date_basis or "",
                "place": _names([meeting.place] if meeting.place else [], records.labels),
                "country": meeting.country,
                "participants": _names(meeting.participants, records.labels),
                "states": meeting.states,
                "organizations": _names(meeting.organizations, records.labels),
                "topics": meeting.topics,
                "confidence": meeting.confidence,
                "articles": len(meeting.articles),
                "quote": first.text if first else "",
                "url": first.url if first else "",
            }
        )
    return rows


def official_rows(graph: Graph | Records) -> list[Row]:
    """One row an official, by id, with the columns `OFFICIAL_COLUMNS`.

    `held` and `planned` count the meetings they take part in, `articles` the articles that name them.
    """
    records = read_records(graph)
    part = Counter((who, meeting.status) for meeting in records.meetings for who in meeting.participants)
    return [
        {
            "id": official.id,
            "name": label_of(official.labels, official.id),
            "other_names": official.other_names,
            "states": official.states,
            "organizations": _names(official.organizations, records.labels),
            "posts": official.posts,
            "held": part[official.id, "held"],
            "planned": part[official.id, "planned"],
            "articles": len({quote.article for quote in official.quotes}),
        }
        for official in records.officials
    ]


def dyad_rows(
    graph: Graph | Records, *, kind: NetworkKind = "states", status: StatusChoice = "held", min_confidence: float = 0.0
) -> list[Row]:
    """One row a pair that met, most meetings first, then by ids, with the columns `DYAD_COLUMNS`.

    A pair is a tie of the network of this kind (see `network`); of a mixed one only ties by meetings count.
    """
    ties = network(graph, kind=kind, status=status, min_confidence=min_confidence)
    rows: list[Row] = []
    met = [(a, b, data) for a, b, data in ties.edges(data=True) if data["relation"] == "met"]
    for a, b, data in sorted(met, key=lambda tie: (-tie[2]["meetings"], tie[0], tie[1])):
        names = {"a": a, "b": b, "a_name": ties.nodes[a]["label"], "b_name": ties.nodes[b]["label"]}
        rows.append({**names, **{name: data[name] for name in DYAD_COLUMNS[4:]}})
    return rows


def meetings(graph: Graph | Records, *, library: FrameLibrary = "pandas") -> Any:
    """The meetings as a data frame: `meeting_rows`, and `day`, a date where the meeting is dated to the day.

    Several values in a cell are a list (``frame.explode("states")``). No meetings give the columns alone.

    Raises:
        MissingExtraError: the library is not installed; the extra `tables` brings it.
        RecordError: the graph breaks the contract, see `records.read_meetings`.
    """
    rows = [{**row, "day": _day(str(row["date"]))} for row in meeting_rows(graph)]
    return frame(rows, (*MEETING_COLUMNS, "day"), library=library, days=("day",))


def officials(graph: Graph | Records, *, library: FrameLibrary = "pandas") -> Any:
    """The officials as a data frame: `official_rows`; raises as `meetings` does."""
    return frame(official_rows(graph), OFFICIAL_COLUMNS, library=library)


def dyads(
    graph: Graph | Records,
    *,
    kind: NetworkKind = "states",
    status: StatusChoice = "held",
    min_confidence: float = 0.0,
    library: FrameLibrary = "pandas",
) -> Any:
    """The pairs that met as a data frame: `dyad_rows`; raises as `meetings` and `network` do."""
    return frame(
        dyad_rows(graph, kind=kind, status=status, min_confidence=min_confidence), DYAD_COLUMNS, library=library
    )


def _names(ids: Iterable[str], names: Mapping[str, Labels]) -> tuple[str, ...]:
    """The labels of ids, in the order of the ids."""
    return tuple(label_of(names.get(name), name) for name in ids)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if len(text) == 10 else None
