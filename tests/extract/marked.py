"""The notation of the tables of sentences: what a careful analyst reads in a text, in one line.

A row is a text and, under it, what is to be found in it; a row without such lines says that nothing is.
A line that starts with ``#`` says what the rows under it are about.

    # встретиться с кем
    Посол Казахстана в Латвии Ерлан Досжанов 3 марта встретился в Риге с министром Марисом Калнозолсом.
    = meeting 2025-03-03 @Рига/LV: Ерлан Досжанов + Марис Калнозолс

An encounter   = [planned] TYPE [DATE] [@[CITY]/COUNTRY]: PERSON + PERSON + [BODY] (STATES)
    The date is ``2025-03``, ``2025-03-03``, ``2025-03-03..05-01`` for a stretch, ``~2025-03-03`` where only the
    dateline gives it. What is not written must not be found, save bodies and states: they are compared where the row
    writes them (bodies that it writes must be among those found).
A tenure       = PERSON | POST | STATE [BODY] -> ACCREDITED TO
    After the post: the state, or else the body, that the person acts for; in [] the body the post is in.
A mention      [Министерством транспорта Латвии|ministry|Министерство транспорта Латвии]
    stands in the text itself: the words, then what they are, field by field.

``¶`` in a text stands for the end of a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest

from diplograph.extract import extract
from diplograph.model import Article, Claims, EncounterClaim, OfficialClaim, PartialDate, Ref, Span

#: The day every text of the tables is published on, a Thursday.
PUBLISHED = PartialDate(2025, 3, 20)


@dataclass(frozen=True, slots=True)
class Row:
    """A text and the lines of what is to be found in it; `about` is the comment it stands under."""

    text: str
    expected: tuple[str, ...]
    about: str

    def __str__(self) -> str:
        return f"{self.about}: {self.text}"


def cases(table: str, known_misses: str = "") -> list[Any]:
    """The rows of a table for `parametrize`; those whose text is a line of `known_misses` are expected to fail."""
    misses = known_misses.split("\n")
    mark = pytest.mark.xfail(reason="read wrongly so far", strict=True)
    return [pytest.param(row, marks=mark if row.text in misses else ()) for row in read_rows(table)]


def read_rows(table: str) -> list[Row]:
    """The rows of a table in its order.

    Raises:
        ValueError: an expectation stands before any text, or a text stands twice.
    """
    rows: list[Row] = []
    about = ""
    for line in filter(None, map(str.strip, table.splitlines())):
        if line.startswith("#"):
            about = line.removeprefix("#").strip()
        elif line.startswith("="):
            if not rows:
                raise ValueError(f"nothing to find this in: {line}")
            rows[-1] = replace(rows[-1], expected=(*rows[-1].expected, line.removeprefix("=").strip()))
        else:
            if any(row.text == line for row in rows):
                raise ValueError(f"twice in one table: {line}")
            rows.append(Row(line, (), about))
    return rows


# --- marks in the text -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked piece of a text, and the fields after its bars."""

    span: Span
    fields: tuple[str, ...]


def unmarked(text: str) -> tuple[str, tuple[Mark, ...]]:
    """The text without its marks, and the marks with offsets into it."""
    plain, marks, end = "", [], 0
    for found in re.finditer(r"\[([^\[\]|]+)\|([^\[\]]+)\]", text):
        plain += text[end : found.start()]
        marks.append(Mark(Span(len(plain), len(plain) + len(found[1])), tuple(found[2].split("|"))))
        plain += found[1]
        end = found.end()
    return plain + text[end:], tuple(marks)


@cache
def claims_of(text: str) -> Claims:
    """What the extractor says of a text of a table."""
    return extract(Article("a", re.sub(r"\s*¶\s*", "\n", text), published=PUBLISHED))


# --- encounters ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Encounter:
    """One line of the notation; `bodies` and `states` are None where the line does not speak of them."""

    head: str  # "planned meeting 2025-03-03"
    place: str  # "Рига/LV", "/LV" or ""
    people: frozenset[str]
    bodies: frozenset[str] | None = None
    states: frozenset[str] | None = None

    def __str__(self) -> str:
        sides = [*sorted(self.people), *(f"[{body}]" for body in sorted(self.bodies or ()))]
        states = f" ({' '.join(sorted(self.states))})" if self.states is not None else ""
        return f"{self.head}{f' @{self.place}' if self.place else ''}: {' + '.join(sides)}{states}"

    def tells(self, found: Encounter) -> bool:
        """Whether `found` is what this line of a table says."""
        return (
            (self.head, self.place, self.people) == (found.head, found.place, found.people)
            and (self.bodies or frozenset()) <= (found.bodies or frozenset())
            and self.states in (None, found.states)
        )


