"""Rows → data frames of pandas or polars, where one of them is installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any, Literal, get_args

from diplograph.model import DiplographError

FrameLibrary = Literal["pandas", "polars"]


class MissingExtraError(DiplographError):
    """A library that diplograph can do without is not installed."""


def optional(name: str, *, extra: str) -> ModuleType:
    """A module of a library that comes with an extra.

    Raises:
        MissingExtraError: it is not installed; the message says how to get it.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        library = name.partition(".")[0]
        raise MissingExtraError(f"{library} is not installed: pip install 'diplograph[{extra}]'") from error


def frame(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, library: FrameLibrary, days: Sequence[str] = ()
) -> Any:
    """A data frame with these columns, in this order; several values in a cell are a list, `days` are dates.

    Raises:
        MissingExtraError: the library is not installed.
        ValueError: there is no such library.
    """
    if library not in get_args(FrameLibrary):
        raise ValueError(f"no library {library!r}: choose one of {', '.join(get_args(FrameLibrary))}")
    data = {name: [_plain(row[name]) for row in rows] for name in columns}
    module = optional(library, extra="tables")
    if library == "polars":
        return module.DataFrame(data, schema_overrides=dict.fromkeys(days, module.Date))
    made = module.DataFrame(data)
    return made.assign(**{name: module.to_datetime(made[name]) for name in days})


def _plain(value: Any) -> Any:
    """A value that both libraries take: tuples become lists, pairs in them too."""
    return [_plain(part) for part in value] if isinstance(value, tuple) else value
