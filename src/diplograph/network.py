"""graph → network: the RDF graph read as a networkx graph of officials, states or organisations.

An edge carries two weights with two meanings: `meetings`, how many (a strength), and `distance`, 1/meetings
(measures built on shortest paths read weights as distances, and many meetings are a short way).
Nodes and edges are inserted in sorted order, so every later step starts from the same network.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal, get_args

import networkx as nx
from rdflib import Graph

from diplograph.model import DiplographError
from diplograph.records import (
    MeetingRecord,
    OfficialRecord,
    Records,
    TenureRecord,
    label_of,
    read_records,
)

NetworkKind = Literal["officials", "states", "organizations", "mixed"]
StatusChoice = Literal["held", "planned", "all"]
Relation = Literal["met", "represents", "accredited", "within"]

#: Of several ties between one official and one organisation, the first one here names the edge.
_AFFILIATIONS: tuple[Relation, ...] = ("represents", "accredited", "within")


class NetworkError(DiplographError):
    """A network was asked for that there is not."""


def network(
    graph: Graph | Records,
    *,
    kind: NetworkKind = "officials",
    status: StatusChoice = "held",
    min_confidence: float = 0.0,
) -> nx.Graph[str]:
    """Read the network of one kind out of a graph; an empty network where the graph names nobody.

    For several networks of one graph read it once: ``records = read_records(graph)``, ``network(records, …)``.

    Two nodes are tied by every meeting that counts and in which both took part:

    - "officials": the participants. Every official of the graph is a node, those who met nobody too.
    - "states": the states involved. Nodes are the states that take part in a meeting or are represented by an
      official; the country a meeting was merely held in is none.
    - "organizations": the organisations involved and those that the participants represent; nodes as for states.
    - "mixed": officials tied as in "officials", and each official tied to the states and organisations they
      represent, are accredited to or hold a post within (places are left out).

    A meeting counts if its status is `status` ("all": any) and its confidence at least `min_confidence`.

    Nodes are ids ("official/…", "state/KZ", "organization/…") with `kind`, `label` (Russian, else English, else any,
    else the id), `states` (sorted codes), `posts` (sorted titles), `meetings` (how many of those counted) and
    `articles` (how many tell of those). Edges carry `relation` ("met", or "represents", "accredited", "within" in a
    mixed network; the first of these where several hold), `meetings`, `articles`, `distance` = 1/meetings, `evidence`
    (sorted ids of the meetings), `first` and `last` (dates as precise as known, "" if none is) and `topics` (sorted
    names). An affiliation has `meetings` 0, `distance` 1, and as `evidence` the ids of the tenures it rests on.

    Raises:
        NetworkError: there is no such kind or status.
        RecordError: the graph breaks the contract, see `records.read_meetings`.
    """
    if kind not in get_args(NetworkKind):
        raise NetworkError(f"no network of {kind!r}: choose one of {', '.join(get_args(NetworkKind))}")
    if status not in get_args(StatusChoice):
        raise NetworkError(f"no status {status!r}: choose one of {', '.join(get_args(StatusChoice))}")
    records = read_records(graph)
    return tied(records, kind, met(records, kind, status=status, min_confidence=min_confidence))


@dataclass(frozen=True, slots=True)
class Met:
    """Who took part in which meetings that count, and the edges that these make, by pairs of nodes."""

    taken_part: Mapping[str, list[MeetingRecord]]
    edges: Mapping[tuple[str, str], dict[str, Any]]


def met(records: Records, kind: NetworkKind, *, status: StatusChoice, min_confidence: float = 0.0) -> Met:
    """What the meetings give a network of this kind; the same for "officials" and "mixed"."""
    meetings = select_meetings(records.meetings, status=status, min_confidence=min_confidence)
    parties = parties_of(records, kind)
    return Met(_taken_part(meetings, parties), _meeting_edges(meetings, parties, records.told))


def tied(records: Records, kind: NetworkKind, met: Met) -> nx.Graph[str]:
    """The network of this kind in which nodes have `met` so."""
    officials = {official.id: official for official in records.officials}
    affiliations = list(_affiliations(officials.values())) if kind == "mixed" else []
    nodes = met.taken_part.keys() | _standing_nodes(officials.values(), kind)
    nodes |= {target for _, target, _, _ in affiliations}
    built: nx.Graph[str] = nx.Graph(kind=kind)
    for node in sorted(nodes):
        counted = met.taken_part.get(node, ())
        built.add_node(
            node,
            **_node(records, node, officials.get(node)),
            meetings=len(counted),
            articles=_articles(counted, records.told),
        )
    edges = {**_affiliation_edges(affiliations), **met.edges}
    built.add_edges_from((a, b, edges[a, b]) for a, b in sorted(edges))
    return built


def select_meetings(
    meetings: Iterable[MeetingRecord], *, status: StatusChoice = "held", min_confidence: float = 0.0
) -> tuple[MeetingRecord, ...]:
    """The meetings that count, in the order given: of this status ("all": any) and at least this confidence."""
    return tuple(
        meeting for meeting in meetings if status in (meeting.status, "all") and meeting.confidence >= min_confidence
    )


def parties_of(records: Records, kind: NetworkKind) -> dict[str, tuple[str, ...]]:
    """The nodes that each meeting ties to each other in a network of this kind, sorted; by meeting."""
    officials = {official.id: official for official in records.officials}
    return {meeting.id: _parties(meeting, officials, kind) for meeting in records.meetings}


def _parties(meeting: MeetingRecord, officials: Mapping[str, OfficialRecord], kind: NetworkKind) -> tuple[str, ...]:
    """The nodes that a meeting ties to each other, each once, sorted."""
    if kind == "states":
        return tuple(f"state/{code}" for code in meeting.states)
    if kind == "organizations":
        represented = (officials[who].organizations for who in meeting.participants if who in officials)
        return tuple(sorted({*meeting.organizations, *(name for names in represented for name in names)}))
    return meeting.participants


def _standing_nodes(officials: Iterable[OfficialRecord], kind: NetworkKind) -> set[str]:
    """The nodes that stand in the network whether or not they met anybody."""
    if kind == "states":
        return {f"state/{code}" for official in officials for code in official.states}
    if kind == "organizations":
        return {name for official in officials for name in official.organizations}
    return {official.id for official in officials}


def count_articles(meetings: Iterable[MeetingRecord]) -> int:
    """How many articles tell of these meetings."""
    return len({quote.article for meeting in meetings for quote in meeting.quotes})


def _articles(meetings: Sequence[MeetingRecord], told: Mapping[str, frozenset[str]]) -> int:
    """`count_articles`, where the articles of each meeting are known already."""
    if len(meetings) == 1:  # as most edges have
        return len(told[meetings[0].id])
    return len(set().union(*[told[meeting.id] for meeting in meetings]))


def _taken_part(
    meetings: Iterable[MeetingRecord], parties: Mapping[str, tuple[str, ...]]
) -> dict[str, list[MeetingRecord]]:
    found: dict[str, list[MeetingRecord]] = defaultdict(list)
    for meeting in meetings:
        for node in parties[meeting.id]:
            found[node].append(meeting)
    return found


def _node(records: Records, node: str, official: OfficialRecord | None) -> dict[str, Any]:
    kind, _, name = node.partition("/")
    states: tuple[str, ...] = ()
    if official:
        states = official.states
    elif kind == "state":
        states = (name,)
    elif kind == "organization":
        states = records.owners.get(node, ())
    return {
        "kind": kind,
        "label": label_of(records.labels.get(node), name or node),
        "states": states,
        "posts": official.posts if official else (),
    }


def _meeting_edges(
    meetings: Iterable[MeetingRecord], parties: Mapping[str, tuple[str, ...]], told: Mapping[str, frozenset[str]]
) -> dict[tuple[str, str], dict[str, Any]]:
    shared: dict[tuple[str, str], list[MeetingRecord]] = defaultdict(list)
    for meeting in meetings:
        for pair in combinations(parties[meeting.id], 2):  # parties are sorted, so pairs are
            shared[pair].append(meeting)
    return {pair: _meeting_edge(together, told) for pair, together in shared.items()}


def _meeting_edge(together: list[MeetingRecord], told: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    dates = [meeting.date for meeting in together if meeting.date]
    topics = [meeting.topics for meeting in together]
    return {
        "relation": "met",
        "meetings": len(together),
        "articles": _articles(together, told),
        "distance": 1 / len(together),
        "evidence": tuple(sorted([meeting.id for meeting in together])),
        "first": min(dates, default=""),
        "last": max(dates, default=""),
        "topics": topics[0] if len(topics) == 1 else tuple(sorted(set().union(*topics))),
    }


def _affiliations(officials: Iterable[OfficialRecord]) -> Iterator[tuple[str, str, Relation, TenureRecord | None]]:
    """Each tie of an official to a state or an organisation, with the tenure it rests on."""
    for official in officials:
        for target in (*(f"state/{code}" for code in official.states), *official.organizations):
            yield official.id, target, "represents", None
        for tenure in official.tenures:
            ties: tuple[tuple[str, Relation], ...] = (
                (tenure.acts_for, "represents"),
                (tenure.accredited_to, "accredited"),
                (tenure.within, "within"),
            )
            for target, relation in ties:
                if target.startswith(("state/", "organization/")):
                    yield official.id, target, relation, tenure


def _affiliation_edges(
    affiliations: Iterable[tuple[str, str, Relation, TenureRecord | None]],
) -> dict[tuple[str, str], dict[str, Any]]:
    between: dict[tuple[str, str], list[tuple[Relation, TenureRecord | None]]] = defaultdict(list)
    for official, target, relation, tenure in affiliations:
        between[official, target].append((relation, tenure))
    edges: dict[tuple[str, str], dict[str, Any]] = {}
    for pair, ties in between.items():
        tenures = [tenure for _, tenure in ties if tenure]
        days = [day for tenure in tenures for day in tenure.attested_on]
        edges[pair] = {
            "relation": min((relation for relation, _ in ties), key=_AFFILIATIONS.index),
            "meetings": 0,
            "articles": len({quote.article for tenure in tenures for quote in tenure.quotes}),
            "distance": 1.0,
            "evidence": tuple(sorted({tenure.id for tenure in tenures})),
            "first": min(days, default=""),
            "last": max(days, default=""),
            "topics": (),
        }
    return edges
