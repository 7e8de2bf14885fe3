"""What single articles say, kept on disk: nothing is read twice, and a run that was stopped goes on where it was.

A cache and no more: it can be deleted at any time. An extraction counts for one text with what is known about it, and
for one state of the extraction: where a rule, a word or a model has changed, articles are read again.

SQLite rather than a file an article: one file takes a third less room, and reads four times as fast. For 20,000
articles it takes 190 MB, half of that the passages in Turtle.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib import metadata
from operator import attrgetter
from pathlib import Path
from typing import Any

from diplograph import model
from diplograph.model import Article, Claims

#: What an extraction depends on beside the article: our own files, and the packages that read the text.
RULES = (
    *("extract/**/*.py", "calendar_words.py", "dateline.py", "frozen.py", "gazetteer.py", "lexicon.py", "model.py"),
    *("models.py", "morphology.py", "passages.py", "segment.py", "terms.py", "turtle.py"),
    *("data/words/**/*.toml", "data/entities/*.toml", "data/confidence.toml"),
)
_PACKAGES = ("natasha", "navec", "pymorphy3", "pymorphy3-dicts-ru", "razdel", "slovnet")
_SCHEMA = (
    "DROP TABLE IF EXISTS extractions",  # that of earlier versions
    "CREATE TABLE IF NOT EXISTS articles "
    "(key TEXT PRIMARY KEY, claims BLOB, passages BLOB, failure TEXT, seconds REAL, sum BLOB NOT NULL) WITHOUT ROWID",
)
_COLUMNS = "claims, passages, failure, seconds"


@dataclass(frozen=True, slots=True)
class Extraction:
    """What became of one article: its claims (pickled, see `pack`) with its passages in Turtle, or why there are none.

    `seconds` is the time limit that it broke, None where it failed otherwise.
    """

    claims: bytes | None
    passages: bytes | None = None
    failure: str | None = None
    seconds: float | None = None


class Extractions:
    """The extractions in one file, which is begun anew where it is damaged.

    `was_damaged` says that it was, and that everything in it has to be read again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.was_damaged = False
        try:
            self._open()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            self._begin_anew()

    def _open(self) -> None:
        self._db = sqlite3.connect(self._path, isolation_level=None)
        self._db.execute("PRAGMA synchronous = NORMAL")
        for statement in _SCHEMA:
            self._db.execute(statement)

    def _begin_anew(self) -> None:
        self._db.close()
        self.was_damaged = True
        for name in (self._path, self._path.with_name(f"{self._path.name}-journal")):
            name.unlink(missing_ok=True)
        self._open()

    @classmethod
    def for_reading(cls, path: Path) -> Extractions:
        """The extractions in a file that is there."""
        opened = cls.__new__(cls)
        opened._path = path
        opened._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        return opened

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Extractions:
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file, and remove one with nothing in it."""
        empty = self._db.execute("SELECT NOT EXISTS (SELECT 1 FROM articles)").fetchone()[0]
        self.close()
        if empty:
            self._path.unlink()

    def all(self) -> Iterator[tuple[str, Extraction]]:
        """Every extraction that is whole with its key, by key."""
        try:
            for key, *row, given in self._db.execute(f"SELECT key, {_COLUMNS}, sum FROM articles ORDER BY key"):
                found = Extraction(*row)
                if given == _sum(key, found):
                    yield key, found
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            self._begin_anew()

    def put(self, extractions: Iterable[tuple[str, Extraction]]) -> None:
        """Keep extractions under their keys, all or none of them."""
        rows = [(key, one.claims, one.passages, one.failure, one.seconds, _sum(key, one)) for key, one in extractions]
        self._db.execute("BEGIN")
        try:
            self._db.executemany("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?)", rows)
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def keep_only(self, keys: Iterable[str]) -> None:
        """Forget all other extractions, and give their room back if it is much."""
        gone = {key for (key,) in self._db.execute("SELECT key FROM articles")}.difference(keys)
        self._db.execute("BEGIN")
        self._db.executemany("DELETE FROM articles WHERE key = ?", ((key,) for key in gone))
        self._db.execute("COMMIT")
        free, pages = (self._db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_count"))
        if free > pages / 2:
            self._db.execute("VACUUM")


def key(article: Article, content: str) -> str:
    """What an extraction of the article is kept under; `content` is the digest of its text."""
    parts = (article.id, content, article.language, article.title, article.url, article.publisher)
    return hashlib.sha256(repr((state_of_rules(), *parts, str(article.published))).encode()).hexdigest()


@cache
def state_of_rules() -> str:
    """A digest of the rules, the words and the versions of the models."""
    state = hashlib.sha256()
    folder = Path(model.__file__).parent
    for file in sorted(path for pattern in RULES for path in folder.glob(pattern)):
        state.update(f"{file.relative_to(folder).as_posix()}\0".encode() + file.read_bytes())
    for package in _PACKAGES:
        state.update(f"{package} {metadata.version(package)}\0".encode())
    return state.hexdigest()


def pack(claims: Claims) -> bytes:
    """Claims as bytes, without the mentions and the text of the article, which nothing after `extract` needs."""
    packed = io.BytesIO()
    _Pickler(packed, protocol=5).dump(replace(claims, mentions=(), article=replace(claims.article, text="")))
    return packed.getvalue()


def unpack(data: bytes, article: Article) -> Claims:
    """The claims again, as those of `article`, which comes without its text."""
    claims = _Unpickler(io.BytesIO(data)).load()
    if not isinstance(claims, Claims):
        raise pickle.UnpicklingError("not claims")
    return Claims(article, *_ALL_BUT_THE_ARTICLE(claims))


class _Pickler(pickle.Pickler):
    """Writes a record as a call with its fields, which is read in half the time that its state takes."""

    def reducer_override(self, value: Any) -> Any:
        kind = type(value)
        if _RECORDS.get(kind.__name__) is kind:
            return kind, tuple(getattr(value, name) for name in kind.__slots__)
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    """Makes records of `model` and nothing else: a folder may come from anybody."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "diplograph.model" and name in _RECORDS:
            return _RECORDS[name]
        raise pickle.UnpicklingError(f"{module}.{name} is no record of ours")


_RECORDS: dict[str, type] = {
    name: getattr(model, name)
    for name in (
        *("Article", "Claims", "EncounterClaim", "OfficialClaim", "OrganizationClaim", "PartialDate", "PlaceClaim"),
        *("Receipt", "Ref", "Span", "TenureClaim", "Unsaid"),
    )
}
_ALL_BUT_THE_ARTICLE = attrgetter(*(field.name for field in fields(Claims) if field.name != "article"))


def _sum(key: str, found: Extraction) -> bytes:
    whole = hashlib.sha256(repr((key, found.failure, found.seconds, len(found.claims or b""))).encode())
    whole.update(found.claims or b"")
    whole.update(found.passages or b"")
    return whole.digest()[:16]
