"""Whether an encounter was, is ahead, or must not be said at all: plans, denials, wishes, habits, hearsay."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from diplograph.extract.clauses import Clause
from diplograph.extract.document import ParsedSentence, Word
from diplograph.extract.encounter_words import starts_word, verb_forms_of
from diplograph.extract.triggers import Trigger
from diplograph.lexicon import words
from diplograph.morphology import parses


def is_planned(sentence: ParsedSentence, clause: Clause, triggers: Sequence[Trigger], text: str) -> bool:
    """Whether the clause speaks of something ahead: a future verb, or a word of plan and no past verb."""
    verbs = [sentence.words[t.index] for t in triggers if t.group != "event"]
    if _is_moved(sentence.words[clause.first : clause.end]):
        return True  # «Встречу, которая должна была пройти в мае, перенесли на июнь»
    over = tuple(words("ru", "encounters")["over"]["phrases"])
    if not verbs and all(_comes_after(sentence, t, over) for t in triggers):
        return False  # «по итогам его бесед инспекторы вернутся»
    said = verbs or [w for w in sentence.words[clause.first : clause.end] if w.tag.verb_form == "Fin"]
    if any(_tense(verb) == "Fut" or verb.low in ("будет", "будут") for verb in said):
        return True  # «завтра она даст обед»
    plan = words("ru", "encounters")["planned"]
    if starts_word(text, [stem for stem in plan["stems"] if " " in stem]) or _is_aim(sentence, clause, triggers):
        return True
    past = any(_tense(verb) == "Past" and not verb.low.startswith(tuple(plan["stems"])) for verb in verbs)
    if starts_word(text, plan["stems"]) and not past:
        return True
    future = any(_tense(word) == "Fut" for word in sentence.words[clause.first : clause.end])
    return future and starts_word(text, plan["next"])


def _comes_after(sentence: ParsedSentence, event: Trigger, phrases: tuple[str, ...]) -> bool:
    before = " ".join(w.low for w in sentence.words[max(0, event.index - 4) : event.index])
    return starts_word(before, phrases)


def _is_aim(sentence: ParsedSentence, clause: Clause, triggers: Sequence[Trigger]) -> bool:
    """«условились увидеться», «решено провести заседание»: an infinitive after a verb of plan."""
    agreed = [w for w in sentence.words[clause.first : clause.end] if w.low in verb_forms_of("aim")]
    aims = ("with", "call", "happen", "visit", "sign", "gather", "discuss", "joint", "event", "become")
    return any(
        t.group in aims
        and (sentence.words[t.index].tag.verb_form == "Inf" or t.group == "event")
        and any(_is_aimed(sentence, verb, t) for verb in agreed)
        for t in triggers
    )


def _is_aimed(sentence: ParsedSentence, verb: Word, trigger: Trigger) -> bool:
    """«условились увидеться»; «рассчитывает договориться на переговорах», where the one who aims is not there yet."""
    if _was_meant(verb) or verb.index >= trigger.index:
        return False
    if trigger.group != "event":
        return True
    following = sentence.words[verb.index + 1 : trigger.index]
    return verb.tag.tense != "Past" and any(word.tag.verb_form == "Inf" for word in following)


def _was_meant(word: Word) -> bool:
    """«планировал посетить»: what somebody meant to do; whether he did, the text does not say."""
    return word.low in verb_forms_of("aim") and word.tag.tense == "Past" and word.tag.aspect == "Imp"


def _tense(word: Word) -> str | None:
    """The tense of a verb; the tagger takes some of the future («простится») for the present, or the past for it."""
    if word.tag.tense in ("Past", None):
        return word.tag.tense
    verbs = [parse.tag for parse in parses(word.low) if parse.tag.POS == "VERB"]
    for tense, name in (("futr", "Fut"), ("past", "Past")):
        if verbs and all(tense in tag for tag in verbs):
            return name
    return word.tag.tense


def doubt(sentence: ParsedSentence, clause: Clause, triggers: Sequence[Trigger], text: str) -> str | None:
    """Why an encounter in the clause must not be said: denied, cancelled, only wished for …; else None."""
    table = words("ru", "encounters")
    if sentence.words[-1].text == "?":
        return "a question"
    whole = " ".join(word.low for word in sentence.words).replace("если верить", "")
    goes_ahead = _goes_ahead(sentence, clause)
    for stem, reason in [*table["doubt"].items(), *table["denial"].items()]:
        scope = whole if stem in table["denial"] else text
        if stem not in scope:
            continue
        if reason == "only intended" and goes_ahead:
            continue
        if stem.startswith("приглас") and starts_word(scope, table["invited_in"]["phrases"]):
            continue
        if starts_word(scope.replace(f"не {stem}", "не"), (stem,)):  # «не отменен»
            return str(reason)
    if any(t.index and t.group != "event" and sentence.words[t.index - 1].low == "не" for t in triggers):
        return "the text denies it"
    if any(w.text == "ли" for t in triggers for w in sentence.words[t.index + 1 : t.index + 3]):
        return "a question"  # «поговорил ли он с министром»
    unfinished = all(t.group == "event" or sentence.words[t.index].tag.verb_form == "Inf" for t in triggers)
    if unfinished and _denied(sentence, clause):
        return "the text denies it"  # «приехать не смогла»
    before = " ".join(w.low for w in sentence.words[: triggers[0].index])
    for stem, reason in table["hearsay"].items():
        if starts_word(before, (stem,)):
            return str(reason)
    said = [sentence.words[t.index] for t in triggers if t.group != "event"]
    if any(w.tag.aspect == "Imp" for w in said) and any(
        w.low in words("ru", "encounters")["habit"]["words"] for w in sentence.words[clause.first : clause.end]
    ):
        return "a habit, not an encounter"
    infinitive = any(sentence.words[t.index].tag.verb_form == "Inf" for t in triggers)
    if infinitive and any(_was_meant(w) for w in sentence.words[clause.first : clause.end]):
        return "only intended"
    if any(_hangs_on_wish(sentence, t) for t in triggers):
        return "only wished for"  # «упрекнул в отказе принять посла», «отказался участвовать в дебатах»
    if any(_is_purpose(sentence, clause, t) for t in triggers):
        return "only wished for"  # «Чтобы президенты встретились, нужны месяцы»
    wish = verb_forms_of("wish")
    told = [t for t in triggers if sentence.words[t.index].low not in wish]
    aim = verb_forms_of("aim") if infinitive else frozenset()  # «рассчитывает посетить» is a plan
    wished = any(w.low in wish and w.low not in aim for w in sentence.words[clause.first : clause.end])
    if wished and told and not any(_happened(sentence, t) for t in told):
        return "only wished for"  # «предложил послу встретиться», «призвал к переговорам»
    return None


def _hangs_on_wish(sentence: ParsedSentence, trigger: Trigger) -> bool:
    """An infinitive right after a noun or, where somebody takes part in something, a verb that says it was not done."""
    if trigger.group == "event" or sentence.words[trigger.index].tag.verb_form != "Inf" or not trigger.index:
        return False
    before = sentence.words[trigger.index - 1]
    stems = tuple(words("ru", "encounters")["wish_nouns"]["stems"])
    refuses = trigger.group == "attend" and before.low in verb_forms_of("wish")
    return refuses or (before.tag.pos == "NOUN" and before.low.startswith(stems))


def _is_purpose(sentence: ParsedSentence, clause: Clause, trigger: Trigger) -> bool:
    said = sentence.words[clause.first : trigger.index]
    past = trigger.group != "event" and sentence.words[trigger.index].tag.tense == "Past"
    return past and any(word.low == "чтобы" for word in said)


def _goes_ahead(sentence: ParsedSentence, clause: Clause) -> bool:
    """«визит, первоначально намеченный на март, пройдёт в мае», «…, которые должны были начаться, перенесены»."""
    if _is_moved(sentence.words):
        return True
    return any(w.tag.verb_form == "Fin" and _tense(w) == "Fut" for w in sentence.words[clause.first : clause.end])


def _is_moved(said: Sequence[Word]) -> bool:
    """«перенесли на май», «отложен до лета»: an event with another day; «перенесённая с мая» only tells of which."""
    moved = verb_forms_of("postpone")
    return any(w.low in moved and (w.tag.verb_form == "Fin" or w.tag.variant == "Short") for w in said)


def _denied(sentence: ParsedSentence, clause: Clause) -> bool:
    """«Переговоры … не проводились»: the verb of the clause is denied."""
    said = sentence.words[clause.first : clause.end]
    return any(a.low == "не" and b.tag.pos == "VERB" and b.tag.verb_form == "Fin" for a, b in pairwise(said))


def _happened(sentence: ParsedSentence, trigger: Trigger) -> bool:
    """Whether a word of encounter stands by itself: a finite verb, or an event at which something was wished."""
    if trigger.group != "event":
        return trigger.group == "partner" or sentence.words[trigger.index].tag.verb_form in ("Fin", "Part")
    start = trigger.index
    while start > 0 and sentence.words[start - 1].tag.pos in ("ADJ", "NUM", "DET"):
        start -= 1
    at = start > 0 and sentence.words[start - 1].low in ("в", "на", "ходе", "время")
    return at and sentence.words[trigger.index].case != "Acc"  # «надеется на переговоры»
