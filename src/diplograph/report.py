"""graph → report: what a set of articles says, in one Markdown page that shows how far it can be trusted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote as percent_encode

import networkx as nx
from rdflib import RDF, Graph

from diplograph.analyse import Ranking, brokers, rank
from diplograph.communities import cluster
from diplograph.network import network, select_meetings
from diplograph.rdf import DG
from diplograph.records import (
    Labels,
    MeetingRecord,
    OfficialRecord,
    Quote,
    label_of,
    read_records,
)

#: How many rows a table of the first shows, and how many entries a list.
TOP = 20
LISTED = 50

#: What Markdown or HTML would read as markup; "http:" and "www." lose what makes bare links of them.
_MARKUP = re.compile(r"[\\`*_{}\[\]#|~$@]|(?<=http):|(?<=https):|(?<=www)\.", re.IGNORECASE)
_HTML = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
#: Control characters, and those that reverse the direction of the text after them.
_UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+")


@dataclass(frozen=True)
class _Corpus:
    """All that the sections draw on, read once."""

    graph: Graph
    labels: Mapping[str, Labels]
    meetings: Mapping[str, MeetingRecord]
    officials: Mapping[str, OfficialRecord]

    @property
    def held(self) -> tuple[MeetingRecord, ...]:
        return _by_date(select_meetings(self.meetings.values(), status="held"))

    @property
    def planned(self) -> tuple[MeetingRecord, ...]:
        return _by_date(select_meetings(self.meetings.values(), status="planned"))

    def name(self, thing: str) -> str:
        """The label of a thing, escaped."""
        return escape(label_of(self.labels.get(thing), thing.partition("/")[2] or thing))

    def articles(self, meetings: Iterable[str]) -> int:
        """How many articles report these meetings."""
        return len({article for meeting in meetings for article in self.meetings[meeting].articles})


def report(graph: Graph, run: Mapping[str, Any] | None = None) -> str:
    """The report as Markdown (GitHub's dialect), in English, with names as in the graph.

    Sections in order: the corpus in figures, people, states, pairs, communities, brokers, topics, planned meetings,
    meetings told by one article only and, from `run` (the content of run.json), what could not be read and which
    candidates were not asserted. A section with nothing to show says so. Every count of meetings stands beside
    the count of articles that report them. Text from articles is escaped.

    Raises:
        RecordError: the graph breaks the contract, see `records.read_meetings`.
    """
    records = read_records(graph)
    corpus = _Corpus(
        graph,
        records.labels,
        {meeting.id: meeting for meeting in records.meetings},
        {official.id: official for official in records.officials},
    )
    people = network(records, kind="officials")
    states = network(records, kind="states")
    sections = [
        ("The corpus in figures", _figures(corpus)),
        ("People", _people(corpus, people)),
        ("States", _states(corpus, states)),
        ("Who met most often", _pairs(corpus, people)),
        ("States that met most often", _pairs(corpus, states)),
        ("Communities", _communities(corpus, people)),
        ("Between states", _brokers(corpus, people)),
        ("Topics", _topics(corpus)),
        ("Planned meetings", _listed(_entry(corpus, meeting) for meeting in corpus.planned)),
        ("Told by one article only", _single(corpus)),
    ]
    if run is not None:
        sections.append(("What could not be read", _unread(run)))
        sections.append(("Candidates not asserted", _unsaid(run)))
    body = "\n\n".join(f"## {title}\n\n{text}" for title, text in sections)
    return f"# Who met whom\n\n{body}\n"


def escape(text: str) -> str:
    """Text from outside as Markdown shows it letter for letter, on one line, without links, markup or HTML."""
    line = " ".join(_UNSEEN.sub(" ", text).split())
    return _MARKUP.sub(r"\\\g<0>", line).translate(_HTML)


def _figures(corpus: _Corpus) -> str:
    dates = sorted(meeting.date for meeting in corpus.held if meeting.date)
    counts = {name: len(set(corpus.graph.subjects(RDF.type, DG[name]))) for name in ("Article", "Organization")}
    states = {code for meeting in corpus.meetings.values() for code in meeting.states}
    states |= {code for official in corpus.officials.values() for code in official.states}
    held, planned = ([meeting.id for meeting in meetings] for meetings in (corpus.held, corpus.planned))
    table = _table(
        ("What", "How many", "Articles"),
        [
            ("articles", counts["Article"], counts["Article"]),
            ("meetings held", len(held), corpus.articles(held)),
            ("meetings planned", len(planned), corpus.articles(planned)),
            ("officials", len(corpus.officials), len({q.article for o in corpus.officials.values() for q in o.quotes})),
            ("states that met or are represented", len(states), ""),
            ("organisations named", counts["Organization"], ""),
        ],
    )
    period = f"The dated meetings held run from {dates[0]} to {dates[-1]}." if dates else "No meeting held has a date."
    undated = len(corpus.held) - len(dates)
    return f"{table}\n\n{period} Without a date: {undated}." if corpus.held else f"{table}\n\nNo meeting was held."


def _people(corpus: _Corpus, people: nx.Graph[str]) -> str:
    of_person = _meetings_of(people, {meeting.id: meeting.participants for meeting in corpus.held})
    rows = []
    for row in _most_meetings(people, rank(people, measure="betweenness")):
        official = corpus.officials.get(row.node)
        acts_for = (*map(escape, official.states), *map(corpus.name, official.organizations)) if official else ()
        posts = official.posts if official else ()
        met = of_person[row.node]
        score = f"{row.score:.3f}"
        rows.append(
            (
                *(escape(row.label), ", ".join(acts_for), escape(", ".join(posts))),
                *(len(met), people.degree(row.node), score, corpus.articles(met)),
            )
        )
    header = ("Name", "Acts for", "Post", "Meetings held", "People met", "Betweenness", "Articles")
    return _first(header, rows, sum(1 for met in of_person.values() if met))


def _states(corpus: _Corpus, states: nx.Graph[str]) -> str:
    parties = {meeting.id: tuple(f"state/{code}" for code in meeting.states) for meeting in corpus.held}
    of_state = _meetings_of(states, parties)
    rows = []
    for row in _most_meetings(states, rank(states, measure="betweenness")):
        met = of_state[row.node]
        partners = sorted(states[row.node], key=lambda other: (-states.edges[row.node, other]["meetings"], other))
        first = f"{corpus.name(partners[0])} ({states.edges[row.node, partners[0]]['meetings']})" if partners else ""
        rows.append((escape(row.label), len(met), len(partners), first, f"{row.score:.3f}", corpus.articles(met)))
    header = ("State", "Meetings held", "States met", "Most often", "Betweenness", "Articles")
    return _first(header, rows, sum(1 for met in of_state.values() if met))


def _pairs(corpus: _Corpus, ties: nx.Graph[str]) -> str:
    edges = sorted(ties.edges(data=True), key=lambda edge: (-edge[2]["meetings"], edge[0], edge[1]))
    rows = []
    for a, b, data in edges[:TOP]:
        topics = ", ".join(map(escape, data["topics"]))
        period = data["first"] if data["first"] == data["last"] else f"{data['first']} to {data['last']}"
        pair = f"{corpus.name(a)} and {corpus.name(b)}"
        rows.append((pair, data["meetings"], escape(period), topics, corpus.articles(data["evidence"])))
    return _first(("Pair", "Meetings held", "When", "Topics", "Articles"), rows, len(edges))


def _communities(corpus: _Corpus, people: nx.Graph[str]) -> str:
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
        rows.append((community.id, escape(community.label), size, names, len(evidence), corpus.articles(evidence)))
    if not rows:
        return "None."
    alone = nx.number_of_isolates(people)
    total = sum(community.modularity for community in communities)
    method = f"Louvain on the number of meetings, seed 1, modularity {total:.3f}; a reading of the network, not a fact."
    table = _first(("No.", "States and topics", "People", "Among them", "Meetings held", "Articles"), rows, len(rows))
    return f"{method} People who met nobody here: {alone}.\n\n{table}"


def _brokers(corpus: _Corpus, people: nx.Graph[str]) -> str:
    found = brokers(people)
    rows = []
    for broker in found[:TOP]:
        met = {meeting for other in people[broker.node] for meeting in people.edges[broker.node, other]["evidence"]}
        states = ", ".join(f"{a}-{b}" for a, b in broker.between)
        rows.append((escape(broker.label), broker.pairs, escape(states), len(met), corpus.articles(met)))
    if not rows:
        return "None."
    meaning = "Pairs of officials of different states who met this person, not each other (Gould and Fernandez 1989)."
    table = _first(("Name", "Pairs", "States", "Meetings held", "Articles"), rows, len(found))
    return f"{meaning}\n\n{table}"


def _topics(corpus: _Corpus) -> str:
    of_topic: dict[str, list[str]] = defaultdict(list)
    for meeting in corpus.held:
        for topic in meeting.topics:
            of_topic[topic].append(meeting.id)
    order = sorted(of_topic, key=lambda topic: (-len(of_topic[topic]), topic))
    rows = [(escape(topic), len(of_topic[topic]), corpus.articles(of_topic[topic])) for topic in order]
    return _table(("Topic", "Meetings held", "Articles"), rows)


def _single(corpus: _Corpus) -> str:
    single = [meeting for meeting in corpus.held if len(meeting.articles) <= 1]
    count = f"{len(single)} of {len(corpus.held)} meetings held.\n\n" if single else ""
    return count + _listed(_entry(corpus, meeting) for meeting in single)


def _unread(run: Mapping[str, Any]) -> str:
    inputs = [entry for entry in run.get("inputs", ()) if entry.get("outcome") != "extracted"]
    return _listed(
        f"- {escape(str(entry.get('source', '')))}: {escape(str(entry.get('outcome', '')))}"
        f"{_because(entry.get('reason'))}"
        for entry in inputs
    )


def _unsaid(run: Mapping[str, Any]) -> str:
    return _listed(
        f"- {escape(str(entry.get('article', '')))}: «{escape(str(entry.get('quote', '')))}»"
        f"{_because(entry.get('reason'))}"
        for entry in run.get("unsaid", ())
    )


def _because(reason: object) -> str:
    return f" ({escape(str(reason))})" if reason else ""


def _by_date(meetings: Iterable[MeetingRecord]) -> tuple[MeetingRecord, ...]:
    return tuple(sorted(meetings, key=lambda meeting: (meeting.date, meeting.id)))


def _meetings_of(nodes: Iterable[str], parties: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """The meetings each node took part in, with nobody and with others."""
    found: dict[str, list[str]] = {node: [] for node in nodes}
    for meeting, of_meeting in parties.items():
        for node in of_meeting:
            found[node].append(meeting)
    return found


def _most_meetings(ties: nx.Graph[str], ranking: Sequence[Ranking]) -> list[Ranking]:
    """The first rows of a ranking read by meetings first; who took part in none is left out."""
    met = [row for row in ranking if ties.nodes[row.node]["meetings"]]
    return sorted(met, key=lambda row: -ties.nodes[row.node]["meetings"])[:TOP]


def _entry(corpus: _Corpus, meeting: MeetingRecord) -> str:
    """One meeting as an item of a list, with the sentence it rests on."""
    facts = [escape(meeting.date) or "no date", meeting.type]
    if meeting.place or meeting.country:
        facts.append(corpus.name(meeting.place or f"state/{meeting.country}"))
    who = ", ".join(map(corpus.name, (*meeting.participants, *meeting.organizations)))
    who = who or ", ".join(corpus.name(f"state/{code}") for code in meeting.states) or "nobody named"
    said = f" «{escape(meeting.quotes[0].text)}» ({_source(meeting.quotes[0])})" if meeting.quotes else " No passage."
    return f"- {', '.join(facts)}: {who}.{said}"


def _source(quote: Quote) -> str:
    """Where a sentence was read: a link if the article has an address on the web."""
    title = escape(quote.title or quote.article)
    if not re.match(r"https?://", quote.url, re.IGNORECASE):
        return title
    address = percent_encode(quote.url, safe="%:/?#@!$&'()*+,;=~[]")
    return f"[{title}](<{address}>)"


def _first(header: Sequence[str], rows: Sequence[Sequence[object]], total: int) -> str:
    """A table of the first rows, with how many there are."""
    return _table(header, rows) + (f"\n\nThe first {len(rows)} of {total}." if total > len(rows) else "")


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table of cells that are escaped already; "None." where there are no rows."""
    lines = [f"| {' | '.join(map(str, row))} |" for row in rows]
    if not lines:
        return "None."
    return "\n".join([f"| {' | '.join(header)} |", "|" + " --- |" * len(header), *lines])


def _listed(entries: Iterable[str]) -> str:
    """The first entries of a list, with how many more there are; "None." where there are none."""
    lines = list(entries)
    more = [f"- and {len(lines) - LISTED} more"] if len(lines) > LISTED else []
    return "\n".join(lines[:LISTED] + more) or "None."
