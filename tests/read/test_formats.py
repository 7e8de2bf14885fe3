"""Every format gives the article in it, with what the format knows of it."""

from __future__ import annotations

import gzip
import json
import zlib
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from samples import BODY, MORE, TEXT, TITLE, URL, letter, page, samples, warc, zipped

from diplograph.model import Article, PartialDate
from diplograph.read import Refusal, read_all
from diplograph.read.formats import FORMATS, format_of

SAMPLES = samples()
KNOWN_BY_THEIR_BYTES = [name for name in SAMPLES if format_of("x", SAMPLES[name][:2048]) and name != "lines.jsonl.gz"]
DAY = PartialDate(2026, 3, 12)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Article | Refusal]]:
    """What each sample gives, all read in one go."""
    folder = tmp_path_factory.mktemp("samples")
    for name, data in SAMPLES.items():
        (folder / name).write_bytes(data)
    items: dict[str, list[Article | Refusal]] = {name: [] for name in SAMPLES}
    for item in read_all(folder):
        name = item.source.split("/")[1].partition("#")[0]
        items[name].append(item)
    return items


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sound_file_gives_its_article(found: dict[str, list[Article | Refusal]], name: str) -> None:
    article = found[name][0]
    assert isinstance(article, Article), article
    assert " ".join(article.text.split()) == " ".join(BODY.split())
    assert article.language == "ru"
    assert article.remarks == () or name in ("table.csv",)


@pytest.mark.parametrize(
    ("name", "title", "url", "published", "publisher"),
    [
        ("page.html", TITLE, URL, DAY, "Агентство Пример"),
        ("page.mhtml", TITLE, URL, DAY, "Агентство Пример"),
        ("page.webarchive", TITLE, URL, DAY, "Агентство Пример"),
        ("rss.xml", TITLE, URL, DAY, "Лента Пример"),
        ("feed.json", TITLE, URL, DAY, "Лента Пример"),
        ("channel.json", None, None, DAY, "Канал Пример"),
        ("crawl.wacz", TITLE, URL, DAY, "Агентство Пример"),
        ("atom.atom", TITLE, URL, DAY, "Лента Пример"),
        ("table.csv", TITLE, URL, DAY, None),
        ("table.xlsx", TITLE, URL, DAY, None),
        ("table.parquet", TITLE, URL, DAY, None),
        ("paper.pdf", TITLE, None, None, None),
        ("word.docx", TITLE, None, None, None),
        ("open.odt", TITLE, None, None, None),
        ("letter.eml", TITLE, None, DAY, "Агентство Пример"),
        ("letters.mbox", TITLE, None, DAY, "Агентство Пример"),
        ("crawl.warc", TITLE, URL, DAY, "Агентство Пример"),
    ],
)
def test_what_a_file_knows_of_its_article(found, name, title, url, published, publisher) -> None:
    article = found[name][0]
    assert (article.title, article.url, article.published, article.publisher) == (title, url, published, publisher)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("lines.jsonl.gz", "lines.jsonl.gz#1"),
        ("table.csv", "table.csv#2"),  # as a spreadsheet numbers its rows
        ("letters.mbox", "letters.mbox#1"),
        ("pack.zip", "pack.zip/a/page.html"),
        ("pack.tar.gz", "pack.tar.gz/b.txt"),
        ("crawl.warc.gz", "crawl.warc.gz#1"),
        ("crawl.wacz", "crawl.wacz/archive/data.warc.gz#1"),
        ("channel.json", "channel.json#1"),
    ],
)
def test_where_an_article_was_read(found, name, source) -> None:
    assert found[name][0].source.endswith(f"/{source}")


def test_what_is_beside_the_articles_is_told(found) -> None:
    assert [item.reason for item in found["crawl.warc.gz"][1:]] == ["records that are no pages: 1 image/png"]
    assert [type(item) for item in found["letters.mbox"]] == [Article, Article]
    assert [item.reason for item in found["crawl.wacz"][1:]] == ["files that are no pages (indexes, lists of pages): 2"]
    assert [getattr(item, "outcome", "article") for item in found["channel.json"]] == ["article", "empty", "article"]


def test_every_format_has_a_sample() -> None:
    read = {format_of(name, data[:2048]).name for name, data in SAMPLES.items()}
    assert read == {known.name for known in FORMATS}


@pytest.mark.parametrize("name", KNOWN_BY_THEIR_BYTES)
def test_a_wrong_name_does_not_mislead(found, name, tmp_path: Path) -> None:
    (tmp_path / "news.html").write_bytes(SAMPLES[name])
    first = next(read_all(tmp_path))
    assert isinstance(first, Article)
    assert first.text == found[name][0].text


