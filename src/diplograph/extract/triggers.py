"""Words of encounter in a clause: verbs by what they demand, nouns of events, and what type they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from diplograph.extract.clauses import Clause, inserted_words
from diplograph.extract.document import ParsedSentence, Word
from diplograph.extract.encounter_words import (
    PAST_ENDINGS,
    event_phrases,
    event_types,
    forms_of,
    is_event_noun,
    starts_word,
    verb_forms_of,
    verb_group,
)
from diplograph.extract.entities import compound_states
from diplograph.extract.forms import verb_forms
from diplograph.lexicon import words
from diplograph.model import EncounterType

#: Which word of a clause reports the encounter, the strongest first.
_STRENGTH = (
    "with", "call", "receive", "gather", "partner", "sign", "hand", "attend", "visit", "event", "happen",
    "stay", "opening", "discuss", "company", "joint", "together", "greet", "tell", "become",
)  # fmt: skip
_TALKS: frozenset[EncounterType] = frozenset(["meeting", "call", "consultations"])
_PASSIVE_ENDINGS = ("ен", "ена", "ено", "ены", "ан", "ана", "ано", "аны")


#: How far from the beginning an event stands that tells the time of what follows.
_FRONTED = 6


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word of encounter: its index, its group (a key of [verb], or "event", or "partner"), the type of an event.

    A `buried` event is only the genitive of another noun or a subject of talk: «сроки визита», «говорили о саммите».
    """

    index: int
    group: str
    type: EncounterType | None = None
    end: int = 0
    buried: bool = False


def find_triggers(sentence: ParsedSentence, clause: Clause) -> list[Trigger]:
    """The words of encounter of a clause, left to right; those inside direct speech are left out."""
    found = []
    index = clause.first
    quoted = quoted_words(sentence) | inserted_words(sentence)
    while index < clause.end:
        trigger = None if index in quoted else _at(sentence, index, clause)
        if trigger is not None:
            found.append(trigger)
        index = trigger.end if trigger is not None else index + 1
    found = _without_occasions(sentence, _without_purposes(sentence, found))
    found = [replace(t, buried=t.buried or _is_discussed(sentence, t, found)) for t in found]
    return [replace(t, buried=t.buried and not _took_place(sentence, t, found)) for t in found]


def _took_place(sentence: ParsedSentence, event: Trigger, found: Sequence[Trigger]) -> bool:
    """«рассказал о встрече с …, состоявшейся 2 марта»: spoken of, and said to have been."""
    after = [
        sentence.words[t.index] for t in found if t.group == "happen" and event.index < t.index <= event.index + 20
    ]
    noun = sentence.words[event.index]
    return event.group == "event" and any(
        w.tag.verb_form == "Part" and w.low.startswith(("состоявш", "прошедш")) and w.case == noun.case for w in after
    )


def _without_occasions(sentence: ParsedSentence, found: Sequence[Trigger]) -> list[Trigger]:
    """«до общего заседания провёл беседы»: an event that is only the occasion of another is left out."""
    sequence = tuple(words("ru", "encounters")["sequence"]["stems"])
    if any(sentence.words[t.index].low.startswith(sequence) for t in found):  # «Форуму предшествовала беседа»
        found = [t for t in found if t.group != "event" or sentence.words[t.index].case != "Dat"]
    occasions = [t for t in found if t.group == "event" and is_occasion_only(sentence, t)]
    own = any(t.group == "event" and not t.buried and t not in occasions for t in found)
    done = any(t.group in ("together", "discuss", "joint", "tell") for t in found)
    own = own or (done and all(is_when(sentence, t) for t in occasions))  # «До начала переговоров А и Б осмотрели порт»
    return [t for t in found if not (own and t in occasions)]


def is_when(sentence: ParsedSentence, event: Trigger) -> bool:
    """«до начала переговоров», «накануне заседания»: an event that only tells the time."""
    before = " ".join(w.low for w in sentence.words[max(0, event.index - 4) : event.index])
    phrases = words("ru", "encounters")["when"]["phrases"]
    return event.index <= _FRONTED and any(f" {phrase} " in f" {before} " for phrase in phrases)


