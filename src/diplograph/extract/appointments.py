"""Posts told by a verb: «послом станет А», «А занимает пост министра», «фонд возглавляет А»."""

from __future__ import annotations

from collections.abc import Sequence

from diplograph.extract.bodies import body_noun
from diplograph.extract.document import Word
from diplograph.extract.organization_words import head_kind
from diplograph.extract.organizations import OrganizationSpan
from diplograph.extract.parts import SentenceParts
from diplograph.extract.portfolios import genitive_singular
from diplograph.extract.post_words import verbs_of, words_of
from diplograph.extract.posts import PostPhrase
from diplograph.morphology import parses

#: How far a name may stand from the post that a verb gives it.
_REACH = 8


def appointed(part: SentenceParts, phrase: PostPhrase) -> int | None:
    """Whom a verb gives the post in the instrumental: «послом в Чили станет А», «А, назначенный послом»; else None."""
    if phrase.case != "Ins":
        return None
    return _subject(part, phrase.first, phrase.end, verbs_of("appointing"), verbs_of("appointing", "others"))


def put_in_office(part: SentenceParts, phrase: PostPhrase) -> int | None:
    """To whom somebody gives the post: «назначил А послом», «подписал указ о назначении А послом»; else None."""
    words, first = part.sentence.words, phrase.first
    office = phrase.case == "Gen" and first > 1 and words[first - 1].low in words_of("office")
    if office and words[first - 2].low == "на":
        first -= 2
    elif phrase.case != "Ins":
        return None
    person = next((i for i, (_, end) in enumerate(part.people) if end == first), None)
    name = part.people[person][0] if person is not None else 0
    if name == 0 or words[name].case not in ("Acc", "Gen", None):
        return None
    return person if _appoints(words, name) or _decrees(words, name) else None


def _appoints(words: Sequence[Word], name: int) -> bool:
    """«назначил [А]», not «не назначил»."""
    verb = words[name - 1]
    active = verb.low in verbs_of("appointing", "others") and verb.tag.tense == "Past" and not _passive(verb)
    return active and (verb.index == 0 or words[verb.index - 1].low != "не")


def _decrees(words: Sequence[Word], name: int) -> bool:
    """«подписал указ о назначении [А]»: the decree is in force."""
    before = [w.low for w in words[max(0, name - 3) : name]]
    signed = [w for w in words if w.low in verbs_of("decree")]
    of_decree = before[1:] == ["о", "назначении"] and before[0] in words_of("decree")
    return of_decree and bool(signed) and not any(words[w.index - 1].low == "не" for w in signed if w.index)


def in_office(part: SentenceParts, phrase: PostPhrase) -> int | None:
    """Who holds the post in «занимает пост министра», «назначен на должность посла»; else None."""
    words = part.sentence.words
    if phrase.case != "Gen" or not phrase.first or words[phrase.first - 1].low not in words_of("office"):
        return None
    first = phrase.first - 1
    if first and words[first - 1].low in ("на", "в"):
        first -= 1
    return _subject(part, first, phrase.end, verbs_of("office"), verbs_of("appointing", "others"))


def _subject(part: SentenceParts, first: int, end: int, verbs: frozenset[str], others: frozenset[str]) -> int | None:
    """The person nearest to the words ``first … end-1``, with one of the verbs and no other clause between."""
    words = part.sentence.words
    best: tuple[int, int] | None = None
    for person, (name_first, name_end) in enumerate(part.people):
        after = name_first >= end
        own = next((p.first for p in part.posts if after and p.end == name_first and p.first >= end), name_first)
        between = words[end:own] if after else words[name_end:first]
        # the verb may stand outside: «послом А стал …», «стал послом А» is another post of А
        outside = words[max(0, first - 4) : first] if after else words[end : end + 3]
        told = [w for w in between if w.low in verbs]
        if not told and not after:
            told = [w for w in outside if w.low in verbs]
        if not told or len(between) > _REACH or _interrupted(part, between, verbs):
            continue
        verb = told[-1]
        active = verb.low in others and not _passive(verb)
        if active and not (after and words[name_first].case in ("Acc", "Gen")):
            continue  # «президент А назначил послом …»
        distance = len(between) if after or verb in between else len(between) + _REACH
        if best is None or distance < best[0]:
            best = (distance, person)
    return best[1] if best else None


def _passive(verb: Word) -> bool:
    """«избранный», «назначен», but not «назначивший»."""
    participle = verb.tag.verb_form == "Part" or verb.tag.variant == "Short" or verb.tag.pos == "ADJ"
    return participle and "вш" not in verb.low


def _interrupted(part: SentenceParts, between: Sequence[Word], verbs: frozenset[str]) -> bool:
    """Whether another verb, name or post stands between: then the words belong to somebody else."""
    indices = {w.index for w in between}
    taken = {i for first, end in part.people for i in range(first, end)} | {p.head for p in part.posts}
    return bool(indices & taken) or any(
        (w.tag.pos == "VERB" and w.low not in verbs)
        or w.text in (".", ";", ":", "«", "»", '"', "(")
        or w.low in ("не", "который", "которая", "чтобы", "если")
        for w in between
    )


def headed(part: SentenceParts) -> list[tuple[int, PostPhrase]]:
    """Persons with the post «глава» (or «руководитель») of the body they are said to head, in the order of the verbs.

    «Шахмарова, возглавляющая Совет безопасности», «комитет возглавляет А», «миссия фонда, которую возглавляет А».
    What is headed for one occasion (a delegation) gives no post.
    """
    found = []
    for word in part.sentence.words:
        lemma = _of_verb(word)
        if lemma is None:
            continue
        body = _headed_body(part, word.index)
        person = _head_of(part, word, body) if body else None
        if body is not None and person is not None:
            found.append((person, _phrase(part, word, lemma, body)))
    return found


