"""States, organisations and places: ``data/entities/*.toml`` → frozen records and cached look-ups.

An entity belongs to no language: one record holds its names in every language. In a tuple of names the first is the
label, the others are names in use; all are nominative. The letter ё is written as е in Russian names, so fold a text
the same way before you compare.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from diplograph.model import DiplographError, OrganizationKind

#: Names by language: ``{"ru": ("Казахстан", "Республика Казахстан"), "en": (…), "kk": (…)}``.
Names = Mapping[str, tuple[str, ...]]
PlaceKind = Literal["city", "region"]
_Entry = TypeVar("_Entry")


class UnknownEntityError(DiplographError, KeyError):
    """The gazetteer holds no such entity."""

    def __str__(self) -> str:
        return str(self.args[0])  # KeyError alone would show the repr


@dataclass(frozen=True, slots=True)
class StateEntry:
    """A state or a territory that acts for itself abroad; only `names` and `qid` are always filled."""

    iso2: str
    qid: str
    names: Names
    abbreviations: Names  # «США»: identify alone, as names do
    weak: Names  # «РК», «Корея», «Того»: need other evidence, since other states or words share them
    adjectives: Names  # lower case in Russian: «казахстанский»; «казахский» is also a language
    demonyms: Names
    parliaments: Names  # «Кнессет»: name one state's parliament alone
    shared_parliaments: Names  # «Сейм»: a parliament of this state, and of others
    seats: Names  # «Кремль»: a building or street that stands for the government
    capital: str | None  # id of a place


@dataclass(frozen=True, slots=True)
class OrganizationEntry:
    """An international organisation, body of one, or format."""

    id: str
    kind: OrganizationKind
    names: Names
    abbreviations: Names
    weak: Names  # «Совет Безопасности», «ЕК»: states have such bodies too, or several bodies share them
    qid: str | None
    format: bool  # meets without a secretariat of its own: «Большая двадцатка»


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A city, town or village, or a region that texts use as a place."""

    id: str
    names: Names
    state: str  # ISO code
    kind: PlaceKind
    capital: bool
    weak: bool  # its name is also a common word, a personal name or a state: ask for «в …»


@cache
def states() -> tuple[StateEntry, ...]:
    """All states, by ISO code."""
    return tuple(_state(iso2, record) for iso2, record in sorted(_records("states").items()))


@cache
def organizations() -> tuple[OrganizationEntry, ...]:
    """All organisations, by id."""
    return tuple(_organization(key, record) for key, record in sorted(_records("organizations").items()))


@cache
def places() -> tuple[PlaceEntry, ...]:
    """All places, by id."""
    capitals = frozenset(entry.capital for entry in states())
    return tuple(_place(key, record, key in capitals) for key, record in sorted(_records("places").items()))


def state(iso2: str) -> StateEntry:
    """The state of an ISO 3166-1 alpha-2 code in capitals.

    Raises:
        UnknownEntityError: the gazetteer has no such state.
    """
    return _found("state", iso2, _states_by_code())


def organization(id: str) -> OrganizationEntry:
    """The organisation of an id.

    Raises:
        UnknownEntityError: the gazetteer has no such organisation.
    """
    return _found("organisation", id, _organizations_by_id())


def place(id: str) -> PlaceEntry:
    """The place of an id.

    Raises:
        UnknownEntityError: the gazetteer has no such place.
    """
    return _found("place", id, _places_by_id())


@cache
def adjectives(language: str) -> Mapping[str, str]:
    """Adjective of a state, lower case → ISO code; empty for a language without any.

    >>> adjectives("ru")["венгерский"]
    'HU'
    """
    return MappingProxyType(
        {word.lower(): entry.iso2 for entry in states() for word in entry.adjectives.get(language, ())}
    )


@cache
def demonyms(language: str) -> Mapping[str, str]:
    """Noun for a citizen, lower case → ISO code; empty for a language without any.

    >>> demonyms("ru")["француженка"]
    'FR'
    """
    return MappingProxyType(
        {word.lower(): entry.iso2 for entry in states() for word in entry.demonyms.get(language, ())}
    )


@cache
def _states_by_code() -> Mapping[str, StateEntry]:
    return {entry.iso2: entry for entry in states()}


@cache
def _organizations_by_id() -> Mapping[str, OrganizationEntry]:
    return {entry.id: entry for entry in organizations()}


@cache
def _places_by_id() -> Mapping[str, PlaceEntry]:
    return {entry.id: entry for entry in places()}


def _found(kind: str, key: str, entries: Mapping[str, _Entry]) -> _Entry:
    try:
        return entries[key]
    except KeyError:
        raise UnknownEntityError(f"the gazetteer has no {kind} {key!r}") from None


def _records(name: str) -> dict[str, dict[str, Any]]:
    source = files("diplograph") / "data" / "entities" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _names(record: Mapping[str, Any], field: str) -> Names:
    return MappingProxyType({language: tuple(names) for language, names in record.get(field, {}).items()})


def _state(iso2: str, record: Mapping[str, Any]) -> StateEntry:
    return StateEntry(
        iso2=iso2,
        qid=record["qid"],
        names=_names(record, "names"),
        abbreviations=_names(record, "abbreviations"),
        weak=_names(record, "weak"),
        adjectives=_names(record, "adjectives"),
        demonyms=_names(record, "demonyms"),
        parliaments=_names(record, "parliaments"),
        shared_parliaments=_names(record, "shared_parliaments"),
        seats=_names(record, "seats"),
        capital=record.get("capital"),
    )


def _organization(key: str, record: Mapping[str, Any]) -> OrganizationEntry:
    return OrganizationEntry(
        id=key,
        kind=record.get("kind", "international"),
        names=_names(record, "names"),
        abbreviations=_names(record, "abbreviations"),
        weak=_names(record, "weak"),
        qid=record.get("qid"),
        format=record.get("format", False),
    )


def _place(key: str, record: Mapping[str, Any], capital: bool) -> PlaceEntry:
    return PlaceEntry(
        id=key,
        names=_names(record, "names"),
        state=record["state"],
        kind=record.get("type", "city"),
        capital=capital,
        weak=record.get("weak", False),
    )
