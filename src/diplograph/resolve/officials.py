"""Which official claims are one person.

Two people may share a name, so a name has to agree with a role: the state or body a person acts for, and the post.
Two claims of one article stay two: its own extraction has already told its people apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import product

from diplograph.iris import digest, distinct_ids, slug
from diplograph.model import Claims, Name, Official, OfficialClaim, Receipt, Ref
from diplograph.resolve.evidence import all_receipts, best_names
from diplograph.resolve.personal_names import PersonName, compatible_names, read_name, same_name, sound
from diplograph.resolve.references import EntityIds
from diplograph.resolve.tenures import (
    Role,
    RoleClaim,
    Roles,
    merged_tenures,
    roles_agree,
    roles_agree_closely,
    same_body,
)

#: (article, key of the claim's Ref) → id of the official.
OfficialIds = Mapping[tuple[str, str], str]

#: In which language an official's id is made, first choice first.
_ID_LANGUAGES = ("ru", "kk", "en")


@dataclass(frozen=True, slots=True, eq=False)
class _Profile:
    """All that the choice of a person depends on: claims of one profile are treated alike, and share it.

    Profiles are compared again and again, so each is one object, known by identity.
    """

    name: PersonName
    roles: tuple[Role, ...]
    states: frozenset[str]
    order: tuple[int, int, int]  # sorts those first of whom most is said


class _Profiles:
    """The profiles of a run."""

    def __init__(self, ids: EntityIds) -> None:
        self.roles = Roles(ids)
        self._known: dict[tuple[object, ...], _Profile] = {}

    def of(self, name: str, language: str, roles: Sequence[Role]) -> _Profile:
        """The profile of that name and those roles."""
        key = (name, language, *map(id, roles))  # a profile keeps its roles, so that nothing else has their numbers
        found = self._known.get(key)
        if found is None:
            refs = (role.acts_for for role in roles)
            states = frozenset(ref.key for ref in refs if ref is not None and ref.kind == "state")
            said, titles = sum(role.said for role in roles), sum(len(role.title) for role in roles)
            order = (-len(states), -said, -titles)
            found = self._known[key] = _Profile(read_name(name, language), tuple(roles), states, order)
        return found


@dataclass(frozen=True, slots=True)
class _Person:
    """One claim, its references resolved."""

    article: str
    language: str
    claim: OfficialClaim
    tenures: tuple[RoleClaim, ...]
    profile: _Profile


@dataclass(slots=True)
class _Group:
    """Claims held to be one person; `profiles` is an ordered set."""

    people: list[_Person] = field(default_factory=list)
    profiles: dict[_Profile, None] = field(default_factory=dict)
    articles: set[str] = field(default_factory=set)

    @property
    def rank(self) -> tuple[int, int]:
        return max(profile.name.rank for profile in self.profiles)

    @property
    def is_full(self) -> bool:
        return any(profile.name.is_full for profile in self.profiles)

    @classmethod
    def of(cls, person: _Person) -> _Group:
        return cls([person], {person.profile: None}, {person.article})

    def take(self, other: _Group) -> None:
        self.people += other.people
        self.profiles |= other.profiles
        self.articles |= other.articles

    def may_hold(self, other: _Group) -> bool:
        """Whether nothing tells the two apart: no article has both, no name and no state contradicts another."""
        if not self.articles.isdisjoint(other.articles):
            return False
        return not any(_contradict(a, b) for a, b in product(self.profiles, other.profiles))

    def fits(self, other: _Group) -> bool:
        """Whether a role speaks for the two being one, and nothing against it.

        Among short names every claim has to agree with every other: «министр Ким» must not make the minister of
        defence and the minister of labour one.
        """
        pairs = (_one_person(a, b) for a, b in product(self.profiles, other.profiles))
        return (any(pairs) if self.is_full or other.is_full else all(pairs)) and self.may_hold(other)


def resolve_officials(claims: Sequence[Claims], ids: EntityIds) -> tuple[tuple[Official, ...], OfficialIds]:
    """The officials of `claims`, by id, and the id behind every Ref of every article.

    `ids` are those of the organisations and places.
    """
    blocks: dict[str, list[_Person]] = defaultdict(list)
    profiles = _Profiles(ids)
    for one in sorted(claims, key=lambda one: one.article.id):
        for claim in sorted(one.officials, key=lambda claim: claim.ref):
            person = _person(one, claim, profiles)
            blocks["".join(map(sound, person.profile.name.parts[-1:]))].append(person)
    groups = [group for _, people in sorted(blocks.items()) for group in _grouped(people)]
    drafts = [_official(group) for group in groups]
    names = distinct_ids([_id_choices(draft, group) for draft, group in zip(drafts, groups, strict=True)])
    found = [
        replace(draft, id=id, tenures=merged_tenures(Ref("official", id), _role_claims(group)))
        for id, draft, group in zip(names, drafts, groups, strict=True)
    ]
    index = {
        (person.article, person.claim.ref.key): id
        for id, group in zip(names, groups, strict=True)
        for person in group.people
    }
    return tuple(sorted(found, key=lambda official: official.id)), index


def _person(claims: Claims, claim: OfficialClaim, profiles: _Profiles) -> _Person:
    article, language = claims.article.id, claims.article.language
    tenures = tuple([RoleClaim(profiles.roles.of(tenure, article, language), tenure) for tenure in claim.tenures])
    roles = [tenure.role for tenure in tenures]
    if len(roles) > 1:
        roles = sorted(set(roles), key=lambda role: role.sort_key)
    return _Person(article, language, claim, tenures, profiles.of(claim.name, language, roles))


# --- who is who ----------------------------------------------------------------------------------------


@lru_cache(maxsize=100_000)
def _contradict(a: _Profile, b: _Profile) -> bool:
    if not compatible_names(a.name, b.name):
        return True
    return bool(a.states) and bool(b.states) and a.states.isdisjoint(b.states)


@lru_cache(maxsize=100_000)
def _one_person(a: _Profile, b: _Profile) -> bool:
    """Whether a role both have makes two bearers of compatible names one person.

    The whole name and the body suffice, since people change posts; the less of a name there is, the more of the role
    has to agree.
    """
    if _contradict(a, b):
        return False
    if same_name(a.name, b.name):
        agree = same_body
    elif a.name.is_full and b.name.is_full:
        agree = roles_agree
    else:
        agree = roles_agree_closely
    return any(agree(one, other) for one, other in product(a.roles, b.roles))


def _grouped(people: Sequence[_Person]) -> list[_Group]:
    """The people of one surname, told apart: whole names first, then ever shorter ones.

    A shorter name joins a fuller one if it fits exactly one; where it fits several it stays alone, and where it fits
    none it may join names as short as itself.
    """
    waiting = _joined([_Group.of(person) for person in sorted(people, key=_most_said)], same_words=True)
    settled: list[_Group] = []
    for rank in sorted({group.rank for group in waiting}, reverse=True):
        here = [group for group in waiting if group.rank == rank]
        fuller = tuple(settled)
        choices = [[other for other in fuller if other.fits(group)] for group in here]
        for group, fitting in zip(here, choices, strict=True):
            if len(fitting) == 1 and fitting[0].may_hold(group):
                fitting[0].take(group)
            elif fitting:
                settled.append(group)
        settled += _joined([group for group, fitting in zip(here, choices, strict=True) if not fitting])
    return settled


def _most_said(person: _Person) -> tuple[tuple[int, int, int], str, Ref]:
    """Sorts those first of whom an article says most, so that the vague find the exact."""
    return person.profile.order, person.article, person.claim.ref


def _joined(groups: Sequence[_Group], *, same_words: bool = False) -> list[_Group]:
    """`groups` with each one in the only one before it that it fits.

    With `same_words` only written-out names come together, and only where they are the same words.
    """
    found: dict[PersonName | None, list[_Group]] = defaultdict(list)
    for group in groups:
        first = next(iter(group.profiles)).name
        rivals = found[first if same_words else None]
        fitting = [other for other in rivals if (first.is_full or not same_words) and other.fits(group)]
        if len(fitting) == 1:
            fitting[0].take(group)
        else:
            rivals.append(group)
    return [group for rivals in found.values() for group in rivals]


# --- what we say of them -------------------------------------------------------------------------------


def _official(group: _Group) -> Official:
    """The official of a group, still without id and tenures."""
    names, others = best_names(
        [Name(person.claim.name, person.language) for person in group.people],
        [Name(alias, person.language) for person in group.people for alias in person.claim.aliases],
        fullness=_fullness,
    )
    acts_for = {claim.role.acts_for for claim in _role_claims(group)}
    return Official(
        id="",
        names=names,
        other_names=others,
        represents=tuple(sorted(ref for ref in acts_for if ref is not None)),
        tenures=(),
        receipts=_receipts(group),
    )


def _fullness(name: str) -> tuple[int, ...]:
    read = read_name(name, "")
    return *read.rank, len(read.parts), len(name)


def _role_claims(group: _Group) -> list[RoleClaim]:
    return [claim for person in group.people for claim in person.tenures]


def _receipts(group: _Group) -> tuple[Receipt, ...]:
    """The receipts of the claims; where a claim has none, those of its posts."""
    return all_receipts(
        person.claim.receipts or [tenure.claim.receipt for tenure in person.tenures] for person in group.people
    )


def _id_choices(official: Official, group: _Group) -> tuple[str, ...]:
    """The name and the state, then a post too, then a hash of the receipts."""
    names = {name.language: name.text for name in official.names}
    label = next((names[language] for language in _ID_LANGUAGES if language in names), official.names[0].text)
    state = next((f"-{ref.key.lower()}" for ref in official.represents if ref.kind == "state"), "")
    plain = slug(label) + state
    posts = sorted({claim.role.post or slug(claim.role.title) for claim in _role_claims(group)})
    receipts = (f"{receipt.article} {receipt.span.start} {receipt.span.end}" for receipt in official.receipts)
    return (
        plain,
        *(f"{plain}-{post}" for post in posts[:1]),
        f"{plain}-{digest(*names.values(), *receipts, length=8)}",
    )
