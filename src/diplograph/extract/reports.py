"""A clause with a word of encounter, before anybody decides whether it is one, and where its people stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from diplograph.extract.clauses import Clause
from diplograph.extract.document import ParsedSentence, Word
from diplograph.extract.drafts import Draft
from diplograph.extract.encounter_words import verb_forms_of
from diplograph.extract.officials import Actor
from diplograph.extract.parts import SentenceParts
from diplograph.extract.triggers import Trigger, strongest
from diplograph.lexicon import words
from diplograph.model import EncounterType, Status

#: Who was there, and is not ahead.
BEEN = frozenset(["был", "была", "были"])
#: «его советница»: a possessive changes nothing of whose words they are.
POSSESSIVES = frozenset(["его", "ее", "их", "своего", "своей"])


@dataclass(frozen=True, slots=True)
class Report:
    """A clause with a word of encounter, before anybody decides whether it is one."""

    number: int
    part: SentenceParts
    clause: Clause
    triggers: tuple[Trigger, ...]
    text: str  # the clause, folded
    type: EncounterType
    status: Status
    actors: tuple[Actor, ...]

    @property
    def trigger(self) -> Trigger:
        """The word that reports the encounter."""
        return strongest(self.triggers)

    @property
    def group(self) -> str:
        """The group of that word: a key of [verb] in encounters.toml, "event" or "partner"."""
        return self.trigger.group

    @property
    def groups(self) -> frozenset[str]:
        """The groups of all words of encounter in the clause."""
        return frozenset(trigger.group for trigger in self.triggers)

    @property
    def rule(self) -> str:
        """The name of the rule that spoke, for the receipt."""
        return f"{self.group}: {self.part.sentence.words[self.trigger.index].low}"

    @property
    def people(self) -> list[int]:
        """Indices into the cast, each once, in the order of the clause."""
        return list(dict.fromkeys(actor.person for actor in self.actors))

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of the clause."""
        return self.part.sentence.words[self.clause.first : self.clause.end]

    def draft(self, participants: list[int] | None = None, inferred: int = 0) -> Draft:
        """An encounter of these participants; of all in the clause where none are given."""
        people = self.people if participants is None else participants
        hosts = [a.person for a in self.actors if a.case == "Nom"] if self.group == "receive" else []
        host = hosts[0] if len(hosts) == 1 else None
        return Draft(self.type, self.status, self.rule, self.number, self.clause, people, inferred=inferred, host=host)


def is_object(tokens: Sequence[Word], actor: Actor) -> bool:
    """Somebody in the accusative that no preposition and no noun governs; it looks like the genitive."""
    if actor.case not in ("Acc", "Gen"):
        return False
    return not actor.first or tokens[actor.first - 1].tag.pos not in ("ADP", "NOUN", "PROPN")


def in_participial(sentence: ParsedSentence, actor: Actor) -> bool:
    """«посол, сменивший на посту А, встретился с …»: whom a participle only describes by takes no part."""
    tokens = sentence.words
    before = list(takewhile(lambda w: w.text not in (",", ";", "(", "-", "–", "—"), reversed(tokens[: actor.first])))
    opening = next((w for w in reversed(before) if w.tag.pos not in ("ADV", "PART", "CCONJ")), None)
    if opening is None or opening.tag.verb_form != "Part" or opening.tag.variant == "Short":
        return False
    if any(w.tag.verb_form == "Fin" for w in before):
        return False
    if any(w.tag.pos == "NOUN" and w.index > opening.index and w.case == opening.case for w in before):
        return False  # «Намеченные на 20 января переговоры министра»
    agrees = opening.case is not None and opening.case == actor.case and opening.index == actor.first - 1
    stems = words("ru", "encounters")["participle"]
    return not agrees and not opening.low.startswith((*stems["stems"], *stems["naming"]))


def is_with(tokens: Sequence[Word], actor: Actor) -> bool:
    """«с министром», «со своей исландской коллегой»; not «делегация во главе с министром»."""
    before = tokens[max(0, actor.first - 4) : actor.first]
    while before and before[-1].tag.pos in ("ADJ", "DET", "PRON"):
        before = before[:-1]
    return bool(before) and before[-1].low in ("с", "со") and not (len(before) > 1 and before[-2].low == "главе")


