"""Communities: what must hold of every partition, networks whose communities are known, and how firm they are."""

from __future__ import annotations

import random

import networkx as nx
import numpy as np
import pytest

from diplograph.arrays import ties
from diplograph.communities import bridges, cluster, modularity, partition
from diplograph.louvain import louvain
from diplograph.measures import AnalysisError
from diplograph.stability import agreement, firmness, stability


def blocks(sizes: list[int], *, within: float, between: float, seed: int = 1) -> nx.Graph:
    """A network of planted communities: "0-003" is in the first."""
    lots = random.Random(seed)
    network = nx.Graph()
    names = [f"{block}-{number:03}" for block, size in enumerate(sizes) for number in range(size)]
    network.add_nodes_from(names)
    for position, a in enumerate(names):
        for b in names[:position]:
            if lots.random() < (within if a[0] == b[0] else between):
                network.add_edge(a, b, meetings=lots.randint(1, 3), evidence=(f"meeting/{a}{b}",))
    return network


@pytest.mark.parametrize("sizes", [[12, 9, 5], [150, 120, 90]], ids=["one by one", "together"])
def test_planted_communities_are_found(sizes):
    network = blocks(sizes, within=0.9 if sizes[0] < 20 else 0.2, between=0.01)
    found = cluster(network)
    assert [len(community.members) for community in found] == sizes
    assert all(len({node[0] for node in community.members}) == 1 for community in found)


def test_the_karate_club_comes_near_its_best_modularity():
    club = nx.relabel_nodes(nx.karate_club_graph(), "m{:02}".format)
    for _, _, data in club.edges(data=True):
        data.clear()
    arrays = ties(club)
    best = max(modularity(arrays, louvain(arrays, seed=seed)) for seed in range(1, 11))
    assert 0.4150 < best < 0.4199  # 0.41979 is the optimum (Brandes and others 2008)


def test_modularity_is_that_of_networkx():
    network = blocks([30, 20], within=0.4, between=0.1)
    arrays = ties(network)
    member = partition(arrays, seed=2, resolution=1.5)
    parts = [{arrays.nodes[node] for node in np.flatnonzero(member == number)} for number in set(member.tolist())]
    expected = nx.community.modularity(network, parts, weight="meetings", resolution=1.5)
    assert modularity(arrays, member, resolution=1.5) == pytest.approx(expected, abs=1e-12)
    assert sum(c.modularity for c in cluster(network, seed=2, resolution=1.5)) == pytest.approx(expected, abs=1e-9)


def test_both_engines_reach_the_same_modularity_within_a_hundredth():
    for seed in (1, 2, 3):
        network = nx.relabel_nodes(nx.powerlaw_cluster_graph(800, 3, 0.3, seed=seed), "n{:04}".format)
        arrays = ties(network)
        reached = {
            engine: np.mean([modularity(arrays, partition(arrays, seed=s, engine=engine)) for s in range(1, 6)])
            for engine in ("arrays", "networkx")
        }
        assert reached["arrays"] == pytest.approx(reached["networkx"], rel=0.01)


def test_numbers_run_from_the_first_node_and_lone_nodes_stand_alone():
    network = blocks([4, 4], within=1, between=0)
    network.add_nodes_from(["!", "zz"])
    assert louvain(ties(network)).tolist() == [0, 1, 1, 1, 1, 2, 2, 2, 2, 3]
    assert louvain(ties(nx.Graph())).tolist() == []


def test_a_community_counts_the_meetings_inside():
    network = nx.Graph()
    network.add_edge("a", "b", meetings=2, evidence=("meeting/1", "meeting/2"))
    network.add_edge("b", "c", meetings=1, evidence=("meeting/2",))
    network.add_edge("a", "state/KZ", meetings=0, relation="represents", evidence=("tenure/1",))
    assert [community.meetings for community in cluster(network)] == [2]


def test_agreement_of_two_partitions():
    one = np.array([0, 0, 0, 1, 1, 1])
    assert agreement(one, np.array([5, 5, 5, 2, 2, 2])) == 1
    assert agreement(one, np.array([0, 0, 1, 1, 2, 2])) == pytest.approx(0.242424, abs=1e-6)  # Hubert and Arabie
    assert agreement(one, np.array([0, 1, 0, 1, 0, 1])) < 0
    assert agreement(np.zeros(3, dtype=int), np.zeros(3, dtype=int)) == 1
    assert agreement(np.array([], dtype=int), np.array([], dtype=int)) == 1


def test_planted_communities_are_firm_and_noise_is_not():
    planted = blocks([12, 9, 7], within=0.95, between=0.02)
    noise = blocks([28], within=0.2, between=0)
    (firm,) = stability(planted, resolutions=[1.0])
    (loose,) = stability(noise, resolutions=[1.0])
    assert firm.agreement == firm.to_reference == 1
    assert (firm.runs, firm.fewest, firm.most) == (20, 3, 3)
    assert firm.meetings == planted.number_of_edges()
    assert loose.agreement < 0.8
    of_planted = firmness(planted, cluster(planted), resolutions=[1.0])
    assert [(row.community, row.size, row.firmness, row.loose) for row in of_planted] == [
        *((1, 12, 1.0, ()), (2, 9, 1.0, ()), (3, 7, 1.0, ())),
    ]
    of_noise = firmness(noise, cluster(noise))
    assert min(row.firmness for row in of_noise) < 0.9


def test_stability_of_nothing_and_of_too_little():
    assert [row.agreement for row in stability(nx.Graph())] == [1, 1, 1]
    with pytest.raises(AnalysisError, match="at least 2 seeds, not 1"):
        stability(nx.Graph(), seeds=1)
    with pytest.raises(AnalysisError, match="resolution must be above 0, not 0"):
        stability(nx.Graph(), resolutions=[0])


def test_bridges_name_the_meetings_they_stand_on():
    network = blocks([4, 4], within=1, between=0)
    network.add_edge("0-000", "1-000", meetings=2, evidence=("meeting/x", "meeting/y"))
    for node in network:
        network.nodes[node]["label"] = node.upper()
    first, second = bridges(network, cluster(network))
    assert (first.rank, first.node, first.community, first.reaches) == (1, "0-000", 1, (2,))
    assert (second.rank, second.node, second.reaches) == (1, "1-000", (1,))
    assert first.evidence == ("meeting/x", "meeting/y")
    assert (first.meetings, first.across) == (2, ("1-000",))
    inside = sum(network.edges["0-000", other]["meetings"] for other in ("0-001", "0-002", "0-003"))
    assert first.participation == pytest.approx(1 - (inside**2 + 2**2) / (inside + 2) ** 2)
    assert bridges(nx.Graph(), ()) == ()
