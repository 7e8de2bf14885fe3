"""PDF with a text layer. A scan has none, and is refused as empty: letters are not guessed from pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from statistics import median

import pypdfium2

from diplograph.read.items import Document, Item, Record, Refusal
from diplograph.read.limits import Limits, NotReadError, limit_reached

_SENTENCE_END = re.compile(r"[.!?…:;»”\"]\s*$")
#: A line shorter than this share of the usual length ends its paragraph.
_SHORT = 0.8


def read_pdf(document: Document, limits: Limits) -> Iterator[Item]:
    """One record: the text of all pages, its lines joined to paragraphs, and the title of the document.

    Raises:
        NotReadError: no PDF, damaged, or locked with a password.
    """
    try:
        pdf = pypdfium2.PdfDocument(document.read(limits))
    except pypdfium2.PdfiumError as error:
        why = "locked with a password" if "assword" in str(error) else f"damaged ({str(error)[:80]})"
        raise NotReadError(f"a PDF that cannot be opened: {why}") from error
    with closing(pdf):
        lines: list[str] = []
        characters = 0
        damaged: list[int] = []
        for number in range(len(pdf)):
            try:
                page = _page(pdf, number)
            except pypdfium2.PdfiumError:
                damaged.append(number + 1)
                continue
            lines += page
            characters += sum(map(len, page))
            if characters > limits.text_characters:
                raise limit_reached(limits, "text_characters", "longer than {} characters")
        text = paragraphs(lines)
        if not text and damaged:
            raise NotReadError(f"a PDF whose pages cannot be read: {_listed(damaged)}")
        if not text:
            yield Refusal(document.source, "empty", "no text layer: a scan or a picture")
            return
        title = pdf.get_metadata_dict(skip_empty=True).get("Title")
    remarks = (f"pages that cannot be read: {_listed(damaged)}",) if damaged else ()
    yield Record(document.source, {"text": text, "title": title, "url": document.hints.get("url")}, remarks)


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")


def _page(pdf: pypdfium2.PdfDocument, number: int) -> list[str]:
    with closing(pdf[number]) as page, closing(page.get_textpage()) as textpage:
        return [*textpage.get_text_bounded(errors="replace").splitlines(), ""]


def paragraphs(lines: list[str]) -> str:
    """Lines of a page set in a column → paragraphs, a line each.

    A line goes on in the next unless it is blank, or ends a sentence and is short. A hyphen at the end of a line
    that the page's program marked as soft goes away.

    >>> paragraphs(["Посол встретился с ми\\ufffe", "нистром транспорта в", "Риге.", "Стороны обсудили торговлю."])
    'Посол встретился с министром транспорта в Риге.\\nСтороны обсудили торговлю.'
    """
    usual = median([len(line) for line in lines if line.strip()] or [0])
    done: list[str] = []
    now = ""
    for line in (line.strip() for line in lines):
        if line:
            soft = now.endswith(("\ufffe", "\u00ad", "\x02"))
            now = now[:-1] + line if soft else f"{now} {line}".strip()
        if now and (not line or (_SENTENCE_END.search(line) and len(line) < _SHORT * usual)):
            done.append(now)
            now = ""
    return "\n".join([*done, now] if now else done)
