"""Questions to a graph, in SPARQL. Queries only read: what could write or reach out is refused before it runs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from pyparsing import ParseException, ParseResults
from rdflib import Graph
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue

from diplograph.graph_file import graph_bytes
from diplograph.model import DiplographError
from diplograph.ontology_files import ontology_file, ontology_names
from diplograph.table import Cell, TableForm, render

#: Every query may use these without declaring them.
PREFIXES = {
    "dg": "https://w3id.org/diplograph/ontology#",
    "dgid": "https://w3id.org/diplograph/id/",
    "dcterms": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
#: What a query may not hold, by the name that the parser gives it.
_REFUSED = {
    "ServiceGraphPattern": "SERVICE is refused: it would send the query to another server",
    "DatasetClause": "FROM is refused: a query reads the graph it is given",
}
_XSD = PREFIXES["xsd"]
_INTEGERS = {_XSD + name for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")}
_NUMBERS = {_XSD + name for name in ("decimal", "double", "float")}


class QueryError(DiplographError):
    """The query cannot be asked: unknown name, wrong syntax, refused, or over time."""


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The answer to a query.

    `select`: `variables` and `rows`, one value a variable, None where it is unbound; in the order of the query's
    ORDER BY, else sorted. `ask`: `answer`. `construct` (DESCRIBE too): `turtle`.
    """

    kind: Literal["select", "ask", "construct"]
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    answer: bool | None = None
    turtle: str = ""

    def render(self, form: TableForm = "table") -> str:
        """The answer as text: rows in the form asked for, ``yes`` or ``no`` (JSON: true, false), or Turtle."""
        if self.kind == "construct":
            return self.turtle
        if self.kind == "ask":
            return f"{json.dumps(self.answer)}\n" if form == "json" else f"{'yes' if self.answer else 'no'}\n"
        rows = self.rows if form not in ("table", "md") else [[_shortened(cell) for cell in row] for row in self.rows]
        return render(self.variables, rows, form=form)


def query(graph: Graph | str | Path, what: str | Path, *, seconds: float = 60) -> QueryResult:
    """Ask `graph` a question.

    `graph` is an rdflib graph, a file (``.ttl``, ``.trig``, ``.nt``, ``.nq``) or the folder of a build. `what` is
    the name of a competency question (see `questions`), a file with a query, or the text of a query; the prefixes in
    `PREFIXES` are known already. No match is an answer: no rows, or False.

    Raises:
        GraphFileError: no such graph file.
        QueryError: no such question; the text is no query; it would update, call a SERVICE or name a
            graph to load (FROM); or the answer took more than `seconds`.
    """
    text = _query_text(what)
    ordered = _vet(text)
    data, extension = graph_bytes(graph) if isinstance(graph, (str, Path)) else (_triples(graph), "nt")
    answer = _asked(data, extension, text, seconds)
    if "ask" in answer:
        return QueryResult("ask", answer=answer["ask"])
    if "construct" in answer:
        return QueryResult("construct", turtle=_turtle(answer["construct"]))
    found = answer["select"]
    variables = tuple(found["head"]["vars"])
    rows = [tuple(_cell(binding.get(name)) for name in variables) for binding in found["results"]["bindings"]]
    if not ordered:
        rows.sort(key=lambda row: [(cell is None, str(cell)) for cell in row])
    return QueryResult("select", variables=variables, rows=tuple(rows))


def questions() -> dict[str, str]:
    """The competency questions: name → what it asks (the first comment line of its query), sorted by name."""
    return {name: _first_comment(ontology_file(f"queries/{name}.rq").read_text("utf-8")) for name in _names()}


def _names() -> list[str]:
    return sorted(name.removesuffix(".rq") for name in ontology_names("queries") if name.endswith(".rq"))


def _first_comment(text: str) -> str:
    line = next((line for line in text.splitlines() if line.startswith("#")), "")
    return line.lstrip("# ").strip()


