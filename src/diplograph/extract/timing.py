"""When an encounter was: which of the dates that a text names is the one of an encounter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from diplograph.calendar_words import days_after
from diplograph.extract.clauses import Clause
from diplograph.extract.dates import DateMention, find_dates
from diplograph.extract.document import Document, Word
from diplograph.extract.drafts import Draft
from diplograph.extract.encounter_words import starts_word
from diplograph.extract.forms import fold
from diplograph.extract.parts import SentenceParts
from diplograph.lexicon import words
from diplograph.model import PartialDate

#: Groups of words of encounter that speak of an event, which a participle beside may date.
_OF_EVENTS = frozenset(["event", "happen", "attend", "visit", "become", "opening", "ahead"])


class Timing:
    """Dates encounters while a text is read from its beginning; remembers the day last named."""

    def __init__(self, document: Document, parts: Sequence[SentenceParts]) -> None:
        self.document = document
        self.parts = parts
        self.last_day: PartialDate | None = None
        self.stage: PartialDate | None = None  # «12 мая, 8:40.»: a day that heads what is told after it
        self._read = 0
        self._counted: dict[int, PartialDate] = {}  # «во второй день поездки»: by the number of the sentence
        self._known: dict[int, PartialDate | None] = {}  # the day last named before a sentence
        self._ahead: dict[int, PartialDate] = {}  # the day ahead that a sentence names last

    def fill(self, draft: Draft, part: SentenceParts, clause: Clause) -> None:
        """Give a draft its dates, in place; none where the text names none for it."""
        self._look_through(part.sentence.number)
        sentence = part.sentence
        found = self._dates(sentence.number, future=draft.status == "planned")
        start = sentence.words[clause.first].span.start - sentence.span.start
        moved = self._moved_to(part, found) if draft.status == "planned" else None
        if moved is not None:
            draft.date, draft.end_date = moved.start, moved.end if moved.kind == "range" else None
            return
        inside = [
            m for m in found if clause.only or clause.contains_offset(sentence, m.span.start + sentence.span.start)
        ]
        before = [m for m in reversed(found) if m not in inside and m.span.end <= start]
        for mention in _verb_first(part, inside) if draft.status == "planned" else inside:
            if mention.kind == "until":
                draft.end_date = mention.start
            elif self._dates_it(mention, draft, part):
                draft.date, draft.end_date = mention.start, mention.end
                break
        if draft.date is None and draft.end_date is None:
            left = next((m for m in before if m.kind in ("point", "range") and self._dates_it(m, draft, part)), None)
            if left is not None:
                draft.date, draft.end_date = left.start, left.end
        if draft.date is None and draft.status == "held":
            draft.date = self.stage

    def is_later(self, number: int, clause: Clause) -> bool:
        """Whether a clause names a day after that of the news, and none before."""
        sentence, today = self.parts[number].sentence, self.document.reference
        days = [
            mention.start
            for mention in self._dates(number, future=True)
            if clause.contains_offset(sentence, mention.span.start + sentence.span.start)
        ]
        return bool(days) and today is not None and all(day is not None and today < day for day in days)

    def count_from(self, draft: Draft, part: SentenceParts, clause: Clause, earlier: Sequence[Draft]) -> None:
        """«Во второй день поездки», «в завершающий день»: counted from the first or last day of what goes on."""
        said = " ".join(word.low for word in part.sentence.words[clause.first : clause.end])
        days: dict[str, list[str]] = words("ru", "scenes")["day_of"]
        told = next((int(number) for number, phrases in days.items() if starts_word(said, phrases)), None)
        if told is None or draft.date is not None:
            return
        lasting = next((d for d in reversed(earlier) if d.status == "held" and d.date and d.end_date), None)
        first, last = (lasting.date, lasting.end_date) if lasting is not None else (None, None)
        day = last if told < 0 else days_after(first, told - 1)
        if day is not None and last is not None and not last < day and not self._is_ahead(day):
            draft.date = self._counted[part.sentence.number] = day

    def _moved_to(self, part: SentenceParts, found: Sequence[DateMention]) -> DateMention | None:
        """«намечалась на 3 апреля, отложена до 10 апреля», «перенесён с мая на июнь»: the new date."""
        sentence = part.sentence
        table = words("ru", "scenes")["moved"]
        moved = next((w for w in sentence.words if w.low.startswith(tuple(table["stems"]))), None)
        if moved is None:
            return None
        behind = [m for m in found if m.span.start + sentence.span.start >= moved.span.end]
        for mention in reversed(behind):
            start = mention.span.start + sentence.span.start
            before = next((w for w in reversed(sentence.words) if w.span.end <= start), None)
            first = next((w for w in sentence.words if w.span.end > start), None)
            if any(w is not None and w.low in table["to"] for w in (before, first)):
                return mention
        return None

    def _dates(self, number: int, *, future: bool = False) -> tuple[DateMention, ...]:
        reference = self.document.reference
        text = self.document.quote(self.parts[number].sentence.span)
        previous = self._known.get(number, self.last_day) or reference
        if future and (ahead := self._ahead.get(number - 1)) is not None:
            previous = ahead  # «7 июля прибудет министр. В тот же день состоятся переговоры»
        return find_dates(text, reference=reference, previous=previous, future=future)

    def _look_through(self, number: int) -> None:
        """Read the days of the sentences before, once each: «на следующий день» counts from the last of them."""
        for earlier in range(self._read, number):
            part = self.parts[earlier]
            self._known[earlier] = self.last_day
            self.last_day = self._counted.get(earlier, self.last_day)
            own = words("ru", "scenes")["attached"]["event"]  # «после переговоров, состоявшихся 21 августа»
            found = [m for m in self._dates(earlier) if m.kind in ("point", "range") and not _is_attached(part, m, own)]
            days = [day for m in found for day in (m.end, m.start) if day is not None and day.day is not None]
            passed = [day for day in days if not self._is_ahead(day)]
            ahead = [day for day in days if self._is_ahead(day)]
            if ahead:
                self._ahead[earlier] = ahead[-1]
            if not passed:
                continue
            self.last_day = passed[-1] if len(passed) < 2 or found[-1].end is None else passed[-2]
            if not any(word.tag.pos in ("VERB", "AUX", "NOUN", "PROPN") for word in _undated(part, found)):
                self.stage = passed[-1]
        self._read = max(self._read, number)

    def carry(self, drafts: Sequence[Draft], events: Sequence[Draft]) -> None:
        """Date encounters that are told as the next of a day: «Затем последовал разговор …», «До церемонии …».

        `events` took place, but nobody was named at them: «Во вторник прошли три встречи».
        """
        openings = tuple(words("ru", "scenes")["same_day"]["openings"])
        told = sorted([*drafts, *events], key=lambda d: (d.sentence, d.clause.first))
        for before, draft in pairwise(told):
            if (
                draft.date is not None
                or draft.status != "held"
                or before.status != "held"
                or before.end_date is not None
            ):
                continue
            tokens = self.parts[draft.sentence].sentence.words
            opening = fold(" ".join(w.text for w in tokens[:5]))
            clause = fold(" ".join(w.text for w in tokens[draft.clause.first : draft.clause.first + 5]))
            listed = any(before is event for event in events) and not before.participants
            same = before.sentence == draft.sentence or opening.startswith(openings) or clause.startswith(openings)
            if same or listed:
                draft.date = before.date

    def date_all(self, drafts: Sequence[Draft]) -> None:
        """«Обе беседы состоялись 31 марта»: the day of all that the paragraph told of before and did not date."""
        table = words("ru", "scenes")["all_of_them"]
        for part in self.parts:
            low = [word.low for word in part.sentence.words[:2]]
            if len(low) < 2 or low[0] not in table["openings"] or not low[1].startswith(tuple(table["events"])):
                continue
            day = next((m for m in self._dates(part.sentence.number) if m.kind == "point"), None)
            for draft in drafts if day is not None and not self._is_ahead(day.start) else ():
                told = self.parts[draft.sentence].sentence
                same = told.paragraph == part.sentence.paragraph and told.number < part.sentence.number
                if same and draft.status == "held" and draft.date is None and day is not None:
                    draft.date = day.start

    def date_one_by_one(self, drafts: Sequence[Draft]) -> None:
        """«Встречи прошли порознь, в пятницу и субботу», «соответственно, 25 и 26 мая»: a day for each of several."""
        stems = words("ru", "scenes")["one_by_one"]["stems"]
        groups: dict[tuple[int, int], list[Draft]] = {}
        for draft in drafts:
            if draft.status == "held":
                groups.setdefault((draft.sentence, draft.clause.first), []).append(draft)
        for group in groups.values():
            told = max(draft.last_sentence for draft in group) + 1
            numbers = [group[0].sentence, *group[0].sentences, *([told] if told < len(self.parts) else [])]
            for number in numbers if len(group) > 1 else ():
                said = " ".join(word.low for word in self.parts[number].sentence.words)
                days = [day for m in self._dates(number) for day in (m.start, m.end) if day is not None]
                if starts_word(said, stems) and len(days) == len(group) and all(day.day for day in days):
                    for draft, day in zip(group, days, strict=True):
                        draft.date = day
                    break

    def date_series(self, drafts: Sequence[Draft]) -> None:
        """«Три встречи провёл 2 октября министр»: the day of what is told after it, until another day is named."""
        table = words("ru", "scenes")["series"]
        for part in self.parts:
            number, low = part.sentence.number, [word.low for word in part.sentence.words]
            counted = any(w in table["counts"] for w in low) and any(w.startswith(tuple(table["of"])) for w in low)
            if not counted or any(d.sentence == number and d.participants for d in drafts):
                continue
            days = [m.start for m in self._dates(number) if m.kind == "point" and m.start.day is not None]
            if len(days) != 1 or self._is_ahead(days[0]):
                continue
            for draft in sorted((d for d in drafts if d.sentence > number), key=lambda d: d.sentence):
                if draft.date is not None or draft.status != "held":
                    break
                draft.date = days[0]

    def _is_ahead(self, day: PartialDate) -> bool:
        reference = self.document.reference
        return reference is not None and reference < day and not day.contains(reference)

    def _dates_it(self, mention: DateMention, draft: Draft, part: SentenceParts) -> bool:
        """Whether a date may be that of the encounter: on the right side of the day of the text, and not a noun's."""
        reference = self.document.reference
        if mention.kind == "until" or (
            mention.kind == "since" and (draft.type != "visit" or mention.start.day is None)
        ):
            return False
        table = words("ru", "scenes")["attached"]
        if draft.status == "planned":
            last = mention.end or mention.start
            passed = reference is not None and last < reference and not last.contains(reference)
            return not passed and not _is_attached(part, mention, (*table["plan"], *table["event"]))
        allowed = tuple(table["event"]) if draft.rule.partition(":")[0] in _OF_EVENTS else ()
        return not self._is_ahead(mention.start) and not _is_attached(part, mention, allowed)


