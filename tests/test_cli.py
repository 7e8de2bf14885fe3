import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from diplograph.cli import main

SMALL = Path(__file__).parent / "data" / "small.ttl"
RIGA = (
    "Рига. 12 марта 2026 года. ПРИМЕР - Посол Казахстана в Латвии Ержан Тестов встретился "
    "с министром иностранных дел Латвии Янисом Пробиньшем. Стороны обсудили торговлю."
)
COMMANDS = [
    *(
        "build",
        "chance",
        "check",
        "cluster",
        "demo",
        "diff",
        "dossier",
        "draw",
        "explain",
        "export",
        "extract",
        "fetch",
    ),
    *("query", "rank", "report", "score", "serve"),
]


@pytest.fixture
def desk(loaded: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo_output: Path) -> Path:
    """A folder with what the examples name, as the current one."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "riga.txt").write_text(RIGA, "utf-8")
    (tmp_path / "gold").mkdir()
    gold = {"id": "a", "lang": "ru", "text": RIGA, "officials": [], "organizations": [], "meetings": []}
    (tmp_path / "gold" / "a.json").write_text(json.dumps(gold), "utf-8")
    shutil.copytree(demo_output, tmp_path / "demo-output")
    shutil.copy(SMALL, tmp_path / "small.ttl")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, input: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=input)


def examples(command: click.Command) -> list[str]:
    """The lines to run: those under ``Example:`` in the help, ``\\b`` apart."""
    _, _, block = (command.help or "").partition("Example:")
    return [line.strip() for line in block.splitlines() if line.strip().startswith("diplograph ")]


def test_the_commands() -> None:
    assert sorted(main.commands) == COMMANDS


@pytest.mark.parametrize(
    "name", [name for name in COMMANDS if name not in ("fetch", "serve")]
)  # see test_fetch.py, test_serve.py
def test_every_example_runs(desk: Path, name: str) -> None:
    lines = examples(main.commands[name])
    assert lines
    for line in lines:
        result = run(*shlex.split(line)[1:])
        assert result.exit_code == 0, (line, result.output)
        assert result.stdout


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_help_fits_a_terminal(name: str | None) -> None:
    result = run(*([name] if name else []), "--help")
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 100


def test_help_and_version_load_nothing_heavy() -> None:
    heavy = ["numpy", "rdflib", "networkx", "slovnet", "navec", "pymorphy3", "pyoxigraph", "pyshacl", "pyvis", "scipy"]
    code = (
        "import sys\nfrom diplograph.cli import main\n"
        "for option in (['--help'], ['build', '--help'], ['--version']):\n"
        "    try:\n        main(option)\n    except SystemExit as end:\n        assert end.code == 0\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_demo_says_which_file_to_open(demo_output: Path, tmp_path: Path) -> None:
    demo = Path(shutil.copytree(demo_output, tmp_path / "demo", symlinks=True))
    page = (demo / "graph.html").read_text("utf-8")
    assert "every person, meeting and newspaper here is invented" in page
    result = run("demo", "--out", str(demo))
    assert f"Open {demo}/graph.html in a browser" in result.stdout
    assert json.loads((demo / "run.json").read_text("utf-8"))["counts"]["failed"] == 0


def test_the_demo_keeps_the_contract_and_somebody_met(demo_output: Path) -> None:
    assert run("check", str(demo_output)).exit_code == 0
    assert run("query", str(demo_output), "ASK { ?one dg:met ?other }").stdout == "yes\n"


@pytest.mark.parametrize(
    ("arguments", "exit_code", "error"),
    [
        (["build", "missing.txt"], 4, "Error: Nothing to extract: missing.txt: no such file or folder"),
        (["build", "empty.txt"], 4, "Error: Nothing to extract: empty.txt: no text in it"),
        (["extract", "missing.txt"], 4, "Error: Nothing to extract: missing.txt: no such file or folder"),
        (["explain", "empty.txt"], 4, "Error: Nothing to extract: empty.txt: no text in it"),
        (["extract", "missing.txt", "news"], 3, "missing.txt: failed: no such file or folder"),
        (["build", "news", "missing.txt"], 3, "missing.txt: failed: no such file or folder"),
        (["build", "news", "--out", "news/riga.txt"], 2, "Error: news/riga.txt: cannot be written: File exists"),
        (["query", "missing.ttl", "ASK {}"], 2, "Error: missing.ttl: No such file or directory"),
        (["query", "small.ttl", "who-met-wom"], 2, "No question is named 'who-met-wom'; did you mean who-met-whom?"),
        (["query", "small.ttl", "INSERT DATA {}"], 2, "Error: An update is refused: queries only read the graph"),
        (["rank", "news/riga.txt"], 2, "Error: news/riga.txt: not a graph file; give .ttl, "),
        (["rank", "broken.ttl"], 2, "Error: broken.ttl: not well-formed: "),
        (["check", "missing"], 2, "Error: missing: not a graph file; give .ttl, "),
        (["draw", "small.ttl", "--out", "no/such/page.html"], 2, "Error: no/such/page.html: No such file or directory"),
        (["score", "news"], 2, "Error: news: no gold annotations (*.json) there"),
        (["score", "gold", "--against", "gold/a.json"], 2, "Error: gold/a.json: not a saved score"),
    ],
)
def test_an_error_is_one_line(desk: Path, arguments: list[str], exit_code: int, error: str) -> None:
    (desk / "empty.txt").touch()
    (desk / "broken.ttl").write_text("<x:a> <x:b>", "utf-8")
    result = run(*arguments)
    assert result.exit_code == exit_code, result.output
    assert error in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["build"],
        ["build", "news", "--published", "вчера"],
        ["rank", "small.ttl", "--measure", "fame"],
        ["query"],
        ["x"],
    ],
)
def test_wrong_usage(desk: Path, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error: " in result.stderr


def test_several_refusals_are_told_one_by_one(desk: Path) -> None:
    (desk / "en.txt").write_text("It rained in Prague.", "utf-8")
    result = run("build", "missing.txt", "en.txt")
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr.splitlines() == [
        "en.txt: skipped: texts in 'en' are not read yet",
        "missing.txt: failed: no such file or folder",
        "Error: Nothing to extract: none of 2 inputs gave a text that is read",
    ]


def test_build_prints_counts(desk: Path) -> None:
    counts = json.loads(run("build", "news", "--json").stdout)
    assert (counts["inputs"], counts["extracted"], counts["officials"], counts["held"]) == (1, 1, 2, 1)
    assert (desk / "diplograph-output" / "graph.ttl").exists()


def test_published_dates_a_text_that_does_not(desk: Path) -> None:
    (desk / "a.txt").write_text(RIGA.replace(" 2026 года", ""), "utf-8")
    (line,) = run("extract", "a.txt", "--published", "2031-03-13").stdout.splitlines()
    assert json.loads(line)["encounters"][0]["date"] == "2031-03-12"


def test_extract_prints_a_line_an_article(desk: Path) -> None:
    lines = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in (("a", RIGA), ("b", "Дождь.")))
    first, second = map(json.loads, run("extract", "-", input=lines).stdout.splitlines())
    assert first["article"] == {"id": "a", "language": "ru", "publisher": "ПРИМЕР", "source": "-#1"}
    assert [official["name"] for official in first["officials"]] == ["Ержан Тестов", "Янис Пробиньш"]
    receipt = first["encounters"][0]["receipts"][0]
    assert RIGA[receipt["span"]["start"] : receipt["span"]["end"]] == receipt["quote"]
    assert second == {"article": {"id": "b", "language": "ru", "source": "-#2"}}


def test_explain_shows_what_was_said_and_what_was_not(desk: Path) -> None:
    (desk / "a.txt").write_text(RIGA + "\nПосол встретился.", "utf-8")
    shown = run("explain", "a.txt").stdout
    assert "tenure       Ержан Тестов: посол, for KZ, accredited to LV" in shown
    assert "said         held meeting: Ержан Тестов, Янис Пробиньш; date 2026-03-12" in shown
    assert "adds to      held meeting: Ержан Тестов, Янис Пробиньш;" in shown
    assert "unsaid       Посол встретился.: " in shown
    sentences = [json.loads(line)["sentence"] for line in run("explain", "a.txt", "--json").stdout.splitlines()]
    assert sentences[-1] == "Посол встретился."


def test_query_answers_in_every_form(desk: Path) -> None:
    text = 'SELECT ?code ?name { ?s dg:iso2 ?code ; rdfs:label ?name FILTER(LANG(?name) = "ru" && ?code = "LV") }'
    assert run("query", "small.ttl", text).stdout == "code  name\nLV    Латвия\n"
    assert run("query", "small.ttl", text, "--format", "csv").stdout == "code,name\nLV,Латвия\n"
    assert json.loads(run("query", "small.ttl", text, "--json").stdout) == [{"code": "LV", "name": "Латвия"}]
    assert run("query", "small.ttl", "-", input=text).stdout == "code  name\nLV    Латвия\n"


def test_a_question_answered_no_is_exit_code_1(desk: Path) -> None:
    result = run("query", "small.ttl", "ASK { ?state dg:iso2 'XX' }")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "no\n", "")


def test_a_graph_that_breaks_the_contract_is_exit_code_1(desk: Path) -> None:
    turtle = SMALL.read_text("utf-8").replace("dg:iso2", "dg:isoo2")
    (desk / "broken.ttl").write_text(turtle, "utf-8")
    result = run("check", "broken.ttl", "--json")
    assert result.exit_code == 1
    assert {row["severity"] for row in json.loads(result.stdout)} >= {"Violation"}
    assert run("check", "small.ttl").stdout == "The graph keeps the contract\n"
    assert run("check", "small.ttl", "--json").stdout == "[]\n"


def test_rank_and_cluster_print_tables(desk: Path) -> None:
    ranked = json.loads(run("rank", "small.ttl", "--measure", "degree", "--top", "1", "--json").stdout)
    assert [(row["rank"], row["name"], row["id"]) for row in ranked] == [
        (1, "Айгуль Сырлыбекова", "official/aigul-syrlybekova")
    ]
    grouped = json.loads(run("cluster", "small.ttl", "--json").stdout)
    assert sum(row["size"] for row in grouped) == len(json.loads(run("rank", "small.ttl", "--json").stdout))


def test_the_meetings_behind_a_rank_are_listed(desk: Path) -> None:
    lines = run("rank", "small.ttl", "--explain", "сырлыбекова").stdout.splitlines()
    assert lines[0] == "Айгуль Сырлыбекова: betweenness 0.3333, rank 1 of 7 (exact); 4 meetings in 3 articles"
    assert [line.split("  ")[0] for line in lines[2:]] == ["2026-03", "2026-03-03", "2026-03-05", "2026-03-11"]
    found = json.loads(run("rank", "small.ttl", "--explain", "Сырлыбекова", "--json").stdout)
    assert [entry["others"] for entry in found][1] == "Габор Шомодвари; Мартин Линдквелл"
    assert all(entry["quote"] for entry in found)
    assert run("rank", "small.ttl", "--explain", "Сырлыбеков").exit_code == 2


def test_rank_in_a_period_and_by_post(desk: Path) -> None:
    march = run("rank", "small.ttl", "--since", "2026-03-10", "--until", "2026-03", "--json").stdout
    assert {row["name"]: row["meetings"] for row in json.loads(march)} == {
        **{"Айгуль Сырлыбекова": 1, "Инесе Лиепкалне": 1, "Ерлан Жасталапов": 1, "Янис Вецбралис": 1},
    }
    assert run("rank", "small.ttl", "--since", "2030", "--without-source", "--json").stdout == "[]\n"
    assert run("rank", "small.ttl", "--since", "2030").stdout.split()[:3] == ["rank", "name", "betweenness"]
    assert run("rank", "small.ttl", "--by", "year", "--by-post").exit_code == 2
    refused = run("rank", "small.ttl", "--until", "spring")
    assert (refused.exit_code, refused.stderr) == (
        2,
        "Error: 'spring' is no date: give YYYY, YYYY-MM or YYYY-MM-DD\n",
    )
    assert "2026-Q1" in run("rank", "small.ttl", "--by", "quarter").stdout
    by_post = json.loads(run("rank", "small.ttl", "--by-post", "--measure", "strength", "--json").stdout)
    assert by_post[0]["name"] == "Айгуль Сырлыбекова"
    assert by_post[0]["strength"] < 5


def test_papers_are_printed_or_written(desk: Path) -> None:
    assert run("report", "demo-output").stdout.startswith("# Who met whom\n")
    assert "## What could not be read" in run("report", "demo-output").stdout
    assert "## What could not be read" not in run("report", "small.ttl").stdout
    assert run("dossier", "small.ttl", "LV", "--format", "html", "-o", "lv.html").stdout == "lv.html\n"
    assert "<h1>Латвия</h1>" in Path("lv.html").read_text("utf-8")
    found = json.loads(run("diff", "small.ttl", "demo-output", "--json").stdout)
    assert {len(found["withdrawn"]) > 5, len(found["new_officials"]) > 20} == {True}
    Path("demo-output/run.json").write_text("{", "utf-8")
    refused = run("report", "demo-output")
    assert (refused.exit_code, len(refused.stderr.splitlines())) == (2, 1)


def test_export_writes_what_was_asked_for(desk: Path) -> None:
    result = run("export", "small.ttl", "--format", "gexf", "--format", "nt", "--out", "out")
    assert result.stdout.split() == ["out/network.gexf", "out/graph.nt"]
    assert sorted(path.name for path in Path("out").iterdir()) == ["graph.nt", "network.gexf"]
    assert run("export", "small.ttl").exit_code == 2


def test_score_saves_and_compares(desk: Path) -> None:
    first = run("score", "gold", "--errors", "--json", "figures.json")
    assert "a\twrong\tofficial\tЕржан Тестов\n" in first.stdout
    assert first.stdout.splitlines()[-1].startswith("overall")
    again = run("score", "gold", "--against", "figures.json")
    assert "0 gained against figures.json" in again.stdout
    assert "0 lost against figures.json" in again.stdout


def test_a_closed_pipe_is_no_traceback(desk: Path) -> None:
    many = "".join(json.dumps({"text": f"Дождь {number}."}) + "\n" for number in range(2000))
    (desk / "many.jsonl").write_text(many, "utf-8")
    command = f"{shlex.quote(sys.executable)} -m diplograph extract many.jsonl | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_names_are_printed_in_any_locale(desk: Path) -> None:
    environment = os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    text = "SELECT ?name { <https://w3id.org/diplograph/id/place/riga> rdfs:label ?name FILTER(LANG(?name) = 'ru') }"
    command = [sys.executable, "-m", "diplograph", "query", "small.ttl", text, "--format", "csv"]
    done = subprocess.run(command, capture_output=True, check=True, env=environment)
    assert done.stdout.decode("utf-8") == "name\nРига\n"
