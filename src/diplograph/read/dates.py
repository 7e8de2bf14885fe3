"""The day that a page, a feed or a letter gives as its own, whatever way it is written."""

from __future__ import annotations

import re
from email.utils import parsedate_tz

from diplograph.model import PartialDate

_ISO = re.compile(r"\s*(\d{4})-(\d\d)(?:-(\d\d))?(?![\d])")
_COMPACT = re.compile(r"\s*(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?\s*$")
_DOTTED = re.compile(r"\s*(\d\d?)[./](\d\d?)[./](\d{4})(?!\d)")
_LONGEST = 100


def written_day(text: str | None) -> str | None:
    """``YYYY-MM-DD`` (or ``YYYY-MM``) of an ISO 8601, RFC 2822 or dotted date; None for anything else.

    The day is the one written, in the time zone it was written in: that is the day the publisher means.

    >>> written_day("Thu, 12 Mar 2026 23:30:00 -0500"), written_day("12.03.2026"), written_day("gestern")
    ('2026-03-12', '2026-03-12', None)
    """
    if text is None or len(text) > _LONGEST:
        return None
    for pattern, order in ((_ISO, (1, 2, 3)), (_COMPACT, (1, 2, 3)), (_DOTTED, (3, 2, 1))):
        if found := pattern.match(text):
            return _day(*(found[group] for group in order))
    try:
        parts = parsedate_tz(text)
    except (ValueError, IndexError, TypeError, OverflowError):  # the parser of letters trusts what it is given
        return None
    return _day(*map(str, parts[:3])) if parts else None


def _day(year: str, month: str, day: str | None) -> str | None:
    try:
        return str(PartialDate(int(year), int(month), int(day) if day else None))
    except ValueError:
        return None
