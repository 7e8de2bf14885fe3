"""The page in a real browser: what it shows, that it asks for nothing, and that text from outside never runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from rdflib import DCTERMS, RDFS, SKOS, Graph, Literal

from diplograph.draw import draw
from diplograph.terms import DG

SMALL = Path(__file__).parent / "data" / "small.ttl"
# Flags that keep the browser itself from calling home; without a sandbox because tests may run as root.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

PAYLOADS = [
    "<script>window.ran=1</script>",
    "</script><script>window.ran=1</script>",
    "<img src=x onerror=window.ran=1>",
    '"><img src=x onerror=window.ran=1>',
    "'><svg onload=window.ran=1>",
    "<svg/onload=window.ran=1>",
    "<iframe srcdoc='<script>parent.ran=1</script>'>",
    "<body onload=window.ran=1>",
    "<details open ontoggle=window.ran=1>",
    "<a href=javascript:window.ran=1>x</a>",
    "javascript:window.ran=1",
    "{{constructor.constructor('window.ran=1')()}}",
    "${window.ran=1}",
    "`;window.ran=1;`",
    "';window.ran=1;//",
    '";window.ran=1;//',
    "\\u003cscript\\u003ewindow.ran=1\\u003c/script\\u003e",
    "<!--<script>window.ran=1</script>",
    "]]><script>window.ran=1</script>",
    "\u2028window.ran=1\u2029",
    "<style onload=window.ran=1></style>",
    "<math><mi//xlink:href='data:x,<script>window.ran=1</script>'>",
    "<input autofocus onfocus=window.ran=1>",
    "<video><source onerror=window.ran=1></video>",
    "<скрипт>window.ran=1</скрипт><script>window.ran=1</script>",
    "Токаев<img src=x onerror=window.ran=1>",
    "href <img src=x onerror=window.ran=1>",
    "<base href=javascript:window.ran=1//>",
    "<meta http-equiv=refresh content='0;url=javascript:window.ran=1'>",
    "<object data=javascript:window.ran=1>",
]


@dataclass
class Opened:
    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def ran(self) -> bool:
        return bool(self.page.evaluate("'ran' in window"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield launched
        launched.close()


def opened(browser: Browser, graph: Graph, folder: Path, *, language: str = "en-GB", **options: str) -> Opened:
    file = folder / "graph.html"
    file.write_text(draw(graph, **options), encoding="utf-8")
    page = browser.new_page(locale=language, viewport={"width": 1280, "height": 800})
    result = Opened(page)
    page.on("request", lambda request: result.requests.append(request.url))
    page.on("pageerror", lambda error: result.errors.append(str(error)))
    page.on("console", lambda line: result.errors.append(line.text) if line.type == "error" else None)
    page.goto(file.as_uri())
    page.wait_for_selector("#card h2")
    return result


@pytest.fixture
def small(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    seen = opened(browser, Graph().parse(SMALL), tmp_path, notice="All persons are invented.")
    yield seen
    seen.page.close()


def test_nothing_leaves_the_page(small: Opened) -> None:
    for view in ("states", "organizations", "mixed", "officials"):
        small.page.click(f'[data-view="{view}"]')
    asked = [url for url in small.requests if not url.startswith(("data:", "file:"))]
    assert asked == []
    assert len([url for url in small.requests if url.startswith("file:")]) == 1
    assert small.errors == []


def test_it_says_how_much_there_is(small: Opened) -> None:
    assert "6 meetings" in small.page.inner_text("#counts")
    assert small.page.inner_text(".notice") == "All persons are invented."


def test_the_table_holds_every_meeting(small: Opened) -> None:
    assert small.page.locator("#rows tr").count() == 6


def test_search_finds_a_person_and_shows_the_sentence(small: Opened) -> None:
    small.page.fill("#search", "сырлыб")
    small.page.keyboard.press("Enter")
    card = small.page.inner_text("#card")
    assert "Айгуль Сырлыбекова" in card
    quotes = [str(quote) for quote in Graph().parse(SMALL).objects(None, DG.quote)]
    small.page.evaluate("document.querySelectorAll('#card details').forEach((one) => { one.open = true })")
    assert any(quote in small.page.inner_text("#card") for quote in quotes)


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
SECOND_COMMUNITY = [0xC8, 0x55, 0x3D]  # two officials who met each other


def test_a_click_on_a_tie_shows_its_sentence(small: Opened) -> None:
    small.page.mouse.click(*small.page.evaluate(MIDDLE, SECOND_COMMUNITY))
    small.page.wait_for_selector("#card .receipt")
    card = small.page.inner_text("#card")
    assert "Посол Казахстана в Латвии Ерлан Жасталапов встретился" in card
    assert "1 meeting" in card
    marks = small.page.locator("#card mark").all_inner_texts()
    assert {"Жасталапов", "Янисом", "Вецбралисом"} <= set(marks)
    assert not {"Казахстана", "Латвии", "министром"} & set(marks)
    assert small.page.locator("#card .receipt a").first.get_attribute("rel") == "noopener noreferrer"


FIRST_COLOUR = [0x2F, 0x66, 0x90]


def test_a_click_on_a_node_shows_its_card(small: Opened) -> None:
    small.page.click('[data-view="states"]')
    small.page.select_option('[name="colour"]', "state")  # the most central has the first colour for itself
    small.page.wait_for_timeout(200)
    small.page.mouse.click(*small.page.evaluate(MIDDLE, FIRST_COLOUR))
    expect(small.page.locator("#card h2")).to_have_text("Kazakhstan")
    assert "1 of 4" in small.page.inner_text("#card .scores")


def test_keys_open_the_search_and_close_the_card(small: Opened) -> None:
    small.page.keyboard.press("/")
    small.page.keyboard.type("Вецбр")
    small.page.keyboard.press("Enter")
    expect(small.page.locator("#card h2")).to_have_text("Янис Вецбралис")
    small.page.keyboard.press("Escape")
    expect(small.page.locator("#card h2")).to_have_text("Most central")


def test_each_view_shows_its_own_kind(small: Opened) -> None:
    first = {}
    for view in ("officials", "states", "organizations"):
        small.page.click(f'[data-view="{view}"]')
        assert small.page.get_attribute(f'[data-view="{view}"]', "aria-pressed") == "true"
        first[view] = small.page.inner_text("#legend li >> nth=0")
    assert first == {"officials": "official", "states": "state", "organizations": "organisation"}


def test_only_web_addresses_become_links(browser: Browser, tmp_path: Path) -> None:
    graph = Graph().parse(SMALL)
    for article in set(graph.subjects(DCTERMS.source)):
        graph.set((article, DCTERMS.source, Literal("javascript:window.ran=1")))
    seen = opened(browser, graph, tmp_path)
    assert seen.page.locator("#rows tr").count() == 6
    assert seen.page.locator("#rows a").count() == 0
    seen.page.close()


def test_search_knows_states_in_three_languages(small: Opened) -> None:
    for sought in ("Казахстан", "Kazakhstan", "Қазақстан"):
        small.page.fill("#search", sought)
        assert "Kazakhstan" in small.page.inner_text("#found")


def test_escape_closes_the_list(small: Opened) -> None:
    small.page.fill("#search", "а")
    assert small.page.is_visible("#found")
    small.page.keyboard.press("Escape")
    assert small.page.is_hidden("#found")


def test_planned_meetings_can_be_shown_alone(small: Opened) -> None:
    small.page.select_option('[name="status"]', "planned")
    assert small.page.locator("#rows tr").count() == 1
    small.page.click('button[type="reset"]')
    expect(small.page.locator("#rows tr")).to_have_count(6)


def test_a_period_filters_the_table(small: Opened) -> None:
    small.page.fill('[name="from"]', "2030-01-01")
    assert small.page.locator("#rows tr").count() == 0
    assert small.page.is_visible("#no-rows")


def test_it_speaks_russian_to_a_russian_browser(browser: Browser, tmp_path: Path) -> None:
    seen = opened(browser, Graph().parse(SMALL), tmp_path, language="ru-RU")
    assert "встреч" in seen.page.inner_text("#counts")
    assert seen.page.inner_text('[data-view="states"]') == "Государства"
    seen.page.click('[data-language="en"]')
    assert seen.page.inner_text('[data-view="states"]') == "States"
    seen.page.close()


def test_it_fits_a_phone(small: Opened) -> None:
    small.page.set_viewport_size({"width": 390, "height": 844})
    assert small.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_empty_graph_is_told_kindly(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "empty.html"
    file.write_text(draw(Graph()), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    assert page.is_visible("#empty")
    assert page.inner_text("#empty").strip()
    page.close()


#: The small graph has three articles, so ten pages put every payload into every field of one.
AT_ONCE = 3
PAGES = len(PAYLOADS) // AT_ONCE


def hostile(turn: int) -> Graph:
    """The small graph with a payload in every text that an article can choose, another one at each place."""
    graph = Graph()
    fields: dict[str, int] = {}
    for s, p, o in sorted(Graph().parse(SMALL)):
        if isinstance(o, Literal) and not o.datatype and p not in (DCTERMS.language, DG.iso2):
            place = fields[str(p)] = fields.get(str(p), -1) + 1
            payload = PAYLOADS[(turn * AT_ONCE + place) % len(PAYLOADS)]
            # A name begins a line, a payload ends it; elsewhere the payload comes first.
            named = p in (RDFS.label, SKOS.altLabel, SKOS.prefLabel)
            o = Literal(f"{o} {payload}" if named else f"{payload} {o}", lang=o.language)
        graph.add((s, p, o))
    return graph


@pytest.mark.parametrize("turn", range(PAGES))
def test_text_never_runs(browser: Browser, tmp_path: Path, turn: int) -> None:
    payload = PAYLOADS[turn * AT_ONCE]
    seen = opened(browser, hostile(turn), tmp_path, title=payload, notice=PAYLOADS[turn * AT_ONCE + 1])
    page = seen.page
    assert page.locator("h1").text_content() == payload
    for view in ("states", "organizations", "mixed", "officials"):
        page.click(f'[data-view="{view}"]')
    page.fill("#search", "а")
    assert page.locator("#found [role=option]").count() > 6
    page.keyboard.press("Escape")
    elements = "#card *, #rows *, #found *, #legend *, header *"
    for place in range(7):
        page.locator("#card .bars .name").nth(place).click()
        page.evaluate("document.querySelectorAll('#card details').forEach((one) => { one.open = true })")
        assert page.locator("#card .receipt").count() > 0
        kinds = page.evaluate(f"[...new Set([...document.querySelectorAll('{elements}')].map((e) => e.localName))]")
        assert not {"img", "script", "iframe", "svg", "math", "video", "object", "base", "meta", "style"} & set(kinds)
        page.keyboard.press("Escape")
    page.mouse.move(440, 460)
    assert not seen.ran()
    assert seen.errors == []
    assert [url for url in seen.requests if not url.startswith(("data:", "file:"))] == []
    page.close()


def test_the_payloads_fill_the_pages() -> None:
    assert len(PAYLOADS) == PAGES * AT_ONCE
