"""A page drawn from a graph and opened in the browser, with everything it asked for and complained of."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request
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

    def note_request(self, request: Request) -> None:
        self.requests.append(request.url)

    def note_error(self, error: Error) -> None:
        self.errors.append(str(error))

    def note_line(self, line: ConsoleMessage) -> None:
        if line.type == "error":
            self.errors.append(line.text)

    def leave(self) -> None:
        """Empty the window for the next page."""
        for event, note in (
            ("request", self.note_request),
            ("pageerror", self.note_error),
            ("console", self.note_line),
        ):
            self.page.remove_listener(event, note)
        self.page.mouse.move(0, 0)
        self.page.goto("about:blank")

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
    return load(new_window(browser, **context), file, fragment=fragment)


def new_window(browser: Browser, **context: Any) -> Page:
    """An empty window, by default of an English browser, of 1280 by 800 pixels."""
    return browser.new_page(
        **{"locale": "en-GB", "viewport": {"width": 1280, "height": 800}, "color_scheme": "light", **context}
    )


def load(page: Page, file: Path, *, fragment: str = "") -> Opened:
    """Load a page in a window where no other is watched, and wait until it can be used."""
    result = Opened(page)
    page.on("request", result.note_request)
    page.on("pageerror", result.note_error)
    page.on("console", result.note_line)
    page.goto(file.as_uri() + fragment)
    page.wait_for_selector("html[data-ready]")
    return result


def settled(page: Page) -> None:
    """Wait until what is drawn and the address of the view have been the same for a while and some frames."""
    page.evaluate("""() => new Promise((done) => {
      const canvas = document.querySelector('#graph canvas');
      let [before, since, frames] = ['', 0, 0];
      const look = () => {
        const now = canvas.toDataURL() + document.getElementById('address').value;
        if (now !== before) [before, since, frames] = [now, performance.now(), 0];
        frames += 1;
        if (frames > 10 && performance.now() - since > 400) done(); else requestAnimationFrame(look);
      };
      look();
    })""")


def saved(seen: Opened, button: str) -> bytes:
    """What a button of the menu "Save" gives."""
    seen.page.click(".save > summary")
    with seen.page.expect_download() as waiting:
        seen.page.click(button)
    return Path(waiting.value.path()).read_bytes()
