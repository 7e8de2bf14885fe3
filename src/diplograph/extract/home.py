"""The state whose news an article is: for whom «посол», «министр», «глава МИД» without a state act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from diplograph import gazetteer
from diplograph.extract.document import Document
from diplograph.extract.entities import Entity
from diplograph.extract.forms import fold
from diplograph.extract.parts import SentenceParts
from diplograph.lexicon import words

#: Without a dateline, the state that so large a part of the names of states and cities means is the home of the news.
_HOME_SHARE = 0.4
#: A story begins with where it plays: the state named first counts so much more. A name counts 2, an adjective 1.
_FIRST_NAMED = 2


def home_state(document: Document, parts: Sequence[SentenceParts]) -> str | None:
    """The state of the agency, else of the dateline's city, else the one most of the text speaks of, else None.

    An agency that reports on the whole world counts only where the text speaks of its state.
    """
    dateline = document.dateline
    if dateline is not None and dateline.agency:
        table = words("ru", "agencies")
        own = table["home"].get(fold(dateline.agency))
        abroad = fold(dateline.agency) in table["worldwide"]["names"] and not _speaks_of(parts, own)
        if own is not None and not abroad:
            return str(own)
    if dateline is not None and dateline.city and (state := _state_of_city(dateline.city)):
        return state
    telling = [e for part in parts for e in part.entities if _tells(e)]
    if not telling:
        return None
    named = [e.state or gazetteer.place(e.ref.key).state for e in telling]
    counted: Counter[str] = Counter({named[0]: _FIRST_NAMED})
    for state, entity in zip(named, telling, strict=True):
        counted[state] += 1 if entity.kind == "adjective" else 2
    most = max(counted, key=lambda state: (counted[state], -named.index(state)))
    return most if counted[most] >= _HOME_SHARE * counted.total() else None


def _speaks_of(parts: Sequence[SentenceParts], state: str | None) -> bool:
    """Whether a text names a state, one of its places, or its people."""
    return any(
        state == (e.state or gazetteer.place(e.ref.key).state) for part in parts for e in part.entities if _tells(e)
    )


def _tells(entity: Entity) -> bool:
    return entity.state is not None or entity.kind == "place"


@cache
def _state_of_city(city: str) -> str | None:
    """The state of a city that is the only one of its name; a capital goes before its namesakes."""
    named = [p for p in gazetteer.places() if fold(city) in map(fold, p.names.get("ru", ()))]
    capitals = [p for p in named if p.capital]
    states = {p.state for p in capitals or named}
    return states.pop() if len(states) == 1 else None
