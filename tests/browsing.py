"""A page drawn from a graph and opened in the browser, with everything it asked for and complained of."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page
from rdflib import Graph

from diplograph.draw import draw

# Flags that keep the browser itself from calling home; without a sandbox because tests may run as root.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass
class Opened:
    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def asked_elsewhere(self) -> list[str]:
        """What the page asked for beyond its own file and what it made itself."""
        return [url for url in self.requests if not url.startswith(("data:", "file:", "blob:"))]


def opened(browser: Browser, graph: Graph, folder: Path, **options: Any) -> Opened:
    """Draw the graph and open the page; see `opened_file` for what the browser may be told."""
    context = {
        name: options.pop(name) for name in ("locale", "color_scheme", "viewport", "fragment") if name in options
    }
    file = folder / "graph.html"
    file.write_text(draw(graph, **options), encoding="utf-8")
    return opened_file(browser, file, **context)


def opened_file(browser: Browser, file: Path, *, fragment: str = "", **context: Any) -> Opened:
    """Open a page, by default in an English browser of 1280 by 800 pixels, and wait until it can be used."""
    context = {"locale": "en-GB", "viewport": {"width": 1280, "height": 800}, "color_scheme": "light", **context}
    page = browser.new_page(**context)
    result = Opened(page)
    page.on("request", lambda request: result.requests.append(request.url))
    page.on("pageerror", lambda error: result.errors.append(str(error)))
    page.on("console", lambda line: result.errors.append(line.text) if line.type == "error" else None)
    page.goto(file.as_uri() + fragment)
    page.wait_for_selector("html[data-ready]")
    return result


def saved(seen: Opened, button: str) -> bytes:
    """What a button of the menu "Save" gives."""
    seen.page.click(".save > summary")
    with seen.page.expect_download() as waiting:
        seen.page.click(button)
    return Path(waiting.value.path()).read_bytes()
