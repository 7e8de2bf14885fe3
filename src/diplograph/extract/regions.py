"""The state of a region that the gazetteer lacks, by the city its adjective is made of: «Псковская» of Псков."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from diplograph import gazetteer
from diplograph.extract.forms import fold
from diplograph.extract.post_words import region_nouns, words_of

#: «смоленск-ой», «псков-ской», «ферган-ского»
_ADJECTIVE = re.compile(r"(.{2,}?)(?:с|ц)?(?:кий|кая|кое|кого|кой|кому|ком|ким|кую)")
_ENDING = "аеёиоуыэюяйь"


def state_of_region(words: Sequence[str]) -> str | None:
    """The state of «Псковской области» in a title; None without such an adjective, or where cities differ."""
    nouns = region_nouns() | words_of("region_bodies")
    for adjective, noun in pairwise(words):
        stem = _ADJECTIVE.fullmatch(fold(adjective)) if fold(noun) in nouns and adjective[:1].isupper() else None
        if stem is not None:
            return _cities().get(stem[1])
    return None


@cache
def _cities() -> dict[str, str | None]:
    """What a city's name has before «-ский» → its state; None where cities of several states share it."""
    states: dict[str, set[str]] = {}
    for place in gazetteer.places():
        for name in place.names.get("ru", ()):
            low = fold(name)
            if place.kind == "city" and low.isalpha():
                stem = low.removesuffix("ск") if low.endswith("ск") else low.rstrip(_ENDING)
                if len(stem) > 1:
                    states.setdefault(stem, set()).add(place.state)
    return {stem: of.pop() if len(of) == 1 else None for stem, of in states.items()}
