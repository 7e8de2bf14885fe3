"""Article → Claims: what one text says, each claim with the sentence it stands on."""

from __future__ import annotations

from collections import Counter

from diplograph.extract.assemble import claims_of
from diplograph.extract.affiliations import complete
from diplograph.extract.document import Document, parse
from diplograph.extract.encounters import read_encounters
from diplograph.extract.entities import find_entities
from diplograph.extract.officials import Cast, SentenceParts, home_state
from diplograph.extract.organizations import find_organizations
from diplograph.extract.persons import find_people, overlooked
from diplograph.extract.posts import find_posts, post_forms
from diplograph.model import Article, Claims

#: Languages that `extract` reads.
LANGUAGES = frozenset(["ru"])


def extract(article: Article) -> Claims:
    """What an article says of officials, organisations and encounters.

    Claims come in the order of the text. A text that reports nothing, or is in a language that is not read, gives
    claims without content. Every receipt's quotation is the text at its offsets.
    """
    if article.language not in LANGUAGES or not article.text.strip():
        return Claims(article)
    document = parse(article)
    parts = _parts(document)
    cast = Cast(document, parts, home_state(document, parts))
    complete(cast, parts)
    drafts, left = read_encounters(document, parts, cast)
    return claims_of(document, parts, cast, drafts, left)


def _parts(document: Document) -> list[SentenceParts]:
    likely = _likely_states(document)
    parts = []
    for sentence in document.sentences:
        entities = find_entities(sentence, likely_states=likely)
        organizations = find_organizations(sentence, entities, stop_words=post_forms())
        people = find_people(sentence, entities)
        inside = frozenset(i for first, end in people for i in range(first, end))
        posts = find_posts(sentence, entities, organizations, inside)
        more = overlooked(sentence, people, posts, entities)
        if more:
            people = tuple(sorted(people + more))
            inside = frozenset(i for first, end in people for i in range(first, end))
            posts = find_posts(sentence, entities, organizations, inside)
        parts.append(SentenceParts(sentence, entities, organizations, posts, people))
    return parts


def _likely_states(document: Document) -> tuple[str, ...]:
    """States named without doubt in the text, the most frequent first: what «РК» may stand for."""
    counted: Counter[str] = Counter()
    for sentence in document.sentences:
        counted.update(e.state for e in find_entities(sentence) if e.state and not e.candidates)
    return tuple(sorted(counted, key=lambda state: (-counted[state], state)))
