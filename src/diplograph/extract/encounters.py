"""Who met whom: encounters of one article, read sentence by sentence as a narrative.

A sentence opens an encounter when a word of encounter stands with two sides, or when an event is said to take place;
the sentences after it («Стороны обсудили …») belong to it until the next one. What is doubted, denied, wished for or
only mentioned opens nothing, and is kept with its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from diplograph import gazetteer
from diplograph.extract.affiliations import lead_place
from diplograph.extract.bodies import body_noun, named_before
from diplograph.extract.clauses import Clause, clauses
from diplograph.extract.dates import DateMention, find_dates
from diplograph.extract.document import Document, ParsedSentence, Word
from diplograph.extract.entities import Entity, compound_states
from diplograph.extract.forms import fold, verb_forms, word_forms
from diplograph.extract.officials import Actor, Cast, SentenceParts
from diplograph.extract.organizations import OrganizationSpan
from diplograph.extract.posts import concept
from diplograph.lexicon import words
from diplograph.model import EncounterType, PartialDate, Ref, Status


@dataclass
class Draft:
    """An encounter while the article is being read."""

    type: EncounterType
    status: Status
    rule: str
    sentence: int
    clause: Clause
    participants: list[int] = field(default_factory=list)
    organizations: list[OrganizationSpan] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    date: PartialDate | None = None
    end_date: PartialDate | None = None
    place: Entity | None = None
    country: str | None = None
    sentences: list[int] = field(default_factory=list)
    inferred: int = 0  # how many things were taken from the context

    @property
    def sides(self) -> int:
        """Named persons and bodies that took part."""
        return len(self.participants) + len(self.organizations)


@dataclass(frozen=True, slots=True)
class Left:
    """A sentence with a word of encounter that opened nothing, and why."""

    sentence: int
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Trigger:
    index: int
    group: str  # verb group, or "event"
    type: EncounterType | None = None
    end: int = 0
    buried: bool = False  # only the genitive of another noun: «сроки визита»


@cache
def _verbs() -> dict[str, str]:
    return {form: group for group, verbs in words("ru", "encounters")["verb"].items() for v in verbs for form in verb_forms(v)}


@cache
def _events() -> dict[str, list[tuple[tuple[frozenset[str], ...], EncounterType]]]:
    table: dict[str, list[tuple[tuple[frozenset[str], ...], EncounterType]]] = {}
    for phrase, kind in words("ru", "encounters")["event"].items():
        forms = tuple(word_forms(part) for part in phrase.split())
        for form in forms[0]:
            table.setdefault(form, []).append((forms, kind))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


@cache
def _forms_of(section: str, key: str) -> frozenset[str]:
    return frozenset(f for w in words("ru", "encounters")[section][key] for f in word_forms(w))


@cache
def _wish_verbs() -> frozenset[str]:
    return frozenset(f for v in words("ru", "encounters")["wish"]["verbs"] for f in verb_forms(v))


@cache
def _report_verbs() -> frozenset[str]:
    return frozenset(f for v in words("ru", "encounters")["report"]["verbs"] for f in verb_forms(v))


def read_encounters(document: Document, parts: Sequence[SentenceParts], cast: Cast) -> tuple[list[Draft], list[Left]]:
    """The encounters of an article in the order of the text, and what was left unsaid."""
    reader = _Reader(document, parts, cast)
    for number, part in enumerate(parts):
        if not part.sentence.is_heading:
            reader.read(number)
    return reader.finish(), reader.left


class _Reader:
    def __init__(self, document: Document, parts: Sequence[SentenceParts], cast: Cast) -> None:
        self.document = document
        self.parts = parts
        self.cast = cast
        self.drafts: list[Draft] = []
        self.left: list[Left] = []
        self.current: Draft | None = None
        self.subject: int | None = None  # the person last spoken of
        self.last_date: PartialDate | None = None
        # A city that stands alone at the very start is where the news was filed, not where anybody met.
        self.opening = next((p.sentence.number for p in parts if not p.sentence.is_heading), 0)
        self.pending: Draft | None = None  # an event that took place, nobody named yet

    # --- one sentence --------------------------------------------------------------------------------

    def read(self, number: int) -> None:
        part = self.parts[number]
        opened = False
        found_word = False
        before: _Trigger | None = None  # the last event noun of the clause before
        for clause in clauses(part.sentence):
            triggers = self._triggers(part.sentence, clause)
            if before is not None and _is_relative(part.sentence, clause) and not any(t.type for t in triggers):
                triggers = [replace(before, buried=False), *triggers]
            before = next((t for t in reversed(triggers) if t.group == "event"), None)
            triggers = [t for t in triggers if not t.buried]
            if clause.elliptic and not triggers and self.current is not None and self.current.sentence == number:
                opened = self._read_ellipsis(number, part, clause) or opened
                continue
            if not triggers:
                continue
            found_word = True
            opened = self._read_clause(number, part, clause, triggers) or opened
        if not opened and self.current is not None:
            if part.sentence.paragraph == self.parts[self.current.sentence].sentence.paragraph or found_word:
                self.current.sentences.append(number)
        self._remember_subject(number)

    def _read_clause(self, number: int, part: SentenceParts, clause: Clause, triggers: list[_Trigger]) -> bool:
        sentence = part.sentence
        text = self.document.quote(sentence.span_of(clause.first, clause.end)).lower().replace("ё", "е")
        trigger = _strongest(triggers)
        doubt = self._doubt(text) or self._wish(sentence, clause, triggers)
        actors = self._actors(number, part, clause, trigger)
        kind = self._type(triggers, trigger, text)
        planned = self._planned(part.sentence, clause, triggers, text)
        groups = [t.group for t in triggers]
        rule = f"{trigger.group}: {sentence.words[trigger.index].low}"
        if doubt:
            self._leave(number, rule, doubt)
            return False
        fresh = {a.person for a in actors} - set(self.current.participants if self.current else ())
        if self._points_back(sentence, triggers) and trigger.group in ("event", "attend", "discuss") and not (fresh and len(actors) > 1 and trigger.group != "attend"):
            return self._join(number, part, clause, actors, text)
        if self.current is not None and self.current.sentence == number and _is_relative(sentence, clause) and trigger.group in ("event", "become", "attend"):
            self._add_participants(self.current, actors)
            self.current.organizations += [b for b in self._bodies(part, clause, [a.person for a in actors]) if b not in self.current.organizations]
            for actor in actors:
                self._add_state(self.current, self.cast.people[actor.person].state)
            return True
        if trigger.group == "attend":
            return self._attend(number, part, clause, triggers, actors, kind, planned, rule, text)
        participants = _distinct(actor.person for actor in actors)
        inferred = 0
        if not participants and planned and trigger.group in ("with", "call") and self.current is not None:
            if any(w.low in _forms_of("group", "words") for w in sentence.words[clause.first : clause.end]):
                participants = list(self.current.participants)
        if len(participants) == 1 and trigger.group in ("with", "call", "receive", "discuss", "sign"):
            participants += [p for p in self._shared_subject(number, clause, actors) if p not in participants]
        if trigger.group == "discuss" and not self._is_with(part.sentence, actors) and len(participants) < 2:
            return False
        if trigger.group in ("joint", "together") and not self._jointly(actors):
            return False
        if trigger.group == "tell" and not any(a.case == "Dat" for a in actors):
            return False
        if len(participants) == 1 and trigger.group in ("with", "receive", "discuss") and self.current is not None:
            group = [w for w in sentence.words[clause.first : clause.end] if w.low in _forms_of("guests", "words")]
            visit = next((d for d in reversed(self.drafts) if d.type == "visit" and d.participants), self.current)
            if group:
                host = self.cast.people[participants[0]].state
                guests = [p for p in visit.participants if p not in participants and self.cast.people[p].state != host]
                participants += guests
                inferred = 1
        if len(participants) == 1 and trigger.group in ("with", "call", "receive", "event", "partner", "discuss", "happen"):
            other = self._other_side(sentence, clause, participants[0], trigger)
            if other is not None:
                participants.append(other)
                inferred = 1
        draft = Draft(kind, "planned" if planned else "held", rule, number, clause, participants, inferred=inferred)
        self._fill(draft, part, clause, text)
        if not self._stands(draft, trigger, groups):
            if "event" in groups and "happen" in groups and not planned:
                self.pending = draft
            if participants or trigger.group not in ("happen", "discuss"):
                self._leave(number, rule, "only one side is named" if draft.sides else "nobody is named")
            return False
        known = self._same(draft)
        if known is not None:
            known.sentences.append(number)
            self.current = known
            self._add_participants(known, actors)
            self._merge(known, draft)
            return True
        return self._open(draft, part.sentence, text, actors)

    def _read_ellipsis(self, number: int, part: SentenceParts, clause: Clause) -> bool:
        """«…, а днём позже в Каире — Б»: the same again with another partner, at another time or place."""
        before = self.current
        actors = [a for a in self.cast.actors[number] if clause.first <= a.core < clause.end]
        if before is None or not actors:
            return False
        there = {a.person for a in self.cast.actors[number] if before.clause.first <= a.core < before.clause.end and a.named}
        hub = [p for p in before.participants if p not in there] or before.participants[:1]
        draft = Draft(before.type, before.status, before.rule, number, clause, _distinct([*hub, *(a.person for a in actors)]))
        self._fill(draft, part, clause, "")
        draft.country = draft.country or before.country
        self._keep(draft)
        return True

    def _shared_subject(self, number: int, clause: Clause, actors: list[Actor]) -> list[int]:
        """«… посетил агентство, где встретился с …»: a clause without a subject takes that of the clause before."""
        if any(a.case == "Nom" for a in actors):
            return []
        before = [a.person for a in self.cast.actors[number] if a.core < clause.first and a.case == "Nom"]
        return before[-1:]

    def _open(self, draft: Draft, sentence: ParsedSentence, text: str, actors: list[Actor]) -> bool:
        separate = any(stem in text for stem in words("ru", "encounters")["separate"]["stems"])
        # «с министром … говорил о …, с ректором - о …»: each has a preposition of its own
        partners = [a.person for a in actors if a.case == "Ins" and a.first and sentence.words[a.first - 1].low in ("с", "со")]
        if len(partners) > 1 and len(draft.participants) - len(partners) == 1:
            separate = True
        if separate and len(draft.participants) > 2:
            hubs = [p for p in draft.participants if p not in partners]
            hub = hubs[0] if len(hubs) == 1 else draft.participants[0]
            others = [p for p in draft.participants if p != hub]
            for other in others:
                one = Draft(**{f: getattr(draft, f) for f in draft.__dataclass_fields__} | {"participants": [hub, other]})
                one.states, one.organizations, one.sentences = list(draft.states), list(draft.organizations), []
                self._keep(one)
            return True
        self._keep(draft)
        return True

    def _keep(self, draft: Draft) -> None:
        visit = self.current
        if (
            visit is not None
            and visit.type == "visit"
            and visit.sentence == draft.sentence
            and draft.type != "visit"
            and set(visit.participants) <= set(draft.participants)
        ):
            # «посетил штаб-квартиру …, где встретился с …» is one encounter
            self.drafts.remove(visit)
            draft.organizations = visit.organizations + draft.organizations
            draft.place, draft.country = draft.place or visit.place, draft.country or visit.country
            draft.date, draft.end_date = draft.date or visit.date, draft.end_date or visit.end_date
        self.drafts.append(draft)
        self.current = draft

    def _leave(self, number: int, rule: str, reason: str) -> None:
        self.left.append(Left(number, rule, reason))

    # --- words of encounter --------------------------------------------------------------------------

    def _triggers(self, sentence: ParsedSentence, clause: Clause) -> list[_Trigger]:
        found = []
        index = clause.first
        quoted = _quoted_words(sentence)
        while index < clause.end:
            word = sentence.words[index]
            if index in quoted:
                index += 1
                continue
            event = self._event(sentence, index, clause.end)
            if event is not None:
                found.append(replace(event, buried=self._buried(sentence, event, clause)))
                index = event.end
                continue
            group = _verbs().get(word.low)
            # a past ending tells a verb where the tagger errs («беседовала» as an adverb)
            if group and (word.tag.pos in ("VERB", "AUX", "ADJ") or word.low.endswith(_PAST_ENDINGS)):
                if group == "receive" and self._not_received(sentence, index, clause):
                    group = "attend" if self._has(sentence, clause, "участи") else None
                if group:
                    found.append(_Trigger(index, group, end=index + 1))
            elif word.low in _forms_of("partner", "words") and word.case == "Ins":
                found.append(_Trigger(index, "partner", "meeting", index + 1))
            index += 1
        return found

    def _event(self, sentence: ParsedSentence, index: int, end: int) -> _Trigger | None:
        word = sentence.words[index]
        if word.tag.pos not in ("NOUN", "ADJ", "PROPN"):
            return None
        for forms, kind in _events().get(word.low, ()):
            if index + len(forms) <= end and all(sentence.words[index + k].low in f for k, f in enumerate(forms)):
                return _Trigger(index + len(forms) - 1, "event", kind, index + len(forms))
        return None

    def _buried(self, sentence: ParsedSentence, event: _Trigger, clause: Clause) -> bool:
        """«сроки визита», «тема беседы»: an event that is only the genitive of another noun."""
        word = sentence.words[event.index]
        first = event.index
        while first > clause.first and sentence.words[first - 1].tag.pos in ("ADJ", "NUM"):
            first -= 1
        if first == clause.first or event.type == "credentials":
            return False
        before = sentence.words[first - 1]
        start = first - 1
        while start > clause.first and not (sentence.words[start].tag.pos == "ADP" and sentence.words[start].low in _TOPIC):
            if sentence.words[start].tag.pos not in ("ADJ", "NUM", "ADP", "NOUN", "PROPN") or event.index - start > 8:
                break
            start -= 1
        if sentence.words[start].low in _TOPIC and word.case in ("Loc", None):
            return True
        if word.case != "Gen":
            return False
        return before.tag.pos == "NOUN" and not before.low.startswith(
            ("раунд", "сер", "ряд", "проведен", "предмет", "тем", "участник", "ход", "итог", "начал", "заседани", "собеседник", "завершен")
        )

    def _not_received(self, sentence: ParsedSentence, index: int, clause: Clause) -> bool:
        ahead = " ".join(w.low for w in sentence.words[index + 1 : min(clause.end, index + 6)])
        behind = " ".join(w.low for w in sentence.words[max(clause.first, index - 4) : index])
        stems = words("ru", "encounters")["not_received"]["stems"]
        return any(_word_starts(ahead, stem) for stem in stems) or any(_word_starts(behind, s) for s in ("участи", "решени"))

    def _has(self, sentence: ParsedSentence, clause: Clause, stem: str) -> bool:
        return any(w.low.startswith(stem) for w in sentence.words[clause.first : clause.end])

    def _doubt(self, text: str) -> str | None:
        text = text.replace("если верить", "")
        return next((reason for stem, reason in words("ru", "encounters")["doubt"].items() if _word_starts(text, stem)), None)

    def _wish(self, sentence: ParsedSentence, clause: Clause, triggers: list[_Trigger]) -> str | None:
        """«предлагает провести встречу»: an event that hangs on a verb of wish."""
        finite = [t for t in triggers if sentence.words[t.index].tag.feats.get("VerbForm") == "Fin" or t.group == "partner"]
        wishes = [w for w in sentence.words[clause.first : clause.end] if w.low in _wish_verbs()]
        return "only wished for" if wishes and not finite else None

    def _type(self, triggers: list[_Trigger], trigger: _Trigger, text: str) -> EncounterType:
        if any(t.type == "credentials" for t in triggers):
            return "credentials"
        if any(_word_starts(text, phrase) for phrase in words("ru", "encounters")["call"]["phrases"]) or trigger.group == "call":
            return "call"
        if any(t.type == "call" for t in triggers):
            return "call"
        if trigger.group in ("with", "receive", "gather", "partner", "discuss", "joint", "tell"):
            return "meeting"
        if trigger.group == "sign":
            return "signing"
        if trigger.group == "together":
            return "other"
        typed = [t.type for t in triggers if t.type is not None]
        if typed:
            return typed[0]
        return "visit" if trigger.group == "visit" else "meeting"

    def _planned(self, sentence: ParsedSentence, clause: Clause, triggers: list[_Trigger], text: str) -> bool:
        verbs = [sentence.words[t.index] for t in triggers if t.group != "event"]
        finite = [w for w in sentence.words[clause.first : clause.end] if w.tag.pos == "VERB" and w.tag.feats.get("VerbForm") == "Fin"]
        if any(w.tag.feats.get("Tense") == "Fut" for w in verbs):
            return True
        plans = words("ru", "encounters")["planned"]["stems"]
        past = any(w.tag.feats.get("Tense") == "Past" and not w.low.startswith(tuple(plans)) for w in verbs)
        stems = [s for s in words("ru", "encounters")["planned"]["stems"] if _word_starts(text, s)]
        strong = [s for s in stems if s not in ("очередн", "следующ")]
        return bool(strong) and not past or (bool(stems) and any(w.tag.feats.get("Tense") == "Fut" for w in finite))

    def _points_back(self, sentence: ParsedSentence, triggers: list[_Trigger]) -> bool:
        """«в ходе встречи», «на встрече»: every event noun of the clause has a word before it that points back."""
        events = [t for t in triggers if t.group == "event"]
        if not events or any(t.group in ("with", "call", "receive", "happen", "partner", "visit", "sign") for t in triggers):
            return False
        phrases = words("ru", "encounters")["back"]["phrases"]
        for event in events:
            first = max(0, event.index - 3)
            before = " ".join(w.low for w in sentence.words[first : event.index])
            if not any(before == p or before.endswith(" " + p) or (before + " ").startswith(p + " ") for p in phrases):
                return False
        return True

    # --- who -----------------------------------------------------------------------------------------

    def _actors(self, number: int, part: SentenceParts, clause: Clause, trigger: _Trigger) -> list[Actor]:
        named = [a for a in self.cast.actors[number] if clause.first <= a.core < clause.end]
        taking = [a for a in named if not self._aside(part, a, trigger)]
        if trigger.group == "attend" and not named:  # «Её возглавляет …»: the delegation
            return []
        pointing = self._anaphors(number, part, clause, {a.person for a in named})
        return sorted(taking + pointing, key=lambda a: a.core)

    def _aside(self, part: SentenceParts, actor: Actor, trigger: _Trigger) -> bool:
        """Whether somebody is only mentioned: in a genitive of another noun, or as the source of the news."""
        sentence_words = part.sentence.words
        before = " ".join(w.low for w in sentence_words[max(0, actor.first - 2) : actor.first])
        if any(before.endswith(source) for source in words("ru", "encounters")["report"]["sources"]):
            return True
        head = _outer_head(sentence_words, actor)
        if head is None:
            return False
        if actor.case == "Nom" and head.low in _report_verbs() and abs(head.index - trigger.index) > 0:
            return True
        case = actor.case or sentence_words[actor.core].case
        before_word = sentence_words[actor.first - 1] if actor.first else None
        if case == "Gen" and before_word is not None and before_word.tag.pos == "NOUN":
            return before_word.low not in _through() and before_word.case is not None and not self._inside_other(part, actor)
        return False

    def _inside_other(self, part: SentenceParts, actor: Actor) -> bool:
        return any(o.first < actor.first < o.end for o in self.cast.actors[part.sentence.number] if o is not actor)

    def _anaphors(self, number: int, part: SentenceParts, clause: Clause, present: set[int]) -> list[Actor]:
        """«посол», «дипломат», «он», «с ним»: the person they point to, where exactly one fits."""
        found = []
        tied = {i for a in self.cast.actors[number] for i in range(a.first, a.end)}
        for post in part.posts:
            if not clause.first <= post.head < clause.end or post.plural or post.head in tied:
                continue
            if post.within is not None or (post.title != post.lemma and not self._known_title(post.title)):
                continue
            person = self._by_post(number, post.lemma, post.title, post.states, present)
            if person is not None and person not in present:
                found.append(Actor(post.first, post.end, post.head, person, post.case, named=False))
                present.add(person)
        for entity in part.entities:
            if entity.kind == "demonym" and clause.first <= entity.first < clause.end and entity.first not in tied:
                word = part.sentence.words[entity.first]
                person = next((p for p in self._recent(number) if self.cast.people[p].state == entity.state), None)
                if person is not None and person not in present and word.tag.feats.get("Number") == "Sing":
                    found.append(Actor(entity.first, entity.end, entity.first, person, word.case, named=False))
                    present.add(person)
        for word in part.sentence.words[clause.first : clause.end]:
            person = self._by_pronoun(number, word, part, present)
            if person is not None and person not in present:
                found.append(Actor(word.index, word.index + 1, word.index, person, word.case, named=False))
                present.add(person)
        return found

    def _known_title(self, title: str) -> bool:
        return any(fold(post.title) == fold(title) for person in self.cast.people for post in person.posts)

    def _by_post(self, number: int, lemma: str, title: str, states: tuple[str, ...], present: set[int]) -> int | None:
        recent = self._recent(number)
        fitting = []
        for person in recent:
            posts = self.cast.people[person].posts
            rung = concept(title, lemma)
            if any((p.lemma == lemma or (rung is not None and p.concept == rung) or fold(p.title) == fold(title)) and (not states or not p.states or states[0] in p.states) for p in posts):
                fitting.append(person)
        if not fitting and lemma == "глава" and fold(title) == "глава мид":
            fitting = [p for p in recent if any(q.concept == "foreign-minister" for q in self.cast.people[p].posts)]
        if not fitting and lemma in ("замминистра",):
            fitting = [p for p in recent if any(q.title.startswith("заместитель министра") for q in self.cast.people[p].posts)]
        for likely in (self.subject, self._protagonist()):
            if likely in fitting:
                return likely
        return fitting[0] if len(fitting) == 1 else None  # two ministers in reach: say nothing

    def _recent(self, number: int) -> list[int]:
        """Persons named before this sentence (and in it), the last named first."""
        order: list[int] = []
        for n in range(number, -1, -1):
            for actor in reversed(self.cast.actors[n]):
                if actor.person not in order:
                    order.append(actor.person)
        return order

    def _by_pronoun(self, number: int, word: Word, part: SentenceParts, present: set[int]) -> int | None:
        gender = {"он": "m", "ним": "m", "нему": "m", "ему": "m", "она": "f", "ней": "f", "нею": "f", "ей": "f"}.get(word.low)
        if word.low in ("его", "ее") and word.tag.pos == "PRON" and word.case in ("Acc", "Gen"):
            gender = "m" if word.low == "его" else "f"
        elif word.low in _forms_of("anaphor_nouns", "words") if "anaphor_nouns" in words("ru", "encounters") else word.low in ("дипломат", "дипломата", "дипломату", "дипломатом", "гость", "гостя", "гостю", "гостем", "гостья", "гостью", "гостьей"):
            gender = "any"
        if gender == "any":  # «саудовского гостя»
            adjective = next((e for e in part.entities if e.kind == "adjective" and e.end == word.index), None)
            if adjective is not None:
                return next((p for p in self._recent(number) if self.cast.people[p].state == adjective.state), None)
        if gender is None or self.subject is None:
            return None
        person = self.cast.people[self.subject]
        if gender != "any" and person.gender is not None and person.gender != gender:
            return None
        return self.subject

    def _jointly(self, actors: list[Actor]) -> bool:
        """«министр А и посол Б подвели итоги»: two named subjects of two states or bodies."""
        subjects = {a.person for a in actors if a.case == "Nom" or (a.case == "Ins" and a.named)}
        return len({self.cast.people[p].state for p in subjects}) > 1

    def _is_with(self, sentence: ParsedSentence, actors: list[Actor]) -> bool:
        return any(a.case == "Ins" for a in actors)

    def _other_side(self, sentence: ParsedSentence, clause: Clause, person: int, trigger: _Trigger) -> int | None:
        """«Переговоры с президентом … прошли»: the one side named is the guest of whom the text speaks."""
        if trigger.group == "event" and trigger.type not in ("meeting", "call", "consultations"):
            return None
        if trigger.group not in ("event", "partner"):
            return None
        before = [a.person for a in self.cast.actors[sentence.number] if a.core < clause.first and a.case == "Nom"]
        if before and before[-1] != person:
            return before[-1]
        possessive = any(w.low in ("его", "ее") for w in sentence.words[clause.first : clause.end])
        if possessive and self.subject is not None and self.subject != person:
            return self.subject
        hero = self._protagonist()
        return hero if hero != person else None

    def _protagonist(self) -> int | None:
        """Of those in the encounter before, the one who took part in most so far: whose journey is told."""
        if self.current is None or not self.current.participants:
            return None
        counted = Counter(p for draft in self.drafts for p in draft.participants)
        return min(self.current.participants, key=lambda p: (-counted[p], p))

    def _remember_subject(self, number: int) -> None:
        part = self.parts[number]
        subjects = [
            a for a in self.cast.actors[number]
            if part.sentence.words[a.core].tag.relation.startswith("nsubj") or a.case == "Nom"
        ]
        if subjects:
            self.subject = subjects[0].person
        elif self.cast.actors[number] and self.subject is None:
            self.subject = self.cast.actors[number][0].person

    # --- joining -------------------------------------------------------------------------------------

    def _join(self, number: int, part: SentenceParts, clause: Clause, actors: list[Actor], text: str) -> bool:
        if self.current is None:
            return False
        if _word_starts(text, "присутств") or _word_starts(text, "участи") or _word_starts(text, "участв"):
            self._add_participants(self.current, actors)
        self.current.sentences.append(number)
        return True

    def _add_participants(self, draft: Draft, actors: list[Actor]) -> None:
        draft.participants += [p for p in _distinct(a.person for a in actors) if p not in draft.participants]
        for person in draft.participants:
            self._add_state(draft, self.cast.people[person].state)

    def _attend(
        self, number: int, part: SentenceParts, clause: Clause, triggers: list[_Trigger], actors: list[Actor],
        kind: EncounterType, planned: bool, rule: str, text: str,
    ) -> bool:
        participants = _distinct(a.person for a in actors)
        events = [t for t in triggers if t.group == "event"]
        if not self._leads_delegation(part.sentence, clause, triggers):
            return False
        again = self.current is not None and all(t.type in ("meeting", "call") for t in events)
        if events and again and participants and self._next_to_current(number, part):
            self._add_participants(self.current, actors)
            self.current.sentences.append(number)
            return True
        if events:
            draft = Draft(kind, "planned" if planned else "held", rule, number, clause, participants)
            self._fill(draft, part, clause, text)
            known = self._same(draft)
            named = draft.organizations or draft.states if kind in ("session", "conference", "consultations") else False
            if known is None and (participants or named):
                self._keep(draft)
                return True
        if self.pending is not None and participants and number - self.pending.sentence <= 2:
            if self.current is None or self.current.sentence <= self.pending.sentence:
                draft, self.pending = self.pending, None
                self._add_participants(draft, actors)
                draft.sentences.append(number)
                self._keep(draft)
                return True
        if self.current is not None and participants:
            if self._next_to_current(number, part) and self.current.status == ("planned" if planned else "held"):
                self._add_participants(self.current, actors)
                self.current.sentences.append(number)
                return True
        return False

    def _next_to_current(self, number: int, part: SentenceParts) -> bool:
        """Whether the sentence still speaks of the present encounter: the same paragraph, or the very next sentence."""
        if self.current is None:
            return False
        last = max([self.current.sentence, *self.current.sentences])
        return self.parts[self.current.sentence].sentence.paragraph == part.sentence.paragraph or number - last <= 1

    def _leads_delegation(self, sentence: ParsedSentence, clause: Clause, triggers: list[_Trigger]) -> bool:
        """«делегацию возглавил», «её возглавляет»: who heads a ministry or a mission takes no part by that."""
        if not any(sentence.words[t.index].low.startswith("возглав") for t in triggers):
            return True
        words_around = sentence.words[max(0, clause.first - 6) : clause.end]
        return any(w.low.startswith(("делегац", "групп", "команд", "переговорщик", "сторон")) or w.low in ("ее", "их") for w in words_around) or any(
            w.tag.pos == "NOUN" and w.low.endswith(("цев", "ев", "ан")) for w in words_around
        )

    def _same(self, draft: Draft) -> Draft | None:
        """An earlier encounter of the article that this clause tells again."""
        formal = draft.type in ("session", "consultations", "conference", "signing")
        if (
            formal
            and self.current is not None
            and (self.current.type, self.current.status) == (draft.type, draft.status)
            and not (draft.date or draft.place or draft.organizations)
            and self.parts[self.current.sentence].sentence.paragraph == self.parts[draft.sentence].sentence.paragraph
        ):
            return self.current  # «Заседание провели министры …» after «прошло заседание комиссии»
        if not draft.participants:
            return None
        for known in reversed(self.drafts):
            if known.status != draft.status or set(known.participants) != set(draft.participants):
                continue
            if known.date and draft.date and known.date != draft.date:
                continue
            if known.place and draft.place and known.place.ref != draft.place.ref:
                continue
            return known
        return None

    def _merge(self, known: Draft, draft: Draft) -> None:
        known.date, known.end_date = known.date or draft.date, known.end_date or draft.end_date
        known.place, known.country = known.place or draft.place, known.country or draft.country

    # --- when and where ------------------------------------------------------------------------------

    def _fill(self, draft: Draft, part: SentenceParts, clause: Clause, text: str) -> None:
        self._dates(draft, part, clause)
        self._places(draft, part, clause)
        self._organizations(draft, part, clause)
        self._states(draft, part, clause)
        if draft.status == "planned" and not draft.participants and any(_word_starts(text, s) for s in ("следующ", "очередн", "съехаться вновь")):
            # «Следующее заседание пройдет …»: of the body, and between the states, that met before
            before = next((d for d in reversed(self.drafts) if d.type == draft.type), None)
            if before is not None:
                draft.organizations = draft.organizations or [b for b in before.organizations if b.ref.key != "un"]
                draft.states = draft.states or list(before.states)

    def _dates(self, draft: Draft, part: SentenceParts, clause: Clause) -> None:
        sentence = part.sentence
        source = self.document.quote(sentence.span)
        found = find_dates(source, reference=self.document.reference, previous=self.last_date, future=draft.status == "planned")
        offset = sentence.span.start
        inside = [d for d in found if clause.contains_offset(sentence, d.span.start + offset)] or list(found if clause.only else ())
        usable = [d for d in inside if d.kind in ("point", "range", "until")]
        for mention in usable:
            if mention.kind == "until":
                draft.end_date = mention.start
                continue
            if self._too_old(mention, draft):
                continue
            draft.date, draft.end_date = mention.start, mention.end
            break
        if draft.date and draft.status == "held":
            self.last_date = draft.date

    def _too_old(self, mention: DateMention, draft: Draft) -> bool:
        reference = self.document.reference
        return reference is not None and draft.status == "planned" and mention.start.year < reference.year

    def _places(self, draft: Draft, part: SentenceParts, clause: Clause) -> None:
        for earlier in self.parts[: part.sentence.number]:
            opening = earlier.sentence.number == self.opening
            if earlier.sentence.paragraph == part.sentence.paragraph and not opening and (lead := lead_place(earlier)):
                draft.place, draft.country = lead, gazetteer.place(lead.ref.key).state
        inside_actor = {i for a in self.cast.actors[part.sentence.number] for i in range(a.first, a.end)}
        inside_actor |= {i for p in part.posts for i in range(p.first, p.end)}
        inside_body = {i for o in part.organizations for i in range(o.first, o.end)}
        bracketed = _bracketed_words(part.sentence)
        for entity in part.entities:
            if not clause.first <= entity.first < clause.end or entity.first in inside_actor or entity.first in bracketed:
                continue
            before = part.sentence.words[entity.first - 1].low if entity.first else ""
            located = before in ("в", "во", "на") or (draft.type == "visit" and part.sentence.words[entity.first].case == "Acc")
            if entity.first in inside_body or not located:
                continue
            if entity.kind == "place" and draft.place is None:
                draft.place = entity
                draft.country = gazetteer.place(entity.ref.key).state
            elif entity.kind == "state" and draft.country is None:
                draft.country = entity.state
        if draft.country is None:
            for body in part.organizations:
                before = part.sentence.words[body.first - 1].low if body.first else ""
                if clause.first <= body.first < clause.end and before in ("в", "во") and body.state and body.kind in ("ministry", "parliament", "agency"):
                    draft.country = body.state

    def _organizations(self, draft: Draft, part: SentenceParts, clause: Clause) -> None:
        draft.organizations += self._bodies(part, clause, draft.participants)

    def _bodies(self, part: SentenceParts, clause: Clause, participants: list[int]) -> list[OrganizationSpan]:
        """The bodies that take part or host: those named in the clause, but for sources, accreditations, employers of absentees."""
        bodies: list[OrganizationSpan] = []
        attached = {p.within.first for p in part.posts if p.within is not None}
        accredited = {
            i for p in part.posts if p.accredited_to and p.accredited_to.kind == "organization" for i in range(p.first, p.end)
        }
        for body in part.organizations:
            if not clause.first <= body.first < clause.end or body.first in accredited:
                continue
            before = " ".join(w.low for w in part.sentence.words[max(0, body.first - 2) : body.first])
            if any(before.endswith(s) for s in ("пресс-служба", "пресс-службе", "сообщает", "сообщили в", "по данным", "заявили в", "сообщила", "информации", "уточнили в")):
                continue
            if body.first in attached:
                holders = [a.person for a in self.cast.actors[part.sentence.number] if a.first <= body.first < a.end]
                if not any(h in participants for h in holders):
                    continue
                if body.kind in ("ministry",) and body.state:
                    continue
            bodies.append(body)
        for index in range(clause.first + 1, clause.end):
            # «шестое заседание комиссии»: the body was named before
            word = part.sentence.words[index]
            lemma = body_noun(word) if word.case == "Gen" else None
            inside = any(b.first <= index < b.end for b in part.organizations) or any(p.first <= index < p.end for p in part.posts)
            if lemma and not inside and part.sentence.words[index - 1].low in _events():
                body = named_before(lemma, [p.organizations for p in self.parts], part.sentence.number, index)
                if body is not None and body.ref not in [b.ref for b in bodies]:
                    bodies.append(body)
        return bodies

    def _states(self, draft: Draft, part: SentenceParts, clause: Clause) -> None:
        for person in draft.participants:
            self._add_state(draft, self.cast.people[person].state)
        for index in range(clause.first, clause.end):
            for state in compound_states(part.sentence.words[index].text):
                self._add_state(draft, state)
        delegations = ("делегац", "сторон", "переговорщик", "парламентар", "дипломат", "депутат", "посл", "министр")
        for entity in part.entities:
            if not clause.first <= entity.first < clause.end or not entity.state:
                continue
            before = part.sentence.words[entity.first - 1] if entity.first else None
            after = part.sentence.words[entity.end] if entity.end < len(part.sentence.words) else None
            if entity.kind == "adjective" and after is not None and after.low.startswith(delegations):
                self._add_state(draft, entity.state)
            elif entity.kind == "state" and self._of_event(part, entity):
                self._add_state(draft, entity.state)
            elif entity.kind == "state" and draft.type == "credentials":
                self._add_state(draft, entity.state)
            elif entity.kind == "state" and before is not None and before.low.startswith(("делегац", "ведомств", "между", "министерств", "представител")):
                self._add_state(draft, entity.state)
        for body in draft.organizations:
            for state in body.states:
                self._add_state(draft, state)
        if draft.type == "visit":
            self._add_state(draft, draft.country)

    def _of_event(self, part: SentenceParts, entity: Entity) -> bool:
        """«консультации Индии и Китая», «переговоры между Россией и США»."""
        index = entity.first - 1
        while index >= 0:
            word = part.sentence.words[index]
            joined = word.text in ("и", ",") and any(e.kind == "state" and e.end == index for e in part.entities)
            inside = any(e.kind == "state" and e.first <= index < e.end for e in part.entities)
            if not joined and not inside:
                return word.low in _events() or word.low == "между"
            index -= 1
        return False

    def _add_state(self, draft: Draft, state: str | None) -> None:
        if state and state not in draft.states:
            draft.states.append(state)

    # --- does it stand -------------------------------------------------------------------------------

    def _stands(self, draft: Draft, trigger: _Trigger, groups: list[str]) -> bool:
        """Whether what is named suffices for an encounter."""
        if draft.status == "planned":
            eventful = "event" in groups or trigger.group in ("visit", "with", "receive", "call", "sign")
            personal = trigger.group in ("with", "receive", "call", "sign") and draft.type == "meeting"
            if personal and not draft.participants:
                return False
            return eventful and bool(draft.date or draft.place or draft.country or len(draft.participants) > 1)
        if len(draft.participants) >= 2:
            return trigger.group not in ("visit", "become", "happen") or "event" in groups
        if trigger.group == "visit":
            return bool(draft.participants and (draft.country or draft.place or draft.organizations))
        if draft.type in ("session", "consultations", "conference") and ("happen" in groups or "event" in groups and "become" in groups):
            return bool(draft.organizations or len(draft.states) >= 2 or draft.participants)
        if draft.type == "credentials":
            return bool(draft.participants) and len(draft.states) > 1
        if len(draft.participants) == 1 and trigger.group in ("with", "receive") and self._unnamed_partner(draft):
            return True
        if len(draft.participants) == 1:
            return bool(draft.organizations) and trigger.group in ("with", "receive", "call", "sign")
        return False

    def _unnamed_partner(self, draft: Draft) -> bool:
        """«побеседовал с руководителями фабрик»: the other side is people without a name."""
        tokens = self.parts[draft.sentence].sentence.words[draft.clause.first : draft.clause.end]
        for preposition, *following in zip(tokens, tokens[1:], tokens[2:], strict=False):
            if preposition.low in ("с", "со") and any(
                w.tag.pos == "NOUN" and w.case == "Ins" and w.tag.feats.get("Animacy") == "Anim" for w in following
            ):
                return True
        return False

    # --- the end -------------------------------------------------------------------------------------

    def finish(self) -> list[Draft]:
        """Drop visits whose encounters are told one by one; carry countries along one person's way."""
        kept = []
        for draft in self.drafts:
            others = [d for d in self.drafts if d is not draft and set(d.participants) & set(draft.participants) and d.type != "visit"]
            if draft.type == "visit" and draft.status == "held" and draft.date is None and others:
                self.left.append(Left(draft.sentence, draft.rule, "the encounters of the visit are told one by one"))
                continue
            kept.append(draft)
        for draft in kept:
            if draft.type == "credentials":  # «верительные грамоты послов восьми стран»: those named further down
                ambassadors = [i for i, p in enumerate(self.cast.people) if p.state in draft.states and any(q.lemma == "посол" for q in p.posts)]
                draft.participants += [i for i in ambassadors if i not in draft.participants]
                draft.country = draft.country or self.cast.people[draft.participants[0]].state
        for index, draft in enumerate(kept):
            if draft.country is None and draft.status == "held":
                before = [d for d in kept[:index] if set(d.participants) & set(draft.participants) and d.country]
                if before:
                    draft.country = before[-1].country
        return kept


