"""The state of an official of whom none is said, from where the encounter is: the host's, not the visitor's."""

from __future__ import annotations

from collections.abc import Sequence

from diplograph import gazetteer
from diplograph.extract.accreditations import AMBASSADORS, is_envoy
from diplograph.extract.encounter_words import is_encounter_verb, is_event_noun
from diplograph.extract.officials import Cast, Post
from diplograph.extract.parts import SentenceParts
from diplograph.extract.post_words import words_of
from diplograph.extract.stops import is_topical, lead_place, located, stops

#: How far back a traveller's last stop is looked for, in sentences.
_JOURNEY = 8


def of_scene(cast: Cast, parts: Sequence[SentenceParts], index: int, post: Post) -> tuple[str | None, ...]:
    """What the scene says of a person's state, the surest first: its place, an ambassador there, the visitor's journey.

    None where it says nothing. An envoy, or a subject whom nobody visits, is no host.
    """
    if is_envoy(post):
        return ()
    return (
        _lead(parts, post),
        _of_place(cast, parts, index, post, fronted=True),
        _of_neighbour(cast, parts, index, post),
        _of_place(cast, parts, index, post, fronted=False),
        _of_journey(cast, parts, index, post),
        _of_last_stop(parts, post),
    )


def _lead(parts: Sequence[SentenceParts], post: Post) -> str | None:
    """«Исламабад. Министр торговли …»: the city that leads the paragraph."""
    paragraph = parts[post.sentence].sentence.paragraph
    for earlier in parts[: post.sentence]:
        place = lead_place(earlier) if earlier.sentence.paragraph == paragraph else None
        if place is not None:
            return gazetteer.place(place.ref.key).state
    return None


def _of_place(cast: Cast, parts: Sequence[SentenceParts], index: int, post: Post, *, fronted: bool) -> str | None:
    """«В Египте посол Казахстана … с заместителем министра»: the minister is of the state named by «в …»."""
    part = parts[post.sentence]
    others = _others(cast, post.sentence, index)
    if _is_visitor(cast, part, index, post, others):
        return None
    calls_on = _is_called_on(part, post)
    for entity in part.entities:
        state = located(part, entity)
        if (
            state
            and (calls_on or others != {state})
            and (entity.first <= 4 or not fronted)
            and not is_topical(part, entity)
        ):
            return state
    if (
        post.title.startswith(("мэр", "губернатор", "вице-мэр", "заместитель губернатора"))
        and post.accredited_to is None
    ):
        for entity in part.entities:
            if entity.kind == "place" and entity.name.split()[0][:4] in post.title:
                return gazetteer.place(entity.ref.key).state
    return None


def _is_called_on(part: SentenceParts, post: Post) -> bool:
    """«переговоры в Афинах продолжились у министра А»: who is at home there."""
    start = part.sentence.word_at(post.span.start)
    return start > 0 and part.sentence.words[start - 1].low == "у"


def _is_visitor(cast: Cast, part: SentenceParts, index: int, post: Post, others: set[str]) -> bool:
    """«в Нью-Йорке министр выступил»: a subject of the home's news whom no one from home visits."""
    subjects = {a.person for a in cast.actors[post.sentence] if a.case == "Nom" and cast.people[a.person].posts}
    alone = subjects == {index}  # «в Кабуле министр А и посол Б обсудили»: one of the two is the host
    return cast.home is not None and cast.home not in others and alone and not _receives(part)


def _receives(part: SentenceParts) -> bool:
    """«его принимала в Люксембурге министр А», «гостя встретил мэр»: the visitor is the object."""
    return any(w.low in words_of("visitor") and w.case in ("Acc", "Gen") for w in part.sentence.words)


def _others(cast: Cast, number: int, index: int) -> set[str]:
    """The states of the other officials of a sentence, as far as they are known."""
    return {
        post.states[0]
        for actor in cast.actors[number]
        if actor.person != index
        for post in cast.people[actor.person].posts
        if post.states
    }


def _of_neighbour(cast: Cast, parts: Sequence[SentenceParts], index: int, post: Post) -> str | None:
    """The state to which an ambassador of this sentence (or of the one before) is accredited."""
    if not any(is_encounter_verb(w.low) or is_event_noun(w.low) for w in parts[post.sentence].sentence.words):
        return None  # «Посол в Риге отозван. Министр А поблагодарил его»
    for number in (post.sentence, post.sentence - 1, post.sentence - 2):
        if number < 0 or _is_rubric(parts[number]):
            break
        for actor in cast.actors[number]:
            if actor.person == index:
                continue
            for other in cast.people[actor.person].posts:
                if other.lemma in AMBASSADORS and other.accredited_to and other.accredited_to.kind == "state":
                    if _serves_several(parts, other):
                        return None  # «посол в Аргентине и Парагвае»: which of them
                    return other.accredited_to.key
    return None


def _is_rubric(part: SentenceParts) -> bool:
    """«Телефонные контакты.»: what comes before it is another matter."""
    tokens = part.sentence.words
    return len(tokens) <= 4 and not any(w.tag.pos in ("VERB", "AUX") or w.low == "-" for w in tokens)


def _serves_several(parts: Sequence[SentenceParts], envoy: Post) -> bool:
    part = parts[envoy.sentence]
    named = [e for e in part.entities if e.kind == "state" and e.state not in envoy.states]
    tokens = part.sentence.words
    served = next((e for e in named if envoy.accredited_to is not None and e.state == envoy.accredited_to.key), None)
    return served is not None and any([w.low for w in tokens[served.end : e.first]] == ["и"] for e in named)


def _of_last_stop(parts: Sequence[SentenceParts], post: Post) -> str | None:
    """«посетил провинцию Мантуя. Префект А …»: who heads a town or a region is of the state just visited."""
    if post.concept not in ("governor", "mayor"):
        return None
    for number in range(post.sentence - 1, max(-1, post.sentence - 3), -1):
        states = list(stops(parts[number]))
        if states:
            return states[-1]
    return None


def _of_journey(cast: Cast, parts: Sequence[SentenceParts], index: int, post: Post) -> str | None:
    """«А прибыл в Ханой. … Переговоры с министром Б»: where the visitor of the sentence was last said to be."""
    part = parts[post.sentence]
    others = _others(cast, post.sentence, index)
    subject = any(a.person == index and a.case == "Nom" for a in cast.actors[post.sentence])
    if post.of_named_state or (subject and cast.home not in others and not _receives(part)):
        return None
    travellers = {a.person for a in cast.actors[post.sentence] if a.person != index}
    for number in range(post.sentence - 1, max(-1, post.sentence - _JOURNEY - 1), -1):
        earlier = parts[number]
        same = earlier.sentence.paragraph == part.sentence.paragraph
        there = same or bool(travellers & {a.person for a in cast.actors[number]})
        states = [state for state in stops(earlier) if state != cast.home and others != {state}]
        if there and states:
            return states[-1]
        if any(located(earlier, e) == cast.home for e in earlier.entities):
            return None  # back at home
    return None