def is_occasion_only(sentence: ParsedSentence, event: Trigger) -> bool:
    """«Накануне саммита …»; but «Накануне саммита союза, который 1 июня пройдёт в …» reports it."""
    following = sentence.words[event.end : event.end + 6]
    relative = next((b for a, b in pairwise(following) if a.text == "," and b.low.startswith("котор")), None)
    return _after_back_phrase(sentence, event) and (relative is None or relative.case != "Nom")


def _without_purposes(sentence: ParsedSentence, found: Sequence[Trigger]) -> list[Trigger]:
    """«согласовали текст, подписать который намерены …»: beside a verb in the past an infinitive tells an aim."""
    past = any(t.group != "event" and sentence.words[t.index].tag.tense == "Past" for t in found)
    aims = ("sign", "visit", "together", "joint", "tell", "discuss")
    return [t for t in found if not (past and t.group in aims and sentence.words[t.index].tag.verb_form == "Inf")]


def _is_discussed(sentence: ParsedSentence, event: Trigger, found: Sequence[Trigger]) -> bool:
    """«обсудили открытие центра»: the object of a verb of talk is no event."""
    if event.group != "event" or event.type in ("meeting", "call", "credentials"):
        return False
    if sentence.words[event.index].case == "Gen":
        return False
    first = event.index
    while first > 0 and sentence.words[first - 1].tag.pos in ("ADJ", "NUM"):
        first -= 1
    bare = first > 0 and sentence.words[first - 1].tag.pos != "ADP"
    return bare and any(t.group == "discuss" and t.index < event.index for t in found)


def _at(sentence: ParsedSentence, index: int, clause: Clause) -> Trigger | None:
    word = sentence.words[index]
    for forms, kind in event_phrases(word.low):
        if len(forms) == 1 and word.tag.pos not in ("NOUN", "ADJ", "PROPN"):
            continue
        if kind == "meeting" and _heads_event(sentence, index, clause):
            continue  # «раунд политических консультаций»
        if index + len(forms) <= clause.end and all(sentence.words[index + k].low in f for k, f in enumerate(forms)):
            if kind == "other" and _is_of_host(sentence, index):
                kind = "meeting"
            event = Trigger(index + len(forms) - 1, "event", kind, index + len(forms))
            return replace(event, buried=_is_buried(sentence, event, clause))
    if word.low == "телефону" and index > clause.first and sentence.words[index - 1].low == "по":
        return Trigger(index, "call", end=index + 1)  # «По телефону он поздравил …»
    group = verb_group(word.low)
    if word.low in verb_forms_of("acts") and _is_act_of_session(sentence, word, clause):
        return Trigger(index, "happen", end=index + 1)
    sitting = tuple(words("ru", "encounters")["sitting"]["participles"])
    sits = word.low in verb_forms_of("considering") or word.low.startswith(sitting)
    if sits and _is_of_body(sentence, word, clause):
        return Trigger(index, "happen", "session", index + 1)
    if word.low in verb_forms_of("resume") and _takes_up_again(sentence, word):
        return Trigger(index, "with", end=index + 1)
    if group == "discuss" and word.low.startswith("обмен") and _exchanges_from_afar(sentence, index, clause):
        return None
    if group == "attend" and word.low.startswith("выступ") and _takes_a_stand(sentence, index):
        return None
    if group == "tell" and word.low.startswith("представи") and _is_side(sentence, clause):
        group = "attend"  # «Принимающую сторону представил министр …»
    if group == "visit" and _comes_to_a_view(sentence, index):
        return None
    if group and not _has_what_it_needs(sentence, word, clause):
        return None
    if group == "with" and word.low.startswith("собира") and _intends(sentence, word, clause):
        return None
    near = sentence.words[max(0, index - 5) : index + 8]
    told = word.low.endswith(PAST_ENDINGS) or (group == "sign" and word.low.endswith(_PASSIVE_ENDINGS))
    if group and (told or (word.tag.pos in ("VERB", "AUX", "ADJ") and not _is_attribute(word, group, near))):
        if word.low in verb_forms_of("awaiting") and word.tag.tense == "Past" and _waits_in_vain(sentence, index):
            return None
        if group != "receive" or not _receives_a_thing(sentence, index, clause):
            if _is_of_body(sentence, word, clause):
                return Trigger(index, "happen", "session", index + 1)
            sits = word.low in verb_forms_of("sitting")
            return Trigger(index, group, "session" if sits else None, index + 1)
        takes_part = any(w.low.startswith("участи") for w in sentence.words[clause.first : clause.end])
        return Trigger(index, "attend", end=index + 1) if takes_part else None
    if word.low in forms_of("partner") and word.low.endswith(("ом", "ей", "ею", "ами")):
        return Trigger(index, "partner", "meeting", index + 1)
    if word.low in forms_of("guest") and word.case == "Ins" and word.tag.number == "Sing":
        return Trigger(index, "partner", "meeting", index + 1)
    return None


