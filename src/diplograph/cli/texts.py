"""Commands that read texts: build, demo, extract, explain."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import click

import diplograph
from diplograph.cli.options import NOTHING_READ, SOME_FAILED, published_option, telling_progress, tell_refused
from diplograph.model import Article, PartialDate

sources_argument = click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")


@click.command()
@sources_argument
@click.option("--out", "-o", type=click.Path(path_type=Path), default="diplograph-output", show_default=True, metavar="DIR")
@published_option
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, show_default=True, help="Leave out doubtful meetings."
)
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@click.pass_context
def build(
    ctx: click.Context, sources: tuple[str, ...], out: Path, published: PartialDate | None, min_confidence: float, as_json: bool
) -> None:
    """Make a folder with the graph, the page and the tables of some texts.

    A SOURCE is a .txt, .md or .jsonl file (also .gz), a folder of them, or - for standard input. The folder
    gets graph.ttl, graph.trig, graph.html, graph.gexf, meetings.csv, officials.csv, nodes.csv, edges.csv,
    report.md, and run.json with an account of every input.

    Example:

    \b
        diplograph build news --out graph
    """
    _build(ctx, sources, out, published=published, min_confidence=min_confidence, as_json=as_json)


@click.command()
@click.option("--out", "-o", type=click.Path(path_type=Path), default="demo-output", show_default=True, metavar="DIR")
@click.pass_context
def demo(ctx: click.Context, out: Path) -> None:
    """Build the bundled sample of news, and say which file to open.

    Example:

    \b
        diplograph demo
    """
    with as_file(files("diplograph") / "data" / "demo") as corpus:
        _build(ctx, (str(corpus),), out)


def _build(ctx: click.Context, sources: Iterable[str], out: Path, *, as_json: bool = False, **options: Any) -> None:
    from diplograph.build import NothingToExtractError

    try:
        with telling_progress("Extracting") as progress:
            run = diplograph.build(sources, out=out, progress=progress, **options)
    except NothingToExtractError as error:
        _tell(error.inputs)
        click.echo(f"Error: {error}", err=True)
        ctx.exit(NOTHING_READ)
    _tell(run.inputs)
    counts = run.counts()
    if as_json:
        click.echo(json.dumps(counts, indent=1))
    else:
        click.echo(
            "{inputs} inputs: {extracted} extracted, {empty} empty, {skipped} skipped, {failed} failed\n"
            "{officials} officials, {organizations} organizations, {held} meetings held, {planned} planned".format(**counts)
        )
        click.echo(f"Open {out / 'graph.html'} in a browser; the graph is {out / 'graph.ttl'}")
    if counts["failed"]:
        ctx.exit(SOME_FAILED)
