"""Sources → articles: files, folders, archives and standard input become normalised texts.

Every input gives exactly one `Article` or one `Refusal`; nothing is left out in silence.

    sources      where the bytes are      files, folders, patterns, standard input
    formats      what they are            one table: suffixes, signatures, readers
    unpacking    out of their packing     gzip, ZIP, tar; web_archive: WARC; mail: mailboxes
    …            into fields              plain_text, json_lines, table, web_page, feed, pdf, office, rtf, mail
    article      into an article          judged, normalised, with an id
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from itertools import chain
from pathlib import Path

from diplograph.model import Article, PartialDate
from diplograph.read.apart import Workshop
from diplograph.read.article import content_id, to_article
from diplograph.read.items import Record, Refusal, shown
from diplograph.read.language import tell_language
from diplograph.read.limits import Limits
from diplograph.read.normal import normalise
from diplograph.read.sources import Sources

__all__ = ["Limits", "Refusal", "content_id", "normalise", "read", "read_all", "tell_language"]


def read(
    sources: str | Path | Iterable[str | Path],
    *,
    published: PartialDate | None = None,
    language: str | None = None,
    limits: Limits | None = None,
) -> Iterator[Article | Refusal]:
    """Read texts: an `Article` or a `Refusal` for each, in the order of `sources`.

    A source is a file, a folder of files (read recursively, in the order of the paths), a pattern (``news/*.html``),
    or ``-`` for standard input. `diplograph.read.formats.FORMATS` lists what is read: texts, web pages, feeds, PDF,
    Word, OpenDocument, RTF, letters, tables, JSON, and archives of any of these; a file is taken for what its bytes
    say, else for what its name says. A line of JSON has ``text`` and, where known, ``id url lang published title
    publisher``.

    `published` and `language` hold for inputs that do not say them; without `language` it is told from the text.
    Offsets count in `Article.text`, the normalised text (see `normalise`). A text read before, under the same id, is
    refused as skipped. `limits` bound what one input may cost. Nothing is raised for a bad input: it comes out as a
    refusal.
    """
    seen: dict[str, tuple[bytes, str]] = {}
    for item in read_all(sources, published=published, language=language, limits=limits):
        yield _unless_repeated(item, seen) if isinstance(item, Article) else item


def read_all(
    sources: str | Path | Iterable[str | Path],
    *,
    published: PartialDate | None = None,
    language: str | None = None,
    limits: Limits | None = None,
) -> Iterator[Article | Refusal]:
    """As `read`, with every text that was read before once more, and nothing kept in memory."""
    if isinstance(sources, (str, Path)):
        sources = [sources]
    limits = limits or Limits()
    with closing(Workshop(limits)) as workshop:
        opened = Sources(limits, workshop)
        for item in chain.from_iterable(map(opened.items, sources)):
            judged = (
                to_article(item, published=published, language=language, limits=limits)
                if isinstance(item, Record)
                else item
            )
            if isinstance(judged, Refusal):
                judged = replace(judged, reason=shown(" ".join(judged.reason.split())))
            yield judged


def _unless_repeated(article: Article, seen: dict[str, tuple[bytes, str]]) -> Article | Refusal:
    """The article, or that its id was there before; only hashes are kept, whatever number of articles there is."""
    content = sha256(article.text.encode("utf-8")).digest()
    if article.id not in seen:
        seen[article.id] = content, article.source
        return article
    before, source = seen[article.id]
    if before == content:
        return Refusal(article.source, "skipped", f"duplicate of {source}")
    return Refusal(article.source, "failed", f"the id {article.id!r} already names another text, {source}")
