"""What passes between readers: a document to parse, a record that was found, an input refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Literal

from diplograph.read.limits import Limits, NotReadError, limit_reached

#: Names are shown on terminals and stand in reports: what would steer a terminal or turn a line is spelt out.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]")
_LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that gave no article: where it is and why.

    `empty`: no text in it. `skipped`: left aside on purpose (another format, a duplicate). `failed`: meant to be
    read, and it could not be.
    """

    source: str
    outcome: Literal["empty", "skipped", "failed"]
    reason: str


@dataclass(frozen=True, slots=True)
class Record:
    """One article before it is judged: its fields as they were found.

    The fields are those of a line of JSON (``text id url lang published title publisher``), and ``lang_hint`` for
    what a page says of its language, which is less than the text says. `remarks` tell what was doubtful.
    """

    source: str
    fields: Mapping[str, object]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes to parse: what to call them in reports, the name that tells the format, and what came along.

    `hints` is what a header outside the bytes says: ``url``, ``charset``, ``type`` (the media type).
    """

    source: str
    name: str
    stream: BinaryIO
    hints: Mapping[str, str] = field(default_factory=dict)

    def read(self, limits: Limits, name: Literal["document_bytes", "table_bytes"] = "document_bytes") -> bytes:
        """All bytes.

        Raises:
            NotReadError: there are more than the limit `name` says.
        """
        most = getattr(limits, name)
        data = self.stream.read(most + 1)
        if len(data) > most:
            raise limit_reached(limits, name, "longer than {} bytes")
        return data


Item = Document | Record | Refusal
Reader = Callable[[Document, Limits], Iterator[Item]]


def shown(name: str) -> str:
    """`name` fit for one line of a report, with forward slashes; bytes that are not UTF-8 as ``\\xff``.

    >>> shown("a\\n\\u202ecod.exe"), shown("b\\udcff.txt")
    ('a\\\\x0a\\\\u202ecod.exe', 'b\\\\xff.txt')
    """
    name = name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + "…"
    return _UNSEEN.sub(_spelt_out, name)


def _spelt_out(found: re.Match[str]) -> str:
    code = ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


__all__ = ["Document", "Item", "NotReadError", "Reader", "Record", "Refusal", "shown"]
