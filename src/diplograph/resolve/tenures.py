"""Posts of one person: which role claims agree, and which are one tenure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from diplograph.iris import digest
from diplograph.model import Name, PartialDate, Ref, Tenure, TenureClaim
from diplograph.resolve.evidence import all_receipts
from diplograph.resolve.references import EntityIds


@dataclass(frozen=True)
class Role:
    """What an article says of a post, without where and when it says so."""

    title: str  # lower case
    language: str
    post: str | None
    acts_for: Ref | None
    within: Ref | None
    accredited_to: Ref | None

    @cached_property
    def place(self) -> tuple[Ref | None, Ref | None, Ref | None]:
        """For whom, in what and to whom."""
        return self.acts_for, self.within, self.accredited_to

    @cached_property
    def said(self) -> int:
        """How many of these three it says."""
        return sum(ref is not None for ref in self.place)

    @cached_property
    def sort_key(self) -> tuple[str, ...]:
        """Orders roles; None comes first."""
        refs = (f"{ref.kind}/{ref.key}" if ref else "" for ref in self.place)
        return self.title, self.language, self.post or "", *refs


@dataclass(frozen=True, slots=True)
class RoleClaim:
    """A tenure claim with its role, which holds its references resolved."""

    role: Role
    claim: TenureClaim


class Roles:
    """The roles of a run, each one object: there are many more claims than roles."""

    def __init__(self, ids: EntityIds) -> None:
        self._ids = ids
        self._known: dict[tuple[str | Ref | None, ...], Role] = {}

    def of(self, claim: TenureClaim, article: str, language: str) -> Role:
        """The role that an article claims, its references resolved."""
        refs = [self._ids.find(article, ref) for ref in (claim.acts_for, claim.within, claim.accredited_to)]
        key = (claim.title, language, claim.post, *refs)
        found = self._known.get(key)
        if found is None:
            title = claim.title.casefold().replace("ё", "е")
            found = self._known[key] = Role(title, language, claim.post, *refs)
        return found


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
    if a is b or a.title == b.title:
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
    groups: list[_Group] = []
    known: Role | None = None
    home: _Group | None = None  # where every claim of the role `known` goes
    for claim in sorted(claims, key=_most_exact):
        role = claim.role
        if role is known and home is not None:
            home.claims.append(claim)
            home.years.add(_year(claim))
            continue
        fitting = [group for group in groups if role.place == group.place and group.is_of_post(role)]
        ambiguous = len(fitting) > 1
        if not fitting:
            fitting = [group for group in groups if group.absorbs(claim)]
        if len(fitting) != 1:
            fitting = [_Group(role.place)]
            groups += fitting
        fitting[0].take(claim)
        known, home = role, fitting[0] if fitting[0].place == role.place and not ambiguous else None
    return tuple(sorted((_tenure(holder, group.claims) for group in groups), key=lambda tenure: tenure.id))


def _most_exact(claim: RoleClaim) -> tuple[int, int, tuple[str, ...]]:
    """Sorts the claims that say most first; those of one role come together."""
    return -claim.role.said, -len(claim.role.title), claim.role.sort_key


@dataclass(slots=True)
class _Group:
    """The claims of one tenure, and what of them decides whether another is of it too: few roles, few years."""

    place: tuple[Ref | None, Ref | None, Ref | None]
    claims: list[RoleClaim] = field(default_factory=list)
    roles: dict[Role, None] = field(default_factory=dict)
    years: set[int | None] = field(default_factory=set)

    def take(self, claim: RoleClaim) -> None:
        self.claims.append(claim)
        self.roles[claim.role] = None
        self.years.add(_year(claim))

    def is_of_post(self, role: Role) -> bool:
        """Whether all its claims name the post of this one."""
        return all(same_post(own, role) for own in self.roles)

    def absorbs(self, claim: RoleClaim) -> bool:
        """Whether a claim says less of the same, and of a year near by."""
        vague, exact = claim.role.place, self.place
        if vague == exact or not all(less in (None, more) for less, more in zip(vague, exact, strict=True)):
            return False
        year = _year(claim)
        near = year is None or any(own is None or abs(own - year) <= 1 for own in self.years)
        return near and self.is_of_post(claim.role)


def _year(claim: RoleClaim) -> int | None:
    attested = claim.claim.attested_on
    return attested.year if attested is not None else None


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
    found = {str(date): date for date in dates if date is not None}
    return tuple(found[text] for text in sorted(found))
