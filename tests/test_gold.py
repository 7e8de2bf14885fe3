"""The annotated texts of our own: what is read there may grow better, not worse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from diplograph.score import Score, score

GOLD = Path(__file__).parent / "gold"


@pytest.fixture(scope="module")
def result() -> Score:
    return score(GOLD)


@pytest.mark.parametrize(
    ("fact", "precision", "recall"),
    [
        ("official", 0.94, 0.88),
        ("post", 0.94, 0.84),
        ("represents", 0.88, 0.72),
        ("organization", 0.82, 0.82),
        ("meeting", 0.95, 0.77),
        ("met", 0.93, 0.60),
        ("type", 0.90, 0.70),
        ("date", 0.88, 0.66),
        ("country", 0.93, 0.58),
        ("topics", 0.72, 0.68),
        ("overall", 0.90, 0.71),
    ],
)
def test_a_fact_is_read_at_least_so_well(result: Score, fact: str, precision: float, recall: float) -> None:
    figure = next(figure for figure in result.figures() if figure.fact == fact)
    assert figure.precision >= precision
    assert figure.recall >= recall


def test_every_piece_of_evidence_is_in_its_text() -> None:
    for path in sorted(GOLD.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        assert gold["id"] == path.stem
        for meeting in gold["meetings"]:
            assert meeting["evidence"] in gold["text"], path.name
            assert set(meeting["participants"]) <= {official["name"] for official in gold["officials"]}, path.name
