import http.server
import json
import shutil
import threading
from pathlib import Path

import pytest
from rdflib import Graph

from diplograph.graph_file import GraphFileError, load_graph
from diplograph.query import PREFIXES, QueryError, QueryResult, query

SMALL = Path(__file__).parent / "data" / "small.ttl"


@pytest.fixture(scope="module")
def small() -> Graph:
    return load_graph(SMALL)


def test_select_gives_values_with_their_types() -> None:
    found = query(
        SMALL,
        """SELECT ?name (COUNT(DISTINCT ?m) AS ?meetings) (SAMPLE(?c) AS ?confidence) (true AS ?known) ?nothing
           { ?m dg:participant ?who ; dg:confidence ?c . ?who rdfs:label ?name FILTER(CONTAINS(?name, "Вецбралис"))
             OPTIONAL { ?who owl:sameAs ?nothing } }
           GROUP BY ?name ?nothing""",
    )
    assert found.variables == ("name", "meetings", "confidence", "known", "nothing")
    ((name, meetings, confidence, known, nothing),) = found.rows
    assert (name, meetings, known, nothing) == ("Янис Вецбралис", 2, True, None)
    assert isinstance(confidence, float)


def test_rows_are_sorted_unless_the_query_orders_them() -> None:
    text = "SELECT ?code { ?state dg:iso2 ?code }"
    assert [row[0] for row in query(SMALL, text).rows] == ["AT", "EG", "HU", "KZ", "LV"]
    assert [row[0] for row in query(SMALL, text + " ORDER BY DESC(?code)").rows] == ["LV", "KZ", "HU", "EG", "AT"]


def test_ask() -> None:
    assert query(SMALL, "ASK { ?m dg:status dg:Planned }").answer is True
    assert query(SMALL, "ASK { ?m dg:status dg:Cancelled }").answer is False


def test_construct_gives_turtle_that_reads_back() -> None:
    turtle = query(SMALL, "CONSTRUCT { ?a dg:met ?b } WHERE { ?a dg:met ?b }").turtle
    assert "@prefix dg:" in turtle
    assert len(Graph().parse(data=turtle)) == len(query(SMALL, "SELECT * { ?a dg:met ?b }").rows) > 0


def test_no_match_is_an_answer() -> None:
    assert query(SMALL, "SELECT ?x { ?x dg:iso2 'XX' }") == QueryResult("select", ("x",), ())


def test_every_way_to_name_a_graph(tmp_path: Path, small: Graph) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    expected = query(small, text)
    assert expected.rows == ((len(small),),)
    shutil.copy(SMALL, tmp_path / "graph.ttl")
    (tmp_path / "graph.trig").write_text(
        "<x:a> { <x:s> <x:p> 1 } <x:b> { <x:s> <x:p> 1 . <x:s> <x:p> 2 }", encoding="utf-8"
    )
    assert query(SMALL, text) == query(str(SMALL), text) == query(tmp_path, text) == expected
    # The graphs of a dataset count as one.
    assert query(tmp_path / "graph.trig", text).rows == ((2,),)
    assert len(load_graph(tmp_path / "graph.trig")) == 2


