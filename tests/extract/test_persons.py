"""Persons, marked in the text: [the words|name in the nominative], also where a surname, a post or a pronoun stands
for somebody named elsewhere. Outside the marks nobody is meant. The persons are invented.
"""

from __future__ import annotations

import pytest
from marked import Row, cases, claims_of, read_rows, unmarked

NAMES = """
# имя в косвенном падеже
Посол встретился с министром [Марисом Калнозолсом|Марис Калнозолс].
Письмо министру [Илзе Вилцане|Илзе Вилцане] потерялось.
Президент принял посла [Хироси Накадзиму|Хироси Накадзима].
Речь министра [Эльшада Гаджибейли|Эльшад Гаджибейли] напечатали.
Спор выиграл министр [Драган Вукобратич|Драган Вукобратич].
Посла [Зденека Воловца|Зденек Воловец] ждут в Праге.
С министром [Виорикой Мунтяну|Виорика Мунтяну] согласны не все.
Депутату [Айдару Жолбарысову|Айдар Жолбарысов] задали вопрос.
# частицы и составные имена
Эмир [Хамад ад-Досари|Хамад ад-Досари] выбрал коня.
Премьера [Виллема ван ден Ростенбурга|Виллем ван ден Ростенбург] спросили о налогах.
Депутат [Толобек Асан уулу|Толобек Асан уулу] промолчал.
Министр [Нгуен Ван Тхань|Нгуен Ван Тхань] промолчал.
Посол [Чо Мин Хёк|Чо Мин Хёк] промолчал.
Президент [Жан-Батист Обамбе|Жан-Батист Обамбе] промолчал.
Министр [Анна-Мария Линдгаард|Анна-Мария Линдгаард] промолчала.
# фамилия в косвенном падеже похожа на другую
Посла [Марты Токаевой|Марта Токаева] ждут в Софии.
Спор с министром [Ильёй Седых|Илья Седых] окончен.
Доклад министра [Владимира Белого|Владимир Белый] напечатали.
Министру [Мирославу Шевчуку|Мирослав Шевчук] вручили ключ.
Премьера [Арманда Рицци|Арманд Рицци] спросили о налогах.
Совет дал посол [Луиджи Белла|Луиджи Белла].
О министре [Пекке Лауриле|Пекка Лаурила] пишут мало.
Посла [Клер Вобертен|Клер Вобертен] ждут в Софии.
Гостем министра [Питера О’Доннела|Питер О’Доннел] стал поэт.
Консула [Гульмиры Абдильдаевой|Гульмира Абдильдаева] ждут в Софии.
# двойная фамилия
Президента [Марию Кортес-Линарес|Мария Кортес-Линарес] ждут в Софии.
Спорят с министром [Анной Сухово-Рогачёвой|Анна Сухово-Рогачёва].
# звание между постом и именем
Министр обороны генерал-майор [Асиф Бугтивал|Асиф Бугтивал] промолчал.
Эмир Катара шейх [Хамад ад-Досари|Хамад ад-Досари] промолчал.
# отчество, фамилия впереди
Министр [Ольга Сергеевна Стрешнева|Ольга Сергеевна Стрешнева] промолчала.
"""

ONE_PERSON = """
# потом одна фамилия
Посол [Рамеш Кулвантани|Рамеш Кулвантани] ушёл. [Кулвантани|Рамеш Кулвантани] устал.
Министр [Матьяж Кошир|Матьяж Кошир] ушёл. О планах [Кошира|Матьяж Кошир] молчат.
Посол [Катрин Вандермер|Катрин Вандермер] ушла. [К. Вандермер|Катрин Вандермер] устала.
Министр [Хамад ад-Досари|Хамад ад-Досари] ушёл. [Ад-Досари|Хамад ад-Досари] устал.
Премьер [Виллем ван ден Ростенбург|Виллем ван ден Ростенбург] ушёл. Налоги отменил [ван ден Ростенбург|Виллем ван ден Ростенбург].
Посол [Чо Мин Хёк|Чо Мин Хёк] ушёл. [Чо|Чо Мин Хёк] устал.
# двое однофамильцев
Министр [Анна Гирдаускене|Анна Гирдаускене] и посол [Йонас Гирдаускас|Йонас Гирдаускас] ушли.
Посол [Юрий Вельяминов|Юрий Вельяминов] и министр [Ольга Вельяминова|Ольга Вельяминова] ушли.
# сначала инициалы, потом полное имя
Министр [М. Калнозолс|Марис Калнозолс] ушёл. [Марис Калнозолс|Марис Калнозолс] устал.
"""

NOBODY = """
# слова, похожие на имена
Мост имени Победы закрыли.
Самолёт сел в аэропорту Шарль-де-Голль.
В Акорде обсудили бюджет.
Болашак даёт стипендии.
Манас - великий эпос.
Провинция Западный Кейп продаёт вино.
Буря «Мария» ушла в море.
Цены выросли.
"""

# Texts of the tables that are read wrongly so far, one a line: the test of each must fail until its line is deleted.
KNOWN_MISSES = """
О министре [Пекке Лауриле|Пекка Лаурила] пишут мало.
"""


def found_in(row: Row) -> list[str]:
    """The persons that the extractor finds: «words = name», without the post before the name, in text order."""
    plain, marks = unmarked(row.text)
    claims = claims_of(plain)
    found = []
    for mention in claims.mentions:
        if mention.kind != "person":
            continue
        inside = [
            mark.span.of(plain)
            for mark in marks
            if mention.span.contains(mark.span) and mark.span.end == mention.span.end
        ]
        found.append(f"{inside[0] if inside else mention.text} = {mention.name}")
    return found


def expected_in(row: Row) -> list[str]:
    plain, marks = unmarked(row.text)
    return [f"{mark.span.of(plain)} = {mark.fields[0]}" for mark in marks]


def agrees(row: Row, found: list[str]) -> bool:
    return expected_in(row) == found


@pytest.mark.parametrize("row", cases(NAMES, KNOWN_MISSES))
def test_a_name(row: Row) -> None:
    assert_read(row)


@pytest.mark.parametrize("row", cases(ONE_PERSON, KNOWN_MISSES))
def test_who_is_meant(row: Row) -> None:
    assert_read(row)


@pytest.mark.parametrize("row", cases(NOBODY, KNOWN_MISSES))
def test_nobody(row: Row) -> None:
    assert expected_in(row) == []
    assert_read(row)


def test_the_fullest_name_is_the_name_and_the_others_are_aliases() -> None:
    text = "Посол Рамеш Кулвантани ушёл. Кулвантани устал. О планах Кулвантани молчат."
    (claim,) = claims_of(text).officials
    assert (claim.name, claim.aliases) == ("Рамеш Кулвантани", ("Кулвантани",))


def test_a_receipt_of_a_person_quotes_the_name_as_written() -> None:
    text = "Посла Зденека Воловца ждут в Праге."
    (claim,) = claims_of(text).officials
    (receipt,) = claim.receipts
    assert (receipt.quote, receipt.span.of(text)) == ("Зденека Воловца", "Зденека Воловца")


def test_every_known_miss_is_a_row() -> None:
    assert set(KNOWN_MISSES.strip().splitlines()) <= {row.text for row in read_rows(NAMES + ONE_PERSON + NOBODY)}


def assert_read(row: Row) -> None:
    found = found_in(row)
    assert agrees(row, found), "\n".join(["", row.text, *found])
