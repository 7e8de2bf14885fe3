"""What the objects of the public functions show in a notebook: the words of the terminal, escaped, cut visibly."""

import json
from pathlib import Path

import pytest
from claim_builders import claims as claims_of
from claim_builders import encounter, official, organization, place, tenure

from diplograph.account import Input
from diplograph.build import Run
from diplograph.check import Violation, Violations, check
from diplograph.explain import explain
from diplograph.fetch import Outcome
from diplograph.graph_file import load_graph
from diplograph.model import Article, Name
from diplograph.query import query
from diplograph.resolve import resolve
from diplograph.rows import Rows
from diplograph.score import score
from diplograph.serve import serve

SMALL = Path(__file__).parent / "data" / "small.ttl"
HOSTILE = "<script>alert('&')</script>"
ESCAPED = "&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;"


def shown(thing: object) -> str:
    """What a notebook shows of it; nothing of the hostile text may be there as it is."""
    html = thing._repr_html_()
    assert "<script" not in html
    return html


def test_rows_of_an_answer_are_a_table() -> None:
    html = shown(query(SMALL, "meetings-by-month"))
    assert html.startswith("<table><thead><tr><th>month</th><th>meetings</th></tr></thead><tbody><tr><td>2026-03</td>")
    html = shown(query(SMALL, f'SELECT ?a ?b {{ VALUES (?a ?b) {{ ("{HOSTILE}" 0.5) (dg:Meeting UNDEF) }} }}'))
    assert f"<tr><td>{ESCAPED}</td><td>0.5000</td></tr>" in html
    assert "<tr><td>dg:Meeting</td><td></td></tr>" in html


def test_a_long_answer_says_how_long_it_is() -> None:
    numbers = " ".join(f'"{number}"' for number in range(60))
    html = shown(query(SMALL, f"SELECT ?n {{ VALUES ?n {{ {numbers} }} }}"))
    assert html.count("<tr>") == 51
    assert "the first 50 of 60 rows" in html
    html = shown(query(SMALL, f"SELECT ?n {{ VALUES ?n {{ {numbers} }} }}", rows=3))
    assert "Truncated: there are more" in html
    assert "…</td>" in shown(query(SMALL, f'SELECT ("{"ж" * 300}" AS ?long) {{}}'))


def test_other_answers_are_text() -> None:
    assert shown(query(SMALL, "ASK {}")) == "<pre>yes</pre>"
    assert shown(query(SMALL, "ASK { dg:a dg:b dg:c }")) == "<pre>no</pre>"
    html = shown(query(SMALL, f'CONSTRUCT {{ dgid:x rdfs:label "{HOSTILE}" }} {{}}'))
    assert ESCAPED in html
    assert "the first 50 of" in shown(query(SMALL, "CONSTRUCT WHERE { ?a ?b ?c }"))


def test_a_run_shows_its_counts_and_first_what_gave_no_article() -> None:
    numbers = dict.fromkeys(("inputs", "empty", "skipped", "officials", "organizations", "planned"), 0)
    inputs = (Input("a.txt", "extracted", article="a"), Input(HOSTILE, "failed", reason=HOSTILE))
    run = Run(inputs, numbers | {"inputs": 2, "extracted": 1, "failed": 1, "held": 4})
    html = shown(run)
    assert html.startswith("<pre>2 inputs: 1 extracted, 0 empty, 0 skipped, 1 failed\n0 officials, ")
    assert html.index(ESCAPED) < html.index("a.txt")


@pytest.fixture
def claims():
    minister = official("a", HOSTILE, tenure("a", "министр", "KZ"))
    other = official("a", "Янис Пробиньш", tenure("a", "посол", "LV"))
    body, city = organization("a", "ОБСЕ"), place("a", "Рига", "LV")
    met = encounter("a", HOSTILE, "Янис Пробиньш")
    return claims_of("a", minister, other, body, city, met)


def test_claims_show_what_they_rest_on(claims) -> None:
    html = shown(claims)
    assert f"<td>official</td><td>{ESCAPED}: министр</td><td>Стороны встретились.</td>" in html
    assert f"<td>meeting</td><td>held meeting: {ESCAPED}, Янис Пробиньш; " in html


def test_findings_show_their_meetings(claims) -> None:
    html = shown(resolve([claims]))
    assert html.startswith("<pre>1 articles, 2 officials, 1 organizations, 1 places, 1 meetings</pre><table>")
    assert f"held meeting: {ESCAPED}, Янис Пробиньш; " in html or f"held meeting: Янис Пробиньш, {ESCAPED}; " in html


def test_an_article_shows_its_text() -> None:
    html = shown(Article("a", f"{HOSTILE}\n" * 60, title=HOSTILE, publisher="Газета"))
    assert html.startswith(f"<pre>{ESCAPED}\nГазета\n-</pre><pre>{ESCAPED}\n")
    assert "the first 50 of 60 lines" in html


def test_explanations_and_violations_show_the_words_of_the_terminal() -> None:
    text = f"Посол Казахстана в Латвии Ержан Тестов встретился с Янисом Пробиньшем. {HOSTILE}"
    html = shown(explain(Article("a", text)))
    assert html.startswith("<pre>Посол Казахстана в Латвии")
    assert "tenure       Ержан Тестов: посол, for KZ, accredited to LV" in html
    assert ESCAPED in html
    wrong = Violations([Violation(HOSTILE, "", "x", (Name("wrong", "en"), Name("неверно", "ru")))])
    assert f"<td>Violation</td><td>{ESCAPED}</td><td></td><td>x</td><td>wrong</td>" in shown(wrong)
    assert shown(check(load_graph(SMALL))).endswith("<p>0 rows</p>")
    assert shown(Rows([Outcome("https://x.example/", "failed", HOSTILE)])).count(ESCAPED) == 1


def test_a_score_shows_its_figures(tmp_path: Path) -> None:
    gold = {"id": "a", "text": "Стороны.", "officials": [], "organizations": [], "meetings": []}
    (tmp_path / "a.json").write_text(json.dumps(gold), "utf-8")
    html = shown(score(tmp_path))
    assert html.startswith("<pre>1 documents</pre><table><thead><tr><th>fact</th><th>P</th>")
    assert "<td>overall</td>" in html


def test_a_server_shows_where_to_ask() -> None:
    with serve(SMALL, port=0) as server:
        assert shown(server) == f'<a href="{server.url}" target="_blank" rel="noopener">{server.url}</a>'
