"""JSON Lines, read as a stream of any length, and JSON files, read whole."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from diplograph.read.columns import renamed
from diplograph.read.encodings import decode
from diplograph.read.items import Document, Item, Record, Refusal
from diplograph.read.json_exports import exported
from diplograph.read.limits import Limits, NotReadError, limit_reached

_NOT_OBJECT = 'not a JSON object: each line must be {"text": …}'
#: Under one of these a JSON file may keep its list of articles.
_LISTS = ("articles", "items", "results", "documents", "data", "entries")


def read_json_lines(document: Document, limits: Limits) -> Iterator[Item]:
    """A record a line; a bad line is refused alone."""
    found = False
    encoding = None
    for number, line in enumerate(_lines(document.stream, limits), start=1):
        if not line.strip() and len(line) <= limits.line_bytes:
            continue
        found = True
        source = f"{document.source}#{number}"
        try:
            if len(line) > limits.line_bytes:
                raise limit_reached(limits, "line_bytes", "longer than {} bytes: split it into its articles")
            decoded = decode(line, declared=encoding)
            if not line.isascii() and decoded.remark is None:
                encoding = decoded.encoding  # what a clear line is in, a line of few letters is in too
            yield Record(source, renamed(_object(decoded.text)), (decoded.remark,) if decoded.remark else ())
        except ValueError as error:
            yield Refusal(source, "failed", str(error))
            if b"\0" in line:  # a binary file, whose other lines would say the same
                return
    if not found:
        yield Refusal(document.source, "empty", "no line in it")


def _lines(stream: BinaryIO, limits: Limits) -> Iterator[bytes]:
    """The lines, each cut beyond the limit: a small packed file may hold a line larger than the memory."""
    first = stream.readline(limits.line_bytes + 1)
    if first[:2] in (b"\xff\xfe", b"\xfe\xff") or first[1:2] == b"\0" or first[:1] == b"\0":
        stream = io.BytesIO(_utf16_lines(first, stream, limits))
        first = stream.readline(limits.line_bytes + 1)
    line = first
    while line:
        yield line
        while line and not line.endswith(b"\n"):
            line = stream.readline(limits.line_bytes + 1)
        line = stream.readline(limits.line_bytes + 1)


def _utf16_lines(first: bytes, stream: BinaryIO, limits: Limits) -> bytes:
    """The lines in UTF-8 of a file in UTF-16; the bytes themselves if it is none after all."""
    data = first + stream.read(limits.table_bytes)
    try:
        found = decode(data)
    except NotReadError:
        return data
    return found.text.encode("utf-8", "replace")


def _object(text: str) -> dict[str, Any]:
    fields = _parsed(text)
    if not isinstance(fields, dict):
        raise NotReadError(_NOT_OBJECT)
    return fields


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise NotReadError(f"not a JSON object: {error.msg} (column {error.colno})") from error
    except RecursionError as error:
        raise NotReadError("not a JSON object: nested too deep") from error
    except ValueError as error:  # a number of thousands of digits
        raise NotReadError(f"not a JSON object: {str(error)[:80]}") from error


def read_json(document: Document, limits: Limits) -> Iterator[Item]:
    """A record for an object with ``text``, or for each of a list of them (``[…]``, ``{"articles": […]}``).

    JSON Feed and a channel exported from Telegram are known. What is no object with a text is a refusal: other JSON is
    no article.
    """
    found = decode(document.read(limits, "table_bytes"))
    remarks = (found.remark,) if found.remark else ()
    try:
        value = _parsed(found.text)
    except NotReadError as error:
        if found.text.count("\n{") < 1:
            raise
        # JSON Lines under a name for JSON.
        lines = Document(document.source, document.name, io.BytesIO(found.text.encode("utf-8", "replace")))
        first = next(items := read_json_lines(lines, limits))
        if isinstance(first, Refusal):
            raise error from None
        yield first
        yield from items
        return
    known = exported(document.source, value, remarks)
    if known is not None:
        yield from known
    elif (many := _list_in(value)) is not None:
        yield from _numbered(document.source, many, remarks)
    elif isinstance(value, dict):
        yield Record(document.source, renamed(value), remarks)
    else:
        raise NotReadError('no article: give an object or a list of them, {"text": …}')


def _list_in(value: Any) -> list[Any] | None:
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and "text" not in value:
        return next((value[name] for name in _LISTS if isinstance(value.get(name), list)), None)
    return None


def _numbered(source: str, values: Iterable[Any], remarks: tuple[str, ...]) -> Iterator[Item]:
    found = False
    for number, value in enumerate(values, start=1):
        found = True
        if isinstance(value, dict):
            yield Record(f"{source}#{number}", renamed(value), remarks)
        else:
            yield Refusal(f"{source}#{number}", "failed", 'not a JSON object: each item must be {"text": …}')
    if not found:
        yield Refusal(source, "empty", "an empty list")
