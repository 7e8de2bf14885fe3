"""The words of the papers: in the code they stand in English, in data/paper_words.toml in Russian."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from diplograph.model import DiplographError

Language = Literal["en", "ru"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class LanguageError(DiplographError):
    """Papers are not written in this language."""


def checked(language: Language) -> Language:
    """The language, if papers are written in it.

    Raises:
        LanguageError: they are not.
    """
    if language not in LANGUAGES:
        raise LanguageError(f"no language {language!r}: choose one of {', '.join(LANGUAGES)}")
    return language


def say(phrase: str, language: Language, **filled: object) -> str:
    """An English phrase in `language`, with {…} filled in; what has no translation stays as it is."""
    text = phrase if language == "en" else russian().get(phrase, phrase)
    return text.format(**filled) if filled else text


@cache
def russian() -> Mapping[str, str]:
    """English phrase → Russian phrase."""
    return tomllib.loads((files("diplograph") / "data" / "paper_words.toml").read_text("utf-8"))
