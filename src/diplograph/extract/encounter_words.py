"""Which words tell of encounters: verbs by what they demand, nouns of events, and the lists of encounters.toml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from diplograph.extract.forms import verb_forms, word_forms
from diplograph.lexicon import words
from diplograph.model import EncounterType

#: Types of events that have a form of their own: an agenda, a chair, delegations.
FORMAL = frozenset(["session", "consultations", "conference", "signing"])
#: A past ending tells a verb where the tagger errs («беседовала» as an adverb).
PAST_ENDINGS = ("л", "ла", "ло", "ли", "лся", "лась", "лось", "лись")


@cache
def _verbs() -> Mapping[str, str]:
    table = words("ru", "encounters")["verb"]
    return {form: group for group, verbs in table.items() for verb in verbs for form in verb_forms(verb)}


@cache
def _events() -> Mapping[str, Sequence[tuple[tuple[frozenset[str], ...], EncounterType]]]:
    table: dict[str, list[tuple[tuple[frozenset[str], ...], EncounterType]]] = {}
    for phrase, kind in words("ru", "encounters")["event"].items():
        forms = tuple(word_forms(part) for part in phrase.split())
        for form in forms[0]:
            table.setdefault(form, []).append((forms, kind))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


def verb_group(low: str) -> str | None:
    """The group of verbs of encounter that a folded form is of; None where it is none."""
    return _verbs().get(low)


def is_encounter_verb(low: str) -> bool:
    """Whether a folded form is one of a verb of encounter: «провело», «приняла»."""
    return low in _verbs()


@cache
def forms_of(section: str) -> frozenset[str]:
    """The folded case forms of the nouns under `words` of a section of encounters.toml."""
    return frozenset(form for word in words("ru", "encounters")[section]["words"] for form in word_forms(word))


@cache
def verb_forms_of(section: str) -> frozenset[str]:
    """The folded forms of the verbs under `verbs` of a section of encounters.toml."""
    return frozenset(form for verb in words("ru", "encounters")[section]["verbs"] for form in verb_forms(verb))


@cache
def honours() -> frozenset[str]:
    """The folded forms of meals and receptions, which are given in somebody's honour."""
    return frozenset(form for word in words("ru", "encounters")["honour"]["events"] for form in word_forms(word))


def event_phrases(low: str) -> Sequence[tuple[tuple[frozenset[str], ...], EncounterType]]:
    """The nouns of event that begin with a folded form, longest first: the forms of each of their words, the type."""
    return _events().get(low, ())


def is_event_noun(low: str) -> bool:
    """Whether a folded form begins a noun of event."""
    return low in _events()


def event_types(low: str) -> frozenset[EncounterType]:
    """The types of the events that a folded form names by itself; none for the «обмен» of «обмен мнениями»."""
    return frozenset(kind for forms, kind in event_phrases(low) if len(forms) == 1)


def starts_word(text: str, stems: Sequence[str]) -> bool:
    """Whether a word (or phrase) of `text` begins with one of the stems."""
    padded = f" {text}"
    return any(f" {stem}" in padded for stem in stems)
