"""One encounter of several people, or several encounters one by one: «встретился с А и с Б», «поочерёдно принял …»."""

from __future__ import annotations

from dataclasses import replace

from diplograph.extract.drafts import Draft
from diplograph.extract.encounter_words import forms_of, starts_word
from diplograph.extract.narrative import Narrative
from diplograph.extract.parties import Parties
from diplograph.extract.reports import Report, is_with
from diplograph.lexicon import words


class Separations:
    """Keeps what a report tells: one draft, or one for each partner."""

    def __init__(self, story: Narrative, parties: Parties) -> None:
        self.story = story
        self.parties = parties

    def open(self, draft: Draft, report: Report) -> None:
        """Keep a draft, or one for each partner where the text tells of separate encounters."""
        tokens = report.part.sentence.words
        separate = self.are_separate(report.number)
        # «с министром … говорил о …, с ректором - о …»: each partner has a preposition of its own
        own = [a.person for a in report.actors if a.case == "Ins" and is_with(tokens, a)]
        at = [a.person for a in report.actors if a.first and tokens[a.first - 1].low == "у"]
        own = [*own, *at] if len([t for t in report.triggers if t.group == "event"]) > 1 else own or at
        partners = own if not self.parties.are_several(report) else [a.person for a in report.actors if a.case == "Ins"]
        if report.group == "with" and len(own) == 1:
            listed = [a.person for a in report.actors if a.case == "Ins"]
            if self._are_of_different_bodies(listed) or self._follows_series(report.number):
                partners = listed  # «встретился с министром А и мэром Б»
        hubs = [person for person in draft.participants if person not in partners]
        if len(hubs) == len(partners) == 2 and self._alternate(report, hubs, partners):
            for pair in zip(hubs, partners, strict=True):  # «А встретился с Б, а В – с Г»
                self.story.keep(one := replace(draft, participants=list(pair), states=[], sentences=[]))
                self.story.add(one, [])
            return None
        separate = separate or (len(partners) > 1 and len(hubs) == 1)
        separate = separate or (report.group == "partner" and self._follows_series(report.number))
        if len(hubs) == 1 and len(draft.participants) > 2 and self.parties.are_several(report):
            separate = True  # «состоялись телефонные разговоры министра с А и Б»
        if not separate or len(draft.participants) < 3:
            return self.story.keep(draft)
        hub = hubs[0] if len(hubs) == 1 else draft.participants[0]
        for other in (person for person in draft.participants if person != hub):
            one = replace(
                draft, participants=[hub, other], organizations=list(draft.organizations), states=[], sentences=[]
            )
            self.story.add(one, [])
            self.story.keep(one)
        return None

    def _follows_series(self, number: int) -> bool:
        """«провёл ряд встреч. Его собеседниками стали А и Б»."""
        before = self.story.scenes[-1] if self.story.scenes else None
        if before is None or number - before.sentence > 1:
            return False
        tokens = self.story.parts[before.sentence].sentence.words
        return self.are_separate(before.sentence) or any(
            w.low in forms_of("several") and w.tag.number == "Plur" for w in tokens
        )

    def _are_of_different_bodies(self, people: list[int]) -> bool:
        """Whether no two of several partners serve the same body or are peers: nobody says that they met at once."""
        posts = [post for p in people for post in self.story.cast.people[p].posts[:1]]
        bodies = {post.within.ref.key if post.within else f"{post.states} {post.title}" for post in posts}
        rungs = {post.lemma for post in posts}
        return len(people) > 1 and len(posts) == len(bodies) == len(rungs) == len(people)

    def _alternate(self, report: Report, hubs: list[int], partners: list[int]) -> bool:
        order = [person for person in report.people if person in (*hubs, *partners)]
        return order == [hubs[0], partners[0], hubs[1], partners[1]]

    def are_separate(self, number: int) -> bool:
        """«по отдельности», «с каждым из …»: whether a sentence says that several were met one by one."""
        text = " ".join(word.low for word in self.story.parts[number].sentence.words)
        return starts_word(text, words("ru", "encounters")["separate"]["stems"])
