"""The process that holds one graph. Run as ``python -m diplograph.sparql.worker FD`` by `engine.Engine`.

On standard input comes one JSON line (``{"engine": …, "format": …, "judge": …}``) and the graph; one JSON line goes
back (``{"engine": …, "triples": …}`` or ``{"error": …}``). Then, on the socket FD, each message brings one end of a new
socket. A fork of this process reads a request from it (``{"query", "seconds", "rows", "trusted"}``), writes the answer
(one JSON line, then SPARQL JSON, N-Triples or nothing) and ends. So a query that runs away takes nothing with it.
"""

from __future__ import annotations

import io
import json
import os
import resource
import signal
import socket
import sys
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from typing import Any, Protocol

from diplograph.sparql import PREFIXES
from diplograph.sparql.results import as_term

#: How much memory a query may take beyond the graph, in bytes.
MEMORY = 2 << 30

#: First line, body.
Answer = tuple[dict[str, Any], bytes]


class Asked(Protocol):
    """A graph that can be asked."""

    def triples(self) -> int:
        """How many triples it has."""

    def ask(self, query: str, rows: int | None) -> Answer:
        """The answer, with at most so many rows or triples.

        Raises:
            ValueError: the query cannot be evaluated.
        """


class OxigraphGraph:
    """A graph in pyoxigraph; the graphs of a dataset count as one too, each triple once."""

    def __init__(self, data: bytes, format: str) -> None:
        import pyoxigraph  # noqa: PLC0415

        self.engine = pyoxigraph
        self.store = pyoxigraph.Store()
        self.store.bulk_load(data, pyoxigraph.RdfFormat.from_extension(format))
        if format in ("trig", "nq"):
            self.store.bulk_extend([pyoxigraph.Quad(*quad.triple) for quad in self.store])

    def triples(self) -> int:
        """See `Asked`."""
        return sum(1 for _ in self.store.quads_for_pattern(None, None, None, self.engine.DefaultGraph()))

    def ask(self, query: str, rows: int | None) -> Answer:
        """See `Asked`."""
        ox = self.engine
        try:
            found: Any = self.store.query(query)
            if isinstance(found, ox.QueryBoolean):
                return {"kind": "ask", "answer": bool(found)}, b""
            if isinstance(found, ox.QueryTriples):
                triples, cut = _first(found, rows)
                out = io.BytesIO()
                ox.serialize(triples, out, format=ox.RdfFormat.N_TRIPLES)
                return {"kind": "construct", "truncated": cut}, out.getvalue()
            if rows is None:
                return {"kind": "select", "truncated": False}, found.serialize(format=ox.QueryResultsFormat.JSON)
            names = [variable.value for variable in found.variables]
            solutions, cut = _first(found, rows)
            bindings = [{name: self._term(row[name]) for name in names if row[name] is not None} for row in solutions]
            return {"kind": "select", "truncated": cut}, _results(names, bindings)
        except (SyntaxError, OSError) as error:
            raise ValueError(str(error)) from error

    def _term(self, term: Any) -> dict[str, Any]:
        if isinstance(term, self.engine.NamedNode):
            return {"type": "uri", "value": term.value}
        if isinstance(term, self.engine.BlankNode):
            return {"type": "bnode", "value": term.value}
        if isinstance(term, self.engine.Literal):
            return _literal(term.value, term.language, term.datatype.value)
        return _literal(str(term), None, None)  # a quoted triple


class RdflibGraph:
    """The same in rdflib: pure Python, slower, with the same answers."""

    def __init__(self, data: bytes, format: str) -> None:
        import rdflib  # noqa: PLC0415
        from rdflib.plugins import sparql  # noqa: PLC0415
        from rdflib.plugins.sparql import evaluate  # noqa: PLC0415

        sparql.SPARQL_LOAD_GRAPHS = False
        evaluate.evalAggregateJoin = _without_empty_groups(evaluate.evalAggregateJoin)
        self.engine = rdflib
        self.graph = rdflib.Dataset(default_union=True)
        self.graph.parse(data=data, format={"ttl": "turtle", "nq": "nquads"}.get(format, format))
        # What rdflib loads at the first use must be there before files are out of reach.
        for query in ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER REGEX('a', 'a') }", "DESCRIBE <x:x>", "ASK {}"):
            rdflib.Graph().query(query)

    def triples(self) -> int:
        """See `Asked`."""
        return sum(1 for _ in self.graph.triples((None, None, None)))

    def ask(self, query: str, rows: int | None) -> Answer:
        """See `Asked`."""
        try:
            found = self.graph.query(query)
            if found.type == "ASK":
                return {"kind": "ask", "answer": bool(found.askAnswer)}, b""
            if found.type != "SELECT":
                triples, cut = _first(found.graph or (), rows)
                lines = {
                    " ".join(as_term(self._term(term)).ntriples() for term in triple) + " .\n" for triple in triples
                }
                text = "".join(sorted(lines))
                return {"kind": "construct", "truncated": cut}, text.encode()
            names = [str(variable) for variable in found.vars or ()]
            solutions, cut = _first(found.bindings, rows)
            bindings = [
                {str(name): self._term(term) for name, term in row.items() if term is not None and str(name) in names}
                for row in solutions
            ]
            return {"kind": "select", "truncated": cut}, _results(names, bindings)
        except RecursionError as error:
            raise ValueError("nested too deep") from error
        except MemoryError:
            raise
        except Exception as error:  # rdflib raises many kinds for a query that makes no sense
            raise ValueError(str(error)) from error

    def _term(self, term: Any) -> dict[str, Any]:
        if isinstance(term, self.engine.URIRef):
            return {"type": "uri", "value": str(term)}
        if isinstance(term, self.engine.BNode):
            return {"type": "bnode", "value": str(term)}
        kind = term.datatype and str(term.datatype)
        return _literal(_as_oxigraph(str(term), kind), term.language and term.language.lower(), kind)


