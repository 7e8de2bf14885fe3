"""WARC (ISO 28500): the pages and documents that crawlers and web archives keep, each as it was sent."""

from __future__ import annotations

import io
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from diplograph.read.items import Document, Item, Refusal, shown
from diplograph.read.limits import Limits, NotReadError, limit_reached
from diplograph.read.unpacking import DAMAGE, Budget

#: What of the media types is read, and the name that says so to the table of formats.
READ_TYPES: Mapping[str, str] = {
    "text/html": "page.html",
    "application/xhtml+xml": "page.html",
    "text/plain": "page.txt",
    "application/pdf": "page.pdf",
    "application/rss+xml": "feed.xml",
    "application/atom+xml": "feed.xml",
    "application/xml": "feed.xml",
    "text/xml": "feed.xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "page.docx",
    "application/vnd.oasis.opendocument.text": "page.odt",
    "application/rtf": "page.rtf",
    "text/rtf": "page.rtf",
    "multipart/related": "page.mhtml",
}
_HOLDS_PAGES = ("response", "resource", "conversion")
_LONGEST_LINE, _MOST_LINES = 16_000, 500
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: status, headers by their names in small letters, and the body unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def read_web_archive(document: Document, budget: Budget) -> Iterator[Item]:
    """Every page and document that was sent whole, under the number of its record; the rest in one refusal.

    Requests and notes of the crawler are no inputs. Answers that are no page (pictures, redirects, errors) are counted
    by kind in one refusal at the end, skipped.

    Raises:
        NotReadError: the archive is damaged; the records before the damage have come out.
    """
    others: Counter[str] = Counter()
    number = 0
    try:
        while (headers := _record_headers(document)) is not None:
            number += 1
            budget.enter()
            size = _size(headers)
            if headers.get("warc-type") not in _HOLDS_PAGES:
                _pass_over(document, size)
                continue
            if size > budget.limits.document_bytes:
                _pass_over(document, size)
                reason = limit_reached(budget.limits, "document_bytes", "longer than {} bytes")
                yield Refusal(f"{document.source}#{number}", "failed", str(reason))
                continue
            block = document.stream.read(size)
            if len(block) < size:
                raise NotReadError("the last record is cut off")
            kind, item = _page(f"{document.source}#{number}", headers, block, budget)
            if item is None:
                others[kind] += 1
            else:
                yield item
    except (NotReadError, *DAMAGE) as error:
        raise NotReadError(f"damaged at record {max(1, number)}, the rest is not read: {str(error)[:150]}") from error
    if others.total():
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
        yield Refusal(document.source, "skipped", f"records that are no pages: {kinds[:200]}")


def _record_headers(document: Document) -> dict[str, str] | None:
    """The headers of the next record; None at the end."""
    for _ in range(_MOST_LINES):
        line = document.stream.readline(_LONGEST_LINE)
        if not line:
            return None
        if line.strip():
            break
    if not line.startswith(b"WARC/"):
        raise NotReadError("no WARC record where one should begin")
    lines = []
    for _ in range(_MOST_LINES):
        line = document.stream.readline(_LONGEST_LINE)
        if not line.strip():
            break
        lines.append(line)
    return _headers(lines)


def _headers(lines: list[bytes]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in lines:
        name, _, value = line.decode("utf-8", "replace").partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    return headers


def _size(headers: Mapping[str, str]) -> int:
    written = headers.get("content-length", "")
    if not (written.isascii() and written.isdecimal() and len(written) < 16):
        raise NotReadError("a record that does not say its length")
    return int(written)


def _pass_over(document: Document, size: int) -> None:
    while size:
        piece = document.stream.read(min(size, _PIECE))
        if not piece:
            raise NotReadError("the last record is cut off")
        size -= len(piece)


def _page(source: str, headers: Mapping[str, str], block: bytes, budget: Budget) -> tuple[str, Item | None]:
    """The kind of a record, and its document where it is one to read."""
    written, body = headers.get("content-type", ""), block
    if headers.get("warc-type") == "response" and written.lower().startswith("application/http"):
        try:
            answer = parse_answer(block, budget.limits)
        except NotReadError as error:
            return "answer", Refusal(source, "failed", str(error))
        if answer.status != 200:
            return f"answers {answer.status}", None
        written, body = answer.headers.get("content-type", ""), answer.body
        budget.spend(len(body))
    kind, charset = media_type(written)
    name = READ_TYPES.get(kind)
    if name is None:
        return shown(kind or "untyped")[:60], None
    hints = {"url": headers.get("warc-target-uri", "").strip("<>"), "charset": charset}
    return kind, Document(source, name, io.BytesIO(body), {key: value for key, value in hints.items() if value})


def media_type(written: str) -> tuple[str, str]:
    """``("text/html", "utf-8")`` of a Content-Type header; "" for what it does not say.

    >>> media_type('Text/HTML; Charset="UTF-8"')
    ('text/html', 'utf-8')
    """
    kind, _, parameters = written.lower().partition(";")
    return kind.strip(), parameters.partition("charset=")[2].split(";")[0].strip(" \"'")


def parse_answer(block: bytes, limits: Limits) -> Answer:
    """An HTTP answer as it was sent: chunks put together, gzip and deflate unpacked.

    Archives often keep the body unpacked under the headers of the packed one; such a body is taken as it is.

    Raises:
        NotReadError: no HTTP answer, packed in a way that is not known, or more than the limits unpacked.
    """
    head, _, body = block.partition(b"\r\n\r\n")
    if b"\r\n" not in head and b"\n\n" in block:
        head, _, body = block.partition(b"\n\n")
    status, *lines = head.splitlines() or [b""]
    words = status.split()
    if len(words) < 2 or not words[0].startswith(b"HTTP/") or not words[1].isdigit() or len(words[1]) != 3:
        raise NotReadError("no HTTP answer in the record")
    headers = _headers(lines[:_MOST_LINES])
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _without_chunks(body)
    packing = headers.get("content-encoding", "").strip().lower()
    if packing in ("gzip", "x-gzip", "deflate") and body:
        body = _unpacked(body, limits)
    elif packing not in ("", "identity", "gzip", "x-gzip", "deflate") and not _looks_like_text(body):
        raise NotReadError(f"packed as {shown(packing)[:20]}, which is not read")
    return Answer(int(words[1]), headers, body)


def _without_chunks(body: bytes) -> bytes:
    pieces: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\r\n", at, at + 100)
        size = body[at:end].split(b";")[0].strip() if end >= 0 else b""
        try:
            length = int(size, 16)
        except ValueError:
            return body if not pieces else b"".join(pieces)  # never in chunks, or cut off
        if length <= 0:
            return b"".join(pieces)
        pieces.append(body[end + 2 : end + 2 + length])
        at = end + 2 + length + 2


def _unpacked(body: bytes, limits: Limits) -> bytes:
    for wbits in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):  # gzip or zlib by its header, or bare deflate
        unpacker = zlib.decompressobj(wbits)
        try:
            data = unpacker.decompress(body, limits.document_bytes + 1)
        except zlib.error:
            continue
        if len(data) > limits.document_bytes:
            raise limit_reached(limits, "document_bytes", "unpacks to more than {} bytes")
        return data
    return body


def _looks_like_text(body: bytes) -> bool:
    return body.lstrip()[:1] in (b"<", b"%") or body[:200].isascii()
