"""Text from strangers never runs: three hundred scripts in every field of the graph, through everything a reader does."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from browsing import Opened, opened
from playwright.sync_api import Browser
from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef

from diplograph.draw import draw
from diplograph.terms import DG, DGID

RUN = "window.ran=1"
#: Ways to make a browser run a script, each in its own words.
VECTORS = [
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg/onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x></svg>",
    f"<math><mtext><script>{RUN}</script></mtext></math>",
    f"<iframe srcdoc='<script>parent.{RUN[7:]}</script>'></iframe>",
    f"<iframe src=javascript:parent.{RUN[7:]}></iframe>",
    f"<body onload={RUN}>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<input autofocus onfocus={RUN}>",
    f"<select autofocus onfocus={RUN}></select>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}></audio>",
    f"<object data=javascript:{RUN}></object>",
    f"<embed src=javascript:{RUN}>",
    f"<form action=javascript:{RUN}><button>x</button></form>",
    f"<a href=javascript:{RUN}>x</a>",
    f"<a href='java\tscript:{RUN}'>x</a>",
    f"<base href=javascript:{RUN}//>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    f"<link rel=stylesheet href='data:text/css,x' onload={RUN}>",
    f"<style onload={RUN}></style>",
    f"<marquee onstart={RUN}>x</marquee>",
    f"<div onpointerover={RUN} style=position:fixed;inset:0>x</div>",
    f"<template><script>{RUN}</script></template>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}//http://x.example",
    f"data:text/html,<script>{RUN}</script>",
    f"${{{RUN}}}",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    f"{{% raw %}}<script>{RUN}</script>",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;img src=x onerror={RUN}&#62;",
    f"href <img src=x onerror={RUN}>",
]
#: What may close the place where a text stands, before the script.
OPENINGS = ["", '">', "'>", "</script>", "-->", "</title></textarea></style>", "Токаев ", "`;\u2028"]
PAYLOADS = [f"{opening}{vector}" for opening, vector in product(OPENINGS, VECTORS)]
#: As a formula, as XML that ends, as a name that objects of JavaScript have already, as half a character.
PAYLOADS += [
    f'=HYPERLINK("javascript:{RUN}")',
    f"]]><script>{RUN}</script>",
    "__proto__",
    "constructor",
    "\ud83d",
    "\x00\x0b",
]


def hostile() -> Graph:
    """A graph with every payload in every field that an article, or a stranger's Turtle file, may choose."""
    graph = Graph()
    count = len(PAYLOADS)
    for number, payload in enumerate(PAYLOADS):
        text = payload.encode("utf-8", "replace").decode()
        tail = URIRef(f"{DGID}official/{number}{text}")
        other = URIRef(
            f"{DGID}official/{(number + 1) % count}{PAYLOADS[(number + 1) % count].encode('utf-8', 'replace').decode()}"
        )
        state, body = URIRef(f"{DGID}state/{text}"), URIRef(f"{DGID}organization/{text}")
        place, topic = URIRef(f"{DGID}place/{text}"), URIRef(f"{DGID}topic/{text}")
        tenure, meeting = URIRef(f"{DGID}tenure/{number}{text}"), URIRef(f"{DGID}meeting/{number}{text}")
        passage, article = URIRef(f"{DGID}passage/{number}{text}"), URIRef(f"{DGID}article/{number}{text}")
        graph.add((tail, RDF.type, DG.Official))
        graph.add((tail, DG.represents, state))
        graph.add((tail, DG.represents, body))
        graph.add((state, RDF.type, DG.State))
        graph.add((state, DG.iso2, Literal(text)))
        graph.add((body, RDF.type, DG.Organization))
        graph.add((body, DG.state, state))
        for thing in (tail, state, body, place, topic):
            # Of every second thing the payload is all the name there is.
            graph.add((thing, RDFS.label, Literal(text if number % 2 else f"Аа{number} {text}", lang="ru")))
            graph.add((thing, RDFS.label, Literal(text, lang="en")))
            graph.add((thing, SKOS.altLabel, Literal(f"{text}!")))
            graph.add((thing, OWL.sameAs, Literal(text)))
        graph.add((tenure, DG.holder, tail))
        graph.add((tenure, DG.postTitle, Literal(text)))
        graph.add((tenure, DG.post, URIRef(f"{DGID}post/{text}")))
        graph.add((tenure, DG.actsFor, state))
        graph.add((tenure, DG.within, body))
        graph.add((tenure, DG.accreditedTo, place))
        graph.add((tenure, DG.attestedOn, Literal(text)))
        graph.add((tenure, PROV.wasDerivedFrom, passage))
        graph.add((meeting, RDF.type, DG.Meeting))
        graph.add((meeting, DG.status, DG.Planned if number % 7 == 0 else DG.Held))
        graph.add(
            (meeting, DG.date, Literal(text if number % 5 == 0 else f"2025-01-{number % 28 + 1:02}", datatype=XSD.date))
        )
        graph.add((meeting, DG.endDate, Literal(text)))
        graph.add((meeting, DG.participant, tail))
        graph.add((meeting, DG.participant, other))
        graph.add((meeting, DG.involvesState, state))
        graph.add((meeting, DG.involvesOrganization, body))
        graph.add((meeting, DG.place, place))
        graph.add((meeting, DG.country, state))
        graph.add((meeting, DG.topic, topic))
        graph.add((meeting, PROV.wasDerivedFrom, passage))
        graph.add((passage, DG.quote, Literal(text)))
        graph.add((passage, DG.rule, Literal(text)))
        graph.add((passage, DG.inArticle, article))
        for field in (DCTERMS.identifier, DCTERMS.title, DCTERMS.publisher, DCTERMS.date, DCTERMS.language):
            graph.add((article, field, Literal(text)))
        graph.add((article, DCTERMS.source, Literal(text if number % 3 else f"https://x.example/{text}")))
    return graph


