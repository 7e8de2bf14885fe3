"""Rows of one kind, as every analysis gives them: a tuple that shows itself as a table and becomes a data frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from html import escape
from typing import TYPE_CHECKING, Any, SupportsIndex, TypeVar, overload

from diplograph.frames import FrameLibrary, frame

if TYPE_CHECKING:
    import pandas
    import polars

T = TypeVar("T")

#: A notebook shows so many rows, and so many characters of a cell.
ROWS_SHOWN = 50
_LONGEST = 200


class Rows(tuple[T, ...]):
    """Records of one kind in the order their maker says; a tuple in every way, also when compared.

    In a notebook they show themselves as a table (the first 50, everything escaped). `to_pandas` and `to_polars`
    give a data frame with a column a field; they need the extra `tables`.
    """

    __slots__ = ()

    def __new__(cls, rows: Iterable[T] = ()) -> Rows[T]:  # noqa: D102
        return super().__new__(cls, tuple(rows))

    @overload
    def __getitem__(self, which: SupportsIndex) -> T: ...
    @overload
    def __getitem__(self, which: slice) -> Rows[T]: ...
    def __getitem__(self, which: SupportsIndex | slice) -> T | Rows[T]:
        """A row, or some of them as rows of the same kind again."""
        return type(self)(super().__getitem__(which)) if isinstance(which, slice) else super().__getitem__(which)

    def table(self) -> tuple[list[str], list[list[Any]]]:
        """The names of the columns, and a list of values a row; no columns where there are no rows."""
        names = [field.name for field in fields(self[0])] if self and is_dataclass(self[0]) else []
        return names, [[getattr(row, name) for name in names] for row in self]

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas data frame; `MissingExtraError` where pandas is not installed."""
        found: pandas.DataFrame = self._frame("pandas")
        return found

    def to_polars(self) -> polars.DataFrame:
        """A polars data frame; `MissingExtraError` where polars is not installed."""
        found: polars.DataFrame = self._frame("polars")
        return found

    def _frame(self, library: FrameLibrary) -> Any:
        names, lines = self.table()
        return frame([dict(zip(names, line, strict=True)) for line in lines], names, library=library)

    def _repr_html_(self) -> str:
        names, lines = self[:ROWS_SHOWN].table()
        return html_table(names, lines, total=len(self))


def html_table(names: Sequence[str], lines: Sequence[Sequence[Any]], *, total: int) -> str:
    """A table for a notebook; what is text is escaped, and a last line says how many rows there are in all."""
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    body = "".join(f"<tr>{''.join(f'<td>{_cell(value)}</td>' for value in line)}</tr>" for line in lines)
    more = f"<p>{total} rows</p>" if total == len(lines) else f"<p>the first {len(lines)} of {total} rows</p>"
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def html_text(text: str) -> str:
    """Text for a notebook as it stands, escaped; a last line says how many lines there are in all."""
    lines = text.splitlines()
    more = f"<p>the first {ROWS_SHOWN} of {len(lines)} lines</p>" if len(lines) > ROWS_SHOWN else ""
    return f"<pre>{escape(chr(10).join(lines[:ROWS_SHOWN]))}</pre>{more}"


def _cell(value: Any) -> str:
    text = shown(value)
    return escape(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def shown(value: Any) -> str:
    """A value as a person reads it: several are joined by ``; ``, pairs by hyphens, numbers have four digits."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, (tuple, list)):
        return "; ".join("-".join(map(shown, part)) if isinstance(part, tuple) else shown(part) for part in value)
    return str(value)
