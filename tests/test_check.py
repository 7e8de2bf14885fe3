"""Every shape, broken: the graph conforms, one edit later it does not, and the message is that of the shape."""

from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, PROV

from diplograph.check import Violation, check
from diplograph.ontology_files import ontology_file
from diplograph.terms import DG, DGID

DGS = Namespace("https://w3id.org/diplograph/shapes#")
SMALL = Path(__file__).parent / "data" / "small.ttl"

SYRLYBEKOVA, LIEPKALNE = DGID["official/aigul-syrlybekova"], DGID["official/inese-liepkalne"]
ZHASTALAPOV, VETSBRALIS = DGID["official/erlan-zhastalapov"], DGID["official/yanis-vetsbralis"]
AMBASSADOR = DGID["tenure/erlan-zhastalapov-ambassador-lv"]
DEPUTY_SPEAKER = DGID["tenure/gabor-shomodvari-deputy-speaker"]
OSCE, PARLIAMENT = DGID["organization/osce"], DGID["organization/gosudarstvennoe-sobranie-vengrii"]
CALL, VIENNA_TALKS, VISIT = (
    DGID[f"meeting/{id}"] for id in ("7edb360f06acaef2", "6b4270b87e4de99c", "f0e68ac26df21840")
)
RIGA_MEETING, VISIT = DGID["meeting/339b94cb560c3c33"], DGID["meeting/f0e68ac26df21840"]
PASSAGE, ARTICLE = DGID["passage/osce-2026-03-04-202-242"], DGID["article/osce-2026-03-04"]
RIGA, KZ, EG = DGID["place/riga"], DGID["state/KZ"], DGID["state/EG"]

Edit = Callable[[Graph], object]


@pytest.fixture(scope="module")
def parsed() -> Graph:
    return Graph().parse(SMALL)


@pytest.fixture
def small(parsed: Graph) -> Graph:
    graph = Graph()
    graph += parsed
    return graph


def add(*triple: object) -> Edit:
    return lambda graph: graph.add(triple)


def drop(*triple: object) -> Edit:
    return lambda graph: graph.remove(triple)


def put(subject: URIRef, predicate: URIRef, value: object) -> Edit:
    return lambda graph: graph.set((subject, predicate, value))


def both(*edits: Edit) -> Edit:
    return lambda graph: [edit(graph) for edit in edits]


def day(text: str) -> Literal:
    return Literal(text, datatype=rdflib.XSD.date)


def month(text: str) -> Literal:
    return Literal(text, datatype=rdflib.XSD.gYearMonth)


def misnamed_state(graph: Graph) -> None:
    state = DGID["state/Latvia"]
    graph.add((state, RDF.type, DG.State))
    graph.add((state, DG.iso2, Literal("LV")))
    for language in ("ru", "en", "kk"):
        graph.add((state, RDFS.label, Literal("Latvia", lang=language)))