def _query_text(what: str | Path) -> str:
    if isinstance(what, Path) or ("{" not in what and what.endswith(".rq")):
        try:
            return Path(what).read_text("utf-8-sig")
        except OSError as error:
            raise QueryError(f"{what}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise QueryError(f"{what}: not UTF-8 text") from error
    if re.search(r"[\s{]", what):
        return what
    names = _names()
    if what in names:
        return ontology_file(f"queries/{what}.rq").read_text("utf-8")
    close = get_close_matches(what, names, n=1, cutoff=0.5)
    hint = f"did you mean {close[0]}?" if close else f"there are: {', '.join(names)}"
    raise QueryError(f"No question is named {what!r}; {hint}")


def _vet(text: str) -> bool:
    """Whether the query orders its rows.

    Raises:
        QueryError: it does not parse as a query (an update does not), or it holds something refused.
    """
    try:
        left: list[Any] = [parseQuery(text)]
    except ParseException as error:
        if _is_update(text):
            raise QueryError("An update is refused: queries only read the graph") from error
        raise QueryError(
            f"Not a SPARQL query: line {error.lineno}, column {error.column}: {_one_line(error.msg)}"
        ) from error
    except RecursionError as error:
        raise QueryError("Not a SPARQL query: nested too deep") from error
    ordered, used, declared = False, set[str](), set(PREFIXES)
    while left:
        node = left.pop()
        if isinstance(node, CompValue):
            if node.name in _REFUSED:
                raise QueryError(_REFUSED[node.name])
            ordered = ordered or node.name == "OrderClause"
            if node.name in ("pname", "PrefixDecl"):
                (used if node.name == "pname" else declared).add(node.prefix or "")
            left.extend(node.values())
        elif isinstance(node, (list, tuple, ParseResults)):
            left.extend(node)
    if used - declared:
        raise QueryError(f"Unknown prefix {min(used - declared)}: (known without PREFIX: {', '.join(PREFIXES)})")
    return ordered


def _is_update(text: str) -> bool:
    try:
        return bool(parseUpdate(text).request)
    except ParseException:
        return False


def _triples(graph: Graph) -> bytes:
    return graph.serialize(format="nt", encoding="utf-8")


def _asked(data: bytes, extension: str, text: str, seconds: float) -> dict[str, Any]:
    declared = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())
    request = json.dumps({"extension": extension, "query": f"{declared} {text}"}).encode() + b"\n"
    worker = Path(__file__).with_name("sparql_worker.py")
    try:
        # -P: the folder of the script, whose files have everyday names, stays out of the import path.
        done = subprocess.run(
            [sys.executable, "-P", str(worker)], input=request + data, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise QueryError(f"No answer within {seconds:g} seconds: ask for less, or allow more time") from error
    if done.returncode:
        raise QueryError(f"The query engine stopped: {_one_line(done.stderr.decode('utf-8', 'replace'))[-200:]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "error" in answer:
        raise QueryError(f"The query or its graph cannot be read: {_one_line(answer['error'])[:300]}")
    return answer


def _one_line(message: str) -> str:
    return " ".join(message.split())


def _turtle(triples: str) -> str:
    graph = Graph(bind_namespaces="none")
    for name, iri in PREFIXES.items():
        graph.bind(name, iri)
    graph.parse(data=triples, format="nt")
    return graph.serialize(format="turtle").strip() + "\n"


def _cell(term: dict[str, str] | None) -> Cell:
    if term is None:
        return None
    kind, text = term.get("datatype"), term["value"]
    try:
        if kind in _INTEGERS:
            return int(text)
        if kind in _NUMBERS:
            return float(text)
    except ValueError:
        return text
    return text == "true" if kind == f"{_XSD}boolean" else text


def _shortened(cell: Cell) -> Cell:
    if isinstance(cell, str):
        for name, iri in PREFIXES.items():
            if cell.startswith(iri):
                return f"{name}:{cell.removeprefix(iri)}"
    return cell
