"""Every question with a name, asked of tests/data/small.ttl on both engines; the answers are tests/data/answers."""

from functools import cache
from itertools import combinations_with_replacement
from pathlib import Path

import networkx as nx
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from diplograph.graph_file import graph_bytes
from diplograph.query import QueryError, QueryResult, query, questions, result
from diplograph.sparql import PREFIXES
from diplograph.sparql.engine import Engine
from diplograph.sparql.names import Names
from diplograph.sparql.paths import shortest_path
from diplograph.sparql.questions import PARAMETERS, named, question_names
from diplograph.sparql.results import turtle

DATA = Path(__file__).parent / "data"
SMALL, ANSWERS = DATA / "small.ttl", DATA / "answers"
#: What each parameter is given, one after the other.
GIVEN = {
    "person": "Сырлыбекова Айгуль",
    "other": "Лиепкалне",
    "state": "kz",
    "other-state": "Латвия",
    "organization": "ОБСЕ",
    "place": "Вена",
    "topic": "торговля",
    "post": "ambassador",
    "from": "2026-03-05",
    "to": "2026-03",
}


@pytest.fixture(scope="module", params=["oxigraph", "rdflib"])
def engine(request):
    with Engine(*graph_bytes(SMALL), engine=request.param) as running:
        yield running


@pytest.fixture(scope="module")
def both():
    with (
        Engine(*graph_bytes(SMALL), engine="oxigraph") as fast,
        Engine(*graph_bytes(SMALL), engine="rdflib") as slow,
    ):
        yield fast, slow


@cache
def names(engine: Engine) -> Names:
    return Names(engine, 60)


def ask(engine: Engine, name: str, **given: str) -> QueryResult:
    text = named(name).bind({key.replace("_", "-"): value for key, value in given.items()}, names(engine))
    return result(engine.ask(text, seconds=60, trusted=True))


def written(found: QueryResult) -> str:
    return found.turtle or found.render("csv")


def test_there_are_many_questions_and_each_has_its_answer() -> None:
    assert len(questions()) >= 20
    assert sorted(path.stem for path in ANSWERS.iterdir()) == question_names()


@pytest.mark.parametrize("name", question_names())
def test_the_answer(engine: Engine, name: str) -> None:
    found = ask(engine, name, **{key: GIVEN[key] for key in named(name).needs})
    (file,) = ANSWERS.glob(f"{name}.*")
    assert written(found) == file.read_text("utf-8")


@pytest.mark.parametrize("name", question_names())
def test_both_engines_agree_with_each_parameter_and_with_all(both: tuple[Engine, Engine], name: str) -> None:
    question = named(name)
    needed = {key: GIVEN[key] for key in question.needs}
    sets = [needed | {key: GIVEN[key]} for key in question.parameters] + [
        {key: GIVEN[key] for key in question.parameters}
    ]
    for given in sets:
        fast, slow = (ask(one, name, **given) for one in both)
        assert fast == slow, given


@pytest.mark.parametrize(
    ("name", "given", "rows"),
    [
        ("who-met-whom", {"state": "HU"}, 6),
        ("who-met-whom", {"from": "2026-03-12"}, 5),
        ("who-met-whom", {"from": "2026-03", "to": "2026-03-05"}, 9),
        ("who-met-whom", {"person": "Сырлыбекова", "other": "Линдквелл"}, 2),
        ("meetings-about-topic", {"topic": "trade"}, 4),
        ("meetings-about-topic", {"topic": "trade", "person": "Сырлыбекова"}, 2),
        ("meetings-of-two-states", {"state": "Қазақстан", "other_state": "LV"}, 6),
        ("officials-of-state", {"state": "KZ"}, 2),
        ("receipts-of-pair", {"person": "official/erlan-zhastalapov", "other": "Янис Вецбралис"}, 3),
        ("common-counterparts", {"person": "Шомодвари", "other": "Лиепкалне"}, 1),
        ("planned-never-held", {"to": "2026-04"}, 0),
    ],
)
def test_a_parameter_leaves_out_what_is_not_asked_for(
    engine: Engine, name: str, given: dict[str, str], rows: int
) -> None:
    assert len(ask(engine, name, **given).rows) == rows


