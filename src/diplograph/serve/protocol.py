"""What the SPARQL 1.1 protocol says of requests and answers: which query is meant, which format is wanted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from diplograph.query import result
from diplograph.sparql.engine import Answer, Trouble
from diplograph.sparql.results import csv_results, tsv_results, turtle, xml, xml_boolean

#: Media type → format, the one that is given when anything will do first.
ROWS: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
TRIPLES: Mapping[str, str] = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdfxml",
}
#: What went wrong → status.
STATUS: Mapping[Trouble, int] = {"malformed": 400, "refused": 403, "timeout": 504, "exhausted": 503}
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


class RequestError(Exception):
    """A request that is not answered; `status` is that of HTTP."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Response:
    """What is sent back."""

    body: bytes
    type: str = "text/plain"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def query_of(method: str, search: str, content_type: str, body: bytes) -> str | None:
    """The query of a request, None where it has none.

    Raises:
        RequestError: it would update, names a data set, has more than one query, or a type that is not known.
    """
    given = parse_qs(search, keep_blank_values=True)
    kind = content_type.partition(";")[0].strip().lower()
    if method == "POST":
        if kind == UPDATE:
            raise RequestError(403, "An update is refused: this endpoint only reads")
        if kind == QUERY:
            given["query"] = [*given.get("query", []), _text(body)]
        elif kind == FORM:
            for name, values in parse_qs(_text(body), keep_blank_values=True).items():
                given[name] = given.get(name, []) + values
        else:
            raise RequestError(415, f"Send the query as {FORM} or {QUERY}")
    if "update" in given:
        raise RequestError(403, "An update is refused: this endpoint only reads")
    if "default-graph-uri" in given or "named-graph-uri" in given:
        raise RequestError(403, "A data set of the request is refused: a query reads the graph that is served")
    queries = given.get("query", [])
    if len(queries) > 1:
        raise RequestError(400, "More than one query")
    return queries[0] if queries else None


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise RequestError(400, "Not UTF-8 text") from error


def wanted(accept: str, offered: Mapping[str, str]) -> str:
    """The media type of `offered` that an Accept header likes best; the first where it names none of them."""
    likes: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept.split(",")):
        name, *options = (piece.strip().lower() for piece in part.split(";"))
        weight = next((option[2:] for option in options if option.startswith("q=")), "1")
        try:
            likes.append((-float(weight), place, name))
        except ValueError:
            continue
    for less, _, name in sorted(likes):
        if less:
            for kind in offered:
                if name in (kind, "*/*", f"{kind.partition('/')[0]}/*"):
                    return kind
    return next(iter(offered))


def respond(answer: Answer, accept: str, *, rows: int) -> Response:
    """The answer in the format that is wanted, with a note where it was truncated to `rows`."""
    note = f"Truncated: there are more than {rows}" if answer.truncated else ""
    headers = {"X-Diplograph-Truncated": str(rows)} if note else {}
    if answer.kind == "construct":
        kind = wanted(accept, TRIPLES)
        return Response(_triples(answer.body, TRIPLES[kind], note), kind, headers=headers)
    kind = wanted(accept, ROWS)
    if answer.kind == "ask":
        said = bool(answer.answer)
        if ROWS[kind] == "xml":
            return Response(xml_boolean(said).encode(), kind)
        if ROWS[kind] == "json":
            return Response(json.dumps({"head": {}, "boolean": said}).encode(), kind)
        return Response(f"{str(said).lower()}\n".encode(), kind)  # CSV and TSV know no answer to ASK
    if ROWS[kind] == "json":
        return Response(_noted(answer.body, note), kind, headers=headers)
    found = result(answer)
    writers = {"csv": csv_results, "tsv": tsv_results}
    name = ROWS[kind]
    text = (
        xml(found.variables, found.terms, note=note) if name == "xml" else writers[name](found.variables, found.terms)
    )
    return Response(text.encode(), kind, headers=headers)


def _noted(body: bytes, note: str) -> bytes:
    """SPARQL JSON with a member that says so where rows are missing; readers pass over members they do not know."""
    return json.dumps(json.loads(body) | {"truncated": note}, ensure_ascii=False).encode() if note else body


def _triples(triples: bytes, name: str, note: str) -> bytes:
    comment = f"# {note}\n".encode() if note else b""
    if name == "nt":
        return comment + triples
    if name == "turtle":
        return comment + turtle(triples).encode()
    from rdflib import Graph  # noqa: PLC0415

    return Graph().parse(data=triples, format="nt").serialize(format="xml", encoding="utf-8")


def description(url: str, formats: Sequence[str]) -> str:
    """What the endpoint is, as SPARQL 1.1 Service Description in Turtle."""
    results = ", ".join(f"<http://www.w3.org/ns/formats/{name}>" for name in formats)
    return (
        "@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .\n"
        f"<{url}> a sd:Service ; sd:endpoint <{url}> ; sd:supportedLanguage sd:SPARQL11Query ;\n"
        f"    sd:resultFormat {results} .\n"
    )
