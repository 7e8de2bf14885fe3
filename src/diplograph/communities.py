"""network → communities: who belongs together, and who ties one community to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import get_args

import networkx as nx
import numpy as np

from diplograph.analyse import label_in, shared_ranks
from diplograph.arrays import Integers, Ties, ties
from diplograph.louvain import louvain
from diplograph.measures import AnalysisError, Engine
from diplograph.rows import Rows

_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Community:
    """Nodes that meet each other more than chance would have it."""

    id: int  # 1 is the largest
    members: tuple[str, ...]  # sorted
    states: tuple[str, ...]  # most members first, then by code
    topics: tuple[str, ...]  # most ties inside first, then by name
    label: str  # "KZ, HU · trade, energy"
    modularity: float  # its share of Q; the shares of a partition add up to Q
    meetings: int = 0  # different ones on the ties inside


@dataclass(frozen=True, slots=True)
class Bridge:
    """A node with ties to other communities."""

    rank: int
    node: str
    label: str
    community: int
    reaches: tuple[int, ...]  # the other communities, sorted
    meetings: int  # different ones on the ties that lead outside
    participation: float  # 0: all strength in one community; towards 1: spread evenly over many
    across: tuple[str, ...]  # labels of those met there, sorted
    evidence: tuple[str, ...]  # ids of the meetings, sorted


def cluster(
    network: nx.Graph[str], *, seed: int = 1, resolution: float = 1.0, engine: Engine = "arrays"
) -> Rows[Community]:
    r"""Communities of the network, the largest first, then by members; empty where there are no nodes.

    Louvain (Blondel, Guillaume, Lambiotte and Lefebvre 2008) looks for the partition of greatest modularity
    :math:`Q = \sum_c \frac{L_c}{m} - \gamma \left(\frac{d_c}{2m}\right)^2`, where m is the sum of all `meetings`,
    L_c the sum inside c, d_c the sum of strengths in c, and γ is `resolution`: above 1 for smaller communities.
    A node without ties is a community of its own.

    One seed always gives one partition, in whatever order nodes and edges were inserted. Another seed, or the engine
    "networkx", may give another one of nearly the same Q: a community is a reading of the network, not a fact about
    its members. `stability.stability` says how firm it is.

    Raises:
        AnalysisError: the resolution is not positive, or there is no such engine.
    """
    arrays = ties(network)
    found = partition(arrays, seed=seed, resolution=resolution, engine=engine)
    parts: dict[int, list[int]] = {}
    for node, number in enumerate(found.tolist()):
        parts.setdefault(number, []).append(node)
    ordered = sorted(parts.values(), key=lambda part: (-len(part), part))  # numbers sort as names do
    return Rows(_community(network, arrays, number, part, resolution) for number, part in enumerate(ordered, 1))


def partition(arrays: Ties, *, seed: int = 1, resolution: float = 1.0, engine: Engine = "arrays") -> Integers:
    """The number of its community for each node, as `louvain.louvain` gives it, or as networkx does.

    Raises:
        AnalysisError: the resolution is not positive, or there is no such engine.
    """
    if not resolution > 0:
        raise AnalysisError(f"resolution must be above 0, not {resolution}")
    if engine not in get_args(Engine):
        raise AnalysisError(f"no engine {engine!r}: choose one of {', '.join(get_args(Engine))}")
    if engine == "arrays":
        return louvain(arrays, resolution=resolution, seed=seed)
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(len(arrays)))
    strengths = arrays.strengths.tocoo()
    plain.add_weighted_edges_from(zip(*(part.tolist() for part in (*strengths.coords, strengths.data)), strict=True))
    found = nx.community.louvain_communities(plain, weight="weight", resolution=resolution, seed=seed)
    member = np.zeros(len(arrays), dtype=np.int64)
    for number, part in enumerate(found):
        member[list(part)] = number
    return member


def modularity(arrays: Ties, member: Integers, *, resolution: float = 1.0) -> float:
    """The modularity Q of a partition (see `cluster`); 0 for a network without ties."""
    total = arrays.strengths.sum()
    if not total:
        return 0.0
    rows = np.repeat(np.arange(len(arrays)), np.diff(arrays.strengths.indptr))
    inside = arrays.strengths.data[member[rows] == member[arrays.strengths.indices]].sum()
    strengths = np.bincount(member, weights=arrays.strength)
    return round(float(inside / total - resolution * ((strengths / total) ** 2).sum()), _DIGITS)


def bridges(network: nx.Graph[str], communities: Sequence[Community]) -> Rows[Bridge]:
    r"""Who ties communities together: by communities reached, then meetings across, then label, then id.

    Only nodes with a tie to another community have a row. Participation is
    :math:`1 - \sum_c (s_{vc}/s_v)^2` over the communities c, with s the strength of v's ties into c and in all
    (Guimerà and Amaral 2005). Every bridge names the meetings it stands on.
    """
    of_node = {node: community.id for community in communities for node in community.members}
    found = []
    for node in sorted(network):
        outside = sorted(other for other in network[node] if of_node.get(other) != of_node.get(node))
        if not outside:
            continue
        into: Counter[int] = Counter()
        for other in network[node]:
            data = network.edges[node, other]
            into[of_node.get(other, 0)] += data.get("weight") or data.get("meetings") or 1
        spread = 1 - sum((share / into.total()) ** 2 for _, share in sorted(into.items()))
        evidence = meetings_on(network.edges[node, other] for other in outside)
        found.append(
            Bridge(
                rank=0,
                node=node,
                label=label_in(network, node),
                community=of_node.get(node, 0),
                reaches=tuple(sorted(set(into) - {of_node.get(node, 0)})),
                meetings=len(evidence),
                participation=round(spread, _DIGITS),
                across=tuple(sorted(label_in(network, other) for other in outside)),
                evidence=tuple(sorted(evidence)),
            )
        )
    found.sort(key=lambda bridge: (-len(bridge.reaches), -bridge.meetings, bridge.label, bridge.node))
    ranks = shared_ranks([(len(bridge.reaches), bridge.meetings) for bridge in found])
    return Rows(replace(bridge, rank=place) for place, bridge in zip(ranks, found, strict=True))


def _community(network: nx.Graph[str], arrays: Ties, number: int, part: Sequence[int], resolution: float) -> Community:
    members = tuple(arrays.nodes[node] for node in part)
    inside = list(_edges_inside(network, members))
    states = _most_frequent(code for node in members for code in network.nodes[node].get("states", ()))
    topics = _most_frequent(topic for data in inside for topic in data.get("topics", ()))
    total = arrays.strengths.sum()
    share = 0.0
    if total:
        # A node without ties, as most communities are, has nothing inside.
        within = arrays.strengths[list(part)][:, list(part)].sum() if len(part) > 1 else 0.0
        share = within / total - resolution * (arrays.strength[list(part)].sum() / total) ** 2
    label = _community_label(states, topics) or label_in(network, members[0])
    meetings = len(meetings_on(inside))
    return Community(number, members, states, topics, label, round(float(share), _DIGITS), meetings)


def _edges_inside(network: nx.Graph[str], members: Sequence[str]) -> Iterator[dict[str, tuple[str, ...]]]:
    inside = set(members)
    for node in members:
        for other, data in network[node].items():
            if other in inside and node < other:
                yield data


def meetings_on(edges: Iterable[dict[str, tuple[str, ...]]]) -> set[str]:
    """The different meetings that ties rest on; an affiliation rests on tenures."""
    return {meeting for data in edges if data.get("relation", "met") == "met" for meeting in data.get("evidence", ())}


def _community_label(states: tuple[str, ...], topics: tuple[str, ...]) -> str:
    """Three states and two topics name a community: "KZ, HU, LV +2 · trade, energy"."""
    more = f" +{len(states) - 3}" if len(states) > 3 else ""
    return " · ".join(part for part in (", ".join(states[:3]) + more, ", ".join(topics[:2])) if part)


def _most_frequent(names: Iterable[str]) -> tuple[str, ...]:
    counts = Counter(names)
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))
