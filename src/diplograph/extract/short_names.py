"""Bodies that a text names in full once and then shorter: «Сенат», «Министерство обороны», «Совет»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from diplograph.extract.forms import fold
from diplograph.extract.organizations import OrganizationSpan
from diplograph.extract.parts import SentenceParts
from diplograph.lexicon import words

#: How many sentences back a foreign body's full name is looked for.
_NEAR = 2


def with_full_names(parts: Sequence[SentenceParts], home: str | None) -> list[SentenceParts]:
    """The parts with each shortened name read as the full one it begins; the shorter one becomes its alias.

    The nearest full name before counts, else the first one after. A full name of another state than the `home` of the
    news is meant only a little after it.
    """
    if not any(part.organizations for part in parts):
        return list(parts)
    spans = [(number, body) for number, part in enumerate(parts) for body in part.organizations]
    return [
        _renamed(part, {b.first: _full(number, b, spans, home) for b in part.organizations})
        for number, part in enumerate(parts)
    ]


def _full(
    number: int, body: OrganizationSpan, spans: Sequence[tuple[int, OrganizationSpan]], home: str | None
) -> OrganizationSpan:
    """The body under its full name where it was named shorter; the body itself otherwise."""
    short = _words(body.name)
    longer = [
        (at, other)
        for at, other in spans
        if (other.kind == body.kind or " " not in body.name or {other.kind, body.kind} == {"agency", "international"})
        and len(_words(other.name)) > len(short)
        and _words(other.name)[: len(short)] == short
        and (body.state in (None, other.state))
        and (other.state in (None, home) or 0 <= number - at <= _NEAR)
        and not other.states
    ]
    if not longer:
        return body
    before = [pair for pair in longer if pair[0] <= number]
    full = before[-1][1] if before else longer[0][1]
    alias = body.name if body.name not in (full.name, *full.aliases) else None
    aliases = (*full.aliases, *((alias,) if alias else ()))
    return replace(body, ref=full.ref, name=full.name, aliases=aliases, state=full.state, kind=full.kind)


def _words(name: str) -> list[str]:
    spelled = words("ru", "organizations")["spelled_out"]
    plain = fold(name).replace("«", "").replace("»", "").split()
    return [part for word in plain for part in spelled.get(word, word).split()]


def _renamed(part: SentenceParts, full: dict[int, OrganizationSpan]) -> SentenceParts:
    if all(full[body.first] is body for body in part.organizations):
        return part
    posts = tuple(
        replace(post, within=full.get(post.within.first, post.within), states=post.states or _states(full, post.within))
        if post.within is not None
        else post
        for post in part.posts
    )
    return replace(part, organizations=tuple(full[body.first] for body in part.organizations), posts=posts)


def _states(full: dict[int, OrganizationSpan], within: OrganizationSpan) -> tuple[str, ...]:
    body = full.get(within.first)
    return (
        (body.state,) if body is not None and body.state and body.kind in ("ministry", "parliament", "agency") else ()
    )
