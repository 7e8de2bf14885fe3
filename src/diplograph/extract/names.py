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
    is_fathers_genitive,
    is_fixed,
    surname,
)
from diplograph.lexicon import words as table

__all__ = ["NameReading", "compatible", "given_name_first", "initials", "nominative", "surname"]

#: Two nominatives whose costs differ by less are both possible.
_MARGIN = 0.35
#: What it costs to read a case or gender that the sentence does not ask for.
_AGAINST_HINT = 2.5
#: What a tag of the tagger counts for, a word.
_TAG = 0.25
#: How rare a case is for a name of which nothing is known.
_RARITY: dict[Case, float] = {"nom": 0.0, "ins": 0.2, "gen": 0.3, "dat": 0.9, "acc": 0.9, "loc": 1.0}


#: Амина бинт Юсуф: what follows is a man's name.
_DAUGHTER_OF = "бинт"


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
    return _nominative(tuple(words), case, gender, tuple(tagged or ()))


@lru_cache(maxsize=20_000)
def _nominative(
    words: tuple[str, ...],
    case: Case | None,
    gender: Gender | None,
    tagged: tuple[tuple[Case | None, Gender | None], ...],
) -> NameReading:
    hints = _Hints(case, gender, tagged)
    options = sorted(
        (_option(words, as_case, as_gender, hints) for as_case in CASES for as_gender in GENDERS),
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
    name = " ".join(given_name_first(kept))
    others = tuple(dict.fromkeys(other for rival in rivals if (other := " ".join(given_name_first(rival))) != name))
    reason = (
        f"as written, may be another case: {', '.join(doubtful)}" if doubtful else f"read as {best.case} {best.gender}"
    )
    return NameReading(name, gender or seen, not doubtful, reason, others)


@dataclass(frozen=True, slots=True)
class _Hints:
    """What the sentence and the tagger say about the name."""

    case: Case | None
    gender: Gender | None
    tagged: tuple[tuple[Case | None, Gender | None], ...]

    def cost(self, case: Case, gender: Gender) -> float:
        """What it costs to read the name in this case and gender against them."""
        if self.case is None or {case, self.case} == {"gen", "acc"}:  # of men they are one form
            cost = _RARITY[case]
        else:
            cost = 0.0 if case == self.case else _AGAINST_HINT
        if self.gender not in (None, gender):
            cost += _AGAINST_HINT
        return cost - sum(
            _TAG * ((tag_case == case) + (tag_gender == gender)) / 2 for tag_case, tag_gender in self.tagged
        )


@dataclass(frozen=True, slots=True)
class _Option:
    """The whole name read in one case and gender; `rivals` differ from it in one word and cost hardly more."""

    words: tuple[str, ...]
    case: Case
    gender: Gender
    cost: float
    rivals: tuple[tuple[str, ...], ...]


def _option(words: tuple[str, ...], case: Case, gender: Gender, hints: _Hints) -> _Option:
    cost = hints.cost(case, gender)
    if gender == "f" and words[0].lower() in table("ru", "names")["particles"]["men"]:
        cost += _AGAINST_HINT
    chosen: list[str] = []
    swaps: list[tuple[int, str]] = []
    for i, parts in enumerate(_parts(words)):
        of_father = i > 0 and words[i - 1].lower() == _DAUGHTER_OF
        best, second, word_cost = _best_word(parts, case, "m" if of_father else gender)
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
            opens = j < len(pieces) - 1
            declines: Declines = "maybe" if opens or any(map(_closes_patronymic, words[i + 1 : i + 2])) else "yes"
            father = i < len(words) - 1 and is_fathers_genitive(piece)
            if i < undeclined or father or is_fixed(piece, before_hyphen=opens, first=i == j == 0):
                declines = "no"
            given = i == j == 0 and len(words) > 1
            parts.append(_Part("-" if j else "", readings(piece, declines=declines, given=given)))
        result.append(tuple(parts))
    return result


def _closes_patronymic(word: str) -> bool:
    """Whether the word before is a father's name and mostly has no ending: Асан уулу."""
    return word.lower() in table("ru", "names")["patronymic"]["after_words"]
