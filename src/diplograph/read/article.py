"""record → article: the fields are judged, normalised, and given an id."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from types import NoneType

from diplograph.dateline import find_dateline
from diplograph.model import Article, PartialDate
from diplograph.read.items import Record, Refusal, shown
from diplograph.read.language import tell_language
from diplograph.read.limits import Limits, limit_reached
from diplograph.read.normal import normalise

#: A longer title, address or publisher is none.
_LONGEST_FIELD = 5_000
_ID = re.compile(r"[0-9A-Za-z._-]{1,100}")
_NOT_ID = re.compile(r"[^0-9A-Za-z]+")
_DAY_AND_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_ISO_639_2 = {"rus": "ru", "eng": "en", "kaz": "kk"}


def to_article(
    record: Record, *, published: PartialDate | None, language: str | None, limits: Limits
) -> Article | Refusal:
    """The article of a record, or why it is none.

    `published` and `language` hold where the record does not say them. What a line of JSON says of its language is
    believed; without it the text is asked.
    """
    remarks = list(record.remarks)
    try:
        text = _field(record, "text")
        if text is None:
            raise ValueError("no field text")
        if not text.strip():
            return Refusal(record.source, "empty", "no text in it")
        if len(text) > limits.text_characters:
            raise limit_reached(limits, "text_characters", "longer than {} characters: split it into its articles")
        article = Article(
            id=_safe_id(record.fields.get("id"), text),
            text=text,
            language=_language_code(_field(record, "lang")) or language or tell_language(text),
            title=_short(_field(record, "title"), "title", remarks),
            url=_short(_field(record, "url"), "url", remarks),
            published=_date(_field(record, "published")) or published,
            publisher=_short(_field(record, "publisher"), "publisher", remarks),
            source=record.source,
            remarks=tuple(map(shown, remarks)),
        )
    except RecursionError:  # a list of lists of lists where text should be
        return Refusal(record.source, "failed", "nested too deep")
    except ValueError as error:
        return Refusal(record.source, "failed", str(error))
    return article if article.publisher else replace(article, publisher=_agency(article))


def _field(record: Record, name: str) -> str | None:
    """The normalised text of a field; None where there is none or, `text` apart, it is blank."""
    value = record.fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(f"the field {name} is not text: {str(value)[:40]}")
    if name == "text":
        return normalise(value)
    return " ".join(normalise(value).split()) or None


def _short(text: str | None, name: str, remarks: list[str]) -> str | None:
    """The text, or None and a remark where no title, address or publisher is so long."""
    if text is None or len(text) <= _LONGEST_FIELD:
        return text
    remarks.append(f"the {name} is longer than {_LONGEST_FIELD:,} characters and left out")
    return None


def _safe_id(given: object, text: str) -> str:
    if isinstance(given, bool) or not isinstance(given, (str, int, NoneType)):
        raise ValueError(f"the field id is neither text nor a number: {str(given)[:40]}")
    name = "" if given is None else str(given)
    if _ID.fullmatch(name) and name.strip("."):
        return name
    # An id that is not fit for an IRI keeps what it can of itself, and a hash keeps it apart from its neighbours.
    slug = _NOT_ID.sub("-", name).strip("-")[:40]
    if not name:
        return content_id(text)
    return f"{slug}-{_hash(name, 8)}" if slug else _hash(name, 16)


def content_id(text: str) -> str:
    """The id of an article that was given none."""
    return _hash(text, 16)


def _hash(text: str, length: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:length]


def _date(text: str | None) -> PartialDate | None:
    """The day of an ISO date, with or without a time after it."""
    if text is None:
        return None
    day = _DAY_AND_TIME.match(text)
    try:
        return PartialDate.parse(day[1] if day else text)
    except ValueError as error:
        raise ValueError(f"published: {error}") from error


def _agency(article: Article) -> str | None:
    dateline = find_dateline(article.text, published=article.published)
    return dateline.agency if dateline else None


def _language_code(tag: str | None) -> str | None:
    """The primary part of a language tag: "ru" of "ru-KZ" or "rus"."""
    if tag is None:
        return None
    code = tag.lower().replace("_", "-").split("-")[0]
    if not _LANGUAGE.fullmatch(code):
        raise ValueError(f"lang is not a language code such as ru: {tag[:40]!r}")
    return _ISO_639_2.get(code, code)
