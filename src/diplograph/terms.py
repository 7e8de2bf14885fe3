"""RDF terms: every IRI and literal of the graph is made here.

Text from outside goes into literals only, and what RDF cannot carry (control characters, halves of surrogate pairs) is
replaced one for one by U+FFFD, so that lengths still agree with offsets.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from rdflib import XSD, Literal, Namespace, URIRef

from diplograph.model import DiplographError, PartialDate, Ref

#: Classes and properties of the ontology.
DG = Namespace("https://w3id.org/diplograph/ontology#")
#: Things: ``state/KZ``, ``official/…``, ``meeting/…``.
DGID = Namespace("https://w3id.org/diplograph/id/")
#: Wikidata's items, what states and known organisations are the same as.
WD = Namespace("http://www.wikidata.org/entity/")

#: What RDF or one of its parsers cannot carry: controls but tab and newline, surrogates, noncharacters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
#: What needs no escape (RFC 3986): `quote` would take the long way to the same text.
_UNRESERVED = re.compile(r"[A-Za-z0-9_.~-]*")
_WEB_ADDRESS = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_LANGUAGE_TAG = re.compile(
    r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?"
)  # of BCP 47: language, script, region
_DATE_TYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


@lru_cache(maxsize=100_000)
def escaped(text: str) -> str:
    """A part of an IRI's path; our own ids need no escape, what comes from outside gets it."""
    return text if _UNRESERVED.fullmatch(text) else quote(text, safe="", errors="replace")


def entity_iri(kind: str, id: str) -> URIRef:
    """``dgid:<kind>/<id>``."""
    return DGID[f"{kind}/{escaped(id)}"]


def plain_text(text: str) -> str:
    """`text` without what RDF cannot carry."""
    # Nothing of it is printable, and that is quicker to see.
    return text if text.isprintable() else _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def language_tag(language: str) -> str:
    """The language as a literal may have it; "und" where it is no tag."""
    return language if _LANGUAGE_TAG.fullmatch(language) else "und"


def date_literal(date: PartialDate) -> Literal:
    """A day, a month or a year, typed as what it is."""
    text = str(date)
    return Literal(text, datatype=_DATE_TYPES[len(text)])


def web_address(url: str) -> URIRef | None:
    """`url` as an IRI; None for what is not an http(s) address by the grammar of IRIs.

    Raises:
        DiplographError: pyoxigraph, which knows that grammar, is not installed.
    """
    if not _WEB_ADDRESS.match(url):
        return None
    try:
        from pyoxigraph import NamedNode  # noqa: PLC0415  a graph can be read without it
    except ImportError as error:
        raise DiplographError(
            "pyoxigraph is not installed; to make a graph it must be: pip install pyoxigraph"
        ) from error
    try:
        return URIRef(NamedNode(url).value)
    except ValueError:
        return None


def iri(ref: Ref) -> URIRef:
    """The IRI of an entity of `Findings`: ``dgid:state/KZ``, ``dgid:official/…``."""
    return entity_iri(ref.kind, ref.key)
