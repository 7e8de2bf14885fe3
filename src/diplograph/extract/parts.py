"""A sentence with everything that was found in it."""

from __future__ import annotations

from dataclasses import dataclass

from diplograph.extract.document import ParsedSentence
from diplograph.extract.entities import Entity
from diplograph.extract.organizations import OrganizationSpan
from diplograph.extract.posts import PostPhrase


@dataclass(frozen=True, slots=True)
class SentenceParts:
    """A sentence with everything that was found in it."""

    sentence: ParsedSentence
    entities: tuple[Entity, ...]
    organizations: tuple[OrganizationSpan, ...]
    posts: tuple[PostPhrase, ...]
    people: tuple[tuple[int, int], ...]
