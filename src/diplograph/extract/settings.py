"""When and where an encounter was, and which bodies and states took part, from the clause that reports it."""

from __future__ import annotations

from collections.abc import Sequence

from diplograph import gazetteer
from diplograph.extract.accreditations import lead_place
from diplograph.extract.bodies import body_noun, named_before
from diplograph.extract.clauses import Clause
from diplograph.extract.dates import DateMention, find_dates
from diplograph.extract.document import Document, ParsedSentence
from diplograph.extract.drafts import Draft
from diplograph.extract.entities import Entity, compound_states
from diplograph.extract.officials import Cast
from diplograph.extract.organizations import OrganizationSpan
from diplograph.extract.parts import SentenceParts
from diplograph.extract.triggers import is_event_noun, starts_word
from diplograph.lexicon import words
from diplograph.model import PartialDate

_PREPOSITIONS = frozenset(["в", "во", "на"])
#: Bodies whose house is a place of their state: «в Министерстве иностранных дел Латвии».
_HOUSES = frozenset(["ministry", "parliament", "agency"])


class Settings:
    """Reads the setting of encounters; remembers the last date, for «на следующий день»."""

    def __init__(self, document: Document, parts: Sequence[SentenceParts], cast: Cast) -> None:
        self.document = document
        self.parts = parts
        self.cast = cast
        self.last_date: PartialDate | None = None
        # A city that stands alone at the very start is where the news was filed, not where anybody met.
        self.opening = next((p.sentence.number for p in parts if not p.sentence.is_heading), 0)

    def fill(self, draft: Draft, clause: Clause, earlier: Sequence[Draft]) -> None:
        """Give a draft its dates, place, bodies and states from a clause of its sentence, in place."""
        part = self.parts[draft.sentence]
        self._dates(draft, part, clause)
        self._places(draft, part, clause, earlier)
        draft.organizations += self.bodies(part, clause, draft.participants)
        self._states(draft, part, clause)
        text = self.document.quote(part.sentence.span_of(clause.first, clause.end)).lower()
        if (
            draft.status == "planned"
            and not draft.participants
            and starts_word(text, words("ru", "encounters")["planned"]["next"])
        ):
            # «Следующее заседание пройдет …»: of the body, and between the states, that met before
            before = next((one for one in reversed(earlier) if one.type == draft.type), None)
            if before is not None:
                draft.organizations = draft.organizations or list(before.organizations)
                draft.states = draft.states or list(before.states)

    # --- when ----------------------------------------------------------------------------------------

    def _dates(self, draft: Draft, part: SentenceParts, clause: Clause) -> None:
        sentence = part.sentence
        found = find_dates(
            self.document.quote(sentence.span),
            reference=self.document.reference,
            previous=self.last_date or self.document.reference,
            future=draft.status == "planned",
        )
        for mention in found:
            if not clause.only and not clause.contains_offset(sentence, mention.span.start + sentence.span.start):
                continue
            if mention.kind == "until":
                draft.end_date = mention.start
            elif mention.kind != "since" and not self._is_past_plan(mention, draft):
                draft.date, draft.end_date = mention.start, mention.end
                break
        if draft.date and draft.status == "held":
            self.last_date = draft.date

    def _is_past_plan(self, mention: DateMention, draft: Draft) -> bool:
        reference = self.document.reference
        return reference is not None and draft.status == "planned" and mention.start.year < reference.year

    # --- where ---------------------------------------------------------------------------------------

    def _places(self, draft: Draft, part: SentenceParts, clause: Clause, earlier: Sequence[Draft]) -> None:
        lead = self._lead(part)
        if lead is not None:
            draft.place, draft.country = lead, gazetteer.place(lead.ref.key).state
        there = any(w.low in ("там", "здесь", "тут") for w in part.sentence.words[clause.first : clause.end])
        if there and earlier:
            draft.place, draft.country = earlier[-1].place, earlier[-1].country
        for entity in part.entities:
            if not clause.first <= entity.first < clause.end or not self._is_scene(draft, part, entity):
                continue
            if entity.kind == "place" and draft.place is None:
                draft.place, draft.country = entity, gazetteer.place(entity.ref.key).state
            elif entity.kind == "state" and draft.country is None:
                draft.country = entity.state
        if draft.country is None:
            houses = [
                b for b in part.organizations if b.state and b.kind in _HOUSES and clause.first <= b.first < clause.end
            ]
            draft.country = next((b.state for b in houses if _before(part, b.first) in ("в", "во")), None)

    def _lead(self, part: SentenceParts) -> Entity | None:
        """«Исламабад. Министр …»: the city that leads the paragraph."""
        for earlier in self.parts[: part.sentence.number]:
            if earlier.sentence.paragraph == part.sentence.paragraph and earlier.sentence.number != self.opening:
                return lead_place(earlier)
        return None

    def _is_scene(self, draft: Draft, part: SentenceParts, entity: Entity) -> bool:
        """Whether a place is where it happened, and not part of a post, a name of a body, or a remark in brackets."""
        number = part.sentence.number
        spans = [(a.first, a.end) for a in self.cast.actors[number]] + [(p.first, p.end) for p in part.posts]
        spans += [(o.first, o.end) for o in part.organizations]
        if any(first <= entity.first < end for first, end in spans) or entity.first in _bracketed(part.sentence):
            return False
        before = part.sentence.words[entity.first - 2] if entity.first > 1 else None
        if draft.rule.startswith("discuss") and before is not None and before.tag.pos == "NOUN" and not before.is_title:
            return is_event_noun(before.low)  # «обсудили реставрацию памятников в Самарканде»
        if _is_direction(part, entity):  # «рейсы в Касабланку», but «визит в Касабланку»
            return draft.type == "visit"
        return _before(part, entity.first) in _PREPOSITIONS

    # --- which bodies --------------------------------------------------------------------------------

    def bodies(self, part: SentenceParts, clause: Clause, participants: Sequence[int]) -> list[OrganizationSpan]:
        """The bodies that take part or host: all a clause names but sources, accreditations, employers of others."""
        employers = {p.within.first for p in part.posts if p.within is not None}
        found = []
        for body in part.organizations:
            if not clause.first <= body.first < clause.end or self._is_aside(part, body):
                continue
            if body.first in employers:
                holders = [a.person for a in self.cast.actors[part.sentence.number] if a.first <= body.first < a.end]
                of_state = body.kind == "ministry" and body.state is not None
                if of_state or not any(holder in participants for holder in holders):
                    continue
            found.append(body)
        return found + [body for body in self._meant(part, clause) if body.ref not in [b.ref for b in found]]

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
            lemma = body_noun(word) if word.case == "Gen" else None
            if lemma is None or not is_event_noun(part.sentence.words[index - 1].low):
                continue
            if not any(first <= index < end for first, end in spans):
                body = named_before(lemma, [p.organizations for p in self.parts], part.sentence.number, index)
                found += [body] if body is not None else []
        return found

    # --- which states --------------------------------------------------------------------------------

    def _states(self, draft: Draft, part: SentenceParts, clause: Clause) -> None:
        for person in draft.participants:
            draft.add_state(self.cast.people[person].state)
        for index in range(clause.first, clause.end):
            for state in compound_states(part.sentence.words[index].text):
                draft.add_state(state)
        for entity in part.entities:
            if clause.first <= entity.first < clause.end and self._is_side(draft, part, entity):
                draft.add_state(entity.state)
        for body in draft.organizations:
            for state in body.states:
                draft.add_state(state)
        if draft.type == "visit":
            draft.add_state(draft.country)

    def _is_side(self, draft: Draft, part: SentenceParts, entity: Entity) -> bool:
        """«казахстанская делегация», «делегация Казахстана», «консультации Индии и Китая»."""
        side = words("ru", "encounters")["side"]
        after = part.sentence.words[entity.end].low if entity.end < len(part.sentence.words) else ""
        if entity.kind == "adjective":
            return after.startswith(tuple(side["after_adjective"]))
        if entity.kind != "state":
            return False
        represented = _before(part, entity.first).startswith(tuple(side["before_state"]))
        return draft.type == "credentials" or represented or self._is_of_event(part, entity)

    def _is_of_event(self, part: SentenceParts, entity: Entity) -> bool:
        """«консультации Индии и Китая», «переговоры между Россией и США»: the chain of states after an event."""
        states = [e for e in part.entities if e.kind == "state"]
        index = entity.first - 1
        while index >= 0:
            word = part.sentence.words[index]
            joined = word.text in ("и", ",") and any(e.end == index for e in states)
            if not joined and not any(e.first <= index < e.end for e in states):
                return is_event_noun(word.low) or word.low == "между"
            index -= 1
        return False


def _before(part: SentenceParts, index: int) -> str:
    return part.sentence.words[index - 1].low if index else ""


def _is_direction(part: SentenceParts, entity: Entity) -> bool:
    """Whether «в …» asks whither: the accusative, where the word shows it."""
    word = part.sentence.words[entity.end - 1]
    if entity.name.endswith(("а", "я")):
        return word.low.endswith(("у", "ю"))
    return word.case == "Acc" and word.low[-1] not in "аеиоуыэюя"


def _bracketed(sentence: ParsedSentence) -> frozenset[int]:
    """The words inside brackets: «(с резиденцией в Анкаре)» is no place of the encounter."""
    inside: set[int] = set()
    depth = 0
    for word in sentence.words:
        depth += (word.text == "(") - (word.text == ")" and depth > 0)
        if depth:
            inside.add(word.index)
    return frozenset(inside)