def articles(tmp_path: Path, name: str, data: bytes) -> list[Article | Refusal]:
    (tmp_path / name).write_bytes(data)
    return list(read_all(tmp_path / name))


def test_a_pattern_names_files(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.md", "sub"):
        (tmp_path / name).mkdir() if name == "sub" else (tmp_path / name).write_text(name, "utf-8")
    (tmp_path / "sub" / "d.txt").write_text("d", "utf-8")
    assert [item.source for item in read_all(f"{tmp_path}/*.txt")] == ["a.txt", "b.txt"]
    assert [item.source for item in read_all(f"{tmp_path}/**/*.txt")] == ["a.txt", "b.txt", "d.txt"]
    assert list(read_all("nothing/*.txt")) == [Refusal("nothing/*.txt", "failed", "no file or folder has such a name")]


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(tmp_path: Path) -> None:
    (item,) = articles(tmp_path, "a[1]*.txt", BODY.encode())
    assert item.source == "a[1]*.txt"


def test_a_page_without_an_article_is_empty(tmp_path: Path) -> None:
    (item,) = articles(tmp_path, "a.html", b"<html><body><script>1</script></body></html>")
    assert (item.outcome, item.reason) == ("empty", "no article found in the page")


def test_a_date_in_the_words_of_a_page_is_not_its_day(tmp_path: Path) -> None:
    data = page().replace(b'<meta property="article:published_time" content="2026-03-12T10:00:00+05:00">', b"")
    (item,) = articles(tmp_path, "a.html", data)
    assert item.published is None


def test_where_a_browser_saved_a_page_from(tmp_path: Path) -> None:
    data = page().replace(f'<link rel="canonical" href="{URL}">'.encode(), b"")
    data = data.replace(b"<html", b"<!-- saved from url=(0023)https://example.org/old --><html")
    (item,) = articles(tmp_path, "a.html", data)
    assert item.url == "https://example.org/old"


def test_a_page_is_not_dated_by_the_clock(tmp_path: Path) -> None:
    (item,) = articles(tmp_path, "a.html", page().replace(b"2026-03-12T10", b"2036-03-12T10"))
    assert str(item.published) == "2036-03-12"


def test_the_attached_documents_of_a_letter_are_read(tmp_path: Path) -> None:
    message = message_from_bytes(letter(), policy=policy.default)
    message.add_attachment(SAMPLES["word.docx"], maintype="application", subtype="x", filename="нота.docx")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    found = articles(tmp_path, "a.eml", message.as_bytes())
    assert [item.source for item in found] == ["a.eml", "a.eml/нота.docx"]
    assert all(isinstance(item, Article) for item in found)


def test_a_letter_of_plain_text_has_whole_lines(tmp_path: Path) -> None:
    head = b"From: a@example.org\nSubject: =?koi8-r?b?7s/Xz9PUyQ==?=\nContent-Type: text/plain; charset=utf-8\n\n"
    (item,) = articles(
        tmp_path, "a.eml", head + f"{TEXT[:70]}\n{TEXT[70:140].strip()}\n{TEXT[140:]}\n\n{MORE}\n".encode()
    )
    assert item.title == "Новости"
    assert item.text.split("\n")[-1] == MORE
    assert len([line for line in item.text.split("\n") if line]) == 2


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n", b"%x\r\n%s\r\n0\r\n\r\n" % (len(page()), page())),
        (
            "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n",
            page(),
        ),  # archives put chunks together and say otherwise
        ("Content-Type: text/html\r\nContent-Encoding: gzip\r\n", gzip.compress(page(), mtime=0)),
        ("Content-Type: text/html\r\nContent-Encoding: deflate\r\n", zlib.compress(page())),
        ("Content-Type: text/html\r\nContent-Encoding: gzip\r\n", page()),
        (
            "Content-Type: text/html; charset=koi8-r\r\n",
            page(charset="windows-1251", encoding="cp1251").replace(b"<meta charset", b"<meta x"),
        ),
    ],
)
def test_how_an_archived_page_was_sent(headers: str, body: bytes, tmp_path: Path) -> None:
    (item,) = articles(tmp_path, "a.warc", warc(body, headers=headers))
    assert item.text == BODY


def test_a_cut_archive_gives_what_is_whole_and_says_so(tmp_path: Path) -> None:
    first, second = articles(tmp_path, "a.warc", warc() + warc()[:-500])
    assert isinstance(first, Article)
    assert (second.outcome, second.reason) == (
        "failed",
        "damaged at record 2, the rest is not read: the last record is cut off",
    )


