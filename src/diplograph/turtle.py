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

from rdflib import RDF, RDFS, SKOS, XSD, Literal
from rdflib.namespace import DCTERMS, OWL, PROV
from rdflib.term import Node

from diplograph.terms import DG, DGID, WD

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
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def header() -> str:
    """The prefixes, a line each."""
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())


def body(triples: Iterable[tuple[Node, Node, Node]]) -> str:
    """The triples, a block a subject with an empty line between; "" for none. Each triple stands once."""
    subjects: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for subject, predicate, thing in triples:
        subjects[term(subject)]["a" if predicate == RDF.type else term(predicate)].add(term(thing))
    return "\n".join(_block(subject, subjects[subject]) for subject in sorted(subjects))


def _block(subject: str, predicates: Mapping[str, set[str]]) -> str:
    ordered = sorted(predicates, key=lambda predicate: (predicate != "a", predicate))
    lines = [f"{predicate} {', '.join(sorted(predicates[predicate]))}" for predicate in ordered]
    return f"{subject} " + " ;\n    ".join(lines) + " .\n"


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
    written = f'"{text.translate(_ESCAPES)}"'
    if node.language:
        return f"{written}@{node.language}"
    return f"{written}^^{term(node.datatype)}" if node.datatype is not None else written
