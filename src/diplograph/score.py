"""Gold annotations → figures: what the extraction gets right, what it misses, what it says wrongly.

Each text is made into a graph of its own, the graph is read through the public vocabulary, and every fact of it is
judged against what a careful analyst wrote down for that text.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any, Literal, NamedTuple

from rdflib import RDF, RDFS, SKOS, Graph

from diplograph.extract import extract
from diplograph.likeness import align, alike, same_words, shares_words, words_of
from diplograph.model import Article, DiplographError, PartialDate
from diplograph.rdf import DG, to_graph
from diplograph.read import normalise
from diplograph.records import MeetingRecord, OfficialRecord, local_id, read_meetings, read_officials
from diplograph.resolve import resolve
from diplograph.rows import html_table, html_text

#: What is judged, in the order of the table.
FACTS = (
    *("official", "post", "represents", "within", "accredited", "organization", "meeting", "met"),
    *("type", "status", "date", "country", "city", "states", "meeting_orgs", "topics"),
)
Verdict = Literal["right", "missed", "wrong"]


class GoldError(DiplographError):
    """The gold annotations, or the earlier judgements to compare with, cannot be read."""


@dataclass(frozen=True, slots=True, order=True)
class Judgement:
    """One fact of one document: said and right, said and wrong, or missed."""

    document: str
    fact: str
    verdict: Verdict
    what: str


class Figure(NamedTuple):
    """Precision, recall and their harmonic mean for one fact; `gold` is how many there are to be found."""

    fact: str
    precision: float
    recall: float
    f1: float
    gold: int


@dataclass(frozen=True, slots=True)
class Score:
    """Every judgement, sorted, over `documents`; `gains` and `losses` against an earlier score, where one is given."""

    documents: tuple[str, ...]
    judgements: tuple[Judgement, ...]
    gains: tuple[Judgement, ...] = ()
    losses: tuple[Judgement, ...] = ()

    def figures(self) -> tuple[Figure, ...]:
        """A figure for each of `FACTS`, then one over all of them, named "overall"."""
        counted = Counter((judgement.fact, judgement.verdict) for judgement in self.judgements)
        return (
            *(_figure(fact, [fact], counted) for fact in FACTS),
            _figure("overall", FACTS, counted),
        )

    def table(self) -> tuple[tuple[str, ...], list[tuple[str, str, str, str, int]]]:
        """The figures for people: the names of the columns, and a row a fact."""
        rows = [(fact, f"{p:.3f}", f"{r:.3f}", f"{f1:.3f}", number) for fact, p, r, f1, number in self.figures()]
        return ("fact", "P", "R", "F1", "gold"), rows

    def _repr_html_(self) -> str:
        """What a notebook shows: the figures."""
        columns, rows = self.table()
        return html_text(f"{len(self.documents)} documents") + html_table(columns, rows, total=len(rows))

    def to_json(self) -> str:
        """All judgements as JSON, to be compared with later: give the file as `against`."""
        content = {"documents": self.documents, "judgements": [asdict(judgement) for judgement in self.judgements]}
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def score(
    gold: str | Path, *, against: str | Path | None = None, progress: Callable[[int, int, str], None] | None = None
) -> Score:
    """Extract every gold text of the folder `gold` and judge what comes out.

    A gold file is JSON with ``id text officials organizations meetings``. A text in a language that is not read
    counts as read with nothing found. Entries marked ``optional`` count neither way; neither does a date, city or
    country where gold has none. With `against`, a file saved from `Score.to_json`, the documents that both have are
    compared fact by fact. `progress` is called with how many are done, how many there are, and the next file.

    Raises:
        GoldError: no gold file there, or one that cannot be read; `against` is no saved score.
    """
    folder = Path(gold)
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise GoldError(f"{folder}: no gold annotations (*.json) there")
    judgements: list[Judgement] = []
    documents = []
    for done, path in enumerate(paths):
        if progress:
            progress(done, len(paths), path.name)
        annotations = _load(path)
        try:
            judgements += judge(annotations, _graph_of(annotations))
        except (KeyError, TypeError, AttributeError) as error:
            raise GoldError(f"{path}: not a gold annotation: {error!r}") from error
        documents.append(str(annotations["id"]))
    current = Score(tuple(sorted(documents)), tuple(sorted(judgements)))
    return _compared(current, _load(Path(against)), Path(against)) if against else current


def judge(gold: dict[str, Any], graph: Graph) -> list[Judgement]:
    """The judgements on one document, given its gold annotation and the graph made from its text alone."""
    return [Judgement(str(gold["id"]), *verdict) for verdict in _Judge(gold, graph).verdicts()]


def _graph_of(gold: dict[str, Any]) -> Graph:
    published = gold.get("published")
    article = Article(
        id=str(gold["id"]),
        text=normalise(gold["text"]),
        language=gold.get("lang", "ru"),
        url=gold.get("url"),
        published=PartialDate.parse(published) if published else None,
    )
    return to_graph(resolve([extract(article)]))


def _load(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise GoldError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise GoldError(f"{path}: not JSON: {error}") from error
    if not isinstance(content, dict):
        raise GoldError(f"{path}: not a JSON object")
    return content


def _figure(name: str, facts: Sequence[str], counted: Counter[tuple[str, Verdict]]) -> Figure:
    right, missed, wrong = (sum(counted[fact, verdict] for fact in facts) for verdict in ("right", "missed", "wrong"))
    precision = right / (right + wrong) if right else 0.0
    recall = right / (right + missed) if right else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return Figure(name, precision, recall, f1, right + missed)


def _compared(current: Score, earlier: dict[str, Any], path: Path) -> Score:
    try:
        before = [Judgement(**judgement) for judgement in earlier["judgements"]]
        common = set(earlier["documents"]) & set(current.documents)
    except (KeyError, TypeError) as error:
        raise GoldError(f"{path}: not a saved score (diplograph score … --json FILE)") from error
    old, new = (
        Counter(judgement for judgement in judgements if judgement.document in common)
        for judgements in (before, current.judgements)
    )
    gains = sorted([*_only("right", new, old), *_only("wrong", old, new)])
    losses = sorted([*_only("right", old, new), *_only("wrong", new, old)])
    return replace(current, gains=tuple(gains), losses=tuple(losses))


def _only(verdict: Verdict, here: Counter[Judgement], there: Counter[Judgement]) -> Iterator[Judgement]:
    return (judgement for judgement in (here - there).elements() if judgement.verdict == verdict)


# --- one document --------------------------------------------------------------------------------------

_Verdicts = Iterator[tuple[str, Verdict, str]]


class _Judge:
    """One document: its gold entries, the graph's entries, and which of them are the same thing."""

    def __init__(self, gold: dict[str, Any], graph: Graph) -> None:
        self.gold = gold
        self.names = _names(graph)
        self.officials = read_officials(graph)
        self.organizations = sorted({local_id(node) for node in graph.subjects(RDF.type, DG.Organization)})
        self.meetings = read_meetings(graph)
        self.same_official = align(gold["officials"], self.officials, self._official_likeness, least=0.72)
        self.same_organization = align(
            gold["organizations"], self.organizations, self._organization_likeness, least=0.85
        )
        self.official_name = {
            self.officials[seen].id: gold["officials"][wanted]["name"] for wanted, seen in self.same_official.items()
        }
        self.organization_name = {
            self.organizations[seen]: gold["organizations"][wanted]["name"]
            for wanted, seen in self.same_organization.items()
        }
        self.optional_organizations = {entry["name"] for entry in gold["organizations"] if entry.get("optional")}
        self.same_meeting = align(gold["meetings"], self.meetings, self._meeting_likeness, least=0.5)

    def verdicts(self) -> _Verdicts:
        yield from self._judge_officials()
        yield from self._judge_organizations()
        yield from self._judge_meetings()
        yield from self._judge_edges()

    # What is the same thing: generous, so that a slip in the name does not hide the rest.

    def _official_likeness(self, wanted: dict[str, Any], seen: OfficialRecord) -> float:
        pairs = [(name, label) for name in _all_names(wanted) for label in self.names.get(seen.id, ())]
        return max((max(alike(*pair), shares_words(*pair)) for pair in pairs), default=0.0)

    def _organization_likeness(self, wanted: dict[str, Any], seen: str) -> float:
        return max(
            (alike(name, label) for name in _all_names(wanted) for label in self.names.get(seen, ())), default=0.0
        )

    def _meeting_likeness(self, wanted: dict[str, Any], seen: MeetingRecord) -> float:
        """Who took part counts most, then the sentence, an organisation in common, the states in common."""
        people = {self.official_name[one] for one in seen.participants if one in self.official_name}
        expected = set(wanted["participants"])
        likeness = 2 * len(people & expected) / (len(people) + len(expected)) if people and expected else 0.0
        bodies = {self.organization_name[one] for one in seen.organizations if one in self.organization_name}
        likeness += 0.3 * bool(bodies & set(wanted["organizations"]))
        likeness += 0.1 * len(set(wanted["states"]) & set(seen.states))
        start = self.gold["text"].find(wanted["evidence"])
        end = start + len(wanted["evidence"])
        at_evidence = any(quote.start < end and start < quote.start + len(quote.text) for quote in seen.quotes)
        return likeness + 0.6 * (start >= 0 and at_evidence)

    # What is right about it.

    def _judge_officials(self) -> _Verdicts:
        for index, wanted in enumerate(self.gold["officials"]):
            if wanted.get("optional"):
                continue
            if index in self.same_official:
                yield from self._judge_official(wanted, self.officials[self.same_official[index]])
                continue
            yield "official", "missed", wanted["name"]
            for fact, field in _OF_OFFICIAL.items():
                if wanted.get(field):
                    yield fact, "missed", f"{wanted['name']}: {wanted[field]}"
        for index, seen in enumerate(self.officials):
            if index not in self.same_official.values():
                yield "official", "wrong", self._shown(seen.id)

    def _judge_official(self, wanted: dict[str, Any], seen: OfficialRecord) -> _Verdicts:
        name = wanted["name"]
        exact = any(same_words(label, name) for label in seen.labels.values())
        yield from _one("official", name, exact, name, "; ".join(seen.labels.values()) or seen.id)
        if wanted.get("post"):
            right = any(_same_post(wanted["post"], title) for title in seen.posts)
            yield from _one("post", name, right, wanted["post"], "; ".join(seen.posts))
        yield from _sets("represents", {wanted["represents"]} - {None}, set(seen.states), of=name)
        bodies = [tenure.within for tenure in seen.tenures if tenure.within]
        posted_to = [tenure.accredited_to for tenure in seen.tenures if tenure.accredited_to]
        if wanted.get("organization"):
            yield from self._judge_tie("within", wanted, bodies)
        if wanted.get("accredited_to"):
            yield from self._judge_tie("accredited", wanted, posted_to)
        elif posted_to:
            yield "accredited", "wrong", f"{name}: {self._listed(posted_to)}"

    def _judge_tie(self, fact: str, wanted: dict[str, Any], seen: list[str]) -> _Verdicts:
        target = wanted[_OF_OFFICIAL[fact]]
        right = any(
            one == f"state/{target}" or any(alike(label, target) >= 0.8 for label in self.names.get(one, ()))
            for one in seen
        )
        yield from _one(fact, wanted["name"], right, target, self._listed(seen))

    def _judge_organizations(self) -> _Verdicts:
        for index, wanted in enumerate(self.gold["organizations"]):
            if not wanted.get("optional"):
                yield "organization", "right" if index in self.same_organization else "missed", wanted["name"]
        for index, seen in enumerate(self.organizations):
            if index not in self.same_organization.values():
                yield "organization", "wrong", self._shown(seen)

    def _judge_meetings(self) -> _Verdicts:
        for index, wanted in enumerate(self.gold["meetings"]):
            if wanted.get("optional"):
                continue
            told = wanted["evidence"][:90]
            seen = self.meetings[self.same_meeting[index]] if index in self.same_meeting else None
            yield "meeting", "right" if seen else "missed", told
            yield from self._judge_meeting(wanted, seen, told)
        for index, extra in enumerate(self.meetings):
            if index not in self.same_meeting.values():
                yield (
                    "meeting",
                    "wrong",
                    f"{self._listed(extra.participants)}: {extra.quotes[0].text[:90] if extra.quotes else ''}",
                )

    def _judge_meeting(self, wanted: dict[str, Any], seen: MeetingRecord | None, told: str) -> _Verdicts:
        """The details of a meeting; of one that was not found, each is missed."""
        place = self.names.get(seen.place, ()) if seen else ()
        right = {
            "type": seen and wanted["type"] in (seen.type, "other"),
            "status": seen and wanted["status"] == seen.status,
            "date": seen and wanted.get("date") == seen.date,
            "country": seen and wanted.get("country") == seen.country,
            "city": any(alike(wanted.get("city") or "", label) >= 0.85 for label in place),
        }
        said = {
            "type": seen and seen.type,
            "status": seen and seen.status,
            "date": seen and seen.date,
            "country": seen and seen.country,
            "city": "; ".join(place),
        }
        for fact, is_right in right.items():
            if wanted.get(fact):
                yield from _one(fact, told, bool(is_right), wanted[fact], said[fact] or "")
        bodies = (
            {self.organization_name.get(one, f"? {self._shown(one)}") for one in seen.organizations} if seen else set()
        )
        either_way = self.optional_organizations | (self._employers(wanted) if seen else set())
        yield from _sets("states", set(wanted["states"]), set(seen.states if seen else ()), of=told)
        yield from _sets("meeting_orgs", set(wanted["organizations"]) - either_way, bodies - either_way, of=told)
        yield from _sets("topics", set(wanted["topics"]), set(seen.topics if seen else ()), of=told)

    def _employers(self, wanted: dict[str, Any]) -> set[str]:
        """Bodies of participants who act for a state: annotators list them or not, so they count neither way."""
        return {
            entry["organization"]
            for entry in self.gold["officials"]
            if entry["name"] in wanted["participants"] and entry.get("represents") and entry.get("organization")
        }

    def _judge_edges(self) -> _Verdicts:
        """Who met whom: the pairs of participants, over all meetings of the document."""
        wanted = _pairs(entry["participants"] for entry in self.gold["meetings"] if not entry.get("optional"))
        optional = _pairs(entry["participants"] for entry in self.gold["meetings"] if entry.get("optional"))
        seen = _pairs(
            {self.official_name.get(one, f"? {self._shown(one)}") for one in meeting.participants}
            for meeting in self.meetings
        )
        yield from _sets("met", wanted, seen - (optional - wanted))

    def _shown(self, thing: str) -> str:
        return next(iter(self.names.get(thing, ())), thing)

    def _listed(self, things: Iterable[str]) -> str:
        return "; ".join(self._shown(thing) for thing in things)


