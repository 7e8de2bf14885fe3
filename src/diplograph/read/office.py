"""Word, OpenDocument and Excel files: XML inside a ZIP, read as such, so that no part is unpacked beyond the limits."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from diplograph.read.items import Document, Item, Record, Refusal
from diplograph.read.limits import Limits, NotReadError, limit_reached
from diplograph.read.markup import local_name, parse_xml, words_of
from diplograph.read.table import records_of
from diplograph.read.unpacking import DAMAGE

_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "line-break": "\n"}
#: What a paragraph holds and no reader sees: deleted text, instructions of fields, notes beside the text.
_NOT_TEXT = frozenset(["del", "instrText", "delText", "annotation", "tracked-changes", "note", "AlternateContent"])


def read_docx(document: Document, limits: Limits) -> Iterator[Item]:
    """One record: the paragraphs and tables of a Word document, and its title.

    Raises:
        NotReadError: damaged, locked with a password, or larger than the limits.
    """
    package = _package(document, limits)
    body = _part(package, "word/document.xml", limits)
    yield _record(document, _paragraphs(body, frozenset(["p"])), _title(package, "docProps/core.xml", limits))


def read_odt(document: Document, limits: Limits) -> Iterator[Item]:
    """One record: the paragraphs and headings of an OpenDocument text, and its title.

    Raises:
        NotReadError: damaged, locked with a password, or larger than the limits.
    """
    package = _package(document, limits)
    content = _part(package, "content.xml", limits)
    yield _record(document, _paragraphs(content, frozenset(["p", "h"])), _title(package, "meta.xml", limits))


def read_xlsx(document: Document, limits: Limits) -> Iterator[Item]:
    """A record a row of the first sheet; the first row names the columns (see `records_of`).

    Raises:
        NotReadError: damaged, or no column holds the text.
    """
    package = _package(document, limits)
    shared: list[str] = []
    if "xl/sharedStrings.xml" in package.namelist():
        strings = _part(package, "xl/sharedStrings.xml", limits)
        shared = ["".join(_runs(item)) for item in strings if local_name(item) == "si"]
    sheets = sorted(name for name in package.namelist() if name.startswith("xl/worksheets/sheet"))
    if not sheets:
        raise NotReadError("an Excel file without a sheet")
    sheet = _part(package, "xl/worksheets/sheet1.xml" if "xl/worksheets/sheet1.xml" in sheets else sheets[0], limits)
    rows = (_cells(row, shared) for row in sheet.iter() if local_name(row) == "row")
    yield from records_of(document.source, rows, limits)


def _package(document: Document, limits: Limits) -> zipfile.ZipFile:
    data = document.read(limits)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotReadError("locked with a password, or of the time before .docx: save it anew without a password")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OverflowError) as error:
        raise NotReadError(f"damaged: {error}") from error


def _part(package: zipfile.ZipFile, name: str, limits: Limits) -> etree._Element:
    try:
        with package.open(name) as member:
            data = member.read(limits.document_bytes + 1)
    except KeyError as error:
        raise NotReadError(f"damaged: no {name} in it") from error
    except (*DAMAGE, ValueError) as error:
        raise NotReadError(f"damaged: {name}: {error}") from error
    if len(data) > limits.document_bytes:
        raise limit_reached(limits, "document_bytes", f"{name} unpacks to more than {{}} bytes")
    return parse_xml(data)[0]


def _title(package: zipfile.ZipFile, name: str, limits: Limits) -> str | None:
    if name not in package.namelist():
        return None
    try:
        properties = _part(package, name, limits)
    except NotReadError:
        return None  # the text is worth more than its title
    return next((words_of(element) for element in properties.iter() if local_name(element) == "title"), None)


def _record(document: Document, text: str, title: str | None) -> Record | Refusal:
    if not text:
        return Refusal(document.source, "empty", "no text in it")
    return Record(document.source, {"text": text, "title": title or None, "url": document.hints.get("url")})


def _paragraphs(root: etree._Element, names: frozenset[str]) -> str:
    lines: list[str] = []
    pieces: list[str] = []
    skipped = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = local_name(element)
        skipped += (name in _NOT_TEXT) * (1 if event == "start" else -1)
        if skipped:
            continue
        if name in names:
            lines.append("".join(pieces).strip())
            pieces = []
        if event == "start":
            if name in _BREAKS:
                pieces.append(_BREAKS[name])
            elif name == "s":  # several blanks in OpenDocument
                pieces.append(" ")
            if element.text and (name == "t" or names > {"p"}):
                pieces.append(str(element.text))
        elif element.tail and names > {"p"} and name not in names:
            pieces.append(str(element.tail))
    return "\n".join(line for line in [*lines, "".join(pieces).strip()] if line)


def _cells(row: etree._Element, shared: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if local_name(cell) != "c":
            continue
        column = _column(cell.get("r", ""))
        if column is not None and len(cells) < column:
            cells += [""] * (column - len(cells))
        cells.append(_value(cell, shared))
    return cells


def _value(cell: etree._Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(_runs(cell))
    value = next((str(element.text or "") for element in cell if local_name(element) == "v"), "")
    if cell.get("t") != "s":
        return value
    return shared[int(value)] if value.isdecimal() and len(value) < 10 and int(value) < len(shared) else ""


def _runs(element: etree._Element) -> Iterator[str]:
    """The text of a cell without the readings that East Asian cells carry beside it."""
    for found in element.iter():
        if local_name(found) == "t" and local_name(found.getparent()) != "rPh":
            yield str(found.text or "")


def _column(reference: str) -> int | None:
    """0 of "A7", 27 of "AB7"; None where there is no such column."""
    letters = reference.rstrip("0123456789")
    if not (letters.isascii() and letters.isalpha() and letters.isupper() and len(letters) <= 3):
        return None
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
