"""The measures on arrays agree with networkx, on random networks and on those that are odd."""

from __future__ import annotations

import random
from typing import get_args

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplograph.arrays import ties
from diplograph.betweenness import betweenness
from diplograph.measures import EXACT_UP_TO, SAMPLE, AnalysisError, Measure, method_of, scores, values

MEASURES = get_args(Measure)


def drawn(nodes: int, edges: int, seed: int, *, most: int = 4) -> nx.Graph:
    lots = random.Random(seed)
    network = nx.Graph()
    network.add_nodes_from(f"n{number:05}" for number in range(nodes))
    names = list(network)
    for _ in range(edges):
        a, b = lots.sample(names, 2)
        meetings = lots.randint(1, most)
        network.add_edge(a, b, meetings=meetings, distance=1 / meetings)
    return network


@settings(max_examples=60, deadline=None)
@given(nodes=st.integers(2, 25), density=st.floats(0, 2.5), seed=st.integers(0, 10**6), most=st.integers(1, 5))
def test_both_engines_agree_on_any_network(nodes, density, seed, most):
    arrays = ties(drawn(nodes, int(nodes * density), seed, most=most))
    for measure in MEASURES:
        fast, slow = (scores(arrays, measure, seed=1, engine=engine) for engine in ("arrays", "networkx"))
        assert list(fast) == list(slow)
        assert fast == pytest.approx(slow, abs=1e-9), measure


def test_sampled_betweenness_counts_the_same_sources_as_networkx():
    network = drawn(300, 800, 5)
    arrays = ties(network)
    expected = nx.betweenness_centrality(network, k=40, weight="distance", seed=3)
    sources = random.Random(3).sample(range(300), 40)
    assert dict(zip(arrays.nodes, betweenness(arrays, sources), strict=True)) == pytest.approx(expected, abs=1e-12)


def test_a_large_network_is_sampled_by_both_engines_alike():
    network = nx.relabel_nodes(nx.path_graph(EXACT_UP_TO + 1), "n{:05}".format)
    arrays = ties(nx.compose(network, drawn(EXACT_UP_TO + 1, 1500, 2)))
    fast, slow = (values(arrays, "betweenness", seed=4, engine=engine) for engine in ("arrays", "networkx"))
    assert np.abs(fast - slow).max() < 1e-9
    assert method_of("betweenness", len(arrays), 4) == f"estimated from {SAMPLE} of {EXACT_UP_TO + 1} nodes, seed 4"


def test_ties_without_length_are_left_to_networkx():
    network = nx.Graph()
    network.add_edge("a", "b", distance=0.0)
    network.add_edge("b", "c", distance=1.0)
    found = scores(ties(network), "betweenness", seed=1)
    assert found == nx.betweenness_centrality(network, weight="distance")


def test_weight_takes_the_place_of_meetings():
    network = nx.Graph()
    network.add_edge("a", "b", meetings=1, weight=0.25)
    network.add_edge("b", "c", meetings=3)
    arrays = ties(network)
    assert scores(arrays, "strength", seed=1) == {"a": 0.25, "b": 3.25, "c": 3.0}
    assert arrays.lengths.toarray().tolist() == [[0, 4, 0], [4, 0, 1 / 3], [0, 1 / 3, 0]]


def test_arrays_are_the_same_in_any_order_of_insertion():
    network = drawn(40, 90, 1)
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(network)))
    turned.add_edges_from((b, a, data) for a, b, data in reversed(list(network.edges(data=True))))
    for measure in MEASURES:
        assert values(ties(network), measure, seed=1).tobytes() == values(ties(turned), measure, seed=1).tobytes()


@pytest.mark.parametrize("measure", MEASURES)
def test_no_node_and_no_tie(measure):
    assert scores(ties(nx.Graph()), measure, seed=1) == {}
    alone = nx.Graph()
    alone.add_nodes_from("ab")
    assert set(scores(ties(alone), measure, seed=1).values()) == {0.5 if measure == "pagerank" else 0.0}


def test_names_that_are_not_there():
    with pytest.raises(AnalysisError, match="no engine 'abacus': choose one of arrays, networkx"):
        values(ties(drawn(3, 2, 1)), "degree", seed=1, engine="abacus")
