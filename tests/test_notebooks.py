"""The notebooks run from top to bottom on a real kernel, and say what they promise."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


def executed(path: Path) -> list[str]:
    """The text of every code cell's output."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    told = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            told.append(
                output.get("text", "")
                or output.get("data", {}).get("text/html", "")
                or output.get("data", {}).get("text/plain", "")
            )
    return told


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_not_committed(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in notebook.cells)


def test_quickstart() -> None:
    counts, triples, planned, hungary, ranking, communities, page = executed(NOTEBOOKS[0].parent / "quickstart.ipynb")
    assert "'meetings':" in counts
    assert int(triples) > 1000
    assert len(planned.splitlines()) > 1
    assert "Балаж Кермендвари" in hungary
    assert ranking.splitlines()[0].strip().startswith("1 ")
    assert len(communities.splitlines()) > 3
    assert page.startswith("<div><iframe")
