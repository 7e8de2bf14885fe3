"""Short ways to write claims by hand. All persons are invented."""

from __future__ import annotations

from diplograph.model import (
    Article,
    Claims,
    EncounterClaim,
    OfficialClaim,
    OrganizationClaim,
    OrganizationKind,
    PartialDate,
    PlaceClaim,
    Receipt,
    Ref,
    Span,
    TenureClaim,
)

AMBASSADOR = "посол"


def receipt(article: str, start: int = 0, *, quote: str = "Стороны встретились.", rule: str = "met-with") -> Receipt:
    return Receipt(article, Span(start, start + len(quote)), quote, rule)


def ref(text: str | None) -> Ref | None:
    """``"KZ"`` is a state, ``"organization:un"`` and ``"place:riga"`` say what they are."""
    if text is None:
        return None
    kind, _, key = text.rpartition(":")
    return Ref(kind or "state", key)


def tenure(
    article: str,
    title: str,
    acts_for: str | None = None,
    *,
    post: str | None = None,
    to: str | None = None,
    within: str | None = None,
    on: str | None = None,
) -> TenureClaim:
    post = "ambassador" if title == AMBASSADOR else post
    return TenureClaim(
        title,
        receipt(article),
        post,
        ref(acts_for),
        ref(within),
        ref(to),
        PartialDate.parse(on) if on else None,
    )


def official(article: str, name: str, *tenures: TenureClaim, aliases: tuple[str, ...] = ()) -> OfficialClaim:
    return OfficialClaim(Ref("official", name), name, aliases, tenures, (receipt(article),))


def organization(
    article: str,
    name: str,
    kind: OrganizationKind = "other",
    state: str | None = None,
    *,
    key: str | None = None,
    aliases: tuple[str, ...] = (),
) -> OrganizationClaim:
    return OrganizationClaim(Ref("organization", key or name), name, aliases, kind, (receipt(article),), state)


def place(article: str, name: str, country: str | None = None, *, key: str | None = None) -> PlaceClaim:
    return PlaceClaim(Ref("place", key or name), name, country, (receipt(article),))


def encounter(
    article: str,
    *people: str,
    type: str = "meeting",
    status: str = "held",
    date: str | None = "2026-03-12",
    end: str | None = None,
    basis: str | None = "stated",
    at: str | None = None,
    country: str | None = None,
    organizations: tuple[str, ...] = (),
    states: tuple[str, ...] = (),
    topics: tuple[str, ...] = (),
    confidence: float = 0.9,
    start: int = 0,
) -> EncounterClaim:
    return EncounterClaim(
        type=type,
        status=status,
        rule="met-with",
        receipts=(receipt(article, start),),
        confidence=confidence,
        participants=tuple(Ref("official", name) for name in people),
        organizations=tuple(Ref("organization", key) for key in organizations),
        states=states,
        date=PartialDate.parse(date) if date else None,
        end_date=PartialDate.parse(end) if end else None,
        date_basis=basis if date else None,
        place=ref(at and f"place:{at}"),
        country=country,
        topics=topics,
    )


def claims(
    article: str,
    *said: OfficialClaim | OrganizationClaim | PlaceClaim | EncounterClaim,
    language: str = "ru",
) -> Claims:
    def of(kind: type) -> tuple:
        return tuple(claim for claim in said if isinstance(claim, kind))

    return Claims(
        Article(article, "Стороны встретились.", language),
        officials=of(OfficialClaim),
        organizations=of(OrganizationClaim),
        places=of(PlaceClaim),
        encounters=of(EncounterClaim),
    )
