"""Plain text and Markdown: one file, one article, its text whole."""

from __future__ import annotations

from collections.abc import Iterator

from diplograph.read.encodings import decode
from diplograph.read.items import Document, Item, Record
from diplograph.read.limits import Limits


def read_plain_text(document: Document, limits: Limits) -> Iterator[Item]:
    """One record with the text as it stands."""
    found = decode(document.read(limits), declared=document.hints.get("charset"))
    fields = {"text": found.text, "url": document.hints.get("url")}
    yield Record(document.source, fields, (found.remark,) if found.remark else ())
