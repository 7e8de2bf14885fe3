"""Who took part: the sides that a clause names, and those that the narrative gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from diplograph.extract.asides import hangs_on_noun, is_aside, is_honoured, is_ruled_out, without_onlookers
from diplograph.extract.clauses import Clause, clauses, inserted_words
from diplograph.extract.document import ParsedSentence, Word
from diplograph.extract.drafts import Draft
from diplograph.extract.encounter_words import FORMAL, forms_of, starts_word
from diplograph.extract.narrative import Narrative
from diplograph.extract.officials import Actor
from diplograph.extract.organizations import OrganizationSpan
from diplograph.extract.reports import (
    Report,
    is_object,
    is_source,
    is_with,
)
from diplograph.extract.triggers import Trigger, points_back
from diplograph.lexicon import words

#: Pronouns that stand for a thing as well as for somebody.
PRONOUNS = frozenset(["его", "ее"])


class Parties:
    """Reads the sides of reports; what one verb demands differs from the next."""

    def __init__(self, story: Narrative) -> None:
        self.story = story

    def actors(self, number: int, clause: Clause, trigger: Trigger) -> list[Actor]:
        """Who stands in a clause, named or meant, left to right; sources and asides left out."""
        named = [a for a in self.story.cast.actors[number] if clause.first <= a.core < clause.end]
        sentence = self.story.parts[number].sentence
        tokens = sentence.words
        heads = tokens[trigger.index].low.startswith("возглав")
        if trigger.group == "attend" and heads and not named:  # «Её возглавляет …»: the delegation
            return []
        inserted = inserted_words(sentence)
        named = [a for a in named if a.core not in inserted and not is_ruled_out(tokens, a)]
        named = [a for a in named if not self._is_superior(a, number)]
        taking = [a for a in named if not is_aside(sentence, a, trigger, self.story.cast.actors[number])]
        hero, current = self.story.hero(), self.story.current
        last = self.story.drafts[-1] if self.story.drafts else None
        ahead = ("visit", "planned", 1)
        near = last is not None and number - last.sentence <= 1
        if last is not None and near and (last.type, last.status, len(last.participants)) == ahead:
            hero, current = last.participants[0], last  # «прибудет А. Гостью примет …»
        meant = self.story.pointers.actors(number, clause, current, hero)
        pointed = [
            a
            for a in meant
            if a.core not in inserted
            and (is_honoured(sentence, a, trigger) or not (is_source(tokens, a) or hangs_on_noun(sentence, a)))
        ]
        if trigger.group == "discuss":  # «визит премьера: министр обсуждал его в Осло»: the thing that was discussed
            pointed = [a for a in pointed if a.case not in ("Acc", "Gen") or tokens[a.core].low not in PRONOUNS]
        taking = without_onlookers(sentence, taking, trigger)
        if tokens[trigger.index].low.startswith("представля"):  # «президента на саммите представлял министр»
            taking = [a for a in taking if not is_object(tokens, a)]
        listed = [self._in_brackets(number, a) for a in taking]
        return _with_shared_case(sentence, sorted(listed + pointed, key=lambda a: a.core))

    def _is_superior(self, actor: Actor, number: int) -> bool:
        """«встретился с помощником президента Виктора А Павлом Б»: A only tells whose aide B is."""
        beside = [a for a in self.story.cast.actors[number] if a.first <= actor.first < a.end and a is not actor]
        return any(post.superior == actor.person for a in beside for post in self.story.cast.people[a.person].posts)

    def _in_brackets(self, number: int, actor: Actor) -> Actor:
        """«с лидерами двух партий – «Берег» (А) и «Холм» (Б)»: a name in brackets has the case of the post before."""
        part = self.story.parts[number]
        tokens = part.sentence.words
        alone = actor.first and actor.end < len(tokens) and tokens[actor.first - 1].text == "("
        before = [post for post in part.posts if post.plural and post.end <= actor.first]
        if alone and tokens[actor.end].text == ")" and before and before[-1].case == "Ins":
            return replace(actor, case="Ins")
        return actor

    def has_form(self, report: Report) -> bool:
        """What some verbs demand: «обсудил с …», two subjects of two sides, a listener."""
        cases = {a.case for a in report.actors}
        if report.group == "discuss":
            return "Ins" in cases or len(report.people) > 1
        if report.group in ("joint", "together"):
            return self._act_together(report)
        if report.group == "call" and report.part.sentence.words[report.trigger.index].tag.pos == "NOUN":
            return len(report.people) > 1
        if report.group in ("tell", "greet"):
            return self._has_listener(report)
        if report.group == "become":
            cases = {a.case for a in report.actors}  # «Гостем министра стал посол»
            return {"Gen", "Nom"} <= cases or not any(w.low in forms_of("attendance") for w in report.words)
        return True

    def _act_together(self, report: Report) -> bool:
        """Two subjects of two sides; of one side only where they are said to be alone, or a meeting is announced."""
        if report.status == "planned" and (report.type in FORMAL or report.group == "together"):
            return True
        subjects = {
            a.person
            for a in report.actors
            if a.case in ("Nom", "Gen") or (a.case == "Ins" and (a.named or is_with(report.part.sentence.words, a)))
        }
        if report.group == "together" and not any(a.case == "Nom" for a in report.actors):
            subjects |= set(self._subject_before(report))  # «…, а днём ранее осмотрел станцию вместе с А»
        subjects = subjects or {a.person for a in report.actors if a.case == "Dat"}  # «предоставили послу и мэру»
        if len({self.story.cast.people[person].state for person in subjects}) > 1:
            return True
        announced = self.story.pending is not None and self.story.pending.sentence == report.number
        return len(subjects) > 1 and (
            announced or starts_word(report.text, words("ru", "encounters")["alone"]["phrases"])
        )

    def _has_listener(self, report: Report) -> bool:
        """«заверил посла», «представила министру …»: somebody of another side is told it to the face."""
        if starts_word(report.text, words("ru", "encounters")["afar"]["stems"]):
            return False
        to_guests = any(w.low in forms_of("guests") and w.case in ("Dat", "Acc") for w in report.words)
        if to_guests and len(report.people) == 1 and report.actors[0].case == "Nom" and self.story.current is not None:
            return bool(self._guests(report, report.people[0], self.story.current))  # «показал гостям музей»
        if len(report.people) == 1 and report.actors[0].case != "Nom":  # «попросила …, и показала гостю музей»
            return any(
                self.story.cast.people[p].state != self.story.cast.people[report.people[0]].state
                for p in self._subject_before(report)
            )
        if len(report.people) != 2:
            return False
        cases = {a: a.case or report.part.sentence.words[a.core].case for a in report.actors}
        speakers = [a for a, case in cases.items() if case == "Nom" and a.named]
        listeners = [a for a, case in cases.items() if case in ("Dat", "Acc", "Gen")]
        if len(speakers) != 1 or len(listeners) != 1:
            return False
        speaker, listener = self.story.cast.people[speakers[0].person], self.story.cast.people[listeners[0].person]
        return speaker.state != listener.state and bool(speaker.posts and listener.posts)

    def sides(self, report: Report) -> tuple[list[int], int]:
        """Those who took part, and how many of them the context gave."""
        people = report.people
        current = self.story.current
        if not people and report.group == "with":
            people = self._subject_before(report)  # «провёл переговоры с А и встретился со студентами»
        if pair := self.pair_after_talks(report):
            return pair, 1
        talks = report.group == "event" and report.trigger.type in ("meeting", "call") and "happen" in report.groups
        if len(people) < 2 and (talks or report.group in ("with", "call", "receive")):
            group = self.story.pointers.group(report.number, report.clause, self.story.drafts)
            if not group and not people and report.status == "planned" and report.clause.first:
                before = replace(report.clause, first=0, end=report.clause.first)
                group = self.story.pointers.group(report.number, before, self.story.drafts)
            if not group and report.group == "receive" and any(w.low == "их" for w in report.words):
                group = self._received(people) if people else []
            told = people or talks or report.status == "planned"
            if group and told:  # «Они условились увидеться …», «сопредседатели провели встречу»
                return [*people, *(p for p in group if p not in people)], len(group) if people else 0
        if talks and not people and any(w.low == "их" for w in report.words):
            pair = self._pair_before(report.number)  # «В Ташкенте находится А … Сегодня состоялись их переговоры»
            if pair:
                return pair, 1
        follows = talks and not people and starts_word(report.text, words("ru", "encounters")["following"]["phrases"])
        if follows and current is not None and len(current.participants) == 2 and current.type != "meeting":
            return list(current.participants), 1  # «После церемонии состоялась беседа»
        if not people and report.type in FORMAL and report.words[0].low == "где":
            return self._subject_before(report), 0  # «находится в Лионе, где проходит конференция»
        if report.group == "gather" and not any(a.case == "Nom" for a in report.actors):
            people += [p for p in self._subject_before(report) if p not in people]  # «… и усадил её рядом с А»
        if len(people) != 1:
            several = len(people) > 1 and report.group == "event" and self.are_several(report)
            if several and all(a.case == "Ins" for a in report.actors):  # «прошли её встречи с А и Б»
                other = self._other_side(report, people[0])
                return ([other, *people], 1) if other is not None and other not in people else ([], 0)
            if len(people) > 1 and report.group == "partner" and all(a.case == "Nom" for a in report.actors):
                other = self._other_side(report, people[0])  # «Его собеседниками стали А и Б»
                return ([other, *people], 1) if other is not None and other not in people else ([], 0)
            if len(people) > 1 and (
                self._are_partners(report) or self._are_signers_with(report)
            ):  # «С А обсуждены …, а с Б - …»
                alone = self._subject_before(report) or self._whose_story(report, people[0])
                alone = [p for p in alone if p not in people]
                return [*alone, *people] if alone else [], len(alone)
            return people, 0
        called = report.group == "visit" and self.calls_on(report)  # «в Осло, где побывал у посла А»
        if called or report.group in ("with", "call", "receive", "discuss", "sign", "company", "tell", "together"):
            people += [p for p in self._subject_before(report) if p not in people]
        if len(people) == 1 and current is not None and report.group in ("with", "receive", "discuss", "tell"):
            guests = self._guests(report, people[0], current)
            people, inferred = people + guests, len(guests)
            if guests:
                return people, inferred
        if len(people) == 1 and report.group in ("with", "discuss", "company", "sign"):
            alone = self._whose_story(report, people[0])
            if alone:
                return [*people, *alone], 1
        if len(people) == 1 and (guest := self._whoever_came(report)) is not None:
            return [guest, *people], 1
        if len(people) == 1 and (other := self._other_side(report, people[0])) is not None:
            return [*people, other], 1
        return people, 0

    def _pair_before(self, number: int) -> list[int]:
        """The two persons of the sentence before; [] where it names fewer or more, or two of one state."""
        actors = self.story.cast.actors[number - 1] if number else []
        named = list(dict.fromkeys(a.person for a in actors))
        states = [self.story.cast.people[p].state for p in named]
        return named if len(named) == 2 and (None in states or len(set(states)) == 2) else []

    def pair_after_talks(self, report: Report) -> list[int]:
        """«А и его коллега Б не пришли к согласию. Об этом они заявили по окончании переговоров»: of those two."""
        talks = report.group == "event" and report.trigger.type in ("meeting", "call", "consultations")
        they = any(w.low == "они" and w.case == "Nom" for w in report.words)
        if not talks or not they or report.people or not points_back(report.part.sentence, report.triggers):
            return []
        pair = self._pair_before(report.number)
        told = any(set(pair) <= set(draft.participants) for draft in self.story.drafts)
        return [] if told else pair

    def _are_signers_with(self, report: Report) -> bool:
        """«Первый контракт подписан с А, второй – с Б»: each with somebody who is not named."""
        tokens = report.part.sentence.words
        passive = tokens[report.trigger.index].tag.variant == "Short"
        return report.group == "sign" and passive and any(is_with(tokens, actor) for actor in report.actors)

    def _are_partners(self, report: Report) -> bool:
        """«встретился с А и Б» without a subject: the other side of all of them is somebody else."""
        tokens = report.part.sentence.words
        first = min(report.actors, key=lambda actor: actor.first)
        at = [a for a in report.actors if a.first and tokens[a.first - 1].low == "у"]
        partners = all(a.case == "Ins" or a in at for a in report.actors)
        return partners and (is_with(tokens, first) or first in at)

    def _whoever_came(self, report: Report) -> int | None:
        """«У министра А речь зашла о квотах»: with whom the text tells of; None where the sentence names one."""
        host = next((actor for actor in report.actors if actor.first), None)
        if host is None or report.part.sentence.words[host.first - 1].low != "у":
            return None
        guest = self.story.hero()
        guest = guest if guest is not None else self.story.pointers.subject
        named = {actor.person for actor in self.story.cast.actors[report.number] if actor.case == "Nom"}
        if guest is None or guest in report.people or named or self._has_unknown_subject(report):
            return None
        return guest if self.story.cast.people[guest].state != self.story.cast.people[report.people[0]].state else None

    def _received(self, hosts: list[int]) -> list[int]:
        """«…, где их принял министр»: those of the encounter before who are not of his state; of many, their head."""
        state = self.story.cast.people[hosts[0]].state
        before = self.story.current.participants if self.story.current else []
        guests = [p for p in before if state is None or self.story.cast.people[p].state != state]
        return guests[:1] if len(guests) > 2 else guests

    def _whose_story(self, report: Report, person: int) -> list[int]:
        """«Кандидатура обсуждалась с председателем …»: without a subject, with the one of whom the text tells."""
        partner = any(a.person == person and a.case == "Ins" for a in report.actors)
        subject = self._has_unknown_subject(report)
        hero = self.story.hero()
        if not partner or subject or hero is None or hero == person:
            return []
        return [hero] if self.story.cast.people[hero].state != self.story.cast.people[person].state else []

    def _has_unknown_subject(self, report: Report) -> bool:
        """«чешский министр посетил завод, где беседовал с …»: somebody whom nobody knows, here or before."""
        known = {i for a in (*report.actors, *self.story.cast.actors[report.number]) for i in range(a.first, a.end)}
        return any(
            word.case == "Nom" and word.tag.animacy == "Anim" and word.tag.pos == "NOUN" and word.index not in known
            for word in report.part.sentence.words[: report.clause.end]
        )

    def calls_on(self, report: Report) -> bool:
        """«у министра побывала посол», «нанёс визит министру»: a visit to a person is a meeting."""
        tokens = report.part.sentence.words
        hosts = [a for a in report.actors if a.first and tokens[a.first - 1].low in ("у", "к", "ко")]
        hosts += [a for a in report.actors if is_object(tokens, a)]  # «министра посетил посол»
        pays = any(tokens[t.index].low.startswith("нан") for t in report.triggers)
        return bool(hosts) or (pays and any(a.case == "Dat" for a in report.actors))

    def _subject_before(self, report: Report) -> list[int]:
        """«… посетил агентство, где встретился с …»: a clause without a subject takes that of the clause before."""
        if any(a.case == "Nom" for a in report.actors):
            return []
        named = [
            a.person for a in self.story.cast.actors[report.number] if a.core < report.clause.first and a.case == "Nom"
        ]
        meant = [p for n, p, case in self.story.pointers.spoken if n == report.number and case == "Nom"]
        before = report.part.sentence.words[: report.clause.first]
        pronoun = any(w.low in ("он", "она") for w in before)  # «он привёз А и усадил её рядом с Б»
        if not named and not meant and pronoun and self.story.pointers.subject is not None:
            return [self.story.pointers.subject]
        return (named or meant)[-1:]

    def _guests(self, report: Report, host: int, current: Draft) -> list[int]:
        """«гостей принял спикер»: those who came with the visit told before, and are not of the host's state."""
        if not any(w.low in forms_of("guests") for w in report.words):
            return []
        visit = next((d for d in reversed(self.story.drafts) if d.type == "visit" and d.participants), current)
        state = self.story.cast.people[host].state
        guests = [p for p in visit.participants if p != host and self.story.cast.people[p].state != state]
        guests = [p for p in guests if self.story.cast.people[p].state] or guests  # not whoever showed them round
        told = [
            entity.state
            for entity in report.part.entities
            if entity.kind == "adjective" and report.part.sentence.words[entity.end].low in forms_of("guests")
        ]
        if told:  # «австралийских гостей»
            guests = [p for p in guests if self.story.cast.people[p].state == told[0]]
        delegation = any(w.low.startswith("делегаци") for w in report.words)
        many = len(guests) > (2 if visit.type == "visit" else 1)
        return guests[:1] if delegation and many else guests  # a delegation is known by its head

    def _other_side(self, report: Report, person: int) -> int | None:
        """«Переговоры с президентом … прошли», «его собеседником стал …»: the one of whom the text speaks."""
        talks = report.group == "event" and report.trigger.type in ("meeting", "call", "consultations")
        if not talks and report.group != "partner":
            return None
        if report.group == "partner" and self._bodies(report):
            return None  # «Гостем посольства стала …»
        if talks and "happen" not in report.groups and not self._is_tied(report, person):
            return None  # «высказалась за контакты», «помешали переговоры с фондом»
        hosts = all(a.case == "Nom" and a.named for a in report.actors)
        if self._has_stranger(report) or (talks and hosts and self._has_unnamed_partner(report)):
            return None
        before = [a.person for a in self._subjects_so_far(report)]
        near = range(report.trigger.index - 3, report.trigger.index)
        possessive = any(w.low in ("его", "ее") and (not talks or w.index in near) for w in report.words)
        hero = self.story.hero()
        if possessive and hero not in (None, person):
            return hero
        told = self.story.pointers.subject if possessive else None
        other = next((p for p in (before[-1] if before else None, told, hero) if p is not None), None)
        return other if other != person else None

    def _subjects_so_far(self, report: Report) -> list[Actor]:
        """The subjects before a clause; not those of a relative clause that it does not belong to.

        «А посетил комиссию, где его принял Б, а также провёл …»: A.
        """
        sentence, first = report.part.sentence, report.clause.first
        asides = [c for c in clauses(sentence) if c.end <= first and _opens_relative(sentence, c)]
        resumed = sentence.words[first].low in ("а", "и", "затем", "также") and bool(asides)
        return [
            a
            for a in self.story.cast.actors[report.number]
            if a.core < first and a.case == "Nom" and not (resumed and any(c.first <= a.core < c.end for c in asides))
        ]

    def _bodies(self, report: Report) -> list[OrganizationSpan]:
        """The bodies named in the clause right after its word of encounter."""
        after = range(report.trigger.end, report.trigger.end + 3)
        return [body for body in report.part.organizations if body.first in after and body.end <= report.clause.end]

    def _is_tied(self, report: Report, person: int) -> bool:
        """Whether the event is one with this person: «встреча с …», «беседа президента»."""
        tokens = report.part.sentence.words
        return any(
            a.person == person and ((a.case == "Ins" and is_with(tokens, a)) or a.case == "Gen") for a in report.actors
        )

    def _has_unnamed_partner(self, report: Report) -> bool:
        """«Встречу с послами стран Азии провёл А»: the other side is people without a name."""
        tokens = report.part.sentence.words
        return any(
            w.case == "Ins" and w.tag.animacy == "Anim" and following.low == "стран"
            for w, following in pairwise(tokens[report.clause.first : report.clause.end])
        )

    def _has_stranger(self, report: Report) -> bool:
        """Whether the sentence names somebody whom nobody knows: then he may be the one."""
        known = {i for a in self.story.cast.actors[report.number] for i in range(a.first, a.end)}
        return any(
            kind == "PER" and not known & set(range(first, end)) and first < report.clause.end
            for first, end, kind in report.part.sentence.names
        )

    def are_several(self, report: Report) -> bool:
        """«состоялись встречи с А и Б»: a plural that counts."""
        tokens = report.part.sentence.words
        countable = forms_of("several")
        return any(
            t.group == "event" and tokens[t.index].low in countable and _is_plural(tokens, t.index)
            for t in report.triggers
        )


