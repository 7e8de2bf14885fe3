"""The folder that pages are fetched into: WARC files that only grow, and a journal that says what is in them.

A page counts once its line is in the journal; what a killed run wrote behind the last such page is cut off by the next.
"""

from __future__ import annotations

import fcntl
import gzip
import json
import os
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from diplograph.fetch.addresses import FetchError
from diplograph.fetch.connection import Response

_JOURNAL = "fetch.journal"
#: A new WARC file is begun beyond this size, as is the custom of archives.
_LARGEST = 1_000_000_000
_NOT_STORED = frozenset(["transfer-encoding", "content-length", "connection", "keep-alive"])


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page that was fetched: when (seconds since 1970), what to ask with next time, and where it is.

    `links` are the addresses in it if it is a feed or a sitemap; those are not stored themselves. `end` is the size of
    `file` with the page in it.
    """

    url: str
    time: float
    etag: str = ""
    modified: str = ""
    links: tuple[str, ...] = ()
    file: str = ""
    end: int = 0


class Store:
    """The folder, locked while it is open.

    Raises:
        FetchError: another fetch works on the folder, or it cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._journal = (folder / _JOURNAL).open("a+b")
            fcntl.flock(self._journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FetchError(f"{folder}: another fetch is at work on this folder") from error
        except OSError as error:
            raise FetchError(f"{folder}: cannot be written: {error.strerror}") from error
        self.known = {one.url: one for one in self._read()}
        self._number = max([1, *(int(path.name[6:11]) for path in self._archives())])
        self._cut()

    def _archives(self) -> list[Path]:
        return sorted(self.folder.glob("pages-[0-9][0-9][0-9][0-9][0-9].warc.gz"))

    def _read(self) -> Iterator[Fetched]:
        self._journal.seek(0)
        whole = 0
        for line in self._journal:
            try:
                fields = json.loads(line)
                found = Fetched(**{**fields, "links": tuple(fields["links"])})
            except (ValueError, TypeError, KeyError):
                break  # cut off by a kill; so is nothing before it
            whole += len(line)
            yield found
        self._journal.truncate(whole)

    def _cut(self) -> None:
        """Cut off what no line of the journal tells of."""
        ends: dict[str, int] = {}
        for one in self.known.values():
            ends[one.file] = max(ends.get(one.file, 0), one.end)
        for path in self._archives():
            if path.stat().st_size > ends.get(path.name, 0):
                os.truncate(path, ends.get(path.name, 0))

    def note(self, page: Fetched) -> None:
        """Write a line of the journal, and see it to the disk."""
        self._journal.write(json.dumps(asdict(page)).encode("ascii") + b"\n")
        self._journal.flush()
        os.fsync(self._journal.fileno())
        self.known[page.url] = page

    def keep(self, url: str, answer: Response, now: float) -> None:
        """Add a page to the archive and the journal."""
        path = self.folder / f"pages-{self._number:05}.warc.gz"
        if path.exists() and path.stat().st_size > _LARGEST:
            self._number += 1
            path = self.folder / f"pages-{self._number:05}.warc.gz"
        with path.open("ab") as archive:
            archive.write(gzip.compress(_record(answer, now), mtime=0))
            archive.flush()
            os.fsync(archive.fileno())
            end = archive.tell()
        self.note(
            Fetched(url, now, answer.header("etag"), answer.header("last-modified"), (), path.name, end),
        )

    def close(self) -> None:
        """Close the journal, and with it the lock."""
        self._journal.close()


def _record(answer: Response, now: float) -> bytes:
    """A record of WARC 1.1: the answer as it came, but for how it was cut into pieces on the way."""
    date = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [f"HTTP/1.1 {answer.status} {answer.reason}"]
    lines += [f"{name}: {value}" for name, value in answer.headers if name.lower() not in _NOT_STORED]
    lines.append(f"Content-Length: {len(answer.body)}")
    block = _head(lines) + answer.body
    return (
        _head(
            [
                "WARC/1.1",
                "WARC-Type: response",
                f"WARC-Target-URI: {answer.target.url}",
                f"WARC-Date: {date}",
                f"WARC-Record-ID: <urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, date + answer.target.url)}>",
                f"WARC-IP-Address: {answer.target.ip}",
                "Content-Type: application/http; msgtype=response",
                f"Content-Length: {len(block)}",
            ]
        )
        + block
        + b"\r\n\r\n"
    )


def _head(lines: list[str]) -> bytes:
    """Header lines and the empty line after them; a line stays one line whatever is in it."""
    one_line = (" ".join(line.splitlines()) for line in lines)
    return "".join(f"{line}\r\n" for line in [*one_line, ""]).encode("utf-8", "replace")
