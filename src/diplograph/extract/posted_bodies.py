"""Bodies that only the post before them tells: «гендиректор «Сокола»», «глава Росрыболовства», «фотограф Рейтер А»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from diplograph.extract.document import Word
from diplograph.extract.entities import Entity
from diplograph.extract.forms import fold
from diplograph.extract.latin_names import LATIN_FORMS, latin_end
from diplograph.extract.organization_chains import Chain
from diplograph.extract.organization_names import joined, nominative
from diplograph.extract.organization_spans import OrganizationSpan
from diplograph.extract.organization_words import ABBREVIATION, LEGAL_FORMS, OPENING, head_kind
from diplograph.extract.post_words import only_in_body, post_table
from diplograph.lexicon import words as table
from diplograph.model import OrganizationKind, Ref

#: «совета директоров «Х»», «правления «Х»»: the last word of an organ.
_ORGAN_ENDS = frozenset(["правления", "директоров", "совета", "компании", "корпорации", "фирмы", "холдинга"])
#: «Росрыболовство», «Росмолодежь»: agencies of Russia in one word
_AGENCY = re.compile(r"Рос(?!с|к?ош|т)[а-я]{5,}|Рос(?:стандарт|труд|туризм|стат)[а-я]*")
_NO_BODIES = frozenset(
    ["СССР", "РСФСР", "ГДР", "ФРГ", "ЧССР", "СФРЮ", "США", "СМИ", "ВВС", "ВМС", "ВМФ", "ПВО", "НИОКР"]
)


class PostedBodies:
    """The readers of one sentence; `tagged` are the name tagger's spans of organisations, `people` words of persons."""

    def __init__(
        self,
        words: tuple[Word, ...],
        entities: Sequence[Entity],
        people: frozenset[int],
        *,
        stop_words: frozenset[str],
        chain: Chain,
        tagged: Sequence[tuple[int, int]],
    ) -> None:
        self.words = words
        self.entities = entities
        self.entity_at = {i: e for e in entities for i in range(e.first, e.end)}
        self.people = people
        self.stop_words = stop_words
        self.chain = chain
        self.tagged = tagged

    def at(self, index: int) -> OrganizationSpan | None:
        """«гендиректор «Грузинской железной дороги»», «директор венгерского Eximbank»: named right after a post."""
        before = self.words[index - 1] if index else None
        if before is None:
            return None
        posted = before.low in self.stop_words or before.low in _ORGAN_ENDS
        described = before.tag.pos == "ADJ" and index > 1 and self.words[index - 2].low in self.stop_words
        if self.words[index].text in OPENING and (posted or described):  # «лидер московского «Центра»»
            closing = self.chain.closing(index)
            if closing is None or not self.words[index + 1].is_title:
                return None
            name = self._inner_name(index + 1, closing)
            return OrganizationSpan(index, closing + 1, index + 1, Ref("organization", fold(name)), name, "company")
        text, free = self.words[index].text, index not in self.entity_at and index not in self.people
        mixed = ABBREVIATION.fullmatch(text) is not None and not text.isupper() and not text.isascii()
        named = [w for w in self.words[index + 1 : index + 3] if w.is_title and w.text.isalpha()]
        mixed = mixed and (index + 1 in self.people or len(named) == 2)
        if free and mixed and head_kind(self.words[index].low) is None:  # «декан факультета права КазНУ Имя Фамилия»
            kind: OrganizationKind = "university" if text.endswith(("У", "УЗ")) else "other"
            return OrganizationSpan(index, index + 1, index, Ref("organization", fold(text)), text, kind)
        if posted and free and _short_name(text):
            return self._abbreviated(index)
        end = latin_end(self.words, index, people=self.people, known=index in self.entity_at)
        nation = any(e.kind == "adjective" and e.end == index for e in self.entities)
        behind = self.words[index - 2].low if index > 1 else ""
        legal = end > index and any(w.text.rstrip(".") in LATIN_FORMS for w in self.words[index:end])
        if end > index and (posted or legal or (nation and behind in self.stop_words)):
            name = joined([(w.text, w) for w in self.words[index:end]])
            return OrganizationSpan(index, end, index, Ref("organization", fold(name)), name, "company")
        return None

    def _abbreviated(self, index: int) -> OrganizationSpan:
        """«председатель ЦИК Киргизии», «глава Росрыболовства»: with the state that follows, if one does."""
        text, following = self.words[index].text, self.entity_at.get(index + 1)
        owner = following if following is not None and following.kind == "state" else None
        end = owner.end if owner is not None else index + 1
        state = owner.state if owner is not None else "RU" if text.startswith("Рос") else None
        known = head_kind(self.words[index].low)
        kind: OrganizationKind = known[1] if known else "agency" if state else "other"
        state = state or (table("ru", "organizations")["one_state"].get(known[0]) if known else None)
        name = nominative(self.words, index, index, end)
        return OrganizationSpan(index, end, index, Ref("organization", fold(name)), name, kind, state=state)

    def _inner_name(self, first: int, end: int) -> str:
        """The words of a quoted name; an adjective and noun that stand in an oblique case made nominative."""
        head = next((i for i in range(first, end) if self.words[i].tag.pos == "NOUN"), None)
        inflects = (
            head is not None
            and head > first
            and all(
                self.words[i].tag.pos == "ADJ" and self.words[i].case == self.words[head].case != "Nom"
                for i in range(first, head)
            )
        )
        # «солист «Телевизора»»: one common noun
        alone = head == first and end == first + 1 and self.words[first].case not in ("Nom", "Acc", None)
        if head is not None and (inflects or alone):
            return nominative(self.words, first, head, end)
        return joined([(w.text, w) for w in self.words[first:end]])

    def from_tagger(self, found: Sequence[OrganizationSpan]) -> tuple[OrganizationSpan, ...]:
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
                first > 1 and self.words[first - 1].text in OPENING and self.words[first - 2].low in self.stop_words
            )
            posted = first > 0 and self.words[first - 1].low in self.stop_words
            titled = all(w.is_title and w.text.replace("-", "").isalpha() for w in words_inside)
            latin = posted and all(w.text.isascii() for w in words_inside)
            trade = posted and only_in_body(post_table().get(self.words[first - 1].low, ("", ()))[0])
            if trade and titled and not latin and words_inside[0].case in ("Gen", None):  # «оператор Аль-Джазиры Имя»
                name = nominative(self.words, first, first, end)
                more.append(OrganizationSpan(first, end, first, Ref("organization", fold(name)), name, "other"))
                continue
            if quoted or latin:
                name = " ".join(w.text for w in words_inside)
                more.append(OrganizationSpan(first, end, first, Ref("organization", fold(name)), name, "company"))
        return tuple(more)


def _short_name(text: str) -> bool:
    """«представитель ФИАТА», «глава Росрыболовства»: an abbreviation, or an agency in one word, names a body."""
    abbreviation = text.isupper() and text.isalpha() and len(text) > 2 and not text.isascii()
    kind = head_kind(text.lower())
    known = (kind is not None and (kind[1] == "ministry" or kind[0] in LEGAL_FORMS)) or text in _NO_BODIES
    return (abbreviation and not known) or _AGENCY.fullmatch(text) is not None
