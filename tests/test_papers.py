"""Dossiers, briefs of what changed, and how papers are written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from rdflib import Graph

from diplograph.diff import diff
from diplograph.dossier import dossier
from diplograph.lookup import LookupFailedError
from diplograph.paper import LISTED, Entries, Link, Paper, PaperError, Table, Text, entries, section
from diplograph.report import report

SMALL = (Path(__file__).parent / "data" / "small.ttl").read_text("utf-8")
HOSTILE = "</title><script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) `a` |b| \u202e"


@pytest.fixture(scope="module")
def small() -> Graph:
    return Graph().parse(data=SMALL, format="turtle")


def sections(text: str) -> dict[str, str]:
    parts = text.split("\n## ")[1:]
    return {part.partition("\n")[0]: part.partition("\n")[2].strip() for part in parts}


def test_the_dossier_of_an_official(small):
    text = dossier(small, "Сырлыбекова").to_markdown()
    assert text.startswith("# Айгуль Сырлыбекова\n\nActs for: KZ. What the articles say, no more")
    found = sections(text)
    assert "| meetings held | 4 | 3 |" in found["In figures"]
    assert "| betweenness | 0.333 (1 of 7, exact) | 3 |" in found["In figures"]
    assert (
        found["Posts"]
        .splitlines()[2]
        .startswith("| заместитель министра иностранных дел | Казахстан |  |  | 2026-03-04 to 2026-03-12 | 2 |")
    )
    assert (
        "| Инесе Лиепкалне | LV | 2 | 2026-03-05 | 2026-03-11 | bilateral-relations, trade | 1 |" in found["Whom met"]
    )
    assert found["Meetings held"].splitlines()[0].startswith("- 2026-03-11, consultations, Астана: Инесе Лиепкалне. «")
    assert found["Planned"] == "None."


def test_the_dossier_of_a_state_and_of_an_organisation(small):
    found = sections(dossier(small, "lv").to_markdown())
    assert "| Янис Вецбралис | министр транспорта | LV | 1 |" in found["Who acts for it"]
    assert "| Ерлан Жасталапов | посол | KZ | 1 |" in found["Accredited to it"]
    assert "| Казахстан | 3 | 2026-03-05 | 2026-03-12 |" in found["Partners"]
    assert "2026-05, visit" in found["Planned"]
    body = sections(dossier(small, "ОБСЕ").to_markdown())
    assert "Мартин Линдквелл" in body["Who acts for it"]
    assert body["Meetings held"].count("- ") == 1
    with pytest.raises(LookupFailedError):
        dossier(small, "Атлантида")


def changed(*replaced: tuple[str, str], more: str = "") -> Graph:
    text = SMALL
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new)
    return Graph().parse(data=text + more, format="turtle")


LATER = """
<article/later> a dg:Article ; dcterms:identifier "later" ; dcterms:date "2026-05-13"^^xsd:date .
<passage/later-0-10> a dg:Passage ; dg:inArticle <article/later> ; dg:start 0 ; dg:end 10 ; dg:quote "Прибыл с визитом." .
<passage/later-20-30> a dg:Passage ; dg:inArticle <article/later> ; dg:start 20 ; dg:end 30 ; dg:quote "Новый посол." .
<meeting/later> a dg:Meeting, dg:Visit ; dg:status dg:Held ; dg:date "2026-05-12"^^xsd:date ; dg:confidence 0.9 ;
    dg:participant <official/yanis-vetsbralis>, <official/new-ambassador> ; dg:involvesState <state/KZ>, <state/LV> ;
    prov:wasDerivedFrom <passage/later-0-10> .
<official/new-ambassador> a dg:Official ; rdfs:label "Новый Посол"@ru ; dg:represents <state/KZ> ;
    prov:wasDerivedFrom <passage/later-20-30> .
<tenure/new-ambassador-lv> a dg:Tenure ; dg:holder <official/new-ambassador> ; dg:post <post/ambassador> ;
    dg:postTitle "посол"@ru ; dg:actsFor <state/KZ> ; dg:accreditedTo <state/LV> ;
    dg:attestedOn "2026-05-13"^^xsd:date ; prov:wasDerivedFrom <passage/later-20-30> .
