"""The graph's records as the page reads them: plain JSON values that refer to each other by position.

Every list is sorted, so a position is stable; empty values are left out, so the page stays small.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rdflib import Graph

from diplograph.ontology_files import ontology_file
from diplograph.records import (
    Labels,
    MeetingRecord,
    OfficialRecord,
    Quote,
    Records,
    TenureRecord,
    local_id,
)
from diplograph.terms import DG

#: One record of the page.
Entry = dict[str, Any]

#: The last rank of each level of posts that the page tells apart: leaders of states; ministers and peers; their
#: deputies and heads of agencies and regions; ambassadors and members of parliament; all others.
_LAST_RANK_OF_LEVEL = (2, 5, 8, 9, 99)


@dataclass(frozen=True, slots=True)
class PageData:
    """What the page knows beside nodes and edges, and where each id stands in its list."""

    things: list[Entry]  # officials, states, organisations and places
    meetings: list[Entry]
    tenures: list[Entry]
    passages: list[Entry]
    articles: list[Entry]
    topics: dict[str, Labels]
    thing: dict[str, int]
    meeting: dict[str, int]
    tenure: dict[str, int]

    def lists(self) -> Entry:
        """The part that is written into the page."""
        return {
            "things": self.things,
            "meetings": self.meetings,
            "tenures": self.tenures,
            "passages": self.passages,
            "articles": self.articles,
            "topics": self.topics,
        }


def page_data(records: Records, *, also: Iterable[str] = ()) -> PageData:
    """Everything that the page shows, out of the records of a graph.

    `also` are ids of things that must be there (the nodes of the networks), whether or not a meeting names them.
    Meetings come by date, those without one last, then by id; things by id; articles by date.
    """
    officials = {official.id: official for official in records.officials}
    meetings = sorted(records.meetings, key=lambda meeting: (meeting.date or "9999", meeting.id))
    tenures = {tenure.id: tenure for official in officials.values() for tenure in official.tenures}
    labels, others = records.labels, records.other_names
    cited = [quote for meeting in meetings for quote in meeting.quotes]
    cited += [quote for tenure in tenures.values() for quote in tenure.quotes]
    articles = {_article_key(quote): quote for quote in cited}
    things = {*also, *officials, *_named(meetings, officials.values(), tenures.values())}
    things |= {f"state/{code}" for name in things for code in records.owners.get(name, ())}
    positions = {
        "thing": _positions(sorted(things)),
        "meeting": _positions(meeting.id for meeting in meetings),
        "tenure": _positions(sorted(tenures)),
    }
    # By object first: one quote stands under many records.
    keys = {number: _passage_key(quote) for number, quote in {id(quote): quote for quote in cited}.items()}
    passage = _positions(sorted(set(keys.values())))
    place = {number: passage[key] for number, key in keys.items()}
    article = _positions(sorted(articles))
    at = positions["thing"].__getitem__

    def receipts(record: MeetingRecord | TenureRecord) -> list[int]:
        return list(dict.fromkeys([place[id(quote)] for quote in record.quotes]))

    return PageData(
        things=[
            _thing(
                name,
                labels.get(name, {}),
                others.get(name, ()),
                officials.get(name) or records.owners.get(name, ()),
                positions["tenure"],
                at,
            )
            for name in positions["thing"]
        ],
        meetings=[_filled(_meeting(meeting, at), passages=receipts(meeting)) for meeting in meetings],
        tenures=[_filled(_tenure(tenures[name], at), passages=receipts(tenures[name])) for name in positions["tenure"]],
        passages=[{"text": text, "article": article[key]} for key, _, text in passage],
        articles=[_article(articles[key]) for key in article],
        topics={
            name: labels.get(f"topic/{name}", {})
            for name in sorted({topic for meeting in meetings for topic in meeting.topics})
        },
        **positions,
    )


def _positions(names: Iterable[Any]) -> dict[Any, int]:
    return {name: position for position, name in enumerate(names)}


def _filled(entry: Entry, **more: Any) -> Entry:
    """An entry without what is empty."""
    return {key: value for key, value in (entry | more).items() if value or value == 0}


def _named(
    meetings: Iterable[MeetingRecord], officials: Iterable[OfficialRecord], tenures: Iterable[TenureRecord]
) -> set[str]:
    """The ids of all things that the records point at."""
    named = {name for meeting in meetings for name in (*meeting.participants, *meeting.organizations, meeting.place)}
    named |= {name for official in officials for name in official.organizations}
    named |= {name for tenure in tenures for name in (tenure.acts_for, tenure.within, tenure.accredited_to)}
    codes = {code for meeting in meetings for code in (*meeting.states, meeting.country)}
    codes |= {code for official in officials for code in official.states}
    return (named | {f"state/{code}" for code in codes if code}) - {""}


def _thing(
    name: str,
    labels: Mapping[str, str],
    other_names: Iterable[str],
    known_as: OfficialRecord | tuple[str, ...],
    tenure: Mapping[str, int],
    at: Callable[[str], int],
) -> Entry:
    """One thing; `known_as` is the record of an official, or the codes of the states that a body belongs to."""
    kind, _, rest = name.partition("/")
    entry: Entry = {
        "id": name,
        "kind": kind,
        "labels": labels or {"": rest or name},
        "also": [other for other in other_names if other not in labels.values()],
        "code": rest if kind == "state" else "",
    }
    codes = known_as.states if isinstance(known_as, OfficialRecord) else known_as
    entry["states"] = [at(f"state/{code}") for code in codes]
    if isinstance(known_as, OfficialRecord):
        entry |= {
            "organizations": [at(organization) for organization in known_as.organizations],
            "tenures": [tenure[held.id] for held in known_as.tenures],
            "level": _level(known_as),
        }
    return _filled(entry)


def _level(official: OfficialRecord) -> int | None:
    """The level of the highest post, 1 to 5; None where no post has a rank."""
    ranks = [_ranks()[tenure.post] for tenure in official.tenures if tenure.post in _ranks()]
    return next(level for level, last in enumerate(_LAST_RANK_OF_LEVEL, 1) if min(ranks) <= last) if ranks else None


@cache
def _ranks() -> dict[str, int]:
    """The rank of each post on the ladder, by its name."""
    ladder = Graph().parse(data=ontology_file("posts.ttl").read_bytes(), format="turtle")
    return {local_id(post).removeprefix("post/"): int(str(rank)) for post, rank in ladder.subject_objects(DG.rank)}


def _meeting(meeting: MeetingRecord, at: Callable[[str], int]) -> Entry:
    return {
        "id": meeting.id,
        "type": "" if meeting.type == "meeting" else meeting.type,
        "planned": True if meeting.status == "planned" else None,
        "date": meeting.date,
        "end": meeting.end_date,
        "dateline": True if meeting.date_basis == "dateline" else None,
        "place": at(meeting.place) if meeting.place else None,
        "country": at(f"state/{meeting.country}") if meeting.country else None,
        "who": [at(name) for name in meeting.participants],
        "states": [at(f"state/{code}") for code in meeting.states],
        "organizations": [at(name) for name in meeting.organizations],
        "topics": list(meeting.topics),
        "confidence": meeting.confidence,
    }


def _tenure(tenure: TenureRecord, at: Callable[[str], int]) -> Entry:
    return {
        "title": tenure.title,
        "for": at(tenure.acts_for) if tenure.acts_for else None,
        "within": at(tenure.within) if tenure.within else None,
        "to": at(tenure.accredited_to) if tenure.accredited_to else None,
        "days": list(tenure.attested_on),
    }


def _article_key(quote: Quote) -> tuple[str, str]:
    return quote.published, quote.article


def _passage_key(quote: Quote) -> tuple[tuple[str, str], int, str]:
    return _article_key(quote), quote.start, quote.text


def _article(quote: Quote) -> Entry:
    return _filled(
        {
            "id": quote.article,
            "title": quote.title,
            "url": quote.url,
            "date": quote.published,
            "publisher": quote.publisher,
            "language": quote.language,
        }
    )
