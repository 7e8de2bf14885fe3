"""A folder of results: all files of a run appear at one instant, and a run that stops leaves those of the one before.

    graph.ttl        → .diplograph/current/graph.ttl
    .diplograph/
        current      → results/7      replaced in one step: this is when the results of a run appear
        results/7/                    the files of the latest run, and `collection`, the inputs they come from
        results/6/                    those of the run before, for who is still reading
        unfinished-5d1f03a2/          what a run is making
        lock                          held by the one run that may write
        extractions                   what single articles say, so that nothing is read twice (see `extractions`)

Other files in the folder stay as they are.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

HOME = ".diplograph"
_CURRENT, _RESULTS, _UNFINISHED = "current", "results", "unfinished-"
#: One a folder: the lock of a file keeps other processes out, and no other thread of this one.
_THREADS: dict[Path, threading.Lock] = defaultdict(threading.Lock)


@dataclass(frozen=True, slots=True)
class ResultFolder:
    """The folder of a result; only the holder of its lock may call anything but `current`."""

    path: Path

    @property
    def home(self) -> Path:
        """Where the state of the folder lies."""
        return self.path / HOME

    def current(self) -> Path | None:
        """The files of the latest run; None where no run has ended yet."""
        at = self.home / _CURRENT
        return at.resolve() if at.is_symlink() and at.is_dir() else None

    def former(self) -> Path | None:
        """The files of the run before the latest, if they are still there."""
        latest = self.current()
        older = [number for number in self._numbers() if latest is not None and number < int(latest.name)]
        return self.home / _RESULTS / str(max(older)) if older else None

    @contextmanager
    def locked(self, waiting: Callable[[], None]) -> Iterator[None]:
        """Hold the lock, for which `waiting` is told once that somebody else has it; made folders go if left empty.

        The lock is gone with the process that holds it, however that ends.
        """
        with _THREADS[self.path.resolve()]:
            made = not self.path.exists()
            lock = self._lock(waiting)
            try:
                yield
            finally:
                if self.current() is None:
                    self._clear(made)
                os.close(lock)

    def _lock(self, waiting: Callable[[], None]) -> int:
        told = False
        while True:
            self.path.mkdir(parents=True, exist_ok=True)
            self.home.mkdir(exist_ok=True)
            name = self.home / "lock"
            try:
                lock = os.open(name, os.O_RDWR | os.O_CREAT, 0o666)
            except FileNotFoundError:  # cleared away by the one who had the lock
                continue
            try:
                # Not flock: that would be handed down to the processes that we start, and outlive us with them.
                fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if not told:
                    waiting()
                    told = True
                try:
                    fcntl.lockf(lock, fcntl.LOCK_EX)
                except BaseException:
                    os.close(lock)
                    raise
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(lock), name.stat()):
                    return lock
            os.close(lock)

    def _clear(self, made: bool) -> None:
        """After a run that gave nothing: leave no empty folders, but keep what it extracted."""
        with suppress(OSError):
            if not (self.home / "extractions").exists():
                shutil.rmtree(self.home)
                if made:
                    self.path.rmdir()

    def recover(self) -> bool:
        """Clear away what an earlier run left when it was stopped; whether there was anything."""
        left = False
        for unfinished in self.home.glob(f"{_UNFINISHED}*"):
            left = True
            shutil.rmtree(unfinished, ignore_errors=True)
        if (self.home / _CURRENT).is_dir() and not (self.home / _CURRENT).is_symlink():
            self._mend_copy()
        current = self.current()
        for number in self._numbers():
            if current is None or number > int(current.name):  # finished, and never published
                shutil.rmtree(self.home / _RESULTS / str(number))
                left = True
        return left

    @contextmanager
    def unfinished(self) -> Iterator[Path]:
        """A new folder for the files of a run, which goes if it is not published.

        No two runs have one name for it: a process that outlives its run finds nothing to write to.
        """
        made = self.home / f"{_UNFINISHED}{secrets.token_hex(4)}"
        made.mkdir()
        try:
            yield made
        finally:
            shutil.rmtree(made, ignore_errors=True)

    def _mend_copy(self) -> None:
        """In a folder that was copied without its links `current` is the files themselves."""
        number = max(self._numbers(), default=0) + 1
        (self.home / _RESULTS).mkdir(exist_ok=True)
        (self.home / _CURRENT).rename(self.home / _RESULTS / str(number))
        self._point_at(number)

    def publish(self, made: Path, names: Sequence[str]) -> tuple[Path, ...]:
        """Put the files of `made` in the place of the former ones, all in one step; where they are to be read.

        `names` are those that show in the folder itself, as links.

        Raises:
            OSError: it could not be done, and the former files are there as they were.
        """
        for name in names:
            if (self.path / name).is_dir():
                raise IsADirectoryError(21, os.strerror(21), str(self.path / name))
        for file in made.iterdir():
            _sync(file)
        _sync(made)
        current = self.current()
        if current is None and any((self.path / name).is_file() for name in names):
            current = self._adopt(names)
        number = 1 + (int(current.name) if current else 0)
        results = self.home / _RESULTS
        results.mkdir(exist_ok=True)
        made.rename(results / str(number))
        try:
            for name in names:  # a link to a file that is new dangles until `current` moves
                self._show(name)
            _sync(results)
            self._point_at(number)
        finally:
            self._sweep()
        return tuple(self.path / name for name in names)

    def _adopt(self, names: Sequence[str]) -> Path:
        """Take in plain files of an earlier version, which then can be replaced together."""
        adopted = self.home / _RESULTS / "0"
        shutil.rmtree(adopted, ignore_errors=True)
        adopted.mkdir(parents=True)
        for name in names:
            if (self.path / name).is_file():
                shutil.copy2(self.path / name, adopted / name)
        self._point_at(0)
        return adopted

    def _show(self, name: str) -> None:
        to = f"{HOME}/{_CURRENT}/{name}"
        shown = self.path / name
        if not (shown.is_symlink() and os.readlink(shown) == to):  # noqa: PTH115
            _link(shown, to, beside=self.home / "link")

    def _point_at(self, number: int) -> None:
        _link(self.home / _CURRENT, f"{_RESULTS}/{number}", beside=self.home / "link")
        _sync(self.home)
        _sync(self.path)

    def _sweep(self) -> None:
        """Remove results that are not the last two, and links to files that are not made."""
        current = self.current()
        latest = int(current.name) if current else -1
        for number in self._numbers():
            if number not in (latest, latest - 1):
                shutil.rmtree(self.home / _RESULTS / str(number), ignore_errors=True)
        for shown in self.path.iterdir():
            if shown.is_symlink() and os.readlink(shown).startswith(f"{HOME}/") and not shown.exists():  # noqa: PTH115
                shown.unlink(missing_ok=True)

    def _numbers(self) -> list[int]:
        results = self.home / _RESULTS
        return sorted(int(each.name) for each in results.iterdir() if each.name.isdecimal()) if results.is_dir() else []


def _link(name: Path, to: str, *, beside: Path) -> None:
    """Make `name` a link, in one step whatever was there."""
    beside.unlink(missing_ok=True)
    beside.symlink_to(to)
    beside.replace(name)


def _sync(path: Path) -> None:
    """Have the disk keep it through a power cut."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
