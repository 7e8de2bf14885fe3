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

from diplograph.extract.forms import ends_in_vowel
from diplograph.lexicon import words
from diplograph.morphology import parses

Case = Literal["nom", "gen", "dat", "acc", "ins", "loc"]
Gender = Literal["m", "f"]
#: Whether a word of a name declines: always, not where another word carries the ending, never.
Declines = Literal["yes", "maybe", "no"]

CASES: tuple[Case, ...] = ("nom", "ins", "gen", "dat", "acc", "loc")
GENDERS: tuple[Gender, ...] = ("m", "f")

_VOWEL = "[аеёиоуыэюя]"
_CONSONANT = "[бвгджзклмнпрстфхцчшщ]"  # й has rows of its own

# What a nominative costs, by what we know of it.
_SURNAME, _TYPICAL, _UNKNOWN, _WRONG_GENDER = 0.1, 0.3, 0.7, 4.0
_GIVEN_BY_RANK = {3: 0.0, 2: 0.1, 1: 0.4}
#: Taking a name we know in this very form for a form of one we do not know.
_OVER_A_KNOWN_NAME = 2.5
#: A given name of the other gender after the first word: a father's or a husband's.
_OTHER_GENDER_LATER = 0.6
_OVER_A_SURNAME_LIKE_ONE = 0.4
#: Leaving alone a form that a name we know has, and one that a name we know better has.
_OVER_A_FORM_OF_ONE, _OVER_A_FORM_OF_A_BETTER_ONE = 0.9, 0.4
#: A row for known names makes a surname.
_RARE_SURNAME = 0.4
#: Leaving alone a given name that looks declined.
_LOOKS_DECLINED = 0.6
#: A word that carries no ending while another one does, as the first half of «Касым-Жомарта».
_LEFT_ALONE = 0.2


@dataclass(frozen=True, slots=True)
class Reading:
    """`nominative` is what the word is if it stands in `case` and names a man (m) or a woman (f)."""

    nominative: str
    case: Case
    gender: Gender
    cost: float


@lru_cache(maxsize=20_000)
def readings(word: str, *, declines: Declines = "yes", given: bool = True) -> tuple[Reading, ...]:
    """Every reading of one word (no hyphen in it), in the order of the table; never empty.

    The word unchanged is among them in every case and gender, at a cost that says how unlikely that is.
    `given`: the word opens the name, so a given name of the wrong gender is not to be expected.
    """
    low = word.lower()
    if declines == "no":
        return tuple(Reading(word, case, gender, 0.0) for gender in GENDERS for case in CASES)
    declined = _declined(word, given)
    rank = _rank(low)
    hidden = 0.0
    if any(
        reading.gender in given_genders(reading.nominative) and _rank(reading.nominative) > rank for reading in declined
    ):
        hidden = _OVER_A_FORM_OF_A_BETTER_ONE if rank else _OVER_A_FORM_OF_ONE
    unchanged = (
        Reading(word, case, gender, hidden + _unchanged_cost(low, case, gender, declines, given))
        for gender in GENDERS
        for case in CASES
    )
    return (*unchanged, *declined)


def _declined(word: str, given: bool) -> tuple[Reading, ...]:
    """The readings that the rows of the table give."""
    low = word.lower()
    rank = _rank(low)
    found: list[Reading] = []
    for row in _rows():
        stem = low.removesuffix(row.form)
        if stem == low or not row.stem.search(stem) or not (row.only or re.search(_VOWEL, stem)):
            continue
        nominative = stem + row.becomes
        known = bool(given_genders(nominative)) or is_surname(nominative)
        if row.only and not (_rank(nominative) >= 2 if row.only == "given" else known):
            continue
        written = word[: len(stem)] + (row.becomes.upper() if word.isupper() and len(word) > 1 else row.becomes)
        for gender in row.genders:
            cost = row.cost / 3 if _rank(nominative) >= 2 or _is_typical(nominative) else row.cost
            cost += _strangeness(nominative, gender, given)
            if row.only and not given_genders(nominative) and nominative not in _our_adjectives(gender):
                cost += _RARE_SURNAME
            if rank and not given_genders(nominative):
                cost += (
                    _OVER_A_KNOWN_NAME
                    if given or (rank >= 2 and gender in given_genders(low))
                    else _OVER_A_SURNAME_LIKE_ONE
                )
            found += (Reading(written, case, gender, cost) for case in row.cases)
    return tuple(found)


#: The rank of a given name that is in our own list.
_OUR_OWN = 3


@lru_cache(maxsize=50_000)
def given_genders(name: str) -> frozenset[Gender]:
    """The genders of a given name, any spelling of case; empty if nobody knows it."""
    low = name.lower()
    genders = _our_given_names().get(low) or _dictionary_genders(low)
    if genders or low not in _given_names_of_natasha():
        return genders
    # Its list has oblique forms of men's names for women's: Владимира.
    men = [low[:-1] + end for end in (("",) if low.endswith("а") else ("й", "ь") if low.endswith("я") else ())]
    return frozenset() if any("m" in given_genders(man) for man in men) else frozenset(GENDERS)


