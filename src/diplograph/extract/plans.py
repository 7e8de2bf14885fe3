"""Plans told in passing: a noun of event that reports nothing by itself, but is said to be ahead or agreed upon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from diplograph.extract.clauses import Clause
from diplograph.extract.drafts import Draft
from diplograph.extract.encounter_words import verb_forms_of
from diplograph.extract.narrative import Narrative
from diplograph.extract.triggers import Trigger
from diplograph.lexicon import words

#: How many words before a noun of event may say that it is ahead, and how many behind.
_BEFORE, _BEHIND = 7, 14


def read_plans(story: Narrative, number: int, clause: Clause, triggers: Sequence[Trigger]) -> None:
    """Keep the plans of a clause: «подготовка к заседанию, назначенному на 24 февраля», «условились о встрече в мае».

    A plan is kept only with a date, a place or a country.
    """
    for event in triggers:
        if event.group != "event" or not event.buried or event.type in ("other", None):
            continue
        talks = event.type in ("meeting", "call")
        draft = _agreed(story, number, clause, event) if talks else _ahead(story, number, clause, event)
        if draft is None:
            continue
        story.settings.fill(draft, draft.clause, story.drafts)
        if draft.date or draft.place or draft.country:
            story.keep(draft)


def _ahead(story: Narrative, number: int, clause: Clause, event: Trigger) -> Draft | None:
    """«предстоящей в ноябре сессии», «заседание, назначенное на 24 февраля»: a word beside says that it is ahead."""
    tokens = story.parts[number].sentence.words
    ahead = words("ru", "encounters")["ahead"]
    before = tokens[max(clause.first, event.index - _BEFORE) : event.index]
    after = tokens[event.end : event.end + _BEHIND]
    early = next((w for w in before if w.low.startswith(tuple(ahead["before"]))), None)
    late = next((w for w in after if w.low.startswith(tuple(ahead["after"]))), None)
    if early is None and late is None:
        return None
    start = early.index if early is not None else event.index
    end = min(len(tokens), event.end + (_BEHIND if late else 6))
    return _plan(event, number, Clause(start, end, only=False), tokens[event.index].low)


def _agreed(story: Narrative, number: int, clause: Clause, event: Trigger) -> Draft | None:
    """«Министры договорились о новой встрече в мае»: of those who agreed; None where nobody knows who."""
    tokens = story.parts[number].sentence.words
    said = tokens[clause.first : event.index]
    agreed = next((w for w in said if w.low in verb_forms_of("agree")), None)
    about = next((w for w in reversed(said) if w.tag.pos == "ADP"), None)
    if agreed is None or about is None or about.low not in ("о", "об") or about.index < agreed.index:
        return None
    named = [a.person for a in story.cast.actors[number] if a.case == "Nom" and a.core < event.index]
    people = list(dict.fromkeys(named)) if len(set(named)) > 1 else story.pointers.group(number, clause, story.drafts)
    if len(people) < 2:
        return None
    around = replace(clause, first=agreed.index, only=False)
    draft = _plan(event, number, around, tokens[event.index].low)
    draft.participants = people
    for person in people:
        draft.add_state(story.cast.people[person].state)
    return draft


def _plan(event: Trigger, number: int, clause: Clause, word: str) -> Draft:
    return Draft(event.type or "meeting", "planned", f"ahead: {word}", number, clause)