@pytest.fixture(scope="module")
def hostile_graph() -> Graph:
    return hostile()


def unharmed(seen: Opened) -> bool:
    """Nothing ran, nothing broke, nothing was asked for, and no text became an element or a link that runs."""
    kinds = set(
        seen.page.evaluate("[...new Set([...document.body.querySelectorAll('*')].map((one) => one.localName))]")
    )
    links = seen.page.evaluate("[...document.querySelectorAll('a')].map((one) => one.protocol)")
    assert not seen.page.evaluate("'ran' in window")
    assert seen.errors == []
    assert seen.asked_elsewhere() == []
    assert not kinds & {
        "img",
        "svg",
        "math",
        "iframe",
        "video",
        "audio",
        "object",
        "embed",
        "base",
        "meta",
        "style",
        "link",
    }
    assert set(links) <= {"https:", "http:", "file:", "blob:"}
    assert seen.page.locator("body script").count() == 3
    return True


def test_there_are_three_hundred_payloads() -> None:
    assert len(set(PAYLOADS)) >= 300


def test_text_never_runs(browser: Browser, tmp_path: Path, hostile_graph: Graph) -> None:
    title = "".join(PAYLOADS[:300]).encode("utf-8", "replace").decode().replace("\x00", "")
    seen = opened(browser, hostile_graph, tmp_path, title=title, notice=title, top=400)
    page = seen.page
    assert page.locator("h1").text_content() == title
    assert unharmed(seen)

    # Views, languages, colours; and the pointer over what is drawn.
    for view in ("states", "organizations", "mixed", "officials"):
        page.click(f'[data-view="{view}"]')
        page.evaluate(
            "document.getElementById('colour').value = 'state'; document.getElementById('colour').dispatchEvent(new Event('change'))"
        )
    page.evaluate("document.querySelector('.canvas').scrollIntoView()")
    box = page.locator("#graph").bounding_box()
    assert box
    for step in range(40):
        page.mouse.move(box["x"] + 30 + 12 * step, box["y"] + box["height"] * (0.3 + 0.01 * step))
    for language in ("ru", "kk", "en"):
        page.evaluate("(code) => document.querySelector(`[data-language=${code}]`).click()", language)
    assert unharmed(seen)

    # Everything the search finds, and every card it opens, with all it can unfold; while the table is
    # still short, for it is laid out again with each card.
    opened_cards = page.evaluate("""async (texts) => {
      const box = document.getElementById('search');
      const cards = new Set();
      for (const text of texts) {
        box.value = text;
        box.dispatchEvent(new Event('input'));
        const options = document.querySelectorAll('#found [role=option]').length;
        for (let place = 0; place < Math.min(options, 2); place++) {
          box.value = text;
          box.dispatchEvent(new Event('input'));
          document.querySelectorAll('#found [role=option]')[place].dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
          for (const one of document.querySelectorAll('#card details')) one.open = true;
          await new Promise((done) => setTimeout(done));
          cards.add(document.querySelector('#card h2').textContent);
        }
      }
      return cards.size;
    }""", [f"Аа{number}" for number in range(0, len(PAYLOADS), 4)] + ["<img", "javascript", "<svg", "script", "Токаев"])  # fmt: skip
    assert opened_cards > 60
    assert unharmed(seen)

    # Every row of the table, every value of every filter.
    page.evaluate("while (!document.getElementById('more').hidden) document.getElementById('more').click()")
    assert page.locator("#rows tr").count() == len(PAYLOADS)
    for column in ("type", "who", "place", "topics", "confidence", "sources", "date"):
        page.evaluate("(name) => document.querySelector(`[data-sort=${name}]`).click()", column)
    page.fill("#find-in-table", "<img")
    assert page.locator("#rows tr").count() > 0
    page.fill("#find-in-table", "")
    page.evaluate("""() => {
      for (const box of [...document.querySelectorAll('[data-choice] input[type=checkbox]')].filter((_, place) => place % 40 === 0)) box.click();
    }""")
    assert page.locator("#chips .chip").count() > 5
    assert unharmed(seen)
    page.evaluate("document.getElementById('reset').click()")

    # On paper the graph is a drawing, made of nothing but lines, outlines and letters.
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    drawn = "[...new Set([...document.querySelectorAll('#printed *')].map((one) => one.localName))]"
    assert set(page.evaluate(drawn)) == {"svg", "title", "line", "path", "text"}
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert unharmed(seen)

    # Each meeting's card, from the table.
    page.evaluate("while (!document.getElementById('more').hidden) document.getElementById('more').click()")
    page.evaluate("for (const one of document.querySelectorAll('.open-meeting')) one.click()")
    assert unharmed(seen)

    # What is taken away.
    for kind in ("svg", "png", "csv"):
        with page.expect_download() as waiting:
            page.evaluate("(kind) => document.getElementById(`save-${kind}`).click()", kind)
        file = Path(waiting.value.path())
        assert file.stat().st_size > 1000
        if kind == "svg":
            drawn = tmp_path / "graph.svg"
            drawn.write_bytes(file.read_bytes())
            shown = browser.new_page()
            shown.goto(drawn.as_uri())
            assert not shown.evaluate("'ran' in window")
            assert shown.locator("script").count() == 0
            shown.close()
    assert unharmed(seen)
    page.close()


@pytest.mark.parametrize("start", range(0, len(PAYLOADS), 40))
def test_a_title_or_notice_never_becomes_markup(browser: Browser, tmp_path: Path, start: int) -> None:
    """Each alone: what one leaves open must not hide what the next would do."""
    file = tmp_path / "graph.html"
    page = browser.new_page()
    for payload in PAYLOADS[start : start + 40 : 4]:
        text = payload.encode("utf-8", "replace").decode().replace("\x00", "")
        file.write_text(draw(Graph(), title=text, notice=text), encoding="utf-8")
        page.goto(file.as_uri())
        page.wait_for_selector("html[data-ready]")
        assert page.locator("h1").text_content() == text
        assert page.locator("body script").count() == 3
        assert not page.evaluate("'ran' in window")
    page.close()


@pytest.mark.parametrize("name", ["view", "state", "topic", "open", "lang", "at", "from", "colour"])
def test_a_link_never_runs(browser: Browser, tmp_path: Path, small_graph: Graph, name: str) -> None:
    seen = opened(browser, small_graph, tmp_path, fragment=f"#{name}=%3Cimg src=x onerror={RUN}%3E")
    assert seen.page.locator("#rows tr").count() == 6
    assert unharmed(seen)
    seen.page.close()
