"""SPARQL answers as terms, and in the formats that SPARQL 1.1 defines: JSON, XML, CSV, TSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from xml.sax.saxutils import escape, quoteattr

from diplograph.sparql import PREFIXES

_XSD = PREFIXES["xsd"]
_NUMBER = {
    f"{_XSD}integer": re.compile(r"[+-]?\d+"),
    f"{_XSD}decimal": re.compile(r"[+-]?\d*\.\d+"),
    f"{_XSD}double": re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)[eE][+-]?\d+"),
}
#: The names after a prefix that need no escape in Turtle.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*)")
#: What XML 1.0 cannot carry.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


@dataclass(frozen=True, slots=True)
class Term:
    """An RDF term of an answer; `language` and `datatype` (never xsd:string) are "" where there is none."""

    kind: Literal["uri", "bnode", "literal"]
    value: str
    language: str = ""
    datatype: str = ""

    def ntriples(self) -> str:
        """The term as N-Triples write it."""
        if self.kind == "uri":
            return f"<{self.value}>"
        if self.kind == "bnode":
            return f"_:{self.value}"
        quoted = f'"{self.value.translate(_ESCAPES)}"'
        if self.language:
            return f"{quoted}@{self.language}"
        return f"{quoted}^^<{self.datatype}>" if self.datatype else quoted

    def turtle(self) -> str:
        """The term as Turtle and TSV results write it: as in N-Triples, but numbers bare."""
        number = _NUMBER.get(self.datatype)
        return self.value if number and number.fullmatch(self.value) else self.ntriples()


Row = tuple[Term | None, ...]


def read_results(body: bytes) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """The variables and rows of SPARQL JSON; None where a variable is unbound."""
    known: dict[tuple[str, ...], Term] = {}  # what an answer says in a thousand rows is one term

    def read(said: dict[str, Any]) -> Any:
        if not isinstance(said.get("type"), str):
            return said
        key = (said["type"], str(said["value"]), said.get("xml:lang", ""), said.get("datatype", ""))
        if key not in known:
            known[key] = as_term(said)
        return known[key]

    found = json.loads(body, object_hook=read)
    names = tuple(found["head"]["vars"])
    return names, tuple(tuple(map(row.get, names)) for row in found["results"]["bindings"])


def as_term(said: dict[str, Any]) -> Term:
    """A term as SPARQL JSON writes it, read."""
    kind: Literal["uri", "bnode", "literal"] = "literal"
    if said["type"] in ("uri", "bnode"):
        kind = said["type"]
    value = said["value"] if isinstance(said["value"], str) else json.dumps(said["value"])
    datatype = said.get("datatype", "")
    return Term(kind, value, said.get("xml:lang", ""), "" if datatype == f"{_XSD}string" else datatype)


def xml(names: Sequence[str], rows: Sequence[Row], *, note: str = "") -> str:
    """SPARQL Query Results XML; `note` becomes a comment."""
    out = ['<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n']
    if note:
        out.append(f"<!-- {escape(note.replace('--', '- -'))} -->\n")
    out.append(f"<head>{''.join(f'<variable name={quoteattr(name)}/>' for name in names)}</head>\n<results>\n")
    for row in rows:
        cells = (
            f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>"
            for name, term in zip(names, row, strict=True)
            if term is not None
        )
        out.append(f"<result>{''.join(cells)}</result>\n")
    out.append("</results>\n</sparql>\n")
    return "".join(out)


def xml_boolean(answer: bool) -> str:
    """The answer to an ASK as SPARQL Query Results XML."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
        f"<head/>\n<boolean>{str(answer).lower()}</boolean>\n</sparql>\n"
    )


def _xml_term(term: Term) -> str:
    text = escape(_NO_XML.sub("\N{REPLACEMENT CHARACTER}", term.value), {"\r": "&#13;"})
    if term.kind != "literal":
        return f"<{term.kind}>{text}</{term.kind}>"
    more = f" xml:lang={quoteattr(term.language)}" if term.language else ""
    more = f" datatype={quoteattr(term.datatype)}" if term.datatype else more
    return f"<literal{more}>{text}</literal>"


def turtle(triples: bytes) -> str:
    """N-Triples (one space between terms) as Turtle in one fixed order: a block a subject, only prefixes in use."""
    used: set[str] = set()
    blocks: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for line in filter(None, triples.decode().split("\n")):
        subject, predicate, thing = line.removesuffix(" .").split(" ", 2)
        verb = "a" if predicate == f"<{PREFIXES['rdf']}type>" else _shortened(predicate, used)
        blocks[_shortened(subject, used)][verb].add(_shortened(thing, used))
    header = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(PREFIXES.items()) if name in used)
    return header + "".join(f"\n{_block(subject, blocks[subject])}" for subject in sorted(blocks))


def _block(subject: str, said: Mapping[str, set[str]]) -> str:
    verbs = sorted(said, key=lambda verb: (verb != "a", verb))
    return f"{subject} " + " ;\n    ".join(f"{verb} {', '.join(sorted(said[verb]))}" for verb in verbs) + " .\n"


def _shortened(term: str, used: set[str]) -> str:
    """A term of N-Triples as Turtle writes it; its prefix goes into `used`."""
    if term.startswith('"'):
        value, mark, datatype = term.rpartition('"^^')
        if not mark:
            return term
        number = _NUMBER.get(datatype[1:-1])
        return value[1:] if number and number.fullmatch(value[1:]) else f'{value}"^^{_shortened(datatype, used)}'
    for name, iri in PREFIXES.items():
        if term[1:].startswith(iri):
            local = term[1 + len(iri) : -1]
            if _LOCAL.fullmatch(local):
                used.add(name)
                return f"{name}:{local}"
    return term


def csv_results(names: Sequence[str], rows: Sequence[Row]) -> str:
    """SPARQL 1.1 CSV: the values alone, lines end with CRLF."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow(
            ["" if term is None else f"_:{term.value}" if term.kind == "bnode" else term.value for term in row]
        )
    return out.getvalue()


def tsv_results(names: Sequence[str], rows: Sequence[Row]) -> str:
    """SPARQL 1.1 TSV: terms as Turtle writes them."""
    lines = ["\t".join(f"?{name}" for name in names)]
    lines += ["\t".join("" if term is None else term.turtle() for term in row) for row in rows]
    return "".join(f"{line}\n" for line in lines)
