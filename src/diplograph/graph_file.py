"""Graph files → graphs. Parsers get bytes, never a path or an address, and RDF/XML is not read."""

from __future__ import annotations

from pathlib import Path

from rdflib import Dataset, Graph

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
    data, extension = graph_bytes(path)
    try:
        lines = _lines(data, extension)
    except Exception as error:  # rdflib's parsers raise many kinds
        raise GraphFileError(f"{path}: not well-formed: {' '.join(str(error).split())}") from error
    return Graph().parse(data="".join(sorted(lines)), format="nt")


def _lines(data: bytes, extension: str) -> set[str]:
    """The triples as lines of N-Triples, read by pyoxigraph, or, more slowly, by rdflib where that is not installed."""
    try:
        from pyoxigraph import RdfFormat, Triple, parse  # noqa: PLC0415
    except ImportError:
        parsed = Dataset(default_union=True)
        parsed.parse(data=data, format={"ttl": "turtle", "nq": "nquads"}.get(extension, extension))
        triples = Graph()
        triples += parsed.triples((None, None, None))
        return {f"{line}\n" for line in triples.serialize(format="nt").split("\n") if line}
    quads = parse(data, RdfFormat.from_extension(extension))
    return {f"{Triple(quad.subject, quad.predicate, quad.object)} .\n" for quad in quads}


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
