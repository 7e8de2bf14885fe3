"""records → plots that a paper can print: networks, timelines, a heat map of states, shares of topics, ranks compared.

Every plot says under it how many meetings and articles it rests on. Its words are English, Russian or both; names of
states and topics are those of the graph, names of people stand as the articles have them.
"""

from __future__ import annotations

import io
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, wraps
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, ParamSpec, get_args

import networkx as nx
from rdflib import Graph
from threadpoolctl import threadpool_limits

from diplograph.analyse import rank
from diplograph.communities import cluster
from diplograph.frames import optional
from diplograph.layout import layout
from diplograph.measures import AnalysisError, Measure
from diplograph.network import NetworkKind, count_articles, network
from diplograph.records import MeetingRecord, Records, label_of, read_records
from diplograph.subsets import Period, period_of

Language = Literal["en", "ru", "both"]

#: Told apart by those who see colours differently too (Okabe and Ito 2008), and in print by their lightness.
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#555555")
_GREY = "#9a9a9a"
_STYLE = {
    "font.family": "DejaVu Sans",  # comes with matplotlib and has all letters of Russian and Kazakh
    "font.size": 8.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "svg.hashsalt": "diplograph",
}
_WIDTH = 7.2  # inches: two columns of a journal
_LEGEND = 6
_LONG_NAME = 30
#: So many names of a network are written whether or not there is room.
_ALWAYS_NAMED = 5


@dataclass(frozen=True, slots=True, eq=False)
class Plot:
    """A figure of matplotlib that shows itself in a notebook; `figure` is there to change what you like."""

    figure: Any

    def save(self, path: str | Path) -> None:
        """Write it as what the name ends in: .pdf, .svg, .png …; the same plot gives the same bytes.

        Raises:
            ValueError: matplotlib knows no such format.
        """
        suffix = Path(path).suffix[1:].lower()
        Path(path).write_bytes(self._bytes(suffix or "png"))

    def _repr_png_(self) -> bytes:
        return self._bytes("png")

    def _bytes(self, form: str) -> bytes:
        dates = {"pdf": {"CreationDate": None}, "svg": {"Date": None}}
        buffer = io.BytesIO()
        with optional("matplotlib", extra="plots").rc_context(_STYLE):
            self.figure.savefig(buffer, format=form, dpi=150, metadata=dates.get(form))
        return buffer.getvalue()


P = ParamSpec("P")


def _styled(draw: Callable[P, Plot]) -> Callable[P, Plot]:
    """A plot drawn in our style; that of the caller stays as it is."""

    @wraps(draw)
    def styled(*args: P.args, **kwargs: P.kwargs) -> Plot:
        with optional("matplotlib", extra="plots").rc_context(_STYLE):
            return draw(*args, **kwargs)

    return styled


@_styled
def plot_network(
    graph: Graph | Records,
    *,
    kind: NetworkKind = "officials",
    top: int = 80,
    names: int = 20,
    language: Language = "both",
    seed: int = 1,
) -> Plot:
    """The network of those who met most: `top` nodes by strength that met somebody, the first `names` with their names.

    Nodes are as large as their number of meetings, ties as thick; colours are communities, the largest in the legend.
    The same records and options give the same picture.
    """
    records = read_records(graph)
    ties = network(records, kind=kind)
    order = [row.node for row in rank(ties, measure="strength") if ties.degree(row.node)]
    shown = nx.Graph(ties.subgraph(order[:top]))
    figure, axes = _figure(_WIDTH, 5.6)
    axes.set_axis_off()
    if not len(shown):
        return _finished(figure, axes, language, [])
    groups = cluster(shown, seed=seed)
    sizes = {node: 6 + 5 * ties.nodes[node]["meetings"] ** 0.5 for node in shown}
    with threadpool_limits(1):  # with more threads the last bits of a place may differ
        places = layout(shown, [group.members for group in groups], sizes=sizes, seed=seed)
    colour = {node: _COLOURS[min(at, len(_COLOURS) - 1)] for at, group in enumerate(groups) for node in group.members}
    for a, b, data in sorted(shown.edges(data=True)):
        width = 0.6 * (data["meetings"] or 1) ** 0.7
        axes.plot(*zip(places[a], places[b], strict=True), color=_GREY, lw=width, alpha=0.7, zorder=1)
    nodes = sorted(shown)
    axes.scatter(
        *zip(*(places[node] for node in nodes), strict=True),
        s=[sizes[node] ** 2 / 2.2 for node in nodes],
        c=[colour[node] for node in nodes],
        edgecolors="white",
        linewidths=0.7,
        zorder=2,
    )
    axes.set_aspect("equal")
    axes.margins(0.08)
    for at, group in enumerate(groups[:_LEGEND]):
        if len(group.members) > 1:
            axes.scatter([], [], c=_COLOURS[at], s=30, label=f"{group.label} ({len(group.members)})")
    if axes.get_legend_handles_labels()[0]:
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=2, frameon=False, fontsize=7)
    texts = {node: _in(records, node, ties.nodes[node]["label"], language) for node in order[:names] if node in shown}
    meetings = _those(records, {m for _, _, data in shown.edges(data=True) for m in data["evidence"]})
    plot = _finished(figure, axes, language, meetings)
    _name(figure, axes, places, texts, {node: (sizes[node] ** 2 / 2.2) ** 0.5 / 2 for node in texts})
    return plot


