"""What stands to the right of a post's head noun: portfolio, body, state, accreditation.

head [nested post] [portfolio] [organisation] [state] [в state | при organisation]
"""

from __future__ import annotations

from diplograph import gazetteer
from diplograph.extract.bodies import body_noun
from diplograph.extract.committees import parliament_inside
from diplograph.extract.document import Word
from diplograph.extract.entities import Entity
from diplograph.extract.forms import fold
from diplograph.extract.organization_words import head_kind
from diplograph.extract.organizations import OrganizationSpan
from diplograph.extract.portfolios import (
    after_po,
    commanded,
    genitive_singular,
    genitives,
    nominative_plural,
    one_each,
    organ,
    see_of,
)
from diplograph.extract.post_words import (
    FORMER,
    is_counterpart,
    post_table,
    region_nouns,
    title_adjectives,
    words_of,
)
from diplograph.extract.surroundings import Around
from diplograph.model import Ref

#: What somebody may be the head of a delegation at.
_TALKS = frozenset(["переговорах", "саммите", "форуме", "встрече", "консультациях", "конференции", "сессии"])
_MISSIONS = ("посольств", "консульств", "генконсульств", "генеральное консульств", "постпредств")
#: Who works in an embassy is a diplomat of the state, not an employee of the embassy.
_STAFF = frozenset(["советник", "атташе", "секретарь", "сотрудник", "дипломат", "консул", "представитель"])
#: «посол этой страны», «министр той же страны».
_POINTING = frozenset(["этой", "этого", "той", "данной", "данного", "названной"])
#: Posts that one is sent to somewhere with: «… в Латвии».
_POSTED = frozenset(
    [
        *("посол", "консул", "генконсул", "вице-консул", "поверенный", "представитель", "постпред", "нунций"),
        *("посланник", "спецпосланник", "спецпредставитель", "атташе", "координатор", "резидент-координатор"),
        *("торгпред", "глава", "руководитель", "советник", "представительства", "представительство", "полпред"),
    ]
)


