"""Post phrases: «заместитель министра иностранных дел Египта», and what each part of one means.

    [acting] [adjectives] head [nested post] [portfolio] [organisation] [state] [в state | при organisation]

The name beside a phrase is not looked for here (see `officials`): a phrase is parsed from its head to the right, as
far as its complements go, and ends where a name, a verb or a mark begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from diplograph.extract.document import ParsedSentence, Word
from diplograph.extract.entities import Entity
from diplograph.extract.organizations import OrganizationSpan
from diplograph.extract.post_complements import Complements
from diplograph.extract.post_words import (
    FORMER,
    acts_for,
    dropped_adjectives,
    is_counterpart,
    lost_posts,
    must_follow,
    only_in_body,
    only_state,
    post_table,
    title_adjectives,
    words_of,
)
from diplograph.extract.surroundings import Around
from diplograph.lexicon import words
from diplograph.model import Ref
from diplograph.morphology import parses

_QUOTES = '«»“”„"'


@dataclass(frozen=True, slots=True)
class PostPhrase:
    """A post in a sentence: the words ``first … end-1`` with the head noun at `head`.

    `states` are those it acts for in order: several where a plural head distributes («министры X и Y»).
    `lemma` is the head's nominative; for a counterpart («его российский коллега») `is_counterpart` is set and
    `title` is empty. `bare` says that nothing but the head (and adjectives) was there.
    """

    first: int
    end: int
    head: int
    lemma: str
    title: str
    case: str | None
    plural: bool
    feminine: bool
    states: tuple[str, ...] = ()
    within: OrganizationSpan | None = None
    accredited_to: Ref | None = None
    accredited_name: str | None = None
    place: Ref | None = None  # of a mayor or governor
    is_counterpart: bool = False
    body_text: str = ""  # that noun as written
    body: str | None = None  # a bare noun for a body named elsewhere: «секретарь организации»
    bare: bool = False
    former: bool = False
    of_named_state: bool = False  # «её посол в Москве», «глава её МИД»: of the state named before
    in_named_state: bool = False  # «посол … в этой стране»
    possessive: str | None = None  # «его», «её» before the noun


def find_posts(
    sentence: ParsedSentence,
    entities: Sequence[Entity],
    organizations: Sequence[OrganizationSpan],
    people: frozenset[int],
) -> tuple[PostPhrase, ...]:
    """The post phrases of a sentence, left to right; `people` are the words that belong to names of persons."""
    parser = _Parser(sentence, entities, organizations, people)
    found = _shared(sentence, _scan(parser, 0, len(sentence.words)))
    kept: list[PostPhrase] = []
    for phrase in found:
        if phrase.within or phrase.body or phrase.accredited_to or not only_in_body(phrase.lemma):
            kept.append(phrase)
        else:  # «фотограф президента А»: of no body, so no post; but the president is one
            kept += _scan(parser, phrase.head + 1, phrase.end)
    return tuple(phrase for phrase in kept if not _is_sought(sentence, phrase))


def _scan(parser: _Parser, first: int, end: int) -> list[PostPhrase]:
    """The post phrases that begin in the words ``first … end-1``, none inside another."""
    found: list[PostPhrase] = []
    while first < end:
        phrase = parser.at(first, found[-1].end if found else 0)
        if phrase is not None:
            found.append(phrase)
        first = max(phrase.end if phrase is not None else 0, first + 1)
    return found


def _is_sought(sentence: ParsedSentence, post: PostPhrase) -> bool:
    """«кандидат в президенты», «претендент на пост министра», «будущий посол»: a post that nobody there holds."""
    before = [word.low for word in sentence.words[max(0, post.first - 4) : post.first]]
    table = words("ru", "posts")["sought"]
    if before and before[-1].startswith(tuple(table["pretended"])):
        return True
    stands = before[-1:] in (["в"], ["во"]) and post.plural and post.case in ("Acc", "Nom")
    for_office = len(before) > 1 and before[-2] == "на" and before[-1] in table["offices"]
    return (stands or for_office) and any(word.startswith(tuple(table["seekers"])) for word in before)


def _shared(sentence: ParsedSentence, found: Sequence[PostPhrase]) -> list[PostPhrase]:
    """«основатель и владелец компании «Вектор»»: the body of the second post is the first one's too."""
    shared = list(found)
    for number in range(len(shared) - 2, -1, -1):
        first, second = shared[number], shared[number + 1]
        joined = [w.text for w in sentence.words[first.end : second.first]] == ["и"]
        of_bodies = acts_for(first.lemma) == acts_for(second.lemma) == "body"
        if joined and of_bodies and first.bare and second.within is not None and first.case == second.case:
            shared[number] = replace(first, within=second.within, states=second.states, bare=False)
    return shared


