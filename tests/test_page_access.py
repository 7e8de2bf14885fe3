"""The page for everybody: by keyboard, by screen reader, in the dark, on a phone."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from browsing import Opened, opened, settled
from playwright.sync_api import Browser, expect
from rdflib import Graph

AXE = files("axe_playwright_python").joinpath("axe.min.js")
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}


def faults(seen: Opened) -> list[str]:
    """What axe-core finds that is serious or worse, with the rules of WCAG 2.2 AA and its own good practice."""
    seen.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = seen.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    assert len(found["passes"]) > 20
    return [
        f"{fault['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(
    browser: Browser, small_graph: Graph, tmp_path: Path, viewport: dict[str, int], scheme: Any
) -> None:
    seen = opened(browser, small_graph, tmp_path, viewport=viewport, color_scheme=scheme, notice="All are invented.")
    page = seen.page
    assert faults(seen) == []  # as it opens
    if viewport == PHONE:
        page.click("#filters > summary")
        page.click("#legend > summary")
    page.click('details.menu:has([data-choice="topic"]) > summary')
    page.locator('[data-choice="topic"] input').first.check()
    assert faults(seen) == []  # a filter open and active
    page.click("#reset", force=True)
    page.fill("#search", "а")
    assert faults(seen) == []  # suggestions
    page.keyboard.press("Enter")
    page.evaluate("document.querySelectorAll('#card details').forEach((one) => { one.open = true })")
    settled(page)
    assert faults(seen) == []  # a card
    page.keyboard.press("Escape")
    page.click('[data-view="mixed"]')
    page.evaluate("document.querySelector('.save').open = true")
    assert faults(seen) == []
    page.close()


def test_keys_open_the_search_and_close_the_card(small: Opened) -> None:
    small.page.keyboard.press("/")
    small.page.keyboard.type("Вецбр")
    small.page.keyboard.press("Enter")
    expect(small.page.locator("#card h2")).to_have_text("Янис Вецбралис")
    small.page.keyboard.press("Escape")
    expect(small.page.locator("#card h2")).to_have_text("Most central")


def test_the_tabulator_and_the_arrows_go_through_results(small: Opened) -> None:
    small.page.fill("#search", "а")
    marked = "#found [aria-selected=true]"
    first = small.page.inner_text(marked)
    small.page.keyboard.press("Tab")
    second = small.page.inner_text(marked)
    assert second != first
    assert small.page.get_attribute("#search", "aria-activedescendant") == "found-1"
    small.page.keyboard.press("Shift+Tab")
    assert small.page.inner_text(marked) == first
    small.page.keyboard.press("ArrowUp")
    assert small.page.inner_text(marked) not in (first, second)
    small.page.keyboard.press("Escape")
    assert small.page.is_hidden("#found")


def test_arrows_walk_from_neighbour_to_neighbour(small: Opened) -> None:
    small.page.locator("#graph canvas").focus()
    small.page.keyboard.press("ArrowRight")
    start = small.page.inner_text("#card h2")
    assert start == "Айгуль Сырлыбекова"  # the most central
    neighbours = set(small.page.locator("#card section:has(h3:text('Met with')) .name").all_inner_texts())
    reached = set()
    for there, back in (("Right", "Left"), ("Left", "Right"), ("Up", "Down"), ("Down", "Up")):
        small.page.keyboard.press(f"Arrow{there}")
        if (name := small.page.inner_text("#card h2")) != start:
            reached.add(name)
            assert name in small.page.inner_text("#walked")
            small.page.keyboard.press(f"Arrow{back}")
            small.page.fill("#search", start)
            small.page.keyboard.press("Enter")
            small.page.locator("#graph canvas").focus()
    assert len(reached) >= 2
    assert reached <= neighbours
    small.page.keyboard.press("Enter")
    assert small.page.evaluate("document.activeElement.id") == "card"


def test_escape_closes_a_menu_before_the_card(small: Opened) -> None:
    small.page.fill("#search", "Вецбр")
    small.page.keyboard.press("Enter")
    small.page.click('details.menu:has([data-choice="type"]) > summary')
    small.page.keyboard.press("Escape")
    assert small.page.is_hidden('[data-choice="type"]')
    expect(small.page.locator("#card h2")).to_have_text("Янис Вецбралис")
    small.page.keyboard.press("Escape")
    expect(small.page.locator("#card h2")).to_have_text("Most central")


def test_everything_can_be_reached_by_tabulator(small: Opened) -> None:
    small.page.keyboard.press("Tab")
    assert small.page.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _ in range(80):
        small.page.keyboard.press("Tab")
        reached.add(small.page.evaluate("document.activeElement.id || document.activeElement.localName"))
    assert {"search", "period-from", "period-to", "zoom-in", "fit", "canvas", "ranked-by", "find-in-table"} <= reached


def test_light_and_dark_follow_the_system_and_can_be_switched(
    browser: Browser, small_graph: Graph, tmp_path: Path
) -> None:
    seen = opened(browser, small_graph, tmp_path, color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = seen.page.evaluate(paper)
    seen.page.click("#theme")
    light = seen.page.evaluate(paper)
    assert light != dark
    seen.page.emulate_media(color_scheme="light")
    seen.page.click("#theme")
    assert seen.page.evaluate(paper) == dark
    seen.page.close()
