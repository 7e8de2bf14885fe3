"""The rank of a post as a weight: a meeting of presidents is a stronger tie than one of attachés.

The ladder is that of ``ontology/posts.ttl``: rank 1 is the highest of 13. An official weighs (14 - rank)/13, from 1
for a head of state to 1/13 for an honorary consul; of several posts the highest counts, and one without a known post
stands on the lowest rung. A meeting of two weighs as much as the lower of the two: it is held at that level.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import networkx as nx
from rdflib import Graph

from diplograph.ontology_files import ontology_file
from diplograph.records import OfficialRecord, Records, read_records
from diplograph.terms import DG, DGID

_RUNGS = 13


@cache
def ladder() -> Mapping[str, int]:
    """The rank of every post of the ontology: "ambassador" → 9; 1 is the highest."""
    posts = Graph().parse(data=ontology_file("posts.ttl").read_bytes(), format="turtle")
    return {str(post).removeprefix(f"{DGID}post/"): int(str(rank)) for post, rank in posts.subject_objects(DG.rank)}


def seniority(official: OfficialRecord) -> float:
    """The weight of an official by their highest post, in (0, 1]."""
    rank = min((ladder()[tenure.post] for tenure in official.tenures if tenure.post in ladder()), default=_RUNGS)
    return (_RUNGS + 1 - rank) / _RUNGS


def weigh_by_post(ties: nx.Graph[str], graph: Graph | Records) -> nx.Graph[str]:
    """A copy of a network (see `network`) in which ties weigh by the rank of the posts of those who met.

    Each edge gets `weight`, the sum over its meetings of the level each was held at, and `distance` = 1/weight; all
    else stays. Between two officials the level of a meeting is the lower of their weights. Between two states or
    organisations it is the lower of their most senior participants; a side that nobody is named for stands on the
    lowest rung. Affiliations keep their distance.
    """
    records = read_records(graph)
    officials = {official.id: official for official in records.officials}
    weight = {who: seniority(official) for who, official in officials.items()}
    present = {meeting.id: meeting.participants for meeting in records.meetings}
    weighed = ties.copy()
    for a, b, data in weighed.edges(data=True):
        if data.get("relation") != "met":
            continue
        levels = [
            min(_level(side, present[meeting], weight, officials) for side in (a, b)) for meeting in data["evidence"]
        ]
        data["weight"] = round(sum(levels), 12)
        data["distance"] = 1 / data["weight"]
    return weighed


def _level(
    side: str, present: tuple[str, ...], weight: Mapping[str, float], officials: Mapping[str, OfficialRecord]
) -> float:
    """The weight of an official, or of the most senior participant who represents a state or an organisation."""
    if side in weight:
        return weight[side]
    acting = (
        weight[who]
        for who in present
        if who in officials
        and (side.removeprefix("state/") in officials[who].states or side in officials[who].organizations)
    )
    return max(acting, default=1 / _RUNGS)
