"""What type an encounter is of, from the words of its clause."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from diplograph.extract.document import ParsedSentence
from diplograph.extract.encounter_words import FORMAL, event_types, starts_word, verb_forms_of
from diplograph.extract.triggers import Trigger, is_occasion_only, is_when, strongest
from diplograph.lexicon import words
from diplograph.model import EncounterType

#: Groups that make a plain meeting of whatever noun stands beside them.
_MEETINGS = frozenset(["with", "receive", "gather", "partner", "discuss", "company", "joint", "greet", "tell"])


def encounter_type(sentence: ParsedSentence, triggers: Sequence[Trigger], text: str) -> EncounterType:
    """What the encounter was, from the words of its clause; `text` is the clause folded.

    An event that is only the occasion («до общего заседания провёл беседы») counts where there is no other.
    """
    events = [t for t in triggers if t.type is not None]
    own = [t for t in events if t.group != "event" or not is_occasion_only(sentence, t)]
    group = strongest(triggers).group
    told = own or [t for t in events if group != "visit" or not is_when(sentence, t)]
    types = ["conference" if _sits_in(sentence, t) else t.type for t in told if t.type is not None]
    types = [kind for kind in types if kind != "visit"] or types  # «находящийся с визитом, провёл переговоры»
    if starts_word(text, words("ru", "encounters")["exchange"]["phrases"]):
        return "signing"
    if "credentials" in types or (group == "hand" and starts_word(text, ("грамоты", "грамот"))):
        return "credentials"
    joins = group == "attend" and not (types and types[0] == "call")
    afar = (
        not joins
        and starts_word(text, words("ru", "encounters")["call"]["phrases"])
        and not (types and types[0] in FORMAL)
    )
    if group == "call" or "call" in types or afar:
        return "call"
    if (
        types
        and types[0] in FORMAL
        and (
            group == "gather"
            or _is_received(sentence, triggers)
            or (group == "discuss" and (own or not _partner(sentence, triggers)))
        )
    ):
        return types[0]
    if group in _MEETINGS or starts_word(text, ("визит вежливости",)):
        return "meeting"
    if group in ("together", "opening") and types and types[0] in FORMAL:
        return types[0]  # «открыли форум»
    if group in ("sign", "together", "opening"):
        looks = sentence.words[strongest(triggers).index].low in verb_forms_of("look")
        return "signing" if group == "sign" else "visit" if looks else "other"
    talks = any(t.group == "discuss" for t in triggers) and _partner(sentence, triggers)
    if types == ["visit"] and talks:
        return "meeting"  # «совершающий поездку по Азии, обсудил с министром …»
    if types:
        return types[0]
    if group == "happen" and starts_word(text, words("ru", "encounters")["days_spent"]["phrases"]):
        return "visit"  # «провёл в Пекине рабочую неделю»
    return "visit" if group == "visit" else "meeting"


def _is_received(sentence: ParsedSentence, triggers: Sequence[Trigger]) -> bool:
    """«Следующую сессию примет Рига»: what is received is the event."""
    events = [t for t in triggers if t.group == "event" and not is_occasion_only(sentence, t)]
    objects = any(not t.index or sentence.words[t.index - 1].tag.pos != "ADP" for t in events)
    return strongest(triggers).group == "receive" and objects


def _sits_in(sentence: ParsedSentence, session: Trigger) -> bool:
    """«пленарное заседание форума», «на сессии экономического форума»: the sitting of a conference."""
    if session.type != "session":
        return False
    after = sentence.words[session.end or session.index + 1 :][:4]
    named = next((w for w in after if w.tag.pos not in ("ADJ", "NUM", "PROPN", "X")), None)
    if named is None or named.case != "Gen" or named.is_title:
        return False
    return "conference" in event_types(named.low)


def _partner(sentence: ParsedSentence, triggers: Sequence[Trigger]) -> bool:
    """Whether somebody is spoken with: «с» and an instrumental after the verb or before it."""
    return any(
        before.low in ("с", "со") and word.case == "Ins" and word.tag.animacy != "Inan"
        for before, word in pairwise(sentence.words)
    )
