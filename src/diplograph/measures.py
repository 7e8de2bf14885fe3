"""Ties → scores: six centralities, on arrays or by networkx alone, with the same answers.

The arrays are many times faster (``benchmarks/network.py``). networkx is the reference they are tested against, and
does the work where the arrays cannot: betweenness with ties of no length. Eigenvectors are SciPy's in both.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Literal, get_args

import networkx as nx
import numpy as np
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.sparse.linalg import eigsh
from threadpoolctl import threadpool_limits

from diplograph.arrays import Floats, Ties
from diplograph.betweenness import betweenness
from diplograph.model import DiplographError

Measure = Literal["betweenness", "degree", "strength", "eigenvector", "pagerank", "closeness"]
Engine = Literal["arrays", "networkx"]

#: Up to so many nodes betweenness is exact; above, estimated from `SAMPLE` sources.
EXACT_UP_TO = 1000
SAMPLE = 500
#: Chance that PageRank's reader follows a tie instead of starting anew; the value of Brin and Page.
DAMPING = 0.85

_TOLERANCE = 1e-14
_DIGITS = 12
#: So many rows of distances are held at a time.
_BATCH = 64


class AnalysisError(DiplographError):
    """A measure was asked for that there is not, or an option that makes no sense."""


def scores(network: Ties, measure: Measure, *, seed: int, engine: Engine = "arrays") -> dict[str, float]:
    """One measure of every node, by node in sorted order; see `values`.

    Raises:
        AnalysisError: there is no such measure or engine.
    """
    return dict(zip(network.nodes, values(network, measure, seed=seed, engine=engine).tolist(), strict=True))


def values(network: Ties, measure: Measure, *, seed: int, engine: Engine = "arrays") -> Floats:
    """One measure of every node, in the order of the nodes, rounded to 12 digits; `analyse.centralities` has formulas.

    Raises:
        AnalysisError: there is no such measure or engine.
    """
    if measure not in get_args(Measure):
        raise AnalysisError(f"no measure {measure!r}: choose one of {', '.join(get_args(Measure))}")
    if engine not in get_args(Engine):
        raise AnalysisError(f"no engine {engine!r}: choose one of {', '.join(get_args(Engine))}")
    if not len(network):
        return np.zeros(0)
    without_length = measure == "betweenness" and not (network.lengths.data > 0).all()
    if without_length or (engine == "networkx" and measure != "eigenvector"):
        by_node = _by_networkx(network, measure, seed)
        found = np.array([by_node[position] for position in range(len(network))], dtype=np.float64)
    else:
        found = _on_arrays(network, measure, seed)
    rounded: Floats = np.round(found, _DIGITS)
    return rounded


def method_of(measure: Measure, nodes: int, seed: int) -> str:
    """How the scores of a measure come about: "exact", or how they were estimated."""
    if measure == "betweenness" and nodes > EXACT_UP_TO:
        return f"estimated from {SAMPLE} of {nodes} nodes, seed {seed}"
    return "exact"


def _on_arrays(network: Ties, measure: Measure, seed: int) -> Floats:
    match measure:
        case "betweenness":
            return betweenness(network, _sources(len(network), seed))
        case "degree":
            return network.degree / max(len(network) - 1, 1)
        case "strength":
            return network.strength
        case "eigenvector":
            return _eigenvector(network)
        case "pagerank":
            return _pagerank(network)
        case "closeness":
            return _closeness(network)


def _sources(nodes: int, seed: int) -> Sequence[int] | None:
    """The nodes whose paths are counted, drawn as networkx draws them; None for all."""
    return random.Random(seed).sample(range(nodes), SAMPLE) if nodes > EXACT_UP_TO else None


def _pagerank(network: Ties) -> Floats:
    n = len(network)
    strength = network.strength
    tied = strength > 0
    passed_on = network.strengths.T.tocsr()
    rank = np.full(n, 1 / n)
    for _ in range(1000):
        earlier = rank
        share = np.divide(earlier, strength, out=np.zeros(n), where=tied)
        rank = DAMPING * (passed_on @ share + earlier[~tied].sum() / n) + (1 - DAMPING) / n
        if np.abs(rank - earlier).sum() < n * _TOLERANCE:
            break
    return rank


def _eigenvector(network: Ties) -> Floats:
    """The leading eigenvector of the largest component: most nodes, then most strength, then first node."""
    found = np.zeros(len(network))
    if not network.strengths.nnz:
        return found
    _, component = connected_components(network.strengths, directed=False)
    sizes, strengths = np.bincount(component), np.bincount(component, weights=network.strength)
    _, first = np.unique(component, return_index=True)
    largest = min(range(len(sizes)), key=lambda part: (-sizes[part], -strengths[part], first[part]))
    inside = np.flatnonzero(component == largest)
    # ARPACK starts from a random vector unless it is given one; with more BLAS threads the last bits may differ.
    with threadpool_limits(1):
        _, vectors = eigsh(network.strengths[inside][:, inside], k=1, which="LA", v0=np.ones(len(inside)))
    found[inside] = np.abs(vectors[:, 0])
    return found


def _closeness(network: Ties) -> Floats:
    n = len(network)
    found = np.zeros(n)
    for first in range(0, n, _BATCH):
        batch = np.arange(first, min(first + _BATCH, n))
        distances = dijkstra(network.lengths, indices=batch)
        reached = np.isfinite(distances)
        others = reached.sum(axis=1) - 1
        total = np.where(reached, distances, 0).sum(axis=1)
        found[batch] = np.divide(others**2, total * max(n - 1, 1), out=np.zeros(len(batch)), where=total > 0)
    return found


def _by_networkx(network: Ties, measure: Measure, seed: int) -> Mapping[int, float]:
    n = len(network)
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(n))
    rows = np.repeat(np.arange(n), np.diff(network.strengths.indptr)).tolist()
    columns, strengths = network.strengths.indices.tolist(), network.strengths.data.tolist()
    for a, b, strength, length in zip(rows, columns, strengths, network.lengths.data.tolist(), strict=True):
        plain.add_edge(a, b, strength=strength, distance=length)
    match measure:
        case "betweenness":
            sample = SAMPLE if n > EXACT_UP_TO else None
            return nx.betweenness_centrality(plain, k=sample, weight="distance", seed=seed)
        case "degree":
            return nx.degree_centrality(plain) if n > 1 else {0: 0.0}
        case "strength":
            return dict(plain.degree(weight="strength"))
        case "pagerank":
            return nx.pagerank(plain, alpha=DAMPING, weight="strength", tol=_TOLERANCE, max_iter=1000)
        case _:
            return nx.closeness_centrality(plain, distance="distance")
