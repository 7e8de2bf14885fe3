"""graph → a SPARQL 1.1 endpoint on this machine, with a page to ask from.

    server → requests → protocol → sparql.engine
    HTTP     who may    formats    answers

It only reads, listens on the loopback address alone, and answers no page of another site.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from diplograph.graph_file import graph_bytes
from diplograph.serve.server import Server
from diplograph.sparql.engine import Engine, EngineName

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["Server", "serve"]


def serve(
    graph: Graph | str | Path,
    *,
    port: int = 8890,
    seconds: float = 10,
    rows: int = 10_000,
    engine: EngineName | None = None,
) -> Server:
    """A read-only SPARQL 1.1 endpoint for `graph`, on 127.0.0.1; a context manager that answers while it is open.

    `graph` is as `query` takes it. The endpoint is ``server.url + "sparql"``, the page to ask from ``server.url``,
    the drawn graph ``server.url + "graph"``. `port` 0 takes a free one. A query is ended after `seconds`; of an
    answer at most `rows` rows or triples are sent, and the answer says that it was truncated.

        with serve("demo-output", port=0) as server:
            print(server.url)

    Raises:
        GraphFileError: no such graph file.
        QueryError: the graph cannot be read.
        OSError: the port is taken.
    """
    if isinstance(graph, (str, Path)):
        data, extension = graph_bytes(graph)
    else:
        data, extension = graph.serialize(format="nt", encoding="utf-8"), "nt"
    running = Engine(data, extension, engine=engine)
    try:
        return Server(running, graph, port=port, seconds=seconds, rows=rows)
    except BaseException:
        running.close()
        raise
