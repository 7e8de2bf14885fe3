"""Communities on arrays: the method of Louvain, with the moves of large levels made many at a time.

Blondel and others (2008) let each node in turn join the neighbouring community that raises modularity most, make a
node of every community, and begin again. In turn is slow in Python: on a level of many nodes all of them choose at
once here, from sums made in compiled loops, and half of those who wish to move do, drawn by lot, so that two
neighbours do not change places for ever. The few small levels at the end are done node by node.
"""

from __future__ import annotations

from collections import deque

import numpy as np
from scipy import sparse

from diplograph.arrays import Floats, Integers, Ties

#: Up to so many nodes they move one by one.
_ONE_BY_ONE_UP_TO = 200
#: Rounds of a level end when fewer than this share wish to move, or after so many.
_FEW = 0.02
_ROUNDS = 40
#: A gain must be more than rounding.
_GAIN = 1e-12


def louvain(network: Ties, *, resolution: float = 1.0, seed: int = 1) -> Integers:
    """The number of its community for every node; numbers run from 0 in the order of the communities' first nodes.

    A node without ties is a community of its own. The same ties, resolution and seed give the same numbers.
    """
    lots = np.random.default_rng(seed)
    member = np.arange(len(network))
    level = network.strengths
    total = float(network.strengths.sum())
    while total:
        strength = np.asarray(level.sum(axis=1), dtype=np.float64).ravel()
        others = _without_diagonal(level)
        choose = _one_by_one if len(strength) <= _ONE_BY_ONE_UP_TO else _together
        chosen = choose(others, strength, resolution / total, lots)
        names, joined = np.unique(chosen, return_inverse=True)
        if len(names) == len(strength):
            break
        member = joined[member]
        into = _membership(joined, len(names))
        level = (into.T @ level @ into).tocsr()
    _, first, joined = np.unique(member, return_index=True, return_inverse=True)
    numbers: Integers = np.argsort(np.argsort(first))[joined]
    return numbers


def _together(others: sparse.csr_array, strength: Floats, scale: float, lots: np.random.Generator) -> Integers:
    """The community of each node after rounds in which half of those who wish to move do."""
    community = np.arange(len(strength))
    for _ in range(_ROUNDS):
        wish = _wishes(others, strength, community, scale)
        movers = np.flatnonzero(wish != community)
        if len(movers) < _FEW * len(strength):
            break
        movers = movers[lots.random(len(movers)) < 0.5]
        community[movers] = wish[movers]
    return community


def _wishes(others: sparse.csr_array, strength: Floats, community: Integers, scale: float) -> Integers:
    """The community each node would join if no other moved: of the best the first; its own where none is better."""
    n = len(strength)
    total = np.bincount(community, weights=strength, minlength=n)
    pulls = others @ _membership(community, n)
    node = np.repeat(np.arange(n), np.diff(pulls.indptr))
    own = pulls.indices == community[node]
    share = strength * scale
    gain = pulls.data - share[node] * (total[pulls.indices] - np.where(own, strength[node], 0))
    stay = -share * (total[community] - strength)
    stay[node[own]] = gain[own]
    tied = np.flatnonzero(np.diff(pulls.indptr))
    best = np.full(n, -np.inf)
    best[tied] = np.maximum.reduceat(gain, pulls.indptr[tied]) if len(tied) else best[tied]
    better = np.flatnonzero((gain == best[node]) & (gain > stay[node] + _GAIN))[::-1]
    wish = community.copy()
    wish[node[better]] = pulls.indices[better]
    return wish


def _one_by_one(others: sparse.csr_array, strength: Floats, scale: float, lots: np.random.Generator) -> Integers:
    """The community of each node after moves in turn; a node has its turn again when a neighbour has moved."""
    starts, neighbours, pulls = (part.tolist() for part in (others.indptr, others.indices, others.data))
    strengths, community, total = strength.tolist(), list(range(len(strength))), strength.tolist()
    waiting = [True] * len(strengths)
    turns = deque(lots.permutation(len(strengths)).tolist())
    while turns:
        node = turns.popleft()
        waiting[node] = False
        here, share = community[node], strengths[node] * scale
        around = neighbours[starts[node] : starts[node + 1]]
        pull: dict[int, float] = {here: 0.0}
        for other, weight in zip(around, pulls[starts[node] : starts[node + 1]], strict=True):
            pull[community[other]] = pull.get(community[other], 0.0) + weight
        total[here] -= strengths[node]
        best, most = here, pull[here] - share * total[here] + _GAIN
        for there, weight in pull.items():
            gain = weight - share * total[there]
            if gain > most:
                best, most = there, gain
        total[best] += strengths[node]
        if best != here:
            community[node] = best
            again = [other for other in around if community[other] != best and not waiting[other]]
            turns.extend(again)
            for other in again:
                waiting[other] = True
    return np.array(community)


def _membership(community: Integers, communities: int) -> sparse.csr_array:
    """The matrix with a row a node, 1 in the column of its community."""
    n = len(community)
    return sparse.csr_array((np.ones(n), community, np.arange(n + 1)), shape=(n, communities))


def _without_diagonal(level: sparse.csr_array) -> sparse.csr_array:
    rows = np.repeat(np.arange(level.shape[0]), np.diff(level.indptr))
    kept = rows != level.indices
    starts = np.concatenate([[0], np.cumsum(kept)])[level.indptr]
    return sparse.csr_array((level.data[kept], level.indices[kept], starts), shape=level.shape)
