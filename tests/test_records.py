from pathlib import Path

import pytest
from rdflib import Graph

from diplograph.records import RecordError, label_of, read_labels, read_meetings, read_officials

PREFIXES = """
@base <https://w3id.org/diplograph/id/> .
@prefix dg: <https://w3id.org/diplograph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def graph_of(turtle: str) -> Graph:
    return Graph().parse(data=PREFIXES + turtle, format="turtle")


@pytest.fixture(scope="module")
def small() -> Graph:
    return Graph().parse(Path(__file__).parent / "data" / "small.ttl")


def test_meeting_told_by_two_articles(small):
    meeting = next(meeting for meeting in read_meetings(small) if len(meeting.articles) == 2)
    assert meeting.participants == ("official/erlan-zhastalapov", "official/yanis-vetsbralis")
    assert (meeting.type, meeting.status, meeting.confidence) == ("meeting", "held", 0.95)
    assert (meeting.date, meeting.date_basis) == ("2026-03-12", "dateline")
    assert (meeting.place, meeting.country, meeting.states) == ("place/riga", "LV", ("KZ", "LV"))
    assert meeting.topics == ("trade", "transport")
    assert [quote.start for quote in meeting.quotes] == [16, 120, 0]  # by date of publication, then offset
    first = meeting.quotes[0]
    assert (first.article, first.url) == ("kz-mfa-2026-03-12", "https://example.org/kz/mfa-2026-03-12")
    assert (first.rule, first.published, first.language) == ("met-with", "2026-03-12", "ru")


def test_types_status_and_dates(small):
    found = [(m.date, m.end_date, m.type, m.status) for m in sorted(read_meetings(small), key=lambda m: m.date)]
    assert found == [
        ("2026-03", "", "meeting", "held"),
        ("2026-03-03", "2026-03-04", "meeting", "held"),
        ("2026-03-05", "", "call", "held"),
        ("2026-03-11", "", "consultations", "held"),
        ("2026-03-12", "", "meeting", "held"),
        ("2026-05", "", "visit", "planned"),
    ]


def test_official_with_tenure(small):
    ambassador = next(o for o in read_officials(small) if o.id == "official/khasan-al-miftakhi")
    assert (ambassador.states, ambassador.organizations, ambassador.posts) == (("EG",), (), ("посол",))
    (tenure,) = ambassador.tenures
    assert (tenure.post, tenure.acts_for, tenure.accredited_to) == ("ambassador", "state/EG", "state/KZ")
    assert tenure.attested_on == ("2026-03-13",)
    assert tenure.quotes == ambassador.quotes


def test_nothing_in_nothing_out():
    assert read_meetings(Graph()) == ()
    assert read_officials(Graph()) == ()
    assert read_labels(Graph()) == {}


def test_bare_meeting_has_no_facts():
    (meeting,) = read_meetings(graph_of("<meeting/a> a dg:Meeting ; dg:status dg:Held ."))
    assert (meeting.date, meeting.place, meeting.country, meeting.date_basis) == ("", "", "", None)
    assert (meeting.participants, meeting.quotes, meeting.confidence) == ((), (), 1.0)


def test_merged_files_hold_beats_plan_and_precise_beats_vague():
    (meeting,) = read_meetings(
        graph_of("""<meeting/a> a dg:Meeting ; dg:status dg:Planned, dg:Held ; dg:confidence 0.4, 0.9 ;
            dg:date "2026"^^xsd:gYear, "2026-03-12"^^xsd:date, "2026-03-11"^^xsd:date .""")
    )
    assert (meeting.status, meeting.confidence, meeting.date) == ("held", 0.9, "2026-03-11")


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        ("<meeting/a> a dg:Meeting .", "meeting/a has no dg:status dg:Held or dg:Planned"),
        ("<meeting/a> a dg:Meeting ; dg:status dg:Rumoured .", "meeting/a has no dg:status dg:Held or dg:Planned"),
        (
            '<meeting/a> a dg:Meeting ; dg:status dg:Held ; dg:confidence "high" .',
            "meeting/a has a dg:confidence that is no number",
        ),
    ],
)
def test_a_broken_contract_is_said(turtle, message):
    with pytest.raises(RecordError) as error:
        read_meetings(graph_of(turtle))
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ({"en": "Riga", "kk": "Рига (kk)", "ru": "Рига"}, "Рига"),
        ({"en": "Riga", "kk": "Рига (kk)"}, "Riga"),
        ({"kk": "Рига (kk)", "lv": "Rīga"}, "Рига (kk)"),
        ({"": "RIGA"}, "RIGA"),
        ({}, "riga"),
        (None, "riga"),
    ],
)
def test_label_prefers_russian_then_english(labels, expected):
    assert label_of(labels, "riga") == expected


def test_rdfs_label_beats_pref_label_and_two_labels_are_settled():
    graph = graph_of('<x> skos:prefLabel "б"@ru, "x"@en ; rdfs:label "г"@ru, "в"@ru .')
    assert read_labels(graph) == {"x": {"en": "x", "ru": "в"}}


def test_iri_of_another_namespace_stands_whole():
    graph = graph_of("<https://example.org/p> a dg:Official .")
    assert [official.id for official in read_officials(graph)] == ["https://example.org/p"]
