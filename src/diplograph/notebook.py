"""How an article, what it says and what is made of many of them show themselves in a notebook: tables, escaped."""

from __future__ import annotations

from collections.abc import Iterator

from diplograph.explain import told
from diplograph.model import Article, Claims, Findings, OfficialClaim, OrganizationClaim, PlaceClaim, Ref
from diplograph.rows import ROWS_SHOWN, html_table, html_text


def article_html(article: Article) -> str:
    """Where it comes from, and the first 50 lines of its text."""
    known = (article.title, article.published, article.publisher, article.url, article.source)
    return html_text("\n".join(str(said) for said in known if said)) + html_text(article.text)


def claims_html(claims: Claims) -> str:
    """One row an official, organisation, place, encounter or passage left unsaid, with the words it rests on."""
    lines = list(_claimed(claims))
    return html_table(("what", "which", "quote"), lines[:ROWS_SHOWN], total=len(lines))


def _claimed(claims: Claims) -> Iterator[tuple[str, str, str]]:
    for official in claims.officials:
        posts = "; ".join(tenure.title for tenure in official.tenures)
        yield "official", f"{official.name}: {posts}" if posts else official.name, official.receipts[0].quote
    for organization in claims.organizations:
        yield "organization", organization.name, organization.receipts[0].quote
    for place in claims.places:
        yield "place", place.name, place.receipts[0].quote
    known: tuple[OfficialClaim | OrganizationClaim | PlaceClaim, ...]
    known = (*claims.officials, *claims.organizations, *claims.places)
    names = {one.ref: one.name for one in known}
    for encounter in claims.encounters:
        yield "meeting", told(encounter, names), encounter.receipts[0].quote
    for unsaid in claims.unsaid:
        yield "left unsaid", unsaid.reason, unsaid.receipt.quote


def findings_html(findings: Findings) -> str:
    """How many things of each kind there are, and one row a meeting with the words it rests on."""
    kinds = ("articles", "officials", "organizations", "places", "meetings")
    counts = ", ".join(f"{len(getattr(findings, kind))} {kind}" for kind in kinds)
    names = {Ref("official", one.id): one.names[0].text for one in findings.officials}
    lines = [(one.id, told(one, names), one.receipts[0].quote) for one in findings.meetings[:ROWS_SHOWN]]
    return html_text(counts) + html_table(("meeting", "which", "quote"), lines, total=len(findings.meetings))
