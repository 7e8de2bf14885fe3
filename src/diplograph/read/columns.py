"""What the fields of an article are called elsewhere: the columns of tables, the names in JSON."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from diplograph.read.dates import written_day

#: Day 0 of the serial numbers that Excel keeps dates as, and those that fall into 1954 to 2119.
_EXCEL_DAY_0, _EXCEL_DAYS = datetime.date(1899, 12, 30), range(20_000, 80_000)


def field_of(column: str) -> tuple[str, int] | None:
    """The field that a column is called after, and how far down its list of names it was found."""
    return _names().get("_".join(column.lower().replace("-", " ").replace("_", " ").split()))


@cache
def _names() -> dict[str, tuple[str, int]]:
    table = tomllib.loads((files("diplograph") / "data" / "columns.toml").read_text(encoding="utf-8"))
    return {name: (field, rank) for field, names in table.items() for rank, name in enumerate([field, *names])}


def day_of(cell: str) -> str | None:
    """The day in a cell, a serial number of Excel too; what is no day is kept, to be refused with its words."""
    whole = cell.partition(".")[0]
    if whole.isascii() and whole.isdecimal() and len(whole) < 6 and int(whole) in _EXCEL_DAYS:
        return str(_EXCEL_DAY_0 + datetime.timedelta(days=int(whole)))
    return written_day(cell) or cell or None


def renamed(values: Mapping[str, object]) -> Mapping[str, object]:
    """The fields of an object in JSON; one without ``text`` is read by the other names of fields.

    >>> renamed({"headline": "a", "content": "b", "source": {"id": None, "name": "c"}})
    {'title': 'a', 'text': 'b', 'publisher': 'c'}
    """
    if "text" in values:
        return values
    ranked: dict[str, tuple[int, object]] = {}
    for name, value in values.items():
        found = field_of(name)
        if found and isinstance(value, (str, int)):
            field, rank = found
            ranked[field] = min(ranked.get(field, (rank, value)), (rank, value), key=lambda pair: pair[0])
    source = values.get("source")
    if "publisher" not in ranked and isinstance(source, Mapping) and isinstance(source.get("name"), str):
        ranked["publisher"] = 0, source["name"]
    fields = {field: value for field, (_, value) in ranked.items()}
    if isinstance(day := fields.get("published"), str):
        fields["published"] = day_of(day)
    return fields