class Complements:
    """The complements of one post noun: its title's further words, states, body, accreditation; `end` is after them."""

    def __init__(self, around: Around, head: int, plural: bool) -> None:
        self.around = around
        self.words = around.words
        self.head = head
        self.plural = plural
        self.end = head + 1
        self.title: list[str] = []
        self.states: tuple[str, ...] = ()
        self.within: OrganizationSpan | None = None
        self.accredited: Ref | None = None
        self.accredited_name: str | None = None
        self.place: Ref | None = None
        self.body: str | None = None
        self.body_text = ""
        self.of_named_state = False
        self.in_named_state = False
        self.closed = False
        self.last_lemma = post_table()[self.words[head].low][0]

    def read(self) -> None:
        """Take complements as far as they go; what they say is in the attributes."""
        while self.end < len(self.words) and not self.closed and self._step():
            pass

    def _step(self) -> bool:
        index = self.end
        word = self.words[index]
        if index in self.around.people:
            return False
        organization = self.around.organization_at.get(index)
        entity = self.around.entity_at.get(index)
        if word.low in ("стран", "государств") and self.plural and self.end == self.head + 1:
            self.end, self.closed = index + 1, True  # «послы стран ЕС А (Франция), Б (Австрия)»
            return True
        if organization is not None and self.title[-1:] in (["стран"], ["государств"]) and entity is not None:
            if not self.plural:
                return self._take(organization.end)  # «директор департамента стран СНГ МИД России»
            self.title.pop()  # «министры культуры стран СНГ»
            return False
        if organization is not None:
            return self._organization(organization)
        if entity is not None and entity.kind == "state":
            return self._states(index)
        if entity is not None and entity.kind == "place":
            return self._place(entity)
        if entity is not None and entity.kind == "seat" and not self.states and entity.state:
            self.states = (entity.state,)  # «пресс-секретарь Белого дома»
            return self._take(entity.end)
        if entity is not None and entity.kind == "adjective" and index + 1 < len(self.words):
            return self._adjective_state(entity)
        if self.last_lemma == "поверенный" and index + 1 < len(self.words) and self.words[index + 1].low == "делах":
            return self._take(index + 2)
        if word.low in ("ее", "его", "их") and not self.title and self._owned(index + 1):
            self.of_named_state = True  # «глава её МИД», «руководитель его протокола»
            self.end = index + 1
            return True
        if word.low in _POINTING and not self.states and self._names_country(index + 1):
            self.of_named_state = True  # «посол этой страны в Риге»
            self.end = index + 2
            return True
        if word.low in ("в", "во", "на"):
            return self._accredited(index) or self._in_named_state(index) or self._in_region(index)
        if word.low == "от":
            return self._sent_by(index)
        if word.low == "при":
            return self._at_organization(index)
        if word.low == "по" and self.words[index + 1 : index + 2] and self.words[index + 1].low == "совместительству":
            self.end = index + 2
            return True
        if word.low == "по":
            end = after_po(self.around, index, stateless=not self.states)
            return end > index and self._take(end)
        if (end := organ(self.around, index)) > index:
            return self._take(end)
        holds_see = self.last_lemma in words_of("see") and index == self.head + 1
        if holds_see and (see := see_of(self.words[self.head], word)):
            self.title.append(see)
            self.end = index + 1
            return True
        if self.words[index + 1 : index + 2] and self.words[index + 1].low == "всея":
            return self._take(min(index + 3, len(self.words)))  # «патриарх Московский и всея Руси»
        if word.low == "всея":
            return self._take(min(index + 2, len(self.words)))  # «католикос-патриарх всея Грузии»
        if self.last_lemma in words_of("instrumental") and word.case == "Ins":
            end = commanded(self.around, index)
            return end > index and self._take(end)
        if word.low in title_adjectives() and (nested := self._nested_with_adjective(index)):
            return nested
        if word.low in post_table() and not is_counterpart(post_table()[word.low][0]):
            return self._nested(index)
        if word.text in ("«", '"', "“") and not self.title:
            return False
        if self._bare_ministry(word):
            self.body, self.body_text, self.end = word.low, word.text, index + 1
            return True
        return self._portfolio(index)

    def _owned(self, index: int) -> bool:
        if index in self.around.organization_at:
            return True
        word = self.words[index] if index < len(self.words) else None
        return word is not None and index not in self.around.people and word.case == "Gen" and word.tag.pos == "NOUN"

    def _names_country(self, index: int) -> bool:
        country = words_of("country")
        return index < len(self.words) and self.words[index].low in country and not self.words[index].is_title

    def _take(self, end: int) -> bool:
        singular = self.plural and one_each(self.words, self.end, end)
        for index in range(self.end, end):
            self.title.append(singular[index] if singular else self.words[index].text)
        self.end = end
        return True

    def _bare_ministry(self, word: Word) -> bool:
        """«представитель МИД»: an abbreviation whose state is said elsewhere; the head's own title keeps it."""
        known = head_kind(word.low)
        return (
            known is not None
            and known[1] == "ministry"
            and word.text.isupper()
            and self.last_lemma not in ("глава", "замглавы")
            and not self.states
        )

    def _in_region(self, index: int) -> bool:
        """«посол ЕС на Южном Кавказе», «полпред президента в Сибирском федеральном округе»."""
        end = index + 1
        while (
            end < len(self.words)
            and end not in self.around.people
            and end not in self.around.entity_at
            and self.words[end].case == "Loc"
            and self.words[end].tag.pos in ("ADJ", "NOUN", "PROPN")
        ):
            end += 1
        inside = self.words[index + 1 : end]
        if inside and inside[-1].low in _TALKS and end in self.around.people:
            self.end = end  # «глава делегации на переговорах А»
            return True
        region = any(w.is_title or w.low in region_nouns() for w in inside)
        return region and end in self.around.people and self._diplomatic() and self._take(end)

    def _sent_by(self, index: int) -> bool:
        """«наблюдатель от ОБСЕ», «депутат от фракции «X»», «сенатор от штата Аризона»."""
        organization = self.around.organization_at.get(index + 1)
        entity = self.around.entity_at.get(index + 1)
        if organization is not None:
            self.within = self.within or organization
            self.states = self.states or ((organization.state,) if organization.state else ())
            self.end = organization.end
            return True
        if entity is not None and entity.kind == "state" and entity.state:
            self.states = self.states or (entity.state,)
            self.end = entity.end
            return True
        end = index + 1
        if end < len(self.words) and self.words[end].low in region_nouns():
            end += 1
            while end < len(self.words) and self.words[end].is_title and end not in self.around.people:
                end += 1
            self.end = end
            return True
        if entity is not None and entity.kind == "place":  # «депутат от Риги»
            self.end = entity.end
            return True
        end = genitives(self.around, index + 1)  # «депутат от оппозиции»
        if end > index + 1 and not self.words[index + 1].is_title:
            self.end = end
            return True
        return False

    def _in_named_state(self, index: int) -> bool:
        """«посол … в этой стране», «… в республике»."""
        at = index + 1
        if at < len(self.words) and self.words[at].low in ("этой", "этом", "той", "данной"):
            at += 1
        if at >= len(self.words) or self.words[at].low not in words_of("country") or self.words[at].is_title:
            return False
        if not self._diplomatic() or self.accredited is not None:
            return False
        self.in_named_state = True
        self.end = at + 1
        return True

    def _organization(self, organization: OrganizationSpan) -> bool:
        if self.within is not None:
            return False
        head = self.words[organization.head]
        foreign = organization.name.startswith("внешнеполитическое ведомство")
        if foreign and self.last_lemma in ("глава", "замглавы"):
            self.title += [w.text for w in self.words[organization.first : organization.head + 1]]
            self.states = (organization.state,) if organization.state else ()
            self.end = organization.end
            return True
        if self.last_lemma in ("глава", "замглавы") and head.low in (
            "мид",
            "мидеи",
            "форин-офиса",
            "госдепартамента",
            "минобороны",
            "госдепа",
        ):
            self.title.append(head.text)
            if organization.state:
                self.states = (organization.state, *self._further_states(organization.end))
            self.end = max(self.end, organization.end)
            self.within = None
            return True
        if self.last_lemma == "премьер" and head.low == "госсовета":
            self.title.append(head.text)  # the head of China's government
            self.states = (organization.state or "CN",)
            self.end = organization.end
            return True
        if organization.name.lower().startswith(_MISSIONS) and self.last_lemma in _STAFF:
            self.title.append(head.text)  # «советник посольства Китая в Перу»
            self.states = (organization.state,) if organization.state else self.states
            places = [e for i, e in self.around.entity_at.items() if organization.head < i < organization.end]
            host = next((e for e in places if e.state and e.state != organization.state), None)
            if host is not None and self.accredited is None:
                self.accredited, self.accredited_name = host.ref, host.name
            self.end = organization.end
            return True
        parliament = parliament_inside(organization, self.around)
        if parliament is not None:  # «председатель комитета Сейма Латвии по …»
            of_it = [*range(organization.first, parliament.first), *range(parliament.end, organization.end)]
            self.title += [self.words[i].text for i in of_it]
        self.within = parliament or organization
        if self.within.state:
            self.states = (self.within.state,)
        self.end = organization.end
        return True

    def _further_states(self, end: int) -> tuple[str, ...]:
        """«глав МИД Ирана, Азербайджана и Туркмении»: the states after the first one; `end` moves after them."""
        states = []
        while self.plural and end + 1 < len(self.words) and self.words[end].text in (",", "и"):
            following = self.around.entity_at.get(end + 1)
            if following is None or following.kind != "state" or following.state is None:
                break
            states.append(following.state)
            self.end = end = following.end
        return tuple(states)

    def _states(self, index: int) -> bool:
        """One state, or the coordinated states of a plural head: «X, Y и Z»."""
        if self.states and not self.plural:
            return False
        states, end = [], index
        while True:
            entity = self.around.entity_at.get(end)
            if entity is None or entity.kind != "state" or entity.state is None:
                break
            states.append(entity.state)
            end = entity.end
            if not self.plural or end + 1 >= len(self.words) or self.words[end].text not in (",", "и"):
                break
            following = self.around.entity_at.get(end + 1)
            if following is None or following.kind != "state":
                break
            end += 1
        if not states:
            return False
        self.states = tuple(states) if not self.states else self.states
        self.end = end
        return True

    def _place(self, entity: Entity) -> bool:
        if self.place is not None:
            return False
        if self.body is not None:  # «директор порта Джурджулешты»
            self.title.append(self.body_text)
            self.body, self.body_text = None, ""
            return self._take(entity.end)
        self.place = entity.ref
        return self._take(entity.end)

    def _adjective_state(self, entity: Entity) -> bool:
        """«помощник российского президента»: the state of a nested post; else part of a portfolio."""
        if self.words[entity.end].low in post_table() and entity.state:
            self.states = self.states or (entity.state,)
            self.end = entity.end
            return True
        noun = entity.end  # «представитель российского внешнеполитического ведомства»
        while noun + 1 < len(self.words) and self.words[noun].tag.pos == "ADJ":
            noun += 1
        if self.words[noun].low in words_of("institution") and entity.state and not self.states:
            title, states = self.title, (entity.state,)  # «глава узбекской дипломатии»
            self.end = entity.end
            if self._portfolio(self.end) or self.end + 1 in self.around.people:
                self.states = states
                return True
            self.title, self.end = title, entity.first
        return self._portfolio(self.end)

    def _accredited(self, index: int) -> bool:
        entity = self.around.entity_at.get(index + 1)
        if entity is None or self.accredited is not None or entity.kind not in ("state", "place"):
            return False
        if not self._diplomatic():
            return False
        if self.last_lemma in ("глава", "руководитель", "советник") and not (self.title or self.within or self.body):
            return False
        if entity.kind == "place" and gazetteer.place(entity.ref.key).kind == "region" and not self._consular():
            return self._take(entity.end)  # «полпред президента в Нарынской области»
        if entity.kind == "place" and self.last_lemma in ("посол", "нунций", "поверенный"):
            state = gazetteer.state(gazetteer.place(entity.ref.key).state)  # «посол в Москве»
            self.accredited, self.accredited_name = Ref("state", state.iso2), state.names["ru"][0]
            self.end = self._more_accreditations(entity.end)
            return True
        self.accredited = entity.ref
        self.accredited_name = entity.name
        self.end = self._more_accreditations(entity.end)
        return True

    def _more_accreditations(self, end: int) -> int:
        """«… в Казахстане, Кыргызстане и Таджикистане»: where the list of states ends; the first one is kept."""
        while end + 1 < len(self.words) and self.words[end].text in (",", "и"):
            at = end + 1
            if self.words[at].low == "по" and at + 2 < len(self.words) and self.words[at + 1].low == "совместительству":
                at += 2
            if at + 1 < len(self.words) and self.words[at].low in ("в", "во", "на"):
                at += 1
            following = self.around.entity_at.get(at)
            if following is None or following.kind != "state" or self.words[at].case not in ("Loc", None):
                break
            end = following.end
        return end

    def _diplomatic(self) -> bool:
        head_lemma = post_table()[self.words[self.head].low][0].removeprefix(FORMER)
        return self.last_lemma in _POSTED or head_lemma in _POSTED

    def _consular(self) -> bool:
        return post_table()[self.words[self.head].low][0].endswith(("консул", "посол", "нунций", "поверенный"))

    def _at_organization(self, index: int) -> bool:
        organization = self.around.organization_at.get(index + 1)
        ahead = self.words[index + 1 : index + 3]
        if len(ahead) == 2 and ahead[0].low in _POINTING and body_noun(ahead[1]) is not None:
            self.end = index + 3  # «при этой организации»: the one named before
            return True
        if organization is not None and self.accredited is None:
            self.accredited, self.accredited_name = organization.ref, organization.name
            self.end = organization.end
            following = self.around.entity_at.get(self.end + 1) if self.end < len(self.words) else None
            if (
                self.end < len(self.words)
                and self.words[self.end].low == "в"
                and following
                and following.kind == "place"
            ):
                self.end = following.end
            return True
        if organization is None and self.accredited is None and index + 2 < len(self.words):
            # «при международных организациях в Вене»: several bodies, named as a group
            end = index + 1
            while (
                end < len(self.words)
                and end not in self.around.people
                and self.words[end].case == "Loc"
                and not self.words[end].is_title
            ):
                end += 1
            place = self.around.entity_at.get(end + 1) if end < len(self.words) else None
            if end > index + 1 and place is not None and self.words[end].low == "в" and place.kind == "place":
                group = " ".join(nominative_plural(w.text) for w in self.words[index + 1 : end])
                self.accredited_name = f"{group} в {' '.join(w.text for w in self.words[place.first : place.end])}"
                self.accredited = Ref("place", fold(self.accredited_name))
                self.end = place.end
                return True
        return False

    def _nested(self, index: int) -> bool:
        """«заместителя министра», «пресс-секретарь президента»: a post in the genitive inside a post."""
        lemma, readings = post_table()[self.words[index].low]
        if not any(case == "Gen" for case, _ in readings) or self.within is not None or self.accredited is not None:
            return False
        if self.words[index - 1].text == ",":
            return False
        word = self.words[index]
        self.title.append(genitive_singular(word.text) if self.plural else word.text)
        self.last_lemma = lemma
        self.end = index + 1
        return True

    def _nested_with_adjective(self, index: int) -> bool:
        """«заместитель постоянного представителя», «помощник генерального секретаря»."""
        end = index
        while end < len(self.words) and self.words[end].low in title_adjectives() and self.words[end].case == "Gen":
            end += 1
        if (
            end == index
            or end >= len(self.words)
            or end in self.around.people
            or self.words[end].low not in post_table()
        ):
            return False
        if self.states or self.within is not None or self.accredited is not None:
            return False
        self._take(end)
        return self._nested(end)

    def _portfolio(self, index: int) -> bool:
        """«министр водного хозяйства и ирригации», «лидер оппозиционной партии «…»», «секретарь комиссии»."""
        if self.states or self.accredited is not None or self.within is not None:
            return False
        described = index  # «лидер французского крайне правого Национального фронта»
        while described < len(self.words) and self.words[described].tag.pos in ("ADJ", "ADV"):
            described += 1
        if described > index and described in self.around.organization_at:
            self.end = described
            return True
        end = genitives(self.around, index)
        if end > index and self.words[end - 1].tag.pos == "ADJ" and end in self.around.organization_at:
            self.end = end
            return True
        by = end < len(self.words) and self.words[end].low == "по"  # «председатель комитета по экономике»
        if end == index + 1 and not by and body_noun(self.words[index]) is not None:
            self.body, self.body_text = body_noun(self.words[index]), self.words[index].text
            self.end = end
            return True
        return end > index and self._take(end)
