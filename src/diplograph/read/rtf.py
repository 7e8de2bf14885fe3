"""RTF, as word processors of the nineties and some ministries still write it."""

from __future__ import annotations

from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from diplograph.read.items import Document, Item, Record, Refusal
from diplograph.read.limits import Limits, NotReadError


def read_rtf(document: Document, limits: Limits) -> Iterator[Item]:
    """One record: the text without its formatting.

    Raises:
        NotReadError: it is no RTF.
    """
    data = document.read(limits)
    if not data.lstrip().startswith(b"{\\rtf"):
        raise NotReadError("not RTF: it does not begin with {\\rtf")
    # RTF is ASCII and names the code page of the rest itself; what breaks that rule is kept byte for byte.
    try:
        text: str = rtf_to_text(data.decode("latin-1"), "cp1251", errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, OverflowError) as error:
        raise NotReadError(f"damaged RTF: {str(error)[:100]}") from error
    if not text.strip():
        yield Refusal(document.source, "empty", "no text in it")
        return
    lines = (" ".join(line.split()) for line in text.splitlines())
    yield Record(document.source, {"text": "\n".join(line for line in lines if line)})
