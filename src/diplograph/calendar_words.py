"""Calendar words of Russian, and the days they name: what datelines and the dates of running text share."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import cache

from diplograph.lexicon import words
from diplograph.model import PartialDate


def month_number(word: str) -> int:
    """The month that a form of its name means: «марта», «МАР» → 3.

    Raises:
        KeyError: the word is no month.
    """
    return _months()[word.lower()]


def nearest_day(month: int, day: int, reference: PartialDate, *, future: bool = False) -> PartialDate | None:
    """The day of that name nearest to `reference`, or with `future` the first that is not over a month past.

    None if the calendar has no such day within a year of the reference.
    """
    anchor = middle(reference)
    days = [
        date(year, month, day)
        for year in (anchor.year - 1, anchor.year, anchor.year + 1)
        if 1 <= year <= 9999 and 1 <= day <= calendar.monthrange(year, month)[1]
    ]
    if future:
        days = [each for each in days if each >= anchor - timedelta(days=31)][:1]
    if not days:
        return None
    near = min(days, key=lambda each: abs(each - anchor))
    return PartialDate(near.year, near.month, near.day)


def nearest_month(month: int, reference: PartialDate, *, future: bool = False) -> PartialDate | None:
    """The month of that name nearest to `reference`, or with `future` the first that is not over.

    None if its year is beyond the calendar.
    """
    if reference.month is None:
        return PartialDate(reference.year, month)
    ahead = (month - reference.month) % 12
    year = reference.year + (reference.month + ahead > 12)
    return make_date(year if ahead < 6 or future else year - 1, month)


def middle(written: PartialDate) -> date:
    """The day itself, the middle of a month, the first of July of a year."""
    return date(written.year, written.month or 7, written.day or (15 if written.month else 1))


def make_date(year: int, month: int | None = None, day: int | None = None) -> PartialDate | None:
    """The date, or None where the calendar has no such day."""
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None


def days_after(anchor: PartialDate | None, days: int) -> PartialDate | None:
    """So many days after `anchor`; None where it is not a day or the calendar ends before."""
    if anchor is None or anchor.day is None:
        return None
    try:
        found = middle(anchor) + timedelta(days=days)
    except OverflowError:
        return None
    return PartialDate(found.year, found.month, found.day)


@cache
def _months() -> dict[str, int]:
    return {form: int(number) for number, forms in words("ru", "dates")["month"].items() for form in forms}


def any_of(phrases: list[str]) -> str:
    """A regular expression for any of the phrases: a star is any ending, ё is also е, a blank any white space."""
    parts = [re.escape(phrase).replace(r"\*", r"\w*").replace("ё", "[её]").replace(r"\ ", r"\s+") for phrase in phrases]
    return "(?:" + "|".join(sorted(parts, key=len, reverse=True)) + ")"


@cache
def _keys(table: str) -> dict[int, re.Pattern[str]]:
    return {int(key): re.compile(any_of(forms), re.I) for key, forms in words("ru", "dates")[table].items()}


def key_of(table: str, text: str) -> int:
    """The number under which a table of dates.toml has the words: key_of("day", "вчера") is -1.

    Raises:
        StopIteration: the table has no such words.
    """
    return next(key for key, pattern in _keys(table).items() if pattern.fullmatch(text))


def any_form(table: str, *columns: int) -> str:
    """A regular expression for the words of a table of dates.toml, or of those columns of it only."""
    rows: list[list[str]] = list(words("ru", "dates")[table].values())
    return any_of([form for row in rows for number, form in enumerate(row) if number in columns or not columns])
