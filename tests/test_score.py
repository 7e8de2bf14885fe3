import json
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph

from diplograph.likeness import align, alike, same_words, shares_words
from diplograph.score import FACTS, GoldError, Judgement, Score, judge, score

TEXT = "Посол Казахстана в Латвии Ержан Тестов 12 марта встретился в Риге с министром Янисом Пробиньшем."
GOLD: dict[str, Any] = {
    "id": "ru-a",
    "lang": "ru",
    "published": "2026-03-13",
    "text": TEXT,
    "officials": [
        {"name": "Ержан Тестов", "aliases": [], "post": "посол", "represents": "KZ", "organization": None}
        | {"accredited_to": "LV"},
        {"name": "Янис Пробиньш", "aliases": [], "post": "министр", "represents": "LV", "organization": None}
        | {"accredited_to": None},
    ],
    "organizations": [],
    "meetings": [
        {"type": "meeting", "status": "held", "date": "2026-03-12", "end_date": None, "city": "Рига", "country": "LV"}
        | {"participants": ["Ержан Тестов", "Янис Пробиньш"], "organizations": [], "states": ["KZ", "LV"]}
        | {"topics": ["trade"], "evidence": TEXT}
    ],
}
TURTLE = """
@prefix : <https://w3id.org/diplograph/id/> . @prefix dg: <https://w3id.org/diplograph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @base <https://w3id.org/diplograph/id/> .
<state/KZ> a dg:State ; dg:iso2 "KZ" . <state/LV> a dg:State ; dg:iso2 "LV" . <state/EE> a dg:State ; dg:iso2 "EE" .
<official/a> a dg:Official ; rdfs:label "Тестов Ержан"@ru ; dg:represents <state/KZ> .
<tenure/a> a dg:Tenure ; dg:holder <official/a> ; dg:postTitle "посол"@ru ; dg:accreditedTo <state/LV> .
<official/b> a dg:Official ; rdfs:label "Янисом Пробиньшем"@ru ; dg:represents <state/EE> .
<place/riga> a dg:Place ; rdfs:label "Рига"@ru .
<meeting/a> a dg:Meeting ; dg:status dg:Held ; dg:date "2026-03"^^xsd:gYearMonth ; dg:place <place/riga> ;
  dg:participant <official/a>, <official/b> ; dg:involvesState <state/KZ> ; dg:topic <topic/trade>, <topic/energy> .
"""


def judged(gold: dict[str, Any], turtle: str) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for judgement in judge(gold, Graph().parse(data=turtle)):
        of_fact = counts.setdefault(judgement.fact, {})
        of_fact[judgement.verdict] = of_fact.get(judgement.verdict, 0) + 1
    return counts


def test_each_fact_is_judged_on_its_own() -> None:
    assert judged(GOLD, TURTLE) == {
        # An inflected label is a wrong name, and yet the same official for all that follows.
        "official": {"right": 1, "missed": 1, "wrong": 1},
        "post": {"right": 1, "missed": 1},
        "represents": {"right": 1, "missed": 1, "wrong": 1},
        "accredited": {"right": 1},
        "meeting": {"right": 1},
        "met": {"right": 1},
        "type": {"right": 1},
        "status": {"right": 1},
        "date": {"missed": 1, "wrong": 1},
        "country": {"missed": 1},  # silence is not wrong
        "city": {"right": 1},
        "states": {"right": 1, "missed": 1},
        "topics": {"right": 1, "wrong": 1},
    }


def test_an_empty_graph_misses_everything_and_says_nothing_wrong() -> None:
    counts = judged(GOLD, "")
    assert {verdict for of_fact in counts.values() for verdict in of_fact} == {"missed"}
    assert set(counts) == set(FACTS) - {"within", "organization", "meeting_orgs"}


def test_what_gold_leaves_open_counts_neither_way() -> None:
    gold = json.loads(json.dumps(GOLD))
    gold["meetings"][0] |= {"date": None, "city": None, "optional": True}
    gold["officials"][1]["optional"] = True
    assert judged(gold, TURTLE) == {
        "official": {"right": 1},
        "post": {"right": 1},
        "represents": {"right": 1},
        "accredited": {"right": 1},
    }


