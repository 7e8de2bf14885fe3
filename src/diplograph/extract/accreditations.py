"""Where an envoy is accredited, when the post phrase does not say it: from the place, the embassy, the receiver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from diplograph import gazetteer
from diplograph.extract.officials import Cast, Post
from diplograph.extract.parts import SentenceParts
from diplograph.extract.stops import lead_place, located, stops
from diplograph.model import Ref

#: How far back the place of a narrative is looked for, in sentences.
_NARRATIVE = 5
AMBASSADORS = frozenset(
    ["посол", "поверенный", "постпред", "консул", "генконсул", "вице-консул", "нунций", "атташе", "торгпред"]
)


#: How the names of missions abroad begin.
MISSIONS = (
    "посольств",
    "консульств",
    "генконсульств",
    "генеральное консульств",
    "постпредств",
    "постоянное представительств",
)


def is_envoy(post: Post) -> bool:
    """Whether the holder acts for a state abroad: ambassadors, consuls, permanent representatives, embassy staff."""
    title = post.title.lower()
    return (
        post.lemma in AMBASSADORS
        or title.startswith("постоянный представитель")
        or title.endswith(("посольства", "консульства", "генконсульства", "постпредства"))
    )


def named_state_before(parts: Sequence[SentenceParts], post: Post, *, without: tuple[str, ...]) -> str | None:
    """The state named last before a post, in its sentence or the two before: «Её посол …», «посол … в этой стране»."""
    for number in range(post.sentence, max(-1, post.sentence - 3), -1):
        part = parts[number]
        named = [
            (e.first, e.state or gazetteer.place(e.ref.key).state)
            for e in part.entities
            if e.kind in ("state", "seat", "adjective")
            and (number < post.sentence or part.sentence.words[e.first].span.start < post.span.start)
        ]
        bodies = [
            (o.first, o.state)
            for o in part.organizations
            if o.state and (number < post.sentence or part.sentence.words[o.first].span.start < post.span.start)
        ]
        for _, state in sorted(named + bodies, reverse=True):
            if state not in without:
                return state
    return None


def with_accreditation(cast: Cast, parts: Sequence[SentenceParts], index: int, post: Post) -> Post:
    """The post with where it is accredited, if anything tells: an envoy's, of a present post with a state."""
    if post.former or post.accredited_to is not None:
        return post
    if not post.states:
        return _accredited(post, cast.home) if cast.home and _heads_mission(cast, post) else post
    if post.in_named_state:
        host = named_state_before(parts, post, without=post.states)
        return _accredited(post, host) if host else post
    if post.lemma == "постпред" or post.title.lower().startswith("постоянный представитель"):
        return _to_body(parts, post)
    if post.lemma in ("консул", "генконсул", "вице-консул"):
        return _consular(parts, post)
    if is_envoy(post) and post.lemma not in ("посол", "поверенный"):
        host = _host_of_embassy(parts, post) or _of_the_ambassador_beside(cast, index, post)
        return _accredited(post, host) if host else post
    if post.lemma not in ("посол", "поверенный") or "по особым" in post.title:
        return post
    host = next(
        (
            state
            for state in (
                _of_place(parts, post),
                _of_recall(parts, post),
                _of_lead_place(parts, post),
                _host_of_embassy(parts, post),
                _of_credentials(cast, parts, index, post),
                _of_accredited_in(parts),
                _of_partner(cast, index, post),
                cast.home if cast.document.dateline is not None else None,
                _of_last_stop(parts, post) if post.states[:1] == (cast.home,) else None,
            )
            if state and state not in post.states
        ),
        None,
    )
    return _accredited(post, host) if host else post


def _heads_mission(cast: Cast, post: Post) -> bool:
    """«глава представительства ЕС» in the news of a state: where the mission is."""
    of_union = post.within is not None and post.within.ref.key == "eu"
    mission = post.title in ("глава представительства", "глава делегации", "посол")
    return of_union and mission and cast.document.dateline is not None


def _of_partner(cast: Cast, index: int, post: Post) -> str | None:
    """«яблоню посадили премьер Хорватии и посол Казахстана»: the one foreign state an official beside acts for."""
    if post.states[:1] != (cast.home,):
        return None
    states = {
        other.states[0]
        for actor in cast.actors[post.sentence]
        if actor.person != index
        for other in cast.people[actor.person].posts
        if other.states and not is_envoy(other) and other.states[0] != cast.home
    }
    return states.pop() if len(states) == 1 else None


def _of_last_stop(parts: Sequence[SentenceParts], post: Post) -> str | None:
    """«Сегодня А находится в Руанде. … Присутствовала и посол»: where the narrative last was."""
    for number in range(post.sentence - 1, max(-1, post.sentence - _NARRATIVE - 1), -1):
        states = [state for state in stops(parts[number]) if state not in post.states]
        if states:
            return states[-1]
    return None