#: Shape that speaks, what was done to the graph, how many places it speaks of.
BROKEN = [
    (DGS.derivedFrom, drop(AMBASSADOR, PROV.wasDerivedFrom, None), 1),
    (DGS.derivedFrom, drop(VISIT, PROV.wasDerivedFrom, None), 1),
    (DGS.derivedFrom, drop(OSCE, PROV.wasDerivedFrom, None), 1),
    (DGS.derivedFrom, drop(SYRLYBEKOVA, PROV.wasDerivedFrom, None), 1),
    (DGS.derivedFrom, add(VISIT, PROV.wasDerivedFrom, ARTICLE), 1),  # an article is no passage
    (DGS.label, drop(RIGA, RDFS.label, None), 1),
    (DGS.label, add(SYRLYBEKOVA, RDFS.label, Literal("А. Сырлыбекова", lang="ru")), 1),
    (DGS.label, add(SYRLYBEKOVA, RDFS.label, Literal("Aigul Syrlybekova")), 1),
    (DGS.altLabel, add(OSCE, SKOS.altLabel, Literal("ОБСЕ")), 1),
    (DGS.sameAs, add(OSCE, OWL.sameAs, Literal("Q81299")), 1),
    (DGS.represents, add(SYRLYBEKOVA, DG.represents, RIGA), 1),
    (DGS.metBothWays, drop(LIEPKALNE, DG.met, SYRLYBEKOVA), 2),  # told of both
    (
        DGS.metAtHeldMeeting,
        both(add(LIEPKALNE, DG.met, VETSBRALIS), add(VETSBRALIS, DG.met, LIEPKALNE)),
        2,
    ),
    (DGS.metAtHeldMeeting, add(LIEPKALNE, DG.met, LIEPKALNE), 1),
    (DGS.metAtHeldMeeting, put(VIENNA_TALKS, DG.status, DG.Planned), 3),
    (
        DGS.heldMeetingGivesMet,
        both(drop(ZHASTALAPOV, DG.met, None), drop(VETSBRALIS, DG.met, None)),
        2,
    ),
    (DGS.StateAddress, misnamed_state, 1),
    (DGS.iso2, put(EG, DG.iso2, Literal("eg")), 1),
    (DGS.iso2, drop(EG, DG.iso2, None), 1),
    (DGS.StateNames, drop(EG, RDFS.label, Literal("Мысыр", lang="kk")), 1),
    (DGS.organizationState, put(PARLIAMENT, DG.state, RIGA), 1),
    (DGS.organizationKind, add(PARLIAMENT, RDF.type, DG.Company), 1),
    (DGS.KindOfOrganization, add(DGID["organization/x"], RDF.type, DG.Company), 1),
    (DGS.country, put(RIGA, DG.country, RIGA), 1),
    (DGS.country, add(VISIT, DG.country, EG), 1),
    (DGS.holder, add(AMBASSADOR, DG.holder, SYRLYBEKOVA), 1),
    (DGS.holder, drop(AMBASSADOR, DG.holder, None), 1),
    (DGS.postTitle, put(AMBASSADOR, DG.postTitle, Literal("посол")), 1),
    (DGS.post, put(AMBASSADOR, DG.post, DGID["post/duke"]), 1),
    (DGS.actsFor, put(AMBASSADOR, DG.actsFor, RIGA), 1),
    (DGS.within, put(DEPUTY_SPEAKER, DG.within, KZ), 1),
    (DGS.accreditedTo, put(AMBASSADOR, DG.accreditedTo, SYRLYBEKOVA), 1),
    (DGS.attestedOn, add(AMBASSADOR, DG.attestedOn, Literal("12 марта")), 1),
    (DGS.inPosts, drop(DGID["post/minister"], SKOS.inScheme, None), 1),
    (DGS.prefLabel, add(DGID["post/minister"], SKOS.prefLabel, Literal("глава министерства", lang="ru")), 1),
    (DGS.status, drop(CALL, DG.status, None), 1),
    (DGS.status, add(CALL, DG.status, DG.Planned), 1),
    (DGS.date, put(CALL, DG.date, Literal("5 марта")), 1),
    (DGS.date, add(CALL, DG.date, day("2026-03-06")), 1),
    (DGS.endDate, put(VIENNA_TALKS, DG.endDate, Literal("2026-03-04")), 1),
    (DGS.dateBasis, drop(CALL, DG.dateBasis, None), 1),
    (DGS.dateOfBasis, drop(CALL, DG.date, None), 1),
    (DGS.DatelineHeld, put(VISIT, DG.dateBasis, DG.Dateline), 1),
    (DGS.DatelineDay, put(VIENNA_TALKS, DG.dateBasis, DG.Dateline), 1),
    (DGS.endsAfterStart, put(VIENNA_TALKS, DG.endDate, day("2026-03-02")), 1),
    (DGS.endsAfterStart, put(VIENNA_TALKS, DG.endDate, month("2026-02")), 1),
    (DGS.place, put(RIGA_MEETING, DG.place, KZ), 1),
    (DGS.participant, add(VISIT, DG.participant, OSCE), 1),
    (DGS.involvesState, add(VISIT, DG.involvesState, RIGA), 1),
    (DGS.involvesOrganization, add(VISIT, DG.involvesOrganization, KZ), 1),
    (DGS.Somebody, both(drop(CALL, DG.participant, None), drop(CALL, DG.involvesState, None)), 1),
    (DGS.topic, add(CALL, DG.topic, DGID["topic/weather"]), 1),
    (DGS.confidence, put(CALL, DG.confidence, Literal("0", datatype=rdflib.XSD.decimal)), 1),
    (DGS.confidence, put(CALL, DG.confidence, Literal("1.01", datatype=rdflib.XSD.decimal)), 1),
    (DGS.confidence, drop(CALL, DG.confidence, None), 1),
    (DGS.meetingKind, add(CALL, RDF.type, DG.Visit), 1),
    (DGS.KindOfMeeting, add(DGID["meeting/x"], RDF.type, DG.Visit), 1),
    (DGS.inTopics, drop(DGID["topic/trade"], SKOS.inScheme, None), 1),
    (DGS.prefLabel, add(DGID["topic/trade"], SKOS.prefLabel, Literal("commerce", lang="en")), 1),
    (DGS.TopicNames, drop(DGID["topic/trade"], SKOS.prefLabel, Literal("сауда", lang="kk")), 1),
    (DGS.inArticle, add(PASSAGE, DG.inArticle, DGID["article/transport-2026-03-13"]), 1),
    (DGS.inArticle, drop(PASSAGE, DG.inArticle, None), 1),
    (DGS.start, drop(PASSAGE, DG.start, None), 1),
    (DGS.end, drop(PASSAGE, DG.end, None), 1),
    (DGS.startBeforeEnd, put(PASSAGE, DG.start, Literal(242)), 1),
    (DGS.quote, put(PASSAGE, DG.quote, Literal("")), 1),
    (DGS.quote, drop(PASSAGE, DG.quote, None), 1),
    (DGS.rule, drop(PASSAGE, DG.rule, None), 1),
    (DGS.quoteFillsPassage, put(PASSAGE, DG.end, Literal(243)), 1),
    (DGS.identifier, drop(ARTICLE, DCTERMS.identifier, None), 1),
    (DGS.language, put(ARTICLE, DCTERMS.language, Literal("русский")), 1),
    (DGS.published, put(ARTICLE, DCTERMS.date, Literal("4 марта")), 1),
    (DGS.source, put(ARTICLE, DCTERMS.source, Literal("example.org")), 1),
    (DGS.title, add(ARTICLE, DCTERMS.title, Literal("Другой заголовок", lang="ru")), 1),
    (DGS.publisher, add(ARTICLE, DCTERMS.publisher, Literal("Другой издатель")), 1),
]

