"""network → ranks, communities, brokers: who is central, who belongs together, who connects states.

Every measure reads the two weights of an edge as `network` writes them: `distance` where weights are lengths
(betweenness, closeness), `meetings` where they are strengths (strength, eigenvector, PageRank, communities).
An edge without meetings (an affiliation, or an edge of a network made elsewhere) has strength 1.
Results depend on nodes, edges and options only, never on the order of insertion; scores are rounded to 12 digits,
so that nodes in equal positions tie whatever the order of floating-point sums.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal, get_args

import networkx as nx
import numpy as np
from scipy.sparse.linalg import eigsh

from diplograph.model import DiplographError

Measure = Literal["betweenness", "degree", "strength", "eigenvector", "pagerank", "closeness"]

#: Up to so many nodes betweenness is exact; above, estimated from `SAMPLE` sources.
EXACT_UP_TO = 1000
SAMPLE = 500
#: Chance that PageRank's reader follows a tie instead of starting anew; the value of Brin and Page.
DAMPING = 0.85

_DIGITS = 12


class AnalysisError(DiplographError):
    """A measure was asked for that there is not, or an option that makes no sense."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """One row of a ranking. Nodes with equal scores share a rank, the next rank counts them all: 1, 2, 2, 4."""

    rank: int
    node: str
    label: str
    score: float
    method: str  # "exact", or how the score was estimated


@dataclass(frozen=True, slots=True)
class Community:
    """Nodes that meet each other more than chance would have it."""

    id: int  # 1 is the largest
    members: tuple[str, ...]  # sorted
    states: tuple[str, ...]  # most members first, then by code
    topics: tuple[str, ...]  # most ties inside first, then by name
    label: str  # "KZ, HU · trade, energy"
    modularity: float  # its share of Q; the shares of a partition add up to Q


@dataclass(frozen=True, slots=True)
class Broker:
    """An official who stands between officials of different states that have not met each other."""

    rank: int
    node: str
    label: str
    pairs: int  # gatekeeper + liaison
    gatekeeper: int  # pairs in which one side is of the broker's own state
    liaison: int  # pairs in which neither side is
    between: tuple[tuple[str, str], ...]  # the pairs of states, each once, sorted


def rank(network: nx.Graph[str], *, measure: Measure = "betweenness", seed: int = 1) -> tuple[Ranking, ...]:
    """All nodes by one measure (see `centralities`), by score descending, then label, then id.

    An empty network gives an empty tuple. `seed` matters only where `Ranking.method` says that nodes were sampled.

    Raises:
        AnalysisError: there is no such measure.
    """
    scores = _scores(_sorted_copy(network), measure, seed)
    method = "exact"
    if measure == "betweenness" and len(network) > EXACT_UP_TO:
        method = f"estimated from {SAMPLE} of {len(network)} nodes, seed {seed}"
    labels = {node: _label(network, node) for node in scores}
    order = sorted(scores, key=lambda node: (-scores[node], labels[node], node))
    ranks = _shared_ranks([scores[node] for node in order])
    return tuple(
        Ranking(place, node, labels[node], scores[node], method) for place, node in zip(ranks, order, strict=True)
    )


def centralities(network: nx.Graph[str], *, seed: int = 1) -> dict[Measure, dict[str, float]]:
    r"""Every measure of every node: measures in the order below, nodes sorted by id; n is the number of nodes.

    - "betweenness": the share of shortest paths between two others that run through v,
      :math:`\frac{2}{(n-1)(n-2)} \sum_{s<t} \frac{\sigma(s,t|v)}{\sigma(s,t)}`, in [0, 1]; lengths are `distance`.
      Pairs without a path add nothing. Exact up to 1,000 nodes; above, only the paths from 500 nodes drawn with
      `seed` are counted and scaled up (Freeman 1978; Brandes 2001; Brandes and Pich 2007).
    - "degree": the share of the others that v met, :math:`\deg(v)/(n-1)`, in [0, 1]; no weights (Freeman 1978).
    - "strength": the sum of `meetings` over the ties of v; not normalised. A meeting of five gives each of them
      four ties, and so strength 4 (Barrat and others 2004).
    - "eigenvector": the entry of v in the leading eigenvector of the matrix of `meetings`,
      :math:`\lambda x_v = \sum_u w_{uv} x_u`, non-negative, of Euclidean length 1. Only the largest component has one
      of its own (most nodes, then most meetings, then first id); nodes elsewhere score 0 (Bonacich 1972, 1987).
    - "pagerank": :math:`x_v = \frac{1-d}{n} + d \sum_u \frac{w_{uv}}{s_u} x_u` with d = 0.85, w = `meetings`, s the
      strength; the mass of nodes without ties is spread over all; the scores add up to 1 (Brin and Page 1998).
    - "closeness": :math:`\frac{r-1}{n-1} \cdot \frac{r-1}{\sum_u d(u,v)}` over the r nodes that v reaches, itself
      included; lengths are `distance`, so a tie of many meetings can lift it above 1. The first factor keeps small
      components small (Wasserman and Faust 1994, p. 201).

    A node without ties scores 0, except in PageRank. An empty network gives empty measures.
    """
    ordered = _sorted_copy(network)
    return {measure: _scores(ordered, measure, seed) for measure in get_args(Measure)}


def cluster(network: nx.Graph[str], *, seed: int = 1, resolution: float = 1.0) -> tuple[Community, ...]:
    r"""Communities of the network, the largest first, then by members; empty where there are no nodes.

    Louvain (Blondel, Guillaume, Lambiotte and Lefebvre 2008) looks for the partition of greatest modularity
    :math:`Q = \sum_c \frac{L_c}{m} - \gamma \left(\frac{d_c}{2m}\right)^2`, where m is the sum of all `meetings`,
    L_c the sum inside c, d_c the sum of strengths in c, and γ is `resolution`: above 1 for smaller communities.
    A node without ties is a community of its own.

    One seed always gives one partition, in whatever order nodes and edges were inserted. Another seed may give
    another one of nearly the same Q: a community is a reading of the network, not a fact about its members.

    Raises:
        AnalysisError: the resolution is not positive.
    """
    if not resolution > 0:
        raise AnalysisError(f"resolution must be above 0, not {resolution}")
    ordered = _sorted_copy(network)
    # Louvain keeps its nodes in sets: numbers have the same hash in every process, strings do not.
    names = list(ordered)
    number = {name: position for position, name in enumerate(names)}
    numbered: nx.Graph[int] = nx.Graph()
    numbered.add_nodes_from(range(len(names)))
    numbered.add_edges_from((number[a], number[b], data) for a, b, data in ordered.edges(data=True))
    found = nx.community.louvain_communities(numbered, weight="strength", resolution=resolution, seed=seed)
    parts = [tuple(sorted(names[node] for node in part)) for part in found]
    partition = sorted(parts, key=lambda part: (-len(part), part))
    return tuple(_community(network, ordered, place, members, resolution) for place, members in enumerate(partition, 1))


def brokers(network: nx.Graph[str]) -> tuple[Broker, ...]:
    """Officials who connect states, by pairs descending, then label, then id; those who connect none are left out.

    The brokerage of Gould and Fernandez (1989), read without directions and between states only: b brokers the
    pair {a, c} when b met a and b met c, a and c did not meet, and a and c represent different states. The score
    is the number of such pairs, not normalised and not weighted by meetings: each pair can be named and checked.
    Of their five roles, representative and gatekeeper fall together without directions (here "gatekeeper"), and
    coordinator and itinerant broker, whose ends are of one state, do not count. Officials who represent no state
    may broker but are no ends.
    """
    officials = nx.Graph(
        (a, b) for a, b in network.edges if a != b and all(_is_official(network, node) for node in (a, b))
    )
    found = [broker for node in sorted(officials) if (broker := _broker(network, officials, node)).pairs]
    found.sort(key=lambda broker: (-broker.pairs, broker.label, broker.node))
    ranks = _shared_ranks([broker.pairs for broker in found])
    return tuple(replace(broker, rank=place) for place, broker in zip(ranks, found, strict=True))


def _sorted_copy(network: nx.Graph[str]) -> nx.Graph[str]:
    """The same network in sorted order, with `strength` and `distance` on every edge and nothing else."""
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(sorted(network))
    for a, b in sorted(tuple(sorted(pair)) for pair in network.edges if pair[0] != pair[1]):
        data = network.edges[a, b]
        strength = data.get("meetings") or 1
        ordered.add_edge(a, b, strength=strength, distance=data.get("distance", 1 / strength))
    return ordered


def _scores(ordered: nx.Graph[str], measure: Measure, seed: int) -> dict[str, float]:
    """One measure of a sorted network, nodes sorted."""
    n = len(ordered)
    scores: Mapping[str, float]
    match measure:
        case "betweenness":
            sample = SAMPLE if n > EXACT_UP_TO else None
            scores = nx.betweenness_centrality(ordered, k=sample, weight="distance", seed=seed)
        case "degree":
            scores = {node: degree / (n - 1) if n > 1 else 0.0 for node, degree in ordered.degree()}
        case "strength":
            scores = dict(ordered.degree(weight="strength"))
        case "eigenvector":
            scores = _eigenvector(ordered)
        case "pagerank":
            scores = nx.pagerank(ordered, alpha=DAMPING, weight="strength", tol=1e-14, max_iter=1000) if n else {}
        case "closeness":
            scores = nx.closeness_centrality(ordered, distance="distance")
        case _:
            raise AnalysisError(f"no measure {measure!r}: choose one of {', '.join(get_args(Measure))}")
    return {node: round(float(scores[node]), _DIGITS) for node in ordered}


def _eigenvector(ordered: nx.Graph[str]) -> dict[str, float]:
    scores = dict.fromkeys(ordered, 0.0)
    if not ordered.number_of_edges():
        return scores
    components = (sorted(part) for part in nx.connected_components(ordered))
    largest = min(components, key=lambda part: (-len(part), -ordered.subgraph(part).size("strength"), part))
    matrix = nx.to_scipy_sparse_array(ordered, nodelist=largest, weight="strength").astype(float)
    # ARPACK starts from a random vector unless it is given one.
    _, vectors = eigsh(matrix, k=1, which="LA", v0=np.ones(len(largest)))
    return scores | dict(zip(largest, map(float, np.abs(vectors[:, 0])), strict=True))


def _shared_ranks(scores: list[float] | list[int]) -> list[int]:
    """Ranks of scores in descending order: 1, 2, 2, 4."""
    ranks: list[int] = []
    for position, score in enumerate(scores):
        ranks.append(ranks[-1] if position and score == scores[position - 1] else position + 1)
    return ranks


def _community(
    network: nx.Graph[str], ordered: nx.Graph[str], number: int, members: tuple[str, ...], resolution: float
) -> Community:
    inside = ordered.subgraph(members)
    states = _most_frequent(code for node in members for code in network.nodes[node].get("states", ()))
    topics = _most_frequent(topic for pair in inside.edges for topic in network.edges[pair].get("topics", ()))
    total = ordered.size("strength")
    share = 0.0
    if total:
        strengths = sum(degree for _, degree in ordered.degree(members, weight="strength"))
        share = inside.size("strength") / total - resolution * (strengths / (2 * total)) ** 2
    label = _community_label(states, topics) or _label(network, members[0])
    return Community(number, members, states, topics, label, round(share, _DIGITS))


def _community_label(states: tuple[str, ...], topics: tuple[str, ...]) -> str:
    """Three states and two topics name a community: "KZ, HU, LV +2 · trade, energy"."""
    more = f" +{len(states) - 3}" if len(states) > 3 else ""
    return " · ".join(part for part in (", ".join(states[:3]) + more, ", ".join(topics[:2])) if part)


def _most_frequent(names: Iterable[str]) -> tuple[str, ...]:
    counts = Counter(names)
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))


def _broker(network: nx.Graph[str], officials: nx.Graph[str], node: str) -> Broker:
    states = {other: frozenset(network.nodes[other].get("states", ())) for other in (node, *officials[node])}
    ends = sorted(other for other in officials[node] if states[other])
    gatekeeper = liaison = 0
    between: set[tuple[str, str]] = set()
    for a, c in combinations(ends, 2):
        if states[a] & states[c] or officials.has_edge(a, c):
            continue
        if states[node] & (states[a] | states[c]):
            gatekeeper += 1
        else:
            liaison += 1
        between |= {(min(x, y), max(x, y)) for x in states[a] for y in states[c]}
    return Broker(0, node, _label(network, node), gatekeeper + liaison, gatekeeper, liaison, tuple(sorted(between)))


def _is_official(network: nx.Graph[str], node: str) -> bool:
    return bool(network.nodes[node].get("kind", "official") == "official")


def _label(network: nx.Graph[str], node: str) -> str:
    return str(network.nodes[node].get("label", node))
