"""Which bodies and which states took part in an encounter, or hosted it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from diplograph.extract.bodies import body_noun, named_before
from diplograph.extract.clauses import Clause
from diplograph.extract.document import Word
from diplograph.extract.drafts import Draft
from diplograph.extract.encounter_words import is_encounter_verb, is_event_noun
from diplograph.extract.entities import Entity, compound_states
from diplograph.extract.forms import fold, word_forms
from diplograph.extract.officials import Cast
from diplograph.extract.organizations import OrganizationSpan
from diplograph.extract.parts import SentenceParts
from diplograph.lexicon import words

#: Bodies that act for their state.
_OF_STATE = frozenset(["ministry", "parliament", "agency"])

#: More states than these are members of a body, who may or may not come again.
_FEW = 3


class Sides:
    """Reads the bodies and states of encounters from the clauses that report them."""

    def __init__(self, parts: Sequence[SentenceParts], cast: Cast) -> None:
        self.parts = parts
        self.cast = cast

    def fill(self, draft: Draft, part: SentenceParts, clause: Clause) -> None:
        """Give a draft its bodies and states, in place."""
        draft.organizations += self.bodies(part, clause, draft.participants)
        for person in draft.participants:
            draft.add_state(self.cast.people[person].state)
        for index in range(clause.first, clause.end):
            for state in compound_states(part.sentence.words[index].text):
                draft.add_state(state)
        for entity in part.entities:
            if clause.first <= entity.first < clause.end and self._is_side(draft, part, entity):
                draft.add_state(entity.state)
        self._add_states_of_bodies(draft)

    def _add_states_of_bodies(self, draft: Draft) -> None:
        for body in draft.organizations:
            for state in body.states or ((body.state,) if _acts_for_state(body) else ()):
                draft.add_state(state)

    def complete(self, draft: Draft) -> None:
        """Add what the final participants bring: their states, the bodies they act for; drop employers of others."""
        others = self._employers(draft, among=False)
        own = self._employers(draft, among=True)
        kept = [b for b in draft.organizations if b.ref not in {o.ref for o in others} or b.ref in {o.ref for o in own}]
        draft.organizations = kept + [b for b in own if b.ref not in {k.ref for k in kept}]
        for person in draft.participants:
            draft.add_state(self.cast.people[person].state)
        self._add_states_of_bodies(draft)
        if draft.type == "visit" and not any(not _acts_for_state(body) for body in draft.organizations):
            draft.add_state(draft.country)
            for state in self._visited_too(draft):
                draft.add_state(state)

    def _visited_too(self, draft: Draft) -> list[str]:
        """«совершает визит в Японию и Республику Вьетнам»: the states that are named after the first one visited."""
        part = self.parts[draft.sentence]
        titles = {i for a in self.cast.actors[draft.sentence] for i in range(a.first, a.end)}
        titles |= {i for post in part.posts for i in range(post.first, post.end)}
        inside = range(draft.clause.first, draft.clause.end)
        states = [e for e in part.entities if e.kind == "state" and e.first in inside and e.first not in titles]
        first = next((index for index, e in enumerate(states) if e.state == draft.country), None)
        found: list[str] = []
        for before, after in pairwise(states[first:] if first is not None else ()):
            between = [word.low for word in part.sentence.words[before.end : after.first]]
            if between not in ([","], ["и"], [",", "в"], ["и", "в"]) or after.state is None:
                break
            found.append(after.state)
        return found

    def agreed(self, draft: Draft, before: Draft) -> None:
        """«Они условились, что консультации пройдут …», «Подписание состоится …»: between the two who spoke before."""
        told = self.parts[draft.sentence].sentence.paragraph == self.parts[before.last_sentence].sentence.paragraph
        empty = not (draft.participants or draft.organizations or draft.states)
        if told and empty and len(before.states) == 2:
            draft.states = list(before.states)

    def meet_again(self, draft: Draft, before: Draft) -> None:
        """«Следующее заседание пройдёт …»: of the body, and between the few states, that met before.

        Bodies that somebody only represented there do not meet again by that, nor do all members of a large body.
        """
        posts = [post for person in before.participants for post in self.cast.people[person].posts]
        employers = {post.within.ref for post in posts if post.within is not None}
        draft.organizations = draft.organizations or [b for b in before.organizations if b.ref not in employers]
        draft.states = draft.states or (list(before.states) if len(before.states) <= _FEW else [])

    def add_groups(self, draft: Draft, part: SentenceParts) -> None:
        """«Наблюдателями были делегации Азербайджана и Турции»: the states of those whom a later sentence counts."""
        stems = tuple(words("ru", "scenes")["counted"]["stems"])
        if not any(word.low.startswith(stems) for word in part.sentence.words):
            return
        for entity in part.entities:
            if entity.kind == "state" and _is_of_group(part, entity):
                draft.add_state(entity.state)

    def _employers(self, draft: Draft, *, among: bool) -> list[OrganizationSpan]:
        """The bodies that participants who represent no state act for; or those of others in the same sentence."""
        found = []
        for index, person in enumerate(self.cast.people):
            if (index in draft.participants) is not among:
                continue
            bodies = [
                p.within for p in person.posts if p.within is not None and (among or p.sentence == draft.sentence)
            ]
            found += [body for body in bodies[:1] if self._represents(index, body) or not among]
        return list({body.ref: body for body in found}.values())

    def _represents(self, person: int, body: OrganizationSpan) -> bool:
        """Whether a person acts for a body, and not for the state whose body it is."""
        return self.cast.people[person].state is None or not _is_of_state(body)

    # --- which bodies --------------------------------------------------------------------------------

    def bodies(self, part: SentenceParts, clause: Clause, participants: Sequence[int]) -> list[OrganizationSpan]:
        """The bodies of a clause that take part or host: not sources, accreditations, subjects of talk, employers."""
        found: list[OrganizationSpan] = []
        for body in part.organizations:
            if clause.first <= body.first < clause.end and self._takes_part(part, clause, body, participants, found):
                found.append(body)
        return found + [body for body in self._meant(part, clause) if body.ref not in [b.ref for b in found]]

    def _takes_part(
        self,
        part: SentenceParts,
        clause: Clause,
        body: OrganizationSpan,
        participants: Sequence[int],
        found: Sequence[OrganizationSpan],
    ) -> bool:
        if self._is_aside(part, body):
            return False
        holders = [
            a.person
            for a in self.cast.actors[part.sentence.number]
            if a.first <= body.first < a.end and clause.first <= a.core < clause.end
        ]
        if holders:
            return any(holder in participants and self._represents(holder, body) for holder in holders)
        if any(post.first <= body.first < post.end for post in part.posts):
            return False
        tokens = part.sentence.words
        before = tokens[body.first - 1] if body.first else None
        if before is not None and before.text in (",", "и") and found and found[-1].end == body.first - 1:
            return True  # «министерство, университет и палату»
        return _has_role(tokens, clause, body)

    def _is_aside(self, part: SentenceParts, body: OrganizationSpan) -> bool:
        """«при ООН» of a post; «сообщили в МИД»."""
        accredited = [p for p in part.posts if p.accredited_to and p.accredited_to.kind == "organization"]
        if any(post.first <= body.first < post.end for post in accredited):
            return True
        before = " ".join(w.low for w in part.sentence.words[max(0, body.first - 2) : body.first])
        return before.endswith(tuple(words("ru", "encounters")["source"]["endings"]))

    def _meant(self, part: SentenceParts, clause: Clause) -> list[OrganizationSpan]:
        """«шестое заседание комиссии»: the body that a bare noun after an event means."""
        found = []
        spans = [(o.first, o.end) for o in part.organizations] + [(p.first, p.end) for p in part.posts]
        for index in range(clause.first + 1, clause.end):
            word = part.sentence.words[index]
            lemma = body_noun(word) if word.case == "Gen" and word.tag.number == "Sing" else None
            if lemma is None or not is_event_noun(part.sentence.words[index - 1].low):
                continue
            if not any(first <= index < end for first, end in spans):
                body = named_before(lemma, [p.organizations for p in self.parts], part.sentence.number, index)
                found += [body] if body is not None else []
        return found

    # --- which states --------------------------------------------------------------------------------

    def _is_side(self, draft: Draft, part: SentenceParts, entity: Entity) -> bool:
        """«казахстанская делегация», «делегация Казахстана», «консультации Индии и Китая»."""
        side = words("ru", "encounters")["side"]
        after = part.sentence.words[entity.end].low if entity.end < len(part.sentence.words) else ""
        if entity.kind == "adjective":
            return after.startswith(tuple(side["after_adjective"]))
        if entity.kind != "state":
            return False
        before = part.sentence.words[entity.first - 1].low if entity.first else ""
        represented = before.startswith(tuple(side["before_state"]))
        return draft.type == "credentials" or represented or _is_of_event(part, entity) or _is_of_group(part, entity)


def _is_of_state(body: OrganizationSpan) -> bool:
    """Whether a body is one of a state: a ministry, a parliament, an embassy."""
    name = fold(body.name)
    if "палата" in name and "торгов" in name:
        return False  # a chamber of commerce, whatever its kind
    return body.kind in _OF_STATE or name.startswith(tuple(words("ru", "scenes")["missions"]["openings"]))


def _acts_for_state(body: OrganizationSpan) -> bool:
    return body.state is not None and _is_of_state(body)


def _has_role(tokens: Sequence[Word], clause: Clause, body: OrganizationSpan) -> bool:
    """Whether the words before a body, and its case, make it a host, a venue, a side or the body in session."""
    table = words("ru", "scenes")
    before = tokens[body.first - 1] if body.first > clause.first else None
    case = tokens[body.head].case
    if before is None:
        return True
    if before.tag.pos == "ADP":
        if before.low in table["behalf"]["prepositions"]:
            return True
        if before.low in table["aside"]["prepositions"]:
            return False
        governor = tokens[body.first - 2] if body.first - 2 >= clause.first else None
        if before.low in ("с", "со"):
            return governor is None or governor.tag.pos != "NOUN" or is_event_noun(governor.low)
        if before.low in ("в", "во", "на") and case == "Acc":
            return governor is None or governor.tag.pos not in ("NOUN", "PROPN") or is_event_noun(governor.low)
        return True
    if before.tag.pos in ("NOUN", "PROPN") and case == "Gen":
        through = tuple(table["through"]["stems"])
        governors = _governors(tokens, clause, body.first)
        named = [w for w in governors if is_event_noun(w.low) or w.low.startswith(through)]
        return bool(named) and not _is_spoken_of(tokens, clause, named[-1].index)
    return case != "Nom" or _acts_itself(tokens, clause, body)


def _is_spoken_of(tokens: Sequence[Word], clause: Clause, index: int) -> bool:
    """«говорил о предстоящей сессии [Конференции]»: an event that was only spoken of."""
    while index > clause.first and tokens[index - 1].tag.pos in ("ADJ", "NUM", "NOUN", "PROPN", "ADP", "VERB"):
        index -= 1
        if tokens[index].low in ("о", "об", "обо", "про"):
            return True
        if tokens[index].tag.pos == "VERB" and tokens[index].tag.verb_form != "Part":
            return False
    return False


def _acts_itself(tokens: Sequence[Word], clause: Clause, body: OrganizationSpan) -> bool:
    """Whether the verb nearest to a body that is a subject tells of an encounter: «устроило посольство»."""
    verbs = [w for w in tokens[clause.first : clause.end] if w.tag.pos == "VERB" and w.tag.verb_form != "Conv"]
    if not verbs:
        return True
    nearest = min(verbs, key=lambda w: min(abs(w.index - body.first), abs(w.index - body.end + 1)))
    table = words("ru", "scenes")["through"]
    return is_encounter_verb(nearest.low) or nearest.low.startswith(tuple(table["organize"]))


def _governors(tokens: Sequence[Word], clause: Clause, index: int) -> list[Word]:
    """«делегация группы дружбы [Сейма]»: the nouns on which a genitive hangs, the nearest first."""
    found: list[Word] = []
    while index > clause.first and tokens[index - 1].tag.pos in ("NOUN", "PROPN", "ADJ"):
        index -= 1
        if tokens[index].tag.pos != "ADJ":
            found.append(tokens[index])
            if tokens[index].case != "Gen":
                break
    return found


def _is_of_group(part: SentenceParts, entity: Entity) -> bool:
    """«послы Дании (имя), Греции, Кипра и Литвы»: the chain of states after a plural of envoys or delegations."""
    tokens = part.sentence.words
    states = [e for e in part.entities if e.kind == "state"]
    index, depth = entity.first - 1, 0
    while index >= 0:
        word = tokens[index]
        depth += (word.text == ")") - (word.text == "(")
        of_chain = word.text in ("и", ",", ")", "(") or any(e.first <= index < e.end for e in states)
        if depth <= 0 and not of_chain:
            return word.low in _envoys()
        index -= 1
    return False


@cache
def _envoys() -> frozenset[str]:
    nouns = words("ru", "scenes")["counted"]["envoys"]
    return frozenset(form for noun in nouns for form in word_forms(noun) - word_forms(noun, number="sing"))


def _is_of_event(part: SentenceParts, entity: Entity) -> bool:
    """«консультации Индии и Китая», «переговоры между Россией и США», «консультации МИД Омана и Латвии».

    The chain of states after an event, a ministry or the plural of a body between.
    """
    tokens = part.sentence.words
    states = [e for e in part.entities if e.kind == "state"]
    index = entity.first - 1
    while index >= 0:
        word = tokens[index]
        joined = word.text in ("и", ",") and any(e.end == index for e in states)
        if not joined and not any(e.first <= index < e.end for e in states):
            break
        index -= 1
    body = next((o for o in part.organizations if o.first <= index < o.end and o.kind in _OF_STATE), None)
    if body is not None:
        index = body.first - 1
    elif index >= 0 and not is_event_noun(tokens[index].low):
        index = _before_plural(tokens, index)
    return index >= 0 and (is_event_noun(tokens[index].low) or tokens[index].low == "между")


def _before_plural(tokens: Sequence[Word], index: int) -> int:
    """«консультации [министерств иностранных дел] …», «встреча [глав МИД] …»: the word before them, else `index`."""
    stems = tuple(words("ru", "scenes")["several_bodies"]["stems"])
    for at in range(index, max(-1, index - 6), -1):
        word = tokens[at]
        if word.low.startswith(stems):
            return at - 1
        if word.tag.pos not in ("NOUN", "ADJ", "PROPN", "X") or word.case not in ("Gen", "Ins", None):
            break
    return index
