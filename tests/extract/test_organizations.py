"""Organisations, marked in the text: [the words|kind|name in the nominative], the name only where it differs.

What stands outside the marks is no organisation to the graph.
"""

from __future__ import annotations

import pytest
from marked import Row, cases, claims_of, read_rows, unmarked

NAMED = """
# министерства с государством
[Министерство транспорта Латвии|ministry] открыло новую дорогу.
Письмо пришло из [Министерства водных ресурсов Египта|ministry|Министерство водных ресурсов Египта].
Ответ дали в [Министерстве иностранных дел Республики Казахстан|ministry|Министерство иностранных дел Республики Казахстан].
[МИД Сербии|ministry] ответил нотой.
[Министерство сельского хозяйства и продовольствия Беларуси|ministry] купило зерно.
[Минобороны Литвы|ministry] закупило грузовики.
Доклад подготовило [польское Министерство цифровизации|ministry].
# министерства двух государств
Протокол составили [министерства иностранных дел Узбекистана|ministry|министерство иностранных дел Узбекистана] и [Литвы|ministry|министерство иностранных дел Литвы].
# парламенты
[Государственное собрание (парламент) Венгрии|parliament] приняло поправку.
Закон прошёл через [Сенат Казахстана|parliament].
Спор разобрал [парламент Грузии|parliament].
Поправку поддержал [Жогорку Кенеш|parliament].
Закон одобрила [Палата депутатов Чехии|parliament].
# университеты
В [Рижском университете логистики|university|Рижский университет логистики] открыли кафедру.
Степень присудил [Университет имени Шалвы Амирана|university].
[Карагандинский институт транспорта|university] принял студентов.
Грант получила [Дипломатическая академия Азербайджана|university].
# совместные комиссии
Отчёт утвердила [казахско-венгерская межправительственная комиссия|other].
Правила составила [Межправительственная комиссия по торговле и инвестициям|other].
# компании в кавычках
Завод построит [компания «Нордвинд Карго»|company|Нордвинд Карго].
Сделку одобрило [АО «Степные дороги»|company].
Рейс открыла [авиакомпания «Пелагос Эйр»|company|Пелагос Эйр].
# посольства
Приём устроило [посольство Бельгии в Гане|other].
[Посольство Японии|other] подарило книги.
Визу выдало [Генеральное консульство Турции в Казани|other].
# международные организации, сокращения в скобках
Страна вступила в [Организацию экономического сотрудничества и развития (ОЭСР)|international|Организация экономического сотрудничества и развития].
Доклад заказала [ЮНЕСКО|international|Организация Объединенных Наций по вопросам образования, науки и культуры].
Миссию направила [ОБСЕ|international|Организация по безопасности и сотрудничеству в Европе].
Кредит дал [Всемирный банк|international].
Квоты ввёл [Европейский союз|international].
Письмо ушло в [МАГАТЭ|international|Международное агентство по атомной энергии].
# ведомства и палаты
Пошлины снизил [Государственный таможенный комитет Азербайджана|agency].
Форум открыла [Торгово-промышленная палата Португалии|other].
Справку выдало [Агентство по статистике Таджикистана|agency].
Выборы назначила [Центральная избирательная комиссия Молдавии|agency].
Дело рассмотрел [Верховный суд Пакистана|agency].
# общества и союзы
Концерт дала [Ассоциация дружбы «Байкал - Балатон»|ngo].
Жалобу подал [Союз журналистов Армении|ngo].
# музеи и театры
Выставка открылась в [Национальном музее Эстонии|other|Национальный музей Эстонии].
"""

NOT_NAMED = """
# описание, а не название
В страну приехала группа экспертов из Осло.
Порт Гвадар расширяют.
В Гверу откроют центр обслуживания тракторов.
Партия удобрений прибыла в Мапуту.
Форум инвесторов завершился обедом.
Завод удобрений построят у реки.
Совместное предприятие выпустит насосы.
Движение по мосту открыто.
# нарицательно, без названия
Министерство не ответило.
Комиссия изучит жалобу.
Парламент закрыт на каникулы.
Посольство опубликовало фотографии.
Университет отметил юбилей.
Компания отказалась от сделки.
# государство и правительство не организации
Правительство Латвии утвердило бюджет.
Казахстан и Венгрия снизили пошлины.
Делегация Узбекистана вылетела домой.
# пост, а не организация
Министр транспорта Латвии Марис Калнозолс опоздал.
Глава МИД Кипра Андреас Хараламбидис опоздал.
# слова в кавычках без организации
Фильм «Министерство дождя» показали в Каннах.
Учения «Степной орёл» начались в мае.
"""

# Texts of the tables that are read wrongly so far, one a line: the test of each must fail until its line is deleted.
KNOWN_MISSES = """
Протокол составили [министерства иностранных дел Узбекистана|ministry|министерство иностранных дел Узбекистана] и [Литвы|ministry|министерство иностранных дел Литвы].
[Карагандинский институт транспорта|university] принял студентов.
Правила составила [Межправительственная комиссия по торговле и инвестициям|other].
Фильм «Министерство дождя» показали в Каннах.
"""


def found_in(row: Row) -> list[str]:
    """The organisations that the extractor finds: «words | kind | name», in the order of the text."""
    claims = claims_of(unmarked(row.text)[0])
    kinds = {claim.ref: claim.kind for claim in claims.organizations}
    return [f"{m.text} | {kinds[m.ref]} | {m.name}" for m in claims.mentions if m.kind == "organization" and m.ref]


def expected_in(row: Row) -> list[str]:
    plain, marks = unmarked(row.text)
    return [f"{mark.span.of(plain)} | {mark.fields[0]} | {(*mark.fields, mark.span.of(plain))[1]}" for mark in marks]


def agrees(row: Row, found: list[str]) -> bool:
    """Whether the marks are what was found; a capital that only opens the sentence makes no difference."""
    return [one.lower() for one in expected_in(row)] == [one.lower() for one in found]


@pytest.mark.parametrize("row", cases(NAMED, KNOWN_MISSES))
def test_an_organisation(row: Row) -> None:
    assert_read(row)


@pytest.mark.parametrize("row", cases(NOT_NAMED, KNOWN_MISSES))
def test_no_organisation(row: Row) -> None:
    assert expected_in(row) == []
    assert_read(row)


def test_an_abbreviation_in_brackets_is_another_name() -> None:
    (claim,) = claims_of("Страну приняла Организация чёрной металлургии Чада (ОЧМЧ).").organizations
    assert "ОЧМЧ" in claim.aliases


def test_one_organisation_has_one_claim_however_often_it_is_named() -> None:
    text = "Министерство транспорта Латвии молчит. О планах Министерства транспорта Латвии не известно."
    (claim,) = claims_of(text).organizations
    assert (claim.state, len(claim.receipts)) == ("LV", 2)


def test_every_known_miss_is_a_row() -> None:
    assert set(KNOWN_MISSES.strip().splitlines()) <= {row.text for row in read_rows(NAMED + NOT_NAMED)}


def assert_read(row: Row) -> None:
    found = found_in(row)
    assert agrees(row, found), "\n".join(["", row.text, *(f"= {line}" for line in found)])
