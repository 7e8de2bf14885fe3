from pathlib import Path

import networkx as nx
import pytest
from rdflib import Graph

from diplograph.network import NetworkError, network

AIGUL, ERLAN, GABOR, INESE, KHASAN, MARTIN, YANIS = (
    f"official/{name}"
    for name in (
        *("aigul-syrlybekova", "erlan-zhastalapov", "gabor-shomodvari", "inese-liepkalne"),
        *("khasan-al-miftakhi", "martin-lindkvell", "yanis-vetsbralis"),
    )
)


@pytest.fixture(scope="module")
def small() -> Graph:
    return Graph().parse(Path(__file__).parent / "data" / "small.ttl")


def test_officials_are_tied_by_the_meetings_they_shared(small):
    people = network(small)
    assert list(people) == [AIGUL, ERLAN, GABOR, INESE, KHASAN, MARTIN, YANIS]
    assert {(a, b): n for a, b, n in people.edges(data="meetings")} == {
        (AIGUL, GABOR): 1,
        (AIGUL, INESE): 2,
        (AIGUL, KHASAN): 1,
        (AIGUL, MARTIN): 1,
        (ERLAN, YANIS): 1,
        (GABOR, MARTIN): 1,
    }
    assert people.edges[AIGUL, INESE] == {
        "relation": "met",
        "meetings": 2,
        "articles": 1,
        "distance": 0.5,
        "evidence": ("meeting/7edb360f06acaef2", "meeting/a6e9c460a6f6d9bd"),
        "first": "2026-03-05",
        "last": "2026-03-11",
        "topics": ("bilateral-relations", "trade"),
    }
    assert people.nodes[AIGUL] == {
        "kind": "official",
        "label": "Айгуль Сырлыбекова",
        "states": ("KZ",),
        "posts": ("заместитель министра иностранных дел",),
        "meetings": 4,
        "articles": 3,
    }


def test_a_month_stays_a_month(small):
    edge = network(small).edges[AIGUL, KHASAN]
    assert (edge["first"], edge["last"]) == ("2026-03", "2026-03")


def test_states(small):
    states = network(small, kind="states")
    assert list(states) == ["state/EG", "state/HU", "state/KZ", "state/LV"]  # Austria was only the place
    assert [(a, b, n) for a, b, n in states.edges(data="meetings")] == [
        ("state/EG", "state/KZ", 1),
        ("state/HU", "state/KZ", 1),
        ("state/KZ", "state/LV", 3),
    ]
    assert states.nodes["state/KZ"] == {
        "kind": "state",
        "label": "Казахстан",
        "states": ("KZ",),
        "posts": (),
        "meetings": 5,
        "articles": 3,
    }


PREFIXES = """
@base <https://w3id.org/diplograph/id/> .
@prefix dg: <https://w3id.org/diplograph/ontology#> .
"""


def test_organizations_of_the_meeting_and_of_its_participants():
    graph = Graph().parse(
        data=PREFIXES
        + """
        <official/a> a dg:Official ; dg:represents <organization/un> .
        <official/b> a dg:Official ; dg:represents <organization/osce>, <state/KZ> .
        <official/c> a dg:Official ; dg:represents <organization/ebrd> .
        <organization/mid> dg:state <state/KZ> .
        <meeting/1> a dg:Meeting ; dg:status dg:Held ; dg:participant <official/a>, <official/b> ;
            dg:involvesOrganization <organization/mid>, <organization/un> .
        """,
        format="turtle",
    )
    bodies = network(graph, kind="organizations")
    assert list(bodies.edges) == [
        ("organization/mid", "organization/osce"),
        ("organization/mid", "organization/un"),
        ("organization/osce", "organization/un"),
    ]
    assert nx.number_of_isolates(bodies) == 1  # the EBRD is represented, and met nobody
    assert bodies.nodes["organization/mid"]["states"] == ("KZ",)
    assert bodies.nodes["organization/un"]["label"] == "un"


def test_mixed_ties_officials_to_what_they_act_for(small):
    mixed = network(small, kind="mixed")
    assert mixed.edges[AIGUL, INESE]["relation"] == "met"
    relations = {(a, b): r for a, b, r in mixed.edges(data="relation") if r != "met"}
    assert relations == {
        (AIGUL, "state/KZ"): "represents",
        (ERLAN, "state/KZ"): "represents",
        (ERLAN, "state/LV"): "accredited",
        (GABOR, "organization/gosudarstvennoe-sobranie-vengrii"): "within",
        (GABOR, "state/HU"): "represents",
        (INESE, "organization/mid-latvii"): "within",
        (INESE, "state/LV"): "represents",
        (KHASAN, "state/EG"): "represents",
        (KHASAN, "state/KZ"): "accredited",
        (MARTIN, "organization/osce"): "represents",  # and within: the first names the edge
        (YANIS, "state/LV"): "represents",
    }
    assert mixed.edges[KHASAN, "state/KZ"] == {
        "relation": "accredited",
        "meetings": 0,
        "articles": 1,
        "distance": 1.0,
        "evidence": ("tenure/khasan-al-miftakhi-ambassador-kz",),
        "first": "2026-03-13",
        "last": "2026-03-13",
        "topics": (),
    }


@pytest.mark.parametrize(
    ("options", "edges"),
    [
        ({}, 6),
        ({"status": "planned"}, 0),  # a visit of one
        ({"status": "all"}, 6),
        ({"min_confidence": 0.9}, 5),
        ({"min_confidence": 0.95}, 1),
        ({"min_confidence": 0.96}, 0),
    ],
)
def test_which_meetings_count(small, options, edges):
    people = network(small, **options)
    assert people.number_of_edges() == edges
    assert len(people) == 7  # who met nobody is there too


def test_planned_meetings_never_tie_by_default():
    graph = Graph().parse(
        data=PREFIXES
        + """<official/a> a dg:Official . <official/b> a dg:Official .
        <meeting/1> a dg:Meeting ; dg:status dg:Planned ; dg:participant <official/a>, <official/b> .""",
        format="turtle",
    )
    assert not network(graph).edges
    assert list(network(graph, status="planned").edges) == [("official/a", "official/b")]


@pytest.mark.parametrize("kind", ["officials", "states", "organizations", "mixed"])
def test_empty_graph_and_order(small, kind):
    assert len(network(Graph(), kind=kind)) == 0
    built = network(small, kind=kind)
    turned = Graph()
    for triple in sorted(small, reverse=True):
        turned.add(triple)
    again = network(turned, kind=kind)
    assert list(built.nodes(data=True)) == list(again.nodes(data=True))
    assert list(built.edges(data=True)) == list(again.edges(data=True))
    assert list(built) == sorted(built)
    assert all(data["evidence"] for _, _, data in built.edges(data=True))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kind": "people"}, "no network of 'people': choose one of officials, states, organizations, mixed"),
        ({"status": "denied"}, "no status 'denied': choose one of held, planned, all"),
    ],
)
def test_unknown_choice(options, message):
    with pytest.raises(NetworkError) as error:
        network(Graph(), **options)
    assert str(error.value) == message
