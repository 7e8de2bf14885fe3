"""HTML → text with its paragraphs, for pieces that hold nothing but an article: entries of feeds, letters."""

from __future__ import annotations

import re

from lxml import etree, html

from diplograph.read.encodings import decode
from diplograph.read.limits import NotReadError

#: Elements that begin and end a line.
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd div dl dt fieldset figcaption figure footer"  # noqa: SIM905
    " form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol option p pre section table tbody td tfoot th thead"
    " title tr ul".split()
)
_UNSEEN = frozenset(["script", "style", "head", "noscript", "template", "svg", "math", "iframe", "object", "select"])
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[^\S\n]+")
_DOCTYPE = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")


def markup_text(source: str) -> str:
    """The text that a reader of the markup sees, a line a block, blanks as one space; "" where there is none."""
    if "<" not in source and "&" not in source:
        return source.strip()
    tree = parse_page(source)
    if tree is None:
        return ""
    pieces: list[str] = []
    _collect(tree, pieces)
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def parse_page(source: str) -> html.HtmlElement | None:
    """The tree of an HTML text; None where there is no element in it. Nothing outside the text is loaded."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _collect(tree: html.HtmlElement, pieces: list[str]) -> None:
    """The text in document order. A walk by events, since markup may nest deeper than Python can call."""
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        unseen = element.tag in _UNSEEN or bool(_HIDDEN.search(element.get("style", "")[:1000]))
        if event == "start":
            hidden += unseen
            if not hidden:
                pieces.append("\n" if element.tag in _BLOCKS else "")
                pieces.append(_BLANKS.sub(" ", (element.text or "").replace("\n", " ")))
        else:
            if not hidden and element.tag in _BLOCKS:
                pieces.append("\n")
            hidden -= unseen
            if not hidden:
                pieces.append((element.tail or "").replace("\n", " "))


def parse_xml(data: bytes, *, charset: str | None = None) -> tuple[etree._Element, str | None]:
    """The root of an XML document, and a remark on its encoding: no DTD, no entities but the five, nothing loaded.

    Small damage is mended. `charset` is what came with the bytes; the XML declaration goes before it.

    Raises:
        NotReadError: there is a document type declaration, or no element.
    """
    declared = _DECLARED.search(data[:200])
    found = decode(data, declared=declared[1].decode("ascii") if declared else charset)
    # The text is asked, not the bytes: an encoding cannot hide a declaration that the parser would see.
    if _DOCTYPE.search(found.text):
        raise NotReadError("a document type declaration (<!DOCTYPE) in XML is refused: it can blow up or read files")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(found.text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise NotReadError(f"not XML: {str(error)[:100]}") from error
    if root is None:
        raise NotReadError("not XML: no element in it")
    return root, found.remark


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def words_of(element: etree._Element | None) -> str:
    """All text inside an element, its blanks as one space; "" for None."""
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())
