"""The state an official acts for, and where accredited, when the post phrase does not say it.

Explicit words decide first. Then, in this order: the embassy named beside, the place where the encounter was, the
state the ambassador beside is accredited to, the state last spoken of, the home of the news. Each guess is marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from diplograph import gazetteer
from diplograph.extract.accreditations import (
    AMBASSADORS,
    is_envoy,
    lead_place,
    located,
    named_state_before,
    with_accreditation,
)
from diplograph.extract.document import Word
from diplograph.extract.entities import Entity
from diplograph.extract.forms import fold
from diplograph.extract.officials import Cast, Post
from diplograph.extract.organizations import OrganizationSpan
from diplograph.extract.parts import SentenceParts
from diplograph.extract.post_words import acts_for, verbs_of

_INTERNATIONAL = frozenset(["international", "company", "university", "ngo", "media", "other"])


def complete(cast: Cast, parts: Sequence[SentenceParts]) -> None:
    """Fill the missing states and accreditations of every post in the cast, in place."""
    for person in cast.people:
        person.posts = [_explicit(post) for post in person.posts]
    for index, person in enumerate(cast.people):
        person.posts = [_with_state(cast, parts, index, post) for post in person.posts]
    for person in cast.people:
        known = next((p.states for p in person.posts if p.states and not p.inferred), None)
        if known:
            person.posts = [
                replace(p, states=known) if p.inferred and p.states != known and p.within is None else p
                for p in person.posts
            ]
    for index, person in enumerate(cast.people):
        person.posts = [with_accreditation(cast, parts, index, post) for post in person.posts]


def _explicit(post: Post) -> Post:
    """What the organisation of the post says: a ministry's state; an international body acts for itself."""
    if post.within is None:
        return post
    if post.within.kind in _INTERNATIONAL:
        return replace(post, states=())
    return replace(post, states=(post.within.state,)) if post.within.state and not post.states else post


def needs_state(post: Post) -> bool:
    """Whether the holder acts for a state that nothing has named yet."""
    if post.states:
        return False
    if post.within is not None:
        return post.within.kind not in _INTERNATIONAL
    return acts_for(post.lemma) == "state" or any(
        word in post.title
        for word in (
            "министр",
            "президента",
            "премьер",
            "правительств",
            "мид",
            "МИД",
            "парламент",
            "посол",
            "представител",
            "государств",
            "губернатор",
            "безопасност",
            "посольств",
            "консульств",
        )
    )


def _with_state(cast: Cast, parts: Sequence[SentenceParts], index: int, post: Post) -> Post:
    ministry = _of_ministry(parts, post) if post.within is None and not post.states else None
    if ministry is not None and ministry.state:
        return replace(post, states=(ministry.state,), within=ministry, inferred=True)
    if not needs_state(post):
        return post
    own = next((p.states[0] for p in cast.people[index].posts if p.states and not (p.inferred or p.former)), None)
    if own is not None and post.within is None:
        return replace(post, states=(own,), inferred=True)
    if post.of_named_state:
        state = named_state_before(parts, post, without=())
        if state is not None:
            return replace(post, states=(state,), inferred=True)
    for candidate in (
        _of_delegation(parts, post),
        _of_same_institution(cast, post),
        _of_embassy(parts, post),
        _of_own_ambassador(cast, post),
        _of_place(cast, parts, index, post, fronted=True),
        _of_neighbour(cast, index, post),
        _of_place(cast, parts, index, post, fronted=False),
        cast.home,
    ):
        if candidate:
            return replace(post, states=(candidate,), inferred=True)
    return post


def _of_same_institution(cast: Cast, post: Post) -> str | None:
    """«председатель Кабинета министров», where «заместитель председателя Кабинета министров» of a state is named."""
    tail = fold(post.title).split()[-2:]
    if len(post.title.split()) < 3 or tail[0] in ("иностранных", "внутренних"):
        return None  # every state has a minister of foreign affairs
    states = {
        other.states[0]
        for person in cast.people
        for other in person.posts
        if other is not post and other.states and not other.inferred and fold(other.title).split()[-2:] == tail
    }
    return states.pop() if len(states) == 1 and "министров" in tail else None


