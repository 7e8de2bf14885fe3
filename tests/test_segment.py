"""Paragraphs, sentences and tokens. In the tables «|» stands where a sentence ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplograph.segment import LONGEST_PARAGRAPH, paragraphs, sentences

SENTENCES = """
Посол прибыл.|Его встретил министр.
Когда вылет?|Никто не знает!|Посол ждёт.
Сторон было три…|Осталась одна.
Он сказал: «Приеду».|И не приехал.
«Мы против.|Мы не подпишем», - ответили послы.
Встреча длилась 2.5 часа.|Стороны устали.
Совет избрал председателя (им стал посол).|Затем был ужин.
"""

ONE_SENTENCE = """
Посол А. Вандермер молчит.
Министр М.К. Калнозолс молчит.
Встреча прошла в г. Рига и г. Вильнюс.
И.о. министра Стоян Драгнев молчит.
Институт им. Абая открыт.
Дом стоит на ул. Садовой.
В 1995 г. Латвия вступила в совет.
Цена выросла в 2004-2006 гг. Вдвое.
Проф. Гладышев молчит.
Ключ от г. Таллин потерян
"""

PARAGRAPHS = [
    ("Первый.\nВторой.", ["Первый.", "Второй."]),
    ("Без точки\nДальше", ["Без точки", "Дальше"]),
    ("Первый.\n\n \t\nВторой.\n", ["Первый.", "Второй."]),
    ("", []),
    (" \n\t\n ", []),
]


@pytest.mark.parametrize("line", SENTENCES.strip().splitlines())
def test_sentences_end_at_the_bars(line: str) -> None:
    pieces = line.split("|")
    text = " ".join(pieces)
    assert [sentence.span.of(text) for sentence in sentences(text)] == pieces


@pytest.mark.parametrize("line", ONE_SENTENCE.strip().splitlines())
def test_an_abbreviation_ends_no_sentence(line: str) -> None:
    assert [sentence.span.of(line) for sentence in sentences(line)] == [line]


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS)
def test_no_sentence_crosses_a_line(text: str, expected: list[str]) -> None:
    found = sentences(text)
    assert [sentence.span.of(text) for sentence in found] == expected
    assert [sentence.paragraph for sentence in found] == list(range(len(expected)))


def test_an_abbreviation_at_the_end_of_a_line_does_not_reach_into_the_next() -> None:
    text = "Это было в 1995 г.\nПосол молчит."
    assert [sentence.span.of(text) for sentence in sentences(text)] == text.split("\n")


def test_tokens_are_words_and_marks() -> None:
    (sentence,) = sentences("Из Эр-Рияда, 12 марта.")
    assert [token.text for token in sentence.tokens] == ["Из", "Эр-Рияда", ",", "12", "марта", "."]


def test_a_long_line_is_cut() -> None:
    text = "а" * (2 * LONGEST_PARAGRAPH + 1)
    assert [(span.start, span.end) for span in paragraphs(text)] == [
        (0, LONGEST_PARAGRAPH),
        (LONGEST_PARAGRAPH, 2 * LONGEST_PARAGRAPH),
        (2 * LONGEST_PARAGRAPH, 2 * LONGEST_PARAGRAPH + 1),
    ]


@given(st.text(alphabet="Аб г.,!?«»-\n1", max_size=60))
def test_offsets_hold_for_any_text(text: str) -> None:
    found = sentences(text)
    tokens = [token for sentence in found for token in sentence.tokens]
    assert all(token.span.of(text) == token.text for token in tokens)
    assert all(s.span.contains(token.span) for s in found for token in s.tokens)
    assert all(a.span.end <= b.span.start for a, b in zip(tokens, tokens[1:], strict=False))
    assert sum(len(token.text) for token in tokens) == sum(not char.isspace() for char in text)
