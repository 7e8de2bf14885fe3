"""Commands that analyse a graph: rank, cluster, chance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import diplograph
from diplograph.cli.graphs import graph_argument, kind_option
from diplograph.cli.options import form_options
from diplograph.table import Cell, TableForm, render

if TYPE_CHECKING:
    from networkx import Graph as Network

    from diplograph.records import Records

MEASURES = ("betweenness", "degree", "strength", "eigenvector", "pagerank", "closeness")
Names = tuple[str, ...]
PERIODS = ("year", "quarter", "month")

seed_option = click.option("--seed", type=int, default=1, show_default=True, help="Where chance has a part.")


@click.command()
@graph_argument
@kind_option
@click.option("--measure", type=click.Choice(MEASURES), default="betweenness", show_default=True)
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="How many to list.")
@click.option("--since", default="", metavar="DATE", help="Count meetings from then on: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--until", default="", metavar="DATE", help="Count meetings up to then.")
@click.option("--by", type=click.Choice(PERIODS), help="A ranking for each year, quarter or month.")
@click.option("--by-post", is_flag=True, help="Let a meeting weigh as much as the lower of the two posts.")
@click.option("--explain", "who", metavar="NAME", help="List the meetings behind the rank of NAME.")
@click.option("--without-source", is_flag=True, help="Tell what remains when each publisher is left out.")
@seed_option
@form_options
def rank(
    graph: Path,
    *,
    kind: Any,
    measure: Any,
    top: int,
    since: str,
    until: str,
    by: Any,
    by_post: bool,
    who: str | None,
    without_source: bool,
    seed: int,
    form: TableForm,
) -> None:
    """List who is most central among those who met.

    Beside each score stand the meetings it rests on and the articles that tell of them; --explain lists them.

    Example:

    \b
        diplograph rank demo-output --measure degree --top 10
        diplograph rank demo-output --explain Шонанов
        diplograph rank demo-output --by quarter --top 3
        diplograph rank demo-output --kind states --without-source
    """
    if sum(map(bool, (by, who, without_source))) > 1 or (by_post and (by or without_source)):
        raise click.UsageError("Give one of --by, --explain and --without-source; --by-post goes with --explain alone.")
    from diplograph import analyse, subsets  # noqa: PLC0415 (numbers are slow to load)

    records = _records(graph, since, until)
    if without_source:
        rows = subsets.robustness(records, kind=kind, measure=measure, top=top, seed=seed)
        _print(rows, form, subsets.Robustness)
    elif by:
        found = list(subsets.rank_by_period(records, by=by, kind=kind, measure=measure, seed=seed))
        found = [row for row in found if row.rank <= top]
        _print(found, form, subsets.PeriodRanking, score=measure, order=("period", *_RANKING))
    elif who:
        _explain(records, _ties(records, kind, by_post=by_post), who, measure, seed, form)
    else:
        ranking = diplograph.rank(_ties(records, kind, by_post=by_post), measure=measure, seed=seed)
        _print(ranking[:top], form, analyse.Ranking, score=measure, order=_RANKING)


_RANKING = ("rank", "label", "score", "meetings", "articles", "method", "node")


def _explain(records: Records, ties: Network[str], who: str, measure: Any, seed: int, form: TableForm) -> None:
    from diplograph.behind import Behind, behind  # noqa: PLC0415

    place, meetings = behind(records, ties, who, measure=measure, seed=seed)
    if form == "table":
        click.echo(
            f"{place.label}: {measure} {place.score:.4f}, rank {place.rank} of {len(ties)} ({place.method});"
            f" {place.meetings} meetings in {place.articles} articles"
        )
    _print(meetings, form, Behind)


@click.command()
@graph_argument
@kind_option
@click.option("--resolution", type=click.FloatRange(min=0, min_open=True), default=1.0, show_default=True)
@click.option("--stability", is_flag=True, help="Tell how far other seeds and resolutions agree.")
@click.option("--bridges", is_flag=True, help="List who ties communities together.")
@seed_option
@form_options
def cluster(
    graph: Path, *, kind: Any, resolution: float, stability: bool, bridges: bool, seed: int, form: TableForm
) -> None:
    """List the communities of those who meet each other most.

    Another seed may give another partition; --stability says how firm they are.

    Example:

    \b
        diplograph cluster demo-output --kind states
        diplograph cluster demo-output --stability
        diplograph cluster demo-output --bridges
    """
    from diplograph import communities as finding  # noqa: PLC0415
    from diplograph import stability as firm  # noqa: PLC0415

    ties = _ties(_records(graph), kind)
    found = diplograph.cluster(ties, seed=seed, resolution=resolution)
    if stability:
        _print(firm.stability(ties, seed=seed), form, firm.Stability)
        if form == "table":
            click.echo()
            _print([row for row in firm.firmness(ties, found) if row.size > 1], form, firm.Firmness)
    elif bridges:
        _print(finding.bridges(ties, found), form, finding.Bridge)
    else:
        rows = [
            (one.id, len(one.members), one.meetings, one.label, "; ".join(ties.nodes[n]["label"] for n in one.members))
            for one in found
        ]
        click.echo(render(("community", "size", "meetings", "about", "members"), rows, form=form), nl=False)


@click.command()
@graph_argument
@click.option(
    "--kind", type=click.Choice(("officials", "states", "organizations")), default="officials", show_default=True
)
@click.option("--runs", type=click.IntRange(1), default=1000, show_default=True, help="Random tables to draw.")
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="How many to list.")
@seed_option
@form_options
def chance(graph: Path, *, kind: Any, runs: int, top: int, seed: int, form: TableForm) -> None:
    """List which pairs met more often than chance would have it.

    Expected is how often they would meet if only their numbers of meetings counted; p is the share of random tables
    with as many meetings of the two, q the same corrected for the number of pairs.

    Example:

    \b
        diplograph chance demo-output --kind states --top 5
    """
    from diplograph.chance import Beyond  # noqa: PLC0415

    found = diplograph.chance(_records(graph), kind=kind, runs=runs, seed=seed)[:top]
    _print(found, form, Beyond, order=("a_name", "b_name", "meetings", "articles", "expected", "ratio", "p", "q"))


def _records(graph: Path, since: str = "", until: str = "") -> Records:
    from diplograph.records import read_records  # noqa: PLC0415
    from diplograph.subsets import between  # noqa: PLC0415

    records = read_records(diplograph.load_graph(graph))
    return between(records, since=since, until=until) if since or until else records


def _ties(records: Records, kind: Any, *, by_post: bool = False) -> Network[str]:
    from diplograph.seniority import weigh_by_post  # noqa: PLC0415

    ties = diplograph.network(records, kind=kind)
    return weigh_by_post(ties, records) if by_post else ties


def _print(rows: Iterable[Any], form: TableForm, kind: type, *, score: str = "score", order: Names = ()) -> None:
    """Records of one kind as a table, a column a field, in this order."""
    names = order or tuple(field.name for field in fields(kind))
    lines = [tuple(_cell(getattr(row, name)) for name in names) for row in rows]
    headers = tuple({"score": score, "label": "name", "node": "id"}.get(name, name) for name in names)
    click.echo(render(headers, lines, form=form), nl=False)


def _cell(value: Any) -> Cell:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else value
