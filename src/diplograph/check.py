"""Whether a graph keeps the contract: SHACL shapes, and no term that the ontology does not define."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pyshacl import validate
from rdflib import RDF, SH, BNode, Graph, Literal, Node, URIRef
from rdflib.namespace import OWL

from diplograph.model import Name
from diplograph.ontology_files import ontology_file
from diplograph.rows import Rows
from diplograph.terms import DG

_UNKNOWN_PROPERTY = (
    Name("The vocabulary of diplograph has no property of this name.", "en"),
    Name("В словаре diplograph нет свойства с таким именем.", "ru"),
)
_UNKNOWN_CLASS = (
    Name("The vocabulary of diplograph has no class of this name.", "en"),
    Name("В словаре diplograph нет класса с таким именем.", "ru"),
)


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is wrong with one node of a graph.

    `focus` is the node's IRI ("[]" for a blank node). `path` is the property's IRI, with "^" before it where it is
    read backwards, and empty where the node as a whole is wrong. `value` is the value at fault, and empty where one is
    missing or the node itself is meant. `messages` say it in English and in Russian. `severity` is SHACL's:
    "Violation", "Warning" or "Info".
    """

    focus: str
    path: str
    value: str
    messages: tuple[Name, ...]
    severity: str = "Violation"

    def message(self, *, language: str = "en") -> str:
        """What is wrong, in `language` where it is said in it, else in the first language there is."""
        return next((said.text for said in self.messages if said.language == language), self.messages[0].text)


class Violations(Rows[Violation]):
    """What `check` finds: a table with a message in English a row."""

    __slots__ = ()

    def table(self) -> tuple[list[str], list[list[Any]]]:
        """See `Rows.table`; the columns are there also where nothing is wrong."""
        lines = [[one.severity, one.focus, one.path, one.value, one.message()] for one in self]
        return ["severity", "node", "property", "value", "message"], lines


def check(graph: Graph) -> Violations:
    """All that is wrong with `graph`, sorted by node, property and value; empty where it keeps the contract.

    The shapes are those of ``ontology/shapes.ttl``. They read the graph as it stands, without inference; `graph` is not
    changed. An empty graph keeps the contract.
    """
    found = {*_against_shapes(graph), *_against_vocabulary(graph)}
    return Violations(sorted(found, key=lambda one: (one.focus, one.path, one.value, one.message())))


def _against_shapes(graph: Graph) -> Iterator[Violation]:
    shapes = _ontology("shapes.ttl")
    _, report, _ = validate(graph, shacl_graph=shapes, inference="none", advanced=True)
    for result in report.objects(None, SH.result):
        focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
        yield Violation(
            focus=_shown(focus),
            path=_path(report, report.value(result, SH.resultPath)),
            value=_shown(value) if value != focus else "",
            messages=_messages(shapes, report, result),
            severity=str(report.value(result, SH.resultSeverity)).removeprefix(str(SH)),
        )


def _against_vocabulary(graph: Graph) -> Iterator[Violation]:
    """Terms in our namespace that are not in our ontology: a misspelt one would be found by no query."""
    properties, classes = _terms(OWL.ObjectProperty, OWL.DatatypeProperty), _terms(OWL.Class)
    for subject, predicate, value in graph:
        if str(predicate).startswith(DG) and predicate not in properties:
            yield Violation(_shown(subject), str(predicate), _shown(value), _UNKNOWN_PROPERTY)
        elif predicate == RDF.type and str(value).startswith(DG) and value not in classes:
            yield Violation(_shown(subject), str(predicate), _shown(value), _UNKNOWN_CLASS)


def _shown(node: Node | None) -> str:
    if node is None:
        return ""
    return "[]" if isinstance(node, BNode) else str(node)


def _path(report: Graph, path: Node | None) -> str:
    """Our paths are a property, or one read backwards."""
    if isinstance(path, BNode):
        return f"^{report.value(path, SH.inversePath)}"
    return _shown(path)


def _messages(shapes: Graph, report: Graph, result: Node) -> tuple[Name, ...]:
    """What the shape says, by language; taken from the shape, for reports lose the languages of SPARQL constraints."""
    speaker = report.value(result, SH.sourceConstraint) or report.value(result, SH.sourceShape)
    said = [text for text in shapes.objects(speaker, SH.message) if isinstance(text, Literal)]
    return tuple(sorted((Name(str(text), text.language or "") for text in said), key=lambda name: name.language))


@cache
def _ontology(name: str) -> Graph:
    return Graph().parse(data=ontology_file(name).read_text(encoding="utf-8"), format="turtle")


@cache
def _terms(*kinds: URIRef) -> frozenset[Node]:
    ontology = _ontology("diplograph.ttl")
    return frozenset(term for kind in kinds for term in ontology.subjects(RDF.type, kind))
