"""The endpoint, asked by real clients: SPARQLWrapper, curl, rdflib's SPARQLStore and Chromium."""

import http.client
import json
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import pytest
from playwright.sync_api import expect, sync_playwright
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from diplograph.cli import main
from diplograph.query import query
from diplograph.serve import Server, serve
from diplograph.sparql import PREFIXES

SMALL = Path(__file__).parent / "data" / "small.ttl"
CODES = "SELECT ?code { ?state dg:iso2 ?code } ORDER BY ?code"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(SMALL, port=0, seconds=5, rows=20) as running:
        yield running


def request(server: Server, method: str, path: str, body: str = "", **headers: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)
    connection.request(
        method, path, body.encode() or None, {name.replace("_", "-"): text for name, text in headers.items()}
    )
    response = connection.getresponse()
    found = response.status, {name.lower(): text for name, text in response.getheaders()}, response.read().decode()
    connection.close()
    return found


def wrapped(server: Server, text: str, form: str) -> SPARQLWrapper:
    client = SPARQLWrapper(f"{server.url}sparql")
    client.setQuery(text)
    client.setReturnFormat(form)
    return client


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("how", ["urlencoded", POSTDIRECTLY])
def test_sparqlwrapper_asks_each_way_the_protocol_knows(server: Server, method: str, how: str) -> None:
    client = wrapped(server, CODES, JSON)
    client.setMethod(method)
    client.setRequestMethod(how)
    found = client.query().convert()
    assert [row["code"]["value"] for row in found["results"]["bindings"]] == ["AT", "EG", "HU", "KZ", "LV"]


def test_sparqlwrapper_reads_each_format(server: Server) -> None:
    document = wrapped(server, CODES, XML).query().convert()
    assert [node.firstChild.data for node in document.getElementsByTagName("literal")] == ["AT", "EG", "HU", "KZ", "LV"]
    assert wrapped(server, CODES, CSV).query().convert() == b"code\r\nAT\r\nEG\r\nHU\r\nKZ\r\nLV\r\n"
    assert wrapped(server, "PREFIX dg: <x:> ASK { ?s a dg:Meeting }", JSON).query().convert()["boolean"] is False
    text = "CONSTRUCT { ?a dg:met ?b } WHERE { ?a dg:met ?b }"
    expected = Graph().parse(data=query(SMALL, text).turtle)
    assert isomorphic(Graph().parse(data=wrapped(server, text, TURTLE).query().convert()), expected)
    with pytest.raises(QueryBadFormed):
        wrapped(server, "SELECT {", JSON).query()


def test_sparqlstore_makes_the_endpoint_a_graph(server: Server) -> None:
    graph = Graph(SPARQLStore(f"{server.url}sparql"))
    dg = PREFIXES["dg"]
    assert {str(code) for code in graph.objects(None, URIRef(f"{dg}iso2"))} == {"AT", "EG", "HU", "KZ", "LV"}
    assert [str(row.code) for row in graph.query(CODES)] == ["AT", "EG", "HU", "KZ", "LV"]
    built = graph.query("CONSTRUCT { ?a dg:met ?b } WHERE { ?a dg:met ?b }").graph
    assert len(built) == len(query(SMALL, "SELECT * { ?a dg:met ?b }").rows)


@pytest.mark.parametrize(
    ("accept", "start"),
    [
        ("text/csv", "code\r\nAT"),
        ("text/tab-separated-values", '?code\n"AT"'),
        ("application/sparql-results+xml", "<?xml"),
        ("text/html, application/sparql-results+json;q=0.5", '{"head"'),
        ("text/csv;q=0.1, application/json", '{"head"'),
    ],
)
def test_curl_gets_the_format_it_asks_for(server: Server, accept: str, start: str) -> None:
    command = ["curl", "-sS", "-H", f"Accept: {accept}", "--data-urlencode", f"query={CODES}", f"{server.url}sparql"]
    assert subprocess.run(command, capture_output=True, check=True).stdout.decode().startswith(start)


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("GET", "/sparql?query=SELECT", "", {}, 400),
        ("GET", f"/sparql?query={quote('ASK { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }')}", "", {}, 403),
        ("GET", f"/sparql?query={quote('ASK FROM <file:///etc/passwd> { ?s ?p ?o }')}", "", {}, 403),
        ("GET", "/sparql?query=ASK%20%7B%7D&default-graph-uri=file:///etc/passwd", "", {}, 403),
        ("GET", "/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", "", {}, 400),
        ("POST", "/sparql", "INSERT DATA { <x:a> <x:b> 1 }", {"Content_Type": "application/sparql-update"}, 403),
        ("POST", "/sparql", "INSERT DATA { <x:a> <x:b> 1 }", {"Content_Type": "application/sparql-query"}, 403),
        ("POST", "/sparql", "update=CLEAR+ALL", {"Content_Type": "application/x-www-form-urlencoded"}, 403),
        ("POST", "/sparql", "x", {"Content_Type": "text/plain"}, 415),
        (
            "POST",
            "/sparql",
            "",
            {"Content_Type": "application/x-www-form-urlencoded", "Content_Length": "99999999"},
            413,
        ),
        ("POST", "/", "x", {}, 405),
        ("PUT", "/sparql", "x", {}, 501),
        ("OPTIONS", "/sparql", "", {"Origin": "http://elsewhere.example"}, 501),
        ("GET", "/nowhere", "", {}, 404),
        ("GET", "/page/../__init__.py", "", {}, 404),
        ("GET", "/page/%2e%2e/server.py", "", {}, 404),
        ("GET", "/page//etc/passwd", "", {}, 404),
        ("GET", "/questions/who-met-wom", "", {}, 400),
        ("GET", "/questions/who-met-whom?state=Narnia", "", {}, 400),
        ("GET", "/questions/..%2f..%2fshapes", "", {}, 400),
        ("GET", "/", "", {"Host": "elsewhere.example"}, 421),
        ("GET", "/", "", {"Host": "127.0.0.1"}, 421),
        ("GET", "/sparql?query=ASK%20%7B%7D", "", {"Origin": "http://elsewhere.example"}, 403),
        ("GET", "/sparql?query=ASK%20%7B%7D", "", {"Origin": "null"}, 403),
        ("GET", "/sparql?query=ASK%20%7B%7D", "", {"Sec_Fetch_Site": "cross-site"}, 403),
    ],
)
def test_what_is_refused(
    server: Server, method: str, path: str, body: str, headers: dict[str, str], status: int
) -> None:
    found, sent, text = request(server, method, path, body, **headers)
    assert found == status, text
    assert "access-control-allow-origin" not in sent
    assert request(server, "GET", f"/sparql?query={quote('ASK { ?m a dg:Meeting }')}")[0] == 200


