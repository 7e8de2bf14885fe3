"""The server: a thread a connection, one engine for all of them."""

from __future__ import annotations

import threading
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from diplograph.serve.protocol import RequestError
from diplograph.serve.requests import Handler
from diplograph.sparql.engine import Answer, Engine
from diplograph.sparql.names import Names

if TYPE_CHECKING:
    from rdflib import Graph

#: So many queries are at work at once; one more waits for its turn as long as a query may take.
AT_ONCE = 8


class Server(ThreadingHTTPServer):
    """See `serve`. `url` ends with a slash."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, engine: Engine, graph: Graph | str | Path, *, port: int, seconds: float, rows: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.engine, self.graph, self.seconds, self.rows = engine, graph, seconds, rows
        self.url = f"http://127.0.0.1:{self.server_port}/"
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._names = Names(engine, seconds)
        self._page: str | None = None
        self._drawing = threading.Lock()
        self._thread: threading.Thread | None = None

    def _repr_html_(self) -> str:
        """What a notebook shows: where to ask."""
        return f'<a href="{self.url}" target="_blank" rel="noopener">{self.url}</a>'

    def ask(self, query: str) -> Answer:
        """The answer of the engine, within the limits.

        Raises:
            QueryError: see `Engine.ask`.
            RequestError: too many queries are at work.
        """
        if not self._turns.acquire(timeout=self.seconds):
            raise RequestError(503, "Too many queries at once: ask again in a moment")
        try:
            return self.engine.ask(query, seconds=self.seconds, rows=self.rows)
        finally:
            self._turns.release()

    def names(self) -> Names:
        """The names of the graph."""
        return self._names

    def graph_page(self) -> str:
        """The page of the drawn graph, made at the first call."""
        from diplograph.draw import draw  # noqa: PLC0415
        from diplograph.graph_file import load_graph  # noqa: PLC0415

        with self._drawing:
            if self._page is None:
                self._page = draw(load_graph(self.graph) if isinstance(self.graph, (str, Path)) else self.graph)
            return self._page

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in the middle is no error of ours."""

    def wait(self) -> None:
        """Return when the server has been closed."""
        if self._thread:
            self._thread.join()

    def close(self) -> None:
        """Answer no more, and end every query."""
        if self._thread:
            self.shutdown()
            self._thread.join()
        self.server_close()
        self.engine.close()

    def __enter__(self) -> Server:
        self._thread = threading.Thread(target=self.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
