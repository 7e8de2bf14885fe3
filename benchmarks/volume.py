"""What a large collection costs: articles a second, memory, and what it takes to add to one.

    python benchmarks/volume.py growth [--articles 20000]   # memory, CPU an article, an addition of 100
    python benchmarks/volume.py processes [--articles 2000]  # two processes against one, in turn
    python benchmarks/volume.py taggers [--articles 500]     # the whole build against the taggers alone, in turn

The texts are those of benchmarks/corpus.py. Processor time counts wherever other programs run beside: all processes of
a build together, the start of Python and the models included. Ratios count, not seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus import bulletins

#: The command as users run it, which tells in the end what it took.
_COMMAND = """
import json, resource, sys
from diplograph.cli import main
try:
    main(sys.argv[1:])
finally:
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    used = sum(use.ru_utime + use.ru_stime for use in (own, others))
    print(json.dumps([used, own.ru_maxrss / 1024, others.ru_maxrss / 1024]), file=sys.stderr)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one build: seconds of all its processes, seconds by the clock, megabytes of the main and the largest other."""

    cpu: float
    clock: float
    main: float
    other: float


def build(*arguments: object) -> Cost:
    """Run ``diplograph build``."""
    begun = time.monotonic()
    command = [sys.executable, "-c", _COMMAND, "build", *map(str, arguments)]
    # An installed package is compiled once.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    told = subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment
    ).stderr
    cpu, main, other = json.loads(told.splitlines()[-1])
    return Cost(cpu, time.monotonic() - begun, main, other)


def corpus(folder: Path, articles: int, *, seed: int = 1) -> Path:
    """A file of that many articles."""
    path = folder / f"{articles}-{seed}.jsonl"
    if not path.exists():
        lines = (json.dumps(article, ensure_ascii=False) + "\n" for article in bulletins(articles, seed))
        path.write_text("".join(lines), "utf-8")
    return path


def say(text: str) -> None:
    """Print a line, with how busy the machine is beside."""
    print(f"{text}  (load {os.getloadavg()[0]:.1f})", flush=True)


def growth(folder: Path, articles: int) -> None:
    """A tenth of the articles, all of them, the tenth again; then 100 more."""
    few = articles // 10
    costs: dict[int, list[Cost]] = {few: [], articles: []}
    for number, count in enumerate((few, articles, few)):
        cost = build(corpus(folder, count), "--out", folder / f"out-{number}")
        costs[count].append(cost)
        say(
            f"{count} articles: {1000 * cost.cpu / count:.2f} ms CPU an article, {count / cost.clock:.1f} a second; "
            f"main process {cost.main:.0f} MB, largest other {cost.other:.0f} MB"
        )
    whole, small = costs[articles][0], costs[few]
    per_article = whole.cpu / articles / (statistics.mean(cost.cpu for cost in small) / few)
    memory = whole.main / max(cost.main for cost in small)
    print(
        f"{articles} against {few}: CPU an article {per_article:.2f} times, "
        f"memory of the main process {memory:.2f} times"
    )
    for number in (2, 3):
        added = build(corpus(folder, 100, seed=number), "--into", folder / "out-1")
        say(
            f"100 more: {100 * added.cpu / whole.cpu:.1f} % of the CPU of the whole build, "
            f"{100 * added.clock / whole.clock:.1f} % of its time; {added.cpu:.1f} s of {whole.cpu:.1f} s"
        )


def processes(folder: Path, articles: int, rounds: int) -> None:
    """The same articles in one process and in two, in turn."""
    texts, ratios = corpus(folder, articles), []
    for number in range(rounds):
        one = build(texts, "--out", folder / f"one-{number}", "--jobs", 1)
        two = build(texts, "--out", folder / f"two-{number}", "--jobs", 2)
        ratios.append(one.clock / two.clock)
        say(
            f"one process {articles / one.clock:.1f} articles a second ({one.cpu / one.clock:.2f} cores), two "
            f"{articles / two.clock:.1f} ({two.cpu / two.clock:.2f} cores): {ratios[-1]:.2f} times"
        )
    print(f"two processes: median {statistics.median(ratios):.2f} times")


def taggers(folder: Path, articles: int, rounds: int) -> None:
    """slovnet's names, morphology and syntax over the same texts, models loaded, against the whole command."""
    texts = corpus(folder, articles)
    tag = [sys.executable, __file__, "tag", str(texts)]
    ratios = []
    for number in range(rounds):
        alone = float(subprocess.run(tag, check=True, capture_output=True, text=True).stdout)
        whole = build(texts, "--out", folder / f"whole-{number}", "--jobs", 1)
        ratios.append(whole.cpu / alone)
        say(
            f"taggers {1000 * alone / articles:.1f} ms an article, whole build {1000 * whole.cpu / articles:.1f}: "
            f"{ratios[-1]:.2f} times"
        )
    print(f"the whole build: median {statistics.median(ratios):.2f} times the taggers")


def tag(texts: Path) -> None:
    """Print the seconds that the taggers take over the texts, batched as their authors advise."""
    from navec import Navec  # noqa: PLC0415
    from razdel import sentenize, tokenize  # noqa: PLC0415
    from slovnet import NER, Morph, Syntax  # noqa: PLC0415
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    from diplograph import models  # noqa: PLC0415

    data = models.data_folder()
    embedding = Navec.load(data / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")
    kinds = ((NER, "ner"), (Morph, "morph"), (Syntax, "syntax"))
    names, morphology, syntax = (kind.load(data / "model" / f"slovnet_{name}_news_v1.tar") for kind, name in kinds)
    for tagger in (names, morphology, syntax):
        tagger.navec(embedding)
    articles: Iterable[str] = [json.loads(line)["text"] for line in texts.read_text("utf-8").splitlines()]
    with threadpool_limits(1):
        begun = time.process_time()
        for text in articles:
            paragraphs = [line for line in text.split("\n") if line.strip()]
            sentences = [[word.text for word in tokenize(one.text)] for line in paragraphs for one in sentenize(line)]
            list(names.map(paragraphs))
            list(morphology.map(sentences))
            list(syntax.map(sentences))
        print(time.process_time() - begun)


def main() -> None:
    """Measure, and print a line for each build."""
    if sys.argv[1:2] == ["tag"]:
        return tag(Path(sys.argv[2]))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("growth", "processes", "taggers"))
    parser.add_argument("--articles", type=int)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="keep texts and results here")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        if arguments.what == "growth":
            growth(folder, arguments.articles or 20_000)
        elif arguments.what == "processes":
            processes(folder, arguments.articles or 2_000, arguments.rounds)
        else:
            taggers(folder, arguments.articles or 500, arguments.rounds)
    return None


if __name__ == "__main__":
    main()
