"""Runs that come to grief, many of them: is the former result or the new one there each time, is nothing lost?

    python benchmarks/faults.py kill [--times 200]     # kill -9 at random moments
    python benchmarks/faults.py operations             # each operation on the disk kills, and fails, in turn
    python benchmarks/faults.py writes                 # the n-th write of every process fails, for every n (strace)
    python benchmarks/faults.py crowd [--times 50]     # eight processes add to one folder at once
    python benchmarks/faults.py full                   # file systems that fill up, from 100 kB on (needs root)

After each fault the next run has to make the whole of what is left. Exits with 1 where something did not hold.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from corpus import bulletins

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from mishaps import TOLD, UNTOLD, Operations, die, disk_is_full, ended, forked, killed_after  # noqa: E402

from diplograph.build import build  # noqa: E402

_ARTICLES = 16
_CROWD = 8
#: What puts bytes or names on a disk.
_WRITES = ("write", "pwrite64", "fsync", "fdatasync", "rename", "symlink", "mkdir", "unlink", "ftruncate", "openat")


class Trial:
    """A result of half of the articles, which a run makes whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = folder / "out"
        articles = list(bulletins(_ARTICLES))
        self.files = [folder / f"{number}.jsonl" for number in range(_CROWD)]
        for number, file in enumerate(self.files):
            lines = (json.dumps(article, ensure_ascii=False) + "\n" for article in articles[number::_CROWD])
            file.write_text("".join(lines), "utf-8")
        build(self.files, out=folder / "whole")
        build(self.files[: _CROWD // 2], out=folder / "half")
        self.half, self.whole = contents(folder / "half"), contents(folder / "whole")
        self.seen: Counter[str] = Counter()
        self.faults: list[str] = []

    def blame(self, fault: str) -> None:
        """Tell at once: the rest may take an hour."""
        self.faults.append(fault)
        print(f"did not hold: {fault}", flush=True)

    def again(self) -> None:
        """The half anew."""
        shutil.rmtree(self.out, ignore_errors=True)
        shutil.copytree(self.folder / "half", self.out, symlinks=True)

    def run(self) -> None:
        """Add all articles."""
        build(self.files, into=self.out, jobs=2)

    def judge(self, what: str, ending: int) -> None:
        """Look at what a fault left, and have the next run mend it."""
        left = contents(self.out)
        state = "former result" if left == self.half else "new result" if left == self.whole else "MIXED"
        if state == "MIXED" and self.is_of_readable(left):
            state = "new result"
            self.seen["a source could not be opened, and is accounted for"] += 1
        self.seen[f"{'done' if not ending else 'told' if ending == TOLD else 'killed'}: {state}"] += 1
        if state == "MIXED" or ending == UNTOLD or (not ending and state != "new result"):
            self.blame(f"{what}: ended with {ending}, {state}")
        told: list[str] = []
        build(self.files, into=self.out, tell=told.append)
        self.seen["the next run told of it"] += any("was stopped" in text for text in told)
        if contents(self.out) != self.whole:
            self.blame(f"{what}: the next run did not mend it")

    def is_of_readable(self, left: dict[str, bytes]) -> bool:
        """Whether it is the result of the half and of all files but one, which the account says could not be read."""
        inputs = json.loads(left["run.json"])["inputs"]
        failed = [entry for entry in inputs if entry["outcome"] == "failed"]
        if [entry["reason"] for entry in failed] != ["cannot be read: No space left on device"]:
            return False
        unread = self.folder / failed[0]["source"]
        again = self.folder / "again"
        shutil.copytree(self.folder / "half", again, symlinks=True)
        build([file for file in self.files if file != unread], into=again)
        found = contents(again)
        shutil.rmtree(again)
        tables = ("graph.ttl", "graph.trig", "graph.html", "meetings.csv", "officials.csv")
        return all(found[name] == left[name] for name in tables)


def contents(folder: Path) -> dict[str, bytes]:
    """The files that show."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != ".diplograph"}


def kill(trial: Trial, times: int) -> None:
    """Moments drawn from a seed over the time that a run takes."""
    clock = []
    for _ in range(3):
        trial.again()
        begun = time.monotonic()
        ended(forked(trial.run))
        clock.append(time.monotonic() - begun)
    takes = sorted(clock)[1]
    chance = random.Random(1)
    for number in range(times):
        trial.again()
        moment = chance.uniform(0, takes)
        trial.judge(f"kill {number} after {moment:.3f} s", killed_after(moment, trial.run))
        if (number + 1) % 20 == 0:
            print(f"{number + 1} killed: {dict(trial.seen)}", flush=True)


def operations(trial: Trial) -> None:
    """Every operation that Python announces, killed and failing."""
    watched = Operations(trial.out)
    trial.again()
    ended(forked(lambda: (watched.watch(), trial.run())))
    last = watched.count
    print(f"{last} operations")
    for happens in (die, disk_is_full):
        for number in range(1, last + 1):
            trial.again()
            ending = ended(forked(lambda: (watched.watch(number, happens), trial.run())))  # noqa: B023
            trial.judge(f"{happens.__name__} at operation {number}", ending)


def writes(trial: Trial) -> None:
    """Every call of the kernel that writes fails in turn, in whichever process it is; strace has it fail."""
    trial.again()
    counts = _traced(trial, ["-c", "-e", f"trace={','.join(_WRITES)}"])[1]
    for line in counts.splitlines():
        words = line.split()
        if not words or words[-1] not in _WRITES:
            continue
        call, times = words[-1], int(words[3])
        failed = 0
        for number in range(1, times + 1):
            trial.again()
            ending, log = _traced(trial, ["-e", f"trace={call}", "-e", f"inject={call}:error=ENOSPC:when={number}"])
            if "(INJECTED)" not in log:  # calls are counted by process: no process has so many
                break
            failed += 1
            trial.judge(f"{call} {number}", ending)
        print(f"{call}: each of {failed} failed in turn", flush=True)


def _traced(trial: Trial, options: list[str]) -> tuple[int, str]:
    """A run under strace: how it ended, and what strace has to say."""
    log = trial.folder / "strace.log"
    log.unlink(missing_ok=True)

    def run() -> None:
        os.kill(os.getpid(), signal.SIGSTOP)  # until strace watches
        trial.run()

    process = forked(run)
    os.waitpid(process, os.WUNTRACED)
    tracer = subprocess.Popen(["strace", "-f", "-q", "-o", str(log), *options, "-p", str(process)])
    while f"TracerPid:\t{tracer.pid}" not in Path(f"/proc/{process}/status").read_text():
        time.sleep(0.01)
    os.kill(process, signal.SIGCONT)
    ending = ended(process)
    tracer.wait()
    return ending, log.read_text("utf-8", "replace")


def crowd(trial: Trial, times: int) -> None:
    """Eight processes begin at once, each with its own articles; all have to be there in the end."""
    for number in range(times):
        out = trial.folder / f"crowd-{number}"
        runs = [forked(partial(build, file, into=out, jobs=1)) for file in trial.files]
        endings = [ended(run) for run in runs]
        state = "whole" if contents(out) == trial.whole else "LOST"
        trial.seen[state] += 1
        if any(endings) or state == "LOST":
            trial.blame(f"round {number}: {endings}, {state}")
        shutil.rmtree(out)
        if (number + 1) % 5 == 0:
            print(f"{number + 1} rounds: {dict(trial.seen)}", flush=True)


def full(trial: Trial) -> None:
    """A file system of its own, larger each time, until the run has room enough."""
    for size in range(100, 20_000, 150):
        ending = _on_small_disk(trial, size)
        if not ending:
            return


def _on_small_disk(trial: Trial, kilobytes: int) -> int:
    with _small_disk(trial.folder / "disk", kilobytes) as disk:
        out = disk / "out"
        ending = ended(forked(lambda: build(trial.files[: _CROWD // 2], into=out)))
        if not ending:
            ending = ended(forked(lambda: build(trial.files, into=out)))
            left = contents(out)
            state = "former result" if left == trial.half else "new result" if left == trial.whole else "MIXED"
        else:
            state = "nothing" if not out.exists() or not contents(out) else "MIXED"
        trial.seen[f"{'done' if not ending else 'told'}: {state}"] += 1
        if state == "MIXED" or ending not in (0, TOLD):
            trial.blame(f"disk of {kilobytes} kB: ended with {ending}, {state}")
        return ending


@contextmanager
def _small_disk(at: Path, kilobytes: int) -> Iterator[Path]:
    at.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "none", str(at)], check=True)
    try:
        yield at
    finally:
        subprocess.run(["umount", str(at)], check=True)


def main() -> int:
    """Run one kind of faults, and say what was seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("kill", "operations", "writes", "crowd", "full"))
    parser.add_argument("--times", type=int)
    arguments = parser.parse_args()
    kinds: dict[str, Callable[[Trial], None]] = {
        "kill": lambda trial: kill(trial, arguments.times or 200),
        "operations": operations,
        "writes": writes,
        "crowd": lambda trial: crowd(trial, arguments.times or 50),
        "full": full,
    }
    with tempfile.TemporaryDirectory() as scratch:
        trial = Trial(Path(scratch))
        kinds[arguments.what](trial)
        for state, count in sorted(trial.seen.items()):
            print(f"{count:5} {state}")
        print(f"{len(trial.faults)} did not hold" if trial.faults else "all held")
        return bool(trial.faults)


if __name__ == "__main__":
    sys.exit(main())
