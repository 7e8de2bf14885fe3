"""graph → report: what a set of articles says, on a page or two that show how far it can be trusted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import networkx as nx
from rdflib import Graph

from diplograph.analyse import Ranking, brokers, ranking
from diplograph.communities import Community
from diplograph.contacts import LATE, SILENCE, contacts_of, late_period
from diplograph.corpus import Corpus
from diplograph.network import NetworkKind
from diplograph.networks import Networks
from diplograph.paper import Block, Entries, Paper, Section, Text, entries, section, table
from diplograph.records import Records
from diplograph.wording import Language

#: Whose new and renewed contacts are told, in this order.
_IN_CONTACT: tuple[NetworkKind, ...] = ("states", "officials")
#: How many rows a table of the first shows.
TOP = 20


def report(
    graph: Graph | Records | Networks, run: Mapping[str, Any] | None = None, *, language: Language = "en"
) -> Paper:
    """The report, with names as in the graph; `Paper.render` makes Markdown or a printable page of it.

    Sections in order: the corpus in figures, people, states, pairs, communities, brokers, topics, new and renewed
    contacts, planned meetings, meetings told by one article only and, from `run` (the content of run.json), what could
    not be read and which candidates were not asserted. A section with nothing to show says so. Every count of meetings
    stands beside the count of articles that report them.

    `language` is "en" or "ru".

    Raises:
        LanguageError: it is neither.
        RecordError: the graph breaks the contract, see `records.read_meetings`.
    """
    networks = Networks.of(graph)
    corpus = Corpus.of(networks.records, language=language)
    say = corpus.say
    people, states = networks.network("officials"), networks.network("states")
    sections = [
        section(say("The corpus in figures"), *_figures(corpus)),
        section(say("People"), _people(corpus, networks)),
        section(say("States"), _states(corpus, networks)),
        section(say("Who met most often"), _pairs(corpus, people)),
        section(say("States that met most often"), _pairs(corpus, states)),
        section(say("Communities"), *_communities(corpus, networks)),
        section(say("Between states"), *_brokers(corpus, people)),
        section(say("Topics"), _topics(corpus)),
        _contacts(corpus, networks),
        section(say("Planned meetings"), entries(corpus.planned, corpus.entry)),
        section(say("Told by one article only"), *_single(corpus)),
    ]
    if run is not None:
        sections.append(section(say("What could not be read"), _unread(corpus, run)))
        sections.append(section(say("Candidates not asserted"), _unsaid(run)))
    return Paper(say("Who met whom"), tuple(sections), language=language)


def _figures(corpus: Corpus) -> list[Block]:
    dates = sorted(meeting.date for meeting in corpus.held if meeting.date)
    states = {code for meeting in corpus.meetings.values() for code in meeting.states}
    states |= {code for official in corpus.officials.values() for code in official.states}
    held, planned = ([meeting.id for meeting in meetings] for meetings in (corpus.held, corpus.planned))
    figures = table(
        corpus.words("What", "How many", "Articles"),
        [
            (corpus.say("articles"), corpus.records.articles, corpus.records.articles),
            (corpus.say("meetings held"), len(held), corpus.articles(held)),
            (corpus.say("meetings planned"), len(planned), corpus.articles(planned)),
            (
                corpus.say("officials"),
                len(corpus.officials),
                len({q.article for o in corpus.officials.values() for q in o.quotes}),
            ),
            (corpus.say("states that met or are represented"), len(states), ""),
            (corpus.say("organisations named"), corpus.records.organizations, ""),
        ],
    )
    if not corpus.held:
        return [figures, Text(corpus.say("No meeting was held."))]
    span = corpus.say("No meeting held has a date.")
    if dates:
        span = corpus.say("The dated meetings held run from {first} to {last}.", first=dates[0], last=dates[-1])
    undated = corpus.say("Without a date: {count}.", count=len(corpus.held) - len(dates))
    return [figures, Text(f"{span} {undated}")]


def _people(corpus: Corpus, networks: Networks) -> Block:
    people = networks.network("officials")
    rows = []
    for row in _most_meetings(networks, "officials"):
        official = corpus.officials[row.node]
        posts = ", ".join(official.posts)
        met = people.degree(row.node)
        rows.append((row.label, corpus.acts_for(official), posts, row.meetings, met, f"{row.score:.3f}", row.articles))
    header = corpus.words("Name", "Acts for", "Post", "Meetings held", "People met", "Betweenness", "Articles")
    return table(header, rows, total=_took_part(people))


def _states(corpus: Corpus, networks: Networks) -> Block:
    states = networks.network("states")
    rows = []
    for row in _most_meetings(networks, "states"):
        partners = sorted(states[row.node], key=lambda other: (-states.edges[row.node, other]["meetings"], other))
        first = f"{corpus.name(partners[0])} ({states.edges[row.node, partners[0]]['meetings']})" if partners else ""
        rows.append((row.label, row.meetings, len(partners), first, f"{row.score:.3f}", row.articles))
    header = corpus.words("State", "Meetings held", "States met", "Most often", "Betweenness", "Articles")
    return table(header, rows, total=_took_part(states))


def _pairs(corpus: Corpus, ties: nx.Graph[str]) -> Block:
    edges = sorted(ties.edges(data=True), key=lambda edge: (-edge[2]["meetings"], edge[0], edge[1]))
    rows = [
        (
            corpus.pair(corpus.name(a), corpus.name(b)),
            data["meetings"],
            corpus.period(data["first"], data["last"]),
            ", ".join(map(corpus.topic, data["topics"])),
            data["articles"],
        )
        for a, b, data in edges[:TOP]
    ]
    return table(corpus.words("Pair", "Meetings held", "When", "Topics", "Articles"), rows, total=len(edges))


def _communities(corpus: Corpus, networks: Networks) -> list[Block]:
    people, communities = networks.network("officials"), networks.communities("officials")
    rows = []
    for community in communities:
        if len(community.members) == 1:
            continue
        inside = people.subgraph(community.members)
        evidence = {meeting for _, _, data in inside.edges(data=True) for meeting in data["evidence"]}
        shown = sorted(community.members, key=lambda node: (-people.nodes[node]["meetings"], node))[:5]
        more = len(community.members) - len(shown)
        names = ", ".join(map(corpus.name, shown)) + (f" {corpus.say('and {count} more', count=more)}" if more else "")
        size = len(community.members)
        label = community.label if corpus.language == "en" else _label(corpus, community)
        rows.append((community.id, label, size, names, len(evidence), corpus.articles(evidence)))
    if not rows:
        return [Entries(())]
    alone = nx.number_of_isolates(people)
    total = sum(community.modularity for community in communities)
    method = corpus.say(
        "Louvain on the number of meetings, seed 1, modularity {total}; a reading of the network, not a fact.",
        total=f"{total:.3f}",
    )
    lonely = corpus.say("People who met nobody here: {count}.", count=alone)
    header = corpus.words("No.", "States and topics", "People", "Among them", "Meetings held", "Articles")
    return [Text(f"{method} {lonely}"), table(header, rows)]


def _label(corpus: Corpus, community: Community) -> str:
    """The label of a community in the language of the report: "KZ, HU · торговля"."""
    shown = " · ".join(", ".join(names) for names in (community.states, map(corpus.topic, community.topics)) if names)
    return shown or community.label


def _brokers(corpus: Corpus, people: nx.Graph[str]) -> list[Block]:
    found = brokers(people)
    rows = [
        (broker.label, broker.pairs, ", ".join(f"{a}-{b}" for a, b in broker.between), broker.meetings, broker.articles)
        for broker in found[:TOP]
    ]
    if not rows:
        return [Entries(())]
    meaning = corpus.say(
        "Pairs of officials of different states who met this person, not each other (Gould and Fernandez 1989)."
    )
    return [
        Text(meaning),
        table(corpus.words("Name", "Pairs", "States", "Meetings held", "Articles"), rows, total=len(found)),
    ]


def _topics(corpus: Corpus) -> Block:
    of_topic: dict[str, list[str]] = defaultdict(list)
    for meeting in corpus.held:
        for topic in meeting.topics:
            of_topic[topic].append(meeting.id)
    order = sorted(of_topic, key=lambda topic: (-len(of_topic[topic]), topic))
    rows = [(corpus.topic(topic), len(of_topic[topic]), corpus.articles(of_topic[topic])) for topic in order]
    return table(corpus.words("Topic", "Meetings held", "Articles"), rows)


def _contacts(corpus: Corpus, networks: Networks) -> Section:
    late = late_period(corpus.held)
    if not late:
        return section(corpus.say("New and renewed contacts"), Entries(()))
    meaning = corpus.say(
        "From {first} to {last}, the last {late} days with meetings. New: no earlier meeting of the pair in these"
        " articles. Renewed: none in the {silence} days before.",
        first=late[0],
        last=late[1],
        late=LATE,
        silence=SILENCE,
    )
    rows = [
        (corpus.say(contact.kind), corpus.pair(contact.a_name, contact.b_name), contact.date, contact.before, *evidence)
        for kind in _IN_CONTACT
        for contact in contacts_of(corpus.records, networks.network(kind))[:TOP]
        for evidence in [(len(contact.evidence), corpus.articles(contact.evidence))]
    ]
    header = corpus.words("Contact", "Pair", "Met on", "Before that", "Meetings of late", "Articles")
    return section(corpus.say("New and renewed contacts"), Text(meaning), table(header, rows))


def _single(corpus: Corpus) -> list[Block]:
    single = [meeting for meeting in corpus.held if len(corpus.records.told[meeting.id]) <= 1]
    count = (
        [Text(corpus.say("{count} of {total} meetings held.", count=len(single), total=len(corpus.held)))]
        if single
        else []
    )
    return [*count, entries(single, corpus.entry)]


def _unread(corpus: Corpus, run: Mapping[str, Any]) -> Block:
    inputs = [entry for entry in run.get("inputs", ()) if entry.get("outcome") != "extracted"]
    return entries(
        inputs,
        lambda entry: (
            f"{entry.get('source', '')}: {corpus.say(entry.get('outcome', 'skipped'))}{_because(entry.get('reason'))}"
        ),
    )


def _unsaid(run: Mapping[str, Any]) -> Block:
    return entries(
        run.get("unsaid", ()),
        lambda entry: f"{entry.get('article', '')}: «{entry.get('quote', '')}»{_because(entry.get('reason'))}",
    )


def _because(reason: object) -> str:
    return f" ({reason})" if reason else ""


def _took_part(ties: nx.Graph[str]) -> int:
    return sum(1 for _, meetings in ties.nodes(data="meetings") if meetings)


def _most_meetings(networks: Networks, kind: NetworkKind) -> list[Ranking]:
    """The first rows of a ranking by betweenness, read by meetings first; who took part in none is left out."""
    rows = ranking(networks.network(kind), networks.scores(kind, "betweenness"), measure="betweenness")
    return sorted((row for row in rows if row.meetings), key=lambda row: -row.meetings)[:TOP]
