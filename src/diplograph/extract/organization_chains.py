"""Where an organisation's name ends: the chain of genitives, states, quotations and complements after its head."""

from __future__ import annotations

from collections.abc import Mapping

from diplograph import gazetteer
from diplograph.extract.document import Word
from diplograph.extract.entities import Entity, parliament_states
from diplograph.extract.organization_words import CLOSING, OPENING, TAKE_DATIVE, head_kinds
from diplograph.extract.post_words import honours, region_nouns
from diplograph.morphology import parses

#: «государств – участников СНГ»
_MEMBERS = frozenset(["участников", "членов", "наблюдателей", "партнеров"])
#: What a head of state or government has: «Администрация Президента».
_OF_OFFICE = frozenset(["администрация", "канцелярия", "аппарат", "секретариат", "офис", "кабинет", "служба"])
#: Whose name may be a capitalised word that does not decline: «Университет Нархоз».
_NAMED_AFTER = frozenset(["университет", "институт", "академия", "банк", "колледж"])


def _participle(word: Word) -> bool:
    """«охране окружающей среды»: an adjective that the tagger takes for a verb."""
    return word.tag.pos == "VERB" and word.case is not None


def _finite(word: Word) -> bool:
    return word.tag.pos == "VERB" and word.case is None


class Chain:
    """The words after a head noun; `stop_words` are folded forms that end every name, `people` words of persons."""

    def __init__(
        self,
        words: tuple[Word, ...],
        entity_at: Mapping[int, Entity],
        people: frozenset[int],
        stop_words: frozenset[str],
    ) -> None:
        self.words = words
        self.entity_at = entity_at
        self.people = people
        self.stop_words = stop_words

    def end(self, head: int, lemma: str) -> tuple[int, bool, tuple[str, ...]]:
        """Where the chain after the head ends, whether «…» named it, and the states in it."""
        index = last = head + 1
        states: list[str] = []
        quoted = False
        while index < len(self.words):
            word = self.words[index]
            if word.low in ("имени", "им.", "им") and (named := self._name_of(index)) > index:
                index = last = named
                continue
            if self._starts_anew(word, head) or (quoted and word.low in honours()):
                break
            if index in self.people or (word.low in self.stop_words and not self._of_officials(index, head, lemma)):
                break
            entity = self.entity_at.get(index)
            if entity is not None and (paired := self._pair(entity)):
                last = paired
                quoted = True
                break
            if word.text in OPENING and not quoted:
                closing = self.closing(index)
                if closing is None or closing - index > 12 or len(self._between(index, closing)) < 3:
                    break
                index = last = closing + 1
                quoted = True
                continue
            if entity is not None:
                located = entity.kind in ("state", "place")
                apart = entity.kind == "organization" and last == head + 1 and self._spelled_apart(index)
                if apart or (located and not self._belongs(entity, index)):
                    break
                self._note_state(entity, states)
                index = entity.end
                last = last if entity.kind == "adjective" else index
                if self._closes(entity):
                    break
                continue
            if (ahead := self._joint(index, head, lemma)) > index:
                if word.text == "(":
                    last = ahead
                index = ahead
                continue
            nominal = word.tag.pos in ("NOUN", "PROPN", "ADJ", "X") or _participle(word)
            if nominal and self._in_chain(index, head):
                index += 1
                described = (word.tag.pos == "ADJ" or _participle(word)) and not word.is_title
                if not described or self._stands_alone(index):
                    last = index
                continue
            break
        return last, quoted, tuple(states)

    def _starts_anew(self, word: Word, head: int) -> bool:
        """«В университете Асунсьона белорусский дипломат …»: an adjective in another case than the body."""
        apart = self.words[head].case in ("Gen", "Dat", "Ins", "Loc")
        return apart and word.tag.pos == "ADJ" and word.case == "Nom" and not word.is_title

    def _name_of(self, index: int) -> int:
        """Past «имени Л. Н. Гумилева», «им. Махмуда Кашгари»: initials and a surname, or two words in the genitive."""
        at = index + 1
        while at + 1 < len(self.words) and (self.words[at].text == "." or len(self.words[at].text) == 1):
            at += 1
        least = at
        most = at + (1 if at > index + 1 else 2)
        sure = least > index + 1
        while at < min(most, len(self.words)) and self.words[at].is_title:
            if not sure and self.words[at].case not in ("Gen", None):
                break
            at += 1
        return at if at > least else index

    def _stands_alone(self, end: int) -> bool:
        """«Институт осетровых Имя Фамилия»: an adjective in the plural that no noun follows is one itself."""
        word = self.words[end - 1]
        return word.tag.number == "Plur" and word.case == "Gen" and end in self.people

    def _joint(self, index: int, head: int, lemma: str) -> int:
        """Past a gloss, «и», a comma or a preposition that belongs to the name; `index` where it does not."""
        word = self.words[index]
        if word.text == "(" and self._gloss(index):
            return index + 3
        if (
            word.low == "в"
            and index + 2 < len(self.words)
            and self.words[index + 1].low in ("целях", "области", "сфере")
        ):
            return index + 2
        if word.text in "-–—" and index + 1 < len(self.words) and self.words[index + 1].low in _MEMBERS:
            return index + 1  # «Совет государств – участников СНГ»
        if word.text in ("и", ",") and self._coordination(index, head):
            return index + 1
        complement = word.low in ("по", "при", "в", "во", "имени", "им.", "для", "за", "против")
        return index + 1 if complement and self._opens_complement(index, lemma) else index

    def _of_officials(self, index: int, head: int, lemma: str) -> bool:
        """«Совет министров иностранных дел ШОС», «палата представителей», «Совет муфтиев России»."""
        word = self.words[index]
        of_officials = lemma in ("совет", "палата", "конгресс", "союз", "ассоциация", "собрание", "клуб", "конференция")
        plural = (
            word.tag.number == "Plur"
            and word.case == "Gen"
            and word.low.endswith(("ов", "ев", "ей", "глав"))
            and word.low != "директоров"
        )
        if lemma in _OF_OFFICE and index == head + 1 and word.low in ("президента", "премьер-министра"):
            return True  # «Администрация Президента», «канцелярия премьер-министра»
        return of_officials and index == head + 1 and plural

    def _pair(self, entity: Entity) -> int:
        """«Совет ассоциации Молдова - Европейский союз», «форум Россия — Африка»: where two parties end; else 0."""
        end = entity.end
        if entity.kind not in ("state", "organization") or end + 1 >= len(self.words):
            return 0
        other = self.entity_at.get(end + 1)
        joined = self.words[end].text in ("-", "–", "—") and other is not None and other.first == end + 1
        plain = self.words[entity.first].case in ("Nom", None) or self.words[entity.first].low == entity.name.lower()
        return other.end if joined and other and other.kind in ("state", "organization") and plain else 0

    def _between(self, opening: int, closing: int) -> str:
        return "".join(word.text for word in self.words[opening + 1 : closing])

    def closing(self, opening: int) -> int | None:
        """The index of the mark that closes the quotation opened at `opening`; None if it is not near."""
        depth = 0
        for index in range(opening + 1, min(len(self.words), opening + 14)):
            text = self.words[index].text
            opens = (
                text in "«“„" and text != self.words[opening].text and (text, self.words[opening].text) != ("“", "„")
            )
            if opens and depth >= 0:
                depth += 1
            elif text in CLOSING:
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
        if entity.kind not in ("state", "place"):
            return
        if entity.state and not (states and self.words[entity.first - 1].text == "и"):
            states.append(entity.state)
        elif entity.kind == "place" and not states:
            states.append(gazetteer.place(entity.ref.key).state)

    def _gloss(self, index: int) -> bool:
        """«государственного собрания (парламента) Венгрии»: a common noun in brackets inside a name."""
        inside = self.words[index + 1 : index + 3]
        return len(inside) == 2 and inside[1].text == ")" and inside[0].low in head_kinds() and not inside[0].is_title

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

    def _closes(self, entity: Entity) -> bool:
        """Whether a state, or a parliament, is the last of the name: «комитет Милли Меджлиса кандидатуру обсудил»."""
        if entity.kind == "state":
            return not self._continues_after_state(entity.end)
        if entity.ref.key not in parliament_states():
            return False
        after = self.entity_at.get(entity.end)
        ahead = [w.low for w in self.words[entity.end : entity.end + 2]]
        goes_on = ahead[:1] == ["по"] or any(
            (known := head_kinds().get(low)) and known[1] == "parliament" for low in ahead
        )
        return not goes_on and (after is None or after.kind != "state")

    def _spelled_apart(self, index: int) -> bool:
        return self.words[index - 1].text in (",", "(", "-", "–", "—")

    def _coordination(self, index: int, head: int) -> bool:
        """Whether «и» or a comma joins two parts of one name: both sides in the genitive (or both after «по»)."""
        if index + 1 >= len(self.words) or index == head + 1:
            return False
        before, after = self.words[index - 1], self.words[index + 1]
        if index + 1 in self.people or after.low in self.stop_words or after.low in head_kinds():
            return False
        entity = self.entity_at.get(index + 1)
        if entity is not None and entity.kind in ("state", "organization", "place"):
            left = self.entity_at.get(index - 1)
            return self.words[index].text == "и" and left is not None and left.kind == entity.kind == "place"
        if self.words[index].text == "и" and after.is_title and before.is_title and after.case == before.case == "Gen":
            return after.tag.pos == "PROPN" and before.tag.pos == "PROPN"  # «Управление стран Европы и Америки»
        if after.tag.pos not in ("NOUN", "ADJ") or after.is_title:
            return False
        if self.words[index].text == ",":
            # «иностранных дел, внешней торговли и сотрудничества»: a list inside a name ends with «и»
            ahead = self.words[index + 1 : index + 7]
            joined = next((w for w in ahead if w.text in ("и", ",") or w.tag.pos == "PUNCT" or _finite(w)), None)
            listed = joined is not None and joined.text in ("и", ",")
            alike = before.case in (after.case, None) or {before.case, after.case} <= {"Dat", "Loc"}
            return listed and after.case in ("Gen", "Dat", "Loc") and alike
        return {before.case, after.case} in ({before.case}, {"Dat", "Loc"}) or (
            after.case in ("Gen", "Dat") and before.tag.pos in ("NOUN", "PROPN", "ADJ")
        )

    def _lemma(self, head: int) -> str:
        known = head_kinds().get(self.words[head].low)
        return known[0] if known else ""

    def _opens_complement(self, index: int, lemma: str) -> bool:
        if index + 1 >= len(self.words):
            return False
        word, after = self.words[index], self.words[index + 1]
        entity = self.entity_at.get(index + 1)
        if word.low == "по":
            dative = after.case == "Dat" or after.low.endswith(("ому", "ему"))
            dative = dative or (after.tag.pos == "ADJ" and after.low.endswith(("ым", "им")))
            return dative and after.tag.pos in ("NOUN", "ADJ", "PROPN")
        if word.low == "при":
            return (entity is not None and entity.kind == "organization") or after.low.startswith(
                ("президент", "правительств", "прокуратур", "генпрокуратур", "министерств", "парламент")
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
            if lemma in ("институт", "университет", "академия") and entity is not None and entity.kind == "place":
                return entity.end in self.people  # «Институт водных ресурсов в Делфте Имя Фамилия»
            return diplomatic and (
                (entity is not None and entity.kind in ("state", "place")) or (lemma == "агентство" and after.is_title)
            )
        if word.low in ("за", "против"):
            return after.case in ("Acc", "Gen", "Ins") and lemma in (
                "движение",
                "фронт",
                "комитет",
                "союз",
                "партия",
                "кампания",
            )
        return after.case == "Gen" and word.low in ("имени", "им.")

    def _in_chain(self, index: int, head: int) -> bool:
        word, before = self.words[index], self.words[index - 1]
        if before.low == "по":
            return word.case == "Dat" or word.low.endswith(("ому", "ему", "ым", "им"))
        if before.low in ("в", "при"):
            return word.case == "Loc"
        if before.low in ("за", "против"):
            return word.case in ("Acc", "Gen", "Ins")
        named_after = index == head + 1 and word.is_title and word.case in ("Nom", "Acc", None)
        named_after = named_after and not any(w.is_title for w in self.words[index + 1 : index + 2])
        if named_after and self._lemma(head) in _NAMED_AFTER:
            return True
        if before.low in region_nouns() and word.is_title:
            return True  # «собрание района Отрадное»
        if word.case == "Gen" or (word.tag.pos == "X" and word.is_title):
            return True
        if word.tag.pos == "PROPN" and word.is_title and self._could_be_genitive(word):
            return True
        if before.tag.pos == "ADJ" and before.case == word.case and index - 1 > head:
            return True
        if word.case == "Dat" and before.low in TAKE_DATIVE:
            return True
        after_dative = before.text in ("и", ",") and word.case in ("Dat", "Loc") and self.words[index - 2].case == "Dat"
        return after_dative or (
            word.case == "Dat"
            and before.tag.pos == "ADJ"
            and (before.case == "Dat" or before.low.endswith(("ому", "ему", "ым", "им")))
        )
