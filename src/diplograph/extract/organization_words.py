"""The words of organisations: head nouns with their kinds, adjectives of names, what they need to name anything."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from diplograph.extract.forms import word_forms
from diplograph.lexicon import words
from diplograph.model import OrganizationKind

OPENING, CLOSING = "«“„\"'", "»”\"'“"
ABBREVIATION = re.compile(r"[A-ZА-ЯЁ][A-Za-zА-ЯЁа-яё0-9-]*[A-ZА-ЯЁ0-9][A-Za-zА-ЯЁа-яё0-9-]*")
LEGAL_FORMS = frozenset(
    [
        *("оао", "зао", "ао", "ооо", "пао", "нк", "тоо", "гк", "ркк", "гуп", "муп"),
        *("фгуп", "нпо", "хк", "фк", "бк", "нао", "рао", "чп", "ип"),
    ]
)
# adjectives that make a bank, institute or agency an international one
WORLDWIDE = (
    "международн",
    "всемирн",
    "европейск",
    "евразийск",
    "азиатск",
    "африканск",
    "исламск",
    "арабск",
    "межгосударственн",
    "балтийск",
    "черноморск",
    "каспийск",
    "средиземноморск",
    "арктическ",
    "североевропейск",
    "тихоокеанск",
    "карибск",
    "тюркск",
)
# a house of parliament; every other chamber is of trade, of lawyers …
HOUSES = ("представител", "депутат", "лордов", "общин", "законодательн", "верхн", "нижн", "народн", "советников")
OFFICES = frozenset(["представительство", "миссия", "бюро", "секретариат", "офис"])
# «содействия выборам»: nouns whose complement is a dative
TAKE_DATIVE = frozenset(
    ["содействия", "содействию", "противодействия", "противодействию", "помощи", "поддержки", "служения"]
)


@cache
def head_kinds() -> Mapping[str, tuple[str, OrganizationKind]]:
    """Folded form of a head noun → (lemma, kind)."""
    kinds: dict[str, tuple[str, OrganizationKind]] = {}
    for kind, lemmas in words("ru", "organizations")["kind"].items():
        for lemma in lemmas:
            for form in word_forms(lemma, number="sing"):
                kinds.setdefault(form, (lemma, kind))
    return kinds


@cache
def plural_heads() -> Mapping[str, tuple[str, OrganizationKind]]:
    """Folded plural form of a ministry's, parliament's or embassy's head noun → (lemma, kind)."""
    parliaments = words("ru", "organizations")["kind"]["parliament"]
    kinds: dict[str, OrganizationKind] = {"министерство": "ministry", "университет": "university"}
    kinds |= dict.fromkeys(parliaments, "parliament")
    return {
        form: (lemma, kind)
        for lemma, kind in kinds.items()
        for form in word_forms(lemma, number="plur") - word_forms(lemma, number="sing")
    }


def head_kind(low: str) -> tuple[str, OrganizationKind] | None:
    """The lemma and kind of a folded form of a head noun; None for another word."""
    return head_kinds().get(low)


@cache
def heads_of(section: str) -> frozenset[str]:
    """The head nouns that a section of the table lists."""
    return frozenset(words("ru", "organizations")[section]["heads"])


@cache
def name_adjectives() -> frozenset[str]:
    """Folded forms of adjectives that may open a name in lower case."""
    return frozenset(f for a in words("ru", "organizations")["before"]["adjectives"] for f in word_forms(a))
