"""Organisations the gazetteer does not know, by their construction: a head noun and what names it.

    [adjectives] head [genitive chain] [«…»] [по …] [при …] [state] [(ABBREVIATION)]

The name tagger cuts long names and never joins a state to its ministry, so its spans only support a candidate.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from diplograph import gazetteer
from diplograph.extract.document import ParsedSentence, Word
from diplograph.extract.entities import Entity, compound_states, parliament_states
from diplograph.extract.forms import fold, word_forms
from diplograph.lexicon import words
from diplograph.model import OrganizationKind, Ref
from diplograph.morphology import parses

_OPENING, _CLOSING = "«“„\"'", "»”\"'“"
_ABBREVIATION = re.compile(r"[A-ZА-ЯЁ][A-Za-zА-ЯЁа-яё0-9-]*[A-ZА-ЯЁ0-9][A-Za-zА-ЯЁа-яё0-9-]*")
_LEGAL_FORMS = frozenset(["оао", "зао", "ао", "ооо", "пао", "нк", "тоо", "гк"])
# adjectives that make a bank, institute or agency an international one
_WORLDWIDE = (
    "международн",
    "всемирн",
    "европейск",
    "евразийск",
    "азиатск",
    "африканск",
    "исламск",
    "арабск",
    "межгосударственн",
    "тюркск",
)
_OFFICES = frozenset(["представительство", "миссия", "бюро", "секретариат", "офис"])
# «содействия выборам»: nouns whose complement is a dative
_TAKE_DATIVE = frozenset(
    ["содействия", "содействию", "противодействия", "противодействию", "помощи", "поддержки", "служения"]
)


@dataclass(frozen=True, slots=True)
class OrganizationSpan:
    """An organisation in a sentence: the words ``first … end-1``; `head` is the index of its head noun."""

    first: int
    end: int
    head: int
    ref: Ref
    name: str
    kind: OrganizationKind
    aliases: tuple[str, ...] = ()
    state: str | None = None
    states: tuple[str, ...] = ()  # of a joint body: «казахско-египетская комиссия»


@cache
def _head_kinds() -> Mapping[str, tuple[str, OrganizationKind]]:
    """Folded form of a head noun → (lemma, kind)."""
    kinds: dict[str, tuple[str, OrganizationKind]] = {}
    for kind, lemmas in words("ru", "organizations")["kind"].items():
        for lemma in lemmas:
            for form in word_forms(lemma, number="sing"):
                kinds.setdefault(form, (lemma, kind))
    return kinds


@cache
def _plural_heads() -> Mapping[str, tuple[str, OrganizationKind]]:
    """Folded plural form of a ministry's, parliament's or embassy's head noun → (lemma, kind)."""
    parliaments = words("ru", "organizations")["kind"]["parliament"]
    kinds: dict[str, OrganizationKind] = {"министерство": "ministry", "университет": "university"}
    kinds |= dict.fromkeys(parliaments, "parliament")
    return {
        form: (lemma, kind)
        for lemma, kind in kinds.items()
        for form in word_forms(lemma, number="plur") - word_forms(lemma, number="sing")
    }


def head_kind(low: str) -> tuple[str, OrganizationKind] | None:
    """The lemma and kind of a folded form of a head noun; None for another word."""
    return _head_kinds().get(low)


@cache
def _strict_heads() -> frozenset[str]:
    return frozenset(words("ru", "organizations")["strict"]["heads"])


@cache
def _heads_of(section: str) -> frozenset[str]:
    return frozenset(words("ru", "organizations")[section]["heads"])


@cache
def _before() -> frozenset[str]:
    return frozenset(f for a in words("ru", "organizations")["before"]["adjectives"] for f in word_forms(a))


def find_organizations(
    sentence: ParsedSentence, entities: Sequence[Entity], *, stop_words: frozenset[str]
) -> tuple[OrganizationSpan, ...]:
    """The named organisations of a sentence, left to right, without overlaps; empty where nothing is named.

    `stop_words` are folded forms that end a name: post nouns, so that a chain never swallows a person's post.
    """
    finder = _Finder(sentence, entities, stop_words)
    return finder.find()


