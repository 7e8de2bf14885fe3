"""The notebooks run from top to bottom on a real kernel, define nothing, and say what they promise."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from playwright.sync_api import Browser, expect

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def execute(path: Path) -> list[dict[str, Any]]:
    """The outputs of the notebook, by type: "text/plain", "text/html", "image/png"; what it prints is text."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert all(output.output_type != "stream" or output.name == "stdout" for output in outputs), "something warns"
    return [output.get("data", {"text/plain": output.get("text", "")}) for output in outputs]


@cache
def executed(name: str) -> list[dict[str, Any]]:
    return execute(FOLDER / f"{name}.ipynb")


def plain(name: str) -> str:
    return "\n".join(output.get("text/plain", "") for output in executed(name))


def pictures(name: str) -> int:
    return sum("image/png" in output for output in executed(name))


def test_there_are_five() -> None:
    assert [path.stem for path in NOTEBOOKS] == [
        *("1-quick-start", "2-who-is-central", "3-a-states-year", "4-sparql-cookbook", "5-your-own-corpus"),
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_they_hold_no_outputs_and_define_nothing(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in notebook.cells)
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    assert not [node for node in ast.walk(ast.parse(code)) if isinstance(node, defined)]


def test_quick_start() -> None:
    counts, triples, planned, table, pairs, ranking, communities, page = executed("1-quick-start")
    assert "'meetings':" in counts["text/plain"]
    assert int(triples["text/plain"]) > 1000
    assert "Балаж Кермендвари" in planned["text/plain"]
    assert "<table" in table["text/html"] and "<table" in pairs["text/html"]
    assert "<th>meetings</th><th>articles</th>" in ranking["text/html"]
    assert "<th>modularity</th>" in communities["text/html"]
    assert page["text/html"].startswith("<iframe srcdoc=")
    assert page["text/plain"].startswith("<diplograph page")


def test_the_page_works_in_the_frame_that_a_notebook_shows(browser: Browser, tmp_path: Path) -> None:
    """As the kernel sent it; the frame is a stranger to the notebook around it, and calls nobody."""
    notebook = tmp_path / "notebook.html"
    notebook.write_text("<!DOCTYPE html><meta charset=utf-8>" + executed("1-quick-start")[-1]["text/html"], "utf-8")
    page = browser.new_page(locale="en-GB")
    asked, errors = list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(notebook.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for()
    frame.locator("#search").fill("Шонанов")
    frame.locator("#search").press("Enter")
    expect(frame.locator("#card h2")).to_have_text("Алдияр Шонанов")
    frame.locator("#card .thing").first.click()
    expect(frame.locator("#card .kind")).to_contain_text("State")
    frame.locator("details.menu:has(#save-csv) > summary").click()
    with page.expect_download() as waiting:
        frame.locator("#save-csv").click()
    assert Path(waiting.value.path()).stat().st_size > 1000
    assert errors == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))] == []
    # What an article says could not reach the notebook even if it ran.
    inside = next(one for one in page.frames if one.parent_frame)
    assert inside.evaluate(
        "(() => { try { return parent.document.title; } catch (error) { return error.name; } })()"
    ) == ("SecurityError")
    page.close()


def test_who_is_central() -> None:
    text = plain("2-who-is-central")
    assert pictures("2-who-is-central") == 2
    for record in (
        "Ranking(rank=1",
        "Behind(date=",
        "Robustness(left_out=",
        "Beyond(a=",
        "Stability(",
        "Bridge(rank=1",
    ):
        assert record in text
    assert "betweenness  degree  strength  eigenvector  pagerank  closeness" in text


def test_a_states_year() -> None:
    assert pictures("3-a-states-year") == 4
    assert "Contact(kind='new'" in plain("3-a-states-year")
    assert "Paper('Казахстан'" in plain("3-a-states-year")
    assert "&lt;h2&gt;Partners&lt;/h2&gt;" in executed("3-a-states-year")[-1]["text/html"]


def test_sparql_cookbook() -> None:
    outputs = executed("4-sparql-cookbook")
    assert all(len(output["text/plain"].splitlines()) >= 1 for output in outputs)
    text = plain("4-sparql-cookbook")
    assert "True" in text
    assert "talkedAbout" in text
    assert "<table" in outputs[-2]["text/html"]


def test_your_own_corpus() -> None:
    text = plain("5-your-own-corpus")
    assert "('empty.txt', 'empty'" in text
    assert "said         held meeting: Ерлан Жасталапов" in text
    assert "Source,Target,Type,Weight" in text
    assert "## Planned meetings now held\n\n- 2026-05-20" in text
