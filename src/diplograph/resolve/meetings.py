"""Which encounter claims are one meeting.

Two reports are one meeting when they name the same people, or the same bodies where they name nobody, on one date, and
nothing about them differs. A planned meeting and the one that was held stay two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import combinations, product
from math import prod
from operator import attrgetter
from typing import TypeVar

from diplograph.iris import digest, distinct_ids
from diplograph.model import Claims, EncounterClaim, EncounterType, Meeting, PartialDate, Ref
from diplograph.resolve.evidence import reading_order
from diplograph.resolve.references import EntityIds

_Item = TypeVar("_Item", str, Ref)
_ALL_BUT_THE_ID = attrgetter(*(field.name for field in fields(Meeting) if field.name != "id"))

_MOST_CONFIDENT = 0.99
#: Types one article may give and another not: every one of them is also a meeting.
_SHARPER: frozenset[EncounterType] = frozenset(["consultations", "credentials"])
_VAGUE: frozenset[EncounterType] = frozenset(["meeting", "other"])


@dataclass(frozen=True, slots=True)
class _Report:
    """One claim, its references resolved; `number` tells the reports of a run apart."""

    number: int
    article: str
    claim: EncounterClaim
    people: frozenset[Ref]
    bodies: frozenset[Ref]
    employers: frozenset[Ref]  # what the participants act for or work in: says nothing about whom they met
    place: Ref | None

    @property
    def states(self) -> frozenset[str]:
        return frozenset(self.claim.states)

    @property
    def sentence(self) -> tuple[str, int, int]:
        """The first sentence that reports it."""
        first = self.claim.receipts[0]
        return first.article, first.span.start, first.span.end


def resolve_meetings(
    claims: Sequence[Claims], ids: EntityIds, employers: Mapping[Ref, frozenset[Ref]]
) -> tuple[Meeting, ...]:
    """The meetings of `claims`, by id.

    `employers` are the organisations that each official acts for or works in.
    """
    groups = _grouped(_reports(claims, ids, employers))
    drafts = [_merged(group) for group in groups]
    names = distinct_ids(_id_choices(drafts))
    found = (Meeting(id, *_ALL_BUT_THE_ID(draft)) for draft, id in zip(drafts, names, strict=True))
    return tuple(sorted(found, key=lambda meeting: meeting.id))


def _reports(claims: Sequence[Claims], ids: EntityIds, employers: Mapping[Ref, frozenset[Ref]]) -> list[_Report]:
    reports: list[_Report] = []
    for one in sorted(claims, key=lambda one: one.article.id):
        article = one.article.id
        for claim in sorted(one.encounters, key=_claim_order):
            people = frozenset(ids.all(article, claim.participants))
            reports.append(
                _Report(
                    number=len(reports),
                    article=article,
                    claim=claim,
                    people=people,
                    bodies=frozenset(ids.all(article, claim.organizations)),
                    employers=frozenset(body for person in people for body in employers.get(person, ())),
                    place=ids.find(article, claim.place),
                )
            )
    return reports


def _claim_order(claim: EncounterClaim) -> tuple[tuple[str, int, int, str, str], ...]:
    return tuple(reading_order(receipt) for receipt in claim.receipts)


# --- which are one -------------------------------------------------------------------------------------


def _grouped(reports: Sequence[_Report]) -> list[list[_Report]]:
    """The reports, one list a meeting.

    Those of one date come together first. A report with a vaguer date then joins the one meeting that it may be; if
    there are several it stays alone.
    """
    group_of = {report.number: [report] for report in reports}
    pairs = sorted(_pairs(reports))
    for one, other in ((reports[i], reports[j]) for i, j in pairs):
        if one.claim.date == other.claim.date:
            _join(group_of, one, other)
    choices: dict[int, dict[int, _Report]] = defaultdict(dict)
    for one, other in ((reports[i], reports[j]) for i, j in pairs):
        if one.claim.date != other.claim.date:
            vague, exact = sorted((one, other), key=_vagueness, reverse=True)
            choices[vague.number].setdefault(group_of[exact.number][0].number, exact)
    for number, fitting in sorted(choices.items()):
        if len(fitting) == 1:
            _join(group_of, reports[number], next(iter(fitting.values())))
    return [group for number, group in sorted(group_of.items()) if group[0].number == number]


def _join(group_of: dict[int, list[_Report]], one: _Report, other: _Report) -> None:
    """Make the groups of two reports one, if no two members of theirs exclude each other."""
    some, others = group_of[one.number], group_of[other.number]
    if some is others or any(_exclude(a, b) for a, b in product(some, others)):
        return
    both = sorted((*some, *others), key=lambda report: report.number)
    for report in both:
        group_of[report.number] = both


def _vagueness(report: _Report) -> tuple[int, bool, int]:
    """Sorts precise dates before imprecise ones, stated ones before datelines, early reports before late ones."""
    precision = len(str(report.claim.date)) if report.claim.date else 0
    return -precision, report.claim.date_basis != "stated", report.number


def _pairs(reports: Sequence[_Report]) -> set[tuple[int, int]]:
    """The pairs of reports that may be of one meeting, found through what they have to share."""
    blocks: dict[object, list[_Report]] = defaultdict(list)
    for report in reports:
        for shared in _shared_keys(report):
            blocks[report.claim.status, shared].append(report)
    return {
        (one.number, other.number)
        for block in blocks.values()
        for one, other in combinations(block, 2)
        if not _exclude(one, other) and _one_meeting(one, other)
    }


def _shared_keys(report: _Report) -> Iterator[object]:
    """What one of the two reports of a meeting has in common with the other, by the rules of `_one_meeting`."""
    yield report.sentence
    if len(report.people) > 1:
        yield from combinations(sorted(report.people), 2)
    elif report.people:
        yield from product(report.people, report.bodies)
    else:
        yield report.bodies, report.states, report.claim.type, report.claim.date


def _one_meeting(a: _Report, b: _Report) -> bool:
    """Whether what two reports share makes them one, given that nothing excludes it."""
    if a.sentence == b.sentence and (a.people, a.bodies, a.states) == (b.people, b.bodies, b.states):
        return True
    if a.article != b.article and (a.claim.date is None or b.claim.date is None):
        return False  # the same people meet often
    if len(a.people & b.people) > 1:
        return True
    if a.people or b.people:
        met = (a.bodies & b.bodies) - a.employers
        return a.people == b.people and bool(met) and (a.states <= b.states or b.states <= a.states)
    named = bool(a.bodies) or a.claim.type not in _VAGUE
    same = (a.bodies, a.states, a.claim.type, a.claim.date) == (b.bodies, b.states, b.claim.type, b.claim.date)
    return named and same


def _exclude(a: _Report, b: _Report) -> bool:
    """Whether two reports cannot be of one meeting."""
    if a.article == b.article:
        one_story = a.people == b.people and (len(a.people) > 1 or (a.bodies, a.states) == (b.bodies, b.states))
    else:
        one_story = True
    return not (
        one_story
        and a.claim.status == b.claim.status
        and _types_agree(a.claim.type, b.claim.type)
        and _dates_agree(a.claim, b.claim)
        and (a.place is None or b.place is None or a.place == b.place)
        and (a.claim.country is None or b.claim.country is None or a.claim.country == b.claim.country)
    )


def _types_agree(a: EncounterType, b: EncounterType) -> bool:
    return a == b or (a in _VAGUE and b in _VAGUE | _SHARPER) or (b in _VAGUE and a in _SHARPER)


def _dates_agree(a: EncounterClaim, b: EncounterClaim) -> bool:
    """Whether two dates may be one: unknown, equal, one inside the other, or a day from a dateline."""
    if a.date is None or b.date is None:
        return True
    if a.end_date is not None and b.end_date is not None and a.end_date != b.end_date:
        return False
    if a.date.contains(b.date) or b.date.contains(a.date) or _during(a, b.date) or _during(b, a.date):
        return True
    one, other = _day(a.date), _day(b.date)
    filed = "dateline" in (a.date_basis, b.date_basis)
    return filed and one is not None and other is not None and abs((one - other).days) <= 1


def _during(claim: EncounterClaim, at: PartialDate) -> bool:
    days = [_day(which) for which in (claim.date, at, claim.end_date) if which is not None]
    return len(days) == 3 and None not in days and days == sorted(day for day in days if day is not None)


def _day(of: PartialDate) -> date | None:
    return date(of.year, of.month, of.day) if of.month is not None and of.day is not None else None


# --- what we say of them -------------------------------------------------------------------------------


def _merged(group: Sequence[_Report]) -> Meeting:
    """The meeting of a group, still without id."""
    claims = [report.claim for report in group]
    dated = min(claims, key=_date_quality)
    places = [report.place for report in group if report.place is not None]
    countries = [claim.country for claim in claims if claim.country is not None]
    return Meeting(
        id="",
        type=min((claim.type for claim in claims), key=lambda type: (type in _VAGUE, type)),
        status=claims[0].status,
        receipts=tuple(dict.fromkeys(receipt for claim in claims for receipt in claim.receipts)),
        confidence=_confidence(group),
        participants=_union(report.people for report in group),
        organizations=_union(report.bodies for report in group),
        states=_union(report.states for report in group),
        date=dated.date,
        end_date=dated.end_date,
        date_basis=dated.date_basis,
        place=places[0] if places else None,
        country=countries[0] if countries else None,
        topics=_union(claim.topics for claim in claims),
    )


def _union(parts: Iterable[Iterable[_Item]]) -> tuple[_Item, ...]:
    return tuple(sorted({item for part in parts for item in part}))


def _date_quality(claim: EncounterClaim) -> tuple[bool, int, bool, str]:
    """Sorts the best date first: stated, precise, with its end, early."""
    text = str(claim.date) if claim.date else ""
    return claim.date_basis != "stated", -len(text), claim.end_date is None, text


def _confidence(group: Sequence[_Report]) -> float:
    """That one article at least is right, each counted once by its best claim; never certain."""
    if len(group) == 1:  # as most are
        return min(_MOST_CONFIDENT, 1 - (1 - group[0].claim.confidence))
    best: dict[str, float] = {}
    for report in group:
        best[report.article] = max(best.get(report.article, 0.0), report.claim.confidence)
    return min(_MOST_CONFIDENT, 1 - prod(1 - confidence for confidence in best.values()))


def _id_choices(meetings: Sequence[Meeting]) -> list[tuple[str, ...]]:
    """A hash of what was reported; and one with the first receipt, for meetings that are told apart by nothing else."""
    plain = [digest(*_content(meeting)) for meeting in meetings]
    taken = Counter(plain)
    return [
        (id,) if taken[id] == 1 else (id, digest(*_content(meeting), *_first_place(meeting)))
        for id, meeting in zip(plain, meetings, strict=True)
    ]


def _first_place(meeting: Meeting) -> tuple[str, str, str]:
    first = meeting.receipts[0]
    return first.article, str(first.span.start), first.quote


def _content(meeting: Meeting) -> tuple[str, ...]:
    return (
        meeting.status,
        meeting.type,
        " ".join(ref.key for ref in meeting.participants),
        " ".join(ref.key for ref in meeting.organizations),
        " ".join(meeting.states),
        str(meeting.date or ""),
        meeting.country or "",
        meeting.place.key if meeting.place else "",
    )
