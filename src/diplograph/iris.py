"""Local parts of IRIs: ASCII slugs of names and hashes of content, the same in every run.

Nothing here counts, numbers or draws lots: an identifier depends on what it names and on nothing else, so a second
article leaves the identifiers of the first alone.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache

from diplograph.lexicon import words

_LONGEST = 80
_NOT_SLUG = re.compile(r"[^0-9a-z]+")
#: Latin letters that do not come apart into an ASCII letter and a mark.
_LATIN = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ə": "a"}


def transliterate(text: str) -> str:
    """`text` in lower-case ASCII: Cyrillic by the tables of ru and kk, Latin without its marks.

    Characters of other scripts are dropped; spaces and punctuation stay.

    >>> transliterate("Қасым-Жомарт Тоқаев")
    'qasym-zhomart toqaev'
    """
    table = _letters()
    composed = unicodedata.normalize("NFC", text.casefold())
    latin = "".join(table.get(letter, letter) for letter in composed)
    return unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode("ascii").lower()


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens, at most 80 characters.

    What transliteration loses is replaced by a hash: a name without one letter that we can write is ``x`` and
    a hash, a name too long is cut and gets one.

    >>> slug("Джеймс О’Нил"), slug("王毅")
    ('dzheyms-onil', 'x-e066c147')
    """
    plain = _NOT_SLUG.sub("-", transliterate(text)).strip("-")
    if not plain:
        return f"x-{digest(text, length=8)}"
    if len(plain) > _LONGEST:
        return plain[: _LONGEST - 9].rstrip("-") + "-" + digest(text, length=8)
    return plain


def digest(*parts: str, length: int = 16) -> str:
    """The first `length` hexadecimal digits of the SHA-256 of `parts`; where one part ends matters."""
    content = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(content).hexdigest()[:length]


def distinct_ids(choices: Sequence[Sequence[str]]) -> list[str]:
    """One id a thing: its first choice where nobody else has it, else its next one.

    Each thing gives its ids from the most readable to the most particular; all that clash move on together, so
    the order of things has no say.

    >>> distinct_ids([("ivanov", "ivanov-1f"), ("petrov", "petrov-2e"), ("ivanov", "ivanov-3d")])
    ['ivanov-1f', 'petrov', 'ivanov-3d']
    """
    level = [0] * len(choices)
    while True:
        ids = [options[at] for options, at in zip(choices, level, strict=True)]
        taken = Counter(ids)
        clashing = [i for i, name in enumerate(ids) if taken[name] > 1 and level[i] + 1 < len(choices[i])]
        if not clashing:
            return ids
        for i in clashing:
            level[i] += 1


@cache
def _letters() -> dict[str, str]:
    return {**words("ru", "transliteration")["letters"], **words("kk", "transliteration")["letters"], **_LATIN}
