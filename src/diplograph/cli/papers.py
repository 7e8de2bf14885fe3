"""Commands that write for readers and for other programs: report, dossier, diff, export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import diplograph
from diplograph.cli.graphs import graph_argument, kind_option
from diplograph.model import DiplographError
from diplograph.wording import LANGUAGES

if TYPE_CHECKING:
    from diplograph.paper import Paper

FORMATS = ("gexf", "graphml", "csv", "parquet", "jsonld", "nt", "ftm", "plover")

paper_form_option = click.option(
    "--format", "form", type=click.Choice(("md", "html")), default="md", show_default=True, help="html is for printing."
)
language_option = click.option(
    "--lang", "language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="What it is written in."
)
out_option = click.option("--out", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write it there.")


@click.command()
@graph_argument
@paper_form_option
@language_option
@out_option
def report(graph: Path, *, form: Any, language: Any, out: Path | None) -> None:
    """Write the report on a graph: figures, people, states, contacts, plans, what could not be read.

    Example:

    \b
        diplograph report demo-output --format html --out report.html
        diplograph report demo-output --lang ru --out report.ru.md
    """
    run = _account(graph)
    _write(diplograph.report(diplograph.load_graph(graph), run, language=language), form, out)


@click.command()
@graph_argument
@click.argument("who", metavar="NAME|ISO")
@paper_form_option
@language_option
@out_option
def dossier(graph: Path, who: str, *, form: Any, language: Any, out: Path | None) -> None:
    """Write one page on an official, a state or an organisation.

    A surname, a name in another language or an ISO code is enough where it can mean one thing only.

    Example:

    \b
        diplograph dossier demo-output HU
        diplograph dossier demo-output "Алдияр Шонанов" --format html --out shonanov.html
    """
    _write(diplograph.dossier(diplograph.load_graph(graph), who, language=language), form, out)


@click.command()
@click.argument("old", type=click.Path(path_type=Path), metavar="OLD")
@click.argument("new", type=click.Path(path_type=Path), metavar="NEW")
@paper_form_option
@language_option
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON.")
@out_option
def diff(old: Path, new: Path, *, form: Any, language: Any, as_json: bool, out: Path | None) -> None:
    """Tell what a graph says that an earlier one did not: a brief for the morning.

    New officials, first contacts, posts that changed hands, planned meetings now held, what was withdrawn.

    Example:

    \b
        diplograph diff demo-output demo-output
    """
    found = diplograph.diff(diplograph.load_graph(old), diplograph.load_graph(new), language=language)
    if as_json:
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
    else:
        _write(found.to_paper(), form, out)


@click.command()
@graph_argument
@click.option(
    "--format", "formats", type=click.Choice((*FORMATS, "all")), multiple=True, required=True, help="One or several."
)
@kind_option
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path),
    default="diplograph-export",
    show_default=True,
    metavar="DIR",
)
def export(graph: Path, *, formats: tuple[Any, ...], kind: Any, out: Path) -> None:
    """Write a graph in the formats of other programs.

    gexf for Gephi, graphml for igraph and yEd, csv for Gephi and spreadsheets, parquet for pandas and polars, jsonld
    and nt for RDF programs, ftm for FollowTheMoney and Aleph, plover for event data. --kind says which network.

    Example:

    \b
        diplograph export demo-output --format gexf --format csv --out tables
    """
    wanted = FORMATS if "all" in formats else formats
    files = diplograph.export(diplograph.load_graph(graph), wanted, kind=kind)
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (out / name).write_bytes(content)
        click.echo(out / name)


def _account(graph: Path) -> dict[str, Any] | None:
    """What run.json says beside the graph; None where there is none."""
    file = (graph if graph.is_dir() else graph.parent) / "run.json"
    if not file.is_file():
        return None
    try:
        account = json.loads(file.read_bytes())
    except ValueError as error:
        raise DiplographError(f"{file}: not well-formed JSON: {error}; build the graph again") from error
    return account if isinstance(account, dict) else None


def _write(paper: Paper, form: Any, out: Path | None) -> None:
    text = paper.render(form)
    if out:
        out.write_text(text, encoding="utf-8", newline="\n")
        click.echo(out)
    else:
        click.echo(text, nl=False)