def test_archives_inside_archives_are_read_as_deep_as_the_limit(tmp_path: Path) -> None:
    inner = zipped({"page.html": page()})
    found = articles(tmp_path, "a.zip", zipped({"b.zip": inner, "c.zip": zipped({"d.zip": zipped({"e.zip": inner})})}))
    assert [(item.source, isinstance(item, Article)) for item in found] == [
        ("a.zip/b.zip/page.html", True),
        ("a.zip/c.zip/d.zip/e.zip/page.html", False),
    ]
    assert found[1].reason == "deeper than 3 documents inside others (the limit nesting)"


def test_cyrillic_names_in_archives_of_windows(tmp_path: Path) -> None:
    data = zipped({"?????.txt": BODY.encode()}).replace(b"?????", "ньюсы".encode("cp866"))
    (item,) = articles(tmp_path, "a.zip", data)
    assert item.source == "a.zip/ньюсы.txt"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.csv", b"a,b\n1,2\n", "no column is called text; there are: a, b"),
        ("a.xml", b"<sitemap/>", "XML, but no RSS or Atom: its root is <sitemap>"),
        ("a.xml", b"<urlset/>", "a sitemap, which holds addresses and no text: see diplograph fetch"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0",
            "locked with a password, or of the time before .docx: save it anew without a password",
        ),
        ("a.doc", b"\xd0\xcf\x11\xe0", "not a format that is read (.doc): save it as .docx or .pdf"),
        ("a.pptx", SAMPLES["pack.zip"], "not a format that is read (.pptx): save it as .pdf with its text"),
        ("a.css", b"p {}", "not a format that is read (.css): give .txt, .jsonl, "),
        ("a", b"word", "not a format that is read (a name without suffix): give .txt, .jsonl, "),
        ("a.webarchive", b"hello", "no page that Safari saved, or a damaged one"),
        ("a.json", b"42", "no article: give an object or a list of them"),
        ("a.pdf", SAMPLES["paper.pdf"].replace(b"Tj", b"  "), "no text layer: a scan or a picture"),
        ("a.eml", b"\n\nhello", "no letter: it begins with no header such as From or Subject"),
        ("a.mbox", b"hello", "no mailbox: it does not begin with a line From …"),
        ("a.rtf", b"hello", "not RTF: it does not begin with {\\rtf"),
        ("a.json", b'{"a": 1}', "no field text"),
        ("a.json", b"[]", "an empty list"),
    ],
)
def test_what_is_not_read_says_why(name: str, data: bytes, reason: str, tmp_path: Path) -> None:
    (item,) = articles(tmp_path, name, data)
    assert isinstance(item, Refusal)
    assert item.reason.startswith(reason)


def test_a_json_object_without_text_is_read_by_other_names(tmp_path: Path) -> None:
    article = {
        "source": {"id": None, "name": "Пример"},
        "title": TITLE,
        "url": URL,
        "publishedAt": "2026-03-12T10:00:00Z",
    }
    data = json.dumps({"status": "ok", "articles": [{**article, "description": "Коротко", "content": BODY}]}).encode()
    (item,) = articles(tmp_path, "a.json", data)
    assert (item.text, item.title, item.url, item.published, item.publisher) == (BODY, TITLE, URL, DAY, "Пример")


@pytest.mark.parametrize("name", ["list.json", "feed.json"])
def test_json_under_a_name_for_a_text_is_no_text(found, name: str, tmp_path: Path) -> None:
    for given in ("a.txt", "a", "a.txt.gz"):
        data = gzip.compress(SAMPLES[name]) if given.endswith(".gz") else SAMPLES[name]
        (item,) = articles(tmp_path, given, data)
        assert (item.text, item.source) == (found[name][0].text, f"{given}#1")


def test_the_pieces_of_a_saved_page_are_no_inputs_of_their_own(tmp_path: Path) -> None:
    for folder in ("news_files", "other_files"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "advert.html").write_bytes(page())
    (tmp_path / "news.html").write_bytes(page())
    pieces, saved, other = sorted(read_all(tmp_path), key=lambda item: item.source.replace("_files", " files"))
    assert pieces == Refusal(f"{tmp_path.name}/news_files", "skipped", "the pictures and styles of news.html")
    assert (saved.source, other.source) == (f"{tmp_path.name}/news.html", f"{tmp_path.name}/other_files/advert.html")


def test_an_empty_folder_and_an_address_say_what_to_do(tmp_path: Path) -> None:
    assert list(read_all(tmp_path)) == [Refusal(tmp_path.name, "empty", "no file in the folder")]
    (item,) = read_all("https://example.org/news")
    assert item == Refusal(
        "https://example.org/news", "failed", "an address: bring its page with diplograph fetch, and give that folder"
    )
