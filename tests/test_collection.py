"""A collection holds each text once, whoever sent it, in whatever order and portions."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplograph.collection import Changes, Collection, CollectionDamagedError, Entry, WithdrawalError
from diplograph.model import Article, PartialDate
from diplograph.read import Refusal, content_id

HERE = Path("/news")


def article(text: str, source: str, **fields: object) -> Article:
    return replace(Article(content_id(text), text, source=source), **fields)  # type: ignore[arg-type]


def collect(*runs: list[Article | Refusal]) -> tuple[list[Article], list[Entry], Changes]:
    """What is in a collection after these runs, and what the last one changed."""
    with TemporaryDirectory() as folder:
        collection = Collection(Path(folder, "collection"))
        changes = Changes()
        for items in runs:
            changes = Changes()
            collection.begin_reading("news")
            collection.add(items, folder=HERE, changes=changes)
        found = [collection.article(content, one.id) for content, one in collection.articles()]
        entries = sorted(collection.entries(), key=lambda entry: (entry.source, entry.reason or "", entry.content))
        collection.close()
    return found, entries, changes


def outcomes(entries: list[Entry]) -> list[tuple[str, str | None]]:
    return [(entry.source, entry.reason) for entry in entries]


ITEMS: list[Article | Refusal] = [
    article("Встреча в Риге.", "a.txt"),
    article("Встреча в Риге.", "b.jsonl#1", id="riga", url="https://b.example/1", published=PartialDate(2026, 3, 12)),
    article("Встреча в Риге.", "c.jsonl#7", id="7", url="https://c.example/7", published=PartialDate(2026, 3, 13)),
    article("Прага, первое.", "d.jsonl#1", url="https://d.example/1", published=PartialDate(2026, 3, 1)),
    article("Прага, второе.", "d.jsonl#2", url="https://d.example/1", published=PartialDate(2026, 3, 2)),
    article("Прага, третье.", "d.jsonl#3", url="https://d.example/1", published=PartialDate(2026, 3, 3)),
    article("Один номер.", "e.jsonl#1", id="x", url="https://e.example/1"),
    article("Тот же номер.", "f.jsonl#1", id="x", url="https://f.example/1"),
    article("Без имени.", "g.jsonl#1"),
    Refusal("h.pdf", "skipped", "not a format that is read"),
    Refusal("i.jsonl#2", "failed", "not a JSON object"),
    Refusal("j.txt", "empty", "no text in it"),
]


@given(st.randoms(use_true_random=False), st.lists(st.integers(0, len(ITEMS)), max_size=5))
@settings(max_examples=60, deadline=None)
def test_any_order_and_any_split_give_the_same(chance: random.Random, cuts: list[int]) -> None:
    shuffled = ITEMS.copy()
    chance.shuffle(shuffled)
    ends = sorted({0, len(ITEMS), *cuts})
    runs = [shuffled[start:end] for start, end in pairwise(ends)]
    repeated = [*runs, shuffled[: len(cuts)]]
    assert collect(*repeated)[:2] == collect(ITEMS)[:2]


def test_the_same_text_from_three_sites_is_one_article_with_three_sources() -> None:
    found, entries, _ = collect(ITEMS[:3])
    assert [(one.id, one.url, one.also) for one in found] == [("riga", "https://b.example/1", ("https://c.example/7",))]
    assert outcomes(entries) == [
        ("a.txt", "duplicate of b.jsonl#1"),
        ("b.jsonl#1", None),
        ("c.jsonl#7", "duplicate of b.jsonl#1"),
    ]


def test_an_edited_text_takes_the_place_of_the_former_one() -> None:
    found, entries, _ = collect(ITEMS[3:6])
    assert [one.text for one in found] == ["Прага, третье."]
    assert outcomes(entries)[:2] == [
        ("d.jsonl#1", "replaced by a newer text, d.jsonl#3"),
        ("d.jsonl#2", "replaced by a newer text, d.jsonl#3"),
    ]


def test_an_edited_file_is_one_input() -> None:
    found, entries, changes = collect([article("Было.", "a.txt")], [article("Стало.", "a.txt")])
    assert [one.text for one in found] == ["Стало."]
    assert outcomes(entries) == [("a.txt", None)]
    assert (changes.added, changes.replaced) == (1, 1)


def test_without_dates_the_later_edit_counts_and_a_repeated_old_text_changes_nothing() -> None:
    old, new = article("Было.", "a.jsonl#1", id="x"), article("Стало.", "b.jsonl#1", id="x")
    moved = replace(old, source="c.jsonl#1")
    found, _, _ = collect([old], [new], [old], [moved])
    assert [one.text for one in found] == ["Стало."]


def test_another_line_at_the_same_place_is_no_edit() -> None:
    """daily.jsonl and standard input hold other articles tomorrow."""
    for source in ("daily.jsonl#1", "-", "-#1"):
        found, _, _ = collect([article("Вчера.", source)], [article("Сегодня.", source)])
        assert {one.text for one in found} == {"Вчера.", "Сегодня."}


def test_one_id_for_two_addresses_is_no_edit() -> None:
    found, _, _ = collect(ITEMS[6:8])
    assert len({one.id for one in found}) == 2
    assert all(one.id.startswith("x-") for one in found)


def test_an_input_that_was_mended_is_no_longer_refused() -> None:
    found, entries, _ = collect([Refusal("a.txt", "failed", "cannot be read")], [article("Можно.", "a.txt")])
    assert len(found) == 1
    assert outcomes(entries) == [("a.txt", None)]


def test_files_of_one_name_in_two_folders_are_two(tmp_path: Path) -> None:
    collection = Collection(tmp_path / "collection")
    for folder, text in (("/x", "Один."), ("/y", "Другой.")):
        collection.add([article(text, "a.txt")], folder=Path(folder), changes=Changes())
    assert len(list(collection.articles())) == 2


@pytest.fixture
def full(tmp_path: Path) -> Collection:
    collection = Collection(tmp_path / "collection")
    collection.add(ITEMS, folder=HERE, changes=Changes())
    return collection


@pytest.mark.parametrize(
    ("name", "inputs", "articles"),
    [
        ("riga", 3, 4),  # the id of the article: all three copies
        ("https://c.example/7", 1, 5),  # one of its addresses: the others stay
        ("g.jsonl", 1, 4),
        ("https://d.example/1", 3, 4),  # with the texts that it replaced
        ("h.pdf", 1, 5),
    ],
)
def test_what_is_withdrawn_goes(full: Collection, name: str, inputs: int, articles: int) -> None:
    assert len(list(full.articles())) == 5
    assert full.withdraw([name]) == inputs
    assert len(list(full.articles())) == articles
    full.tidy()
    assert len(list(full.articles())) == articles


def test_what_is_not_there_cannot_be_withdrawn(full: Collection) -> None:
    with pytest.raises(WithdrawalError, match=r"nothing to withdraw: .* 'nobody'"):
        full.withdraw(["nobody"])


def test_a_damaged_file_is_told(full: Collection, tmp_path: Path) -> None:
    full.close()
    path = tmp_path / "collection"
    whole = path.read_bytes()
    for broken in (b"no database", whole[:5000], whole[:4096] + b"\xff" * 8192 + whole[12288:]):
        path.write_bytes(broken)
        with pytest.raises(CollectionDamagedError):
            Collection(path)


def test_two_files_of_one_name_in_an_archive_are_two_inputs() -> None:
    same = article("Одно и то же.", "a.zip/x.txt")
    items: list[Article | Refusal] = [
        same,
        same,
        Refusal("a.zip", "failed", "damaged"),
        Refusal("a.zip", "failed", "damaged"),
    ]
    _, once, _ = collect(items)
    assert outcomes(once) == [
        *[("a.zip", "damaged")] * 2,
        ("a.zip/x.txt", None),
        ("a.zip/x.txt", "duplicate of a.zip/x.txt"),
    ]
    _, again, changes = collect(items, items)
    assert again == once
    assert (changes.added, changes.known) == (0, 2)


def test_an_archive_that_was_mended_is_no_longer_refused() -> None:
    _, entries, _ = collect(
        [Refusal("a.zip", "failed", "damaged"), Refusal("a.zip/b.jsonl#2", "failed", "no JSON")],
        [article("Один.", "a.zip/b.jsonl#1"), article("Два.", "a.zip/b.jsonl#2")],
    )
    assert outcomes(entries) == [("a.zip/b.jsonl#1", None), ("a.zip/b.jsonl#2", None)]
