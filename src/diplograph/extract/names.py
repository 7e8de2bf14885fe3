"""Personal names in Russian text: the nominative, the given name first, and who may be the same person.

A name declines as one: every word that can shows the same case. So each word is read in all the ways its ending
allows (`declension.readings`), and the case and gender are taken that make the whole name least strange.
Where two nominatives are as good as each other, the words they differ in stay as written, and `sure` is false.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from diplograph.extract.declension import (
    CASES,
    GENDERS,
    Case,
    Declines,
    Gender,
    Reading,
    readings,
)
from diplograph.extract.name_parts import (
    compatible,
    family_first,
    given_name_first,
    initials,
    is_fixed,
    surname,
)

__all__ = ["NameReading", "compatible", "given_name_first", "initials", "nominative", "surname"]

#: Two nominatives whose costs differ by less are both possible.
_MARGIN = 0.45
#: What it costs to read a case or gender that the sentence does not ask for.
_AGAINST_HINT = 3.0
#: What a tag of the tagger counts for, a word.
_TAG = 0.25
#: How rare a case is for a name of which nothing is known.
_RARITY: dict[Case, float] = {"nom": 0.0, "ins": 0.2, "gen": 0.3, "dat": 0.4, "acc": 0.5, "loc": 0.6}


@dataclass(frozen=True, slots=True)
class NameReading:
    """A name in the nominative, given name first.

    `sure` is false where some word stayed as written for want of evidence; `reason` says which, and
    `alternatives` are the other nominatives that were as good, likeliest first.
    """

    nominative: str
    gender: Gender | None
    sure: bool
    reason: str
    alternatives: tuple[str, ...] = ()


def nominative(
    words: Sequence[str],
    *,
    case: Case | None = None,
    gender: Gender | None = None,
    tagged: Sequence[tuple[Case | None, Gender | None]] | None = None,
) -> NameReading:
    """The nominative of a name as written in a sentence.

    Args:
        words: the words of the span, particles and initials too.
        case: the case that the sentence asks for; None if nobody knows. With "nom" the words stay as they are.
        gender: of the person, if known.
        tagged: what a tagger says of each word; weak evidence.

    Raises:
        ValueError: there are no words, or `tagged` has another length.
    """
    if not words:
        raise ValueError("a name without words")
    if tagged is not None and len(tagged) != len(words):
        raise ValueError(f"{len(words)} words, but {len(tagged)} tags")
    return _nominative(tuple(words), case, gender, tuple(tagged) if tagged is not None else None)


@lru_cache(maxsize=20_000)
def _nominative(
    words: tuple[str, ...],
    case: Case | None,
    gender: Gender | None,
    tagged: tuple[tuple[Case | None, Gender | None], ...] | None,
) -> NameReading:
    options = sorted(
        (_option(words, as_case, as_gender, case, gender, tagged) for as_case in CASES for as_gender in GENDERS),
        key=lambda option: option.cost,
    )
    best = options[0]
    of_gender = {g: min(option.cost for option in options if option.gender == g) for g in GENDERS}
    seen = best.gender if abs(of_gender["m"] - of_gender["f"]) >= _MARGIN else None
    if case == "nom":
        return NameReading(" ".join(given_name_first(words)), gender or seen, True, "as written: nominative")
    rivals = [option.words for option in options if option.cost < best.cost + _MARGIN] + list(best.rivals)
    rivals = list(dict.fromkeys(rivals))
    kept = tuple(word if all(rival[i] == word for rival in rivals) else words[i] for i, word in enumerate(best.words))
    doubtful = [words[i] for i, word in enumerate(best.words) if any(rival[i] != word for rival in rivals)]
    others = tuple(
        dict.fromkeys(name for rival in rivals if (name := " ".join(given_name_first(rival))) != " ".join(kept))
    )
    reason = (
        f"as written, may be another case: {', '.join(doubtful)}" if doubtful else f"read as {best.case} {best.gender}"
    )
    return NameReading(" ".join(given_name_first(kept)), gender or seen, not doubtful, reason, others)


@dataclass(frozen=True, slots=True)
class _Option:
    """The whole name read in one case and gender; `rivals` differ from it in one word and cost hardly more."""

    words: tuple[str, ...]
    case: Case
    gender: Gender
    cost: float
    rivals: tuple[tuple[str, ...], ...]


def _option(
    words: tuple[str, ...],
    case: Case,
    gender: Gender,
    case_hint: Case | None,
    gender_hint: Gender | None,
    tagged: tuple[tuple[Case | None, Gender | None], ...] | None,
) -> _Option:
    cost = _RARITY[case] if case_hint is None else 0.0 if case == case_hint else _AGAINST_HINT
    if {case, case_hint} == {"gen", "acc"}:
        cost = _RARITY[case]
    if gender_hint not in (None, gender):
        cost += _AGAINST_HINT
    for as_case, as_gender in tagged or ():
        cost -= _TAG * ((as_case == case) + (as_gender == gender)) / 2
    chosen: list[str] = []
    swaps: list[tuple[int, str]] = []
    for i, parts in enumerate(_parts(words)):
        best, second, word_cost = _best_word(parts, case, gender)
        cost += word_cost
        chosen.append(best)
        if second is not None:
            swaps.append((i, second))
    rivals = tuple((*chosen[:i], other, *chosen[i + 1 :]) for i, other in swaps)
    return _Option(tuple(chosen), case, gender, cost, rivals)


def _best_word(parts: tuple[_Part, ...], case: Case, gender: Gender) -> tuple[str, str | None, float]:
    """The likeliest nominative of one written word, the next if it is hardly less likely, and the cost."""
    best, second, cost = "", "", 0.0
    for part in parts:
        fits: dict[str, float] = {}
        for reading in part.readings:
            if reading.case == case and reading.gender == gender:
                fits[reading.nominative] = min(reading.cost, fits.get(reading.nominative, reading.cost))
        (first, least), *rest = sorted(fits.items(), key=lambda item: item[1])
        cost += least
        near = [name for name, other in rest if other < least + _MARGIN]
        best += part.joint + first
        second += part.joint + (near[0] if near else first)
    return best, second if second != best else None, cost


@dataclass(frozen=True, slots=True)
class _Part:
    joint: str  # the hyphen before it
    readings: tuple[Reading, ...]


def _parts(words: tuple[str, ...]) -> list[tuple[_Part, ...]]:
    """Each word as its hyphenated parts, with the readings of every part."""
    undeclined = len(words) - 1 if family_first(words) else 0  # only the last syllables carry the ending
    result = []
    for i, word in enumerate(words):
        pieces = word.split("-")
        parts = []
        for j, piece in enumerate(pieces):
            declines: Declines = "maybe" if i < undeclined or j < len(pieces) - 1 else "yes"
            if is_fixed(piece, before_hyphen=j < len(pieces) - 1, first=i == 0 and j == 0):
                declines = "no"
            parts.append(_Part("-" if j else "", readings(piece, declines=declines)))
        result.append(tuple(parts))
    return result
