"""Names and the post phrases beside them.

A name is tied to the phrase next to it, not to its syntactic head: parsers hang half of the names on the wrong noun.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from diplograph.extract.appointments import appointed, headed, in_office, put_in_office
from diplograph.extract.declension import given_genders, is_genitive_given, readings
from diplograph.extract.document import ParsedSentence, Word
from diplograph.extract.forms import ends_in_vowel, fold
from diplograph.extract.lists import DASHES, Share, shares
from diplograph.extract.name_parts import family_first
from diplograph.extract.names import nominative
from diplograph.extract.organizations import OrganizationSpan
from diplograph.extract.parts import SentenceParts
from diplograph.extract.post_words import after_honours, honours, named_regions, only_in_body, post_table, words_of
from diplograph.extract.posts import PostPhrase
from diplograph.extract.superiors import is_aide, is_successor

#: An initial with no space after it.
_INITIAL = re.compile(r"(?<!\w)(\w\.)(?=\w)")
#: A surname that ends so stands in the nominative: a man's, a woman's.
_NOMINATIVES = ("ов", "ев", "ин", "ын", "ский", "цкий", "ой")
_OBLIQUE = ("а", "я", "у", "ю", "ым", "им", "ом", "ем")
_WOMEN = ("ова", "ева", "ёва", "ина", "ына", "ская", "цкая")


@dataclass(frozen=True, slots=True)
class Tied:
    """A name and the post phrases beside it; `rule` says how they were tied."""

    first: int
    end: int
    words: tuple[str, ...]
    case: str | None
    phrases: tuple[PostPhrase, ...]
    state: str | None = None  # its share of a distributed phrase
    title_place: str | None = None
    body: OrganizationSpan | None = None  # that stands in brackets after the name
    rule: str = "post before name"
    leads: bool = False  # the first name after a plural post
    superior: int | None = None  # where the superior's name begins: «помощник Абдуллаева А»

    def states_of(self, phrase: PostPhrase) -> tuple[str, ...]:
        """The states of a phrase that are this person's."""
        if self.state is not None and (phrase.plural or not phrase.states):
            return (self.state,)
        return phrase.states[:1] if phrase.plural is False or len(phrase.states) == 1 else ()


def tie(part: SentenceParts) -> list[Tied]:
    """Each name of a sentence with its phrases, left to right; a name without a phrase stands alone."""
    ties = _Ties(part)
    for rule in (ties.distribute, ties.before_name, ties.beside_name, ties.chain, ties.after_name, ties.appoint):
        rule()
    return ties.tied()