#: The field of a gold official that each fact is judged by.
_OF_OFFICIAL = {"post": "post", "represents": "represents", "within": "organization", "accredited": "accredited_to"}


def _names(graph: Graph) -> dict[str, list[str]]:
    """The labels, then the other names of everything, by id."""
    names: dict[str, list[str]] = {}
    for which in (RDFS.label, SKOS.altLabel):
        for node, name in sorted(graph.subject_objects(which)):
            names.setdefault(local_id(node), []).append(str(name))
    return names


def _all_names(wanted: dict[str, Any]) -> list[str]:
    return [wanted["name"], *wanted.get("aliases", [])]


def _same_post(wanted: str, title: str) -> bool:
    return shares_words(wanted, title) >= 0.6 or words_of(wanted) in words_of(title)


def _one(fact: str, of: str, right: bool, wanted: str, said: str) -> _Verdicts:
    """A fact with one value: wrong ones are also missed, silence is only missed."""
    yield fact, "right" if right else "missed", f"{of}: {wanted}"
    if said and not right:
        yield fact, "wrong", f"{of}: {said}"


def _sets(fact: str, wanted: set[str], said: set[str], *, of: str = "") -> _Verdicts:
    verdicts: tuple[tuple[Verdict, set[str]], ...] = (
        ("right", wanted & said),
        ("missed", wanted - said),
        ("wrong", said - wanted),
    )
    for verdict, values in verdicts:
        for value in sorted(values):
            yield fact, verdict, f"{of}: {value}" if of else value


def _pairs(groups: Iterable[Iterable[str]]) -> set[str]:
    return {" – ".join(pair) for group in groups for pair in combinations(sorted(set(group)), 2)}
