"""records → ties beyond chance: which pairs met more often than their numbers of meetings alone would have it.

A busy minister meets many people often; that two of them met four times may say nothing of the two. The null model
keeps what is not in question, how many meetings each took part in and how many took part in each, and draws the rest
by lot: the table of who was at which meeting is rewired by trades of two rows (the curveball of Strona and others
2014; it draws every such table equally often: Carstens 2015), as in the fixed degree sequence model of co-occurrence
(Zweig and Kaufmann 2011).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from rdflib import Graph

from diplograph.measures import AnalysisError
from diplograph.network import NetworkKind, network, parties_of
from diplograph.records import Records, read_records
from diplograph.rows import Rows

#: Trades for each row of the table before the first draw, and between two.
_FIRST_TRADES = 10
_TRADES = 2
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Beyond:
    """One pair that met, against what the null model expects of it."""

    a: str
    b: str
    a_name: str
    b_name: str
    meetings: int  # that both took part in
    articles: int
    expected: float  # mean over the draws
    ratio: float  # meetings/expected; inf where no draw brought the pair together
    p: float  # share of draws with as many meetings or more, the observed one counted: never 0
    q: float  # p corrected for the number of pairs (Benjamini and Hochberg 1995)
    evidence: tuple[str, ...]  # ids of the meetings, sorted

    @property
    def beyond_chance(self) -> bool:
        """Whether the false discovery rate is below 0.05."""
        return self.q < 0.05


def chance(
    graph: Graph | Records,
    *,
    kind: Literal["officials", "states", "organizations"] = "officials",
    runs: int = 1000,
    seed: int = 1,
    min_confidence: float = 0.0,
) -> Rows[Beyond]:
    """Every pair that met, by p, then meetings, then ids: the ties least like chance first.

    Meetings held with at least two parties count (see `network`). One seed always gives the same rows; p cannot be
    below 1/(runs + 1).

    Raises:
        AnalysisError: fewer than one run.
        NetworkError: there is no network of this kind.
    """
    if runs < 1:
        raise AnalysisError(f"a null model needs at least 1 run, not {runs}")
    records = read_records(graph)
    ties = network(records, kind=kind, min_confidence=min_confidence)
    observed = {(a, b): data["meetings"] for a, b, data in ties.edges(data=True)}
    if not observed:
        return Rows()
    attended = _attended(
        records, kind, {meeting for _, _, data in ties.edges(data=True) for meeting in data["evidence"]}
    )
    as_many: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    for drawn in _draws(attended, runs, random.Random(seed)):
        for pair, meetings in drawn.items():
            if pair in observed:
                total[pair] += meetings
                as_many[pair] += meetings >= observed[pair]
    rows = []
    for (a, b), meetings in observed.items():
        data = ties.edges[a, b]
        expected = total[a, b] / runs
        rows.append(
            Beyond(
                a=a,
                b=b,
                a_name=ties.nodes[a]["label"],
                b_name=ties.nodes[b]["label"],
                meetings=meetings,
                articles=data["articles"],
                expected=round(expected, _DIGITS),
                ratio=round(meetings / expected, _DIGITS) if expected else float("inf"),
                p=round((as_many[a, b] + 1) / (runs + 1), _DIGITS),
                q=1.0,
                evidence=data["evidence"],
            )
        )
    rows.sort(key=lambda row: (row.p, -row.meetings, row.a, row.b))
    return Rows(replace(row, q=q) for row, q in zip(rows, _corrected([row.p for row in rows]), strict=True))


def _attended(records: Records, kind: NetworkKind, counted: Iterable[str]) -> list[tuple[str, ...]]:
    """Who took part in each meeting that counts, in the order of the meetings' ids."""
    parties = parties_of(records, kind)
    return [parties[meeting] for meeting in sorted(counted)]


def _draws(attended: Sequence[tuple[str, ...]], runs: int, lots: random.Random) -> Iterator[Counter[tuple[str, str]]]:
    """How many meetings each pair shares in each of the random tables."""
    names = sorted({name for row in attended for name in row})
    number = {name: position for position, name in enumerate(names)}
    rows = [{number[name] for name in row} for row in attended]
    for run in range(runs):
        for _ in range((_TRADES if run else _FIRST_TRADES) * len(rows)):
            _trade(rows, lots)
        drawn = Counter(pair for row in rows for pair in combinations(sorted(row), 2))
        yield Counter({(names[a], names[b]): meetings for (a, b), meetings in drawn.items()})


def _trade(rows: list[set[int]], lots: random.Random) -> None:
    """Two meetings deal anew those who are at one of them only; changes `rows`."""
    one, other = int(lots.random() * len(rows)), int(lots.random() * len(rows))
    both = rows[one] & rows[other]
    pool = sorted(rows[one] ^ rows[other])
    size = len(rows[one]) - len(both)
    if not size or size == len(pool):
        return
    lots.shuffle(pool)
    rows[one], rows[other] = both | set(pool[:size]), both | set(pool[size:])


def _corrected(ascending: Sequence[float]) -> list[float]:
    """The q-values of Benjamini and Hochberg for p-values in ascending order."""
    n = len(ascending)
    corrected: list[float] = []
    least = 1.0
    for place in range(n, 0, -1):
        least = min(least, ascending[place - 1] * n / place)
        corrected.append(round(least, _DIGITS))
    return corrected[::-1]
