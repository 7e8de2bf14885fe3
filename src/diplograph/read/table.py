"""Tables of articles: CSV, TSV and Parquet, a row an article, the columns named in the first row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from diplograph.read.columns import day_of, field_of
from diplograph.read.encodings import decode
from diplograph.read.items import Document, Item, Record, Refusal
from diplograph.read.limits import Limits, NotReadError, limit_reached

_DELIMITERS = (",", ";", "\t", "|")


def read_csv(document: Document, limits: Limits) -> Iterator[Item]:
    """A record a row, under the number that a spreadsheet shows for it; the delimiter is the one of the header.

    Raises:
        NotReadError: no column holds the text.
    """
    found = decode(document.read(limits, "table_bytes"), declared=document.hints.get("charset"))
    csv.field_size_limit(limits.line_bytes)
    lines = io.StringIO(found.text, newline="")
    first = lines.readline()
    delimiter = max(_DELIMITERS, key=first.count)
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # a line for Excel alone
        delimiter = first[4]
        first = ""
    rows = csv.reader(chain([first], lines) if first else lines, delimiter=delimiter)
    yield from records_of(document.source, rows, limits, remarks=(found.remark,) if found.remark else ())


def read_parquet(document: Document, limits: Limits) -> Iterator[Item]:
    """A record a row.

    Raises:
        NotReadError: damaged, no column holds the text, or pyarrow is not installed.
    """
    try:
        import pyarrow as arrow  # noqa: PLC0415 - an extra, 170 MB
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as error:
        raise NotReadError('a Parquet file needs pyarrow: pip install "diplograph[parquet]"') from error
    try:
        table = parquet.ParquetFile(arrow.BufferReader(document.read(limits, "table_bytes")))
        names = table.schema_arrow.names
        batches = table.iter_batches(batch_size=200, columns=[name for name in names if field_of(name)])
        header = [name for name in names if field_of(name)]
        rows = ([_as_text(row[name]) for name in header] for batch in batches for row in batch.to_pylist())
        yield from records_of(document.source, chain([header], rows), limits)
    except (arrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise NotReadError(f"a Parquet file that cannot be read: {str(error)[:100]}") from error


def _as_text(value: object) -> str:
    return "" if value is None else str(value)


def records_of(
    source: str, rows: Iterable[Sequence[str]], limits: Limits, *, remarks: tuple[str, ...] = ()
) -> Iterator[Item]:
    """A record for every row below the header that has a cell, numbered as a spreadsheet numbers it.

    Raises:
        NotReadError: the header names no column for the text; the columns are listed.
    """
    numbered = enumerate(rows, start=1)
    try:
        header = next(row for _, row in numbered if any(cell.strip() for cell in row))
    except StopIteration:
        yield Refusal(source, "empty", "no row in it")
        return
    columns = _columns(header)
    if "text" not in columns:
        named = ", ".join(" ".join(cell.split())[:30] for cell in header[:8])
        raise NotReadError(f"no column is called text; there are: {named}")
    found = False
    while True:
        try:
            number, row = next(numbered)
        except StopIteration:
            break
        except csv.Error as error:
            yield Refusal(source, "failed", f"the rest is no CSV: {error}")
            return
        if not any(cell.strip() for cell in row):
            continue
        found = True
        if number > limits.members:
            raise limit_reached(limits, "members", "more than {} rows: the rest is not read")
        fields: dict[str, object] = {name: row[at] for name, at in columns.items() if at < len(row) and row[at].strip()}
        fields["published"] = day_of(str(fields.get("published") or ""))
        yield Record(f"{source}#{number}", fields if "text" in fields else {**fields, "text": ""}, remarks)
    if not found:
        yield Refusal(source, "empty", "no row below the header")


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Where each field stands; a column under a field's own name goes before one under another name for it."""
    places: dict[str, tuple[int, int]] = {}
    for at, cell in enumerate(header):
        field = field_of(cell)
        if field:
            name, rank = field
            places[name] = min(places.get(name, (rank, at)), (rank, at))
    return {name: at for name, (_, at) in places.items()}
