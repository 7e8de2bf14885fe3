"""The bundled sample: what its bulletins mean to say, written by hand, against what comes out of them.

Persons and events of the sample are invented, states and institutions are real.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
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

#: Date, type, status, city, surnames: the encounters that a careful reader finds, in the order of the bulletins.
#: Where no day stands, the bulletin leaves it open and none is judged; where no city stands, there is none.
ENCOUNTERS = """
2025-01-14 meeting held      -        Шонанов Сентмарьяи
2025-02-19 meeting planned   astana   Шонанов Кермендвари
2025-01-15 meeting held      -        Мирхайдаров Тобиоки
2025-01-16 meeting held      -        Тобиоки Абдужалилова
2025-01-20 call held         -        Кылычкая Шонанов
2025-01-22 visit held        -        Шонанов
-          meeting held      vienna   Шонанов Штадльхофер
-          meeting held      vienna   Шонанов Сандвалль
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
MISSES: dict[str, str] = {}


@dataclass(frozen=True)
class Encounter:
    """A row of the table; `day` and `place` are None where the row has none."""

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


def test_corpus_is_read_whole(articles: list[Article]) -> None:
    lines = CORPUS.read_text("utf-8").splitlines()
    fields = ["id", "url", "lang", "published", "title", "publisher", "text"]
    assert [list(json.loads(line)) for line in lines] == [fields] * len(lines)
    assert len({article.id for article in articles}) == len(articles) == len(lines) >= 34


def test_bulletins_are_of_five_months_in_order(articles: list[Article]) -> None:
    days = [date.fromisoformat(str(article.published)) for article in articles]
    assert days == sorted(days)
    assert date(2025, 1, 1) <= days[0] < days[-1] <= date(2025, 5, 31)
    assert {day.month for day in days} == {1, 2, 3, 4, 5}


def test_no_address_leads_to_a_real_site(articles: list[Article]) -> None:
    assert all(article.url is None or article.url.startswith("https://example.org/") for article in articles)


def test_everybody_is_found_once_and_acts_for_the_right_side(findings: Findings) -> None:
    found = [(official.names[0].text, {ref.key for ref in official.represents}) for official in findings.officials]
    assert sorted(found, key=lambda row: row[0]) == sorted(CAST.items())


def test_nobody_met_who_did_not(findings: Findings, names: dict[str, str]) -> None:
    """A false edge is a false statement: of these there is none."""
    held = pairs([participants(meeting, names) for meeting in findings.meetings if meeting.status == "held"])
    assert held - pairs([row.who for row in expected_encounters() if row.status == "held"]) == set()


def test_encounters_are_those_of_the_table(findings: Findings, names: dict[str, str]) -> None:
    def key(type: str, status: str, who: frozenset[str]) -> str:
        return f"{status} {type}: {', '.join(sorted(who))}"

    found = Counter(key(meeting.type, meeting.status, participants(meeting, names)) for meeting in findings.meetings)
    rows = Counter(key(row.type, row.status, row.who) for row in expected_encounters())
    assert found - rows == Counter(), "told, but not in the table"
    assert sorted((rows - found).elements()) == sorted(MISSES)
    assert len(MISSES) <= len(expected_encounters()) / 10


def test_days_and_cities_are_those_of_the_table(findings: Findings, names: dict[str, str]) -> None:
    rows = {(row.status, row.type, row.who): row for row in expected_encounters()}
    wrong = []
    for meeting in findings.meetings:
        who = participants(meeting, names)
        row = rows.get((meeting.status, meeting.type, who))
        if row is None:
            continue  # another test counts those
        place = meeting.place.key if meeting.place else None
        day = str(meeting.date) if row.day else None
        if (day, place) != (row.day, row.place):
            wrong.append((str(row), day, place))
    assert wrong == []


def test_two_bulletins_on_one_meeting_give_one_meeting(findings: Findings) -> None:
    sources = [{receipt.article for receipt in meeting.receipts} for meeting in findings.meetings]
    assert [found for found in sources if len(found) > 1] == [{"astana-03", "budapest-02"}]


def test_what_was_announced_was_held_later(findings: Findings) -> None:
    of_day = [meeting for meeting in findings.meetings if str(meeting.date) == "2025-02-19"]
    assert sorted(meeting.status for meeting in of_day) == ["held", "planned"]


def test_cancelled_meeting_is_left_unsaid(findings: Findings) -> None:
    reasons = {unsaid.reason for unsaid in findings.unsaid if unsaid.receipt.article == "yerevan-01"}
    assert reasons == {"cancelled"}


def test_deputy_minister_becomes_ambassador(findings: Findings) -> None:
    (official,) = (one for one in findings.officials if one.names[0].text == "Гаухар Тлеужанова")
    assert {tenure.title.text for tenure in official.tenures} == {"заместитель министра иностранных дел", "посол"}