def _opens_relative(sentence: ParsedSentence, clause: Clause) -> bool:
    return any(w.low == "где" or w.low.startswith("котор") for w in sentence.words[clause.first : clause.first + 3])


def _is_plural(tokens: Sequence[Word], index: int) -> bool:
    """«включала встречи»: after a verb it is no genitive singular, whatever the tagger says."""
    if tokens[index].tag.number == "Plur":
        return True
    return bool(index) and tokens[index].low.endswith(("и", "ы")) and tokens[index - 1].tag.pos == "VERB"


def _with_shared_case(sentence: ParsedSentence, actors: list[Actor]) -> list[Actor]:
    """«встречи с А, Н. Бхатти и Б»: a name that is not declined shares the case of the one it is joined to."""
    shared: list[Actor] = []
    for actor in actors:
        before = shared[-1] if shared else None
        between = sentence.words[before.end : actor.first] if before is not None else ()
        joined = before is not None and [w.text for w in between] in ([","], ["и"])
        fixed = sentence.words[actor.end - 1].low.endswith(("и", "о", "у", "е", "э", "ы", "ю"))
        if before is not None and joined and fixed and actor.case in ("Nom", None) and before.case == "Ins":
            actor = replace(actor, case="Ins")
        shared.append(actor)
    return shared
