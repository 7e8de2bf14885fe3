"""The command line: a command for each public function, of the same name.

The commands reach the functions as ``diplograph.build`` and so on, which loads a step when it is first used:
``diplograph --help`` loads none.
"""

from __future__ import annotations

import errno
import io
import sys
from typing import Any

import click

import diplograph
from diplograph.cli.analysis import chance, cluster, rank
from diplograph.cli.asking import query, serve
from diplograph.cli.fetching import fetch
from diplograph.cli.graphs import check, draw
from diplograph.cli.options import STOPPED
from diplograph.cli.papers import diff, dossier, export, report
from diplograph.cli.scoring import score
from diplograph.cli.texts import build, demo, explain, extract
from diplograph.model import DiplographError


class _Failure(click.ClickException):
    """Shown as one line, ``Error: …``, on standard error."""

    exit_code = 2


class _OneLineErrors(click.Group):
    """Turns what the user can do something about into one line on standard error."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DiplographError as error:
            raise _Failure(" ".join(str(error).split())) from error
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader of a pipe has seen enough
                raise
            name = f"{error.filename}: " if error.filename else ""
            raise _Failure(f"{name}{error.strerror or error}") from error
        except KeyboardInterrupt:
            click.echo(
                "\nStopped. Nothing was changed; a build goes on where it was when it is started again.", err=True
            )
            ctx.exit(STOPPED)


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"diplograph {diplograph.__version__}")
        ctx.exit()


@click.group(
    cls=_OneLineErrors,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Exit codes:
  0  done
  1  the answer is no: a question answered no, a graph with violations
  2  wrong usage, or a graph, query or folder that cannot be used
  3  some texts could not be read; the others are done
  4  none of the texts could be read
130  stopped with Ctrl-C""",
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Show it.")
def main() -> None:
    """Turn diplomatic news into a knowledge graph of who met whom.

    Every edge of the graph can show the sentence it rests on.

    Example:

    \b
        diplograph demo
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # names have letters that many a locale has not
            stream.reconfigure(encoding="utf-8")


for _command in (
    *(build, demo, fetch, extract, explain, query, serve, check, rank, cluster, chance),
    *(draw, report, dossier, diff, export, score),
):
    main.add_command(_command)
