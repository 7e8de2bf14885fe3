"""Turtle, written in one fixed order.

rdflib's serialiser gives stable bytes too, for ten times the work; a build of one article spent more on it than on
reading the article. Subjects, predicates (``a`` first) and objects are sorted; IRIs are shortened by our prefixes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from rdflib import RDF, RDFS, SKOS, XSD, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, PROV
from rdflib.term import Node

from diplograph.terms import DG, DGID, WD, entity_iri

#: What the IRIs of our files are shortened by.
PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "article": f"{DGID}article/",
        "dcterms": str(DCTERMS),
        "dg": str(DG),
        "dgid": str(DGID),
        "graph": f"{DGID}graph/",
        "meeting": f"{DGID}meeting/",
        "official": f"{DGID}official/",
        "organization": f"{DGID}organization/",
        "owl": str(OWL),
        "passage": f"{DGID}passage/",
        "place": f"{DGID}place/",
        "post": f"{DGID}post/",
        "prov": str(PROV),
        "rdfs": str(RDFS),
        "skos": str(SKOS),
        "state": f"{DGID}state/",
        "tenure": f"{DGID}tenure/",
        "topic": f"{DGID}topic/",
        "wd": str(WD),
        "xsd": str(XSD),
    }
)
_BY_NAMESPACE = {namespace: prefix for prefix, namespace in PREFIXES.items()}
# The part of a prefixed name that needs no escape (Turtle 1.1, PN_LOCAL, its ASCII letters and digits).
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_NUMBER = {XSD.integer: re.compile(r"-?\d+"), XSD.decimal: re.compile(r"-?\d+\.\d+")}
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPES = str.maketrans(_ESCAPED)
_TO_ESCAPE = re.compile(r'[\\"\n\r\t]')
_PLAIN = {escaped: plain for plain, escaped in _ESCAPED.items()}
_UNESCAPE = re.compile(r"\\.")


def header() -> str:
    """The prefixes, a line each."""
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())


def body(triples: Iterable[tuple[Node, Node, Node]]) -> str:
    """The triples, a block a subject with an empty line between; "" for none. Each triple stands once."""
    subjects: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for subject, predicate, thing in triples:
        subjects[term(subject)].append(("a" if predicate == RDF.type else term(predicate), term(thing)))
    return "\n".join(block(subject, rows) for subject, rows in sorted(subjects.items()))


def block(subject: str, rows: Iterable[tuple[str, str]]) -> str:
    """What is said of one subject, given as predicates and objects that are written already; each row stands once."""
    predicates: dict[str, set[str]] = {}
    for predicate, thing in rows:
        if predicate in predicates:
            predicates[predicate].add(thing)
        else:
            predicates[predicate] = {thing}
    types = predicates.pop("a", None)
    lines = [f"a {', '.join(sorted(types))}"] if types else []
    for predicate in sorted(predicates):
        things = predicates[predicate]
        lines.append(f"{predicate} {', '.join(sorted(things)) if len(things) > 1 else next(iter(things))}")
    return f"{subject} " + " ;\n    ".join(lines) + " .\n"


def thing(kind: str, id: str) -> str:
    """``dgid:<kind>/<id>`` as Turtle writes it: ``state:KZ``."""
    return f"{kind}:{id}" if kind in PREFIXES and _LOCAL.fullmatch(id) else term(entity_iri(kind, id))


@lru_cache(maxsize=50_000)
def node(written: str) -> Node:
    """The term that `term` wrote so."""
    if written == "a":
        return RDF.type
    if written.startswith("<"):
        return URIRef(written[1:-1])
    if written.startswith('"'):
        end = written.rindex('"')
        text, mark = _UNESCAPE.sub(_unescaped, written[1:end]), written[end + 1 :]
        if mark.startswith("@"):
            return Literal(text, lang=mark[1:])
        return Literal(text, datatype=URIRef(str(node(mark[2:])))) if mark else Literal(text)
    if written[0].isdigit() or written[0] == "-":
        return Literal(written, datatype=XSD.decimal if "." in written else XSD.integer)
    prefix, _, local = written.partition(":")
    return URIRef(PREFIXES[prefix] + local)


def label(written: str) -> tuple[str, str]:
    """The text and the language of a literal that `term` wrote; "" for none."""
    end = written.rindex('"')
    text = written[1:end]
    return _UNESCAPE.sub(_unescaped, text) if "\\" in text else text, written[end + 2 :]


def local(written: str) -> str:
    """``state/KZ`` of ``state:KZ``: what comes after ``dgid:`` in the IRI that `thing` wrote."""
    if written.startswith("<"):
        return written[1:-1].removeprefix(str(DGID))
    return written.replace(":", "/", 1)


def _unescaped(found: re.Match[str]) -> str:
    return _PLAIN[found[0]]


@lru_cache(maxsize=50_000)
def term(node: Node) -> str:
    """One term as Turtle writes it: ``state:KZ``, ``<https://…>``, ``"посол"@ru``, ``0.85``."""
    if isinstance(node, Literal):
        return _literal(node)
    text = str(node)
    cut = max(text.rfind("/"), text.rfind("#")) + 1
    prefix = _BY_NAMESPACE.get(text[:cut])
    if prefix is not None and _LOCAL.fullmatch(text, cut):
        return f"{prefix}:{text[cut:]}"
    return str(node.n3())


def _literal(node: Literal) -> str:
    text = str(node)
    number = _NUMBER.get(node.datatype) if node.datatype is not None else None
    if number is not None and number.fullmatch(text):
        return text
    written = quoted(text)
    if node.language:
        return f"{written}@{node.language}"
    return f"{written}^^{term(node.datatype)}" if node.datatype is not None else written


def quoted(text: str) -> str:
    """A literal without language or type."""
    return f'"{text.translate(_ESCAPES)}"' if _TO_ESCAPE.search(text) else f'"{text}"'
