"""What a user calls an official, a state, a topic → the IRI that the graph has for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches

from diplograph.likeness import words_of
from diplograph.sparql import PREFIXES
from diplograph.sparql.engine import Engine, QueryError
from diplograph.sparql.results import read_results

_DGID = PREFIXES["dgid"]
#: The classes whose things can be named, and how an error calls one.
CALLED = {
    "Official": "official",
    "State": "state",
    "Organization": "organisation",
    "Place": "place",
    "Topic": "topic",
    "Post": "post",
}


@dataclass(slots=True)
class Names:
    """The names of the things in a graph, asked for when first needed; `seconds` is the time one look-up may take."""

    engine: Engine
    seconds: float
    _known: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)

    def find(self, kind: str, name: str) -> str:
        """The IRI of the thing of class `kind` that is called `name`.

        `name` is a label or another name in any language, its words in any order, an ISO code, an id
        ("official/ivan-ivanov-kz", "trade"), an IRI, or a part of a name that only one thing has.

        Raises:
            QueryError: nothing is called so (the message tells what is nearly so), or several things are.
        """
        known = self._of(kind)
        given = name.strip()
        short = given.removeprefix("dgid:").removeprefix(_DGID)
        for iri in (
            given,
            f"{_DGID}{short}",
            f"{_DGID}{kind.lower()}/{short}",
            f"{_DGID}{kind.lower()}/{short.upper()}",
        ):
            if iri in known:
                return iri
        words = sorted(words_of(given).split())
        found = [iri for iri, names in known.items() if words and any(sorted(one.split()) == words for one in names)]
        found = found or [
            iri for iri, names in known.items() if words and any(set(words) <= set(one.split()) for one in names)
        ]
        if len(found) == 1:
            return found[0]
        called = CALLED[kind]
        if found:
            ids = ", ".join(sorted(iri.removeprefix(_DGID) for iri in found)[:5])
            more = f" and {len(found) - 5} more" if len(found) > 5 else ""
            raise QueryError(f"{len(found)} things of the kind {called} are called {given!r}: say which: {ids}{more}")
        raise QueryError(f"No {called} of this graph is called {given!r}{self._hint(known, words_of(given))}")

    def _of(self, kind: str) -> dict[str, tuple[str, ...]]:
        """IRI → its names, folded; in the order of the IRIs."""
        if kind not in self._known:
            query = f"""SELECT ?thing ?name {{
                ?thing a dg:{kind} OPTIONAL {{ ?thing rdfs:label|skos:altLabel|skos:prefLabel|dg:iso2 ?name }} }}"""
            _, rows = read_results(self.engine.ask(query, seconds=self.seconds, trusted=True).body)
            names: dict[str, set[str]] = {}
            for thing, name in rows:
                if thing is not None and thing.kind == "uri":
                    slug = words_of(thing.value.rpartition("/")[2])
                    names.setdefault(thing.value, {slug}).update({words_of(name.value)} if name else ())
            self._known[kind] = {iri: tuple(sorted(names[iri])) for iri in sorted(names)}
        return self._known[kind]

    def _hint(self, known: dict[str, tuple[str, ...]], words: str) -> str:
        """Names nearly like it, as the graph writes them."""
        owners = {name: iri for iri, names in reversed(known.items()) for name in names}
        close = get_close_matches(words, owners, n=3, cutoff=0.6)
        things = list(dict.fromkeys(owners[name] for name in close))
        if not things:
            return ""
        iris = " ".join(f"<{iri}>" for iri in things)
        query = f"SELECT ?thing ?name {{ VALUES ?thing {{ {iris} }} ?thing rdfs:label ?name }}"
        _, rows = read_results(self.engine.ask(query, seconds=self.seconds, trusted=True).body)
        labels: dict[str, list[tuple[bool, str]]] = {}
        for thing, name in rows:
            if thing and name:
                labels.setdefault(thing.value, []).append((name.language != "ru", name.value))
        said = [min(labels[iri])[1] if iri in labels else iri.removeprefix(_DGID) for iri in things]
        return f"; did you mean {' or '.join(said)}?"
