"""An organisation in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from diplograph.model import OrganizationKind, Ref


@dataclass(frozen=True, slots=True)
class OrganizationSpan:
    """An organisation in a sentence: the words ``first … end-1``; `head` is the index of its head noun."""

    first: int
    end: int
    head: int
    ref: Ref
    name: str
    kind: OrganizationKind
    aliases: tuple[str, ...] = ()
    state: str | None = None
    states: tuple[str, ...] = ()  # of a joint body: «казахско-египетская комиссия»
