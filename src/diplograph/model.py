"""The records that flow through diplograph.

    Article → Claims → Findings
    one text   what it says   what we assert

A *claim* is what one article says, with the sentence it stands on and the rule that read it.
An entity or a meeting in `Findings` is what we assert, with the receipts of every claim under it.
All records are frozen; every sequence in them is a tuple whose order is part of the value.

Offsets count Unicode code points of `Article.text`, the end is exclusive, as in ``text[start:end]``.
Languages are BCP 47 codes: "ru", "en", "kk". States are ISO 3166-1 alpha-2 codes: "KZ".
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from typing import Literal

#: What an encounter is; the names follow the classes of the ontology (see `rdf.ENCOUNTER_CLASSES`).
EncounterType = Literal[
    "meeting", "call", "consultations", "session", "visit", "conference", "signing", "credentials", "other"
]
Status = Literal["held", "planned"]
#: Where a date comes from: the sentences of the encounter, or only the dateline of the article.
DateBasis = Literal["stated", "dateline"]
OrganizationKind = Literal[
    "international", "ministry", "parliament", "agency", "company", "university", "ngo", "media", "other"
]
MentionKind = Literal["person", "organization", "state", "place", "post", "date"]
RefKind = Literal["official", "organization", "place", "state"]


class DiplographError(Exception):
    """Base of every error that diplograph raises on purpose; its text is one line for the user."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of a text: ``text[start:end]``, in code points, end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of the span in `text`."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies inside this span (or is equal to it)."""
        return self.start <= other.start and other.end <= self.end


_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as the text gives it: a year, a month of a year, or a day.

    >>> str(PartialDate(2026, 3)), PartialDate(2026, 3).contains(PartialDate(2026, 3, 12))
    ('2026-03', True)
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999:
            raise ValueError(f"no such year: {self.year!r}")
        if self.month is None:
            if self.day is not None:
                raise ValueError("a day without a month")
        elif not 1 <= self.month <= 12:
            raise ValueError(f"no such month: {self.month!r}")
        elif self.day is not None and not 1 <= self.day <= calendar.monthrange(self.year, self.month)[1]:
            raise ValueError(f"no such day: {self.year}-{self.month:02}-{self.day!r}")

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

        Raises:
            ValueError: the text has another form, or names no day of the calendar.
        """
        found = _ISO_DATE.fullmatch(text)
        if not found:
            raise ValueError(f"not a date of the form YYYY, YYYY-MM or YYYY-MM-DD: {text!r}")
        return cls(*(int(part) if part else None for part in found.groups()))  # type: ignore[arg-type]

    def __str__(self) -> str:
        if self.month is None:
            return f"{self.year:04}"
        if self.day is None:
            return f"{self.year:04}-{self.month:02}"
        return f"{self.year:04}-{self.month:02}-{self.day:02}"

    def __lt__(self, other: PartialDate) -> bool:
        return (self.year, self.month or 0, self.day or 0) < (other.year, other.month or 0, other.day or 0)

    def contains(self, other: PartialDate) -> bool:
        """Whether `other` is the same date or a more precise one inside this one."""
        return (str(other) + "-").startswith(str(self) + "-")


