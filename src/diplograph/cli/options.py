"""What the commands share: how they print, how they tell of progress, options that mean the same everywhere."""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import click

from diplograph.model import DiplographError, PartialDate
from diplograph.read.limits import Limits
from diplograph.table import FORMS

F = TypeVar("F", bound=Callable[..., Any])

SOME_FAILED = 3
NOTHING_READ = 4
STOPPED = 130


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
    """A function to call with how many are done, and of how many (see `build.Progress`); tells rate and time left.

    On a terminal one line that changes, else a line every ten seconds; nothing for what takes less than one.
    """
    teller = _Teller(label, sys.stderr.isatty())
    yield teller.tell
    teller.end()


@dataclass
class _Teller:
    label: str
    on_terminal: bool
    total: int = 0
    before: int = 0  # how many were done when the clock began
    begun: float = field(default_factory=time.monotonic)
    told: float = field(default_factory=time.monotonic)
    shown: bool = False

    def tell(self, done: int, total: int, _: str) -> None:
        now = time.monotonic()
        if total != self.total:  # reading is over: the models are loaded and the first text is done
            self.total, self.before, self.begun, self.told = total, done, now, now
        if now - self.told < (1 if self.on_terminal else 10):
            return
        self.told = now
        rate = (done - self.before) / (now - self.begun)
        if total:
            left = datetime.timedelta(seconds=round((total - done) / rate)) if rate else "unknown"
            line = f"{self.label}: {done:,} of {total:,}, {rate:.1f} a second, {left} left"
        else:
            line = f"Reading: {done:,} inputs, {rate:.1f} a second"
        click.echo(f"\r{line}\x1b[K" if self.on_terminal else line, err=True, nl=not self.on_terminal)
        self.shown = self.on_terminal

    def end(self) -> None:
        if self.shown:
            click.echo(err=True)
