"""From the Refs of one article to the ids of `Findings`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from diplograph.model import DiplographError, Ref, RefKind


class UnknownReferenceError(DiplographError):
    """A claim points at something that its article does not claim."""


@dataclass(frozen=True, slots=True)
class EntityIds:
    """Ids by kind of entity, then by (article, key of the Ref); states have none, their key is their code."""

    of: Mapping[RefKind, Mapping[tuple[str, str], str]] = field(default_factory=dict)

    def find(self, article: str, ref: Ref | None) -> Ref | None:
        """`ref` with the id of `Findings` for its key; None stays None.

        Raises:
            UnknownReferenceError: the article has no such entity.
        """
        if ref is None or ref.kind == "state":
            return ref
        try:
            return _ref(ref.kind, self.of[ref.kind][article, ref.key])
        except KeyError:
            raise UnknownReferenceError(f"{article}: no claim names the {ref.kind} {ref.key!r}") from None

    def all(self, article: str, refs: Iterable[Ref]) -> list[Ref]:
        """`find` for several."""
        return [found for found in (self.find(article, ref) for ref in refs) if found is not None]


@lru_cache(maxsize=100_000)
def _ref(kind: RefKind, key: str) -> Ref:
    """One object for all that point at one thing: there are many more of them than things."""
    return Ref(kind, key)
