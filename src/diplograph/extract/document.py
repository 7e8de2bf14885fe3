"""An article as the extractor sees it: sentences of tagged words, headlines and dateline set apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from diplograph import models
from diplograph.dateline import find_dateline
from diplograph.extract.forms import fold
from diplograph.model import Article, Dateline, PartialDate, Span
from diplograph.models import Tag
from diplograph.segment import Sentence, Token, sentences

_CAPTION = re.compile(r"(?:Фото|Видео|Скриншот|Иллюстрация|Источник)\s*:", re.IGNORECASE)
_FULL_STOP = re.compile(r"[.!?…]['\"»”)]*$")


@dataclass(frozen=True, slots=True)
class Word:
    """A token with its tag; `index` counts within the sentence."""

    index: int
    span: Span
    text: str
    low: str
    tag: Tag

    @property
    def case(self) -> str | None:
        """Universal Dependencies case: Nom Gen Dat Acc Ins Loc; None where the word has none."""
        return self.tag.case

    @property
    def is_title(self) -> bool:
        """Whether the word starts with a capital."""
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """A sentence; `names` are the tagger's name spans as word ranges ``(first, end, "PER" | "LOC" | "ORG")``."""

    number: int
    span: Span
    words: tuple[Word, ...]
    paragraph: int
    is_heading: bool
    names: tuple[tuple[int, int, str], ...]

    def word_at(self, offset: int) -> int:
        """The index of the first word that begins at `offset` in the article or behind it; 0 where there is none."""
        return next((word.index for word in self.words if word.span.start >= offset), 0)

    def span_of(self, first: int, end: int) -> Span:
        """The characters of the words ``first … end-1``."""
        return Span(self.words[first].span.start, self.words[end - 1].span.end)


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed article; `reference` is the date that «сегодня» means: the dateline's, else the publication's."""

    article: Article
    dateline: Dateline | None
    reference: PartialDate | None
    sentences: tuple[ParsedSentence, ...]

    def quote(self, span: Span) -> str:
        """The characters of the article in `span`."""
        return span.of(self.article.text)


def parse(article: Article) -> Document:
    """Segment and tag an article; an article without a word gives a document without a sentence."""
    text = article.text
    dateline = find_dateline(text, published=article.published)
    reference = dateline.date if dateline and dateline.date else article.published
    whole = sentences(text)
    names = _names(whole)
    pieces = _without_dateline(whole, dateline)
    tags = models.tags([[token.text for token in piece.tokens] for piece in pieces])
    headings = _headings(pieces, text, dateline)
    parsed = []
    for number, (piece, piece_tags) in enumerate(zip(pieces, tags, strict=True)):
        words = tuple(
            Word(index, token.span, token.text, fold(token.text), tag)
            for index, (token, tag) in enumerate(zip(piece.tokens, piece_tags, strict=True))
        )
        parsed.append(
            ParsedSentence(
                number=number,
                span=piece.span,
                words=words,
                paragraph=piece.paragraph,
                is_heading=piece.paragraph in headings,
                names=_word_ranges(words, names.get(piece.paragraph, [])),
            )
        )
    return Document(article, dateline, reference, tuple(parsed))


def _names(pieces: tuple[Sentence, ...]) -> dict[int, list[tuple[Span, str]]]:
    """The tagger's names of each paragraph: a name may need the sentence before to be seen."""
    tokens: dict[int, list[Token]] = {}
    for piece in pieces:
        tokens.setdefault(piece.paragraph, []).extend(piece.tokens)
    found = models.names([[token.text for token in paragraph] for paragraph in tokens.values()])
    return {
        number: [(Span(paragraph[first].span.start, paragraph[end - 1].span.end), kind) for first, end, kind in spans]
        for (number, paragraph), spans in zip(tokens.items(), found, strict=True)
    }


def _word_ranges(words: tuple[Word, ...], names: list[tuple[Span, str]]) -> tuple[tuple[int, int, str], ...]:
    ranges = []
    for span, kind in names:
        inside = [word.index for word in words if span.overlaps(word.span)]
        if inside:
            ranges.append((inside[0], inside[-1] + 1, kind))
    return tuple(ranges)


def _without_dateline(pieces: tuple[Sentence, ...], dateline: Dateline | None) -> tuple[Sentence, ...]:
    """The sentences with the dateline's own words cut off."""
    if dateline is None:
        return pieces
    kept = []
    for piece in pieces:
        tokens = tuple(token for token in piece.tokens if not dateline.span.overlaps(token.span))
        if tokens:
            kept.append(Sentence(Span(tokens[0].span.start, piece.span.end), tokens, piece.paragraph))
    return tuple(kept)


def _headings(pieces: tuple[Sentence, ...], text: str, dateline: Dateline | None) -> frozenset[int]:
    """Paragraphs that are headlines or captions: before the dateline, or first of all and without a full stop."""
    by_paragraph: dict[int, list[Sentence]] = {}
    for piece in pieces:
        by_paragraph.setdefault(piece.paragraph, []).append(piece)
    headings = set()
    opening = True
    for number, inner in sorted(by_paragraph.items()):
        content = text[inner[0].span.start : inner[-1].span.end]
        before_dateline = dateline is not None and inner[-1].span.end <= dateline.span.start
        untitled = not _FULL_STOP.search(content) and len(content) < 250
        if _CAPTION.match(content) or before_dateline or (opening and untitled and len(by_paragraph) > 1):
            headings.add(number)
        else:
            opening = False
    return frozenset(headings)
