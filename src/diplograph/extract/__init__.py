"""Article → Claims: what one text says, each claim with the sentence it stands on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from diplograph import gazetteer
from diplograph.extract.affiliations import complete
from diplograph.extract.assemble import claims_of
from diplograph.extract.document import Document, ParsedSentence, parse
from diplograph.extract.drafts import Draft, Left
from diplograph.extract.encounters import read_encounters
from diplograph.extract.entities import compound_states, find_entities
from diplograph.extract.forms import fold
from diplograph.extract.home import home_state
from diplograph.extract.officials import Cast
from diplograph.extract.organization_words import head_kind, heads_of
from diplograph.extract.organizations import OrganizationSpan, find_organizations
from diplograph.extract.parts import SentenceParts
from diplograph.extract.persons import (
    find_people,
    is_spelt_out,
    overlooked,
    subjects_apart,
    superiors_apart,
    surname_mentions,
    surname_stem,
)
from diplograph.extract.post_words import post_forms
from diplograph.extract.posts import PostPhrase, find_posts
from diplograph.extract.short_names import with_full_names
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
    reading = read(article)
    return claims_of(reading.document, reading.parts, reading.cast, reading.drafts, reading.left)


class Reading(NamedTuple):
    """An article with everything that was found in it, before claims are made of it."""

    document: Document
    parts: Sequence[SentenceParts]
    cast: Cast
    drafts: Sequence[Draft]
    left: Sequence[Left]


def read(article: Article) -> Reading:
    """Read an article in a language of `LANGUAGES`; `extract` makes claims of it, calibration looks inside."""
    document = parse(article)
    parts = _parts(document)
    home = home_state(document, parts)
    parts = with_full_names(parts, home)
    cast = Cast(document, parts, home)
    complete(cast, parts)
    return Reading(document, parts, cast, *read_encounters(document, parts, cast))


def _parts(document: Document) -> list[SentenceParts]:
    likely = _likely_states(document)
    parts = []
    for sentence in document.sentences:
        entities = find_entities(sentence, likely_states=likely)
        people = find_people(sentence, entities)
        inside = frozenset(i for first, end in people for i in range(first, end))
        organizations = find_organizations(sentence, entities, inside, stop_words=post_forms())
        posts = find_posts(sentence, entities, organizations, inside)
        more = overlooked(sentence, people, posts, entities)
        if more:
            people = tuple(sorted(people + more))
            inside = frozenset(i for first, end in people for i in range(first, end))
            posts = find_posts(sentence, entities, organizations, inside)
        organizations = _acting(organizations, sentence, posts)
        parts.append(SentenceParts(sentence, entities, organizations, posts, people))
    return _with_surnames(parts)


def _acting(
    organizations: tuple[OrganizationSpan, ...], sentence: ParsedSentence, posts: tuple[PostPhrase, ...]
) -> tuple[OrganizationSpan, ...]:
    """The bodies that are more than a part of a title or a venue, and the parliaments that committees name."""
    kept = [o for o in organizations if not _in_title(o, sentence, posts) and not _is_venue(o, sentence, posts)]
    known = {o.first for o in organizations}
    kept += [p.within for p in posts if p.within is not None and p.within.first >= 0 and p.within.first not in known]
    return tuple(sorted(kept, key=lambda o: (o.first, o.end)))


def _in_title(organization: OrganizationSpan, sentence: ParsedSentence, posts: tuple[PostPhrase, ...]) -> bool:
    """«глава МИД Латвии», «председатель комитета сейма»: a part of the title, not a body of its own."""
    holder = next((p for p in posts if p.first <= organization.first < p.end), None)
    if holder is None:
        return False
    within = holder.within is not None and holder.within.first == organization.first
    around = holder.within is not None and organization.first < holder.within.first < organization.end
    named = around and sentence.words[organization.head].is_title  # «Комитет Сейма по …»
    return not within and not named and holder.accredited_to != organization.ref


def _is_venue(organization: OrganizationSpan, sentence: ParsedSentence, posts: tuple[PostPhrase, ...]) -> bool:
    """«в аэропорту «Манас»», «газете «Вести»»: no body that acts, unless somebody holds a post in it."""
    known = head_kind(sentence.words[organization.head].low)
    venue = organization.kind == "media" or (known is not None and known[0] in heads_of("venue"))
    return venue and all(p.within is None or p.within.first != organization.first for p in posts)


def _with_surnames(parts: list[SentenceParts]) -> list[SentenceParts]:
    """The parts with bare surnames of persons who are named in full somewhere in the article."""
    stems = frozenset(
        surname_stem(part.sentence.words[end - 1].text)
        for part in parts
        for first, end in part.people
        if end - first > 1
    )
    named: dict[str, set[str]] = {}  # the stem of each surname → how the full names with it begin
    for part in parts:
        for first, end in part.people:
            if is_spelt_out(part.sentence.words[first:end]):
                beginning = fold(part.sentence.words[first].text)[:3]
                named.setdefault(surname_stem(part.sentence.words[end - 1].text), set()).add(beginning)
    completed = []
    for part in parts:
        known = frozenset(i for e in part.entities for i in range(e.first, e.end))
        known |= frozenset(i for o in part.organizations for i in range(o.first, o.end))
        apart = superiors_apart(part.sentence, subjects_apart(part.sentence, part.people, named), stems)
        more = surname_mentions(part.sentence, apart, stems, known)
        if more or apart != part.people:
            people = tuple(sorted(apart + more))
            inside = frozenset(i for first, end in people for i in range(first, end))
            posts = find_posts(part.sentence, part.entities, part.organizations, inside)
            part = replace(part, people=people, posts=posts)
        completed.append(part)
    return completed


def _likely_states(document: Document) -> tuple[str, ...]:
    """States named without doubt in the text, the most frequent first: what «РК» may stand for."""
    counted: Counter[str] = Counter()
    for sentence in document.sentences:
        entities = find_entities(sentence)
        counted.update(e.state for e in entities if e.state and not e.candidates)
        counted.update(gazetteer.place(e.ref.key).state for e in entities if e.kind == "place")
        counted.update(state for word in sentence.words for state in compound_states(word.text))
    return tuple(sorted(counted, key=lambda state: (-counted[state], state)))
