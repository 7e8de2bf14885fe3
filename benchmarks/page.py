"""The page against pyvis's stock page, its answers under load, its size, and how its build time grows.

Run it with ``.venv/bin/python benchmarks/page.py [answers|stock|growth]`` (all three by default); it prints figures
and fails nothing. Both pages of "stock" are opened by the same browser in the same run. Medians tell more than one
figure, and on a busy machine only ratios do.
"""

from __future__ import annotations

import argparse
import math
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import networkx as nx
from playwright.sync_api import Browser, Error, Page, sync_playwright
from pyvis.network import Network

from diplograph.draw import draw
from diplograph.network import network

TESTS = Path(__file__).resolve().parent.parent / "tests"
sys.path.insert(0, str(TESTS))
from browsing import FLAGS  # noqa: E402
from invented_graph import invented_graph  # noqa: E402

STOCK_LIMIT = 100.0
TIMES = 20

#: From the click or the letter to the second frame after it: what the reader waits for.
ANSWERED = """async ([times, kind]) => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const boxes = [...document.querySelectorAll('[data-choice="topic"] input, [data-choice="type"] input')];
  const search = document.getElementById("search");
  const words = ["ба", "министр", "Kazakh", "zhe", "посол", "до", "Tok", "а"];
  const taken = [];
  for (let turn = 0; turn < times; turn++) {
    const start = performance.now();
    if (kind === "filter") boxes[Math.floor(turn / 2) % boxes.length].click();
    else {
      search.value = words[turn % words.length];
      search.dispatchEvent(new Event("input"));
    }
    await frame();
    taken.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 60));
  }
  return taken;
}"""


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", metavar="answers|stock|growth")
    what = parser.parse_args().what or ["answers", "stock", "growth"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        with tempfile.TemporaryDirectory() as folder:
            if "answers" in what:
                answers(browser, Path(folder) / "page.html")
            if "stock" in what:
                stock(browser, Path(folder))
        browser.close()
    if "growth" in what:
        growth()


def answers(browser: Browser, file: Path) -> None:
    """Size, and how long a filter and a search take at 1,000 nodes and 3,000 meetings."""
    text = draw(invented_graph(890, 3000, organizations=94))
    file.write_text(text, encoding="utf-8")
    print(f"1,000 nodes, 3,000 meetings with receipts: {len(text.encode()) / 1e6:.2f} MB")
    page, ready = opened(browser, file)
    page.wait_for_timeout(1000)
    for kind in ("filter", "search"):
        taken = page.evaluate(ANSWERED, [TIMES, kind])
        print(f"  {kind}: median of {TIMES} {median(taken):.0f} ms, slowest {max(taken):.0f} ms")
    print(f"  ready after {ready:.1f} s")
    page.close()


def stock(browser: Browser, folder: Path) -> None:
    """2,000 officials and about 6,000 ties: our page and pyvis's own, until a search is answered."""
    graph = invented_graph(2000, 3200, quotes=False)
    ties = network(graph, status="all")
    print(f"{len(ties):,} nodes, {ties.number_of_edges():,} edges")
    ours = folder / "ours.html"
    ours.write_text(draw(graph, top=2000), encoding="utf-8")
    page, ready = opened(browser, ours)
    start = time.perf_counter()
    page.fill("#search", "министр")
    page.wait_for_selector("#found [role=option]")
    print(f"  ours: on screen after {ready:.1f} s, a search answered {time.perf_counter() - start:.2f} s later")
    page.close()
    theirs = folder / "theirs.html"
    theirs.write_text(pyvis_page(ties), encoding="utf-8")
    print(f"  pyvis: {usable_after(browser, theirs)}")


def opened(browser: Browser, file: Path) -> tuple[Page, float]:
    """The page, and how long it took until it was drawn and could be used."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    start = time.perf_counter()
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready]")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page, time.perf_counter() - start


def pyvis_page(ties: nx.Graph[str]) -> str:
    """pyvis's page with its defaults, the engine and the menu of nodes in it."""
    page = Network(cdn_resources="in_line", select_menu=True)
    for node, data in ties.nodes(data=True):
        page.add_node(node, label=data["label"])
    for a, b, data in ties.edges(data=True):
        page.add_edge(a, b, value=data["meetings"])
    return str(page.generate_html())


def usable_after(browser: Browser, file: Path) -> str:
    """When the stock page has come to rest, so that a node can be picked from its menu; or that it has not."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.route("http*://**", lambda route: route.abort())
    start = time.perf_counter()
    try:
        page.goto(file.as_uri(), timeout=STOCK_LIMIT * 1000, wait_until="commit")
        left = STOCK_LIMIT - (time.perf_counter() - start)
        # Its bar goes when the layout is stable; until then it covers the graph.
        gone = "document.getElementById('loadingBar')?.style.display === 'none'"
        page.wait_for_function(gone, timeout=max(left, 1) * 1000)
    except Error:
        return f"not usable after {time.perf_counter() - start:.0f} s"
    finally:
        page.close()
    return f"usable after {time.perf_counter() - start:.1f} s"


def growth() -> None:
    """The time to draw 500 to 10,000 nodes, all of them on the page; beside it pyvis's way to add edges."""
    drawn: list[tuple[int, float]] = []
    added: list[tuple[int, float]] = []
    for nodes in (500, 1000, 2500, 5000, 10000):
        graph = invented_graph(nodes, 2 * nodes, quotes=False)
        drawn.append((nodes, _taken(lambda: draw(graph, top=nodes))))  # noqa: B023
        added.append((nodes, _taken(lambda: pyvis_page(network(graph, status="all")))))  # noqa: B023
        print(f"  {nodes:6,} nodes: drawn in {drawn[-1][1]:.1f} s, by pyvis's loop in {added[-1][1]:.1f} s", flush=True)
    bound = math.log(10000 * math.log(10000) / (500 * math.log(500))) / math.log(20)
    print(f"exponent 500 to 10,000: draw {_exponent(drawn):.2f}, pyvis {_exponent(added):.2f} (n log n is {bound:.2f})")


def _taken(work: Callable[[], object]) -> float:
    """The processor's time, which what else runs on the machine disturbs least."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _exponent(points: list[tuple[int, float]]) -> float:
    (small, short), (large, long) = points[0], points[-1]
    return math.log(long / short) / math.log(large / small)


if __name__ == "__main__":
    main()
