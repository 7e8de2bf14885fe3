"""Claims → the files of a result: resolved, written several at a time, with an account of every input."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any

from diplograph.account import OUTCOMES, Input
from diplograph.draw import draw
from diplograph.export import edges_csv, gexf, meetings_csv, nodes_csv, officials_csv
from diplograph.model import Claims, Findings, Unsaid
from diplograph.networks import Networks
from diplograph.rdf import Statements, write_files
from diplograph.recorded import records_of
from diplograph.report import report
from diplograph.resolve import resolve
from diplograph.workers import together

_Content = Callable[[], str | bytes]


def write_outputs(
    folder: Path,
    claims: Iterable[tuple[Claims, bytes]],
    inputs: tuple[Input, ...],
    *,
    min_confidence: float,
    notice: str | None,
    jobs: int,
) -> tuple[tuple[str, ...], dict[str, int]]:
    """Write what the claims give, taken together; the names of the files, and how many things of each kind there are.

    With the claims of each article come its passages in Turtle. See `build.build` for the files and the options.
    """
    passages: dict[str, bytes] = {}
    findings = _confident(resolve(_keeping(claims, passages)), min_confidence)
    counts = _counts(inputs, findings)
    # What is left unsaid takes passages along.
    statements = Statements(findings, passages if min_confidence <= 0 else None)
    records = records_of(findings, statements)
    networks = Networks(records)
    officials = networks.network("officials")
    account = _account(inputs, findings, counts)
    to_read: dict[str, _Content] = {
        "graph.html": lambda: draw(networks, notice=notice),
        "report.md": lambda: report(networks, account).to_markdown(),
    }
    tables: dict[str, _Content] = {
        "graph.gexf": lambda: gexf(officials),
        "meetings.csv": lambda: meetings_csv(records),
        "officials.csv": lambda: officials_csv(records),
        "nodes.csv": lambda: nodes_csv(officials),
        "edges.csv": lambda: edges_csv(officials),
        "run.json": lambda: json.dumps(account, ensure_ascii=False, indent=1) + "\n",
    }
    # Page and report in one process: the scores that both show are computed once.
    writing = [
        partial(_write, folder, to_read),
        partial(write_files, statements, folder / "graph.ttl", folder / "graph.trig"),
        partial(_write, folder, tables),
    ]
    together(writing, jobs=jobs)
    return ("graph.ttl", "graph.trig", *to_read, *tables), counts


def _keeping(claims: Iterable[tuple[Claims, bytes]], passages: dict[str, bytes]) -> Iterator[Claims]:
    """The claims alone; the passages go into `passages`, by article."""
    for one, written in claims:
        passages[one.article.id] = written
        yield one


def _write(folder: Path, files: Mapping[str, _Content]) -> None:
    for name, content in files.items():
        made = content()
        (folder / name).write_bytes(made if isinstance(made, bytes) else made.encode("utf-8"))


def _confident(findings: Findings, least: float) -> Findings:
    kept = tuple(meeting for meeting in findings.meetings if meeting.confidence >= least)
    unsaid = tuple(
        Unsaid(meeting.receipts[0], f"confidence {meeting.confidence:.2f} is below {least:.2f}")
        for meeting in findings.meetings
        if meeting.confidence < least
    )
    return replace(findings, meetings=kept, unsaid=findings.unsaid + unsaid)


def _counts(inputs: tuple[Input, ...], found: Findings) -> dict[str, int]:
    outcomes = Counter(entry.outcome for entry in inputs)
    return {
        "inputs": len(inputs),
        **{outcome: outcomes[outcome] for outcome in OUTCOMES},
        "officials": len(found.officials),
        "organizations": len(found.organizations),
        "places": len(found.places),
        "meetings": len(found.meetings),
        "held": sum(meeting.status == "held" for meeting in found.meetings),
        "planned": sum(meeting.status == "planned" for meeting in found.meetings),
        "unsaid": len(found.unsaid),
    }


def _account(inputs: tuple[Input, ...], findings: Findings, counts: dict[str, int]) -> dict[str, Any]:
    return {
        "diplograph": metadata.version("diplograph"),
        "counts": counts,
        "inputs": [
            {name: value for name in Input.__slots__ if (value := getattr(entry, name)) is not None} for entry in inputs
        ],
        "unsaid": [
            {
                "article": left.receipt.article,
                "start": left.receipt.span.start,
                "end": left.receipt.span.end,
                "quote": left.receipt.quote,
                "rule": left.receipt.rule,
                "reason": left.reason,
            }
            for left in findings.unsaid
        ],
    }
