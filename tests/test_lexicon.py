"""The tables of words: each is read, and holds no slip that the code would swallow."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from diplograph.lexicon import words
from diplograph.morphology import parses

TABLES = sorted(
    (language.name, table.name.removesuffix(".toml"))
    for language in (files("diplograph") / "data" / "words").iterdir()
    if language.is_dir()
    for table in language.iterdir()
    if table.name.endswith(".toml")
)

# Endings, patterns and the case forms of a word in their order are no words: these rules are not for them.
WORDS = [(language, name) for language, name in TABLES if name not in ("dates", "declension", "transliteration")]


def strings(table: Any) -> Iterator[str]:
    if isinstance(table, str):
        yield table
    elif isinstance(table, dict):
        yield from (key for key in table)
        for value in table.values():
            yield from strings(value)
    elif isinstance(table, list):
        for value in table:
            yield from strings(value)


def lists(table: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    if isinstance(table, dict):
        for key, value in table.items():
            yield from lists(value, f"{path}.{key}")
    elif isinstance(table, list) and all(isinstance(value, str) for value in table):
        yield path, table


def test_there_are_tables() -> None:
    assert {("ru", "encounters"), ("ru", "posts"), ("ru", "organizations")} <= set(TABLES)


@pytest.mark.parametrize(("language", "name"), TABLES)
def test_a_table_is_read_and_not_empty(language: str, name: str) -> None:
    assert words(language, name)
    assert words(language, name) is words(language, name)


@pytest.mark.parametrize(("language", "name"), WORDS)
def test_words_are_clean(language: str, name: str) -> None:
    for word in strings(words(language, name)):
        assert word.strip(), f"an empty word in {name}"
        assert "  " not in word
        assert unicodedata.is_normalized("NFC", word)
        assert "\u00ad" not in word and "\u00a0" not in word


@pytest.mark.parametrize(("language", "name"), WORDS)
def test_no_word_mixes_alphabets(language: str, name: str) -> None:
    """A Latin «c» in a Cyrillic word can never match."""
    for word in strings(words(language, name)):
        for part in word.replace("-", " ").split():
            scripts = {unicodedata.name(char).split()[0] for char in part if char.isalpha()}
            assert not {"LATIN", "CYRILLIC"} <= scripts, part


@pytest.mark.parametrize(("language", "name"), WORDS)
def test_no_list_says_a_word_twice(language: str, name: str) -> None:
    for path, found in lists(words(language, name)):
        twice = sorted(word for word, count in Counter(found).items() if count > 1)
        assert not twice, f"{name}{path}: {twice}"


def test_an_unknown_table_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        words("ru", "recipes")
    with pytest.raises(FileNotFoundError):
        words("la", "posts")


@pytest.mark.parametrize("group", sorted(words("ru", "encounters")["verb"]))
def test_verbs_of_encounter_are_infinitives(group: str) -> None:
    for verb in words("ru", "encounters")["verb"][group]:
        assert any(parse.tag.POS == "INFN" for parse in parses(verb)), verb


def test_no_verb_of_encounter_is_in_two_groups() -> None:
    counted = Counter(verb for verbs in words("ru", "encounters")["verb"].values() for verb in verbs)
    assert [verb for verb, count in counted.items() if count > 1] == []


def test_every_kind_of_organisation_is_one_of_the_model() -> None:
    kinds = {"ministry", "parliament", "agency", "university", "company", "ngo", "media", "international", "other"}
    assert set(words("ru", "organizations")["kind"]) <= kinds


def test_every_list_of_heads_names_heads() -> None:
    table = words("ru", "organizations")
    heads = {head for found in table["kind"].values() for head in found}
    for section in ("strict", "quoted", "generic", "part", "joint"):
        assert set(table[section]["heads"]) <= heads, section
