"""network → ranks and brokers: who is central, who connects states.

Every measure reads the two weights of an edge as `network` writes them: `distance` where weights are lengths
(betweenness, closeness), `weight`, else `meetings`, where they are strengths (strength, eigenvector, PageRank).
An edge without meetings (an affiliation, or an edge of a network made elsewhere) has strength 1.
Results depend on nodes, edges and options only, never on the order of insertion; scores are rounded to 12 digits,
so that nodes in equal positions tie whatever the order of floating-point sums.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import get_args

import networkx as nx

from diplograph.arrays import ties
from diplograph.measures import Engine, Measure, method_of, scores
from diplograph.rows import Rows


@dataclass(frozen=True, slots=True)
class Ranking:
    """One row of a ranking. Nodes with equal scores share a rank, the next rank counts them all: 1, 2, 2, 4.

    `meetings` and `articles` are what the score rests on: the meetings counted in which the node took part, and
    the articles that tell of them; 0 in a network that does not say.
    """

    rank: int
    node: str
    label: str
    score: float
    method: str  # "exact", or how the score was estimated
    meetings: int = 0
    articles: int = 0


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
    meetings: int = 0  # that the broker took part in
    articles: int = 0  # that tell of them


def rank(
    network: nx.Graph[str], *, measure: Measure = "betweenness", seed: int = 1, engine: Engine = "arrays"
) -> Rows[Ranking]:
    """All nodes by one measure (see `centralities`), by score descending, then label, then id.

    An empty network gives no rows. `seed` matters only where `Ranking.method` says that nodes were sampled.

    Raises:
        AnalysisError: there is no such measure or engine.
    """
    return ranking(network, scores(ties(network), measure, seed=seed, engine=engine), measure=measure, seed=seed)


def ranking(network: nx.Graph[str], found: Mapping[str, float], *, measure: Measure, seed: int = 1) -> Rows[Ranking]:
    """`rank` by scores that are computed already."""
    method = method_of(measure, len(network), seed)
    labels = {node: label_in(network, node) for node in found}
    order = sorted(found, key=lambda node: (-found[node], labels[node], node))
    ranks = shared_ranks([found[node] for node in order])
    return Rows(
        Ranking(place, node, labels[node], found[node], method, *_evidence(network, node))
        for place, node in zip(ranks, order, strict=True)
    )


def centralities(
    network: nx.Graph[str], *, seed: int = 1, engine: Engine = "arrays"
) -> dict[Measure, dict[str, float]]:
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

    Where edges have a `weight` (see `seniority.weigh_by_post`), it takes the place of `meetings`. A node without ties
    scores 0, except in PageRank. An empty network gives empty measures. `engine` "networkx" computes all but the
    eigenvector by networkx alone, many times slower, with the same answers.
    """
    arrays = ties(network)
    return {measure: scores(arrays, measure, seed=seed, engine=engine) for measure in get_args(Measure)}


def brokers(network: nx.Graph[str]) -> Rows[Broker]:
    """Officials who connect states, by pairs descending, then label, then id; those who connect none are left out.

    The brokerage of Gould and Fernandez (1989), read without directions and between states only: b brokers the
    pair {a, c} when b met a and b met c, a and c did not meet, and a and c represent different states. The score
    is the number of such pairs, not normalised and not weighted by meetings: each pair can be named and checked.
    Of their five roles, representative and gatekeeper fall together without directions (here "gatekeeper"), and
    coordinator and itinerant broker, whose ends are of one state, do not count. Officials who represent no state
    may broker but are no ends.
    """
    officials: dict[str, set[str]] = defaultdict(set)
    for a, b in network.edges:
        if a != b and all(_is_official(network, node) for node in (a, b)):
            officials[a].add(b)
            officials[b].add(a)
    found = [broker for node in sorted(officials) if (broker := _broker(network, officials, node)).pairs]
    found.sort(key=lambda broker: (-broker.pairs, broker.label, broker.node))
    ranks = shared_ranks([broker.pairs for broker in found])
    return Rows(replace(broker, rank=place) for place, broker in zip(ranks, found, strict=True))


def shared_ranks(scores: Sequence[object]) -> list[int]:
    """Ranks of scores in descending order: 1, 2, 2, 4."""
    ranks: list[int] = []
    for position, score in enumerate(scores):
        ranks.append(ranks[-1] if position and score == scores[position - 1] else position + 1)
    return ranks


def label_in(network: nx.Graph[str], node: str) -> str:
    """The label of a node, else its id."""
    return str(network.nodes[node].get("label", node))


def _evidence(network: nx.Graph[str], node: str) -> tuple[int, int]:
    data = network.nodes[node]
    return data.get("meetings", 0), data.get("articles", 0)


def _broker(network: nx.Graph[str], officials: Mapping[str, set[str]], node: str) -> Broker:
    own = set(network.nodes[node].get("states", ()))
    # Ends of the same states are alike: one that met hundreds met people of a few states.
    ends: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for other in officials[node]:
        ends[tuple(sorted(set(network.nodes[other].get("states", ()))))].add(other)
    ends.pop((), None)
    # Those who met another end at all: of most ends nobody did.
    among = {other: officials[other] & officials[node] for other in officials[node]}
    met_any = {states: [among[other] for other in people if among[other]] for states, people in ends.items()}
    gatekeeper = liaison = 0
    between: set[tuple[str, str]] = set()
    for some, others in combinations(ends, 2):
        if not set(some).isdisjoint(others):
            continue
        met = sum(len(ends[others] & theirs) for theirs in met_any[some])
        pairs_here = len(ends[some]) * len(ends[others]) - met
        if not pairs_here:
            continue
        if own.isdisjoint(some) and own.isdisjoint(others):
            liaison += pairs_here
        else:
            gatekeeper += pairs_here
        if len(some) == len(others) == 1:
            between.add((some[0], others[0]) if some < others else (others[0], some[0]))
        else:
            between |= {(min(x, y), max(x, y)) for x in some for y in others}
    pairs = tuple(sorted(between))
    evidence = _evidence(network, node)
    return Broker(0, node, label_in(network, node), gatekeeper + liaison, gatekeeper, liaison, pairs, *evidence)


def _is_official(network: nx.Graph[str], node: str) -> bool:
    return bool(network.nodes[node].get("kind", "official") == "official")
