"""The one table of formats: which names each has, by what its bytes are known, and which reader parses it.

Readers are named, not imported: the libraries behind them are loaded when the first such file is met, and those that
parse what others built run in a process of their own (see `diplograph.read.apart`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

#: `here`: plain enough to be parsed where the caller is. `apart`: by a library, in a process of its own.
#: `unpack`: holds documents that are read in turn.
Place = Literal["here", "apart", "unpack"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files: `reader` is ``module:function`` inside this package."""

    name: str
    suffixes: tuple[str, ...]
    reader: str
    place: Place = "apart"
    extra: str | None = None  # what has to be installed besides


def load_reader(name: str) -> Callable[..., Any]:
    """The reader of that name; its libraries are imported now."""
    module, _, function = name.partition(":")
    return getattr(import_module(f"diplograph.read.{module}"), function)  # type: ignore[no-any-return]


FORMATS = (
    Format("text", (".txt", ".md", ".markdown", ".text"), "plain_text:read_plain_text", "here"),
    Format("JSON Lines", (".jsonl", ".ndjson"), "json_lines:read_json_lines", "here"),
    Format("JSON", (".json",), "json_lines:read_json"),
    Format("web page", (".html", ".htm", ".xhtml"), "web_page:read_web_page"),
    Format("saved page", (".mhtml", ".mht"), "mail:read_saved_page"),
    Format("Safari page", (".webarchive",), "safari:read_safari_page"),
    Format("feed", (".xml", ".rss", ".atom", ".rdf"), "feed:read_feed"),
    Format("table", (".csv", ".tsv", ".tab"), "table:read_csv"),
    Format("Parquet", (".parquet", ".pq"), "table:read_parquet", extra="parquet"),
    Format("Excel", (".xlsx",), "office:read_xlsx"),
    Format("PDF", (".pdf",), "pdf:read_pdf"),
    Format("Word", (".docx",), "office:read_docx"),
    Format("OpenDocument", (".odt",), "office:read_odt"),
    Format("RTF", (".rtf",), "rtf:read_rtf"),
    Format("letter", (".eml",), "mail:read_letter"),
    Format("mailbox", (".mbox", ".mbx"), "mail:read_mailbox", "unpack"),
    Format("WARC", (".warc",), "web_archive:read_web_archive", "unpack"),
    Format("web archive", (".wacz",), "unpacking:unpack_web_archive", "unpack"),
    Format("ZIP", (".zip",), "unpacking:unpack_zip", "unpack"),
    Format("tar", (".tar",), "unpacking:unpack_tar", "unpack"),
    Format("gzip", (".gz", ".tgz"), "unpacking:unpack_gzip", "unpack"),
    Format("bzip2", (".bz2", ".tbz2"), "unpacking:unpack_bzip2", "unpack"),
)
_BY_SUFFIX = {suffix: one for one in FORMATS for suffix in one.suffixes}
_BY_NAME = {one.name: one for one in FORMATS}
READABLE = ", ".join(suffix for one in FORMATS for suffix in one.suffixes[:1])
#: What is not read and can be made into what is.
_INSTEAD = {
    **dict.fromkeys((".doc", ".docm", ".pages"), "save it as .docx or .pdf"),
    **dict.fromkeys((".xls", ".xlsm", ".xlsb", ".ods", ".numbers"), "save it as .xlsx or .csv"),
    **dict.fromkeys((".ppt", ".pptx", ".odp", ".key", ".djvu"), "save it as .pdf with its text"),
    **dict.fromkeys((".rar", ".7z", ".xz", ".zst"), "unpack it and give the folder"),
    **dict.fromkeys((".msg", ".pst"), "save the letters as .eml or .mbox"),
    ".epub": "give its pages as .html",
}
#: How much of a file is looked at to know it.
HEAD = 2048

#: The first element, or the one that the document type declaration names, behind an XML declaration and comments.
_ROOT = re.compile(
    rb"\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<!--(?:(?!-->).){0,500}-->\s{0,200}){0,3}<(?:!doctype\s{1,20})?(\w{3,10})",
    re.DOTALL | re.IGNORECASE,
)
_BY_ROOT = {b"html": "web page", b"rss": "feed", b"feed": "feed"}
#: No text begins so. A list or an object under a name for a text is JSON, or lines of it.
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,200}(?:\[\s{0,200})?\{\s{0,200}\"\w{1,100}\"\s{0,20}:")
_BY_MAGIC = (
    *((b"%PDF-", "PDF"), (b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"WARC/", "WARC")),
    *((b"{\\rtf", "RTF"), (b"PAR1", "Parquet")),
)
_BY_FIRST_MEMBER = (
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "OpenDocument"),
    (b"word/", "Word"),
    (b"xl/", "Excel"),
)
#: Archives by their form that are files of a program.
_NO_ARCHIVE = (".epub", ".jar", ".pptx", ".ods", ".odp", ".apk", ".docm", ".xlsm", ".kmz", ".whl")


def format_of(name: str, head: bytes) -> Format | None:
    """The format of a file, by its first bytes where they tell, else by the suffix of its name; None: not read.

    What the bytes are goes before what the name says: a PDF saved as ``.html`` is a PDF.

    >>> format_of("news.html", b"%PDF-1.7").name, format_of("news?id=7", b"<!DOCTYPE html>").name
    ('PDF', 'web page')
    >>> format_of("photo.jpg", b"") is None
    True
    """
    suffix = suffix_of(name)
    named = _BY_SUFFIX.get(suffix)
    if suffix in _NO_ARCHIVE:
        return None
    if head.startswith(b"PK\x03\x04"):
        return _packed(named, head)
    for magic, known in _BY_MAGIC:
        if head.startswith(magic):
            return _BY_NAME[known]
    if head[257:262] == b"ustar":
        return _BY_NAME["tar"]
    if (named.name in ("text", "web page", "feed") if named else not suffix) and _JSON.match(head):
        return _BY_NAME["JSON"]
    if named is None or named.name in ("text", "web page", "feed", "PDF", "RTF"):
        root = _ROOT.match(head.removeprefix(b"\xef\xbb\xbf"))
        return _BY_NAME[_BY_ROOT[root[1].lower()]] if root and root[1].lower() in _BY_ROOT else named
    return named


def not_read(name: str, *, named_by_user: bool) -> str:
    """Why a file is not read and what to do: what its format could become, else what is read, if the user named it.

    >>> not_read("a.doc", named_by_user=False), not_read("a.css", named_by_user=False)
    ('not a format that is read (.doc): save it as .docx or .pdf', 'not a format that is read (.css)')
    """
    suffix = suffix_of(name)
    reason = f"not a format that is read ({suffix[:20] or 'a name without suffix'})"
    if suffix in _INSTEAD:
        return f"{reason}: {_INSTEAD[suffix]}"
    return f"{reason}: give {READABLE}, a folder of them, or - for standard input" if named_by_user else reason


def _packed(named: Format | None, head: bytes) -> Format:
    if named is not None and named.name in ("Word", "OpenDocument", "Excel", "web archive"):
        return named
    return _BY_NAME[next((known for sign, known in _BY_FIRST_MEMBER if sign in head), "ZIP")]


def suffix_of(name: str) -> str:
    """``.html`` of ``News.HTML``; "" where there is none."""
    base = name.replace("\\", "/").rpartition("/")[2]
    stem, dot, suffix = base.rpartition(".")
    return f".{suffix.lower()}" if dot and stem else ""