#: Edits after which the graph still conforms.
SOUND = [
    ("another language", add(SYRLYBEKOVA, RDFS.label, Literal("Aigul Syrlybekova", lang="en"))),
    ("a statement of another vocabulary", add(SYRLYBEKOVA, URIRef("http://xmlns.com/foaf/0.1/age"), Literal(40))),
    ("undated", both(drop(CALL, DG.date, None), drop(CALL, DG.dateBasis, None))),
    ("a year only", put(CALL, DG.date, Literal("2026", datatype=rdflib.XSD.gYear))),
    (
        "an end less precise than the start",
        put(VIENNA_TALKS, DG.endDate, Literal("2026-03", datatype=rdflib.XSD.gYearMonth)),
    ),
    ("the end is the start", put(VIENNA_TALKS, DG.endDate, day("2026-03-03"))),
    ("nobody is named", drop(VISIT, DG.participant, None)),
    ("planned, and not said for whom", both(drop(VISIT, DG.participant, None), drop(VISIT, DG.involvesState, None))),
    ("held, alone", both(drop(VISIT, DG.status, None), add(VISIT, DG.status, DG.Held))),
    ("sure", put(CALL, DG.confidence, Literal("1", datatype=rdflib.XSD.decimal))),
    ("two rules read one passage", add(PASSAGE, DG.rule, Literal("received"))),
    ("an accreditation to an organisation", put(AMBASSADOR, DG.accreditedTo, OSCE)),
]


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(data=ontology_file("shapes.ttl").read_text(encoding="utf-8"), format="turtle")


