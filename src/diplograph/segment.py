"""Paragraphs, sentences and tokens of a text, each with its offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from razdel import sentenize, tokenize

from diplograph.model import Span

#: A longer paragraph is cut at this many characters: a tagger's memory grows with the length of one string.
LONGEST_PARAGRAPH = 20_000

# razdel ends a sentence after these («г. Рига», «А. Женис», «им. Абая», «т.е.»); the next piece belongs to it.
_OPEN_END = re.compile(
    r"(?:\b[А-ЯЁA-Z]\.|\b(?:г|гг|им|ул|пр|св|т\.\s?е|т\.\s?д|и\.\s?о|проф|акад|ген|Co|Ltd|Inc|Corp|St)\.)$"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; `paragraph` counts from 0 within the text."""

    span: Span
    tokens: tuple[Token, ...]
    paragraph: int


def paragraphs(text: str) -> Iterator[Span]:
    """The lines of `text` that hold more than white space, cut to `LONGEST_PARAGRAPH`."""
    for line in re.finditer(r"[^\n]*\S[^\n]*", text):
        for start in range(line.start(), line.end(), LONGEST_PARAGRAPH):
            yield Span(start, min(start + LONGEST_PARAGRAPH, line.end()))


def _sentence_spans(text: str) -> Iterator[Span]:
    start = None
    for piece in sentenize(text):
        if start is None:
            start = piece.start
        if _OPEN_END.search(piece.text):
            continue
        yield Span(start, piece.stop)
        start = None
    if start is not None:
        yield Span(start, len(text.rstrip()))


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text` in order; none for an empty text. No sentence crosses a line break."""
    found = []
    for number, paragraph in enumerate(paragraphs(text)):
        for inner in _sentence_spans(paragraph.of(text)):
            span = Span(paragraph.start + inner.start, paragraph.start + inner.end)
            tokens = tuple(
                Token(Span(span.start + token.start, span.start + token.stop), token.text)
                for token in tokenize(span.of(text))
            )
            if tokens:
                found.append(Sentence(span, tokens, number))
    return tuple(found)
