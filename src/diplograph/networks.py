"""records → the networks of each kind, their scores and their communities, each made once for all who need it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import networkx as nx
from rdflib import Graph

from diplograph.arrays import Ties, ties
from diplograph.communities import Community, cluster
from diplograph.measures import Measure, scores
from diplograph.network import Met, NetworkKind, StatusChoice, met, tied
from diplograph.records import Records, read_records
from diplograph.rows import Rows

_Made = TypeVar("_Made")


class Networks:
    """What page, report and tables read out of the same records.

    What comes out is shared, and nobody may change it: networks are frozen (see `networkx.freeze`).
    """

    def __init__(self, records: Records) -> None:
        self.records = records
        self._made: dict[tuple[Any, ...], Any] = {}

    @classmethod
    def of(cls, source: Graph | Records | Networks) -> Networks:
        """The networks of a graph, which is read once.

        Raises:
            RecordError: the graph breaks the contract, see `records.read_meetings`.
        """
        return source if isinstance(source, Networks) else cls(read_records(source))

    def network(self, kind: NetworkKind, *, status: StatusChoice = "held") -> nx.Graph[str]:
        """See `network.network`."""
        return self._once(
            ("network", kind, status), lambda: nx.freeze(tied(self.records, kind, self._met(kind, status)))
        )

    def _met(self, kind: NetworkKind, status: StatusChoice) -> Met:
        of: NetworkKind = "officials" if kind == "mixed" else kind
        return self._once(("met", of, status), lambda: met(self.records, of, status=status))

    def scores(self, kind: NetworkKind, measure: Measure, *, seed: int = 1) -> dict[str, float]:
        """One measure of every node of the network of meetings held, see `measures.scores`."""
        return self._once(("scores", kind, measure, seed), lambda: scores(self._ties(kind), measure, seed=seed))

    def communities(self, kind: NetworkKind, *, seed: int = 1) -> Rows[Community]:
        """Those of the network of meetings held, see `communities.cluster`."""
        return self._once(("communities", kind, seed), lambda: cluster(self.network(kind), seed=seed))

    def _ties(self, kind: NetworkKind) -> Ties:
        return self._once(("ties", kind), lambda: ties(self.network(kind)))

    def _once(self, what: tuple[Any, ...], make: Callable[[], _Made]) -> _Made:
        if what not in self._made:
            self._made[what] = make()
        made: _Made = self._made[what]
        return made
