"""Names of persons in a sentence, as word ranges.

The name tagger finds nearly all of them; here its spans lose ranks and gain particles, lower-case patronymic suffixes
and syllables that it cut off, and a name that it overlooked after a post is added.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from diplograph.extract.declension import cases_of_given, given_genders, readings
from diplograph.extract.document import ParsedSentence, Word
from diplograph.extract.entities import Entity
from diplograph.extract.forms import ends_in_vowel, fold
from diplograph.extract.name_parts import family_first
from diplograph.extract.organization_words import head_kind
from diplograph.extract.post_words import (
    after_honours,
    honours,
    named_regions,
    post_forms,
    post_table,
    region_nouns,
    title_adjectives,
    words_of,
)
from diplograph.extract.posts import PostPhrase
from diplograph.lexicon import words
from diplograph.morphology import parses

#: How a name in the instrumental ends, as far as it shows.
_INSTRUMENTAL = ("ом", "ем", "ым", "им", "ой", "ей")
_ABBREVIATED = re.compile(r"[а-яё][А-ЯЁ]{2,}$")


@cache
def _particles() -> frozenset[str]:
    return frozenset(words("ru", "persons")["particles"]["inside"])


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(words("ru", "persons")["suffixes"]["after"])


@cache
def _not_names() -> frozenset[str]:
    return frozenset(words("ru", "persons")["never"]["words"])


def find_people(sentence: ParsedSentence, entities: tuple[Entity, ...] = ()) -> tuple[tuple[int, int], ...]:
    """The word ranges ``(first, end)`` of persons' names, left to right, without overlaps."""
    found: list[tuple[int, int]] = []
    for first, end, kind in sentence.names:
        if kind != "PER" or any(e.first <= first and end <= e.end for e in entities):
            continue
        first = max([first, *(e.end for e in entities if e.first <= first < e.end)])
        if found and first < found[-1][1]:
            if end > found[-1][1]:  # «Вилма | дас Дорес Сантана»: a particle joined what the tagger cut
                found[-1] = (found[-1][0], end)
            continue
        first, end = _trimmed(sentence.words, first, end)
        first = _after_body(sentence.words, first, end)
        if first >= end or _is_region(sentence, first, end) or _gives_a_name(sentence.words, first):
            continue
        end = _extended(sentence.words, end)
        first = max([_extended_left(sentence, first, entities), *(e for _, e in found[-1:])])
        if first and sentence.words[first - 1].low in region_nouns() and sentence.words[first].low in named_regions():
            first += 1  # «аким области Абай Имя Фамилия»
        if found and (found[-1][1] == first):
            found[-1] = (found[-1][0], end)
            continue
        found.append((first, end))
    return tuple(found)


def _gives_a_name(sentence_words: tuple[Word, ...], first: int) -> bool:
    """«университет имени А», «имени М. А»: somebody whose name a thing bears."""
    before = [w.low for w in sentence_words[max(0, first - 2) : first]]
    return before[-1:] == ["имени"] or before == ["им", "."] or before[-1:] == ["им."]


def _is_region(sentence: ParsedSentence, first: int, end: int) -> bool:
    """«провинции Западный Кейп», then a person: what the tagger took for a person is the province."""
    followed = any(kind == "PER" and start == end for start, _, kind in sentence.names)
    return followed and first > 0 and sentence.words[first - 1].low in region_nouns()


def surname_mentions(
    sentence: ParsedSentence, people: tuple[tuple[int, int], ...], stems: frozenset[str], taken: frozenset[int]
) -> tuple[tuple[int, int], ...]:
    """Bare surnames that the tagger missed: capitalised words that begin like a surname named in full elsewhere.

    `stems` are folded beginnings (see `surname_stem`), `taken` the words of known names; initials before go along.
    """
    inside = taken | {i for first, end in people for i in range(first, end)}
    found = []
    for word in sentence.words:
        if word.index in inside or not _begins_with_capital(word) or surname_stem(word.text) not in stems:
            continue
        first = word.index
        while first >= 2 and sentence.words[first - 1].text == "." and len(sentence.words[first - 2].text) == 1:
            first -= 2
        found.append((first, word.index + 1))
    return tuple(found)


def _begins_with_capital(word: Word) -> bool:
    """«Джубури», «аль-Джубури»."""
    particle, _, rest = word.text.partition("-")
    return word.is_title or (particle in _particles() and rest[:1].isupper())


def subjects_apart(
    sentence: ParsedSentence, people: tuple[tuple[int, int], ...], named: Mapping[str, set[str]]
) -> tuple[tuple[int, int], ...]:
    """«с президентом Петром Ивановым Сидоров говорил»: somebody else, or his surname, right behind a name.

    `named` tells how the full names with a surname begin.
    """
    apart: list[tuple[int, int]] = []
    for first, end in people:
        name = sentence.words[first:end]
        own = {fold(word.text)[:3] for word in name}
        others = named.get(surname_stem(name[-1].text), set()) - {fold(name[0].text)[:3]}
        if _are_two_names(name):
            apart += [(first, first + 2), (first + 2, end)]
        elif len(name) > 2 and is_spelt_out(name) and others and not others & own:
            apart += [(first, end - 1), (end - 1, end)]
        else:
            apart.append((first, end))
    return tuple(apart)


