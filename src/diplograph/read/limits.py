"""How much of anything is read: the settings, and what is said when one is reached."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from diplograph.model import DiplographError

_UNITS = {"": 1, "k": 10**3, "kb": 10**3, "m": 10**6, "mb": 10**6, "g": 10**9, "gb": 10**9}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one input may cost. Every limit that is reached is named, with its value, in the reason of a refusal.

    The defaults let pass what agencies, archives and libraries publish as one article, and stop what is none.
    """

    seconds: float = 30.0  #: to parse one document, and to extract what one article says
    document_bytes: int = 20_000_000  #: of one page, PDF, letter, … as parsers get it
    table_bytes: int = 200_000_000  #: of one CSV, JSON or Parquet file, which is read whole
    line_bytes: int = 16_000_000  #: of one line of JSON Lines; JSON may spend six bytes on a letter ("\\u0430")
    text_characters: int = 2_000_000  #: of one article
    unpacked_bytes: int = 4_000_000_000  #: of all that comes out of one packed file and the packed files in it
    packing_ratio: int = 200  #: unpacked to packed, asked beyond the first 20 MB: text packs 3 to 50 times
    members: int = 100_000  #: of one archive, rows and records included
    nesting: int = 3  #: how deep documents may lie: 3 reads the attachments of letters in a .tar.gz
    memory_bytes: int = 4_000_000_000  #: of the process that parses documents

    def with_settings(self, settings: dict[str, str]) -> Limits:
        """These limits with others set by name: ``{"seconds": "60", "document_bytes": "50MB"}``.

        Raises:
            DiplographError: a name or a value that is none.
        """
        known = {field.name: field.type for field in fields(self)}
        values = {}
        for name, written in settings.items():
            if name not in known:
                raise DiplographError(f"no limit is called {name!r}; there are {', '.join(known)}")
            values[name] = _number(name, written)
        return replace(self, **values)  # type: ignore[arg-type]


def _number(name: str, written: str) -> float:
    digits = written.strip().lower().rstrip("kmgb")
    try:
        number = float(digits) * _UNITS[written.strip().lower()[len(digits) :]]
    except (KeyError, ValueError) as error:
        raise DiplographError(f"the limit {name} is no number: {written!r}") from error
    if not 0 < number < float("inf"):
        raise DiplographError(f"the limit {name} must be above zero: {written!r}")
    return number if name == "seconds" else int(number)


class NotReadError(ValueError):
    """An input that cannot be read; its text is the reason, one line, without the name of the input."""


def limit_reached(limits: Limits, name: str, what: str) -> NotReadError:
    """``longer than 20,000,000 bytes (the limit document_bytes)``.

    >>> str(limit_reached(Limits(), "members", "more than {} files"))
    'more than 100,000 files (the limit members)'
    """
    return NotReadError(f"{what.format(f'{getattr(limits, name):,}')} (the limit {name})")
