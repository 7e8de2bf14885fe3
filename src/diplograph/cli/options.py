"""What the commands share: how they print, how they tell of progress, options that mean the same everywhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from diplograph.model import DiplographError, PartialDate
from diplograph.read.limits import Limits
from diplograph.table import FORMS

F = TypeVar("F", bound=Callable[..., Any])

SOME_FAILED = 3
NOTHING_READ = 4


def _date(_: click.Context, __: click.Parameter, value: str | None) -> PartialDate | None:
    try:
        return PartialDate.parse(value) if value else None
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


published_option = click.option(
    "--published", callback=_date, metavar="DATE", help="Publication date of texts that do not say it: YYYY-MM-DD."
)


def _limits(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> Limits:
    settings = dict(value.partition("=")[::2] for value in values)
    try:
        return Limits().with_settings(settings)
    except DiplographError as error:
        raise click.BadParameter(str(error)) from error


limits_option = click.option(
    "--limit",
    "limits",
    callback=_limits,
    multiple=True,
    metavar="NAME=VALUE",
    help="Change what one input may cost, such as seconds=60 or document_bytes=50MB; a refusal names its limit.",
)


def form_options(command: F) -> F:
    """``--format`` and its short form ``--json``, as the argument `form`."""
    command = click.option("--json", "form", flag_value="json", help="Short for --format json.")(command)
    return click.option("--format", "form", type=click.Choice(FORMS), default="table", show_default=True)(command)


@contextmanager
def telling_progress(label: str) -> Iterator[Callable[[int, int, str], None]]:
    """A function to call with how many are done, of how many: a bar on a terminal, else a line every 100."""
    if not sys.stderr.isatty():
        yield _tell_hundreds
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def show(done: int, total: int, _: str) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield show
        bar.update((bar.length or 0) - bar.pos)


def _tell_hundreds(done: int, total: int, _: str) -> None:
    if done and done % 100 == 0:
        click.echo(f"{done} of {total}", err=True)
