"""Articles that no process survives, or never ends with: each fails alone."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest
from four_texts import TEXTS, lines

from diplograph.build import build
from diplograph.model import Article, Claims
from diplograph.read import Limits


@pytest.fixture
def news(loaded: None, tmp_path: Path) -> Path:
    return lines(tmp_path / "news.jsonl", *range(len(TEXTS)))


@pytest.fixture
def hopeless(monkeypatch: pytest.MonkeyPatch) -> None:
    module = sys.modules["diplograph.build"]
    extract = module.extract

    def stumbles(article: Article) -> Claims:
        if article.id == "n1":
            time.sleep(600)
        if article.id == "n2":
            os.kill(os.getpid(), signal.SIGKILL)
        if article.id == "n3":
            raise MemoryError
        return extract(article)

    monkeypatch.setattr(module, "extract", stumbles)


@pytest.mark.usefixtures("hopeless")
@pytest.mark.parametrize("jobs", [1, 3])
def test_an_article_that_takes_too_long_or_kills_its_process_fails_alone(news: Path, tmp_path: Path, jobs: int) -> None:
    run = build(news, out=tmp_path / "out", jobs=jobs, limits=Limits(seconds=3))
    assert [(entry.outcome, entry.reason) for entry in run.inputs] == [
        ("extracted", None),
        ("failed", "extracting it took longer than 3 s"),
        ("failed", "a fault in the extraction: its process was killed by signal 9, twice"),
        ("failed", "a fault in the extraction: it took more memory than there is"),
    ]


def test_a_longer_limit_gives_another_chance(
    loaded: None, tmp_path: Path, hopeless: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    news, out = lines(tmp_path / "news.jsonl", 0, 1), tmp_path / "out"
    assert build(news, out=out, limits=Limits(seconds=3)).counts()["failed"] == 1
    monkeypatch.undo()
    assert build(news, out=out, limits=Limits(seconds=3)).counts()["failed"] == 1
    assert build(news, out=out, limits=Limits(seconds=30)).counts()["failed"] == 0
