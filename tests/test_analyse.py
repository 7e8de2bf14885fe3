import random
from math import sqrt
from typing import get_args

import networkx as nx
import pytest

from diplograph.analyse import brokers, centralities, rank
from diplograph.communities import cluster
from diplograph.measures import AnalysisError, Measure

MEASURES = get_args(Measure)


def ties(*edges: str | tuple[str, int], alone: str = "", **states: str) -> nx.Graph:
    """A network from pairs of letters: "ab" met once, ("ab", 3) three times; a="KZ HU" are the states of a."""
    built = nx.Graph()
    for edge in edges:
        (a, b), meetings = edge if isinstance(edge, tuple) else (edge, 1)
        built.add_edge(a, b, meetings=meetings, distance=1 / meetings)
    built.add_nodes_from(alone)
    for node, codes in states.items():
        built.nodes[node]["states"] = tuple(codes.split())
    return built


PATH = ties("ab", "bc")
STAR = ties("ha", "hb", "hc", "hd")
BARBELL = ties("ab", "ac", "bc", "cd", "de", "df", "ef")  # two triangles and a bridge
STRONG_DETOUR = ties("ac", ("ab", 4), ("bc", 4))  # a and c are nearer through b: 1/4 + 1/4 < 1
APART = ties("ab", "bc", "yz")

HALF_ROOT = sqrt(2) / 2


@pytest.mark.parametrize(
    ("network", "measure", "expected"),
    [
        (PATH, "betweenness", {"a": 0, "b": 1, "c": 0}),
        (PATH, "degree", {"a": 0.5, "b": 1, "c": 0.5}),
        (PATH, "strength", {"a": 1, "b": 2, "c": 1}),
        (PATH, "closeness", {"a": 2 / 3, "b": 1, "c": 2 / 3}),
        (PATH, "eigenvector", {"a": 0.5, "b": HALF_ROOT, "c": 0.5}),
        # x_b = 0.05 + 0.85 * 2 x_a and x_a = 0.05 + 0.85 * x_b / 2
        (PATH, "pagerank", {"a": 0.07125 / 0.2775, "b": 0.135 / 0.2775, "c": 0.07125 / 0.2775}),
        (STAR, "betweenness", {"a": 0, "b": 0, "c": 0, "d": 0, "h": 1}),
        (STAR, "eigenvector", dict.fromkeys("abcd", HALF_ROOT / 2) | {"h": HALF_ROOT}),
        (STAR, "closeness", dict.fromkeys("abcd", 4 / 7) | {"h": 1}),
        # c lies between a, b and d, e, f: 6 of 10 pairs
        (BARBELL, "betweenness", dict.fromkeys("abef", 0) | dict.fromkeys("cd", 0.6)),
        # counts read as lengths would give 0
        (STRONG_DETOUR, "betweenness", {"a": 0, "b": 1, "c": 0}),
        (STRONG_DETOUR, "strength", {"a": 5, "b": 8, "c": 5}),
        (STRONG_DETOUR, "degree", {"a": 1, "b": 1, "c": 1}),
        (STRONG_DETOUR, "closeness", {"a": 2 / 0.75, "b": 2 / 0.5, "c": 2 / 0.75}),
        # two nodes in a component of their own: closeness is scaled by how few they reach
        (APART, "closeness", {"a": 1 / 3, "b": 1 / 2, "c": 1 / 3, "y": 1 / 4, "z": 1 / 4}),
        (APART, "eigenvector", {"a": 0.5, "b": HALF_ROOT, "c": 0.5, "y": 0, "z": 0}),
        (APART, "betweenness", {"a": 0, "b": 1 / 6, "c": 0, "y": 0, "z": 0}),
        # equal components: the one with more meetings, then the one with the first id
        (ties("ab", ("yz", 2)), "eigenvector", {"a": 0, "b": 0, "y": HALF_ROOT, "z": HALF_ROOT}),
        (ties("ab", "yz"), "eigenvector", {"a": HALF_ROOT, "b": HALF_ROOT, "y": 0, "z": 0}),
        (ties("ab"), "pagerank", {"a": 0.5, "b": 0.5}),
        # a passes three quarters of what it has on to b: x_b - x_c = 0.85 (3/4 - 1/4) x_a
        (ties(("ab", 3), "ac"), "pagerank", {"a": 0.9 / 1.85, "b": 0.66625 / 1.85, "c": 0.28375 / 1.85}),
    ],
)  # fmt: skip
def test_solved_by_hand(network, measure, expected):
    assert centralities(network)[measure] == pytest.approx(expected, abs=1e-11)


