"""A large graph under the contract, made up from a seed: for the tests and benchmarks of the page.

All persons and meetings are invented. The words of the sentences are those of the bundled bulletins, drawn as often
as they stand there but in no order, so that they compress worse than real sentences would.
"""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from importlib.resources import files

from rdflib import DCTERMS, PROV, RDF, RDFS, XSD, Graph, Literal, URIRef

from diplograph.terms import DG, DGID

STATES = {
    "KZ": ("Kazakhstan", "Казахстан", "Қазақстан"), "HU": ("Hungary", "Венгрия", "Мажарстан"),
    "LV": ("Latvia", "Латвия", "Латвия"), "UZ": ("Uzbekistan", "Узбекистан", "Өзбекстан"),
    "TR": ("Türkiye", "Турция", "Түркия"), "DE": ("Germany", "Германия", "Германия"),
    "JP": ("Japan", "Япония", "Жапония"), "AZ": ("Azerbaijan", "Азербайджан", "Әзербайжан"),
    "KG": ("Kyrgyzstan", "Кыргызстан", "Қырғызстан"), "FR": ("France", "Франция", "Франция"),
    "IT": ("Italy", "Италия", "Италия"), "CN": ("China", "Китай", "Қытай"), "IN": ("India", "Индия", "Үндістан"),
    "BR": ("Brazil", "Бразилия", "Бразилия"), "EG": ("Egypt", "Египет", "Мысыр"), "PL": ("Poland", "Польша", "Польша"),
}  # fmt: skip
TOPICS = ("trade", "energy", "transport", "culture", "security", "water", "education", "tourism", "health", "migration")
POSTS = ("ambassador", "foreign-minister", "minister", "deputy-minister", "head-of-state", "rector", "adviser")
TYPES = ("PhoneCall", "Consultations", "Session", "Visit", "Conference", "Signing")
START = date(2023, 1, 1)
DAYS = 1000


def invented_graph(
    officials: int, meetings: int, *, organizations: int = 0, quotes: bool = True, seed: int = 7
) -> Graph:
    """So many officials, `organizations`, sixteen states, and so many meetings of two to four officials."""
    chance = random.Random(seed)
    words = _words()
    graph = Graph()
    codes = list(STATES)
    for code, names in STATES.items():
        graph.add((DGID[f"state/{code}"], RDF.type, DG.State))
        graph.add((DGID[f"state/{code}"], DG.iso2, Literal(code)))
        for language, name in zip(("en", "ru", "kk"), names, strict=True):
            graph.add((DGID[f"state/{code}"], RDFS.label, Literal(name, lang=language)))
    for topic in TOPICS:
        graph.add((DGID[f"topic/{topic}"], RDFS.label, Literal(topic, lang="en")))
    bodies = [DGID[f"organization/body-{number}"] for number in range(organizations)]
    for number, body in enumerate(bodies):
        graph.add((body, RDF.type, DG.Organization))
        graph.add((body, DG.state, DGID[f"state/{codes[number % len(codes)]}"]))
        graph.add((body, RDFS.label, Literal(f"Ведомство {_name(chance)}", lang="ru")))
    people = [DGID[f"official/person-{number}"] for number in range(officials)]
    for number, person in enumerate(people):
        state = DGID[f"state/{codes[_nearer(chance, len(codes))]}"]
        tenure = DGID[f"tenure/person-{number}"]
        graph.add((person, RDF.type, DG.Official))
        graph.add((person, RDFS.label, Literal(f"{_name(chance)} {_name(chance)}ов", lang="ru")))
        graph.add((person, DG.represents, state))
        graph.add((tenure, DG.holder, person))
        graph.add((tenure, DG.post, DGID[f"post/{chance.choice(POSTS)}"]))
        graph.add((tenure, DG.postTitle, Literal("посол" if number % 3 else "министр иностранных дел")))
        graph.add((tenure, DG.actsFor, state))
        if bodies:
            graph.add((person, DG.represents, bodies[number % len(bodies)]))
    for number in range(meetings):
        _add_meeting(graph, number, people, words if quotes else [], chance)
    return graph


def _add_meeting(graph: Graph, number: int, people: list[URIRef], words: list[str], chance: random.Random) -> None:
    meeting = DGID[f"meeting/{chance.getrandbits(64):016x}"]
    first = _nearer(chance, len(people))
    # Whom one meets is mostly near in the list, so that there are communities; some are met by all.
    crowd = {first} | {
        (first + chance.randint(1, 30)) % len(people) if chance.random() < 0.8 else _nearer(chance, len(people))
        for _ in range(chance.choice((1, 1, 1, 1, 2, 3)))
    }
    day = START + timedelta(days=chance.randrange(DAYS))
    planned = chance.random() < 0.05
    graph.add((meeting, RDF.type, DG.Meeting))
    if chance.random() < 0.4:
        graph.add((meeting, RDF.type, DG[chance.choice(TYPES)]))
    graph.add((meeting, DG.status, DG.Planned if planned else DG.Held))
    graph.add((meeting, DG.date, Literal(day.isoformat(), datatype=XSD.date)))
    graph.add((meeting, DG.dateBasis, DG.Stated))
    graph.add((meeting, DG.confidence, Literal(f"0.{chance.choice((5, 7, 8, 9))}", datatype=XSD.decimal)))
    for place in sorted(crowd):
        graph.add((meeting, DG.participant, people[place]))
        for state in graph.objects(people[place], DG.represents):
            involved = DG.involvesState if "/state/" in state else DG.involvesOrganization
            graph.add((meeting, involved, state))
    for topic in chance.sample(TOPICS, chance.choice((0, 1, 2))):
        graph.add((meeting, DG.topic, DGID[f"topic/{topic}"]))
    if words:
        passage, article = DGID[f"passage/a{number}-0-99"], DGID[f"article/a{number}"]
        graph.add((meeting, PROV.wasDerivedFrom, passage))
        graph.add((passage, DG.inArticle, article))
        graph.add((passage, DG.quote, Literal(_sentence(chance, words))))
        graph.add((passage, DG.start, Literal(0)))
        graph.add((article, DCTERMS.identifier, Literal(f"a{number}")))
        graph.add((article, DCTERMS.source, Literal(f"https://news.example/{day:%Y/%m}/{chance.getrandbits(32):08x}")))
        graph.add((article, DCTERMS.title, Literal(_sentence(chance, words[:4000], 6))))
        graph.add((article, DCTERMS.publisher, Literal(f"Вестник {number % 40}")))
        graph.add((article, DCTERMS.date, Literal(day.isoformat(), datatype=XSD.date)))
        graph.add((article, DCTERMS.language, Literal("ru")))


def _nearer(chance: random.Random, count: int) -> int:
    """A position, the first ones far more often: a few meet many."""
    return min(int(count * chance.random() ** 2.5), count - 1)


def _name(chance: random.Random) -> str:
    return "".join(
        chance.choice("бвгджзклмнпрст") + chance.choice("аеиоуыя") for _ in range(chance.choice((2, 3, 4)))
    ).title()


def _words() -> list[str]:
    lines = (files("diplograph") / "data" / "demo" / "bulletins.jsonl").read_text(encoding="utf-8").splitlines()
    return " ".join(json.loads(line)["text"] for line in lines).split()


def _sentence(chance: random.Random, words: list[str], count: int = 24) -> str:
    return " ".join(chance.choices(words, k=count)) + "."
