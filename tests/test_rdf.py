"""The graph says what the findings say, in the public vocabulary, and its files are the same bytes every time."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from claim_builders import AMBASSADOR, claims, encounter, official, organization, place, tenure
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, RDFS, SKOS, XSD, Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, OWL, PROV

from diplograph import passages
from diplograph.check import check
from diplograph.model import Article, Claims, Findings, Meeting, Name, Official, PartialDate, Receipt, Ref, Span
from diplograph.rdf import DG, DGID, Statements, iri, serialize_trig, serialize_turtle, to_graph, write_files
from diplograph.resolve import resolve

ZHENIS, VETSBRALIS, LINDKVELL = (
    DGID["official/aybek-zhenis-kz"],
    DGID["official/yanis-vetsbralis-lv"],
    DGID["official/martin-lindkvell"],
)


def story() -> list[Claims]:
    """Two articles on one meeting; the second also announces a visit and reports a session."""
    first = claims(
        "kz-1",
        official("kz-1", "Айбек Женис", tenure("kz-1", AMBASSADOR, "KZ", to="LV", on="2026-03-12"), aliases=("Женис",)),
        official(
            "kz-1",
            "Янис Вецбралис",
            tenure("kz-1", "министр транспорта", "LV", post="minister", within="organization:Минтранс Латвии"),
        ),
        organization("kz-1", "Минтранс Латвии", "ministry", "LV"),
        place("kz-1", "Рига", "LV", key="riga"),
        encounter(
            "kz-1", "Айбек Женис", "Янис Вецбралис", at="riga", country="LV", states=("KZ", "LV"), topics=("trade",)
        ),
    )
    second = claims(
        "lv-2",
        official("lv-2", "Айбек Женис", tenure("lv-2", AMBASSADOR, "KZ", to="LV", on="2026-03-13")),
        official("lv-2", "Янис Вецбралис", tenure("lv-2", "министр транспорта", "LV", post="minister")),
        official("lv-2", "Мартин Линдквелл", tenure("lv-2", "генеральный секретарь", "organization:osce")),
        organization("lv-2", "ОБСЕ", "international", key="osce"),
        encounter(
            "lv-2", "Айбек Женис", "Янис Вецбралис", date="2026-03-13", basis="dateline", topics=("transport", "trade")
        ),
        encounter("lv-2", "Янис Вецбралис", type="visit", status="planned", date="2026-05", states=("KZ",), start=40),
        encounter(
            "lv-2",
            "Мартин Линдквелл",
            "Янис Вецбралис",
            type="session",
            date="2026-03-03",
            end="2026-03-04",
            organizations=("osce",),
            start=80,
        ),
    )
    article = replace(
        first.article,
        url="https://example.org/kz/1?a=b",
        title="Посол встретился с министром",
        published=PartialDate(2026, 3, 12),
        publisher="Вестник",
    )
    return [replace(first, article=article), second]


@pytest.fixture(scope="module")
def findings() -> Findings:
    return resolve(story())


@pytest.fixture(scope="module")
def graph(findings: Findings) -> Graph:
    return to_graph(findings)


def only(graph: Graph, kind: URIRef) -> URIRef:
    (node,) = graph.subjects(RDF.type, kind)
    assert isinstance(node, URIRef)
    return node


# --- what the graph says -------------------------------------------------------------------------------


def test_officials(graph: Graph) -> None:
    assert set(graph.subjects(RDF.type, DG.Official)) == {ZHENIS, VETSBRALIS, LINDKVELL}
    assert list(graph.objects(ZHENIS, RDFS.label)) == [Literal("Айбек Женис", lang="ru")]
    assert list(graph.objects(ZHENIS, SKOS.altLabel)) == [Literal("Женис", lang="ru")]
    assert list(graph.objects(ZHENIS, DG.represents)) == [DGID["state/KZ"]]
    assert list(graph.objects(LINDKVELL, DG.represents)) == [DGID["organization/osce"]]


def test_only_who_met_has_met(graph: Graph) -> None:
    met = set(graph.subject_objects(DG.met))
    assert met == {(ZHENIS, VETSBRALIS), (VETSBRALIS, ZHENIS), (LINDKVELL, VETSBRALIS), (VETSBRALIS, LINDKVELL)}


def test_a_planned_meeting_makes_nobody_meet() -> None:
    planned = claims(
        "a0",
        *(official("a0", name, tenure("a0", AMBASSADOR, "KZ")) for name in ("Айбек Женис", "Янис Вецбралис")),
        encounter("a0", "Айбек Женис", "Янис Вецбралис", status="planned"),
    )
    graph = to_graph(resolve([planned]))
    assert list(graph.objects(None, DG.status)) == [DG.Planned]
    assert len(list(graph.objects(None, DG.participant))) == 2
    assert (None, DG.met, None) not in graph


def test_tenures(graph: Graph) -> None:
    (tenure_iri,) = graph.subjects(DG.holder, ZHENIS)
    assert (tenure_iri, RDF.type, DG.Tenure) in graph
    assert graph.value(tenure_iri, DG.postTitle) == Literal("посол", lang="ru")
    assert graph.value(tenure_iri, DG.post) == DGID["post/ambassador"]
    assert graph.value(tenure_iri, DG.actsFor) == DGID["state/KZ"]
    assert graph.value(tenure_iri, DG.accreditedTo) == DGID["state/LV"]
    assert {str(date) for date in graph.objects(tenure_iri, DG.attestedOn)} == {"2026-03-12", "2026-03-13"}
    (minister,) = graph.subjects(DG.holder, VETSBRALIS)
    assert graph.value(minister, DG.within) == DGID["organization/ministry-of-transport-lv"]


def test_the_merged_meeting(graph: Graph) -> None:
    (meeting,) = graph.subjects(DG.place, DGID["place/riga"])
    assert set(graph.objects(meeting, RDF.type)) == {DG.Meeting}
    assert graph.value(meeting, DG.status) == DG.Held
    assert graph.value(meeting, DG.date) == Literal("2026-03-12", datatype=XSD.date)
    assert graph.value(meeting, DG.dateBasis) == DG.Stated
    assert graph.value(meeting, DG.country) == DGID["state/LV"]
    assert set(graph.objects(meeting, DG.involvesState)) == {DGID["state/KZ"], DGID["state/LV"]}
    assert set(graph.objects(meeting, DG.topic)) == {DGID["topic/trade"], DGID["topic/transport"]}
    confidence = graph.value(meeting, DG.confidence)
    assert (str(confidence), confidence.datatype) == ("0.99", XSD.decimal)
    passages = set(graph.objects(meeting, PROV.wasDerivedFrom))
    assert passages == {DGID["passage/kz-1-0-20"], DGID["passage/lv-2-0-20"]}
    assert set(graph.objects(meeting, RDFS.label)) == {
        Literal("Встреча: Айбек Женис, Янис Вецбралис (2026-03-12)", lang="ru"),
        Literal("Meeting: Айбек Женис, Янис Вецбралис (2026-03-12)", lang="en"),
    }


def test_other_meetings_have_their_class_and_dates(graph: Graph) -> None:
    visit, session = only(graph, DG.Visit), only(graph, DG.Session)
    assert {visit, session} <= set(graph.subjects(RDF.type, DG.Meeting))
    assert graph.value(visit, DG.date) == Literal("2026-05", datatype=XSD.gYearMonth)
    assert graph.value(session, DG.endDate) == Literal("2026-03-04", datatype=XSD.date)
    assert graph.value(session, DG.involvesOrganization) == DGID["organization/osce"]


def test_passages_and_articles(graph: Graph) -> None:
    passage, article = DGID["passage/kz-1-0-20"], DGID["article/kz-1"]
    assert (passage, RDF.type, DG.Passage) in graph
    assert graph.value(passage, DG.inArticle) == article
    assert (int(graph.value(passage, DG.start)), int(graph.value(passage, DG.end))) == (0, 20)
    assert graph.value(passage, DG.quote) == Literal("Стороны встретились.")
    assert graph.value(passage, DG.rule) == Literal("met-with")
    assert graph.value(article, DCTERMS.identifier) == Literal("kz-1")
    assert graph.value(article, DCTERMS.source) == URIRef("https://example.org/kz/1?a=b")
    assert graph.value(article, DCTERMS.date) == Literal("2026-03-12", datatype=XSD.date)
    assert graph.value(article, DCTERMS.language) == Literal("ru")
    assert graph.value(article, DCTERMS.title) == Literal("Посол встретился с министром", lang="ru")
    assert graph.value(article, DCTERMS.publisher) == Literal("Вестник")


def test_organizations_places_states(graph: Graph) -> None:
    ministry, osce, latvia = (
        DGID["organization/ministry-of-transport-lv"],
        iri(Ref("organization", "osce")),
        DGID["state/LV"],
    )
    assert set(graph.objects(ministry, RDF.type)) == {DG.Organization, DG.Ministry}
    assert graph.value(ministry, DG.state) == latvia
    assert set(graph.objects(osce, RDF.type)) == {DG.Organization, DG.InternationalOrganization}
    assert str(graph.value(osce, OWL.sameAs)).startswith("http://www.wikidata.org/entity/Q")
    assert Literal("ОБСЕ", lang="ru") in set(graph.objects(osce, SKOS.altLabel))
    assert (latvia, RDF.type, DG.State) in graph
    assert graph.value(latvia, DG.iso2) == Literal("LV")
    assert graph.value(latvia, OWL.sameAs) == URIRef("http://www.wikidata.org/entity/Q211")
    assert {label.language for label in graph.objects(latvia, RDFS.label)} == {"ru", "en", "kk"}
    assert graph.value(DGID["place/riga"], DG.country) == latvia  # fmt: skip


def test_concepts_are_described(graph: Graph) -> None:
    for concept, kind in ((DGID["topic/trade"], DG.Topic), (DGID["post/ambassador"], DG.Post)):
        assert {kind, SKOS.Concept} <= set(graph.objects(concept, RDF.type))
        assert {label.language for label in graph.objects(concept, RDFS.label)} == {"ru", "en", "kk"}
    assert (DGID["topic/trade"], SKOS.inScheme, DGID.topics) in graph


def test_everything_named_has_one_label_a_language(graph: Graph) -> None:
    kinds = (DG.Official, DG.Organization, DG.State, DG.Place, DG.Meeting, DG.Topic, DG.Post)
    named = {node for kind in kinds for node in graph.subjects(RDF.type, kind)}
    assert named
    for node in named:
        languages = [label.language for label in graph.objects(node, RDFS.label)]
        assert languages
        assert len(languages) == len(set(languages))
        assert None not in languages


def test_everything_asserted_leads_to_a_sentence(graph: Graph) -> None:
    for kind in (DG.Official, DG.Tenure, DG.Meeting, DG.Organization):
        for node in graph.subjects(RDF.type, kind):
            passages = list(graph.objects(node, PROV.wasDerivedFrom))
            assert passages
            assert all(graph.value(passage, DG.quote) for passage in passages)


def test_no_blank_nodes_and_no_loose_ends(graph: Graph) -> None:
    described = set(graph.subjects())
    for subject, predicate, value in graph:
        assert isinstance(subject, URIRef)
        assert isinstance(value, URIRef | Literal)
        if isinstance(value, URIRef) and value in DGID and predicate != SKOS.inScheme:
            assert value in described, f"nothing is said of {value}"


def test_the_graph_keeps_the_contract(graph: Graph) -> None:
    assert check(graph) == ()


def test_nothing_found_is_an_empty_graph() -> None:
    assert len(to_graph(Findings())) == 0
    assert list(pyoxigraph.parse(serialize_trig(Findings()), format=pyoxigraph.RdfFormat.TRIG)) == []


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ((), "Встреча (2026-03-12)"),
        (("Борис Аев", "Анна Бая"), "Встреча: Анна Бая, Борис Аев (2026-03-12)"),
        (("Анна Бая", "Борис Аев", "Вера Вая", "Глеб Гаев"), "Встреча: Анна Бая, Борис Аев, Вера Вая … (2026-03-12)"),
    ],
)
def test_meeting_labels(people: tuple[str, ...], expected: str) -> None:
    said = claims("a0", *(official("a0", name, tenure("a0", AMBASSADOR)) for name in people), encounter("a0", *people))
    graph = to_graph(resolve([said]))
    assert Literal(expected, lang="ru") in set(graph.objects(only(graph, DG.Meeting), RDFS.label))


def test_meeting_of_states_is_labelled_by_them() -> None:
    graph = to_graph(resolve([claims("a0", encounter("a0", states=("LV", "KZ"), date=None))]))
    assert set(graph.objects(only(graph, DG.Meeting), RDFS.label)) == {
        Literal("Встреча: Казахстан, Латвия", lang="ru"),
        Literal("Meeting: Kazakhstan, Latvia", lang="en"),
    }


# --- files ---------------------------------------------------------------------------------------------


def oxigraph_quads(text: str, format: pyoxigraph.RdfFormat) -> set[str]:
    return {str(quad) for quad in pyoxigraph.parse(text, format=format)}


def assert_both_parsers_read(findings: Findings) -> None:
    graph = to_graph(findings)
    turtle, trig = serialize_turtle(graph), serialize_trig(findings)
    read = Graph().parse(data=turtle, format="turtle")
    assert isomorphic(read, graph)
    n_triples = graph.serialize(format="nt")
    assert oxigraph_quads(turtle, pyoxigraph.RdfFormat.TURTLE) == oxigraph_quads(
        n_triples, pyoxigraph.RdfFormat.N_TRIPLES
    )
    dataset = Dataset()
    dataset.parse(data=trig, format="trig")
    n_quads = dataset.serialize(format="nquads")
    assert oxigraph_quads(trig, pyoxigraph.RdfFormat.TRIG) == oxigraph_quads(n_quads, pyoxigraph.RdfFormat.N_QUADS)
    assert {quad[:3] for quad in dataset.quads()} == set(graph)
    assert len(list(dataset.quads())) == len(graph)  # fmt: skip


def test_both_parsers_read_what_was_written(findings: Findings) -> None:
    assert_both_parsers_read(findings)


def test_named_graphs_hold_what_rests_on_one_article(findings: Findings) -> None:
    dataset = Dataset()
    dataset.parse(data=serialize_trig(findings), format="trig")
    first, second = (dataset.graph(DGID[f"graph/{article}"]) for article in ("kz-1", "lv-2"))
    shared = dataset.default_graph
    assert (DGID["article/kz-1"], RDF.type, DG.Article) in first
    assert (DGID["passage/lv-2-40-60"], RDF.type, DG.Passage) in second
    assert (LINDKVELL, RDF.type, DG.Official) in second
    assert (LINDKVELL, DG.met, VETSBRALIS) in second
    assert (ZHENIS, DG.met, VETSBRALIS) in shared
    assert (ZHENIS, RDF.type, DG.Official) in shared
    assert (ZHENIS, PROV.wasDerivedFrom, DGID["passage/kz-1-0-20"]) in first
    assert (DGID["state/LV"], RDF.type, DG.State) in shared
    assert {str(passage) for passage in first.subjects(RDF.type, DG.Passage)} == {str(DGID["passage/kz-1-0-20"])}


def test_same_articles_same_bytes_in_any_order() -> None:
    expected = files_of(story())
    assert files_of(reversed(story())) == expected
    graph = to_graph(resolve(story()))
    again = Graph()
    for triple in sorted(graph, reverse=True):
        again.add(triple)
    assert serialize_turtle(again) == expected[0]


def files_of(said: object) -> tuple[str, str]:
    findings = resolve(said)  # type: ignore[arg-type]
    return serialize_turtle(to_graph(findings)), serialize_trig(findings)


def test_passages_that_were_written_before_are_the_same(tmp_path: Path) -> None:
    ids = ("a", "a-1", "a-1-2", "a-15", "a.b", "a b", "a b-7", "b", "статья", "z")
    said = [
        claims(
            id,
            official(id, "Айбек Женис", tenure(id, AMBASSADOR, "KZ")),
            encounter(id, "Айбек Женис", states=("KZ", "LV"), start=7),
            encounter(id, "Айбек Женис", type="visit", status="planned", states=("LV",), start=120),
        )
        for id in ids
    ]
    findings = resolve([*story(), *said])
    files = tmp_path / "graph.ttl", tmp_path / "graph.trig"
    write_files(Statements(findings, {one.article.id: passages.of_claims(one) for one in said}), *files)
    assert tuple(file.read_text("utf-8") for file in files) == files_of([*story(), *said])


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_hash_seed_makes_no_difference(seed: str) -> None:
    script = "import sys, test_rdf; sys.stdout.buffer.write('\\f'.join(test_rdf.files_of(test_rdf.story())).encode())"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": "Pacific/Kiritimati"}
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=Path(__file__).parent, env=environment, capture_output=True, check=True
    )
    assert run.stdout.decode() == "\f".join(files_of(story()))


def test_turtle_is_readable(graph: Graph) -> None:
    text = serialize_turtle(graph)
    assert text.startswith("@prefix article:")
    assert "official:" in text.split("\n\n", 1)[1]
    assert "ns1:" not in text
    assert text.endswith(".\n")
    assert not text.endswith("\n\n")


# --- hostile text --------------------------------------------------------------------------------------

HOSTILE = [
    "A",  # no language tag, for one of the parsers
    "ru-x",
    'кавычки " и \\" и """ и \'',
    "строка\nстрока\r\nстрока\tтабуляция",
    "конец с кавычкой\"",
    "обратная черта \\",
    "@prefix dg: <x> .\n@prefix dgid: <y> .",
    "ноль \x00, звонок \x07, \x1b[31m, \x85, \x7f",
    "половина \ud83d пары \udc00",
    "\ufffe\uffff\ufdd0",
    "\u2028\u2029\u202e\ufeff",
    "𝒳 🇰🇿",
    "<script>&amp;</script> } . <a> <b> <c>",
    "",
]  # fmt: skip


