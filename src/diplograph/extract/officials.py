"""Who is who in one article: names tied to posts, mentions tied to persons, posts tied to states.

A name is tied to the post phrase beside it, not to its syntactic head: parsers hang half of the names on the
wrong noun.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from diplograph import gazetteer
from diplograph.extract.bodies import named_before, of_bare_post
from diplograph.extract.document import Document, ParsedSentence, Word
from diplograph.extract.entities import Entity
from diplograph.extract.forms import verb_forms
from diplograph.extract.name_parts import compatible, given_name_first
from diplograph.extract.names import Case, Gender, nominative
from diplograph.extract.organizations import OrganizationSpan
from diplograph.extract.posts import PostPhrase, acts_for, concept, honours
from diplograph.lexicon import words
from diplograph.model import Ref, Span

_CASES = {"Nom": "nom", "Gen": "gen", "Dat": "dat", "Acc": "acc", "Ins": "ins", "Loc": "loc"}


@dataclass(frozen=True, slots=True)
class SentenceParts:
    """A sentence with everything that was found in it."""

    sentence: ParsedSentence
    entities: tuple[Entity, ...]
    organizations: tuple[OrganizationSpan, ...]
    posts: tuple[PostPhrase, ...]
    people: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a person, resolved: what a `TenureClaim` is made of."""

    title: str
    concept: str | None
    states: tuple[str, ...]
    within: OrganizationSpan | None
    accredited_to: Ref | None
    accredited_name: str | None
    sentence: int
    span: Span
    lemma: str
    rule: str
    inferred: bool = False  # the state is from the context, not from the phrase


