"""Parsing in a process of its own, for what libraries parse: it may hang, crash or eat memory, and only it ends.

The parent sends a line of JSON that says what to parse, then the bytes; the child answers with a line of JSON an item,
the bytes of inner documents behind theirs. The kernel ends the child at the time limit (an alarm it does not
handle) and refuses it memory beyond the limit, so a parser in C that never comes back is ended too. The child opens no
file and no connection; the bytes it parses come through the pipe.
"""

from __future__ import annotations

import io
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import IO, Any

from diplograph.read.formats import Format, load_reader
from diplograph.read.items import Document, Item, Record, Refusal
from diplograph.read.limits import Limits, NotReadError, limit_reached


class Workshop:
    """The process that parses; started when first needed, and again after it was ended. Close it when done."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._child: subprocess.Popen[bytes] | None = None

    def read(self, known: Format, document: Document) -> Iterator[Item]:
        """What the reader of a format makes of a document; a document that ends the process is refused.

        Raises:
            NotReadError: what the reader says, or that it was ended.
        """
        most = max(self._limits.document_bytes, self._limits.table_bytes)
        data = document.stream.read(most + 1)
        request = {
            "reader": known.reader,
            "source": document.source,
            "name": document.name,
            "hints": dict(document.hints),
        }
        child = self._start()
        inner = []  # documents to read in turn, which the process cannot before it is done with this one
        ending = None
        try:
            _send(child.stdin, {**request, "size": len(data)}, data)
            while ending is None and (answer := _receive(child.stdout)) is not None:
                kind = answer.pop("kind")
                if kind in ("done", "failed"):
                    ending = answer
                elif kind == "document":
                    inner.append(_document(answer, child.stdout))
                else:
                    yield _item(kind, answer)
        except BrokenPipeError:
            pass
        except GeneratorExit:
            self.close()  # in the middle of an answer
            raise
        yield from inner
        if ending is None:
            raise self._ended(child)
        if "reason" in ending:
            raise NotReadError(ending["reason"])

    def _start(self) -> subprocess.Popen[bytes]:
        if self._child is None:
            # -P: a module that lies in the folder where the texts are must not be taken for a library.
            command = [sys.executable, "-P", "-m", "diplograph.read.apart", json.dumps(asdict(self._limits))]
            paths = os.pathsep.join(path for path in sys.path if path)
            self._child = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1"},
                start_new_session=True,  # Ctrl-C is for the parent, which closes the pipe
            )
        return self._child

    def _ended(self, child: subprocess.Popen[bytes]) -> NotReadError:
        code = child.wait()
        self.close()
        if code == -signal.SIGALRM:
            return NotReadError(f"took longer than {self._limits.seconds:g} seconds (the limit seconds)")
        return NotReadError(f"ended the process that parsed it ({_signal_name(code)})")

    def close(self) -> None:
        """End the process."""
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None


def _signal_name(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit code {code}"


def _send(pipe: IO[bytes] | None, head: dict[str, Any], data: bytes = b"") -> None:
    assert pipe is not None
    pipe.write(json.dumps(head).encode("ascii") + b"\n")
    pipe.write(data)
    pipe.flush()


def _receive(pipe: IO[bytes] | None) -> dict[str, Any] | None:
    """The next answer; None where the pipe ended, in the middle of a line too."""
    assert pipe is not None
    line = pipe.readline()
    return json.loads(line) if line.endswith(b"\n") else None


def _item(kind: str, answer: dict[str, Any]) -> Item:
    if kind == "record":
        return Record(answer["source"], answer["fields"], tuple(answer["remarks"]))
    return Refusal(answer["source"], answer["outcome"], answer["reason"])


def _document(answer: dict[str, Any], pipe: IO[bytes] | None) -> Document:
    assert pipe is not None
    return Document(answer["source"], answer["name"], io.BytesIO(pipe.read(answer["size"])), answer["hints"])


# --- the child -----------------------------------------------------------------------------------------


def _serve(limits: Limits, requests: IO[bytes], answers: IO[bytes]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    while (request := _receive(requests)) is not None:
        document = Document(
            request["source"], request["name"], io.BytesIO(requests.read(request["size"])), request["hints"]
        )
        try:
            reader = load_reader(request["reader"])  # before the clock runs: the libraries take a second to load
            signal.setitimer(signal.ITIMER_REAL, limits.seconds)
            for item in reader(document, limits):
                _answer(answers, item, limits)
                signal.setitimer(signal.ITIMER_REAL, limits.seconds)
            ending = {"kind": "done"}
        except NotReadError as error:
            ending = {"kind": "failed", "reason": str(error)}
        except MemoryError:
            reason = limit_reached(limits, "memory_bytes", "takes more than {} bytes of memory to parse")
            ending = {"kind": "failed", "reason": str(reason)}
        except RecursionError:
            ending = {"kind": "failed", "reason": "nested too deep"}
        except Exception as error:  # a fault in a parser, which must cost this document only
            ending = {"kind": "failed", "reason": f"a fault in the parser: {str(repr(error))[:200]}"}
        signal.setitimer(signal.ITIMER_REAL, 0)
        _send(answers, ending)


def _answer(answers: IO[bytes], item: Item, limits: Limits) -> None:
    if isinstance(item, Document):
        data = item.stream.read()
        head = {"kind": "document", "source": item.source, "name": item.name, "hints": dict(item.hints)}
        _send(answers, {**head, "size": len(data)}, data)
    elif isinstance(item, Record):
        text = item.fields.get("text")
        if isinstance(text, str) and len(text) > limits.text_characters:
            reason = limit_reached(limits, "text_characters", "longer than {} characters: split it into its articles")
            item = Refusal(item.source, "failed", str(reason))
            _send(answers, {"kind": "refusal", **asdict(item)})
        else:
            fields = dict(item.fields)
            _send(answers, {"kind": "record", "source": item.source, "fields": fields, "remarks": item.remarks})
    else:
        _send(answers, {"kind": "refusal", **asdict(item)})


def _main() -> None:
    limits = Limits(**json.loads(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints must not look like an answer
    _serve(limits, sys.stdin.buffer, answers)


if __name__ == "__main__":
    _main()
