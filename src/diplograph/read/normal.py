"""The normal form of a text, in which offsets count."""

from __future__ import annotations

import re
import unicodedata

_LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")
_SPACE = re.compile("[\u00a0\u2007\u202f]")
# Soft hyphens, zero-width characters, direction marks and control characters carry no letter; names hide behind them.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]")
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")


def normalise(text: str) -> str:
    """The text in which offsets count: NFC, ``\\n`` line ends, plain spaces, nothing invisible.

    A text that is so already comes back unchanged, its last line end included.

    >>> normalise("Нур\u00adсул\u00adтан\u00a0Назар\u200bбаев\\r\\n")
    'Нурсултан Назарбаев\\n'
    """
    text = _SPACE.sub(" ", _LINE_END.sub("\n", text))
    return unicodedata.normalize("NFC", _NO_CHARACTER.sub("\ufffd", _INVISIBLE.sub("", text)))
