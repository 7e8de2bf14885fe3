"""The state an official acts for, and where accredited, when the post phrase does not say it.

Explicit words decide first. Then, in this order: the embassy named beside, the place where the encounter was, the
state the ambassador beside is accredited to, the state last spoken of, the home of the news. Each guess is marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from diplograph.extract.accreditations import MISSIONS, is_envoy, named_state_before, with_accreditation
from diplograph.extract.default_bodies import of_institution
from diplograph.extract.encounter_words import is_encounter_verb, starts_word, verb_group
from diplograph.extract.forms import fold
from diplograph.extract.hosts import of_scene
from diplograph.extract.lists import DASHES
from diplograph.extract.officials import Cast, Post
from diplograph.extract.parts import SentenceParts
from diplograph.extract.post_words import ONE_TO_A_STATE, acts_for, concept, verbs_of, words_of
from diplograph.extract.superiors import may_be_of
from diplograph.lexicon import words

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
    if post.concept == "religious-leader" and acts_for(post.lemma) == "body":
        return replace(post, states=())  # «архиепископ Риги»
    if post.within is None:
        return post
    if post.within.state and post.within.name.lower().startswith(MISSIONS):
        return replace(post, states=(post.within.state,))  # «советник-посланник Посольства Германии»
    if post.within.kind in _INTERNATIONAL:
        sent = post.within.kind == "international" and post.within.state is None
        return post if sent else replace(post, states=())  # «член Совета от Таджикистана»
    return replace(post, states=(post.within.state,)) if post.within.state and not post.states else post


def needs_state(post: Post) -> bool:
    """Whether the holder acts for a state that nothing has named yet."""
    if post.states:
        return False
    if post.within is not None:
        return post.within.kind not in _INTERNATIONAL
    if acts_for(post.lemma) == "state":
        return True
    title = fold(post.title)
    return any(stem in title for stem in words("ru", "posts")["of_state"]["stems"])


def _with_state(cast: Cast, parts: Sequence[SentenceParts], index: int, post: Post) -> Post:
    sent_by = _of_delegation(parts, post)
    institution = None if post.states else of_institution(post, parts, cast.home)
    if institution is not None and sent_by not in (None, institution.state):
        institution = None  # «румынскую делегацию возглавил госсекретарь», whatever ministry is named before
    if institution is not None:
        states = (institution.state,) if institution.state else ()
        title = f"{post.title} {post.committee}".strip()
        return replace(post, title=title, states=states, within=institution, inferred=True)
    if post.states or (post.within is not None and post.within.kind in _INTERNATIONAL):
        return post
    superior = cast.people[post.superior].state if post.superior is not None else None
    told = superior or sent_by or _of_side(cast, parts, index, post)
    told = told or _represented(parts, post) or _accompanied(cast, parts, post)
    if told is not None:
        return replace(post, states=(told,), inferred=True)
    if not needs_state(post):
        return post
    own = next((p.states[0] for p in cast.people[index].posts if p.states and not (p.inferred or p.former)), None)
    if own is not None:
        return replace(post, states=(own,), inferred=True)
    if post.several and _is_theirs(parts, post):
        return post  # «X и Y …: их министры А и Б»: nobody says whose is who
    if post.of_named_state:
        state = named_state_before(parts, post, without=())
        if state is not None:
            return replace(post, states=(state,), inferred=True)
    if post.several and (post.concept in ONE_TO_A_STATE or _of_both_states(parts, post)):
        return post  # «президенты А и Б»: of two states, and nobody says of which
    candidates = (
        _of_same_institution(cast, post),
        _of_embassy(parts, post),
        _of_own_ambassador(cast, post),
        *(() if _at_home(parts, post) else of_scene(cast, parts, index, post)),
        cast.home,
    )
    others = {post.accredited_to.key if post.accredited_to is not None else None, post.peer_state}
    others |= _of_delegations_met(cast, parts, index, post) | _of_receiver(cast, parts, index, post)
    others |= _of_only_partner(cast, parts, index, post)
    state = next((candidate for candidate in candidates if candidate and candidate not in others), None)
    return replace(post, states=(state,), inferred=True) if state else post


def _is_theirs(parts: Sequence[SentenceParts], post: Post) -> bool:
    sentence = parts[post.sentence].sentence
    start = sentence.word_at(post.span.start)
    return start > 0 and sentence.words[start - 1].low == "их"


def _of_both_states(parts: Sequence[SentenceParts], post: Post) -> bool:
    """«заместители министров двух стран А и Б»."""
    said = " ".join(word.low for word in parts[post.sentence].sentence.words)
    return any(phrase in said for phrase in words("ru", "posts")["of_both_states"]["phrases"])


def _at_home(parts: Sequence[SentenceParts], post: Post) -> bool:
    """«передал послание министра А», «делегация во главе с министром А»: of the own state, wherever the scene is."""
    tokens = parts[post.sentence].sentence.words
    start = parts[post.sentence].sentence.word_at(post.span.start)
    if start > 0 and tokens[start - 1].low in words_of("message"):
        return True
    before = " ".join(w.low for w in tokens[max(0, start - 3) : start])
    return before.endswith(("во главе с", "во главе со", "под руководством", "под председательством"))


def _accompanied(cast: Cast, parts: Sequence[SentenceParts], post: Post) -> str | None:
    """«В поездке её сопровождает министр А», «вместе с главой правительства прибыл А»: the leader's state."""
    tokens = parts[post.sentence].sentence.words
    low = " ".join(w.low for w in tokens)
    start = parts[post.sentence].sentence.word_at(post.span.start)
    if [w.low for w in tokens[max(0, start - 2) : start]] == ["вместе", "с"]:
        return None  # he is the one who is accompanied
    if starts_word(low, words("ru", "encounters")["members"]["openings"]):
        return _of_its_head(cast, post.sentence - 1)
    beside = [w.low for w in tokens[max(0, start - 2) : start]]
    if len(beside) == 2 and beside[0].startswith("сопровожда") and beside[1] in ("его", "ее"):
        return _of_its_leader(cast, parts, post, beside[1])
    travels = any(verb_group(w.low) == "visit" for w in tokens)
    if not ("вместе с" in low and travels) and not ("сопровожда" in low and "в поездке" in low):
        return None
    spoken = _spoken_before(parts[post.sentence], post)
    for number in (post.sentence, post.sentence - 1):
        leaders = [
            cast.people[actor.person]
            for actor in (cast.actors[number] if number >= 0 else ())
            if number < post.sentence or tokens[actor.first].span.start < post.span.start
        ]
        meant = [p for p in leaders if spoken & {q.concept for q in p.posts}] or leaders
        states = [p.state for p in meant if p.state]
        if states:
            return states[-1] if number == post.sentence or meant is not leaders else states[0]
    return None


