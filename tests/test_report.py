import os
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Graph

from diplograph.paper import LISTED, escape
from diplograph.report import report

SMALL = Path(__file__).parent / "data" / "small.ttl"

PREFIXES = """
@base <https://w3id.org/diplograph/id/> .
@prefix dg: <https://w3id.org/diplograph/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
"""


@pytest.fixture(scope="module")
def small() -> Graph:
    return Graph().parse(SMALL)


def sections(text: str) -> dict[str, str]:
    parts = text.split("\n## ")[1:]
    return {part.partition("\n")[0]: part.partition("\n")[2].strip() for part in parts}


def test_figures(small):
    found = sections(report(small).to_markdown())["The corpus in figures"]
    for line in (
        "| articles | 3 | 3 |",
        "| meetings held | 5 | 3 |",
        "| meetings planned | 1 | 1 |",
        "| officials | 7 | 3 |",
        "The dated meetings held run from 2026-03 to 2026-03-12. Without a date: 0.",
    ):
        assert line in found.splitlines()


def test_people_states_and_pairs(small):
    found = sections(report(small).to_markdown())
    assert found["People"].splitlines()[2] == (
        "| Айгуль Сырлыбекова | KZ | заместитель министра иностранных дел | 4 | 4 | 0.333 | 3 |"
    )
    assert "| Мартин Линдквелл | Организация по безопасности и сотрудничеству в Европе |" in found["People"]
    assert found["States"].splitlines()[2] == "| Казахстан | 5 | 3 | Латвия (3) | 1.000 | 3 |"
    assert found["Who met most often"].splitlines()[2] == (
        "| Айгуль Сырлыбекова and Инесе Лиепкалне | 2 | 2026-03-05 to 2026-03-11 | bilateral-relations, trade | 1 |"
    )
    assert found["States that met most often"].splitlines()[2].startswith("| Казахстан and Латвия | 3 |")


def test_communities_brokers_and_topics(small):
    found = sections(report(small).to_markdown())
    assert "| 2 | KZ, LV · trade, transport | 2 | Ерлан Жасталапов, Янис Вецбралис | 1 | 2 |" in found["Communities"]
    assert "modularity 0.286" in found["Communities"]
    assert found["Between states"].splitlines()[-1] == "| Айгуль Сырлыбекова | 3 | EG-HU, EG-LV, HU-LV | 4 | 3 |"
    assert found["Topics"].splitlines()[2] == "| trade | 2 | 2 |"


def test_planned_and_single_source_meetings_show_their_sentence(small):
    found = sections(report(small).to_markdown())
    assert found["Planned meetings"] == (
        "- 2026-05, visit, Казахстан: Янис Вецбралис. «Министр посетит Казахстан в мае.»"
        " ([МИД: дипломаты провели ряд встреч](<https://example.org/kz/mfa-2026-03-12>))"
    )
    single = found["Told by one article only"]
    assert single.startswith("4 of 5 meetings held.")
    assert single.count("\n- ") == 4
    assert "Жасталапов" not in single  # two articles tell of that one


def test_what_the_run_says(small):
    run = {
        "inputs": [
            {"source": "in/a.txt", "outcome": "extracted"},
            {"source": "in/b_c.txt", "outcome": "failed", "reason": "not UTF-8"},
            {"source": "in/d.txt", "outcome": "empty"},
        ],
        "unsaid": [{"article": "a", "quote": "Встреча не состоялась.", "reason": "denied"}],
    }
    found = sections(report(small, run).to_markdown())
    assert found["What could not be read"] == "- in/b\\_c.txt: failed (not UTF-8)\n- in/d.txt: empty"
    assert found["Candidates not asserted"] == "- a: «Встреча не состоялась.» (denied)"
    without = sections(report(small).to_markdown())
    assert "What could not be read" not in without
    assert "Candidates not asserted" not in without