class _Ties:
    """Ties phrases to names rule by rule; a phrase that one rule has used is not seen by the next."""

    def __init__(self, part: SentenceParts) -> None:
        self.part = part
        self.words = part.sentence.words
        self.phrases: dict[int, list[PostPhrase]] = {index: [] for index in range(len(part.people))}
        self.shares: dict[int, Share] = {}  # of a plural phrase
        self.rules: dict[int, str] = {}
        self.cases: dict[int, str | None] = {}
        self.leading: set[int] = set()
        self.used: set[int] = set()
        self.superiors: dict[int, int] = {}

    def _give(self, number: int, person: int, rule: str, case: str | None = None) -> None:
        self.phrases[person].append(self.part.posts[number])
        self.rules.setdefault(person, rule)
        if case is not None:
            self.cases.setdefault(person, case)
        self.used.add(number)

    def distribute(self) -> None:
        """«министры иностранных дел Индии и Пакистана А и Б»."""
        for number, phrase in enumerate(self.part.posts):
            listed = shares(self.part, phrase)
            for share in listed:
                self.shares[share.person] = share
                self._give(number, share.person, "plural post distributed over names", phrase.case)
            self.leading.update(share.person for share in listed[:1])

    def before_name(self) -> None:
        """«посол Латвии А»."""
        for number, phrase in enumerate(self.part.posts):
            person = None if phrase.plural else _named_right_after(self.part, phrase)
            if person is not None and (post := self._of_superior(phrase, person)) is not None:
                person = self._after_full_superior(number, person, post)
            elif person is not None and (is_aide(phrase.lemma) or is_successor(phrase.lemma)):
                person = self._after_superior(phrase, person)
            if person is not None and not self._clashes(phrase, person):
                self._give(number, person, "post before name", phrase.case)

    def _after_full_superior(self, number: int, superior: int, post: PostPhrase) -> int | None:
        """«помощник президента Виктора А Павел Б»: gives A the post inside the post; who comes next, if anybody."""
        self.phrases[superior].append(post)
        self.rules.setdefault(superior, "post before name")
        self.cases.setdefault(superior, "Gen")
        self.used.add(number)
        first, end = self.part.people[superior]
        aide = next((person for person, (start, _) in enumerate(self.part.people) if start == end), None)
        if aide is not None:
            self.superiors[aide] = first
        return aide

    def _of_superior(self, phrase: PostPhrase, person: int) -> PostPhrase | None:
        """«помощник президента Виктора А»: the post in the genitive where the name is in the genitive too."""
        first, end = self.part.people[person]
        inner = next((w for w in self.words[phrase.head + 1 : phrase.end] if self._is_of_one(w)), None)
        if inner is None or phrase.case in ("Gen", "Acc", None) or end - first < 2:
            return None
        if not is_genitive_given(self.words[first].text):
            return None
        tail = phrase.title.split()
        at = next((i for i, word in enumerate(tail) if fold(word) == inner.low), None)
        if at is None:
            return None
        lemma = post_table()[inner.low][0]
        title = " ".join([lemma, *tail[at + 1 :]])
        return replace(phrase, first=inner.index, head=inner.index, lemma=lemma, title=title, case="Gen")

    def _is_of_one(self, word: Word) -> bool:
        return word.low in post_table() and ("Gen", False) in post_table()[word.low][1]

    def _after_superior(self, phrase: PostPhrase, person: int) -> int | None:
        """«помощник Абдуллаева А»: the second of two names; «пресс-секретарь Абдуллаева сообщил» names nobody."""
        first, end = self.part.people[person]
        holder = next((i for i, (start, _) in enumerate(self.part.people) if start == end), None)
        if holder is not None:
            self.superiors[holder] = first
            return holder
        alone = end - first == 1 and phrase.case == "Nom"
        alone = alone and (self.words[first].case == "Gen" or (is_successor(phrase.lemma) and not phrase.possessive))
        return None if alone else person

    def beside_name(self) -> None:
        """«Прежний посол, А, уехал», «министр энергетики – А»: the name set off from the post that it explains."""
        for number, phrase in enumerate(self.part.posts):
            taken = phrase.plural or number in self.used or _named_before(self.part, phrase) is not None
            person = None if taken else self._set_off(phrase)
            if person is not None and not self.phrases[person] and not self._clashes(phrase, person):
                self._give(number, person, "name set off after post", phrase.case)

    def _set_off(self, phrase: PostPhrase) -> int | None:
        """A full name between two commas, or after a dash, right after a post; not one of a list of names."""
        words, close = self.words, phrase.end
        superior = next((p for p in self.part.people if p[0] == close), None) if is_successor(phrase.lemma) else None
        close = superior[1] if superior else close  # «Предшественник Абдуллаева, А, уехал»
        if close + 1 >= len(words) or (words[close].text != "," and words[close].text not in DASHES):
            return None
        at = after_honours(words, close + 1)
        person = next((i for i, (first, _) in enumerate(self.part.people) if first == at), None)
        if person is None:
            return None
        first, end = self.part.people[person]
        closes = end >= len(words) or words[end].text in (",", ".", ";", ")") or words[end].text in DASHES
        full = end - first > 1 and len(words[first].text) > 1
        begins = {f for f, _ in self.part.people} | {p.first for p in self.part.posts}
        listed = end + 1 in begins
        if superior and closes and full:
            self.superiors[person] = superior[0]
        comma = words[close].text == ","
        return person if closes and full and not (comma and (listed or _enumerates(words, phrase))) else None

    def _clashes(self, phrase: PostPhrase, person: int) -> bool:
        """«в беседе с эфиопским послом С. Ниёзматов поинтересовался»: a nominative after a post in another case."""
        first, end = self.part.people[person]
        surname, given = self.words[end - 1].low, self.words[first]
        before = self.words[phrase.first - 1] if phrase.first else None
        if phrase.case == "Gen" and before is not None and _is_beside_somebody(before):
            if is_genitive_given(given.text):
                return False  # «вдова президента Виктора А»: his name
            woman = nominative([w.text for w in self.words[first:end]], case="gen").gender == "f"
            return (before.tag.gender == "Fem" and woman) or given.case != "Gen"  # «вдове президента А»: her name
        if phrase.case in ("Nom", None) or surname.endswith(("дзе", "швили")):
            return False
        if len(given.text.rstrip(".")) == 1:
            after = self.words[end] if end < len(self.words) else None
            acts = after is not None and after.tag.tense == "Past" and after.tag.number == "Sing"
            # «грамоты Императору Японии П. Стельмашонок вручил»
            return surname.endswith(_NOMINATIVES) or (acts and phrase.case != "Acc")
        genders = given_genders(given.text) if end - first > 1 and phrase.case in ("Gen", "Dat", "Ins") else frozenset()
        if genders == {"m"} and not ends_in_vowel(given.text):
            plain = end - first == 2 and "-" not in surname and not surname.endswith(_OBLIQUE)
            western = plain and not family_first(_written(self.words[first:end]))
            return surname.endswith(_NOMINATIVES) or western  # «указом президента Иван Петров назначен послом»
        woman = "f" in genders and not any(
            r.case == "gen" and "m" in given_genders(r.nominative) for r in readings(given.text)
        )
        return woman and phrase.case != "Acc" and surname.endswith(_WOMEN)

    def chain(self) -> None:
        """«посол в Латвии, постоянный представитель при ЮНЕСКО А»: the phrase before another one, in its case."""
        for number in range(len(self.part.posts) - 2, -1, -1):
            phrase, following = self.part.posts[number], self.part.posts[number + 1]
            if number in self.used or phrase.plural or following.plural:
                continue
            between = self.words[phrase.end : following.first]
            joined = all(w.text in (",", "и") or w.text in DASHES or w.low in ("также", "а") for w in between)
            two_people = phrase.bare and any(w.text == "и" for w in between)  # «посол и директор библиотеки А»
            holder = next((person for person, held in self.phrases.items() if following in held), None)
            two_people = two_people or (holder is not None and self._act_as_two(phrase, following, holder))
            two_people = two_people or bool(phrase.states and following.states and phrase.states != following.states)
            if holder is None or two_people or not joined or len(between) > 3:
                continue
            if phrase.case in (following.case, None) and following.end <= self.part.people[holder][0]:
                self.phrases[holder].insert(0, phrase)
                self.used.add(number)

    def _act_as_two(self, phrase: PostPhrase, following: PostPhrase, person: int) -> bool:
        """«глава области и посол А обсудили»: the verb in the plural counts two people."""
        joined = any(w.text == "и" for w in self.words[phrase.end : following.first])
        end = self.part.people[person][1]
        beside = [*self.words[end : end + 1], *reversed(self.words[max(0, phrase.first - 3) : phrase.first])]
        verb = next((w for w in beside if w.tag.verb_form == "Fin"), None)
        return joined and phrase.case == "Nom" and verb is not None and verb.tag.number == "Plur"

    def after_name(self) -> None:
        """«А, председатель комитета …, член совета …»."""
        last: dict[int, int] = {}  # where the apposition of a person has got to
        for number, phrase in enumerate(self.part.posts):
            if number in self.used or phrase.plural:
                continue
            person = _named_before(self.part, phrase)
            if person is None and not phrase.bare:
                person = next((p for p, end in last.items() if self._goes_on(end, phrase)), None)
            if person is not None:
                self._give(number, person, "name before post")
                last[person] = phrase.end

    def _goes_on(self, end: int, phrase: PostPhrase) -> bool:
        """Whether a phrase follows the apposition that ends here: «…, член совета», «… и член совета»."""
        between = [w.text for w in self.words[end : phrase.first]]
        follows = phrase.end >= len(self.words) or self.words[phrase.end].text in (",", ".", ")", ";")
        return between in ([","], ["и"], [",", "а", "также"]) and follows

    def appoint(self) -> None:
        """«Послом станет А», «А занимает пост министра», «фонд возглавляет А»."""
        for number, phrase in enumerate(self.part.posts):
            if number not in self.used and not phrase.plural:
                person = appointed(self.part, phrase)
                person = in_office(self.part, phrase) if person is None else person
                case = "Nom" if phrase.case == "Ins" else None
                if person is None:
                    person, case = put_in_office(self.part, phrase), "Gen"
                if person is not None:
                    self._give(number, person, "appointed", case)
        for person, phrase in headed(self.part):
            self.phrases[person].append(phrase)
            self.rules.setdefault(person, "heads")

    def tied(self) -> list[Tied]:
        """What the rules came to."""
        found = []
        for person, (first, end) in enumerate(self.part.people):
            if _names_a_city(self.part, person, self.shares):
                continue
            share = self.shares.get(person, Share(person))
            state = share.state
            if state is None and not any(phrase.states for phrase in self.phrases[person]):
                state = _bracketed_state(self.part, end) or _state_of_demonym(self.part, first)
            found.append(
                Tied(
                    first=first,
                    end=end,
                    words=_written(self.words[first:end]),
                    case=self.cases.get(person) or _case_of_name(self.part.sentence, first, end),
                    phrases=tuple(self.phrases[person]),
                    state=state,
                    title_place=share.place,
                    body=share.body,
                    rule=self.rules.get(person, "name alone"),
                    leads=person in self.leading,
                    superior=self.superiors.get(person),
                )
            )
        return found


