"""States and cities, marked in the text: [the words|ISO code], [the words|@city]; outside the marks there is none."""

from __future__ import annotations

import pytest
from marked import Row, cases, claims_of, read_rows, unmarked

from diplograph.extract.entities import compound_states

STATES = """
# имя государства
Урожай в [Латвии|LV] хороший.
[Кот-д’Ивуар|CI] продаёт какао.
Лён из [Республики Беларусь|BY] подорожал.
[Соединённые Штаты Америки|US] сократили закупки.
В [Саудовской Аравии|SA] жарко.
Пшеницу везут из [Боснии и Герцеговины|BA].
[Северная Македония|MK] и [Черногория|ME] снизили пошлины.
Туристы едут в [Объединённые Арабские Эмираты|AE].
[Экваториальная Гвинея|GQ] строит мост.
Рейс из [Папуа-Новой Гвинеи|PG] отменён.
Кофе везут из [Папуа — Новой Гвинеи|PG].
[Демократическая Республика Конго|CD] продаёт кобальт.
[Южная Корея|KR] покупает уголь.
[Киргизия|KG] и [Кыргызстан|KG] - одно государство.
[Чехия|CZ] закрыла шахту.
# прилагательное
Вырос [финский|FI] экспорт.
[Венгерские|HU] вина подешевели.
Закуплены [южнокорейские|KR] автобусы.
[Новозеландское|NZ] масло подорожало.
# жители
[Латыши|LV] любят песни.
В горах спасли двух [шведов|SE].
[Кыргызстанцы|KG] празднуют весну.
# столичные имена
В [Кремле|RU] отказались от комментариев.
# сокращения
В [США|US] и [ОАЭ|AE] жарко.
[ЮАР|ZA] закрыла порт.
Бюджет [КНР|CN] утверждён.
[Казахстан|KZ] строит дороги. Бюджет [РК|KZ] вырос.
В [Бишкеке|@Бишкек] тепло. Правительство [КР|KG] обсудило урожай.
В [Сеуле|@Сеул] тепло. Бюджет [РК|KR] вырос.
# города
В [Риге|@Рига] открыли мост.
Поезд [Вена|@Вена] - [Прага|@Прага] опоздал.
[Буэнос-Айрес|@Буэнос-Айрес] готовится к карнавалу.
"""

NO_STATE = """
# слово, которое бывает и именем государства
Того и гляди пойдёт дождь.
Кроме того, подорожал хлеб.
Чад от костра мешал дышать.
На Крещение вырубили иордань.
# язык, а не государство
Книга вышла на немецком языке.
Урок английского языка начался в девять.
# названия без государства
Балканы ждут снега.
Центральная Азия выращивает хлопок.
В Европе подорожал газ.
# сокращение без контекста
Бюджет РК вырос на треть.
# имена людей
Приехал Франц Чадов.
Концерт дал Роман Польских.
# части света
Евразийский ветер принёс снег.
"""

COMPOUNDS = """
казахско-венгерская = KZ HU
российско-турецкими = RU TR
японо-монгольской = JP MN
франко-германского = FR DE
латвийско-узбекистанское = LV UZ
украино-польский = UA PL
индо-вьетнамские = IN VN
экономико-венгерская = -
торгово-промышленная = -
военно-морская = -
казахско-степная = -
венгерская = -
северо-корейская = -
социально-шведская = -
"""

# Texts of the tables that are read wrongly so far, one a line: the test of each must fail until its line is deleted.
KNOWN_MISSES = """
Кофе везут из [Папуа — Новой Гвинеи|PG].
"""


def found_in(row: Row) -> list[str]:
    """The states and cities that the extractor finds, «words = KZ» or «words = @Рига», in the order of the text."""
    mentions = claims_of(unmarked(row.text)[0]).mentions
    wanted = [m for m in mentions if m.kind in ("state", "place") and m.ref]
    return [f"{m.text} = {m.ref.key if m.kind == 'state' else f'@{m.name}'}" for m in wanted if m.ref]


def expected_in(row: Row) -> list[str]:
    plain, marks = unmarked(row.text)
    return [f"{mark.span.of(plain)} = {mark.fields[0]}" for mark in marks]


def agrees(row: Row, found: list[str]) -> bool:
    return expected_in(row) == found


@pytest.mark.parametrize("row", cases(STATES, KNOWN_MISSES))
def test_a_state_or_city(row: Row) -> None:
    assert_read(row)


@pytest.mark.parametrize("row", cases(NO_STATE, KNOWN_MISSES))
def test_no_state(row: Row) -> None:
    assert expected_in(row) == []
    assert_read(row)


@pytest.mark.parametrize("line", COMPOUNDS.strip().splitlines())
def test_an_adjective_of_two_states(line: str) -> None:
    word, _, states = line.partition(" = ")
    assert (" ".join(compound_states(word)) or "-") == states


def test_every_known_miss_is_a_row() -> None:
    assert set(KNOWN_MISSES.strip().splitlines()) <= {row.text for row in read_rows(STATES + NO_STATE)}


def assert_read(row: Row) -> None:
    found = found_in(row)
    assert agrees(row, found), "\n".join(["", row.text, *found])
