"""Posts of one person: which role claims agree, and which are one tenure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from diplograph.iris import digest
from diplograph.model import Name, PartialDate, Ref, Tenure, TenureClaim
from diplograph.resolve.evidence import all_receipts


@dataclass(frozen=True, slots=True)
class Role:
    """What an article says of a post, without where and when it says so."""

    title: str  # lower case
    language: str
    post: str | None
    acts_for: Ref | None
    within: Ref | None
    accredited_to: Ref | None

    @property
    def place(self) -> tuple[Ref | None, Ref | None, Ref | None]:
        """For whom, in what and to whom."""
        return self.acts_for, self.within, self.accredited_to

    @property
    def sort_key(self) -> tuple[str, ...]:
        """Orders roles; None comes first."""
        refs = (f"{ref.kind}/{ref.key}" if ref else "" for ref in self.place)
        return self.title, self.language, self.post or "", *refs


@dataclass(frozen=True, slots=True)
class RoleClaim:
    """A tenure claim whose references are resolved, with its role."""

    role: Role
    claim: TenureClaim


def role(claim: TenureClaim, language: str) -> Role:
    """The role of a claim whose references are resolved."""
    title = claim.title.casefold().replace("ё", "е")
    return Role(title, language, claim.post, claim.acts_for, claim.within, claim.accredited_to)


def same_body(a: Role, b: Role) -> bool:
    """Whether both act for one state or organisation, or are posts in one organisation."""
    return (a.acts_for is not None and a.acts_for == b.acts_for) or (a.within is not None and a.within == b.within)


def roles_agree(a: Role, b: Role) -> bool:
    """Whether two roles are evidence that two bearers of compatible full names are one person."""
    if not same_body(a, b):
        return False
    same_acts_for = a.acts_for is not None and a.acts_for == b.acts_for
    return (
        a.title == b.title
        or (a.post is not None and a.post == b.post)
        or (a.accredited_to is not None and a.accredited_to == b.accredited_to)
        or (same_acts_for and a.within is not None and a.within == b.within)
    )


def roles_agree_closely(a: Role, b: Role) -> bool:
    """Whether two roles are evidence enough where a name is only a surname or has initials.

    «Министр» may be the «министр обороны», but the «министр обороны» is not the «министр труда», and the ambassador
    to Hungary is not the one to Jordan.
    """
    far = a.accredited_to is not None and b.accredited_to is not None and a.accredited_to != b.accredited_to
    return not far and same_body(a, b) and same_post(a, b)


def same_post(a: Role, b: Role) -> bool:
    """Whether both name one post: equal titles, or one concept and titles of which one holds the other."""
    if a.title == b.title:
        return True
    if a.post is None or a.post != b.post:
        return False
    some, others = set(a.title.split()), set(b.title.split())
    return a.language != b.language or some <= others or others <= some


def merged_tenures(holder: Ref, claims: Sequence[RoleClaim]) -> tuple[Tenure, ...]:
    """The tenures of one person, by id; each keeps the receipts and dates of all its claims.

    Claims of one post for the same bodies are one tenure. A claim that leaves a body unsaid is absorbed by the one
    tenure of that post that says it, unless they are attested more than a year apart: «посол Казахстана» of 2026 is no
    evidence for the embassy of 2023.
    """
    groups: list[list[RoleClaim]] = []
    for claim in sorted(claims, key=lambda claim: (-_said(claim.role), -len(claim.role.title), claim.role.sort_key)):
        fitting = [group for group in groups if claim.role.place == group[0].role.place and _all_same(group, claim)]
        if not fitting:
            fitting = [group for group in groups if _absorbs(group, claim)]
        if len(fitting) == 1:
            fitting[0].append(claim)
        else:
            groups.append([claim])
    return tuple(sorted((_tenure(holder, group) for group in groups), key=lambda tenure: tenure.id))


def _said(role: Role) -> int:
    return sum(ref is not None for ref in role.place)


def _all_same(group: Sequence[RoleClaim], claim: RoleClaim) -> bool:
    return all(same_post(member.role, claim.role) for member in group)


def _absorbs(group: Sequence[RoleClaim], claim: RoleClaim) -> bool:
    vague, exact = claim.role.place, group[0].role.place
    unsaid = vague != exact and all(less is None or less == more for less, more in zip(vague, exact, strict=True))
    return unsaid and _all_same(group, claim) and any(_near(member.claim, claim.claim) for member in group)


def _near(a: TenureClaim, b: TenureClaim) -> bool:
    if a.attested_on is None or b.attested_on is None:
        return True
    return abs(a.attested_on.year - b.attested_on.year) <= 1


def _tenure(holder: Ref, group: Sequence[RoleClaim]) -> Tenure:
    exact = group[0].role
    title = _title(group)
    places = (f"{ref.kind}/{ref.key}" if ref else "" for ref in exact.place)
    posts = sorted({claim.role.post for claim in group if claim.role.post})
    return Tenure(
        id=digest(holder.key, title.text.casefold(), title.language, *places),
        holder=holder,
        title=title,
        receipts=all_receipts([(claim.claim.receipt,) for claim in group]),
        post=posts[0] if posts else None,
        acts_for=exact.acts_for,
        within=exact.within,
        accredited_to=exact.accredited_to,
        attested_on=_dates(claim.claim.attested_on for claim in group),
    )


def _title(group: Sequence[RoleClaim]) -> Name:
    """The fullest title, in Russian where there is one; of equally full ones the commonest."""
    titles = Counter(Name(claim.claim.title, claim.role.language) for claim in group)
    return min(titles, key=lambda name: (name.language != "ru", -len(name.text.split()), -titles[name], name))


def _dates(dates: Iterable[PartialDate | None]) -> tuple[PartialDate, ...]:
    return tuple(sorted({date for date in dates if date is not None}))
