"""Findings → RDF.

`to_graph` gives one `rdflib.Graph` in the public vocabulary, `serialize_turtle` its bytes for a file, `serialize_trig`
the same triples with one named graph an article, so that an article can be dropped or read again.

There are no blank nodes, no clock and no chance in it, and all output is sorted: equal findings give equal bytes.
IRIs and literals come from `diplograph.terms`; `DG`, `DGID` and `iri` are to be had here too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from itertools import permutations
from types import MappingProxyType

from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, PROV
from rdflib.term import Node

from diplograph import gazetteer, turtle
from diplograph.model import (
    Article,
    EncounterType,
    Findings,
    Meeting,
    Name,
    Official,
    Organization,
    OrganizationKind,
    Place,
    Receipt,
    Ref,
    Tenure,
)
from diplograph.ontology_files import ontology_file
from diplograph.terms import (
    DG,
    DGID,
    WD,
    date_literal,
    entity_iri,
    iri,
    label_literal,
    passage_iri,
    text_literal,
    web_address,
)

__all__ = [
    "DG", "DGID", "ENCOUNTER_CLASSES", "ORGANIZATION_CLASSES", "iri", "serialize_trig", "serialize_turtle", "to_graph",
]  # fmt: skip

#: The class beside dg:Meeting; a plain meeting has none.
ENCOUNTER_CLASSES: Mapping[EncounterType, URIRef] = MappingProxyType(
    {
        "call": DG.PhoneCall,
        "consultations": DG.Consultations,
        "session": DG.Session,
        "visit": DG.Visit,
        "conference": DG.Conference,
        "signing": DG.Signing,
        "credentials": DG.CredentialsCeremony,
    }
)
#: The class beside dg:Organization; "other" has none.
ORGANIZATION_CLASSES: Mapping[OrganizationKind, URIRef] = MappingProxyType(
    {
        "international": DG.InternationalOrganization,
        "ministry": DG.Ministry,
        "parliament": DG.Parliament,
        "agency": DG.Agency,
        "company": DG.Company,
        "university": DG.University,
        "ngo": DG.NonGovernmentalOrganization,
        "media": DG.MediaOrganization,
    }
)
_STATUSES = {"held": DG.Held, "planned": DG.Planned}
_DATE_BASES = {"stated": DG.Stated, "dateline": DG.Dateline}
_MEETING_LANGUAGES = ("ru", "en")
_LABELLED_PEOPLE = 3
_CONCEPT_CLASSES = {"post": (DG.Post, "posts"), "topic": (DG.Topic, "topics")}

_Triple = tuple[URIRef, URIRef, Node]
#: A triple and the articles it rests on; none for what no article says, such as the name of a state.
_Statement = tuple[_Triple, frozenset[str]]
_NOWHERE: frozenset[str] = frozenset()


def to_graph(findings: Findings) -> Graph:
    """The findings in the public vocabulary, one graph, all types asserted; an empty graph for no article."""
    return _graph(triple for triple, _ in _statements(findings))


def serialize_turtle(graph: Graph) -> str:
    """The Turtle of a graph: sorted, the same bytes for the same triples, ends in one newline."""
    return f"{turtle.header()}\n{turtle.body(graph)}"


def serialize_trig(findings: Findings) -> str:
    """The triples of `to_graph` as TriG: what rests on one article alone stands in ``dgid:graph/<article>``.

    The default graph holds what rests on several articles, and what no article says.
    """
    support: dict[_Triple, frozenset[str]] = defaultdict(frozenset)
    for triple, articles in _statements(findings):
        support[triple] |= articles
    by_article: dict[str, list[_Triple]] = defaultdict(list)
    for triple, articles in support.items():
        by_article[next(iter(articles)) if len(articles) == 1 else ""].append(triple)
    parts = [turtle.header()]
    if "" in by_article:
        parts.append(turtle.body(by_article.pop("")))
    for article, triples in sorted(by_article.items()):
        parts.append(f"{turtle.term(entity_iri('graph', article))} {{\n{turtle.body(triples)}}}\n")
    return "\n".join(parts)


def _graph(triples: Iterable[_Triple]) -> Graph:
    """A graph that knows our prefixes and no other."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in turtle.PREFIXES.items():
        graph.bind(prefix, namespace)
    for triple in triples:
        graph.add(triple)
    return graph


def _articles(receipts: Iterable[Receipt]) -> frozenset[str]:
    return frozenset(receipt.article for receipt in receipts)


# --- what we assert ------------------------------------------------------------------------------------


def _statements(findings: Findings) -> Iterator[_Statement]:
    """Every triple with the articles under it; one triple may come several times."""
    said = list(_said(findings))
    yield from said
    # What a statement points at is described too: states, and the concepts of posts and topics.
    for thing in sorted({thing for (_, _, thing), _ in said if isinstance(thing, URIRef) and thing in DGID}):
        kind, _, key = thing.removeprefix(str(DGID)).partition("/")
        if kind == "state":
            triples = list(_state(thing, key))
        elif kind in _CONCEPT_CLASSES:
            triples = list(_concept(thing, kind))
        else:
            continue
        yield from ((triple, _NOWHERE) for triple in triples)


