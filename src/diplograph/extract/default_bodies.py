"""The ministry or parliament of a post whose phrase names neither: «заместитель министра», «депутат»."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from diplograph.extract.forms import fold
from diplograph.extract.officials import Post
from diplograph.extract.organizations import OrganizationSpan
from diplograph.extract.parts import SentenceParts
from diplograph.lexicon import words

#: How many sentences back a ministry, a parliament is looked for; then the publisher's counts.
_MINISTRY_REACH, _PARLIAMENT_REACH = 6, 2
#: A publisher names itself in the headline or in the first sentences.
_OPENING = 3


def of_institution(post: Post, parts: Sequence[SentenceParts], home: str | None) -> OrganizationSpan | None:
    """The body, with its state as far as that is known; None where the title needs none or the text names none.

    The last one named before the post, else the publisher's («Пресс-служба Сената …»), else, for a parliament, the
    only one of the text. A body of which no state is said is taken for the home's.
    """
    table = words("ru", "posts")["institution_posts"]
    title = fold(post.title)
    if title in table["ministry"] or title.startswith(tuple(table["ministry_begins"])):
        wanted, reach = "ministry", _MINISTRY_REACH
    elif post.lemma in table["parliament"] or title.startswith(tuple(table["parliament_begins"])) or post.committee:
        wanted, reach = "parliament", _PARLIAMENT_REACH
    else:
        return None
    party = post.within is not None and post.within.kind in ("ngo", "other")
    if post.within is not None and not (wanted == "parliament" and (party or post.committee)):
        return None
    found = _named_before(parts, post, reach, home, lambda body: body.kind == wanted)
    everywhere = [(n, b) for n, part in enumerate(parts) for b in part.organizations if b.kind == wanted]
    foreign = found is not None and found[1].state not in (None, home)
    if found is not None and wanted == "parliament" and foreign:
        foreign = parts[found[0]].sentence.paragraph != parts[post.sentence].sentence.paragraph
    if found is None or (wanted == "parliament" and foreign):
        own = [(n, b) for n, b in everywhere if b.state in (None, home)]
        opening = [pair for pair in everywhere if pair[0] <= _OPENING]
        only = everywhere if wanted == "parliament" and len({b.ref for _, b in everywhere}) == 1 else []
        found = next(iter(own if found and wanted == "parliament" else opening or only), found)
    if found is None or (found[1].state is None and home is None):
        return None
    return found[1] if found[1].state else replace(found[1], state=home)


def _named_before(
    parts: Sequence[SentenceParts], post: Post, reach: int, home: str | None, fits: Callable[[OrganizationSpan], bool]
) -> tuple[int, OrganizationSpan] | None:
    """The last fitting body before the post with its sentence; of several in one sentence the home's."""
    for number in range(post.sentence, max(-1, post.sentence - reach - 1), -1):
        sentence = parts[number].sentence
        named = [
            body
            for body in parts[number].organizations
            if fits(body) and (number < post.sentence or sentence.words[body.first].span.start < post.span.start)
        ]
        if named:
            return number, next((body for body in named if home is not None and body.state == home), named[-1])
    return None