def _waits_in_vain(sentence: ParsedSentence, index: int) -> bool:
    """«Его ждали, но он не приехал»; of «В Риге гостью ждал министр» news says that they met."""
    signs = words("ru", "encounters")["in_vain"]
    thing = index > 0 and sentence.words[index - 1].low.startswith("котор")  # «беседа, которую ждали в среду»
    thing = thing or any(w.case == "Nom" and is_event_noun(w.low) for w in sentence.words[index : index + 4])
    return thing or any(
        word.low.startswith(tuple(signs["stems"])) or word.low in signs["words"] for word in sentence.words
    )


def _takes_up_again(sentence: ParsedSentence, verb: Word) -> bool:
    """«вернутся к обсуждению», «решили вернуться к тексту»: ahead, for who came back said so before."""
    following = sentence.words[verb.index + 1 : verb.index + 3]
    subject = [w.low.startswith(tuple(words("ru", "encounters")["resume"]["stems"])) for w in following[1:]]
    return verb.tag.tense != "Past" and bool(subject) and following[0].low == "к" and all(subject)


def _is_act_of_session(sentence: ParsedSentence, verb: Word, clause: Clause) -> bool:
    """«Съезд партии большинством голосов избрал …»: the subject is a session or a congress."""
    said = sentence.words[clause.first : clause.end]
    subjects = [w for w in said if w.case == "Nom" and event_types(w.low) & {"session", "conference"}]
    return verb.tag.tense == "Past" and bool(subjects) and not any(w.case == "Nom" for w in said if w.is_title)


def _intends(sentence: ParsedSentence, verb: Word, clause: Clause) -> bool:
    """«собирается отдохнуть», «участвовать собирается»: nobody comes together."""
    near = sentence.words[max(clause.first, verb.index - 1) : min(clause.end, verb.index + 4)]
    return any(word.tag.verb_form == "Inf" for word in near if word is not verb)


def _is_of_host(sentence: ParsedSentence, index: int) -> bool:
    """«на приёме у спикера»: to be received by somebody is to meet him; «приём посольства» is a party."""
    following = sentence.words[index + 1].low if index + 1 < len(sentence.words) else ""
    return sentence.words[index].low.startswith("прием") and following == "у"


def _is_side(sentence: ParsedSentence, clause: Clause) -> bool:
    """Whether a clause speaks of a side or a delegation in the accusative, which somebody represents."""
    sides = tuple(words("ru", "encounters")["delegation"]["stems"])
    return any(w.low.startswith(sides) and w.case == "Acc" for w in sentence.words[clause.first : clause.end])


def _is_of_body(sentence: ParsedSentence, verb: Word, clause: Clause) -> bool:
    """«Постоянный совет собрался», «спор рассмотрит Совет министров»: a body that comes together sits."""
    considers = verb.low in verb_forms_of("considering") and verb.tag.tense == "Fut"
    if verb.low not in verb_forms_of("assembling") and not considers:
        return False
    bodies = tuple(words("ru", "encounters")["assembling"]["bodies"])
    return any(w.low.startswith(bodies) and w.case == "Nom" for w in sentence.words[clause.first : clause.end])


def _exchanges_from_afar(sentence: ParsedSentence, index: int, clause: Clause) -> bool:
    """«обменялся с послом письмами»: nobody need be there for that."""
    said = " ".join(w.low for w in sentence.words[index : clause.end])
    return starts_word(said, words("ru", "encounters")["exchanged"]["stems"])


