"""network → GEXF and GraphML, the formats that Gephi, Gephi Lite, igraph, yEd and Cytoscape open.

Both hold plain values only: several are joined by ``; ``, what XML cannot carry is left out. Nodes and edges are
sorted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import networkx as nx

from diplograph.export.spreadsheets import sorted_edges

#: Characters that XML 1.0 cannot hold, not even escaped.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: networkx signs its files with its version and today's date.
_SIGNATURE = re.compile(r'<meta lastmodifieddate="[^"]*">\s*<creator>[^<]*</creator>')


def gexf(network: nx.Graph[str]) -> bytes:
    """The network as GEXF 1.2, UTF-8, for Gephi: nodes and edges sorted, edges with their `weight`.

    The date of today and the version of networkx, which networkx writes into each file, are left out.
    """
    text = "\n".join(nx.generate_gexf(_flattened(network), version="1.2draft"))
    text = _SIGNATURE.sub("<meta><creator>diplograph</creator>", text, count=1)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{text}\n".encode()


def graphml(network: nx.Graph[str]) -> bytes:
    """The network as GraphML, UTF-8, for igraph, yEd and Cytoscape: sorted, edges with their `weight`."""
    text = "\n".join(nx.generate_graphml(_flattened(network), named_key_ids=True))
    return f"<?xml version='1.0' encoding='utf-8'?>\n{text}\n".encode()


def _flattened(network: nx.Graph[str]) -> nx.Graph[str]:
    """The network in sorted order, with plain attributes."""
    ordered: nx.Graph[str] = nx.Graph()
    for node in sorted(network):
        ordered.add_node(node, **_flat(network.nodes[node]))
    for source, target in sorted_edges(network):
        data = network.edges[source, target]
        ordered.add_edge(source, target, **{"weight": float(data.get("meetings") or 1), **_flat(data)})
    return ordered


def _flat(data: Mapping[str, Any]) -> dict[str, str | int | float]:
    """Attributes as XML can hold them: a tuple becomes one string."""
    flat: dict[str, str | int | float] = {}
    for name, value in data.items():
        text = "; ".join(value) if isinstance(value, tuple) else value
        flat[name] = _NOT_IN_XML.sub("", text) if isinstance(text, str) else text
    return flat