def _said(findings: Findings) -> Iterator[_Statement]:
    for article in findings.articles:
        yield from _resting_on(frozenset([article.id]), _article(article))
    for organization in findings.organizations:
        yield from _resting_on(_articles(organization.receipts), _organization(organization))
        yield from _receipts(iri(Ref("organization", organization.id)), organization.receipts)
    for place in findings.places:
        yield from _resting_on(_NOWHERE, _place(place))
    for official in findings.officials:
        yield from _official(official)
    labels = _labels(findings)
    for meeting in findings.meetings:
        yield from _resting_on(_articles(meeting.receipts), _meeting(meeting, labels))
        yield from _receipts(entity_iri("meeting", meeting.id), meeting.receipts)


def _resting_on(articles: frozenset[str], triples: Iterable[_Triple]) -> Iterator[_Statement]:
    return ((triple, articles) for triple in triples)


def _receipts(subject: URIRef, receipts: Iterable[Receipt]) -> Iterator[_Statement]:
    """That `subject` rests on passages, and the passages."""
    for receipt in receipts:
        passage = passage_iri(receipt)
        triples: list[_Triple] = [
            (subject, PROV.wasDerivedFrom, passage),
            (passage, RDF.type, DG.Passage),
            (passage, DG.inArticle, entity_iri("article", receipt.article)),
            (passage, DG.start, Literal(receipt.span.start)),
            (passage, DG.end, Literal(receipt.span.end)),
            (passage, DG.quote, text_literal(receipt.quote)),
            (passage, DG.rule, text_literal(receipt.rule)),
        ]
        yield from _resting_on(frozenset([receipt.article]), triples)


def _article(article: Article) -> Iterator[_Triple]:
    subject = entity_iri("article", article.id)
    yield subject, RDF.type, DG.Article
    yield subject, DCTERMS.identifier, text_literal(article.id)
    yield subject, DCTERMS.language, text_literal(article.language)
    address = web_address(article.url) if article.url else None
    if address is not None:
        yield subject, DCTERMS.source, address
    if article.published is not None:
        yield subject, DCTERMS.date, date_literal(article.published)
    if article.title:
        yield subject, DCTERMS.title, label_literal(article.title, article.language)
    if article.publisher:
        yield subject, DCTERMS.publisher, text_literal(article.publisher)


def _named(subject: URIRef, names: Iterable[Name], other_names: Iterable[Name] = ()) -> Iterator[_Triple]:
    for name in names:
        yield subject, RDFS.label, label_literal(name.text, name.language)
    for name in other_names:
        yield subject, SKOS.altLabel, label_literal(name.text, name.language)


def _organization(organization: Organization) -> Iterator[_Triple]:
    subject = iri(Ref("organization", organization.id))
    yield subject, RDF.type, DG.Organization
    if organization.kind in ORGANIZATION_CLASSES:
        yield subject, RDF.type, ORGANIZATION_CLASSES[organization.kind]
    yield from _named(subject, organization.names, organization.other_names)
    if organization.state:
        yield subject, DG.state, entity_iri("state", organization.state)
    if organization.qid:
        yield subject, OWL.sameAs, WD[organization.qid]


def _place(place: Place) -> Iterator[_Triple]:
    subject = iri(Ref("place", place.id))
    yield subject, RDF.type, DG.Place
    yield from _named(subject, place.names)
    if place.country:
        yield subject, DG.country, entity_iri("state", place.country)
    if place.qid:
        yield subject, OWL.sameAs, WD[place.qid]


def _state(subject: URIRef, iso2: str) -> Iterator[_Triple]:
    yield subject, RDF.type, DG.State
    yield subject, DG.iso2, text_literal(iso2)
    entry = gazetteer.state(iso2)
    yield subject, OWL.sameAs, WD[entry.qid]
    for language, names in entry.names.items():
        yield subject, RDFS.label, label_literal(names[0], language)


def _official(official: Official) -> Iterator[_Statement]:
    subject = iri(Ref("official", official.id))
    articles = _articles(official.receipts)
    yield (subject, RDF.type, DG.Official), articles
    yield from _resting_on(articles, _named(subject, official.names, official.other_names))
    for ref in official.represents:
        receipts = [receipt for tenure in official.tenures if tenure.acts_for == ref for receipt in tenure.receipts]
        yield (subject, DG.represents, iri(ref)), _articles(receipts) or articles
    yield from _receipts(subject, official.receipts)
    for tenure in official.tenures:
        yield from _resting_on(_articles(tenure.receipts), _tenure(tenure))
        yield from _receipts(entity_iri("tenure", tenure.id), tenure.receipts)


