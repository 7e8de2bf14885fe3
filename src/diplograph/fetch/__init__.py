"""The web → a folder of pages, politely: what `diplograph build` then reads.

Nothing else in diplograph opens a connection. Feeds and sitemaps are followed to their pages, pages are kept as they
were sent (WARC). robots.txt is obeyed, a site is asked slowly and never asked again for what it says is unchanged.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Literal

from diplograph.fetch.addresses import FetchError, Network, Target, target
from diplograph.fetch.connection import Response, ask, redirected
from diplograph.fetch.robots import NOTHING, Robots, parse_robots
from diplograph.fetch.store import Fetched, Store
from diplograph.read.apart import Workshop
from diplograph.read.formats import HEAD, Format, format_of
from diplograph.read.items import Document, Record, shown
from diplograph.read.limits import Limits, NotReadError
from diplograph.read.web_archive import READ_TYPES, media_type
from diplograph.rows import Rows

__all__ = ["FetchError", "Network", "Outcome", "fetch"]

_AGENT = "diplograph"
_ADDRESSES = Format("addresses", (), "feed:read_addresses")
#: A sitemap may list sitemaps, a feed may not list feeds.
_DEEPEST = 2
_LONGEST_ROBOTS = 600_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one address.

    `fetched`: it is in the folder. `unchanged`: the server says so. `fresh`: fetched so lately that it was not asked
    for. `skipped`: robots.txt, or nothing that is read. `failed`: see `reason`.
    """

    url: str
    outcome: Literal["fetched", "unchanged", "fresh", "skipped", "failed"]
    reason: str = ""


def fetch(
    addresses: str | Iterable[str],
    *,
    out: str | Path,
    pause: float = 1.0,
    most: int = 1000,
    fresh_hours: float = 24.0,
    limits: Limits | None = None,
    network: Network | None = None,
    tell: Callable[[Outcome], None] | None = None,
) -> Rows[Outcome]:
    """Bring pages into the folder `out`; an `Outcome` for each address asked for, in the order of asking.

    An address is a page, a feed or a sitemap; from the latter two, at most `most` pages are fetched. Between two
    requests to one site lie `pause` seconds, more if its robots.txt says so. A page that was fetched less than
    `fresh_hours` ago is not asked for again, an older one only whether it changed: so a run that was stopped goes
    on where it was. `tell` is called with each outcome.

    Only hosts on the public internet are asked; see `diplograph.fetch.addresses`.

    Raises:
        FetchError: `out` cannot be used. What is wrong with one address is in its outcome.
    """
    fetcher = _Fetcher(pause, fresh_hours * 3600, limits or Limits(), network or Network())
    fetcher.store = Store(Path(out))
    queue = [(url, 0) for url in ([addresses] if isinstance(addresses, str) else addresses)]
    named, seen, outcomes = len(queue), set(), []
    try:
        for at, (url, depth) in enumerate(queue):  # grows while it is walked
            if url in seen or at - named >= most:
                continue
            seen.add(url)
            outcome, links = fetcher.bring(url)
            outcomes.append(outcome)
            if tell:
                tell(outcome)
            if depth < _DEEPEST:
                queue += [(link, depth + 1) for link in links]
    finally:
        fetcher.close()
    return Rows(outcomes)