def _are_two_names(name: Sequence[Word]) -> bool:
    """«Виктора Мороза Павел Гай», «Майи Санду Ионом Чебану»: the third word begins a name in another case."""
    if len(name) < 3 or not is_spelt_out(name) or (len(name) == 3 and is_given_form(name[1].text)):
        return False
    cases, following = cases_of_given(name[0].text), cases_of_given(name[2].text)
    unlike = bool(following) and not cases & following
    upright = len(name) > 3 and cases <= {"gen", "acc"} and not any(ends_in_vowel(word.low) for word in name[2:])
    return bool(cases) and (unlike or upright)


def is_spelt_out(name: Sequence[Word]) -> bool:
    """Whether a name is two words or more, none of them an initial, a particle or a mark."""
    return len(name) > 1 and all(
        len(word.text) > 1 and word.text.replace("-", "").isalpha() and word.low not in _particles() for word in name
    )


def superiors_apart(
    sentence: ParsedSentence, people: tuple[tuple[int, int], ...], stems: frozenset[str]
) -> tuple[tuple[int, int], ...]:
    """«помощник Абдуллаева Имя Фамилия»: the surname of somebody named in full elsewhere is another person's."""
    apart: list[tuple[int, int]] = []
    for first, end in people:
        before = post_table().get(sentence.words[first - 1].low) if first else None
        if (
            end - first > 2
            and before
            and before[0] in words_of("aide")
            and surname_stem(sentence.words[first].text) in stems
        ):
            apart += [(first, first + 1), (first + 1, end)]
        else:
            apart.append((first, end))
    return tuple(apart)


def surname_stem(word: str) -> str:
    """What all case forms of a surname share: «Вельяминова» and «Вельяминовым» → «вельямино»; short names whole."""
    low = fold(word)
    return (
        re.sub(r"(ыми|ими|ого|его|ому|ему|ой|ей|ым|им|ом|ем|ую|юю|ая|яя|ых|их|а|я|у|ю|ы|и|е|ь|й)$", "", low)
        if len(low) > 4
        else low
    )


def overlooked(
    sentence: ParsedSentence,
    people: tuple[tuple[int, int], ...],
    posts: tuple[PostPhrase, ...],
    entities: tuple[Entity, ...],
) -> tuple[tuple[int, int], ...]:
    """Names right after a singular post that the tagger missed: two or more capitalised words, none known."""
    taken = {i for first, end in people for i in range(first, end)}
    taken |= {i for e in entities for i in range(e.first, e.end) if e.kind != "place"}
    more = []
    for post in posts:
        first = after_honours(sentence.words, post.end)
        if first < len(sentence.words) and _ABBREVIATED.search(sentence.words[first].text):
            first += 1  # «декан факультета КазНУ Имя Фамилия»
        end = first
        while end < len(sentence.words) and end not in taken and _name_like(sentence.words[end], last=end > first):
            end += 1
        if end - first >= 2 and not post.plural:
            more.append((first, end))
            taken.update(range(first, end))
    if any(post.plural for post in posts):
        more += _in_brackets(sentence, entities, taken)
    return tuple(more)


def _in_brackets(sentence: ParsedSentence, entities: tuple[Entity, ...], taken: set[int]) -> list[tuple[int, int]]:
    """«послы Индии (А), Чили (Б)»: two or more capitalised words alone in brackets after a state."""
    found = []
    states = {e.end for e in entities if e.kind == "state"}
    for first in sorted(i + 1 for i in states if i < len(sentence.words) and sentence.words[i].text == "("):
        end = first
        while end < len(sentence.words) and end not in taken and _name_like(sentence.words[end], last=end > first):
            end += 1
        if end - first >= 2 and end < len(sentence.words) and sentence.words[end].text == ")":
            found.append((first, end))
    return found


def _name_like(word: Word, *, last: bool) -> bool:
    if last and word.low in _particles() | _suffixes():
        return True
    return (
        word.is_title
        and word.text[:1].isalpha()
        and word.low not in post_forms()
        and not (word.text.isupper() and len(word.text) > 1)
    )


