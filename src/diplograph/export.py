"""graph and network → tables and GEXF: the same facts for spreadsheets, pandas and Gephi.

CSV files are UTF-8 with ``\\r\\n`` line ends (RFC 4180). Tables for people begin with a byte order mark, without which
Excel takes Cyrillic for Windows-1252 (in pandas: ``encoding="utf-8-sig"``); those for Gephi have none, it would
become part of the first header. Rows are sorted, several values in a cell are joined by ``; ``, and the same input
gives the same bytes.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import networkx as nx
from rdflib import Graph

from diplograph.records import Labels, label_of, read_labels, read_meetings, read_officials

#: What makes a spreadsheet take a cell for a formula, also behind blanks.
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")
#: Characters that XML 1.0 cannot hold, not even escaped.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: networkx signs its files with its version and today's date.
_SIGNATURE = re.compile(r'<meta lastmodifieddate="[^"]*">\s*<creator>[^<]*</creator>')

MEETING_COLUMNS = (
    *("id", "type", "status", "date", "end_date", "date_basis", "place", "country"),
    *("participants", "states", "organizations", "topics", "confidence", "articles", "quote", "url"),
)
OFFICIAL_COLUMNS = ("id", "name", "other_names", "states", "organizations", "posts", "held", "planned", "articles")

Cell = str | int | float | tuple[str, ...]


def meetings_csv(graph: Graph) -> bytes:
    """One row a meeting, held and planned, by date, then id; only the header where there is none.

    `articles` counts the articles that report it, `quote` is the first sentence that does, `url` its article's.
    """
    names = read_labels(graph)
    rows = []
    for meeting in sorted(read_meetings(graph), key=lambda meeting: (meeting.date, meeting.id)):
        first = meeting.quotes[0] if meeting.quotes else None
        row: dict[str, Cell] = {
            "id": meeting.id,
            "type": meeting.type,
            "status": meeting.status,
            "date": meeting.date,
            "end_date": meeting.end_date,
            "date_basis": meeting.date_basis or "",
            "place": _names([meeting.place] if meeting.place else [], names),
            "country": meeting.country,
            "participants": _names(meeting.participants, names),
            "states": meeting.states,
            "organizations": _names(meeting.organizations, names),
            "topics": meeting.topics,
            "confidence": meeting.confidence,
            "articles": len(meeting.articles),
            "quote": first.text if first else "",
            "url": first.url if first else "",
        }
        rows.append(row)
    return codecs.BOM_UTF8 + _csv(MEETING_COLUMNS, rows)


def officials_csv(graph: Graph) -> bytes:
    """One row an official, by id; only the header where there is none.

    `held` and `planned` count the meetings they take part in, `articles` the articles that name them.
    """
    names = read_labels(graph)
    part = Counter((who, meeting.status) for meeting in read_meetings(graph) for who in meeting.participants)
    rows = []
    for official in read_officials(graph):
        row: dict[str, Cell] = {
            "id": official.id,
            "name": label_of(official.labels, official.id),
            "other_names": official.other_names,
            "states": official.states,
            "organizations": _names(official.organizations, names),
            "posts": official.posts,
            "held": part[official.id, "held"],
            "planned": part[official.id, "planned"],
            "articles": len({quote.article for quote in official.quotes}),
        }
        rows.append(row)
    return codecs.BOM_UTF8 + _csv(OFFICIAL_COLUMNS, rows)


def nodes_csv(network: nx.Graph[str]) -> bytes:
    """The nodes as Gephi imports them: ``Id``, ``Label``, then every attribute, by id."""
    columns = _attributes(data for _, data in network.nodes(data=True))
    rows = []
    for node in sorted(network):
        data = network.nodes[node]
        row: dict[str, Cell] = {"Id": node, "Label": data.get("label", node)}
        rows.append(row | {name: data.get(name, "") for name in columns})
    return _csv(["Id", "Label", *columns], rows)


def edges_csv(network: nx.Graph[str]) -> bytes:
    """The edges as Gephi imports them: ``Source``, ``Target``, ``Type``, ``Weight``, then every attribute, by nodes.

    ``Weight`` is the strength of the tie: `meetings`, or 1 for an affiliation.
    """
    columns = _attributes(data for _, _, data in network.edges(data=True))
    rows = []
    for source, target in _sorted_edges(network):
        data = network.edges[source, target]
        row: dict[str, Cell] = {
            "Source": source,
            "Target": target,
            "Type": "Undirected",
            "Weight": data.get("meetings") or 1,
        }
        rows.append(row | {name: data.get(name, "") for name in columns})
    return _csv(["Source", "Target", "Type", "Weight", *columns], rows)


def gexf(network: nx.Graph[str]) -> bytes:
    """The network as GEXF 1.2, UTF-8, for Gephi: nodes and edges sorted, edges with their `weight`.

    The date of today and the version of networkx, which networkx writes into each file, are left out.
    """
    ordered: nx.Graph[str] = nx.Graph()
    for node in sorted(network):
        ordered.add_node(node, **_flat(network.nodes[node]))
    for source, target in _sorted_edges(network):
        data = network.edges[source, target]
        ordered.add_edge(source, target, weight=float(data.get("meetings") or 1), **_flat(data))
    text = "\n".join(nx.generate_gexf(ordered, version="1.2draft"))
    text = _SIGNATURE.sub("<meta><creator>diplograph</creator>", text, count=1)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{text}\n".encode()


def _names(ids: Iterable[str], names: Mapping[str, Labels]) -> tuple[str, ...]:
    """The labels of ids, in the order of the ids."""
    return tuple(label_of(names.get(name), name) for name in ids)


def _sorted_edges(network: nx.Graph[str]) -> list[tuple[str, str]]:
    return sorted((min(pair), max(pair)) for pair in network.edges)


def _attributes(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The names of all attributes but the label, in the order of first use."""
    return list(dict.fromkeys(name for data in rows for name in data if name != "label"))


def _flat(data: Mapping[str, Any]) -> dict[str, str | int | float]:
    """Attributes as GEXF can hold them: a tuple becomes one string."""
    flat: dict[str, str | int | float] = {}
    for name, value in data.items():
        text = "; ".join(value) if isinstance(value, tuple) else value
        flat[name] = _NOT_IN_XML.sub("", text) if isinstance(text, str) else text
    return flat


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, Cell]]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[name]) for name in columns])
    return buffer.getvalue().encode()


def _cell(value: Cell) -> str | int | float:
    """A value as a spreadsheet may hold it: text that would run as a formula gets an apostrophe in front."""
    text = "; ".join(value) if isinstance(value, tuple) else value
    return f"'{text}" if isinstance(text, str) and _FORMULA.match(text) else text
