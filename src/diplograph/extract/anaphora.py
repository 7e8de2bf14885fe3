"""To whom «посол», «дипломат», «он», «саудовский гость» point, and whose journey is told.

Where two people fit, nobody is meant: a false participant is worse than a missing one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from diplograph.extract.accreditations import is_envoy
from diplograph.extract.clauses import Clause
from diplograph.extract.document import Word
from diplograph.extract.drafts import Draft
from diplograph.extract.encounter_words import FORMAL, forms_of, verb_forms_of, verb_group
from diplograph.extract.forms import fold
from diplograph.extract.officials import Actor, Cast, Post
from diplograph.extract.parts import SentenceParts
from diplograph.extract.post_words import ONE_TO_A_STATE, concept
from diplograph.extract.posts import PostPhrase
from diplograph.lexicon import words

#: The genders of a relative pronoun that can point to a person.
_GENDERS: dict[str | None, tuple[str, ...]] = {"m": ("Masc",), "f": ("Fem",), None: ("Masc", "Fem")}


#: Groups of verbs of encounter that take nobody in the accusative.
_WITHOUT_OBJECT = frozenset(["happen", "with", "visit", "attend", "become", "stay", "opening"])


def _means_several(tokens: Sequence[Word], index: int) -> bool:
    """«они», «собеседники», «оба»; not «обе делегации»."""
    if tokens[index].low not in forms_of("group") or tokens[index].tag.number == "Sing":
        return False
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    counts = tokens[index].low.startswith(("об", "обе")) and tokens[index].tag.pos != "NOUN"
    return not (counts and following is not None and following.tag.pos == "NOUN")


def _is_diplomat(post: Post) -> bool:
    body = post.within.name if post.within is not None else ""
    of_ministry = "иностранных дел" in fold(f"{post.title} {body}") or fold(body).startswith("мид")
    return is_envoy(post) or post.accredited_to is not None or of_ministry


class Pointers:
    """Resolves pointing words while an article is read from its beginning; `subject` is the person last spoken of."""

    def __init__(self, parts: Sequence[SentenceParts], cast: Cast) -> None:
        self.parts = parts
        self.cast = cast
        self.subject: int | None = None
        self.spoken: list[tuple[int, int, str | None]] = []  # those meant without a name: sentence, person, case

    def remember_subject(self, number: int) -> None:
        """Call after a sentence is read: its subject is what the next pronoun points to."""
        part, actors = self.parts[number], self.cast.actors[number]
        words = part.sentence.words
        subjects = [a for a in actors if a.case == "Nom" or (a.case is None and words[a.core].case == "Nom")]
        meant = [(person, case) for sentence, person, case in self.spoken if sentence == number]
        spoken = [person for person, case in meant if case == "Nom"]
        if spoken:
            self.subject = spoken[0]
        elif any(person == self.subject for person, _ in meant):
            return  # «Принимал его директор …»: the text goes on about him
        elif subjects:
            self.subject = subjects[0].person
        elif actors and self.subject is None:
            self.subject = actors[0].person

    def protagonist(self, current: Draft | None, drafts: Sequence[Draft]) -> int | None:
        """Of those in the encounter before, the one who took part in most so far; None where there is no encounter."""
        if current is None or not current.participants:
            return None
        counted = Counter(person for draft in drafts for person in draft.participants)
        return min(current.participants, key=lambda person: (-counted[person], person))

    def actors(self, number: int, clause: Clause, current: Draft | None, hero: int | None) -> list[Actor]:
        """Those whom unnamed words of a clause point to, in the order posts, demonyms, pronouns; each person once.

        `current` is the encounter before, whose visitor «гость» is; `hero`, the protagonist so far, wins among several
        that fit.
        """
        part = self.parts[number]
        named = self.cast.actors[number]
        tied = {i for a in named for i in range(a.first, a.end)}
        present = {a.person for a in named if clause.first <= a.core < clause.end}
        found: list[Actor] = []

        def add(first: int, end: int, core: int, person: int | None, case: str | None) -> None:
            if person is not None and person not in present:
                found.append(Actor(first, end, core, person, case, named=False))
                present.add(person)

        for post in part.posts:
            inside = clause.first <= post.head < clause.end and not post.plural and post.head not in tied
            if inside and not self._leads_to_name(number, post):
                add(post.first, post.end, post.head, self._by_post(number, post, hero), post.case)
        for entity in part.entities:
            word = part.sentence.words[entity.first]
            inside = clause.first <= entity.first < clause.end and entity.first not in tied
            if entity.kind == "demonym" and inside and word.tag.number == "Sing":
                add(entity.first, entity.end, entity.first, self._of_state(number, entity.state), word.case)
        for word in part.sentence.words[clause.first : clause.end]:
            add(
                word.index,
                word.index + 1,
                word.index,
                self._by_word(number, clause, word, part, current, hero),
                word.case,
            )
        self._add_relative(number, clause, add)
        self.spoken += [(number, actor.person, actor.case) for actor in found]
        return found

    def _leads_to_name(self, number: int, post: PostPhrase) -> bool:
        """«Посол в Эфиопии, наблюдатель при союзе А»: the first post of somebody who is named right after."""
        tokens = self.parts[number].sentence.words
        comma = post.end < len(tokens) and tokens[post.end].text == ","
        return comma and any(a.first in (post.end + 1, post.end + 2) for a in self.cast.actors[number])

    def group(self, number: int, clause: Clause, drafts: Sequence[Draft]) -> list[int]:
        """«сопредседателей принял …», «министры созвонятся», «они увидятся»: several of an encounter before.

        Those of its participants who hold the post of the plural noun; all of the last one for «собеседники»; []
        where fewer than two are meant.
        """
        meant = self.posted(number, clause, drafts)
        if meant or not drafts:
            return meant
        tokens = self.parts[number].sentence.words
        before = [a.person for a in self.cast.actors[number] if a.end <= clause.first and a.case == "Nom" and a.named]
        if len(before) > 1 and any(word.low in ("ними", "их", "они") for word in tokens[clause.first : clause.end]):
            return list(dict.fromkeys(before))  # «А и Б были гостями министерства, где с ними беседовал …»
        meant_by = next((w for w in tokens[clause.first : clause.end] if _means_several(tokens, w.index)), None)
        if meant_by is not None and meant_by.low.startswith("дво"):
            named = [a.person for a in self.cast.actors[number - 1] if a.case == "Nom" and a.named] if number else []
            return list(dict.fromkeys(named)) if len(set(named)) == 2 else []  # «эти двое»
        if meant_by is not None:
            pairs = {frozenset(d.participants) for d in drafts if len(d.participants) > 1}
            far = self.parts[drafts[-1].sentence].sentence.paragraph != self.parts[number].sentence.paragraph
            both = words("ru", "encounters")["both"]["words"]
            if set(both) & {meant_by.low, tokens[meant_by.index - 1].low} and len(pairs) > 1 and far:
                return []  # «обоих политиков ждёт …»: which two
            return list(drafts[-1].participants) if len(drafts[-1].participants) > 1 else []
        return []

    def posted(self, number: int, clause: Clause, drafts: Sequence[Draft]) -> list[int]:
        """«министры», «оба премьера»: the participants of the last encounter that had several in that post."""
        part = self.parts[number]
        tied = {i for a in self.cast.actors[number] for i in range(a.first, a.end)}
        for post in part.posts:
            if not clause.first <= post.head < clause.end or not post.plural or post.head in tied or post.states:
                continue
            if self._is_of_others(part.sentence.words[post.head : post.end + 1]):
                continue  # «с послами стран Азии»: others
            if post.lemma == "глава" and "делегаци" in fold(f"{post.title} {post.body_text}"):
                event = next((d for d in reversed(drafts) if d.type in FORMAL and len(d.participants) > 2), None)
                if event is not None:
                    return list(event.participants)  # «Глав делегаций принял президент»
            rung = concept(post.title, post.lemma)
            for draft in reversed(drafts):
                meant = [person for person in draft.participants if self._holds(person, post.lemma, rung)]
                if len(meant) > 1:
                    return meant
        return []

    def _is_of_others(self, phrase: Sequence[Word]) -> bool:
        """«послы стран Азии», but not «послы двух стран»."""
        return any(
            word.low == "стран" and before.tag.pos != "NUM" and before.low != "обеих"
            for before, word in pairwise(phrase)
        )

    def _holds(self, person: int, lemma: str, rung: str | None) -> bool:
        posts = self.cast.people[person].posts
        return any(post.lemma == lemma or (rung is not None and post.concept == rung) for post in posts)

    def _by_post(self, number: int, post: PostPhrase, hero: int | None) -> int | None:
        """«посол», «глава МИД», «госсекретарь»: a bare post, or a title that somebody has."""
        if post.is_counterpart:  # «со своей исландской коллегой»
            return self._of_state(number, post.states[0]) if post.states else None
        rung = concept(post.title, post.lemma)
        rungs = words("ru", "encounters")["points"].get(fold(f"{post.title} {post.body_text}".strip()), [rung])
        if rung == "minister" and post.states and post.title == post.lemma:
            rungs = ["minister", "foreign-minister"]  # «бразильский министр»
        titled = any(fold(p.title) == fold(post.title) for one in self.cast.people for p in one.posts)
        only = rung in ONE_TO_A_STATE or rungs != [rung]
        if post.title != post.lemma and not titled and not (rung and post.states) and not only:
            return None

        def fits(person: int) -> bool:
            return any(
                (
                    held.lemma == post.lemma
                    or (held.concept in rungs and (rung not in ONE_TO_A_STATE or bool(held.states)))
                    or fold(held.title) == fold(post.title)
                )
                and (not post.states or not held.states or post.states[0] in held.states)
                and (post.within is None or (held.within is not None and held.within.ref == post.within.ref))
                for held in self.cast.people[person].posts
            )

        if "делегаци" in post.title and hero is not None and self.cast.people[hero].state in (None, *post.states):
            return hero  # «глава грузинской делегации»
        fitting = [person for person in self._recent(number) if fits(person)]
        fitting = [person for person in fitting if self._agrees(number, post, person)] or fitting
        if post.states:  # «вьетнамский посол»: of that state before one whose state is not told
            fitting = [p for p in fitting if self.cast.people[p].state == post.states[0]] or fitting
        likely = next((person for person in (self.subject, hero) if person in fitting), None)
        if likely is not None:
            return likely
        near = [person for person in self._recent(number, same_paragraph=True) if person in fitting]
        fitting = near if len(near) == 1 else fitting
        return fitting[0] if len(fitting) == 1 else None

    def _agrees(self, number: int, post: PostPhrase, person: int) -> bool:
        """«министр посетил»: the verb after a subject tells a man from a woman."""
        tokens = self.parts[number].sentence.words
        gender = self.cast.people[person].gender
        verb = next((w for w in tokens[post.end : post.end + 4] if w.tag.tense == "Past"), None)
        if post.case != "Nom" or verb is None or gender is None or verb.tag.number != "Sing":
            return True
        return verb.low.endswith(("ла", "лась", "на")) == (gender == "f")

    def _add_relative(
        self, number: int, clause: Clause, add: Callable[[int, int, int, int | None, str | None], None]
    ) -> None:
        """«…, с которой беседовал …», «…, который собрал …»: the one named right before the relative clause."""
        tokens = self.parts[number].sentence.words
        for word in tokens[clause.first : min(clause.first + 3, clause.end)]:
            if not word.low.startswith("котор") or word.tag.number == "Plur":
                continue
            before = [a for a in self.cast.actors[number] if a.end in (clause.first, clause.first - 1)]
            if before and word.tag.gender in (None, *_GENDERS[self.cast.people[before[-1].person].gender]):
                add(word.index, word.index + 1, word.index, before[-1].person, word.case)

    def _by_word(
        self, number: int, clause: Clause, word: Word, part: SentenceParts, current: Draft | None, hero: int | None
    ) -> int | None:
        if word.low in forms_of("pointer") and word.tag.number != "Plur":
            adjective = next((e for e in part.entities if e.kind == "adjective" and e.end == word.index), None)
            if adjective is not None:
                return self._of_state(number, adjective.state)
            if word.low.startswith("дипломат"):
                return self._diplomat(number, hero)
            if not word.low.startswith("гост"):
                return self.subject
            visitor = self._visitor(current)
            at_home = hero is not None and current is not None and self.cast.people[hero].state == current.country
            told = None if at_home and current is not None and current.country else hero
            return visitor if visitor is not None else told if told is not None else self.subject
        if word.low in words("ru", "encounters")["latter"]["words"] and word.case == "Nom":
            return self._latter(number, clause, word)
        if word.low.startswith("делегаци") and word.case != "Nom" and current is not None:
            if any(w.low.startswith("возглав") for w in part.sentence.words[clause.first : clause.end]):
                return None
            adjective = next((e for e in part.entities if e.kind == "adjective" and e.end == word.index), None)
            before = part.sentence.words[adjective.first - 1] if adjective is not None and adjective.first else word
            if word.case == "Gen" and before.tag.pos != "VERB":
                return None  # «в составе узбекской делегации»
            sent = [p for p in current.participants if adjective and self.cast.people[p].state == adjective.state]
            return sent[0] if len(sent) == 1 else None  # «показала узбекской делегации рынок»
        gender = words("ru", "encounters")["pronoun"].get(word.low)
        possessive = word.low in ("его", "ее") and (word.tag.pos != "PRON" or word.case not in ("Acc", "Gen"))
        if word.low in ("него", "нее") and not self._calls_on(part.sentence.words, clause, word):
            return None
        if word.case == "Loc":
            return None  # «В ней участвовали», «о нём говорили»
        if gender is None or possessive or self._is_possessive(part.sentence.words, word):
            return None
        sent_here = any(w.low == "делегация" for w in part.sentence.words[: word.index])
        if sent_here and word.low in ("ее", "ней", "нею") and hero is not None:
            return hero  # «делегация отправится в Самарканд, где её примет хоким»
        return self._by_pronoun(number, clause, word, gender)

    def _diplomat(self, number: int, hero: int | None) -> int | None:
        """«дипломат»: the person last spoken of, unless his post is of another kind and a diplomat is named."""
        known = [p for p in self._recent(number) if any(map(_is_diplomat, self.cast.people[p].posts))]
        other = self.subject is not None and self.subject not in known and bool(self.cast.people[self.subject].posts)
        if not other or not known:
            return self.subject
        return known[0] if len(known) == 1 else hero if hero in known else None

    def _calls_on(self, tokens: Sequence[Word], clause: Clause, word: Word) -> bool:
        """«у неё побывал посол»; «у него намечена встреча» and «агреман на него» are of no visit to him."""
        at = word.index > 0 and tokens[word.index - 1].low == "у"
        return at and any(verb_group(w.low) == "visit" for w in tokens[clause.first : clause.end])

    def _latter(self, number: int, clause: Clause, word: Word) -> int | None:
        """«Последняя подписала …», «Тот предложил …» at the beginning: whom the sentence before named last."""
        tokens = self.parts[number].sentence.words
        following = tokens[word.index + 1] if word.index + 1 < len(tokens) else word
        before = self.cast.actors[number - 1] if number else []
        if word.index != clause.first or following.tag.pos in ("NOUN", "ADJ", "PROPN", "NUM") or not before:
            return None
        last = before[-1].person
        gender = "f" if word.low.endswith(("яя", "та")) else "m"
        return last if self.cast.people[last].gender in (None, gender) else None

    def _is_possessive(self, tokens: Sequence[Word], word: Word) -> bool:
        """«его преемница прибудет»: no object, for no verb stands before it and a noun follows."""
        if word.low not in ("его", "ее") or word.index + 1 >= len(tokens):
            return False
        before, following = tokens[word.index - 1] if word.index else None, tokens[word.index + 1]
        says = before is not None and before.low in verb_forms_of("report")  # «как рассказал её пресс-секретарь»
        governed = before is not None and before.tag.pos == "VERB" and not says  # «с его», but «с ним»
        if governed and before is not None and verb_group(before.low) in _WITHOUT_OBJECT:
            return True  # «состоялась его беседа», «приехал его заместитель»
        fronted = tokens[word.index - 2] if word.index > 1 else None
        if governed and fronted is not None and fronted.case == "Acc" and fronted.tag.animacy == "Anim":
            return True  # «Гостя принял его заместитель»
        numeral = following.text[:1].isdigit()  # «его 11 сентября принял министр»
        return not governed and not numeral and following.tag.pos in ("NOUN", "ADJ")

    def _by_pronoun(self, number: int, clause: Clause, word: Word, gender: str) -> int | None:
        """The last subject that fits; an object is never the subject of its own clause."""
        named = [a for a in self.cast.actors[number] if a.end <= word.index and a.case == "Nom"]
        spoken = [(person, case) for sentence, person, case in self.spoken if sentence == number]
        if word.case == "Nom":
            own: frozenset[int] = frozenset()
        else:
            own = frozenset(a.person for a in self.cast.actors[number] if self._is_subject(a, clause))
            own |= self._relative_subject(number, clause)
            named = [a for a in named if a.core < clause.first]
        before = [a.person for a in named] + [person for person, case in spoken if case == "Nom"]
        if word.case != "Nom" and not before:  # «Посла А ожидают в парламенте, где с ним простится …»
            earlier = {a.person for a in self.cast.actors[number] if a.end <= clause.first}
            before = [person for person in earlier if len(earlier) == 1]
        if word.case == "Nom" and not before and (called := self._called(number, clause, gender)) is not None:
            return called
        there = self.parts[number].sentence.words[clause.first].low == "где"  # «посетит Комрат, где её примет»
        if (
            word.case != "Nom"
            and not there
            and (meant := self._named_beside(number, clause, word, gender, own)) is not None
        ):
            return meant
        last = [a.person for a in self.cast.actors[number - 1]] if number else []
        for person in [*reversed(before[-1:]), self.subject, *last]:
            if person is not None and person not in own and self.cast.people[person].gender in (None, gender):
                return person
        if self._heads_delegation(number, word):
            return self.subject  # «возглавил делегацию. … её принял»
        fitting = [a.person for a in self.cast.actors[number] if a.end <= word.index and a.person not in own]
        fitting = [p for p in dict.fromkeys(fitting) if self.cast.people[p].gender == gender]
        return fitting[0] if len(fitting) == 1 else None

    def _called(self, number: int, clause: Clause, gender: str) -> int | None:
        """«Посла А вызвали в министерство; объяснялась она с Б»: whom unnamed people called is spoken of."""
        tokens = self.parts[number].sentence.words
        for actor in self.cast.actors[number]:
            verb = tokens[actor.end] if actor.end < clause.first else None
            unnamed = verb is not None and verb.tag.pos == "VERB" and verb.tag.number == "Plur"
            called = actor.case in ("Acc", "Gen") and self.cast.people[actor.person].gender in (None, gender)
            if unnamed and called:
                return actor.person
        return None

    def _named_beside(self, number: int, clause: Clause, word: Word, gender: str, own: frozenset[int]) -> int | None:
        """«А связалась с Б и рассказала ему …»: the only other one that the sentence names before."""
        before = [a for a in self.cast.actors[number] if a.end <= word.index and a.named]
        fitting = {
            a.person
            for a in before
            if a.case != "Nom" and a.core < clause.first and self.cast.people[a.person].gender == gender
        }
        subject = any(a.case == "Nom" and a.core < clause.first for a in before)
        fitting -= own
        return fitting.pop() if len(fitting) == 1 and subject else None

    def _relative_subject(self, number: int, clause: Clause) -> frozenset[int]:
        """«ждал А, который показал ей …»: who «который» is, is not «ей»."""
        tokens = self.parts[number].sentence.words[clause.first : clause.first + 1]
        if not any(w.low.startswith("котор") and w.case == "Nom" for w in tokens):
            return frozenset()
        return frozenset(a.person for a in self.cast.actors[number] if a.end in (clause.first, clause.first - 1))

    def _is_subject(self, actor: Actor, clause: Clause) -> bool:
        return clause.first <= actor.core < clause.end and actor.case == "Nom"

    def _heads_delegation(self, number: int, word: Word) -> bool:
        """Whether «её» may be the delegation of the sentence before, whose head was its subject."""
        before = self.parts[number - 1].sentence.words if number else ()
        return word.low in ("ее", "ней") and any(w.low.startswith("делегаци") for w in before)

    def _visitor(self, current: Draft | None) -> int | None:
        """The only one in the encounter before who acts for another state than the one it was in."""
        if current is not None and current.host in current.participants and len(current.participants) == 2:
            return next(p for p in current.participants if p != current.host)
        host = current.country or self.cast.home if current is not None else None
        if current is None or host is None:
            return None
        visitors = [p for p in current.participants if self.cast.people[p].state not in (None, host)]
        return visitors[0] if len(visitors) == 1 else None

    def _of_state(self, number: int, state: str | None) -> int | None:
        """«американец», «саудовский гость»: the one last named of that state."""
        return next((person for person in self._recent(number) if self.cast.people[person].state == state), None)

    def _recent(self, number: int, *, same_paragraph: bool = False) -> list[int]:
        """Persons named up to this sentence, the last named first."""
        paragraph = self.parts[number].sentence.paragraph
        actors = [
            actor
            for n in range(number, -1, -1)
            for actor in reversed(self.cast.actors[n])
            if not same_paragraph or self.parts[n].sentence.paragraph == paragraph
        ]
        return list(dict.fromkeys(actor.person for actor in actors))
