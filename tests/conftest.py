"""Fixtures that several files of tests share: a real browser, the graphs that are opened in it, and a built result."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from browsing import FLAGS, Opened, load, new_window
from click.testing import CliRunner
from four_texts import lines
from playwright.sync_api import Browser, Page, expect, sync_playwright
from rdflib import Graph

from diplograph.build import build
from diplograph.cli import main
from diplograph.draw import draw

# What is waited for comes at last, however busy the machine is; 5 seconds would be a test of the machine.
expect.set_options(timeout=30_000)

SMALL = Path(__file__).parent / "data" / "small.ttl"


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a build loads is loaded in this process; else each of its forks would load it anew, half a second long.

    Beside another thread nothing is forked.
    """
    folder = tmp_path_factory.mktemp("loaded")
    with ThreadPoolExecutor(1) as beside:
        beside.submit(build, lines(folder / "a.jsonl", 0), out=folder / "out").result()


@pytest.fixture(scope="session")
def demo_output(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `diplograph demo` writes, once for all workers. It is read only: who writes makes a copy."""
    folder = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):  # of pytest-xdist: each worker has a folder in that of the run
        folder = folder.parent
    out = folder / "demo-output"
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            result = CliRunner().invoke(main, ["demo", "--out", str(out)])
            assert result.exit_code == 0, result.output
    return out


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def small_graph() -> Graph:
    return Graph().parse(SMALL)


@pytest.fixture(scope="module")
def small_file(small_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("small") / "graph.html"
    file.write_text(draw(small_graph, notice="All persons are invented."), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def window(browser: Browser) -> Page:
    """One window for one page after the other: loading in it takes a third of what a new one takes."""
    return new_window(browser)


@pytest.fixture
def small(window: Page, small_file: Path) -> Iterator[Opened]:
    """The small graph, loaded anew for each test."""
    seen = load(window, small_file)
    yield seen
    seen.leave()