def _is_attached(part: SentenceParts, mention: DateMention, allowed: Sequence[str]) -> bool:
    """«предстоящей в ноябре сессии», «договор, подписанный 5 мая»: the date of a noun beside, by its participle.

    Participles that begin with one of `allowed` speak of the encounter itself.
    """
    sentence = part.sentence
    tokens = sentence.words
    index = next((w.index for w in tokens if w.span.end > mention.span.start + sentence.span.start), 0) - 1
    while index >= 0 and (tokens[index].tag.pos in ("ADP", "PROPN", "ADV") or tokens[index].low in ("г", ".")):
        index -= 1
    if index < 0:
        return False
    word = tokens[index]
    participle = word.tag.verb_form == "Part" and word.tag.variant is None and word.case is not None
    if not participle and not word.low.startswith(tuple(words("ru", "scenes")["attached"]["stems"])):
        return False
    return not word.low.startswith(tuple(allowed)) if allowed else True


def _verb_first(part: SentenceParts, found: Sequence[DateMention]) -> list[DateMention]:
    """«первоначально намеченный на март, пройдёт 14 апреля»: the date after the verb before that of a participle."""
    sentence = part.sentence
    verb = next((w for w in sentence.words if w.tag.verb_form == "Fin" and w.tag.tense == "Fut"), None)
    if verb is None or not any(_is_attached(part, mention, ()) for mention in found):
        return list(found)
    return sorted(found, key=lambda m: m.span.start + sentence.span.start < verb.span.start)


def _undated(part: SentenceParts, found: Sequence[DateMention]) -> list[Word]:
    """The words of a sentence outside its dates."""
    start = part.sentence.span.start
    spans = [(m.span.start + start, m.span.end + start) for m in found]
    return [w for w in part.sentence.words if not any(a <= w.span.start < b for a, b in spans)]