def test_turtle_says_what_the_triples_say(engine: Engine) -> None:
    answer = engine.ask("CONSTRUCT WHERE { ?s ?p ?o }", seconds=60)
    expected = Graph().parse(SMALL)
    assert set(Graph().parse(data=result(answer).turtle)) == set(Graph().parse(data=answer.body, format="nt"))
    assert len(Graph().parse(data=result(answer).turtle)) == len(expected)
    odd = b'<x:a> <https://w3id.org/diplograph/ontology#a/b.> "a\\"^^<x:y> \\n. "@en .\n_:b <x:p> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n'
    assert isomorphic(Graph().parse(data=turtle(odd)), Graph().parse(data=odd, format="nt"))


def test_the_shortest_way_between_two_who_never_met(engine: Engine) -> None:
    found = ask(engine, "shortest-path", person="Шомодвари", other="Лиепкалне")
    assert [row[:3] for row in found.rows] == [
        (1, "Габор Шомодвари", "Айгуль Сырлыбекова"),
        (2, "Айгуль Сырлыбекова", "Инесе Лиепкалне"),
        (2, "Айгуль Сырлыбекова", "Инесе Лиепкалне"),
    ]
    assert ask(engine, "shortest-path", person="Шомодвари", other="Вецбралис").rows == ()


def test_the_shortest_way_is_the_first_of_the_shortest() -> None:
    """Against all shortest paths of networkx: a ladder of officials, with a bypass, a side road and one who met nobody."""
    ties = nx.Graph([(f"o{n}", f"o{n + 1}") for n in range(8)] + [(f"o{n}", f"o{n + 3}") for n in range(0, 6, 2)])
    ties.add_edges_from([("o4", "z"), ("z", "o7"), ("a", "o5")])
    ties.add_node("alone")
    lines = [f"dgid:{one} dg:met dgid:{other} . dgid:{other} dg:met dgid:{one} ." for one, other in ties.edges]
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    with Engine((prefixes + "\n".join(lines)).encode(), "ttl", judged=False) as running:
        for start, end in combinations_with_replacement(sorted(ties), 2):
            known = min(nx.all_shortest_paths(ties, start, end)) if nx.has_path(ties, start, end) else []
            iris = [f"{PREFIXES['dgid']}{name}" for name in (start, end)]
            found = shortest_path(running, *iris, seconds=60)
            assert found == [f"{PREFIXES['dgid']}{name}" for name in known]


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("who-met-whom", {"person": "Сырлыбекива"}, "No official of this graph is called 'Сырлыбекива'; did you mean"),
        ("who-met-whom", {"state": "Латви"}, "No state of this graph is called 'Латви'; did you mean Латвия?"),
        ("who-met-whom", {"state": "ZZZZ"}, "No state of this graph is called 'ZZZZ'"),
        ("who-met-whom", {"from": "yesterday"}, "--from 'yesterday': not a date; write 2026-03-12, 2026-03 or 2026"),
        ("shortest-path", {"person": "Шомодвари"}, "The question shortest-path needs --other"),
        ("officials-of-state", {"place": "Рига"}, "The question officials-of-state does not take --place; it takes"),
        ("who-met-whom", {"person": "<x:x> } LOAD <file:///etc/passwd> #"}, "No official of this graph is called"),
    ],
)
def test_what_a_question_does_not_take(engine: Engine, name: str, given: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask(engine, name, **given)
    assert str(caught.value).startswith(message)


def test_parameters_of_the_function() -> None:
    found = query(SMALL, "meetings-of-two-states", state="KZ", other_state="LV", from_="2026-03-12")
    assert {row[0] for row in found.rows} == {"2026-03-12"}
    assert query(SMALL, "who-met-whom", rows=2).truncated
    assert len(query(SMALL, "who-met-whom", rows=2).rows) == 2
    assert set(PARAMETERS) == set(GIVEN)
