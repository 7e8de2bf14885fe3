"""Pages that Safari saves (.webarchive): a binary property list with the page and its parts."""

from __future__ import annotations

import io
import plistlib
from collections.abc import Iterator

from diplograph.read.items import Document, Item
from diplograph.read.limits import Limits, NotReadError


def read_safari_page(document: Document, limits: Limits) -> Iterator[Item]:
    """The page in the file, as a document to be read as a web page; its pictures and styles are left.

    Raises:
        NotReadError: damaged, or there is no page in it.
    """
    try:
        main = plistlib.loads(document.read(limits), fmt=plistlib.FMT_BINARY)["WebMainResource"]
        data, media_type = main["WebResourceData"], main.get("WebResourceMIMEType", "text/html")
        hints = {"charset": main.get("WebResourceTextEncodingName", ""), "url": main.get("WebResourceURL", "")}
    except (plistlib.InvalidFileException, LookupError, TypeError, AttributeError) as error:
        raise NotReadError("no page that Safari saved, or a damaged one") from error
    if media_type not in ("text/html", "application/xhtml+xml") or not isinstance(data, bytes):
        raise NotReadError(f"no web page in it, but {str(media_type)[:60]}")
    known = {name: hint for name, hint in hints.items() if isinstance(hint, str) and hint}
    if not known.get("url", "").startswith(("http://", "https://")):
        known.pop("url", None)
    yield Document(document.source, "page.html", io.BytesIO(data), known)
