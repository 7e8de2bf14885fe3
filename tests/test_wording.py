"""The papers in Russian: every phrase of the code has its Russian, which fills in the same and leaves nothing English."""

import re
import string
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner
from rdflib import Graph

from diplograph.account import OUTCOMES
from diplograph.cli import main
from diplograph.diff import diff
from diplograph.dossier import dossier
from diplograph.graph_file import load_graph
from diplograph.model import EncounterType
from diplograph.report import report
from diplograph.sparql.questions import PARAMETERS
from diplograph.wording import LanguageError, russian, say

SOURCES = Path(__file__).parent.parent / "src" / "diplograph"
SMALL = Path(__file__).parent / "data" / "small.ttl"
SPOKEN = ("corpus.py", "paper.py", "report.py", "dossier.py", "diff.py")
#: Words that are the same in both languages: codes, ids, a method's name, a reference.
SAME = re.compile(
    r"[A-Z]{2}\b|Louvain|Gould and Fernandez 1989|\((official|state|organization)/[\w-]+\)|OSCE|https?:\S+|\(<.*?>\)"
)


@pytest.fixture(scope="module")
def small() -> Graph:
    return load_graph(SMALL)


def phrases_of_the_code() -> set[str]:
    """What is handed to `say` and `words`, and what they are handed by name."""
    found = {*get_args(EncounterType), *PARAMETERS, *(meaning for _, meaning in PARAMETERS.values()), *OUTCOMES}
    found |= {"new", "renewed", "exact", "meetings held", "meetings planned"} - {"extracted"}
    for name in SPOKEN:
        text = (SOURCES / name).read_text("utf-8")
        text = re.sub(r"(['\"])\s*\n\s*\1", "", text)  # a phrase in two pieces
        for arguments in re.findall(r"\b(?:say|words)\(\s*((?:(['\"]).*?\2(?:,\s*)?)+)", text):
            found |= {phrase for _, phrase in re.findall(r"(['\"])(.*?)\1", arguments[0])}
        found |= set(re.findall(r'^    "\w+": "(.*)",$', text, re.MULTILINE))
    return found - {"extracted"}


def test_every_phrase_has_its_russian_and_none_is_left_over() -> None:
    assert phrases_of_the_code() == set(russian())


@pytest.mark.parametrize("phrase", russian())
def test_the_russian_fills_in_the_same(phrase: str) -> None:
    def holes(text: str) -> list[str]:
        return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)

    assert holes(phrase) == holes(russian()[phrase])
    assert phrase == "No." or holes(phrase) or re.search("[а-яё]", russian()[phrase])


def test_russian_papers_are_russian(small: Graph) -> None:
    run = {"inputs": [{"source": "а", "outcome": "failed", "reason": "нет текста"}]}
    papers = [report(small, run, language="ru"), report(Graph(), language="ru")]
    papers += [dossier(small, who, language="ru") for who in ("KZ", "Сырлыбекова", "ОБСЕ")]
    papers += [diff(Graph(), small, language="ru").to_paper(), diff(small, small, language="ru").to_paper()]
    labels = {str(label) for label in small.objects() if getattr(label, "language", None)}
    for paper in papers:
        text = paper.to_markdown()
        for label in sorted(labels, key=len, reverse=True):
            text = text.replace(label, "")
        assert re.findall(r"[A-Za-z]{3,}", SAME.sub("", text)) == []
        assert '<html lang="ru">' in paper.to_html()
        assert paper.to_html().count("<h2>") == len(paper.sections)


def test_russian_and_english_say_the_same_of_the_graph(small: Graph) -> None:
    def shape(text: str) -> list[int]:
        return [line.count("|") for line in text.splitlines()]

    assert shape(report(small).to_markdown()) == shape(report(small, language="ru").to_markdown())
    assert report(small, language="en").to_markdown() == report(small).to_markdown()
    ours, theirs = diff(Graph(), small).to_dict(), diff(Graph(), small, language="ru").to_dict()
    for name, changes in ours.items():
        assert sorted(one["evidence"] for one in changes) == sorted(one["evidence"] for one in theirs[name])


def test_the_command_line_takes_the_language(tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    given = ["report", str(SMALL), "--lang", "ru", "--format", "html", "--out", str(out)]
    assert CliRunner().invoke(main, given).exit_code == 0
    assert "<h1>Кто с кем встречался</h1>" in out.read_text("utf-8")
    for command in (["dossier", str(SMALL), "KZ"], ["diff", str(SMALL), str(SMALL)]):
        said = CliRunner().invoke(main, [*command, "--lang", "ru"]).output
        assert "\n## " in said
        assert "Темы" in said or "Нет." in said


def test_no_other_language(small: Graph) -> None:
    with pytest.raises(LanguageError, match="no language 'kk': choose one of en, ru"):
        report(small, language="kk")
    assert say("what nobody translated", "ru") == "what nobody translated"