_ENCOUNTER = re.compile(
    r"(?P<head>(?:planned )?[a-z]+(?: ~?\d[\d.-]+)?)(?: @(?P<place>[^:]+))?:(?P<sides>[^()]*)(?:\((?P<states>[A-Z ]+)\))?"
)


def encounter(line: str) -> Encounter:
    """The encounter that a line of a table writes.

    Raises:
        ValueError: the line is not in the notation.
    """
    found = _ENCOUNTER.fullmatch(line)
    if found is None:
        raise ValueError(f"no encounter in the notation: {line}")
    sides = [side.strip() for side in found["sides"].split(" + ") if side.strip()]
    bodies = frozenset(side[1:-1] for side in sides if side.startswith("["))
    return Encounter(
        found["head"],
        found["place"] or "",
        frozenset(side for side in sides if not side.startswith("[")),
        bodies or None,
        frozenset(found["states"].split()) if found["states"] else None,
    )


def encounters(text: str) -> list[Encounter]:
    """The encounters that the extractor finds, in the notation, in the order of the text."""
    claims = claims_of(text)
    return [_in_notation(claim, claims) for claim in claims.encounters]


def _in_notation(claim: EncounterClaim, claims: Claims) -> Encounter:
    date = f"{claim.date}" if claim.date else ""
    if claim.end_date:
        date += f"..{str(claim.end_date).removeprefix(date[:4] + '-')}"
    parts = ["planned" if claim.status == "planned" else "", claim.type]
    parts.append(("~" if claim.date_basis == "dateline" else "") + date)
    cities = {place.ref: place.name for place in claims.places}
    city = cities[claim.place] if claim.place else ""
    return Encounter(
        " ".join(filter(None, parts)),
        f"{city}/{claim.country or ''}" if city or claim.country else "",
        frozenset(name_of(ref, claims) for ref in claim.participants),
        frozenset(name_of(ref, claims) for ref in claim.organizations),
        frozenset(claim.states),
    )


def told(expected: tuple[str, ...], found: list[Encounter]) -> bool:
    """Whether the lines of a row and what was found are the same encounters, in the order of the text."""
    lines = [encounter(line) for line in expected]
    return len(lines) == len(found) and all(line.tells(other) for line, other in zip(lines, found, strict=True))


# --- tenures ---------------------------------------------------------------------------------------------


def tenures(text: str) -> list[str]:
    """The posts that the extractor finds, a line each, sorted; a person without a post is ``PERSON | -``."""
    claims = claims_of(text)
    return sorted(line for official in claims.officials for line in _tenure_lines(official, claims))


def _tenure_lines(official: OfficialClaim, claims: Claims) -> list[str]:
    lines = []
    for tenure in official.tenures:
        whom = name_of(tenure.acts_for, claims)
        if tenure.within and tenure.within != tenure.acts_for:
            whom += f" [{name_of(tenure.within, claims)}]"
        if tenure.acts_for and tenure.acts_for.kind == "organization":
            whom = f"[{whom}]"
        accredited = f" -> {name_of(tenure.accredited_to, claims)}" if tenure.accredited_to else ""
        lines.append(f"{official.name} | {tenure.title} | {whom}".rstrip(" |") + accredited)
    return lines or [f"{official.name} | -"]


def name_of(ref: Ref | None, claims: Claims) -> str:
    """An ISO code, or the name under which the claims know a person, body or place; its key where they do not."""
    if ref is None:
        return ""
    known = {claim.ref: claim.name for claim in (*claims.officials, *claims.organizations, *claims.places)}
    return known.get(ref, ref.key)


def assert_told(row: Row) -> None:
    """Fail, and say what was found, where a row does not tell the encounters of its text."""
    found = encounters(row.text)
    assert told(row.expected, found), "\n".join(["", row.text, *(f"found = {one}" for one in found)])