def test_an_answer_that_is_cut_says_so(server: Server) -> None:
    path = f"/sparql?query={quote('SELECT * { ?s ?p ?o }')}"
    status, headers, body = request(server, "GET", path)
    assert (status, headers["x-diplograph-truncated"]) == (200, "20")
    assert len(json.loads(body)["results"]["bindings"]) == 20
    assert json.loads(body)["truncated"] == "Truncated: there are more than 20"
    assert "<!-- Truncated" in request(server, "GET", path, Accept="application/sparql-results+xml")[2]
    built = request(server, "GET", f"/sparql?query={quote('CONSTRUCT WHERE { ?s ?p ?o }')}")[2]
    assert built.startswith("# Truncated")
    assert len(Graph().parse(data=built)) == 20
    assert "x-diplograph-truncated" not in request(server, "GET", f"/sparql?query={quote(CODES)}")[1]


def test_a_query_that_runs_away_is_ended_and_the_server_answers_meanwhile() -> None:
    with serve(SMALL, port=0, seconds=4) as server:
        path, found = f"/sparql?query={quote(ENDLESS)}", []
        threads = [Thread(target=lambda: found.append(request(server, "GET", path))) for _ in range(3)]
        for thread in threads:
            thread.start()
        time.sleep(0.3)
        assert request(server, "GET", f"/sparql?query={quote(CODES)}")[0] == 200
        assert found == []
        for thread in threads:
            thread.join()
        assert [(status, text) for status, _, text in found] == [
            (504, "No answer within 4 seconds: ask for less, or allow more time\n")
        ] * 3
        assert request(server, "GET", f"/sparql?query={quote(CODES)}")[0] == 200


def test_a_client_that_says_nothing_stops_nobody(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.server_port)):
        assert request(server, "HEAD", "/")[2] == ""
        assert "sd:SPARQL11Query" in request(server, "GET", "/sparql")[2]


def test_only_the_loopback_address_is_listened_on(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_the_command_serves_until_it_is_interrupted(tmp_path: Path) -> None:
    example = re.search(r"diplograph (serve demo-output) --port (\d+)$", main.commands["serve"].help, re.MULTILINE)
    shutil.copytree(SMALL.parent, tmp_path / "demo-output")
    shutil.copy(SMALL, tmp_path / "demo-output" / "graph.ttl")
    command = [sys.executable, "-m", "diplograph", *example[1].split(), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path) as process:
        line = process.stdout.readline()
        url = line.split()[1]
        asked = subprocess.run(
            ["curl", "-sS", "-G", "--data-urlencode", f"query={CODES}", f"{url}sparql"], capture_output=True, check=True
        )
        assert b'"LV"' in asked.stdout
        process.send_signal(2)
        assert process.wait(timeout=30) == 0
        assert process.stderr.read() == ""


def test_the_page_asks_shows_and_tells_of_limits(server: Server) -> None:
    errors: list[str] = []
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda one: asked.append(one.url))
        page.goto(server.url)
        # A question with a name, and a name that is not there.
        page.locator("#name option[value=who-met-whom]").wait_for(state="attached")
        page.select_option("#name", "who-met-whom")
        state = page.get_by_label("state · государство", exact=True)
        expect(state).to_have_attribute("title", re.compile("^A state: .* · Государство: "))
        page.fill("input[name=state]", "Латвя")
        page.click("#question button")
        expect(page.locator("#notice")).to_contain_text("did you mean Латвия?")
        page.fill("input[name=state]", "Латвия")
        page.click("#question button")
        expect(page.locator(".yasr table")).to_contain_text("Инесе Лиепкалне")
        expect(page.locator("#notice")).to_be_empty()
        # Free SPARQL in the editor; more rows than are sent.
        page.evaluate("yasgui.getTab().setQuery('SELECT * { ?s ?p ?o }')")
        page.click(".yasqe_queryButton")
        expect(page.locator("#notice")).to_contain_text("only the first 20 are shown")
        page.evaluate(f"yasgui.getTab().setQuery({json.dumps(ENDLESS)})")
        page.click(".yasqe_queryButton")
        expect(page.locator("#notice")).to_contain_text("No answer within 5 seconds", timeout=60_000)
        page.click("nav a")
        page.wait_for_selector("#card h2", timeout=30_000)
        assert page.url == f"{server.url}graph"
        browser.close()
    assert [error for error in errors if "Aborted" not in error] == []
    assert [url for url in asked if not url.startswith((server.url, "data:", "blob:"))] == []
