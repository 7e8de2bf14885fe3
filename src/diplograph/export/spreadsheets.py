"""graph and network → CSV: the same facts for spreadsheets, pandas and Gephi.

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
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import networkx as nx
from rdflib import Graph

from diplograph.records import Records
from diplograph.tables import (
    DYAD_COLUMNS,
    MEETING_COLUMNS,
    OFFICIAL_COLUMNS,
    Cell,
    Row,
    dyad_rows,
    meeting_rows,
    official_rows,
)

#: What makes a spreadsheet take a cell for a formula, also behind blanks.
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")


def meetings_csv(graph: Graph | Records) -> bytes:
    """The meetings, `tables.meeting_rows`; only the header where there is none."""
    return codecs.BOM_UTF8 + _csv(MEETING_COLUMNS, meeting_rows(graph))


def officials_csv(graph: Graph | Records) -> bytes:
    """The officials, `tables.official_rows`; only the header where there is none."""
    return codecs.BOM_UTF8 + _csv(OFFICIAL_COLUMNS, official_rows(graph))


def dyads_csv(graph: Graph | Records) -> bytes:
    """The pairs of states that met, `tables.dyad_rows`; only the header where there is none."""
    return codecs.BOM_UTF8 + _csv(DYAD_COLUMNS, dyad_rows(graph))


def nodes_csv(network: nx.Graph[str]) -> bytes:
    """The nodes as Gephi imports them: ``Id``, ``Label``, then every attribute, by id."""
    columns = _attributes(data for _, data in network.nodes(data=True))
    rows = []
    for node in sorted(network):
        data = network.nodes[node]
        row: Row = {"Id": node, "Label": data.get("label", node)}
        rows.append(row | {name: data.get(name, "") for name in columns})
    return _csv(["Id", "Label", *columns], rows)


def edges_csv(network: nx.Graph[str]) -> bytes:
    """The edges as Gephi imports them: ``Source``, ``Target``, ``Type``, ``Weight``, then every attribute, by nodes.

    ``Weight`` is the strength of the tie: `meetings`, or 1 for an affiliation.
    """
    columns = _attributes(data for _, _, data in network.edges(data=True))
    rows = []
    for source, target in sorted_edges(network):
        data = network.edges[source, target]
        row: Row = {
            "Source": source,
            "Target": target,
            "Type": "Undirected",
            "Weight": data.get("meetings") or 1,
        }
        rows.append(row | {name: data.get(name, "") for name in columns})
    return _csv(["Source", "Target", "Type", "Weight", *columns], rows)


def sorted_edges(network: nx.Graph[str]) -> list[tuple[str, str]]:
    """The edges as pairs, the smaller id first, sorted."""
    return sorted((min(pair), max(pair)) for pair in network.edges)


def _attributes(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The names of all attributes but the label, in the order of first use."""
    return list(dict.fromkeys(name for data in rows for name in data if name != "label"))


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
    if not isinstance(text, str) or text[:1].isalnum():  # as most do
        return text
    return f"'{text}" if _FORMULA.match(text) else text
