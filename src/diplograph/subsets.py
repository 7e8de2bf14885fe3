"""records → fewer records: a period, a corpus without one publisher; for measures over time and for robustness."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

import networkx as nx
from rdflib import Graph

from diplograph.analyse import rank
from diplograph.measures import AnalysisError, Measure
from diplograph.model import PartialDate
from diplograph.network import NetworkKind, network
from diplograph.records import MeetingRecord, Records, read_records
from diplograph.rows import Rows

Period = Literal["year", "quarter", "month"]


@dataclass(frozen=True, slots=True)
class PeriodRanking:
    """One node in one period: its rank among those who took part in a meeting then."""

    period: str  # "2025", "2025-Q1" or "2025-03"
    rank: int
    node: str
    label: str
    score: float
    method: str
    meetings: int
    articles: int


@dataclass(frozen=True, slots=True)
class Robustness:
    """What is left of a ranking when one publisher's articles are taken out."""

    left_out: str
    articles: int  # of that publisher
    meetings: int  # that only it told of, and that are gone
    kept: float  # share of the first `top` that stay among them
    correlation: float  # Spearman's, over the nodes that met somebody in both
    first: str  # label of the node that then comes first, "" where none is left


def between(graph: Graph | Records, *, since: str = "", until: str = "") -> Records:
    """The meetings dated from `since` to `until` (ISO dates or beginnings of them, both included), and who took part.

    A meeting counts where its date as precise as known lies inside: "2025" is not in March. One without a date is in
    no period.

    Raises:
        AnalysisError: `since` or `until` is no date.
    """
    for text in (since, until):
        try:
            PartialDate.parse(text or "2000")
        except ValueError as error:
            raise AnalysisError(f"{text!r} is no date: give YYYY, YYYY-MM or YYYY-MM-DD") from error
    records = read_records(graph)
    return of_meetings(records, (m for m in records.meetings if m.date and since <= m.date and _ends(m.date, until)))


def _ends(date: str, until: str) -> bool:
    """Whether a date is over by the end of `until`; both are as precise as they are."""
    if not until:
        return True
    return date[: len(until)] <= until if len(date) >= len(until) else date < until[: len(date)]


def periods(graph: Graph | Records, *, by: Period = "year") -> dict[str, Records]:
    """The records of each period with a meeting, in order: "2025", "2025-Q1" or "2025-03" → `Records`.

    A meeting whose date is less precise than the period is in none. Officials are those who took part.

    Raises:
        AnalysisError: there is no such period.
    """
    if by not in get_args(Period):
        raise AnalysisError(f"no period {by!r}: choose one of {', '.join(get_args(Period))}")
    records = read_records(graph)
    found: dict[str, list[MeetingRecord]] = {}
    for meeting in records.meetings:
        name = period_of(meeting.date, by)
        if name:
            found.setdefault(name, []).append(meeting)
    return {name: of_meetings(records, found[name]) for name in sorted(found)}


def rank_by_period(
    graph: Graph | Records,
    *,
    by: Period = "year",
    kind: NetworkKind = "officials",
    measure: Measure = "betweenness",
    seed: int = 1,
) -> Rows[PeriodRanking]:
    """The ranking of each period, one after the other; nodes that met nobody in a period are left out of it.

    Raises:
        AnalysisError: there is no such period or measure.
        NetworkError: there is no network of this kind.
    """
    rows: list[PeriodRanking] = []
    for name, records in periods(graph, by=by).items():
        ties = _tied(network(records, kind=kind))
        for row in rank(ties, measure=measure, seed=seed):
            rows.append(
                PeriodRanking(
                    *(name, row.rank, row.node, row.label, row.score, row.method),
                    *(row.meetings, row.articles),
                )
            )
    return Rows(rows)


