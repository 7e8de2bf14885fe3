"""The process that parses: whatever a parser does to it, only that document is lost, and it is told why."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from samples import page

from diplograph.model import Article, DiplographError
from diplograph.read import Limits, Refusal, read
from diplograph.read.apart import Workshop
from diplograph.read.formats import Format
from diplograph.read.items import Document
from diplograph.read.limits import NotReadError

HARMFUL = """
import ctypes, os, sys, time
from diplograph.read.items import Document, Record
from diplograph.read.limits import NotReadError

def hang(document, limits):
    yield Record(document.source, {"text": "before"})
    ctypes.CDLL(None).sleep(3600)  # in C, where no handler of Python runs

def crash(document, limits):
    yield Record(document.source, {"text": "before"})
    ctypes.string_at(0)

def eat(document, limits):
    yield Record(document.source, {"text": bytes(10**12).decode()})

def leave(document, limits):
    os._exit(7)
    yield

def fault(document, limits):
    yield Record(document.source, {"text": "before"})
    raise KeyError("oops")

def talk(document, limits):
    print("not an answer", flush=True)
    os.write(1, b"nor this\\n")
    sys.stderr.write("nor this")
    yield Record(document.source, {"text": "fine"})

def endless(document, limits):
    while True:
        yield Record(document.source, {"text": "a"})

def inner(document, limits):
    yield Document(document.source + "/x", "x.txt", __import__("io").BytesIO(b"x"))
    yield Record(document.source, {"text": "after"})
"""


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workshop]:
    """With readers of the kind that nobody wants, put where the child finds them."""
    (tmp_path / "harmful.py").write_text(HARMFUL, "utf-8")
    (tmp_path / "sitecustomize.py").write_text(
        "import sys, importlib.util, types\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'diplograph.read.harmful':\n"
        f"            return importlib.util.spec_from_file_location(name, {str(tmp_path / 'harmful.py')!r})\n"
        "sys.meta_path.insert(0, Finder())\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    made = Workshop(Limits(seconds=1))
    yield made
    made.close()


def harmful(name: str) -> Format:
    return Format(name, (), f"harmful:{name}")


def document() -> Document:
    return Document("a.x", "a.x", io.BytesIO(b"x"))


@pytest.mark.parametrize(
    ("name", "before", "reason"),
    [
        ("hang", 1, "took longer than 1 seconds (the limit seconds)"),
        ("crash", 1, "ended the process that parsed it (SIGSEGV)"),
        ("leave", 0, "ended the process that parsed it (exit code 7)"),
        ("eat", 0, "takes more than 4,000,000,000 bytes of memory to parse (the limit memory_bytes)"),
        ("fault", 1, "a fault in the parser: KeyError('oops')"),
    ],
)
def test_a_parser_that_goes_wrong_costs_one_document(workshop: Workshop, name: str, before: int, reason: str) -> None:
    found = []
    started = time.monotonic()
    with pytest.raises(NotReadError) as error:
        found.extend(workshop.read(harmful(name), document()))
    assert str(error.value) == reason
    assert len(found) == before
    assert time.monotonic() - started < 60
    assert [item.fields["text"] for item in workshop.read(harmful("talk"), document())] == ["fine"]


def test_what_a_library_prints_is_no_answer(workshop: Workshop) -> None:
    assert [item.fields for item in workshop.read(harmful("talk"), document())] == [{"text": "fine"}]


def test_whoever_stops_listening_ends_it(workshop: Workshop) -> None:
    items = workshop.read(harmful("endless"), document())
    next(items)
    items.close()
    assert [item.fields for item in workshop.read(harmful("talk"), document())] == [{"text": "fine"}]


def test_inner_documents_come_when_the_process_is_free(workshop: Workshop) -> None:
    kinds = [type(item).__name__ for item in workshop.read(harmful("inner"), document())]
    assert kinds == ["Record", "Document"]


def test_the_process_ends_with_its_parent(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(page())
    code = (
        "import os, signal, sys\nfrom diplograph.read import Limits\nfrom diplograph.read.apart import Workshop\n"
        "workshop = Workshop(Limits())\nprint(workshop._start().pid, flush=True)\nos.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    pid = int(done.stdout)
    for _ in range(600):
        if not Path(f"/proc/{pid}").exists() or " Z " in Path(f"/proc/{pid}/stat").read_text():
            return
        time.sleep(0.1)
    os.kill(pid, 9)
    pytest.fail("the child lives on")


def test_a_module_beside_the_texts_is_not_taken_for_a_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lxml.py").write_text("open('taken', 'w')\nraise SystemExit\n")
    (tmp_path / "a.html").write_bytes(page())
    monkeypatch.chdir(tmp_path)
    assert isinstance(next(read("a.html")), Article)
    assert not (tmp_path / "taken").exists()


@pytest.mark.parametrize(
    ("name", "size", "settings", "reason"),
    [
        ("a.html", 200_000, {"document_bytes": "100kB"}, "longer than 100,000 bytes (the limit document_bytes)"),
        ("a.txt", 20_000, {"text_characters": "10k"}, "longer than 10,000 characters: split it into its articles (the limit text_characters)"),
        ("a.csv", 20_000, {"table_bytes": "10_000"}, "longer than 10,000 bytes (the limit table_bytes)"),
        ("a.jsonl", 20_000, {"line_bytes": "1e4"}, "longer than 10,000 bytes: split it into its articles (the limit line_bytes)"),
    ],
)  # fmt: skip
def test_a_limit_that_is_reached_names_itself(
    name: str, size: int, settings: dict[str, str], reason: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(b"a" * size)
    (item,) = read(tmp_path / name, limits=Limits().with_settings(settings))
    assert isinstance(item, Refusal)
    assert item.reason == reason


@pytest.mark.parametrize(
    "settings", [{"nonsense": "1"}, {"seconds": "x"}, {"seconds": "-1"}, {"members": ""}, {"seconds": "inf"}]
)
def test_a_limit_that_is_none_is_refused(settings: dict[str, str]) -> None:
    with pytest.raises(DiplographError):
        Limits().with_settings(settings)