class _Parser:
    def __init__(
        self,
        sentence: ParsedSentence,
        entities: Sequence[Entity],
        organizations: Sequence[OrganizationSpan],
        people: frozenset[int],
    ) -> None:
        self.around = Around.of(sentence.words, people, organizations, entities)
        self.words = sentence.words
        self.people = people
        self.in_organization = self.around.in_organization
        self.entity_at = self.around.entity_at

    def at(self, index: int, floor: int) -> PostPhrase | None:
        word = self.words[index]
        if index in self.people or index in self.in_organization or word.low not in post_table():
            return None
        lemma, readings = post_table()[word.low]
        needs = must_follow(lemma)
        if needs and not (index + 1 < len(self.words) and self.words[index + 1].low.startswith(needs)):
            return None
        if word.low == "после" and not (index and self.words[index - 1].low in ("о", "об")):
            return None  # the preposition
        if word.tag.pos in ("VERB", "ADJ") and lemma in ("член", "глава"):
            return None
        if word.low in title_adjectives() and self._noun_follows(index):
            return None  # «управляющий директор»
        counted = self._counted(index)
        plural = counted is not None or self._plural(word, readings)
        case = counted.case if counted is not None else self._case(word, readings, plural)
        first, adjectives, state, acting, former = self._before(index, floor)
        if acting:  # what it stands before is in the genitive, whatever the case of the whole
            case = self.words[first].case if self.words[first].tag.pos in ("VERB", "ADJ") else None
        builder = Complements(self.around, index, plural)
        builder.read()
        state = state or only_state(lemma)
        if lemma in words_of("royal") and builder.title and not (builder.states or state):
            return None  # «король поп-музыки»
        states = builder.states or ((state,) if state else ())
        feminine = word.tag.gender == "Fem" and lemma.endswith(("а", "я")) and lemma not in ("глава", "коллега")
        counterpart = is_counterpart(lemma)
        possessive = self._possessive(first, floor)
        title = (
            ""
            if counterpart
            else self._title(index, lemma, adjectives, builder, acting=acting, feminine=feminine, former=former)
        )
        return PostPhrase(
            first=first,
            end=builder.end,
            head=index,
            lemma=lemma,
            title=title,
            case=case,
            plural=plural,
            feminine=feminine,
            states=states,
            within=builder.within,
            accredited_to=builder.accredited,
            accredited_name=builder.accredited_name,
            place=builder.place,
            body=builder.body,
            body_text=builder.body_text,
            is_counterpart=counterpart,
            bare=builder.end == index + 1 and not state,
            former=former or lemma.startswith(FORMER),
            of_named_state=builder.of_named_state or possessive is not None,
            in_named_state=builder.in_named_state,
            possessive=possessive,
        )

    def _noun_follows(self, index: int) -> bool:
        following = self.words[index + 1] if index + 1 < len(self.words) else None
        return following is not None and following.low in post_table() and following.case == self.words[index].case

    def _possessive(self, first: int, floor: int) -> str | None:
        """«её посол в Москве»."""
        before = self.words[first - 1].low if first > floor else ""
        return before if before in ("ее", "его", "их") else None

    def _counted(self, index: int) -> Word | None:
        """The numeral of «три министра туризма», «оба посла»; None for another post."""
        before = index - 1
        while before >= 0 and self.words[before].tag.pos == "ADJ":
            before -= 1
        return self.words[before] if before >= 0 and self.words[before].low in words_of("several") else None

    def _plural(self, word: Word, readings: frozenset[tuple[str, bool]]) -> bool:
        numbers = {plural for _, plural in readings}
        if len(numbers) == 1:
            return numbers.pop()
        fitting = {plural for case, plural in readings if case == word.case}
        if len(fitting) == 1:
            return fitting.pop()
        return word.tag.number == "Plur"

    def _case(self, word: Word, readings: frozenset[tuple[str, bool]], plural: bool) -> str | None:
        cases = {case for case, number in readings if number == plural}
        if len(cases) == 1:
            return cases.pop()
        if word.case in cases:
            return word.case
        return "Gen" if cases == {"Gen", "Acc"} else word.case

    def _before(self, head: int, floor: int) -> tuple[int, list[int], str | None, str | None, bool]:
        """The adjectives before the head: first word, title adjectives, state, acting formula, former holder."""
        first, former = head, False
        adjectives: list[int] = []
        state: str | None = None
        index = head - 1
        while index >= floor:
            word = self.words[index]
            entity = self.entity_at.get(index)
            if index in self.people or index in self.in_organization:
                break
            if entity is not None and entity.kind == "adjective":
                state = state or entity.state
            elif word.low in dropped_adjectives():
                former = former or word.low.startswith(lost_posts())
            elif (word.low in title_adjectives() and not (word.is_title and index == 0 and word.case is None)) or (
                word.low == "и" and index > floor and self.words[index - 1].low in title_adjectives() and adjectives
            ):
                adjectives.insert(0, index)
            else:
                break
            first = index
            index -= 1
        acting = self._acting(first - 1, floor)
        if acting:
            first = acting[0]
        return first, adjectives, state, acting[1] if acting else None, former

    def _acting(self, last: int, floor: int) -> tuple[int, str] | None:
        if last < floor:
            return None
        text = self.words[last].low
        if text in words("ru", "posts")["acting"]["abbreviations"]:
            return last, self.words[last].text
        if text == "обязанности" and last - 1 >= floor and self.words[last - 1].low.startswith("исполняющ"):
            start = last - 1
            if start - 1 >= floor and self.words[start - 1].low.startswith("временн"):
                start -= 1
            feminine = self.words[last - 1].low == "исполняющая"
            return start, "исполняющая обязанности" if feminine else "исполняющий обязанности"
        if text == "." and last - 3 >= floor and self.words[last - 3].low == "и" and self.words[last - 1].low == "о":
            return last - 3, "и.о."
        return None

    def _title(
        self,
        head: int,
        lemma: str,
        adjectives: list[int],
        builder: Complements,
        *,
        acting: str | None,
        feminine: bool,
        former: bool,
    ) -> str:
        parts = []
        for index in adjectives:
            word = self.words[index]
            lemma_of = title_adjectives().get(word.low, word.text)
            plain = acting or word.low == "и"
            # «Чрезвычайный и Полномочный Посол»: the capital of the noun tells that the first one is meant too
            spelled = index if index or not self.words[head].is_title else head
            adjective = _feminine(lemma_of) if feminine else lemma_of
            parts.append(word.text if plain else _recase(adjective, word, spelled))
        head_word = self.words[head]
        noun = head_word.text if acting else _recase(lemma, head_word, head)
        parts += [noun, *builder.title]
        if acting:
            parts.insert(0, acting)
        if former:
            parts.insert(0, _feminine("бывший") if feminine else "бывший")
        text = " ".join(parts)
        return re.sub(r"\s+([,)»])", r"\1", re.sub(r"([(«])\s+", r"\1", text))


def _recase(lemma: str, word: Word, index: int) -> str:
    """The lemma; with a capital where the text gives one inside a sentence («Чрезвычайный и Полномочный Посол»)."""
    return lemma[:1].upper() + lemma[1:] if word.is_title and index > 0 else lemma


def _feminine(adjective: str) -> str:
    form = parses(adjective)[0].inflect({"nomn", "sing", "femn"})
    return str(form.word) if form is not None else adjective
