"""diplograph turns diplomatic news into a knowledge graph of who met whom.

    >>> import diplograph
    >>> callable(diplograph.network)
    True

The names here read like the way of the data, and commands have the same names:

- texts → graph: `fetch`, `read`, `extract`, `resolve`, `to_graph`, or `build` for all of it; `load_graph` for a graph
  that is;
- graph → answers: `query`, `questions`, `serve`, and the data frames `meetings`, `officials`, `dyads`;
- graph → network → analysis: `network`, `rank`, `cluster`, `chance`;
- graph → readers: `draw`, `report`, `dossier`, `diff`, `export`;
- beside the way: `check`, `explain`, `score`.

`load_graph` gives a plain rdflib graph and `network` a plain networkx graph, so all of those worlds works on them.
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
    from diplograph.analyse import rank
    from diplograph.build import build
    from diplograph.chance import chance
    from diplograph.check import check
    from diplograph.communities import cluster
    from diplograph.diff import diff
    from diplograph.dossier import dossier
    from diplograph.draw import draw
    from diplograph.explain import explain
    from diplograph.export import export
    from diplograph.extract import extract
    from diplograph.fetch import fetch
    from diplograph.graph_file import load_graph
    from diplograph.network import network
    from diplograph.query import query, questions
    from diplograph.rdf import to_graph
    from diplograph.read import read
    from diplograph.report import report
    from diplograph.resolve import resolve
    from diplograph.score import score
    from diplograph.serve import serve
    from diplograph.tables import dyads, meetings, officials

    __version__: str

__all__ = [
    "build",
    "chance",
    "check",
    "cluster",
    "diff",
    "dossier",
    "draw",
    "dyads",
    "explain",
    "export",
    "extract",
    "fetch",
    "load_graph",
    "meetings",
    "network",
    "officials",
    "query",
    "questions",
    "rank",
    "read",
    "report",
    "resolve",
    "score",
    "serve",
    "to_graph",
]

#: The public functions that live in a module of another name.
_ELSEWHERE = {
    "cluster": "communities",
    "dyads": "tables",
    "load_graph": "graph_file",
    "meetings": "tables",
    "officials": "tables",
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
