"""bytes → text: which encoding a text is in, judged by its bytes; what is declared is only a hint.

Headers and pages declare wrong encodings often enough that the letters are asked first: UTF-8 and UTF-16 betray
themselves, and among the eight-bit encodings of Cyrillic only the right one gives words of frequent letters in a sane
case.
"""

from __future__ import annotations

import codecs
import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from diplograph.lexicon import words
from diplograph.read.limits import NotReadError

#: Eight-bit encodings that texts in Russian, Kazakh and English come in; the first of equals wins.
_CANDIDATES = ("cp1251", "kz1048", "koi8-r", "cp866", "iso8859-5", "ptcp154", "cp1252")
#: How much of a text is judged, in bytes.
_SAMPLE = 100_000
#: A letter this rare, and a character that is no letter (cp1251 read as cp866 gives many), in nats a character.
_RARE, _NO_LETTER = math.log(0.0002), math.log(0.00005)
#: What a capital inside a word costs: cp1251 read as KOI8-R gives «оПХБЕР».
_ODD_CASE = -4.0
#: Nats a letter by which a declared encoding may trail and still be believed.
_TRUST = 0.25
#: Nats a letter below which the text is hardly a text of ours, and by which the best must lead to be sure.
_UNLIKELY, _CLEAR_LEAD = -4.4, 0.35
#: Letters it takes to be sure.
_ENOUGH = 20
#: UTF-8 with a bad byte here and there is still UTF-8.
_FEW = 0.02

