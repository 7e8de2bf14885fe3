"""Where the portfolio after a post's noun ends: «водного хозяйства и ирригации», «по Центральной Азии», «войсками».

Each function takes the index of the first word after the noun (or after the complement before) and gives the index
after the last word of the portfolio; that same index where there is none.
"""

from __future__ import annotations

from collections.abc import Sequence

from diplograph.extract.declension import given_genders
from diplograph.extract.document import Word
from diplograph.extract.forms import fold
from diplograph.extract.post_words import honours, post_forms, post_table, region_nouns, title_adjectives, words_of
from diplograph.extract.surroundings import Around
from diplograph.morphology import parses

#: «по связям с общественностью»: nouns whose complement is «с …».
_WITH = frozenset(["отношениям", "связям", "сотрудничеству", "взаимодействию", "борьбе", "работе"])
_ORGANS = ("наблюдательн", "попечительск", "учен", "экспертн", "консультативн")


def organ(around: Around, index: int) -> int:
    """«председатель совета директоров», «член наблюдательного совета»."""
    words, end = around.words, index
    if words[end].low.startswith(_ORGANS):
        end += 1
    if end < len(words) and words[end].low in ("совета", "правления", "коллегии", "президиума"):
        follows = words[end + 1].low if end + 1 < len(words) else ""
        if follows in ("директоров", "управляющих", "попечителей", "старейшин"):
            return end + 2
        return end + 1 if end > index or words[end].low != "совета" else index
    return index


def commanded(around: Around, index: int) -> int:
    """«командующий войсками на востоке»."""
    words, end = around.words, index
    while (
        end < len(words)
        and end not in around.people
        and end not in around.in_organization
        and words[end].tag.pos in ("NOUN", "ADJ")
        and (words[end].case == "Ins" or (end > index and words[end].case == "Gen"))
        and words[end].low not in post_table()
        and words[end].low not in honours()
    ):
        end += 1
    if end > index and end + 1 < len(words) and words[end].low == "на":
        end += 2 if words[end + 1].low in ("востоке", "западе", "севере", "юге") else 0
    return end


def after_po(around: Around, index: int, *, stateless: bool) -> int:
    """«по двусторонним отношениям»: `index` is at «по»; of a `stateless` post a last state is whom it acts for."""
    words, end = around.words, index + 1
    while end < len(words):
        word = words[end]
        if end in around.people or end in around.organization_at or word.tag.pos in ("PUNCT", "ADP", "PRON"):
            break
        if word.low in post_table() and end > index + 1:
            break
        before = words[end - 1]
        if (
            word.is_title
            and before.is_title
            and before.tag.pos != "ADJ"
            and end > index + 1
            and end not in around.entity_at
        ):
            break  # «директор по Евразии Имя Фамилия»
        entity = around.entity_at.get(end)
        if entity is not None and entity.kind == "state" and stateless and end > index + 2 and word.case == "Gen":
            break  # «советник по безопасности Мали»
        if word.text == "и" and not (end + 1 < len(words) and words[end + 1].case in ("Dat", "Gen")):
            break
        if word.tag.pos not in ("NOUN", "PROPN", "ADJ", "X", "CCONJ", "NUM") and not _participle(word):
            break
        end += 1
    if end < len(words) and words[end].low in ("с", "со") and words[end - 1].low in _WITH:
        with_end = end + 1  # «по отношениям с государствами»
        while (
            with_end < len(words)
            and words[with_end].case == "Ins"
            and words[with_end].tag.pos in ("NOUN", "ADJ")
            and with_end not in around.people
            and words[with_end].low not in post_table()
        ):
            with_end += 1
        end = with_end if with_end > end + 1 else end
    return end if end > index + 1 and words[index + 1].case in ("Dat", "Loc") else index


def genitives(around: Around, index: int) -> int:
    """Genitive nouns with their adjectives, «и» and commas between them: «водного хозяйства и ирригации»."""
    words, end = around.words, index
    while end < len(words):
        word = words[end]
        if end in around.people or word.low in post_table() or word.low in honours() or end in around.organization_at:
            break
        entity = around.entity_at.get(end)
        if entity is not None and entity.kind in ("state", "organization", "place"):
            break
        if (
            entity is not None
            and entity.kind == "adjective"
            and any(w.low in post_table() for w in words[end + 1 : end + 2])
        ):
            break
        region = end == index and word.low in region_nouns() and word.case in ("Loc", "Dat")  # «Аким области»
        if (
            (word.tag.pos in ("NOUN", "ADJ", "PROPN", "X") or _participle(word)) and (word.case == "Gen" or region)
        ) or (word.text in ("и", ",") and end > index and _joins(around, end)):
            end += 1
        elif word.text in '«»"' and end > index and (closing := _quoted(around, end)):
            end = closing
        else:
            break
    while end > index and words[end - 1].text in (",", "и"):
        end -= 1
    return _without_next_post(around, index, _with_region(around, index, end))


