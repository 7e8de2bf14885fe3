"""Hostile queries on both engines: no file is read, no connection made, nothing written, and the engine goes on."""

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import ESCAPES, GREEDY

from diplograph.graph_file import graph_bytes
from diplograph.sparql.engine import Engine, QueryError

SMALL = Path(__file__).parent / "data" / "small.ttl"
SECRET = "secret-of-the-file"


class Trap:
    """A file whose reading would show and a server that counts who calls."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "secret.ttl"
        self.path.write_text(f"<x:{SECRET}> <x:p> '{SECRET}' .", "utf-8")
        os.utime(self.path, (0, 0))  # long ago: whoever reads it changes when it was last read
        self.calls = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.calls += 1
            connection.close()

    def fill(self, text: str) -> str:
        server = f"http://127.0.0.1:{self.port}/"
        return text.format(file=self.path.as_uri(), path=self.path, server=server)

    def was_read(self) -> bool:
        return self.path.stat().st_atime != 0


@pytest.fixture(scope="module")
def trap(tmp_path_factory) -> Iterator[Trap]:
    made = Trap(tmp_path_factory.mktemp("trap"))
    yield made
    made.listener.close()


@pytest.fixture(scope="module", params=["oxigraph", "rdflib"])
def engine(request) -> Iterator[Engine]:
    with Engine(*graph_bytes(SMALL), engine=request.param) as running:
        yield running


def outcome(engine: Engine, text: str, *, trusted: bool, seconds: float = 10) -> str:
    """What came of it: the answer, or what went wrong."""
    try:
        return repr(engine.ask(text, seconds=seconds, rows=1000, trusted=trusted))
    except QueryError as error:
        return error.trouble


def test_there_are_enough_of_them() -> None:
    assert len(set(ESCAPES + GREEDY)) >= 60


def test_the_trap_works(trap: Trap) -> None:
    with socket.create_connection(("127.0.0.1", trap.port)) as client:
        client.recv(1)
    assert trap.calls == 1
    trap.calls = 0
    trap.path.read_text()
    assert trap.was_read()
    os.utime(trap.path, (0, 0))


@pytest.mark.parametrize("trusted", [False, True], ids=["judged", "unjudged"])
def test_nothing_is_read_called_or_written(engine: Engine, trap: Trap, trusted: bool) -> None:
    """Unjudged too: the process of a query can open nothing, whatever the judge lets pass."""
    before = outcome(engine, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", trusted=True)
    for text in ESCAPES:
        found = outcome(engine, trap.fill(text), trusted=trusted)
        assert SECRET not in found, text
        assert not trap.was_read(), text
        assert trap.calls == 0, text
        if "SERVICE" in text.replace("\\u0053", "S").upper() and not trusted:
            assert found in ("refused", "malformed"), text
    assert outcome(engine, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", trusted=True) == before


@pytest.mark.parametrize("text", GREEDY, ids=range(len(GREEDY)))
def test_what_takes_too_much_is_ended(engine: Engine, text: str) -> None:
    found = outcome(engine, text.format(), trusted=False, seconds=1)
    assert found in ("timeout", "exhausted", "malformed") or "truncated=True" in found, found[:200]
    assert "answer=True" in outcome(engine, "ASK { ?m dg:status dg:Held }", trusted=False)
