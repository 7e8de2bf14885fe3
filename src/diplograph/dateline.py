"""The dateline of a dispatch: «Астана. 12 марта. АГЕНТСТВО - », «МОСКВА, 5 мар — АГЕНТСТВО.», «02.03.2026 23:42».

Its day dates what the article tells without a date; its city says where the agency sits, never where people met.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import islice

from diplograph.calendar_words import any_form, any_of, month_number
from diplograph.lexicon import words
from diplograph.model import Dateline, PartialDate, Span

#: A dateline stands on the first line or after a headline, a lead and the credit of a photo.
_LINES = 4

#: An agency files on the day or a little later; its site may show the day before in another time zone.
_DAYS_AFTER = 3

#: No dateline is longer; the rest of a line is not looked at.
_LONGEST = 200


def find_dateline(text: str, *, published: PartialDate | None = None) -> Dateline | None:
    """The dateline within the first four lines of `text`, or None.

    Its span ends where the first sentence begins. Its date is None where the dateline names no day, or a day
    without a year and `published` is not known either: then the year is the one that puts the day nearest to
    `published`, a few days after it at most. A line that holds only a date and a time gives the day of a
    dateline that has none, and is the dateline itself where there is no other.
    """
    stamp: Dateline | None = None
    for line in islice(re.finditer(r"[^\n]*\S[^\n]*", text), _LINES):
        stamped = stamp.date if stamp else None
        dateline = _read_line(line, published or stamped)
        if dateline:
            return replace(dateline, date=dateline.date or stamped)
        stamp = stamp or _read_stamp(line, published)
    return stamp


def _read_line(line: re.Match[str], published: PartialDate | None) -> Dateline | None:
    for pattern in _datelines():
        found = pattern.match(_head(line))
        if not found or _no_city().fullmatch(found["city"]):
            continue
        head = found[0]
        return Dateline(
            Span(line.start() + len(head) - len(head.lstrip()), line.start() + len(head.rstrip())),
            city=_city(found["city"]),
            date=_date(found, published),
            agency=_unquoted(found["slashed"] or found["named"] or found["after_dash"]),
        )
    return None


def _read_stamp(line: re.Match[str], published: PartialDate | None) -> Dateline | None:
    found = _stamp().fullmatch(_head(line))
    day = found and _date(found, published)
    return Dateline(Span(line.start(), line.end()), date=day) if day else None


def _head(line: re.Match[str]) -> str:
    """The beginning of the line, with a mark where the rest is cut off: it does not end there."""
    return line[0] if len(line[0]) <= _LONGEST else line[0][:_LONGEST] + "…"


def _date(found: re.Match[str], published: PartialDate | None) -> PartialDate | None:
    said = found.groupdict()
    number = next((n for n in "123" if said.get(f"d{n}")), None)
    if number is None:
        return None
    day, month, year = said[f"d{number}"], said[f"m{number}"], said[f"y{number}"]
    try:
        if not month.isdigit():
            month = month_number(month)
        if year:
            return PartialDate(int(year), int(month), int(day))
    except ValueError:  # 31.02.2025: no such day
        return None
    return published and _last_day_before(published, int(month), int(day))


def _last_day_before(published: PartialDate, month: int, day: int) -> PartialDate | None:
    """The latest day of that name which is not more than a few days after `published`."""
    last_month = published.month or 12
    latest = date(published.year, last_month, published.day or calendar.monthrange(published.year, last_month)[1])
    for year in (published.year + 1, published.year, published.year - 1):
        try:
            if date(year, month, day) - latest <= timedelta(days=_DAYS_AFTER):
                return PartialDate(year, month, day)
        except ValueError:  # 29 February
            continue
    return None


def _unquoted(agency: str | None) -> str | None:
    """«Глобус» in quotation marks → Глобус; НИАТ «Ховар» stays; no words: None."""
    return re.sub(r"^«([^«»]*)»$", r"\1", agency) if agency else None


def _city(written: str) -> str:
    """«РОСТОВ-НА-ДОНУ» → «Ростов-на-Дону»; a name in small letters stays."""
    table = words("ru", "dates")["dateline"]
    if not written.isupper() or written in table["abbreviations"]:
        return written
    parts = [part.lower() for part in re.split(r"([ -])", written)]
    return "".join(part if n and part in table["small"] else part.capitalize() for n, part in enumerate(parts))


# --- patterns ------------------------------------------------------------------------------------------


def _day_pattern() -> str:
    named = (
        rf"(?P<d1>[12]\d|3[01]|0?[1-9])\s+(?P<m1>{any_form('month')})\b\.?(?:\s+(?P<y1>\d{{4}})(?:\s?года|\s?г\.)?)?"
    )
    dotted = r"(?P<d2>\d\d?)[./](?P<m2>\d\d?)[./](?P<y2>(?:19|20)\d\d)(?:\s?г\.)?"
    return rf"(?:(?i:{named})|{dotted}|(?P<y3>(?:19|20)\d\d)-(?P<m3>\d\d?)-(?P<d3>\d\d?))(?!\w)"


@cache
def _stamp() -> re.Pattern[str]:
    """A line with a date, a time perhaps, and nothing more."""
    time = r"\d\d?[:.]\d\d(?::\d\d)?"
    label = rf"(?:(?i:{any_of(words('ru', 'dates')['dateline']['label'])}):?\s+)?"
    return re.compile(rf"\s*{label}(?:{time},?\s+)?{_day_pattern()}(?:\s*[,|]?\s+(?:в\s+)?{time})?\.?\s*")


@cache
def _no_city() -> re.Pattern[str]:
    """«Вторник, 5 мая.», «Сегодня, 5 мая.»: what stands where the city should be."""
    return re.compile(rf"{any_form('weekday')}|{any_form('day')}|{any_form('month')}", re.I)


@cache
def _datelines() -> tuple[re.Pattern[str], ...]:
    table = words("ru", "dates")["dateline"]
    word = r"[А-ЯЁA-Z][\w’'-]+"
    city = rf"(?:г\.\s?)?(?P<city>{word}(?:\s(?:{word}|{any_of(table['small'])}\b)){{0,3}})"
    country = r"(?:\s*[/(][^/()]{2,40}[/)])?"
    sentence = r"(?=\s*(?:[«„“\"]?[А-ЯЁA-Z\d]|$))"
    ends = rf"(?:\s*[.,](?:\s*[-–—]\s|\s|$)|\s*[-–—]\s|\s*:\s)\s*{sentence}"
    known = rf"(?i:{any_of(table['agencies'])})(?!\w)"
    shout = r"[A-ZА-ЯЁ][A-ZА-ЯЁ\d-]{3,}(?:\s[A-ZА-ЯЁ][A-ZА-ЯЁ\d-]*){0,2}(?!\w)"
    slashed = r"[/(](?P<slashed>[^/()]{2,60})[/)]"
    gap, dash = r"\s*[.,]?\s*(?:[-–—]\s*)?", r"\s*[.,]?\s*[-–—]\s*"
    byline = rf"(?:,\s+{word}\s{word}(?=\.))?"  # «РИА Новости, Иван Петров.»
    after_dash = r"(?P<after_dash>«[^«»]{2,40}»|[А-ЯЁA-Z][\w-]*(?:\s«?[А-ЯЁA-Z][\w-]*»?){0,3})\."
    in_slashes = rf"{gap}{slashed}(?:{ends}|\s+{sentence})"
    in_capitals = rf"{gap}(?P<named>{known}|{shout}){byline}{ends}"
    signed = rf"(?:{in_slashes}|{in_capitals}|{dash}{after_dash}\s+{sentence})"
    unsigned = rf"(?:\s*\.(?:\s*[-–—]\s|\s)|(?<=\sг\.)\s|\s*,?\s*[-–—]\s|\s*:\s)\s*{sentence}|\.?\s*$"
    return tuple(
        re.compile(rf"\s*{pattern}")
        for pattern in (
            rf"{city}{country}\s*[.,]\s*{_day_pattern()}(?:{signed}|{unsigned})",
            rf"{_day_pattern()},?\s+{city}(?:{signed}|{unsigned})",
            # without a day only an agency makes a dateline: «Женева. 24.kg - », not «Астана. Здесь прошла встреча»
            rf"{city}(?:\s*{slashed}{ends}|(?:\s*[.,]\s*|\s+[-–—]\s+)(?P<named>{known}){ends})(?P<after_dash>)",
        )
    )
