"""A graph of invented meetings, as large as a benchmark needs, under the same contract as a real one.

    python benchmarks/generate.py OUT.ttl [--meetings 100000] [--officials 10000] [--seed 1]

The same figures give the same bytes. Names are strings of syllables that belong to nobody; states are the first of
the alphabet by code. Few officials and states meet often, most seldom, as in the news; a tenth of the meetings is only
planned, and some of those are held later. `diplograph check` accepts the graph.
"""

from __future__ import annotations

import argparse
import random
from bisect import bisect
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

PREFIXES = """\
@prefix dg: <https://w3id.org/diplograph/ontology#> .
@prefix dgid: <https://w3id.org/diplograph/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/diplograph/id/> .

"""


def _words(text: str) -> list[str]:
    return text.split()


CODES = _words(
    "AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO "
    "CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FR GA GB"
)
TOPICS = _words(
    "trade investment transport energy security education culture health water science digital tourism "
    "parliamentary consular humanitarian environment"
)
TITLES = (
    ("ambassador", "посол"),
    ("minister", "министр"),
    ("deputy-minister", "заместитель министра"),
    ("state-secretary", "государственный секретарь"),
    ("deputy-speaker", "вице-спикер"),
)
KINDS = ("", "", "", "", ", dg:PhoneCall", ", dg:Consultations", ", dg:Visit", ", dg:Session")
ONSETS, VOWELS = _words("б в г д ж з к л м н п р с т ф х ц ш"), _words("а е и о у э ю я")
FIRST_DAY, DAYS = date(2020, 1, 1), 2190


class Weighted:
    """Draws numbers below `count`; the number n about 1/(n+8) as often as the others."""

    def __init__(self, count: int, chance: random.Random) -> None:
        self.sums = list(accumulate(1 / (number + 8) for number in range(count)))
        self.chance = chance

    def draw(self) -> int:
        """One number."""
        return bisect(self.sums, self.chance.random() * self.sums[-1])


def generate(*, meetings: int, officials: int, seed: int = 1) -> Iterator[str]:
    """The graph as pieces of Turtle: prefixes, things, officials, then the meetings with their articles."""
    chance = random.Random(seed)
    home = [Weighted(len(CODES), chance).draw() for _ in range(officials)]
    yield PREFIXES
    yield from _things()
    names = [f"{_word(chance).title()} {_word(chance)}{_word(chance)}".title() for _ in range(officials)]
    met: dict[int, set[int]] = {number: set() for number in range(officials)}
    for text, held in _meetings(meetings, home, chance):
        yield text
        for official in held:
            met[official].update(held)
    for number in range(officials):
        yield _official(number, names[number], home[number], sorted(met[number] - {number}), chance)


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(ONSETS) + chance.choice(VOWELS) for _ in range(2)) + chance.choice(ONSETS)


def _things() -> Iterator[str]:
    for number, code in enumerate(CODES):
        yield (
            f'<state/{code}> a dg:State ; dg:iso2 "{code}" ; '
            f'rdfs:label "State {code}"@en, "Страна {code}"@ru, "Мемлекет {code}"@kk .\n'
        )
        yield (
            f"<place/city-{code.lower()}> a dg:Place ; dg:country <state/{code}> ; "
            f'rdfs:label "City {code}"@en, "Город {code}"@ru, "Қала {code}"@kk .\n'
        )
        yield (
            f"<organization/body-{number}> a dg:Organization, dg:InternationalOrganization ; "
            f'rdfs:label "Организация {number}"@ru ; prov:wasDerivedFrom <passage/a0-0> .\n'
        )
    for kind, scheme, ids in (("Topic", "topics", TOPICS), ("Post", "posts", [post for post, _ in TITLES])):
        for name in ids:
            label = f'"{name}"@en, "{name}"@ru, "{name}"@kk'
            yield (
                f"<{kind.lower()}/{name}> a dg:{kind}, skos:Concept ; skos:inScheme dgid:{scheme} ; "
                f"rdfs:label {label} ; skos:prefLabel {label} .\n"
            )


