"""graph → what a rank rests on: the place of one node and the meetings behind it, each with its sentence."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
from rdflib import Graph

from diplograph.analyse import Ranking, label_in, rank
from diplograph.lookup import LookupFailedError, find
from diplograph.measures import Measure
from diplograph.records import Records, read_records
from diplograph.rows import Rows


@dataclass(frozen=True, slots=True)
class Behind:
    """One meeting behind a rank."""

    date: str  # "" where it has none
    type: str
    others: tuple[str, ...]  # labels of the nodes it ties to the one that is ranked, sorted
    topics: tuple[str, ...]
    articles: int
    quote: str  # the first sentence that tells of it
    article: str
    url: str
    meeting: str


def behind(
    graph: Graph | Records, network: nx.Graph[str], who: str, *, measure: Measure = "betweenness", seed: int = 1
) -> tuple[Ranking, Rows[Behind]]:
    """The place of `who` (see `lookup.find`) in a network of the graph, and the meetings its ties rest on, by date.

    A meeting that it took part in alone ties it to nobody, and is not among them.

    Raises:
        LookupFailedError: nobody of this name is in the network, or several are.
        AnalysisError: there is no such measure.
    """
    records = read_records(graph)
    node = find(records, who)
    if node not in network:
        raise LookupFailedError(f"{who!r} is no node of the network of {network.graph.get('kind', 'this kind')}")
    place = next(row for row in rank(network, measure=measure, seed=seed) if row.node == node)
    with_others: dict[str, list[str]] = {}
    for other, data in network[node].items():
        for meeting in data.get("evidence", ()):
            with_others.setdefault(meeting, []).append(label_in(network, other))
    rows = []
    for meeting in sorted(records.meetings, key=lambda meeting: (meeting.date, meeting.id)):
        if meeting.id not in with_others:
            continue
        first = meeting.quotes[0] if meeting.quotes else None
        rows.append(
            Behind(
                date=meeting.date,
                type=meeting.type,
                others=tuple(sorted(with_others[meeting.id])),
                topics=meeting.topics,
                articles=len(meeting.articles),
                quote=first.text if first else "",
                article=first.article if first else "",
                url=first.url if first else "",
                meeting=meeting.id,
            )
        )
    return place, Rows(rows)
