"""RSS and Atom: every entry is an article, as far as the feed has its text."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from diplograph.read.dates import written_day
from diplograph.read.items import Document, Item, Record, Refusal
from diplograph.read.limits import Limits, NotReadError
from diplograph.read.markup import local_name, markup_text, parse_xml, words_of

#: Where an entry keeps its text, the fullest first, and its day.
_TEXTS = ("encoded", "content", "full-text", "fulltext", "description", "summary")
_DAYS = ("pubDate", "published", "issued", "date", "updated", "modified")


def read_feed(document: Document, limits: Limits) -> Iterator[Item]:
    """A record an entry: its text, title, link, day, and the title of the feed as the publisher.

    Raises:
        NotReadError: it is XML of another kind.
    """
    root, remark = parse_xml(document.read(limits), charset=document.hints.get("charset"))
    remarks = (remark,) if remark else ()
    kind = local_name(root)
    if kind in ("urlset", "sitemapindex"):
        yield Refusal(document.source, "skipped", "a sitemap, which holds addresses and no text: see diplograph fetch")
        return
    if kind not in ("rss", "feed", "RDF"):
        raise NotReadError(f"XML, but no RSS or Atom: its root is <{kind[:40]}>")
    publisher = words_of(_child(_channel(root), "title")) or None
    entries = [element for element in root.iter() if local_name(element) in ("item", "entry")]
    for number, entry in enumerate(entries, start=1):
        fields = {
            "text": _text(entry),
            "title": markup_text(words_of(_child(entry, "title"))) or None,
            "url": link_of(entry),
            "published": next(filter(None, (written_day(words_of(_child(entry, name))) for name in _DAYS)), None),
            "publisher": publisher,
        }
        yield Record(f"{document.source}#{number}", fields, remarks)
    if not entries:
        yield Refusal(document.source, "empty", "a feed without entries")


def read_addresses(document: Document, limits: Limits) -> Iterator[Item]:
    """A record with only a ``url`` for each entry of a feed and each address of a sitemap, in their order.

    Raises:
        NotReadError: it is XML of another kind.
    """
    root, _ = parse_xml(document.read(limits), charset=document.hints.get("charset"))
    kind = local_name(root)
    if kind not in ("rss", "feed", "RDF", "urlset", "sitemapindex"):
        raise NotReadError(f"XML, but no feed or sitemap: its root is <{kind[:40]}>")
    for element in root.iter():
        name = local_name(element)
        url = words_of(element) if name == "loc" else link_of(element) if name in ("item", "entry") else None
        if url:
            yield Record(document.source, {"url": url})


def _channel(root: etree._Element) -> etree._Element:
    """Where the title of the feed is: <channel> of RSS, <feed> itself of Atom."""
    channel = _child(root, "channel")
    return root if channel is None else channel


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if local_name(child) == name), None)


def _text(entry: etree._Element) -> str:
    for name in _TEXTS:
        element = _child(entry, name)
        if element is None:
            continue
        # XHTML stands as elements, HTML as escaped text.
        source = etree.tostring(element, encoding="unicode") if len(element) else str(element.text or "")
        text = markup_text(source)
        if text:
            return text
    return ""


def link_of(entry: etree._Element) -> str | None:
    """The address of an entry: the text of RSS's <link>, the alternate of Atom's, a permanent <guid>."""
    for element in entry:
        if local_name(element) != "link":
            continue
        if element.get("rel", "alternate") == "alternate":
            link = words_of(element) or element.get("href", "").strip()
            if link:
                return str(link)
    guid = words_of(_child(entry, "guid"))
    return guid if guid.startswith(("http://", "https://")) else None