def test_a_meeting_that_nobody_reported_is_wrong() -> None:
    gold = GOLD | {"meetings": []}
    counts = judged(gold, TURTLE)
    assert counts["meeting"] == {"wrong": 1}
    assert counts["met"] == {"wrong": 1}


def test_figures() -> None:
    judgements = [Judgement("a", "met", "right", str(n)) for n in range(3)]
    judgements += [Judgement("a", "met", "missed", "3"), Judgement("a", "date", "wrong", "4")]
    figures = {figure.fact: figure for figure in Score(("a",), tuple(judgements)).figures()}
    assert figures["met"] == ("met", 1.0, 0.75, pytest.approx(6 / 7), 4)
    assert figures["date"] == ("date", 0.0, 0.0, 0.0, 0)
    assert figures["overall"] == ("overall", 0.75, 0.75, 0.75, 4)
    assert list(figures) == [*FACTS, "overall"]


def test_gains_and_losses_are_listed_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "ru-a.json").write_text(json.dumps(GOLD), "utf-8")
    now = score(tmp_path)
    assert any(judgement.verdict == "right" for judgement in now.judgements)
    lost = Judgement("ru-a", "met", "right", "А – Б")
    better = Judgement("ru-a", "date", "wrong", "2020")
    elsewhere = Judgement("ru-z", "met", "right", "В – Г")  # a document that is not among these: not compared
    known = [judgement for judgement in now.judgements if judgement.fact != "official"]
    earlier = Score(("ru-a", "ru-z"), (*known, lost, better, elsewhere))
    (tmp_path / "earlier").write_text(earlier.to_json(), "utf-8")
    compared = score(tmp_path, against=tmp_path / "earlier")
    new = {judgement for judgement in now.judgements if judgement.fact == "official"}
    assert set(compared.gains) == {judgement for judgement in new if judgement.verdict == "right"} | {better}
    assert set(compared.losses) == {judgement for judgement in new if judgement.verdict == "wrong"} | {lost}
    assert compared.judgements == now.judgements


def test_the_same_score_against_itself_has_neither(tmp_path: Path) -> None:
    (tmp_path / "ru-a.json").write_text(json.dumps(GOLD), "utf-8")
    (tmp_path / "earlier").write_text(score(tmp_path).to_json(), "utf-8")
    again = score(tmp_path, against=tmp_path / "earlier")
    assert (again.gains, again.losses) == ((), ())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "no gold annotations"),
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        ('{"id": "a", "text": "Посол."}', "not a gold annotation: KeyError('officials')"),
    ],
)
def test_gold_that_cannot_be_read(tmp_path: Path, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / "a.json").write_text(content, "utf-8")
    with pytest.raises(GoldError) as caught:
        score(tmp_path)
    assert message in str(caught.value)


@pytest.mark.parametrize("content", ["{}", '{"documents": [], "judgements": [{"a": 1}]}'])
def test_an_earlier_file_that_is_no_score(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.json").write_text(json.dumps(GOLD), "utf-8")
    (tmp_path / "earlier").write_text(content, "utf-8")
    with pytest.raises(GoldError, match="not a saved score"):
        score(tmp_path, against=tmp_path / "earlier")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ержан Тестов", "ТЕСТОВ, Ержан", True),
        ("Самар аль-Ахдаль", "Самар аль Ахдаль", True),
        ("«Самрук»", '"Самрук"', True),
        ("Пётр", "Петр", True),
        ("Ержан Тестов", "Ержаном Тестовым", False),
        ("Ержан Тестов", "Тестов", False),
        ("", "—", False),
    ],
)
def test_same_words(one: str, other: str, same: bool) -> None:
    assert same_words(one, other) is same


def test_likeness_of_words() -> None:
    assert shares_words("министр иностранных дел", "министр") == 0.5
    assert shares_words("", "") == 0.0
    assert alike("Рига", "рига") == 1.0


def test_align_pairs_the_most_alike_first_and_each_once() -> None:
    likeness = {("a", "x"): 0.9, ("b", "x"): 1.0, ("a", "y"): 0.6, ("b", "y"): 0.9, ("c", "y"): 0.6}
    assert align("abc", "xy", lambda a, b: likeness.get((a, b), 0.0), least=0.6) == {1: 0, 0: 1}
    assert align("ac", "y", lambda a, b: likeness.get((a, b), 0.0), least=0.7) == {}
