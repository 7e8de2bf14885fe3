"""Findings → statements: what is said of each subject, in the words of Turtle, and the articles it rests on.

Nine tenths of the subjects are passages and meetings. They are put into words one by one when they are asked for, so
that a large collection need not hold them all at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import permutations
from types import MappingProxyType

from rdflib import RDFS, SKOS, Graph, Literal, URIRef

from diplograph import gazetteer, passages, turtle
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
from diplograph.terms import DG, DGID, WD, date_literal, language_tag, plain_text, web_address

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
#: In which languages a meeting has a label.
MEETING_LANGUAGES = ("en", "ru")
_LABELLED_PEOPLE = 3
_CONCEPT_CLASSES = {"post": (DG.Post, "posts"), "topic": (DG.Topic, "topics")}

#: A predicate and an object, as Turtle writes them.
_Row = tuple[str, str]
#: Rows of one subject and the articles they rest on; none for what no article says, such as the name of a state.
_Said = tuple[frozenset[str], list[_Row]]
_NOWHERE: frozenset[str] = frozenset()


class Statements:
    """Every triple of some findings; subjects, predicates and objects are written as Turtle has them."""

    def __init__(self, findings: Findings, passages: Mapping[str, bytes] | None = None) -> None:
        """Of the articles in `passages` these are all passages, in Turtle (see `passages.of_claims`)."""
        self.names = NamesOfParties(findings)
        self._written = passages or {}
        self._meetings: dict[str, Meeting] = {}
        self._passages: dict[str, tuple[Receipt, ...]] = {}
        #: All other subjects, with what is said of them.
        self.things: dict[str, list[_Said]] = defaultdict(list)
        for subject, articles, rows in self._said(findings):
            self.things[subject].append((articles, rows))
        for subject in sorted(self._described(findings)):
            self.things[subject].append((_NOWHERE, list(_described(subject))))

    def __iter__(self) -> Iterator[tuple[str, list[_Row]]]:
        """Every subject with its predicates and objects, by subject; a row may come twice."""
        for subject in self._subjects():
            receipts = self._passages.get(subject)
            if receipts:
                yield subject, list(passages.rows(receipts))
            else:
                yield subject, [row for _, rows in self._of(subject) for row in rows]

    def blocks(self) -> Iterator[tuple[bytes, Mapping[str, bytes]]]:
        """What Turtle says of every subject, by subject; and in parts, by the one article that each rests on.

        Under "" is the part that rests on several articles or on none. Passages of one article may come together.
        """
        written = passages.in_order(self._written)
        for subject in sorted([*self._subjects(), *written]):
            if subject in written:
                article, block = written[subject]
                yield block, {article: block}
                continue
            receipts = self._passages.get(subject)
            if receipts:
                block = passages.block(subject, receipts).encode()
                yield block, {receipts[0].article: block}
                continue
            said = self._of(subject)
            block = turtle.block(subject, [row for _, rows in said for row in rows]).encode()
            if len({articles for articles, _ in said}) == 1:
                yield block, {_only(said[0][0]): block}
            else:
                parts = _by_article(said)
                yield block, {article: turtle.block(subject, rows).encode() for article, rows in parts.items()}

    def _subjects(self) -> list[str]:
        return sorted([*self.things, *self._meetings, *self._passages])

    def _of(self, subject: str) -> list[_Said]:
        """What is said of a subject that is no passage."""
        meeting = self._meetings.get(subject)
        if meeting is None:
            return self.things[subject]
        return [(_articles(meeting.receipts), list(_meeting(meeting, self.names))), *_derived(meeting.receipts)]

    def _said(self, findings: Findings) -> Iterator[tuple[str, frozenset[str], list[_Row]]]:
        """Subjects with what is said of them and the articles under it; notes the meetings and the passages."""
        for article in findings.articles:
            yield _thing("article", article.id), _only_in(article.id), list(_article(article))
        for organization in findings.organizations:
            subject = _thing("organization", organization.id)
            yield subject, _articles(organization.receipts), list(_organization(organization))
            yield from self._derived(subject, organization.receipts)
        for place in findings.places:
            yield _thing("place", place.id), _NOWHERE, list(_place(place))
        for official in findings.officials:
            subject = _thing("official", official.id)
            for articles, rows in _official(official):
                yield subject, articles, rows
            yield from self._derived(subject, official.receipts)
            for tenure in official.tenures:
                subject = _thing("tenure", tenure.id)
                yield subject, _articles(tenure.receipts), list(_tenure(tenure))
                yield from self._derived(subject, tenure.receipts)
        for meeting in findings.meetings:
            self._meetings[turtle.thing("meeting", meeting.id)] = meeting
            self._note_passages(meeting.receipts)
            if meeting.status == "held" and len(meeting.participants) > 1:
                articles = _articles(meeting.receipts)
                for one, other in permutations(map(_ref, meeting.participants), 2):
                    yield one, articles, [("dg:met", other)]

    def _derived(self, subject: str, receipts: Iterable[Receipt]) -> Iterator[tuple[str, frozenset[str], list[_Row]]]:
        self._note_passages(receipts)
        for articles, rows in _derived(receipts):
            yield subject, articles, rows

    def _note_passages(self, receipts: Iterable[Receipt]) -> None:
        passages.note(self._passages, (receipt for receipt in receipts if receipt.article not in self._written))

    def _described(self, findings: Findings) -> set[str]:
        """What statements point at and what is described too: states, and the concepts of posts and topics."""
        tenures = [tenure for official in findings.officials for tenure in official.tenures]
        refs = {ref for tenure in tenures for ref in (tenure.acts_for, tenure.within, tenure.accredited_to)}
        refs |= {ref for official in findings.officials for ref in official.represents}
        codes: set[str | None] = {ref.key for ref in refs if ref is not None and ref.kind == "state"}
        codes |= {body.state for body in findings.organizations} | {place.country for place in findings.places}
        codes |= {code for meeting in findings.meetings for code in (*meeting.states, meeting.country)}
        posts = {tenure.post for tenure in tenures}
        topics: set[str | None] = {topic for meeting in findings.meetings for topic in meeting.topics}
        return {
            _thing(kind, name)
            for kind, names in (("state", codes), ("post", posts), ("topic", topics))
            for name in names
            if name
        }


def _by_article(said: list[_Said]) -> dict[str, list[_Row]]:
    """The rows by the one article that they rest on, under "" those that rest on several or on none."""
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


def _articles(receipts: Sequence[Receipt]) -> frozenset[str]:
    articles = {receipt.article for receipt in receipts}
    return _only_in(*articles) if len(articles) == 1 else frozenset(articles)


@lru_cache(maxsize=100_000)
def _only_in(article: str) -> frozenset[str]:
    return frozenset([article])


def _derived(receipts: Iterable[Receipt]) -> Iterator[_Said]:
    of_article: dict[str, list[_Row]] = {}
    for receipt in receipts:
        row = ("prov:wasDerivedFrom", passages.name(receipt))
        if receipt.article in of_article:
            of_article[receipt.article].append(row)
        else:
            of_article[receipt.article] = [row]
    for article, rows in of_article.items():
        yield _only_in(article), rows


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


def _meeting(meeting: Meeting, names: NamesOfParties) -> Iterator[_Row]:
    yield "a", "dg:Meeting"
    if meeting.type in ENCOUNTER_CLASSES:
        yield "a", _class(ENCOUNTER_CLASSES[meeting.type])
    for language, label in names.labels(meeting).items():
        yield "rdfs:label", f"{_text(label)}@{language}"
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


class NamesOfParties:
    """How those who meet are called in the labels of their meetings."""

    def __init__(self, findings: Findings) -> None:
        self._officials = {official.id: _by_language(official.names) for official in findings.officials}
        self._bodies = {body.id: _by_language(body.names) for body in findings.organizations}
        self._labels: dict[str, Mapping[str, str]] = {}

    def labels(self, meeting: Meeting) -> Mapping[str, str]:
        """«Встреча: Айбек Женис, Самир аль-Ахдаль (2026-03-12)», once a language.

        Who has no name in a language stands under the one there is: a guessed spelling would be a new name.
        """
        if meeting.id not in self._labels:
            self._labels[meeting.id] = self._made(meeting)
        return self._labels[meeting.id]

    def _made(self, meeting: Meeting) -> dict[str, str]:
        kind = ENCOUNTER_CLASSES.get(meeting.type, DG.Meeting)
        things = [self._officials[ref.key] for ref in meeting.participants]
        things = things or [self._bodies[ref.key] for ref in meeting.organizations]
        things = things or [_state_names(state) for state in meeting.states]
        date = f" ({meeting.date})" if meeting.date else ""
        found = {}
        for language in MEETING_LANGUAGES:
            names = sorted(names[language] for names in things)
            shown = ", ".join(names[:_LABELLED_PEOPLE]) + (" …" if len(names) > _LABELLED_PEOPLE else "")
            found[language] = _class_label(kind, language) + (f": {shown}" if shown else "") + date
        return found


def _by_language(names: Iterable[Name]) -> dict[str, str]:
    """The name in each language of a meeting's labels, in another one where it has none."""
    known = {name.language: name.text for name in names}
    return {
        language: known[min(known, key=lambda one: (one != language, one != "ru", one))]
        for language in MEETING_LANGUAGES
    }


@cache
def _state_names(iso2: str) -> dict[str, str]:
    return _by_language(Name(names[0], language) for language, names in gazetteer.state(iso2).names.items())


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
