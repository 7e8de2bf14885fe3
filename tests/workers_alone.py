"""Work in several processes: its results, its errors, its ends."""

from __future__ import annotations

import os
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from diplograph.workers import DiedError, TooLongError, apart, each, together


def test_every_piece_comes_out_once() -> None:
    found = dict(each(lambda number: number * number, range(50), jobs=3, seconds=10))
    assert found == {number: number * number for number in range(50)}


def test_an_error_is_a_result() -> None:
    [(_, result)] = each(lambda _: 1 / 0, ["piece"], jobs=1, seconds=10)
    assert isinstance(result, ZeroDivisionError)


def test_a_piece_whose_process_died_once_is_tried_again(tmp_path: Path) -> None:
    def work(name: str) -> str:
        if name == "unlucky" and not (tmp_path / name).exists():
            (tmp_path / name).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if name == "fatal":
            os._exit(3)
        return name.upper()

    found = dict(each(work, ["a", "unlucky", "fatal", "b"], jobs=2, seconds=10))
    assert {name: found[name] for name in ("a", "unlucky", "b")} == {"a": "A", "unlucky": "UNLUCKY", "b": "B"}
    assert str(found["fatal"]) == "ended with code 3"
    assert isinstance(found["fatal"], DiedError)


def test_a_piece_that_hangs_is_ended_and_the_others_are_not() -> None:
    found = dict(each(time.sleep, [0.0, 600.0, 0.1], jobs=2, seconds=3))
    assert [type(found[piece]) for piece in (0.0, 600.0, 0.1)] == [type(None), TooLongError, type(None)]


def test_large_results_do_not_block(tmp_path: Path) -> None:
    """Longer than what a pipe holds, from several processes at once."""
    found = dict(each(lambda number: bytes(3_000_000) + bytes([number]), range(6), jobs=3, seconds=20))
    assert sorted(len(result) for result in found.values()) == [3_000_001] * 6  # type: ignore[arg-type]


def test_tasks_together_and_apart(tmp_path: Path) -> None:
    together([partial((tmp_path / name).write_text, name) for name in "abc"], jobs=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c"]
    assert apart(os.getpid) != os.getpid()
    with pytest.raises(ZeroDivisionError):
        apart(lambda: 1 / 0)
    with pytest.raises(DiedError):
        together([lambda: os._exit(1)], jobs=1)


def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    """Killed, the parent can tell nobody: its processes see that it hung up."""
    report = tmp_path / "pids"

    def note(_: int) -> None:
        with report.open("a") as file:
            file.write(f"{os.getpid()}\n")
        time.sleep(0.1)

    parent = os.fork()
    if not parent:
        list(each(note, range(1000), jobs=2, seconds=60))
        os._exit(0)
    while not report.exists() or len(set(report.read_text().split())) < 2:
        time.sleep(0.02)
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    workers = {int(pid) for pid in report.read_text().split()}
    deadline = time.monotonic() + 60
    while any(_runs(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(_runs(pid) for pid in workers)


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