def _as_oxigraph(value: str, datatype: str | None) -> str:
    """A number as pyoxigraph writes it: 0.7 for 0.70, at most 18 digits after the point."""
    if datatype not in (f"{PREFIXES['xsd']}decimal", f"{PREFIXES['xsd']}double", f"{PREFIXES['xsd']}float"):
        return value
    if datatype.endswith("decimal"):
        value = value[: value.find(".") + 19] if "." in value else value
        value = value.rstrip("0").rstrip(".") if "." in value else value
        return "0" if value in ("-0", "") else value
    return value.removesuffix(".0")


def _without_empty_groups(aggregate: Any) -> Any:
    """rdflib answers a GROUP BY that finds no group with one empty row; by the standard there is none."""

    def groups(ctx: Any, part: Any) -> Any:
        found = aggregate(ctx, part)
        return found if part.p.expr is None else (row for row in found if len(row))

    return groups


def _first(found: Iterable[Any], count: int | None) -> tuple[list[Any], bool]:
    """The first so many, and whether there were more."""
    if count is None:
        return list(found), False
    some = list(islice(found, count + 1))
    return some[:count], len(some) > count


def _literal(value: str, language: str | None, datatype: str | None) -> dict[str, Any]:
    term = {"type": "literal", "value": value}
    if language:
        term["xml:lang"] = language
    elif datatype and datatype != f"{PREFIXES['xsd']}string":
        term["datatype"] = datatype
    return term


def _results(names: list[str], bindings: list[dict[str, Any]]) -> bytes:
    return json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}}, ensure_ascii=False).encode()


def _load(header: dict[str, Any], data: bytes) -> tuple[Asked, str]:
    kinds: dict[str, type[OxigraphGraph] | type[RdflibGraph]] = {"oxigraph": OxigraphGraph, "rdflib": RdflibGraph}
    wanted = header["engine"]
    if wanted is None:
        try:
            import pyoxigraph  # noqa: F401, PLC0415
        except ImportError:
            wanted = "rdflib"
        else:
            wanted = "oxigraph"
    if header["judge"]:
        import diplograph.sparql.judge  # noqa: F401, PLC0415
    return kinds[wanted](data, header["format"]), wanted


def _confine() -> None:
    """From here on nothing can be opened, written to disk, or taken without measure: the kernel refuses it.

    Files and sockets that are open stay so. Both engines are held by this, whatever a query says.
    """
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, sys.stderr.fileno())  # an engine that runs out of memory says so as it dies
    with suppress(OSError, ValueError):
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            used = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    for limit in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
        resource.setrlimit(limit, (0, 0))


def _answer(graph: Asked, request: dict[str, Any]) -> Answer:
    if request["trusted"]:
        ordered, text = True, request["query"]
        _confine()
    else:
        from diplograph.sparql.judge import RefusedError, judge, plain  # noqa: PLC0415

        _confine()
        text = plain(request["query"])
        try:
            ordered = judge(text)
        except RefusedError as refusal:
            return {"error": str(refusal), "kind": refusal.kind}, b""
    declared = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())
    try:
        first, body = graph.ask(f"{declared} {text}", request["rows"])
    except ValueError as error:
        return {"error": " ".join(str(error).split())[:300], "kind": "malformed"}, b""
    except MemoryError:
        return {"error": "out of memory", "kind": "exhausted"}, b""
    return first | {"ordered": ordered}, body


def _answer_one(graph: Asked, connection: socket.socket) -> None:
    with connection, connection.makefile("rwb") as stream:
        request = json.loads(stream.readline())
        # Python handles no alarm here, so the kernel ends the process, whatever it is at.
        signal.setitimer(signal.ITIMER_REAL, request["seconds"])
        first, body = _answer(graph, request)
        # The length tells a whole answer from one whose time was over in the middle of it.
        stream.write(json.dumps(first | {"length": len(body)}).encode() + b"\n" + body)


def main() -> None:
    """Load the graph, then answer until the other side of the socket closes."""
    control = socket.socket(fileno=int(sys.argv[1]))
    header = json.loads(sys.stdin.buffer.readline())
    try:
        graph, engine = _load(header, sys.stdin.buffer.read())
        said = {"engine": engine, "triples": graph.triples()}
    except Exception as error:  # parsers raise many kinds
        said = {"error": " ".join(str(error).split())[:300]}
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()
    if "error" in said:
        return
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the forks
    while True:
        message, handles, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            os.killpg(0, signal.SIGKILL)  # the forks that are still at work, and this process
        if os.fork() == 0:
            control.close()
            with suppress(BrokenPipeError, ConnectionError):
                _answer_one(graph, socket.socket(fileno=handles[0]))
            os._exit(0)
        os.close(handles[0])


if __name__ == "__main__":
    main()
