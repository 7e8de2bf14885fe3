"""How far communities are a fact of the network: whether other seeds and resolutions find the same ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from diplograph.analyse import label_in
from diplograph.arrays import Integers, Ties, ties
from diplograph.communities import Community, meetings_on, modularity, partition
from diplograph.measures import AnalysisError
from diplograph.rows import Rows

_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Stability:
    """How far the partitions of one resolution, found with different seeds, agree."""

    resolution: float
    runs: int
    fewest: int  # communities, those of one node too
    most: int
    lowest: float  # modularity
    highest: float
    agreement: float  # mean adjusted Rand index of two runs: 1 the same partition, 0 no better than chance
    to_reference: float  # the same between each run and the reference partition
    meetings: int  # that the network rests on


@dataclass(frozen=True, slots=True)
class Firmness:
    """How often the members of a community stay together when seeds and resolutions change."""

    community: int
    label: str
    size: int
    firmness: float  # share of pairs of members found in one community, mean over the runs; 1.0 for a lone node
    loose: tuple[str, ...]  # labels of members who share a community with less than half of the others, sorted
    meetings: int


def stability(
    network: nx.Graph[str], *, seeds: int = 20, resolutions: Sequence[float] = (0.5, 1.0, 2.0), seed: int = 1
) -> Rows[Stability]:
    """How far communities depend on the seed and on the resolution: a row a resolution, in the order given.

    Each is cut with the seeds 1 … `seeds`. Agreement is the adjusted Rand index (Hubert and Arabie 1985) between two
    runs, mean over all pairs of runs; the reference is ``cluster(network, seed=seed)``. Nodes without ties, which are
    alone in every partition, are left out; a network without ties gives agreement 1.

    Raises:
        AnalysisError: fewer than two seeds, or a resolution that is not positive.
    """
    arrays = _tied(network)
    reference = partition(arrays, seed=seed)
    meetings = len(meetings_on(data for _, _, data in network.edges(data=True)))
    rows = []
    for resolution in resolutions:
        runs = _runs(arrays, seeds, resolution)
        sizes = [len(set(run.tolist())) for run in runs]
        quality = [modularity(arrays, run, resolution=resolution) for run in runs]
        pairs = [agreement(a, b) for i, a in enumerate(runs) for b in runs[:i]]
        others = [agreement(run, reference) for run in runs]
        rows.append(
            Stability(
                resolution=resolution,
                runs=seeds,
                fewest=min(sizes),
                most=max(sizes),
                lowest=min(quality),
                highest=max(quality),
                agreement=_mean(pairs),
                to_reference=_mean(others),
                meetings=meetings,
            )
        )
    return Rows(rows)


def firmness(
    network: nx.Graph[str],
    communities: Sequence[Community],
    *,
    seeds: int = 20,
    resolutions: Sequence[float] = (0.5, 1.0, 2.0),
) -> Rows[Firmness]:
    """How firmly each community holds together over seeds and resolutions: a row a community, in the order given.

    Raises:
        AnalysisError: fewer than two seeds, or a resolution that is not positive.
    """
    arrays = ties(network)
    number = {node: position for position, node in enumerate(arrays.nodes)}
    runs = [run for resolution in resolutions for run in _runs(arrays, seeds, resolution)]
    rows = []
    for community in communities:
        inside = np.array([number[node] for node in community.members])
        together = sum((run[inside][:, None] == run[inside][None, :]).astype(np.float64) for run in runs) / len(runs)
        others = max(len(inside) - 1, 1)
        of_member = (np.sum(together, axis=1) - 1) / others if len(inside) > 1 else np.ones(1)
        loose = (
            label_in(network, node) for node, share in zip(community.members, of_member, strict=True) if share < 0.5
        )
        rows.append(
            Firmness(
                community=community.id,
                label=community.label,
                size=len(inside),
                firmness=_mean(of_member.tolist()),
                loose=tuple(sorted(loose)),
                meetings=community.meetings,
            )
        )
    return Rows(rows)


def agreement(one: Integers, other: Integers) -> float:
    """The adjusted Rand index of two partitions of the same nodes: 1 for the same, 0 on average for random ones."""
    if not len(one):
        return 1.0
    same = _pairs(np.unique(np.stack([one, other]), axis=1, return_counts=True)[1])
    first, second = _pairs(np.bincount(one)), _pairs(np.bincount(other))
    every = len(one) * (len(one) - 1) / 2
    expected = first * second / every if every else 0.0
    most = (first + second) / 2
    return 1.0 if most == expected else (same - expected) / (most - expected)


def _pairs(counts: NDArray[Any]) -> float:
    return float((counts * (counts - 1) / 2).sum())


def _runs(arrays: Ties, seeds: int, resolution: float) -> list[Integers]:
    if seeds < 2:
        raise AnalysisError(f"stability needs at least 2 seeds, not {seeds}")
    return [partition(arrays, seed=seed, resolution=resolution) for seed in range(1, seeds + 1)]


def _tied(network: nx.Graph[str]) -> Ties:
    return ties(network.subgraph([node for node in network if any(other != node for other in network[node])]))


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), _DIGITS)