def without(graph: Graph | Records, publisher: str) -> Records:
    """The records as they would be without the articles of one publisher: meetings that only it told of are gone.

    Of the others the sentences of that publisher are. What a meeting says (date, participants) stays as all articles
    together had it.
    """
    records = read_records(graph)
    kept = []
    for meeting in records.meetings:
        quotes = tuple(quote for quote in meeting.quotes if quote.publisher != publisher)
        if quotes or not meeting.quotes:
            kept.append(replace(meeting, quotes=quotes))
    return of_meetings(records, kept)


def robustness(
    graph: Graph | Records,
    *,
    kind: NetworkKind = "officials",
    measure: Measure = "betweenness",
    top: int = 10,
    seed: int = 1,
) -> Rows[Robustness]:
    """How a ranking stands when each publisher in turn is left out: the greatest loss of meetings first, then by name.

    Articles without a publisher are never left out.

    Raises:
        AnalysisError: there is no such measure.
        NetworkError: there is no network of this kind.
    """
    records = read_records(graph)
    whole = rank(_tied(network(records, kind=kind)), measure=measure, seed=seed)
    scores = {row.node: row.score for row in whole}
    of_publisher: dict[str, set[str]] = {}
    for meeting in records.meetings:
        for quote in meeting.quotes:
            if quote.publisher:
                of_publisher.setdefault(quote.publisher, set()).add(quote.article)
    rows = []
    for publisher in sorted(of_publisher):
        less = without(records, publisher)
        ranking = rank(_tied(network(less, kind=kind)), measure=measure, seed=seed)
        first = {row.node for row in whole[:top]}
        still = first & {row.node for row in ranking[:top]}
        rows.append(
            Robustness(
                left_out=publisher,
                articles=len(of_publisher[publisher]),
                meetings=len(records.meetings) - len(less.meetings),
                kept=round(len(still) / len(first), 12) if first else 1.0,
                correlation=_spearman([(scores[row.node], row.score) for row in ranking if row.node in scores]),
                first=ranking[0].label if ranking else "",
            )
        )
    return Rows(sorted(rows, key=lambda row: (-row.meetings, row.left_out)))


def of_meetings(records: Records, meetings: Iterable[MeetingRecord]) -> Records:
    """The records with these meetings alone, and with the officials who took part in one."""
    kept = tuple(sorted(meetings, key=lambda meeting: meeting.id))
    part = {who for meeting in kept for who in meeting.participants}
    officials = tuple(official for official in records.officials if official.id in part)
    return replace(records, meetings=kept, officials=officials)


def period_of(date: str, by: Period) -> str:
    """The period that a date lies in: "2025", "2025-Q1" or "2025-03"; "" where the date is less precise."""
    if by == "year":
        return date[:4]
    if len(date) < 7:
        return ""
    return date[:7] if by == "month" else f"{date[:4]}-Q{(int(date[5:7]) + 2) // 3}"


def _tied(ties: nx.Graph[str]) -> nx.Graph[str]:
    alone = [node for node, degree in ties.degree() if not degree]
    ties.remove_nodes_from(alone)
    return ties


def _spearman(pairs: list[tuple[float, float]]) -> float:
    """Spearman's rank correlation with mean ranks for ties; 1 where one side does not vary and the other neither."""
    first, second = (_mean_ranks([pair[side] for pair in pairs]) for side in (0, 1))
    n = len(pairs)
    middle = (n + 1) / 2
    spread = [sum((place - middle) ** 2 for place in side) for side in (first, second)]
    if not all(spread):
        return 1.0 if spread[0] == spread[1] else 0.0
    common = sum((a - middle) * (b - middle) for a, b in zip(first, second, strict=True))
    return round(common / math.sqrt(spread[0] * spread[1]), 12)


def _mean_ranks(values: list[Any]) -> list[float]:
    ordered = sorted(values)
    first: dict[Any, int] = {}
    count: dict[Any, int] = {}
    for place, value in enumerate(ordered, 1):
        first.setdefault(value, place)
        count[value] = count.get(value, 0) + 1
    return [first[value] + (count[value] - 1) / 2 for value in values]
