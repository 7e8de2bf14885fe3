"""Russian dates in running text: what day, month, year or range the words name.

A date that needs a year, a day of reference or a date named before, and has none, is not found: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import Literal

from diplograph.calendar_words import (
    any_form,
    any_of,
    days_after,
    key_of,
    make_date,
    middle,
    month_number,
    nearest_day,
    nearest_month,
)
from diplograph.lexicon import words
from diplograph.model import PartialDate, Span

#: A point in time, from-to, the end of something («до 19 марта»), the start of something («с 2006 года»).
DateKind = Literal["point", "range", "until", "since"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """The words that name a date, and the date; `end` is there for a range only."""

    span: Span
    start: PartialDate
    end: PartialDate | None = None
    kind: DateKind = "point"


@dataclass(frozen=True, slots=True)
class _Context:
    """What a reader may count from."""

    reference: PartialDate | None
    previous: PartialDate | None
    future: bool


#: What a reader finds: one date, or the first and the last of a range.
_Reading = PartialDate | tuple[PartialDate, PartialDate] | None
_Reader = Callable[[re.Match[str], _Context], _Reading]
_Guard = Callable[[re.Match[str]], bool]


@dataclass(frozen=True, slots=True)
class _Rule:
    """`read` is None for words that look like a date and are none; `guard` sees only the text."""

    pattern: re.Pattern[str]
    read: _Reader | None
    guard: _Guard | None = None


def find_dates(
    text: str, *, reference: PartialDate | None, previous: PartialDate | None = None, future: bool = False
) -> tuple[DateMention, ...]:
    """The dates that `text` names, in its order, without overlap; none is an empty tuple.

    `reference` is the day the text was written: it gives «12 марта» the nearest year, and «вчера» and «в среду»
    their day. `previous` is the date last named before `text`: «на следующий день» counts from it, or from a
    later one in `text` itself. With `future` the text tells of what is to come, and «в пятницу» is the next Friday.
    """
    found: list[DateMention] = []
    for match, rule in _candidates(text):
        reading = rule.read(match, _Context(reference, previous, future)) if rule.read else None
        if reading is None:
            continue
        start, end = reading if isinstance(reading, tuple) else (reading, None)
        kind = _kind(match, end)
        found.append(DateMention(Span(match.start(), match.end()), start, end, kind))
        if kind in ("point", "range"):
            previous = end or start
    return tuple(found)


def _kind(match: re.Match[str], end: PartialDate | None) -> DateKind:
    said = match.groupdict()
    if said.get("until") or said.get("since"):
        return "since" if said.get("since") else "until"
    return "range" if end else "point"


@lru_cache(maxsize=8)
def _candidates(text: str) -> tuple[tuple[re.Match[str], _Rule], ...]:
    """What may be dates; kept, because every encounter of a sentence asks for those of the same sentence."""
    taken = bytearray(len(text))
    found = []
    for rule in _rules():
        for match in rule.pattern.finditer(text):
            start, end = match.span()
            if any(taken[start:end]) or (rule.guard and not rule.guard(match)):
                continue
            taken[start:end] = b"\1" * (end - start)
            found.append((match, rule))
    return tuple(sorted(found, key=lambda item: item[0].start()))


# --- readers -------------------------------------------------------------------------------------------


def _year(match: re.Match[str], n: int, context: _Context) -> int | None:
    """The year said in part `n` of the match: «2026 года», «прошлого года», «с.г.»."""
    group = match.groupdict()
    if group.get(f"y{n}"):
        return int(group[f"y{n}"])
    if context.reference is None:
        return None
    if group.get(f"turn{n}"):
        return context.reference.year + key_of("turn", group[f"turn{n}"])
    return context.reference.year if group.get(f"abbr{n}") else None


def _said_year(match: re.Match[str], n: int) -> bool:
    return any(match.groupdict().get(f"{name}{n}") for name in ("y", "turn", "abbr"))


def _day(match: re.Match[str], n: int, context: _Context) -> PartialDate | None:
    month, day = month_number(match[f"m{n}"]), int(match[f"d{n}"])
    year = _year(match, n, context)
    if year is not None:
        return make_date(year, month, day)
    if _said_year(match, n) or context.reference is None:
        return None
    return nearest_day(month, day, context.reference, future=context.future)


def _point(match: re.Match[str], context: _Context) -> _Reading:
    return _day(match, 1, context)


def _range(start: PartialDate | None, end: PartialDate | None) -> _Reading:
    if start is None or end is None or end < start:
        return None
    return (start, end) if start != end else start


def _range_in_month(match: re.Match[str], context: _Context) -> _Reading:
    end = _day(match, 1, context)
    return _range(end and make_date(end.year, end.month, int(match["first"])), end)


def _range_of_days(match: re.Match[str], context: _Context) -> _Reading:
    end = _day(match, 1, context)
    if end is None:
        return None
    month, day = month_number(match["m2"]), int(match["d2"])
    year = _year(match, 2, context)
    if year is None:
        year = end.year - ((month, day) > (end.month, end.day))
    return _range(make_date(year, month, day), end)


def _listed(match: re.Match[str], context: _Context) -> _Reading:
    """The 5 of «5 и 9 мая»."""
    last = _day(match, 1, context)
    return last and make_date(last.year, last.month, int(match["first"]))


def _numeric(match: re.Match[str], _: _Context) -> _Reading:
    return make_date(int(match["y1"]), int(match["m1"]), int(match["d1"]))


def _month(match: re.Match[str], context: _Context) -> PartialDate | None:
    month = month_number(match["m1"])
    year = _year(match, 1, context)
    if year is not None:
        return make_date(year, month)
    if _said_year(match, 1) or context.reference is None:
        return None
    return nearest_month(month, context.reference, future=context.future)


def _month_awaited(match: re.Match[str], context: _Context) -> _Reading:
    return _month(match, replace(context, future=True))


def _month_turned(match: re.Match[str], context: _Context) -> _Reading:
    """«в прошлом марте»: the last one before this month; «в будущем марте»: the first one after it."""
    if context.reference is None or context.reference.month is None:
        return None
    month, turn = month_number(match["m1"]), key_of("turn", match["turn1"])
    passed = month < context.reference.month or (turn > 0 and month == context.reference.month)
    return make_date(context.reference.year + (passed if turn > 0 else -(not passed) if turn < 0 else 0), month)


def _month_range(match: re.Match[str], context: _Context) -> _Reading:
    end = _month(match, context)
    if end is None or end.month is None:
        return None
    month = month_number(match["m2"])
    return _range(make_date(end.year - (month > end.month), month), end)


def _year_point(match: re.Match[str], context: _Context) -> _Reading:
    year = _year(match, 1, context)
    return make_date(year) if year is not None else None


def _year_range(match: re.Match[str], _: _Context) -> _Reading:
    return _range(PartialDate(int(match["y2"])), PartialDate(int(match["y1"])))


def _this_year(_: re.Match[str], context: _Context) -> _Reading:
    return context.reference and PartialDate(context.reference.year)


def _part_of_year(match: re.Match[str], context: _Context) -> _Reading:
    """«осенью», «в третьем квартале»: the year of the next one, where something is ahead."""
    reference = context.reference
    if reference is None or not context.future:
        return None
    over = reference.month is not None and key_of("until_month", match["part"]) < reference.month
    return make_date(reference.year + over)


def _month_of_turn(match: re.Match[str], context: _Context) -> _Reading:
    """«в следующем месяце», «в этом месяце»."""
    if context.reference is None or context.reference.month is None:
        return None
    months = context.reference.year * 12 + context.reference.month - 1 + key_of("turn", match["turn1"])
    return make_date(months // 12, months % 12 + 1)


def _weekday(match: re.Match[str], context: _Context) -> _Reading:
    today = days_after(context.reference, 0)
    if today is None:
        return None
    said = match.groupdict()
    turn = key_of("turn", said["turn1"]) if said.get("turn1") else 0
    back_in_week = middle(today).weekday() - key_of("weekday", match["weekday"])
    back = back_in_week % 7
    if said.get("week"):
        return days_after(today, 7 * key_of("turn", said["week"]) - back_in_week)
    if turn < 0:
        return days_after(today, -(back or 7))
    if turn > 0 or said.get("awaited"):
        return days_after(today, 7 - back)
    return days_after(today, (7 - back) % 7 if context.future else -back)


def _in_week(match: re.Match[str], context: _Context) -> _Reading:
    """«на следующей неделе»: its month, where the whole week lies in one."""
    today = days_after(context.reference, 0)
    if today is None:
        return None
    first = days_after(today, 7 * key_of("turn", match["week"]) - middle(today).weekday())
    last = days_after(first, 6)
    if first is None or last is None or first.month != last.month:
        return None
    return PartialDate(first.year, first.month)


def _counted(match: re.Match[str], context: _Context) -> _Reading:
    """«вчера», «два дня назад»: counted from the day the text was written."""
    said = match.groupdict()
    offset = key_of("day", said["word"]) if said.get("word") else -key_of("count", match["count"])
    return days_after(context.reference, offset)


def _then(match: re.Match[str], context: _Context) -> _Reading:
    """«на следующий день», «двумя днями раньше»: counted from the date named before."""
    said = match.groupdict()
    if said.get("word"):
        offset = key_of("then", said["word"])
    else:
        offset = key_of("count", match["count"]) * (-1 if match["before"] else 1)
    return days_after(context.previous, offset)


def _of_this_month(match: re.Match[str], context: _Context) -> _Reading:
    """«26-го числа»: in the month that brings it nearest to the day of the text."""
    today = days_after(context.reference, 0)
    if today is None:
        return None
    anchor = middle(today)
    months = [anchor.replace(day=1) + timedelta(days=days) for days in (-1, 0, 31)]
    days = [make_date(each.year, each.month, int(match["d1"])) for each in months]
    return min((each for each in days if each), key=lambda each: abs(middle(each) - anchor))


def _bare_day(match: re.Match[str], context: _Context) -> _Reading:
    """«18 января …, 19-го - …», «6-го, проездом»: in the month that brings it nearest to the date named before."""
    return _of_this_month(match, replace(context, reference=context.previous or context.reference))


# --- rules ---------------------------------------------------------------------------------------------


@cache
def _planning() -> re.Pattern[str]:
    planning = any_of(words("ru", "dates")["beside"]["planning"])
    return re.compile(rf"\b{planning}(?:\s+[\w-]+){{0,5}}\s+$", re.I)


def _is_planned(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 80) : match.start()]
    return bool(_planning().search(before))


def _is_run(match: re.Match[str]) -> bool:
    """Whether «12, 13 и 14 марта» counts up by one."""
    days = [int(day) for day in re.findall(r"\d+", match["run"])] + [int(match["d1"])]
    return all(after == before + 1 for before, after in pairwise(days))


def _is_second_weekday(match: re.Match[str]) -> bool:
    """«во вторник и среду»: whether another day of the week stands before."""
    before = match.string[max(0, match.start() - 16) : match.start()]
    return bool(re.search(rf"во?\s+{any_form('weekday', 1)}\s+и\s+$", before, re.I))


_NUMBER = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)"
_TH = r"(?:-?го|-?е|-?ое)?"  # «14-го»
_TO = r"(?:\s?[-–—‑]\s?|\s+(?:по|до)\s+)"  # «с 14 по 16», «14-16»
_SINCE = r"(?P<since>(?:начиная\s+)?со?|не\s+ран(?:ее|ьше))"
_UNTIL = r"(?P<until>(?:вплоть\s+)?до|по|ко?|не\s+позднее|не\s+позже)"
_BOUND = rf"(?:{_SINCE}|{_UNTIL})\s+"
_EDGE_OF = r"(?:(?:самого\s+)?(?:конца|начала|середины|концу|началу|середине)\s+)?"


def _year_pattern(n: int) -> str:
    # «12 марта 2000 участников»: a bare number is a year only where no noun follows
    stated = rf"(?P<y{n}>(?:19|20)\d\d)(?:\s?(?:года|год|г\b\.?)|(?!\w|[.,:]\d|\s+[а-яё]{{3}}))"
    return rf"(?:\s+(?:{stated}|(?P<turn{n}>{any_form('turn')})\s+года|(?P<abbr{n}>[ст]\.\s?г\.)))?"


def _day_pattern(n: int) -> str:
    return rf"(?P<d{n}>{_NUMBER}){_TH}\s+(?P<m{n}>{any_form('month', 1)})\b{_year_pattern(n)}"


_Row = tuple[str, _Reader | None, _Guard | None]


@cache
def _rules() -> tuple[_Rule, ...]:
    """All rules; the first one that matches a piece of the text has it."""
    rows = chain(_of_no_dates(), _of_days(), _of_months(), _of_years(), _of_weekdays(), _of_counted_days())
    edge = r"(?<![\w/№-])(?<!\d[.,:])(?<!№\s)"
    return tuple(_Rule(re.compile(rf"{edge}{pattern}(?!\w)", re.I), read, guard) for pattern, read, guard in rows)


def _beside(name: str) -> str:
    return any_of(words("ru", "dates")["beside"][name])


def _of_no_dates() -> Iterator[_Row]:
    genitives = r"(?:(?:[а-яё-]*(?:ого|его|ой|ей|ых|их|е[её])|[IVX]+|\d+-\w+)\s+){0,3}"
    yield rf"{_beside('named_after')}\s+«?{_day_pattern(1)}", None, None
    yield rf"от\s+{_day_pattern(1)}", None, None
    yield rf"накануне\s+(?:{_day_pattern(1)}|{genitives}{_beside('awaited')})", None, None
    yield rf"кажд\w+\s+{any_form('weekday')}", None, None
    yield r"на\s+сегодня(?:шний\s+день)?", None, None


def _of_days() -> Iterator[_Row]:
    day, weekday = _day_pattern(1), rf"(?:во?\s+)?{any_form('weekday')}"
    number, since = rf"{_NUMBER}{_TH}", r"(?:(?:в\s+период\s+)?со?\s+)?"
    yield rf"(?P<y1>(?:19|20)\d\d)-(?P<m1>\d\d?)-(?P<d1>{_NUMBER})", _numeric, None
    yield rf"(?P<d1>{_NUMBER})[./](?P<m1>\d\d?)[./](?P<y1>(?:19|20)\d\d)(?!\.\d)", _numeric, None
    put_off = rf"со?\s+(?:{number}\s+)?(?:{any_form('month', 1)}\s+)?на\s+"
    yield rf"{put_off}{day}", _point, None
    yield rf"{put_off}(?P<m1>{any_form('month', 0)}){_year_pattern(1)}", _month_awaited, None
    yield rf"{since}(?P<first>{_NUMBER}){_TH}{_TO}{day}", _range_in_month, None
    yield rf"между\s+(?P<first>{_NUMBER}){_TH}\s+и\s+{day}", _range_in_month, None
    yield rf"(?P<run>(?P<first>{_NUMBER}){_TH}(?:,\s?{number}){{0,4}}\s+и\s+){day}", _range_in_month, _is_run
    yield rf"{since}{_day_pattern(2)}{_TO}{day}", _range_of_days, None
    yield rf"{weekday}(?:,\s*|\s+\(?){day}\)?", _point, None
    yield rf"{day}(?:,\s*|\s+\(){weekday}\)?", _point, None
    yield rf"{_BOUND}{day}", _point, None
    yield rf"(?P<first>{_NUMBER}){_TH}(?=(?:,\s?{number}){{0,4}}\s+и\s+{day})", _listed, None
    yield rf"в\s+(?P<m1>{any_form('month', 2)}){_year_pattern(1)},\s+(?P<d1>{_NUMBER})-?го(?:\s+числа)?", _point, None
    yield day, _point, None


def _of_months() -> Iterator[_Row]:
    genitive, any_case, year = any_form("month", 1), any_form("month", 0, 1, 2), _year_pattern(1)
    yield rf"в\s+(?P<turn1>{any_form('turn')})\s+месяце", _month_of_turn, None
    yield rf"в\s+(?P<turn1>{any_form('turn')})\s+(?P<m1>{any_form('month', 2)})", _month_turned, None
    yield rf"(?:в|на|со?)\s+(?P<m2>{any_case})(?:{_TO}|\s+и\s+)(?P<m1>{any_case}){year}", _month_range, None
    yield rf"{_BOUND}{_EDGE_OF}(?P<m1>{genitive}){year}", _month, None
    yield rf"в\s+(?:самом\s+)?{_beside('part')}\s+(?P<m1>{genitive}){year}", _month, None
    yield rf"в\s+(?P<m1>{any_form('month', 2)}){year}", _month, None
    yield rf"на\s+(?P<m1>{any_form('month', 0)}){year}", _month_awaited, _is_planned
    yield rf"на\s+{_beside('part_awaited')}\s+(?P<m1>{genitive}){year}", _month_awaited, _is_planned


def _of_years() -> Iterator[_Row]:
    number, word = r"(?:19|20)\d\d", r"(?:году|года|год|г\b\.?)"
    year = rf"(?:(?P<y1>{number})(?:-?м)?\s?{word}|(?P<turn1>{any_form('turn')})\s+{word}|(?P<abbr1>[ст]\.\s?г\.))"
    time = rf"(?:в\s+(?:(?:самом\s+)?{_beside('part')}\s+)?|во?\s+{_beside('quarter')}\s+|{_beside('season')}\s+)"
    several = rf"(?P<y2>{number})(?:\s?{word})?{_TO}(?P<y1>{number})\s+(?:годах|годы|года|год|гг\.)"
    yield rf"(?:на|за)\s+{several}", None, None  # a programme or a balance, not a time
    yield rf"(?:в|со?)\s+{several}", _year_range, None
    yield rf"{_BOUND}{_EDGE_OF}{year}", _year_point, None
    yield rf"{time}{year}", _year_point, None
    yield rf"в\s+(?P<y1>{number})-м", _year_point, None
    yield rf"на\s+(?:(?:{_beside('part_awaited')}|{_beside('season_awaited')})\s+)?{year}", _year_point, _is_planned
    yield r"(?:(?P<until>до\s+конца|к\s+концу)|в\s+конце|в\s+начале|в\s+середине)\s+года", _this_year, None
    yield rf"(?P<part>{any_form('until_month')})", _part_of_year, None


def _of_weekdays() -> Iterator[_Row]:
    weekday = rf"(?P<weekday>{any_form('weekday', 1)})(?!\s+обитани)"  # «в среду», but not «в среду обитания»
    turn = any_form("turn")
    yield rf"во?\s+{weekday}\s+на\s+(?P<week>{turn})\s+неделе", _weekday, None
    yield rf"на\s+(?P<week>{turn})\s+неделе,?\s+во?\s+{weekday}", _weekday, None
    told = rf",?\s+(?:во?\s+{any_form('weekday', 1)}|{_NUMBER}\s+{any_form('month', 1)})"
    yield rf"на\s+(?P<week>{turn})\s+неделе(?!{told})", _in_week, None
    yield rf"во?\s+(?:(?P<turn1>{turn})\s+)?{weekday}", _weekday, None
    yield rf"(?<=\sи\s){weekday}", _weekday, _is_second_weekday
    yield rf"(?P<awaited>на)\s+(?:(?P<turn1>{turn})\s+)?{weekday}", _weekday, _is_planned


def _of_counted_days() -> Iterator[_Row]:
    count, days = rf"(?P<count>{any_form('count')})", r"(?:днями|дня|дней)"
    # «тремя днями раньше, 27 января»: the date speaks for itself
    alone = rf"(?!,\s+{_NUMBER}\s+{any_form('month', 1)})"
    yield rf"(?P<word>{any_form('day')}){alone}", _counted, None
    yield rf"{count}\s+{days}\s+назад", _counted, None
    yield rf"(?P<word>{any_form('then')}){alone}", _then, None
    yield rf"{count}\s+{days}\s+(?:(?P<before>ранее|раньше)|позже|позднее|спустя){alone}", _then, None
    yield rf"спустя\s+(?P<before>(?!)|){count}\s+{days}{alone}", _then, None
    yield rf"(?P<d1>{_NUMBER}){_TH}\s+числа", _of_this_month, None
    yield rf"(?P<d1>{_NUMBER})-го(?=\s?[-–—,.;:)]|$|\s+(?:{_beside('after_day')}))", _bare_day, None
