"""Do the named questions have the same answers in Virtuoso, and how long does each side take?

    python benchmarks/virtuoso.py [GRAPH.ttl] [--meetings 2000]

Needs Debian's virtuoso-opensource-7-bin. A server of its own is started on free ports of the loopback address, in a
temporary folder, and ended at the end. Without GRAPH.ttl a graph is generated. Rows are compared as sorted texts of
their cells: Virtuoso gives some numbers and dates other datatypes, and ties another order.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generate import generate
from pyoxigraph import RdfFormat, parse

from diplograph.sparql import PREFIXES
from diplograph.sparql.engine import Engine
from diplograph.sparql.names import Names
from diplograph.sparql.questions import named, question_names
from diplograph.sparql.results import Row, read_results

GRAPH = "https://example.org/benchmark"
INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 100000
MaxDirtyBuffers = 75000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
[SPARQL]
ResultSetMaxRows = 10000000
DefaultGraph = {graph}
"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def virtuoso(turtle: Path) -> Iterator[str]:
    """The address of a Virtuoso that holds the file."""
    program, shell = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if not program or not shell:
        raise SystemExit("Needs Virtuoso: apt-get install virtuoso-opensource-7-bin")
    with tempfile.TemporaryDirectory() as name:
        folder, sql, http = Path(name), free_port(), free_port()
        shutil.copy(turtle, folder / "graph.ttl")
        (folder / "virtuoso.ini").write_text(INI.format(folder=folder, sql=sql, http=http, graph=GRAPH))
        command = [program, "+foreground", "+configfile", str(folder / "virtuoso.ini")]
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                wait_for(sql)
                began = time.perf_counter()
                load = f"DB.DBA.TTLP_MT(file_to_string_output('{folder}/graph.ttl'), '', '{GRAPH}', 0);"
                ready = [shell, f"127.0.0.1:{sql}", "dba", "dba", f"exec={load}"]
                done = subprocess.run(ready, capture_output=True, text=True, check=False)
                if done.returncode or "Error" in done.stdout + done.stderr:
                    raise SystemExit(f"Virtuoso did not load the graph: {done.stdout}{done.stderr}")
                print(f"Virtuoso loaded in {time.perf_counter() - began:.1f} s", flush=True)
                wait_for(http)
                yield f"http://127.0.0.1:{http}/sparql"
            finally:
                process.terminate()


def wait_for(port: int) -> None:
    """Return when somebody listens there, at most a minute later."""
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"Virtuoso does not listen on port {port}")


def asked(address: str, text: str, accept: str) -> bytes:
    """Its answer to a query."""
    form = urllib.parse.urlencode({"query": text, "default-graph-uri": GRAPH}).encode()
    request = urllib.request.Request(address, form, {"Accept": accept})
    with urllib.request.urlopen(request, timeout=600) as response:
        return bytes(response.read())


def texts(rows: tuple[Row, ...]) -> list[tuple[str, ...]]:
    """Rows as texts, sorted; a decimal is rounded, for 0.70 is 0.7 there."""
    return sorted(tuple("" if cell is None else plain(cell.value) for cell in row) for row in rows)


def triples(body: bytes) -> set[tuple[str, str, str]]:
    """N-Triples as texts, each triple once, numbers as `plain` gives them."""
    found = parse(body, RdfFormat.N_TRIPLES)
    return {(str(one.subject), str(one.predicate), plain(getattr(one.object, "value", ""))) for one in found}


def plain(text: str) -> str:
    """A number as it is, without the zeros at its end."""
    try:
        return f"{float(text):g}" if "." in text else text
    except ValueError:
        return text


def compare(name: str, engine: Engine, address: str) -> float | None:
    """Virtuoso's seconds over ours; None where the answers differ or it refuses the query."""
    question, names = named(name), Names(engine, 600)
    given = {"person": "official/o0", "other": "official/o1"}
    text = question.bind({key: given[key] for key in question.needs}, names)
    text = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in PREFIXES.items()) + text
    began = time.perf_counter()
    ours = engine.ask(text, seconds=600, trusted=True)
    mine = time.perf_counter() - began
    construct = ours.kind == "construct"
    try:
        began = time.perf_counter()
        theirs = asked(address, text, "text/plain" if construct else "application/sparql-results+json")
        took = time.perf_counter() - began
    except urllib.error.HTTPError as error:
        print(f"  refused            {name}: {' '.join(error.read().decode().split())[:160]}", flush=True)
        return None
    if ours.kind == "select":
        same = texts(read_results(theirs)[1]) == texts(read_results(ours.body)[1])
    elif ours.kind == "ask":  # told as a row with 1 or 0
        same = [row[0].value for row in read_results(theirs)[1] if row[0]] == [str(int(bool(ours.answer)))]
    else:
        same = triples(theirs) == triples(ours.body)
    print(f"  {'same' if same else 'DIFFERENT':9} {took / mine:8.1f}  {name}", flush=True)
    return took / mine if same else None


def main() -> None:
    """A line a question: whether the answers are the same, and Virtuoso's time over ours."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path, nargs="?")
    parser.add_argument("--meetings", type=int, default=2000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.graph or Path(folder) / "graph.ttl"
        if not given.graph:
            with path.open("w", encoding="utf-8") as file:
                file.writelines(generate(meetings=given.meetings, officials=given.meetings // 5))
        with Engine(path.read_bytes(), "ttl", judged=False) as engine, virtuoso(path) as address:
            ratios = [compare(name, engine, address) for name in question_names()]
    same = [ratio for ratio in ratios if ratio is not None]
    print(f"{len(same)} of {len(ratios)} the same; Virtuoso takes {statistics.median(same):.1f} times as long (median)")


if __name__ == "__main__":
    main()