def _takes_a_stand(sentence: ParsedSentence, index: int) -> bool:
    """«выступил против поездки»: nobody speaks there by that."""
    following = sentence.words[index + 1].low if index + 1 < len(sentence.words) else ""
    return following in ("против", "за")


def _comes_to_a_view(sentence: ParsedSentence, index: int) -> bool:
    """«пришли к согласию», «пришёл на смену»: nobody goes anywhere."""
    following = " ".join(w.low for w in sentence.words[index + 1 : index + 4])
    return starts_word(following, words("ru", "encounters")["view"]["phrases"])


def _is_attribute(word: Word, group: str, near: Sequence[Word]) -> bool:
    """A participle that only describes: «посол, представляющий …», «бывший министр»."""
    if word.low.startswith("бывш") or (word.tag.pos == "ADJ" and word.tag.variant != "Short" and group == "receive"):
        return True  # «принимающая сторона»
    full = word.tag.verb_form == "Part" and word.tag.variant != "Short"
    if full and group == "happen":
        return not any(event_types(w.low) for w in near)  # «организованной преступностью»
    return full and not word.low.startswith(tuple(words("ru", "encounters")["participle"]["stems"]))


@cache
def _needs() -> Mapping[str, tuple[str, ...]]:
    table = words("ru", "encounters")["needs"]
    return {form: tuple(stems) for verb, stems in table.items() for form in verb_forms(verb)}


def _has_what_it_needs(sentence: ParsedSentence, word: Word, clause: Clause) -> bool:
    """«поставили подписи», but not «поставили задачу»."""
    stems = _needs().get(word.low)
    return stems is None or any(w.low.startswith(stems) for w in sentence.words[clause.first : clause.end])


def _heads_event(sentence: ParsedSentence, index: int, clause: Clause) -> bool:
    """Whether a round is one of an event named right after it."""
    if sentence.words[index].low not in forms_of("round"):
        return False
    following = sentence.words[index + 1 : min(index + 5, clause.end)]
    return any(is_event_noun(word.low) for word in following)


def _is_buried(sentence: ParsedSentence, event: Trigger, clause: Clause) -> bool:
    word = sentence.words[event.index]
    first = event.index
    while first > clause.first and _is_adjective(sentence.words[first - 1]):
        first -= 1
    if first == clause.first or event.type == "credentials":
        return False
    at = {"на", "в", "во", "ходе", "время"}
    own = sentence.words[first - 1].low in at and _has_partner(sentence, event)
    aside = words("ru", "encounters")["no_report"]["prepositions"]
    if _has_partner(sentence, event) and sentence.words[first - 1].low in aside:
        return True  # «За час до встречи с А его уволили», «поблагодарил за встречу с А»
    if not own and word.case in ("Loc", "Gen", None) and _is_topic(sentence, first - 1, event.index, clause):
        return True
    before = sentence.words[first - 1]
    if word.case == "Acc" and before.low in verb_forms_of("judged") and not _has_partner(sentence, event):
        return True  # «назвал поездку плодотворной»
    if before.low == "для" and event.type != "meeting" and not _has_partner(sentence, event):
        return True  # «отозвать для консультаций»
    if before.low in ("к", "ко") and first > 1 and sentence.words[first - 2].tag.pos == "NOUN":
        return True  # «подготовка к заседанию»
    if before.low in ("в", "во") and first > 1 and sentence.words[first - 2].low in forms_of("serves"):
        return True
    carriers = tuple(words("ru", "encounters")["carrier"]["stems"])
    return word.case == "Gen" and before.tag.pos == "NOUN" and not before.low.startswith(carriers)


def _is_adjective(word: Word) -> bool:
    """An adjective or a number; «белорусско-вьетнамские» whatever the tagger takes it for."""
    return word.tag.pos in ("ADJ", "NUM") or bool(compound_states(word.text))


def _has_partner(sentence: ParsedSentence, event: Trigger) -> bool:
    """«на встрече с …»."""
    following = sentence.words[event.index + 1 : event.index + 2]
    return any(word.low in ("с", "со") for word in following)


def is_buried(sentence: ParsedSentence, index: int) -> bool:
    """Whether the noun of event at `index` is only the genitive of another noun, as far as its sentence shows."""
    whole = Clause(0, len(sentence.words), only=True)
    return _is_buried(sentence, Trigger(index, "event"), whole)


