"""The page in a real browser: what it shows, finds, filters, saves and brings back."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from browsing import Opened, opened, opened_file, saved, settled
from playwright.sync_api import Browser, expect
from rdflib import DCTERMS, RDFS, Graph, Literal

from diplograph.draw import draw
from diplograph.terms import DG, DGID


def rows(seen: Opened) -> int:
    return seen.page.locator("#rows tr").count()


def choose(seen: Opened, name: str, value: str) -> None:
    """Tick a value of a filter, through its menu."""
    menu = seen.page.locator(f'details.menu:has([data-choice="{name}"])')
    if menu.get_attribute("open") is None:
        menu.locator("summary").click()
    menu.locator(f'input[value="{value}"]').click()
    seen.page.keyboard.press("Escape")  # its sheet covers what stands below


# --- what there is


def test_nothing_leaves_the_page(small: Opened) -> None:
    for view in ("states", "organizations", "mixed", "officials"):
        small.page.click(f'[data-view="{view}"]')
    assert small.asked_elsewhere() == []
    assert len([url for url in small.requests if url.startswith("file:")]) == 1
    assert small.errors == []


def test_it_says_how_much_there_is(small: Opened) -> None:
    assert "5 meetings held, 1 announced" in small.page.inner_text("#counts")
    assert small.page.inner_text(".notice >> visible=true") == "All persons are invented."
    assert small.page.inner_text("#shown") == "6 of 6 meetings shown"


def test_an_empty_graph_is_told_kindly(browser: Browser, tmp_path: Path) -> None:
    seen = opened(browser, Graph(), tmp_path)
    assert seen.page.is_visible("#empty")
    assert seen.page.inner_text("#empty").strip()
    assert seen.errors == []
    seen.page.close()


def test_a_graph_of_one_meeting_without_a_date_opens(browser: Browser, small_graph: Graph, tmp_path: Path) -> None:
    graph = Graph()
    for triple in small_graph:
        graph.add(triple)
    for which in (DG.date, DG.endDate, DG.dateBasis, DG.topic, DG.confidence):
        graph.remove((None, which, None))
    seen = opened(browser, graph, tmp_path)
    assert rows(seen) == 6
    assert seen.page.is_hidden("#timeline")
    assert "no date" in seen.page.inner_text("#rows tr >> nth=0")
    assert seen.errors == []
    seen.page.close()


def test_each_view_shows_its_own_kind(small: Opened) -> None:
    first = {}
    for view in ("officials", "states", "organizations"):
        small.page.click(f'[data-view="{view}"]')
        assert small.page.get_attribute(f'[data-view="{view}"]', "aria-pressed") == "true"
        first[view] = small.page.inner_text("#legend li >> nth=0")
    assert first == {"officials": "official", "states": "state", "organizations": "organisation"}


def test_above_the_cap_it_shows_the_most_central_and_says_so(
    browser: Browser, small_graph: Graph, tmp_path: Path
) -> None:
    seen = opened(browser, small_graph, tmp_path, top=3)
    assert seen.page.inner_text("#capped").startswith("The 3 most central of 7 are drawn")
    assert rows(seen) == 6
    seen.page.fill("#search", "Шомодвари")
    seen.page.keyboard.press("Enter")
    assert "Not drawn under this view" in seen.page.inner_text("#card")
    seen.page.close()


# --- finding


@pytest.mark.parametrize("sought", ["сырлыб", "СЫРЛЫБЕКОВА айг", "Syrlybekova", "aigul"])
def test_search_finds_a_person_in_any_spelling(small: Opened, sought: str) -> None:
    small.page.fill("#search", sought)
    small.page.keyboard.press("Enter")
    expect(small.page.locator("#card h2")).to_have_text("Айгуль Сырлыбекова")


def test_search_finds_by_post(small: Opened) -> None:
    small.page.fill("#search", "посол")
    found = small.page.locator("#found [role=option]").all_inner_texts()
    assert any("Ерлан Жасталапов" in one for one in found)


def test_search_knows_states_in_three_languages(small: Opened) -> None:
    for sought in ("Казахстан", "Kazakhstan", "Қазақстан"):
        small.page.fill("#search", sought)
        assert "Kazakhstan" in small.page.inner_text("#found")


def test_a_state_found_from_among_officials_is_shown_among_states(small: Opened) -> None:
    small.page.fill("#search", "Hungary")
    small.page.keyboard.press("Enter")
    assert small.page.get_attribute('[data-view="states"]', "aria-pressed") == "true"
    expect(small.page.locator("#card h2")).to_have_text("Hungary")


def test_what_is_not_there_is_said(small: Opened) -> None:
    small.page.fill("#search", "Zzyzx")
    assert small.page.is_hidden("#found")
    assert small.page.inner_text("#found-none") == "Nothing found"


# --- looking

# The middle of all pixels of one colour: of a node, or of the two ends of a line.
MIDDLE = """(colour) => {
  const canvas = document.querySelector('#graph canvas');
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  let [count, x, y] = [0, 0, 0];
  for (let i = 0; i < width * height; i++) {
    if (colour.every((value, k) => data[4 * i + k] === value)) {
      count += 1;
      x += i % width;
      y += Math.floor(i / width);
    }
  }
  const box = canvas.getBoundingClientRect();
  return [box.left + (x / count) * (box.width / width), box.top + (y / count) * (box.height / height)];
}"""
FIRST_COLOUR = [0x2F, 0x66, 0x90]
SECOND_COMMUNITY = [0xC8, 0x55, 0x3D]  # two officials who met each other


def test_a_click_on_a_tie_shows_its_sentence(small: Opened) -> None:
    settled(small.page)
    small.page.mouse.click(*small.page.evaluate(MIDDLE, SECOND_COMMUNITY))
    small.page.wait_for_selector("#card .receipt")
    card = small.page.inner_text("#card")
    assert "Посол Казахстана в Латвии Ерлан Жасталапов встретился" in card
    assert "1 meeting" in card
    marks = small.page.locator("#card mark").all_inner_texts()
    assert {"Жасталапов", "Янисом", "Вецбралисом"} <= set(marks)
    assert not {"Казахстана", "Латвии", "министром"} & set(marks)
    assert small.page.locator("#card .receipt a").first.get_attribute("rel") == "noopener noreferrer"


def test_the_pointer_over_a_tie_tells_who_and_how_often(small: Opened) -> None:
    settled(small.page)
    x, y = small.page.evaluate(MIDDLE, SECOND_COMMUNITY)
    small.page.mouse.move(x - 1, y - 1)
    small.page.mouse.move(x, y)
    expect(small.page.locator("#tip")).to_contain_text("Янис Вецбралис")
    assert "1 meeting" in small.page.inner_text("#tip")


def test_a_click_on_a_node_shows_its_card(small: Opened) -> None:
    small.page.click('[data-view="states"]')
    small.page.select_option("#colour", "state")  # the most central has the first colour for itself
    settled(small.page)
    small.page.mouse.click(*small.page.evaluate(MIDDLE, FIRST_COLOUR))
    expect(small.page.locator("#card h2")).to_have_text("Kazakhstan")
    assert "1 of 4" in small.page.inner_text("#card .scores")
    names = small.page.inner_text("#card .names")
    assert "Қазақстан" in names and "Казахстан" in names


def test_a_name_known_in_cyrillic_alone_can_be_read_in_latin_letters(small: Opened) -> None:
    small.page.fill("#search", "сырлыб")
    small.page.keyboard.press("Enter")
    assert "In Latin letters, one by one: Aygul Syrlybekova" in small.page.inner_text("#card")
    small.page.click('[data-language="ru"]')
    assert "Syrlybekova" not in small.page.inner_text("#card")


def test_a_card_tells_posts_partners_and_sentences(small: Opened) -> None:
    small.page.fill("#search", "сырлыб")
    small.page.keyboard.press("Enter")
    card = small.page.locator("#card")
    assert "Posts" in card.inner_text()
    partners = card.locator("section:has(h3:text('Met with')) li")
    assert partners.first.inner_text().split("\n")[-1] == "2"
    card.locator(".meeting-list summary").first.click()
    assert card.locator(".meeting-list .receipt blockquote").first.inner_text()


# --- filtering


def test_what_is_announced_can_be_shown_alone(small: Opened) -> None:
    choose(small, "status", "planned")
    assert rows(small) == 1
    assert small.page.inner_text("#shown") == "1 of 6 meetings shown"
    expect(small.page.locator("#chips .chip")).to_have_text("Status: announced, not yet held×")
    small.page.click("#reset")
    expect(small.page.locator("#rows tr")).to_have_count(6)
    assert small.page.is_hidden("#reset")


def test_values_of_one_filter_add_up_and_filters_combine(small: Opened) -> None:
    choose(small, "type", "call")
    assert rows(small) == 1
    choose(small, "type", "consultations")
    assert rows(small) == 2
    choose(small, "state", "state/HU")
    assert rows(small) == 0
    assert small.page.is_visible("#no-rows") and small.page.is_visible("#empty-reset")
    assert small.page.locator("#chips .chip").count() == 3
    small.page.locator("#chips .chip", has_text="Hungary").click()
    assert rows(small) == 2


def test_the_number_beside_a_value_is_what_choosing_it_shows(small: Opened) -> None:
    small.page.click('details.menu:has([data-choice="type"]) > summary')
    for value in ("call", "visit", "meeting"):
        number = small.page.text_content(f'[data-choice="type"] label:has([value="{value}"]) .number')
        choose(small, "type", value)
        assert rows(small) == int(number or "")
        choose(small, "type", value)


def test_the_slider_sets_the_period(small: Opened) -> None:
    small.page.locator("#period-from").focus()
    last = int(small.page.get_attribute("#period-from", "max") or 0)
    for _ in range(last):
        small.page.keyboard.press("ArrowRight")
    assert 0 < rows(small) < 6
    assert "Period" in small.page.inner_text("#chips")
    small.page.locator("#chips .chip").click()
    assert rows(small) == 6


def test_a_drag_over_the_histogram_sets_the_period(small: Opened) -> None:
    box = small.page.locator("#timeline .columns").bounding_box()
    assert box
    small.page.mouse.move(box["x"] + 2, box["y"] + 10)
    small.page.mouse.down()
    small.page.mouse.move(box["x"] + box["width"] / 4, box["y"] + 10, steps=3)
    small.page.mouse.up()
    assert 0 < rows(small) < 6
    assert small.page.locator("#timeline .outside").count() > 0


def test_pairs_that_met_more_than_once(small: Opened) -> None:
    small.page.click(".for-least > summary")
    small.page.fill("#least", "2")
    assert rows(small) == 2
    small.page.fill("#least", "1")
    assert rows(small) == 6


def test_confidence_and_level_of_post_filter(small: Opened) -> None:
    small.page.click(".for-confidence > summary")
    small.page.locator("#confidence").fill("100")
    few = rows(small)
    assert few < 6
    small.page.click("#reset")
    choose(small, "level", "4")
    assert 0 < rows(small) < 6


def test_colours_stay_under_a_filter(small: Opened) -> None:
    before = small.page.locator("#legend .swatch").evaluate_all(
        "all => all.map((one) => one.parentNode.innerText + one.style.color)"
    )
    choose(small, "type", "meeting")
    after = small.page.locator("#legend .swatch").evaluate_all("all => all.map((one) => one.style.color)")
    assert after
    assert all(any(colour in old for old in before) for colour in after)


# --- reading


def test_the_table_sorts_and_searches(small: Opened) -> None:
    first = "#rows tr >> nth=0"
    assert small.page.get_attribute("th:has([data-sort=date])", "aria-sort") == "descending"
    newest = small.page.inner_text(first)
    small.page.click("[data-sort=date]")
    assert small.page.get_attribute("th:has([data-sort=date])", "aria-sort") == "ascending"
    assert small.page.inner_text(first) != newest
    small.page.click("[data-sort=who]")
    people = small.page.locator("#rows td:nth-child(3)").all_inner_texts()
    assert people == sorted(people)
    small.page.fill("#find-in-table", "рига вецбр")
    assert rows(small) == 0
    small.page.fill("#find-in-table", "Riga вецбр")
    assert rows(small) == 1


def test_on_paper_the_graph_is_drawn_and_the_legend_open(browser: Browser, tmp_path: Path, small_graph: Graph) -> None:
    phone = {"width": 390, "height": 844}
    seen = opened(browser, small_graph, tmp_path, color_scheme="dark", viewport=phone)
    assert seen.page.get_attribute("html", "data-theme") == "dark"
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    seen.page.emulate_media(media="print")
    assert seen.page.get_attribute("html", "data-theme") == "light"
    assert seen.page.is_visible("#printed svg")
    assert seen.page.locator("#printed svg line").count() >= 6
    assert seen.page.is_visible("#legend ul")
    # A sheet is as narrow as a phone, but a table of many lines is no way to print.
    assert seen.page.locator("#rows td").first.evaluate("(cell) => getComputedStyle(cell).display") == "table-cell"
    seen.page.emulate_media(media="screen")
    seen.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert seen.page.get_attribute("html", "data-theme") == "dark"
    assert seen.page.is_hidden("#legend ul")
    seen.page.close()


# --- taking away


def test_the_table_is_saved_as_csv(small: Opened) -> None:
    choose(small, "type", "call")
    text = saved(small, "#save-csv").decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(row["type"], row["date"], row["status"]) for row in table] == [("call", "2026-03-05", "held")]
    assert "Сырлыбекова" in table[0]["participants"]
    assert table[0]["quotes"]
    small.page.click("#reset")
    small.page.fill("#search", "Вецбр")
    small.page.keyboard.press("Enter")
    of_one = list(csv.DictReader(io.StringIO(saved(small, "#save-csv").decode("utf-8-sig"), newline="")))
    assert len(of_one) == 2
    assert all("Вецбралис" in row["participants"] for row in of_one)


def test_a_cell_never_becomes_a_formula(browser: Browser, small_graph: Graph, tmp_path: Path) -> None:
    graph = Graph()
    for s, p, o in small_graph:
        graph.add((s, p, Literal("=HYPERLINK(0)", lang="ru") if p == RDFS.label and "official" in s else o))
    seen = opened(browser, graph, tmp_path)
    text = saved(seen, "#save-csv").decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {row["participants"][:2] for row in table} == {"'="}
    seen.page.close()


def test_the_view_is_saved_as_a_drawing(small: Opened) -> None:
    drawing = ElementTree.fromstring(saved(small, "#save-svg"))
    texts = {element.text for element in drawing.iter("{http://www.w3.org/2000/svg}text")}
    assert "Айгуль Сырлыбекова" in texts
    assert {"Who met whom", "All persons are invented.", "6 of 6 meetings shown", "met, one source"} <= texts
    lines = list(drawing.iter("{http://www.w3.org/2000/svg}line"))
    assert len(lines) >= 6


def test_the_view_is_saved_as_a_picture(small: Opened) -> None:
    picture = saved(small, "#save-png")
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) > 1000


def test_a_link_brings_the_view_back(browser: Browser, small: Opened) -> None:
    small.page.click('[data-view="states"]')
    choose(small, "status", "held")
    choose(small, "topic", small.page.get_attribute('[data-choice="topic"] input', "value") or "")
    small.page.select_option("#colour", "state")
    small.page.fill("#search", "Latvia")
    small.page.keyboard.press("Enter")
    small.page.click('[data-language="kk"]')
    small.page.click("#zoom-in")
    settled(small.page)
    address = small.page.input_value("#address")
    assert small.page.url == address
    again = opened_file(
        browser, Path(address.split("#")[0].removeprefix("file://")), fragment="#" + address.split("#")[1]
    )
    settled(again.page)
    for element in ("#shown", "#chips", "#card h2", "#legend", "#rows"):
        assert again.page.inner_text(element) == small.page.inner_text(element)
    assert again.page.get_attribute('[data-view="states"]', "aria-pressed") == "true"
    assert again.page.get_attribute("html", "lang") == "kk"
    (view, _, place), (view_again, _, place_again) = (
        one.partition("&at=") for one in (address, again.page.input_value("#address"))
    )
    assert view_again == view
    numbers, numbers_again = ([float(part) for part in unquote(one).split(",")] for one in (place, place_again))
    # the heads of two windows may differ by a line of chips while they settle: some pixels
    assert numbers_again == pytest.approx(numbers, rel=0.01, abs=5)
    again.page.close()


@pytest.mark.parametrize(
    "fragment",
    [
        "#view=nowhere&state=state/XX&least=-3&confidence=x&open=official/nobody&at=1,2",
        "#%",
        "#open=a+b",
        "#view=constructor",
    ],
)
def test_a_link_that_says_nothing_sensible_opens_the_whole(
    browser: Browser, small_graph: Graph, tmp_path: Path, fragment: str
) -> None:
    seen = opened(browser, small_graph, tmp_path, fragment=fragment)
    assert rows(seen) == 6
    assert seen.errors == []
    seen.page.close()


def test_a_tie_and_a_meeting_can_be_linked_to(browser: Browser, small_graph: Graph, tmp_path: Path) -> None:
    held = next(iter(small_graph.subjects(DG.status, DG.Planned)))
    name = str(held).removeprefix(str(DGID))
    seen = opened(browser, small_graph, tmp_path, fragment=f"#open={name}")
    expect(seen.page.locator("#card .badge")).to_have_text("announced")
    seen.page.close()


# --- languages and sizes


def test_it_speaks_the_language_of_the_browser(browser: Browser, small_graph: Graph, tmp_path: Path) -> None:
    seen = opened(browser, small_graph, tmp_path, locale="ru-RU")
    assert "встреч" in seen.page.inner_text("#counts")
    assert seen.page.inner_text('[data-view="states"]') == "Государства"
    assert seen.page.title() == "Кто с кем встречался"
    seen.page.click('[data-language="en"]')
    assert seen.page.inner_text('[data-view="states"]') == "States"
    seen.page.click('[data-language="kk"]')
    assert seen.page.inner_text('[data-view="states"]') == "Мемлекеттер"
    assert "2026 ж. " in seen.page.inner_text("#rows tr >> nth=1")
    seen.page.close()


def test_a_language_it_does_not_speak_is_answered_in_english(
    browser: Browser, small_graph: Graph, tmp_path: Path
) -> None:
    seen = opened(browser, small_graph, tmp_path, locale="fr-FR")
    assert seen.page.get_attribute("html", "lang") == "en"
    seen.page.close()


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_it_fits_a_phone(browser: Browser, small_graph: Graph, tmp_path: Path, language: str) -> None:
    seen = opened(browser, small_graph, tmp_path, viewport={"width": 390, "height": 844}, fragment=f"#lang={language}")
    for summary in ("#filters > summary", ".for-confidence > summary", "#legend > summary"):
        seen.page.click(summary)
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390
    seen.page.fill("#search", "сырлыб")
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390
    seen.page.close()


def test_only_web_addresses_become_links(browser: Browser, small_graph: Graph, tmp_path: Path) -> None:
    graph = Graph()
    for triple in small_graph:
        graph.add(triple)
    for article in set(graph.subjects(DCTERMS.source)):
        graph.set((article, DCTERMS.source, Literal("javascript:window.ran=1")))
    seen = opened(browser, graph, tmp_path)
    assert rows(seen) == 6
    assert seen.page.locator("#rows a").count() == 0
    seen.page.close()


def test_a_browser_that_cannot_unpack_is_told(browser: Browser, small_graph: Graph, tmp_path: Path) -> None:
    file = tmp_path / "graph.html"
    file.write_text(draw(small_graph), encoding="utf-8")
    page = browser.new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto(file.as_uri())
    page.wait_for_selector("#failed", state="visible")
    assert "2023" in page.inner_text("#failed")
    page.close()