def _trimmed(sentence_words: tuple[Word, ...], first: int, end: int) -> tuple[int, int]:
    while first < end:
        word = sentence_words[first]
        common = word.low in honours() or word.low in post_forms()
        after_post = first > 0 and sentence_words[first - 1].low in post_forms()
        if after_post and head_kind(word.low) is not None and end - first > 1:  # «премьер Госсовета Имя»
            first += 1
            continue
        if end - first > 1 and _ABBREVIATED.search(word.text):  # «декан факультета КазНУ Имя Фамилия»
            first += 1
            continue
        if first == 0 and _is_no_name(word.low):
            first += 1  # «Наутро Иванов уехал», «Ужинал министр дома»
            continue
        ranked = word.low in honours() and end - first > 2
        titled = word.low in post_forms() and (end - first > 2 or (after_post and end - first > 1))
        if (
            ranked
            or (titled and word.low not in words_of("royal"))
            or (common and (first == 0 or not word.is_title))
            or word.low in _not_names()
            or not any(map(str.isalpha, word.text))
        ):
            first += 1
            continue
        break
    while (
        end > first + 1
        and not any(map(str.isalpha, sentence_words[end - 1].text))
        and len(sentence_words[end - 2].text) > 1
    ):
        end -= 1
    if end == first + 1 and _is_title_alone(sentence_words, first):
        return first, first
    return first, end


@cache
def _is_no_name(low: str) -> bool:
    """Whether a word that opens a sentence can only be an adverb or a verb."""
    return all(parse.tag.POS in ("ADVB", "VERB", "GRND") for parse in parses(low)) and not given_genders(low)


def _is_title_alone(sentence_words: tuple[Word, ...], index: int) -> bool:
    """«Поверенный в делах», «заместитель Министра Имя»: one word, a title that the tagger took for a surname."""
    word = sentence_words[index]
    if word.low in _not_names() or _ABBREVIATED.search(word.text):
        return True
    if word.low not in post_forms() or word.low in words_of("royal"):
        return False
    before = sentence_words[index - 1].low if index else ""
    after = sentence_words[index + 1] if index + 1 < len(sentence_words) else word
    return before in post_forms() or before in title_adjectives() or after.is_title or after.low == "в"


def _after_body(sentence_words: tuple[Word, ...], first: int, end: int) -> int:
    """Where the name begins after a body that the tagger took along.

    «председатель Жокаргы Кенеса … Имя Фамилия», «ректор университета Кёнбук О Сан Хи», «директор порта Поти А Б».
    """
    for index in range(end - 2, first - 1, -1):
        if head_kind(sentence_words[index].low) is not None and sentence_words[index].is_title and index > first:
            return index + 1
    before = sentence_words[first - 1] if first else None
    in_honour = any(w.low in ("имени", "им") for w in sentence_words[max(0, first - 4) : first])
    if in_honour and end - first > 2 and _is_instrumental_from(sentence_words[first:end], 1):
        return first + 1  # «с ректором университета имени А. Иванова Петром Сидоровым»
    named = before is not None and (head_kind(before.low) is not None or before.low in region_nouns())
    if before is None or not named or before.case == "Nom":
        return first
    texts = [w.text for w in sentence_words[first:end]]
    if _is_instrumental_from(sentence_words[first:end], 1):
        return first if family_first(texts) else first + 1  # «с губернатором провинции Ваддай Башаром Саинди»
    if len(texts) < 3 or is_given_form(texts[0]) or family_first(texts):
        return first
    return first + 1 if is_given_form(texts[1]) or family_first(texts[1:]) else first


def _is_instrumental_from(name: tuple[Word, ...], index: int) -> bool:
    """«Ваддай Башаром Саинди»: three words or more, in the instrumental from one of them on."""
    return (
        len(name) > 2
        and name[index].low.endswith(_INSTRUMENTAL)
        and not any(word.low.endswith(_INSTRUMENTAL) for word in name[:index])
    )


def is_given_form(word: str) -> bool:
    """Whether a word may be a case form of a given name that we know."""
    return any(given_genders(reading.nominative) for reading in readings(word))


def _extended_left(sentence: ParsedSentence, first: int, entities: tuple[Entity, ...]) -> int:
    """A given name that the tagger left out: capitalised, inside the sentence, in the same oblique case."""
    if first < 2 or any(start < first <= end for start, end, kind in sentence.names if kind != "PER"):
        return first
    before, word = sentence.words[first - 1], sentence.words[first]
    known = (
        any(e.first <= before.index < e.end for e in entities) or before.low in post_forms() or before.low in honours()
    )
    proper = (
        before.is_title
        and before.text.replace("-", "").isalpha()
        and not before.text.isupper()
        and before.tag.pos in ("PROPN", "X")
    )
    agrees = before.case == word.case and (before.case in ("Ins", "Dat") or bool(given_genders(before.text)))
    return first - 1 if proper and not known and agrees else first


def _extended(sentence_words: tuple[Word, ...], end: int) -> int:
    while end < len(sentence_words):
        word, before = sentence_words[end], sentence_words[end - 1]
        after = sentence_words[end + 1] if end + 1 < len(sentence_words) else None
        if word.low in _suffixes():
            end += 1
        elif (word.low in _particles() and after is not None and after.is_title) or (
            len(before.text) == 1 and word.text == "." and after is not None and after.is_title and after.text.isalpha()
        ):
            end += 2
        else:
            break
    return end