def _is_topic(sentence: ParsedSentence, start: int, event: int, clause: Clause) -> bool:
    """«говорили о предстоящей в ноябре сессии»: what is talked about takes no place."""
    while start >= clause.first and event - start <= 8:
        word = sentence.words[start]
        if word.low in ("о", "об", "обо", "про"):
            return True
        if word.tag.pos not in ("ADJ", "NUM", "ADP", "NOUN", "PROPN"):
            return False
        start -= 1
    return False


def _receives_a_thing(sentence: ParsedSentence, index: int, clause: Clause) -> bool:
    """«принял решение», «участие принял»: nobody is received."""
    ahead = " ".join(w.low for w in sentence.words[index + 1 : min(clause.end, index + 6)])
    behind = " ".join(w.low for w in sentence.words[max(clause.first, index - 4) : index])
    stems = words("ru", "encounters")["not_received"]["stems"]
    return starts_word(ahead, stems) or starts_word(behind, ("участи", "решени"))


def strongest(triggers: Sequence[Trigger]) -> Trigger:
    """The word of a clause that reports the encounter."""
    return min(triggers, key=lambda t: (_STRENGTH.index(t.group), t.type == "visit", t.index))


def points_back(sentence: ParsedSentence, triggers: Sequence[Trigger]) -> bool:
    """«в ходе встречи», «на встрече»: every event noun of the clause has a word before it that points back."""
    events = [t for t in triggers if t.group == "event"]
    if not events or any(
        t.group in ("with", "call", "receive", "happen", "partner", "visit", "sign") for t in triggers
    ):
        return False
    return all(_after_back_phrase(sentence, event) for event in events)


def _after_back_phrase(sentence: ParsedSentence, event: Trigger) -> bool:
    said = sentence.words[max(0, event.index - 3) : event.index]
    verb = next((w.index for w in reversed(said) if _is_predicate(w)), None)
    before = " ".join(w.low for w in said if verb is None or w.index > verb)
    phrases = words("ru", "encounters")["back"]["phrases"]
    return any(
        before == phrase or before.endswith(" " + phrase) or before.startswith(phrase + " ") for phrase in phrases
    )


def _is_predicate(word: Word) -> bool:
    """«на апрель намечена поездка»: a verb, which parts the noun from what stands before."""
    full = word.tag.verb_form == "Part" and word.tag.variant != "Short"
    return word.tag.pos in ("VERB", "AUX") and not full


def is_occasion(sentence: ParsedSentence, index: int, kinds: frozenset[EncounterType] = _TALKS) -> bool:
    """Whether the noun of talks at `index` only says when: «накануне беседы», «после переговоров»."""
    talks = event_types(sentence.words[index].low) & kinds
    return bool(talks) and _after_back_phrase(sentence, Trigger(index, "event"))


def is_another(sentence: ParsedSentence, triggers: Sequence[Trigger]) -> bool:
    """«Первый раунд прошёл в …», «предыдущая встреча»: not the event that was just told."""
    stems = tuple(words("ru", "encounters")["another"]["stems"])
    return any(
        any(word.low.startswith(stems) for word in sentence.words[max(0, t.index - 3) : t.index])
        for t in triggers
        if t.group == "event"
    )


def is_relative(sentence: ParsedSentence, clause: Clause) -> bool:
    """«…, которое планируется провести»: the clause speaks of a noun of the clause before."""
    return any(word.low.startswith("котор") for word in sentence.words[clause.first : clause.first + 3])


def quoted_words(sentence: ParsedSentence) -> frozenset[int]:
    """The words of direct speech: «…» with a verb inside. What somebody says is no report of the text."""
    inside: set[int] = set()
    opening: int | None = None
    for word in sentence.words:
        if word.text in ("«", "“") and opening is None:
            opening = word.index
        elif word.text in ("»", "”") and opening is not None:
            speech = range(opening + 1, word.index)
            if any(sentence.words[i].tag.pos == "VERB" for i in speech):
                inside.update(speech)
            opening = None
    if opening is not None:  # speech that goes on in the next sentence
        inside.update(range(opening + 1, len(sentence.words)))
    return frozenset(inside)