def _of_place(parts: Sequence[SentenceParts], post: Post) -> str | None:
    """«В Иордании посол Казахстана …»."""
    part = parts[post.sentence]
    return next((s for e in part.entities if (s := located(part, e)) and s not in post.states), None)


def _of_lead_place(parts: Sequence[SentenceParts], post: Post) -> str | None:
    """«Исламабад. Посол …»: the city that leads the paragraph."""
    paragraph = parts[post.sentence].sentence.paragraph
    for earlier in parts[: post.sentence]:
        place = lead_place(earlier) if earlier.sentence.paragraph == paragraph else None
        if place is not None and gazetteer.place(place.ref.key).state not in post.states:
            return gazetteer.place(place.ref.key).state
    return None


def _of_recall(parts: Sequence[SentenceParts], post: Post) -> str | None:
    """«Из Лиссабона отозван посол …»: the state of the capital an envoy is called back from."""
    part = parts[post.sentence]
    if not any(w.low.startswith(("отозва", "отзыва")) for w in part.sentence.words):
        return None
    for entity in part.entities:
        if entity.first and part.sentence.words[entity.first - 1].low == "из":
            if entity.kind == "place":
                return gazetteer.place(entity.ref.key).state
            if entity.kind == "state":
                return entity.state
    return None


def _of_credentials(cast: Cast, parts: Sequence[SentenceParts], index: int, post: Post) -> str | None:
    """The state of who received the credentials: «Президент Грузии принял верительные грамоты у послов …»."""
    told = any(w.low.startswith("верительн") for part in parts for w in part.sentence.words)
    if not told:
        return None
    receivers = [
        state
        for number in range(post.sentence, -1, -1)
        for actor in cast.actors[number]
        for other in cast.people[actor.person].posts
        if actor.person != index and not is_envoy(other)
        for state in other.states[:1]
    ]
    return receivers[0] if receivers else None


def _of_accredited_in(parts: Sequence[SentenceParts]) -> str | None:
    """«группа аккредитованных в Ереване послов»."""
    for part in parts:
        for entity in part.entities:
            if entity.first > 1 and part.sentence.words[entity.first - 2].low.startswith("аккредитован"):
                return located(part, entity)
    return None


def _of_the_ambassador_beside(cast: Cast, index: int, post: Post) -> str | None:
    """«торговый советник посольства А … Послом в Японии остаётся Б»: where their ambassador is."""
    for number in (post.sentence, post.sentence + 1, post.sentence - 1):
        for actor in cast.actors[number] if 0 <= number < len(cast.actors) else ():
            for other in cast.people[actor.person].posts:
                same = other.states[:1] == post.states[:1] and actor.person != index
                if same and other.lemma == "посол" and other.accredited_to and other.accredited_to.kind == "state":
                    return other.accredited_to.key
    return None


def _consular(parts: Sequence[SentenceParts], post: Post) -> Post:
    """«на переговорах в Шанхае генеральный консул А»: the city named before, for a consul of whom no state is said."""
    if not post.inferred:
        return post
    paragraph = parts[post.sentence].sentence.paragraph
    for number in range(post.sentence, max(-1, post.sentence - 3), -1):
        part = parts[number]
        if part.sentence.paragraph != paragraph and number < post.sentence - 1:
            break
        for entity in reversed(part.entities):
            before = number < post.sentence or part.sentence.words[entity.first].span.start < post.span.start
            if entity.kind == "place" and before and gazetteer.place(entity.ref.key).state not in post.states:
                return replace(post, accredited_to=entity.ref, accredited_name=entity.name)
    return post


def _to_body(parts: Sequence[SentenceParts], post: Post) -> Post:
    """«Группу друзей при ООН возглавляет постпред»: the body after «при» in the same sentence."""
    for part in reversed(parts[max(0, post.sentence - 3) : post.sentence + 1]):
        for entity in part.entities:
            if entity.kind == "organization" and entity.first and part.sentence.words[entity.first - 1].low == "при":
                return replace(post, accredited_to=entity.ref, accredited_name=entity.name)
    return post


def _host_of_embassy(parts: Sequence[SentenceParts], post: Post) -> str | None:
    """«Посольство Казахстана в Чили устроило … Посол …»: the state the embassy is in."""
    for part in reversed(parts[max(0, post.sentence - 1) : post.sentence + 1]):
        for body in part.organizations:
            if body.name.lower().startswith("посольство") and body.state in post.states:
                hosts = [located(part, e) for e in part.entities if body.first < e.first < body.end]
                return next((host for host in hosts if host), None)
    return None


def _accredited(post: Post, state: str) -> Post:
    return replace(post, accredited_to=Ref("state", state), accredited_name=gazetteer.state(state).names["ru"][0])
