"""Findings → RDF.

`to_graph` gives one `rdflib.Graph` in the public vocabulary, `serialize_turtle` its bytes for a file, `serialize_trig`
the same triples with one named graph an article, so that an article can be dropped or read again. `write_files` writes
both files from `Statements`, without a graph in memory.

There are no blank nodes, no clock and no chance in it, and all output is sorted: equal findings give equal bytes.
IRIs and literals come from `diplograph.terms`; `DG`, `DGID` and `iri` are to be had here too.
"""

from __future__ import annotations

import mmap
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

from rdflib import Graph

from diplograph import turtle
from diplograph.model import Findings
from diplograph.statements import ENCOUNTER_CLASSES, ORGANIZATION_CLASSES, Statements
from diplograph.terms import DG, DGID, entity_iri, iri

__all__ = [
    "DG", "DGID", "ENCOUNTER_CLASSES", "ORGANIZATION_CLASSES", "Statements",
    "iri", "serialize_trig", "serialize_turtle", "to_graph", "write_files",
]  # fmt: skip


def to_graph(findings: Findings) -> Graph:
    """The findings in the public vocabulary, one graph, all types asserted; an empty graph for no article."""
    graph = Graph(bind_namespaces="none")  # it knows our prefixes and no other
    for prefix, namespace in turtle.PREFIXES.items():
        graph.bind(prefix, namespace)
    for subject, rows in Statements(findings):
        node = turtle.node(subject)
        for predicate, thing in rows:
            graph.add((node, turtle.node(predicate), turtle.node(thing)))
    return graph


def serialize_turtle(graph: Graph) -> str:
    """The Turtle of a graph: sorted, the same bytes for the same triples, ends in one newline."""
    return f"{turtle.header()}\n{turtle.body(graph)}"


def serialize_trig(findings: Findings) -> str:
    """The triples of `to_graph` as TriG: what rests on one article alone stands in ``dgid:graph/<article>``.

    The default graph holds what rests on several articles, and what no article says.
    """
    with TemporaryDirectory() as folder:
        turtle_file, trig_file = Path(folder, "graph.ttl"), Path(folder, "graph.trig")
        write_files(Statements(findings), turtle_file, trig_file)
        return trig_file.read_text("utf-8")


def write_files(statements: Statements, turtle_file: Path, trig_file: Path) -> None:
    """Write what `serialize_turtle` gives of the graph, and what `serialize_trig` gives of the findings.

    What is said of most subjects rests on one article and reads the same in both files: it is put into words once,
    and copied from file to file.
    """
    # By article, the blocks of its graph: where one stands in the Turtle (start, length), or its bytes.
    blocks: dict[str, list[tuple[int, int] | bytes]] = defaultdict(list)
    with turtle_file.open("w+b") as written:
        start = written.write(turtle.header().encode())
        for text, parts in statements.blocks():
            for article, part in parts.items():
                blocks[article].append((start + 1, len(text)) if part is text else part)
            start += written.write(b"\n" + text)
        if not blocks:
            written.write(b"\n")
        written.flush()
        with mmap.mmap(written.fileno(), 0, access=mmap.ACCESS_READ) as whole, trig_file.open("wb") as trig:
            trig.write(turtle.header().encode())
            for article in sorted(blocks):
                trig.write(f"\n{turtle.term(entity_iri('graph', article))} {{\n".encode() if article else b"\n")
                for number, piece in enumerate(blocks[article]):
                    trig.write(b"\n" if number else b"")
                    trig.write(piece if isinstance(piece, bytes) else whole[piece[0] : sum(piece)])
                trig.write(b"}\n" if article else b"")
