"""Every export is read back by a program that is not ours, with the same counts."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path

import igraph
import pandas as pd
import polars as pl
import pyarrow.parquet
import pyoxigraph
import pytest
from followthemoney import model
from rdflib import RDF, Graph
from rdflib.compare import to_isomorphic

import diplograph
from diplograph.export import FORMATS, ExportError, export
from diplograph.network import network
from diplograph.records import read_records
from diplograph.terms import DG

FOREIGN = Path(__file__).parent / "foreign"
HOSTILE = Path(__file__).parent / "data" / "small.ttl"


@pytest.fixture(scope="module")
def graph(demo_output: Path) -> Graph:
    return diplograph.load_graph(demo_output)


@pytest.fixture(scope="module")
def files(graph: Graph) -> dict[str, bytes]:
    return export(graph, FORMATS)


def count(graph: Graph, name: str) -> int:
    return len(set(graph.subjects(RDF.type, DG[name])))


@pytest.mark.parametrize("form", ["gexf", "graphml"])
@pytest.mark.parametrize("kind", ["officials", "states", "mixed"])
def test_gephi_lite_reads_the_network(graph: Graph, tmp_path: Path, form: str, kind: str) -> None:
    ties = network(graph, kind=kind)
    (content,) = export(graph, [form], kind=kind).values()
    (tmp_path / "network").write_bytes(content)
    command = ["node", str(FOREIGN / "read_network.mjs"), form, str(tmp_path / "network")]
    read = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert (read["nodes"], read["edges"], read["type"]) == (len(ties), ties.number_of_edges(), "undirected")
    assert read["heaviest"] == max(max(data["meetings"], 1) for _, _, data in ties.edges(data=True))
    assert sorted(read["labels"]) == sorted(ties.nodes[node]["label"] for node in ties)


def test_igraph_reads_graphml(graph: Graph, files: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "network.graphml").write_bytes(files["network.graphml"])
    read = igraph.Graph.Read_GraphML(str(tmp_path / "network.graphml"))
    ties = network(graph)
    assert (read.vcount(), read.ecount(), read.is_directed()) == (len(ties), ties.number_of_edges(), False)
    assert sorted(read.vs["label"]) == sorted(ties.nodes[node]["label"] for node in ties)
    assert sum(read.es["weight"]) == ties.size("meetings")
    names = {vertex["id"]: vertex.index for vertex in read.vs}
    betweenness = read.betweenness(weights="distance")
    pairs = (len(ties) - 1) * (len(ties) - 2) / 2
    for row in diplograph.rank(ties):
        assert betweenness[names[row.node]] / pairs == pytest.approx(row.score, abs=1e-9)


def test_spreadsheets_and_frames_hold_the_same(graph: Graph, files: dict[str, bytes]) -> None:
    of_states = network(graph, kind="states")
    rows = {"meetings": count(graph, "Meeting"), "officials": count(graph, "Official"),
            "dyads": of_states.number_of_edges()}  # fmt: skip
    for name, number in rows.items():
        table = files[f"{name}.csv"]
        parquet = files[f"{name}.parquet"]
        assert len(pd.read_csv(io.BytesIO(table), encoding="utf-8-sig")) == number
        assert pl.read_csv(io.BytesIO(table)).height == number
        assert pyarrow.parquet.read_table(io.BytesIO(parquet)).num_rows == number
        assert pl.read_parquet(io.BytesIO(parquet)).height == number
        in_pandas, in_polars = (getattr(diplograph, name)(graph, library=library) for library in ("pandas", "polars"))
        assert len(in_pandas) == in_polars.height == number
        assert pd.read_parquet(io.BytesIO(parquet)).columns.tolist() == [
            column for column in in_pandas.columns if column != "day"
        ]
    people = network(graph)
    edges = pd.read_csv(io.BytesIO(files["edges.csv"]))
    nodes = pl.read_csv(io.BytesIO(files["nodes.csv"]))
    assert edges.columns[:4].tolist() == ["Source", "Target", "Type", "Weight"]
    assert nodes.columns[:2] == ["Id", "Label"]
    assert (nodes.height, len(edges)) == (len(people), people.number_of_edges())
    assert set(edges["Source"]) | set(edges["Target"]) <= set(nodes["Id"])


def test_parquet_keeps_several_values_apart(files: dict[str, bytes]) -> None:
    table = pl.read_parquet(io.BytesIO(files["meetings.parquet"]))
    assert table.schema["states"] == pl.List(pl.String)
    assert table.schema["confidence"] == pl.Float64
    involved = table.explode("states").group_by("states").len().sort("len", descending=True)
    assert involved["states"][0] == "KZ"


@pytest.mark.parametrize("reader", ["rdflib", "pyoxigraph"])
@pytest.mark.parametrize(("name", "form"), [("graph.jsonld", "json-ld"), ("graph.nt", "nt")])
def test_statements_come_back_whole(graph: Graph, files: dict[str, bytes], name: str, form: str, reader: str) -> None:
    if reader == "rdflib":
        again = Graph().parse(data=files[name], format=form)
        assert to_isomorphic(again) == to_isomorphic(graph)
    else:
        suffix = {"json-ld": "jsonld", "nt": "nt"}[form]
        quads = {str(quad) for quad in pyoxigraph.parse(files[name], pyoxigraph.RdfFormat.from_extension(suffix))}
        plain = pyoxigraph.parse(graph.serialize(format="nt").encode(), pyoxigraph.RdfFormat.N_TRIPLES)
        assert quads == {str(quad) for quad in plain}


def test_statements_survive_odd_characters() -> None:
    odd = Graph().parse(
        data='<https://w3id.org/diplograph/id/a> <http://www.w3.org/2000/01/rdf-schema#label> "a\\\\b\\"c\\nd\\re\\tf\\u2028g" ;'
        ' <http://example.org/p%20q> <http://example.org/a:b//c>, "1"^^<http://www.w3.org/2001/XMLSchema#integer>, "x"@ru-RU .',
        format="turtle",
    )
    for name, content in export(odd, ["jsonld", "nt"]).items():
        form = pyoxigraph.RdfFormat.from_extension(name.partition(".")[2])
        again = {str(quad) for quad in pyoxigraph.parse(content, form)}
        plain = pyoxigraph.parse(odd.serialize(format="nt").encode(), pyoxigraph.RdfFormat.N_TRIPLES)
        assert {text.lower() for text in again} == {str(quad).lower() for quad in plain}, name


def test_followthemoney_takes_every_entity_and_every_value(graph: Graph, files: dict[str, bytes]) -> None:
    entities = [json.loads(line) for line in files["entities.ftm.json"].splitlines()]
    read = [model.get_proxy(entity, cleaned=False) for entity in entities]
    for entity, proxy in zip(entities, read, strict=True):
        assert {name: sorted(proxy.get(name)) for name in entity["properties"]} == entity["properties"]
        proxy.schema.validate(proxy.to_dict())
    by_schema = {name: sum(proxy.schema.is_a(name) for proxy in read) for name in ("Person", "Event", "Organization")}
    assert by_schema == {
        "Person": count(graph, "Official"),
        "Event": count(graph, "Meeting"),
        "Organization": count(graph, "Organization"),
    }
    assert sum(proxy.schema.name == "Occupancy" for proxy in read) == count(graph, "Tenure")
    ids = {proxy.id for proxy in read}
    for proxy in read:
        for prop, value in proxy.itervalues():
            assert prop.type.name != "entity" or value in ids, (proxy.id, prop.name, value)


def test_event_rows_say_consult_and_agree(graph: Graph, files: dict[str, bytes]) -> None:
    table = pl.read_csv(io.BytesIO(files["events.plover.tsv"]), separator="\t", quote_char='"')
    records = read_records(graph)
    events = table.with_columns(pl.col("Event ID").str.split("-").list.first().alias("meeting"))
    of_type = dict(events.group_by("Event Type").agg(pl.col("meeting").n_unique()).iter_rows())
    assert of_type == {
        "CONSULT": sum(meeting.status == "held" for meeting in records.meetings),
        "AGREE": sum(meeting.status == "planned" for meeting in records.meetings),
    }
    assert set(table["Event Mode"].drop_nulls()) <= {"visit", "third-party", "multilateral", "phone", "meet"}
    phone = events.filter(pl.col("Event Mode") == "phone")["meeting"].n_unique()
    assert phone == sum(meeting.type == "call" and meeting.status == "held" for meeting in records.meetings)
    assert table["Event ID"].n_unique() == table.height


def test_a_pair_of_sides_has_a_row() -> None:
    small = Graph().parse(HOSTILE)
    rows = list(csv.DictReader(io.StringIO(export(small, ["plover"])["events.plover.tsv"].decode()), delimiter="\t"))
    vienna = [row for row in rows if row["Placename"] == "Вена"]
    assert [(row["Actor Name"], row["Recipient Name"], row["Event Mode"]) for row in vienna] == [
        ("Мартин Линдквелл", "Габор Шомодвари", "multilateral"),
        ("Мартин Линдквелл", "Айгуль Сырлыбекова", "multilateral"),
        ("Габор Шомодвари", "Айгуль Сырлыбекова", "multilateral"),
    ]
    riga = next(row for row in rows if row["Placename"] == "Рига")
    assert (riga["Actor Country"], riga["Recipient Country"], riga["Event Mode"]) == ("KZ", "LV", "visit")
    assert riga["Actor Title"] == "посол"


def test_the_same_graph_gives_the_same_bytes(graph: Graph, files: dict[str, bytes]) -> None:
    again = Graph()
    for triple in sorted(graph, reverse=True):
        again.add(triple)
    assert export(again, reversed(FORMATS)) == files


def test_an_empty_graph_can_be_exported() -> None:
    assert set(export(Graph(), FORMATS)) >= {"network.gexf", "graph.nt", "meetings.parquet", "events.plover.tsv"}
    assert pyarrow.parquet.read_table(io.BytesIO(export(Graph(), ["parquet"])["dyads.parquet"])).num_rows == 0


def test_a_format_that_is_not_there() -> None:
    with pytest.raises(ExportError, match="no format 'xls': choose some of gexf, graphml,"):
        export(Graph(), ["xls"])
