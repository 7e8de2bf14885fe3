"""What the readers found → `Claims`: references, names, receipts, confidence."""

from __future__ import annotations

from collections.abc import Sequence

from diplograph import gazetteer
from diplograph.extract.confidence import confidence
from diplograph.extract.document import Document
from diplograph.extract.drafts import Draft, Left
from diplograph.extract.officials import Cast, Person, Post
from diplograph.extract.organizations import OrganizationSpan
from diplograph.extract.parts import SentenceParts
from diplograph.extract.subjects import Subjects
from diplograph.model import (
    Claims,
    DateBasis,
    EncounterClaim,
    Mention,
    MentionKind,
    OfficialClaim,
    OrganizationClaim,
    PlaceClaim,
    Receipt,
    Ref,
    Span,
    TenureClaim,
    Unsaid,
)


def claims_of(
    document: Document, parts: Sequence[SentenceParts], cast: Cast, drafts: Sequence[Draft], left: Sequence[Left]
) -> Claims:
    """The claims of an article; only persons with a post, or who took part in an encounter, are officials."""
    assembler = _Assembler(document, parts, cast, Subjects(document, parts, cast, drafts))
    officials = assembler.officials(drafts)
    known = frozenset(official.ref for official in officials)
    encounters = tuple(assembler.encounter(draft, known) for draft in drafts)
    return Claims(
        article=document.article,
        mentions=assembler.mentions(),
        officials=officials,
        organizations=assembler.organizations(),
        places=assembler.places(drafts),
        encounters=encounters,
        unsaid=tuple(
            Unsaid(assembler.receipt(parts[one.sentence].sentence.span, one.rule), one.reason) for one in left
        ),
    )


