"""The bundled sample: what its bulletins mean to say, written by hand, against what comes out of them.

Persons and events of the sample are invented, states and institutions are real.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pytest

import diplograph
from diplograph.model import Article, Findings, Meeting

CORPUS = Path(diplograph.__file__).parent / "data" / "demo" / "bulletins.jsonl"

#: Everybody who is named, and for whom they act: a state, or the id of an organisation.
CAST = {
    "Алдияр Шонанов": {"KZ"},
    "Гаухар Тлеужанова": {"KZ"},
    "Санжар Байтокин": {"KZ"},
    "Рустем Жылкайдаров": {"KZ"},
    "Асем Кудайкулова": {"KZ"},
    "Нурлыбек Отарханов": {"KZ"},
    "Тахир Есмуратов": {"KZ"},
    "Жомарт Кереибаев": {"KZ"},
    "Айнур Сагимбекова": {"evraziyskiy-natsionalnyy-universitet"},
    "Шерзод Мирхайдаров": {"UZ"},
    "Нилуфар Абдужалилова": {"UZ"},
    "Отабек Юлбарсов": {"UZ"},
    "Дилором Хамракулова": {"UZ"},
    "Эмиль Сыдыгалиев": {"KG"},
    "Айзада Мамырканова": {"KG"},
    "Балаж Кермендвари": {"HU"},
    "Илдико Сентмарьяи": {"HU"},
    "Золтан Верешкути": {"HU"},
    "Дьюла Ракамази": {"HU"},
    "Агнеш Хорвайи": {"debretsenskiy-universitet"},
    "Растислав Крупинский": {"SK"},
    "Клеменс Штадльхофер": {"AT"},
    "Хартмут Эльсбергер": {"DE"},
    "Доротея Вайнгольц": {"DE"},
    "Маттиас Гронхольд": {"DE"},
    "Орхан Кылычкая": {"TR"},
    "Севги Башаранлы": {"TR"},
    "Мехмет Тунчалп": {"TR"},
    "Фарид Гаджиаглы": {"AZ"},
    "Лала Шихмурадова": {"AZ"},
    "Леван Цхомелидзе": {"GE"},
    "Тамта Гогричиани": {"GE"},
    "Тигран Мелик-Арзуманян": {"AM"},
    "Рашид Салем аль-Харбани": {"AE"},
    "Мубарак Насер аль-Дувайхи": {"QA"},
    "Тарик аль-Убайни": {"SA"},
    "Кэндзи Морисугэ": {"JP"},
    "Сигэру Акацутика": {"JP"},
    "Харука Тобиоки": {"JP"},
    "Такаюки Хинодэ": {"JP"},
    "Ингеборг Сандвалль": {"osce"},
    "Лоран Вандермерс": {"eu"},
    "Мария Пинтассильва": {"unrcca"},
    "Азамат Токтомамбетов": {"ots"},
    "Стефано Брандолези": {"iaea"},
    "Чинтака Вираратне": {"cica"},
}

#: date, type, status, city or "", surnames: the encounters that a careful reader finds.
ENCOUNTERS = """
2025-01-14 meeting held      -        Шонанов Сентмарьяи
2025-02-19 meeting planned   astana   Шонанов Кермендвари
2025-01-15 meeting held      -        Мирхайдаров Тобиоки
2025-01-16 meeting held      -        Тобиоки Абдужалилова
2025-01-20 call held         -        Кылычкая Шонанов
2025-01-22 visit held        -        Шонанов
-          meeting held      vienna   Шонанов Штадльхофер
-          meeting held      -        Шонанов Сандвалль
-          meeting held      -        Шонанов Брандолези
2025-01-28 meeting held      -        Тлеужанова аль-Убайни
2025-01-28 meeting held      -        аль-Убайни Есмуратов
2025-01-30 meeting held      -        Байтокин Хорвайи
2025-02-04 meeting held      -        Сыдыгалиев Токтомамбетов
2025-02-03 meeting held      -        Мамырканова Пинтассильва
2025-02-05 meeting held      -        Отарханов аль-Харбани
2025-02-06 meeting held      doha     Отарханов аль-Дувайхи
2025-02-11 meeting held      -        Гаджиаглы Цхомелидзе
2025-02-10 meeting held      -        Гаджиаглы Крупинский
2025-02-12 meeting held      -        Тунчалп Хамракулова
2025-02-11 meeting held      -        Хамракулова Кылычкая
2025-02-19 meeting held      astana   Шонанов Кермендвари Сентмарьяи
2025-02-20 meeting held      -        Кереибаев Кермендвари
2025-02-25 meeting held      -        Гронхольд Жылкайдаров
2025-02-24 meeting held      -        Жылкайдаров Сандвалль
2025-02-26 meeting held      -        Шонанов Эльсбергер
2025-02-25 meeting held      -        Эльсбергер Сагимбекова
2025-03-04 consultations held tokyo   Тлеужанова Акацутика Кудайкулова
2025-03-06 meeting held      -        Мирхайдаров Вандермерс
2025-03-05 meeting held      -        Мирхайдаров Гронхольд
2025-03-10 meeting held      -        Сыдыгалиев Вандермерс
2025-03-10 meeting held      -        Вандермерс Мамырканова
2025-03-11 meeting held      -        Кермендвари Шихмурадова
2025-03-11 meeting held      -        Шихмурадова Ракамази
2025-03-13 credentials held  -        Вайнгольц Шонанов
2025-03-18 meeting held      -        Ракамази Байтокин
2025-03-25 conference held   tashkent Мамырканова Абдужалилова Пинтассильва
2025-03-28 meeting held      -        аль-Дувайхи Сыдыгалиев
2025-03-27 meeting held      -        аль-Дувайхи аль-Харбани
2025-04-01 meeting held      -        Кермендвари Тлеужанова
2025-04-02 meeting held      -        Тлеужанова Верешкути
-          meeting held      budapest Тлеужанова Шихмурадова
2025-04-08 session held      astana   Есмуратов Верешкути
2025-04-08 meeting held      -        Сентмарьяи Сагимбекова
2025-04-10 signing held      -        Сагимбекова Хорвайи Тлеужанова
2025-04-15 meeting held      -        Мелик-Арзуманян Сандвалль
2025-04-14 meeting held      -        Мелик-Арзуманян аль-Дувайхи
2025-04-17 meeting held      riyadh   Абдужалилова аль-Убайни
-          meeting held      -        Абдужалилова аль-Харбани
2025-04-22 meeting held      -        Крупинский Кермендвари Штадльхофер
2025-04-24 meeting held      -        Шонанов Мирхайдаров
2025-04-24 meeting held      -        Юлбарсов Сагимбекова
2025-04-28 meeting held      -        Есмуратов Башаранлы
-          meeting held      -        Есмуратов Юлбарсов
2025-04-29 meeting held      -        Есмуратов Вайнгольц
2025-05-06 meeting held      -        Гогричиани Есмуратов
2025-05-06 meeting held      -        Есмуратов Цхомелидзе
2025-05-05 call held         -        Гогричиани Тунчалп
2025-05-07 meeting held      -        Вираратне Вайнгольц
-          meeting held      -        Вираратне Башаранлы
2025-05-06 consultations held -       Вираратне Акацутика
2025-05-14 meeting held      -        Морисугэ Шонанов Кудайкулова
2025-05-14 meeting held      -        Морисугэ Брандолези
2025-05-15 meeting held      -        Мирхайдаров Хинодэ Тобиоки
2025-05-14 meeting held      tokyo    Хинодэ Кудайкулова
2025-05-21 meeting held      -        Штадльхофер Цхомелидзе
-          meeting held      -        Цхомелидзе Сандвалль
2025-06-05 visit planned     bishkek  Сандвалль
2025-05-22 meeting held      -        Гаджиаглы Токтомамбетов
2025-05-22 call held         -        Гаджиаглы Кылычкая
2025-05-26 meeting held      -        Ракамази Кереибаев Тлеужанова
"""

#: Rows of the table that are not read, each with the reason. One that is read has to be struck from here.
MISSES: dict[tuple[str, ...], str] = {}

#: Only these bulletins tell a date that no careful reader would be sure of, so any of the days is right.
DATELESS = "-"


@dataclass(frozen=True)
class Encounter:
    """A row of the table; `day` and `place` are None where the bulletin does not say them."""

    day: str | None
    type: str
    status: str
    place: str | None
    who: frozenset[str]

    def __str__(self) -> str:
        return f"{self.day} {self.status} {self.type}: {', '.join(sorted(self.who))}"


def expected_encounters() -> list[Encounter]:
    full = {name.split()[-1]: name for name in CAST}
    rows = [line.split() for line in ENCOUNTERS.strip().splitlines()]
    return [
        Encounter(
            day=None if day == "-" else day,
            type=type,
            status=status,
            place=None if place == "-" else place,
            who=frozenset(full[surname] for surname in surnames),
        )
        for day, type, status, place, *surnames in rows
    ]


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    items = list(diplograph.read(CORPUS))
    assert all(isinstance(item, Article) for item in items)
    return [item for item in items if isinstance(item, Article)]


@pytest.fixture(scope="module")
def findings(articles: list[Article]) -> Findings:
    return diplograph.resolve(diplograph.extract(article) for article in articles)


@pytest.fixture(scope="module")
def names(findings: Findings) -> dict[str, str]:
    return {official.id: official.names[0].text for official in findings.officials}


def participants(meeting: Meeting, names: dict[str, str]) -> frozenset[str]:
    return frozenset(names[ref.key] for ref in meeting.participants)


def pairs(groups: list[frozenset[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}
