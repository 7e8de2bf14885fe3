"""Dictionary forms of Russian words."""

from __future__ import annotations

import pytest

from diplograph.extract.forms import fold, heads, nominative_parse, verb_forms, word_forms
from diplograph.morphology import analyzer, parses

CASE_FORMS = """
посол = посол посла послу послом после послы послов послам послами послах
глава = глава главы главе главу главой
Сейм = сейм сейма сейму сеймом сейме
Эр-Рияд = эр-рияд эр-рияда эр-рияду эр-риядом эр-рияде
Претория = претория претории преторию преторией
Актау = актау
Баку = баку
финский = финский финского финскому финским финском финская финской финскую финские финских финскими
"""

HEADS = """
посол = 1
Генеральная Ассамблея = 2
Шанхайская организация сотрудничества = 2
Совет Европы = 1
"""


@pytest.mark.parametrize("word", ["посол", "ЮНЕСКО", "Жолбарысов", "ъыъ", "12", "«", "Brexit"])
def test_every_word_has_a_parse(word: str) -> None:
    assert parses(word)


def test_there_is_one_analyser() -> None:
    assert analyzer() is analyzer()


@pytest.mark.parametrize("line", CASE_FORMS.strip().splitlines())
def test_the_case_forms_of_a_word(line: str) -> None:
    word, _, expected = line.partition(" = ")
    assert set(expected.split()) <= word_forms(word)


def test_forms_of_one_number() -> None:
    assert "министры" in word_forms("министр")
    assert "министры" not in word_forms("министр", number="sing")
    assert {"афины", "афинах"} <= word_forms("Афины", number="sing")


@pytest.mark.parametrize("word", ["в", "и", "Мин", "123"])
def test_what_does_not_inflect_has_itself(word: str) -> None:
    assert fold(word) in word_forms(word)


@pytest.mark.parametrize("line", HEADS.strip().splitlines())
def test_how_many_leading_words_inflect(line: str) -> None:
    phrase, _, expected = line.partition(" = ")
    assert heads(tuple(phrase.split())) == int(expected)


def test_the_forms_of_a_verb() -> None:
    forms = verb_forms("встретиться")
    assert {"встретиться", "встретился", "встретятся", "встретившись"} <= forms
    assert "встреча" not in forms


def test_a_word_that_is_no_verb_has_itself() -> None:
    assert verb_forms("Посол") == {"посол"}


def test_a_nominative_is_asked_for_by_part_of_speech() -> None:
    assert nominative_parse("посол").tag.POS == "NOUN"  # type: ignore[union-attr]
    assert nominative_parse("уже") is None
    assert nominative_parse("посол", "ADJF") is None
