"""Organisations the gazetteer does not know, by their construction: a head noun and what names it.

    [adjectives] head [genitive chain] [«…»] [по …] [при …] [state] [(ABBREVIATION)]

The name tagger cuts long names and never joins a state to its ministry, so its spans only support a candidate.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from diplograph import gazetteer
from diplograph.extract.declension import given_genders
from diplograph.extract.document import ParsedSentence
from diplograph.extract.entities import Entity, compound_states, parliament_states
from diplograph.extract.forms import fold
from diplograph.extract.latin_names import latin_end
from diplograph.extract.organization_chains import Chain
from diplograph.extract.organization_names import joined, nominative
from diplograph.extract.organization_spans import OrganizationSpan
from diplograph.extract.organization_words import (
    ABBREVIATION,
    HOUSES,
    LEGAL_FORMS,
    OFFICES,
    OPENING,
    WORLDWIDE,
    head_kind,
    head_kinds,
    heads_of,
    name_adjectives,
    plural_heads,
)
from diplograph.extract.post_words import words_of
from diplograph.extract.posted_bodies import PostedBodies
from diplograph.lexicon import words
from diplograph.model import OrganizationKind, Ref

__all__ = ["OrganizationSpan", "find_organizations"]


def find_organizations(
    sentence: ParsedSentence,
    entities: Sequence[Entity],
    people: frozenset[int] = frozenset(),
    *,
    stop_words: frozenset[str],
) -> tuple[OrganizationSpan, ...]:
    """The named organisations of a sentence, left to right, without overlaps; empty where nothing is named.

    `people` are the words of names of persons. `stop_words` are folded forms that end a name: post nouns, so that a
    chain never swallows a person's post.
    """
    finder = _Finder(sentence, entities, people, stop_words)
    return finder.find()


def _international(entity: Entity) -> bool:
    return entity.ref.key not in parliament_states() and gazetteer.organization(entity.ref.key).kind == "international"


_ADJECTIVE_ENDS = (
    *("ий", "ый", "ой", "ая", "яя", "ое", "ее", "ого", "его", "ому", "ему", "ым", "им", "ом", "ем"),
    *("ую", "юю", "ей", "ые", "ие", "ых", "их", "ыми", "ими"),
)


class _Finder:
    def __init__(
        self, sentence: ParsedSentence, entities: Sequence[Entity], people: frozenset[int], stop_words: frozenset[str]
    ) -> None:
        self.words = sentence.words
        self.entities = entities
        self.stop_words = stop_words
        self.entity_at = {i: e for e in entities for i in range(e.first, e.end)}
        self.people = people
        self.chain = Chain(self.words, self.entity_at, people, stop_words)
        tagged = [(first, end) for first, end, kind in sentence.names if kind == "ORG"]
        self.posted = PostedBodies(self.words, entities, people, stop_words=stop_words, chain=self.chain, tagged=tagged)

    def find(self) -> tuple[OrganizationSpan, ...]:
        found: list[OrganizationSpan] = []
        index = 0
        while index < len(self.words):
            pair = self._of_two_states(index)
            if pair:
                found += [span for span in pair if not found or span.first >= found[-1].end]
                index = found[-1].end if found else index + 1
                continue
            span = self._grown(index) or self._known(index) or self.posted.at(index)
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
        return tuple(found) + self.posted.from_tagger(found)

    # --- a known name --------------------------------------------------------------------------------

    def _known(self, index: int) -> OrganizationSpan | None:
        entity = self.entity_at.get(index)
        if entity is None or entity.kind != "organization" or entity.first != index:
            return None
        if entity.ref.key in parliament_states():
            end = self._of_parliament(entity)
            name = " ".join([entity.name, *(w.text for w in self.words[entity.end : end])])
            state = parliament_states()[entity.ref.key]
            return OrganizationSpan(entity.first, end, entity.first, entity.ref, name, "parliament", state=state)
        record = gazetteer.organization(entity.ref.key)
        if not any(w.is_title or w.text.isupper() for w in self.words[entity.first : entity.end]):
            return None  # «вишеградская четверка»
        return OrganizationSpan(entity.first, entity.end, entity.first, entity.ref, entity.name, record.kind)

    def _of_parliament(self, entity: Entity) -> int:
        """Where the name of a parliament ends: «Мажилис Парламента РК», «Маджлиси намояндагон Маджлиси Оли …»."""
        end, state = entity.end, parliament_states()[entity.ref.key]
        if end < len(self.words) and self.words[end].low == "парламента":
            end += 1
        following = self.entity_at.get(end)
        if following is not None and parliament_states().get(following.ref.key) == state:
            end = following.end
            following = self.entity_at.get(end)
        if following is not None and following.kind == "state" and following.state == state:
            return following.end
        autonomous = self.words[end : end + 2]
        if len(autonomous) == 2 and autonomous[0].low == "республики" and autonomous[1].is_title and following is None:
            return end if end + 1 in self.entity_at or end + 1 in self.people else end + 2
        return end

    # --- «министерства иностранных дел Узбекистана и Литвы» -------------------------------------------

    def _of_two_states(self, index: int) -> list[OrganizationSpan]:
        """A plural head whose genitive chain ends in coordinated states: one body for each."""
        word = self.words[index]
        if word.low not in plural_heads() or index in self.people or index in self.entity_at:
            return []
        lemma, kind = plural_heads()[word.low]
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
        if index in self.people or word.low not in head_kinds():
            return None
        known = self.entity_at.get(index)
        if known is not None and known.kind != "organization":
            return None
        if known is not None and self._stands_before_portfolio(known):
            return None
        lemma, kind = head_kinds()[word.low]
        if index and not word.is_title and self.words[index - 1].low in words_of("portfolio"):
            return None  # «министр объединения», «министра транспорта и связи»
        if word.tag.number == "Plur" and word.case in ("Nom", "Acc") and not word.text.isupper():
            return None  # «агентства ООН»: several
        first = self._first(index)
        if lemma in heads_of("mission") and not word.is_title and self._described(first, index):
            return None  # «азербайджанское посольство»
        if self._organ(index):
            return None
        if lemma == "группа" and self._of_deputies(first, index):
            return None
        if lemma in OFFICES and (after := self.entity_at.get(index + 1)) and after.kind == "organization":
            return None  # «представительство ЮНИСЕФ»: the body is ЮНИСЕФ
        end, quoted, states = self.chain.end(index, lemma)
        if end == index + 1 and end in self.people and given_genders(word.text):
            return None  # «предшественник Раду Имя»
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
        posted = first > 0 and self.words[first - 1].low in self.stop_words
        if lemma in heads_of("part") and (posted or not word.is_title) and self._has_ministry(index + 1, end):
            return None  # «начальник управления информации МИД»
        if lemma in heads_of("mission") and not any(w.is_title for w in self.words[first : index + 1]):
            served = any(w.low == "при" for w in self.words[index:end])
            owner = self.entity_at.get(index + 1)
            if served or (not joint and (owner is None or owner.kind != "state")):
                return None  # «посольство в Вене», «представительство Перу при ОТГ»
        if lemma == "собрание" and not word.is_title and first == index:
            return None  # «собрание карт»
        if lemma in heads_of("generic") and (inner := self._proper_part(index, end)):
            return self._proper(first, index, inner, end, kind)
        state = states[0] if states else words("ru", "organizations")["one_state"].get(lemma)
        if abbreviation and lemma not in LEGAL_FORMS and end == index + 1 and state is None:
            return None if first == index else self._span(first, index, end, kind, None, joint)
        return self._span(first, index, end, kind, state, joint)

    def _stands_before_portfolio(self, known: Entity) -> bool:
        """«комиссар Совета Европы по правам человека»: what follows belongs to the post."""
        posted = known.first > 0 and self.words[known.first - 1].low in self.stop_words
        after = self.words[known.end].low if known.end < len(self.words) else ""
        return posted and after == "по" and known.ref.key not in parliament_states()

    def _described(self, first: int, head: int) -> bool:
        return any(e.kind == "adjective" and first <= e.first < head for e in self.entities)

    def _organ(self, head: int) -> bool:
        """«наблюдательный совет «Х»», «правление»: an organ of a body, part of a post's title."""
        before = self.words[head - 1].low if head else ""
        return self.words[head].low.startswith("совет") and before.startswith(("наблюдательн", "попечительск"))

    def _proper_part(self, head: int, end: int) -> tuple[int, int] | None:
        """The words in «…», or in Latin letters, right after a head."""
        if head + 1 < end and self.words[head + 1].text in OPENING:
            closing = self.chain.closing(head + 1)
            return (head + 2, closing) if closing is not None and closing <= end else None
        latin = max(self._latin(head + 1), self._unquoted(head + 1))
        return (head + 1, latin) if latin > head + 1 else None

    def _latin(self, first: int) -> int:
        return latin_end(self.words, first, people=self.people, known=first in self.entity_at)

    def _unquoted(self, first: int) -> int:
        """«концерна Белнефтехим», «порта Поти»: where capitalised words that are no known name end."""
        end = first
        while end < min(first + 3, len(self.words)):
            word = self.words[end]
            if not word.is_title or end in self.people or word.tag.pos not in ("PROPN", "X", "NOUN"):
                break
            if end in self.entity_at or word.low in self.stop_words or not word.text[-1].isalpha():
                break
            end += 1
        return end

    def _proper(
        self, first: int, head: int, inner: tuple[int, int], end: int, kind: OrganizationKind
    ) -> OrganizationSpan:
        name = joined([(w.text, w) for w in self.words[inner[0] : inner[1]]])
        full = nominative(self.words, first, head, max(end, inner[1]))
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
        if lemma in LEGAL_FORMS or lemma == "железная":
            return quoted
        if joint and (lemma in heads_of("joint") or kind == "parliament"):
            return True
        if quoted:
            return True
        if lemma in heads_of("quoted"):
            capital = self.words[index].is_title
            return (own_name and (not capital or (index > 0 and end > index + 1))) or self._proper_part(
                index, end
            ) is not None
        if kind == "parliament" and lemma not in heads_of("strict") and not (inner or own_name):
            return any(e.kind == "adjective" and e.end == index for e in self.entities)
        if lemma not in heads_of("strict"):
            return end > index + 1 or (own_name and index > 0)
        return (own_name and (end > index + 1 or not self.words[index].is_title or index > 0)) or (
            inner and end > index + 1
        )

    def _first(self, head: int) -> int:
        """Where the name begins: adjectives that agree with the head and belong to the name."""
        first = head
        while first > 0:
            before = self.words[first - 1]
            if before.tag.pos not in ("ADJ", "PROPN", "X") or first - 1 in self.people or before.low in self.stop_words:
                break
            entity = self.entity_at.get(first - 1)
            if entity is not None and entity.kind not in ("adjective", "organization") and not before.is_title:
                break
            if entity is not None and entity.kind in ("state", "place", "demonym"):
                break
            noun = head_kind(before.low) is not None
            adjective_like = before.low.endswith(_ADJECTIVE_ENDS) or (
                before.tag.pos == "ADJ" and not noun and first > 1
            )
            belongs = (
                before.is_title
                or before.low in name_adjectives()
                or entity is not None
                or bool(compound_states(before.text))
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
        if self.words[head].low.startswith("палат") and any(w.low.startswith(HOUSES) for w in self.words[first:end]):
            kind = "parliament"
        if kind == "company" and self.words[head].low.startswith("банк") and state:
            kind = "agency"
        if (
            kind in ("agency", "university", "company", "ngo")
            and not state
            and any(self.words[i].low.startswith(WORLDWIDE) for i in range(first, head))
        ):
            kind = "international"
        inner = next((i for i in range(head, end) if self.words[i].low == "по"), end)
        adjective = next((e.state for e in self.entities if first <= e.first < head and e.kind == "adjective"), None)
        national = state or adjective  # «Японское агентство международного сотрудничества»
        if (
            kind == "agency"
            and not national
            and any(self.words[i].low.startswith(WORLDWIDE) for i in range(head, inner))
        ):
            kind = "international"  # «Исполнительный комитет Международного фонда …»
        inside = [e for i in range(head + 1, end) if (e := self.entity_at.get(i)) and e.kind == "organization"]
        if kind == "agency" and not state and any(_international(e) for e in inside):
            kind = "international"  # «Военный комитет НАТО»
        if joint:
            kind = "other"
        name = nominative(self.words, first, head, end)
        return OrganizationSpan(
            first, end, head, Ref("organization", fold(name)), name, kind, state=state or adjective, states=joint
        )

    def _with_abbreviation(self, span: OrganizationSpan) -> OrganizationSpan:
        """«… (ОПАНАЛ)», «(далее - Фонд)»: the bracketed short name is an alias."""
        if span.end + 2 < len(self.words) and self.words[span.end].text == "(":
            inside, closing = self.words[span.end + 1], self.words[span.end + 2]
            if closing.text == ")" and (ABBREVIATION.fullmatch(inside.text)):
                return replace(span, aliases=(*span.aliases, inside.text), end=span.end + 3)
            if (
                span.end + 3 < len(self.words)
                and self.words[span.end + 3].text == ")"
                and inside.is_title
                and closing.text.isupper()
            ):
                return replace(span, aliases=(f"{inside.text} {closing.text}",), end=span.end + 4)
        return span