def _official(number: int, name: str, home: int, met: list[int], chance: random.Random) -> str:
    post, title = TITLES[number % len(TITLES)]
    code, host = CODES[home], CODES[(home + 1 + number) % len(CODES)]
    sent = f" ; dg:accreditedTo <state/{host}>" if post == "ambassador" and host != code else ""
    known = f" ; dg:met {', '.join(f'<official/o{other}>' for other in met)}" if met else ""
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    return (
        f'<official/o{number}> a dg:Official ; rdfs:label "{name}"@ru ; dg:represents <state/{code}>{known} ; '
        f"prov:wasDerivedFrom <passage/a0-0> .\n"
        f"<tenure/t{number}> a dg:Tenure ; dg:holder <official/o{number}> ; dg:post <post/{post}> ; "
        f'dg:postTitle "{title}"@ru ; dg:actsFor <state/{code}>{sent} ; dg:attestedOn "{day}"^^xsd:date ; '
        f"prov:wasDerivedFrom <passage/a0-0> .\n"
    )


def _meetings(count: int, home: list[int], chance: random.Random) -> Iterator[tuple[str, list[int]]]:
    """Each meeting with its passages, and who took part if it was held; an article tells of three."""
    people, cities = Weighted(len(home), chance), Weighted(len(CODES), chance)
    order = list(range(len(home)))
    chance.shuffle(order)  # so that those who meet often come from many states
    plan: tuple[list[int], int] | None = None
    for number in range(count):
        planned = number % 10 == 9
        day = number * DAYS // count
        who = sorted({order[people.draw()] for _ in range(chance.choice((2, 2, 2, 2, 3, 4)))})
        if plan and number % 10 == 4:  # every tenth plan but one is held five meetings later
            who, plan = (plan[0] if number % 100 != 4 else who), None
        if planned:
            plan = (who, day)
        yield _meeting(number, day, who, home, CODES[cities.draw()], planned, chance), ([] if planned else who)


def _meeting(
    number: int, day: int, who: list[int], home: list[int], host: str, planned: bool, chance: random.Random
) -> str:
    told = FIRST_DAY + timedelta(days=day)
    states = sorted({CODES[home[official]] for official in who})
    precise = number % 50 != 7
    when = f'"{told}"^^xsd:date' if precise else f'"{told:%Y-%m}"^^xsd:gYearMonth'
    topics = sorted({chance.choice(TOPICS) for _ in range(chance.choice((0, 1, 1, 2)))})
    article, place = number // 3, number % 3
    passages = [f"a{article}-{place}"] + ([f"a{article + 1}-9"] if number % 3 == 2 and number % 2 else [])
    extra = f" ; dg:topic {', '.join(f'<topic/{topic}>' for topic in topics)}" if topics else ""
    extra += f" ; dg:involvesOrganization <organization/body-{number % len(CODES)}>" if number % 6 == 0 else ""
    people = ", ".join(f"<official/o{official}>" for official in who)
    lines = [
        f"<meeting/m{number}> a dg:Meeting{KINDS[number % len(KINDS)]} ; "
        f"dg:status dg:{'Planned' if planned else 'Held'} ; dg:confidence {0.5 + number % 10 / 20:.2f} ; "
        f"dg:date {when} ; dg:dateBasis dg:{'Dateline' if number % 4 == 0 else 'Stated'} ; "
        f"dg:place <place/city-{host.lower()}> ; dg:country <state/{host}> ; dg:participant {people} ; "
        f"dg:involvesState {', '.join(f'<state/{code}>' for code in states)}{extra} ; "
        f"prov:wasDerivedFrom {', '.join(f'<passage/{passage}>' for passage in passages)} .\n"
    ]
    if place == 0:
        lines.append(
            f'<article/a{article}> a dg:Article ; dcterms:identifier "a{article}" ; '
            f'dcterms:source <https://example.org/a{article}> ; dcterms:date "{told}"^^xsd:date ; '
            f'dcterms:language "ru" ; dcterms:title "Сообщение {article}"@ru ; '
            f'dcterms:publisher "Газета {article % 7}" .\n'
        )
    for passage in passages:
        source = passage.partition("-")[0]
        quote = f"Встреча {number} прошла в городе {host}."
        start = 100 * place
        lines.append(
            f"<passage/{passage}> a dg:Passage ; dg:inArticle <article/{source}> ; dg:start {start} ; "
            f'dg:end {start + len(quote)} ; dg:quote "{quote}" ; dg:rule "invented" .\n'
        )
    return "".join(lines)


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--meetings", type=int, default=100_000)
    parser.add_argument("--officials", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with given.out.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(generate(meetings=given.meetings, officials=given.officials, seed=given.seed))


if __name__ == "__main__":
    main()
