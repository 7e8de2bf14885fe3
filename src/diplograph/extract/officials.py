"""Who is who in one article: mentions tied to persons, names in the nominative, posts in the words of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from diplograph import gazetteer
from diplograph.extract.bodies import body_noun, named_before, names_its_kind, of_bare_post, of_title
from diplograph.extract.declension import Case, Gender
from diplograph.extract.document import Document
from diplograph.extract.forms import ends_in_vowel, fold
from diplograph.extract.introductions import group_introductions, introductions
from diplograph.extract.name_parts import compatible, family_first
from diplograph.extract.names import nominative
from diplograph.extract.organizations import OrganizationSpan
from diplograph.extract.parts import SentenceParts
from diplograph.extract.post_words import acts_for, concept, post_table
from diplograph.extract.posts import PostPhrase
from diplograph.extract.regions import state_of_region
from diplograph.extract.superiors import is_aide, is_successor, may_be_of, with_superior
from diplograph.extract.ties import Tied, tie
from diplograph.model import Ref, Span

_CASES: dict[str, Case] = {"Nom": "nom", "Gen": "gen", "Dat": "dat", "Acc": "acc", "Ins": "ins", "Loc": "loc"}


#: How the past of one person ends.
_OF_MAN_OR_WOMAN = ("л", "лся", "ла", "лась")
#: How the name of a committee begins that may be of a parliament.
_COMMITTEES = ("комитет", "подкомитет", "комисси", "подкомисси")


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
    former: bool = False  # «бывший министр»: no rung of the ladder, no accreditation
    of_named_state: bool = False  # «её посол»
    in_named_state: bool = False  # «посол … в этой стране»
    superior: int | None = None  # the person of the cast this one works for
    peer_state: str | None = None  # «её коллега»: whose colleague this is acts for another state
    several: bool = False  # one of the holders of a plural post: «президенты А и Б»
    committee: str = ""  # the body as written, where it is a committee: «Комитета по экономике»


@dataclass
class Person:
    """A person of the article while it is being read; names are nominative, the fullest first."""

    name: str
    gender: Gender | None
    aliases: set[str] = field(default_factory=set)
    posts: list[Post] = field(default_factory=list)
    mentions: list[tuple[int, Span]] = field(default_factory=list)
    sure: bool = True
    states: set[str] = field(default_factory=set)  # that phrases beside the name say
    rivals: tuple[str, ...] = ()  # what else the name may be in the nominative, where that is not sure

    @property
    def state(self) -> str | None:
        """The state the person acts for, where a post says it; of somebody without a post the one beside the name."""
        if not self.posts and len(self.states) == 1:
            return next(iter(self.states))
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
        self._begun: dict[str, list[int]] = {}  # persons by how a word of their names begins
        self._read()

    # --- reading -------------------------------------------------------------------------------------

    def _read(self) -> None:
        ties = [tie(part) for part in self.parts]
        # Full names first, so that a surname in a headline finds its person further down.
        order = [(n, i) for n, tied in enumerate(ties) for i in range(len(tied))]
        order.sort(key=lambda at: (-min(self._length(ties[at[0]][at[1]]), 2), at))
        placed: dict[tuple[int, int], int] = {}
        for number, index in order:
            placed[number, index] = self._place(number, ties[number][index])
        for (number, index), person in sorted(placed.items()):
            tied = ties[number][index]
            self.people[person].mentions.append((number, self.parts[number].sentence.span_of(tied.first, tied.end)))
            self.actors[number].append(self._actor(number, tied, person))
        self._learn_genders()
        for number, tied_here in enumerate(ties):
            for index, tied in enumerate(tied_here):
                self._give_posts(number, tied, placed[number, index])
        for found in group_introductions(self.parts, ties, placed):
            self._give_posts(found.number, found.tied, placed[found.name])
        for found in introductions(self.parts, ties, placed):
            person = placed[found.name]
            self.actors[found.number].append(self._actor(found.number, found.tied, person))
            self.actors[found.number].sort(key=lambda actor: actor.core)
            self._give_posts(found.number, found.tied, person)

    def _learn_genders(self) -> None:
        """«Тумурбаатар съездил»: the verb right beside a subject tells a man from a woman."""
        for number, actors in enumerate(self.actors):
            words = self.parts[number].sentence.words
            for actor in actors:
                beside = [*words[actor.end : actor.end + 1], *words[max(0, actor.first - 1) : actor.first]]
                verb = next((w for w in beside if w.tag.tense == "Past" and w.tag.verb_form == "Fin"), None)
                if actor.case == "Nom" and verb is not None and verb.low.endswith(_OF_MAN_OR_WOMAN):
                    self.people[actor.person].gender = "m" if verb.low.endswith(("л", "лся")) else "f"

    def _length(self, tied: Tied) -> int:
        return sum(1 for word in tied.words if len(word.strip(".")) > 1)

    def _place(self, number: int, tied: Tied) -> int:
        reading = nominative(tied.words, case=_CASES.get(tied.case or ""), gender=None)
        name = reading.nominative
        states = {state for phrase in tied.phrases for state in tied.states_of(phrase)}
        states |= {tied.state} if tied.state and not tied.phrases else set()
        near = self._alike(tied.words)
        known = [
            index
            for index in near
            if compatible(self.people[index].name, name)
            or any(compatible(alias, name) and len(alias.split()) > 1 for alias in self.people[index].aliases)
        ]
        if not known:
            known = [i for i in near if self._inflected(tied, self.people[i])]
            if known and _shows_nominative(tied.words, self.people[known[0]].name):
                self.people[known[0]].name = name  # «Михаил Плугару» after «встречи Михаила Плугару»
            name = self.people[known[0]].name if known else name
        if not known and reading.sure:
            known = [i for i in near if self._settled(self.people[i], name)]
        if states:
            known = [i for i in known if not self._contradicts(i, states)]
        if len(known) > 1:
            exact = [i for i in known if self.people[i].name == name]
            known = exact or known[:1] if len(tied.words) > 1 else known[-1:]
        if not known:
            others = reading.alternatives if not reading.sure else ()
            self.people.append(Person(name, reading.gender, sure=reading.sure, states=states, rivals=others))
            self._index(len(self.people) - 1, name)
            return len(self.people) - 1
        self._index(known[0], name)
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

    def _index(self, person: int, name: str) -> None:
        for beginning in _beginnings(name.split()):
            persons = self._begun.setdefault(beginning, [])
            if person not in persons:
                persons.append(person)

    def _alike(self, words: Sequence[str]) -> list[int]:
        """The persons a word of whose names begins alike, in their order: the only ones the words can mean."""
        return sorted({person for beginning in _beginnings(words) for person in self._begun.get(beginning, ())})

    def _settled(self, person: Person, name: str) -> bool:
        """«… принял Пьера Дюваля. П. Дюваль …»: a sure form tells which nominative an unsure one had."""
        meant = next((rival for rival in person.rivals if compatible(rival, name)), None)
        if meant is None or person.sure:
            return False
        person.name, person.sure = meant, True
        return True

    def _inflected(self, tied: Tied, person: Person) -> bool:
        """Whether the words are a case form of this person's name; more than a surname must give it to the letter."""
        cases: tuple[Case, ...] = ("gen", "dat", "acc", "ins", "loc")
        gender = person.gender
        short = all(_is_initial(word) for word in tied.words[:-1])  # «встреча М. Шаверданца»
        for case in cases:
            reading = nominative(tied.words, case=case, gender=gender)
            for name in (reading.nominative, *reading.alternatives):
                part_of = 1 < len(tied.words) < len(person.name.split()) and person.name.endswith(f" {name}")
                if name == person.name or part_of or (short and compatible(person.name, name)):
                    return True  # «Абу Руммана» is a form of «Халед Абу Румман»
        return False

    def _contradicts(self, index: int, states: set[str]) -> bool:
        known = self.people[index].states
        return bool(known) and not known & states

    def _actor(self, number: int, tied: Tied, person: int) -> Actor:
        case = tied.case or self._case_by_form(number, tied, person)
        first = min(
            [tied.first, *(p.first for p in tied.phrases if p.end <= tied.first and (tied.leads or not p.plural))]
        )
        core = next((p.head for p in reversed(tied.phrases) if p.end <= tied.first and not p.plural), tied.first)
        end = max([tied.end, *(p.end for p in tied.phrases)])
        return Actor(first, end, core, person, case, named=True)

    def _case_by_form(self, number: int, tied: Tied, person: int) -> str | None:
        """A surname on a consonant that stands as in its nominative is the nominative, whatever the tagger says."""
        last = tied.words[-1]
        if self.people[person].gender != "f" and not ends_in_vowel(last) and self.people[person].name.endswith(last):
            return "Nom"
        sentence = self.parts[number].sentence
        if _is_initial(tied.words[0]) and not self.people[person].name.endswith(last):
            return None  # «М. Ондрейчака»
        return "Nom" if not tied.phrases and sentence.words[tied.first].case == "Nom" else None

    # --- posts ---------------------------------------------------------------------------------------

    def _give_posts(self, number: int, tied: Tied, index: int) -> None:
        person = self.people[index]
        for phrase in tied.phrases:
            states = tied.states_of(phrase)
            title, lemma, within = phrase.title, phrase.lemma, phrase.within or tied.body
            if not states and phrase.place is not None:  # «мэр Риги»
                states = (gazetteer.place(phrase.place.key).state,)
            elif not states and (region := state_of_region(title.split())):
                states = (region,)
            if title == "глава дипломатической миссии" and "верительн" in self.document.article.text:
                title = lemma = "посол"  # heads of mission who hand over credentials are ambassadors
            accredited, accredited_name = phrase.accredited_to, phrase.accredited_name
            superior = self._superior(number, tied, phrase, index)
            peer_state = None
            if phrase.is_counterpart:
                other = self.people[superior].posts[-1] if superior is not None else self._counterpart(number, index)
                if other is None:
                    continue
                title, lemma = other.title, other.lemma
                succeeds = is_successor(phrase.lemma)
                peer_state = other.states[0] if other.states and not succeeds else None
                if succeeds:
                    states, within = states or other.states, within or other.within
                if other.accredited_to and (succeeds or other.accredited_to.kind == "organization"):
                    accredited, accredited_name = other.accredited_to, other.accredited_name
            elif superior is not None and title == lemma:
                boss = self.people[superior].posts[-1]
                title, states = with_superior(title, boss.title, boss.lemma), boss.states
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
                    None if phrase.former else concept(title, lemma),
                    states,
                    within,
                    accredited,
                    accredited_name,
                    number,
                    span,
                    lemma,
                    tied.rule,
                    former=phrase.former,
                    of_named_state=phrase.of_named_state,
                    in_named_state=phrase.in_named_state,
                    superior=superior,
                    peer_state=peer_state,
                    several=phrase.plural,
                    committee=self._committee(number, phrase),
                )
            )
        present = [post for post in person.posts if not post.former]
        person.posts = present or person.posts  # who holds a post now is not shown by what he was

    def _body(self, number: int, phrase: PostPhrase, title: str) -> tuple[OrganizationSpan | None, str]:
        """The body a post without one belongs to, and the title with the bare noun where nothing is found."""
        organizations = [part.organizations for part in self.parts]
        if phrase.body is not None:
            found = named_before(phrase.body, organizations, number, phrase.first)
            return found, title if found else f"{title} {phrase.body_text}"
        if not (phrase.states or phrase.accredited_to or phrase.plural or phrase.is_counterpart):
            found = of_title(title, organizations, number, phrase.first)
            if found is not None:
                return found, title
        *kept, last = self.parts[number].sentence.words[phrase.head : phrase.end]
        if (
            len(kept) > 1
            and not phrase.is_counterpart
            and (noun := body_noun(last))
            and title.endswith(f" {last.text}")
        ):
            found = named_before(noun, organizations, number, phrase.first)  # «директор департамента Азии банка»
            if found is not None:
                return found, title.removesuffix(f" {last.text}")
        if names_its_kind(phrase.lemma) and not phrase.bare and not phrase.plural:
            return of_bare_post(phrase.lemma, organizations, number, phrase.first, frozenset()), title
        if phrase.bare and not phrase.plural and acts_for(phrase.lemma) == "body" and not phrase.is_counterpart:
            taken = frozenset(p.within.first for p in self.parts[number].posts if p.within)
            return of_bare_post(phrase.lemma, organizations, number, phrase.first, taken), title
        return None, title

    def _committee(self, number: int, phrase: PostPhrase) -> str:
        body, words = phrase.within, self.parts[number].sentence.words
        if body is None or body.state or body.first < 0 or not words[body.first].low.startswith(_COMMITTEES):
            return ""
        of_subject = body.first + 1 < body.end and words[body.first + 1].low == "по"
        return " ".join(word.text for word in words[body.first : body.end]) if of_subject else ""

    def _superior(self, number: int, tied: Tied, phrase: PostPhrase, index: int) -> int | None:
        """Who «его», «её» or the name in the genitive means: somebody with a post; None for a post of its own."""
        if tied.superior is not None:
            named = next((a.person for a in self.actors[number] if a.first <= tied.superior < a.end), None)
            return named if named is not None and self.people[named].posts else None
        aide = is_aide(phrase.lemma) and phrase.possessive is not None
        if not aide and not is_successor(phrase.lemma):
            return None
        before = [a.person for a in reversed(self.actors[number]) if a.end <= phrase.first]
        before += [a.person for n in range(number - 1, max(number - 5, -1), -1) for a in reversed(self.actors[n])]
        words = self.parts[number].sentence.words
        spoken = {post_table()[w.low][0] for w in words[phrase.head + 1 : phrase.end] if w.low in post_table()}
        for other in before:
            person = self.people[other]
            fits = not spoken or any(post.lemma in spoken for post in person.posts)  # «преемница посла»
            if fits and other != index and person.posts and may_be_of(phrase.possessive or "", person.gender):
                return other
        return None

    def _counterpart(self, number: int, index: int) -> Post | None:
        """The post of the one whose colleague this is: of the last official before, else of who is meant by a title.

        «Министр … беседовал с болгарским коллегой А»: the last holder of the post that the sentence speaks of.
        """
        near = [actor.person for n in range(number, max(number - 3, -1), -1) for actor in reversed(self.actors[n])]
        spoken = {phrase.lemma for phrase in self.parts[number].posts if phrase.bare and not phrase.is_counterpart}
        far = [actor.person for n in range(number - 1, -1, -1) for actor in reversed(self.actors[n])]
        meant = [p for p in far if any(post.lemma in spoken for post in self.people[p].posts)]
        named = any(a.person != index and self.people[a.person].posts for a in self.actors[number])
        for other in near + far if named or not meant else meant:
            if other != index and self.people[other].posts:
                return self.people[other].posts[-1]
        return None


def _beginnings(words: Iterable[str]) -> Iterator[str]:
    """How each part of a name begins that is no initial; no case form of a surname changes that."""
    for word in words:
        for part in fold(word).replace("-", " ").split():
            if len(part.strip(".")) > 1:
                yield part[:3]
                if len(part) == 3:
                    yield part[:2]  # «Юна» of «Юн»


def _shows_nominative(written: Sequence[str], name: str) -> bool:
    """Whether a man's given name stands as in his name, on a consonant: then the surname is a nominative too."""
    known = name.split()
    western = len(written) == len(known) == 2 and not family_first(tuple(written))
    return western and written[0] == known[0] and not ends_in_vowel(written[0])


def _has_initials(name: str) -> bool:
    return any(_is_initial(part) for part in name.split())


def _is_initial(part: str) -> bool:
    return len(part.strip(".")) <= 1
