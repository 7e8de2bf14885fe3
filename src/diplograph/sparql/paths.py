"""The shortest way from one official to another along meetings that were held.

SPARQL can say that there is a way, not which is the shortest; so each step asks who met those reached so far.
"""

from __future__ import annotations

import time

from diplograph.sparql.engine import Engine, QueryError
from diplograph.sparql.results import read_results


def shortest_path(engine: Engine, start: str, end: str, *, seconds: float) -> list[str]:
    """IRIs from `start` to `end`, both included; [] where no way leads there.

    Of several shortest ways it is the one whose officials come first in the order of IRIs, from `start` on.

    Raises:
        QueryError: it was not found within `seconds`.
    """
    until = time.monotonic() + seconds
    came_from = {end: end}
    edge = [end]  # from the end, so that the way read from the start takes the first IRI at each step
    while edge and start not in came_from:
        left = until - time.monotonic()
        if left <= 0:
            raise QueryError(f"No answer within {seconds:g} seconds: allow more time", "timeout")
        values = " ".join(f"<{iri}>" for iri in edge)
        query = f"SELECT DISTINCT ?one ?other {{ VALUES ?one {{ {values} }} ?one dg:met ?other }}"
        _, rows = read_results(engine.ask(query, seconds=left, trusted=True).body)
        steps = sorted({(one.value, other.value) for one, other in rows if one and other and other.kind == "uri"})
        edge = []
        for one, other in steps:
            if other not in came_from:
                came_from[other] = one
                edge.append(other)
    if start not in came_from:
        return []
    path = [start]
    while path[-1] != end:
        path.append(came_from[path[-1]])
    return path