def _is_beside_somebody(word: Word) -> bool:
    """«вдова», «водитель», «фотограф»: whose name may follow instead of that of the one whose post is told."""
    return word.low in words_of("kin") or (word.low in post_table() and only_in_body(post_table()[word.low][0]))


def _enumerates(words: Sequence[Word], phrase: PostPhrase) -> bool:
    """«приехали президент, премьер, А, Б»: the post is itself an item of a list."""
    before = words[phrase.first - 1].text if phrase.first else ""
    return before == "," and phrase.bare


def _names_a_city(part: SentenceParts, index: int, shares: dict[int, Share]) -> bool:
    """«мэрами …: Джорджа - А, Найзны - Б»: what the tagger took for a person is the city before the dash."""
    words, (_, end) = part.sentence.words, part.people[index]
    following = next((i for i, (first, _) in enumerate(part.people) if end < first <= end + 2), None)
    return (
        following is not None
        and words[end].text in DASHES
        and following in shares
        and shares[following].place is not None
    )


def _written(words: Sequence[Word]) -> tuple[str, ...]:
    """The words of a name as written: initials keep their full stop and stand alone («А.Гинтила» as «А. Гинтила»)."""
    text = words[0].text
    for before, word in pairwise(words):
        text += ("" if word.span.start == before.span.end else " ") + word.text
    return tuple(_INITIAL.sub(r"\1 ", text).split())


