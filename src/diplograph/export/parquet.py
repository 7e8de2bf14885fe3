"""graph → Parquet: the tables of meetings, officials and pairs with typed columns, several values as a list."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from diplograph.frames import optional
from diplograph.tables import Row

#: What a column holds where it is no text.
_KINDS: Mapping[str, str] = {
    **dict.fromkeys(("participants", "states", "organizations", "topics", "other_names", "posts", "evidence"), "texts"),
    **dict.fromkeys(("held", "planned", "articles", "meetings"), "number"),
    "confidence": "share",
}


def parquet(rows: Sequence[Row], columns: Sequence[str]) -> bytes:
    """Rows as a Parquet file (Snappy); a table without rows keeps its columns. `place` is one text.

    Raises:
        MissingExtraError: pyarrow is not installed; the extra `tables` brings it.
    """
    arrow = optional("pyarrow", extra="tables")
    types = {"texts": arrow.list_(arrow.string()), "number": arrow.int64(), "share": arrow.float64()}
    schema = arrow.schema([(name, types.get(_KINDS.get(name, ""), arrow.string())) for name in columns])
    lines = [{name: _cell(name, row[name]) for name in columns} for row in rows]
    buffer = io.BytesIO()
    optional("pyarrow.parquet", extra="tables").write_table(arrow.Table.from_pylist(lines, schema=schema), buffer)
    return buffer.getvalue()


def _cell(name: str, value: object) -> object:
    if isinstance(value, tuple):
        return list(value) if _KINDS.get(name) == "texts" else "; ".join(value)
    return value
