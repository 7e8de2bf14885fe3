"""The statistical taggers of Russian: names and morphology.

The weights (MIT, Alexander Kukushkin's natasha project) travel in the natasha wheel. Only its data files are
used: importing natasha would pull pymorphy2, which current setuptools break. Nothing is fetched at run time.

The third model of the family, syntax, is not loaded: names hang on the wrong head in half of the cases, so that
everything here is tied by adjacency and case, and with the trees the results were the same for half as much time again.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from diplograph.model import DiplographError

#: How many sequences go through a model together.
_BATCH = 16


class ModelsMissingError(DiplographError):
    """The natasha package, which carries the models, is not installed."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A part of speech of Universal Dependencies with its features, None where the word has none."""

    pos: str
    case: str | None = None  # Nom Gen Dat Acc Ins Loc
    gender: str | None = None  # Masc Fem Neut
    number: str | None = None  # Sing Plur
    tense: str | None = None  # Past Pres Fut
    verb_form: str | None = None  # Fin Inf Part Conv
    variant: str | None = None  # Short
    animacy: str | None = None  # Anim Inan
    aspect: str | None = None  # Perf Imp


def data_folder() -> Path:
    """Where the weights lie, inside the natasha package; `ModelsMissingError` where it is not installed."""
    found = importlib.util.find_spec("natasha")
    if found is None or found.origin is None:
        raise ModelsMissingError(
            "The package natasha, which carries the Russian models, is missing: pip install natasha"
        )
    return Path(found.origin).parent / "data"


@cache
def _taggers() -> tuple[Any, Any]:
    from navec import Navec  # noqa: PLC0415 (0.5 s that `diplograph --help` need not pay)
    from slovnet import NER, Morph  # noqa: PLC0415

    # On few cores BLAS threads only spin at their barriers: one thread is 2 to 40 times faster here.
    threadpool_limits(1)
    data = data_folder()
    embedding = Navec.load(data / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")
    taggers = (
        NER.load(data / "model" / "slovnet_ner_news_v1.tar", batch_size=_BATCH),
        Morph.load(data / "model" / "slovnet_morph_news_v1.tar", batch_size=_BATCH),
    )
    for tagger in taggers:
        tagger.navec(embedding)
    return taggers


def names(paragraphs: Sequence[Sequence[str]]) -> list[list[tuple[int, int, str]]]:
    """For each paragraph, given as its words, the name spans ``(first, end, "PER" | "LOC" | "ORG")`` in order.

    The numbers count words; an empty paragraph has no names.
    """
    ner, _ = _taggers()
    return [_spans(labels) for labels in _labelled(ner, paragraphs)]


def tags(sentences: Sequence[Sequence[str]]) -> list[list[Tag]]:
    """For each sentence, given as its words, a tag a word."""
    _, morph = _taggers()
    return [[_tag(label) for label in labels] for labels in _labelled(morph, sentences)]


def _labelled(tagger: Any, sequences: Sequence[Sequence[str]]) -> list[list[str]]:
    """The raw labels of each sequence; sequences of one length share a batch without padding, which halves the time."""
    found: list[list[str]] = [[] for _ in sequences]
    order = sorted((index for index, words in enumerate(sequences) if words), key=lambda index: len(sequences[index]))
    infer = tagger.infer
    decode: Callable[[Any], Any] = infer.decoder
    for start in range(0, len(order), _BATCH):
        batch = order[start : start + _BATCH]
        inputs = infer.encoder([list(sequences[index]) for index in batch])
        for index, labels in zip(batch, decode(infer.process(inputs)), strict=True):
            found[index] = labels
    return found


def _spans(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """BIO labels as word ranges; an I of another kind than the one before opens a span too."""
    spans: list[tuple[int, int, str]] = []
    for index, label in enumerate(labels):
        mark, _, kind = label.partition("-")
        if mark == "I" and spans and spans[-1][1] == index and spans[-1][2] == kind:
            spans[-1] = (spans[-1][0], index + 1, kind)
        elif mark in ("B", "I"):
            spans.append((index, index + 1, kind))
    return spans


@lru_cache(maxsize=2_000)
def _tag(label: str) -> Tag:
    """``NOUN|Case=Nom|Gender=Masc`` as a record."""
    pos, _, rest = label.partition("|")
    feats = dict(feature.split("=", 1) for feature in rest.split("|") if "=" in feature)
    return Tag(
        pos,
        case=feats.get("Case"),
        gender=feats.get("Gender"),
        number=feats.get("Number"),
        tense=feats.get("Tense"),
        verb_form=feats.get("VerbForm"),
        variant=feats.get("Variant"),
        animacy=feats.get("Animacy"),
        aspect=feats.get("Aspect"),
    )