@dataclass
class Person:
    """A person of the article while it is being read; names are nominative, the fullest first."""

    name: str
    gender: str | None
    aliases: set[str] = field(default_factory=set)
    posts: list[Post] = field(default_factory=list)
    mentions: list[tuple[int, Span]] = field(default_factory=list)
    sure: bool = True
    states: set[str] = field(default_factory=set)  # that phrases beside the name say

    @property
    def state(self) -> str | None:
        """The state the person acts for, where a post says it."""
        return next((post.states[0] for post in self.posts if post.states), None)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody in a sentence: the words ``first … end-1`` (name and post), `core` the word that carries the role.

    `person` is an index into the cast; `named` is False for «посол», «он», «собеседники».
    """

    first: int
    end: int
    core: int
    person: int
    case: str | None
    named: bool


class Cast:
    """The persons of one article and where each stands."""

    def __init__(self, document: Document, parts: Sequence[SentenceParts], home: str | None) -> None:
        self.document = document
        self.parts = parts
        self.home = home
        self.people: list[Person] = []
        self.actors: list[list[Actor]] = [[] for _ in parts]
        self._read()

    # --- reading -------------------------------------------------------------------------------------

    def _read(self) -> None:
        ties = [_tie(part) for part in self.parts]
        # Full names first, so that a surname in a headline finds its person further down.
        order = [(n, i) for n, tied in enumerate(ties) for i in range(len(tied))]
        order.sort(key=lambda at: (-min(self._length(ties[at[0]][at[1]]), 2), at))
        placed: dict[tuple[int, int], int] = {}
        for number, index in order:
            placed[number, index] = self._place(number, ties[number][index])
        for (number, index), person in sorted(placed.items()):
            tied = ties[number][index]
            self.people[person].mentions.append((number, self.parts[number].sentence.span_of(tied.first, tied.end)))
            self.actors[number].append(self._actor(tied, person))
        for number, tied_here in enumerate(ties):
            for index, tied in enumerate(tied_here):
                self._give_posts(number, tied, placed[number, index])

    def _length(self, tied: _Tied) -> int:
        return sum(1 for word in tied.words if len(word.strip(".")) > 1)

    def _place(self, number: int, tied: _Tied) -> int:
        reading = nominative(tied.words, case=_CASES.get(tied.case or ""), gender=None)  # type: ignore[arg-type]
        name = " ".join(given_name_first(tuple(reading.nominative.split())))
        states = {state for phrase in tied.phrases for state in tied.states_of(phrase)}
        known = [
            index
            for index, person in enumerate(self.people)
            if compatible(person.name, name)
            or any(compatible(alias, name) and len(alias.split()) > 1 for alias in person.aliases)
        ]
        if not known and len(tied.words) == 1:
            known = [i for i, person in enumerate(self.people) if self._inflected(tied, person)]
            name = self.people[known[0]].name if known else name
        if states:
            known = [i for i in known if not self._contradicts(i, states)]
        if len(known) > 1:
            exact = [i for i in known if self.people[i].name == name]
            known = exact or known[:1] if len(tied.words) > 1 else known[-1:]
        if not known:
            self.people.append(Person(name, reading.gender, sure=reading.sure, states=states))
            return len(self.people) - 1
        person = self.people[known[0]]
        person.states |= states
        if person.name != name:
            fuller = len(name.split()) > len(person.name.split()) and not _has_initials(name)
            if fuller or (reading.sure and not person.sure and len(name.split()) == len(person.name.split())):
                person.aliases.add(person.name)
                person.name, person.gender, person.sure = name, reading.gender or person.gender, reading.sure
            else:
                person.aliases.add(name)
        return known[0]

    def _inflected(self, tied: _Tied, person: Person) -> bool:
        """Whether a bare surname is some case form of this person's."""
        cases: tuple[Case, ...] = ("gen", "dat", "acc", "ins", "loc")
        gender: Gender | None = person.gender  # type: ignore[assignment]
        return any(
            compatible(person.name, nominative(tied.words, case=case, gender=gender).nominative) for case in cases
        )

    def _contradicts(self, index: int, states: set[str]) -> bool:
        known = self.people[index].states
        return bool(known) and not known & states

    def _actor(self, tied: _Tied, person: int) -> Actor:
        case = tied.case or self._case_by_form(tied, person)
        first = min(
            [tied.first, *(p.first for p in tied.phrases if p.end <= tied.first and (tied.leads or not p.plural))]
        )
        core = next((p.head for p in reversed(tied.phrases) if p.end <= tied.first and not p.plural), tied.first)
        end = max([tied.end, *(p.end for p in tied.phrases)])
        return Actor(first, end, core, person, case, named=True)

    def _case_by_form(self, tied: _Tied, person: int) -> str | None:
        """A surname on a consonant that stands as in its nominative is the nominative, whatever the tagger says."""
        last = tied.words[-1]
        if (
            self.people[person].gender != "f"
            and last[-1:].lower() not in "аеёиоуыэюя"
            and self.people[person].name.endswith(last)
        ):
            return "Nom"
        return None

    # --- posts ---------------------------------------------------------------------------------------

    def _give_posts(self, number: int, tied: _Tied, index: int) -> None:
        person = self.people[index]
        for phrase in tied.phrases:
            states = tied.states_of(phrase)
            title, lemma, within = phrase.title, phrase.lemma, phrase.within
            accredited, accredited_name = phrase.accredited_to, phrase.accredited_name
            if phrase.is_counterpart:
                other = self._counterpart(number, index)
                if other is None:
                    continue
                title, lemma = other.title, other.lemma
                if other.accredited_to and other.accredited_to.kind == "organization":
                    accredited, accredited_name = other.accredited_to, other.accredited_name
            if within is None:
                within, title = self._body(number, phrase, title)
            elif phrase.body_text:
                title = f"{title} {phrase.body_text}"  # «глава представительства» of a body named right after
            if tied.title_place and phrase.plural:
                title = f"{phrase.lemma} {tied.title_place}"
            span = self.parts[number].sentence.span_of(min(phrase.first, tied.first), max(phrase.end, tied.end))
            person.posts.append(
                Post(
                    title,
                    concept(title, lemma),
                    states,
                    within,
                    accredited,
                    accredited_name,
                    number,
                    span,
                    lemma,
                    tied.rule,
                )
            )

    def _body(self, number: int, phrase: PostPhrase, title: str) -> tuple[OrganizationSpan | None, str]:
        """The body a post without one belongs to, and the title with the bare noun where nothing is found."""
        organizations = [part.organizations for part in self.parts]
        if phrase.body is not None:
            found = named_before(phrase.body, organizations, number, phrase.first)
            return found, title if found else f"{title} {phrase.body_text}"
        if phrase.bare and not phrase.plural and acts_for(phrase.lemma) == "body" and not phrase.is_counterpart:
            taken = frozenset(p.within.first for p in self.parts[number].posts if p.within)
            return of_bare_post(phrase.lemma, organizations, number, phrase.first, taken), title
        return None, title

    def _counterpart(self, number: int, index: int) -> Post | None:
        """The post of the one whose colleague this is: the last official before, else the first after."""
        seen = [actor.person for n in range(number, max(number - 3, -1), -1) for actor in reversed(self.actors[n])]
        for other in seen:
            if other != index and self.people[other].posts:
                return self.people[other].posts[-1]
        return None