def test_an_empty_graph_says_so_in_every_section():
    found = sections(report(Graph(), {}).to_markdown())
    assert found.pop("The corpus in figures").endswith("No meeting was held.")
    assert set(found.values()) == {"None."}
    assert len(found) == 12


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Касым-Жомарт Токаев", "Касым-Жомарт Токаев"),
        ("5 марта, 10.30 (утро)!", "5 марта, 10.30 (утро)!"),
        ("*a* _b_ `c`", r"\*a\* \_b\_ \`c\`"),
        ("a | b", r"a \| b"),
        ("[x](javascript:y)", r"\[x\](javascript:y)"),
        ("<script>&amp;", "&lt;script&gt;&amp;amp;"),
        ("back\\slash", "back\\\\slash"),
        ("http://x.y HTTPS://x WWW.x.y", r"http\://x.y HTTPS\://x WWW\.x.y"),
        ("a@b.c", r"a\@b.c"),
        ("a\n\n# b\r\tc", r"a \# b c"),
        ("x\u202eевил\u2066", "x евил"),
        ("", ""),
    ],
)
def test_escape(text, expected):
    assert escape(text) == expected


def test_hostile_text_stays_text():
    graph = Graph().parse(
        data=PREFIXES
        + r"""
        <official/a> a dg:Official ; rdfs:label "A | <img src=x>"@ru .
        <official/b> a dg:Official ; rdfs:label "[B](http://evil)"@ru .
        <meeting/1> a dg:Meeting ; dg:status dg:Held ; dg:participant <official/a>, <official/b> ;
            prov:wasDerivedFrom <passage/1> .
        <passage/1> a dg:Passage ; dg:inArticle <article/1> ; dg:quote "One\n\n## Two" .
        <article/1> a dg:Article ; dcterms:title "T](x" ; dcterms:source "https://x/ >)|<b>\n# a" .
        <meeting/2> a dg:Meeting ; dg:status dg:Held ; dg:participant <official/a> ; prov:wasDerivedFrom <passage/2> .
        <passage/2> a dg:Passage ; dg:inArticle <article/2> ; dg:quote "Three" .
        <article/2> a dg:Article ; dcterms:title "Bad" ; dcterms:source "javascript:alert(1)" .
        """,
        format="turtle",
    )
    text = report(graph).to_markdown()
    assert "<img" not in text
    assert "<b>" not in text
    assert "[B]" not in text
    assert "«One \\#\\# Two» ([T\\](x](<https://x/%20%3E)%7C%3Cb%3E%0A%23%20a>))".replace("%23", "#") in text
    assert "«Three» (Bad)" in text
    assert "javascript" not in text
    assert "no date, meeting: A \\| &lt;img src=x&gt;, \\[B\\](http\\://evil)." in text


def test_long_lists_say_how_many_more():
    unsaid = [{"article": str(number), "quote": "q", "reason": "r"} for number in range(LISTED + 7)]
    lines = sections(report(Graph(), {"unsaid": unsaid}).to_markdown())["Candidates not asserted"].splitlines()
    assert (len(lines), lines[-1]) == (LISTED + 1, "- and 7 more")


def test_a_meeting_without_a_passage_says_so():
    graph = Graph().parse(
        data=PREFIXES + "<meeting/1> a dg:Meeting ; dg:status dg:Held ; dg:involvesState <state/KZ> .", format="turtle"
    )
    found = sections(report(graph).to_markdown())["Told by one article only"]
    assert found == "1 of 1 meetings held.\n\n- no date, meeting: KZ. No passage."


WRITE_ALL = """
import sys
from rdflib import Graph
from diplograph.export import edges_csv, gexf, meetings_csv, nodes_csv, officials_csv
from diplograph.network import network
from diplograph.report import report
graph = Graph().parse(sys.argv[1])
write = sys.stdout.buffer.write
write(report(graph).to_markdown().encode() + meetings_csv(graph) + officials_csv(graph))
for kind in ("officials", "states", "organizations", "mixed"):
    ties = network(graph, kind=kind)
    write(nodes_csv(ties) + edges_csv(ties) + gexf(ties))
"""


def test_same_bytes_in_every_process():
    def run(hash_seed: str, zone: str, locale: str) -> bytes:
        settings = os.environ | {"PYTHONHASHSEED": hash_seed, "TZ": zone, "LC_ALL": locale}
        command = [sys.executable, "-c", WRITE_ALL, str(SMALL)]
        return subprocess.run(command, env=settings, check=True, capture_output=True).stdout

    assert run("1", "Asia/Almaty", "C") == run("2", "America/Lima", "C.UTF-8") != b""
