"""What an encounter was about: which words of the text speak of its subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diplograph.extract.document import Document, ParsedSentence
from diplograph.extract.drafts import Draft
from diplograph.extract.encounter_words import is_event_noun, starts_word
from diplograph.extract.forms import fold
from diplograph.extract.officials import Cast
from diplograph.extract.parts import SentenceParts
from diplograph.extract.post_words import concept
from diplograph.extract.posts import PostPhrase
from diplograph.extract.topics import TOPICS, topics
from diplograph.lexicon import words
from diplograph.model import Span

#: Kinds of bodies whose names are no sign of what was spoken about.
_OF_ANYTHING = frozenset(["university", "company", "ngo", "media", "ministry", "parliament"])
#: Types of events that are held again and again by one body.
_IN_ROUNDS = frozenset(["session", "conference", "consultations"])
#: Types of events to which people of many posts come.
_CEREMONIES = frozenset(["other", "conference", "credentials"])
#: Topics that the post of one who met says nothing of: a secretary-general, an ombudsman, a speaker speaks of anything.
_OF_ANY_POST = frozenset(["multilateral", "human-rights", "parliamentary"])
#: Stands for words that name people and bodies: it ends a phrase.
_MASK = "|"

#: The words ``first … end-1`` of a sentence.
_Stretch = tuple[int, int, int]


class Subjects:
    """Reads the topics of the encounters of one article, once all are known."""

    def __init__(self, document: Document, parts: Sequence[SentenceParts], cast: Cast, drafts: Sequence[Draft]) -> None:
        self.document = document
        self.parts = parts
        self.cast = cast
        self.drafts = drafts

    def topics(self, draft: Draft) -> tuple[str, ...]:
        """The topics of an encounter, in the order of `TOPICS`.

        A visit of which no subject is told is about the relations of the two states, or of the state and the European
        Union, where those who travelled speak for these as a whole; a meeting of which none is told is about nothing.
        """
        stretches = self._stretches(draft)
        found = {*topics(self._text(*stretch) for stretch in stretches), *self._of_posts(draft)}
        found = found or self._of_visit(draft)
        if not found and draft.type not in _CEREMONIES:
            found = {*topics(self._text(*stretch, masked=False) for stretch in stretches)} - _OF_ANY_POST
        found = found or {*self._of_earlier(draft)} or {*self._of_lead_in(draft)} or {*self._of_headline(draft)}
        if len(draft.states) == 1 and draft.organizations and not _is_with_union(draft):
            found.discard("bilateral-relations")  # a state and a body have no relations of two states
        found |= {"regional-affairs"} if self._has_special_envoy(draft) else set()
        return tuple(name for name in TOPICS if name in found)

    def _of_posts(self, draft: Draft) -> tuple[str, ...]:
        """The field of most who met: two ministers of transport speak of transport, one of them of anything."""
        posts = [self.cast.people[person].posts for person in draft.participants]
        fields = [topics(self.document.quote(post.span) for post in held) for held in posts]
        shared = [name for name in TOPICS if sum(name in field for field in fields) > max(1, len(fields) / 2)]
        return tuple(shared)

    def _of_visit(self, draft: Draft) -> set[str]:
        """«Министр побывал в Осло с официальным визитом», and no word of what about."""
        two_sides = len(draft.states) == 2 or _is_with_union(draft)
        made = draft.type == "visit" and draft.status == "held" and two_sides
        return {"bilateral-relations"} if made and self._are_of_relations(draft) else set()

    def _are_of_relations(self, draft: Draft) -> bool:
        """Whether nobody named is a deputy, a minister of something else, a mayor: those have business of their own."""
        table = words("ru", "scenes")["relations"]
        titles = [[fold(post.title) for post in self.cast.people[person].posts] for person in draft.participants]
        return not self._has_special_envoy(draft) and all(
            not posts or any(starts_word(t, table["posts"]) and not t.startswith(tuple(table["not"])) for t in posts)
            for posts in titles
        )

    def _has_special_envoy(self, draft: Draft) -> bool:
        """«спецпредставитель по Ливии» speaks of Libya, unless he is one of many."""
        openings = tuple(words("ru", "scenes")["special_envoy"]["openings"])
        posts = [post for person in draft.participants for post in self.cast.people[person].posts]
        special = any(fold(post.title).startswith(openings) and " по " in post.title for post in posts)
        return special and len(draft.participants) <= 3

    # --- from elsewhere ------------------------------------------------------------------------------

    def _of_earlier(self, draft: Draft) -> tuple[str, ...]:
        """«ту же тему»: what was spoken of before; «следующее заседание»: what the body that met before is for."""
        tokens = self.parts[draft.sentence].sentence.words
        said = " ".join(w.low for w in tokens[draft.clause.first : draft.clause.end])
        before = [d for d in self.drafts if (d.sentence, d.clause.first) < (draft.sentence, draft.clause.first)]
        if before and starts_word(said, words("ru", "scenes")["same_subject"]["phrases"]):
            return self.topics(before[-1])
        to_sign = draft.type == "signing" and draft.status == "planned"  # «Соглашение планируется подписать»
        if before and to_sign and before[-1].last_sentence >= draft.sentence - 1:
            return self.topics(before[-1])
        alike = [d for d in before if d.type == draft.type and d.status == "held"]
        again = starts_word(said, words("ru", "encounters")["planned"]["next"]) or not draft.participants
        if draft.status == "planned" and draft.type in _IN_ROUNDS and alike and again:
            number = alike[-1].sentence
            whole = (0, len(self.parts[number].sentence.words))
            return topics([self._text(number, *self._event(alike[-1]))]) or topics([self._text(number, *whole)])
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

    def _of_lead_in(self, draft: Draft) -> tuple[str, ...]:
        """«Открылся уголок. Ленту разрезали …»: the sentence before, in the same paragraph, that is no encounter's."""
        number = draft.sentence - 1
        if number < 0 or self.parts[number].sentence.paragraph != self.parts[draft.sentence].sentence.paragraph:
            return ()
        if draft.status == "planned" or any(number in (d.sentence, *d.sentences) for d in self.drafts):
            return ()
        return topics([self._text(number, 0, len(self.parts[number].sentence.words))])

    def _of_headline(self, draft: Draft) -> tuple[str, ...]:
        """The headline speaks of the first encounter that was held."""
        if draft.status == "planned" or any(d.sentence < draft.sentence for d in self.drafts):
            return ()
        headings = [part.sentence for part in self.parts[: draft.sentence] if part.sentence.is_heading]
        return topics(self._text(heading.number, 0, len(heading.words)) for heading in headings[:1])

    # --- which words -----------------------------------------------------------------------------------

    def _stretches(self, draft: Draft) -> list[_Stretch]:
        """The words that tell of an encounter: of its own sentence, then of later ones."""
        group = self._group(draft)
        found = self._own_words(draft, group)
        beside = [d for d in self.drafts if (d.sentence, d.status) == (draft.sentence, draft.status)]
        told = {number for one in beside for number in one.sentences} - {draft.sentence}
        theirs = told - {number for one in group for number in one.sentences}
        later = sorted(told | set(self._followers(draft, group)))
        agenda = draft.last_sentence + 1
        if draft.status == "planned" and self._is_agenda(agenda):
            later.append(agenda)
        others = {d.sentence for d in self.drafts if d not in group and not d.rule.startswith("ahead")}
        for number in later:
            if number in others:
                continue
            of_plan = draft.status != "planned" and self._is_of_plan(number)
            if not of_plan and not self._is_aside(number) and not self._is_of_others(group, number):
                found += self._shared(draft, beside, number, theirs=number in theirs)
        return found

    def _followers(self, draft: Draft, group: Sequence[Draft]) -> list[int]:
        """«В повестке значились …»: sentences of talk right after those of an encounter, up to the next one."""
        if draft.status == "planned":
            return []
        taken = {number for one in self.drafts if one not in group for number in (one.sentence, *one.sentences)}
        told = {number for one in group for number in one.sentences}
        number = draft.sentence + 1
        found: list[int] = []
        while number < len(self.parts) and number not in taken and (number in told or self._goes_on(group, number)):
            found.append(number)
            number += 1
        return found

    def _goes_on(self, group: Sequence[Draft], number: int) -> bool:
        """Whether a sentence goes on with the talk: one of the same paragraph, or one of talk that names nobody new."""
        if self._is_apart(number):
            return False
        table = words("ru", "scenes")["goes_on"]
        sentence = self.parts[number].sentence
        said = " ".join(word.low for word in sentence.words)
        if sentence.paragraph == self.parts[number - 1].sentence.paragraph:
            return True
        known = {person for one in group for person in one.participants}
        return starts_word(said, table["talk"]) and all(a.person in known for a in self.cast.actors[number])

    def _is_apart(self, number: int) -> bool:
        """Whether a sentence surely leaves the talk: a heading, «ранее …», «журналистам …»."""
        sentence = self.parts[number].sentence
        said = " ".join(word.low for word in sentence.words)
        return sentence.is_heading or starts_word(said, words("ru", "scenes")["goes_on"]["not"])

    def _group(self, draft: Draft) -> list[Draft]:
        """The encounters that the same clause tells of, the draft among them."""
        here = (draft.sentence, draft.clause.first, draft.status)
        return [d for d in self.drafts if (d.sentence, d.clause.first, d.status) == here]

    def _own_words(self, draft: Draft, group: Sequence[Draft]) -> list[_Stretch]:
        """Up to the clause of the next encounter; in a group, what follows each partner («с …  о …, с … - о …»)."""
        number = draft.sentence
        if draft.rule.startswith("ahead"):
            return [(number, draft.clause.first, draft.clause.end)]
        here = [d for d in self.drafts if d.sentence == number and not d.rule.startswith("ahead")]
        starts = sorted({d.clause.first for d in here})
        after = [start for start in starts if start > draft.clause.first]
        end = after[0] if after else len(self.parts[number].sentence.words)
        whole = (number, 0 if draft.clause.first == starts[0] else draft.clause.first, end)
        if len(group) == 1:
            return [whole]
        partners = [m for m in self._marks(group, number) if draft.clause.first <= m[0] < end]
        if not partners:  # the sides are named elsewhere
            return [whole]
        following = [*(first for first, _, _ in partners[1:]), end]
        stretches = [(whose, (number, behind, to)) for (_, behind, whose), to in zip(partners, following, strict=True)]
        telling = {whose for whose, stretch in stretches if topics([self._text(*stretch)])}
        if len(telling) >= 2:
            return [stretch for whose, stretch in stretches if group[whose] is draft]
        told = self._text(*stretches[-1][1]).rstrip(" .,;:")
        if told or len({whose for whose, _ in stretches}) < 2:
            return [whole]
        return [(number, first, behind) for first, behind, whose in partners if group[whose] is draft]

    def _whose(self, person: int, group: Sequence[Draft]) -> int:
        """Which encounter of a group a person alone belongs to; -1 for one who took part in several."""
        found = [index for index, draft in enumerate(group) if person in draft.participants]
        return found[0] if len(found) == 1 else -1

    def _marks(self, group: Sequence[Draft], number: int) -> list[tuple[int, int, int]]:
        """Where a sentence names those of one encounter of a group alone: first word, end, which encounter."""
        part = self.parts[number]
        actors = self.cast.actors[number]
        marks = [(actor.first, actor.end, self._whose(actor.person, group)) for actor in actors]
        for post in part.posts:  # «с послом Йемена – о …»
            if not any(actor.first < post.end and post.first < actor.end for actor in actors):
                fitting = {self._whose(p, group) for d in group for p in d.participants if self._may_be(p, post)}
                marks += [(post.first, post.end, fitting.pop())] if len(fitting) == 1 else []
        return sorted(mark for mark in marks if mark[2] >= 0)

    def _may_be(self, person: int, post: PostPhrase) -> bool:
        """Whether an unnamed post may be that of a person."""
        state = self.cast.people[person].state
        if post.states and state != post.states[0]:
            return False
        titles = words("ru", "encounters")["points"]
        rungs = titles.get(fold(f"{post.title} {post.body_text}".strip()), [concept(post.title, post.lemma)])
        held = self.cast.people[person].posts
        return post.is_counterpart or any(h.lemma == post.lemma or (h.concept and h.concept in rungs) for h in held)

    def _shared(self, draft: Draft, group: Sequence[Draft], number: int, *, theirs: bool) -> list[_Stretch]:
        """The words of a later sentence that are about one of a group: those about its partner, or about nobody's.

        Of a sentence that is `theirs`, told after another encounter of the group, only those about its partner.
        """
        part = self.parts[number]
        end = len(part.sentence.words)
        whole = [] if theirs else [(number, 0, end)]
        if len(group) == 1:
            return whole
        marks = [(first, whose) for first, _, whose in self._marks(group, number)]
        partners = [
            {self.cast.people[p].state for p in d.participants if self._whose(p, group) == index}
            for index, d in enumerate(group)
        ]
        for entity in part.entities:
            fitting = [index for index, states in enumerate(partners) if entity.state in states]
            if entity.state is not None and len(fitting) == 1:
                marks.append((entity.first, fitting[0]))
        marks = sorted(marks) or self._counted(number, len(group))
        if not marks:
            return whole
        if len({whose for _, whose in marks}) == 1:
            return [(number, 0, end)] if group[marks[0][1]] is draft else []
        ends = [*(first for first, _ in marks[1:]), end]
        own = [(number, first, to) for (first, whose), to in zip(marks, ends, strict=True) if group[whose] is draft]
        return [*([] if theirs else [(number, 0, marks[0][0])]), *own]

    def _counted(self, number: int, several: int) -> list[tuple[int, int]]:
        """«В первом случае говорили …, во втором – …»: where in a sentence which of a group is told of."""
        tokens = self.parts[number].sentence.words
        table = words("ru", "scenes")["counting"]
        marks = []
        for index, word in enumerate(tokens[1:], 1):
            place = next((n for n, stems in enumerate(table["stems"]) if word.low.startswith(tuple(stems))), None)
            if place is not None and place < several and tokens[index - 1].low in table["after"]:
                marks.append((index - 1, place))
        said = {tokens[index + 2].low for index, _ in marks if index + 2 < len(tokens)}
        return marks if len(marks) > 1 or said & set(table["sure"]) else []

    def _is_agenda(self, number: int) -> bool:
        """«Предметом переговоров станут …»: what those ahead are to speak about."""
        if number >= len(self.parts):
            return False
        opening = fold(self.document.quote(self.parts[number].sentence.span))
        done = any(word.tag.tense == "Past" for word in self.parts[number].sentence.words)
        return not done and opening.startswith(tuple(words("ru", "scenes")["agenda"]["openings"]))

    def _is_aside(self, number: int) -> bool:
        """«Гость осмотрел мечеть», «вопроса о визах не касались»: told beside what was spoken of, or not spoken of."""
        table = words("ru", "scenes")["beside_talk"]
        said = [word.low for word in self.parts[number].sentence.words]
        told = " ".join(said[2:] if said[0] in table["when"] else said)
        beside = starts_word(told, table["stems"]) and not starts_word(told, table["talk"])
        return beside or starts_word(told, table["unspoken"])

    def _is_of_others(self, group: Sequence[Draft], number: int) -> bool:
        """Whether a sentence without a word of talk is about somebody who took no part."""
        known = {person for one in group for person in one.participants}
        said = " ".join(word.low for word in self.parts[number].sentence.words)
        strangers = any(actor.named and actor.person not in known for actor in self.cast.actors[number])
        return strangers and not starts_word(said, words("ru", "scenes")["beside_talk"]["talk"])

    def _is_of_plan(self, number: int) -> bool:
        """Whether an agenda belongs to a plan told right before it."""
        return self._is_agenda(number) and any(
            d.status == "planned" and d.last_sentence == number - 1 for d in self.drafts
        )

    def _text(self, number: int, first: int, end: int, *, masked: bool = True) -> str:
        """Words of a sentence, never names of persons; masked, no posts, no universities or ministries."""
        part = self.parts[number]
        sentence = part.sentence
        if first >= end:
            return ""
        span = sentence.span_of(first, end)
        people = {*part.people, *((start, to) for start, to, kind in sentence.names if kind == "PER")}
        names = [sentence.span_of(*name) for name in sorted(people)]
        hidden = [*names, *(self._hidden(part) if masked else ()), *_margins(sentence)]
        return "".join(_hide(self.document.quote(span), span, hidden))

    def _hidden(self, part: SentenceParts) -> Iterator[Span]:
        yield from (part.sentence.span_of(post.first, post.end) for post in part.posts)
        yield from (part.sentence.span_of(a.first, a.end) for a in self.cast.actors[part.sentence.number])
        for body in part.organizations:
            event = is_event_noun(part.sentence.words[body.head].low)  # «Форум по рыболовству» tells its subject
            if body.kind in _OF_ANYTHING and not event:
                yield part.sentence.span_of(body.first, body.end)


def _is_with_union(draft: Draft) -> bool:
    """Whether a state met the European Union: they have relations like two states."""
    return len(draft.states) == 1 and any(body.ref.key == "eu" for body in draft.organizations)


def _margins(sentence: ParsedSentence) -> Iterator[Span]:
    """«на полях [Генеральной Ассамблеи ООН]»: the event at whose margins people met is no subject of theirs."""
    tokens = sentence.words
    for index in range(len(tokens) - 2):
        if f"{tokens[index].low} {tokens[index + 1].low}" in words("ru", "scenes")["margins"]["beside"]:
            end = index + 2
            of_event = ("NOUN", "ADJ", "PROPN", "NUM", "X", "DET")
            while end < len(tokens) and (tokens[end].tag.pos in of_event or tokens[end].low == "по"):
                end += 1
            yield sentence.span_of(index, end)


def _hide(text: str, span: Span, hidden: Sequence[Span]) -> list[str]:
    letters = list(text)
    for one in hidden:
        if span.overlaps(one):
            first, end = max(one.start, span.start) - span.start, min(one.end, span.end) - span.start
            letters[first:end] = _MASK * (end - first)
    return letters
