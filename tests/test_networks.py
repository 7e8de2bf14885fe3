from pathlib import Path

import networkx as nx
import pytest

from diplograph.analyse import rank, ranking
from diplograph.communities import cluster
from diplograph.draw import draw
from diplograph.graph_file import load_graph
from diplograph.network import network
from diplograph.networks import Networks
from diplograph.records import read_records
from diplograph.report import report

SMALL = Path(__file__).parent / "data" / "small.ttl"


@pytest.fixture(scope="module")
def networks():
    return Networks(read_records(load_graph(SMALL)))


def test_what_is_shared_is_what_each_would_make(networks):
    alone = network(networks.records, kind="states", status="all")
    shared = networks.network("states", status="all")
    assert dict(shared.nodes(data=True)) == dict(alone.nodes(data=True))
    assert list(shared.edges(data=True)) == list(alone.edges(data=True))
    people = network(networks.records)
    assert networks.communities("officials") == cluster(people)
    scores = networks.scores("officials", "betweenness")
    assert ranking(people, scores, measure="betweenness") == rank(people, measure="betweenness")


def test_it_is_made_once_and_nobody_can_change_it(networks):
    people = networks.network("officials")
    assert people is networks.network("officials") is not networks.network("officials", status="all")
    with pytest.raises(nx.NetworkXError):
        people.add_node("somebody")


def test_page_and_report_are_the_same_from_shared_networks(networks):
    graph = load_graph(SMALL)
    assert str(draw(networks)) == str(draw(graph))
    assert report(networks).to_markdown() == report(graph).to_markdown()
