import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, Graph

from diplograph import build as build_function
from diplograph.account import Input, NothingToExtractError
from diplograph.build import build
from diplograph.model import Article, Claims, DiplographError, PartialDate
from diplograph.terms import DG

RIGA = (
    "Рига. 12 марта. ПРИМЕР - Посол Казахстана в Латвии Ержан Тестов встретился "
    "с министром иностранных дел Латвии Янисом Пробиньшем. Стороны обсудили торговлю."
)
PRAGUE = "Посол Чехии в Казахстане Павел Проба 3 марта встретился с министром транспорта Казахстана Маратом Образцовым."
FILES = {
    *("graph.ttl", "graph.trig", "graph.html", "graph.gexf"),
    *("meetings.csv", "officials.csv", "nodes.csv", "edges.csv", "report.md", "run.json"),
}


@pytest.fixture
def news(loaded: None, tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a-riga.txt").write_text(RIGA, "utf-8")
    records = [{"id": "prague", "text": PRAGUE, "published": "2026-03-04"}, {"text": "It rained in Prague."}]
    (folder / "b.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records) + "{\n", "utf-8")
    (folder / "c.txt").write_text(" \n", "utf-8")
    (folder / "d.txt").write_text(RIGA, "utf-8")
    (folder / "e.jpg").write_bytes(b"\xff\xd8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """The files that show."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != ".diplograph"}


def test_every_input_is_accounted_for_once(news: Path, tmp_path: Path) -> None:
    run = build(news, out=tmp_path / "graph", published=PartialDate(2026, 3, 13))
    riga = run.inputs[0].article
    assert riga
    assert run.inputs == (
        Input("news/a-riga.txt", "extracted", article=riga),
        Input("news/b.jsonl#1", "extracted", article="prague"),
        Input("news/b.jsonl#2", "skipped", reason="texts in 'en' are not read yet"),
        Input(
            "news/b.jsonl#3",
            "failed",
            reason="not a JSON object: Expecting property name enclosed in double quotes (column 1)",
        ),
        Input("news/c.txt", "empty", reason="no text in it"),
        Input("news/d.txt", "skipped", reason="duplicate of news/a-riga.txt"),
        Input("news/e.jpg", "skipped", reason=run.inputs[-1].reason),
    )
    counts = run.counts()
    assert counts["inputs"] == sum(counts[outcome] for outcome in ("extracted", "empty", "skipped", "failed")) == 7
    assert {path.name for path in run.files} == FILES == set(contents(tmp_path / "graph"))
    account = json.loads((tmp_path / "graph" / "run.json").read_text("utf-8"))
    assert account["counts"] == counts
    assert account["inputs"][1] == {"source": "news/b.jsonl#1", "outcome": "extracted", "article": "prague"}


def test_the_graph_says_who_met_whom(news: Path, tmp_path: Path) -> None:
    build(news, out=tmp_path / "graph", published=PartialDate(2026, 3, 13))
    graph = Graph().parse(tmp_path / "graph" / "graph.ttl")
    names = {
        str(name) for official in graph.subjects(RDF.type, DG.Official) for name in graph.objects(official, RDFS.label)
    }
    assert names == {"Ержан Тестов", "Янис Пробиньш", "Павел Проба", "Марат Образцов"}
    assert len(list(graph.subject_objects(DG.met))) == 4
    assert len(graph) > 50
    assert "Ержан Тестов" in (tmp_path / "graph" / "meetings.csv").read_text("utf-8")


def test_the_same_texts_give_the_same_bytes(news: Path, tmp_path: Path) -> None:
    """Whatever the order of the sources, the seed of the hashes, the locale, the time zone and the folder."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    news.rename(elsewhere / "news")
    sources = [str(path) for path in sorted((elsewhere / "news").iterdir())]
    code = "import sys, diplograph; diplograph.build(sys.argv[2:], out=sys.argv[1])"
    for out, seed, zone, order in (("a", "1", "Asia/Almaty", sources), ("b", "77", "UTC", sources[::-1])):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
        subprocess.run([sys.executable, "-c", code, str(tmp_path / out), *order], check=True, env=environment)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert str(tmp_path).encode() not in b"".join(contents(tmp_path / "a").values())


def test_doubtful_meetings_are_left_out_and_listed(news: Path, tmp_path: Path) -> None:
    certain = build(news, out=tmp_path / "graph").counts()
    doubtful = build(news, out=tmp_path / "graph", min_confidence=1.0).counts()
    left_out = certain["meetings"] - doubtful["meetings"]
    assert left_out > 0
    unsaid = json.loads((tmp_path / "graph" / "run.json").read_text("utf-8"))["unsaid"]
    assert len(unsaid) == doubtful["unsaid"]
    reasons = [left["reason"] for left in unsaid[certain["unsaid"] :]]
    assert len(reasons) == left_out
    assert all(reason.endswith("is below 1.00") for reason in reasons)


def test_nothing_to_extract_leaves_the_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained in Prague.", "utf-8")
    with pytest.raises(NothingToExtractError) as caught:
        build([tmp_path / "a.txt"], out=tmp_path / "graph")
    assert str(caught.value) == "Nothing to extract: a.txt: texts in 'en' are not read yet"
    assert not (tmp_path / "graph").exists()


def test_a_text_in_which_nobody_met_gives_an_empty_result(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Сегодня хорошая погода.", "utf-8")
    run = build([tmp_path / "a.txt"], out=tmp_path / "graph")
    assert (run.counts()["meetings"], run.counts()["officials"]) == (0, 0)
    assert set(contents(tmp_path / "graph")) == FILES


def test_a_failure_leaves_the_earlier_result(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "graph"
    build(news, out=out)
    (out / "notes.txt").write_text("mine", "utf-8")
    before = contents(out)

    def full(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sys.modules["diplograph.outputs"], "edges_csv", full)
    (news / "new.txt").write_text(PRAGUE, "utf-8")
    with pytest.raises(DiplographError, match="cannot be written: No space left on device"):
        build(news, out=out)
    assert contents(out) == before


def test_one_bad_article_does_not_cost_the_others(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = sys.modules["diplograph.build"]
    extract = module.extract

    def stumbles(article: Article) -> Claims:
        if article.id == "prague":
            raise IndexError("list index out of range")
        return extract(article)

    monkeypatch.setattr(module, "extract", stumbles)
    run = build(news, out=tmp_path / "graph")
    assert run.inputs[1].outcome == "failed"
    assert run.inputs[1].reason == "a fault in the extraction: IndexError('list index out of range')"
    assert run.counts()["extracted"] == 1


def test_an_out_that_is_a_file(news: Path, tmp_path: Path) -> None:
    (tmp_path / "graph").write_text("mine", "utf-8")
    with pytest.raises(DiplographError, match="cannot be written"):
        build(news, out=tmp_path / "graph")
    assert (tmp_path / "graph").read_text("utf-8") == "mine"


def test_all_files_or_none(news: Path, tmp_path: Path) -> None:
    (tmp_path / "graph" / "run.json").mkdir(parents=True)
    with pytest.raises(DiplographError, match=r"run\.json: cannot be written: Is a directory"):
        build(news, out=tmp_path / "graph")
    assert sorted(path.name for path in (tmp_path / "graph").iterdir()) == [".diplograph", "run.json"]


def test_progress_is_told(news: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    build_function(news, out=tmp_path / "graph", progress=lambda *step: told.append(step))
    assert [step[:2] for step in told] == [*((read, 0) for read in range(1, 8)), (1, 2), (2, 2)]
    assert {step[2] for step in told[-2:]} == {"news/a-riga.txt", "news/b.jsonl#1"}
