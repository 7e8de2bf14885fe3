"""Where pyoxigraph cannot be imported, a graph is read, asked, measured and exported by rdflib, with the same answers.

pyoxigraph is a dependency; this is for machines that it has no wheel for. Processes of their own find a package of its
name that fails to import before the real one.
"""

import csv
import io
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from diplograph.query import query
from diplograph.serve import serve

DATA = Path(__file__).parent / "data"
SMALL = DATA / "small.ttl"


@pytest.fixture
def without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on, new processes cannot import pyoxigraph."""
    package = tmp_path / "blocked" / "pyoxigraph"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise ImportError('blocked')\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(package.parent))


#: Commands one after the other in one process: a line of arguments each.
COMMANDS = """
import sys
from diplograph.cli import main
for line in sys.stdin.read().splitlines():
    main(line.split("\t"), standalone_mode=False)
"""


def run(*commands: tuple[str | Path, ...]) -> str:
    """What the commands print, in a process of their own."""
    lines = "\n".join("\t".join(map(str, command)) for command in commands)
    return subprocess.run(
        [sys.executable, "-c", COMMANDS], input=lines, capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.usefixtures("without")
def test_it_cannot_be_imported() -> None:
    assert subprocess.run([sys.executable, "-c", "import pyoxigraph"], capture_output=True, check=False).returncode == 1


@pytest.mark.usefixtures("without")
def test_questions_have_the_same_answers() -> None:
    for name in ("meetings-by-month", "who-met-whom"):
        assert query(SMALL, name).render("csv") == (DATA / f"answers/{name}.csv").read_text("utf-8")
    free = query(SMALL, "SELECT ?name { ?who a dg:Official ; rdfs:label ?name }")
    assert len(free.rows) == 7


@pytest.mark.usefixtures("without")
def test_the_endpoint_answers_and_draws() -> None:
    with serve(SMALL, port=0) as server:
        assert server.engine.name == "rdflib"
        asked = urllib.parse.urlencode({"query": "SELECT (COUNT(*) AS ?n) { ?who a dg:Official }"})
        request = urllib.request.Request(f"{server.url}sparql?{asked}", headers={"Accept": "text/csv"})
        with urllib.request.urlopen(request) as answer:
            assert list(csv.reader(io.StringIO(answer.read().decode()))) == [["n"], ["7"]]


def test_measures_reports_and_exports_are_the_same(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    def all_of_it(out: Path) -> str:
        exported = ("export", SMALL, "--format", "graphml", "--format", "jsonld", "--format", "nt", "--out", out)
        asked = ("query", SMALL, "shortest-path", "--person", "Шомодвари", "--other", "Лиепкалне")
        return run(asked, ("rank", SMALL), ("rank", SMALL, "--by-post"), ("report", SMALL), exported).replace(
            str(out), ""
        )

    usual = all_of_it(tmp_path / "usual")
    request.getfixturevalue("without")
    assert all_of_it(tmp_path / "bare") == usual
    files = sorted((tmp_path / "usual").iterdir())
    assert [file.name for file in files] == sorted(file.name for file in (tmp_path / "bare").iterdir())
    assert len(files) == 3
    for file in files:
        assert file.read_bytes() == (tmp_path / "bare" / file.name).read_bytes()


@pytest.mark.usefixtures("without")
def test_making_a_graph_says_what_it_needs() -> None:
    code = "from diplograph.terms import web_address; web_address('https://x.example/')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    needed = "DiplographError: pyoxigraph is not installed; to make a graph it must be: pip install pyoxigraph\n"
    assert done.stderr.endswith(needed)
