"""graph → dossier: one page on an official, a state or an organisation, every line with the sentence behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import networkx as nx
from rdflib import Graph

from diplograph.analyse import rank
from diplograph.corpus import Corpus, by_date
from diplograph.lookup import find
from diplograph.network import NetworkKind, network, parties_of
from diplograph.paper import Block, Content, Paper, Text, entries, section, table
from diplograph.records import MeetingRecord, OfficialRecord, Records
from diplograph.wording import Language

_KIND: Mapping[str, NetworkKind] = {"official": "officials", "state": "states", "organization": "organizations"}
_TOP = 20


def dossier(graph: Graph | Records, who: str, *, language: Language = "en") -> Paper:
    """The dossier of whom `who` names (see `lookup.find`): an ISO code, a name, an id.

    Of an official: the posts as attested, figures, whom they met, topics, meetings held and planned. Of a state or an
    organisation: who acts for it and who is accredited to it, its partners and when each was met first and last,
    topics, meetings. Each count of meetings stands beside the articles that report them, the newest meeting first.

    `language` is "en" or "ru".

    Raises:
        LanguageError: it is neither.
        LookupFailedError: nobody is called so, or several are.
        RecordError: the graph breaks the contract, see `records.read_meetings`.
    """
    corpus = Corpus.of(graph, language=language)
    say = corpus.say
    thing = find(corpus.records, who)
    kind = _KIND[thing.partition("/")[0]]
    ties = network(corpus.records, kind=kind)
    official = corpus.officials.get(thing)
    parties = parties_of(corpus.records, kind)
    theirs = [meeting for meeting in corpus.records.meetings if thing in parties[meeting.id]]
    held = [meeting for meeting in by_date(theirs) if meeting.status == "held"]
    planned = [meeting for meeting in by_date(theirs) if meeting.status == "planned"]
    entry = partial(corpus.entry, known=thing)
    sections = [
        section(say("In figures"), _figures(corpus, ties, thing, held, planned)),
        *(
            [section(say("Posts"), _posts(corpus, official))]
            if official
            else [
                section(say("Who acts for it"), _acting(corpus, thing)),
                section(say("Accredited to it"), _sent(corpus, thing)),
            ]
        ),
        section(say("Whom met") if official else say("Partners"), _partners(corpus, ties, thing)),
        section(say("Topics"), _topics(corpus, held)),
        section(say("Meetings held"), entries(held[::-1], entry)),
        section(say("Planned"), entries(planned, entry)),
    ]
    return Paper(corpus.name(thing), tuple(sections), note=_note(corpus, thing, official), language=language)


def _note(corpus: Corpus, thing: str, official: OfficialRecord | None) -> str:
    labels = corpus.records.labels.get(thing, {})
    others = [text for text in labels.values() if text != corpus.name(thing)]
    others += corpus.records.other_names.get(thing, ())
    acts_for = corpus.acts_for(official) if official else ""
    told = [
        corpus.say("Also: {names}.", names=", ".join(dict.fromkeys(others))) if others else "",
        corpus.say("Acts for: {names}.", names=acts_for) if acts_for else "",
        corpus.say("What the articles say, no more ({id}).", id=thing),
    ]
    return " ".join(filter(None, told))


def _figures(
    corpus: Corpus,
    ties: nx.Graph[str],
    thing: str,
    held: Sequence[MeetingRecord],
    planned: Sequence[MeetingRecord],
) -> Block:
    rows: list[tuple[Content, ...]] = [
        (corpus.say(name), len(meetings), corpus.articles(meeting.id for meeting in meetings))
        for name, meetings in (("meetings held", held), ("meetings planned", planned))
    ]
    if thing in ties:
        rows.append(
            (corpus.say("different parties met"), ties.degree(thing), corpus.articles(meeting.id for meeting in held))
        )
        place = next(row for row in rank(ties) if row.node == thing)
        standing = corpus.say(
            "{score} ({rank} of {total}, {method})",
            score=f"{place.score:.3f}",
            rank=place.rank,
            total=len(ties),
            method=corpus.say(place.method),
        )
        rows.append((corpus.say("betweenness"), standing, place.articles))
    dates = sorted(meeting.date for meeting in held if meeting.date)
    if dates:
        rows.append((corpus.say("first and last dated"), corpus.period(dates[0], dates[-1]), ""))
    return table(corpus.words("What", "How many", "Articles"), rows)


def _posts(corpus: Corpus, official: OfficialRecord) -> Block:
    rows = [
        (
            tenure.title or tenure.post,
            corpus.name(tenure.acts_for) if tenure.acts_for else "",
            corpus.name(tenure.within) if tenure.within else "",
            corpus.name(tenure.accredited_to) if tenure.accredited_to else "",
            corpus.period(tenure.attested_on[0], tenure.attested_on[-1]) if tenure.attested_on else "",
            len({quote.article for quote in tenure.quotes}),
            corpus.receipt(tenure.quotes),
        )
        for tenure in sorted(official.tenures, key=lambda tenure: (tenure.attested_on, tenure.id))
    ]
    return table(corpus.words("Post", "Acts for", "Within", "Accredited to", "Attested", "Articles", "Sentence"), rows)


def _acting(corpus: Corpus, thing: str) -> Block:
    code = thing.removeprefix("state/")
    acting = [o for o in corpus.records.officials if thing in o.organizations or code in o.states]
    return _people(corpus, acting)


def _sent(corpus: Corpus, thing: str) -> Block:
    sent = [o for o in corpus.records.officials if any(thing == tenure.accredited_to for tenure in o.tenures)]
    return _people(corpus, sent)


def _people(corpus: Corpus, officials: Iterable[OfficialRecord]) -> Block:
    part: dict[str, list[str]] = defaultdict(list)
    for meeting in corpus.held:
        for who in meeting.participants:
            part[who].append(meeting.id)
    ordered = sorted(officials, key=lambda official: (-len(part[official.id]), corpus.name(official.id), official.id))
    rows = [
        (
            corpus.name(official.id),
            ", ".join(official.posts),
            corpus.acts_for(official),
            len(part[official.id]),
            len({quote.article for quote in official.quotes}),
        )
        for official in ordered
    ]
    return table(corpus.words("Name", "Post", "Acts for", "Meetings held", "Articles"), rows)


def _partners(corpus: Corpus, ties: nx.Graph[str], thing: str) -> Block:
    partners = sorted(ties.adj.get(thing, ()), key=lambda other: (-ties.edges[thing, other]["meetings"],
                                                                               corpus.name(other), other))  # fmt: skip
    rows = []
    for other in partners[:_TOP]:
        data = ties.edges[thing, other]
        official = corpus.officials.get(other)
        acts_for = (corpus.acts_for(official),) if official else ()
        topics = ", ".join(map(corpus.topic, data["topics"]))
        rows.append((corpus.name(other), *acts_for, data["meetings"], data["first"], data["last"], topics,
                     data["articles"]))  # fmt: skip
    whom = corpus.words("Name", "Acts for") if thing in corpus.officials else corpus.words("Name")
    header = (*whom, *corpus.words("Meetings held", "First", "Last", "Topics", "Articles"))
    return table(header, rows, total=len(partners))


def _topics(corpus: Corpus, held: Iterable[MeetingRecord]) -> Block:
    of_topic: dict[str, list[str]] = defaultdict(list)
    for meeting in held:
        for topic in meeting.topics:
            of_topic[topic].append(meeting.id)
    order = sorted(of_topic, key=lambda topic: (-len(of_topic[topic]), topic))
    if not order:
        return Text(corpus.say("None."))
    return table(
        corpus.words("Topic", "Meetings held", "Articles"),
        [(corpus.topic(topic), len(of_topic[topic]), corpus.articles(of_topic[topic])) for topic in order],
    )