def _tenure(tenure: Tenure) -> Iterator[_Triple]:
    subject = entity_iri("tenure", tenure.id)
    yield subject, RDF.type, DG.Tenure
    yield subject, DG.holder, iri(tenure.holder)
    yield subject, DG.postTitle, label_literal(tenure.title.text, tenure.title.language)
    if tenure.post:
        yield subject, DG.post, entity_iri("post", tenure.post)
    refs = ((DG.actsFor, tenure.acts_for), (DG.within, tenure.within), (DG.accreditedTo, tenure.accredited_to))
    for which, ref in refs:
        if ref is not None:
            yield subject, which, iri(ref)
    for date in tenure.attested_on:
        yield subject, DG.attestedOn, date_literal(date)


def _meeting(meeting: Meeting, labels: Mapping[URIRef, Mapping[str, str]]) -> Iterator[_Triple]:
    subject = entity_iri("meeting", meeting.id)
    yield subject, RDF.type, DG.Meeting
    if meeting.type in ENCOUNTER_CLASSES:
        yield subject, RDF.type, ENCOUNTER_CLASSES[meeting.type]
    yield from ((subject, RDFS.label, label) for label in _meeting_labels(meeting, labels))
    yield subject, DG.status, _STATUSES[meeting.status]
    yield subject, DG.confidence, Literal(max(Decimal("0.01"), Decimal(f"{meeting.confidence:.2f}")))
    if meeting.date is not None:
        yield subject, DG.date, date_literal(meeting.date)
        if meeting.date_basis is not None:
            yield subject, DG.dateBasis, _DATE_BASES[meeting.date_basis]
    if meeting.end_date is not None:
        yield subject, DG.endDate, date_literal(meeting.end_date)
    if meeting.place is not None:
        yield subject, DG.place, iri(meeting.place)
    if meeting.country is not None:
        yield subject, DG.country, entity_iri("state", meeting.country)
    for which, things in (
        (DG.participant, map(iri, meeting.participants)),
        (DG.involvesOrganization, map(iri, meeting.organizations)),
        (DG.involvesState, (entity_iri("state", state) for state in meeting.states)),
        (DG.topic, (entity_iri("topic", topic) for topic in meeting.topics)),
    ):
        yield from ((subject, which, thing) for thing in things)
    if meeting.status == "held":
        for one, other in permutations(map(iri, meeting.participants), 2):
            yield one, DG.met, other


# --- labels and concepts -------------------------------------------------------------------------------


def _labels(findings: Findings) -> Mapping[URIRef, Mapping[str, str]]:
    """The labels of officials and organisations, by IRI and language."""
    named = [(Ref("official", official.id), official.names) for official in findings.officials]
    named += [(Ref("organization", organization.id), organization.names) for organization in findings.organizations]
    return {iri(ref): {name.language: name.text for name in names} for ref, names in named}


def _meeting_labels(meeting: Meeting, labels: Mapping[URIRef, Mapping[str, str]]) -> Iterator[Literal]:
    """«Встреча: Айбек Женис, Самир аль-Ахдаль (2026-03-12)», once a language.

    Who has no name in a language stands under the one there is: a guessed spelling would be a new name.
    """
    kind = ENCOUNTER_CLASSES.get(meeting.type, DG.Meeting)
    things = [labels[iri(ref)] for ref in meeting.participants or meeting.organizations]
    things = things or [_state_labels(state) for state in meeting.states]
    for language in _MEETING_LANGUAGES:
        names = sorted(_in_language(names, language) for names in things)
        shown = ", ".join(names[:_LABELLED_PEOPLE]) + (" …" if len(names) > _LABELLED_PEOPLE else "")
        date = f" ({meeting.date})" if meeting.date else ""
        yield label_literal(_class_label(kind, language) + (f": {shown}" if shown else "") + date, language)


def _in_language(names: Mapping[str, str], language: str) -> str:
    return names[min(names, key=lambda one: (one != language, one != "ru", one))]


def _state_labels(iso2: str) -> dict[str, str]:
    return {language: names[0] for language, names in gazetteer.state(iso2).names.items()}


@cache
def _ontology(name: str) -> Graph:
    return Graph().parse(data=ontology_file(name).read_text(encoding="utf-8"), format="turtle")


@cache
def _class_label(of: URIRef, language: str) -> str:
    labels = [label for label in _ontology("diplograph.ttl").objects(of, RDFS.label) if isinstance(label, Literal)]
    text = min(str(label) for label in labels if label.language == language)
    return text[:1].upper() + text[1:]


def _concept(thing: URIRef, kind: str) -> Iterator[_Triple]:
    """A post or a topic with its labels, as the ontology has them."""
    concept_class, scheme = _CONCEPT_CLASSES[kind]
    yield thing, RDF.type, SKOS.Concept
    yield thing, RDF.type, concept_class
    yield thing, SKOS.inScheme, DGID[scheme]
    for label in _ontology(f"{scheme}.ttl").objects(thing, SKOS.prefLabel):
        yield thing, RDFS.label, label
        yield thing, SKOS.prefLabel, label
