"""The statistical taggers of Russian: names, morphology, syntax.

The weights (MIT, Alexander Kukushkin's natasha project) travel in the natasha wheel. Only its data files are
used: importing natasha would pull pymorphy2, which current setuptools break. Nothing is fetched at run time.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from diplograph.model import DiplographError


class ModelsMissing(DiplographError):
    """The natasha package, which carries the models, is not installed."""


@dataclass(frozen=True, slots=True)
class Tag:
    """What the taggers say of one token; `head` is its index in the sentence, -1 for the root."""

    pos: str
    feats: dict[str, str]
    head: int
    relation: str


def _data() -> Path:
    found = importlib.util.find_spec("natasha")
    if found is None or found.origin is None:
        raise ModelsMissing("The package natasha, which carries the Russian models, is missing: pip install natasha")
    return Path(found.origin).parent / "data"


@cache
def _taggers() -> tuple[Any, Any, Any]:
    from navec import Navec
    from slovnet import NER, Morph, Syntax

    # On few cores BLAS threads only spin at their barriers: one thread is 2 to 40 times faster here.
    threadpool_limits(1)
    data = _data()
    embedding = Navec.load(data / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")
    taggers = (
        NER.load(data / "model" / "slovnet_ner_news_v1.tar"),
        Morph.load(data / "model" / "slovnet_morph_news_v1.tar", batch_size=8),
        Syntax.load(data / "model" / "slovnet_syntax_news_v1.tar"),
    )
    for tagger in taggers:
        tagger.navec(embedding)
    return taggers


def names(paragraphs: Sequence[str]) -> list[list[tuple[int, int, str]]]:
    """For each non-blank paragraph its name spans ``(start, end, "PER" | "LOC" | "ORG")``, in order."""
    if not paragraphs:
        return []
    ner, _, _ = _taggers()
    return [[(span.start, span.stop, span.type) for span in markup.spans] for markup in ner.map(paragraphs)]


def tags(sentences: Sequence[Sequence[str]]) -> list[list[Tag]]:
    """For each sentence, given as its words, a tag a word."""
    if not sentences:
        return []
    _, morph, syntax = _taggers()
    # Sentences of one length share a batch without padding, which halves the time.
    order = sorted(range(len(sentences)), key=lambda index: len(sentences[index]))
    words = [list(sentences[index]) for index in order]
    found: list[list[Tag]] = [[] for _ in sentences]
    for index, shapes, trees in zip(order, morph.map(words), syntax.map(words), strict=True):
        found[index] = [
            Tag(shape.pos, shape.feats, _head(node.head_id), node.rel)
            for shape, node in zip(shapes.tokens, trees.tokens, strict=True)
        ]
    return found


def _head(head_id: str) -> int:
    return int(head_id) - 1
