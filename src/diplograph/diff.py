"""Two graphs → what is new in the second: a brief for the morning.

Meetings are compared by what they rest on, not by their ids alone: an id comes from what is said of a meeting, and
changes when a second article adds a participant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rdflib import Graph

from diplograph.corpus import Corpus, by_date
from diplograph.network import NetworkKind, network
from diplograph.paper import Content, Paper, entries, section
from diplograph.records import MeetingRecord, OfficialRecord, Records, TenureRecord
from diplograph.wording import Language, say

#: Posts that one person holds at a time, so that another holder means that the post changed hands.
ONE_HOLDER = frozenset(
    {
        *("head-of-state", "head-of-government", "crown-prince", "foreign-minister", "minister", "ambassador"),
        *("permanent-representative", "charge-daffaires", "consul-general", "speaker-of-parliament"),
        *("head-of-international-organization", "central-bank-governor", "prosecutor-general", "head-of-agency"),
        *("state-secretary", "ombudsman", "rector", "mayor", "governor"),
    }
)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: what it is about, in words, and the sentence behind it."""

    what: str
    date: str  # "" where it has none
    evidence: tuple[str, ...]  # ids of the things behind it: meetings, tenures, officials; sorted
    articles: int
    content: Content  # as a paper shows it


#: The lists of a brief, in order, and what stands above them.
_TITLES = {
    "new_officials": "New officials",
    "first_contacts": "First contacts",
    "changed_hands": "Posts that changed hands",
    "now_held": "Planned meetings now held",
    "new_meetings": "Meetings newly reported",
    "newly_planned": "Meetings newly planned",
    "withdrawn": "Withdrawn",
}


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed from one graph to a later one; each list is by date, then by words."""

    new_officials: tuple[Change, ...]
    first_contacts: tuple[Change, ...]
    changed_hands: tuple[Change, ...]
    now_held: tuple[Change, ...]
    new_meetings: tuple[Change, ...]
    newly_planned: tuple[Change, ...]
    withdrawn: tuple[Change, ...]
    language: Language = "en"  # of the words of the changes

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return any(getattr(self, name) for name in _TITLES)

    def to_paper(self) -> Paper:
        """The brief; `Paper.render` makes Markdown or a printable page of it."""
        sections = (
            section(say(title, self.language), entries(getattr(self, name), lambda change: change.content))
            for name, title in _TITLES.items()
        )
        return Paper(say("What is new", self.language), tuple(sections), language=self.language)

    def to_dict(self) -> dict[str, list[dict[str, Any]]]:
        """The changes as plain values for programs."""
        return {
            name: [
                {"what": c.what, "date": c.date, "evidence": list(c.evidence), "articles": c.articles}
                for c in getattr(self, name)
            ]
            for name in _TITLES
        }

    def _repr_html_(self) -> str:
        return self.to_paper()._repr_html_()


def diff(old: Graph | Records, new: Graph | Records, *, language: Language = "en") -> Diff:
    """What the second graph says that the first did not, and what it no longer says.

    - new officials: ids that the first graph does not have;
    - first contacts: pairs of officials, and of states, that met in no meeting of the first;
    - posts that changed hands: posts that one person holds at a time (`ONE_HOLDER`, same title for the same bodies),
      with another holder attested no earlier than the last day of the old one;
    - planned meetings now held: a meeting held that the first graph had as planned (by id, or a new one with all its
      participants, or where it named none its states, and a date that agrees);
    - meetings newly reported and newly planned: no sentence of theirs was behind a meeting of the first graph;
    - withdrawn: meetings none of whose sentences is behind a meeting any more, officials and tenures that are gone
      and are not the receipt of another.

    The changes are told in `language`, "en" or "ru".

    Raises:
        LanguageError: it is neither.
        RecordError: a graph breaks the contract, see `records.read_meetings`.
    """
    before, after = (Corpus.of(graph, language=language) for graph in (old, new))
    now_held = dict(_now_held(before, after))
    known, still = _receipts(before.meetings.values()), _receipts(after.meetings.values())
    fresh = [m for m in after.meetings.values() if m.id not in before.meetings and not _receipts([m]) & known]
    gone = [
        meeting
        for meeting in before.meetings.values()
        if meeting.id not in after.meetings and meeting.id not in now_held and not _receipts([meeting]) & still
    ]
    reported = [m for m in fresh if m.status == "held" and m.id not in {held.id for held in now_held.values()}]
    return Diff(
        new_officials=_sorted(
            _official(after, o) for name, o in after.officials.items() if name not in before.officials
        ),
        first_contacts=_sorted(
            change for kind in ("officials", "states") for change in _first_contacts(before, after, kind)
        ),
        changed_hands=_sorted(_changed_hands(before, after)),
        now_held=_sorted(_meeting(after, held) for held in now_held.values()),
        new_meetings=_sorted(_meeting(after, meeting) for meeting in reported),
        newly_planned=_sorted(_meeting(after, meeting) for meeting in fresh if meeting.status == "planned"),
        withdrawn=_sorted(
            [*(_meeting(before, meeting) for meeting in gone), *_officials_gone(before, after)],
        ),
        language=language,
    )


def _sorted(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(changes, key=lambda change: (change.date, change.what, change.evidence)))


def _receipts(meetings: Iterable[MeetingRecord]) -> set[tuple[str, int, str]]:
    return {(quote.article, quote.start, quote.text) for meeting in meetings for quote in meeting.quotes}


def _meeting(corpus: Corpus, meeting: MeetingRecord) -> Change:
    content = corpus.entry(meeting)
    what = str(content[0]) if isinstance(content, tuple) else str(content)
    return Change(what, meeting.date, (meeting.id,), len(meeting.articles), content)


def _official(corpus: Corpus, official: OfficialRecord) -> Change:
    about = "; ".join(part for part in (", ".join(official.posts), corpus.acts_for(official)) if part)
    what = f"{corpus.name(official.id)}{f' ({about})' if about else ''}."
    first = min((quote.published for quote in official.quotes if quote.published), default="")
    articles = len({quote.article for quote in official.quotes})
    return Change(what, first, (official.id,), articles, (what, *corpus.receipt(official.quotes)))


def _first_contacts(before: Corpus, after: Corpus, kind: NetworkKind) -> Iterator[Change]:
    met = {frozenset(pair) for pair in network(before.records, kind=kind).edges}
    for a, b, data in network(after.records, kind=kind).edges(data=True):
        if frozenset((a, b)) not in met:
            what = after.pair(after.name(a), after.name(b))
            first = by_date(after.meetings[meeting] for meeting in data["evidence"])[0]
            content = (
                f"{what}: {first.date or after.say('no date')}, {after.say(first.type)}.",
                *after.receipt(first.quotes),
            )
            yield Change(what, first.date, data["evidence"], data["articles"], content)


Post = tuple[str, str, str, str]


def _holders(corpus: Corpus) -> Mapping[Post, dict[str, TenureRecord]]:
    held: dict[Post, dict[str, TenureRecord]] = defaultdict(dict)
    for official in corpus.records.officials:
        for tenure in official.tenures:
            if tenure.post in ONE_HOLDER and tenure.acts_for:
                post = (tenure.title.casefold(), tenure.acts_for, tenure.within, tenure.accredited_to)
                held[post][official.id] = tenure
    return held


def _changed_hands(before: Corpus, after: Corpus) -> Iterator[Change]:
    earlier, later = _holders(before), _holders(after)
    for post in sorted(set(earlier) & set(later)):
        last = max((day for tenure in earlier[post].values() for day in tenure.attested_on), default="")
        for who in sorted(set(later[post]) - set(earlier[post])):
            tenure = later[post][who]
            since = min(tenure.attested_on, default="")
            if not since or since < last:
                continue
            old = ", ".join(before.name(holder) for holder in sorted(earlier[post]))
            bodies = ", ".join(dict.fromkeys(after.name(body) for body in post[1:] if body))
            what = f"{tenure.title}, {bodies}: {old} → {after.name(who)}"
            evidence = tuple(sorted({tenure.id, *(one.id for one in earlier[post].values())}))
            articles = len({quote.article for quote in tenure.quotes})
            yield Change(
                what,
                since,
                evidence,
                articles,
                (f"{what}, {after.say('attested {date}', date=since)}.", *after.receipt(tenure.quotes)),
            )


def _now_held(before: Corpus, after: Corpus) -> Iterator[tuple[str, MeetingRecord]]:
    """Each meeting once planned, with the one held that it became."""
    held_before = {meeting.id for meeting in before.held}
    new = [meeting for meeting in after.held if meeting.id not in held_before]
    for planned in before.planned:
        same = [meeting for meeting in new if meeting.id == planned.id or _fulfils(planned, meeting)]
        if same:
            yield planned.id, same[0]


def _fulfils(planned: MeetingRecord, held: MeetingRecord) -> bool:
    if not planned.date or not held.date:
        return False
    if not (planned.date.startswith(held.date) or held.date.startswith(planned.date)):
        return False
    if planned.participants:
        return set(planned.participants) <= set(held.participants)
    return len(planned.states) > 1 and set(planned.states) <= set(held.states)


def _officials_gone(before: Corpus, after: Corpus) -> Iterator[Change]:
    still = {(quote.article, quote.start, quote.text) for o in after.records.officials for quote in o.quotes}
    for name, official in before.officials.items():
        own = {(quote.article, quote.start, quote.text) for quote in official.quotes}
        if name not in after.officials and not own & still:
            yield _official(before, official)
