import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from rdflib import Graph

from diplograph.export import edges_csv, gexf, meetings_csv, nodes_csv, officials_csv
from diplograph.network import network
from diplograph.tables import MEETING_COLUMNS, OFFICIAL_COLUMNS

BOM = b"\xef\xbb\xbf"


@pytest.fixture(scope="module")
def small() -> Graph:
    return Graph().parse(Path(__file__).parent / "data" / "small.ttl")


def rows(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))


def test_meetings(small):
    found = rows(meetings_csv(small))
    assert [row["date"] for row in found] == [
        *("2026-03", "2026-03-03", "2026-03-05", "2026-03-11", "2026-03-12", "2026-05")
    ]
    assert found[4] == {
        "id": "meeting/339b94cb560c3c33",
        "type": "meeting",
        "status": "held",
        "date": "2026-03-12",
        "end_date": "",
        "date_basis": "dateline",
        "place": "Рига",
        "country": "LV",
        "participants": "Ерлан Жасталапов; Янис Вецбралис",
        "states": "KZ; LV",
        "organizations": "",
        "topics": "trade; transport",
        "confidence": "0.95",
        "articles": "2",
        "quote": "Посол Казахстана в Латвии Ерлан Жасталапов встретился с министром транспорта Латвии"
        " Янисом Вецбралисом.",
        "url": "https://example.org/kz/mfa-2026-03-12",
    }


def test_officials(small):
    found = {row["name"]: row for row in rows(officials_csv(small))}
    assert len(found) == 7
    assert found["Янис Вецбралис"] == {
        "id": "official/yanis-vetsbralis",
        "name": "Янис Вецбралис",
        "other_names": "",
        "states": "LV",
        "organizations": "",
        "posts": "министр транспорта",
        "held": "1",
        "planned": "1",
        "articles": "2",
    }


def test_tables_for_people_open_in_excel_and_those_for_gephi_have_a_clean_first_header(small):
    assert meetings_csv(small).startswith(BOM + b"id,type,")
    assert officials_csv(small).startswith(BOM + b"id,name,")
    assert nodes_csv(network(small)).startswith(b"Id,Label,kind,states,posts,meetings,articles\r\n")
    assert edges_csv(network(small)).startswith(b"Source,Target,Type,Weight,relation,meetings,articles,distance,")
    assert all(line.endswith(b"\r\n") for line in meetings_csv(small).splitlines(keepends=True))


def test_gephi_tables_name_every_node_and_edge(small):
    people = network(small)
    assert [row["Id"] for row in rows(nodes_csv(people))] == sorted(people)
    found = rows(edges_csv(people))
    assert [(row["Source"], row["Target"]) for row in found] == sorted(people.edges)
    heaviest = max(found, key=lambda row: int(row["Weight"]))
    assert heaviest["Weight"] == heaviest["meetings"] == "2"
    assert heaviest["evidence"] == "meeting/7edb360f06acaef2; meeting/a6e9c460a6f6d9bd"
    assert {row["Type"] for row in found} == {"Undirected"}


def test_an_affiliation_weighs_one(small):
    found = [row for row in rows(edges_csv(network(small, kind="mixed"))) if row["relation"] != "met"]
    assert len(found) == 11
    assert {(row["Weight"], row["meetings"]) for row in found} == {("1", "0")}


def test_nothing_leaves_the_header():
    assert meetings_csv(Graph()) == BOM + ",".join(MEETING_COLUMNS).encode() + b"\r\n"
    assert officials_csv(Graph()) == BOM + ",".join(OFFICIAL_COLUMNS).encode() + b"\r\n"
    assert nodes_csv(nx.Graph()) == b"Id,Label\r\n"
    assert edges_csv(nx.Graph()) == b"Source,Target,Type,Weight\r\n"
    assert nx.read_gexf(io.BytesIO(gexf(nx.Graph()))).order() == 0


@pytest.mark.parametrize(
    ("label", "cell"),
    [
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("+7 700", "'+7 700"),
        ("-1+1", "'-1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),  # full-width: some spreadsheets take it for =
        ("Касым-Жомарт Токаев", "Касым-Жомарт Токаев"),
        ("a = b, c@d", "a = b, c@d"),
    ],
)
def test_no_cell_is_a_formula(label, cell):
    people = nx.Graph()
    people.add_node("official/a", label=label)
    assert rows(nodes_csv(people))[0]["Label"] == cell


def test_numbers_stay_numbers():
    people = nx.Graph()
    people.add_node("official/a", label="a", score=-0.5)
    assert rows(nodes_csv(people))[0]["score"] == "-0.5"


def test_gexf_comes_back_as_the_same_network(small):
    people = network(small)
    again = nx.read_gexf(io.BytesIO(gexf(people)))
    assert sorted(again) == sorted(people)
    assert {frozenset(edge) for edge in again.edges} == {frozenset(edge) for edge in people.edges}
    pair = "official/aigul-syrlybekova", "official/inese-liepkalne"
    assert again.edges[pair]["weight"] == 2.0
    assert again.edges[pair]["topics"] == "bilateral-relations; trade"
    assert again.nodes["official/gabor-shomodvari"]["label"] == "Габор Шомодвари"
    assert people.edges[pair]["topics"] == ("bilateral-relations", "trade")  # the argument is left as it was


def test_gexf_holds_letters_as_they_are_and_what_xml_would_take_for_markup():
    people = nx.Graph()
    people.add_node("a", label='Айгуль <&> "Ә"', note="one\ntwo\tthree", sure=True, age=50, weight=0.5)
    assert "Айгуль" in gexf(people).decode()
    again = nx.read_gexf(io.BytesIO(gexf(people))).nodes["a"]
    assert again == {"label": 'Айгуль <&> "Ә"', "note": "one\ntwo\tthree", "sure": True, "age": 50, "weight": 0.5}


def test_gexf_holds_no_clock_and_no_version(small):
    root = ElementTree.fromstring(gexf(network(small)))
    (meta,) = root.iter("{http://www.gexf.net/1.2draft}meta")
    assert meta.attrib == {}
    assert [child.text for child in meta] == ["diplograph"]
    assert b"etwork" not in gexf(network(small)).split(b"<graph")[0]


def test_gexf_survives_what_xml_cannot_hold():
    people = nx.Graph()
    people.add_node("official/a", label='A\x00\x0b <b> & "c" \ud800', posts=("\x1fпосол",))
    again = nx.read_gexf(io.BytesIO(gexf(people)))
    assert again.nodes["official/a"] == {"label": 'A <b> & "c" ', "posts": "посол"}


@pytest.mark.parametrize("write", [nodes_csv, edges_csv, gexf])
def test_order_of_insertion_changes_nothing(small, write):
    people = network(small)
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(people.nodes(data=True))))
    turned.add_edges_from((b, a, data) for a, b, data in reversed(list(people.edges(data=True))))
    assert write(turned) == write(people)
