"""Sources → articles: files, folders and standard input become normalised texts.

Every input gives exactly one `Article` or one `Refusal`; nothing is left out in silence.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import json
import re
import sys
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BufferedIOBase, BytesIO
from itertools import chain
from pathlib import Path
from types import NoneType
from typing import Any, Literal

from diplograph.dateline import find_dateline
from diplograph.model import Article, PartialDate

#: A longer text is refused: it is no article, and it would hold up the others.
LONGEST_TEXT = 2_000_000
_LONGEST_LINE = 8 * LONGEST_TEXT  # bytes; JSON may spend six on a letter ("\u0430")
_TOO_LONG = f"longer than {LONGEST_TEXT:,} characters: split it into its articles"

TEXT_SUFFIXES = (".txt", ".md")
LINES_SUFFIXES = (".jsonl",)
_READABLE = ".txt, .md, .jsonl (each also .gz), a folder of them, or - for standard input"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that gave no article: where it is and why.

    `empty`: no text in it. `skipped`: left aside on purpose (another format, a duplicate). `failed`: meant to be
    read, and it could not be.
    """

    source: str
    outcome: Literal["empty", "skipped", "failed"]
    reason: str


def read(
    sources: str | Path | Iterable[str | Path],
    *,
    published: PartialDate | None = None,
    language: str | None = None,
) -> Iterator[Article | Refusal]:
    """Read texts: an `Article` or a `Refusal` for each, in the order of `sources`.

    A source is a ``.txt`` or ``.md`` file (one article, its text whole), a ``.jsonl`` file (an article a line:
    ``text`` is required, ``id url lang published title publisher`` are read where given, other fields ignored),
    any of them gzipped, a folder of them (read recursively, in the order of the paths), or ``-`` for standard
    input (JSON Lines if the first line is a JSON object, else one text). Texts are UTF-8.

    `published` and `language` hold for inputs that do not say them; without `language` it is told from the
    letters. Offsets count in `Article.text`, the normalised text (see `normalise`). A text read before, under the
    same id, is refused as skipped. Nothing is raised for a bad input: it comes out as a refusal.
    """
    if isinstance(sources, (str, Path)):
        sources = [sources]
    seen: dict[str, Article] = {}
    for item in chain.from_iterable(_read_source(source) for source in sources):
        article = _article(item, published, language) if isinstance(item, _Record) else item
        if isinstance(article, Article):
            first = seen.setdefault(article.id, article)
            if first is not article:
                article = _repeated(article, first)
        yield article


def _repeated(article: Article, first: Article) -> Refusal:
    if article.text == first.text:
        return Refusal(article.source, "skipped", f"duplicate of {first.source}")
    return Refusal(article.source, "failed", f"the id {article.id!r} already names another text, {first.source}")


# --- where the bytes are -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Record:
    """One input before it is judged: the fields as they were found."""

    source: str
    fields: dict[str, Any]


def _read_source(source: str | Path) -> Iterator[_Record | Refusal]:
    if str(source) == "-":
        yield from _read_stdin(sys.stdin.buffer.read())
        return
    path = Path(source)
    # A path below the folder given, so that no report depends on where the folder lies.
    label = Path(path.name) if path.is_absolute() else path
    if path.is_dir():
        yield from _read_folder(path, label)
    else:
        yield from _read_file(path, _shown(label), "failed")


def _read_folder(folder: Path, label: Path) -> Iterator[_Record | Refusal]:
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield Refusal(_shown(label), "failed", f"cannot be listed: {error.strerror}")
        return
    for entry in entries:
        name = label / entry.name
        if not entry.is_dir():
            yield from _read_file(entry, _shown(name), "skipped")
        elif entry.name.startswith(".") or entry.is_symlink():
            yield Refusal(_shown(name), "skipped", "a hidden or linked folder")
        else:
            yield from _read_folder(entry, name)


