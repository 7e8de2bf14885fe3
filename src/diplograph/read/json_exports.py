"""JSON as known programs write it: JSON Feed, and the channel that Telegram exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from diplograph.read.dates import written_day
from diplograph.read.items import Item, Record, Refusal
from diplograph.read.markup import markup_text


def exported(source: str, value: Any, remarks: tuple[str, ...]) -> Iterator[Item] | None:
    """The records in a file of one of these programs, numbered from 1 as they stand in it; None for other JSON."""
    if not isinstance(value, dict):
        return None
    if str(value.get("version")).startswith("https://jsonfeed.org/") and isinstance(value.get("items"), list):
        return _records(source, map(_feed_entry, value["items"]), value.get("title"), remarks)
    if isinstance(value.get("messages"), list) and isinstance(value.get("type"), str) and "text" not in value:
        return _records(source, map(_message, value["messages"]), value.get("name"), remarks)
    return None


def _records(
    source: str, entries: Iterator[dict[str, object] | None], publisher: object, remarks: tuple[str, ...]
) -> Iterator[Item]:
    number = 0
    for number, fields in enumerate(entries, start=1):
        if fields is None:
            yield Refusal(f"{source}#{number}", "failed", "not a JSON object")
        else:
            yield Record(f"{source}#{number}", {**fields, "publisher": _text_or_none(publisher)}, remarks)
    if not number:
        yield Refusal(source, "empty", "an empty list")


def _feed_entry(entry: object) -> dict[str, object] | None:
    """https://www.jsonfeed.org/version/1.1/"""
    if not isinstance(entry, Mapping):
        return None
    html = entry.get("content_html")
    return {
        "text": markup_text(html) if isinstance(html, str) else _text_or_none(entry.get("content_text")) or "",
        "title": _text_or_none(entry.get("title")),
        "url": _text_or_none(entry.get("url")),
        "published": written_day(_text_or_none(entry.get("date_published"))),
    }


def _message(message: object) -> dict[str, object] | None:
    """A post of a channel; its text is one string, or pieces with their formatting."""
    if not isinstance(message, Mapping):
        return None
    text = message.get("text")
    pieces = text if isinstance(text, list) else [text]
    words = (piece.get("text") if isinstance(piece, Mapping) else piece for piece in pieces)
    return {
        "text": "".join(word for word in words if isinstance(word, str)),
        "published": written_day(_text_or_none(message.get("date"))),
    }


def _text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) else None
