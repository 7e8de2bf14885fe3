"""Work in several processes, with a time limit on every piece that holds whatever the piece does.

The processes are forked, so they share the language models that were loaded before; each ends when its parent does,
even when that is killed. Where there is no forking (or where other threads run, which a fork would cut in half), the
work is done one piece after the other in this process.

`concurrent.futures` would leave its processes behind when the parent is killed, and cannot end one that hangs.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import Any, Generic, TypeVar

Piece = TypeVar("Piece", bound=Hashable)
Result = TypeVar("Result")

#: How many pieces a process has at hand: one in work, and one so that it need not wait for the next.
_AT_HAND = 2


class TooLongError(Exception):
    """A piece of work took longer than it may."""


class DiedError(Exception):
    """The process that did a piece of work ended before it was done, and so did the one that tried again."""


def available_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def can_fork() -> bool:
    """Whether this process can be forked without harm."""
    alone = threading.active_count() == 1 and not multiprocessing.current_process().daemon
    return alone and "fork" in multiprocessing.get_all_start_methods()


def each(
    work: Callable[[Piece], Result], pieces: Iterable[Piece], *, jobs: int, seconds: float
) -> Generator[tuple[Piece, Result | Exception], None, None]:
    """Every piece with what `work` makes of it, in the order in which they are done.

    An error of `work` comes out as the result; so do TooLongError after `seconds`, and DiedError. Few
    pieces are taken from `pieces` ahead of their results; they have to be small (names of what is to be done, some
    hundred bytes), for nobody reads them while the process before is busy.
    """
    if can_fork():
        with _Workers(work, jobs) as workers:
            yield from workers.run(iter(pieces), seconds)
    else:
        for piece in pieces:
            yield piece, _here(work, piece, seconds)


def together(tasks: Sequence[Callable[[], None]], *, jobs: int) -> None:
    """Do all tasks, several at a time; what they leave behind is on disk.

    Raises:
        Exception: the first error of a task.
        DiedError: the process of a task ended before it was done.
    """

    def do(number: int) -> None:
        tasks[number]()

    with closing(each(do, range(len(tasks)), jobs=jobs, seconds=float("inf"))) as results:
        for _, result in results:
            if isinstance(result, Exception):
                raise result


def apart(task: Callable[[], Result]) -> Result:
    """Do a task in a process of its own, whose memory goes with it.

    Raises:
        Exception: the error of the task.
        DiedError: its process ended before it was done.
    """

    def do(_: int) -> Result:
        return task()

    with closing(each(do, range(1), jobs=1, seconds=float("inf"))) as results:
        [(_, result)] = results
    if isinstance(result, Exception):
        raise result
    return result


def _here(work: Callable[[Piece], Result], piece: Piece, seconds: float) -> Result | Exception:
    try:
        with _alarm(seconds):
            return work(piece)
    except Exception as error:
        return error


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Break off after `seconds`, as far as a process can do that to itself: in its main thread only."""
    if threading.current_thread() is not threading.main_thread() or seconds == float("inf"):
        yield
        return

    def ring(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@dataclass(slots=True, eq=False)
class _Worker(Generic[Piece]):
    process: ForkProcess
    line: Connection
    at_hand: deque[Piece] = field(default_factory=deque)
    since: float = 0.0  # when the first piece at hand was begun


class _Workers(Generic[Piece, Result]):
    """Processes that do one kind of work."""

    def __init__(self, work: Callable[[Piece], Result], jobs: int) -> None:
        self._work = work
        self._jobs = jobs
        self._workers: list[_Worker[Piece]] = []

    def __enter__(self) -> _Workers[Piece, Result]:
        gc.freeze()  # else the first collection in a child copies every page that it shares
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.kill()
            worker.line.close()
            worker.process.join()
        gc.unfreeze()

    def run(self, pieces: Iterator[Piece], seconds: float) -> Iterator[tuple[Piece, Result | Exception]]:
        """See `each`."""
        again: deque[Piece] = deque()
        fatal: set[Piece] = set()
        while True:
            self._hand_out(pieces, again)
            busy = [worker for worker in self._workers if worker.at_hand]
            if not busy:
                return
            left = min(worker.since for worker in busy) + seconds - time.monotonic()
            ready = wait([worker.line for worker in busy], None if left == float("inf") else max(left, 0))
            for worker in busy:
                if worker.line in ready:
                    piece, result = self._result(worker, again)
                elif time.monotonic() - worker.since > seconds:
                    piece, result = self._end(worker, TooLongError(), again)
                else:
                    continue
                if isinstance(result, DiedError) and piece not in fatal:
                    fatal.add(piece)
                    again.append(piece)  # it may not have been its fault: the memory was short, somebody killed it
                else:
                    yield piece, result

    def _hand_out(self, pieces: Iterator[Piece], again: deque[Piece]) -> None:
        for depth in range(_AT_HAND):
            for number in range(self._jobs):
                if number < len(self._workers) and len(self._workers[number].at_hand) > depth:
                    continue
                piece = again.popleft() if again else next(pieces, None)
                if piece is None:
                    return
                worker = self._workers[number] if number < len(self._workers) else self._hire()
                if not worker.at_hand:
                    worker.since = time.monotonic()
                worker.at_hand.append(piece)
                with suppress(BrokenPipeError):  # its end is seen when its result is due
                    worker.line.send(piece)

    def _hire(self) -> _Worker[Piece]:
        ours, theirs = multiprocessing.Pipe()
        lines = [worker.line for worker in self._workers] + [ours]
        process = multiprocessing.get_context("fork").Process(target=_serve, args=(self._work, theirs, lines))
        process.start()
        theirs.close()
        worker: _Worker[Piece] = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _result(self, worker: _Worker[Piece], again: deque[Piece]) -> tuple[Piece, Result | Exception]:
        try:
            result: Result | Exception = worker.line.recv()
        except (EOFError, OSError):
            return self._end(worker, DiedError(), again)
        worker.since = time.monotonic()
        return worker.at_hand.popleft(), result

    def _end(self, worker: _Worker[Piece], why: Exception, again: deque[Piece]) -> tuple[Piece, Exception]:
        worker.process.kill()
        worker.process.join()
        worker.line.close()
        self._workers.remove(worker)
        if isinstance(why, DiedError):
            why = DiedError(_ending(worker.process.exitcode))
        failed = worker.at_hand.popleft()
        again.extend(worker.at_hand)
        return failed, why


def _ending(code: int | None) -> str:
    return f"killed by signal {-code}" if code is not None and code < 0 else f"ended with code {code}"


def _serve(work: Callable[[Any], Any], line: Connection, others: Sequence[Connection]) -> None:
    """A worker: does one piece after the other until the parent hangs up."""
    for other in others:  # while one of us holds the parent's end, nobody would see it hang up
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches us all, and is the parent's to answer
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(EOFError, OSError):
        while True:
            piece = line.recv()
            result: Any
            try:
                result = work(piece)
            except Exception as error:
                result = error
            try:
                line.send(result)
            except (TypeError, AttributeError, pickle.PicklingError):  # an error that holds what cannot be sent
                line.send(RuntimeError(repr(result)))
