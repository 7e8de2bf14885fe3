"""Posts that only another person's post explains: «её пресс-секретарь», «помощник Абдуллаева А», «его преемник»."""

from __future__ import annotations

from collections.abc import Mapping

from diplograph.extract.declension import Gender
from diplograph.extract.forms import fold
from diplograph.extract.portfolios import genitive_singular
from diplograph.extract.post_words import words_of

_GENDER_OF_PRONOUN: Mapping[str, Gender] = {"его": "m", "ее": "f"}


def is_aide(lemma: str) -> bool:
    """Whether the noun names somebody who works for a person: «помощник», «пресс-секретарь»."""
    return lemma in words_of("aide")


def is_successor(lemma: str) -> bool:
    """Whether the noun stands for the post of the person before or after: «преемник», «предшественница»."""
    return lemma in words_of("successor")


def may_be_of(pronoun: str, gender: Gender | None) -> bool:
    """Whether «его», «её» can mean a person of this gender."""
    return gender is None or _GENDER_OF_PRONOUN.get(pronoun, gender) == gender


def with_superior(title: str, superior: str, lemma: str) -> str:
    """The title with the superior's in the genitive: «помощник», «вице-премьер» → «помощник вице-премьера».

    `lemma` is the head noun of the superior's title.
    """
    words = superior.split()
    head = next((i for i, word in enumerate(words) if fold(word).endswith(lemma.rsplit(maxsplit=1)[-1])), None)
    if head is None:
        return title
    declined = [genitive_singular(word, "masc") for word in words[: head + 1]]
    cased = [d[:1].upper() + d[1:] if w[:1].isupper() else d for d, w in zip(declined, words, strict=False)]
    return " ".join([title, *cased, *words[head + 1 :]])
