"""graph → page: one self-contained HTML file that shows who met whom, and the sentence behind every tie.

pyvis carries nodes, edges and options to vis-network and renders the page, from our own template: its own loads
scripts from elsewhere and lets texts run as script. What an article says reaches the page as packed JSON alone, and
the page's policy lets nothing run but its own two scripts, which it knows by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import math
import tomllib
import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import get_args

import networkx as nx
from rdflib import Graph
from threadpoolctl import threadpool_limits

from diplograph.communities import Community
from diplograph.layout import layout, room_for
from diplograph.measures import EXACT_UP_TO, Measure
from diplograph.model import DiplographError
from diplograph.network import NetworkKind
from diplograph.networks import Networks
from diplograph.page_data import Entry, PageData, page_data
from diplograph.records import Records


class DrawError(DiplographError):
    """A page cannot be made: the drawing engine is not installed."""


#: The kinds whose nodes have scores; a mixed network has none of its own.
_RANKED: tuple[NetworkKind, ...] = ("officials", "states", "organizations")
_SHAPES = {"official": "dot", "state": "square", "organization": "diamond"}
#: In the order in which they need each other; all but the last stand in one function.
_SCRIPTS = (
    *("words.js", "facts.js", "labels.js", "lines.js", "graph.js", "card.js", "search.js", "table.js", "timeline.js"),
    *("filters.js", "keys.js", "address.js", "save.js", "main.js", "start.js"),
)
#: Places come from `layout`, so nothing moves; curves and shadows cost time and say nothing.
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"hover": True, "dragNodes": False, "tooltipDelay": 100000, "keyboard": {"enabled": False}},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "chosen": False},
    "edges": {"smooth": False, "selectionWidth": 0, "hoverWidth": 0, "chosen": False},
}
#: Closeness takes time that grows with the square of the nodes; a network of more goes without.
_CLOSENESS_UP_TO = 2000
_SMALLEST, _LARGEST = 10.0, 30.0
_FRAME_HEIGHT = 720


class Page(str):
    """The text of a page. A notebook shows it in a frame, apart from the notebook's own scripts and cookies."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        # Without allow-same-origin the frame is a stranger to the notebook; srcdoc needs no file and no server.
        return (
            f'<iframe srcdoc="{html.escape(self)}" title="diplograph" width="100%" height="{_FRAME_HEIGHT}" '
            'style="border:0" sandbox="allow-scripts allow-downloads allow-popups allow-modals"></iframe>'
        )

    def __repr__(self) -> str:
        """What a notebook keeps as text: the page itself would be there twice."""
        return f"<diplograph page, {len(self.encode()) // 1024} kB>"


def draw(
    graph: Graph | Records | Networks,
    *,
    title: str | None = None,
    notice: str | None = None,
    top: int = 1500,
    seed: int = 1,
) -> Page:
    """The graph as one HTML page, in English, Russian and Kazakh, that needs no network and no server.

    The page shows officials, states, organisations and all of them together, in turn; of each the `top` most
    central (PageRank over held meetings, then id) are drawn, while its search, cards and table hold all. Betweenness
    is estimated above 1,000 nodes of a kind (`analyse.centralities`), closeness left out above 2,000. `notice`
    is a line shown at the top ("All persons are invented"). A graph that names nobody gives a page that says so.
    What comes back is a string; a notebook shows it as a page. The same graph and options give the same page, byte
    for byte, by one release of zlib and numpy.

    Raises:
        RecordError: the graph breaks the contract, see `records.read_meetings`.
    """
    # With more BLAS threads the last bits of a place differ, and with them the bytes.
    with threadpool_limits(1):
        return _page(Networks.of(graph), title=title or "", notice=notice, top=top, seed=seed)


def _page(networks: Networks, *, title: str, notice: str | None, top: int, seed: int) -> Page:
    held = {kind: networks.network(kind) for kind in get_args(NetworkKind)}
    shown = {kind: networks.network(kind, status="all") for kind in get_args(NetworkKind)}
    data = page_data(networks.records, also=sorted({node for drawn in shown.values() for node in drawn}))
    sizes = _score_things(data, networks, seed=seed)
    nodes: list[Entry] = []
    edges: list[Entry] = []
    views: dict[str, Entry] = {}
    for kind, whole in shown.items():
        drawn = _part_of(whole, sorted(whole, key=lambda node: (-sizes[node], node))[: max(top, 0)])
        communities = networks.communities(kind, seed=seed)
        views[kind] = {"nodes": len(whole), "ranked": sum(1 for node in held[kind] if held[kind].degree(node))}
        if len(held[kind]) > EXACT_UP_TO:
            views[kind]["estimated"] = True
        _add_view(nodes, edges, kind, drawn, communities, data, sizes, seed)
    lists = {**data.lists(), "views": views, "measures": list(get_args(Measure))}
    return _render(nodes, edges, lists, title, notice)


def _part_of(whole: nx.Graph[str], nodes: Iterable[str]) -> nx.Graph[str]:
    """The part with these nodes; unlike a view of networkx, quick to read again and again."""
    chosen = set(nodes)
    part: nx.Graph[str] = nx.Graph()
    part.add_nodes_from((node, data) for node, data in whole.nodes(data=True) if node in chosen)
    part.add_edges_from((a, b, data) for a, b, data in whole.edges(data=True) if a in chosen and b in chosen)
    return part


