"""A corpus of any size to measure with: composed Russian bulletins about invented persons, one JSON line each.

    python benchmarks/corpus.py 20000 > corpus.jsonl
    python benchmarks/corpus.py 100 --seed 2 > more.jsonl

States, capitals and ministries are real, every person is put together from syllables: a made-up meeting of a real
person would be a false statement. The same number and seed give the same bytes. People grow with the square root of
the articles, and a few of them fill most of the news, as in real news.
"""

from __future__ import annotations

import argparse
import datetime
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass

#: Genitive, prepositional of the capital, nominative of the capital.
STATES = (
    ("Казахстана", "Астане", "Астана"), ("Венгрии", "Будапеште", "Будапешт"), ("Латвии", "Риге", "Рига"),
    ("Чехии", "Праге", "Прага"), ("Турции", "Анкаре", "Анкара"), ("Узбекистана", "Ташкенте", "Ташкент"),
    ("Австрии", "Вене", "Вена"), ("Японии", "Токио", "Токио"), ("Германии", "Берлине", "Берлин"),
    ("Франции", "Париже", "Париж"), ("Италии", "Риме", "Рим"), ("Испании", "Мадриде", "Мадрид"),
    ("Польши", "Варшаве", "Варшава"), ("Финляндии", "Хельсинки", "Хельсинки"), ("Швеции", "Стокгольме", "Стокгольм"),
    ("Норвегии", "Осло", "Осло"), ("Румынии", "Бухаресте", "Бухарест"), ("Сербии", "Белграде", "Белград"),
    ("Индии", "Дели", "Дели"), ("Монголии", "Улан-Баторе", "Улан-Батор"), ("Египта", "Каире", "Каир"),
    ("Азербайджана", "Баку", "Баку"), ("Армении", "Ереване", "Ереван"), ("Эстонии", "Таллине", "Таллин"),
)  # fmt: skip
#: Nominative, genitive, instrumental.
POSTS = (
    ("министр иностранных дел", "министра иностранных дел", "министром иностранных дел"),
    ("заместитель министра иностранных дел", "заместителя министра иностранных дел",
     "заместителем министра иностранных дел"),
    ("министр транспорта", "министра транспорта", "министром транспорта"),
    ("министр энергетики", "министра энергетики", "министром энергетики"),
    ("министр культуры", "министра культуры", "министром культуры"),
    ("председатель парламента", "председателя парламента", "председателем парламента"),
    ("премьер-министр", "премьер-министра", "премьер-министром"),
)  # fmt: skip
TOPICS = (
    "двустороннюю торговлю и инвестиции", "сотрудничество в энергетике", "грузовые перевозки через Каспий",
    "безопасность границ и борьбу с терроризмом", "обмен студентами и учеными", "сотрудничество в области культуры",
    "развитие туризма и прямые авиарейсы", "водные ресурсы и охрану окружающей среды",
    "подготовку соглашения о сельском хозяйстве", "цифровизацию государственных услуг",
)  # fmt: skip
FILLERS = (
    "По словам участников, за последний год обмен между странами заметно вырос, а число совместных предприятий "
    "увеличилось на треть.",
    "Отмечалось, что прежние договоренности выполняются в срок и что стороны намерены расширять прямые связи регионов.",
    "В сообщении говорится, что следующий обмен мнениями состоится после согласования проектов документов.",
    "Особое внимание было уделено работе молодых предпринимателей и поддержке малых городов.",
    "Эксперты обеих стран подготовят предложения, которые затем рассмотрят профильные ведомства.",
)
MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
AGENCIES = ("СТЕПНОЙ ВЕСТНИК", "БОСФОРСКИЙ ОБОЗРЕВАТЕЛЬ", "БАЛТИЙСКИЙ ЛИСТОК", "ДУНАЙСКАЯ ХРОНИКА")
GIVEN = (
    *("Тимур", "Борис", "Эмиль", "Вадим", "Денис", "Руслан", "Степан", "Виктор", "Артур", "Роман", "Марат", "Ержан"),
    *("Кирилл", "Максим", "Антон", "Филипп", "Герман", "Лаврентий", "Мирослав", "Святослав"),
)
_FIRST = (
    "Бар",
    "Вел",
    "Гор",
    "Дум",
    "Жар",
    "Зел",
    "Кар",
    "Лом",
    "Мир",
    "Нур",
    "Ост",
    "Пев",
    "Рад",
    "Сам",
    "Тул",
    "Хар",
)
_MIDDLE = ("ба", "ве", "ги", "до", "жи", "ка", "ла", "ми", "но", "ра", "са", "ту", "хо", "ша")
_LAST = ("нов", "ров", "лев", "кин", "сов", "тин", "мов", "рин")


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person in a real post, in the cases that the bulletins need."""

    nominative: str
    genitive: str
    instrumental: str
    state: int
    post: int


def people(count: int, chance: random.Random) -> list[Person]:
    """`count` persons of different names, the first of them the most in the news."""
    surnames = [f"{a}{b}{c}{d}" for a in _FIRST for b in _MIDDLE for c in _MIDDLE for d in _LAST]
    chance.shuffle(surnames)
    found = []
    for number in range(count):
        surname, given = surnames[number % len(surnames)], chance.choice(GIVEN)
        genitive = f"{given[:-1]}я" if given.endswith("й") else f"{given}а"
        instrumental = f"{given[:-1]}ем" if given.endswith("й") else f"{given}ом"
        found.append(
            Person(
                f"{given} {surname}",
                f"{genitive} {surname}а",
                f"{instrumental} {surname}ым",
                chance.randrange(len(STATES)),
                chance.randrange(len(POSTS)),
            )
        )
    return found


def bulletins(count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """`count` articles as `read` takes them; seeds share the persons of one count, and nothing else."""
    persons = people(40 + round(30 * count**0.5), random.Random(0))
    weights = [1 / (place + 5) for place in range(len(persons))]
    chance = random.Random(seed)
    for number in range(count):
        day = datetime.date(2024, 1, 1) + datetime.timedelta(days=chance.randrange(700))
        agency = chance.choice(AGENCIES)
        host, guest, third = chance.choices(persons, weights, k=3)
        text = _bulletin(day, agency, (host, guest, third), chance)
        yield {
            "id": f"b{seed}-{number:06}",
            "url": f"https://example.org/{seed}/{number}",
            "lang": "ru",
            "published": str(day + datetime.timedelta(days=1)),
            "publisher": agency.title(),
            "text": text,
        }


def _bulletin(day: datetime.date, agency: str, actors: tuple[Person, Person, Person], chance: random.Random) -> str:
    host, guest, third = actors
    when = f"{day.day} {MONTHS[day.month - 1]}"
    home, capital, city = STATES[host.state]
    first = (
        f"{city}. {when}. {agency} - {_upper(POSTS[host.post][0])} {home} {host.nominative} встретился с "
        f"{POSTS[guest.post][2]} {STATES[guest.state][0]} {guest.instrumental}."
    )
    parts = [first, f"Стороны обсудили {chance.choice(TOPICS)}.", chance.choice(FILLERS)]
    kind = chance.randrange(4)
    if kind == 0:
        parts.append(
            f"В тот же день в {capital} {host.nominative} провел переговоры с послом {STATES[third.state][0]} в "
            f"{_prepositional(host)} {third.instrumental}."
        )
    elif kind == 1:
        parts.append(
            f"{_upper(POSTS[host.post][0])} {home} принял {POSTS[third.post][1]} {STATES[third.state][0]} "
            f"{third.genitive}. Обсуждалось {chance.choice(('развитие торговли', 'сотрудничество в энергетике'))}."
        )
    elif kind == 2:
        later = day + datetime.timedelta(days=chance.randrange(10, 60))
        parts.append(
            f"Встреча {host.genitive} с {POSTS[third.post][2]} {STATES[third.state][0]} {third.instrumental} "
            f"запланирована на {later.day} {MONTHS[later.month - 1]}."
        )
    parts.append(chance.choice(FILLERS))
    return f"{' '.join(parts[:2])}\n{' '.join(parts[2:])}"


def _prepositional(person: Person) -> str:
    genitive = STATES[person.state][0]
    return f"{genitive[:-1]}е" if genitive.endswith("а") else genitive


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def main() -> None:
    """Write the corpus to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=int)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    for article in bulletins(arguments.articles, arguments.seed):
        print(json.dumps(article, ensure_ascii=False))


if __name__ == "__main__":
    main()
