"""Findings → RDF.

`to_graph` gives one `rdflib.Graph` in the public vocabulary, `serialize_turtle` its bytes for a file, `serialize_trig`
the same triples with one named graph an article, so that an article can be dropped or read again. `Statements` holds
the triples as Turtle writes them: `write_files` writes both files from it without a graph in memory.

There are no blank nodes, no clock and no chance in it, and all output is sorted: equal findings give equal bytes.
IRIs and literals come from `diplograph.terms`; `DG`, `DGID` and `iri` are to be had here too.
"""

from __future__ import annotations

import mmap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from rdflib import RDFS, SKOS, Graph, Literal, URIRef

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
    PartialDate,
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
    language_tag,
    plain_text,
    web_address,
)

__all__ = [
    "DG", "DGID", "ENCOUNTER_CLASSES", "ORGANIZATION_CLASSES", "Statements",
    "iri", "serialize_trig", "serialize_turtle", "to_graph", "write_files",
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

#: A predicate and an object, as Turtle writes them.
_Row = tuple[str, str]
#: Rows of one subject and the articles they rest on; none for what no article says, such as the name of a state.
_Said = tuple[frozenset[str], list[_Row]]
_NOWHERE: frozenset[str] = frozenset()


def to_graph(findings: Findings) -> Graph:
    """The findings in the public vocabulary, one graph, all types asserted; an empty graph for no article."""
    graph = Graph(bind_namespaces="none")  # it knows our prefixes and no other
    for prefix, namespace in turtle.PREFIXES.items():
        graph.bind(prefix, namespace)
    for subject, said in Statements(findings).subjects.items():
        node = turtle.node(subject)
        for _, rows in said:
            for predicate, thing in rows:
                graph.add((node, turtle.node(predicate), turtle.node(thing)))
    return graph


def serialize_turtle(graph: Graph) -> str:
    """The Turtle of a graph: sorted, the same bytes for the same triples, ends in one newline."""
    return f"{turtle.header()}\n{turtle.body(graph)}"


def serialize_trig(findings: Findings) -> str:
    """The triples of `to_graph` as TriG: what rests on one article alone stands in ``dgid:graph/<article>``.

    The default graph holds what rests on several articles, and what no article says.
    """
    with TemporaryDirectory() as folder:
        turtle_file, trig_file = Path(folder, "graph.ttl"), Path(folder, "graph.trig")
        write_files(Statements(findings), turtle_file, trig_file)
        return trig_file.read_text("utf-8")


def write_files(statements: Statements, turtle_file: Path, trig_file: Path) -> None:
    """Write what `serialize_turtle` gives of the graph, and what `serialize_trig` gives of the findings.

    What is said of most subjects rests on one article and reads the same in both files: it is put into words once,
    and copied from file to file.
    """
    # By article, the blocks of its graph: where one stands in the Turtle (start, length), or its bytes.
    blocks: dict[str, list[tuple[int, int] | bytes]] = defaultdict(list)
    with turtle_file.open("w+b") as written:
        start = written.write(turtle.header().encode())
        for subject, said in sorted(statements.subjects.items()):
            block = turtle.block(subject, [row for _, rows in said for row in rows]).encode()
            by_article = _by_article(said)
            if len(by_article) == 1:
                blocks[next(iter(by_article))].append((start + 1, len(block)))
            else:
                for article, rows in by_article.items():
                    blocks[article].append(turtle.block(subject, rows).encode())
            start += written.write(b"\n" + block)
        if not statements.subjects:
            written.write(b"\n")
        written.flush()
        with mmap.mmap(written.fileno(), 0, access=mmap.ACCESS_READ) as whole, trig_file.open("wb") as trig:
            trig.write(turtle.header().encode())
            for article in sorted(blocks):
                trig.write(f"\n{turtle.term(entity_iri('graph', article))} {{\n".encode() if article else b"\n")
                for number, piece in enumerate(blocks[article]):
                    trig.write(b"\n" if number else b"")
                    trig.write(piece if isinstance(piece, bytes) else whole[piece[0] : sum(piece)])
                trig.write(b"}\n" if article else b"")


class Statements:
    """Every triple of some findings: `subjects` has the rows of each subject with the articles they rest on."""

    def __init__(self, findings: Findings) -> None:
        self.subjects: dict[str, list[_Said]] = defaultdict(list)
        for subject, articles, rows in _said(findings):
            self.subjects[subject].append((articles, rows))
        # What a statement points at is described too: states, and the concepts of posts and topics.
        things = {thing for said in self.subjects.values() for _, rows in said for _, thing in rows}
        for subject in sorted(thing for thing in things if thing.startswith(("state:", "post:", "topic:"))):
            self.subjects[subject].append((_NOWHERE, list(_described(subject))))


def _by_article(said: list[_Said]) -> dict[str, list[_Row]]:
    """The rows by the one article that they rest on, under "" those that rest on several or on none."""
    if len({articles for articles, _ in said}) == 1:
        return {_only(said[0][0]): [row for _, rows in said for row in rows]}
    support: dict[_Row, frozenset[str]] = {}
    for articles, rows in said:
        for row in rows:
            support[row] = support.get(row, _NOWHERE) | articles
    found: dict[str, list[_Row]] = defaultdict(list)
    for row, articles in support.items():
        found[_only(articles)].append(row)
    return found


def _only(articles: frozenset[str]) -> str:
    return next(iter(articles)) if len(articles) == 1 else ""


# --- terms ---------------------------------------------------------------------------------------------

_term = turtle.term
_thing = lru_cache(maxsize=200_000)(turtle.thing)


def _ref(ref: Ref) -> str:
    return _thing(ref.kind, ref.key)


@lru_cache(maxsize=50_000)
def _label(text: str, language: str) -> str:
    return f"{turtle.quoted(plain_text(text))}@{language_tag(language)}"


@lru_cache(maxsize=10_000)
def _date(date: PartialDate) -> str:
    return _term(date_literal(date))


def _text(text: str) -> str:
    return turtle.quoted(plain_text(text))


@lru_cache(maxsize=1_000)
def _class(of: URIRef) -> str:
    return _term(of)


# --- what we assert ------------------------------------------------------------------------------------


def _articles(receipts: Iterable[Receipt]) -> frozenset[str]:
    return frozenset(receipt.article for receipt in receipts)


def _said(findings: Findings) -> Iterator[tuple[str, frozenset[str], list[_Row]]]:
    """Subjects with what is said of them, and the articles under it."""
    passages: dict[str, dict[tuple[str, str], Receipt]] = defaultdict(dict)

    def derived(subject: str, receipts: Iterable[Receipt]) -> Iterator[tuple[str, frozenset[str], list[_Row]]]:
        of_article: dict[str, list[_Row]] = defaultdict(list)
        for receipt in receipts:
            passage = _passage_name(receipt)
            passages[passage][receipt.rule, receipt.quote] = receipt
            of_article[receipt.article].append(("prov:wasDerivedFrom", passage))
        for article, rows in of_article.items():
            yield subject, frozenset([article]), rows

    for article in findings.articles:
        yield _thing("article", article.id), frozenset([article.id]), list(_article(article))
    for organization in findings.organizations:
        subject = _thing("organization", organization.id)
        yield subject, _articles(organization.receipts), list(_organization(organization))
        yield from derived(subject, organization.receipts)
    for place in findings.places:
        yield _thing("place", place.id), _NOWHERE, list(_place(place))
    for official in findings.officials:
        subject = _thing("official", official.id)
        for articles, rows in _official(official):
            yield subject, articles, rows
        yield from derived(subject, official.receipts)
        for tenure in official.tenures:
            subject = _thing("tenure", tenure.id)
            yield subject, _articles(tenure.receipts), list(_tenure(tenure))
            yield from derived(subject, tenure.receipts)
    labels = _labels(findings)
    for meeting in findings.meetings:
        subject, articles = _thing("meeting", meeting.id), _articles(meeting.receipts)
        yield subject, articles, list(_meeting(meeting, labels))
        yield from derived(subject, meeting.receipts)
        if meeting.status == "held":
            for one, other in permutations(map(_ref, meeting.participants), 2):
                yield one, articles, [("dg:met", other)]
    for passage, receipts in passages.items():
        read_in = next(iter(receipts.values())).article
        yield passage, frozenset([read_in]), list(_passage(read_in, receipts.values()))


def _passage_name(receipt: Receipt) -> str:
    """Rules that read one passage share it."""
    return turtle.thing("passage", f"{receipt.article}-{receipt.span.start}-{receipt.span.end}")


def _passage(article: str, receipts: Iterable[Receipt]) -> Iterator[_Row]:
    yield "a", "dg:Passage"
    yield "dg:inArticle", _thing("article", article)
    for receipt in receipts:
        yield "dg:start", str(receipt.span.start)
        yield "dg:end", str(receipt.span.end)
        yield "dg:quote", turtle.quoted(plain_text(receipt.quote))
        yield "dg:rule", turtle.quoted(plain_text(receipt.rule))


def _article(article: Article) -> Iterator[_Row]:
    yield "a", "dg:Article"
    yield "dcterms:identifier", _text(article.id)
    yield "dcterms:language", _text(article.language)
    address = web_address(article.url) if article.url else None
    if address is not None:
        yield "dcterms:source", _term(address)
    for other in filter(None, map(web_address, article.also)):
        yield "rdfs:seeAlso", _term(other)
    if article.published is not None:
        yield "dcterms:date", _date(article.published)
    if article.title:
        yield "dcterms:title", _label(article.title, article.language)
    if article.publisher:
        yield "dcterms:publisher", _text(article.publisher)


def _named(names: Iterable[Name], other_names: Iterable[Name] = ()) -> Iterator[_Row]:
    for name in names:
        yield "rdfs:label", _label(name.text, name.language)
    for name in other_names:
        yield "skos:altLabel", _label(name.text, name.language)


def _organization(organization: Organization) -> Iterator[_Row]:
    yield "a", "dg:Organization"
    if organization.kind in ORGANIZATION_CLASSES:
        yield "a", _class(ORGANIZATION_CLASSES[organization.kind])
    yield from _named(organization.names, organization.other_names)
    if organization.state:
        yield "dg:state", _thing("state", organization.state)
    if organization.qid:
        yield "owl:sameAs", _term(WD[organization.qid])


def _place(place: Place) -> Iterator[_Row]:
    yield "a", "dg:Place"
    yield from _named(place.names)
    if place.country:
        yield "dg:country", _thing("state", place.country)
    if place.qid:
        yield "owl:sameAs", _term(WD[place.qid])


def _official(official: Official) -> Iterator[_Said]:
    articles = _articles(official.receipts)
    yield articles, [("a", "dg:Official"), *_named(official.names, official.other_names)]
    for ref in official.represents:
        receipts = [receipt for tenure in official.tenures if tenure.acts_for == ref for receipt in tenure.receipts]
        yield _articles(receipts) or articles, [("dg:represents", _ref(ref))]


def _tenure(tenure: Tenure) -> Iterator[_Row]:
    yield "a", "dg:Tenure"
    yield "dg:holder", _ref(tenure.holder)
    yield "dg:postTitle", _label(tenure.title.text, tenure.title.language)
    if tenure.post:
        yield "dg:post", _thing("post", tenure.post)
    refs = (("dg:actsFor", tenure.acts_for), ("dg:within", tenure.within), ("dg:accreditedTo", tenure.accredited_to))
    for which, ref in refs:
        if ref is not None:
            yield which, _ref(ref)
    for date in tenure.attested_on:
        yield "dg:attestedOn", _date(date)


def _meeting(meeting: Meeting, labels: Mapping[Ref, Mapping[str, str]]) -> Iterator[_Row]:
    yield "a", "dg:Meeting"
    if meeting.type in ENCOUNTER_CLASSES:
        yield "a", _class(ENCOUNTER_CLASSES[meeting.type])
    yield from (("rdfs:label", label) for label in _meeting_labels(meeting, labels))
    yield "dg:status", _class(_STATUSES[meeting.status])
    yield "dg:confidence", f"{max(0.01, meeting.confidence):.2f}"
    if meeting.date is not None:
        yield "dg:date", _date(meeting.date)
        if meeting.date_basis is not None:
            yield "dg:dateBasis", _class(_DATE_BASES[meeting.date_basis])
    if meeting.end_date is not None:
        yield "dg:endDate", _date(meeting.end_date)
    if meeting.place is not None:
        yield "dg:place", _ref(meeting.place)
    if meeting.country is not None:
        yield "dg:country", _thing("state", meeting.country)
    for which, things in (
        ("dg:participant", map(_ref, meeting.participants)),
        ("dg:involvesOrganization", map(_ref, meeting.organizations)),
        ("dg:involvesState", (_thing("state", state) for state in meeting.states)),
        ("dg:topic", (_thing("topic", topic) for topic in meeting.topics)),
    ):
        yield from ((which, thing) for thing in things)


# --- labels and concepts -------------------------------------------------------------------------------


def _labels(findings: Findings) -> Mapping[Ref, Mapping[str, str]]:
    """The labels of officials and organisations, by language."""
    named = [(Ref("official", official.id), official.names) for official in findings.officials]
    named += [(Ref("organization", organization.id), organization.names) for organization in findings.organizations]
    return {ref: {name.language: name.text for name in names} for ref, names in named}


def _meeting_labels(meeting: Meeting, labels: Mapping[Ref, Mapping[str, str]]) -> Iterator[str]:
    """«Встреча: Айбек Женис, Самир аль-Ахдаль (2026-03-12)», once a language.

    Who has no name in a language stands under the one there is: a guessed spelling would be a new name.
    """
    kind = ENCOUNTER_CLASSES.get(meeting.type, DG.Meeting)
    things = [labels[ref] for ref in meeting.participants or meeting.organizations]
    things = things or [_state_labels(state) for state in meeting.states]
    for language in _MEETING_LANGUAGES:
        names = sorted(_in_language(names, language) for names in things)
        shown = ", ".join(names[:_LABELLED_PEOPLE]) + (" …" if len(names) > _LABELLED_PEOPLE else "")
        date = f" ({meeting.date})" if meeting.date else ""
        yield _label(_class_label(kind, language) + (f": {shown}" if shown else "") + date, language)


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


def _described(subject: str) -> Iterator[_Row]:
    """A state, a post or a topic."""
    kind, _, key = subject.partition(":")
    return _state(key) if kind == "state" else _concept(DGID[f"{kind}/{key}"], kind)


def _state(iso2: str) -> Iterator[_Row]:
    yield "a", "dg:State"
    yield "dg:iso2", _text(iso2)
    entry = gazetteer.state(iso2)
    yield "owl:sameAs", _term(WD[entry.qid])
    for language, names in entry.names.items():
        yield "rdfs:label", _label(names[0], language)


def _concept(thing: URIRef, kind: str) -> Iterator[_Row]:
    """A post or a topic with its labels, as the ontology has them."""
    concept_class, scheme = _CONCEPT_CLASSES[kind]
    yield "a", "skos:Concept"
    yield "a", _class(concept_class)
    yield "skos:inScheme", _term(DGID[scheme])
    for label in _ontology(f"{scheme}.ttl").objects(thing, SKOS.prefLabel):
        yield "rdfs:label", _term(label)
        yield "skos:prefLabel", _term(label)