@_styled
def plot_timeline(graph: Graph | Records, *, by: Period = "month", language: Language = "both") -> Plot:
    """How many meetings each month, quarter or year had, held and planned; periods without any have an empty place.

    Meetings whose date is less precise are counted under the plot.
    """
    records = read_records(graph)
    counts = {status: Counter[str]() for status in ("held", "planned")}
    undated = 0
    for meeting in records.meetings:
        name = period_of(meeting.date, by)
        counts[meeting.status][name] += bool(name)
        undated += not name
    periods = _all_periods([name for of_status in counts.values() for name in of_status if name], by)
    figure, axes = _figure(_WIDTH, 2.8)
    below = [0] * len(periods)
    for status, colour, hatch in (("held", _COLOURS[0], None), ("planned", "white", "////")):
        heights = [counts[status][name] for name in periods]
        if any(heights):
            axes.bar(periods, heights, bottom=below, color=colour, edgecolor=_COLOURS[0], hatch=hatch,
                     label=_word(status, language), width=0.8)  # fmt: skip
        below = [a + b for a, b in zip(below, heights, strict=True)]
    axes.set_ylabel(_word("meetings", language))
    axes.set_xlabel(_word(by, language))
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.tick_params(axis="x", rotation=45 if len(periods) > 8 else 0)
    if periods:
        axes.legend(frameon=False, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2)
    dated = [meeting for meeting in records.meetings if period_of(meeting.date, by)]
    return _finished(figure, axes, language, dated, undated=undated)


@_styled
def plot_partners(graph: Graph | Records, state: str, *, top: int = 12, language: Language = "both") -> Plot:
    """When a state (an ISO code) met each of its `top` partners: a dot a meeting held, filled where dated to the day.

    Partners stand by their number of meetings; a meeting dated to the month stands in its middle.

    Raises:
        AnalysisError: the state took part in no meeting.
    """
    records = read_records(graph)
    held = [m for m in records.meetings if m.status == "held" and state in m.states]
    if not held:
        raise AnalysisError(f"{state!r} took part in no meeting; give an ISO code of the graph")
    partners = Counter(code for meeting in held for code in meeting.states if code != state)
    order = sorted(partners, key=lambda code: (-partners[code], code))[:top]
    figure, axes = _figure(_WIDTH, 1.2 + 0.28 * max(len(order), 3))
    shown: dict[str, MeetingRecord] = {}
    for row, code in enumerate(order):
        for meeting in held:
            day = _middle(meeting.date)
            if code in meeting.states and day:
                shown[meeting.id] = meeting
                filled = _COLOURS[0] if len(meeting.date) == 10 else "white"
                axes.scatter([day], [row], s=36, c=filled, edgecolors=_COLOURS[0], zorder=2, alpha=0.85)
    names = [f"{_in(records, f'state/{code}', code, language)} ({partners[code]})" for code in order]
    axes.set_yticks(range(len(order)), map(_broken, names))
    axes.invert_yaxis()
    axes.grid(axis="y", color="#e4e4e4", zorder=0)
    axes.set_xlabel(_word("date", language))
    dates = optional("matplotlib.dates", extra="plots")
    axes.xaxis.set_major_locator(dates.AutoDateLocator(minticks=3, maxticks=7))
    axes.xaxis.set_major_formatter(dates.DateFormatter("%Y-%m-%d"))
    axes.tick_params(axis="x", rotation=30)
    undated = sum(1 for meeting in held if set(order) & set(meeting.states) and meeting.id not in shown)
    return _finished(figure, axes, language, list(shown.values()), undated=undated)