@pytest.mark.parametrize("measure", MEASURES)
def test_one_node_alone_and_no_node(measure):
    assert rank(nx.Graph(), measure=measure) == ()
    (row,) = rank(ties(alone="a"), measure=measure)
    assert (row.rank, row.node, row.score) == (1, "a", 1.0 if measure == "pagerank" else 0.0)


def test_centralities_holds_every_measure_of_every_node_in_order():
    found = centralities(ties("cb", "ba", alone="d"))
    assert tuple(found) == MEASURES
    assert all(list(scores) == ["a", "b", "c", "d"] for scores in found.values())
    assert sum(found["pagerank"].values()) == pytest.approx(1)
    assert centralities(nx.Graph()) == {measure: {} for measure in MEASURES}


def test_ties_share_a_rank_and_stand_by_label():
    network = ties("ha", "hb", "hc", "ab")
    nx.set_node_attributes(network, {"a": "Яна", "b": "Анна", "c": "Ян", "h": "Игорь"}, "label")
    assert [(row.rank, row.label) for row in rank(network, measure="degree")] == [
        (1, "Игорь"),
        (2, "Анна"),
        (2, "Яна"),
        (4, "Ян"),
    ]


def test_an_affiliation_counts_as_one_tie():
    network = ties("ab")
    network.add_edge("b", "state/KZ", meetings=0, distance=1.0)
    assert centralities(network)["strength"] == {"a": 1, "b": 2, "state/KZ": 1}


def test_unknown_measure():
    with pytest.raises(AnalysisError) as error:
        rank(PATH, measure="fame")
    assert str(error.value) == (
        "no measure 'fame': choose one of betweenness, degree, strength, eigenvector, pagerank, closeness"
    )


def test_betweenness_of_a_large_network_is_estimated_and_says_so():
    network = nx.relabel_nodes(nx.star_graph(1000), "n{:04}".format)
    ranking = rank(network)
    assert ranking[0].node == "n0000"
    assert ranking[0].score == pytest.approx(1, abs=0.01)
    assert ranking[0].method == "estimated from 500 of 1001 nodes, seed 1"
    assert ranking == rank(network)
    assert rank(PATH)[0].method == "exact"


def shuffled(network: nx.Graph, seed: int) -> nx.Graph:
    """The same network, its nodes and the ends of its edges inserted in another order."""
    chance = random.Random(seed)
    nodes, edges = list(network.nodes(data=True)), [(*chance.sample(e[:2], 2), e[2]) for e in network.edges(data=True)]
    chance.shuffle(nodes)
    chance.shuffle(edges)
    turned = nx.Graph()
    turned.add_nodes_from(nodes)
    turned.add_edges_from(edges)
    return turned


def test_order_of_insertion_changes_nothing():
    network = nx.relabel_nodes(nx.les_miserables_graph(), str)
    for _, _, data in network.edges(data=True):
        data.update(meetings=data["weight"], distance=1 / data["weight"])
    nx.set_node_attributes(
        network, {node: ("KZ", "HU", "LV")[len(node) % 3 : len(node) % 3 + 1] for node in network}, "states"
    )
    expected = cluster(network), brokers(network), centralities(network)
    for seed in range(5):
        turned = shuffled(network, seed)
        assert (cluster(turned), brokers(turned), centralities(turned)) == expected
    assert sum(community.modularity for community in expected[0]) > 0.5


def test_two_triangles_are_two_communities():
    left, right = cluster(BARBELL)
    assert (left.id, left.members, right.id, right.members) == (1, ("a", "b", "c"), 2, ("d", "e", "f"))
    assert left.modularity == right.modularity == pytest.approx(3 / 7 - (7 / 14) ** 2, abs=1e-11)


