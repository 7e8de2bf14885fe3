"""Commands that ask a graph in SPARQL: query, serve."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

import diplograph
from diplograph.cli.options import F
from diplograph.sparql.engine import EngineName
from diplograph.sparql.questions import PARAMETERS, Question, named, question_names
from diplograph.table import FORMS, render

if TYPE_CHECKING:
    from diplograph.query import ResultForm

graph_argument = click.argument("graph", type=click.Path(path_type=Path), metavar="GRAPH", required=False)
seconds_option = click.option(
    "--seconds", type=click.FloatRange(min=0, min_open=True), default=60, show_default=True, help="Time limit."
)
engine_option = click.option(
    "--engine", type=click.Choice(get_args(EngineName)), help="What answers [default: oxigraph where installed]."
)


def parameter_options(command: F) -> F:
    """An option for each parameter that a question may take; None where it is not given."""
    for name, (_, meaning) in reversed(list(PARAMETERS.items())):
        command = click.option(f"--{name}", name.replace("-", "_") + "_", metavar="…", help=meaning)(command)
    return command


@click.command()
@graph_argument
@click.argument("what", metavar="QUESTION", required=False)
@click.option("--list", "list_questions", is_flag=True, help="List the questions that have a name.")
@parameter_options
@seconds_option
@click.option("--rows", type=click.IntRange(min=0), help="At most so many rows or triples.")
@engine_option
@click.option("--json", "form", flag_value="json", help="Short for --format json.")
@click.option("--format", "form", type=click.Choice((*FORMS, "xml")), default="table", show_default=True)
@click.pass_context
def query(
    ctx: click.Context,
    /,
    *,
    graph: Path | None,
    what: str | None,
    list_questions: bool,
    seconds: float,
    rows: int | None,
    engine: EngineName | None,
    form: ResultForm,
    **parameters: str | None,
) -> None:
    """Ask a graph a question in SPARQL.

    GRAPH is a .ttl, .trig, .nt or .nq file, or the folder of a build. QUESTION is a name from --list, a file, the
    text of a query, or - for standard input. The usual prefixes (dg: dgid: rdfs: skos: prov: …) are known.
    SELECT prints a table, ASK yes or no (exit code 0 or 1), CONSTRUCT and DESCRIBE Turtle. Queries only read:
    updates, SERVICE and FROM are refused.

    Questions with a name take the parameters that --list shows beside them. A name may be written in any language
    that the graph has for it.

    Example:

    \b
        diplograph query --list
        diplograph query demo-output who-met-whom --state HU --from 2025-03 --format csv
        diplograph query demo-output shortest-path --person Шонанов --other Кермендвари
        diplograph query demo-output "SELECT ?name { ?who a dg:Official ; rdfs:label ?name }"
    """
    if list_questions:
        listed = [(one.name, one.asks, _taken(one)) for one in map(named, question_names())]
        click.echo(render(("name", "question", "parameters"), listed, form="json" if form == "xml" else form), nl=False)
        return
    if graph is None or what is None:
        raise click.UsageError("Give a GRAPH and a QUESTION; diplograph query --list shows the questions with a name.")
    if what == "-":
        what = click.open_file("-", encoding="utf-8").read()
    given = {name: value for name, value in parameters.items() if value is not None}
    result = diplograph.query(graph, what, seconds=seconds, rows=rows, engine=engine, **given)
    click.echo(result.render(form), nl=False)
    if result.truncated:
        click.echo(f"Truncated: there are more than {rows}", err=True)
    if result.answer is False:
        ctx.exit(1)


@click.command()
@click.argument("graph", type=click.Path(path_type=Path), metavar="GRAPH")
@click.option("--port", type=click.IntRange(0, 65535), default=8890, show_default=True, help="0 takes a free one.")
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=10,
    show_default=True,
    help="Time limit of a query.",
)
@click.option("--rows", type=click.IntRange(min=1), default=10_000, show_default=True, help="Most rows of an answer.")
@engine_option
def serve(graph: Path, *, port: int, seconds: float, rows: int, engine: EngineName | None) -> None:
    """Serve a graph as a SPARQL endpoint on this machine, with a page to ask from.

    It only reads, listens on 127.0.0.1 alone and answers no page of another site. Ctrl-C ends it.

    Example:

    \b
        diplograph serve demo-output --port 8890
    """
    with diplograph.serve(graph, port=port, seconds=seconds, rows=rows, engine=engine) as server:
        click.echo(f"Open {server.url} in a browser; the endpoint is {server.url}sparql (Ctrl-C ends it)")
        with suppress(KeyboardInterrupt):
            server.wait()


def _taken(question: Question) -> str:
    """The options that a question takes, those that it may do without in brackets."""
    return " ".join(f"--{name}" if name in question.needs else f"[--{name}]" for name in question.parameters)
