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
    elif post.lemma in table["parliament"] or title.startswith(tuple(table["parliament_begins"])):
        wanted, reach = "parliament", _PARLIAMENT_REACH
    else:
        return None
    if post.within is not None and not (wanted == "parliament" and post.within.kind in ("ngo", "other")):
        return None
    found = _named_before(parts, post, reach, home, lambda body: body.kind == wanted)
    if found is None:
        opening = [b for part in parts[: _OPENING + 1] for b in part.organizations if b.kind == wanted]
        everywhere = {b.ref: b for part in parts for b in part.organizations if b.kind == wanted}
        found = opening[0] if opening else None
        if found is None and wanted == "parliament" and len(everywhere) == 1:
            found = next(iter(everywhere.values()))
    if found is None or (found.state is None and home is None):
        return None
    return found if found.state else replace(found, state=home)


def _named_before(
    parts: Sequence[SentenceParts], post: Post, reach: int, home: str | None, fits: Callable[[OrganizationSpan], bool]
) -> OrganizationSpan | None:
    """The last fitting body before the post; of several in one sentence the home's."""
    for number in range(post.sentence, max(-1, post.sentence - reach - 1), -1):
        sentence = parts[number].sentence
        named = [
            body
            for body in parts[number].organizations
            if fits(body) and (number < post.sentence or sentence.words[body.first].span.start < post.span.start)
        ]
        if named:
            return next((body for body in named if home is not None and body.state == home), named[-1])
    return None
