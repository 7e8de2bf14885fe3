"""graph → report: what a set of articles says, on a page or two that show how far it can be trusted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx
from rdflib import Graph

from diplograph.analyse import Ranking, brokers, rank
from diplograph.communities import cluster
from diplograph.contacts import LATE, SILENCE, contacts, late_period
from diplograph.corpus import Corpus, period
from diplograph.network import network
from diplograph.paper import Block, Entries, Paper, Section, Text, entries, section, table
from diplograph.records import Records

#: How many rows a table of the first shows.
TOP = 20


def report(graph: Graph | Records, run: Mapping[str, Any] | None = None) -> Paper:
    """The report, in English, with names as in the graph; `Paper.render` makes Markdown or a printable page of it.

    Sections in order: the corpus in figures, people, states, pairs, communities, brokers, topics, new and renewed
    contacts, planned meetings, meetings told by one article only and, from `run` (the content of run.json), what could
    not be read and which candidates were not asserted. A section with nothing to show says so. Every count of meetings
    stands beside the count of articles that report them.

    Raises:
        RecordError: the graph breaks the contract, see `records.read_meetings`.
    """
    corpus = Corpus.of(graph)
    people = network(corpus.records, kind="officials")
    states = network(corpus.records, kind="states")
    sections = [
        section("The corpus in figures", *_figures(corpus)),
        section("People", _people(corpus, people)),
        section("States", _states(corpus, states)),
        section("Who met most often", _pairs(corpus, people)),
        section("States that met most often", _pairs(corpus, states)),
        section("Communities", *_communities(corpus, people)),
        section("Between states", *_brokers(people)),
        section("Topics", _topics(corpus)),
        _contacts(corpus),
        section("Planned meetings", entries(corpus.entry(meeting) for meeting in corpus.planned)),
        section("Told by one article only", *_single(corpus)),
    ]
    if run is not None:
        sections.append(section("What could not be read", _unread(run)))
        sections.append(section("Candidates not asserted", _unsaid(run)))
    return Paper("Who met whom", tuple(sections))


def _figures(corpus: Corpus) -> list[Block]:
    dates = sorted(meeting.date for meeting in corpus.held if meeting.date)
    states = {code for meeting in corpus.meetings.values() for code in meeting.states}
    states |= {code for official in corpus.officials.values() for code in official.states}
    held, planned = ([meeting.id for meeting in meetings] for meetings in (corpus.held, corpus.planned))
    figures = table(
        ("What", "How many", "Articles"),
        [
            ("articles", corpus.records.articles, corpus.records.articles),
            ("meetings held", len(held), corpus.articles(held)),
            ("meetings planned", len(planned), corpus.articles(planned)),
            ("officials", len(corpus.officials), len({q.article for o in corpus.officials.values() for q in o.quotes})),
            ("states that met or are represented", len(states), ""),
            ("organisations named", corpus.records.organizations, ""),
        ],
    )
    if not corpus.held:
        return [figures, Text("No meeting was held.")]
    span = f"The dated meetings held run from {dates[0]} to {dates[-1]}." if dates else "No meeting held has a date."
    return [figures, Text(f"{span} Without a date: {len(corpus.held) - len(dates)}.")]


def _people(corpus: Corpus, people: nx.Graph[str]) -> Block:
    rows = []
    for row in _most_meetings(rank(people, measure="betweenness")):
        official = corpus.officials[row.node]
        posts = ", ".join(official.posts)
        met = people.degree(row.node)
        rows.append((row.label, corpus.acts_for(official), posts, row.meetings, met, f"{row.score:.3f}", row.articles))
    header = ("Name", "Acts for", "Post", "Meetings held", "People met", "Betweenness", "Articles")
    return table(header, rows, total=_took_part(people))


def _states(corpus: Corpus, states: nx.Graph[str]) -> Block:
    rows = []
    for row in _most_meetings(rank(states, measure="betweenness")):
        partners = sorted(states[row.node], key=lambda other: (-states.edges[row.node, other]["meetings"], other))
        first = f"{corpus.name(partners[0])} ({states.edges[row.node, partners[0]]['meetings']})" if partners else ""
        rows.append((row.label, row.meetings, len(partners), first, f"{row.score:.3f}", row.articles))
    header = ("State", "Meetings held", "States met", "Most often", "Betweenness", "Articles")
    return table(header, rows, total=_took_part(states))


def _pairs(corpus: Corpus, ties: nx.Graph[str]) -> Block:
    edges = sorted(ties.edges(data=True), key=lambda edge: (-edge[2]["meetings"], edge[0], edge[1]))
    rows = [
        (
            f"{corpus.name(a)} and {corpus.name(b)}",
            data["meetings"],
            period(data["first"], data["last"]),
            ", ".join(data["topics"]),
            data["articles"],
        )
        for a, b, data in edges[:TOP]
    ]
    return table(("Pair", "Meetings held", "When", "Topics", "Articles"), rows, total=len(edges))


def _communities(corpus: Corpus, people: nx.Graph[str]) -> list[Block]:
    communities = cluster(people)
    rows = []
    for community in communities:
        if len(community.members) == 1:
            continue
        inside = people.subgraph(community.members)
        evidence = {meeting for _, _, data in inside.edges(data=True) for meeting in data["evidence"]}
        shown = sorted(community.members, key=lambda node: (-people.nodes[node]["meetings"], node))[:5]
        more = len(community.members) - len(shown)
        names = ", ".join(map(corpus.name, shown)) + (f" and {more} more" if more else "")
        size = len(community.members)
        rows.append((community.id, community.label, size, names, len(evidence), corpus.articles(evidence)))
    if not rows:
        return [Entries(())]
    alone = nx.number_of_isolates(people)
    total = sum(community.modularity for community in communities)
    method = f"Louvain on the number of meetings, seed 1, modularity {total:.3f}; a reading of the network, not a fact."
    header = ("No.", "States and topics", "People", "Among them", "Meetings held", "Articles")
    return [Text(f"{method} People who met nobody here: {alone}."), table(header, rows)]


def _brokers(people: nx.Graph[str]) -> list[Block]:
    found = brokers(people)
    rows = [
        (broker.label, broker.pairs, ", ".join(f"{a}-{b}" for a, b in broker.between), broker.meetings, broker.articles)
        for broker in found[:TOP]
    ]
    if not rows:
        return [Entries(())]
    meaning = "Pairs of officials of different states who met this person, not each other (Gould and Fernandez 1989)."
    return [Text(meaning), table(("Name", "Pairs", "States", "Meetings held", "Articles"), rows, total=len(found))]


def _topics(corpus: Corpus) -> Block:
    of_topic: dict[str, list[str]] = defaultdict(list)
    for meeting in corpus.held:
        for topic in meeting.topics:
            of_topic[topic].append(meeting.id)
    order = sorted(of_topic, key=lambda topic: (-len(of_topic[topic]), topic))
    rows = [(topic, len(of_topic[topic]), corpus.articles(of_topic[topic])) for topic in order]
    return table(("Topic", "Meetings held", "Articles"), rows)


def _contacts(corpus: Corpus) -> Section:
    late = late_period(corpus.held)
    if not late:
        return section("New and renewed contacts", Entries(()))
    meaning = (
        f"From {late[0]} to {late[1]}, the last {LATE} days with meetings. New: no earlier meeting of the pair in these"
        f" articles. Renewed: none in the {SILENCE} days before."
    )
    rows = [
        (contact.kind, f"{contact.a_name} and {contact.b_name}", contact.date, contact.before, *evidence)
        for kind in ("states", "officials")
        for contact in contacts(corpus.records, kind=kind)[:TOP]
        for evidence in [(len(contact.evidence), corpus.articles(contact.evidence))]
    ]
    header = ("Contact", "Pair", "Met on", "Before that", "Meetings of late", "Articles")
    return section("New and renewed contacts", Text(meaning), table(header, rows))


def _single(corpus: Corpus) -> list[Block]:
    single = [meeting for meeting in corpus.held if len(meeting.articles) <= 1]
    count = [Text(f"{len(single)} of {len(corpus.held)} meetings held.")] if single else []
    return [*count, entries(corpus.entry(meeting) for meeting in single)]


def _unread(run: Mapping[str, Any]) -> Block:
    inputs = [entry for entry in run.get("inputs", ()) if entry.get("outcome") != "extracted"]
    return entries(
        f"{entry.get('source', '')}: {entry.get('outcome', '')}{_because(entry.get('reason'))}" for entry in inputs
    )


def _unsaid(run: Mapping[str, Any]) -> Block:
    return entries(
        f"{entry.get('article', '')}: «{entry.get('quote', '')}»{_because(entry.get('reason'))}"
        for entry in run.get("unsaid", ())
    )


def _because(reason: object) -> str:
    return f" ({reason})" if reason else ""


def _took_part(ties: nx.Graph[str]) -> int:
    return sum(1 for _, meetings in ties.nodes(data="meetings") if meetings)


def _most_meetings(ranking: Sequence[Ranking]) -> list[Ranking]:
    """The first rows of a ranking read by meetings first; who took part in none is left out."""
    return sorted((row for row in ranking if row.meetings), key=lambda row: -row.meetings)[:TOP]