def _shown(path: Path) -> str:
    """The path with forward slashes; bytes of a file name that are not UTF-8 become replacement characters."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _read_file(path: Path, label: str, other_format: Literal["skipped", "failed"]) -> Iterator[_Record | Refusal]:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    gzipped = suffixes[-1:] == [".gz"]
    suffix = "".join(suffixes[-2:-1] if gzipped else suffixes[-1:])
    if not path.exists():
        yield Refusal(label, "failed", "no such file or folder")
    elif suffix not in TEXT_SUFFIXES + LINES_SUFFIXES:
        yield Refusal(label, other_format, f"not a format that is read: give {_READABLE}")
    elif not path.is_file():
        yield Refusal(label, "failed", "not an ordinary file")
    else:
        try:
            with gzip.open(path) if gzipped else path.open("rb") as stream:
                yield from _read_lines(stream, label) if suffix in LINES_SUFFIXES else _read_text(stream, label)
        except (OSError, EOFError, zlib.error) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            yield Refusal(label, "failed", f"cannot be read: {reason}")


def _read_stdin(data: bytes) -> Iterator[_Record | Refusal]:
    try:
        as_lines = isinstance(json.loads(data.lstrip().split(b"\n", 1)[0]), dict)
    except (ValueError, RecursionError):
        as_lines = False
    yield from _read_lines(BytesIO(data), "-") if as_lines else _read_text(BytesIO(data), "-")


# --- from bytes to fields ------------------------------------------------------------------------------


def _read_text(stream: BufferedIOBase, label: str) -> Iterator[_Record | Refusal]:
    data = stream.read(_LONGEST_LINE)
    if len(data) == _LONGEST_LINE:
        yield Refusal(label, "failed", _TOO_LONG)
        return
    try:
        yield _Record(label, {"text": _decoded(data)})
    except ValueError as error:
        yield Refusal(label, "failed", str(error))


def _read_lines(stream: BufferedIOBase, label: str) -> Iterator[_Record | Refusal]:
    found = False
    for number, line in enumerate(_lines(stream), start=1):
        if not line.strip() and len(line) < _LONGEST_LINE:
            continue
        found = True
        try:
            yield _Record(f"{label}#{number}", _fields(line))
        except ValueError as error:
            yield Refusal(f"{label}#{number}", "failed", str(error))
            if b"\0" in line:  # a binary file, whose other lines would say the same
                return
    if not found:
        yield Refusal(label, "empty", "no line in it")


def _lines(stream: BufferedIOBase) -> Iterator[bytes]:
    """The lines, each cut to `_LONGEST_LINE`: a small gzip file may hold a line larger than the memory."""
    while line := stream.readline(_LONGEST_LINE):
        yield line
        while line and not line.endswith(b"\n"):
            line = stream.readline(_LONGEST_LINE)


def _fields(line: bytes) -> dict[str, Any]:
    if len(line) == _LONGEST_LINE:
        raise ValueError(_TOO_LONG)
    text = _decoded(line)
    try:
        fields = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"not a JSON object: {error.msg} (column {error.colno})") from error
    except RecursionError as error:
        raise ValueError("not a JSON object: nested too deep") from error
    if not isinstance(fields, dict):
        raise ValueError('not a JSON object: each line must be {"text": …}')
    return fields


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ValueError("UTF-16, not UTF-8: convert it first (iconv -f UTF-16 -t UTF-8)")
    if b"\0" in data:
        raise ValueError("a binary file, not text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = data[error.start]
        raise ValueError(
            f"not UTF-8 (byte 0x{byte:02x} at {error.start}): convert it first (iconv -f WINDOWS-1251 -t UTF-8)"
        ) from error


# --- from fields to an article -------------------------------------------------------------------------


def _article(record: _Record, published: PartialDate | None, language: str | None) -> Article | Refusal:
    try:
        text = _field(record, "text")
        if text is None:
            raise ValueError("no field text")
        if not text.strip():
            return Refusal(record.source, "empty", "no text in it")
        if len(text) > LONGEST_TEXT:
            raise ValueError(_TOO_LONG)
        article = Article(
            id=_safe_id(record.fields.get("id"), text),
            text=text,
            language=_language_code(_field(record, "lang")) or language or tell_language(text),
            title=_field(record, "title"),
            url=_field(record, "url"),
            published=_date(_field(record, "published")) or published,
            publisher=_field(record, "publisher"),
            source=record.source,
        )
    except ValueError as error:
        return Refusal(record.source, "failed", str(error))
    return article if article.publisher else replace(article, publisher=_agency(article))


def _field(record: _Record, name: str) -> str | None:
    """The normalised text of a field; None where there is none or, `text` apart, it is blank."""
    value = record.fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(f"the field {name} is not text: {str(value)[:40]}")
    text = normalise(value)
    return text if name == "text" else text.strip() or None


def _safe_id(given: object, text: str) -> str:
    if isinstance(given, bool) or not isinstance(given, (str, int, NoneType)):
        raise ValueError(f"the field id is neither text nor a number: {str(given)[:40]}")
    name = "" if given is None else str(given)
    if re.fullmatch(r"[0-9A-Za-z._-]{1,100}", name) and name.strip("."):
        return name
    # An id that is not fit for an IRI keeps what it can of itself, and a hash keeps it apart from its neighbours.
    slug = re.sub(r"[^0-9A-Za-z]+", "-", name).strip("-")[:40]
    if not name:
        return _hash(text, 16)
    return f"{slug}-{_hash(name, 8)}" if slug else _hash(name, 16)


def _hash(text: str, length: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:length]


def _date(text: str | None) -> PartialDate | None:
    """The day of an ISO date, with or without a time after it."""
    if text is None:
        return None
    try:
        return PartialDate.parse(re.sub(r"(?<=^\d{4}-\d\d-\d\d)[T ].*", "", text))
    except ValueError as error:
        raise ValueError(f"published: {error}") from error


def _agency(article: Article) -> str | None:
    dateline = find_dateline(article.text, published=article.published)
    return dateline.agency if dateline else None


# --- text ----------------------------------------------------------------------------------------------

_LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")
_SPACE = re.compile("[\u00a0\u2007\u202f]")
# Soft hyphens, zero-width characters, direction marks and control characters carry no letter; names hide behind them.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]")
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")


def normalise(text: str) -> str:
    """The text in which offsets count: NFC, ``\\n`` line ends, plain spaces, nothing invisible.

    A text that is so already comes back unchanged, its last line end included.

    >>> normalise("Нур\u00adсул\u00adтан\u00a0Назар\u200bбаев\\r\\n")
    'Нурсултан Назарбаев\\n'
    """
    text = _SPACE.sub(" ", _LINE_END.sub("\n", text))
    return unicodedata.normalize("NFC", _NO_CHARACTER.sub("\ufffd", _INVISIBLE.sub("", text)))


_KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
#: Kazakh spends 15 to 20 of 100 letters on its own; a Russian text with Kazakh names stays below 2.
_KAZAKH_SHARE = 0.05


def tell_language(text: str) -> str:
    """ "kk", "en" or "ru", from the letters alone.

    >>> tell_language("Қасым-Жомарт Токаев принял посла Германии"), tell_language("Президент елшіні қабылдады")
    ('ru', 'kk')
    """
    cyrillic = len(_CYRILLIC.findall(text))
    if len(_LATIN.findall(text)) > cyrillic:
        return "en"
    return "kk" if len(_KAZAKH.findall(text)) > _KAZAKH_SHARE * cyrillic else "ru"


_ISO_639_2 = {"rus": "ru", "eng": "en", "kaz": "kk"}


def _language_code(tag: str | None) -> str | None:
    """The primary part of a language tag: "ru" of "ru-KZ" or "rus"."""
    if tag is None:
        return None
    code = re.split("[-_]", tag.lower())[0]
    if not re.fullmatch("[a-z]{2,3}", code):
        raise ValueError(f"lang is not a language code such as ru: {tag[:40]!r}")
    return _ISO_639_2.get(code, code)
