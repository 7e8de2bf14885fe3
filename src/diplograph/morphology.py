"""Russian inflection: pymorphy3 behind a cache, loaded when first asked."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import pymorphy3


@cache
def analyzer() -> pymorphy3.MorphAnalyzer:
    """The one analyser of this process (0.1 s to load)."""
    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=100_000)
def parses(word: str) -> tuple[Any, ...]:
    """All parses of a word, likeliest first; never empty."""
    return tuple(analyzer().parse(word))
