"""What an encounter was about: which words of the text speak of its subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diplograph.extract.document import Document
from diplograph.extract.drafts import Draft
from diplograph.extract.officials import Cast
from diplograph.extract.parts import SentenceParts
from diplograph.extract.topics import TOPICS, topics
from diplograph.extract.triggers import is_event_noun, starts_word
from diplograph.lexicon import words
from diplograph.model import Span

#: Kinds of bodies whose names are no sign of what was spoken about.
_OF_ANYTHING = frozenset(["university", "company", "ngo", "media"])
_OF_STATE = frozenset(["ministry", "parliament"])
#: Types of events that are held again and again by one body.
_IN_ROUNDS = frozenset(["session", "conference", "consultations"])
#: Types of events to which people of many posts come.
_CEREMONIES = frozenset(["other", "conference", "credentials"])
#: Stands for words that name people and bodies: it ends a phrase.
_MASK = "|"


class Subjects:
    """Reads the topics of the encounters of one article, once all are known."""

    def __init__(self, document: Document, parts: Sequence[SentenceParts], cast: Cast, drafts: Sequence[Draft]) -> None:
        self.document = document
        self.parts = parts
        self.cast = cast
        self.drafts = drafts

    def topics(self, draft: Draft) -> tuple[str, ...]:
        """The topics of an encounter, in the order of `TOPICS`.

        Consultations are about the relations of the two states; so is an encounter of two states of which no subject
        is told, unless it was a ceremony.
        """
        found = topics(self._texts(draft))
        if not found and draft.type not in _CEREMONIES:
            found = topics(self._texts(draft, masked=False))
        found = found or self._of_earlier(draft)
        general = draft.type == "consultations" or (
            not found and len(draft.states) > 1 and draft.type not in ("other", "credentials")
        )
        return tuple(name for name in TOPICS if name in found or (general and name == "bilateral-relations"))

    def _texts(self, draft: Draft, *, masked: bool = True) -> Iterator[str]:
        """The words that tell of an encounter, without the names of people, posts and, for most, bodies."""
        for first, end in self._own_words(draft):
            yield self._text(draft, draft.sentence, first, end, masked)
        for number in dict.fromkeys(draft.sentences):
            if number != draft.sentence:
                yield self._text(draft, number, 0, len(self.parts[number].sentence.words), masked)

    def _of_earlier(self, draft: Draft) -> tuple[str, ...]:
        """«ту же тему»: what was spoken of before; «следующее заседание»: what the body that met before is for."""
        tokens = self.parts[draft.sentence].sentence.words
        said = " ".join(w.low for w in tokens[draft.clause.first : draft.clause.end])
        before = [d for d in self.drafts if (d.sentence, d.clause.first) < (draft.sentence, draft.clause.first)]
        table = words("ru", "encounters")["planned"]["next"]
        if before and starts_word(said, words("ru", "scenes")["same_subject"]["phrases"]):
            return self.topics(before[-1])
        alike = [d for d in before if d.type == draft.type and d.status == "held"]
        if (
            draft.status == "planned"
            and draft.type in _IN_ROUNDS
            and alike
            and (starts_word(said, table) or not draft.participants)
        ):
            return topics([self._text(alike[-1], alike[-1].sentence, *self._event(alike[-1]), False)])
        return ()

    def _event(self, draft: Draft) -> tuple[int, int]:
        """The noun of the event and the genitives after it: «заседание [комиссии по торговле]»."""
        tokens = self.parts[draft.sentence].sentence.words
        for index in range(draft.clause.first, draft.clause.end):
            if is_event_noun(tokens[index].low):
                end = index + 1
                while end < draft.clause.end and tokens[end].tag.pos in ("ADJ", "NOUN", "PROPN", "ADP", "CCONJ"):
                    end += 1
                return max(draft.clause.first, index - 3), end
        return draft.clause.first, draft.clause.first

    def _own_words(self, draft: Draft) -> list[tuple[int, int]]:
        """The words of its sentence that belong to a draft: up to the clause of the next encounter there.

        Where one clause tells of several («с министром … говорил о …, с ректором - о …») each has what follows its
        partner.
        """
        here = [d for d in self.drafts if d.sentence == draft.sentence]
        starts = sorted({d.clause.first for d in here})
        after = [start for start in starts if start > draft.clause.first]
        end = after[0] if after else len(self.parts[draft.sentence].sentence.words)
        whole = [(0 if draft.clause.first == starts[0] else draft.clause.first, end)]
        rivals = [
            d for d in here if d.clause.first == draft.clause.first and d is not draft and d.status == draft.status
        ]
        if not rivals or not draft.participants:
            return whole
        others = {person for rival in rivals for person in rival.participants}
        shared = others & set(draft.participants)
        places = sorted(
            (a.first, a.end, a.person)
            for a in self.cast.actors[draft.sentence]
            if draft.clause.first <= a.core < end and a.person not in shared
        )
        stretches = [
            (person, behind, following)
            for (_, behind, person), following in zip(places, [*(p[0] for p in places[1:]), end], strict=True)
        ]
        told = [person for person, a, b in stretches if topics([self._text(draft, draft.sentence, a, b, True)])]
        if len(set(told)) < 2:
            return whole
        return [(a, b) for person, a, b in stretches if person in draft.participants]

    def _text(self, draft: Draft, number: int, first: int, end: int, masked: bool) -> str:
        part = self.parts[number]
        sentence = part.sentence
        if first >= end:
            return ""
        span = sentence.span_of(first, end)
        text = list(self.document.quote(span))
        hidden = [sentence.span_of(b.first, b.end) for b in part.organizations if b.kind in _OF_ANYTHING]
        if draft.type in _CEREMONIES or (draft.type == "visit" and len(draft.participants) > 2):
            hidden += [sentence.span_of(p.first, p.end) for p in part.posts]
            hidden += [sentence.span_of(a.first, a.end) for a in self.cast.actors[number]]
            hidden += [sentence.span_of(b.first, b.end) for b in part.organizations if b.kind in _OF_STATE]
        for one in hidden if masked else ():
            if span.overlaps(one):
                _hide(text, Span(max(one.start, span.start) - span.start, min(one.end, span.end) - span.start))
        return "".join(text)


def _hide(text: list[str], span: Span) -> None:
    text[span.start : span.end] = _MASK * (span.end - span.start)
