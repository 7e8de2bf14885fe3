"""Names that a plural post is distributed over, each with the state, city or body that stands beside it.

министрами … Индии и Пакистана — А и Б          послы Дании (А), Индии (Б), Кении — В
министры пяти стран А (Узбекистан), Б (Таджикистан, глава делегации)    мэрами городов: Кейптауна - А, Джорджа - Б
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from diplograph.extract.document import Word
from diplograph.extract.entities import Entity
from diplograph.extract.organizations import OrganizationSpan
from diplograph.extract.parts import SentenceParts
from diplograph.extract.post_words import after_honours, verbs_of
from diplograph.extract.posts import PostPhrase

DASHES = frozenset(["-", "–", "—"])
_JOINTS = DASHES | {",", "и", "(", ")", ":", ";", "«", "»"}
#: Words of no weight between the post and the first name.
_LIGHT = frozenset(["стран", "городов", "из", "также", "соответственно"])
#: No bracket beside a name is longer.
_BRACKET = 14


@dataclass(frozen=True, slots=True)
class Share:
    """What one of several holders has of a plural post: `state`, `place` (of a mayor) or `body` beside the name."""

    person: int
    state: str | None = None
    place: str | None = None
    body: OrganizationSpan | None = None


def shares(part: SentenceParts, phrase: PostPhrase) -> list[Share]:
    """The holders of a plural phrase, left to right; empty for a post in the singular or where no name follows."""
    if not phrase.plural:
        return []
    listed = _Reader(part, phrase).read()
    states = phrase.states or _represented(part, phrase, len(listed))
    if len(states) == len(listed):
        return [Share(s.person, s.state or state, s.place, s.body) for s, state in zip(listed, states, strict=True)]
    if len(states) == 1:
        return [Share(s.person, s.state or states[0], s.place, s.body) for s in listed]
    return listed


class _Reader:
    """Reads the list from the end of the phrase to the right."""

    def __init__(self, part: SentenceParts, phrase: PostPhrase) -> None:
        self.words = part.sentence.words
        self.part = part
        self.phrase = phrase
        self.entity_at: dict[int, Entity] = {e.first: e for e in part.entities}
        self.person_at = {first: i for i, (first, _) in enumerate(part.people)}
        self.body_at = {o.first: o for o in part.organizations}
        self.listed: list[Share] = []
        self.state: str | None = None  # named before the name it belongs to
        self.place: str | None = None
        self.before_names: list[str | None] = []  # states named before the first name

    def read(self) -> list[Share]:
        words, at, gap = self.words, self.phrase.end, 0
        if len(self.phrase.states) == 1 and at < len(words) and (words[at].text == "(" or words[at].text in DASHES):
            self.state = self.phrase.states[0] if self._person_near(at + 1) else None
        while at < len(words):
            word = words[at]
            if at in self.person_at:
                at = self._city(at) or self._name(at)
                gap = 0
            elif at in self.entity_at and self.entity_at[at].kind in ("state", "place"):
                entity = self.entity_at[at]
                if self.listed and self.state is None and not self._opens_item(entity.end):
                    break
                self.state = entity.state
                if not self.listed:
                    self.before_names.append(entity.state)
                self.place = _text(words[entity.first : entity.end]) if entity.kind == "place" else None
                at = entity.end
            elif (after := after_honours(words, at)) > at:
                at = after
            elif word.text in _JOINTS or word.low in _LIGHT:
                at += 1
            elif word.is_title and at + 1 < len(words) and words[at + 1].text in DASHES and self.listed:
                self.place = word.text
                at += 1
            else:
                gap += 1
                if self.listed or gap > 4 or word.tag.pos in ("VERB", "ADP") or self._other_post(at):
                    break
                at += 1
        if len(self.before_names) == len(self.listed) > 1:  # «с коллегами из Индии и Перу – А и Б»
            return [replace(one, state=state) for one, state in zip(self.listed, self.before_names, strict=True)]
        return self.listed

    def _person_near(self, at: int) -> bool:
        return any(i in self.person_at for i in (at, at + 1))

    def _opens_item(self, end: int) -> bool:
        """Whether what ends here is followed by its name: «Индии (Б)», «Кении — В», «Перу А»."""
        if end >= len(self.words):
            return False
        return self.words[end].text == "(" or self.words[end].text in DASHES or self._person_near(end)

    def _other_post(self, at: int) -> bool:
        return any(p.first <= at < p.end for p in self.part.posts if p is not self.phrase)

    def _city(self, at: int) -> int | None:
        """«Джорджа - А»: what looks like a person is the city before the dash; where it ends, else None."""
        end = self.part.people[self.person_at[at]][1]
        if end < len(self.words) and self.words[end].text in DASHES and self._person_near(end + 1):
            self.place = _text(self.words[at:end])
            return end
        return None

    def _name(self, at: int) -> int:
        """Takes a name with what stands in brackets after it; where that ends."""
        person = self.person_at[at]
        end = self.part.people[person][1]
        state, body = self.state, None
        if end < len(self.words) and self.words[end].text == "(":
            inside = end + 1
            closing = next((w.index for w in self.words[inside : inside + _BRACKET] if w.text == ")"), None)
            if closing is not None:
                named = self.entity_at.get(inside)
                state = named.state if named is not None and named.state else state
                body = self.body_at.get(inside)
                end = closing + 1
        self.listed.append(Share(person, state, self.place, body))
        self.state = self.place = None
        return end


def _represented(part: SentenceParts, phrase: PostPhrase, count: int) -> tuple[str, ...]:
    """«Казахстан и Грузию представляли министры А и Б»: as many states, in their order; else none."""
    words = part.sentence.words
    before = [e for e in part.entities if e.kind == "state" and e.state and e.end <= phrase.first]
    if count < 2 or len(before) < count:
        return ()
    chosen = before[-count:]
    between = words[chosen[-1].end : phrase.first]
    inside = words[chosen[0].first : chosen[-1].end]
    joined = all(w.text in (",", "и") or any(e.first <= w.index < e.end for e in chosen) for w in inside)
    said = any(w.low in verbs_of("representing") for w in between)
    return tuple(e.state for e in chosen if e.state) if joined and said else ()


def _text(words: Sequence[Word]) -> str:
    return " ".join(w.text for w in words)
