"""Claims → Findings: who is meant, which claims are one meeting.

What is said twice becomes one thing with two receipts, and only where the articles agree on more than a name. Where
two answers fit, none is taken: two nodes for one person can be joined later, a false edge stays published.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from diplograph.model import Article, Claims, DiplographError, Findings, Official, Ref, Unsaid
from diplograph.resolve.evidence import reading_order
from diplograph.resolve.meetings import resolve_meetings
from diplograph.resolve.officials import resolve_officials
from diplograph.resolve.organizations import resolve_organizations
from diplograph.resolve.places import resolve_places
from diplograph.resolve.references import EntityIds, UnknownReferenceError

__all__ = ["RepeatedArticleError", "UnknownReferenceError", "resolve"]


class RepeatedArticleError(DiplographError):
    """Two articles of one run have the same id."""


def resolve(claims: Iterable[Claims]) -> Findings:
    """What the articles say, taken together; every tuple sorted by id, empty where nothing was claimed.

    The order of `claims` makes no difference. Ids hold no kind: the official of ``dgid:official/x`` has the id ``x``.

    Raises:
        RepeatedArticleError: two articles have one id.
        UnknownReferenceError: an encounter names a participant whom its article does not claim.
    """
    ordered = sorted(claims, key=lambda one: one.article.id)
    for one, following in pairwise(ordered):
        if one.article.id == following.article.id:
            raise RepeatedArticleError(f"two articles have the id {one.article.id!r}")
    organizations, organization_ids = resolve_organizations(ordered)
    places, place_ids = resolve_places(ordered)
    ids = EntityIds({"organization": organization_ids, "place": place_ids})
    officials, official_ids = resolve_officials(ordered, ids)
    ids = EntityIds({"organization": organization_ids, "place": place_ids, "official": official_ids})
    return Findings(
        articles=_articles(ordered),
        officials=officials,
        organizations=organizations,
        places=places,
        meetings=resolve_meetings(ordered, ids, {Ref("official", one.id): _employers(one) for one in officials}),
        unsaid=_unsaid(ordered),
    )


def _articles(claims: Iterable[Claims]) -> tuple[Article, ...]:
    return tuple(one.article for one in claims)


def _employers(official: Official) -> frozenset[Ref]:
    refs = (ref for tenure in official.tenures for ref in (tenure.acts_for, tenure.within))
    return frozenset(ref for ref in refs if ref is not None and ref.kind == "organization")


def _unsaid(claims: Iterable[Claims]) -> tuple[Unsaid, ...]:
    return tuple(
        unsaid
        for one in claims
        for unsaid in sorted(one.unsaid, key=lambda unsaid: (reading_order(unsaid.receipt), unsaid.reason))
    )
