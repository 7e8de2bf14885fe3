"""The words of posts: nouns with their readings, adjectives of titles, ranks, and the ladder a title stands on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from diplograph.extract.document import Word
from diplograph.extract.forms import fold, verb_forms, word_forms
from diplograph.lexicon import words
from diplograph.morphology import parses

#: «экс-посол»: what a former holder is called.
FORMER = "экс-"

#: Rungs of the ladder that one person of a state holds: «глава государства» is somebody in particular.
ONE_TO_A_STATE = frozenset(["head-of-state", "head-of-government", "foreign-minister"])
_UD_CASES = {"nomn": "Nom", "gent": "Gen", "datv": "Dat", "accs": "Acc", "ablt": "Ins", "loct": "Loc"}


@cache
def post_table() -> Mapping[str, tuple[str, frozenset[tuple[str, bool]]]]:
    """Folded form → (lemma, {(UD case, plural)}) of every post noun and counterpart noun."""
    table: dict[str, tuple[str, set[tuple[str, bool]]]] = {}
    data = words("ru", "posts")
    former = [FORMER + lemma for lemma in data["post"] if "-" not in lemma]
    for lemma in (*data["post"], *data["counterpart"]["words"], *data["successor"]["words"], *former):
        shapes: dict[str, set[tuple[str, bool]]] = {fold(lemma): {("Nom", False)}}
        base = next((p for p in parses(lemma) if p.tag.POS in ("NOUN", "ADJF", "PRTF") and "nomn" in p.tag), None)
        twin = lemma[:-2] + "ая" in data["post"]
        for form in base.lexeme if base else ():
            if (twin and "femn" in form.tag) or (lemma.endswith("ая") and "femn" not in form.tag):
                continue  # «заведующий» and «заведующая» share a paradigm
            if form.tag.POS in ("NOUN", "ADJF", "PRTF") and form.tag.case in _UD_CASES:
                shapes.setdefault(fold(form.word), set()).add((_UD_CASES[form.tag.case], "plur" in form.tag))
        if data["post"].get(lemma.removeprefix(FORMER), {}).get("fixed") or (base and "Fixd" in base.tag):
            shapes[fold(lemma)] = {(case, False) for case in _UD_CASES.values()}
        for form, readings in shapes.items():
            known = table.setdefault(form, (lemma, set()))
            if known[0] == lemma:
                known[1].update(readings)
    return {form: (lemma, frozenset(readings)) for form, (lemma, readings) in table.items()}


@cache
def title_adjectives() -> Mapping[str, str]:
    """Folded form of an adjective of a title → its lemma."""
    return {f: a for a in reversed(words("ru", "posts")["prefix"]["words"]) for f in word_forms(a)}


@cache
def dropped_adjectives() -> frozenset[str]:
    """Folded forms of adjectives that stand before a title and do not belong to it: «новый посол»."""
    return frozenset(f for a in words("ru", "posts")["prefix"]["dropped"] for f in word_forms(a))


@cache
def lost_posts() -> tuple[str, ...]:
    """How adjectives begin that say that a post is held no more: «бывший», «свергнутый»."""
    return tuple(words("ru", "posts")["prefix"]["former"])


@cache
def honours() -> frozenset[str]:
    """Folded forms of ranks and honours that may stand between a post and a name."""
    return frozenset(f for h in words("ru", "posts")["honour"]["words"] for f in word_forms(h))


@cache
def _honours_close() -> frozenset[str]:
    return frozenset(f for h in words("ru", "posts")["honour"]["close"] for f in word_forms(h))


def after_honours(sentence_words: Sequence[Word], index: int) -> int:
    """Past the ranks and honours that begin at `index`: «генерал-лейтенант полиции», «доктор медицинских наук»."""
    at = index
    while at < len(sentence_words) and sentence_words[at].low in honours():
        at += 1
        close = at
        while close < min(at + 3, len(sentence_words)) and sentence_words[close].tag.pos in ("ADJ", "ADP"):
            close += 1
        if close < len(sentence_words) and sentence_words[close].low in _honours_close():
            at = close + 1
    return at


@cache
def region_nouns() -> frozenset[str]:
    """Folded forms of «провинция», «область», «город»: capitalised words after them name a place."""
    return frozenset(f for w in words("ru", "persons")["region"]["before"] for f in word_forms(w))


@cache
def named_regions() -> frozenset[str]:
    """Regions whose names are not declined and could be given names: «области Абай»."""
    return frozenset(words("ru", "persons")["region"]["bearing_a_name"])


@cache
def post_forms() -> frozenset[str]:
    """Folded forms of every post noun: where one begins, an organisation's name ends."""
    return frozenset(post_table())


def is_counterpart(lemma: str) -> bool:
    """Whether the noun stands for somebody else's post: «коллега», «визави», «преемник»."""
    data = words("ru", "posts")
    return lemma in data["counterpart"]["words"] or lemma in data["successor"]["words"]


def concept(title: str, lemma: str) -> str | None:
    """The rung of the ladder of posts for a title; None for a counterpart."""
    folded = fold(title)
    for opening, rung in words("ru", "posts")["refine"]["titles"]:
        if folded.startswith(opening):
            return str(rung)
    entry = words("ru", "posts")["post"].get(lemma)
    return str(entry["concept"]) if entry else None


def acts_for(lemma: str) -> str:
    """ "state" or "body": whom a holder of the post acts for when nothing else tells."""
    entry = words("ru", "posts")["post"].get(lemma.removeprefix(FORMER))
    return str(entry["acts_for"]) if entry else "state"


def only_in_body(lemma: str) -> bool:
    """Whether the noun names a post only with its body: «редактор журнала «Волга»», not «редактор»."""
    return bool(words("ru", "posts")["post"].get(lemma.removeprefix(FORMER), {}).get("in_body"))


def only_state(lemma: str) -> str | None:
    """The one state that has the post («папа Римский»); None for nearly every noun."""
    state = words("ru", "posts")["post"].get(lemma, {}).get("state")
    return str(state) if state else None


def must_follow(lemma: str) -> tuple[str, ...]:
    """Folded beginnings, one of which the next word must have («маршал сейма»); none for nearly every noun."""
    return tuple(words("ru", "posts")["post"].get(lemma, {}).get("needs", ()))


@cache
def words_of(section: str) -> frozenset[str]:
    """Folded forms of the nouns and adjectives that a section of the table of posts lists."""
    return frozenset(f for w in words("ru", "posts")[section]["words"] for f in word_forms(w))


@cache
def verbs_of(section: str, key: str = "verbs") -> frozenset[str]:
    """Folded forms of the verbs that a section of the table of posts lists."""
    return frozenset(f for verb in words("ru", "posts")[section][key] for f in verb_forms(verb))