def test_meetings_bind_communities():
    # a square: without weights every cut is as good as the other
    found = cluster(ties(("ab", 5), "bc", ("cd", 5), "da"))
    assert [community.members for community in found] == [("a", "b"), ("c", "d")]
    found = cluster(ties("ab", ("bc", 5), "cd", ("da", 5)))
    assert [community.members for community in found] == [("a", "d"), ("b", "c")]


def test_resolution_makes_communities_smaller():
    assert [len(community.members) for community in cluster(BARBELL, resolution=0.1)] == [6]
    assert [len(community.members) for community in cluster(BARBELL, resolution=9)] == [1] * 6
    with pytest.raises(AnalysisError, match="resolution must be above 0, not 0"):
        cluster(BARBELL, resolution=0)


def test_nodes_without_ties_are_communities_of_their_own():
    assert cluster(nx.Graph()) == ()
    assert [(found.members, found.modularity) for found in cluster(ties(alone="ba"))] == [(("a",), 0), (("b",), 0)]
    assert [found.members for found in cluster(ties("yz", alone="a"))] == [("y", "z"), ("a",)]


@pytest.mark.parametrize(
    ("states", "topics", "label"),
    [
        ({"a": "HU", "b": "KZ", "c": "KZ"}, {"ab": ["trade"], "ac": ["law"], "bc": ["trade"]}, "KZ, HU · trade, law"),
        ({"a": "HU", "b": "KZ"}, {}, "HU, KZ"),
        ({"a": "HU KZ LV", "b": "MK PL"}, {"ab": ["trade", "water", "law"]}, "HU, KZ, LV +2 · law, trade"),
        ({}, {"ab": ["law"]}, "law"),
        ({}, {}, "a"),
    ],
)  # fmt: skip
def test_a_community_is_named_by_its_states_and_topics(states, topics, label):
    network = ties("ab", "ac", "bc", **states)
    for (a, b), names in topics.items():
        network.edges[a, b]["topics"] = tuple(names)
    (community,) = cluster(network)
    assert community.label == label


@pytest.mark.parametrize(
    ("network", "expected"),
    [
        # b of a third state between a and c: a liaison
        (ties("ab", "bc", a="KZ", b="HU", c="LV"), [("b", 1, 0, 1, (("KZ", "LV"),))]),
        # b speaks for the state of a
        (ties("ab", "bc", a="KZ", b="KZ", c="LV"), [("b", 1, 1, 0, (("KZ", "LV"),))]),
        # a and c met: nobody is needed between them
        (ties("ab", "bc", "ac", a="KZ", b="HU", c="LV"), []),
        # ends of one state
        (ties("ab", "bc", a="KZ", b="HU", c="KZ"), []),
        # one state in common is enough not to count
        (ties("ab", "bc", a="KZ HU", b="LV", c="KZ"), []),
        # who represents no state may broker, but is no end
        (ties("ab", "bc", a="KZ", b="", c="LV"), [("b", 1, 0, 1, (("KZ", "LV"),))]),
        (ties("ab", "bc", a="KZ", b="LV", c=""), []),
        (ties(alone="ab", a="KZ", b="LV"), []),
        (nx.Graph(), []),
    ],
)
def test_brokers(network, expected):
    found = [(row.node, row.pairs, row.gatekeeper, row.liaison, row.between) for row in brokers(network)]
    assert found == expected


def test_brokers_are_ranked_and_affiliations_do_not_count():
    network = ties("ha", "hb", "hc", "gb", "gc", h="HU", g="PL", a="KZ", b="LV", c="EG")
    nx.set_node_attributes(network, "official", "kind")
    network.add_node("state/KZ", kind="state", states=("KZ",))
    network.add_edge("g", "state/KZ", meetings=0, distance=1.0)
    assert [(row.rank, row.node, row.pairs) for row in brokers(network)] == [
        (1, "h", 3),
        (2, "b", 1),  # HU and PL met EG and LV, not each other
        (2, "c", 1),
        (2, "g", 1),
    ]
