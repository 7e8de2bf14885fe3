"""Where the nodes of a network stand on the page: the members of a community together, communities side by side.

Browsers lay out large networks slowly and never twice alike; here it is done once, from a seed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Points = NDArray[np.float64]

#: Room between the rims of two nodes, and between the rims of two communities, in the page's units.
_NODE_GAP = 14.0
_GROUP_GAP = 44.0
#: How far from the middle of its group the outermost of n nodes stands: this times the root of n.
_REACH = 36.0
_ROUNDS = 60
#: Up to so many nodes each is pushed by every other; above, by the cells of a grid of so many by so many.
_EXACT_UP_TO = 300
_CELLS = 16
_COARSE_STEPS = 120
#: A component of so many nodes is readable as one: splitting it would tear neighbours apart.
_WHOLE_UP_TO = 60
#: Screens are wider than high: distances upwards count for more when communities are packed.
_STRETCH = 1.25
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def layout(
    network: nx.Graph[str], groups: Sequence[Sequence[str]], *, sizes: Mapping[str, float], seed: int = 1
) -> dict[str, tuple[int, int]]:
    """A place for every node, by node in sorted order; empty for an empty network.

    `groups` are communities; a node in none stands alone. `sizes` are the radii of the nodes: no two discs overlap
    inside a group, no two groups overlap, and the whole is wider than it is high. Nodes without any tie share one
    disc at the rim. Ties pull as strongly as they have `meetings`. The same network, groups, sizes and seed give the
    same places, in whatever order.
    """
    parts = _join_strays(network, groups)
    tied = [part for part in parts if len(part) > 1 or network.degree(part[0])]
    untied = [node for part in parts if len(part) == 1 and not network.degree(part[0]) for node in part]
    room = room_for(len(network))
    discs = [_spread(_spring(network, part, seed) * room, _radii(part, sizes), _NODE_GAP * room**2) for part in tied]
    if untied:
        tied.append(untied)
        discs.append(_sunflower(_radii(untied, sizes), _NODE_GAP * room**2))
    radii = [
        float(np.max(np.hypot(*disc.T))) + max(sizes[node] for node in part)
        for part, disc in zip(tied, discs, strict=True)
    ]
    centres = _pack(_ties_between(network, tied), radii)
    placed = {
        node: centre + point
        for part, disc, centre in zip(tied, discs, centres, strict=True)
        for node, point in zip(part, disc, strict=True)
    }
    for part, centre in zip(tied, centres, strict=True):
        _turn(network, part, centre, placed)
    _lay_down(placed)
    return {node: (round(float(placed[node][0])), round(float(placed[node][1]))) for node in sorted(placed)}


def room_for(nodes: int) -> float:
    """How much wider than tight a network of so many nodes is laid out, 1 to 2.8.

    A small network has room for its names; in a large one nearness says more.
    """
    return min(max(180 / max(nodes, 1), 1.0), 2.8)


def _join_strays(network: nx.Graph[str], groups: Sequence[Sequence[str]]) -> list[list[str]]:
    """The network in parts, largest first: small components whole, large ones by group.

    A lone node of a large component goes to the group it is tied to most.
    """
    small = [sorted(part) for part in nx.connected_components(network) if len(part) <= _WHOLE_UP_TO]
    in_small = {node for part in small for node in part}
    parts = [sorted(node for node in group if node in network and node not in in_small) for group in groups]
    parts += sorted(small)
    of_node = {node: number for number, part in enumerate(parts) for node in part if len(part) > 1}
    alone: list[list[str]] = []
    joined: dict[int, list[str]] = {}
    for node in sorted(set(network) - set(of_node)):
        near = [(other, data) for _, other, data in network.edges(node, data=True) if other in of_node]
        ties = sorted((-_pull(data), of_node[other]) for other, data in near)
        if ties:
            joined.setdefault(ties[0][1], []).append(node)
        else:
            alone.append([node])
    whole = [sorted(part + joined.get(number, [])) for number, part in enumerate(parts) if len(part) > 1]
    return sorted(whole, key=lambda part: (-len(part), part)) + alone


def _pull(data: Mapping[str, int]) -> float:
    """How strongly a tie pulls; a fiftieth meeting adds less than a second one."""
    return math.sqrt(data.get("meetings") or 1)


def _spring(network: nx.Graph[str], part: Sequence[str], seed: int) -> Points:
    """A spring layout of one group around (0, 0), as wide as its number of nodes asks for."""
    if len(part) == 1:
        return np.zeros((1, 2))
    numbered: nx.Graph[int] = nx.Graph()
    numbered.add_nodes_from(range(len(part)))
    number = {node: position for position, node in enumerate(part)}
    inside = sorted(
        (number[a], number[b]) if number[a] < number[b] else (number[b], number[a])
        for a, b in network.subgraph(part).edges
        if a != b
    )
    for a, b in inside:
        numbered.add_edge(a, b, pull=_pull(network.edges[part[a], part[b]]))
    if len(part) > _EXACT_UP_TO:
        points = _coarse_spring(len(part), numbered, seed)
    else:
        found = nx.spring_layout(numbered, weight="pull", seed=seed, iterations=80, method="force")
        points = np.array([found[position] for position in range(len(part))], dtype=float)
    points -= points.mean(axis=0)
    reach = float(np.max(np.hypot(*points.T))) or 1.0
    return points * (_REACH * math.sqrt(len(part)) / reach)


def _coarse_spring(count: int, numbered: nx.Graph[int], seed: int) -> Points:
    """The same forces for a large group, in time that grows with its nodes and not with their pairs.

    Each node is pushed by the cells of a coarse grid, each as heavy as the nodes in it, instead of by every other
    node (Fruchterman and Reingold 1991 name the forces; the cells are an idea of Barnes and Hut 1986).
    """
    points: Points = np.random.default_rng(seed).random((count, 2))
    edges = np.array(list(numbered.edges), dtype=int).reshape(-1, 2)
    pulls = np.array(list(nx.get_edge_attributes(numbered, "pull").values()))
    length = 1 / math.sqrt(count)
    for step in range(_COARSE_STEPS):
        low, high = points.min(axis=0), points.max(axis=0)
        place = np.minimum((points - low) / np.maximum(high - low, 1e-9) * _CELLS, _CELLS - 1).astype(int)
        cell = place[:, 0] * _CELLS + place[:, 1]
        weight = np.bincount(cell, minlength=_CELLS**2).astype(float)
        middle = np.stack([np.bincount(cell, points[:, axis], _CELLS**2) for axis in (0, 1)], axis=1)
        middle, weight = middle[weight > 0] / weight[weight > 0, None], weight[weight > 0]
        delta = points[:, None, :] - middle[None, :, :]
        # Nearer than half a length nodes do not push harder: overlaps are undone later.
        squared = np.maximum((delta**2).sum(axis=2), length**2 / 4)
        force = (delta * (length**2 * weight / squared)[..., None]).sum(axis=1)
        along = points[edges[:, 1]] - points[edges[:, 0]]
        drawn = along * (np.hypot(*along.T) * pulls / length)[:, None]
        np.add.at(force, edges[:, 0], drawn)
        np.add.at(force, edges[:, 1], -drawn)
        far = np.maximum(np.hypot(*force.T), 1e-9)
        warmth = 0.1 * (1 - step / _COARSE_STEPS)
        points = points + force * (np.minimum(far, warmth) / far)[:, None]
    return points


def _radii(part: Sequence[str], sizes: Mapping[str, float]) -> NDArray[np.float64]:
    return np.array([sizes[node] for node in part])


def _spread(points: Points, sizes: NDArray[np.float64], gap: float) -> Points:
    """Push overlapping discs apart, a little at a time, until none overlap or the rounds are over."""
    reach = 2 * float(sizes.max()) + gap
    for _ in range(_ROUNDS):
        pairs = cKDTree(points).query_pairs(reach, output_type="ndarray")
        first, second = pairs[:, 0], pairs[:, 1]
        delta = points[first] - points[second]
        distance = np.maximum(np.hypot(*delta.T), 1e-6)
        overlap = np.maximum(sizes[first] + sizes[second] + gap - distance, 0.0)
        if not overlap.any():
            break
        push = (overlap / distance * 0.4)[:, None] * delta
        points = points.copy()
        np.add.at(points, first, push)
        np.add.at(points, second, -push)
    centred: Points = points - points.mean(axis=0)
    return centred


def _sunflower(sizes: NDArray[np.float64], gap: float) -> Points:
    """Nodes without ties, evenly in a disc."""
    step = (float(sizes.max()) * 2 + gap * 0.5) * 0.6
    index = np.arange(len(sizes))
    radius, angle = step * np.sqrt(index), index * _GOLDEN_ANGLE
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _ties_between(network: nx.Graph[str], parts: Sequence[Sequence[str]]) -> dict[tuple[int, int], float]:
    of_node = {node: number for number, part in enumerate(parts) for node in part}
    ties: dict[tuple[int, int], float] = {}
    for a, b in sorted(tuple(sorted(pair)) for pair in network.edges):
        pair = (min(of_node[a], of_node[b]), max(of_node[a], of_node[b]))
        if pair[0] != pair[1]:
            ties[pair] = ties.get(pair, 0.0) + _pull(network.edges[a, b])
    return ties


def _pack(ties: Mapping[tuple[int, int], float], radii: Sequence[float]) -> list[Points]:
    """Centres of discs that do not overlap: those with ties near to each other in the middle, the others around."""
    tied = sorted({number for pair in ties for number in pair}) or [0]
    centres: dict[int, Points] = {}
    for number in tied if radii else ():
        pulls = [(ties.get((other, number), 0.0), centre) for other, centre in centres.items()]
        total = sum(pull for pull, _ in pulls)
        # A little of every pull is towards the middle, so that the whole stays round.
        target = sum((pull * centre for pull, centre in pulls), np.zeros(2)) / (total * 1.3) if total else np.zeros(2)
        standing = [radii[other] for other in centres]
        centres[number] = _nearest_free(target, radii[number], list(centres.values()), standing)
    areas = sum(radii[number] ** 2 for number in centres)
    middle = sum((radii[number] ** 2 / areas * centre for number, centre in centres.items()), np.zeros(2))
    centres = {number: centre - middle for number, centre in centres.items()}
    rim = max((float(np.hypot(*centre)) + radii[number] for number, centre in centres.items()), default=0.0)
    alone = sorted((number for number in range(len(radii)) if number not in centres), key=lambda n: (-radii[n], n))
    centres |= dict(zip(alone, _rings([radii[number] for number in alone], rim), strict=True))
    return [centres[number] for number in range(len(radii))]


def _rings(radii: Sequence[float], rim: float) -> list[Points]:
    """Centres of discs, given largest first, ring by ring around a disc of the radius `rim`."""
    centres: list[Points] = []
    ring = angle = used = first = last = 0.0
    for radius in radii:
        step, closing = _turn_past(ring, last + radius), _turn_past(ring, radius + first)
        if not ring or used + step + closing > math.tau:
            ring, angle, used, first = rim + _GROUP_GAP + radius, 0.0, 0.0, radius
            rim = ring + radius
        else:
            angle, used = angle + step, used + step
        centres.append(ring * np.array([math.cos(angle), math.sin(angle)]))
        last = radius
    return centres


def _turn_past(ring: float, width: float) -> float:
    """The angle between two discs on a ring whose radii add up to `width`; half a turn if the ring is too small."""
    return 2 * math.asin(min((width + _GROUP_GAP) / 2 / ring, 1.0)) if ring else math.pi


def _nearest_free(target: Points, radius: float, centres: Sequence[Points], radii: Sequence[float]) -> Points:
    """The free place nearest to the target: the target itself, or a place beside a disc that already stands."""
    if not centres:
        return target
    angles = np.linspace(0, 2 * math.pi, 48, endpoint=False)
    around = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    candidates = [target[None, :]]
    candidates += [centre + around * (radii[i] + radius + _GROUP_GAP) for i, centre in enumerate(centres)]
    points = np.concatenate(candidates)
    stand = np.array(centres)
    room = np.hypot(*np.moveaxis(points[:, None, :] - stand[None, :, :], -1, 0)) - np.array(radii)
    free = points[(room >= radius + _GROUP_GAP - 1e-6).all(axis=1)]
    offset = free - target
    far = np.hypot(offset[:, 0], offset[:, 1] * _STRETCH)
    best: Points = free[int(np.argmin(np.round(far, 6)))]
    return best


def _turn(network: nx.Graph[str], part: Sequence[str], centre: Points, placed: dict[str, Points]) -> None:
    """Turn a group so that its members look towards those they are tied to elsewhere; changes `placed`."""
    members = set(part)
    outward = [(node, other) for node in part for other in sorted(network[node]) if other not in members]
    if len(part) == 1 or not outward:
        return
    here = np.array([placed[node] for node, _ in outward]) - centre
    there = np.array([placed[other] for _, other in outward]) - centre
    pulls = np.array([_pull(network.edges[pair]) for pair in outward])
    # The best rotation in the plane has a closed form: the argument of the sum of there · conj(here).
    turned = np.sum(pulls * (there[:, 0] + 1j * there[:, 1]) * (here[:, 0] - 1j * here[:, 1]))
    angle = float(np.angle(turned))
    rotation = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    for node in part:
        placed[node] = centre + (placed[node] - centre) @ rotation


def _lay_down(placed: dict[str, Points]) -> None:
    """Turn the whole so that it is widest from left to right, as screens are; changes `placed`."""
    if len(placed) < 2:
        return
    points = np.array(list(placed.values()))
    points -= points.mean(axis=0)
    # The angle of the first principal axis, of a plane in closed form.
    (xx, xy), (_, yy) = points.T @ points
    angle = -0.5 * math.atan2(2 * xy, xx - yy)
    rotation = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    for node, point in zip(list(placed), points @ rotation, strict=True):
        placed[node] = point
