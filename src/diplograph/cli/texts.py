"""Commands that read texts: build, demo, extract, explain."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, fields, is_dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click
from click.core import ParameterSource

import diplograph
from diplograph.account import Input, NothingToExtractError
from diplograph.cli.options import NOTHING_READ, SOME_FAILED, limits_option, published_option, telling_progress
from diplograph.model import Article, PartialDate
from diplograph.read.limits import Limits

F = TypeVar("F", bound=Callable[..., Any])


def out_option(default: str) -> Callable[[F], F]:
    """Where the folder of a build goes."""
    return click.option(
        "--out", "-o", type=click.Path(path_type=Path), default=default, show_default=True, metavar="DIR"
    )


sources_argument = click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")


@click.command()
@click.argument("sources", nargs=-1, metavar="SOURCE…")
@out_option("diplograph-output")
@click.option("--into", type=click.Path(path_type=Path), metavar="DIR", help="Add to the result in DIR.")
@click.option(
    "--withdraw", multiple=True, metavar="NAME", help="With --into: take out an article, by id, address or source."
)
@published_option
@limits_option
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, show_default=True, help="Leave out doubtful meetings."
)
@click.option(
    "--jobs", "-j", type=click.IntRange(1), metavar="N", help="Processes that extract.  [default: one a core]"
)
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@click.pass_context
def build(
    ctx: click.Context,
    *,
    sources: tuple[str, ...],
    out: Path,
    into: Path | None,
    withdraw: tuple[str, ...],
    published: PartialDate | None,
    limits: Limits,
    min_confidence: float,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Make a folder with the graph, the page and the tables of some texts.

    A SOURCE is a text, web page, feed, PDF, Word, OpenDocument or RTF file, a letter (.eml), a table of articles
    (.csv, .xlsx, .parquet, .jsonl), an archive of these (.zip, .tar, .warc, .wacz, .mbox; .gz, .bz2), a folder of
    them, a pattern such as 'news/*.html', or - for standard input. The folder gets graph.ttl, graph.trig, graph.html,
    graph.gexf, meetings.csv, officials.csv, nodes.csv, edges.csv, report.md, and run.json with an account of every
    input.

    With --into the texts are added to those that the folder was made of, in whatever portions: what is there already
    changes nothing, another text under the same address, id or file name takes the place of the former one. Files
    appear all at once; a run that was stopped goes on where it was when it is started again.

    Example:

    \b
        diplograph build news --out graph
        diplograph build news/riga.txt --into graph
        diplograph build --into graph --withdraw news/riga.txt
    """
    if into is not None and ctx.get_parameter_source("out") is not ParameterSource.DEFAULT:
        raise click.UsageError("give --out or --into, not both")
    if withdraw and into is None:
        raise click.UsageError("--withdraw goes with --into")
    if not sources and not withdraw:
        raise click.UsageError("give a SOURCE")
    _build(
        ctx,
        sources,
        out=out if into is None else None,
        into=into,
        as_json=as_json,
        withdraw=withdraw,
        published=published,
        limits=limits,
        min_confidence=min_confidence,
        jobs=jobs,
    )


_INVENTED = (
    "A demonstration: every person, meeting and newspaper here is invented. "
    "Демонстрация: все лица, встречи и издания вымышлены."
)


@click.command()
@out_option("demo-output")
@click.pass_context
def demo(ctx: click.Context, out: Path) -> None:
    """Build the bundled sample of news, and say which file to open.

    The persons and the meetings of the sample are invented.

    Example:

    \b
        diplograph demo
    """
    with as_file(files("diplograph") / "data" / "demo") as corpus:
        _build(ctx, map(str, corpus.glob("*.jsonl")), out=out, notice=_INVENTED)


_CHANGED = "In this run: {added} added, {known} known already, {replaced} replaced, {withdrawn} withdrawn"