def _has_initials(name: str) -> bool:
    return any(len(part.strip(".")) <= 1 for part in name.split())


@dataclass(frozen=True, slots=True)
class _Tied:
    """A name and the post phrases beside it."""

    first: int
    end: int
    words: tuple[str, ...]
    case: str | None
    phrases: tuple[PostPhrase, ...]
    state: str | None = None  # its share of a distributed phrase
    title_place: str | None = None
    rule: str = "post before name"
    leads: bool = False  # the first name after a plural post

    def states_of(self, phrase: PostPhrase) -> tuple[str, ...]:
        """The states of a phrase that are this person's."""
        if self.state is not None and (phrase.plural or not phrase.states):
            return (self.state,)
        return phrase.states[:1] if phrase.plural is False or len(phrase.states) == 1 else ()


def _tie(part: SentenceParts) -> list[_Tied]:
    """Each name of a sentence with its phrases, left to right."""
    tokens = part.sentence.words
    names = [_written(tokens[first:end]) for first, end in part.people]
    phrases: dict[int, list[PostPhrase]] = {i: [] for i in range(len(part.people))}
    shares: dict[int, tuple[str | None, str | None]] = {}
    rules: dict[int, str] = {}
    cases: dict[int, str | None] = {}
    leading: set[int] = set()
    used: set[int] = set()
    for number, phrase in enumerate(part.posts):
        listed = _listed_after(part, phrase) if phrase.plural else []
        if listed:
            used.add(number)
            leading.add(listed[0][0])
            for position, (index, state, place) in enumerate(listed):
                phrases[index].append(phrase)
                cases[index] = phrase.case
                if state is None and len(phrase.states) == len(listed):
                    state = phrase.states[position]
                elif state is None and len(phrase.states) == 1:
                    state = phrase.states[0]
                shares[index] = (state, place)
                rules[index] = "plural post distributed over names"
            continue
        index = _named_right_after(part, phrase)
        if index is not None and not phrase.plural:
            used.add(number)
            phrases[index].append(phrase)
            cases[index] = phrase.case
            rules[index] = "post before name"
    for number in range(len(part.posts) - 2, -1, -1):  # «посол в X, постоянный представитель при Y Имя»
        phrase, following = part.posts[number], part.posts[number + 1]
        if number in used or phrase.plural or following.plural:
            continue
        between = tokens[phrase.end : following.first]
        if phrase.bare and any(w.text == "и" for w in between):
            continue  # «посол и директор библиотеки Имя»: two people
        if all(w.text in (",", "и", "-", "–", "—") or w.low in ("также", "а") for w in between) and len(between) <= 3:
            holder = next((i for i, held in phrases.items() if following in held), None)
            if (
                holder is not None
                and (phrase.case == following.case or phrase.case is None)
                and following.end <= part.people[holder][0]
            ):
                phrases[holder].insert(0, phrase)
                used.add(number)
    for number, phrase in enumerate(part.posts):  # «Имя, председатель комитета …»
        if number in used or phrase.plural:
            continue
        index = _named_before(part, phrase)
        if index is not None:
            phrases[index].append(phrase)
            rules.setdefault(index, "name before post")
            used.add(number)
    for number, phrase in enumerate(part.posts):  # «Послом станет Имя», «Имя назначен послом»
        if number in used or phrase.plural or phrase.case != "Ins":
            continue
        index = _appointed(part, phrase)
        if index is not None:
            phrases[index].append(phrase)
            cases.setdefault(index, "Nom")
            rules.setdefault(index, "appointed")
            used.add(number)
    tied = []
    for index, (first, end) in enumerate(part.people):
        case = cases.get(index) or _case_of_name(part.sentence, first, end)
        state, place = shares.get(index, (None, None))
        if state is None and not any(p.states for p in phrases[index]):
            state = _bracketed_state(part, end)
        tied.append(
            _Tied(
                first,
                end,
                names[index],
                case,
                tuple(phrases[index]),
                state,
                place,
                rules.get(index, "name alone"),
                index in leading,
            )
        )
    return [one for index, one in enumerate(tied) if not _names_a_city(part, index, shares)]


