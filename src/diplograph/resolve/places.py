"""Which place claims are one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from diplograph import gazetteer
from diplograph.iris import digest, distinct_ids, slug
from diplograph.model import Claims, Name, Place, Ref
from diplograph.resolve.evidence import best_names, known_names

#: (article, key of the claim's Ref) → id of the place.
PlaceIds = Mapping[tuple[str, str], str]
#: The key of a Ref and, where the gazetteer does not know the place, its country.
_Key = tuple[str, str]


def resolve_places(claims: Sequence[Claims]) -> tuple[tuple[Place, ...], PlaceIds]:
    """The places of `claims`, by id, and the id behind every Ref of every article.

    Places the gazetteer does not know are one where name and country agree; a Ref without a claim counts as one.
    """
    names: dict[_Key, list[Name]] = defaultdict(list)
    index: dict[tuple[str, str], _Key] = {}
    for one in sorted(claims, key=lambda one: one.article.id):
        for ref, name, country in _claimed(one):
            key = (ref.key, "" if _entry(ref.key) else country or "")
            names[key].append(Name(name, one.article.language))
            index[one.article.id, ref.key] = key
    keys = sorted(names)
    ids = dict(zip(keys, distinct_ids([_id_choices(key) for key in keys]), strict=True))
    found = (_place(ids[key], key, names[key]) for key in keys)
    return tuple(sorted(found, key=lambda place: place.id)), {at: ids[key] for at, key in index.items()}


def _claimed(claims: Claims) -> Iterable[tuple[Ref, str, str | None]]:
    seen = set()
    for claim in claims.places:
        seen.add(claim.ref)
        yield claim.ref, claim.name, claim.country
    tenures = (tenure for official in claims.officials for tenure in official.tenures)
    refs = [encounter.place for encounter in claims.encounters] + [tenure.accredited_to for tenure in tenures]
    for ref in refs:
        if ref is not None and ref.kind == "place" and ref not in seen:
            seen.add(ref)
            entry = _entry(ref.key)
            name = entry.names.get(claims.article.language, (ref.key,))[0] if entry else ref.key
            yield ref, name, None


def _entry(key: str) -> gazetteer.PlaceEntry | None:
    try:
        return gazetteer.place(key)
    except gazetteer.UnknownEntityError:
        return None


def _id_choices(key: _Key) -> tuple[str, ...]:
    if _entry(key[0]):
        return (key[0],)
    country = f"-{key[1].lower()}" if key[1] else ""
    plain = slug(key[0]) + country
    return plain, f"{plain}-{digest(*key, length=8)}"


def _place(id: str, key: _Key, forms: list[Name]) -> Place:
    entry = _entry(key[0])
    if entry:
        in_use = [Name(form, language) for language, names in entry.names.items() for form in names]
        labels, _ = known_names(entry.names, [*in_use, *forms])
        return Place(id, labels, entry.state)
    labels, _ = best_names(forms, (), fullness=lambda name: (len(name),))
    return Place(id, labels, key[1] or None)