@_styled
def plot_states(graph: Graph | Records, *, top: int = 14, language: Language = "both") -> Plot:
    """A heat map of states × states: how many meetings held the `top` states had with each other."""
    records = read_records(graph)
    ties = network(records, kind="states")
    order = [row.node for row in rank(ties, measure="strength") if ties.degree(row.node)][:top]
    figure, axes = _figure(_WIDTH, 1.4 + 0.36 * max(len(order), 3))
    counts = [[ties.edges[a, b]["meetings"] if ties.has_edge(a, b) else 0 for b in order] for a in order]
    evidence = {m for a, b, data in ties.subgraph(order).edges(data=True) for m in data["evidence"]}
    if order:
        most = max(max(row) for row in counts)
        image = axes.imshow(counts, cmap="Blues", vmin=0, vmax=max(most, 1), aspect="auto")
        for row, line in enumerate(counts):
            for column, number in enumerate(line):
                if number:
                    ink = "white" if number > 0.6 * most else "#222222"
                    axes.text(column, row, str(number), ha="center", va="center", fontsize=8, color=ink)
        names = [_in(records, node, ties.nodes[node]["label"], language) for node in order]
        axes.set_yticks(range(len(order)), map(_broken, names))
        axes.set_xticks(range(len(order)), [node.partition("/")[2] for node in order])
        bar = figure.colorbar(image, ax=axes, fraction=0.04, pad=0.02, label=_word("meetings", language))
        bar.locator = optional("matplotlib.ticker", extra="plots").MaxNLocator(integer=True)
        bar.outline.set_visible(False)
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0)
    return _finished(figure, axes, language, _those(records, evidence))


@_styled
def plot_topics(graph: Graph | Records, *, top: int = 12, language: Language = "both") -> Plot:
    """The share of meetings held that touched each topic, with the number; a meeting may touch several."""
    records = read_records(graph)
    held = [meeting for meeting in records.meetings if meeting.status == "held"]
    counts = Counter(topic for meeting in held for topic in meeting.topics)
    order = sorted(counts, key=lambda topic: (-counts[topic], topic))[:top]
    figure, axes = _figure(_WIDTH, 1.2 + 0.26 * max(len(order), 3))
    shares = [100 * counts[topic] / len(held) for topic in order]
    names = [_in(records, f"topic/{topic}", topic, language) for topic in order]
    bars = axes.barh(range(len(order)), shares, color=_COLOURS[0])
    axes.set_yticks(range(len(order)), map(_broken, names))
    axes.bar_label(bars, [str(counts[topic]) for topic in order], padding=3, fontsize=8)
    axes.invert_yaxis()
    axes.set_xlabel(_word("share", language))
    return _finished(figure, axes, language, held)


