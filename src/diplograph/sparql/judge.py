"""Whether a query may run: judged on what its parser made of it, not on its letters.

Importing this module loads rdflib's parser, half a second of work; only the worker does so.
"""

from __future__ import annotations

from typing import Any, Literal

from pyparsing import ParseException, ParseResults
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue

from diplograph.sparql import PREFIXES

#: What a query may not hold, by the name that the parser gives it.
_REFUSED = {
    "ServiceGraphPattern": "SERVICE is refused: it would send the query to another server",
    "DatasetClause": "FROM is refused: a query reads the graph it is given",
}


class RefusedError(Exception):
    """Why a query does not run: it is no query ("malformed"), or it would do what a query may not ("refused")."""

    def __init__(self, kind: Literal["malformed", "refused"], message: str) -> None:
        super().__init__(message)
        self.kind = kind


def plain(text: str) -> str:
    """The query with one kind of line end.

    A comment ends at a carriage return for one parser and goes on for the other: what stands behind it would be
    judged as a comment and run as a query.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


def judge(text: str) -> bool:
    """Whether the query orders its rows; `text` is as `plain` gives it.

    Raises:
        RefusedError: it does not parse as a query (an update does not), or it holds something refused.
    """
    try:
        left: list[Any] = [parseQuery(text)]
    except ParseException as error:
        if _is_update(text):
            raise RefusedError("refused", "An update is refused: queries only read the graph") from error
        where = f"line {error.lineno}, column {error.column}"
        raise RefusedError("malformed", f"Not a SPARQL query: {where}: {' '.join(error.msg.split())}") from error
    except RecursionError as error:
        raise RefusedError("malformed", "Not a SPARQL query: nested too deep") from error
    except Exception as error:  # the parser's own mishaps, such as an escape of no character
        raise RefusedError("malformed", f"Not a SPARQL query: {' '.join(str(error).split())[:200]}") from error
    ordered, used, declared = False, set[str](), set(PREFIXES)
    while left:
        node = left.pop()
        if isinstance(node, CompValue):
            if node.name in _REFUSED:
                raise RefusedError("refused", _REFUSED[node.name])
            ordered = ordered or node.name == "OrderClause"
            if node.name in ("pname", "PrefixDecl"):
                (used if node.name == "pname" else declared).add(node.prefix or "")
            left.extend(node.values())
        elif isinstance(node, (list, tuple, ParseResults)):
            left.extend(node)
    if used - declared:
        known = ", ".join(PREFIXES)
        raise RefusedError("malformed", f"Unknown prefix {min(used - declared)}: (known without PREFIX: {known})")
    return ordered


def _is_update(text: str) -> bool:
    try:
        return bool(parseUpdate(text).request)
    except Exception:
        return False
