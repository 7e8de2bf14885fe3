"""Every regular expression of the package, against texts that make a bad one run for ever.

The patterns are those that the package really compiles, written out or put together from words: they are noted while all
modules are imported and the articles of the demonstration go the whole way.
"""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from importlib.resources import as_file, files

import pytest

NOTING = '''
import importlib, json, pkgutil, re, sys
noted = {}
compile = re._compile
def note(pattern, flags):
    compiled = compile(pattern, flags)
    frame = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__name__") in ("re", "functools"):
        frame = frame.f_back
    module = frame.f_globals.get("__name__", "") if frame is not None else ""
    if module.startswith("diplograph"):
        noted[compiled.pattern if isinstance(compiled.pattern, str) else compiled.pattern.decode("latin-1"), compiled.flags & 0x15a, isinstance(compiled.pattern, bytes)] = module
    return compiled
re._compile = note
import diplograph
for module in pkgutil.walk_packages(diplograph.__path__, "diplograph."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
import tempfile
from pathlib import Path
sys.modules["diplograph.workers"].can_fork = lambda: False  # here, where patterns are noted
with tempfile.TemporaryDirectory() as folder:
    diplograph.build(sys.argv[1:], out=Path(folder) / "out")
print(json.dumps([[*key, module] for key, module in sorted(noted.items())]))
'''  # fmt: skip

#: Characters: quadratic work on them takes seconds, linear work milliseconds.
LENGTH = 16_000
SECONDS = 0.5

#: Patterns that are never searched for: how they are used, and how long what they are given can be at most.
USED: dict[tuple[str, str], tuple[str, int | None]] = {
    ("diplograph.turtle", r"-?\d+\.\d+"): ("fullmatch", None),
    ("diplograph.paper", r"-?\d+\.\d+"): ("fullmatch", None),
    ("diplograph.sparql.results", r"[+-]?"): ("fullmatch", None),
    ("diplograph.export.spreadsheets", r"[\t\r\n]|\s*[=+\-@＝＋－＠]"): ("match", None),
    ("diplograph.extract.name_parts", r"[^аеёиоуыэюя]*[аеёиоуыэюя]{1,2}"): ("fullmatch", None),
    ("diplograph.extract.regions", r"(.{2,}?)"): ("fullmatch", None),
    ("diplograph.dateline", ""): ("match", 200),  # see _head
    ("diplograph.read.dates", ""): ("match", 100),
    ("diplograph.read.formats", ""): ("match", 2048),  # HEAD
    ("diplograph.extract.posts", r"\s+([,)»])"): ("finditer", 100),  # in words joined by one blank
    ("diplograph.resolve.organizations", r"(?:(?![A-ZА-ЯЁ])\w)*[A-ZА-ЯЁ]"): ("fullmatch", None),
}

#: Runs of what patterns repeat, each ended by what most patterns do not want there.
RUNS = (
    *("a", "а", "А", " ", "\n", "1", ".", "-", "«", "(", "<", "/", "Аа", "а ", "Аа ", "А. ", "а-", "Аа-", "1.", "12 ", "12 марта "),
    *("г. ", ", ", " - ", "<!--", "<meta ", "href=", "a=\"", "%D0", "Аа «", "Аа (", "Аа, ", " \n", "\u0301", "Аа\u00a0", "http://a", "2026-"),
)  # fmt: skip


@pytest.fixture(scope="module")
def patterns() -> list[tuple[re.Pattern[str] | re.Pattern[bytes], str]]:
    with as_file(files("diplograph") / "data" / "demo") as corpus:
        texts = map(str, corpus.glob("*.jsonl"))
        done = subprocess.run([sys.executable, "-c", NOTING, *texts], capture_output=True, text=True, check=True)

    found = [
        (re.compile(source.encode("latin-1") if is_bytes else source, flags), module)
        for source, flags, is_bytes, module in json.loads(done.stdout.splitlines()[-1])
    ]
    assert len(found) > 150
    return found


def test_no_pattern_takes_more_than_linear_time(patterns) -> None:
    slow = []
    for pattern, module in patterns:
        source = str(pattern.pattern)
        way, longest = next(
            (use for (where, start), use in USED.items() if module == where and source.startswith(start)),
            ("finditer", None),
        )
        for run in (*RUNS, *_own(pattern)):
            text = (run * LENGTH)[: longest or LENGTH] + "\u2603"
            if not _in_time(way, pattern, text):
                slow.append((module, source[:150], run))
                break
    assert slow == [], "quadratic, or used in another way than searching, which USED tells:\n" + "\n".join(
        map(str, slow)
    )


def _in_time(way: str, pattern: re.Pattern[str] | re.Pattern[bytes], text: str) -> bool:
    """Whether it is done within `SECONDS` of work, however much else the machine has to do; it is stopped there."""

    def stop(*_: object) -> None:
        raise TimeoutError

    former = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        _apply(way, pattern, text)
    except TimeoutError:
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)
    return True


def _apply(way: str, pattern: re.Pattern[str] | re.Pattern[bytes], text: str) -> None:
    subject = text.encode() if isinstance(pattern.pattern, bytes) else text
    found = getattr(pattern, way)(subject)
    if way == "finditer":
        for _ in found:
            pass


def _own(pattern: re.Pattern[str] | re.Pattern[bytes]) -> list[str]:
    """The first words that the pattern itself names: runs of them go deep into it."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    return [f"{word} " for word in list(dict.fromkeys(re.findall(r"[а-яёa-z]{3,12}", source)))[:3]]


def test_a_slow_pattern_is_noticed() -> None:
    assert not _in_time("finditer", re.compile(r"(a+)+b"), "a" * LENGTH)
    assert not _in_time("finditer", re.compile(r"\s*$"), " " * LENGTH + "a")
    assert _in_time("finditer", re.compile(r"[ab]+c?"), "a" * LENGTH)


def test_the_patterns_of_every_room_are_noted(patterns) -> None:
    rooms = {module.split(".")[1] for _, module in patterns}
    assert {"dateline", "extract", "read", "sparql", "export", "paper", "turtle", "iris"} <= rooms
