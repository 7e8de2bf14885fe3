"""A quick sample of the hostile and broken inputs; `benchmarks/hostile.py` runs them all.

None crashes or hangs the reading, each is accounted for, nothing outside the folder is read, and what is written from
those that give a text is sound for other programs.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import networkx
import pyoxigraph
import pytest
import rdflib
from hostile_inputs import FOUND, PAYLOADS, built, damaged, harmful_lines, write_hostile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import TEXT, record, samples, zipped

from diplograph.build import Run, build
from diplograph.model import Article
from diplograph.read import Limits, Refusal, read, read_all
from diplograph.read.apart import Workshop
from diplograph.read.items import shown
from diplograph.read.sources import Sources


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inputs") / "hostile"
    write_hostile(folder, each=5, large=False)
    return folder


@pytest.fixture(scope="module")
def items(folder: Path) -> list[Article | Refusal]:
    return list(read_all(folder))


def test_every_file_is_accounted_for(folder: Path, items: list[Article | Refusal]) -> None:
    named = {item.source for item in items} | {item.source.partition("#")[0] for item in items}
    for path in folder.rglob("*"):
        if path.is_file() or path.is_symlink():
            label = shown(f"{folder.name}/{path.relative_to(folder).as_posix()}")
            assert label in named or any(name.startswith(f"{label}/") for name in named), label
    lines = sum(1 for _ in harmful_lines())
    assert sum(item.source.startswith("hostile/harmful.jsonl#") for item in items) == lines


def test_no_fault_of_ours_came_up(items: list[Article | Refusal]) -> None:
    assert [item for item in items if isinstance(item, Refusal) and "a fault in" in item.reason] == []
    assert [item for item in items if isinstance(item, Refusal) and "ended the process" in item.reason] == []


def test_nothing_of_the_machine_is_read(items: list[Article | Refusal]) -> None:
    assert [item.source for item in items if isinstance(item, Article) and "root:" in item.text] == []
    links = [
        item
        for item in items
        if item.source.startswith(("hostile/names/link", "hostile/names/loop", "hostile/names/circle"))
    ]
    assert [item.reason for item in links] == ["a link: give what it leads to"] * 3


def test_names_and_reasons_are_one_line_fit_for_a_terminal(items: list[Article | Refusal]) -> None:
    for item in items:
        told = item.source + (item.reason if isinstance(item, Refusal) else "".join(item.remarks))
        assert told.isprintable(), ascii(told)
        assert len(told) < 1200


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("bomb.zip", "packing_ratio"),
        ("bomb.jsonl.gz", "packing_ratio"),
        ("bomb.docx", "document_bytes"),
        ("bomb.odt", "document_bytes"),
        ("bomb.xlsx", "document_bytes"),
        ("overlap.zip", "packing_ratio"),
        ("nested.zip", "nesting"),
        ("nested.gz", "nesting"),
        ("nested.tar", "nesting"),
        ("packed.warc", "document_bytes"),
    ],
)
def test_a_bomb_meets_its_limit(items: list[Article | Refusal], name: str, limit: str) -> None:
    told = [
        item.reason for item in items if item.source.startswith(f"hostile/built/{name}") and isinstance(item, Refusal)
    ]
    assert any(f"(the limit {limit})" in reason for reason in told) or name == "overlap.zip", told


@pytest.mark.parametrize("name", ["laughs-4", "laughs-9", "quadratic", "outside", "outside-utf16", "parameter", "dtd"])
def test_a_document_type_declaration_is_refused(items: list[Article | Refusal], name: str) -> None:
    (item,) = [item for item in items if item.source == f"hostile/built/{name}.xml"]
    assert isinstance(item, Refusal)
    assert item.reason.startswith("a document type declaration (<!DOCTYPE) in XML is refused")


def test_limits_on_packed_files_can_be_set(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({f"{n}.txt": b"a" * 1000 for n in range(10)}))
    found = [item.reason for item in read_all(tmp_path, limits=Limits(members=5)) if isinstance(item, Refusal)]
    assert found[-1] == "more than 5 files in it: the rest is not read (the limit members)"
    found = [
        item.reason for item in read_all(tmp_path, limits=Limits(unpacked_bytes=2500)) if isinstance(item, Refusal)
    ]
    assert found
    assert set(found) == {"unpacks to more than 2,500 bytes (the limit unpacked_bytes)"}


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert list(read(tmp_path)) == [Refusal(f"{tmp_path.name}/a.txt", "failed", "not an ordinary file")]


def test_what_once_found_a_fault_is_read(tmp_path: Path) -> None:
    for name, data in FOUND:
        (tmp_path / name).write_bytes(data)
    assert [item for item in read_all(tmp_path) if isinstance(item, Refusal) and "a fault in" in item.reason] == []
    assert len(FOUND) >= 5


# --- what is written -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Path]:
    """What is built from payloads in every field and in the middle of the text."""
    folder = tmp_path_factory.mktemp("result")
    lines = list(harmful_lines())
    (folder / "harmful.jsonl").write_bytes(b"".join(line for n, line in enumerate(lines) if n % 9 in (1, 4, 7, 8)))
    return build(folder / "harmful.jsonl", out=folder / "out"), folder / "out"


def test_the_account_adds_up(result: tuple[Run, Path]) -> None:
    run, out = result
    counts = run.counts()
    assert counts["inputs"] == sum(counts[name] for name in ("extracted", "empty", "skipped", "failed"))
    assert counts["extracted"] > 200
    assert json.loads((out / "run.json").read_text("utf-8"))["counts"]["inputs"] == counts["inputs"]


@pytest.mark.parametrize(
    ("name", "form", "theirs"), [("graph.ttl", "turtle", "TURTLE"), ("graph.trig", "trig", "TRIG")]
)
def test_two_parsers_read_one_graph(result: tuple[Run, Path], name: str, form: str, theirs: str) -> None:
    path = result[1] / name
    by_oxigraph = {
        str(quad.triple) for quad in pyoxigraph.parse(path=str(path), format=getattr(pyoxigraph.RdfFormat, theirs))
    }
    dataset = rdflib.Dataset()
    dataset.parse(path, format=form)
    lines = "".join(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o, _ in dataset.quads())
    by_rdflib = {str(quad.triple) for quad in pyoxigraph.parse(input=lines, format=pyoxigraph.RdfFormat.N_TRIPLES)}
    assert by_rdflib == by_oxigraph
    assert len(by_oxigraph) > 1000


def test_no_cell_begins_a_formula(result: tuple[Run, Path]) -> None:
    for path in result[1].glob("*.csv"):
        rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
        assert len({len(row) for row in rows}) == 1
        assert [cell for row in rows for cell in row if cell[:1] in ("=", "+", "@", "\t", "\r", "＝")] == []


def test_gephi_gets_xml(result: tuple[Run, Path]) -> None:
    assert networkx.read_gexf(result[1] / "graph.gexf").number_of_nodes() > 0


# --- any bytes, any text -------------------------------------------------------------------------------

_SUFFIXES = sorted({name[name.index(".") :] for name in samples()})


@pytest.fixture(scope="module")
def sources() -> Iterator[Sources]:
    """One process that parses for all examples."""
    with closing(Workshop(Limits())) as workshop:
        yield Sources(Limits(), workshop)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=300), st.sampled_from(_SUFFIXES))
def test_any_bytes_under_any_name_are_accounted_for(sources: Sources, tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    found = list(sources.items(path))
    assert found
    assert not [item for item in found if isinstance(item, Refusal) and "a fault in" in item.reason]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*record(), "id", "lang", "publisher"]),
        st.one_of(st.text(), st.none(), st.integers(), st.floats(), st.lists(st.text()), st.sampled_from(PAYLOADS)),
    )
)
def test_any_fields_give_an_article_or_a_reason(tmp_path: Path, fields: dict[str, object]) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": TEXT, **fields}), "utf-8")
    (item,) = read_all(tmp_path / "a.jsonl")
    assert item.source == "a.jsonl#1"


def test_the_inputs_are_the_same_each_time() -> None:
    assert list(damaged(2)) == list(damaged(2))
    names = [name for name, _ in built(large=False)]
    assert len(set(names)) == len(names)
