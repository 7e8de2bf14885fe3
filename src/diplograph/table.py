"""Rows → text: the forms in which every table is printed."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from typing import Literal

Cell = str | int | float | bool | None
TableForm = Literal["table", "csv", "tsv", "json", "md"]
FORMS: tuple[TableForm, ...] = ("table", "csv", "tsv", "json", "md")

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def render(columns: Sequence[str], rows: Sequence[Sequence[Cell]], *, form: TableForm = "table") -> str:
    """The rows as text that ends with a line end.

    ``table`` is aligned columns for a terminal, ``md`` a Markdown table, ``csv`` and ``tsv`` have a header line, and
    ``json`` is a list with an object a row, numbers and true/false as such. An empty cell is empty, in JSON null.

    >>> print(render(["name", "meetings"], [["Ван И", 2]]), end="")
    name   meetings
    Ван И         2
    """
    if form == "json":
        objects = [dict(zip(columns, row, strict=True)) for row in rows]
        return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"
    if form in ("csv", "tsv"):
        out = io.StringIO()
        writer = csv.writer(out, delimiter="," if form == "csv" else "\t", lineterminator="\n")
        writer.writerows([columns, *([cell_text(cell) for cell in row] for row in rows)])
        return out.getvalue()
    # A line end or an escape sequence in a cell would break the table, or the terminal.
    lines = [[_CONTROL.sub(" ", cell_text(cell)) for cell in row] for row in (columns, *rows)]
    if form == "md":
        escaped = [[cell.replace("|", r"\|") for cell in line] for line in lines]
        escaped.insert(1, ["---"] * len(columns))
        return "".join(f"| {' | '.join(line)} |\n" for line in escaped)
    return _aligned(lines, rows)


def _aligned(lines: list[list[str]], rows: Sequence[Sequence[Cell]]) -> str:
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    numeric = [
        bool(rows) and all(isinstance(cell, (int, float)) for cell in column) for column in zip(*rows, strict=True)
    ]
    numeric = numeric or [False] * len(widths)
    return "".join(
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, numeric, strict=True)
        ).rstrip()
        + "\n"
        for line in lines
    )


def cell_text(cell: Cell) -> str:
    """A cell as a person reads it: empty where there is nothing, four digits after the point."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return f"{cell:.4f}"
    return str(cell)
