"""A reader who does not know the demonstration answers questions with the page alone; the Turtle says if rightly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Opened, opened
from playwright.sync_api import Browser, expect
from rdflib import PROV, RDFS, Graph

import diplograph
from diplograph.terms import DG, DGID


@pytest.fixture(scope="module")
def demo_graph(demo_output: Path) -> Graph:
    return diplograph.load_graph(demo_output)


@pytest.fixture
def demo(browser: Browser, demo_graph: Graph, tmp_path: Path) -> Iterator[Opened]:
    seen = opened(browser, demo_graph, tmp_path)
    yield seen
    seen.page.close()


def name(graph: Graph, thing: object, language: str) -> str:
    return next(str(label) for label in graph.objects(thing, RDFS.label) if label.language == language)  # type: ignore[arg-type, union-attr]


def test_who_met_most_states(demo: Opened, demo_graph: Graph) -> None:
    met = defaultdict(set)
    for meeting in demo_graph.subjects(DG.status, DG.Held):
        states = set(demo_graph.objects(meeting, DG.involvesState))
        for who in demo_graph.objects(meeting, DG.participant):
            met[who] |= states - set(demo_graph.objects(who, DG.represents))
    most = max(len(states) for states in met.values())
    best = {name(demo_graph, who, "ru") for who, states in met.items() if len(states) == most}

    demo.page.select_option("#ranked-by", label="by states met")
    first = demo.page.locator("#card .bars li").first
    assert first.locator(".name").inner_text() in best
    assert first.locator(".value").inner_text() == str(most)
    # The card names them.
    first.locator(".name").click()
    named = demo.page.locator("#card section:has(h3:text('States met')) .thing")
    assert named.count() == most


def test_what_was_discussed_with_hungary(demo: Opened, demo_graph: Graph) -> None:
    topics = {
        name(demo_graph, topic, "en")
        for meeting in demo_graph.subjects(DG.involvesState, DGID["state/HU"])
        for topic in demo_graph.objects(meeting, DG.topic)
    }
    demo.page.click('details.menu:has([data-choice="state"]) > summary')
    demo.page.locator('[data-choice="state"] label', has_text="Hungary").click()
    demo.page.keyboard.press("Escape")
    listed = demo.page.locator("#rows td:nth-child(5)").all_inner_texts()
    assert {topic.strip() for cell in listed for topic in cell.split(",") if topic.strip()} == topics
    # Or by its name in Russian: the card counts the topics and leads to the sentences.
    demo.page.click("#reset")
    demo.page.fill("#search", "Венгрия")
    demo.page.keyboard.press("Enter")
    discussed = demo.page.locator("#card section:has(h3:text('What was discussed')) .name")
    assert set(discussed.all_inner_texts()) <= topics
    discussed.first.click()
    demo.page.locator("#card .meeting-list summary").first.click()
    quotes = {
        str(quote)
        for meeting in demo_graph.subjects(DG.involvesState, DGID["state/HU"])
        for passage in demo_graph.objects(meeting, PROV.wasDerivedFrom)
        for quote in demo_graph.objects(passage, DG.quote)
    }
    assert demo.page.locator("#card .meeting-list blockquote").first.inner_text() in quotes


def test_which_meetings_are_announced_and_not_yet_held(demo: Opened, demo_graph: Graph) -> None:
    planned = set(demo_graph.subjects(DG.status, DG.Planned))
    assert planned
    announced = demo.page.locator("#card section:has(h3:text('Announced, not yet held')) li")
    expect(announced).to_have_count(len(planned))
    for entry in announced.all():
        entry.locator("summary").click()
        quote = entry.locator("blockquote").first.inner_text()
        assert any(quote == str(text) for text in demo_graph.objects(None, DG.quote))
    # The filter tells the same.
    demo.page.click('details.menu:has([data-choice="status"]) > summary')
    demo.page.check('input[value="planned"]')
    assert demo.page.locator("#rows tr").count() == len(planned)
    assert demo.page.locator("#rows .badge").count() == len(planned)
