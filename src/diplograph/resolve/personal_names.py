"""When two names may be one person's. A name alone never says that they are: see `officials`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from diplograph.iris import transliterate

_DASHES = re.compile(r"[‐‑‒–—−-]+")
_LETTER = re.compile(r"[^\W\d_]")
#: How English, Russian and Kazakh spell one sound, brought to one spelling; in this order.
_SPELLINGS = (
    ("kh", "h"), ("zh", "j"), ("dj", "j"), ("ph", "f"), ("ck", "k"), ("ye", "e"), ("yo", "e"), ("yu", "u"), ("ya", "a"),
    ("y", "i"), ("ii", "i"), ("q", "k"), ("w", "v"), ("x", "ks"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class PersonName:
    """The parts of a name, given name first, hyphens and initials taken apart.

    `given` counts the written-out words before the surname, `initials` those cut to a letter; words in lower case
    («бин», «ван дер») count as neither.
    """

    parts: tuple[str, ...]
    given: int
    initials: int
    language: str

    @property
    def rank(self) -> tuple[int, int]:
        """How much of the name is there, to compare: a surname alone is (0, 0)."""
        return self.given, self.initials

    @property
    def is_full(self) -> bool:
        """Whether a given name is written out."""
        return self.given > 0


@lru_cache(maxsize=100_000)
def read_name(text: str, language: str) -> PersonName:
    """Take a nominative name apart.

    >>> read_name("К.-Ж. Токаев", "ru")
    PersonName(parts=('к', 'ж', 'токаев'), given=0, initials=2, language='ru')
    """
    words = [word for word in text.replace("ё", "е").replace("Ё", "Е").replace(".", ". ").split() if word.strip(".-")]
    initials = sum(len(word.strip(".-")) == 1 for word in words[:-1])
    capitals = sum(word[:1].isupper() and len(word.strip(".-")) > 1 for word in words)
    parts = tuple(
        part for word in words for part in _DASHES.split(word.replace(".", "").casefold()) if _LETTER.search(part)
    )
    return PersonName(parts, max(0, capitals - 1), initials, language)


def same_name(a: PersonName, b: PersonName) -> bool:
    """Whether both are the same words of one language, a written-out given name among them."""
    return a.is_full and a.parts == b.parts and a.language == b.language


def compatible_names(a: PersonName, b: PersonName) -> bool:
    """Whether one may be a shorter form of the other, or its spelling in another language.

    >>> full, rows = read_name("Айбек Маратович Женис", "ru"), ["А. Женис", "Женис", "Айбек Женис", "Асхат Женис"]
    >>> [compatible_names(read_name(row, "ru"), full) for row in rows]
    [True, True, True, False]
    """
    one, other = _comparable(a, b)
    if len(one) > len(other):
        one, other = other, one
    if not one or not _same_part(one[-1], other[-1]):
        return False
    if a.rank == (0, 0) or b.rank == (0, 0):
        return one == other[-len(one) :]
    return _same_part(one[0], other[0]) and _in_order(one, other)


@lru_cache(maxsize=100_000)
def sound(part: str) -> str:
    """A part of a name in a spelling that the languages share; only for comparing.

    >>> [sound(part) for part in ("тоқаев", "токаев", "tokayev")]
    ['tokaev', 'tokaev', 'tokaev']
    """
    latin = transliterate(part)
    for spelling, shared in _SPELLINGS:
        latin = latin.replace(spelling, shared)
    return re.sub(r"(.)\1", r"\1", latin)


def _comparable(a: PersonName, b: PersonName) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if a.language == b.language:
        return a.parts, b.parts
    return tuple(map(sound, a.parts)), tuple(map(sound, b.parts))


def _same_part(a: str, b: str) -> bool:
    return a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b))


def _in_order(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Whether the parts of `shorter` stand in `longer` in the same order."""
    rest = iter(longer)
    return all(any(_same_part(part, candidate) for candidate in rest) for part in shorter)