def _build(
    ctx: click.Context,
    sources: Iterable[str],
    *,
    out: Path | None = None,
    into: Path | None = None,
    as_json: bool = False,
    **options: Any,
) -> None:
    try:
        with telling_progress("Extracting") as progress:
            run = diplograph.build(sources, out=out, into=into, progress=progress, tell=_warn, **options)
    except NothingToExtractError as error:
        _nothing(ctx, error)
    here = [entry for entry in run.inputs if entry.source in run.changes.read]
    _tell(here, most=20)
    if as_json:
        click.echo(json.dumps(run.counts(), indent=1))
    else:
        click.echo(run.summary())
        if into is not None:
            click.echo(_CHANGED.format(**asdict(run.changes)))
        shown = into or out or Path()
        click.echo(f"Open {shown / 'graph.html'} in a browser; the graph is {shown / 'graph.ttl'}")
    if here and all(entry.outcome in ("failed", "empty") for entry in here):
        ctx.exit(NOTHING_READ)
    if any(entry.outcome == "failed" for entry in here):
        ctx.exit(SOME_FAILED)


def _warn(message: str) -> None:
    click.echo(message, err=True)


@click.command()
@sources_argument
@published_option
@limits_option
@click.pass_context
def extract(ctx: click.Context, sources: tuple[str, ...], published: PartialDate | None, limits: Limits) -> None:
    """Print what each text says, before anything is merged: one JSON object an article.

    Example:

    \b
        diplograph extract news/riga.txt
    """
    for article in _articles(ctx, sources, published, limits):
        claims = _plain(diplograph.extract(article))
        del claims["article"]["text"]
        click.echo(json.dumps(claims, ensure_ascii=False))


@click.command()
@sources_argument
@published_option
@limits_option
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object a sentence.")
@click.pass_context
def explain(
    ctx: click.Context, sources: tuple[str, ...], published: PartialDate | None, limits: Limits, as_json: bool
) -> None:
    """Show, sentence by sentence, what was recognised, said, and left unsaid, and why.

    Example:

    \b
        diplograph explain news/riga.txt
    """
    for article in _articles(ctx, sources, published, limits):
        if not as_json:
            click.echo(f"{article.source} ({article.id})\n")
        for explanation in diplograph.explain(article):
            if as_json:
                click.echo(json.dumps({"article": article.id, **_plain(explanation)}, ensure_ascii=False))
            else:
                click.echo(f"{explanation}\n")


def _articles(
    ctx: click.Context, sources: Iterable[str], published: PartialDate | None, limits: Limits
) -> Iterator[Article]:
    """The articles of the sources; the others are told on standard error, and in the exit code at the end."""
    inputs = []
    for item in diplograph.read(sources, published=published, limits=limits):
        if isinstance(item, Article):
            inputs.append(Input(item.source, "extracted", article=item.id))
            yield item
        else:
            inputs.append(Input(item.source, item.outcome, reason=item.reason))
    if not any(entry.outcome == "extracted" for entry in inputs):
        _nothing(ctx, NothingToExtractError(tuple(inputs)))
    _tell(inputs)
    if any(entry.outcome == "failed" for entry in inputs):
        ctx.exit(SOME_FAILED)


def _nothing(ctx: click.Context, error: NothingToExtractError) -> NoReturn:
    if len(error.inputs) > 1:  # else the error says it
        _tell(error.inputs)
    click.echo(f"Error: {error}", err=True)
    ctx.exit(NOTHING_READ)


def _tell(inputs: Iterable[Input], *, most: int | None = None) -> None:
    refused = [entry for entry in inputs if entry.outcome != "extracted"]
    for entry in refused[:most]:
        click.echo(f"{entry.source}: {entry.outcome}: {entry.reason}", err=True)
    if len(refused) > len(refused[:most]):
        click.echo(f"… and {len(refused[most:])} more, in run.json", err=True)


def _plain(value: Any) -> Any:
    """A record as JSON has it: dates as text, what is None or empty left out."""
    if isinstance(value, PartialDate):
        return str(value)
    if is_dataclass(value):
        parts = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {name: part for name, part in parts.items() if part is not None and part != []}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value
