"""All case forms of a Russian phrase, made once when a table is loaded.

Looking a form up costs nothing while a text is read; asking pymorphy3 for every word of it would cost more than the
taggers do.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from diplograph.morphology import parses

_CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")


def fold(word: str) -> str:
    """Lower case with ё as е: the key of every look-up."""
    return word.lower().replace("ё", "е")


def ends_in_vowel(word: str) -> bool:
    """Whether the last letter is a vowel: a man's name on none has an ending in every case but the nominative."""
    return word.lower().endswith(tuple("аеёиоуыэюя"))


@lru_cache(maxsize=20_000)
def nominative_parse(word: str, pos: str | None = None) -> Any | None:
    """The likeliest parse of a word that is given in the nominative, or None for a word that has none."""
    for parse in parses(word):
        tag = parse.tag
        if "nomn" in tag and (pos is None or pos == tag.POS):
            return parse
    return None


@lru_cache(maxsize=20_000)
def word_forms(word: str, *, number: str | None = None) -> frozenset[str]:
    """Every case form of a nominative noun or adjective, folded; of both numbers unless `number` says one.

    >>> "послом" in word_forms("посол"), "послы" in word_forms("посол", number="sing")
    (True, False)
    """
    base = nominative_parse(word)
    if base is None or "Fixd" in base.tag:
        return frozenset([fold(word)]) | _guessed(word)
    if base.tag.POS not in ("NOUN", "ADJF", "PRTF", "NUMR"):
        return frozenset([fold(word)])
    if number == "sing" and "plur" in base.tag:
        number = None  # «Афины»
    forms = {fold(form.word) for form in base.lexeme if number is None or number in form.tag or base.tag.POS != "NOUN"}
    if word.endswith("ь"):
        forms |= _guessed(word)  # the gender of a foreign name is a guess: «в Сиане»
    return frozenset(forms | {fold(word)})


def _guessed(word: str) -> frozenset[str]:
    """Regular endings for a name the dictionary takes for fixed: «Эр-Рияд»; none for one that ends in о, у, и, «уа»."""
    low = fold(word)
    if low.endswith(
        ("б", "в", "г", "д", "ж", "з", "к", "л", "м", "н", "п", "р", "с", "т", "ф", "х", "ц", "ч", "ш", "щ")
    ):
        return frozenset(low + ending for ending in ("а", "у", "ом", "ем", "е"))
    if low.endswith("ь"):
        return frozenset(low[:-1] + ending for ending in ("я", "ю", "ем", "е", "и", "ью"))
    if low.endswith("ия"):
        return frozenset(low[:-1] + ending for ending in ("и", "ю", "ей"))
    if low.endswith("й"):
        return frozenset(low[:-1] + ending for ending in ("я", "ю", "ем", "е"))
    if low.endswith("я"):
        return frozenset(low[:-1] + ending for ending in ("и", "е", "ю", "ей"))
    if low.endswith("а") and low[-2:-1] not in "аеиоуыэюя":
        genitive = "и" if low[-2:-1] in "гкхжчшщ" else "ы"
        return frozenset(low[:-1] + ending for ending in (genitive, "е", "у", "ой"))
    return frozenset()


def place_forms(word: str) -> frozenset[str]:
    """Every case form of a word of a place name, folded; the dictionary's, and the regular ones beside: «в Ростоке».

    >>> "бульбоаке" in place_forms("Бульбоака"), "гоа" in place_forms("Гоа")
    (True, True)
    """
    return word_forms(word, number="sing") | _guessed(word)


def heads(words: tuple[str, ...]) -> int:
    """How many leading words of a nominative phrase inflect: its adjectives and its first noun.

    >>> heads(("Шанхайская", "организация", "сотрудничества"))
    2
    """
    for index, word in enumerate(words):
        parse = nominative_parse(word)
        if parse is None:
            return max(index, 1)
        if parse.tag.POS == "NOUN":
            return index + 1
    return len(words)


@lru_cache(maxsize=20_000)
def verb_forms(infinitive: str) -> frozenset[str]:
    """Every form of a verb, participles and gerunds too, folded."""
    for parse in parses(infinitive):
        if parse.tag.POS == "INFN":
            return frozenset(fold(form.word) for form in parse.lexeme)
    return frozenset([fold(infinitive)])
