"""Questions to a graph, in SPARQL. Queries only read: what could write or reach out is refused before it runs."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from diplograph.graph_file import graph_bytes
from diplograph.rows import ROWS_SHOWN, html_table, html_text
from diplograph.sparql import PREFIXES
from diplograph.sparql.engine import Answer, Engine, EngineName, QueryError
from diplograph.sparql.names import Names
from diplograph.sparql.questions import as_question, named, question_names
from diplograph.sparql.results import Row, Term, read_results, turtle, xml, xml_boolean
from diplograph.table import Cell, TableForm, cell_text, render

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["PREFIXES", "QueryError", "QueryResult", "ResultForm", "query", "questions"]

#: How an answer can be printed; "xml" is SPARQL Query Results XML.
ResultForm = TableForm | Literal["xml"]

_XSD = PREFIXES["xsd"]
_INTEGERS = {_XSD + name for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")}
_NUMBERS = {_XSD + name for name in ("decimal", "double", "float")}


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The answer to a query.

    `select`: `variables` and `rows`, one value a variable, None where it is unbound; in the order of the query's
    ORDER BY, else sorted; `terms` are the same rows as RDF terms. `ask`: `answer`. `construct` (DESCRIBE too):
    `turtle`. `truncated` says that there were more rows (or triples) than were asked for.
    """

    kind: Literal["select", "ask", "construct"]
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    answer: bool | None = None
    turtle: str = ""
    truncated: bool = False
    terms: tuple[Row, ...] = field(default=(), repr=False, compare=False)

    def render(self, form: ResultForm = "table") -> str:
        """The answer as text: rows in the form asked for, ``yes`` or ``no`` (JSON: true, false), or Turtle."""
        if self.kind == "construct":
            return self.turtle
        if form == "xml":
            return xml(self.variables, self.terms) if self.answer is None else xml_boolean(self.answer)
        if self.kind == "ask":
            return f"{json.dumps(self.answer)}\n" if form == "json" else f"{'yes' if self.answer else 'no'}\n"
        rows = self.rows if form not in ("table", "md") else [[_shortened(cell) for cell in row] for row in self.rows]
        return render(self.variables, rows, form=form)

    def _repr_html_(self) -> str:
        """What a notebook shows: `render`, escaped, with the first 50 rows or lines."""
        more = "<p>Truncated: there are more</p>" if self.truncated else ""
        if self.kind != "select":
            return html_text(self.render()) + more
        rows = [[cell_text(_shortened(cell)) for cell in row] for row in self.rows[:ROWS_SHOWN]]
        return html_table(self.variables, rows, total=len(self.rows)) + more


def query(
    graph: Graph | str | Path,
    what: str | Path,
    *,
    seconds: float = 60,
    rows: int | None = None,
    engine: EngineName | None = None,
    **parameters: str,
) -> QueryResult:
    """Ask `graph` a question.

    `graph` is an rdflib graph, a file (``.ttl``, ``.trig``, ``.nt``, ``.nq``) or the folder of a build. `what` is
    the name of a question (see `questions`), a file with a query, or the text of a query; the prefixes in `PREFIXES`
    are known already. No match is an answer: no rows, or False.

    Questions with a name take parameters: ``query(graph, "meetings-of-two-states", state="KZ", other_state="LV",
    from_="2026-03")``; an underscore stands for a hyphen, and at the end of a word that Python keeps for itself.

    pyoxigraph answers, rdflib where it is not installed or `engine` is "rdflib"; the answers are the same. At most
    `rows` rows or triples are given where it is a number; `seconds` holds for loading and answering together.

    Raises:
        GraphFileError: no such graph file.
        QueryError: no such question or parameter; a name that the graph does not know; the text is no query; it
            would update, call a SERVICE or name a graph to load (FROM); or it took more than `seconds`.
    """
    until = time.monotonic() + seconds
    question = as_question(what)
    data, extension = graph_bytes(graph) if isinstance(graph, (str, Path)) else (_triples(graph), "nt")
    given = {name.rstrip("_").replace("_", "-"): value for name, value in parameters.items()}
    with Engine(data, extension, engine=engine, judged=not question.name, seconds=seconds) as running:
        left = max(until - time.monotonic(), 0.001)
        text = question.bind(given, Names(running, left))
        left = max(until - time.monotonic(), 0.001)
        try:
            return result(running.ask(text, seconds=left, rows=rows, trusted=bool(question.name)))
        except QueryError as error:
            if error.trouble == "timeout":  # of the limit that was given, not of what was left of it
                message = f"No answer within {seconds:g} seconds: ask for less, or allow more time"
                raise QueryError(message, "timeout") from error
            raise


def result(answer: Answer) -> QueryResult:
    """The answer of an engine, read."""
    if answer.kind == "ask":
        return QueryResult("ask", answer=answer.answer)
    if answer.kind == "construct":
        return QueryResult("construct", turtle=turtle(answer.body), truncated=answer.truncated)
    variables, terms = read_results(answer.body)
    pairs = [(tuple(_cell(term) for term in row), row) for row in terms]
    if not answer.ordered:
        pairs.sort(key=lambda pair: [(cell is None, str(cell)) for cell in pair[0]])
    return QueryResult(
        "select",
        variables=variables,
        rows=tuple(cells for cells, _ in pairs),
        truncated=answer.truncated,
        terms=tuple(row for _, row in pairs),
    )


def questions() -> dict[str, str]:
    """The questions with a name: name → what it asks, in English and Russian, sorted by name."""
    return {name: named(name).asks for name in question_names()}


def _triples(graph: Graph) -> bytes:
    return graph.serialize(format="nt", encoding="utf-8")


def _cell(term: Term | None) -> Cell:
    if term is None:
        return None
    kind, text = term.datatype, term.value
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
