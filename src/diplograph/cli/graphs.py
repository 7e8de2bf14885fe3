"""Commands that read a graph: check, draw."""

from __future__ import annotations

from pathlib import Path

import click

import diplograph
from diplograph.cli.options import form_options
from diplograph.table import TableForm, render

KINDS = ("officials", "states", "organizations", "mixed")

graph_argument = click.argument("graph", type=click.Path(path_type=Path), metavar="GRAPH")
kind_option = click.option("--kind", type=click.Choice(KINDS), default="officials", show_default=True)


@click.command()
@graph_argument
@form_options
@click.pass_context
def check(ctx: click.Context, graph: Path, form: TableForm) -> None:
    """Check a graph against the shapes of the ontology, and list what breaks them.

    The exit code is 1 where a violation is found; a warning alone does not count.

    Example:

    \b
        diplograph check demo-output
    """
    found = diplograph.check(diplograph.load_graph(graph))
    if found or form != "table":
        click.echo(render(*found.table(), form=form), nl=False)
    else:
        click.echo("The graph keeps the contract")
    if any(one.severity == "Violation" for one in found):
        ctx.exit(1)


@click.command()
@graph_argument
@click.option("--out", "-o", type=click.Path(path_type=Path), default="graph.html", show_default=True, metavar="FILE")
@click.option("--title", help="The heading of the page.")
@click.option("--notice", help="A line shown at the top.")
@click.option("--top", type=click.IntRange(1), default=1500, show_default=True, help="How many nodes to draw.")
def draw(graph: Path, out: Path, title: str | None, notice: str | None, top: int) -> None:
    """Draw a graph as one HTML page that needs no network.

    Example:

    \b
        diplograph draw demo-output --out page.html --top 200
    """
    page = diplograph.draw(diplograph.load_graph(graph), title=title, notice=notice, top=top)
    out.write_text(page, encoding="utf-8", newline="\n")
    click.echo(f"Open {out} in a browser")