def _of_its_leader(cast: Cast, parts: Sequence[SentenceParts], post: Post, pronoun: str) -> str | None:
    """«премьера и сопровождавшую его министра А»: the state of the last one named before whom the pronoun can mean."""
    spoken = _spoken_before(parts[post.sentence], post)
    for number in range(post.sentence, -1, -1):
        for actor in reversed(cast.actors[number]):
            person = cast.people[actor.person]
            before = parts[number].sentence.words[actor.first].span.start < post.span.start
            if before and may_be_of(pronoun, person.gender) and spoken & {p.concept for p in person.posts}:
                return person.state
    return None


def _spoken_before(part: SentenceParts, post: Post) -> set[str | None]:
    """The rungs of the posts that the sentence of a post names before it."""
    tokens = part.sentence.words
    return {concept(p.title, p.lemma) for p in part.posts if tokens[p.first].span.start < post.span.start}


def _of_its_head(cast: Cast, number: int) -> str | None:
    """«В делегацию входят министр А и депутат Б»: the state of its head, the subject of the sentence before."""
    subjects = [a for a in (cast.actors[number] if number >= 0 else ()) if a.case == "Nom" and a.named]
    states = {cast.people[a.person].state for a in subjects} - {None}
    return states.pop() if len(states) == 1 else None


