"""Which organisation claims are one organisation.

A state body bears the same name in every state: without its state it is known within its own article only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from diplograph import gazetteer
from diplograph.iris import digest, distinct_ids, slug
from diplograph.lexicon import words
from diplograph.model import Claims, Name, Organization, OrganizationClaim, OrganizationKind, Receipt, Ref
from diplograph.resolve.evidence import all_receipts, best_names, known_names

#: (article, key of the claim's Ref) → id of the organisation.
OrganizationIds = Mapping[tuple[str, str], str]

_STATE_BODIES: frozenset[OrganizationKind] = frozenset(["ministry", "parliament", "agency"])
_QUOTES = re.compile(r"[«»„“”\"'’`]")
_DASHES = re.compile(r"[‐‑‒–—−]")
_ABBREVIATION = re.compile(
    r"(?:(?![A-ZА-ЯЁ])\w)*[A-ZА-ЯЁ](?:(?![A-ZА-ЯЁ])\w)*[A-ZА-ЯЁ]\w*"
)  # «ЕОПП», «ЮНЕСКО», «BRICS»


@dataclass(frozen=True, slots=True)
class _Sourced:
    """A claim and where it stands."""

    article: str
    language: str
    claim: OrganizationClaim


#: What makes claims one organisation; the first item is the kind of evidence.
_Key = tuple[str, ...]


def resolve_organizations(claims: Sequence[Claims]) -> tuple[tuple[Organization, ...], OrganizationIds]:
    """The organisations of `claims`, by id, and the id behind every Ref of every article.

    A Ref that has no claim of its own in the article (the body of a post, say) counts as one.
    """
    groups: dict[_Key, list[_Sourced]] = defaultdict(list)
    for sourced in sorted(_sourced(claims), key=lambda s: (s.article, s.claim.ref, s.claim.name)):
        groups[_key(sourced)].append(sourced)
    merged = _with_abbreviations(_with_stateless(dict(groups)))
    keys = sorted(merged)
    ids = distinct_ids([_id_choices(key, merged[key]) for key in keys])
    found = tuple(_organization(name, key, merged[key]) for name, key in zip(ids, keys, strict=True))
    index = {
        (sourced.article, sourced.claim.ref.key): name
        for name, key in zip(ids, keys, strict=True)
        for sourced in merged[key]
    }
    return tuple(sorted(found, key=lambda organization: organization.id)), index


def normal_name(name: str) -> str:
    """A name without what spelling varies: case, ё, quotation marks, dashes, spaces.

    >>> normal_name("Корпорация «Росатом»") == normal_name('корпорация "Росатом"')
    True
    """
    plain = _DASHES.sub("-", _QUOTES.sub("", name.casefold().replace("ё", "е")))
    return " ".join(plain.split())


def portfolio(name: str, language: str) -> str:
    """The portfolio of a ministry's name: our word for it where the table has one, else the name without its state.

    A name of another language than Russian stands whole.

    >>> portfolio("МИД РК", "ru"), portfolio("Министерство иностранных дел Республики Казахстан", "ru")
    ('foreign-affairs', 'foreign-affairs')
    >>> portfolio("Министерство иностранных дел и торговли Венгрии", "ru")
    'министерство иностранных дел и торговли'
    """
    if language != "ru":
        return normal_name(name)
    own = name.split()
    if len(own) > 1 and own[0].casefold() in gazetteer.adjectives("ru"):
        own = own[1:]  # «австрийский МИД»
    rest = (i for i, word in enumerate(own) if i and (word[:1].isupper() or word.casefold() == "республики"))
    body = normal_name(" ".join(own[: next(rest, len(own))]))
    if body in _portfolios():
        return _portfolios()[body]
    return body if " " in body else normal_name(name)  # «Министерство Юстиции»: not the state begins at the capital


@cache
def _portfolios() -> Mapping[str, str]:
    table = words("ru", "ministries")["portfolio"]
    return {normal_name(form): key for key, record in table.items() for form in (*record["names"], *record["short"])}


def _sourced(claims: Sequence[Claims]) -> Iterable[_Sourced]:
    for one in claims:
        claimed = {claim.ref.key for claim in one.organizations}
        for claim in one.organizations:
            yield _Sourced(one.article.id, one.article.language, claim)
        unclaimed: dict[str, list[Receipt]] = defaultdict(list)
        for ref, receipts in _references(one):
            if ref is not None and ref.kind == "organization" and ref.key not in claimed:
                unclaimed[ref.key].extend(receipts)
        for key, found in unclaimed.items():
            entry = _entry(key)
            name = entry.names.get(one.article.language, (key,))[0] if entry else key
            claim = OrganizationClaim(Ref("organization", key), name, (), "other", tuple(found))
            yield _Sourced(one.article.id, one.article.language, claim)


def _references(claims: Claims) -> Iterable[tuple[Ref | None, tuple[Receipt, ...]]]:
    for official in claims.officials:
        for tenure in official.tenures:
            for ref in (tenure.acts_for, tenure.within, tenure.accredited_to):
                yield ref, (tenure.receipt,)
    for encounter in claims.encounters:
        for ref in encounter.organizations:
            yield ref, encounter.receipts


def _entry(key: str) -> gazetteer.OrganizationEntry | None:
    try:
        return gazetteer.organization(key)
    except gazetteer.UnknownEntityError:
        return None


def _key(sourced: _Sourced) -> _Key:
    claim = sourced.claim
    if _entry(claim.ref.key):
        return "known", claim.ref.key
    if claim.kind == "ministry" and claim.state:
        return "ministry", claim.state, portfolio(claim.name, sourced.language)
    if _is_local(claim):
        return "local", sourced.article, normal_name(claim.name)
    return "name", normal_name(claim.name), claim.state or ""


def _is_local(claim: OrganizationClaim) -> bool:
    """Whether the name says too little to be the same thing in another article."""
    if claim.state is None and claim.kind in _STATE_BODIES:
        return True
    own = normal_name(claim.name).split()
    mission = words("ru", "ministries")["mission"]
    return any(word in mission["heads"] for word in own) and not any(word in mission["places"] for word in own)


def _with_stateless(groups: dict[_Key, list[_Sourced]]) -> dict[_Key, list[_Sourced]]:
    """A name without a state joins the same name with one, unless several states have such a thing."""
    stated: dict[str, list[_Key]] = defaultdict(list)
    for key in groups:
        if key[0] == "name" and key[2]:
            stated[key[1]].append(key)
    return _moved(groups, {("name", name, ""): keys for name, keys in stated.items()})


def _with_abbreviations(groups: dict[_Key, list[_Sourced]]) -> dict[_Key, list[_Sourced]]:
    """An abbreviation joins the one name that explains it, a short name the one longer name of the same abbreviation.

    The state and the kind have to agree. Two full names of one abbreviation are two things: «Алтайский …» and
    «Астраханский государственный университет (АГУ)».
    """
    explained: dict[tuple[str, str], set[_Key]] = defaultdict(set)
    for key, members in groups.items():
        if key[0] == "name":
            for form in (form for member in members for form in member.claim.aliases):
                if _ABBREVIATION.fullmatch(form):
                    explained[normal_name(form), key[2]].add(key)
    targets: dict[_Key, set[_Key]] = defaultdict(set)
    for (abbreviation, state), keys in explained.items():
        for key in (*keys, ("name", abbreviation, state)):
            targets[key] |= {other for other in keys if key in groups and _is_fuller(groups, other, key, abbreviation)}
    return _moved(groups, {key: sorted(to) for key, to in targets.items()})


def _is_fuller(groups: Mapping[_Key, list[_Sourced]], fuller: _Key, shorter: _Key, abbreviation: str) -> bool:
    if fuller == shorter or not _kinds_agree(groups[fuller], groups[shorter]):
        return False
    return shorter[1] == abbreviation or set(shorter[1].split()) < set(fuller[1].split())


def _kinds_agree(some: list[_Sourced], others: list[_Sourced]) -> bool:
    kinds = {sourced.claim.kind for sourced in (*some, *others)} - {"other"}
    return len(kinds) <= 1


def _moved(groups: dict[_Key, list[_Sourced]], targets: Mapping[_Key, Sequence[_Key]]) -> dict[_Key, list[_Sourced]]:
    """`groups` with every group that has exactly one target moved into it; a target stays where it is."""
    moving = {key: to[0] for key, to in targets.items() if key in groups and len(to) == 1}
    merged: dict[_Key, list[_Sourced]] = defaultdict(list)
    for key in sorted(groups):
        to = moving.get(key, key)
        merged[key if to in moving else to].extend(groups[key])
    return dict(merged)


def _id_choices(key: _Key, members: list[_Sourced]) -> tuple[str, ...]:
    if key[0] == "known":
        return (key[1],)
    exact = digest(*key, length=8)
    if key[0] == "local":  # never the bare slug: another article may have another body of that name
        return (f"{slug(key[2])}-{digest(key[1], length=8)}", f"{slug(key[2])}-{exact}")
    if key[0] == "ministry":
        about = f"ministry-of-{key[2]}" if key[2] in _portfolios().values() else slug(key[2])
        return (f"{about}-{key[1].lower()}", f"{about}-{key[1].lower()}-{exact}")
    state = f"-{key[2].lower()}" if key[2] else ""
    return (slug(key[1]) + state, f"{slug(key[1])}{state}-{exact}")


def _organization(id: str, key: _Key, members: list[_Sourced]) -> Organization:
    names, others = best_names(
        [Name(member.claim.name, member.language) for member in members],
        [Name(alias, member.language) for member in members for alias in member.claim.aliases],
        fullness=lambda name: (len(name.split()), len(name)),
    )
    states = sorted({member.claim.state for member in members if member.claim.state})
    found = Organization(
        id=id,
        names=names,
        other_names=others,
        kind=_kind(members),
        receipts=all_receipts(member.claim.receipts for member in members),
        state=states[0] if len(states) == 1 else None,
    )
    entry = _entry(key[1]) if key[0] == "known" else None
    return _as_known(found, entry) if entry else found


def _kind(members: list[_Sourced]) -> OrganizationKind:
    """The kind that most claims give, "other" last."""
    kinds = [member.claim.kind for member in members]
    return min(kinds, key=lambda kind: (kind == "other", -kinds.count(kind), kind))


def _as_known(found: Organization, entry: gazetteer.OrganizationEntry) -> Organization:
    """`found` under the names, the kind and the Wikidata item of the gazetteer; what the texts call it stays."""
    in_use = [
        Name(form, language)
        for names in (entry.names, entry.abbreviations)
        for language, forms in names.items()
        for form in forms
    ]
    labels, others = known_names(entry.names, [*in_use, *found.names, *found.other_names])
    return replace(found, names=labels, other_names=others, kind=entry.kind, qid=entry.qid)