def _of_verb(word: Word) -> str | None:
    """The post a verb of heading gives; None for another verb, and for the past: «возглавлял»."""
    if word.tag.pos not in ("VERB", "ADJ") or (word.tag.tense == "Past" and not word.low.startswith("возглави")):
        return None
    if word.low in verbs_of("heading"):
        return "глава"
    return "руководитель" if word.low in verbs_of("heading", "ruling") else None


def _headed_body(part: SentenceParts, verb: int) -> tuple[int, int, OrganizationSpan | None] | None:
    """The words of what is headed, and the named body among them: after the verb, or before it."""
    words = part.sentence.words
    by_first = {o.first: o for o in part.organizations}
    by_end = {o.end: o for o in part.organizations}
    never = words_of("headed_once")
    if verb + 1 in by_first:
        body = by_first[verb + 1]
        return None if words[body.head].low in never else (body.first, body.end, body)
    if verb + 1 < len(words) and words[verb + 1].low in words_of("mission"):
        return verb + 1, verb + 2, None  # «возглавляет представительство Перу при ОТГ»
    end = verb
    if end >= 2 and words[end - 1].low in ("которую", "который", "которое", "которым", "которой"):
        end -= 2 if words[end - 2].text == "," else 1
    if end in by_end and by_end[end].first >= 0:
        body = by_end[end]
        return None if words[body.head].low in never else (body.first, body.end, body)
    start = end  # «Техническая миссия фонда, которую …»: no name of its own
    while start > 0 and words[start - 1].tag.pos in ("NOUN", "ADJ") and words[start - 1].index not in _names(part):
        start -= 1
    head = next((w for w in words[start:end] if w.tag.pos == "NOUN"), None)
    known = head is not None and (head_kind(head.low) is not None or head.low in words_of("each"))
    if end < verb - 1 and head is not None and known and head.low not in never:
        return start, end, None
    return None


def _names(part: SentenceParts) -> frozenset[int]:
    return frozenset(i for first, end in part.people for i in range(first, end))


def _head_of(part: SentenceParts, verb: Word, body: tuple[int, int, OrganizationSpan | None]) -> int | None:
    """The person beside the verb of heading, on the side where the body is not."""
    words = part.sentence.words
    first, end, _ = body
    for person, (name_first, name_end) in enumerate(part.people):
        if end <= verb.index and name_first > verb.index:
            between = words[verb.index + 1 : name_first]
            if all(w.index in _posts(part) or w.tag.pos == "ADV" for w in between):
                return person
        if first > verb.index and name_end <= verb.index:
            between = words[name_end : verb.index]
            if all(
                w.text == "," or w.tag.pos in ("ADV", "PART", "AUX") or w.low in ("который", "которая", "ныне")
                for w in between
            ):
                return person
    return None


def _posts(part: SentenceParts) -> frozenset[int]:
    return frozenset(i for p in part.posts for i in range(p.first, p.end))


def _phrase(part: SentenceParts, verb: Word, lemma: str, body: tuple[int, int, OrganizationSpan | None]) -> PostPhrase:
    first, end, organization = body
    if part.sentence.words[first].low in words_of("mission") and first > verb.index:
        return _of_mission(part, verb, lemma, first)
    title, noun = (lemma, None) if organization else _described(part.sentence.words[first:end], lemma)
    return PostPhrase(
        first=min(first, verb.index),
        end=max(end, verb.index + 1),
        head=verb.index,
        lemma=lemma,
        title=title,
        case=None,
        plural=False,
        feminine=False,
        states=(organization.state,) if organization and organization.state else (),
        within=organization,
        body=body_noun(noun) if noun else None,
        body_text=noun.text if noun else "",
        bare=organization is None,
    )


def _of_mission(part: SentenceParts, verb: Word, lemma: str, index: int) -> PostPhrase:
    """«возглавляет представительство Киргизии при ЕАЭС»: whose mission, and where."""
    words = part.sentence.words
    after = [e for e in part.entities if index < e.first <= index + 5]
    state = next((e.state for e in after if e.kind == "state" and e.first == index + 1), None)
    host = next((e for e in after if words[e.first - 1].low in ("при", "в", "во")), None)
    return PostPhrase(
        first=verb.index,
        end=max([index + 1, *(e.end for e in after)]),
        head=verb.index,
        lemma=lemma,
        title=f"{lemma} {genitive_singular(words[index].low)}",
        case=None,
        plural=False,
        feminine=False,
        states=(state,) if state else (),
        accredited_to=host.ref if host else None,
        accredited_name=host.name if host else None,
    )


def _described(words: Sequence[Word], lemma: str) -> tuple[str, Word | None]:
    """«Техническая миссия фонда» → the title «глава технической миссии», and the noun of the body it belongs to."""
    head = next(i for i, w in enumerate(words) if w.tag.pos == "NOUN")
    gender = next((p.tag.gender for p in parses(words[head].text) if p.tag.POS == "NOUN"), None)
    if head + 1 == len(words) and head == 0 and body_noun(words[head]):
        return lemma, words[head]  # «ведомство, которое возглавляет А»
    described = " ".join(genitive_singular(w.low, gender) for w in words[: head + 1])
    rest = words[head + 1 :]
    noun = rest[0] if len(rest) == 1 and body_noun(rest[0]) else None
    tail = "" if noun else " ".join(["", *(w.text for w in rest)])
    return f"{lemma} {described}{tail}", noun
