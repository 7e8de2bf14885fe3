"""Betweenness on arrays: Brandes' algorithm for a batch of sources at a time.

SciPy's Dijkstra gives the distances from each source. A tie lies on a shortest path where its length is just the
difference of two of them, so the ties that do form a graph without cycles; counting paths along it, and adding up
shares against it, are products of its matrix with vectors, one for each step of the longest path.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

from diplograph.arrays import Floats, Integers, Ties

#: A batch has about so many ties: more would fall out of the processor's cache.
_ROOM = 30_000


def betweenness(network: Ties, sources: Sequence[int] | None = None) -> Floats:
    r"""The betweenness of every node, in [0, 1]; the lengths of ties must be positive.

    Exact: :math:`\frac{2}{(n-1)(n-2)} \sum_{s<t} \sigma(s,t|v) / \sigma(s,t)` (Freeman 1978; Brandes 2001). With
    `sources` only the paths from these count and are scaled up: a node by the number of sources other than itself
    (Brandes and Pich 2007), as networkx does. Fewer than three nodes have none between them.
    """
    n = len(network)
    if n < 3:
        return np.zeros(n)
    starts = np.arange(n) if sources is None else np.asarray(sources)
    size = max(1, _ROOM // max(network.lengths.nnz, 1))
    total = np.zeros(n)
    for first in range(0, len(starts), size):
        total += _dependencies(network.lengths, starts[first : first + size])
    counted = np.full(n, float(len(starts)))
    counted[starts] -= 1
    share: Floats = np.divide(total, counted * (n - 2), out=np.zeros(n), where=counted > 0)
    return share


def _dependencies(lengths: sparse.csr_array, sources: Integers) -> Floats:
    """For each node the sum, over these sources s and all t, of the share of paths from s to t that run through it."""
    n, size = lengths.shape[0], len(sources)
    distances = dijkstra(lengths, indices=sources)
    distances[np.isinf(distances)] = np.nan  # equal to nothing
    steps = _steps(lengths, distances)
    back = steps.T
    at_source = np.arange(size) * n + sources
    # σ, the number of shortest paths: those of no step, of one, of two, …
    paths = np.zeros(size * n)
    paths[at_source] = 1
    count = paths.copy()
    while paths.any():
        paths = back @ paths
        count += paths
    # δ(v) = Σ σ(v)/σ(w) · (1 + δ(w)) over the next nodes w: with y = (1 + δ)/σ it is y = 1/σ + steps · y
    share = np.divide(1, count, out=np.zeros(size * n), where=count > 0)
    beyond = np.zeros(size * n)
    while share.any():
        share = steps @ share
        beyond += share
    beyond *= count
    beyond[at_source] = 0
    total: Floats = beyond.reshape(size, n).sum(axis=0)
    return total


def _steps(lengths: sparse.csr_array, distances: Floats) -> sparse.csr_array:
    """The ties on shortest paths from each source, away from it: a block of the matrix for each."""
    size, n = distances.shape
    starts = lengths.indptr.astype(np.int64)
    tail = np.repeat(np.arange(n), np.diff(starts))
    on_path = np.take(distances, tail, axis=1) + lengths.data == np.take(distances, lengths.indices, axis=1)
    found = np.flatnonzero(on_path.ravel())
    block, tie = np.divmod(found, lengths.nnz)
    rows = (np.arange(size)[:, None] * lengths.nnz + starts[:-1]).ravel()
    pointers = np.append(np.searchsorted(found, rows), len(found)).astype(np.int32)
    columns = (block * n + lengths.indices[tie]).astype(np.int32)
    return sparse.csr_array((np.ones(len(found)), columns, pointers), shape=(size * n, size * n))