def test_every_way_to_name_a_question(tmp_path: Path) -> None:
    file = tmp_path / "states.rq"
    file.write_text("\ufeffSELECT ?code { ?state dg:iso2 ?code }", encoding="utf-8")
    assert query(SMALL, file) == query(SMALL, str(file)) == query(SMALL, "SELECT ?code { ?state dg:iso2 ?code }")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("INSERT DATA { dg:a dg:b dg:c }", "An update is refused: queries only read the graph"),
        ("PREFIX x: <x:y> # read\nDELETE WHERE { ?s ?p ?o }", "An update is refused: queries only read the graph"),
        ("LOAD <file:///etc/passwd>", "An update is refused: queries only read the graph"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "FROM is refused: a query reads the graph it is given"),
        ("ASK FROM NAMED <http://a.example/> { ?s ?p ?o }", "FROM is refused: a query reads the graph it is given"),
        ("SELECT * { ?s ?p }", "Not a SPARQL query: line 1, column 12: "),
        ("SELECT *\n{ ?s ?p ?o", "Not a SPARQL query: line 2, column "),
        ("ASK { foo:a ?p ?o }", "Unknown prefix foo: (known without PREFIX: dg, dgid, "),
        ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", ""),
        ("who-met-whm", "No question is named 'who-met-whm'; did you mean who-met-whom?"),
        ("zzzzzz", "No question is named 'zzzzzz'; there are: "),
        ("missing.rq", "missing.rq: No such file or directory"),
    ],
)
def test_what_is_refused(text: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        query(SMALL, text)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "pattern",
    [
        "SERVICE <{server}> {{ ?s ?p ?o }}",
        "SERVICE SILENT <{server}> {{ ?s ?p ?o }}",
        "service ?where {{ ?s ?p ?o }} VALUES ?where {{ <{server}> }}",
        "?s ?p ?o FILTER EXISTS {{ SELECT * {{ SERVICE <{server}> {{ ?s ?p ?o }} }} }}",
        "?s ?p ?o OPTIONAL {{ {{ ?s ?p ?o }} UNION {{ SERVICE <{server}> {{ ?s ?p ?o }} }} }}",
        r"\u0053ERVICE <{server}> {{ ?s ?p ?o }}",
    ],
)
def test_a_query_reaches_no_server(pattern: str) -> None:
    asked = []

    class Server(http.server.BaseHTTPRequestHandler):
        def handle(self) -> None:
            asked.append(self.client_address)

    with http.server.HTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with pytest.raises(QueryError, match=r"SERVICE is refused|Not a SPARQL query"):
            query(SMALL, "SELECT * {" + pattern.format(server=f"http://127.0.0.1:{server.server_port}/") + "}")
        server.shutdown()
    assert not asked


def test_a_prefix_of_the_query_wins() -> None:
    assert query(SMALL, "PREFIX dg: <https://elsewhere.example/> ASK { ?m a dg:Meeting }").answer is False


def test_an_endless_query_is_ended() -> None:
    with pytest.raises(QueryError, match=r"No answer within 4 seconds"):
        query(SMALL, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", seconds=4)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ttl", "dg:a dg:b", "not well-formed"),
        ("a.ttl", "\n\n<x:a> <x:b> .", "at line 3"),
        ("a.ttl", b"\xff\xfe", "not well-formed"),
        ("a.rdf", "<rdf:RDF/>", "not a graph file; give .ttl, .trig, .nt, .nq or the folder of a build"),
    ],
)
def test_a_graph_that_cannot_be_read(tmp_path: Path, name: str, content: str | bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(GraphFileError, match=message):
        load_graph(tmp_path / name)


def test_a_graph_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(GraphFileError, match=r"a\.ttl: No such file"):
        load_graph(tmp_path / "a.ttl")
    with pytest.raises(GraphFileError, match=r"graph\.ttl: No such file"):
        query(tmp_path, "ASK { ?s ?p ?o }")


def test_render() -> None:
    result = QueryResult("select", ("who", "n"), ((PREFIXES["dgid"] + "official/a", 2), ("«Б|В»\n", None)))
    assert result.render() == "who              n\ndgid:official/a  2\n«Б|В»\n"
    assert result.render("md") == "| who | n |\n| --- | --- |\n| dgid:official/a | 2 |\n| «Б\\|В»  |  |\n"
    assert result.render("csv") == 'who,n\nhttps://w3id.org/diplograph/id/official/a,2\n"«Б|В»\n",\n'
    assert result.render("tsv").startswith("who\tn\n")
    assert json.loads(result.render("json"))[0] == {"who": PREFIXES["dgid"] + "official/a", "n": 2}
    assert [QueryResult("ask", answer=answer).render() for answer in (True, False)] == ["yes\n", "no\n"]
    assert QueryResult("ask", answer=False).render("json") == "false\n"
