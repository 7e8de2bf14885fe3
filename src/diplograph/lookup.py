"""A name as a person writes it → the one official, state or organisation of the graph that is meant."""

from __future__ import annotations

from difflib import get_close_matches

from diplograph.likeness import words_of
from diplograph.model import DiplographError
from diplograph.records import Records, label_of


class LookupFailedError(DiplographError):
    """Nobody of this name, or several."""


def find(records: Records, who: str) -> str:
    """The id of the official, state or organisation that `who` names.

    `who` is an id ("official/…"), an ISO code ("KZ"), a label in any language or another name; case, «ё» and the order
    of words do not count. A surname is enough where only one official has it.

    Raises:
        LookupFailedError: nobody is called so (the message offers what is alike), or several are (it names them).
    """
    names = _names(records)
    if who in names:
        return who
    if f"state/{who.upper()}" in names:
        return f"state/{who.upper()}"
    wanted = sorted(words_of(who).split())
    whole = [thing for thing, spellings in names.items() if wanted in map(_words, spellings)]
    part = [thing for thing, spellings in names.items() if any(set(wanted) <= set(_words(name)) for name in spellings)]
    for found in (whole, part if wanted else []):
        if len(found) == 1:
            return found[0]
        if found:
            several = ", ".join(f"{label_of(records.labels.get(thing), thing)} ({thing})" for thing in found[:5])
            raise LookupFailedError(f"{who!r} may be several: {several}; give the id")
    of_name = {word.casefold(): name for spellings in names.values() for name in spellings for word in name.split()}
    of_name |= {name.casefold(): name for spellings in names.values() for name in spellings}
    near = dict.fromkeys(of_name[name] for name in get_close_matches(who.casefold(), sorted(of_name), n=3, cutoff=0.7))
    hint = f"; did you mean {' or '.join(near)}?" if near else "; give a name as in the graph, or an ISO code"
    raise LookupFailedError(f"nobody here is called {who!r}{hint}")


def _words(name: str) -> list[str]:
    return sorted(words_of(name).split())


def _names(records: Records) -> dict[str, list[str]]:
    """Every official, state and organisation that the records name, with its names, by id."""
    bodies = {body for meeting in records.meetings for body in meeting.organizations}
    bodies |= {body for official in records.officials for body in official.organizations}
    codes = {code for meeting in records.meetings for code in meeting.states}
    codes |= {code for official in records.officials for code in official.states}
    things = {*(official.id for official in records.officials), *bodies, *(f"state/{code}" for code in codes)}
    return {
        thing: [*records.labels.get(thing, {}).values(), *records.other_names.get(thing, ())]
        for thing in sorted(things)
    }