@_styled
def plot_measures(
    graph: Graph | Records,
    *,
    kind: NetworkKind = "officials",
    measures: Sequence[Measure] = ("betweenness", "degree", "strength", "eigenvector", "pagerank", "closeness"),
    top: int = 12,
    language: Language = "both",
) -> Plot:
    """The place of each node by each measure, side by side: the `top` by the mean of their places, the best first."""
    records = read_records(graph)
    ties = network(records, kind=kind)
    places = {measure: {row.node: row.rank for row in rank(ties, measure=measure)} for measure in measures}
    tied = [node for node in sorted(ties) if ties.degree(node)]
    mean = {node: sum(places[measure][node] for measure in measures) / len(measures) for node in tied}
    order = sorted(tied, key=lambda node: (mean[node], node))[:top]
    figure, axes = _figure(_WIDTH, 1.5 + 0.3 * max(len(order), 3))
    table = [[places[measure][node] for measure in measures] for node in order]
    if order:
        axes.imshow(table, cmap="Blues_r", vmin=1, vmax=max(3 * top // 2, 2), aspect="auto")
        for row, line in enumerate(table):
            for column, place in enumerate(line):
                ink = "white" if place < 0.6 * top else "#222222"
                axes.text(column, row, str(place), ha="center", va="center", fontsize=8, color=ink)
        names = [_in(records, node, ties.nodes[node]["label"], language) for node in order]
        axes.set_yticks(range(len(order)), names)
        axes.set_xticks(range(len(measures)), [_word(name, language, join="\n") for name in measures], fontsize=8)
        axes.set_xlabel(_word("measure", language))
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0)
    meetings = _those(records, {m for _, _, data in ties.edges(data=True) for m in data["evidence"]})
    return _finished(figure, axes, language, meetings)


def _figure(width: float, height: float) -> tuple[Any, Any]:
    figure = optional("matplotlib.figure", extra="plots").Figure(figsize=(width, height), layout="constrained")
    return figure, figure.add_subplot()


def _finished(
    figure: Any, axes: Any, language: Language, meetings: Sequence[MeetingRecord], *, undated: int = 0
) -> Plot:
    """The plot with what it rests on written under it."""
    if not meetings:
        axes.text(0.5, 0.5, _word("nothing", language), ha="center", va="center", transform=axes.transAxes)
    counts = {"meetings": len(meetings), "articles": count_articles(meetings), "undated": undated}
    names = ("evidence", "undated") if undated else ("evidence",)
    note = _spoken([
        "; ".join(_words()[name][tongue].format(**counts) for name in names) for tongue in _tongues(language)
    ])  # fmt: skip
    figure.supxlabel(note, fontsize=7, color="#555555", x=0.99, ha="right")
    return Plot(figure)


def _name(
    figure: Any, axes: Any, places: Mapping[str, tuple[int, int]], texts: Mapping[str, str], radii: Mapping[str, float]
) -> None:
    """Write names beside their nodes where there is room: the first come first, each at the first free place."""
    optional("matplotlib.backends.backend_agg", extra="plots").FigureCanvasAgg(figure).draw()
    renderer = figure.canvas.get_renderer()
    taken: list[Any] = []
    points = figure.dpi / 72
    for node in places:  # no name lies on a node
        x, y = axes.transData.transform(places[node])
        radius = radii.get(node, 4) * points
        taken.append(_box(x - radius, y - radius, x + radius, y + radius))
    stroke = optional("matplotlib.patheffects", extra="plots").withStroke(linewidth=2, foreground="white")
    for number, (node, text) in enumerate(texts.items()):
        away = radii[node] + 2
        slant = 0.75 * away
        spots: tuple[tuple[float, float, str, str], ...] = (
            *((0, -away, "center", "top"), (0, away, "center", "bottom")),
            *((away, 0, "left", "center"), (-away, 0, "right", "center")),
            *((slant, slant, "left", "bottom"), (slant, -slant, "left", "top")),
            *((-slant, slant, "right", "bottom"), (-slant, -slant, "right", "top")),
        )
        if number < _ALWAYS_NAMED:
            spots = (*spots, spots[2])
        for spot, (dx, dy, ha, va) in enumerate(spots, 1):
            label = axes.annotate(
                text,
                places[node],
                xytext=(dx, dy),
                textcoords="offset points",
                ha=ha,
                va=va,
                fontsize=7,
                zorder=3,
                in_layout=False,
                path_effects=[stroke],
            )
            box = label.get_window_extent(renderer)
            inside = figure.bbox.x0 <= box.x0 and box.x1 <= figure.bbox.x1
            free = inside and not any(box.overlaps(other) for other in taken)
            if free or (number < _ALWAYS_NAMED and spot == len(spots)):
                taken.append(box)
                break
            label.remove()


def _box(*corners: float) -> Any:
    return optional("matplotlib.transforms", extra="plots").Bbox.from_extents(*corners)


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((files("diplograph") / "data" / "plot_words.toml").read_text("utf-8"))


def _tongues(language: Language) -> tuple[str, ...]:
    if language not in get_args(Language):
        raise AnalysisError(f"no language {language!r}: choose one of {', '.join(get_args(Language))}")
    return ("en", "ru") if language == "both" else (language,)


def _word(name: str, language: Language, *, join: str = " · ") -> str:
    return _spoken([_words()[name][tongue] for tongue in _tongues(language)], join=join)


def _spoken(texts: Iterable[str], *, join: str = " · ") -> str:
    return join.join(dict.fromkeys(texts))


def _in(records: Records, thing: str, default: str, language: Language) -> str:
    """The name of a thing; of officials and organisations as the graph has it, whatever the language."""
    labels = records.labels.get(thing)
    return _spoken(label_of(labels, default, languages=(tongue, "ru", "en")) for tongue in _tongues(language))


def _broken(name: str) -> str:
    """A name in two languages on two lines where one would be long."""
    return name.replace(" · ", "\n") if len(name) > _LONG_NAME else name


def _those(records: Records, ids: Iterable[str]) -> list[MeetingRecord]:
    wanted = set(ids)
    return [meeting for meeting in records.meetings if meeting.id in wanted]


def _middle(text: str) -> date | None:
    if len(text) == 10:
        return date.fromisoformat(text)
    return date.fromisoformat(f"{text}-15") if len(text) == 7 else None


def _all_periods(names: Sequence[str], by: Period) -> list[str]:
    """All periods from the first to the last, those without meetings too."""
    if not names:
        return []
    first, last = min(names), max(names)
    years = range(int(first[:4]), int(last[:4]) + 1)
    parts = {"year": [""], "quarter": [f"-Q{n}" for n in range(1, 5)], "month": [f"-{n:02}" for n in range(1, 13)]}
    return [name for year in years for part in parts[by] if first <= (name := f"{year}{part}") <= last]