def _case_of_name(sentence: ParsedSentence, first: int, end: int) -> str | None:
    """The case a bare name stands in, where the words around it leave no doubt."""
    before = sentence.words[first - 1] if first else None
    head = sentence.words[first]
    if before is not None and before.low in ("с", "со", "между", "перед"):
        return "Ins"
    if before is not None and before.low in ("у", "от", "для"):
        return "Gen"
    around = [w for w in (before, sentence.words[end] if end < len(sentence.words) else None) if w is not None]
    if head.case == "Nom" and any(w.tag.pos == "VERB" and w.tag.verb_form == "Fin" for w in around):
        return "Nom"  # a subject beside its verb
    return None


def _named_right_after(part: SentenceParts, phrase: PostPhrase) -> int | None:
    words = part.sentence.words
    at = phrase.end
    if at + 1 < len(words) and words[at].text == "," and words[at + 1].low in honours():
        at += 1  # «с командующим, маршалом А»
    if at < len(words) and words[at].low in named_regions():
        at += 1  # «аким области Абай А»
    at = after_honours(words, at)
    if at + 2 < len(words) and words[at].low in ("в", "на") and words[at + 1].is_title:
        there = next((i for i, (first, _) in enumerate(part.people) if first == at + 2), None)
        if there is not None:
            return there  # «директор фонда на Кавказе Имя Фамилия»
    if at < len(words) and words[at].text == "(":  # «посол … (резиденция в Киеве) Имя»
        closing = next((w.index for w in words[at : at + 8] if w.text == ")"), None)
        at = closing + 1 if closing is not None else at
    return next((i for i, (first, _) in enumerate(part.people) if first == at), None)


def _named_before(part: SentenceParts, phrase: PostPhrase) -> int | None:
    """A name, a comma (dash, bracket), this phrase; and after the phrase a mark or the end, not another name."""
    words = part.sentence.words
    mark = phrase.first - 1
    while mark > 0 and words[mark].low in words_of("now"):  # «А, ныне посол …»
        mark -= 1
    if mark > 1 and words[mark].low == "и" and words[mark - 1].tag.pos == "NOUN" and words[mark - 1].case == "Nom":
        mark -= 2  # «А - политик и лидер партии»
    if mark < 1 or words[mark].text not in (",", "(", "-", "–", "—"):
        return None
    index = next((i for i, (_, end) in enumerate(part.people) if end == mark), None)
    if index is None:
        return None
    name_case = _case_of_name(part.sentence, *part.people[index]) or part.sentence.words[part.people[index][0]].case
    if phrase.bare and name_case and phrase.case and name_case != phrase.case:
        return None
    closes = (
        phrase.end >= len(words)
        or words[phrase.end].text in (",", ".", ")", ";", "-", "–", "—", "!", "?", ":")
        or (words[phrase.end].tag.pos not in ("NOUN", "PROPN", "ADJ") and not _cyrillic_title(words[phrase.end]))
    )
    listed = words[mark].text == "," and mark == phrase.first - 1 and phrase.bare and phrase.case not in ("Nom", None)
    return None if not closes or listed else index


def _cyrillic_title(word: Word) -> bool:
    """Whether a name or a further body may begin here, so that the phrase is not closed."""
    return word.is_title and not word.text.isascii()


def _state_of_demonym(part: SentenceParts, first: int) -> str | None:
    """«монгол А»: where the name comes right after the word for a citizen of a state."""
    return next((e.state for e in part.entities if e.kind == "demonym" and e.end == first), None)


def _bracketed_state(part: SentenceParts, end: int) -> str | None:
    words = part.sentence.words
    if end + 1 < len(words) and words[end].text == "(":
        return next((e.state for e in part.entities if e.first == end + 1 and e.kind == "state"), None)
    return None