class _Fetcher:
    """What is known of the sites while pages are fetched: their rules, and when each was asked last."""

    store: Store

    def __init__(self, pause: float, fresh: float, limits: Limits, network: Network) -> None:
        self._pause = pause
        self._fresh = fresh
        self._limits = limits
        self._network = network
        self._robots: dict[str, Robots] = {}
        self._asked: dict[str, float] = {}
        self._workshop = Workshop(limits)

    def close(self) -> None:
        """End the process that parses feeds, and unlock the folder."""
        self._workshop.close()
        self.store.close()

    def bring(self, url: str) -> tuple[Outcome, tuple[str, ...]]:
        """What becomes of one address, and the addresses in it."""
        name = shown(url)
        known = self.store.known.get(url)
        if known and not known.links and time.time() - known.time < self._fresh:
            return Outcome(name, "fresh"), ()
        try:
            answer = self._follow(url, known)
            if answer is None:
                return Outcome(name, "skipped", "robots.txt asks to leave it alone"), ()
            if answer.status == 304 and known:
                self.store.note(replace(known, time=time.time()))
                return Outcome(name, "unchanged"), known.links
            if answer.status != 200:
                return Outcome(name, "failed", f"the server answers {answer.status}"), ()
            return self._kept(url, answer)
        except (FetchError, NotReadError) as error:
            return Outcome(name, "failed", str(error)), ()

    def _kept(self, url: str, answer: Response) -> tuple[Outcome, tuple[str, ...]]:
        kind, charset = media_type(answer.header("content-type"))
        known = format_of(READ_TYPES.get(kind, ""), answer.body[:HEAD])
        if known is not None and known.name == "feed":
            document = Document(url, "feed.xml", io.BytesIO(answer.body), {"charset": charset} if charset else {})
            links = tuple(
                str(item.fields["url"])
                for item in self._workshop.read(_ADDRESSES, document)
                if isinstance(item, Record)
            )
            self.store.note(Fetched(url, time.time(), answer.header("etag"), answer.header("last-modified"), links))
            return Outcome(shown(url), "fetched", f"{len(links)} addresses"), links
        if known is None or kind not in READ_TYPES:
            return Outcome(shown(url), "skipped", f"not a kind of document that is read: {shown(kind)[:60]}"), ()
        self.store.keep(url, answer, time.time())
        return Outcome(shown(url), "fetched"), ()

    def _follow(self, url: str, known: Fetched | None) -> Response | None:
        """The answer at the end of all redirects; None where robots.txt forbids one of the addresses."""
        headers = {"User-Agent": f"{_AGENT}/{metadata.version('diplograph')}", "Accept": "*/*"}
        if known and known.etag:
            headers["If-None-Match"] = known.etag
        if known and known.modified:
            headers["If-Modified-Since"] = known.modified
        where: Target | None = target(url, self._network)
        for number in range(100):
            assert where is not None
            if not self._rules(where).allows(where.path):
                return None
            answer = self._ask(where, headers, most=self._limits.document_bytes)
            where = redirected(answer, self._network, so_far=number)
            if where is None:
                break
        return answer

    def _rules(self, where: Target) -> Robots:
        if where.site not in self._robots:
            self._robots[where.site] = self._fetch_rules(where)
        return self._robots[where.site]

    def _fetch_rules(self, where: Target) -> Robots:
        """The rules of a site: none where it has no robots.txt, all forbidden where its server fails (RFC 9309)."""
        headers = {"User-Agent": f"{_AGENT}/{metadata.version('diplograph')}"}
        asked: Target | None = target(f"{where.site}/robots.txt", self._network)
        for number in range(100):
            assert asked is not None
            answer = self._ask(asked, headers, most=_LONGEST_ROBOTS)
            asked = redirected(answer, self._network, so_far=number)
            if asked is None:
                break
        if answer.status == 200:
            return parse_robots(answer.body.decode("utf-8", "replace"), agent=_AGENT)
        return NOTHING if answer.status >= 500 or answer.status == 429 else Robots()

    def _ask(self, where: Target, headers: dict[str, str], *, most: int) -> Response:
        """The answer to one request, after the pause that is due."""
        rules = self._robots.get(where.site, Robots())
        due = self._asked.get(where.host, 0.0) + max(self._pause, rules.pause)
        time.sleep(max(0.0, due - time.monotonic()) if where.host in self._asked else 0.0)
        try:
            return ask(where, headers, most=most)
        finally:
            self._asked[where.host] = time.monotonic()
