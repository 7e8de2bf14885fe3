"""Words and arithmetic of the calendar."""

from __future__ import annotations

import re

import pytest

from diplograph.calendar_words import any_of, days_after, key_of, make_date, month_number, nearest_day, nearest_month
from diplograph.lexicon import words
from diplograph.model import PartialDate


def date(text: str) -> PartialDate:
    return PartialDate.parse(text)


@pytest.mark.parametrize(
    ("word", "number"), [("январь", 1), ("Марта", 3), ("МАР", 3), ("мае", 5), ("сент", 9), ("декабря", 12)]
)
def test_month_number(word: str, number: int) -> None:
    assert month_number(word) == number


@pytest.mark.parametrize("word", ["", "мартовский", "майка", "понедельник"])
def test_no_month(word: str) -> None:
    with pytest.raises(KeyError):
        month_number(word)


def test_every_form_means_one_month_or_weekday() -> None:
    forms = [
        form for table in ("month", "weekday") for row in words("ru", "dates")[table].values() for form in set(row)
    ]
    assert len(forms) == len(set(forms))
    assert len(words("ru", "dates")["month"]) == 12
    assert len(words("ru", "dates")["weekday"]) == 7


@pytest.mark.parametrize(
    ("table", "text", "number"),
    [
        ("day", "Вчера", -1),
        ("day", "послезавтра", 2),
        ("then", "днем позже", 1),
        ("turn", "минувшую", -1),
        ("count", "три", 3),
    ],
)
def test_key_of(table: str, text: str, number: int) -> None:
    assert key_of(table, text) == number


def test_key_of_other_words() -> None:
    with pytest.raises(StopIteration):
        key_of("day", "потом")


def test_any_of_prefers_the_longer_phrase() -> None:
    found = re.findall(any_of(["день", "день спустя", "ещё*"]), "день спустя, день, еще, ещёвчера")
    assert found == ["день спустя", "день", "еще", "ещёвчера"]


@pytest.mark.parametrize(
    ("month", "day", "reference", "future", "expected"),
    [
        (1, 5, "2024-12-20", False, "2025-01-05"),
        (12, 28, "2025-01-03", False, "2024-12-28"),
        (2, 5, "2025-06-18", False, "2025-02-05"),
        (2, 5, "2025-06-18", True, "2026-02-05"),
        (6, 3, "2025-06-18", True, "2025-06-03"),
        (6, 31, "2025-06-18", False, None),
        (2, 29, "2026-06-18", False, None),
        (2, 29, "2023-06-18", False, "2024-02-29"),
    ],
)
def test_nearest_day(month: int, day: int, reference: str, future: bool, expected: str | None) -> None:
    assert nearest_day(month, day, date(reference), future=future) == (date(expected) if expected else None)


@pytest.mark.parametrize(
    ("month", "reference", "future", "expected"),
    [
        (12, "2025-06-18", False, "2024-12"),
        (11, "2025-06-18", False, "2025-11"),
        (3, "2025-06-18", False, "2025-03"),
        (3, "2025-06-18", True, "2026-03"),
        (6, "2025-06-18", True, "2025-06"),
        (3, "2025", False, "2025-03"),
        (1, "9999-12", True, None),
    ],
)
def test_nearest_month(month: int, reference: str, future: bool, expected: str | None) -> None:
    assert nearest_month(month, date(reference), future=future) == (date(expected) if expected else None)


def test_days_after() -> None:
    assert days_after(date("2024-02-28"), 2) == date("2024-03-01")
    assert days_after(date("2024-02"), 2) is None
    assert days_after(date("9999-12-31"), 1) is None
    assert days_after(None, 1) is None
    assert make_date(2025, 13) is None
