"""One sound file of every format that is read, each with the same article in it."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import plistlib
import tarfile
import zipfile
from email.message import EmailMessage
from textwrap import wrap

import pyarrow
from pyarrow import parquet

TITLE = "Посол встретился с министром"
TEXT = (
    "Посол Казахстана в Латвии Ержан Тестов 11 марта 2026 года встретился с министром иностранных дел Латвии Янисом"
    " Пробиньшем. Стороны обсудили торговлю и сотрудничество в сфере транспорта."
)
MORE = "Встреча прошла в Риге. Собеседники отметили рост товарооборота и договорились об обмене студентами."
BODY = f"{TEXT}\n{MORE}"
URL = "https://example.org/news/1"


def page(*, charset: str = "utf-8", encoding: str = "utf-8", more: str = "") -> bytes:
    return f"""<!DOCTYPE html>
<html lang="ru"><head><meta charset="{charset}"><title>{TITLE} | Агентство Пример</title>
<link rel="canonical" href="{URL}"><meta property="og:site_name" content="Агентство Пример">
<meta property="og:title" content="{TITLE}"><meta property="article:published_time" content="2026-03-12T10:00:00+05:00">
</head><body><nav><ul><li><a href="/">Главная</a></li><li><a href="/all">Все новости</a></li></ul></nav>
<article><p>{TEXT}</p><p>{MORE}</p>{more}</article>
<footer>© 2001–2026 Все права защищены</footer></body></html>""".encode(encoding)


def rss() -> bytes:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Лента Пример</title>
<item><title>{TITLE}</title><link>{URL}</link><pubDate>Thu, 12 Mar 2026 23:30:00 +0500</pubDate>
<description>Коротко</description><content:encoded><![CDATA[<p>{TEXT}</p><p>{MORE}</p>]]></content:encoded></item>
</channel></rss>""".encode()


def atom() -> bytes:
    return f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Лента Пример</title>
<entry><title>{TITLE}</title><link rel="self" href="https://example.org/self"/><link href="{URL}"/><updated>2026-03-12T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}</p><p>{MORE}</p></div></content></entry></feed>""".encode()


def letter(kind: str = "html") -> bytes:
    message = EmailMessage()
    message["From"] = "Агентство Пример <news@example.org>"
    message["Subject"] = TITLE
    message["Date"] = "Thu, 12 Mar 2026 10:00:00 +0500"
    message.set_content(BODY + "\n", charset="utf-8", cte="base64")
    if kind == "html":
        message.add_alternative(
            f"<html><body><p>{TEXT}</p><p>{MORE}</p></body></html>", subtype="html", charset="koi8-r"
        )
        message.set_boundary("==part")
    return message.as_bytes()


def saved_page() -> bytes:
    head = f"Snapshot-Content-Location: {URL}\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    head += (
        'Content-Type: multipart/related; type="text/html"; boundary="==b"\r\n\r\n--==b\r\nContent-Type: text/html\r\n'
    )
    head += f"Content-Transfer-Encoding: 8bit\r\nContent-Location: {URL}\r\n\r\n"
    return head.encode() + page() + b"\r\n--==b\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n--==b--\r\n"


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 12, 0, 0, 0)), data, packing)
    return out.getvalue()


def docx() -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraphs = "".join(
        f"<w:p><w:r><w:t>{line[:40]}</w:t></w:r><w:r><w:t>{line[40:]}</w:t></w:r></w:p>" for line in (TEXT, MORE)
    )
    deleted = "<w:p><w:del><w:r><w:delText>вычеркнуто</w:delText></w:r></w:del></w:p>"
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{paragraphs}{deleted}</w:body></w:document>'.encode(),
            "docProps/core.xml": f'<c:coreProperties xmlns:c="c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{TITLE}</dc:title></c:coreProperties>'.encode(),
        }
    )


def odt() -> bytes:
    office, text = "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    body = f"<t:p>{TEXT[:30]}<t:span>{TEXT[30:60]}</t:span>{TEXT[60:]}</t:p><t:p>{MORE}</t:p>"
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": f'<o:document-content xmlns:o="{office}" xmlns:t="{text}"><o:body><o:text>{body}</o:text></o:body></o:document-content>'.encode(),
            "meta.xml": f'<m xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{TITLE}</dc:title></m>'.encode(),
        }
    )


def xlsx() -> bytes:
    cells = ["title", "date", "text", "url", TITLE, BODY, URL]
    strings = "".join(f"<si><t>{cell}</t></si>" for cell in cells)
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="E1" t="s"><v>3</v></c></row>'
    rows += '<row r="2"><c r="A2" t="s"><v>4</v></c><c r="B2"><v>46093</v></c><c r="C2" t="s"><v>5</v></c><c r="E2" t="s"><v>6</v></c></row>'
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "xl/sharedStrings.xml": f"<sst>{strings}</sst>".encode(),
            "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode(),
        }
    )


def rtf() -> bytes:
    def escaped(line: str) -> str:
        return "".join(c if c.isascii() else f"\\'{c.encode('cp1251')[0]:02x}" for c in line)

    return ("{\\rtf1\\ansi\\ansicpg1251\\deff0 " + "\\par ".join(map(escaped, (TEXT, MORE))) + "\\par}").encode()


def pdf(lines: tuple[str, ...] = (*wrap(TEXT, 60), "", *wrap(MORE, 60))) -> bytes:
    """A PDF with a text layer: every code of its font is the letter's own number."""
    shown = "".join(
        f"1 0 0 1 50 {780 - 16 * n} Tm <{line.encode('utf-16-be').hex()}> Tj\n" for n, line in enumerate(lines) if line
    )
    content = f"BT /F 12 Tf\n{shown}ET".encode()
    unicode_map = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 2000 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 600 >>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(unicode_map), unicode_map),
        b"<< /Title <FEFF%s> >>" % TITLE.encode("utf-16-be").hex().encode(),
    ]
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj %s endobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out) + b"trailer << /Size %d /Root 1 0 R /Info 8 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        start,
    )


