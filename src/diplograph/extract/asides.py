"""Who is named beside an encounter and took no part: sources, agents, those of whom somebody speaks."""

from __future__ import annotations

from collections.abc import Sequence

from diplograph.extract.document import ParsedSentence, Word
from diplograph.extract.encounter_words import event_types, forms_of, honours, is_encounter_verb, is_event_noun
from diplograph.extract.officials import Actor
from diplograph.extract.reports import in_participial, is_source, is_with, says, speaks_at, words_before
from diplograph.extract.triggers import Trigger, is_buried, is_occasion
from diplograph.lexicon import words


def is_aside(sentence: ParsedSentence, actor: Actor, trigger: Trigger, everybody: Sequence[Actor]) -> bool:
    """Whether somebody is only mentioned, as source or in a genitive; `everybody` are those in the sentence."""
    tokens = sentence.words
    before = words_before(tokens, actor)
    if is_honoured(sentence, actor, trigger):
        return False
    if _is_excepted(tokens, actor, everybody):
        return True
    if is_source(tokens, actor) or _is_of_occasion(sentence, actor, trigger):
        return True
    if in_participial(sentence, actor) or _is_agent(sentence, actor) or _is_of_other_event(sentence, actor, everybody):
        return True
    if trigger.group in ("with", "receive") and tokens[trigger.index].tag.verb_form == "Conv":
        return False  # «Встречаясь с послом, министр заявил …»
    says_it = actor.case == "Nom" and says(sentence, actor, trigger)
    if says_it and not _speaks_there(sentence, actor, trigger, everybody):
        return True
    case = actor.case or tokens[actor.core].case
    if case == "Acc" and len(before) > 1 and before[-1].tag.pos == "NOUN" and before[-1].case == "Gen":
        case, before = "Gen", tokens[max(0, before[-1].index - 2) : before[-1].index]  # «судьбу инженера Павла А»
    while before and before[-1].tag.verb_form == "Part" and before[-1].case == "Gen":
        before = before[:-1]  # «судьбу арестованного министра»
    if trigger.group == "receive" and before and before[-1].case == "Loc" and before[-1].tag.pos == "NOUN":
        return False  # «принимал в министерстве посла А»
    if case != "Gen" or not before or before[-1].tag.pos != "NOUN" or before[-1].case is None:
        return False
    if is_event_noun(before[-1].low) and is_buried(sentence, before[-1].index):
        return True  # «Подготовку визита президента обсудили …»
    talked = trigger.group in ("discuss", "with", "call", "tell") and before[-1].index > trigger.index
    if talked and event_types(before[-1].low) & {"visit"} and before[-1].case in ("Acc", "Gen"):
        return True  # «обсудил с послом предстоящий визит президента»
    visit = before[-1].index != trigger.index and event_types(before[-1].low) == {"visit"}
    if visit and is_occasion(sentence, before[-1].index, kinds=frozenset(["visit"])):
        return True  # «встретился с Б накануне визита президента»
    inside_other = any(o.first < actor.first < o.end for o in everybody if o is not actor)
    calls = before[-1].case in ("Nom", "Acc") and "call" in event_types(before[-1].low)
    subject = calls and trigger.group != "discuss"  # «министра застал звонок президента»
    return before[-1].low not in forms_of("through") and not subject and not inside_other


def without_onlookers(sentence: ParsedSentence, actors: list[Actor], trigger: Trigger) -> list[Actor]:
    """«А высоко оценил переговоры Б с В»: whoever speaks of an event that has its own two sides took no part."""
    tokens = sentence.words
    verbs = [w for w in tokens[: trigger.index] if w.tag.pos == "VERB" and w.tag.verb_form != "Inf"]
    held = any(is_encounter_verb(w.low) for w in verbs)
    of_event = any(a.case in ("Gen", None) and a.first == trigger.end for a in actors)
    partner = any(a.case == "Ins" and is_with(tokens, a) and a.first > trigger.end for a in actors)
    if trigger.group != "event" or held or not (of_event and partner):
        return actors
    return [a for a in actors if not (a.case == "Nom" and a.end <= trigger.index)]


def is_ruled_out(tokens: Sequence[Word], actor: Actor) -> bool:
    """«встретился не с министром А, а с послом Б», «не А, а Б встретился с В»: not A."""
    before = [w.low for w in tokens[max(0, actor.first - 2) : actor.first]]
    return before in (["не", "с"], ["не", "со"]) or before[-1:] == ["не"]


def hangs_on_noun(sentence: ParsedSentence, actor: Actor) -> bool:
    """«преемница посла»: somebody meant only by the genitive of another noun."""
    if actor.case != "Gen" or not actor.first:
        return False
    before = sentence.words[actor.first - 1]
    named = before.low in forms_of("through") or (is_event_noun(before.low) and event_types(before.low) != {"visit"})
    return before.tag.pos == "NOUN" and not named  # «накануне приезда гостя»


def is_honoured(sentence: ParsedSentence, actor: Actor, trigger: Trigger) -> bool:
    """«обед в честь министра»: somebody in whose honour the meal is was at it."""
    before = " ".join(w.low for w in words_before(sentence.words, actor))
    return before.endswith("в честь") and sentence.words[trigger.index].low in honours()


def _speaks_there(sentence: ParsedSentence, speaker: Actor, trigger: Trigger, everybody: Sequence[Actor]) -> bool:
    """«Об этом на встрече с А заявил Б», «Об этом в ходе встречи А сообщил Б»: both were there."""
    listens = any(a.case == "Dat" and a.named and a.person != speaker.person for a in everybody)
    return speaks_at(sentence, trigger, listener=listens)


def _is_agent(sentence: ParsedSentence, actor: Actor) -> bool:
    """«с послом, назначенным президентом А»: by whom something was done."""
    before = sentence.words[actor.first - 1] if actor.first else None
    stems = tuple(words("ru", "encounters")["appointed_by"]["stems"])
    return before is not None and actor.case == "Ins" and before.low.startswith(stems)


def _is_excepted(tokens: Sequence[Word], actor: Actor, everybody: Sequence[Actor]) -> bool:
    """«все, кроме А и Б, встретились с В»: the second one of those who are excepted."""
    joined = actor.first > 0 and tokens[actor.first - 1].text in ("и", ",")
    before = next((a for a in everybody if joined and a.end == actor.first - 1), None)
    excepted = words("ru", "encounters")["report"]["beside"]
    return before is not None and before.first > 0 and tokens[before.first - 1].low in excepted and actor.case != "Nom"


def _is_of_other_event(sentence: ParsedSentence, actor: Actor, everybody: Sequence[Actor]) -> bool:
    """«обсудили подготовку к встрече А с Б»: B is a side of an event that is only spoken of."""
    tokens = sentence.words
    if actor.first < 2 or tokens[actor.first - 1].low not in ("с", "со"):
        return False
    other = next((a for a in everybody if a.end == actor.first - 1 and a.case in ("Gen", None) and a.first), None)
    noun = tokens[other.first - 1] if other is not None else None
    return noun is not None and is_event_noun(noun.low) and is_buried(sentence, noun.index)


def _is_of_occasion(sentence: ParsedSentence, actor: Actor, trigger: Trigger) -> bool:
    """«Накануне беседы с А его принял Б»: A belongs to the occasion, not to the encounter."""
    tokens = sentence.words
    if actor.first < 2 or tokens[actor.first - 1].low not in ("с", "со"):
        return False
    return trigger.index != actor.first - 2 and is_occasion(sentence, actor.first - 2)
