"""The shortest way from one official to another along meetings that were held.

SPARQL can say that there is a way, not which is the shortest; so each step asks who met those reached so far, from the
end that has fewer to ask about: two half ways reach far fewer people than a whole one.
"""

from __future__ import annotations

import time
from collections import defaultdict

from diplograph.sparql.engine import Engine, QueryError
from diplograph.sparql.results import read_results


def shortest_path(engine: Engine, start: str, end: str, *, seconds: float) -> list[str]:
    """IRIs from `start` to `end`, both included; [] where no way leads there.

    Of several shortest ways it is the one whose officials come first in the order of IRIs, from `start` on.

    Raises:
        QueryError: it was not found within `seconds`.
    """
    until = time.monotonic() + seconds
    met: defaultdict[str, set[str]] = defaultdict(set)  # as far as it was asked for, in both directions
    from_start, to_end = {start: 0}, {end: 0}  # steps
    here, there = [start], [end]  # who was reached last
    while here and there and not from_start.keys() & to_end.keys():
        left = until - time.monotonic()
        if left <= 0:
            raise QueryError(f"No answer within {seconds:g} seconds: allow more time", "timeout")
        if len(here) <= len(there):
            here = _step(engine, here, from_start, met, seconds=left)
        else:
            there = _step(engine, there, to_end, met, seconds=left)
    way = from_start.keys() & to_end.keys()
    if not way:
        return []
    while start not in way:  # back from where the halves met, so that everybody on a shortest way knows how far it is
        back = {other for one in way for other in met[one] if from_start.get(other) == from_start[one] - 1}
        to_end |= dict.fromkeys(back, to_end[next(iter(way))] + 1)
        way = back
    path = [start]
    while path[-1] != end:
        path.append(min(other for other in met[path[-1]] if to_end.get(other) == to_end[path[-1]] - 1))
    return path


def _step(
    engine: Engine, edge: list[str], steps: dict[str, int], met: defaultdict[str, set[str]], *, seconds: float
) -> list[str]:
    """Those beyond `edge`, noted in `steps` and `met`."""
    values = " ".join(f"<{iri}>" for iri in edge)
    query = f"SELECT DISTINCT ?one ?other {{ VALUES ?one {{ {values} }} ?one dg:met ?other }}"
    _, rows = read_results(engine.ask(query, seconds=seconds, trusted=True).body)
    beyond = []
    for one, other in rows:
        if one and other and other.kind == "uri":
            met[one.value].add(other.value)
            met[other.value].add(one.value)
            if other.value not in steps:
                steps[other.value] = steps[one.value] + 1
                beyond.append(other.value)
    return beyond
