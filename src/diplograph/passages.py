"""Receipts → passages in Turtle: three quarters of the subjects of a graph are passages.

What the passages of an article say depends on its claims alone. So they are put into words once, where the claims are
extracted, and kept with them; who adds to a collection copies them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from diplograph import turtle
from diplograph.model import Claims, Receipt
from diplograph.terms import plain_text

_thing = lru_cache(maxsize=100_000)(turtle.thing)


@lru_cache(maxsize=100_000)
def _beginning(article: str) -> str:
    """How the names of the passages of an article begin, and no name of another's, unless its id begins so too."""
    return turtle.thing("passage", f"{article}-0").removesuffix(">")[:-1]


def name(receipt: Receipt) -> str:
    """What Turtle calls the passage; rules that read one passage share it."""
    start = _beginning(receipt.article)
    return f"{start}{receipt.span.start}-{receipt.span.end}{'>' if start[0] == '<' else ''}"


def note(known: dict[str, tuple[Receipt, ...]], receipts: Iterable[Receipt]) -> None:
    """Add to `known` the passages of these receipts, by name, each with all receipts that read it."""
    for receipt in receipts:
        passage = name(receipt)
        others = known.get(passage, ())
        if receipt not in others:
            known[passage] = (*others, receipt)


def rows(receipts: Sequence[Receipt]) -> Iterator[tuple[str, str]]:
    """Predicates and objects of a passage, and the rules that read it."""
    yield "a", "dg:Passage"
    yield "dg:inArticle", _thing("article", receipts[0].article)
    for receipt in receipts:
        yield "dg:start", str(receipt.span.start)
        yield "dg:end", str(receipt.span.end)
        yield "dg:quote", _text(receipt.quote)
        yield "dg:rule", _text(receipt.rule)


def block(name: str, receipts: Sequence[Receipt]) -> str:
    """What `turtle.block` gives of `rows`, in a quarter of the time where one rule read it; most are."""
    if len(receipts) > 1:
        return turtle.block(name, rows(receipts))
    [receipt] = receipts
    return (
        f"{name} a dg:Passage ;\n    dg:end {receipt.span.end} ;\n"
        f"    dg:inArticle {_thing('article', receipt.article)} ;\n    dg:quote {_text(receipt.quote)} ;\n"
        f"    dg:rule {_text(receipt.rule)} ;\n    dg:start {receipt.span.start} .\n"
    )


def of_claims(claims: Claims) -> bytes:
    """The blocks of all passages that the claims of an article rest on, by name, with an empty line between."""
    found: dict[str, tuple[Receipt, ...]] = {}
    for official in claims.officials:
        note(found, official.receipts)
        note(found, (tenure.receipt for tenure in official.tenures))
    for receipts in [claim.receipts for claim in claims.organizations] + [
        claim.receipts for claim in claims.encounters
    ]:
        note(found, receipts)
    return "\n".join(block(passage, found[passage]) for passage in sorted(found)).encode()


def in_order(written: Mapping[str, bytes]) -> dict[str, tuple[str, bytes]]:
    """What `of_claims` gave of each article under the name it is sorted by, with the article; nothing of the empty.

    The passages of an article stand together, unless the id of another begins as its own does: «a» and «a-1». Of
    these each stands by itself.
    """
    beginnings = sorted((_beginning(article), article) for article in written if written[article])
    mixed: set[str] = set()
    within: list[tuple[str, str]] = []
    for beginning, article in beginnings:
        while within and not beginning.startswith(within[-1][0]):
            within.pop()
        mixed.update(outer for _, outer in within)
        mixed.update([article] if within else ())
        within.append((beginning, article))
    found: dict[str, tuple[str, bytes]] = {}
    for beginning, article in beginnings:
        if article not in mixed:
            found[beginning] = article, written[article]
            continue
        for one in written[article].split(b"\n\n"):
            found[one.partition(b" ")[0].decode()] = article, one.removesuffix(b"\n") + b"\n"
    return found


def _text(text: str) -> str:
    return turtle.quoted(plain_text(text))