def cases_of_given(word: str) -> frozenset[Case]:
    """The cases in which a word may be a given name of our own list: nom of «Петр», gen and acc of «Петра».

    All six where a known name ends in a vowel; none where the word is no such name.
    """
    if _rank(word) > 1:
        return frozenset(CASES) if ends_in_vowel(word) else frozenset(["nom"])
    sure = _OUR_OWN - word.lower().endswith("я")  # «Николая» is no woman's name, «Парвина» may be one
    return frozenset(r.case for r in readings(word) if _rank(r.nominative) >= sure)


def is_genitive_given(word: str) -> bool:
    """Whether a word can only be a given name in the genitive (or a man's in the accusative): «Виктора», «Майи»."""
    return len(word.rstrip(".")) > 1 and "gen" in cases_of_given(word) <= {"gen", "acc"}


def _rank(name: str) -> int:
    """How well we know a given name: 3 our own list, 2 the dictionary, 1 a list made by machine, 0 not at all."""
    low = name.lower()
    if low in _our_given_names():
        return 3
    return 2 if _dictionary_genders(low) else 1 if given_genders(low) else 0


@lru_cache(maxsize=50_000)
def _dictionary_genders(low: str) -> frozenset[Gender]:
    genders: set[Gender] = set()
    for parse in parses(low):
        first_method = type(parse.methods_stack[0][0]).__name__
        if len(parse.methods_stack) != 1 or first_method != "DictionaryAnalyzer":
            continue
        if all(gram in parse.tag for gram in ("Name", "nomn", "sing")):
            genders.update(("m",) if "masc" in parse.tag else ("f",) if "femn" in parse.tag else GENDERS)
    return frozenset(genders)


@lru_cache(maxsize=50_000)
def is_surname(name: str) -> bool:
    """Whether a list has `name` as a surname in the nominative."""
    low = name.lower()
    if any(low in _our_adjectives(gender) for gender in GENDERS):
        return True
    doubtful = tuple(words("ru", "names")["surname"]["doubtful_ends"])
    return low in _surnames_of_natasha() and not low.endswith(doubtful)


def _unchanged_cost(low: str, case: Case, gender: Gender, declines: Declines, given: bool) -> float:
    """What it costs that the word stands in `case` with no ending of its own."""
    cost = _strangeness(low, gender, given)
    if not (given_genders(low) or is_surname(low) or _is_typical(low)):
        cost += _oblique_cost(low, gender)
    if case == "nom":
        return cost
    left: float = next(
        row["cost"]
        for row in words("ru", "declension")["unchanged"]
        if gender in row["gender"] and low.endswith(tuple(row["ends"]))
    )
    if declines == "maybe":
        left = min(left, _LEFT_ALONE)
    elif given and not given_genders(low):
        left += _like_a_form(low, case)
    elif left < 1 and gender in given_genders(low) and _rank(low) >= 2:
        left /= 2  # Эмине may be known to end so
    return cost + left


def _like_a_form(low: str, case: Case) -> float:
    """What it costs to leave alone a given name nobody knows that looks like this very case: «послу Эстеле Б.»."""
    ends: dict[str, list[str]] = words("ru", "declension")["given_forms"]
    seldom = low.endswith(tuple(words("ru", "declension")["typical"]["ends"]))
    return 0.0 if seldom or not low.endswith(tuple(ends[case])) else _LOOKS_DECLINED


def _oblique_cost(low: str, gender: Gender) -> float:
    declension = words("ru", "declension")
    ends: dict[str, float] = declension["oblique"] | (declension["oblique_men"] if gender == "m" else {})
    return next((ends[low[-size:]] for size in range(5, 0, -1) if low[-size:] in ends), 0.0)


def _is_typical(low: str) -> bool:
    return low.endswith(tuple(words("ru", "declension")["typical"]["ends"]))


def _strangeness(nominative: str, gender: Gender, given: bool) -> float:
    """How unlikely it is that a man or a woman has this name."""
    genders = given_genders(nominative)
    if gender in genders:
        return _GIVEN_BY_RANK[_rank(nominative)]
    other: float = next(
        (
            row["cost"]
            for row in words("ru", "declension")["one_gender"]
            if row["gender"] != gender and nominative.endswith(tuple(row["ends"]))
        ),
        0.0,
    )
    if gender == "f" and nominative in _our_adjectives("m"):
        return _WRONG_GENDER
    if is_surname(nominative) or nominative.endswith(tuple(words("ru", "names")["surname"]["ends"])):
        return _SURNAME + other
    if genders:
        if given:
            return _WRONG_GENDER
        return _OTHER_GENDER_LATER * (2 if nominative.endswith(("а", "я")) else 1)
    return (_TYPICAL if _is_typical(nominative) else _UNKNOWN) + other


@dataclass(frozen=True, slots=True)
class _Row:
    form: str
    becomes: str
    stem: re.Pattern[str]
    cases: tuple[Case, ...]
    genders: tuple[Gender, ...]
    cost: float
    only: str  # "known" or "given" names, "" for all


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(
        _Row(
            form,
            becomes,
            re.compile(f"(?:{after.replace('C', _CONSONANT).replace('V', _VOWEL)})$"),
            tuple(cases.split()),
            tuple(gender),
            0.0 if isinstance(cost, str) else cost,
            cost if isinstance(cost, str) else "",
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
def _our_adjectives(gender: Gender) -> frozenset[str]:
    men = frozenset(name.lower() for group in words("ru", "names")["adjectives"].values() for name in group)
    return men if gender == "m" else frozenset(name[:-2] + ("яя" if name.endswith("ний") else "ая") for name in men)


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
