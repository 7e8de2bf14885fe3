"""Which named body a bare noun means: «заседание комиссии», «секретарь организации», «ректор»."""

from __future__ import annotations

from collections.abc import Sequence

from diplograph.extract.document import Word
from diplograph.extract.organization_words import head_kind
from diplograph.extract.organizations import OrganizationSpan

# A post that goes with one kind of body: «ректор» names its university even across a sentence.
_KIND_OF_POST = {"ректор": "university", "проректор": "university", "декан": "university"}
#: Nouns that also point to a body whose name has another head: «ведомство» is the ministry named before.
_KINDS: dict[str, tuple[str, ...]] = {
    "организация": ("international", "ngo", "agency"),
    "структура": ("international", "ngo", "agency"),
    "ведомство": ("ministry", "agency"),
    "министерство": ("ministry",),
    "компания": ("company",),
    "корпорация": ("company",),
    "концерн": ("company",),
    "вуз": ("university",),
    "партия": ("ngo",),
    "движение": ("ngo",),
    "парламент": ("parliament",),
}
#: Titles that only a body of these kinds gives, by their beginnings.
_EXACT = ("генеральный секретарь", "заместитель генерального секретаря", "генсек", "генсекретарь")
_KINDS_OF_TITLE: tuple[tuple[str, tuple[str, ...]], ...] = (
    *((opening, ("international",)) for opening in _EXACT),
    *(
        (opening, ("company",))
        for opening in (
            *("председатель правления", "член правления", "заместитель председателя правления"),
            *("председатель совета директоров", "член совета директоров", "генеральный директор", "гендиректор"),
            *("директор по ", "исполнительный директор", "коммерческий директор", "финансовый директор", "менеджер"),
        )
    ),
)


def body_noun(word: Word) -> str | None:
    """The lemma of a lower-case noun that may stand for a body («комиссии» → «комиссия»); None for any other word."""
    known = head_kind(word.low)
    return known[0] if known and not word.is_title and word.tag.pos == "NOUN" else None


def named_before(
    lemma: str, organizations: Sequence[Sequence[OrganizationSpan]], sentence: int, index: int, *, reach: int = 4
) -> OrganizationSpan | None:
    """The last body before the word `index` of a sentence that `lemma` can mean, at most `reach` sentences back."""
    stem = lemma[: max(4, len(lemma) - 2)]
    wanted = _KINDS.get(lemma, ())
    for number in range(sentence, max(-1, sentence - reach - 1), -1):
        for body in reversed(organizations[number]):
            if number == sentence and body.first >= index:
                continue
            if stem in body.name.lower() or body.kind in wanted:
                return body
    return None


def names_its_kind(lemma: str) -> bool:
    """Whether a post goes with one kind of body, whatever its portfolio: «декан», «ректор»."""
    return lemma in _KIND_OF_POST


def of_bare_post(
    lemma: str, organizations: Sequence[Sequence[OrganizationSpan]], sentence: int, index: int, taken: frozenset[int]
) -> OrganizationSpan | None:
    """«в Торгово-промышленной палате, где … её председатель»: the body that a post without one belongs to.

    `taken` are the first words of bodies in this sentence that belong to other posts.
    """
    kind = _KIND_OF_POST.get(lemma)
    for number in (sentence, sentence - 1) if kind else (sentence,):
        if number < 0:
            continue
        for body in reversed(organizations[number]):
            if number == sentence and (body.first >= index or body.first in taken):
                continue
            if kind is None or body.kind == kind:
                return body
    return None


def of_title(
    title: str, organizations: Sequence[Sequence[OrganizationSpan]], sentence: int, index: int
) -> OrganizationSpan | None:
    """«в правление «Х», где председатель правления …», «от секретариата ШОС — заместитель генерального секретаря».

    The body of a post that only a company (or an international organisation) has: the last one named, in this
    sentence before the word `index` or in the sentence before.
    """
    low = title.lower()
    kinds = next((kinds for opening, kinds in _KINDS_OF_TITLE if low.startswith(opening)), None)
    if kinds is None or (low.startswith(_EXACT) and low not in _EXACT):
        return None
    for number in (sentence, sentence - 1):
        for body in reversed(organizations[number]) if number >= 0 else ():
            if body.kind in kinds and not (number == sentence and body.first >= index):
                return body
    return None