def warc(
    body: bytes | None = None,
    *,
    headers: str = "Content-Type: text/html; charset=utf-8\r\n",
    status: int = 200,
    url: str = URL,
) -> bytes:
    block = f"HTTP/1.1 {status} OK\r\n{headers}\r\n".encode() + (page() if body is None else body)
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def csv() -> bytes:
    return f'title;date;text;url\r\n{TITLE};12.03.2026;"{BODY}";{URL}\r\n'.encode("cp1251")


def parquet_table() -> bytes:
    out = io.BytesIO()
    parquet.write_table(pyarrow.table({"title": [TITLE], "date": ["2026-03-12"], "text": [BODY], "url": [URL]}), out)
    return out.getvalue()


def record() -> dict[str, str]:
    return {"text": BODY, "title": TITLE, "url": URL, "published": "2026-03-12"}


def tar(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def wacz() -> bytes:
    lists = {"datapackage.json": b'{"profile": "data-package"}', "pages/pages.jsonl": b'{"format": "json-pages-1.0"}\n'}
    return zipped({**lists, "archive/data.warc.gz": gzip.compress(warc(), mtime=0)})


def safari_page() -> bytes:
    main = {"WebResourceURL": URL, "WebResourceMIMEType": "text/html", "WebResourceTextEncodingName": "UTF-8"}
    return plistlib.dumps({"WebMainResource": {**main, "WebResourceData": page()}}, fmt=plistlib.FMT_BINARY)


def json_feed() -> bytes:
    entry = {"id": "1", "url": URL, "title": TITLE, "content_html": f"<p>{TEXT}</p><p>{MORE}</p>"}
    entry["date_published"] = "2026-03-12T10:00:00+05:00"
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Лента Пример", "items": [entry]}
    return json.dumps(feed).encode()


def channel() -> bytes:
    """What Telegram exports of a channel; the text is in pieces where a part of it is bold or a link."""
    post = {
        "id": 2,
        "type": "message",
        "date": "2026-03-12T10:00:00",
        "text": [TEXT, {"type": "bold", "text": f"\n{MORE}"}],
    }
    begun = {"id": 1, "type": "service", "action": "create_channel", "text": ""}
    posts = [post, begun, {**post, "id": 3, "text": f"Анонс. {MORE}"}]
    return json.dumps({"name": "Канал Пример", "type": "public_channel", "id": 7, "messages": posts}).encode()


def samples() -> dict[str, bytes]:
    """File names with their bytes: a sound file of every format."""
    lines = json.dumps(record(), ensure_ascii=False).encode() + b"\n"
    return {
        "text.txt": BODY.encode(),
        "text.md": BODY.encode("utf-16"),
        "lines.jsonl": lines,
        "lines.jsonl.gz": gzip.compress(lines, mtime=0),
        "lines.jsonl.bz2": bz2.compress(lines),
        "list.json": json.dumps([record()]).encode(),
        "feed.json": json_feed(),
        "channel.json": channel(),
        "page.html": page(),
        "page.mhtml": saved_page(),
        "page.webarchive": safari_page(),
        "rss.xml": rss(),
        "atom.atom": atom(),
        "table.csv": csv(),
        "table.tsv": f"text\tdate\n{TEXT} {MORE}\t2026-03-12\n".encode(),
        "table.xlsx": xlsx(),
        "table.parquet": parquet_table(),
        "paper.pdf": pdf(),
        "word.docx": docx(),
        "open.odt": odt(),
        "old.rtf": rtf(),
        "letter.eml": letter(),
        "letters.mbox": b"From a Thu Mar 12\n" + letter() + b"\nFrom b Thu Mar 12\n" + letter("plain"),
        "crawl.warc": warc(),
        "crawl.warc.gz": gzip.compress(warc(), mtime=0)
        + gzip.compress(warc(b"\x89PNG", headers="Content-Type: image/png\r\n"), mtime=0),
        "crawl.wacz": wacz(),
        "pack.zip": zipped({"a/page.html": page(), "b.txt": MORE.encode()}),
        "pack.tar": tar({"a/page.html": page()}),
        "pack.tar.gz": gzip.compress(tar({"b.txt": BODY.encode()}), mtime=0),
    }
