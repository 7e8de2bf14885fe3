"""Words of a language: ``data/words/<language>/<name>.toml`` → cached look-ups."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(language: str, name: str) -> dict[str, Any]:
    """The table `name` of `language`, as TOML gives it; treat it as read-only.

    >>> "посол" in words("ru", "posts")["post"]
    True

    Raises:
        FileNotFoundError: there is no such table.
    """
    source = files("diplograph") / "data" / "words" / language / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
