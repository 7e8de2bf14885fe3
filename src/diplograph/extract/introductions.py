"""Posts whose holders another sentence names.

«… встретился с мэром Лиона. Пьер Дюваль рассказал …»
«Министры обороны стран Балтии договорились … Во встрече участвовали А (Эстония), Б (Латвия)»
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from diplograph.extract.encounter_words import is_encounter_verb, is_event_noun
from diplograph.extract.parts import SentenceParts
from diplograph.extract.posts import PostPhrase
from diplograph.extract.ties import Tied

#: How many words may stand before a name that opens its sentence: «В свою очередь, А …».
_OPENING = 4
#: How many sentences before a list its group may be told.
_REACH = 2


@dataclass(frozen=True, slots=True)
class Introduction:
    """The post `phrase` of sentence `number` is that of the name at `name`: (sentence, index among its ties)."""

    number: int
    phrase: PostPhrase
    name: tuple[int, int]
    state: str | None = None  # that stands beside the name

    @property
    def tied(self) -> Tied:
        """The phrase as if the name stood beside it."""
        phrase = self.phrase
        return Tied(phrase.first, phrase.end, (), phrase.case, (phrase,), self.state, rule="named in another sentence")


def introductions(
    parts: Sequence[SentenceParts], ties: Sequence[Sequence[Tied]], placed: dict[tuple[int, int], int]
) -> Iterator[Introduction]:
    """Posts without a name, each followed at once by the first mention of somebody who has no post in the text.

    Nothing is guessed where two posts wait for a name, or two names for a post. `placed` tells which person of the
    cast each name is.
    """
    posted = {placed[n, i] for n, tied in enumerate(ties) for i, t in enumerate(tied) if t.phrases}
    first_seen: dict[int, tuple[int, int]] = {}
    for at in sorted(placed):
        if not parts[at[0]].sentence.is_heading:
            first_seen.setdefault(placed[at], at)
    for number, (part, following) in enumerate(pairwise(parts)):
        phrase = _waiting(part, ties[number])
        if phrase is None or part.sentence.is_heading or not ties[number + 1] or not _reports(part):
            continue
        fresh = [i for i in range(len(ties[number + 1])) if first_seen[placed[number + 1, i]] == (number + 1, i)]
        bare = [i for i in fresh if placed[number + 1, i] not in posted]
        if len(bare) == 1 and _opens(following, ties[number + 1][bare[0]]):
            yield Introduction(number, phrase, (number + 1, bare[0]))


def group_introductions(
    parts: Sequence[SentenceParts], ties: Sequence[Sequence[Tied]], placed: dict[tuple[int, int], int]
) -> Iterator[Introduction]:
    """A plural post without names, and the people listed next, each with a state: «А (Эстония), Б (Латвия)».

    Nothing is guessed where somebody of the list has a post, or two plural posts go before.
    """
    posted = {placed[n, i] for n, tied in enumerate(ties) for i, t in enumerate(tied) if t.phrases}
    for number, tied in enumerate(ties):
        listed = [i for i, one in enumerate(tied) if one.state is not None and placed[number, i] not in posted]
        if len(listed) < 2 or parts[number].sentence.is_heading:
            continue
        for before in range(number, max(-1, number - _REACH - 1), -1):
            plural = _unnamed_groups(parts[before], ties[before])
            if plural:
                for i in listed if len(plural) == 1 else ():
                    yield Introduction(before, plural[0], (number, i), tied[i].state)
                posted |= {placed[number, i] for i in listed}
                break


def _unnamed_groups(part: SentenceParts, tied: Sequence[Tied]) -> list[PostPhrase]:
    """The plural posts of a sentence that say more than «министры» and are shared out over no names."""
    named = {id(phrase) for one in tied for phrase in one.phrases}
    heading = part.sentence.is_heading
    return [p for p in part.posts if p.plural and id(p) not in named and not heading and not p.former and p.title]


def _reports(part: SentenceParts) -> bool:
    """Whether a sentence has a word of encounter; «ранил члена Конгресса. А арестован» tells of two people."""
    return any(is_encounter_verb(w.low) or is_event_noun(w.low) for w in part.sentence.words)


def _waiting(part: SentenceParts, tied: Sequence[Tied]) -> PostPhrase | None:
    """The only post of a sentence that is of somebody in particular and has no name."""
    named = {id(phrase) for one in tied for phrase in one.phrases}
    waiting = [phrase for phrase in part.posts if id(phrase) not in named]
    particular = [p for p in waiting if p.states or p.within is not None or p.place is not None or p.is_counterpart]
    if len(particular) != 1 or particular[0].plural or particular[0].former:
        return None
    return particular[0] if particular[0].case in ("Ins", "Acc", "Gen", "Dat", "Nom") else None


def _opens(part: SentenceParts, tied: Tied) -> bool:
    """Whether a full name stands as the subject at the beginning of its sentence."""
    tokens = part.sentence.words
    full = len([word for word in tied.words if len(word.strip(".")) > 1]) > 1
    subject = tied.case in ("Nom", None) and tokens[tied.first].case in ("Nom", None)
    apposed = tied.first > 0 and tokens[tied.first - 1].text == ","  # «Прежний посол, А, …»
    return full and subject and not apposed and tied.first <= _OPENING
