"""Where the nodes stand: apart, with their community, and in the same place however the network was built."""

from __future__ import annotations

import math
from itertools import combinations

import networkx as nx
import pytest

from diplograph.layout import layout

Network = nx.Graph  # of node ids


def rings(count: int, size: int) -> tuple[Network, list[list[str]]]:
    """`count` rings of `size` nodes in a row, each tied once to the next."""
    network: Network = nx.Graph()
    groups = [[f"{ring}-{node:02}" for node in range(size)] for ring in range(count)]
    for group in groups:
        for a, b in zip(group, [*group[1:], group[0]], strict=True):
            network.add_edge(a, b, meetings=3)
    for one, other in zip(groups, groups[1:], strict=False):
        network.add_edge(one[0], other[0], meetings=1)
    return network, groups


def even(network: Network, size: float = 10.0) -> dict[str, float]:
    return dict.fromkeys(network, size)


def test_an_empty_network_has_no_places() -> None:
    assert layout(nx.Graph(), [], sizes={}) == {}


def test_one_node_stands_in_the_middle() -> None:
    network: Network = nx.Graph()
    network.add_node("a")
    assert layout(network, [["a"]], sizes={"a": 8.0}) == {"a": (0, 0)}


def test_two_that_met_stand_apart() -> None:
    network: Network = nx.Graph([("a", "b")])
    places = layout(network, [["a", "b"]], sizes=even(network))
    assert math.dist(places["a"], places["b"]) > 20


@pytest.mark.parametrize(("count", "size"), [(1, 5), (1, 60), (4, 20), (6, 12)])
def test_no_two_discs_overlap(count: int, size: int) -> None:
    network, groups = rings(count, size)
    places = layout(network, groups, sizes=even(network))
    assert min(math.dist(places[a], places[b]) for a, b in combinations(network, 2)) >= 19


def test_communities_of_a_large_network_stand_side_by_side() -> None:
    network, groups = rings(4, 20)
    places = layout(network, groups, sizes=even(network))
    middles = [tuple(sum(places[node][axis] for node in group) / len(group) for axis in (0, 1)) for group in groups]
    for own, group in enumerate(groups):
        for node in group:
            nearest = min(range(len(groups)), key=lambda other: math.dist(places[node], middles[other]))
            assert nearest == own


def test_nodes_without_ties_stand_together_outside() -> None:
    network, groups = rings(1, 12)
    network.add_nodes_from(["x", "y", "z"])
    places = layout(network, [*groups, ["x"], ["y"], ["z"]], sizes=even(network))
    ring = max(math.dist(places[a], places[b]) for a, b in combinations(groups[0], 2))
    lonely = max(math.dist(places[a], places[b]) for a, b in combinations("xyz", 2))
    assert lonely < ring
    assert all(math.dist(places["x"], places[node]) > 20 for node in groups[0])


def test_a_stray_of_a_large_network_joins_those_it_is_tied_to() -> None:
    network, groups = rings(4, 20)
    network.add_edge("stray", groups[2][5], meetings=1)
    places = layout(network, groups, sizes=even(network))
    middle = [sum(places[node][axis] for node in groups[2]) / 20 for axis in (0, 1)]
    others = [node for number in (0, 1, 3) for node in groups[number]]
    assert math.dist(places["stray"], middle) < min(math.dist(places[node], middle) for node in others)


def test_the_order_of_insertion_does_not_matter() -> None:
    network, groups = rings(4, 20)
    turned: Network = nx.Graph()
    turned.add_nodes_from(reversed(list(network)))
    turned.add_edges_from((b, a, data) for a, b, data in reversed(list(network.edges(data=True))))
    backwards = [list(reversed(group)) for group in groups]
    assert layout(turned, backwards, sizes=even(turned)) == layout(network, groups, sizes=even(network))


def test_another_seed_gives_another_layout() -> None:
    network, groups = rings(4, 20)
    sizes = even(network)
    assert layout(network, groups, sizes=sizes, seed=1) != layout(network, groups, sizes=sizes, seed=2)


def test_many_small_components_stand_around_the_large_one_without_overlap() -> None:
    network, groups = rings(4, 20)
    for pair in range(300):
        network.add_edge(f"p{pair}", f"q{pair}", meetings=1)
    places = layout(network, [*groups, *([f"p{pair}", f"q{pair}"] for pair in range(300))], sizes=even(network))
    assert min(math.dist(places[a], places[b]) for a, b in combinations(network, 2)) >= 19
    middle = [sum(places[node][axis] for group in groups for node in group) / 80 for axis in (0, 1)]
    large = max(math.dist(places[node], middle) for group in groups for node in group)
    assert all(math.dist(places[f"p{pair}"], middle) > large for pair in range(300))


def test_a_community_too_large_for_every_pair_keeps_neighbours_near() -> None:
    network: Network = nx.Graph()
    for node in range(400):
        for step in (1, 2):
            network.add_edge(f"{node:03}", f"{(node + step) % 400:03}", meetings=1)
    group = sorted(network)
    places = layout(network, [group], sizes=even(network))
    assert places == layout(network, [group[::-1]], sizes=even(network))
    tied = [math.dist(places[a], places[b]) for a, b in network.edges]
    any_two = [math.dist(places[a], places[b]) for a, b in combinations(group, 2)]
    assert sum(tied) / len(tied) < sum(any_two) / len(any_two) / 4
    assert min(any_two) >= 15
