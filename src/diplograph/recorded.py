"""Findings → records, without the way over a graph: for a large collection that way is most of the work.

The same records as `records.read_records` reads out of `rdf.to_graph`, in a fraction of the time and the memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from diplograph import turtle
from diplograph.model import Article, Findings, Meeting, Official, Receipt, Ref, Tenure
from diplograph.records import Labels, MeetingRecord, OfficialRecord, Quote, Records, TenureRecord, reading_order
from diplograph.statements import Statements
from diplograph.terms import escaped, plain_text, web_address

_Quotes = Callable[[Iterable[Receipt]], tuple[Quote, ...]]


def records_of(findings: Findings, statements: Statements) -> Records:
    """The records of the graph of `findings`, whose triples are `statements`."""
    labels, other_names = _names(findings, statements)
    quotes = _quotes(findings)
    owners = {f"organization/{escaped(body.id)}": (body.state,) for body in findings.organizations if body.state}
    return Records(
        labels=labels,
        meetings=tuple(_meeting(meeting, quotes) for meeting in sorted(findings.meetings, key=_id)),
        officials=tuple(_official(one, labels, quotes) for one in sorted(findings.officials, key=_id)),
        owners=owners,
        other_names=other_names,
        articles=len(findings.articles),
        organizations=len(findings.organizations),
    )


def _id(thing: Meeting | Official | Tenure) -> str:
    return escaped(thing.id)


def _names(findings: Findings, statements: Statements) -> tuple[dict[str, Labels], dict[str, tuple[str, ...]]]:
    """Labels and other names, as `records.read_labels` has them."""
    labels: dict[str, Labels] = {}
    others: dict[str, tuple[str, ...]] = {}
    for meeting in findings.meetings:
        texts = statements.names.labels(meeting)
        labels[f"meeting/{_id(meeting)}"] = {language: plain_text(text) for language, text in texts.items()}
    for subject, said in statements.things.items():
        if subject.startswith(("tenure:", "article:")):
            continue
        found: dict[str, dict[str, str]] = {"rdfs:label": {}, "skos:prefLabel": {}}
        other = set()
        for _, rows in said:
            for predicate, written in rows:
                if predicate in found:
                    text, language = turtle.label(written)
                    found[predicate][language] = min(text, found[predicate].get(language, text))
                elif predicate == "skos:altLabel":
                    other.add(turtle.label(written)[0])
        name = turtle.local(subject)
        named = found["skos:prefLabel"] | found["rdfs:label"]
        if named:
            labels[name] = dict(sorted(named.items()))
        if other:
            others[name] = tuple(sorted(other))
    return dict(sorted(labels.items())), dict(sorted(others.items()))


def _quotes(findings: Findings) -> _Quotes:
    blank = {article.id: _blank_quote(article) for article in findings.articles}
    rules: dict[tuple[str, int, int], str] = {}
    receipts = list(_receipts(findings))
    for receipt in receipts:
        at = (receipt.article, receipt.span.start, receipt.span.end)
        rules[at] = min(receipt.rule, rules.get(at, receipt.rule))
    one: dict[tuple[str, int, int], Quote] = {}
    # Receipts by object, not by what they say: all that come are those of `findings`.
    found: dict[int, Quote] = {}
    for receipt in receipts:
        at = (receipt.article, receipt.span.start, receipt.span.end)
        quote = one.get(at)
        if quote is None:
            about = blank.get(receipt.article) or (escaped(receipt.article), "", "", "", "", "")
            quote = one[at] = Quote(plain_text(receipt.quote), *about, plain_text(rules[at]), receipt.span.start)
        found[id(receipt)] = quote

    def of(receipts: Iterable[Receipt]) -> tuple[Quote, ...]:
        each = {id(quote): quote for quote in [found[id(receipt)] for receipt in receipts] if quote.text}
        return tuple(sorted(each.values(), key=reading_order))

    return of


def _receipts(findings: Findings) -> Iterator[Receipt]:
    for official in findings.officials:
        yield from official.receipts
        for tenure in official.tenures:
            yield from tenure.receipts
    for organization in findings.organizations:
        yield from organization.receipts
    for meeting in findings.meetings:
        yield from meeting.receipts


def _blank_quote(article: Article) -> tuple[str, str, str, str, str, str]:
    """What a quote says of its article."""
    return (
        plain_text(article.id),
        str((article.url and web_address(article.url)) or ""),
        plain_text(article.title or ""),
        str(article.published or ""),
        plain_text(article.publisher or ""),
        plain_text(article.language),
    )


def _name(ref: Ref | None) -> str:
    return f"{ref.kind}/{escaped(ref.key)}" if ref else ""


def _meeting(meeting: Meeting, quotes: _Quotes) -> MeetingRecord:
    return MeetingRecord(
        id=f"meeting/{_id(meeting)}",
        type="meeting" if meeting.type == "other" else meeting.type,
        status=meeting.status,
        confidence=float(f"{max(0.01, meeting.confidence):.2f}"),
        participants=_sorted(map(_name, meeting.participants)),
        states=_sorted(map(escaped, meeting.states)),
        organizations=_sorted(map(_name, meeting.organizations)),
        topics=_sorted(map(escaped, meeting.topics)),
        date=str(meeting.date or ""),
        end_date=str(meeting.end_date or ""),
        date_basis=meeting.date_basis if meeting.date else None,
        place=_name(meeting.place),
        country=escaped(meeting.country or ""),
        quotes=quotes(meeting.receipts),
    )


def _official(official: Official, labels: dict[str, Labels], quotes: _Quotes) -> OfficialRecord:
    id = f"official/{_id(official)}"
    represents = _sorted(map(_name, official.represents))
    return OfficialRecord(
        id=id,
        labels=labels.get(id, {}),
        other_names=_sorted(plain_text(name.text) for name in official.other_names),
        states=tuple(name.removeprefix("state/") for name in represents if name.startswith("state/")),
        organizations=tuple(name for name in represents if not name.startswith("state/")),
        tenures=tuple(map(partial(_tenure, quotes=quotes), sorted(official.tenures, key=_id))),
        quotes=quotes(official.receipts),
    )


def _tenure(tenure: Tenure, *, quotes: _Quotes) -> TenureRecord:
    return TenureRecord(
        id=f"tenure/{_id(tenure)}",
        title=plain_text(tenure.title.text),
        post=escaped(tenure.post or ""),
        acts_for=_name(tenure.acts_for),
        within=_name(tenure.within),
        accredited_to=_name(tenure.accredited_to),
        attested_on=_sorted(map(str, tenure.attested_on)),
        quotes=quotes(tenure.receipts),
    )


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))