def test_the_small_graph_conforms(small: Graph):
    assert check(small) == ()


def test_an_empty_graph_conforms():
    assert check(Graph()) == ()


@pytest.mark.parametrize(("shape", "edit", "places"), BROKEN, ids=[str(shape).split("#")[1] for shape, _, _ in BROKEN])
def test_a_broken_graph_gets_the_message_of_its_shape(
    small: Graph, shapes: Graph, shape: URIRef, edit: Edit, places: int
):
    edit(small)
    found = check(small)
    said = {(name.text, name.language) for violation in found for name in violation.messages}
    assert said == {(str(message), message.language) for message in shapes.objects(shape, SH.message)}
    assert {violation.severity for violation in found} == {"Violation"}
    assert len({violation.focus for violation in found}) == places


def test_every_message_is_tried(shapes: Graph):
    assert {shape for shape, _, _ in BROKEN} == set(shapes.subjects(SH.message))


def test_every_message_is_in_english_and_russian(shapes: Graph):
    for shape in set(shapes.subjects(SH.message)):
        assert sorted(message.language for message in shapes.objects(shape, SH.message)) == ["en", "ru"], shape


@pytest.mark.parametrize(("what", "edit"), SOUND, ids=[what for what, _ in SOUND])
def test_a_sound_graph_stays_sound(small: Graph, what: str, edit: Edit):
    edit(small)
    assert check(small) == ()


def test_unknown_terms_are_found(small: Graph):
    small.add((CALL, DG.particpant, SYRLYBEKOVA))
    small.add((DGID["official/x"], RDF.type, DG.Offical))
    small.add((CALL, DG.Held, SYRLYBEKOVA))  # an individual is no property
    assert [(one.focus, one.path, one.value, one.message()) for one in check(small)] == [
        (
            str(CALL),
            str(DG.Held),
            str(SYRLYBEKOVA),
            "The vocabulary of diplograph has no property of this name.",
        ),
        (
            str(CALL),
            str(DG.particpant),
            str(SYRLYBEKOVA),
            "The vocabulary of diplograph has no property of this name.",
        ),
        (
            str(DGID["official/x"]),
            str(RDF.type),
            str(DG.Offical),
            "The vocabulary of diplograph has no class of this name.",
        ),
    ]


def test_what_is_wrong_is_located_and_sorted(small: Graph):
    small.remove((LIEPKALNE, DG.met, SYRLYBEKOVA))
    small.set((CALL, DG.confidence, Literal("2", datatype=rdflib.XSD.decimal)))
    small.remove((CALL, DG.participant, None))
    small.remove((CALL, DG.involvesState, None))
    assert [(one.focus, one.path, one.value) for one in check(small)] == [
        (str(CALL), "", ""),
        (str(CALL), str(DG.confidence), "2"),
        (str(SYRLYBEKOVA), f"^{DG.met}", str(LIEPKALNE)),
        (str(LIEPKALNE), f"^{DG.met}", str(SYRLYBEKOVA)),
    ]


def test_a_message_in_a_language_that_has_none_is_the_first(small: Graph):
    small.remove((CALL, DG.confidence, None))
    (violation,) = check(small)
    assert violation.message(language="ru").startswith("У встречи ровно одна степень уверенности")
    assert violation.message(language="kk") == violation.message()
    assert violation.message().startswith("A meeting has exactly one confidence")


def test_blank_nodes_have_no_name(small: Graph):
    small.parse(data=f"[] a <{DG.Offical}> .", format="turtle")
    assert [violation.focus for violation in check(small)] == ["[]"]


def test_the_graph_is_left_alone(small: Graph):
    small.remove((CALL, DG.confidence, None))
    before = Graph()
    before += small
    assert check(small)
    assert isomorphic(small, before)


def test_violations_compare_by_value():
    assert Violation("a", "b", "c", ()) == Violation("a", "b", "c", (), "Violation")
