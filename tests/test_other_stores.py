"""The same Turtle in another store gives the same answers: the Oxigraph server, over HTTP on the loopback address."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from diplograph.graph_file import graph_bytes
from diplograph.sparql import PREFIXES
from diplograph.sparql.engine import Engine
from diplograph.sparql.names import Names
from diplograph.sparql.questions import named, question_names
from diplograph.sparql.results import read_results

SMALL = Path(__file__).parent / "data" / "small.ttl"
GIVEN = {"person": "Сырлыбекова", "other": "Лиепкалне"}


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Iterator[str]:
    """The address of an Oxigraph server that has loaded the file."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    assert program, "pip install oxigraph"
    folder = tmp_path_factory.mktemp("store") / "data"
    subprocess.run([program, "load", "--location", folder, "--file", SMALL], check=True, capture_output=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [program, "serve-read-only", "--location", folder, "--bind", address]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(600):
                try:
                    urllib.request.urlopen(f"http://{address}/", timeout=5).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield f"http://{address}/query"
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine(*graph_bytes(SMALL)) as running:
        yield running


@pytest.mark.parametrize("name", question_names())
def test_the_oxigraph_server_answers_as_we_do(engine: Engine, store: str, name: str) -> None:
    question = named(name)
    text = question.bind({key: GIVEN[key] for key in question.needs}, Names(engine, 60))
    text = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in PREFIXES.items()) + text
    ours = engine.ask(text, seconds=60)
    accept = "application/n-triples" if ours.kind == "construct" else "application/sparql-results+json"
    request = urllib.request.Request(
        store, text.encode(), {"Content-Type": "application/sparql-query", "Accept": accept}
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        theirs = response.read()
    if ours.kind == "select":
        assert read_results(theirs) == read_results(ours.body)
    elif ours.kind == "ask":
        assert theirs.replace(b" ", b"").endswith(b'"boolean":true}') == ours.answer
    else:
        assert sorted(set(theirs.splitlines())) == sorted(set(ours.body.splitlines()))
