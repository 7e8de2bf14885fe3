"""graph → FollowTheMoney: entities for Aleph and its kin, a JSON object a line.

Officials are ``Person``, organisations ``PublicBody``, ``Company`` or ``Organization`` by their kind, a post
``Position`` and its holding ``Occupancy``, meetings ``Event``, articles ``Article``. A state is no entity there but a
country code. Only properties of the model are used and only values that it takes; nothing needs the library.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from rdflib import RDF, SKOS, Graph
from rdflib.namespace import OWL

from diplograph.iris import digest
from diplograph.records import (
    MeetingRecord,
    OfficialRecord,
    Quote,
    Records,
    TenureRecord,
    label_of,
    local_id,
    read_records,
)
from diplograph.terms import DG, WD

_SCHEMA_OF_CLASS = {
    "Ministry": "PublicBody",
    "Parliament": "PublicBody",
    "Agency": "PublicBody",
    "Company": "Company",
}


def entities(graph: Graph) -> list[dict[str, Any]]:
    """Every entity, sorted by schema, then id; ids are ours with hyphens: "official-aldiyar-shonanov-kz".

    Planned meetings say so in `notes`; a date is as precise as known. `proof` leads from events and occupancies to
    their articles, `summary` quotes the sentences.

    Raises:
        RecordError: the graph breaks the contract, see `records.read_meetings`.
    """
    records = read_records(graph)
    found = [_person(official) for official in records.officials]
    found += [_organization(graph, records, name) for name in _organizations(graph)]
    for official in records.officials:
        for tenure in official.tenures:
            found += [_position(records, tenure), _occupancy(official, tenure)]
    found += [_event(records, meeting) for meeting in records.meetings]
    found += [_article(quote) for quote in _articles(records)]
    by_id = {entity["id"]: entity for entity in found}  # several may have held one post
    return sorted(by_id.values(), key=lambda entity: (entity["schema"], entity["id"]))


def followthemoney(graph: Graph) -> bytes:
    """The `entities`, one JSON object a line, as ``ftm`` reads them."""
    return "".join(json.dumps(entity, ensure_ascii=False) + "\n" for entity in entities(graph)).encode()


def _entity(id: str, schema: str, properties: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """An entity without what is empty, values sorted, each once."""
    kept = {name: sorted({value for value in values if value}) for name, values in sorted(properties.items())}
    return {"id": _id(id), "schema": schema, "properties": {name: values for name, values in kept.items() if values}}


def _id(name: str) -> str:
    return name.replace("/", "-")


def _countries(codes: Iterable[str]) -> list[str]:
    return [code.lower() for code in codes]


def _person(official: OfficialRecord) -> dict[str, Any]:
    name = label_of(official.labels, official.id)
    return _entity(
        official.id,
        "Person",
        {
            "name": [name],
            "alias": [other for other in (*official.labels.values(), *official.other_names) if other != name],
            "country": _countries(official.states),
            "position": official.posts,
        },
    )


def _organizations(graph: Graph) -> list[str]:
    return sorted({local_id(node) for node in graph.subjects(RDF.type, DG.Organization)})


def _organization(graph: Graph, records: Records, name: str) -> dict[str, Any]:
    node = next(node for node in graph.subjects(RDF.type, DG.Organization) if local_id(node) == name)
    kinds = {str(kind).removeprefix(str(DG)) for kind in graph.objects(node, RDF.type)}
    schema = next((_SCHEMA_OF_CLASS[kind] for kind in sorted(kinds) if kind in _SCHEMA_OF_CLASS), "Organization")
    label = label_of(records.labels.get(name), name)
    others = (*records.labels.get(name, {}).values(), *map(str, graph.objects(node, SKOS.altLabel)))
    items = (str(item) for item in graph.objects(node, OWL.sameAs))
    return _entity(
        name,
        schema,
        {
            "name": [label],
            "alias": [other for other in others if other != label],
            "country": _countries(records.owners.get(name, ())),
            "wikidataId": [item.removeprefix(str(WD)) for item in items if item.startswith(str(WD))],
        },
    )


def _post_id(tenure: TenureRecord) -> str:
    """One post, whoever holds it: the same title for the same bodies."""
    return f"position-{digest(tenure.title or tenure.post, tenure.acts_for, tenure.within, tenure.accredited_to)}"


def _position(records: Records, tenure: TenureRecord) -> dict[str, Any]:
    bodies = [name for name in (tenure.acts_for, tenure.within, tenure.accredited_to) if name]
    where = list(dict.fromkeys(label_of(records.labels.get(name), name) for name in bodies))
    return _entity(
        _post_id(tenure),
        "Position",
        {
            "name": [", ".join((tenure.title or tenure.post or "post", *where))],
            "country": _countries(name.removeprefix("state/") for name in bodies if name.startswith("state/")),
            "organization": [_id(name) for name in bodies if name.startswith("organization/")],
        },
    )


def _occupancy(official: OfficialRecord, tenure: TenureRecord) -> dict[str, Any]:
    return _entity(
        tenure.id,
        "Occupancy",
        {
            "holder": [_id(official.id)],
            "post": [_post_id(tenure)],
            "date": tenure.attested_on,
            **_receipts(tenure.quotes),
        },
    )


def _event(records: Records, meeting: MeetingRecord) -> dict[str, Any]:
    labels = records.labels.get(meeting.id, {})
    place = label_of(records.labels.get(meeting.place), "") if meeting.place else ""
    topics = (label_of(records.labels.get(f"topic/{topic}"), topic) for topic in meeting.topics)
    return _entity(
        meeting.id,
        "Event",
        {
            "name": labels.values() or [meeting.id],
            "startDate": [meeting.date],
            "endDate": [meeting.end_date],
            "involved": [_id(name) for name in (*meeting.participants, *meeting.organizations)],
            "country": _countries(meeting.states),
            "location": [place],
            "keywords": [meeting.type, *topics],
            "notes": ["planned; not reported as held"] if meeting.status == "planned" else [],
            **_receipts(meeting.quotes),
        },
    )


def _receipts(quotes: Iterable[Quote]) -> dict[str, list[str]]:
    quotes = list(quotes)
    return {
        "summary": [quote.text for quote in quotes],
        "proof": [_article_id(quote) for quote in quotes],
        "sourceUrl": [quote.url for quote in quotes],
        "publisher": [quote.publisher for quote in quotes],
    }


def _articles(records: Records) -> list[Quote]:
    """One passage of each article, for what it says of the article."""
    quotes = [quote for meeting in records.meetings for quote in meeting.quotes]
    for official in records.officials:
        quotes += official.quotes
        quotes += (quote for tenure in official.tenures for quote in tenure.quotes)
    by_article = {quote.article: quote for quote in sorted(quotes, key=lambda quote: (quote.article, quote.start))}
    return [by_article[article] for article in sorted(by_article)]


def _article_id(quote: Quote) -> str:
    return _id(f"article-{quote.article}")


def _article(quote: Quote) -> dict[str, Any]:
    return _entity(
        _article_id(quote),
        "Article",
        {
            "title": [quote.title],
            "publishedAt": [quote.published],
            "publisher": [quote.publisher],
            "sourceUrl": [quote.url],
        },
    )
