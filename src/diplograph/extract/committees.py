"""A committee and the parliament it is of: «Комитет Сейма Латвии по иностранным делам»."""

from __future__ import annotations

from dataclasses import replace

from diplograph.extract.entities import parliament_states
from diplograph.extract.forms import fold
from diplograph.extract.organization_names import nominative
from diplograph.extract.organization_words import head_kind
from diplograph.extract.organizations import OrganizationSpan
from diplograph.extract.surroundings import Around
from diplograph.model import Ref

_COMMITTEES = frozenset(["комитет", "подкомитет", "комиссия", "подкомиссия"])


def is_committee(body: OrganizationSpan, around: Around) -> bool:
    """Whether the head noun is that of a committee, with no adjective of a state before it."""
    known = head_kind(around.words[body.head].low)
    return known is not None and known[0] in _COMMITTEES


def parliament_inside(body: OrganizationSpan, around: Around) -> OrganizationSpan | None:
    """The parliament named inside the name of a committee; None where the body is no committee or names none."""
    if not is_committee(body, around):
        return None
    words = around.words
    for index in range(body.head + 1, body.end):
        entity = around.entity_at.get(index)
        own_name = entity is not None and entity.ref.key in parliament_states()
        known = head_kind(words[index].low)
        if not own_name and (known is None or known[1] != "parliament"):
            continue
        first = index
        while (
            first > body.head + 1 and words[first - 1].tag.pos == "ADJ" and words[first - 1].case == words[index].case
        ):
            first -= 1
        end = next((i for i in range(index + 1, body.end) if words[i].low == "по"), body.end)
        name = nominative(words, first, index, end)
        if entity is not None and own_name:
            name = " ".join([entity.name, *(w.text for w in words[entity.end : end])])
            index = entity.end - 1
        state = body.state or (parliament_states()[entity.ref.key] if entity is not None and own_name else None)
        return replace(
            body,
            first=first,
            end=end,
            head=index,
            ref=Ref("organization", fold(name)),
            name=name,
            kind="parliament",
            state=state,
            aliases=(),
        )
    return None
