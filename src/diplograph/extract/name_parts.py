"""The parts of a personal name in Russian spelling: which word is the surname, and who may share a name.

Everything here takes nominatives, unless it says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from diplograph.extract.declension import given_genders, is_surname
from diplograph.lexicon import words as table

_INITIALS = re.compile(r"(?:[А-ЯЁӘІҢҒҮҰҚӨҺ][а-яё]?\.-?)+|[А-ЯЁ]")
_INITIAL = re.compile(r"([А-ЯЁӘІҢҒҮҰҚӨҺ][а-яё]?)\.?")
_CYRILLIC = re.compile(r"[а-яёәіңғүұқөһ’'ʼ]+", re.IGNORECASE)
#: Palladius: a syllable of standard Chinese; ъ parts two of them.
_CHINESE = re.compile(
    r"(?:(?:чж|цз|[бпмфдтнлгкхцчшжсв])?"
    r"(?:уань?|уай|уа|уй|унь?|уо|юань|юнь?|юэ|юй|янь?|яо|инь?|иу|ань?|ай|ао|эй|энь?|эр|оу|[аеоуыэюяи])ъ?){1,2}",
    re.IGNORECASE,
)
_ONE_VOWEL = re.compile(r"[^аеёиоуыэюя]*[аеёиоуыэюя]{1,2}[^аеёиоуыэюя]*", re.IGNORECASE)
_LAST_ENDING = re.compile(r"(ом|ем|а|у|я|ю|е)$")


def is_fixed(piece: str, *, before_hyphen: bool, first: bool) -> bool:
    """Whether a piece of a name, in any case, never changes: initials, particles, what is not Cyrillic."""
    return (
        _INITIALS.fullmatch(piece) is not None
        or _CYRILLIC.fullmatch(piece) is None
        or _is_particle(piece, before_hyphen=before_hyphen, first=first)
    )


def is_fathers_genitive(piece: str) -> bool:
    """Whether a word opens a Mongolian name with the father's, as «Лувсанцэрэнгийн» does; it seldom declines."""
    return piece.lower().endswith(tuple(table("ru", "names")["fathers"]["ends"]))


def family_first(words: Sequence[str]) -> bool:
    """Whether this is a Chinese, Korean or Vietnamese name, whose first word is the family's.

    The last word may be declined; only it is then.
    """
    chinese, korean, vietnamese = _families()
    if len(words) < 2:
        return False
    first, *rest = words
    if first in vietnamese and len(words) > 2:
        return True
    if first in chinese and len(rest) == 1:
        stem = _LAST_ENDING.sub("", rest[0])
        if any(_CHINESE.fullmatch(given) for given in (rest[0], stem, stem + "ь", stem + "й")):
            return True
    syllables = [piece for word in rest for piece in word.split("-")]
    return (
        first in korean | chinese
        and len(syllables) == 2
        and _ONE_VOWEL.fullmatch(syllables[0]) is not None
        and any(_ONE_VOWEL.fullmatch(given) for given in (syllables[1], _LAST_ENDING.sub("", syllables[1])))
    )


def given_name_first(words: Sequence[str]) -> tuple[str, ...]:
    """The words in the order given name, patronymic, surname; as they are where that is not certain.

    >>> given_name_first(["Иванов", "Петр", "Сергеевич"])
    ('Петр', 'Сергеевич', 'Иванов')
    >>> given_name_first(["Гао", "Шивэнь"])
    ('Гао', 'Шивэнь')
    """
    words = tuple(words)
    if len(words) < 2 or family_first(words) or _INITIALS.fullmatch(words[0]):
        return words
    head = 0
    while head < len(words) and not _INITIALS.fullmatch(words[head]):
        head += 1
    if 0 < head < len(words) and all(_INITIALS.fullmatch(word) for word in words[head:]):
        return (*words[head:], *words[:head])  # Токаев К.К.
    if len(words) == 3 and _is_patronymic(words[2]) and not _is_patronymic(words[1]) and not given_genders(words[0]):
        return (words[1], words[2], words[0])
    if len(words) == 4 and words[3].lower() in table("ru", "names")["patronymic"]["after_words"]:
        shape = _surname_shape(words[0])
        return (*words[1:], words[0]) if shape and not given_genders(words[0]) else words
    if len(words) == 2 and _surname_stands_first(*words):
        return (words[1], words[0])
    return words


def surname(name: str) -> str:
    """The surname with its particles; the whole name if it is one word.

    >>> surname("Насер аль-Хатиб"), surname("Ян ван дер Хейден"), surname("Гао Шивэнь"), surname("К. К. Токаев")
    ('аль-Хатиб', 'ван дер Хейден', 'Гао', 'Токаев')
    """
    words = given_name_first(name.split())
    if not words:
        return name
    if family_first(words):
        return words[0]
    start = len(words) - 1
    while start > 1 and words[start].lower() in table("ru", "names")["particles"]["after"]:
        start -= 1
    while start > 1 and _is_particle(words[start - 1], before_hyphen=False, first=False):
        if words[start - 1].lower() in table("ru", "names")["particles"]["after"]:
            break  # Гейдар оглы Мамедов
        start -= 1
    return " ".join(words[start:])


