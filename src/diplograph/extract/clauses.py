"""Clauses of a sentence: runs of words around one finite verb, cut at marks and conjunctions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile

from diplograph.extract.document import ParsedSentence, Word
from diplograph.extract.encounter_words import PAST_ENDINGS, verb_forms_of
from diplograph.morphology import parses

#: Words that say when, in a clause without a verb.
_TIMES = frozenset(
    ["позже", "раньше", "накануне", "утром", "вечером", "днем", "назавтра", "затем", "потом", "понедельник"]
) | frozenset(["вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье"])
#: «…, чьё имя известно, …»
_WHOSE = frozenset(["чей", "чья", "чье", "чьи", "чьей", "чьего", "чьих", "чьим", "чьими", "чью"])
_MARKS = frozenset([",", ";", ":", "-", "–", "—", "(", ")"])


@dataclass(frozen=True, slots=True)
class Clause:
    """The words ``first … end-1`` of a sentence; `only` says that it is the whole sentence."""

    first: int
    end: int
    only: bool
    elliptic: bool = False  # «…, а днём позже в Каире — Б»: takes the verb of the clause before

    def contains_offset(self, sentence: ParsedSentence, offset: int) -> bool:
        """Whether the character at `offset` of the article lies in the clause."""
        return sentence.words[self.first].span.start <= offset < sentence.words[self.end - 1].span.end


@lru_cache(maxsize=8)  # every encounter of a sentence asks again
def clauses(sentence: ParsedSentence) -> tuple[Clause, ...]:
    """The clauses of a sentence, left to right; a piece without a finite verb belongs to the clause before it.

    Text in «…» is never cut.
    """
    words = sentence.words
    cuts, depth = [0], 0
    for word in words:
        if word.text in "«“":
            depth += 1
        elif word.text in "»”":
            depth = max(0, depth - 1)
        elif depth == 0 and word.text in _MARKS:
            cuts.append(word.index + 1)
        elif depth == 0 and _joins_clause(words, word.index, cuts[-1]):
            cuts.append(word.index)
    cuts.append(len(words))
    pieces = [(a, b) for a, b in pairwise(cuts) if b > a]
    joined: list[list[int]] = []
    elliptic: set[int] = set()
    people = frozenset(first for first, _, kind in sentence.names if kind == "PER")
    named = {i for first, end, kind in sentence.names if kind == "PER" for i in range(first, end)}
    has_verb = False
    for number, (first, end) in enumerate(pieces):
        verb = any(_finite(word) for word in words[first:end] if word.index not in named)  # «Чан Тхи Май Хыонг»
        if joined and has_verb and not verb and _opens_ellipsis(words, pieces, number, people):
            elliptic.add(first)
            joined.append([first, end])
        elif (
            joined
            and has_verb
            and not verb
            and (_contrasts(words, first, end) or _is_closed(words, joined[-1][0], first))
        ):
            joined.append([first, end])
            has_verb = False
        elif joined and verb and not has_verb and _is_inserted(words, first) and _verb_comes(words, end):
            joined[-1][1] = end  # «Собеседником посла, который …, оказался министр»
        elif joined and not (verb and has_verb):
            joined[-1][1] = end
            has_verb = has_verb or verb
        else:
            joined.append([first, end])
            has_verb = verb
    return tuple(Clause(first, end, len(joined) == 1, first in elliptic) for first, end in joined)


def inserted_words(sentence: ParsedSentence) -> frozenset[int]:
    """The words of «…, как сообщил А, …» and «…, пишет газета, …»: who says so, and nothing of what is said."""
    words = sentence.words
    inside: set[int] = set()
    for word in words:
        before = words[word.index - 1] if word.index else None
        if before is not None and before.text not in (",", "–", "—", "-"):
            continue
        run = list(takewhile(lambda w: w.text not in (",", "–", "—", "-", ":", ";"), words[word.index :]))
        if not run or run[-1].index + 2 >= len(words):
            continue
        tells = word.low in _WHOSE or (word.low in verb_forms_of("report") and _finite(word))
        if _tells_as(words, word.index) or (before is not None and tells):
            inside.update(w.index for w in run)
    return frozenset(inside)


def _tells_as(words: tuple[Word, ...], index: int) -> bool:
    return words[index].low == "как" and index + 1 < len(words) and _finite(words[index + 1])


def _joins_clause(words: tuple[Word, ...], index: int, start: int) -> bool:
    """Whether «и», «а», «но» opens a clause with a verb of its own.

    In «министр X и посол Y подписали» it joins two subjects of one verb, and opens none.
    """
    low = words[index].low
    if not index or low not in ("и", "а", "но") or not _verb_follows(words, index + 1):
        return False
    return low != "и" or any(_finite(word) for word in words[start:index])


def _is_closed(words: tuple[Word, ...], opening: int, end: int) -> bool:
    """«Как сообщает МИД, …», «…; …»: what follows has its verb still to come."""
    if words[opening].low == "как" and words[end - 1].text == ",":
        return True
    if words[end - 1].text != ";":
        return False
    rest = list(takewhile(lambda word: word.text != ";", words[end:]))
    return any(_finite(word) for word in rest)


def _contrasts(words: tuple[Word, ...], first: int, end: int) -> bool:
    """«…, тогда как его отец, А, возглавляет …»: another subject, whose verb is still to come."""
    return words[first].low in ("тогда", "хотя", "поскольку", "между") and _verb_comes(words, end)


def _is_relative(words: tuple[Word, ...], first: int) -> bool:
    return any(word.low.startswith("котор") or word.low in _WHOSE for word in words[first : first + 3])


def _is_inserted(words: tuple[Word, ...], first: int) -> bool:
    """«…, который …, …», «…, как сообщили в министерстве, …»: the main clause has its verb still to come."""
    return _is_relative(words, first) or words[first].low == "как" or words[first].low in verb_forms_of("report")


def _verb_comes(words: tuple[Word, ...], end: int) -> bool:
    """Whether the main clause goes on after a relative one: a verb before the next sentence mark."""
    rest = takewhile(lambda word: word.text not in (";", ":"), words[end:])
    return words[end - 1].text == "," and any(_finite(word) for word in rest)


def _opens_ellipsis(
    words: tuple[Word, ...], pieces: list[tuple[int, int]], number: int, people: frozenset[int]
) -> bool:
    """«днём позже в Каире — директор … Б»: a time or place, a dash, somebody, and no verb."""
    first, end = pieces[number]
    following = range(pieces[number + 1][0], pieces[number + 1][1]) if number + 1 < len(pieces) else range(0)
    named = any(index in people for index in range(first, end)) and not any(index in people for index in following)
    if words[first].low == "а" and named and words[end - 1].text in ("-", "–", "—") and end - first <= 16:
        return True  # «А обсудил с послом школы, а ректор Б – обмен преподавателями»
    if words[end - 1].text not in ("-", "–", "—") or end - first > 8 or number + 1 >= len(pieces):
        return False
    scene = words[first : end - 1]
    placed = any(a.low in ("в", "во") and b.is_title for a, b in pairwise(scene))
    timed = any(w.low in _TIMES or w.low.endswith("-го") or w.text.isdigit() for w in scene)
    following = range(pieces[number + 1][0], pieces[number + 1][1])
    return (placed or timed) and any(index in people for index in following)


def _finite(word: Word) -> bool:
    if word.tag.pos in ("VERB", "AUX") and word.tag.verb_form in ("Fin", None):
        return True
    if word.tag.pos in ("VERB", "ADJ") and word.tag.variant == "Short":
        return True  # «подписан», «намерены»
    # the tagger takes «завтракала» for a noun
    past = word.low.endswith(PAST_ENDINGS) and word.tag.pos in ("NOUN", "ADV", "X") and not word.is_title
    return past and all(parse.tag.POS == "VERB" for parse in parses(word.low))


def _verb_follows(words: tuple[Word, ...], index: int) -> bool:
    """Whether the piece after a conjunction has a finite verb of its own before the next mark."""
    for word in words[index : index + 14]:
        if word.text in _MARKS:
            return False
        if _finite(word):
            return True
    return False