def _names_a_city(part: SentenceParts, index: int, shares: dict[int, tuple[str | None, str | None]]) -> bool:
    """«мэрами …: Джорджа - А, Найзны - Б»: what the tagger took for a person is the city before the dash."""
    words, (_, end) = part.sentence.words, part.people[index]
    following = next((i for i, (first, _) in enumerate(part.people) if end < first <= end + 2), None)
    return (
        following is not None
        and words[end].text in ("-", "–", "—")
        and shares.get(following, (None, None))[1] is not None
    )


def _written(words: Sequence[Word]) -> tuple[str, ...]:
    """The words of a name as written: initials keep their full stop («А. Гинтила»)."""
    text = words[0].text
    for before, word in zip(words, words[1:], strict=False):
        text += ("" if word.span.start == before.span.end else " ") + word.text
    return tuple(text.split())


def _case_of_name(sentence: ParsedSentence, first: int, end: int) -> str | None:
    """The case a bare name stands in, where the words around it leave no doubt."""
    before = sentence.words[first - 1] if first else None
    head = sentence.words[first]
    if before is not None and before.low in ("с", "со", "между", "перед"):
        return "Ins"
    around = [w for w in (before, sentence.words[end] if end < len(sentence.words) else None) if w is not None]
    if head.case == "Nom" and any(w.tag.pos == "VERB" and w.tag.verb_form == "Fin" for w in around):
        return "Nom"  # a subject beside its verb
    return None


def _named_right_after(part: SentenceParts, phrase: PostPhrase) -> int | None:
    words = part.sentence.words
    at = phrase.end
    while at < len(words) and words[at].low in honours():
        at += 1
    if at < len(words) and words[at].text == "(":  # «посол … (резиденция в Киеве) Имя»
        closing = next((w.index for w in words[at : at + 8] if w.text == ")"), None)
        at = closing + 1 if closing is not None else at
    return next((i for i, (first, _) in enumerate(part.people) if first == at), None)


@cache
def _appointing() -> frozenset[str]:
    return frozenset(form for verb in words("ru", "posts")["appointing"]["verbs"] for form in verb_forms(verb))


def _appointed(part: SentenceParts, phrase: PostPhrase) -> int | None:
    """A post in the instrumental and a name, with nothing but a verb of appointment (and adverbs) between."""
    for index, (first, end) in enumerate(part.people):
        between = (
            part.sentence.words[phrase.end : first] if first >= phrase.end else part.sentence.words[end : phrase.first]
        )
        verbs = [w for w in between if w.low in _appointing()]
        others = [w for w in between if w.low not in _appointing() and w.tag.pos not in ("ADV", "PART", "AUX")]
        if len(verbs) >= 1 and not others and len(between) <= 4:
            return index
    return None


