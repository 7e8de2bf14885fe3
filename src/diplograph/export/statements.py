"""graph → JSON-LD and N-Triples: the same statements as the Turtle, for programs that read no Turtle."""

from __future__ import annotations

import json
import re
from typing import Any

from rdflib import RDF, XSD, Graph, Literal
from rdflib.term import Node

from diplograph.turtle import PREFIXES

#: A local name that any reader of JSON-LD joins to its prefix again.
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_BY_NAMESPACE = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


def ntriples(graph: Graph) -> bytes:
    """Every statement on a line, sorted, UTF-8."""
    lines = {f"{subject.n3()} {predicate.n3()} {_term(value)} .\n" for subject, predicate, value in graph}
    return "".join(sorted(lines)).encode()


def jsonld(graph: Graph) -> bytes:
    """One object a subject, sorted, with our prefixes as the context; nothing is loaded from elsewhere."""
    subjects: dict[str, dict[str, list[Any]]] = {}
    for subject, predicate, value in sorted(graph, key=lambda triple: tuple(map(_term, triple))):
        of_subject = subjects.setdefault(_short(subject), {})
        if predicate == RDF.type:
            of_subject.setdefault("@type", []).append(_short(value))
        else:
            of_subject.setdefault(_short(predicate), []).append(_value(value))
    things = [
        {"@id": name, **{key: values[0] if len(values) == 1 else values for key, values in sorted(found.items())}}
        for name, found in sorted(subjects.items())
    ]
    document = {"@context": dict(sorted(PREFIXES.items())), "@graph": things}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _term(node: Node) -> str:
    """A term of N-Triples: rdflib writes the line ends of a literal raw, between three quotes."""
    if not isinstance(node, Literal):
        return node.n3()
    text = str(node).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    if node.language:
        return f'"{text}"@{node.language}'
    return f'"{text}"^^{node.datatype.n3()}' if node.datatype and node.datatype != XSD.string else f'"{text}"'


def _short(node: Node) -> str:
    for prefix, namespace in _BY_NAMESPACE:
        local = str(node).removeprefix(namespace)
        if local != str(node) and _LOCAL.fullmatch(local):
            return f"{prefix}:{local}"
    return str(node)


def _value(node: Node) -> Any:
    if not isinstance(node, Literal):
        return {"@id": _short(node)}
    if node.language:
        return {"@value": str(node), "@language": node.language}
    if node.datatype and node.datatype != XSD.string:
        return {"@value": str(node), "@type": _short(node.datatype)}
    return str(node)
