import gzip
import hashlib
import io
import json
import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplograph.model import Article, PartialDate
from diplograph.read import Refusal, normalise, read, tell_language


def outcome(item: Article | Refusal) -> str:
    return "article" if isinstance(item, Article) else item.outcome


def lines(*records: object) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def only(path: Path, **options: object) -> Article:
    (item,) = read([path], **options)
    assert isinstance(item, Article), item
    return item


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Посол встретился.\n", "Посол встретился.\n"),  # normal already: unchanged, the last line end too
        ("\ufeffПосол", "Посол"),
        ("Нур\u00adсул\u00adтан Назар\u200bбаев", "Нурсултан Назарбаев"),
        ("12\u00a0марта 2026\u202fгода", "12 марта 2026 года"),
        ("раз\r\nдва\rтри\u2028четыре", "раз\nдва\nтри\nчетыре"),
        ("и\u0306", "й"),  # NFD, as macOS writes it
        ("Той\x00ота\x1b[31m\u202e", "Тойота[31m"),
        ("\ud83d", "\ufffd"),  # half a surrogate pair, which JSON may carry and UTF-8 may not
        ("таб\tи  два пробела", "таб\tи  два пробела"),
    ],
)
def test_normalise(raw: str, expected: str) -> None:
    assert normalise(raw) == expected


@given(st.text())
def test_a_normalised_text_stays_as_it_is(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Посол встретился с министром.", "ru"),
        ("Қасым-Жомарт Тоқаев принял посла Германии в Астане, сообщила Ақорда сегодня.", "ru"),
        ("Мұрат Нұртілеу Әзербайжанның сыртқы істер министрімен кездесті.", "kk"),
        ("The minister met his counterpart.", "en"),
        ("Посол принял участие в конференции ООН и подписал Memorandum.", "ru"),
        ("2026", "ru"),
    ],
)
def test_tell_language(text: str, language: str) -> None:
    assert tell_language(text) == language


def test_a_text_is_kept_whole(tmp_path: Path) -> None:
    text = "Заголовок\n\nПосол встретился с министром.\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    article = only(tmp_path / "a.txt", published=PartialDate(2026, 3, 12))
    assert article.text == text
    assert (article.title, article.language, article.source) == (None, "ru", "a.txt")
    assert article.published == PartialDate(2026, 3, 12)
    assert article.id == hashlib.sha256(text.encode()).hexdigest()[:16]


def test_a_line_gives_its_fields(tmp_path: Path) -> None:
    record = {
        "id": "kt-1",
        "url": "https://example.org/1",
        "lang": "ru-KZ",
        "published": "2026-03-12T10:00:00+06:00",
        "title": " О\u00a0встрече ",
        "publisher": "Агентство",
        "text": "Посол встретился с министром.",
        "tags": ["не читается"],
    }
    (tmp_path / "a.jsonl").write_text(lines(record), "utf-8")
    assert only(tmp_path / "a.jsonl", published=PartialDate(2020)) == Article(
        id="kt-1",
        text="Посол встретился с министром.",
        language="ru",
        title="О встрече",
        url="https://example.org/1",
        published=PartialDate(2026, 3, 12),
        publisher="Агентство",
        source="a.jsonl#1",
    )


def test_the_publisher_may_stand_in_the_dateline(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Астана. 12 марта. KAZAKHSTAN TODAY - Посол встретился с министром.", "utf-8")
    assert only(tmp_path / "a.txt").publisher == "KAZAKHSTAN TODAY"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("ru-kt_2026.a", "ru-kt_2026.a"),
        (17, "17"),
        ("новости/1", "1-" + hashlib.sha256("новости/1".encode()).hexdigest()[:8]),
        ("..", hashlib.sha256(b"..").hexdigest()[:16]),
        ("", hashlib.sha256("Посол.".encode()).hexdigest()[:16]),
        (None, hashlib.sha256("Посол.".encode()).hexdigest()[:16]),
    ],
)
def test_ids_are_safe_in_an_iri(tmp_path: Path, given: object, expected: str) -> None:
    (tmp_path / "a.jsonl").write_text(lines({"id": given, "text": "Посол."}), "utf-8")
    assert only(tmp_path / "a.jsonl").id == expected


@pytest.mark.parametrize(
    ("line", "expected", "reason"),
    [
        ('{"text": "Посол', "failed", "not a JSON object: Invalid control character at (column 16)"),
        ("[1]", "failed", 'not a JSON object: each line must be {"text": …}'),
        ("[" * 100_000, "failed", "not a JSON object: nested too deep"),
        ("{}", "failed", "no field text"),
        ('{"text": 5}', "failed", "the field text is not text: 5"),
        ('{"text": "Посол", "id": true}', "failed", "the field id is neither text nor a number: True"),
        ('{"text": "Посол", "published": "вчера"}', "failed", "published: not a date of the form"),
        ('{"text": "Посол", "published": "2026-02-30"}', "failed", "published: no such day"),
        ('{"text": "Посол", "lang": "по-русски"}', "failed", "lang is not a language code such as ru"),
        ('{"text": " \\n "}', "empty", "no text in it"),
    ],
)
def test_a_bad_line_leaves_the_others(tmp_path: Path, line: str, expected: str, reason: str) -> None:
    (tmp_path / "a.jsonl").write_text(lines({"text": "Раз."}) + line + "\n\n" + lines({"text": "Два."}), "utf-8")
    first, bad, last = read([tmp_path / "a.jsonl"])
    assert (outcome(first), outcome(last)) == ("article", "article")
    assert isinstance(bad, Refusal)
    assert (bad.source, bad.outcome) == ("a.jsonl#2", expected)
    assert bad.reason.startswith(reason)
    assert last.source == "a.jsonl#4"