def _named_before(part: SentenceParts, phrase: PostPhrase) -> int | None:
    """A name, a comma (dash, bracket), this phrase; and after the phrase a mark or the end, not another name."""
    words = part.sentence.words
    if phrase.first < 2 or words[phrase.first - 1].text not in (",", "(", "-", "–", "—"):
        return None
    index = next((i for i, (_, end) in enumerate(part.people) if end == phrase.first - 1), None)
    if index is None:
        return None
    name_case = _case_of_name(part.sentence, *part.people[index]) or part.sentence.words[part.people[index][0]].case
    if phrase.bare and name_case and phrase.case and name_case != phrase.case:
        return None
    closes = (
        phrase.end >= len(words)
        or words[phrase.end].text in (",", ".", ")", ";", "-", "–", "—", "!", "?", ":")
        or (words[phrase.end].tag.pos not in ("NOUN", "PROPN", "ADJ"))
    )
    listed = words[phrase.first - 1].text == "," and phrase.bare and phrase.case not in ("Nom", None)
    return None if not closes or listed else index


def _listed_after(part: SentenceParts, phrase: PostPhrase) -> list[tuple[int, str | None, str | None]]:
    """The names a plural post distributes over, each with the state or city that stands beside it.

    «министрами … Индии и Пакистана — А и Б», «… пяти стран - А (Узбекистан), Б (Таджикистан)», «послы Дании (А),
    Индии (Б)», «мэрами городов: Кейптауна - А, Джорджа - Б».
    """
    words = part.sentence.words
    entity_at = {e.first: e for e in part.entities}
    person_at = {first: i for i, (first, _) in enumerate(part.people)}
    listed: list[tuple[int, str | None, str | None]] = []
    at, pending_state, pending_place, gap = phrase.end, None, None, 0
    if len(phrase.states) == 1 and at < len(words) and words[at].text == "(" and at + 1 in person_at:
        pending_state = phrase.states[0]
    while at < len(words):
        word = words[at]
        if at in person_at:
            index = person_at[at]
            end = part.people[index][1]
            if (
                end < len(words)
                and words[end].text in ("-", "–", "—")
                and (end + 1 in person_at or end + 2 in person_at)
            ):
                pending_place = " ".join(w.text for w in words[at:end])
                at = end
                continue
            state = pending_state
            if end + 1 < len(words) and words[end].text == "(" and end + 1 in entity_at and entity_at[end + 1].state:
                state = entity_at[end + 1].state
                end = entity_at[end + 1].end + 1
            elif pending_state is not None and end < len(words) and words[end].text == ")":
                end += 1
            listed.append((index, state, pending_place))
            at, pending_state, pending_place, gap = end, None, None, 0
            continue
        if at in entity_at and entity_at[at].kind in ("state", "place"):
            entity = entity_at[at]
            if (
                listed
                and pending_state is None
                and entity.end < len(words)
                and words[entity.end].text not in ("(", "-", "–", "—")
            ):
                break
            pending_state = entity.state
            pending_place = _words(part, entity) if entity.kind == "place" else None
            at = entity.end
            continue
        if (
            word.text in (",", "и", "-", "–", "—", "(", ":", "«", "»")
            or word.low in honours()
            or word.low in ("стран", "городов", "из")
        ):
            at += 1
            continue
        if word.is_title and at + 1 < len(words) and words[at + 1].text in ("-", "–", "—") and listed:
            pending_place = word.text
            at += 1
            continue
        gap += 1
        if (
            listed
            or gap > 4
            or word.tag.pos in ("VERB", "ADP")
            or any(p.first <= at < p.end for p in part.posts if p is not phrase)
        ):
            break
        at += 1
    return listed


def _words(part: SentenceParts, entity: Entity) -> str:
    return " ".join(w.text for w in part.sentence.words[entity.first : entity.end])


def _bracketed_state(part: SentenceParts, end: int) -> str | None:
    words = part.sentence.words
    if end + 1 < len(words) and words[end].text == "(":
        return next((e.state for e in part.entities if e.first == end + 1 and e.kind == "state"), None)
    return None


def home_state(document: Document, parts: Iterable[SentenceParts]) -> str | None:
    """The state whose news this is: that of the dateline's city, else the one most posts of the text act for."""
    city = document.dateline.city if document.dateline else None
    if city:
        for place in gazetteer.places():
            if place.capital and city.lower() in (name.lower() for name in place.names.get("ru", ())):
                return place.state
    counted = Counter(e.state for part in parts for e in part.entities if e.state)
    return min(counted, key=lambda state: (-counted[state], state)) if counted else None
