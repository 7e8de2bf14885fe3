"""What a declined word of a Russian name may be the form of.

The classes are data (``data/words/ru/declension.toml``); here they are applied to one word, and each reading
gets a cost: nothing for a usual form of a known name, more the stranger it is. `names` weighs the words of a
name against each other.
"""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from diplograph.lexicon import words
from diplograph.morphology import parses

Case = Literal["nom", "gen", "dat", "acc", "ins", "loc"]
Gender = Literal["m", "f"]
#: Whether a word of a name declines: always, not where another word carries the ending, never.
Declines = Literal["yes", "maybe", "no"]

CASES: tuple[Case, ...] = ("nom", "ins", "gen", "dat", "acc", "loc")
GENDERS: tuple[Gender, ...] = ("m", "f")

_VOWEL = "[аеёиоуыэюя]"
_CONSONANT = "[бвгджзйклмнпрстфхцчшщ]"

# What a nominative costs, by what we know of it.
_GIVEN, _SURNAME, _UNKNOWN, _WRONG_GENDER = 0.0, 0.1, 0.7, 4.0
#: Taking a name we know in this very form for a form of one we do not know.
_OVER_A_KNOWN_NAME = 1.5
#: A word that carries no ending while another one does, as the first half of «Касым-Жомарта».
_LEFT_ALONE = 0.5


@dataclass(frozen=True, slots=True)
class Reading:
    """`nominative` is what the word is if it stands in `case` and names a man (m) or a woman (f)."""

    nominative: str
    case: Case
    gender: Gender
    cost: float


@lru_cache(maxsize=20_000)
def readings(word: str, *, declines: Declines = "yes") -> tuple[Reading, ...]:
    """Every reading of one word (no hyphen in it), in the order of the table; never empty.

    The word unchanged is among them in every case and gender, at a cost that says how unlikely that is.
    """
    low = word.lower()
    if declines == "no":
        return tuple(Reading(word, case, gender, 0.0) for gender in GENDERS for case in CASES)
    found = [
        Reading(word, case, gender, _unchanged_cost(low, case, gender, declines))
        for gender in GENDERS
        for case in CASES
    ]
    shadowed = bool(given_genders(low))
    for row in _rows():
        stem = low.removesuffix(row.form)
        if stem == low or not row.stem.search(stem) or not (row.known_only or re.search(_VOWEL, stem)):
            continue
        nominative = stem + row.becomes
        known = bool(given_genders(nominative)) or is_surname(nominative)
        if row.known_only and not known:
            continue
        written = word[: len(stem)] + (row.becomes.upper() if word.isupper() and len(word) > 1 else row.becomes)
        for gender in row.genders:
            cost = (row.cost if not known else row.cost / 3) + _strangeness(nominative, gender)
            if shadowed and not given_genders(nominative):
                cost += _OVER_A_KNOWN_NAME
            found += (Reading(written, case, gender, cost) for case in row.cases)
    return tuple(found)


@lru_cache(maxsize=50_000)
def given_genders(name: str) -> frozenset[Gender]:
    """The genders of a given name, any spelling of case; empty if nobody knows it."""
    low = name.lower()
    ours = _our_given_names().get(low)
    if ours:
        return ours
    genders: set[Gender] = set()
    for parse in parses(low):
        tag = parse.tag
        from_dictionary = (
            len(parse.methods_stack) == 1 and type(parse.methods_stack[0][0]).__name__ == "DictionaryAnalyzer"
        )
        if from_dictionary and "Name" in tag and "nomn" in tag and "sing" in tag:
            genders |= {"m"} if "masc" in tag else {"f"} if "femn" in tag else {"m", "f"}
    if not genders and low in _given_names_of_natasha():
        genders = {"m", "f"}
    return frozenset(genders)


@lru_cache(maxsize=50_000)
def is_surname(name: str) -> bool:
    """Whether a list has `name` as a surname in the nominative."""
    low = name.lower()
    table = words("ru", "names")
    return low in _our_adjectives() or (
        low in _surnames_of_natasha() and not low.endswith(tuple(table["surname"]["doubtful_ends"]))
    )


def _unchanged_cost(low: str, case: Case, gender: Gender, declines: Declines) -> float:
    """What it costs that the word stands in `case` with no ending of its own."""
    cost = _strangeness(low, gender) + (0.0 if given_genders(low) or is_surname(low) else _oblique_cost(low))
    if case == "nom":
        return cost
    left = next(
        row["cost"]
        for row in words("ru", "declension")["unchanged"]
        if gender in row["gender"] and low.endswith(tuple(row["ends"]))
    )
    return cost + (min(left, _LEFT_ALONE) if declines == "maybe" else left)


def _oblique_cost(low: str) -> float:
    ends: dict[str, float] = words("ru", "declension")["oblique"]
    return next((ends[low[-size:]] for size in range(5, 0, -1) if low[-size:] in ends), 0.0)


def _strangeness(nominative: str, gender: Gender) -> float:
    """How unlikely it is that a man or a woman has this name."""
    genders = given_genders(nominative)
    if gender in genders:
        return _GIVEN
    other = next(
        (
            row["cost"]
            for row in words("ru", "declension")["one_gender"]
            if row["gender"] != gender and nominative.endswith(tuple(row["ends"]))
        ),
        0.0,
    )
    if is_surname(nominative) or nominative.endswith(tuple(words("ru", "names")["surname"]["ends"])):
        return _SURNAME + other
    return (_WRONG_GENDER if genders else _UNKNOWN) + other


@dataclass(frozen=True, slots=True)
class _Row:
    form: str
    becomes: str
    stem: re.Pattern[str]
    cases: tuple[Case, ...]
    genders: tuple[Gender, ...]
    cost: float
    known_only: bool


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(
        _Row(
            form,
            becomes,
            re.compile(f"(?:{after.replace('C', _CONSONANT).replace('V', _VOWEL)})$"),
            tuple(cases.split()),
            tuple(gender),
            0.0 if cost == "known" else cost,
            cost == "known",
        )
        for form, becomes, after, cases, gender, cost, _ in words("ru", "declension")["endings"]
    )


@cache
def _our_given_names() -> dict[str, frozenset[Gender]]:
    given = words("ru", "names")["given"]
    men, women = ({name.lower() for name in given[gender]} for gender in GENDERS)
    return {
        name: frozenset(gender for gender, names in (("m", men), ("f", women)) if name in names)  # type: ignore[misc]
        for name in men | women
    }


@cache
def _our_adjectives() -> frozenset[str]:
    men = [name.lower() for group in words("ru", "names")["adjectives"].values() for name in group]
    return frozenset(men) | {name[:-2] + ("яя" if name.endswith("ний") else "ая") for name in men}


@cache
def _given_names_of_natasha() -> frozenset[str]:
    return _natasha("first.txt")


@cache
def _surnames_of_natasha() -> frozenset[str]:
    return _natasha("last.txt")


def _natasha(name: str) -> frozenset[str]:
    """A list of nominatives, lower case, that natasha ships; the package itself is not imported."""
    spec = importlib.util.find_spec("natasha")
    if spec is None or spec.origin is None:
        return frozenset()
    return frozenset((Path(spec.origin).parent / "data" / "dict" / name).read_text(encoding="utf-8").split("\n"))
