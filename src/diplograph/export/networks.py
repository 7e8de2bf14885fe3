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
#: The types of GEXF.
_TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}
_TO_ESCAPE = re.compile(r'[&<>"\t\n\r]')
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


def gexf(network: nx.Graph[str]) -> bytes:
    """The network as GEXF 1.2, UTF-8, for Gephi: nodes and edges sorted, edges with their `weight`.

    Written here: networkx takes four times as long, and writes each letter that is not English as seven characters.
    """
    attributes: dict[str, dict[tuple[str, str], int]] = {"node": {}, "edge": {}}
    nodes, edges = [], []
    for node in sorted(network):
        data = _flat(network.nodes[node])
        label = data.pop("label", node)
        nodes.append(f"<node id={_quoted(node)} label={_quoted(label)}>{_values(data, attributes['node'])}</node>\n")
    for number, (source, target) in enumerate(sorted_edges(network)):
        data = {"weight": _weight(network.edges[source, target]), **_flat(network.edges[source, target])}
        ends = f"source={_quoted(source)} target={_quoted(target)} weight={_quoted(data.pop('weight'))}"
        edges.append(f'<edge id="{number}" {ends}>{_values(data, attributes["edge"])}</edge>\n')
    declared = "".join(
        f'<attributes class="{kind}" mode="static">\n{_declared(found)}</attributes>\n'
        for kind, found in attributes.items()
    )
    return (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
        "<meta><creator>diplograph</creator></meta>\n"
        f'<graph defaultedgetype="undirected" mode="static">\n{declared}'
        f"<nodes>\n{''.join(nodes)}</nodes>\n<edges>\n{''.join(edges)}</edges>\n</graph>\n</gexf>\n"
    ).encode()


def _values(data: Mapping[str, str | int | float], known: dict[tuple[str, str], int]) -> str:
    """The attributes of a node or an edge; `known` are the numbers of names and types, and grows."""
    values = "".join(
        f'<attvalue for="{known.setdefault((name, _TYPES[type(value)]), len(known))}" value={_quoted(value)} />'
        for name, value in data.items()
    )
    return f"<attvalues>{values}</attvalues>"


def _declared(attributes: Mapping[tuple[str, str], int]) -> str:
    return "".join(
        f'<attribute id="{number}" title={_quoted(name)} type="{kind}" />\n'
        for (name, kind), number in attributes.items()
    )


def _quoted(value: str | int | float) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f'"{text.translate(_ESCAPES)}"' if _TO_ESCAPE.search(text) else f'"{text}"'


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
        ordered.add_edge(source, target, **{"weight": _weight(data), **_flat(data)})
    return ordered


def _weight(data: Mapping[str, Any]) -> float:
    return float(data.get("meetings") or 1)


def _flat(data: Mapping[str, Any]) -> dict[str, str | int | float]:
    """Attributes as XML can hold them: a tuple becomes one string."""
    flat: dict[str, str | int | float] = {}
    for name, value in data.items():
        text = "; ".join(value) if isinstance(value, tuple) else value
        flat[name] = _NOT_IN_XML.sub("", text) if isinstance(text, str) else text
    return flat