_WORD = re.compile(r"[^\W\d_]+")
#: «прин€л»: what stands between letters is a letter.
_INSIDE = re.compile(r"(?<=[^\W\d_])[^\w\s\x00-\x7f’\u00ad–—](?=[^\W\d_])")
#: What 0x80 to 0xff of these encodings may also stand for in a sound text.
_PUNCTUATION = frozenset("«»„“”‘’‚–—…№§©®°·•\u00a0\u00ad€‰±†‡¬")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the name of its encoding; `remark` says what is doubtful about it, if anything."""

    text: str
    encoding: str
    remark: str | None = None


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """The text in `data`.

    UTF-8 and UTF-16 are told by their form, with or without a byte order mark, also where the bytes were cut in the
    middle of a character. Else the encoding is the one of `declared` and the eight-bit encodings of Cyrillic under
    which the letters are likeliest. A declaration that the bytes contradict, a guess between close rivals and bytes
    that had to be replaced are told in the remark.

    Raises:
        NotReadError: a binary file, or no encoding gives a text.
    """
    hint = _codec(declared)
    found = _marked(data) or _utf16(data)
    if found is None and b"\0" in data:
        raise NotReadError("a binary file, not text")
    found = found or _utf8(data) or _eight_bit(data, hint)
    if found.remark is None and hint and not _agree(hint, found.encoding) and not data.isascii():
        return Decoded(found.text, found.encoding, f"read as {found.encoding}, though {hint} is declared")
    return found


def _codec(name: str | None) -> str | None:
    """The encoding of that name as Python calls it; None where it is none, or turns no bytes into text."""
    if not name or len(name) > 40:
        return None
    try:
        found = codecs.lookup(name.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    return found.name if getattr(found, "_is_text_encoding", True) and found.name not in _TRICKY else None


#: What is never meant by a web page or a letter, and decodes anything or grows it.
_TRICKY = frozenset(["idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "undefined", "mbcs", "oem"])


def _agree(declared: str, found: str) -> bool:
    return declared == found or {declared, found} <= {"utf-8", "utf-8-sig"} or declared[:6] == found[:6] == "utf-16"


# --- Unicode -------------------------------------------------------------------------------------------


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return _unicode(data[len(mark) :], encoding)
    return None


def _utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: every second byte is the page of Latin, Cyrillic or punctuation."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    if len(sample) < 8:
        return None
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        pages, others = sample[first::2], sample[1 - first :: 2]
        usual = pages.count(0x00) + pages.count(0x04) + pages.count(0x20)
        if usual > 0.95 * len(pages) and others.count(0x00) + others.count(0x04) < 0.2 * len(pages):
            return _unicode(data, encoding)
    return None


def _utf8(data: bytes) -> Decoded | None:
    if data.isascii():
        return Decoded(data.decode("ascii"), "utf-8")
    found = _unicode(data, "utf-8")
    if found.remark is None:
        return found
    bad = found.text.count("\ufffd")
    sound = sum(character > "\x7f" for character in found.text) - bad
    return found if bad <= max(1, _FEW * sound) and sound > bad else None


def _unicode(data: bytes, encoding: str) -> Decoded:
    """Decoded; a character cut off at the end is dropped, bytes in between that are none are replaced and told."""
    try:
        return Decoded(codecs.getincrementaldecoder(encoding)().decode(data), encoding)
    except UnicodeDecodeError:
        text = codecs.getincrementaldecoder(encoding)("replace").decode(data)
        bad = text.count("\ufffd")
        return Decoded(text, encoding, f"{bad} {'byte is' if bad == 1 else 'bytes are'} not {encoding}")


# --- eight bits ----------------------------------------------------------------------------------------


def _eight_bit(data: bytes, declared: str | None) -> Decoded:
    if declared and (text := _of_characters(data, declared)) is not None:
        return Decoded(text, declared)
    names = dict.fromkeys([*_CANDIDATES, *([declared] if declared else [])])
    sample = data[:_SAMPLE]
    scores = {name: likelihood(sample.decode(name, "replace")) for name in names}
    best = max(names, key=lambda name: scores[name])
    if declared and scores[declared] >= scores[best] - _TRUST:
        best = declared
    text = data.decode(best, "replace")
    if scores[best] < _UNLIKELY:
        if text.count("\ufffd") or not declared:
            raise NotReadError("a binary file, or a text in an encoding that is not known")
        return Decoded(text, best, f"read as {best} because that is declared: the letters are odd")
    # One and the same reading under two names is no doubt.
    rivals = [name for name in names if sample.decode(name, "replace") != sample.decode(best, "replace")]
    lead = scores[best] - max((scores[name] for name in rivals), default=-math.inf)
    letters = sum(character.isalpha() and character > "\x7f" for character in text[:_SAMPLE])
    if (lead < _CLEAR_LEAD or letters < _ENOUGH) and best != declared:
        return Decoded(text, best, f"read as {best}, which is a guess")
    if "\ufffd" in text:
        return Decoded(text, best, f"{text.count(chr(0xFFFD))} bytes are not {best}")
    return Decoded(text, best)


def _of_characters(data: bytes, declared: str) -> str | None:
    """The text under a declared encoding of Chinese, Japanese or Korean, if most of it is in their characters."""
    if not declared.startswith(("gb", "big5", "euc", "shift", "cp932", "cp949", "cp950", "iso2022", "johab", "hz")):
        return None
    text = codecs.getincrementaldecoder(declared)("replace").decode(data)
    beyond = [character for character in text[:_SAMPLE] if character > "\x7f"]
    ideographs = sum("\u3000" <= character <= "\ud7ff" or "\uff00" <= character < "\ufff0" for character in beyond)
    return text if ideographs > 0.9 * len(beyond) else None


def likelihood(text: str) -> float:
    """How likely the characters beyond ASCII are in a text of ours: nats a character, 0 at best, 0 for none.

    The better of Russian and Kazakh for Cyrillic letters; a capital inside a word costs, so does a character that is no
    letter, above all inside a word, and a word of two alphabets. A Latin letter with a mark is as likely as a rare one.
    """
    beyond = Counter(character for character in text if character > "\x7f")
    total = beyond.total()
    if not total:
        return 0.0
    others = sum(
        count * (0.0 if character in _PUNCTUATION else _NO_LETTER)
        for character, count in beyond.items()
        if not character.isalpha()
    )
    letters = {character: count for character, count in beyond.items() if character.isalpha()}
    by_language = (
        sum(count * table.get(character.lower(), _RARE) for character, count in letters.items())
        for table in _letter_tables()
    )
    inside = len(_INSIDE.findall(text)) * _NO_LETTER
    return (max(by_language) + others + inside + _odd_words(text)) / total


def _odd_words(text: str) -> float:
    cost = 0.0
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        inner = word[1:]
        if not (inner.islower() or word.isupper()):
            cost += _ODD_CASE * sum(letter.isupper() for letter in inner)
        elif word.isupper() and len(word) > 3:
            cost += _ODD_CASE / 4  # a word in capitals is no fault, a text in capitals is unlikely
        latin = sum(letter < "\u0250" for letter in word)
        if 0 < latin < len(word):
            cost += _ODD_CASE * min(latin, len(word) - latin)
    return cost


@cache
def _letter_tables() -> tuple[dict[str, float], ...]:
    """The logarithm of how frequent each letter is, a table a language."""
    tables = []
    for language in ("ru", "kk"):
        shares = words(language, "letters")["share"]
        total = sum(shares.values())
        tables.append({letter: math.log(share / total) for letter, share in shares.items()})
    # Accents of names in an English text: rare beside Cyrillic, and what cp1252 is told by.
    tables.append(
        {letter: math.log(0.02) for letter in "éèêëáàâäãåçíìîïñóòôöõøúùûüýšžœæßąćęłńśźżčďěňřťůőűășțğışāēīūļņķģėįų"}
    )
    return tuple(tables)
