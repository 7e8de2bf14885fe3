"""The command that judges the extraction against gold annotations."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

import diplograph
from diplograph.cli.options import telling_progress
from diplograph.table import render

if TYPE_CHECKING:
    from diplograph.score import Judgement


@click.command()
@click.argument("gold", type=click.Path(path_type=Path), metavar="GOLD_DIR")
@click.option("--errors", is_flag=True, help="List every fact that was missed or wrong.")
@click.option("--json", "save", type=click.Path(path_type=Path), metavar="OUT", help="Save every judgement there.")
@click.option(
    "--against", type=click.Path(path_type=Path), metavar="EARLIER", help="List gains and losses against a saved file."
)
def score(gold: Path, errors: bool, save: Path | None, against: Path | None) -> None:
    """Judge what is extracted from annotated texts: precision, recall and F1 of every fact.

    GOLD_DIR holds one JSON file a text, with its officials, organizations and meetings as an analyst sees them.

    Example:

    \b
        diplograph score gold --errors --json figures.json
    """
    with telling_progress("Judging") as progress:
        result = diplograph.score(gold, against=against, progress=progress)
    if errors:
        _list(judgement for judgement in result.judgements if judgement.verdict != "right")
    click.echo(f"{len(result.documents)} documents")
    click.echo(render(*result.table()), nl=False)
    if against:
        for name, judgements in (("gained", result.gains), ("lost", result.losses)):
            click.echo(f"\n{len(judgements)} {name} against {against}")
            _list(judgements)
    if save:
        save.write_text(result.to_json(), encoding="utf-8")


def _list(judgements: Iterable[Judgement]) -> None:
    for judgement in judgements:
        click.echo(f"{judgement.document}\t{judgement.verdict}\t{judgement.fact}\t{' '.join(judgement.what.split())}")
