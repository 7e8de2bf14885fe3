"""Graph files → graphs. Parsers get bytes, never a path or an address, and RDF/XML is not read."""

from __future__ import annotations

from pathlib import Path

from rdflib import Graph

from diplograph.model import DiplographError

#: RDF/XML is not among them: its parser follows entities.
GRAPH_SUFFIXES = (".ttl", ".trig", ".nt", ".nq")


class GraphFileError(DiplographError):
    """There is no such graph file, or it is not in the format its name says."""


def load_graph(path: str | Path) -> Graph:
    """The graph in a file, or in the folder of a build; the named graphs of ``.trig`` and ``.nq`` count as one.

    Raises:
        GraphFileError: no such file, not one of `GRAPH_SUFFIXES`, or not well-formed; the message says where.
    """
    from pyoxigraph import RdfFormat, Triple, parse  # noqa: PLC0415  a graph can be asked without it

    data, extension = graph_bytes(path)
    try:
        quads = parse(data, RdfFormat.from_extension(extension))
        triples = sorted({str(Triple(quad.subject, quad.predicate, quad.object)) for quad in quads})
    except (SyntaxError, ValueError) as error:
        raise GraphFileError(f"{path}: not well-formed: {' '.join(str(error).split())}") from error
    return Graph().parse(data="".join(f"{triple} .\n" for triple in triples), format="nt")


def graph_bytes(path: str | Path) -> tuple[bytes, str]:
    """The bytes of a graph file, or of graph.ttl in the folder of a build, and its extension: "ttl".

    Raises:
        GraphFileError: no such file, or not one of `GRAPH_SUFFIXES`.
    """
    file = Path(path) / "graph.ttl" if Path(path).is_dir() else Path(path)
    if file.suffix not in GRAPH_SUFFIXES:
        raise GraphFileError(f"{file}: not a graph file; give {', '.join(GRAPH_SUFFIXES)} or the folder of a build")
    try:
        return file.read_bytes(), file.suffix[1:]
    except OSError as error:
        raise GraphFileError(f"{file}: {error.strerror}") from error
