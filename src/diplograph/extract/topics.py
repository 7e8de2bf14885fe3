"""What people spoke about: the words of a text that name one of the 34 topics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from diplograph.lexicon import words
from diplograph.model import Span

#: The names of the topics, in their fixed order.
TOPICS = (
    "bilateral-relations", "regional-affairs", "security", "disarmament", "counter-terrorism", "defence", "trade",
    "investment", "finance", "transport", "energy", "water", "environment", "agriculture", "education", "science",
    "digital", "culture", "sport", "tourism", "health", "humanitarian", "migration", "consular", "law",
    "constitutional-reform", "elections", "human-rights", "gender", "parliamentary", "multilateral", "space", "media",
    "labour",
)  # fmt: skip

_WORD = re.compile(r"\w+(?:[-‑]\w+)*")

#: Between two words of one phrase: a blank, quotation marks, a bracket; any other mark or a new line ends the phrase.
_INSIDE = re.compile(r"[ \t«»„“”\"’()]{1,4}")


#: No stem of topics.toml has more letters (a test counts them); a longer word is not looked at further.
_LONGEST_STEM = 32


@dataclass(frozen=True, slots=True)
class TopicMention:
    """Words of the text and the topic they speak of."""

    span: Span
    topic: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    """The stems of its words; a stem that ends with a star stands for every word that begins with it."""

    stems: tuple[str, ...]
    topics: tuple[str, ...]  # none: these words are no sign of a topic, whatever their parts say
    narrowed: tuple[str, ...] = ()  # «развитие сотрудничества», «поставки»: no sign where one of these follows


def find_topics(text: str) -> tuple[TopicMention, ...]:
    """The topics that `text` speaks of, in its order, those of one place in the order of `TOPICS`; () if none.

    Where phrases overlap the longest from the left is read: «торговый представитель» is no sign of trade.
    Names of bodies and posts are read like other words, «министр транспорта» is a sign of transport.
    """
    tokens = list(_WORD.finditer(text))
    read = [token[0].lower().replace("ё", "е").replace("‑", "-") for token in tokens]
    joined = [bool(_INSIDE.fullmatch(text, before.end(), after.start())) for before, after in pairwise(tokens)]
    found: list[TopicMention] = []
    at = 0
    while at < len(read):
        phrases = [phrase for phrase in _phrases_at(read[at]) if _stands(phrase, read, joined, at)]
        longest = max((len(phrase.stems) for phrase in phrases), default=1)
        phrases = [phrase for phrase in phrases if len(phrase.stems) == longest]
        following = _following(read, joined, at + longest)
        phrases = [p for p in phrases if not any(_is(word, stem) for word in following for stem in p.narrowed)]
        if all(phrase.topics for phrase in phrases):
            span = Span(tokens[at].start(), tokens[at + longest - 1].end())
            named = {topic for phrase in phrases for topic in phrase.topics}
            found += [TopicMention(span, topic) for topic in TOPICS if topic in named]
        at += longest
    return tuple(found)


def topics(texts: Iterable[str]) -> tuple[str, ...]:
    """The topics that any of the texts speaks of, each once, in the order of `TOPICS`; () if none."""
    named = {mention.topic for text in texts for mention in find_topics(text)}
    return tuple(topic for topic in TOPICS if topic in named)


def _phrases_at(word: str) -> Iterator[_Phrase]:
    """The phrases whose first stem is `word` or a beginning of it."""
    whole, beginnings = _index()
    yield from whole.get(word, ())
    for length in range(1, min(len(word), _LONGEST_STEM) + 1):
        yield from beginnings.get(word[:length], ())


def _stands(phrase: _Phrase, read: list[str], joined: list[bool], at: int) -> bool:
    end = at + len(phrase.stems)
    if end == at + 1:
        return True
    if end > len(read) or not _is(read[at + 1], phrase.stems[1]) or not all(joined[at : end - 1]):
        return False
    return all(_is(word, stem) for word, stem in zip(read[at + 1 : end], phrase.stems[1:], strict=True))


def _following(read: list[str], joined: list[bool], end: int) -> list[str]:
    """The two words after a phrase that ends before `end`, as far as no mark parts them from it."""
    until = end
    while until < min(end + 2, len(read)) and joined[until - 1]:
        until += 1
    return read[end:until]


def _is(word: str, stem: str) -> bool:
    return word.startswith(stem[:-1]) if stem.endswith("*") else word == stem


_Index = dict[str, tuple[_Phrase, ...]]


@cache
def _index() -> tuple[_Index, _Index]:
    """Phrases by their first word, and by the first letters of it where it is a stem."""
    whole: _Index = {}
    beginnings: _Index = {}
    table = words("ru", "topics")
    rows: list[tuple[tuple[str, ...], str, tuple[str, ...]]] = [((), phrase, ()) for phrase in table["not"]["words"]]
    for topic in TOPICS:
        rows += [((topic,), phrase, ()) for phrase in table[topic]["words"]]
        narrowed = tuple(table[topic].get("narrowed", ()))
        rows += [((topic,), phrase, narrowed) for phrase in table[topic].get("general", ())]
    for named, written, narrowed in rows:
        stems = tuple(written.lower().replace("ё", "е").split())
        index = beginnings if stems[0].endswith("*") else whole
        first = stems[0].rstrip("*")
        index[first] = (*index.get(first, ()), _Phrase(stems, named, narrowed))
    return whole, beginnings