def _of_delegation(parts: Sequence[SentenceParts], post: Post) -> str | None:
    """«Узбекскую делегацию возглавил …, литовскую - …»: the adjective before the post."""
    part = parts[post.sentence]
    start = next((w.index for w in part.sentence.words if w.span.start >= post.span.start), 0)
    words = part.sentence.words
    groups = ("делегац", "сторон", "переговорщик", "команд", "групп")
    before = [
        e
        for e in part.entities
        if e.end <= start
        and (
            e.kind in ("adjective", "demonym")
            or (e.kind == "state" and e.first and words[e.first - 1].low.startswith(groups))
        )
    ]
    if not before:
        return None
    adjective = before[-1]
    between = part.sentence.words[adjective.end : start]
    if len(between) > 5 or any(i for first, _ in part.people if adjective.end <= first < start for i in (1,)):
        return None
    headed = adjective.kind == "demonym" and any(w.low in verbs_of("heading") for w in between)
    group = adjective.kind == "state" or headed or any(w.low.startswith(groups) for w in between)
    dash = bool(between) and between[-1].text in ("-", "–", "—")
    return adjective.state if group or dash else None


def _after(words: Sequence[Word], index: int, openings: tuple[str, ...]) -> bool:
    return index > 0 and words[index - 1].low.startswith(openings)


def _of_ministry(parts: Sequence[SentenceParts], post: Post) -> OrganizationSpan | None:
    """«в Министерстве … Перу. Заместитель министра …»: a title without a portfolio belongs there."""
    if post.lemma in ("депутат", "сенатор", "спикер", "вице-спикер", "парламентарий", "торага") and post.within is None:
        for number in range(post.sentence, max(-1, post.sentence - 3), -1):
            for body in reversed(parts[number].organizations):
                if body.kind == "parliament" and body.state:
                    return body
        return None
    if post.title not in (
        "министр",
        "заместитель министра",
        "первый заместитель министра",
        "замминистра",
        "вице-министр",
    ) and not post.title.startswith(
        (
            "директор департамента",
            "начальник управления",
            "заместитель директора департамента",
            "начальник департамента",
        )
    ):
        return None
    for number in range(post.sentence, max(-1, post.sentence - 7), -1):
        for body in reversed(parts[number].organizations):
            if body.kind == "ministry" and body.state:
                return body
    return None


def _of_embassy(parts: Sequence[SentenceParts], post: Post) -> str | None:
    """«Посольство Казахстана в Чили устроило …, посол …»: the ambassador of that embassy."""
    if not is_envoy(post):
        return None
    for number in (post.sentence, post.sentence - 1):
        if number >= 0:
            for body in parts[number].organizations:
                if (
                    body.name.lower().startswith(
                        (
                            "посольство",
                            "генконсульство",
                            "консульство",
                            "генеральное консульство",
                            "постоянное представительство",
                        )
                    )
                    and body.state
                ):
                    return body.state
    return None


def _of_own_ambassador(cast: Cast, post: Post) -> str | None:
    return cast.home if is_envoy(post) else None


def _of_place(cast: Cast, parts: Sequence[SentenceParts], index: int, post: Post, *, fronted: bool) -> str | None:
    """«В Египте посол Казахстана … с заместителем министра»: the minister is of the state named by «в …»."""
    if is_envoy(post):
        return None
    part = parts[post.sentence]
    for earlier in parts[: post.sentence]:
        place = lead_place(earlier) if earlier.sentence.paragraph == part.sentence.paragraph else None
        if place is not None:
            return gazetteer.place(place.ref.key).state
    others = {
        p.states[0]
        for a in cast.actors[post.sentence]
        if a.person != index
        for p in cast.people[a.person].posts
        if p.states
    }
    for entity in part.entities:
        state = located(part, entity)
        if state and state not in others and (entity.first <= 4 or not fronted) and not _topical(part, entity):
            return state
    if (
        post.title.startswith(("мэр", "губернатор", "вице-мэр", "заместитель губернатора"))
        and post.accredited_to is None
    ):
        for entity in part.entities:
            if entity.kind == "place" and entity.name.split()[0][:4] in post.title:
                return gazetteer.place(entity.ref.key).state
    return None


def _topical(part: SentenceParts, entity: Entity) -> bool:
    """«говорил о предстоящей в Баку сессии»: a place inside what was talked about."""
    return any(w.low in ("о", "об") for w in part.sentence.words[max(0, entity.first - 6) : entity.first])


def _of_neighbour(cast: Cast, index: int, post: Post) -> str | None:
    """The state to which an ambassador of this sentence (or of the one before) is accredited."""
    for number in (post.sentence, post.sentence - 1, post.sentence - 2):
        if number < 0:
            break
        for actor in cast.actors[number]:
            if actor.person == index:
                continue
            for other in cast.people[actor.person].posts:
                if other.lemma in AMBASSADORS and other.accredited_to and other.accredited_to.kind == "state":
                    return other.accredited_to.key
    return None
