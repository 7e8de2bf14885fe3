"""Answers one SPARQL query in a process of its own, so that a time limit or Ctrl-C can end it.

Run as a script by `diplograph.query`. It is given, on standard input, one JSON line with the format of the graph and
the query, then the graph; it answers with JSON on standard output: ``{"select": …}`` (SPARQL 1.1 results),
``{"ask": true}``, ``{"construct": "…N-Triples…"}`` or ``{"error": "…"}``.
"""

from __future__ import annotations

import io
import json
import sys

from pyoxigraph import Quad, QueryBoolean, QueryResultsFormat, QueryTriples, RdfFormat, Store, serialize


def answer(data: bytes, extension: str, query: str) -> dict[str, object]:
    """The answer to `query` over the graph in `data`; the graphs of a dataset count as one, each triple once."""
    store = Store()
    try:
        store.bulk_load(data, RdfFormat.from_extension(extension))
        store.bulk_extend([Quad(*quad.triple) for quad in store])
        found = store.query(query)
        if isinstance(found, QueryBoolean):
            return {"ask": bool(found)}
        out = io.BytesIO()
        if isinstance(found, QueryTriples):
            serialize(found, out, format=RdfFormat.N_TRIPLES)
            return {"construct": out.getvalue().decode("utf-8")}
        found.serialize(out, format=QueryResultsFormat.JSON)
        return {"select": json.loads(out.getvalue())}
    except (SyntaxError, ValueError, OSError) as error:
        return {"error": str(error)}


if __name__ == "__main__":
    request = json.loads(sys.stdin.buffer.readline())
    result = answer(sys.stdin.buffer.read(), request["extension"], request["query"])
    sys.stdout.buffer.write(json.dumps(result).encode("utf-8"))
