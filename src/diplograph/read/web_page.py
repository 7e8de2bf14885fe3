"""Saved web pages: the article in a page, without menus and adverts, and what the page says of itself."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from trafilatura import bare_extraction
from trafilatura.settings import Document as Extracted

from diplograph.read.dates import written_day
from diplograph.read.encodings import decode
from diplograph.read.items import Document, Item, Record, Refusal
from diplograph.read.limits import Limits
from diplograph.read.markup import parse_page

_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
#: Browsers note where a saved page came from: <!-- saved from url=(0023)https://example.org/ -->
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,8}\)(https?://[^\s<>\"]{1,2000})")
#: What is dated by its markup alone: nothing is looked for in the words of the page, and no clock is asked.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "9999-12-31"}
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def read_web_page(document: Document, limits: Limits) -> Iterator[Item]:
    """One record: text, title, day, publisher and canonical address; a page without an article is empty.

    The address is the canonical one that the page names, else where it was loaded or saved from.
    """
    data = document.read(limits)
    declared = _CHARSET.search(data[:4096])
    found = decode(data, declared=declared[1].decode("ascii") if declared else document.hints.get("charset"))
    remarks = (found.remark,) if found.remark else ()
    tree = parse_page(found.text)
    page = None if tree is None else _extracted(tree, document.hints.get("url"))
    if page is None or not page.text:
        yield Refusal(document.source, "empty", "no article found in the page")
        return
    saved_from = _SAVED_FROM.search(found.text[:4096])
    fields = {
        "text": page.text,
        "title": page.title,
        "url": _address(page.url) or document.hints.get("url") or (saved_from[1] if saved_from else None),
        "published": written_day(page.date),
        "publisher": page.sitename,
    }
    yield Record(document.source, fields, remarks)


def _extracted(tree: object, url: str | None) -> Extracted | None:
    found = bare_extraction(
        tree, url=url, with_metadata=True, include_comments=False, include_tables=True, date_extraction_params=_DATES
    )
    return found if isinstance(found, Extracted) else None


def _address(url: str | None) -> str | None:
    """An absolute address on the web; None for a relative or another one."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
