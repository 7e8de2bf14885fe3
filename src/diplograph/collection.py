"""Inputs → articles: what a growing collection holds, each text once, whoever sent it and in whatever order.

An article is known by its text. The same text from several places is one article with several addresses; another text
under the same address (or id, or in the same file) is an edit and takes the place of the one before. What comes out
depends on the inputs alone, never on their order or on how they were spread over runs; of two texts under one address
the one published later counts, or, where the dates do not tell, the one that came later.

A collection is one SQLite file. Nothing in it is kept in memory.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from diplograph.account import Outcome
from diplograph.iris import distinct_ids
from diplograph.model import Article, DiplographError, PartialDate
from diplograph.read import Refusal, content_id

#: Changes when the tables do; a collection of another form is not opened.
_FORM = 1
_SCHEMA = f"""
CREATE TABLE texts (content TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE inputs (
    turn INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL, -- in which reading it was seen last
    origin TEXT NOT NULL,   -- the exact place: the folder it was given in, then the source
    source TEXT NOT NULL,
    content TEXT NOT NULL,  -- the digest of the text; empty for what gave no text
    name TEXT,              -- what an edited text keeps: its address, else its id, else its file
    replaced INTEGER NOT NULL DEFAULT 0,
    outcome TEXT, reason TEXT,
    id TEXT, language TEXT, title TEXT, url TEXT, published TEXT, publisher TEXT, remarks TEXT
);
CREATE INDEX by_origin ON inputs (origin, content);
CREATE INDEX by_content ON inputs (content);
CREATE INDEX by_name ON inputs (name);
PRAGMA user_version = {_FORM};
"""
#: Of the copies of one text the first in this order stands for all: dated early, then addressed, then by what it says.
_FIRST = (
    "published IS NULL, published, url IS NULL, url, publisher IS NULL, publisher, id, title, language, source, remarks"
)
_ARTICLE = "id, language, title, url, published, publisher, remarks, source"
#: Where a place inside an archive, a file of lines or a folder ends: "news/a.zip", "news" of "news/a.zip/b.jsonl#3".
_PLACE_ENDS = re.compile("[/#]")


class WithdrawalError(DiplographError):
    """Nothing in the collection has the name that was to be withdrawn."""


class CollectionDamagedError(DiplographError):
    """The file is no collection, or no longer whole."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One input of the collection.

    `content` is the text it gave, "" for none. `outcome` and `reason` say why where it gave no article of its own:
    refused by `read`, the same text as another input, or replaced by a newer one.
    """

    source: str
    content: str
    outcome: Outcome | None = None
    reason: str | None = None


@dataclass(slots=True)
class Changes:
    """What one run changed, in numbers of inputs; `read` are the sources that it read."""

    read: set[str] = field(default_factory=set)
    added: int = 0
    known: int = 0
    replaced: int = 0
    withdrawn: int = 0


class Collection:
    """The inputs in one SQLite file, made if it is not there.

    Raises:
        CollectionDamagedError: there is such a file, and it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._batch = 0
        self._db = sqlite3.connect(path, isolation_level=None)
        try:
            # Nobody else sees the file before it is whole: see `results`.
            self._db.execute("PRAGMA journal_mode = OFF")
            self._db.execute("PRAGMA synchronous = OFF")
            form = self._db.execute("PRAGMA user_version").fetchone()[0]
            if not form and not self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                self._db.executescript(_SCHEMA)
            elif form != _FORM or self._db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise CollectionDamagedError(f"{path}: not a whole collection")
        except sqlite3.DatabaseError as error:
            if _is_fault_of_disk(error):
                raise
            raise CollectionDamagedError(f"{path}: {error}") from error

    @classmethod
    def for_reading(cls, path: Path) -> Collection:
        """A collection that another process has open too, and that nobody changes meanwhile."""
        opened = cls.__new__(cls)
        opened.path = path
        opened._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", isolation_level=None, uri=True)
        return opened

    def close(self) -> None:
        """Close the file; what was added is in it."""
        self._db.close()

    def begin_reading(self, source: str) -> str:
        """Take what comes from now on as another reading, of `source`: what it finds again is known already."""
        self._batch = 1 + max(self._batch, self._db.execute("SELECT coalesce(max(batch), 0) FROM inputs").fetchone()[0])
        return source

    def add(self, items: Iterable[Article | Refusal], *, folder: Path, changes: Changes) -> None:
        """Take in what `read_all` gives, and note it in `changes`.

        `folder` is where the sources lie; it tells apart files of one name.
        """
        self._db.execute("BEGIN")
        for item in items:
            changes.read.add(item.source)
            origin = _origin(folder, item.source)
            if not origin.startswith("-"):  # standard input is another one each time
                self._forget_refusals(origin)
            if isinstance(item, Refusal):
                self._db.execute(
                    "INSERT INTO inputs (batch, origin, source, content, outcome, reason) VALUES (?, ?, ?, '', ?, ?)",
                    (self._batch, origin, item.source, item.outcome, item.reason),
                )
            else:
                self._add_article(item, origin, changes)
        self._db.execute("COMMIT")

    def _forget_refusals(self, origin: str) -> None:
        """Drop what earlier readings could not read there, and what holds it: it has been read anew."""
        places = [origin, *(origin[: end.start()] for end in _PLACE_ENDS.finditer(origin))]
        self._db.executemany(
            "DELETE FROM inputs WHERE origin = ? AND content = '' AND batch < ?",
            [(place, self._batch) for place in places],
        )

    def _add_article(self, article: Article, origin: str, changes: Changes) -> None:
        content = hashlib.sha256(article.text.encode()).hexdigest()
        known = "SELECT turn FROM inputs WHERE origin = ? AND content = ? AND batch < ? LIMIT 1"
        if self._db.execute(
            # The same place may be given by itself and with its folder; its name does not depend on which came first.
            f"UPDATE inputs SET batch = ?, source = min(source, ?) WHERE turn = ({known})",
            (self._batch, article.source, origin, content, self._batch),
        ).rowcount:
            changes.known += 1
            return
        name = _lasting_name(article, origin)
        if name is not None:
            changes.replaced += self._db.execute(
                "DELETE FROM inputs WHERE origin = ? AND name = ? AND content <> ? AND batch < ?",
                (origin, name, content, self._batch),
            ).rowcount
        changes.added += 1
        published = str(article.published) if article.published else None
        replaced = name is not None and self._is_older(name, content, published, changes)
        self._db.execute("INSERT OR IGNORE INTO texts VALUES (?, ?)", (content, article.text))
        self._db.execute(
            f"INSERT INTO inputs (batch, origin, content, name, replaced, {_ARTICLE}) VALUES (?{', ?' * 12})",
            (
                *(self._batch, origin, content, name, replaced),
                *(article.id, article.language, article.title, article.url, published, article.publisher),
                *("\n".join(article.remarks) or None, article.source),
            ),
        )

    def _is_older(self, name: str, content: str, published: str | None, changes: Changes) -> bool:
        """Whether a newer text has the name already; else the texts that have it are marked as replaced."""
        same = self._one("SELECT replaced FROM inputs WHERE name = ? AND content = ? LIMIT 1", name, content)
        others = "FROM inputs WHERE name = ? AND content <> ? AND NOT replaced"
        newest = self._one(f"SELECT coalesce(max(published), '') {others} HAVING count(*)", name, content)
        if newest is None:
            return False
        dates_tell = bool(published and newest[0]) and published != newest[0]
        older = str(published) < str(newest[0]) if dates_tell else bool(same and same[0])
        if not older:
            changes.replaced += self._db.execute(
                "UPDATE inputs SET replaced = 1 WHERE name = ? AND content <> ? AND NOT replaced", (name, content)
            ).rowcount
            self._db.execute("UPDATE inputs SET replaced = 0 WHERE name = ? AND content = ?", (name, content))
        return older

    def withdraw(self, names: Iterable[str]) -> int:
        """Take out all inputs that an article's id, an address or a source names; how many there were.

        The id of an article stands for all copies of its text, an address or a source for itself alone.

        Raises:
            WithdrawalError: a name that nothing has.
        """
        withdrawn = 0
        self._db.execute("BEGIN")
        for name in names:
            contents = [content for article, content in self._identified() if article == name]
            gone = self._db.execute(
                "DELETE FROM inputs WHERE url = ? OR source = ? OR substr(source, 1, length(?) + 1) IN (?, ?) "
                "OR content = ? OR name IN (SELECT name FROM inputs WHERE content = ?)",
                (name, name, name, f"{name}#", f"{name}/", *(contents or ["none"])[:1] * 2),
            ).rowcount
            if not gone:
                raise WithdrawalError(f"nothing to withdraw: no article has the id, the address or the source {name!r}")
            withdrawn += gone
        self._db.execute("COMMIT")
        return withdrawn

    def articles(self) -> Iterator[tuple[str, Article]]:
        """Every article without its text, in the order of the digests of their texts, with the digest.

        `Article.also` has its other addresses; `article` gives the text too.
        """
        ids = {content: article for article, content in self._identified()}
        for content, first, also in self._copies("''", "inputs", "content <> ''"):
            yield content, _article(first, id=ids[content], also=also)

    def article(self, content: str, id: str) -> Article:
        """One article by the digest of its text, with the id that `articles` gives it."""
        [(_, first, also)] = self._copies("text", "inputs JOIN texts USING (content)", "content = ?", content)
        return _article(first, id=id, also=also)

    def _copies(
        self, text: str, tables: str, which: str, *values: object
    ) -> Iterator[tuple[str, tuple[str | None, ...], tuple[str, ...]]]:
        """The digest, the row and the other addresses of each text."""
        rows = self._db.execute(
            f"SELECT content, {text}, {_ARTICLE} FROM {tables} WHERE {which} AND NOT replaced "
            f"ORDER BY content, {_FIRST}",
            values,
        )
        for content, copies in groupby(rows, key=lambda row: str(row[0])):
            first, *others = copies
            yield content, first[1:], tuple(sorted({row[5] for row in others if row[5]} - {first[5]}))

    def entries(self) -> Iterator[Entry]:
        """Every input; of the copies of one text the first has no outcome, the others are skipped."""
        rows = self._db.execute(
            "SELECT source, content, outcome, reason, replaced, name FROM inputs "
            f"ORDER BY outcome IS NULL, replaced, content, {_FIRST}"
        )
        first: tuple[str, str] = ("", "")
        for source, content, outcome, reason, replaced, name in rows:
            if outcome:
                yield Entry(source, "", outcome, reason)
            elif replaced:
                yield Entry(source, content, "skipped", f"replaced by a newer text, {self._newest(name)}")
            elif content == first[0]:
                yield Entry(source, content, "skipped", f"duplicate of {first[1]}")
            else:
                first = (content, source)
                yield Entry(source, content)

    def tidy(self) -> None:
        """Drop the texts that no input gives any more, and give their room back."""
        gone = self._db.execute("DELETE FROM texts WHERE content NOT IN (SELECT content FROM inputs)").rowcount
        if gone:
            self._db.execute("VACUUM")

    def _identified(self) -> list[tuple[str, str]]:
        """The id and the digest of every article; where two texts have one id both get a hash behind it."""
        rows = self._db.execute(
            f"SELECT content, id FROM inputs WHERE content <> '' AND outcome IS NULL AND NOT replaced "
            f"ORDER BY content, {_FIRST}"
        )
        first = [next(copies) for _, copies in groupby(rows, key=lambda row: str(row[0]))]
        ids = distinct_ids([(id, f"{id[:80]}-{content[:8]}", content) for content, id in first])
        return list(zip(ids, (content for content, _ in first), strict=True))

    def _newest(self, name: str) -> str:
        found = self._one("SELECT min(source) FROM inputs WHERE name = ? AND NOT replaced", name)
        return str(found[0]) if found and found[0] else "withdrawn since"

    def _one(self, query: str, *values: object) -> tuple[object, ...] | None:
        found: tuple[object, ...] | None = self._db.execute(query, values).fetchone()
        return found


def _origin(folder: Path, source: str) -> str:
    """The exact place of an input; names that are no UTF-8 spelt out."""
    if source.startswith("-"):
        return source
    return os.fsencode(folder / source).decode("utf-8", "backslashreplace")


def _lasting_name(article: Article, origin: str) -> str | None:
    """What the next version of the text will have too; None where nothing says that there are versions."""
    if article.url:
        return f"url {article.url}"
    if article.id != content_id(article.text):
        return f"id {article.id}"
    # A line of a file, or of standard input, is another article tomorrow.
    return None if "#" in origin or origin.startswith("-") else f"file {origin}"


def _article(row: tuple[str | None, ...], *, id: str, also: tuple[str, ...]) -> Article:
    text, _, language, title, url, published, publisher, remarks, source = row
    return Article(
        id=id,
        text=text or "",
        language=language or "",
        title=title,
        url=url,
        published=PartialDate.parse(published) if published else None,
        publisher=publisher,
        source=source or "",
        remarks=tuple(remarks.split("\n")) if remarks else (),
        also=also,
    )


def _is_fault_of_disk(error: sqlite3.Error) -> bool:
    """Whether the disk is full or forbidden, which is no damage to the file."""
    name = getattr(error, "sqlite_errorname", "")
    return name.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM"))
