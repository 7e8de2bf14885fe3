"""network → arrays: the ties of a network in compressed rows, which the fast measures read.

A network of dictionaries costs a look-up a tie and a step; these arrays are made once, and every measure that follows
runs in compiled loops. Nodes are sorted, so the arrays do not depend on the order of insertion.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """A network as arrays; row i of both matrices belongs to ``nodes[i]``, each tie stands in two rows.

    `strengths` are the weights of measures that read them as strengths, `lengths` of those that read them as
    distances. Ties of a node to itself are left out.
    """

    nodes: tuple[str, ...]  # sorted
    strengths: sparse.csr_array
    lengths: sparse.csr_array

    def __len__(self) -> int:
        return len(self.nodes)

    @property
    def strength(self) -> Floats:
        """The sum of the strengths of the ties of each node."""
        return np.asarray(self.strengths.sum(axis=1), dtype=np.float64).ravel()

    @property
    def degree(self) -> Integers:
        """The number of ties of each node."""
        degree: Integers = np.diff(self.strengths.indptr).astype(np.int64)
        return degree


def ties(network: nx.Graph[str]) -> Ties:
    """The ties of a network.

    The strength of a tie is its `weight`, else its number of `meetings`, else 1 (an affiliation, or a tie of a
    network made elsewhere); its length is its `distance`, else 1/strength.
    """
    nodes = tuple(sorted(network))
    number = {node: position for position, node in enumerate(nodes)}
    pairs = [(number[a], number[b], *weights(data)) for a, b, data in network.edges(data=True) if a != b]
    a, b, strengths, lengths = (np.array(column) for column in zip(*pairs, strict=True)) if pairs else _NOTHING
    rows, columns = np.concatenate([a, b]), np.concatenate([b, a])
    order = np.lexsort((columns, rows))
    starts = np.searchsorted(rows[order], np.arange(len(nodes) + 1))
    return Ties(
        nodes,
        *(
            sparse.csr_array((np.tile(data, 2)[order], columns[order], starts), shape=(len(nodes), len(nodes)))
            for data in (strengths.astype(np.float64), lengths.astype(np.float64))
        ),
    )


_NOTHING = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0), np.empty(0))


def weights(data: dict[str, float]) -> tuple[float, float]:
    """The strength and the length of a tie, by its attributes."""
    strength = data.get("weight") or data.get("meetings") or 1
    length = data.get("distance")
    return strength, 1 / strength if length is None else length