def comes_to_event(sentence: ParsedSentence, triggers: Sequence[Trigger]) -> bool:
    """«На встрече побывал также координатор», «На подписание пришли …»."""
    return any(
        t.group == "event" and t.index and sentence.words[t.index - 1].low in ("на", "при") and t.type != "visit"
        for t in triggers
    )


def is_done(word: Word) -> bool:
    """A finite verb of a finished action: «осмотрел», «подписан»."""
    tag = word.tag
    finished = tag.aspect == "Perf" and tag.tense == "Past"
    return tag.pos == "VERB" and finished and (tag.verb_form == "Fin" or tag.variant == "Short")


def unnamed_partner(tokens: Sequence[Word]) -> bool:
    """«побеседовал с руководителями фабрик»: the other side is people without a name."""
    for preposition, *following in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if preposition.low in ("с", "со") and any(
            w.case == "Ins" and ((w.tag.pos == "NOUN" and w.tag.animacy == "Anim") or w.low.startswith("исполняющ"))
            for w in following
        ):
            return True
    return False


def is_on_the_way(report: Report) -> bool:
    """«отправляется в Осло»: who leaves, or travels, is not there yet."""
    verb = report.part.sentence.words[report.trigger.index]
    return verb.low in verb_forms_of("on_the_way") and (verb.tag.tense == "Pres" or len(report.people) == 1)


def was_there(report: Report) -> bool:
    """«На встрече был и посол», «За столом были министры»: a subject of «быть» beside «на» and an event."""
    tokens = report.part.sentence.words
    at = any(t.group == "event" and t.index and tokens[t.index - 1].low in ("на", "при") for t in report.triggers)
    been = any(tokens[t.index].low in BEEN for t in report.triggers)
    return at and been and bool(report.actors) and all(a.case == "Nom" and a.named for a in report.actors)


def words_before(tokens: Sequence[Word], actor: Actor) -> Sequence[Word]:
    """The two words before somebody, a possessive pronoun left out."""
    before = tokens[max(0, actor.first - 3) : actor.first]
    while before and before[-1].low in POSSESSIVES:
        before = before[:-1]
    return before[-2:]


def is_source(tokens: Sequence[Word], actor: Actor) -> bool:
    """«по словам его советницы …», «по приглашению президента …»."""
    table = words("ru", "encounters")["report"]
    sources = tuple(table["sources"])
    before = list(words_before(tokens, actor))
    if before and before[-1].low in table["beside"]:
        return True  # «До А с Б встретился В», «через А»
    if " ".join(word.low for word in before).endswith(sources):
        return True
    while before and before[-1].case == "Gen" and before[-1].tag.pos in ("NOUN", "ADJ", "DET", "VERB"):
        before = list(tokens[max(0, before[-1].index - 2) : before[-1].index])  # «по словам его советницы …»
        while before and before[-1].low in POSSESSIVES:
            before = list(tokens[max(0, before[-1].index - 2) : before[-1].index])
        if " ".join(word.low for word in before).endswith(sources):
            return True
    return False


def says(sentence: ParsedSentence, actor: Actor, trigger: Trigger) -> bool:
    """Whether the verb nearest to a subject is one of saying, and not the word of encounter itself."""
    ahead = takewhile(lambda word: word.text != ",", sentence.words[actor.end : actor.end + 7])
    after = [w for w in ahead if w.tag.pos == "VERB"]
    before = [w for w in sentence.words[max(0, actor.first - 4) : actor.first] if w.tag.pos == "VERB"]
    nearest = before[-1] if before and actor.first - before[-1].index <= 2 else after[0] if after else None
    return nearest is not None and nearest.low in verb_forms_of("report") and nearest.index != trigger.index


def speaks_at(sentence: ParsedSentence, trigger: Trigger, *, listener: bool) -> bool:
    """«заявил на встрече с послом»: who says it there met the one whom the phrase names, or a `listener`."""
    if trigger.type not in ("meeting", "call", "consultations") or trigger.group != "event":
        return False
    tokens = sentence.words
    start = trigger.index
    while start and tokens[start - 1].tag.pos in ("ADJ", "DET", "NUM"):
        start -= 1
    there = " ".join(word.low for word in tokens[max(0, start - 2) : start])
    partner = trigger.end < len(tokens) and tokens[trigger.end].low in ("с", "со")
    phrases = tuple(f" {phrase}" for phrase in words("ru", "encounters")["there"]["phrases"])
    return (partner or listener) and f" {there}".endswith(phrases)
