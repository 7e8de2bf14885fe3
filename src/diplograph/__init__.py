"""diplograph turns diplomatic news into a knowledge graph of who met whom.

    >>> import diplograph
    >>> callable(diplograph.network)
    True

Each step is a function here, of the same name as its command: `read`, `extract`, `resolve`, `to_graph`, `build`,
`query`, `network`, `rank`, `cluster`, `draw`, `check`, `explain`, `score`, `fetch`; beside them `load_graph` and
`questions`.
A step is loaded when it is first used, so importing the package costs nothing.

Most steps live in a module of their own name. ``diplograph.draw`` is always the function; what else the module
holds is imported from it: ``from diplograph.draw import …``.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from diplograph.analyse import cluster, rank
    from diplograph.build import build
    from diplograph.check import check
    from diplograph.draw import draw
    from diplograph.explain import explain
    from diplograph.extract import extract
    from diplograph.fetch import fetch
    from diplograph.graph_file import load_graph
    from diplograph.network import network
    from diplograph.query import query, questions
    from diplograph.rdf import to_graph
    from diplograph.read import read
    from diplograph.resolve import resolve
    from diplograph.score import score

    __version__: str

__all__ = [
    "build",
    "check",
    "cluster",
    "draw",
    "explain",
    "extract",
    "fetch",
    "load_graph",
    "network",
    "query",
    "questions",
    "rank",
    "read",
    "resolve",
    "score",
    "to_graph",
]

#: The public functions that live in a module of another name.
_ELSEWHERE = {
    "cluster": "analyse",
    "load_graph": "graph_file",
    "questions": "query",
    "rank": "analyse",
    "to_graph": "rdf",
}


class _Package(ModuleType):
    """A package whose steps win over the modules of the same name.

    Importing ``diplograph.draw`` binds the submodule to the package's attribute `draw`, and Python does so at the
    first import, whoever asks for it. Here the function inside is bound instead.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name in __all__ and isinstance(value, ModuleType):
            value = getattr(value, name)
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("importlib.metadata").version("diplograph")
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ELSEWHERE.get(name, name)}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})
