"""Questions with a name: files of SPARQL whose lines for a parameter wake when the parameter is given.

A file begins with comments: the question in English and Russian, then notes. In its query, a line such as

    #--state: VALUES ?state { @state } ?meeting dg:involvesState ?state .

is a comment until ``--state`` is given. Then it counts, with the IRI or the date in the place of ``@state``. What a
user gives never becomes part of the query: a name is looked up in the graph and its IRI is written, a date is read
and written anew. ``# Needs --person --other`` names the parameters that a question cannot do without.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path

from diplograph.model import PartialDate
from diplograph.ontology_files import ontology_file, ontology_names
from diplograph.sparql.engine import QueryError
from diplograph.sparql.names import Names
from diplograph.sparql.paths import shortest_path

#: Every parameter there is → the class of what it names ("" for a date), and what it means.
PARAMETERS: Mapping[str, tuple[str, str]] = {
    "person": ("Official", "An official: name or id."),
    "other": ("Official", "Another official."),
    "state": ("State", "A state: ISO code or name."),
    "other-state": ("State", "Another state."),
    "organization": ("Organization", "An organisation: name or id."),
    "place": ("Place", "A city: name or id."),
    "topic": ("Topic", "A topic: name or id (trade)."),
    "post": ("Post", "A kind of post: name or id (ambassador)."),
    "from": ("", "The first day, month or year: 2026-03-12, 2026-03, 2026."),
    "to": ("", "The last day, month or year."),
}
_LINE = re.compile(r"^([ \t]*)#--([a-z-]+): ?(.*)$", re.MULTILINE)
_VALUE = re.compile(r"@([a-z-]+)\b")
_NEEDS = re.compile(r"^# Needs (--.*)$", re.MULTILINE)
_IRI = re.compile(r"[^\x00-\x20<>\"{}|^`\\]+")
#: What is worked out from two officials: the steps from one to the other.
_PATH = "path"


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its parameters; `name` is "" for a text of the user's own."""

    name: str
    text: str

    @property
    def asks(self) -> str:
        """What it asks: the first comment of the file, in English and Russian; "" where it says nothing."""
        line = next((line for line in self.text.splitlines() if line.startswith("#")), "")
        return line.lstrip("# ").strip()

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters it takes, in the order of `PARAMETERS`."""
        found = {name for _, name, _ in _LINE.findall(self.text)} | set(self.needs)
        return tuple(name for name in PARAMETERS if name in found)

    @property
    def needs(self) -> tuple[str, ...]:
        """The parameters it cannot do without."""
        found = _NEEDS.search(self.text)
        return tuple(name.removeprefix("--") for name in found[1].split()) if found else ()

    def bind(self, given: Mapping[str, str], names: Names) -> str:
        """The query with the parameters in `given`; the lines of the others stay comments.

        Raises:
            QueryError: a parameter it does not take, or one that it needs and has not; a name that the graph does
                not know; no date.
        """
        self._check(given)
        values = {name: _value(name, said, names) for name, said in given.items()}
        if f"#--{_PATH}:" in self.text:
            values[_PATH] = _steps(values["person"], values["other"], names)

        def wake(line: re.Match[str]) -> str:
            indent, name, rest = line.groups()
            if name not in values:
                return line[0]
            return indent + _VALUE.sub(lambda value: values[value[1]], rest)

        return _LINE.sub(wake, self.text)

    def _check(self, given: Mapping[str, str]) -> None:
        called = f"The question {self.name}" if self.name else "This query"
        for name in given:
            if name not in self.parameters:
                takes = ", ".join(f"--{one}" for one in self.parameters) or "no parameters"
                raise QueryError(f"{called} does not take --{name}; it takes {takes}")
        missing = [f"--{name}" for name in self.needs if name not in given]
        if missing:
            raise QueryError(f"{called} needs {' and '.join(missing)}")


def _value(parameter: str, said: str, names: Names) -> str:
    kind, _ = PARAMETERS[parameter]
    if kind:
        return _written(names.find(kind, said))
    try:
        return f'"{PartialDate.parse(said.strip())}"'
    except ValueError as error:
        raise QueryError(f"--{parameter} {said!r}: not a date; write 2026-03-12, 2026-03 or 2026") from error


def _written(iri: str) -> str:
    if not _IRI.fullmatch(iri):
        raise QueryError(f"The graph has an IRI that no query can hold: {iri!r}")
    return f"<{iri}>"


def _steps(start: str, end: str, names: Names) -> str:
    """The rows of VALUES: number of the step, who, whom; where no way leads there, a row that matches nobody."""
    path = shortest_path(names.engine, start.strip("<>"), end.strip("<>"), seconds=names.seconds)
    rows = [f"({number} {_written(a)} {_written(b)})" for number, (a, b) in enumerate(pairwise(path), 1)]
    return " ".join(rows) or "(0 dgid:nobody dgid:nobody)"


def named(name: str) -> Question:
    """The question of that name.

    Raises:
        QueryError: there is none; the message tells what is nearly so.
    """
    names = question_names()
    if name in names:
        return Question(name, ontology_file(f"queries/{name}.rq").read_text("utf-8"))
    close = get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"did you mean {close[0]}?" if close else f"there are: {', '.join(names)}"
    raise QueryError(f"No question is named {name!r}; {hint}")


def question_names() -> list[str]:
    """The names of all questions, sorted."""
    return sorted(name.removesuffix(".rq") for name in ontology_names("queries") if name.endswith(".rq"))


def as_question(what: str | Path) -> Question:
    """A question by name, from a file (a `Path`, or a text that ends with .rq), or the text of a query itself.

    Raises:
        QueryError: no such question or file.
    """
    if isinstance(what, Path) or ("{" not in what and what.endswith(".rq")):
        try:
            return Question("", Path(what).read_text("utf-8-sig"))
        except OSError as error:
            raise QueryError(f"{what}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise QueryError(f"{what}: not UTF-8 text") from error
    return Question("", what) if re.search(r"[\s{]", what) else named(what)