def _score_things(data: PageData, networks: Networks, *, seed: int) -> dict[str, float]:
    """Write the centralities and ranks of each thing into the data; give the size that each is drawn with."""
    sizes = dict.fromkeys(data.thing, _SMALLEST)
    for kind in _RANKED:
        of_kind = networks.network(kind)
        # Nothing for a measure that would take too long.
        too_long = {"closeness"} if len(of_kind) > _CLOSENESS_UP_TO else set[str]()
        measures: dict[Measure, dict[str, float]] = {
            measure: {} if measure in too_long else networks.scores(kind, measure, seed=seed)
            for measure in get_args(Measure)
        }
        tied = [node for node in of_kind if of_kind.degree(node)]
        for found in measures.values():
            ordered = sorted((found[node] for node in tied), reverse=True) if found else []
            place: dict[float, int] = {}
            for position, score in enumerate(ordered, 1):
                place.setdefault(score, position)
            for node in tied:
                entry = data.things[data.thing[node]].setdefault("scores", [])
                entry.append([float(f"{found[node]:.3g}"), place[found[node]]] if found else None)
        most = max((measures["pagerank"][node] for node in tied), default=1.0)
        for node in tied:
            share = math.sqrt(measures["pagerank"][node] / most)
            sizes[node] = round(_SMALLEST + (_LARGEST - _SMALLEST) * share, 1)
    return sizes


def _legible(sizes: Mapping[str, float], nodes: int) -> dict[str, float]:
    """The sizes with the small ones raised: a small network is spread wide, and so seen from further away."""
    smallest = min(_SMALLEST * math.sqrt(room_for(nodes)), _LARGEST)
    rise = (_LARGEST - smallest) / (_LARGEST - _SMALLEST)
    return {node: round(smallest + (size - _SMALLEST) * rise, 1) for node, size in sizes.items()}


def _add_view(
    nodes: list[Entry],
    edges: list[Entry],
    view: str,
    drawn: nx.Graph[str],
    communities: Iterable[Community],
    data: PageData,
    sizes: Mapping[str, float],
    seed: int,
) -> None:
    """Append the nodes and edges of one view; ids are ours ("n0"), never a name that an article may choose."""
    groups = [community.members for community in communities]
    community = {node: number for number, members in enumerate(groups) for node in members if len(members) > 1}
    sizes = _legible(sizes, len(drawn))
    places = layout(drawn, groups, sizes=sizes, seed=seed)
    ids = {node: f"n{len(nodes) + position}" for position, node in enumerate(places)}
    for node, (x, y) in places.items():
        entry = {"id": ids[node], "view": view, "thing": data.thing[node], "x": x, "y": y, "size": sizes[node]}
        entry["shape"] = _SHAPES[drawn.nodes[node]["kind"]]
        if node in community:
            entry["community"] = community[node]
        nodes.append(entry)
    for a, b in sorted(tuple(sorted(pair)) for pair in drawn.edges):
        tie = drawn.edges[a, b]
        edge: Entry = {"from": ids[a], "to": ids[b]}
        if tie["relation"] == "met":
            edge["meetings"] = sorted(data.meeting[name] for name in tie["evidence"])
        else:
            edge |= {"relation": tie["relation"], "tenures": [data.tenure[name] for name in tie["evidence"]]}
        edges.append(edge)


def _render(nodes: list[Entry], edges: list[Entry], lists: Entry, title: str, notice: str | None) -> Page:
    # pyvis imports IPython, which takes a second: only those who draw wait for it.
    from jinja2 import Environment, PackageLoader  # noqa: PLC0415
    from markupsafe import Markup  # noqa: PLC0415
    from pyvis.network import Network  # noqa: PLC0415

    page = Network()
    # add_edge compares each edge with all others; the lists are what it fills in the end.
    page.nodes, page.edges = nodes, edges
    page.set_options(json.dumps(_OPTIONS))
    page.path = "page.html"
    page.templateEnv = Environment(
        loader=PackageLoader("diplograph", "page"), autoescape=True, keep_trailing_newline=True
    )

    def data(nodes: list[Entry], edges: list[Entry], options: str) -> str:
        whole = {**lists, "nodes": nodes, "edges": edges, "options": json.loads(options), "words": _words()}
        return _packed(json.dumps(whole, ensure_ascii=False, separators=(",", ":")))

    script, style = _script(), _page_file("page.css")
    page.templateEnv.globals.update(
        title=title,
        notice=notice,
        policy=_policy((_engine(), script), style),
        style=Markup(style),
        engine=_packed_engine(),
        script=Markup(script),
        data=data,
    )
    return Page(page.generate_html())


def _packed(text: str) -> str:
    """Deflated, as Base64: a fifth of the size for sentences, and no letter of theirs stands in the page as such."""
    # A sentence may hold half of a surrogate pair, which no encoding of JSON can. Three levels more make the page 5 %
    # smaller and take three times as long.
    return base64.b64encode(zlib.compress(text.encode("utf-8", "replace"), 6)).decode()


@cache
def _packed_engine() -> str:
    return _packed(_engine())


def _policy(scripts: Iterable[str], style: str) -> str:
    allowed = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _script() -> str:
    """Our own script: the files in order, in one strict block, so that no name of theirs is global."""
    *parts, last = map(_page_file, _SCRIPTS)
    return '"use strict";{\nfunction start(DATA) {\n' + "\n".join(parts) + "}\n" + last + "}\n"


@cache
def _engine() -> str:
    """vis-network as pyvis carries it, found without importing pyvis."""
    spec = find_spec("pyvis")
    if spec is None or not spec.submodule_search_locations:
        raise DrawError("The package pyvis, which carries the drawing engine, is missing: pip install pyvis")
    path = Path(spec.submodule_search_locations[0]) / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    # The map is not there, and a browser's tools would ask for it.
    return text.replace("//# sourceMappingURL=vis-network.min.js.map", "")


def _words() -> Entry:
    return tomllib.loads(_page_file("words.toml"))


@cache
def _page_file(name: str) -> str:
    return files("diplograph").joinpath("page", name).read_text(encoding="utf-8")
