"""Contract Turtle → plain records: what the graph says of meetings and officials, ready to count and to show.

Everything after the graph (network, exports, report, page) reads it through this module, by direct triples:
no SPARQL (rdflib's is slow on thousands of meetings) and no inference (the contract asserts all types).

Ids are the local part of an IRI after ``dgid:``: "official/…", "meeting/…", "state/KZ"; an IRI of another
namespace stands whole. States are given as codes ("KZ", the node ``state/KZ``), topics as names ("trade").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter

from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV
from rdflib.term import Node

from diplograph.model import DateBasis, DiplographError, EncounterType, Status
from diplograph.rdf import DG, DGID, ENCOUNTER_CLASSES

#: Labels by language: {"ru": "Казахстан", "en": "Kazakhstan"}; an untagged label has the language "".
Labels = Mapping[str, str]


class RecordError(DiplographError):
    """The graph breaks the contract where a record cannot do without it."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that a statement rests on, and where it was read; empty strings where the graph says nothing."""

    text: str
    article: str  # dcterms:identifier, else the id of the article
    url: str = ""
    title: str = ""
    published: str = ""
    publisher: str = ""
    language: str = ""
    rule: str = ""  # the rule that read it
    start: int = 0  # offset in the article's text


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """One meeting as the graph asserts it; every tuple is sorted."""

    id: str
    type: EncounterType
    status: Status
    confidence: float
    participants: tuple[str, ...] = ()  # ids of officials
    states: tuple[str, ...] = ()  # codes
    organizations: tuple[str, ...] = ()  # ids
    topics: tuple[str, ...] = ()  # names
    date: str = ""  # "2026-03-12", "2026-03", "2026" or ""
    end_date: str = ""
    date_basis: DateBasis | None = None
    place: str = ""  # id
    country: str = ""  # code
    quotes: tuple[Quote, ...] = ()

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles that report it, each once, sorted."""
        return tuple(sorted({quote.article for quote in self.quotes}))


@dataclass(frozen=True, slots=True)
class TenureRecord:
    """One official in one post; ids of states keep their prefix here ("state/KZ"): the place may be no state."""

    id: str
    title: str
    post: str = ""  # name of the concept: "ambassador"
    acts_for: str = ""  # id of a state or an organisation
    within: str = ""  # id of an organisation
    accredited_to: str = ""  # id of a state, a place or an organisation
    attested_on: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficialRecord:
    """One official as the graph asserts them; every tuple is sorted, tenures by id."""

    id: str
    labels: Labels
    other_names: tuple[str, ...] = ()
    states: tuple[str, ...] = ()  # codes of the states represented
    organizations: tuple[str, ...] = ()  # ids of the organisations represented
    tenures: tuple[TenureRecord, ...] = ()
    quotes: tuple[Quote, ...] = ()

    @property
    def posts(self) -> tuple[str, ...]:
        """The titles of the posts held, each once, sorted."""
        return tuple(sorted({tenure.title for tenure in self.tenures if tenure.title}))


@dataclass(frozen=True, eq=False)
class Records:
    """What a graph says, read once: `owners` are the states an organisation belongs to.

    `labels` and `other_names` are those of all things, by id; `articles` and `organizations` count them.
    """

    labels: Mapping[str, Labels]
    meetings: tuple[MeetingRecord, ...]
    officials: tuple[OfficialRecord, ...]
    owners: Mapping[str, tuple[str, ...]]
    other_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    articles: int = 0
    organizations: int = 0

    @cached_property
    def told(self) -> Mapping[str, frozenset[str]]:
        """The articles that report each meeting, by its id."""
        return {meeting.id: frozenset([quote.article for quote in meeting.quotes]) for meeting in self.meetings}


def local_id(node: Node) -> str:
    """The part of an IRI after ``dgid:``; any other node stands whole."""
    return str(node).removeprefix(str(DGID))


def label_of(labels: Labels | None, default: str, *, languages: Iterable[str] = ("ru", "en")) -> str:
    """The label in the first of `languages` that has one, else in the first language there is, else `default`."""
    if not labels:
        return default
    for language in languages:
        if language in labels:
            return labels[language]
    return labels[min(labels)]


def read_labels(graph: Graph | Records) -> Mapping[str, Labels]:
    """The labels of all that is labelled, by id, ids in ascending order.

    Several labels in one language break the contract; the first in code point order is taken.
    """
    if isinstance(graph, Records):
        return graph.labels
    found: dict[str, dict[str, str]] = {}
    for prefer in (SKOS.prefLabel, RDFS.label):  # the second wins
        of_kind: dict[tuple[str, str], str] = {}
        for thing, label in graph.subject_objects(prefer):
            if isinstance(label, Literal):
                key = (local_id(thing), label.language or "")
                of_kind[key] = min(str(label), of_kind.get(key, str(label)))
        for (thing_id, language), text in of_kind.items():
            found.setdefault(thing_id, {})[language] = text
    return {thing_id: dict(sorted(found[thing_id].items())) for thing_id in sorted(found)}


def read_records(source: Graph | Records) -> Records:
    """All records of a graph, read once; records that are read already are given back.

    Raises:
        RecordError: the graph breaks the contract, see `read_meetings`.
    """
    if isinstance(source, Records):
        return source
    owners: dict[str, set[str]] = {}
    for body, state in source.subject_objects(DG.state):
        owners.setdefault(local_id(body), set()).add(local_id(state).removeprefix("state/"))
    return Records(
        labels=read_labels(source),
        meetings=read_meetings(source),
        officials=read_officials(source),
        owners={body: tuple(sorted(states)) for body, states in owners.items()},
        other_names=_other_names(source),
        articles=len(set(source.subjects(RDF.type, DG.Article))),
        organizations=len(set(source.subjects(RDF.type, DG.Organization))),
    )


def _other_names(graph: Graph) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for thing, name in graph.subject_objects(SKOS.altLabel):
        found.setdefault(local_id(thing), set()).add(str(name))
    return {thing: tuple(sorted(names)) for thing, names in sorted(found.items())}


def read_meetings(graph: Graph | Records) -> tuple[MeetingRecord, ...]:
    """Every ``dg:Meeting`` of the graph, held and planned, sorted by id; empty where there is none.

    Where merged files say several things of one meeting, held wins over planned, the highest confidence counts,
    and the most precise date (of these the earliest). A meeting without a confidence counts as certain (1.0):
    nobody who leaves it out had doubts to record.

    Raises:
        RecordError: a meeting has no ``dg:status`` that is held or planned, or a confidence that is no number.
    """
    if isinstance(graph, Records):
        return graph.meetings
    return tuple(_meeting(graph, node) for node in sorted(set(graph.subjects(RDF.type, DG.Meeting)), key=str))


def read_officials(graph: Graph | Records) -> tuple[OfficialRecord, ...]:
    """Every ``dg:Official`` of the graph with the tenures held, sorted by id; empty where there is none."""
    if isinstance(graph, Records):
        return graph.officials
    labels = read_labels(graph)
    return tuple(_official(graph, node, labels) for node in sorted(set(graph.subjects(RDF.type, DG.Official)), key=str))


def _meeting(graph: Graph, node: Node) -> MeetingRecord:
    statuses = {_local_name(value) for value in graph.objects(node, DG.status)}
    status: Status
    if "Held" in statuses:
        status = "held"
    elif "Planned" in statuses:
        status = "planned"
    else:
        raise RecordError(f"{local_id(node)} has no dg:status dg:Held or dg:Planned")
    return MeetingRecord(
        id=local_id(node),
        type=_encounter_type(graph, node),
        status=status,
        confidence=_confidence(graph, node),
        participants=_ids(graph, node, DG.participant),
        states=_codes(graph, node, DG.involvesState),
        organizations=_ids(graph, node, DG.involvesOrganization),
        topics=tuple(name.removeprefix("topic/") for name in _ids(graph, node, DG.topic)),
        date=_date(graph, node, DG.date),
        end_date=_date(graph, node, DG.endDate),
        date_basis=_date_basis(graph, node),
        place=next(iter(_ids(graph, node, DG.place)), ""),
        country=next(iter(_codes(graph, node, DG.country)), ""),
        quotes=_quotes(graph, node),
    )


def _official(graph: Graph, node: Node, labels: Mapping[str, Labels]) -> OfficialRecord:
    represents = _ids(graph, node, DG.represents)
    tenures = sorted(set(graph.subjects(DG.holder, node)), key=str)
    return OfficialRecord(
        id=local_id(node),
        labels=labels.get(local_id(node), {}),
        other_names=tuple(sorted({str(name) for name in graph.objects(node, SKOS.altLabel)})),
        states=tuple(name.removeprefix("state/") for name in represents if name.startswith("state/")),
        organizations=tuple(name for name in represents if not name.startswith("state/")),
        tenures=tuple(_tenure(graph, tenure) for tenure in tenures),
        quotes=_quotes(graph, node),
    )


def _tenure(graph: Graph, node: Node) -> TenureRecord:
    return TenureRecord(
        id=local_id(node),
        title=_text(graph, node, DG.postTitle),
        post=next(iter(_ids(graph, node, DG.post)), "").removeprefix("post/"),
        acts_for=next(iter(_ids(graph, node, DG.actsFor)), ""),
        within=next(iter(_ids(graph, node, DG.within)), ""),
        accredited_to=next(iter(_ids(graph, node, DG.accreditedTo)), ""),
        attested_on=tuple(sorted({str(day) for day in graph.objects(node, DG.attestedOn)})),
        quotes=_quotes(graph, node),
    )


def _local_name(node: Node) -> str:
    """The name of a class, a property or an individual of the ontology: "Held" for ``dg:Held``."""
    return str(node).removeprefix(str(DG))


#: A plain meeting has no class beside dg:Meeting.
_TYPE_OF_CLASS: dict[Node, EncounterType] = {class_: kind for kind, class_ in ENCOUNTER_CLASSES.items()}


def _encounter_type(graph: Graph, node: Node) -> EncounterType:
    kinds = sorted(_TYPE_OF_CLASS[found] for found in graph.objects(node, RDF.type) if found in _TYPE_OF_CLASS)
    return kinds[0] if kinds else "meeting"


def _confidence(graph: Graph, node: Node) -> float:
    try:
        return max((float(str(value)) for value in graph.objects(node, DG.confidence)), default=1.0)
    except ValueError as error:
        raise RecordError(f"{local_id(node)} has a dg:confidence that is no number") from error


def _date(graph: Graph, node: Node, which: URIRef) -> str:
    return min((str(day) for day in graph.objects(node, which)), key=lambda day: (-len(day), day), default="")


def _date_basis(graph: Graph, node: Node) -> DateBasis | None:
    bases = {_local_name(value) for value in graph.objects(node, DG.dateBasis)}
    if "Stated" in bases:
        return "stated"
    return "dateline" if "Dateline" in bases else None


def _quotes(graph: Graph, node: Node) -> tuple[Quote, ...]:
    """The passages under a node, by date of publication, article and offset."""
    quotes = {_quote(graph, passage) for passage in graph.objects(node, PROV.wasDerivedFrom)}
    return tuple(sorted((quote for quote in quotes if quote.text), key=reading_order))


#: Sorts quotes by date of publication, article and offset.
reading_order = attrgetter("published", "article", "start", "text", "rule")


def _quote(graph: Graph, passage: Node) -> Quote:
    article = min(graph.objects(passage, DG.inArticle), key=str, default=passage)
    start = _text(graph, passage, DG.start)
    return Quote(
        text=_text(graph, passage, DG.quote),
        article=_text(graph, article, DCTERMS.identifier) or local_id(article).removeprefix("article/"),
        url=_text(graph, article, DCTERMS.source),
        title=_text(graph, article, DCTERMS.title),
        published=_text(graph, article, DCTERMS.date),
        publisher=_text(graph, article, DCTERMS.publisher),
        language=_text(graph, article, DCTERMS.language),
        rule=_text(graph, passage, DG.rule),
        start=int(start) if start.isdecimal() else 0,
    )


def _text(graph: Graph, node: Node, which: URIRef) -> str:
    return min((str(value) for value in graph.objects(node, which)), default="")


def _ids(graph: Graph, node: Node, which: URIRef) -> tuple[str, ...]:
    return tuple(sorted({local_id(value) for value in graph.objects(node, which)}))


def _codes(graph: Graph, node: Node, which: URIRef) -> tuple[str, ...]:
    return tuple(sorted(name.removeprefix("state/") for name in _ids(graph, node, which)))
