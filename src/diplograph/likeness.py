"""How much two names are alike, and which entries of two lists are the same thing."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

_QUOTES = re.compile("[«»\"“”„'’`]")
_NO_LETTER = re.compile(r"[^\w\s]")

A = TypeVar("A")
B = TypeVar("B")


def words_of(name: str) -> str:
    """The words of a name: case, quotation marks, hyphens, punctuation and the dots of «ё» do not count."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е")
    return _NO_LETTER.sub(" ", _QUOTES.sub("", folded)).strip()


def same_words(one: str, other: str) -> bool:
    """Whether two names have the same words, in any order; inflection counts, and no words are no name."""
    words = sorted(words_of(one).split())
    return bool(words) and words == sorted(words_of(other).split())


def alike(one: str, other: str) -> float:
    """How alike two names are as strings of characters, from 0 to 1."""
    return SequenceMatcher(None, words_of(one), words_of(other)).ratio()


def shares_words(one: str, other: str) -> float:
    """The share of words two names have in common (Dice), from 0 to 1."""
    a, b = Counter(words_of(one).split()), Counter(words_of(other).split())
    common = (a & b).total()
    return 2 * common / (a.total() + b.total()) if common else 0.0


def align(wanted: Sequence[A], seen: Sequence[B], likeness: Callable[[A, B], float], *, least: float) -> dict[int, int]:
    """Pair the entries of two lists, the most alike first, each at most once: index in `wanted` → index in `seen`.

    Pairs below `least` are left apart; of equally alike ones those that come first in the lists win.
    """
    pairs = [(likeness(a, b), i, j) for i, a in enumerate(wanted) for j, b in enumerate(seen)]
    found: dict[int, int] = {}
    for measure, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if measure >= least and i not in found and j not in found.values():
            found[i] = j
    return found