def with_text(text: str) -> Findings:
    """Findings with `text` wherever a text from outside may stand."""
    article = Article("a0", text, text, title=text, url=text, publisher=text)
    receipt = Receipt("a0", Span(0, len(text)), text, text)
    who = Official("x", (Name(text, text),), (Name(text + "2", "ru"),), (), (), (receipt,))
    meeting = Meeting("y", "meeting", "held", (receipt,), 0.5, participants=(Ref("official", "x"),))
    return Findings((article,), (who,), meetings=(meeting,))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_carried_or_replaced(text: str) -> None:
    findings = with_text(text)
    assert_both_parsers_read(findings)
    read = Graph().parse(data=serialize_turtle(to_graph(findings)), format="turtle")
    (quote,) = read.objects(None, DG.quote)
    assert len(quote) == len(text)
    assert all(kept in (original, "\N{REPLACEMENT CHARACTER}") for kept, original in zip(quote, text, strict=True))


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec=None), max_size=40))
def test_any_text_is_carried_or_replaced(text: str) -> None:
    assert_both_parsers_read(with_text(text))


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org/путь", True),
        ("ftp://example.org/a", False),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://example.org/a b", False),
        ("https://example.org/<a>", False),
        ('https://example.org/"', False),
        ("https://example.org/a\n> <b", False),
        ("https://[broken", False),
        ("https://example.org/%zz", False),
        ("https://example.org/\ud83d", False),
        ("https:example.org", False),
        ("https://", False),
    ],
)
def test_only_web_addresses_become_iris(url: str, kept: bool) -> None:
    findings = Findings((Article("a0", "", url=url),))
    assert list(to_graph(findings).objects(None, DCTERMS.source)) == ([URIRef(url)] if kept else [])
    assert_both_parsers_read(findings)


@pytest.mark.parametrize("id", ["a b", "a/../b", "a>b", "ж", "\ud83d", "%41", ""])
def test_ids_from_outside_are_escaped(id: str) -> None:
    receipt = Receipt(id, Span(0, 1), "х", "met-with")
    who = Official(id, (Name("Айбек Женис", "ru"),), (), (Ref("state", "KZ"),), (), (receipt,))
    findings = Findings((Article(id, "х"),), (who,))
    assert_both_parsers_read(findings)


@pytest.mark.parametrize(("confidence", "expected"), [(0.666, "0.67"), (0.001, "0.01"), (1.0, "1.00"), (0.5, "0.50")])
def test_confidence_is_a_short_decimal_above_zero(confidence: float, expected: str) -> None:
    receipt = Receipt("a0", Span(0, 1), "х", "met-with")
    graph = to_graph(Findings(meetings=(Meeting("y", "meeting", "held", (receipt,), confidence),)))
    assert str(graph.value(DGID["meeting/y"], DG.confidence)) == expected
