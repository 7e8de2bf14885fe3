"""A sentence as the reader of a post phrase sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diplograph.extract.document import Word
from diplograph.extract.entities import Entity
from diplograph.extract.organizations import OrganizationSpan


@dataclass(frozen=True, slots=True)
class Around:
    """The words of a sentence, and where names of persons, bodies and states begin."""

    words: tuple[Word, ...]
    people: frozenset[int]
    organization_at: Mapping[int, OrganizationSpan]
    in_organization: frozenset[int]
    entity_at: Mapping[int, Entity]

    @classmethod
    def of(
        cls,
        words: tuple[Word, ...],
        people: frozenset[int],
        organizations: Sequence[OrganizationSpan],
        entities: Sequence[Entity],
    ) -> Around:
        """The look-ups of one sentence; `people` are the words that belong to names of persons."""
        return cls(
            words,
            people,
            {o.first: o for o in organizations},
            frozenset(i for o in organizations for i in range(o.first, o.end)),
            {e.first: e for e in entities},
        )
