"""The command that brings pages from the web: fetch."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

import diplograph
from diplograph.cli.options import NOTHING_READ, SOME_FAILED, limits_option

if TYPE_CHECKING:
    from diplograph.fetch import Outcome
    from diplograph.read.limits import Limits


@click.command()
@click.argument("addresses", nargs=-1, required=True, metavar="FEED_OR_URL…")
@click.option(
    "--out", "-o", type=click.Path(path_type=Path), default="pages", show_default=True, metavar="DIR", help="Where to."
)
@click.option(
    "--pause", type=click.FloatRange(0.5), default=1.0, show_default=True, help="Seconds between two pages of a site."
)
@click.option("--most", type=click.IntRange(1), default=1000, show_default=True, help="How many pages of feeds.")
@click.option(
    "--fresh",
    type=click.FloatRange(0),
    default=24.0,
    show_default=True,
    help="Hours before a page is asked for again.",
)
@limits_option
@click.pass_context
def fetch(
    ctx: click.Context, *, addresses: tuple[str, ...], out: Path, pause: float, most: int, fresh: float, limits: Limits
) -> None:
    """Bring pages from the web into a folder, politely.

    A feed or a sitemap is followed to its pages. Pages are kept as they were sent, in WARC files that build reads.
    robots.txt is obeyed. What was stopped goes on where it was; what has not changed is not sent again. Only hosts on
    the public internet are asked.

    Example:

    \b
        diplograph fetch https://example.org/news.rss --out pages
        diplograph build pages --out graph
    """

    def tell(outcome: Outcome) -> None:
        reason = f": {outcome.reason}" if outcome.reason else ""
        click.echo(f"{outcome.url}: {outcome.outcome}{reason}", err=True)

    outcomes = diplograph.fetch(addresses, out=out, pause=pause, most=most, fresh_hours=fresh, limits=limits, tell=tell)
    counts = Counter(outcome.outcome for outcome in outcomes)
    click.echo(
        f"{len(outcomes)} addresses: " + ", ".join(f"{number} {name}" for name, number in sorted(counts.items()))
    )
    if counts["failed"]:
        ctx.exit(NOTHING_READ if counts["failed"] == len(outcomes) else SOME_FAILED)
