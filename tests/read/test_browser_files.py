"""What a real browser saves and prints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright
from samples import MORE, TEXT, TITLE, URL, page

from diplograph.model import Article, PartialDate
from diplograph.read import read


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    path = tmp_path_factory.mktemp("browser") / "page.html"
    path.write_bytes(page().replace(b"<article>", f"<article><h1>{TITLE}</h1>".encode()))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        tab = browser.new_page()
        tab.goto(path.as_uri())
        yield tab
        browser.close()


def test_a_page_saved_as_one_file(shown: Page, tmp_path: Path) -> None:
    saved = shown.context.new_cdp_session(shown).send("Page.captureSnapshot", {"format": "mhtml"})
    (tmp_path / "a.mhtml").write_text(saved["data"], "utf-8", newline="")
    (article,) = read(tmp_path)
    assert isinstance(article, Article)
    assert article.text == f"{TITLE}\n{TEXT}\n{MORE}"
    assert (article.url, article.published, article.title) == (URL, PartialDate(2026, 3, 12), TITLE)


def test_a_page_printed_as_pdf(shown: Page, tmp_path: Path) -> None:
    shown.pdf(path=str(tmp_path / "a.pdf"), width="12cm")  # narrow: every paragraph is broken into several lines
    (article,) = read(tmp_path)
    assert isinstance(article, Article)
    assert {TITLE, TEXT, MORE} <= set(article.text.split("\n")), article.text
