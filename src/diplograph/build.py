"""The whole way: sources → a folder with the graph, the page, the tables and an account of every input."""

from __future__ import annotations

import errno
import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any

from diplograph.account import OUTCOMES, Input, NothingToExtractError
from diplograph.draw import draw
from diplograph.export import edges_csv, gexf, meetings_csv, nodes_csv, officials_csv
from diplograph.extract import LANGUAGES, extract
from diplograph.model import Article, Claims, DiplographError, Findings, PartialDate, Unsaid
from diplograph.network import network
from diplograph.rdf import serialize_trig, serialize_turtle, to_graph
from diplograph.read import Limits, Refusal, read
from diplograph.report import report
from diplograph.resolve import resolve

#: Told how many inputs are done, how many there are, and which one is next.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Run:
    """One build: an account of every input, sorted by source, what is asserted, and the files written."""

    inputs: tuple[Input, ...]
    findings: Findings
    files: tuple[Path, ...] = ()

    def counts(self) -> dict[str, int]:
        """How many inputs came to each outcome, and how many things of each kind are asserted."""
        outcomes = Counter(entry.outcome for entry in self.inputs)
        found = self.findings
        return {
            "inputs": len(self.inputs),
            **{outcome: outcomes[outcome] for outcome in OUTCOMES},
            "officials": len(found.officials),
            "organizations": len(found.organizations),
            "places": len(found.places),
            "meetings": len(found.meetings),
            "held": sum(meeting.status == "held" for meeting in found.meetings),
            "planned": sum(meeting.status == "planned" for meeting in found.meetings),
            "unsaid": len(found.unsaid),
        }


def build(
    sources: str | Path | Iterable[str | Path],
    *,
    out: str | Path,
    published: PartialDate | None = None,
    limits: Limits | None = None,
    min_confidence: float = 0.0,
    notice: str | None = None,
    progress: Progress | None = None,
) -> Run:
    """Read `sources` (see `read`), extract, resolve, and write the folder `out`.

    Written are graph.ttl, graph.trig (a named graph an article), graph.html, graph.gexf, meetings.csv,
    officials.csv, nodes.csv, edges.csv, report.md and run.json; other files in `out` stay. All are made first and put
    in place together, so a failure leaves an earlier result as it was. The bytes depend on the texts alone, not on the
    order of the sources, the time or the folder.

    Meetings below `min_confidence` are left out and listed as unsaid. `notice` is a line for the top of the page
    ("All persons are invented"). An article that cannot be extracted fails
    alone; the others are built.

    Raises:
        NothingToExtractError: no input could be read; `out` is not touched.
        DiplographError: what a step cannot do at all, such as missing models or a folder that cannot be written.
    """
    sources = [sources] if isinstance(sources, (str, Path)) else sources
    inputs, claims = _extracted(list(read(sorted(map(str, sources)), published=published, limits=limits)), progress)
    if not claims:
        raise NothingToExtractError(inputs)
    findings = _confident(resolve(claims), min_confidence)
    run = Run(inputs, findings)
    return replace(run, files=_write(Path(out), _contents(run, notice)))


def _extracted(items: list[Article | Refusal], progress: Progress | None) -> tuple[tuple[Input, ...], list[Claims]]:
    inputs, claims = [], []
    for done, item in enumerate(items):
        if progress:
            progress(done, len(items), item.source)
        if isinstance(item, Refusal):
            inputs.append(Input(item.source, item.outcome, reason=item.reason))
        elif item.language not in LANGUAGES:
            inputs.append(Input(item.source, "skipped", reason=f"texts in {item.language!r} are not read yet"))
        else:
            try:
                claims.append(extract(item))
                inputs.append(Input(item.source, "extracted", article=item.id, remark="; ".join(item.remarks) or None))
            except DiplographError:
                raise  # nothing that one article is to blame for: the models are missing
            except Exception as error:  # a fault of ours in one text must not cost the others
                inputs.append(Input(item.source, "failed", reason=f"a fault in the extraction: {error!r}"))
    return tuple(sorted(inputs, key=lambda entry: entry.place)), sorted(claims, key=lambda claim: claim.article.id)


def _confident(findings: Findings, least: float) -> Findings:
    kept = tuple(meeting for meeting in findings.meetings if meeting.confidence >= least)
    unsaid = tuple(
        Unsaid(meeting.receipts[0], f"confidence {meeting.confidence:.2f} is below {least:.2f}")
        for meeting in findings.meetings
        if meeting.confidence < least
    )
    return replace(findings, meetings=kept, unsaid=findings.unsaid + unsaid)


def _contents(run: Run, notice: str | None) -> Iterator[tuple[str, str | bytes]]:
    account = _account(run)
    graph = to_graph(run.findings)
    officials = network(graph)
    yield "graph.ttl", serialize_turtle(graph)
    yield "graph.trig", serialize_trig(run.findings)
    yield "graph.html", draw(graph, notice=notice)
    yield "graph.gexf", gexf(officials)
    yield "meetings.csv", meetings_csv(graph)
    yield "officials.csv", officials_csv(graph)
    yield "nodes.csv", nodes_csv(officials)
    yield "edges.csv", edges_csv(officials)
    yield "report.md", report(graph, account).to_markdown()
    yield "run.json", json.dumps(account, ensure_ascii=False, indent=1) + "\n"


def _account(run: Run) -> dict[str, Any]:
    return {
        "diplograph": metadata.version("diplograph"),
        "counts": run.counts(),
        "inputs": [{key: value for key, value in asdict(entry).items() if value is not None} for entry in run.inputs],
        "unsaid": [
            {
                "article": left.receipt.article,
                "start": left.receipt.span.start,
                "end": left.receipt.span.end,
                "quote": left.receipt.quote,
                "rule": left.receipt.rule,
                "reason": left.reason,
            }
            for left in run.findings.unsaid
        ],
    }


def _write(out: Path, contents: Iterable[tuple[str, str | bytes]]) -> tuple[Path, ...]:
    try:
        out.mkdir(parents=True, exist_ok=True)
        # Inside `out`, so that both names are on one file system and a rename replaces in one step.
        with tempfile.TemporaryDirectory(prefix=".build-", dir=out) as beside:
            names = []
            for name, content in contents:
                Path(beside, name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
                names.append(name)
            for taken in (out / name for name in names if (out / name).is_dir()):
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(taken))
            return tuple(Path(beside, name).replace(out / name) for name in names)
    except OSError as error:
        raise DiplographError(f"{error.filename or out}: cannot be written: {error.strerror}") from error
