"""Labels and receipts of merged claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from diplograph.model import Name, Receipt


def all_receipts(receipts: Iterable[Sequence[Receipt]]) -> tuple[Receipt, ...]:
    """Every receipt once, by article and offset."""
    found = {reading_order(receipt): receipt for some in receipts for receipt in some}
    return tuple(found[place] for place in sorted(found))


def reading_order(receipt: Receipt) -> tuple[str, int, int, str, str]:
    """Sorts receipts by article, then as one reads."""
    return receipt.article, receipt.span.start, receipt.span.end, receipt.rule, receipt.quote


def best_names(
    names: Sequence[Name], aliases: Sequence[Name], *, fullness: Callable[[str], tuple[int, ...]]
) -> tuple[tuple[Name, ...], tuple[Name, ...]]:
    """The label of each language, and all other forms, both by language and text.

    The label is the fullest of `names`; among equally full ones the commonest, then the first in code point order.
    """
    counts = Counter(names)
    labels: dict[str, str] = {}
    for name in sorted(counts, key=lambda name: (_negative(fullness(name.text)), -counts[name], name.text)):
        labels.setdefault(name.language, name.text)
    return known_names({language: (text,) for language, text in labels.items()}, [*names, *aliases])


def known_names(
    labels: Mapping[str, Sequence[str]], forms: Sequence[Name]
) -> tuple[tuple[Name, ...], tuple[Name, ...]]:
    """The first of `labels` in each language, and the rest of `forms`.

    A language without a label takes one from `forms`, the first in code point order. A form that differs from the
    label in case alone is dropped.
    """
    chosen = {language: texts[0] for language, texts in labels.items() if texts}
    for form in sorted(forms):
        chosen.setdefault(form.language, form.text)
    others = {form for form in forms if form.text.casefold() != chosen[form.language].casefold()}
    return (
        tuple(Name(text, language) for language, text in sorted(chosen.items())),
        tuple(sorted(others, key=_by_language)),
    )


def _by_language(name: Name) -> tuple[str, str]:
    return name.language, name.text


def _negative(size: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(-part for part in size)
