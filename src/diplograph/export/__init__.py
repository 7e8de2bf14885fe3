"""graph → files that other programs read without complaint."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, get_args

from rdflib import Graph

from diplograph.export.followthemoney import followthemoney
from diplograph.export.networks import gexf, graphml
from diplograph.export.parquet import parquet
from diplograph.export.plover import plover
from diplograph.export.spreadsheets import dyads_csv, edges_csv, meetings_csv, nodes_csv, officials_csv
from diplograph.export.statements import jsonld, ntriples
from diplograph.model import DiplographError
from diplograph.network import NetworkKind, network
from diplograph.records import Records, read_records
from diplograph.tables import DYAD_COLUMNS, MEETING_COLUMNS, OFFICIAL_COLUMNS, dyad_rows, meeting_rows, official_rows

__all__ = [
    "FORMATS",
    "ExportError",
    "ExportFormat",
    "dyads_csv",
    "edges_csv",
    "export",
    "followthemoney",
    "gexf",
    "graphml",
    "jsonld",
    "meetings_csv",
    "nodes_csv",
    "ntriples",
    "officials_csv",
    "parquet",
    "plover",
]

ExportFormat = Literal["gexf", "graphml", "csv", "parquet", "jsonld", "nt", "ftm", "plover"]
FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)


class ExportError(DiplographError):
    """An export was asked for that there is not."""


def export(graph: Graph, formats: Iterable[ExportFormat], *, kind: NetworkKind = "officials") -> dict[str, bytes]:
    """The files of these formats: name → content, in the order of `FORMATS`; the same graph gives the same bytes.

    - "gexf": network.gexf, for Gephi and Gephi Lite; "graphml": network.graphml, for igraph, yEd, Cytoscape;
    - "csv": nodes.csv and edges.csv with Gephi's headers; meetings.csv, officials.csv and dyads.csv for spreadsheets;
    - "parquet": meetings, officials and dyads (.parquet), for pandas, polars, DuckDB; needs the extra `tables`;
    - "jsonld": graph.jsonld; "nt": graph.nt, every statement of the Turtle;
    - "ftm": entities.ftm.json, for FollowTheMoney and Aleph;
    - "plover": events.plover.tsv, event rows in the style of PLOVER.

    `kind` is the network of gexf, graphml, nodes.csv and edges.csv.

    Raises:
        ExportError: there is no such format.
        MissingExtraError: pyarrow is not installed.
        NetworkError: there is no network of this kind.
        RecordError: the graph breaks the contract, see `records.read_meetings`.
    """
    wanted = list(formats)
    for name in wanted:
        if name not in FORMATS:
            raise ExportError(f"no format {name!r}: choose some of {', '.join(FORMATS)}")
    records = read_records(graph)
    files: dict[str, bytes] = {}
    for name in FORMATS:
        if name in wanted:
            files.update(_FILES[name](graph, records, kind))
    return files


def _csv(_: Graph, records: Records, kind: NetworkKind) -> dict[str, bytes]:
    ties = network(records, kind=kind)
    return {
        "nodes.csv": nodes_csv(ties),
        "edges.csv": edges_csv(ties),
        "meetings.csv": meetings_csv(records),
        "officials.csv": officials_csv(records),
        "dyads.csv": dyads_csv(records),
    }


def _parquet(_: Graph, records: Records, __: NetworkKind) -> dict[str, bytes]:
    return {
        "meetings.parquet": parquet(meeting_rows(records), MEETING_COLUMNS),
        "officials.parquet": parquet(official_rows(records), OFFICIAL_COLUMNS),
        "dyads.parquet": parquet(dyad_rows(records), DYAD_COLUMNS),
    }


_FILES: dict[ExportFormat, Callable[[Graph, Records, NetworkKind], dict[str, bytes]]] = {
    "gexf": lambda _, records, kind: {"network.gexf": gexf(network(records, kind=kind))},
    "graphml": lambda _, records, kind: {"network.graphml": graphml(network(records, kind=kind))},
    "csv": _csv,
    "parquet": _parquet,
    "jsonld": lambda graph, _, __: {"graph.jsonld": jsonld(graph)},
    "nt": lambda graph, _, __: {"graph.nt": ntriples(graph)},
    "ftm": lambda graph, _, __: {"entities.ftm.json": followthemoney(graph)},
    "plover": lambda _, records, __: {"events.plover.tsv": plover(records)},
}