"""


def test_nothing_changed(small):
    same = diff(small, small)
    assert not same
    assert set(sections(same.to_paper().to_markdown()).values()) == {"None."}


def test_what_a_later_article_adds(small):
    found = diff(small, changed(more=LATER))
    assert [change.what for change in found.new_officials] == ["Новый Посол (посол; KZ)."]
    assert [change.what for change in found.first_contacts] == ["Новый Посол and Янис Вецбралис"]
    (hands,) = found.changed_hands
    assert hands.what == "посол, Казахстан, Латвия: Ерлан Жасталапов → Новый Посол"
    assert hands.evidence == ("tenure/erlan-zhastalapov-ambassador-lv", "tenure/new-ambassador-lv")
    assert [change.evidence for change in found.now_held] == [("meeting/later",)]
    assert found.new_meetings == found.newly_planned == found.withdrawn == ()
    assert "Новый посол." in sections(found.to_paper().to_markdown())["Posts that changed hands"]
    back = diff(changed(more=LATER), small)
    assert [change.date for change in back.withdrawn] == ["2026-05-12", "2026-05-13"]
    assert back.changed_hands == ()  # the one who held it before does not come after


def test_a_meeting_that_changed_its_id_is_neither_new_nor_withdrawn(small):
    renamed = changed(("meeting/339b94cb560c3c33", "meeting/0000000000000001"))
    assert not diff(small, renamed)


def test_a_planned_meeting_that_is_now_held_under_the_same_id(small):
    held = changed(("dg:status dg:Planned", "dg:status dg:Held"))
    found = diff(small, held)
    assert [change.what for change in found.now_held] == ["2026-05, visit, Казахстан: Янис Вецбралис."]
    assert found.new_meetings == ()
    assert found.to_dict()["now_held"][0]["articles"] == 1


def test_text_from_outside_is_never_markup():
    hostile = Paper(
        HOSTILE,
        (
            section(HOSTILE, Text(HOSTILE), Entries((HOSTILE, ("a ", Link(HOSTILE, "javascript:alert(1)")))),
                    Table((HOSTILE,), ((HOSTILE,), (Link("ok", 'https://example.org/"><script>x'),)))),
        ),
        note=HOSTILE,
    )  # fmt: skip
    page = hostile.to_html()
    assert "<script" not in page
    assert "<img" not in page
    assert "\u202e" not in page
    assert 'href="javascript' not in page
    assert 'href="https://example.org/%22%3E%3Cscript%3Ex"' in page
    text = hostile.to_markdown()
    assert "<script" not in text
    assert not re.search(r"(?<!\\)\]\(javascript", text)
    assert "&lt;iframe" not in hostile._repr_html_()
    assert hostile._repr_html_().startswith('<iframe sandbox srcdoc="&lt;!DOCTYPE html&gt;')


def test_long_lists_and_tables_say_how_many():
    paper = Paper("x", (section("y", entries(range(LISTED + 3), str), Table(("n",), ((1,),), total=9)),))
    assert "- and 3 more" in paper.to_markdown()
    assert "The first 1 of 9." in paper.to_markdown()
    assert "<li>and 3 more</li>" in paper.to_html()
    assert '<td class="number">1</td>' in paper.to_html()
    with pytest.raises(PaperError, match="no form 'doc': choose one of md, html"):
        paper.render("doc")


def test_the_printed_page_runs_nothing_and_fits_the_paper(small, tmp_path):
    (tmp_path / "report.html").write_text(report(small).to_html(), encoding="utf-8")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 794, "height": 1123})
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        page.on("request", lambda request: told.append(request.url) if not request.url.startswith("file:") else None)
        page.goto((tmp_path / "report.html").as_uri())
        page.emulate_media(media="print")
        assert page.locator("h2").all_inner_texts()[:3] == ["The corpus in figures", "People", "States"]
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        pdf = page.pdf(prefer_css_page_size=True)
        browser.close()
    assert told == []
    assert pdf.startswith(b"%PDF") and len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 4
