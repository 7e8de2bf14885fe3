"""How much faster the named questions are answered than by plain rdflib on the same Turtle, side by side in one run.

    python benchmarks/query.py [GRAPH.ttl] [--meetings 100000] [--officials 10000] [--rounds 3] [--stop 20]
        [--longest 600] [--only QUESTION]...

Without GRAPH.ttl a graph is generated. Loading: seconds until the graph can be asked, and rdflib's Graph.parse of the
same bytes. Questions: from the binding of parameters to rows or Turtle in Python, against Graph.query(text) of rdflib;
medians of the rounds, which alternate. rdflib is stopped when it has taken --stop times as long as we did, or
--longest seconds: then the ratio is a lower bound, marked with ">". Seconds are those of the clock and mean little on a
machine at other work.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import struct
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generate import generate
from rdflib import Graph

from diplograph.query import result
from diplograph.sparql import PREFIXES
from diplograph.sparql.engine import Engine
from diplograph.sparql.names import Names
from diplograph.sparql.questions import Question, named, question_names

SECONDS = 600
GIVEN = {"person": "official/o0", "other": "official/o1"}


def seconds(work: Callable[[], object]) -> float:
    """How long it took."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def seconds_in_fork(work: Callable[[], object], limit: float) -> float | None:
    """The same in a process of its own; None where it took more than `limit`."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        signal.setitimer(signal.ITIMER_REAL, limit)
        os.write(writing, struct.pack("d", seconds(work)))
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    return struct.unpack("d", said)[0] if said else None


def load(data: bytes, rounds: int) -> tuple[Engine, Graph, float]:
    """Both sides loaded, and the ratio of the times it took."""
    ours, theirs = [], []
    for number in range(rounds):
        began = time.perf_counter()
        engine = Engine(data, "ttl", engine="oxigraph")
        ours.append(time.perf_counter() - began)
        graph = Graph()
        theirs.append(seconds(lambda graph=graph: graph.parse(data=data, format="turtle")))
        print(f"loading, round {number + 1}: {ours[-1]:.1f} s, rdflib {theirs[-1]:.1f} s", flush=True)
        if number < rounds - 1:
            engine.close()
            del graph
    return engine, graph, statistics.median(theirs) / statistics.median(ours)


def answered(graph: Graph, text: str) -> object:
    """What rdflib gives for what `query` gives: rows, or Turtle."""
    found = graph.query(text)
    return list(found) if found.graph is None else found.graph.serialize(format="turtle")


def compare(
    question: Question, engine: Engine, graph: Graph, rounds: int, stop: float, longest: float
) -> tuple[float, bool]:
    """The ratio for one question, and whether it is only a lower bound."""
    names = Names(engine, SECONDS)
    given = {name: GIVEN[name] for name in question.needs}
    text = question.bind(given, names)  # also fills the names, which are looked up once a graph
    declared = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
    rows = 0

    def ask() -> None:
        nonlocal rows
        found = result(engine.ask(question.bind(given, names), seconds=SECONDS, trusted=True))
        rows = len(found.rows)

    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(seconds(ask))
        limit = min(stop * statistics.median(ours), longest)
        took = seconds_in_fork(lambda: answered(graph, declared + text), limit)
        theirs.append(limit if took is None else took)
        if took is None:
            break
    ratio = statistics.median(theirs) / statistics.median(ours)
    sign = ">" if took is None else " "
    print(f"{ratio:9.1f}{sign} {statistics.median(ours):8.3f} s {rows:8} rows  {question.name}", flush=True)
    return ratio, took is None


def main() -> None:
    """Print a line for each question, then the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path, nargs="?")
    parser.add_argument("--meetings", type=int, default=100_000)
    parser.add_argument("--officials", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--stop", type=float, default=20)
    parser.add_argument("--longest", type=float, default=SECONDS)
    parser.add_argument("--only", action="append", metavar="QUESTION")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.graph or Path(folder) / "graph.ttl"
        if not given.graph:
            with path.open("w", encoding="utf-8") as file:
                file.writelines(generate(meetings=given.meetings, officials=given.officials))
        data = path.read_bytes()
    engine, graph, loading = load(data, given.rounds)
    with engine:
        print(f"{engine.triples} triples\n    ratio        ours", flush=True)
        questions = [named(name) for name in given.only or question_names()]
        limits = {"rounds": given.rounds, "stop": given.stop, "longest": given.longest}
        ratios = [compare(question, engine, graph, **limits)[0] for question in questions]
    print(f"loading {loading:.1f} times faster")
    print(f"questions {statistics.median(ratios):.1f} times faster, median of {len(ratios)}; least {min(ratios):.1f}")


if __name__ == "__main__":
    main()