def initials(name: str) -> str:
    """The name with its given names cut to initials; East Asian names and single words stay whole.

    >>> initials("Касым-Жомарт Кемелевич Токаев"), initials("Гао Шивэнь")
    ('К.-Ж. К. Токаев', 'Гао Шивэнь')
    """
    words = given_name_first(name.split())
    family = surname(name)
    if family_first(words) or " ".join(words) == family:
        return name
    given = words[: len(words) - len(family.split())]
    short = [
        word if _INITIALS.fullmatch(word) else "-".join(f"{part[0]}." for part in word.split("-"))
        for word in given
        if not _is_particle(word, before_hyphen=False, first=False)
    ]
    return " ".join([*short, family])


def compatible(a: str, b: str) -> bool:
    """Whether two nominative names inside one text may be one person's; symmetric.

    One may leave out given names, patronymics, particles or half of a double surname, or have initials for them.
    A given name alone says nothing.

    >>> compatible("А. Гинтила", "Аудрюс Гинтила"), compatible("Гао", "Гао Шивэнь"), compatible("Сомов", "Сомова")
    (True, True, False)
    """
    first, second = _bare(a), _bare(b)
    if sorted(first) == sorted(second):
        return True
    if not first or not second:
        return False
    if _opens_with_family(a) or _opens_with_family(b):
        short, long = sorted((first, second), key=len)
        return len(short) == 1 and short[0] == long[0]
    if not any(_same_family(x, y) for x in _family_words(first) for y in _family_words(second)):
        return False
    short, long = sorted((_given_words(first), _given_words(second)), key=len)
    rest = iter(long)
    return all(any(_same_given(word, other) for other in rest) for word in short)


@lru_cache(maxsize=20_000)
def _opens_with_family(name: str) -> bool:
    return family_first(name.split())


@lru_cache(maxsize=20_000)
def _bare(name: str) -> tuple[str, ...]:
    """The words that tell people apart: lower case, ё as е, no particles, initials one by one, given name first."""
    words = given_name_first(name.split())
    pieces: list[str] = []
    for i, word in enumerate(words):
        if _INITIALS.fullmatch(word):
            pieces += (f"{letter.lower()}." for letter in _INITIAL.findall(word))
            continue
        parts = word.split("-")
        kept = [
            part
            for j, part in enumerate(parts)
            if not _is_particle(part, before_hyphen=j < len(parts) - 1, first=i == 0 and j == 0)
        ]
        if kept:
            pieces.append("-".join(kept).lower().replace("ё", "е").replace("ʼ", "’").replace("'", "’"))
    return tuple(pieces)


def _family_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that may be the surname: the last, and the one before it in a name of four (Spanish)."""
    return words[-1:] if len(words) < 4 else words[-2:]


def _given_words(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[:-1]


def _same_family(a: str, b: str) -> bool:
    return a == b or (a in b.split("-") or b in a.split("-"))


def _same_given(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return a == b or (short.endswith(".") and long.startswith(short[:-1])) or short in long.split("-")


def _surname_stands_first(first: str, second: str) -> bool:
    if given_genders(first) or _surname_shape(second) or _INITIALS.fullmatch(first):
        return False
    if second.lower().endswith(tuple(table("ru", "names")["surname"]["weak_ends"])):
        return False
    strong = first.lower().endswith(tuple(table("ru", "names")["surname"]["ends"]))
    return strong or (bool(given_genders(second)) and _surname_shape(first) and not is_surname(second))


def _surname_shape(word: str) -> bool:
    ends = table("ru", "names")["surname"]
    last = word.lower().rsplit("-", 1)[-1]
    return last.endswith((*ends["ends"], *ends["weak_ends"])) and len(last) > 4 and not given_genders(last)


def _is_patronymic(word: str) -> bool:
    return word.lower().endswith(tuple(table("ru", "names")["patronymic"]["ends"]))


def _is_particle(piece: str, *, before_hyphen: bool, first: bool) -> bool:
    particles = table("ru", "names")["particles"]
    low = piece.lower()
    if low not in _particles():
        return False
    return piece.islower() or before_hyphen or (low not in particles["lower_only"] and not first)


@cache
def _particles() -> frozenset[str]:
    return frozenset(table("ru", "names")["particles"]["words"])


@cache
def _families() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    families = table("ru", "names")["family_first"]
    return frozenset(families["chinese"]), frozenset(families["korean"]), frozenset(families["vietnamese"])