def _participle(word: Word) -> bool:
    """«окружающей среды», «развивающихся стран»: an adjective that the tagger takes for a verb."""
    return word.tag.pos == "VERB" and word.case is not None


def _with_region(around: Around, index: int, end: int) -> int:
    """«района Отрадное»: the capitalised words after the noun of a region."""
    words = around.words
    if end > index and words[end - 1].low in region_nouns():
        while (
            end < len(words)
            and end not in around.people
            and words[end].is_title
            and end not in around.entity_at
            and end not in around.in_organization
            and words[end].case in ("Nom", "Gen", None)
            and not given_genders(words[end].text)  # «аким области Имя Фамилия»
        ):
            end += 1
    return end


def _without_next_post(around: Around, index: int, end: int) -> int:
    """Without the adjectives of a post that follows."""
    words = around.words
    if end < len(words) and (words[end].low in post_forms() or words[end].low in title_adjectives()):
        while end > index and words[end - 1].tag.pos == "ADJ":
            end -= 1
    return end


def _joins(around: Around, index: int) -> bool:
    words = around.words
    if index + 1 >= len(words):
        return False
    after = words[index + 1]
    if after.tag.pos not in ("NOUN", "ADJ", "PROPN") or after.case != "Gen" or _opens_post(around, index + 1):
        return False
    if index + 1 in around.people or index + 1 in around.organization_at:
        return False
    if words[index].text == ",":
        ahead = words[index + 1 : index + 6]
        return any(w.text == "и" for w in ahead) and not any(
            w.tag.pos == "VERB" or w.low in post_table() for w in ahead
        )
    return True


def _opens_post(around: Around, index: int) -> bool:
    """Whether another post begins here: «… и генеральный директор», but not «… и технического надзора»."""
    words = around.words
    while index < len(words) and words[index].low in title_adjectives():
        index += 1
    return index < len(words) and words[index].low in post_table()


def _quoted(around: Around, index: int) -> int:
    """The index after a quotation that opens here; 0 for none."""
    words = around.words
    if words[index].text not in ("«", '"'):
        return 0
    return next((w.index + 1 for w in words[index + 1 : index + 10] if w.text in ("»", '"')), 0)


def genitive_singular(text: str, gender: str | None = None) -> str:
    """The genitive singular of a noun or, with the gender of its noun, of an adjective; other words as they are."""
    # «судов» is of courts before it is of ships
    likeliest = sorted(parses(text), key=lambda parse: fold(parse.normal_form) not in words_of("each"))
    for parse in likeliest:
        wanted = {"gent", "sing"} | ({gender} if gender and parse.tag.POS in ("ADJF", "PRTF") else set())
        form = parse.inflect(wanted) if parse.tag.POS in ("NOUN", "ADJF", "PRTF") else None
        if form is not None:
            return str(form.word)
    return text


def one_each(words: Sequence[Word], first: int, end: int) -> dict[int, str]:
    """The words of a portfolio in the singular where each holder has one: «председатели верховных судов»."""
    heads = [i for i in range(first, end) if words[i].tag.pos == "NOUN"]
    if not heads or words[heads[0]].low not in words_of("each") or words[heads[0]].tag.number != "Plur":
        return {}
    noun = words[heads[0]].text
    gender = next((p.tag.gender for p in parses(noun) if p.tag.POS == "NOUN" and "plur" in p.tag), None)
    return {i: genitive_singular(words[i].text, gender) if i <= heads[0] else words[i].text for i in range(first, end)}


def see_of(head: Word, word: Word) -> str | None:
    """«архиепископ Люблянский»: the adjective of a see, in the nominative; None for another word."""
    if not word.is_title:
        return None
    adjective = next((p for p in parses(word.text) if p.tag.POS == "ADJF"), None)
    if adjective is None or ((word.case, head.case).count(None) == 0 and word.case != head.case):
        return None
    form = adjective.inflect({"nomn", "sing", "masc"})
    return word.text[:1] + str(form.word)[1:] if form is not None else None


def nominative_plural(text: str) -> str:
    """The nominative plural of a noun or adjective; other words as they are."""
    for parse in parses(text):
        form = parse.inflect({"nomn", "plur"}) if parse.tag.POS in ("NOUN", "ADJF") else None
        if form is not None:
            return str(form.word)
    return text
