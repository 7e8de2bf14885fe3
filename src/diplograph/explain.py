"""Claims → why: sentence by sentence, what was recognised, what was said, what was left unsaid and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from diplograph.extract import extract
from diplograph.model import (
    Article,
    Claims,
    EncounterClaim,
    Meeting,
    Mention,
    OfficialClaim,
    OrganizationClaim,
    PlaceClaim,
    Receipt,
    Ref,
    Span,
    TenureClaim,
    Unsaid,
)
from diplograph.rows import Rows, html_text
from diplograph.segment import sentences


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was read in one sentence: every record whose receipt begins there, in the order of the text.

    `encounters` are those that the sentence reports first; `adds_to` are encounters of earlier sentences that it
    gave a date, a place, a participant or a topic.
    """

    span: Span
    sentence: str
    mentions: tuple[Mention, ...] = ()
    tenures: tuple[tuple[str, TenureClaim], ...] = ()  # the name of the official, and the post
    encounters: tuple[EncounterClaim, ...] = ()
    adds_to: tuple[EncounterClaim, ...] = ()
    unsaid: tuple[Unsaid, ...] = ()
    names: tuple[tuple[Ref, str], ...] = ()  # what the claims of the article call whom they refer to

    def __str__(self) -> str:
        return "\n".join([" ".join(self.sentence.split()), *(f"    {line}" for line in _lines(self))])


class Explanations(Rows[Explanation]):
    """What `explain` says of an article; in a notebook the lines that the terminal shows."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return html_text("\n\n".join(map(str, self)))


def explain(article: Article, claims: Claims | None = None) -> Explanations:
    """An explanation for each sentence of `article`, in order; none for an empty text.

    `claims` are those of the article where they are at hand; else it is extracted.
    """
    claims = claims or extract(article)
    known: tuple[OfficialClaim | OrganizationClaim | PlaceClaim, ...]
    known = (*claims.officials, *claims.organizations, *claims.places)
    names = tuple((entity.ref, entity.name) for entity in known)
    return Explanations(_explanation(sentence.span, claims, names) for sentence in sentences(article.text))


def _explanation(span: Span, claims: Claims, names: tuple[tuple[Ref, str], ...]) -> Explanation:
    def here(receipt: Receipt) -> bool:
        return span.start <= receipt.span.start < span.end

    return Explanation(
        span=span,
        sentence=span.of(claims.article.text),
        mentions=tuple(sorted((m for m in claims.mentions if span.contains(m.span)), key=lambda m: m.span)),
        tenures=tuple((o.name, t) for o in claims.officials for t in o.tenures if here(t.receipt)),
        encounters=tuple(e for e in claims.encounters if here(e.receipts[0])),
        adds_to=tuple(
            e for e in claims.encounters if not here(e.receipts[0]) and any(here(receipt) for receipt in e.receipts)
        ),
        unsaid=tuple(u for u in claims.unsaid if here(u.receipt)),
        names=names,
    )


def _lines(explanation: Explanation) -> Iterator[str]:
    names = dict(explanation.names)
    for mention in explanation.mentions:
        known = f" = {mention.ref.kind} {_name(mention.ref, names)}" if mention.ref else ""
        yield f"{mention.kind:<12} {mention.text} → {mention.name}{known}"
    for name, tenure in explanation.tenures:
        sides = (("for", tenure.acts_for), ("in", tenure.within), ("accredited to", tenure.accredited_to))
        for_whom = "".join(f", {word} {_name(ref, names)}" for word, ref in sides if ref)
        yield f"tenure       {name}: {tenure.title}{for_whom}  [{tenure.receipt.rule}]"
    for encounter in explanation.encounters:
        yield f"said         {told(encounter, names)}  [{encounter.rule}]"
    for encounter in explanation.adds_to:
        yield f"adds to      {told(encounter, names)}"
    for left in explanation.unsaid:
        yield f"unsaid       {' '.join(left.receipt.quote.split())}: {left.reason}  [{left.receipt.rule}]"


def told(encounter: EncounterClaim | Meeting, names: Mapping[Ref, str]) -> str:
    """Status and kind, who took part, and all that is known of it, in one line."""
    who = ", ".join(_name(ref, names) for ref in encounter.participants) or "nobody named"
    details = [
        ("date", encounter.date and f"{encounter.date} ({encounter.date_basis})"),
        ("until", encounter.end_date),
        ("place", encounter.place and _name(encounter.place, names)),
        ("country", encounter.country),
        ("states", ", ".join(encounter.states)),
        ("organizations", ", ".join(_name(ref, names) for ref in encounter.organizations)),
        ("topics", ", ".join(encounter.topics)),
        ("confidence", f"{encounter.confidence:.2f}"),
    ]
    told = "; ".join(f"{word} {value}" for word, value in details if value)
    return f"{encounter.status} {encounter.type}: {who}; {told}"


def _name(ref: Ref, names: Mapping[Ref, str]) -> str:
    return names.get(ref, ref.key)
