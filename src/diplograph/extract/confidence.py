"""How far an encounter can be trusted: a probability, from what it rests on.

    p = 1 / (1 + exp(-(bias + the weights of the signs that hold)))

The weights are fitted on annotated texts by ``benchmarks/calibration.py``, which also prints how often claims of each
confidence are right; they stand in ``data/confidence.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp

from diplograph.extract.drafts import Draft

#: The signs, in the order of the file. Several may hold; what holds of none is the bias.
SIGNS = (
    "direct",  # a verb that means a meeting: «встретился», «принял», «позвонил»
    "talk",  # a verb of talk or of signing with two sides: «обсудил с», «подписали»
    "aside",  # done beside or told to somebody: «осмотрел с», «заверил посла»
    "gathering",  # a session, a conference, consultations, a ceremony
    "visit",
    "planned",
    "alone",  # one person or none
    "several",  # three persons or more
    "crowd",  # six persons or more
    "inferred",  # a side is taken from the context
    "joined",  # somebody is named in a later sentence only
    "dated",  # the clause has a date or a place of its own
)
_DIRECT = frozenset(["with", "receive", "call", "partner", "gather"])
_TALK = frozenset(["discuss", "sign", "event", "hand"])
_ASIDE = frozenset(["company", "joint", "together", "tell", "greet"])
#: A claim of one article is never certain, and never hopeless: what is hopeless is left unsaid.
_BOUNDS = (0.05, 0.99)


def confidence(draft: Draft) -> float:
    """The probability that the encounter was, between these people, in two digits: [0.05, 0.99]."""
    weights = _weights()
    logit = weights["bias"] + sum(weights[sign] for sign in signs(draft))
    least, most = _BOUNDS
    return round(min(most, max(least, 1 / (1 + exp(-logit)))), 2)


def signs(draft: Draft) -> tuple[str, ...]:
    """Which of `SIGNS` hold for a draft, in their order; () if none."""
    group = draft.rule.partition(":")[0]
    people = len(draft.participants)
    held = {
        "direct": group in _DIRECT,
        "talk": group in _TALK,
        "aside": group in _ASIDE,
        "gathering": draft.type in ("session", "conference", "consultations", "other", "credentials"),
        "visit": draft.type == "visit",
        "planned": draft.status == "planned",
        "alone": people < 2,
        "several": people > 2,
        "crowd": people > 5,
        "inferred": draft.inferred > 0,
        "joined": bool(draft.sentences) and people > 2,
        "dated": draft.date is not None or draft.place is not None,
    }
    return tuple(sign for sign in SIGNS if held[sign])


@cache
def _weights() -> Mapping[str, float]:
    with (files("diplograph") / "data" / "confidence.toml").open("rb") as file:
        table = tomllib.load(file)["weight"]
    return {name: float(value) for name, value in table.items()}
