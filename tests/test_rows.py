"""Rows show themselves, escaped, and become data frames; without pandas there is a clear word."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import polars as pl
import pytest
from rdflib import Graph

from diplograph import dyads, frames, meetings, officials
from diplograph.frames import MissingExtraError
from diplograph.rows import Rows
from diplograph.tables import MEETING_COLUMNS


@dataclass(frozen=True)
class Row:
    name: str
    score: float
    members: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()


@pytest.fixture(scope="module")
def small() -> Graph:
    return Graph().parse(Path(__file__).parent / "data" / "small.ttl")


def test_rows_are_a_tuple():
    rows = Rows([Row("a", 1.0), Row("b", 2.0)])
    assert rows == (Row("a", 1.0), Row("b", 2.0))
    assert rows[0] == Row("a", 1.0)
    assert isinstance(rows[:1], Rows)
    assert [row.name for row in rows] == ["a", "b"]


def test_a_notebook_shows_them_escaped():
    shown = Rows([Row("<script>alert(1)</script>", 1 / 3, ("a&b", "c"), (("KZ", "HU"),))])._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "<td>0.3333</td><td>a&amp;b; c</td><td>KZ-HU</td>" in shown
    assert shown.endswith("<p>1 rows</p>")
    assert "the first 50 of 60 rows" in Rows([Row("a", 1.0)] * 60)._repr_html_()
    assert Rows()._repr_html_().endswith("<p>0 rows</p>")
    assert "…" in Rows([Row("a" * 500, 1.0)])._repr_html_()


def test_they_become_frames():
    rows = Rows([Row("a", 1.5, ("x", "y"))])
    assert rows.to_pandas().to_dict("list") == {"name": ["a"], "score": [1.5], "members": [["x", "y"]], "pairs": [[]]}
    assert rows.to_polars()["members"].to_list() == [["x", "y"]]


def test_frames_of_a_graph_are_ready_to_use(small):
    table = meetings(small)
    assert table.columns.tolist() == [*MEETING_COLUMNS, "day"]
    assert pd.api.types.is_datetime64_any_dtype(table["day"])
    assert table["day"].notna().sum() == 4  # two are dated to the month
    assert table.explode("states")["states"].value_counts()["KZ"] == 6
    assert meetings(small, library="polars").schema["day"] == pl.Date
    assert officials(small).set_index("name").loc["Янис Вецбралис", "held"] == 1
    pairs = dyads(small, kind="officials")
    assert pairs.iloc[0][["a_name", "b_name", "meetings", "articles"]].tolist() == [
        *("Айгуль Сырлыбекова", "Инесе Лиепкалне", 2, 1),
    ]
    assert dyads(small, library="polars")["meetings"].sum() == 5


def test_an_empty_graph_has_the_columns():
    assert meetings(Graph()).columns.tolist() == [*MEETING_COLUMNS, "day"]
    assert meetings(Graph(), library="polars").height == 0


def test_without_pandas_there_is_a_clear_word(small, monkeypatch):
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(frames, "import_module", missing)
    with pytest.raises(MissingExtraError) as error:
        meetings(small)
    assert str(error.value) == "pandas is not installed: pip install 'diplograph[tables]'"
    with pytest.raises(ValueError, match="no library 'arrow': choose one of pandas, polars"):
        meetings(small, library="arrow")