def _represented(parts: Sequence[SentenceParts], post: Post) -> str | None:
    """«Киргизию представлял замминистра А», «Туркменистан отправил на него заместителя председателя А»."""
    part = parts[post.sentence]
    tokens = part.sentence.words
    start = parts[post.sentence].sentence.word_at(post.span.start)
    for entity in part.entities:
        between = tokens[entity.end : start]
        if entity.kind != "state" or entity.end > start or len(between) > 4 or not between:
            continue
        names = any(entity.end <= first < start for first, _ in part.people)
        told = any(w.low in verbs_of("representing") or w.low in verbs_of("representing", "sending") for w in between)
        if len(between) == 1 and between[0].text in DASHES:  # «…, Казахстан — министр А»
            told = any(w.low in verbs_of("representing") for w in tokens[: entity.first])
        behalf = entity.first > 0 and tokens[entity.first - 1].low in ("за", "от")
        acts = any(w.tag.pos == "VERB" and w.tag.verb_form == "Fin" for w in between)
        told = told or (behalf and (acts or between[0].text in DASHES))  # «за Болгарию подписал А, от Чили – Б»
        if told and not names and not any(w.text in (",", ";", ".") for w in between):
            return entity.state
    return None


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
    start = part.sentence.word_at(post.span.start)
    tokens = part.sentence.words
    groups = tuple(words("ru", "posts")["delegates"]["stems"])
    before = [
        e
        for e in part.entities
        if e.end <= start
        and (
            e.kind in ("adjective", "demonym")
            or (e.kind == "state" and e.first and tokens[e.first - 1].low.startswith(groups))
        )
    ]
    if not before:
        return None
    adjective = before[-1]
    between = tokens[adjective.end : start]
    if len(between) > 5 or any(i for first, _ in part.people if adjective.end <= first < start for i in (1,)):
        return None
    verb = any(w.low in verbs_of("heading") for w in between)
    heads = verbs_of("heading") | verbs_of("representing") | verbs_of("representing", "sending")
    if any(w.tag.pos == "VERB" and w.low not in heads for w in between):
        return None  # «казахстанская делегация встретилась с министром А»
    alone = bool(between) and between[0].tag.pos not in ("NOUN", "ADJ", "PROPN")  # «чадскую возглавляет министр»
    headed = verb and (adjective.kind == "demonym" or (adjective.kind == "adjective" and alone))
    group = adjective.kind == "state" or headed or any(w.low.startswith(groups) for w in between)
    dash = bool(between) and between[-1].text in ("-", "–", "—")
    return adjective.state if group or dash else None


def _of_side(cast: Cast, parts: Sequence[SentenceParts], index: int, post: Post) -> str | None:
    """«С кыргызской стороны участвовали посол А и директор Б, с катарской – министр В»: the side named last before."""
    part = parts[post.sentence]
    tokens = part.sentence.words
    start = parts[post.sentence].sentence.word_at(post.span.start)
    case = next((a.case for a in cast.actors[post.sentence] if a.person == index), None)
    sides = [e for e in part.entities if e.kind == "adjective" and e.first and tokens[e.first - 1].low in ("с", "со")]
    if case not in ("Nom", None) or not any(tokens[e.end].low.startswith("сторон") for e in sides):
        return None
    before = [
        e for e in sides if e.end <= start and (tokens[e.end].low.startswith("сторон") or tokens[e.end].text in DASHES)
    ]
    return before[-1].state if before else None


def _of_delegations_met(cast: Cast, parts: Sequence[SentenceParts], index: int, post: Post) -> set[str | None]:
    """«Казахстанская делегация встретилась с министром А»: whom a delegation meets is of another state."""
    part = parts[post.sentence]
    tokens = part.sentence.words
    partner = any(a.person == index and a.case == "Ins" for a in cast.actors[post.sentence])
    groups = [e for e in part.entities if e.kind == "adjective" and tokens[e.end].low.startswith("делегаци")]
    return {e.state for e in groups if partner and tokens[e.end].case == "Nom"}


def _of_receiver(cast: Cast, parts: Sequence[SentenceParts], index: int, post: Post) -> set[str | None]:
    """«Посол А вручил верительные грамоты президенту Б»: an envoy is not of the state that takes his credentials."""
    if not is_envoy(post) or not any(w.low.startswith("верительн") for w in parts[post.sentence].sentence.words):
        return set()
    return {
        other.states[0]
        for actor in cast.actors[post.sentence]
        if actor.person != index
        for other in cast.people[actor.person].posts
        if other.states and not is_envoy(other)
    }


def _of_only_partner(cast: Cast, parts: Sequence[SentenceParts], index: int, post: Post) -> set[str | None]:
    """«Министр А встретился с президентом Латвии Б», without a dateline: only B is known to be of Latvia."""
    if cast.document.dateline is not None:
        return set()
    tokens = parts[post.sentence].sentence.words
    actors = cast.actors[post.sentence]
    cases = {a.case for a in actors if a.person == index}
    with_him = [a for a in actors if a.person != index and a.case == "Ins" and tokens[a.first - 1].low in ("с", "со")]
    if not cases <= {"Nom", "Gen"} or not any(is_encounter_verb(w.low) for w in tokens):
        return set()
    return {other.states[0] for a in with_him for other in cast.people[a.person].posts if other.states}


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