def _quoted_words(sentence: ParsedSentence) -> frozenset[int]:
    """The words of direct speech: «…» with a verb inside. What somebody says is no report of the text."""
    inside: set[int] = set()
    opening: int | None = None
    for word in sentence.words:
        if word.text in ("«", "“") and opening is None:
            opening = word.index
        elif word.text in ("»", "”") and opening is not None:
            speech = range(opening + 1, word.index)
            if any(sentence.words[i].tag.pos == "VERB" for i in speech):
                inside.update(speech)
            opening = None
    if opening is not None:  # speech that goes on in the next sentence
        inside.update(range(opening + 1, len(sentence.words)))
    return frozenset(inside)


_PAST_ENDINGS = ("л", "ла", "ло", "ли", "лся", "лась", "лось", "лись")

def _bracketed_words(sentence: ParsedSentence) -> frozenset[int]:
    """The words inside brackets: «(с резиденцией в Анкаре)» is no place of the encounter."""
    inside: set[int] = set()
    depth = 0
    for word in sentence.words:
        depth += (word.text == "(") - (word.text == ")" and depth > 0)
        if depth:
            inside.add(word.index)
    return frozenset(inside)


#: «говорили о саммите», «обсудили подготовку к встрече»: what is talked about takes no place
_TOPIC = frozenset(["о", "об", "обо", "про"])


def _is_relative(sentence: ParsedSentence, clause: Clause) -> bool:
    """«…, которое планируется провести»: the clause speaks of a noun of the clause before."""
    return any(word.low.startswith("котор") for word in sentence.words[clause.first : clause.first + 3])


def _through() -> frozenset[str]:
    return _forms_of("through", "words")


def _distinct(people: object) -> list[int]:
    seen: list[int] = []
    for person in people:  # type: ignore[attr-defined]
        if person not in seen:
            seen.append(person)
    return seen


def _word_starts(text: str, stem: str) -> bool:
    return f" {stem}" in f" {text}"


def _strongest(triggers: list[_Trigger]) -> _Trigger:
    order = ("with", "call", "receive", "gather", "partner", "sign", "hand", "attend", "visit", "event", "happen", "discuss", "joint", "together", "tell", "become")
    return min(triggers, key=lambda t: (order.index(t.group), t.index))


def _outer_head(sentence_words: tuple[Word, ...], actor: Actor) -> Word | None:
    index = actor.core
    for _ in range(12):
        head = sentence_words[index].tag.head
        if head < 0:
            return None
        if not actor.first <= head < actor.end:
            return sentence_words[head]
        index = head
    return None
