"""The long run over hostile and broken inputs: none crashes or hangs, each is accounted for, what is written is sound.

    .venv/bin/python benchmarks/hostile.py [--each 100] [--keep DIR]

Writes the inputs of tests/read/hostile_inputs.py (`--each` damaged files of every format, the files built to harm, the
large ones too), reads them, builds a graph of the texts, reads every export again with other programs, and prints what
was counted. Exits with 1 where something did not hold.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import networkx
import pyoxigraph
import rdflib

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "read"))

from hostile_inputs import write_hostile  # noqa: E402

from diplograph.build import build  # noqa: E402
from diplograph.export import FORMATS, export  # noqa: E402
from diplograph.graph_file import load_graph  # noqa: E402
from diplograph.model import Article  # noqa: E402
from diplograph.read import Limits, read_all  # noqa: E402
from diplograph.read.items import shown  # noqa: E402

#: Seconds between two inputs beyond the limit of a document: starting its process again, unpacking, other programs.
_SLACK = 15.0


def main() -> int:
    """Run, print, and say whether all held."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=100, help="damaged files of every format")
    parser.add_argument("--keep", type=Path, help="write the inputs here and leave them")
    parser.add_argument("--small", action="store_true", help="leave the large files out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch) / "hostile"
        number = write_hostile(folder, each=options.each, large=not options.small)
        print(f"{number:,} inputs in {sum(1 for path in folder.rglob('*') if path.is_file()):,} files")
        faults = _reading(folder)
        faults += _building(folder, Path(scratch) / "out")
    print("all held" if not faults else f"{len(faults)} did not hold:")
    for fault in faults:
        print(f"  {fault}")
    return bool(faults)


def _reading(folder: Path) -> list[str]:
    """Read all inputs: each file gives something, in time, and nothing of the machine itself comes out."""
    faults, outcomes, sources = [], Counter[str](), set[str]()
    longest, last = (0.0, ""), time.monotonic()
    for item in read_all(folder):
        took, last = time.monotonic() - last, time.monotonic()
        longest = max(longest, (took, item.source))
        outcomes["article" if isinstance(item, Article) else item.outcome] += 1
        sources.add(item.source)
        if isinstance(item, Article):
            if "root:" in item.text:
                faults.append(f"a file of the machine came out: {item.source}")
        elif "a fault in the" in item.reason:
            outcomes["(faults caught)"] += 1
            print(f"  caught: {item.source}: {item.reason}")
        if took > Limits().seconds + _SLACK:
            faults.append(f"took {took:.0f} s: {item.source}")
    files = {path for path in folder.rglob("*") if path.is_file() or path.is_symlink()}
    named = {source.partition("#")[0] for source in sources} | sources
    inside = tuple(sorted(named))
    for path in sorted(files):
        label = shown(f"{folder.name}/{path.relative_to(folder).as_posix()}")
        if label not in named and not any(name.startswith((f"{label}#", f"{label}/")) for name in inside):
            faults.append(f"unaccounted: {label}")
    print("read: " + ", ".join(f"{count:,} {name}" for name, count in sorted(outcomes.items())))
    print(f"longest wait for one input: {longest[0]:.1f} s ({longest[1]})")
    return faults


def _building(folder: Path, out: Path) -> list[str]:
    """Build, and read each file of the result with other programs."""
    faults = []
    longest, last = (0.0, ""), time.process_time()

    def watch(_done: int, _total: int, source: str) -> None:
        nonlocal longest, last
        took, last = time.process_time() - last, time.process_time()
        longest = max(longest, (took, source))
        if took > Limits().seconds:
            faults.append(f"{took:.0f} s of work before {source}")

    run = build(folder, out=out, progress=watch)
    print(f"longest work on one text: {longest[0]:.1f} s (the one before {longest[1]})")
    counts = run.counts()
    print(", ".join(f"{value:,} {name}" for name, value in counts.items()))
    if counts["inputs"] != sum(counts[name] for name in ("extracted", "empty", "skipped", "failed")):
        faults.append("the account does not add up")
    if json.loads((out / "run.json").read_text("utf-8"))["counts"]["inputs"] != counts["inputs"]:
        faults.append("run.json tells another number of inputs")
    faults += [
        f"not extracted: {one.source}: {one.reason}" for one in run.inputs if "fault in the" in (one.reason or "")
    ]
    for name, kind in (("graph.ttl", pyoxigraph.RdfFormat.TURTLE), ("graph.trig", pyoxigraph.RdfFormat.TRIG)):
        theirs = {str(quad.triple) for quad in pyoxigraph.parse(path=str(out / name), format=kind)}
        dataset = rdflib.Dataset()
        dataset.parse(out / name, format=name.rpartition(".")[2].replace("ttl", "turtle"))
        lines = "".join(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o, _ in dataset.quads())
        ours = {str(quad.triple) for quad in pyoxigraph.parse(input=lines, format=pyoxigraph.RdfFormat.N_TRIPLES)}
        print(f"{name}: {len(theirs):,} triples by pyoxigraph, {len(ours):,} by rdflib")
        if ours != theirs:
            faults.append(f"{name} is not one graph: {sorted(ours ^ theirs)[:2]}")
    faults += _exporting(out / "graph.ttl")
    for path in sorted(out.glob("*.csv")):
        rows = list(csv.reader(path.read_text("utf-8-sig").splitlines(keepends=True)))
        formulas = [cell for row in rows for cell in row if cell[:1] in ("=", "+", "@", "\t", "\r")]
        print(f"{path.name}: {len(rows):,} rows, {len(formulas)} cells that begin a formula")
        if formulas or len({len(row) for row in rows}) != 1:
            faults.append(f"{path.name}: {formulas[:3]}")
    print(f"graph.gexf: {networkx.read_gexf(out / 'graph.gexf').number_of_nodes():,} nodes")
    return faults


def _exporting(path: Path) -> list[str]:
    """Every export is written, and those for other stores are the same graph to both libraries."""
    faults = []
    files = export(load_graph(path), FORMATS)
    given = _triples(path.read_bytes(), pyoxigraph.RdfFormat.TURTLE)
    for name, form, theirs in (
        ("graph.nt", "nt", pyoxigraph.RdfFormat.N_TRIPLES),
        ("graph.jsonld", "json-ld", pyoxigraph.RdfFormat.JSON_LD),
    ):
        by_rdflib = rdflib.Graph().parse(data=files[name], format=form).serialize(format="nt", encoding="utf-8")
        found = _triples(by_rdflib, pyoxigraph.RdfFormat.N_TRIPLES), _triples(files[name], theirs)
        print(f"{name}: {len(found[1]):,} triples by pyoxigraph, {len(found[0]):,} by rdflib")
        if not given == found[0] == found[1]:
            faults.append(f"{name} is not the graph of {path.name}: {sorted(given ^ found[1])[:2]}")
    networkx.read_graphml(io.BytesIO(files["network.graphml"]))
    print(f"exported: {', '.join(files)}")
    return faults


def _triples(data: bytes, form: pyoxigraph.RdfFormat) -> set[str]:
    return {str(quad.triple) for quad in pyoxigraph.parse(input=data, format=form)}


if __name__ == "__main__":
    sys.exit(main())
