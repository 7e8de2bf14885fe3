"""One request to the server: whether it may ask at all, and what answers it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler
from importlib.resources import files
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import parse_qsl, unquote, urlsplit

from diplograph.model import DiplographError
from diplograph.serve.protocol import STATUS, RequestError, Response, description, query_of, respond
from diplograph.sparql.engine import QueryError
from diplograph.sparql.questions import PARAMETERS, named, question_names
from diplograph.wording import LANGUAGES, say

if TYPE_CHECKING:
    from diplograph.serve.server import Server

#: The longest query, in bytes.
LONGEST = 1 << 20
_TYPES = {"html": "text/html", "js": "text/javascript", "css": "text/css", "txt": "text/plain"}
#: The files of the page: nothing else is read, whatever a path says.
_FILES = {
    f"/page/{name}": name
    for name in (
        *("ask.js", "ask.css", "yasgui/yasgui.min.js", "yasgui/yasgui.min.css"),
        *("yasgui/LICENSE.txt", "yasgui/yasgui.min.js.LICENSE.txt"),
    )
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Handler(BaseHTTPRequestHandler):
    """GET, HEAD and POST of one connection."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "diplograph", ""
    timeout: ClassVar[float] = 30  # a client that sends nothing does not hold a thread for ever
    server: Server

    def do_GET(self) -> None:
        """Answer, whatever happens."""
        self._answer(b"")

    do_HEAD = do_GET  # noqa: N815

    def do_POST(self) -> None:
        """Answer a query that comes as a form or as itself."""
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LONGEST:
            self.close_connection = True
            self._send(_error(413 if length.isdecimal() else 411, f"A query has at most {LONGEST} bytes, and a length"))
            return
        self._answer(self.rfile.read(int(length)))

    def log_message(self, format: str, *args: object) -> None:
        """The library never prints."""

    def _answer(self, body: bytes) -> None:
        try:
            self._check()
            response = self._route(body)
        except RequestError as error:
            response = _error(error.status, str(error))
        except QueryError as error:
            response = _error(STATUS[error.trouble], str(error))
        except DiplographError as error:
            response = _error(500, str(error))
        self._send(response)

    def _check(self) -> None:
        """Only this machine asks, and no page of another site does through its browser.

        A name that another site lets point here arrives in Host, another site in Origin.
        """
        allowed = {f"{name}:{self.server.server_port}" for name in ("127.0.0.1", "localhost")}
        if self.headers.get("Host", "").lower() not in allowed:
            raise RequestError(421, f"Ask this server as {self.server.url}")
        origin = self.headers.get("Origin")
        if origin is not None and origin.lower().removeprefix("http://") not in allowed:
            raise RequestError(403, "A page of another site may not ask")
        if self.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            raise RequestError(403, "A page of another site may not ask")

    def _route(self, body: bytes) -> Response:
        parts = urlsplit(self.path)
        path = unquote(parts.path)
        if path == "/sparql":
            return self._sparql(parts.query, body)
        if self.command == "POST":
            raise RequestError(405, "Only /sparql takes POST")
        pages: Mapping[str, Callable[[], Response]] = {
            "/": lambda: _file("index.html"),
            "/graph": lambda: Response(self.server.graph_page().encode(), "text/html"),
            "/questions": lambda: _json([_told(name) for name in question_names()]),
        }
        if path in pages:
            return pages[path]()
        if path in _FILES:
            return _file(_FILES[path])
        if path.startswith("/questions/"):
            name = path.removeprefix("/questions/")
            given = {key: value for key, value in parse_qsl(parts.query) if value.strip()}
            return Response(named(name).bind(given, self.server.names()).encode(), "application/sparql-query")
        raise RequestError(404, f"Nothing is here; the page is at {self.server.url}")

    def _sparql(self, search: str, body: bytes) -> Response:
        query = query_of(self.command, search, self.headers.get("Content-Type", ""), body)
        accept = self.headers.get("Accept", "*/*")
        if query is None:
            if self.command == "POST":
                raise RequestError(400, "No query")
            formats = (
                "SPARQL_Results_JSON",
                "SPARQL_Results_XML",
                "SPARQL_Results_CSV",
                "SPARQL_Results_TSV",
                "Turtle",
            )
            return Response(description(f"{self.server.url}sparql", formats).encode(), "text/turtle")
        return respond(self.server.ask(query), accept, rows=self.server.rows)

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        charset = "; charset=utf-8" if response.type.startswith("text/") else ""
        self.send_header("Content-Type", response.type + charset)
        self.send_header("Content-Length", str(len(response.body)))
        own = {"Content-Security-Policy": _POLICY} if self.path.partition("?")[0] != "/graph" else {}
        for name, value in {**_HEADERS, **own, **response.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)


def _error(status: int, message: str) -> Response:
    return Response(f"{message}\n".encode(), status=status)


def _json(value: object) -> Response:
    return Response(json.dumps(value, ensure_ascii=False).encode(), "application/json")


def _told(name: str) -> dict[str, object]:
    question = named(name)
    english, _, russian = question.asks.partition("? ")
    parameters = [
        {
            "name": one,
            "label": {language: say(one, language) for language in LANGUAGES},
            "means": {language: say(PARAMETERS[one][1], language) for language in LANGUAGES},
            "needed": one in question.needs,
        }
        for one in question.parameters
    ]
    return {"name": name, "en": f"{english}?", "ru": russian, "parameters": parameters}


def _file(name: str) -> Response:
    return Response((files("diplograph") / "serve" / "page" / name).read_bytes(), _TYPES[name.rpartition(".")[2]])