@pytest.mark.parametrize(
    ("name", "data", "expected", "reason"),
    [
        ("a.txt", bytes(range(128, 256)), "failed", "a binary file, or a text in an encoding that is not known"),
        ("a.txt", b"\x7fELF\0\0", "failed", "a binary file, not text"),
        ("a.jsonl", b'{"a": "\0"}\n\0\n\0\n', "failed", "a binary file, not text"),
        ("a.txt", b"", "empty", "no text in it"),
        ("a.txt", b"\xef\xbb\xbf \n", "empty", "no text in it"),
        ("a.jsonl", b"\n", "empty", "no line in it"),
        ("a.jsonl.gz", b"not gzip", "failed", "cannot be read: Not a gzipped file"),
        ("a.txt.gz", gzip.compress(b"text" * 100, mtime=0)[:20], "failed", "cannot be read: "),
        ("a.pdf", b"%PDF", "failed", "a PDF that cannot be opened: damaged"),
        ("a.mp3", b"ID3", "failed", "not a format that is read (.mp3): give .txt, .jsonl, "),
        ("a.txt", b"a" * 2_000_001, "failed", "longer than 2,000,000 characters"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, expected: str, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    (item,) = read([tmp_path / name])
    assert isinstance(item, Refusal)
    assert item.outcome == expected
    assert item.reason.startswith(reason)


def test_a_missing_file_is_a_refusal(tmp_path: Path) -> None:
    assert list(read([tmp_path / "a.txt"])) == [Refusal("a.txt", "failed", "no such file or folder")]


def test_a_line_without_end_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.jsonl.gz", "wb", compresslevel=1) as out:
        out.write(random.Random(1).randbytes(10_000).translate(None, b"\0\n") * 1_800 + b'\n{"text": "one"}\n')
    first, second = read([tmp_path / "a.jsonl.gz"])
    assert isinstance(first, Refusal)
    assert first.reason.startswith("longer than")
    assert (outcome(second), second.source) == ("article", "a.jsonl.gz#2")


def test_a_folder_is_read_in_order_and_every_file_accounted_for(tmp_path: Path) -> None:
    news = tmp_path / "news"
    (news / "2026").mkdir(parents=True)
    (news / ".git").mkdir()
    (news / "b.md").write_text("Бета.", "utf-8")
    (news / "a.txt").write_text("Альфа.", "utf-8")
    (news / "2026" / "c.jsonl.gz").write_bytes(gzip.compress(lines({"text": "Гамма."}).encode()))
    (news / "photo.jpg").write_bytes(b"\xff\xd8")
    (news / "loop").symlink_to(news, target_is_directory=True)
    found = [(item.source, outcome(item)) for item in read([news])]
    assert found == [
        ("news/.git", "skipped"),
        ("news/2026/c.jsonl.gz#1", "article"),
        ("news/a.txt", "article"),
        ("news/b.md", "article"),
        ("news/loop", "skipped"),
        ("news/photo.jpg", "skipped"),
    ]


def test_one_text_twice_is_one_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Посол.\r\n", "utf-8", newline="")
    (tmp_path / "b.txt").write_text("Посол.\n", "utf-8")
    first, second = read([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert isinstance(first, Article)
    assert second == Refusal("b.txt", "skipped", "duplicate of a.txt")


def test_one_id_for_two_texts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(lines({"id": 1, "text": "Раз."}, {"id": "1", "text": "Два."}), "utf-8")
    _, second = read([tmp_path / "a.jsonl"])
    assert second == Refusal("a.jsonl#2", "failed", "the id '1' already names another text, a.jsonl#1")


@pytest.mark.parametrize(
    ("data", "sources"),
    [
        ("Посол встретился.", ["-"]),
        ("\n" + lines({"text": "Раз."}, {"text": "Два."}), ["-#2", "-#3"]),
        ('["text"]', ["-"]),
        ('{"text": "по строкам",\n "id": 1}', ["-"]),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: str, sources: list[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    items = list(read("-"))
    assert [(item.source, outcome(item)) for item in items] == [(source, "article") for source in sources]


def test_a_file_name_that_is_not_utf8_can_be_told(tmp_path: Path) -> None:
    path = Path(str(tmp_path) + "/a\udcff.txt")
    path.write_text("Посол.", "utf-8")
    (item,) = read([tmp_path])
    assert item.source.endswith("/a\\xff.txt")