class _Assembler:
    def __init__(self, document: Document, parts: Sequence[SentenceParts], cast: Cast, subjects: Subjects) -> None:
        self.document = document
        self.subjects = subjects
        self.parts = parts
        self.cast = cast

    def receipt(self, span: Span, rule: str) -> Receipt:
        return Receipt(self.document.article.id, span, self.document.quote(span), rule)

    # --- officials -----------------------------------------------------------------------------------

    def official_ref(self, index: int) -> Ref:
        return Ref("official", f"{self.cast.people[index].name}#{index}")

    def officials(self, drafts: Sequence[Draft]) -> tuple[OfficialClaim, ...]:
        taking = {person for draft in drafts for person in draft.participants}
        found = []
        for index, person in enumerate(self.cast.people):
            if not person.posts and index not in taking:
                continue
            if not person.posts and len(person.name.split()) < 2:
                continue
            found.append(self._official(index, person))
        return tuple(found)

    def _official(self, index: int, person: Person) -> OfficialClaim:
        tenures: dict[tuple[object, ...], TenureClaim] = {}
        for post in person.posts:
            claim = self._tenure(post)
            tenures.setdefault((claim.title, claim.acts_for, claim.within, claim.accredited_to), claim)
        receipts = tuple(self.receipt(span, "name") for _, span in sorted(set(person.mentions), key=lambda m: m[1])[:3])
        aliases = tuple(sorted(person.aliases - {person.name}))
        return OfficialClaim(self.official_ref(index), person.name, aliases, tuple(tenures.values()), receipts)

    def _tenure(self, post: Post) -> TenureClaim:
        within = post.within.ref if post.within else None
        state = post.states[0] if post.states else None
        acts_for = Ref("state", state) if state else within
        accredited = post.accredited_to
        rule = post.rule + (", state from the context" if post.inferred else "")
        return TenureClaim(
            title=post.title,
            receipt=self.receipt(post.span, rule),
            post=post.concept,
            acts_for=acts_for,
            within=within,
            accredited_to=accredited,
            attested_on=self.document.reference,
        )

    # --- organisations and places --------------------------------------------------------------------

    def organizations(self) -> tuple[OrganizationClaim, ...]:
        spans: dict[Ref, list[tuple[OrganizationSpan, Span]]] = {}
        for part in self.parts:
            for body in part.organizations:
                spans.setdefault(body.ref, []).append((body, part.sentence.span_of(body.first, body.end)))
        claims = []
        for ref, found in spans.items():
            first = found[0][0]
            aliases = sorted({alias for body, _ in found for alias in body.aliases} - {first.name})
            state = next((body.state for body, _ in found if body.state), None)
            receipts = tuple(self.receipt(span, "organisation") for _, span in found[:3])
            claims.append(OrganizationClaim(ref, first.name, tuple(aliases), first.kind, receipts, state))
        return tuple(claims)

    def places(self, drafts: Sequence[Draft]) -> tuple[PlaceClaim, ...]:
        claims: dict[Ref, PlaceClaim] = {}
        for draft in drafts:
            if draft.place is not None:
                part = self.parts[draft.sentence if draft.place_sentence is None else draft.place_sentence]
                span = part.sentence.span_of(draft.place.first, draft.place.end)
                claims.setdefault(draft.place.ref, self._place(draft.place.ref, draft.place.name, span))
        for person in self.cast.people:
            for post in person.posts:
                ref = post.accredited_to
                if ref is not None and ref.kind == "place":
                    claims.setdefault(ref, self._place(ref, post.accredited_name or ref.key, post.span))
        return tuple(claims.values())

    def _place(self, ref: Ref, name: str, span: Span) -> PlaceClaim:
        try:
            country: str | None = gazetteer.place(ref.key).state
        except gazetteer.UnknownEntityError:
            country = None
        return PlaceClaim(ref, name, country, (self.receipt(span, "place"),))

    # --- encounters ----------------------------------------------------------------------------------

    def encounter(self, draft: Draft, known: frozenset[Ref]) -> EncounterClaim:
        spans = [self.parts[draft.sentence].sentence.span]
        spans += [self.parts[n].sentence.span for n in dict.fromkeys(draft.sentences) if n != draft.sentence]
        date = draft.date
        basis: DateBasis = "stated"
        dateline = self.document.dateline
        if date is None and draft.status == "held" and draft.end_date is None and dateline is not None:
            date, basis = dateline.date, "dateline"
        return EncounterClaim(
            type=draft.type,
            status=draft.status,
            rule=draft.rule,
            receipts=tuple(self.receipt(span, draft.rule) for span in spans),
            confidence=confidence(draft),
            participants=tuple(ref for p in draft.participants if (ref := self.official_ref(p)) in known),
            organizations=tuple(dict.fromkeys(body.ref for body in draft.organizations)),
            states=tuple(draft.states),
            date=date,
            end_date=draft.end_date,
            date_basis=basis if date is not None else None,
            place=draft.place.ref if draft.place else None,
            country=draft.country,
            topics=self.subjects.topics(draft),
        )

    # --- mentions ------------------------------------------------------------------------------------

    def mentions(self) -> tuple[Mention, ...]:
        found: list[tuple[Span, MentionKind, str, Ref]] = []
        for part in self.parts:
            sentence = part.sentence
            for actor in self.cast.actors[sentence.number]:
                found.append(
                    (
                        sentence.span_of(actor.first, actor.end),
                        "person",
                        self.cast.people[actor.person].name,
                        self.official_ref(actor.person),
                    )
                )
            for body in part.organizations:
                found.append((sentence.span_of(body.first, body.end), "organization", body.name, body.ref))
            for entity in part.entities:
                if entity.kind in ("state", "adjective", "demonym", "seat"):
                    found.append((sentence.span_of(entity.first, entity.end), "state", entity.name, entity.ref))
                elif entity.kind == "place":
                    found.append((sentence.span_of(entity.first, entity.end), "place", entity.name, entity.ref))
        return tuple(
            Mention(span, kind, self.document.quote(span), name, ref)
            for span, kind, name, ref in sorted(found, key=lambda m: (m[0], m[1]))
        )
