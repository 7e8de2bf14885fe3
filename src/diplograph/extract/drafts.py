"""An encounter while its article is being read, and a sentence that gave none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from diplograph.extract.clauses import Clause
from diplograph.extract.entities import Entity
from diplograph.extract.organizations import OrganizationSpan
from diplograph.model import EncounterType, PartialDate, Status


@dataclass
class Draft:
    """What is known so far; `participants` are indices into the cast, `sentence` is the one that reported it."""

    type: EncounterType
    status: Status
    rule: str
    sentence: int
    clause: Clause
    participants: list[int] = field(default_factory=list)
    organizations: list[OrganizationSpan] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    date: PartialDate | None = None
    end_date: PartialDate | None = None
    place: Entity | None = None
    place_sentence: int | None = None  # the one that names the place, where it is not `sentence`
    country: str | None = None
    sentences: list[int] = field(default_factory=list)  # later ones that belong to it
    inferred: int = 0  # participants taken from the context
    host: int | None = None  # who received the other

    @property
    def sides(self) -> int:
        """Named persons and bodies that took part."""
        return len(self.participants) + len(self.organizations)

    @property
    def last_sentence(self) -> int:
        """The last sentence that spoke of it."""
        return max([self.sentence, *self.sentences])

    def add_participants(self, people: Iterable[int]) -> None:
        """Add those who are not yet in it, in the given order."""
        self.participants += [person for person in dict.fromkeys(people) if person not in self.participants]

    def add_state(self, state: str | None) -> None:
        """Add a state that takes part, once."""
        if state and state not in self.states:
            self.states.append(state)

    def fill_gaps(self, other: Draft) -> None:
        """Take time and place from another telling of the same encounter where this one has none."""
        self.date, self.end_date = self.date or other.date, self.end_date or other.end_date
        if self.place is None and other.place is not None and self.country in (None, other.country):
            self.take_place(other)
        self.country = self.country or other.country

    def take_place(self, other: Draft) -> None:
        """Take the place and country of another encounter."""
        self.place, self.country = other.place, other.country
        self.place_sentence = other.sentence if other.place_sentence is None else other.place_sentence


@dataclass(frozen=True, slots=True)
class Left:
    """A sentence with a word of encounter that opened nothing, and why."""

    sentence: int
    rule: str
    reason: str
