"""PDF with a text layer. A scan has none, and is refused as empty: letters are not guessed from pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pypdfium2
from pypdfium2 import raw

from diplograph.read.items import Document, Item, Record, Refusal
from diplograph.read.limits import Limits, NotReadError, limit_reached

_SENTENCE_END = re.compile(r"[.!?…:;»”\"]\s*$")
_SOFT_HYPHENS = ("\ufffe", "\u00ad", "\x02")
#: How much more than the usual step between lines, and how much of the size of the letters, begins a paragraph.
_MORE_ROOM, _OTHER_SIZE = 1.4, 0.1
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
        pages: list[list[Line]] = []
        characters = 0
        damaged: list[int] = []
        for number in range(len(pdf)):
            try:
                page = _page(pdf, number)
            except pypdfium2.PdfiumError:
                damaged.append(number + 1)
                continue
            pages.append(page)
            characters += sum(len(line.text) for line in page)
            if characters > limits.text_characters:
                raise limit_reached(limits, "text_characters", "longer than {} characters")
        text = paragraphs(pages)
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


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, where its first letter stands (points from the bottom of the page), and its size."""

    text: str
    bottom: float = 0.0
    size: float = 0.0


def _page(pdf: pypdfium2.PdfDocument, number: int) -> list[Line]:
    with closing(pdf[number]) as page, closing(page.get_textpage()) as textpage:
        lines: list[Line] = []
        letters: list[str] = []
        first: int | None = None
        for at in range(textpage.count_chars()):
            code = raw.FPDFText_GetUnicode(textpage, at)
            if code in (0x0A, 0x0D):
                lines += _line(textpage, letters, first)
                letters, first = [], None
            else:
                letters.append(chr(code) if code < 0x110000 else "\ufffd")
                if first is None and not letters[-1].isspace():
                    first = at
        return [*lines, *_line(textpage, letters, first)]


def _line(textpage: pypdfium2.PdfTextPage, letters: list[str], first: int | None) -> Iterator[Line]:
    if first is not None:
        text = "".join(letters).strip().encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        yield Line(text, textpage.get_charbox(first, loose=True)[1], raw.FPDFText_GetFontSize(textpage, first))


def paragraphs(pages: list[list[Line]]) -> str:
    """Lines set in a column → paragraphs, a line each.

    A line goes on in the next unless it ends a sentence and is short, there is more room below it than usual, or the
    letters change their size. Across pages a sentence goes on if it has no end and the next page begins small. A
    hyphen at the end of a line that the page's program marked as soft goes away.

    >>> paragraphs([[Line("Посол встретился с ми\\ufffe", 40), Line("нистром транспорта в", 20), Line("Риге.", 0)]])
    'Посол встретился с министром транспорта в Риге.'
    """
    lines = [line for page in pages for line in page]
    steps = [_step(above, below) for page in pages for above, below in pairwise(page)]
    usual_length = median([len(line.text) for line in lines] or [0])
    usual_step = median([step for step in steps if step > 0] or [0.0])
    done: list[str] = []
    now = ""
    for page in pages:
        before: Line | None = None
        for line in page:
            if now and (_apart(before, line, usual_step) if before else not _goes_on(now, line.text)):
                done.append(now)
                now = ""
            now = now[:-1] + line.text if now.endswith(_SOFT_HYPHENS) else f"{now} {line.text}".strip()
            before = line
            if _SENTENCE_END.search(line.text) and len(line.text) < _SHORT * usual_length:
                done.append(now)
                now = ""
    return "\n".join([*done, now] if now else done)


def _apart(above: Line, below: Line, usual_step: float) -> bool:
    return _step(above, below) > _MORE_ROOM * usual_step or abs(above.size - below.size) > _OTHER_SIZE * max(
        above.size, below.size
    )


def _step(above: Line, below: Line) -> float:
    """How far down the next line is, in sizes of its letters."""
    return (above.bottom - below.bottom) / (below.size or 1.0)


def _goes_on(before: str, after: str) -> bool:
    return not _SENTENCE_END.search(before) and after[:1].islower()