@dataclass(frozen=True, slots=True)
class Dateline:
    """«Астана. 12 марта. АГЕНТСТВО - »: where a dispatch was filed, when, by whom.

    The city is where the agency sits, never the place of a meeting.
    """

    span: Span
    city: str | None = None
    date: PartialDate | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One source text, normalised: NFC, no soft hyphens, NBSP as space, ``\\n`` between paragraphs.

    `id` is unique in a run and safe in an IRI: ``[0-9A-Za-z._-]+``. `source` is where it was read:
    a path, or ``path#3`` for the third line of a JSON Lines file, or ``-``. `remarks` tell what was doubtful in reading
    it, such as a guessed encoding. `also` are other addresses of the same text, sorted.
    """

    id: str
    text: str
    language: str = "ru"
    title: str | None = None
    url: str | None = None
    published: PartialDate | None = None
    publisher: str | None = None
    source: str = "-"
    remarks: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        from diplograph.notebook import article_html  # noqa: PLC0415

        return article_html(self)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Why we say it: the article, the offsets, the words found there, the rule that read them.

    ``article_text[span.start:span.end] == quote`` holds for every receipt.
    """

    article: str
    span: Span
    quote: str
    rule: str


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """Points at an entity.

    `key` is the ISO code of a state; for organisations and places the gazetteer's id
    where it knows the thing ("un", "riga"), else the nominative name; for officials, the name inside one
    article's claims and the IRI's local part in `Findings`.
    """

    kind: RefKind
    key: str


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A label with its language."""

    text: str
    language: str


# --- what one article says -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mention:
    """A piece of the text that names something, before anybody decides what it means.

    `text` is the words as written, `name` their nominative; `ref` is None while nothing is known.
    """

    span: Span
    kind: MentionKind
    text: str
    name: str
    ref: Ref | None = None


@dataclass(frozen=True, slots=True)
class TenureClaim:
    """One person in one post, as one article says it."""

    title: str  # the post, nominative, without state or organisation: "посол"
    receipt: Receipt
    post: str | None = None  # concept of ontology/posts.ttl: "ambassador"
    acts_for: Ref | None = None  # state or organisation
    within: Ref | None = None  # organisation
    accredited_to: Ref | None = None  # state, place or organisation
    attested_on: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class OfficialClaim:
    """A named person in a post; `name` is the fullest nominative form, given name first."""

    ref: Ref
    name: str
    aliases: tuple[str, ...]
    tenures: tuple[TenureClaim, ...]
    receipts: tuple[Receipt, ...]


@dataclass(frozen=True, slots=True)
class OrganizationClaim:
    """A named organisation; `name` is the fullest nominative form, abbreviations are aliases."""

    ref: Ref
    name: str
    aliases: tuple[str, ...]
    kind: OrganizationKind
    receipts: tuple[Receipt, ...]
    state: str | None = None  # the state it belongs to


@dataclass(frozen=True, slots=True)
class PlaceClaim:
    """A named city, region or venue; `country` where the gazetteer or the text says it."""

    ref: Ref
    name: str
    country: str | None
    receipts: tuple[Receipt, ...]


@dataclass(frozen=True, slots=True)
class EncounterClaim:
    """An encounter as one article reports it.

    `receipts[0]` is the first sentence that reports it; the others are sentences that gave it a date, a
    place, a participant or a topic. `rule` names the rule that read it.
    """

    type: EncounterType
    status: Status
    rule: str
    receipts: tuple[Receipt, ...]
    confidence: float
    participants: tuple[Ref, ...] = ()
    organizations: tuple[Ref, ...] = ()
    states: tuple[str, ...] = ()
    date: PartialDate | None = None
    end_date: PartialDate | None = None
    date_basis: DateBasis | None = None
    place: Ref | None = None
    country: str | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A candidate that was not asserted, and why: what `explain` and the report show."""

    receipt: Receipt
    reason: str


@dataclass(frozen=True, slots=True)
class Claims:
    """All that one article says."""

    article: Article
    mentions: tuple[Mention, ...] = ()
    officials: tuple[OfficialClaim, ...] = ()
    organizations: tuple[OrganizationClaim, ...] = ()
    places: tuple[PlaceClaim, ...] = ()
    encounters: tuple[EncounterClaim, ...] = ()
    unsaid: tuple[Unsaid, ...] = ()

    def _repr_html_(self) -> str:
        from diplograph.notebook import claims_html  # noqa: PLC0415

        return claims_html(self)


# --- what we assert ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tenure:
    """One official in one post, with every receipt; `attested_on` in ascending order."""

    id: str
    holder: Ref
    title: Name
    receipts: tuple[Receipt, ...]
    post: str | None = None
    acts_for: Ref | None = None
    within: Ref | None = None
    accredited_to: Ref | None = None
    attested_on: tuple[PartialDate, ...] = ()


@dataclass(frozen=True, slots=True)
class Official:
    """A person, known under `names` (one label a language) and `other_names`."""

    id: str
    names: tuple[Name, ...]
    other_names: tuple[Name, ...]
    represents: tuple[Ref, ...]  # states or organisations
    tenures: tuple[Tenure, ...]
    receipts: tuple[Receipt, ...]


@dataclass(frozen=True, slots=True)
class Organization:
    """An organisation, known under `names` (one label a language) and `other_names`."""

    id: str
    names: tuple[Name, ...]
    other_names: tuple[Name, ...]
    kind: OrganizationKind
    receipts: tuple[Receipt, ...]
    state: str | None = None
    qid: str | None = None  # Wikidata


@dataclass(frozen=True, slots=True)
class Place:
    """A city, region or venue."""

    id: str
    names: tuple[Name, ...]
    country: str | None = None
    qid: str | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A reported encounter, with the receipts of every article that reports it."""

    id: str
    type: EncounterType
    status: Status
    receipts: tuple[Receipt, ...]
    confidence: float
    participants: tuple[Ref, ...] = ()
    organizations: tuple[Ref, ...] = ()
    states: tuple[str, ...] = ()
    date: PartialDate | None = None
    end_date: PartialDate | None = None
    date_basis: DateBasis | None = None
    place: Ref | None = None
    country: str | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """All that we assert of a set of articles; every tuple is sorted by id.

    States are not listed: they are the ISO codes that anything here refers to.
    """

    articles: tuple[Article, ...] = ()
    officials: tuple[Official, ...] = ()
    organizations: tuple[Organization, ...] = ()
    places: tuple[Place, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    unsaid: tuple[Unsaid, ...] = ()

    def _repr_html_(self) -> str:
        from diplograph.notebook import findings_html  # noqa: PLC0415

        return findings_html(self)
