"""Letters: newsletters (.eml), mailboxes (.mbox), and saved pages with their parts (.mhtml), which are built alike."""

from __future__ import annotations

import io
from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr

from diplograph.read.dates import written_day
from diplograph.read.encodings import decode
from diplograph.read.items import Document, Item, Record, Refusal
from diplograph.read.limits import Limits, NotReadError, limit_reached
from diplograph.read.markup import markup_text
from diplograph.read.unpacking import Budget

#: A line as long as this was broken by the program that sent it, and goes on in the next.
_BROKEN_AT = 60


def read_letter(document: Document, limits: Limits) -> Iterator[Item]:
    """One record: the text as the reader of the letter sees it, subject, day, sender; then the attached documents.

    Raises:
        NotReadError: it has no header of a letter.
    """
    message = _message(document, limits)
    text, remark = _text(message)
    fields = {
        "text": text,
        "title": _header(message, "Subject"),
        "published": written_day(_header(message, "Date")),
        "publisher": _sender(message),
    }
    yield Record(document.source, fields, (remark,) if remark else ())
    for part in message.walk():
        name = part.get_filename()
        if name and not part.is_multipart() and part.get_content_maintype() not in ("image", "audio", "video"):
            name = _decoded(name)
            yield Document(f"{document.source}/{name}", name, io.BytesIO(_payload(part)))


def read_saved_page(document: Document, limits: Limits) -> Iterator[Item]:
    """The page inside an MHTML file, as a document to be read as a web page; its pictures and styles are left.

    Raises:
        NotReadError: there is no page in it.
    """
    message = _message(document, limits)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if page is None:
        raise NotReadError("no web page in it")
    address = page.get("Content-Location") or message.get("Snapshot-Content-Location") or ""
    hints = {"charset": page.get_content_charset() or "", "url": str(address).strip()}
    if not hints["url"].startswith(("http://", "https://")):
        del hints["url"]
    yield Document(document.source, "page.html", io.BytesIO(_payload(page)), hints)


def read_mailbox(document: Document, budget: Budget) -> Iterator[Item]:
    """Every letter of a mailbox, one document each.

    Raises:
        NotReadError: it does not begin as a mailbox does.
    """
    limits = budget.limits
    letter: list[bytes] = []
    size, number, too_long = 0, 0, False
    blank = True
    for line in _lines(document, limits):
        if blank and line.startswith(b"From "):
            if letter:
                yield _letter(document, number, letter, too_long, limits)
            budget.enter()
            number, letter, size, too_long = number + 1, [], 0, False
            continue
        blank = not line.strip()
        size += len(line)
        too_long = too_long or size > limits.document_bytes
        if not too_long:
            letter.append(line[1:] if line.startswith(b">From ") else line)
    if number == 0:
        raise NotReadError("no mailbox: it does not begin with a line From …")
    if letter:
        yield _letter(document, number, letter, too_long, limits)


def _lines(document: Document, limits: Limits) -> Iterator[bytes]:
    while line := document.stream.readline(limits.document_bytes):
        yield line


def _letter(document: Document, number: int, lines: list[bytes], too_long: bool, limits: Limits) -> Item:
    source = f"{document.source}#{number}"
    if too_long:
        return Refusal(source, "failed", str(limit_reached(limits, "document_bytes", "longer than {} bytes")))
    return Document(source, "letter.eml", io.BytesIO(b"".join(lines)))


def _message(document: Document, limits: Limits) -> Message:
    message = BytesParser(policy=policy.compat32).parsebytes(document.read(limits))
    if not (
        message.keys() and {"from", "date", "subject", "mime-version", "content-type"} & set(map(str.lower, message))
    ):
        raise NotReadError("no letter: it begins with no header such as From or Subject")
    return message


def _text(message: Message) -> tuple[str, str | None]:
    """The text of the letter: of the HTML part, whose paragraphs are whole, else of the plain one."""
    kinds: dict[str, Message] = {}
    for part in message.walk():
        if not part.is_multipart() and not part.get_filename():
            kinds.setdefault(part.get_content_type(), part)
    for kind in ("text/html", "text/plain"):
        if kind in kinds:
            found = decode(_payload(kinds[kind]), declared=kinds[kind].get_content_charset())
            text = markup_text(found.text) if kind == "text/html" else _whole_lines(found.text)
            if text.strip():
                return text, found.remark
    return "", None


def _payload(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _whole_lines(text: str) -> str:
    """Lines that a mail program broke at 70 to 80 columns put together again; shorter ones stay."""
    lines: list[str] = []
    goes_on = False
    for line in text.splitlines():
        stripped = line.strip()
        if goes_on and stripped:
            lines[-1] += " " + stripped
        else:
            lines.append(stripped)
        goes_on = len(line) >= _BROKEN_AT and bool(stripped)
    return "\n".join(lines)


def _header(message: Message, name: str) -> str | None:
    value = message.get(name)
    return _decoded(str(value)) if value is not None else None


def _decoded(value: str) -> str:
    """A header with its encoded words decoded; as it stands where they are broken."""
    try:
        return str(make_header(decode_header(value)))
    except (ValueError, LookupError, MessageError):
        return value


def _sender(message: Message) -> str | None:
    name, address = parseaddr(_header(message, "From") or "")
    return name or address or None
