"""The name of an organisation in the nominative."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from diplograph.extract.document import Word
from diplograph.morphology import parses


def nominative(words: Sequence[Word], first: int, head: int, end: int) -> str:
    """The name ``first … end-1`` with its adjectives and its head noun in the nominative singular."""
    gender = None
    out: list[tuple[str, Word]] = []
    noun = words[head]
    for parse in parses(noun.text):
        if parse.tag.POS == "NOUN" and "sing" in parse.tag and parse.tag.gender:
            gender = parse.tag.gender
            break
    for index in range(first, end):
        word = words[index]
        text = word.text
        glossed = index == head + 2 and words[head + 1].text == "("
        if (index <= head or glossed) and (word.case != "Nom" or glossed):
            text = word.text if word.text.isupper() else _inflected(text, gender if index < head else None)
        out.append((text, word))
    return joined(out)


def joined(out: Sequence[tuple[str, Word]]) -> str:
    """Words with the spaces that stood between them."""
    pieces = [out[0][0]]
    for (_, before), (text, word) in pairwise(out):
        pieces.append(" " * (word.span.start - before.span.end) + text if word.span.start > before.span.end else text)
    return "".join(pieces)


def _inflected(text: str, gender: str | None) -> str:
    """The nominative singular of one word, with its capitals; the word itself where the dictionary has none."""
    first, dash, last = text.rpartition("-")
    if dash and last[:1].islower() and first[-1:] in ("о", "е"):  # «казахско-египетской»: the last part inflects
        return first + dash + _inflected(last, gender)
    for parse in parses(text):
        tag = parse.tag
        if tag.POS not in ("NOUN", "ADJF", "PRTF") or "Name" in tag or "Surn" in tag:
            continue
        wanted = {"nomn", "sing"}
        if gender and tag.POS != "NOUN":
            wanted.add(gender)
        form = parse.inflect(wanted)
        if form is None or form.word[:2] != parse.word[:2]:
            continue
        if "Fixd" in tag or "Abbr" in tag:
            return text
        return _recased(form.word, text)
    return text


def _recased(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