class _Finder:
    def __init__(self, sentence: ParsedSentence, entities: Sequence[Entity], stop_words: frozenset[str]) -> None:
        self.words = sentence.words
        self.entities = entities
        self.stop_words = stop_words
        self.entity_at = {i: e for e in entities for i in range(e.first, e.end)}
        self.people = {i for first, end, kind in sentence.names if kind == "PER" for i in range(first, end)}
        self.tagged = [(first, end) for first, end, kind in sentence.names if kind == "ORG"]

    def find(self) -> tuple[OrganizationSpan, ...]:
        found: list[OrganizationSpan] = []
        index = 0
        while index < len(self.words):
            pair = self._of_two_states(index)
            if pair:
                found += [span for span in pair if not found or span.first >= found[-1].end]
                index = found[-1].end if found else index + 1
                continue
            span = self._grown(index) or self._known(index)
            if span is None:
                index += 1
                continue
            if found and span.first < found[-1].end:
                span = replace(span, first=found[-1].end) if span.head >= found[-1].end else None
            if span is None:
                index += 1
                continue
            found.append(self._with_abbreviation(span))
            index = found[-1].end
        return tuple(found) + self._from_tagger(found)

    # --- a known name --------------------------------------------------------------------------------

    def _known(self, index: int) -> OrganizationSpan | None:
        entity = self.entity_at.get(index)
        if entity is None or entity.kind != "organization" or entity.first != index:
            return None
        if entity.ref.key in parliament_states():
            end = entity.end
            following = self.entity_at.get(end)
            name = entity.name
            if (
                following is not None
                and following.kind == "state"
                and following.state == parliament_states()[entity.ref.key]
            ):
                end = following.end
                name += " " + " ".join(w.text for w in self.words[following.first : following.end])
            state = parliament_states()[entity.ref.key]
            return OrganizationSpan(entity.first, end, entity.first, entity.ref, name, "parliament", state=state)
        record = gazetteer.organization(entity.ref.key)
        return OrganizationSpan(entity.first, entity.end, entity.first, entity.ref, entity.name, record.kind)

    # --- «министерства иностранных дел Узбекистана и Литвы» -------------------------------------------

    def _of_two_states(self, index: int) -> list[OrganizationSpan]:
        """A plural head whose genitive chain ends in coordinated states: one body for each."""
        word = self.words[index]
        if word.low not in _plural_heads() or index in self.people or index in self.entity_at:
            return []
        lemma, kind = _plural_heads()[word.low]
        end = index + 1
        while (
            end < len(self.words)
            and end not in self.entity_at
            and self.words[end].case == "Gen"
            and self.words[end].tag.pos in ("NOUN", "ADJ")
        ):
            end += 1
        first, second = self.entity_at.get(end), None
        if (
            first is not None
            and first.kind == "state"
            and first.end + 1 < len(self.words)
            and self.words[first.end].text == "и"
        ):
            second = self.entity_at.get(first.end + 1)
        if first is None or second is None or second.kind != "state" or end == index + 1:
            return []
        tail = " ".join(w.text for w in self.words[index + 1 : end])
        spans = []
        for entity, start in ((first, index), (second, second.first)):
            state = " ".join(w.text for w in self.words[entity.first : entity.end])
            name = f"{lemma} {tail} {state}"
            spans.append(
                OrganizationSpan(
                    start, entity.end, start, Ref("organization", fold(name)), name, kind, state=entity.state
                )
            )
        return spans

    # --- a name by construction ----------------------------------------------------------------------

    def _grown(self, index: int) -> OrganizationSpan | None:
        word = self.words[index]
        if index in self.people or word.low not in _head_kinds():
            return None
        known = self.entity_at.get(index)
        if known is not None and known.kind != "organization":
            return None
        lemma, kind = _head_kinds()[word.low]
        first = self._first(index)
        if lemma == "группа" and self._of_deputies(first, index):
            return None
        if lemma in _OFFICES and (after := self.entity_at.get(index + 1)) and after.kind == "organization":
            return None  # «представительство ЮНИСЕФ»: the body is ЮНИСЕФ
        end, quoted, states = self._end(index, lemma)
        if known is not None and known.kind == "organization" and end <= known.end:
            return None  # the gazetteer has the whole of it
        joint = self._joint_states(first, index)
        own_name = any(self.words[i].is_title and i != 0 for i in range(first, index + 1)) or (
            first == 0 and first < index and self.words[index].is_title
        )
        inner_name = any(self.words[i].is_title for i in range(index + 1, end))
        abbreviation = word.text.isupper() and len(word.text) > 1
        if not self._named(
            lemma, kind, index, end, own_name=own_name, inner=inner_name, quoted=quoted, joint=bool(joint)
        ):
            return None
        if lemma in _heads_of("part") and not word.is_title and self._has_ministry(index + 1, end):
            return None  # «начальник управления информации МИД»
        if lemma in _heads_of("generic") and (inner := self._proper_part(index, end)):
            return self._proper(first, index, inner, end, kind)
        state = states[0] if states else None
        if abbreviation and lemma not in _LEGAL_FORMS and end == index + 1 and state is None:
            return None if first == index else self._span(first, index, end, kind, None, joint)
        return self._span(first, index, end, kind, state, joint)

    def _proper_part(self, head: int, end: int) -> tuple[int, int] | None:
        """The words in «…», or in Latin letters, right after a head."""
        if head + 1 < end and self.words[head + 1].text in _OPENING:
            closing = self._closing(head + 1)
            return (head + 2, closing) if closing is not None and closing <= end else None
        latin = head + 1
        while latin < len(self.words) and self.words[latin].text.isascii() and self.words[latin].is_title:
            latin += 1
        return (head + 1, latin) if latin > head + 1 else None

    def _proper(
        self, first: int, head: int, inner: tuple[int, int], end: int, kind: OrganizationKind
    ) -> OrganizationSpan:
        name = self._joined([(w.text, w) for w in self.words[inner[0] : inner[1]]])
        full = self._nominative(first, head, max(end, inner[1]))
        return OrganizationSpan(
            first, max(end, inner[1]), head, Ref("organization", fold(name)), name, kind, aliases=(full,)
        )

    def _has_ministry(self, first: int, end: int) -> bool:
        inside = self.words[first:end]
        return any(
            w.low.startswith("министерств") or (w.text.isupper() and head_kind(w.low) is not None) for w in inside
        )

    def _of_deputies(self, first: int, head: int) -> bool:
        """«группа дружбы», «депутатская группа»: a circle inside a parliament, part of a post's title."""
        around = [w.low for w in self.words[max(0, first - 1) : head]] + [
            w.low for w in self.words[head + 1 : head + 2]
        ]
        return any(low.startswith(("депутатск", "межпарламентск", "парламентск", "дружбы")) for low in around)

    def _named(
        self, lemma: str, kind: str, index: int, end: int, *, own_name: bool, inner: bool, quoted: bool, joint: bool
    ) -> bool:
        if lemma in _LEGAL_FORMS or lemma == "железная":
            return quoted
        if joint and lemma in _heads_of("joint"):
            return True
        if quoted:
            return True
        if lemma in _heads_of("quoted"):
            return (own_name and not self.words[index].is_title and end >= index + 1) or self._proper_part(
                index, end
            ) is not None
        if kind == "parliament" and lemma not in _strict_heads() and not (inner or own_name):
            return any(e.kind == "adjective" and e.end == index for e in self.entities)
        if lemma not in _strict_heads():
            return end > index + 1 or (own_name and index > 0)
        return (own_name and (end > index + 1 or not self.words[index].is_title or index > 0)) or (
            inner and end > index + 1
        )

    def _first(self, head: int) -> int:
        """Where the name begins: adjectives that agree with the head and belong to the name."""
        first = head
        while first > 0:
            before = self.words[first - 1]
            if before.tag.pos not in ("ADJ", "PROPN", "X") or first - 1 in self.people:
                break
            entity = self.entity_at.get(first - 1)
            if entity is not None and entity.kind not in ("adjective", "organization") and not before.is_title:
                break
            if entity is not None and entity.kind in ("state", "place", "demonym"):
                break
            adjective_like = before.tag.pos == "ADJ" or before.low.endswith(
                ("ий", "ый", "ая", "ое", "ой", "ого", "ом", "ую", "его", "им", "ым")
            )
            belongs = (
                before.is_title or before.low in _before() or entity is not None or bool(compound_states(before.text))
            )
            belongs = belongs or self._after_proper_adjective(first - 1)
            if not adjective_like or not belongs or re.fullmatch(r"\d+.*", before.text):
                break
            first -= 1
        return first

    def _after_proper_adjective(self, index: int) -> bool:
        """«Оманского инвестиционного управления»: a capitalised adjective further left opens the name."""
        while index > 0 and self.words[index].tag.pos == "ADJ" and self.words[index - 1].tag.pos == "ADJ":
            index -= 1
            if self.words[index].is_title and index > 0:
                return True
        return False

    def _end(self, head: int, lemma: str) -> tuple[int, bool, tuple[str, ...]]:
        """Where the chain after the head ends, whether «…» named it, and the states in it."""
        index = last = head + 1
        states: list[str] = []
        quoted = False
        while index < len(self.words):
            word = self.words[index]
            if index in self.people or word.low in self.stop_words:
                break
            entity = self.entity_at.get(index)
            if word.text in _OPENING and not quoted:
                closing = self._closing(index)
                if closing is None or closing - index > 12 or len(self._between(index, closing)) < 3:
                    break
                index = last = closing + 1
                quoted = True
                continue
            if entity is not None:
                if entity.kind in ("state", "place"):
                    if not self._belongs(entity, index):
                        break
                    self._note_state(entity, states)
                    index = last = entity.end
                    if entity.kind == "state" and not self._continues_after_state(index):
                        break
                    continue
                if entity.kind in ("organization", "adjective", "seat", "demonym"):
                    if entity.kind == "organization" and last == head + 1 and self._spelled_apart(index):
                        break
                    index = entity.end
                    if entity.kind != "adjective":
                        last = index
                    continue
            if word.text == "(" and self._gloss(index):
                index = last = index + 3
                continue
            if word.low == "в" and index + 2 < len(self.words) and self.words[index + 1].low == "целях":
                index += 2
                continue
            if word.text in ("и", ",") and self._coordination(index, head):
                index += 1
                continue
            if word.low in ("по", "при", "в", "во", "имени", "им.", "для") and self._opens_complement(index, lemma):
                index += 1
                continue
            if word.tag.pos in ("NOUN", "PROPN", "ADJ", "X") and self._in_chain(index, head):
                index += 1
                if word.tag.pos != "ADJ" or word.is_title:
                    last = index
                continue
            break
        return last, quoted, tuple(states)

    def _between(self, opening: int, closing: int) -> str:
        return "".join(word.text for word in self.words[opening + 1 : closing])

    def _closing(self, opening: int) -> int | None:
        depth = 0
        for index in range(opening + 1, min(len(self.words), opening + 14)):
            text = self.words[index].text
            if text in "«“„" and depth >= 0 and text != self.words[opening].text:
                depth += 1
            elif text in _CLOSING:
                if depth == 0:
                    return index
                depth -= 1
        return None

    def _belongs(self, entity: Entity, index: int) -> bool:
        """Whether a state or place closes the name: in the genitive, or after a preposition of the name."""
        word = self.words[index]
        if entity.kind == "place" or word.case in ("Gen", None) or self._after_preposition(index):
            return True
        return word.tag.pos == "PROPN" and self._could_be_genitive(word)

    def _note_state(self, entity: Entity, states: list[str]) -> None:
        if entity.state and not (states and self.words[entity.first - 1].text == "и"):
            states.append(entity.state)
        elif entity.kind == "place" and not states:
            states.append(gazetteer.place(entity.ref.key).state)

    def _gloss(self, index: int) -> bool:
        """«государственного собрания (парламента) Венгрии»: a common noun in brackets inside a name."""
        inside = self.words[index + 1 : index + 3]
        return len(inside) == 2 and inside[1].text == ")" and inside[0].low in _head_kinds() and not inside[0].is_title

    def _after_preposition(self, index: int) -> bool:
        return index > 0 and self.words[index - 1].tag.pos == "ADP"

    def _could_be_genitive(self, word: Word) -> bool:
        return any("gent" in parse.tag or "Fixd" in parse.tag for parse in parses(word.text))

    def _continues_after_state(self, index: int) -> bool:
        """«посольство Казахстана в Чили», «группа Сейма Латвии по …»: more of the name follows a state."""
        if index + 1 >= len(self.words):
            return False
        word, after = self.words[index], self.entity_at.get(index + 1)
        return (
            (word.low in ("в", "во") and after is not None and after.kind in ("state", "place"))
            or (word.low == "при" and after is not None and after.kind == "organization")
            or (word.low == "по" and self.words[index + 1].case == "Dat")
        )

    def _spelled_apart(self, index: int) -> bool:
        return self.words[index - 1].text in (",", "(", "-", "–", "—")

    def _coordination(self, index: int, head: int) -> bool:
        """Whether «и» or a comma joins two parts of one name: both sides in the genitive (or both after «по»)."""
        if index + 1 >= len(self.words) or index == head + 1:
            return False
        before, after = self.words[index - 1], self.words[index + 1]
        if index + 1 in self.people or after.low in self.stop_words or after.low in _head_kinds():
            return False
        entity = self.entity_at.get(index + 1)
        if entity is not None and entity.kind in ("state", "organization", "place"):
            left = self.entity_at.get(index - 1)
            return self.words[index].text == "и" and left is not None and left.kind == entity.kind == "place"
        if after.tag.pos not in ("NOUN", "ADJ") or after.is_title:
            return False
        if self.words[index].text == ",":
            # «иностранных дел, внешней торговли и сотрудничества»: a list inside a name ends with «и»
            ahead = self.words[index + 1 : index + 7]
            joined = next((w for w in ahead if w.text in ("и", ",") or w.tag.pos in ("VERB", "PUNCT")), None)
            return (
                after.case == "Gen"
                and joined is not None
                and joined.text in ("и", ",")
                and before.case in ("Gen", None)
            )
        return after.case == before.case or (
            after.case in ("Gen", "Dat") and before.tag.pos in ("NOUN", "PROPN", "ADJ")
        )

    def _opens_complement(self, index: int, lemma: str) -> bool:
        if index + 1 >= len(self.words):
            return False
        word, after = self.words[index], self.words[index + 1]
        entity = self.entity_at.get(index + 1)
        if word.low == "по":
            dative = after.case == "Dat" or after.low.endswith(("ому", "ему"))
            return dative and after.tag.pos in ("NOUN", "ADJ", "PROPN")
        if word.low == "при":
            return (entity is not None and entity.kind == "organization") or after.low.startswith(
                ("президент", "правительств")
            )
        if word.low in ("в", "во"):
            diplomatic = lemma in (
                "посольство",
                "консульство",
                "генконсульство",
                "представительство",
                "миссия",
                "постпредство",
                "центр",
                "агентство",
                "организация",
            )
            return diplomatic and (
                (entity is not None and entity.kind in ("state", "place")) or (lemma == "агентство" and after.is_title)
            )
        return after.case == "Gen" and word.low in ("имени", "им.")

    def _in_chain(self, index: int, head: int) -> bool:
        word, before = self.words[index], self.words[index - 1]
        if before.low == "по":
            return word.case == "Dat" or word.low.endswith(("ому", "ему"))
        if before.low in ("в", "при"):
            return word.case == "Loc"
        if word.case == "Gen" or (word.tag.pos == "X" and word.is_title):
            return True
        if word.tag.pos == "PROPN" and word.is_title and self._could_be_genitive(word):
            return True
        if before.tag.pos == "ADJ" and before.case == word.case and index - 1 > head:
            return True
        if word.case == "Dat" and before.low in _TAKE_DATIVE:
            return True
        after_dative = before.text == "и" and word.case == "Dat"
        return after_dative or (word.case == "Dat" and before.tag.pos == "ADJ" and before.case == "Dat")

    def _joint_states(self, first: int, head: int) -> tuple[str, ...]:
        for index in range(first, head):
            pair = compound_states(self.words[index].text)
            if pair:
                return pair
        return ()

    # --- the record ----------------------------------------------------------------------------------

    def _span(
        self, first: int, head: int, end: int, kind: OrganizationKind, state: str | None, joint: tuple[str, ...]
    ) -> OrganizationSpan:
        if kind == "parliament" and self.words[first].low.startswith("торгов"):
            kind = "other"  # a chamber of commerce
        if kind == "company" and self.words[head].low.startswith("банк") and state:
            kind = "agency"
        if kind in ("agency", "university", "company", "ngo") and any(
            self.words[i].low.startswith(_WORLDWIDE) for i in range(first, head)
        ):
            kind = "international"
        if joint:
            kind = "other"
        name = self._nominative(first, head, end)
        adjective = next((e.state for e in self.entities if first <= e.first < head and e.kind == "adjective"), None)
        return OrganizationSpan(
            first, end, head, Ref("organization", fold(name)), name, kind, state=state or adjective, states=joint
        )

    def _nominative(self, first: int, head: int, end: int) -> str:
        gender = None
        out: list[tuple[str, Word]] = []
        noun = self.words[head]
        for parse in parses(noun.text):
            if parse.tag.POS == "NOUN" and "sing" in parse.tag and parse.tag.gender:
                gender = parse.tag.gender
                break
        for index in range(first, end):
            word = self.words[index]
            text = word.text
            glossed = index == head + 2 and self.words[head + 1].text == "("
            if (index <= head or glossed) and (word.case != "Nom" or glossed):
                text = _inflected(text, gender if index < head else None)
            out.append((text, word))
        return self._joined(out)

    def _joined(self, out: Sequence[tuple[str, Word]]) -> str:
        """Words with the spaces that stood between them."""
        pieces = [out[0][0]]
        for (_, before), (text, word) in pairwise(out):
            pieces.append(
                " " * (word.span.start - before.span.end) + text if word.span.start > before.span.end else text
            )
        return "".join(pieces)

    def _with_abbreviation(self, span: OrganizationSpan) -> OrganizationSpan:
        """«… (ОПАНАЛ)», «(далее - Фонд)»: the bracketed short name is an alias."""
        if span.end + 2 < len(self.words) and self.words[span.end].text == "(":
            inside, closing = self.words[span.end + 1], self.words[span.end + 2]
            if closing.text == ")" and (_ABBREVIATION.fullmatch(inside.text)):
                return replace(span, aliases=(*span.aliases, inside.text), end=span.end + 3)
            if (
                span.end + 3 < len(self.words)
                and self.words[span.end + 3].text == ")"
                and inside.is_title
                and closing.text.isupper()
            ):
                return replace(span, aliases=(f"{inside.text} {closing.text}",), end=span.end + 4)
        return span

    def _from_tagger(self, found: list[OrganizationSpan]) -> tuple[OrganizationSpan, ...]:
        """Quoted companies and the like that only the tagger saw: «с президентом «Ямада Би Фарм»»."""
        taken = {i for span in found for i in range(span.first, span.end)}
        more = []
        for first, end in self.tagged:
            if any(i in taken or i in self.people or i in self.entity_at for i in range(first, end)):
                continue
            words_inside = self.words[first:end]
            if not any(w.is_title for w in words_inside) or words_inside[0].low in self.stop_words:
                continue
            quoted = (
                first > 1 and self.words[first - 1].text in _OPENING and self.words[first - 2].low in self.stop_words
            )
            latin = (
                all(w.text.isascii() for w in words_inside)
                and first > 0
                and self.words[first - 1].low in self.stop_words
            )
            if quoted or latin:
                name = " ".join(w.text for w in words_inside)
                more.append(OrganizationSpan(first, end, first, Ref("organization", fold(name)), name, "company"))
        return tuple(more)


def _inflected(text: str, gender: str | None) -> str:
    """The nominative singular of one word, with its capitals; the word itself where the dictionary has none."""
    first, dash, last = text.rpartition("-")
    if dash and last[:1].islower() and first[-1:] in ("о", "е"):  # «казахско-египетской»: the last part inflects
        return first + dash + _inflected(last, gender)
    for parse in parses(text):
        tag = parse.tag
        if tag.POS not in ("NOUN", "ADJF", "PRTF") or "Name" in tag or "Surn" in tag:
            continue
        wanted = {"nomn", "sing"}
        if gender and tag.POS != "NOUN":
            wanted.add(gender)
        form = parse.inflect(wanted)
        if form is None or form.word[:2] != parse.word[:2]:
            continue
        if "Fixd" in tag or "Abbr" in tag:
            return text
        return _recased(form.word, text)
    return text


def _recased(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
