"""Fixtures that several files of tests share: a real browser, and the graphs that are opened in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import FLAGS, Opened, opened
from playwright.sync_api import Browser, sync_playwright
from rdflib import Graph

SMALL = Path(__file__).parent / "data" / "small.ttl"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def small_graph() -> Graph:
    return Graph().parse(SMALL)


@pytest.fixture
def small(browser: Browser, small_graph: Graph, tmp_path: Path) -> Iterator[Opened]:
    """The small graph, opened anew for each test."""
    seen = opened(browser, small_graph, tmp_path, notice="All persons are invented.")
    yield seen
    seen.page.close()
