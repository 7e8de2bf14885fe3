"""A graph in a process of its own, ready to be asked: many times, from many threads, each query with its limits."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Timer
from types import TracebackType
from typing import Any, Literal

from diplograph.model import DiplographError

EngineName = Literal["oxigraph", "rdflib"]
#: What went wrong with a query.
Trouble = Literal["malformed", "refused", "timeout", "exhausted"]

_TOO_MUCH = "The query took more memory than it may: ask for less"


class QueryError(DiplographError):
    """The query cannot be asked: unknown name, wrong syntax, refused, or over a limit; `trouble` says which."""

    def __init__(self, message: str, trouble: Trouble = "malformed") -> None:
        super().__init__(message)
        self.trouble: Trouble = trouble


@dataclass(frozen=True, slots=True)
class Answer:
    """What the worker said: `body` is SPARQL JSON (select), N-Triples (construct) or empty (ask)."""

    kind: Literal["select", "ask", "construct"]
    body: bytes = b""
    answer: bool | None = None
    ordered: bool = True
    truncated: bool = False


class Engine:
    """The worker process with its graph; a context manager.

    `engine` is "oxigraph" or "rdflib"; None takes pyoxigraph where it is installed. `judged=False` leaves out the
    loading of the judge, for those who ask nothing but trusted queries.

    Raises:
        QueryError: the graph cannot be read, or was not loaded within `seconds`.
    """

    def __init__(
        self,
        data: bytes,
        format: str,
        *,
        engine: EngineName | None = None,
        judged: bool = True,
        seconds: float | None = None,
    ) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            # -P: nothing is imported from the folder in which the command happens to run.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "diplograph.sparql.worker", str(theirs.fileno())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        header = json.dumps({"engine": engine, "format": format, "judge": judged}).encode() + b"\n"
        try:
            said = self._start(header + data, seconds)
        except BaseException:
            self.close()
            raise
        self.name: EngineName = said["engine"]
        self.triples: int = said["triples"]

    def _start(self, request: bytes, seconds: float | None) -> dict[str, Any]:
        """The first line of the worker, once it has read everything."""
        process, late = self._process, Event()
        assert process.stdin
        assert process.stdout
        assert process.stderr

        def stop() -> None:
            late.set()
            process.kill()

        timer = Timer(seconds, stop) if seconds is not None else None
        if timer:
            timer.start()
        try:
            process.stdin.write(request)
            process.stdin.close()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = b""
        finally:
            if timer:
                timer.cancel()
        if not line:
            if late.is_set():
                raise QueryError(f"The graph was not loaded within {seconds:g} seconds: allow more time", "timeout")
            said = " ".join(process.stderr.read().decode("utf-8", "replace").split())
            raise QueryError(f"The query engine stopped: {said[-200:]}", "exhausted")
        found: dict[str, Any] = json.loads(line)
        if "error" in found:
            raise QueryError(f"The graph cannot be read: {found['error']}")
        return found

    def ask(self, query: str, *, seconds: float, rows: int | None = None, trusted: bool = False) -> Answer:
        """The answer to `query`, of at most `rows` rows or triples; `trusted` leaves out the judge.

        Raises:
            QueryError: it is no query, it is refused, or it went over a limit.
        """
        mine, theirs = socket.socketpair()
        with mine:
            with theirs:
                try:
                    socket.send_fds(self._control, [b"?"], [theirs.fileno()])
                except OSError as error:
                    raise QueryError("The query engine stopped", "exhausted") from error
            began = time.monotonic()
            request = {"query": query, "seconds": seconds, "rows": rows, "trusted": trusted}
            mine.settimeout(seconds + 5)  # the kernel ends the query; this is for a machine too busy to do so
            answer = bytearray()
            try:
                mine.sendall(json.dumps(request).encode() + b"\n")
                while part := mine.recv(1 << 16):
                    answer += part
            except (TimeoutError, ConnectionError, BrokenPipeError):
                answer.clear()
        found = _read(bytes(answer))
        if found is None:
            if time.monotonic() - began >= seconds:
                raise QueryError(f"No answer within {seconds:g} seconds: ask for less, or allow more time", "timeout")
            raise QueryError(_TOO_MUCH, "exhausted")
        return found

    def close(self) -> None:
        """End the worker and every query it is at."""
        self._control.close()
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream:
                stream.close()

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _read(answer: bytes) -> Answer | None:
    """The answer; None where its process ended before it had said all."""
    line, _, body = answer.partition(b"\n")
    if not line:
        return None
    first = json.loads(line)
    if first.pop("length") != len(body):
        return None
    if "error" not in first:
        return Answer(body=body, **first)
    exhausted = first["kind"] == "exhausted"
    raise QueryError(_TOO_MUCH if exhausted else first["error"], first["kind"])
