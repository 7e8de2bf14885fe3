"""Topics of sentences: what stands before the bar is said, what stands after it is what they spoke about."""

from __future__ import annotations

import pytest

from diplograph.extract.topics import _LONGEST_STEM, TOPICS, TopicMention, find_topics, topics
from diplograph.lexicon import words
from diplograph.model import Span

SPOKE = """
Обсудили состояние двусторонних отношений | bilateral-relations
Рассмотрели двустороннюю повестку на год вперёд | bilateral-relations
Министры довольны политическим диалогом | bilateral-relations
Раунд межмидовских консультаций прошёл в Осло | bilateral-relations
Гость нанёс визит вежливости премьеру | bilateral-relations
Стратегическое партнёрство стран окрепло | bilateral-relations
Говорили о ситуации в Йемене | regional-affairs
Беспокоит обстановка вокруг Карабаха | regional-affairs
Речь шла о дальнейшем развитии сотрудничества | bilateral-relations
Стороны за развитие сотрудничества в сфере образования | education
Рассмотрен широкий спектр вопросов взаимодействия | bilateral-relations
Гости говорили об углублении партнёрства по линии вузов | education
Наметили график контактов на высшем уровне | bilateral-relations
Палестино-израильские переговоры снова отложены | regional-affairs
Ответ ждут от ХАМАС | regional-affairs
Собеседники вспомнили нагорнокарабахскую войну | regional-affairs
Пограничные отряды поймали похитителей скота | security agriculture
Инспекции МАГАТЭ продолжатся | disarmament
Сапёры поделятся опытом | defence
Вывоз леса ограничат | trade
Просят о запуске чартеров | transport tourism
Обмен делегациями комитетов парламентов | parliamentary
Поедут отдыхать в пансионаты | tourism
Отправка рабочих в Корею | migration labour
Обмен мнениями о цензуре | human-rights
Обменялись мнениями о положении дел на Ближнем Востоке | regional-affairs
Посредник ищет урегулирование в Приднестровье | regional-affairs
Спецпосланник по Ливии доложил о поездке | regional-affairs
Речь шла о региональной безопасности | regional-affairs
Стороны согласились на прекращение огня | security defence
Соседи завершили делимитацию границы | security
Эксперты сверили данные о наркотрафике | security
Договорились об отводе войск от реки | security water
Поднят вопрос кибербезопасности | security digital
Страны верны нераспространению | disarmament
Говорили о запрете ядерных испытаний | disarmament
Призвали уничтожить химическое оружие | disarmament
Осудили терроризм во всех видах | counter-terrorism
Беседовали о вербовке в ряды экстремистов | counter-terrorism
Министры обороны утвердили план учений | defence
Подписан план военно-технического сотрудничества | defence
Товарооборот вырос на треть | trade
Палата просит снизить пошлины | trade
Подсчитали экспорт и импорт за полгода | trade
Обсудили торгово-экономические связи | trade
Деловой совет соберётся осенью | trade
Контракт на поставку кабеля подписан | trade
Инвесторы ждут гарантий | investment
Совместное предприятие откроют в порту Актау | investment
Специальная экономическая зона ждёт резидентов | investment
Банк обещал кредитную линию | finance
Фонд выделит транш и грант | finance
Соглашение об избежании двойного налогообложения готово | finance
Рассчитываться хотят в национальных валютах | finance
Контейнерные поезда пойдут чаще | transport
Откроют прямые авиарейсы | transport
Порты Каспия примут паромы | transport
Согласован тариф на железнодорожные перевозки | transport
Транзит через перевал подешевеет | transport
Стройка ЛЭП начнётся весной | energy
Покупатель просит больше нефти и газа | energy
Солнечные панели питают насосы | energy
Соглашение о мирном атоме парафировано | energy
Обсудили водоснабжение сёл | water
Опреснительный завод просит денег | water
Бассейн трансграничных рек мелеет | water
Ледники тают | water environment
Поговорили о климате и выбросах | environment
Леса высадят на дне моря | environment
Отходы перерабатывают втрое чаще | environment
Саранча грозит полям | agriculture
Закупят тракторы и комбайны | agriculture
Экспорт говядины разрешён | trade agriculture
Мёд и рис нравятся соседям | agriculture
Стипендии для студентов из Ганы | education
Откроют филиал университета | education
Учителя пройдут стажировку | education
Признание дипломов отложено | education
Учёные обменялись планами | science
Научно-исследовательские суда выйдут вместе | science
Лаборатории двух академий сблизились | science
Цифровизация услуг идёт быстро | digital
Говорили об искусственном интеллекте | digital
Дата-центр строят в степи | digital
Театры обменяются гастролями | culture
Дни культуры пройдут в мае | culture
Музей примет выставку рукописей | culture
Города подписали соглашение о побратимстве | culture
Центр корейского языка открыт | education culture
Сборная по хоккею сыграет в Риге | sport
Говорили о футболе и шахматах | sport
Игры кочевников ждут гостей | sport
Туристы полюбили озеро | tourism
Гостиницы и курорты набиты | tourism
Вакцины доставят самолётом | health
Врачи обменяются опытом лечения | health
Больницы получат томографы | health
Гуманитарная помощь в пути | humanitarian
Спасатели разбирают завалы | humanitarian
Возврат беженцев обсудили трижды | humanitarian migration
Реадмиссия мигрантов отложена | migration
Сезонные рабочие получат договоры | migration labour
Консульские вопросы решены | consular
Визовый режим смягчён | consular
Отмена виз близка | consular
Паспорта нового образца признаны | consular
Министерства юстиции обменялись законами | law
Прокуроры говорили о выдаче преступников | law
Борьба с коррупцией продолжается | law
Посол рассказал о новой Конституции | constitutional-reform
Референдум назначен на март | constitutional-reform
Наблюдатели едут на выборы | elections
Избирательный кодекс изменён | elections
Права человека в повестке | human-rights
Омбудсмены встретились | human-rights
Права женщин защищены | human-rights gender
Гендерное равенство в цифрах | gender
Межпарламентские связи крепнут | parliamentary
Спикеры созвонились | parliamentary
Группа дружбы воссоздана | parliamentary
Сверили позиции на международных площадках | multilateral
Просят поддержать кандидатуру страны | multilateral
Многостороннее сотрудничество растёт | multilateral
Взаимодействие с ЕС углубят | multilateral
Спутники выведут на орбиту | space
Космонавты слетают вместе | space
Телеканалы обменяются фильмами | culture media
Свобода печати под вопросом | media
Рабочие места создадут за год | labour
Профсоюзы встретились | labour
Министры сравнили цены на томаты и арбузы | agriculture
Пострадал посёлок под сходом селя | environment
Снимки со спутников показали пожар | humanitarian space
Просили ускорить выплату долга банку | finance
Закупки лекарств начнутся весной | health
Говорили об усыновлении | consular law
Электронная маркировка окупилась | digital
Пробег через перевал отменён | transport sport
Мечеть и медресе обновят | culture
Путёвки раскупили за день | tourism
Полиция двух стран обменяется дежурными | security
Шахтёрам поднимут зарплату | energy labour
Кандидат на пост генсека заручился поддержкой | multilateral
Пенсионное соглашение подписано | labour
Привезут сливы, черешню и фасоль | agriculture
Запретили лов кильки и вылов осьминога | agriculture
Просят сметану, колбасу и шоколад | agriculture
Сеялки и опрыскиватели в пути | agriculture
Борьба с малярией и эболой продолжится | health
Анестезиологи привезли шприцы и бинты | health
Новорождённых наблюдает невролог | health
Электровозы стоят в депо | transport
Взаимосвязанность региона растёт | transport
Пилоты и штурманы нужны всем | transport
Купят дрова и брикеты | energy
Маршрут газопровода согласован | energy
Роль Южного газового коридора велика | energy
Договорились о поставках казахстанской нефти | energy
Обсудили поставки пассажирских паромов | transport
Обещана поставка вакцин | health
Обсудили поставки меди | trade
Кража и ограбление раскрыты | security
Объявлен розыск похитителей | security
Сверили подходы к миротворчеству | security
Разминирование складов закончено | humanitarian
Гуманитарное разминирование закончено | humanitarian
Инспекторы МАГАТЭ вернутся | disarmament
Террористическая угроза велика | counter-terrorism
Суды рассмотрят апелляцию | law
Беседовали о законодательном обеспечении | law
Реформа судов идёт | law
Вопросы трудовой миграции решены | migration labour
Забастовка длится вторую неделю | labour
Составлен перечень профессий | labour
Беженцам дадут временную регистрацию | humanitarian migration
Кинофестиваль и цирк вернутся | culture
Часовню и ризницу обновили | culture
Нашли петроглифы и курганы | culture
Балерины едут на гастроли | culture
Подготовка пилотов начнётся осенью | education
Откроют воскресную школу | education
Построят сети пятого поколения | digital
Акселератор и технопарк открыты | digital
Полярники изучат вечную мерзлоту | science
Обсудили условия ведения бизнеса | investment
Говорили о строительстве фабрики | investment
Ипотека и овердрафт подорожали | finance
Фонд развития создан | finance
Договорились вернуть послов | bilateral-relations
Открыта новая страница | bilateral-relations
Рассмотрен суданский кризис | regional-affairs
Форум женщин-дипломатов пройдёт весной | gender
Дзюдо и самбо любят все | sport
Туристический маршрут проложен | tourism
Дельфины и киты ушли | environment
Реки и родники мелеют | water
Марсоход и астероид | space
Кабинки для голосования готовы | elections
Телемост и подкаст | media
Минеральная вода дорожает | trade
Активизация контактов между парламентами | parliamentary
"""

SAID_NOTHING = """
Посол встретился с министром.
Стороны договорились продолжать контакты.
Обсуждены перспективы развития проектов.
Стороны заинтересованы в дальнейшем сотрудничестве.
Хозяин показал гостю парадный зал.
Министр поблагодарил за тёплый приём.
Посол Йемена поздравил коллегу с праздником.
Долго говорили они вдвоём.
Поэтому решено увидеться снова.
Судьба договора неясна.
Товарищи расстались поздно.
Это искусственная задержка.
Он займётся этим завтра.
Дорожная карта утверждена.
Круглый стол завершён.
За круглым столом сидели десять послов.
Мост дружбы между соседями крепок.
Торговый представитель промолчал.
Торгово-промышленная палата промолчала.
Гостя встретили в аэропорту.
Выпили по чашке чая.
На выставке было людно.
Спутница жизни посла улыбалась.
Совет безопасности промолчал.
Модерировал дискуссию Ли Мин.
Тираж и тряска.
Рейтинг правительства упал.
Коллеги обнялись и разошлись.
Глава ведомства назвал беседу полезной.
Гости осмотрели город.
Визит продлится три дня.
Церемония прошла во дворце.
Выступая, он волновался.
Лицевая сторона медали.
Беседа прошла в коридоре.
Хлеб-соль поднесли на пороге.
Выпили кофе в отеле.
Вышли к столу, стали спорить.
Дали зелёный свет проекту.
Председательствовал замминистра.
Порталы, портреты и портфели.
Газеты молчат.
Мера ответственности ясна.
Мостовая вымощена.
Рисунок и рискованный шаг.
Узы и увязки.
Кабинет разделён на части.
Он остановился в своём отеле.
В холле отеля ждали гости.
По дороге в аэропорт он молчал.
Сидели на берегу Иссык-Куля.
Гостя позвали в библиотеку и в музей.
Он ждал в палатке.
Посол посетил портовый город.
Совет Безопасности ООН промолчал.
Сахаро-Сахельский регион велик.
Кодекс поведения не готов.
По итогам голосования он первый.
Станет ясно после выборов.
Посол слёг с гриппом.
Маршрут поездки изменён.
Молодёжная столица выбрана.
Возложили цветы.
Йеменский коллега промолчал.
Университет «Манас» велик.
Институт стратегических исследований промолчал.
Всемирный экономический форум завершён.
Поймали взгляд.
Заставили ждать.
"""


def rows(table: str) -> list[str]:
    return table.strip("\n").splitlines()


@pytest.mark.parametrize("row", rows(SPOKE))
def test_topics_of_a_sentence(row: str) -> None:
    sentence, _, expected = row.partition(" | ")
    assert topics([sentence]) == tuple(expected.split())


@pytest.mark.parametrize("sentence", rows(SAID_NOTHING))
def test_no_topic(sentence: str) -> None:
    assert find_topics(sentence) == ()


def test_mentions_stand_in_the_order_of_the_text() -> None:
    text = "Сначала визы, потом ледники, потом снова визы."
    assert find_topics(text) == (
        TopicMention(Span(8, 12), "consular"),
        TopicMention(Span(20, 27), "water"),
        TopicMention(Span(20, 27), "environment"),
        TopicMention(Span(41, 45), "consular"),
    )


def test_topics_are_distinct_and_in_the_order_of_the_list() -> None:
    assert topics(["Космос и визы.", "Торговля и визы."]) == ("trade", "consular", "space")
    assert topics([]) == ()


def test_the_longest_phrase_is_read() -> None:
    assert [mention.span.of("центр корейского языка") for mention in find_topics("центр корейского языка")] == [
        "центр корейского языка",
        "центр корейского языка",
    ]


@pytest.mark.parametrize("text", ["зелёный, рост", "Зелёный. Рост", "зелёный\nрост", "зелёный - рост"])
def test_a_phrase_does_not_cross_a_mark(text: str) -> None:
    assert topics(["Зелёный рост"]) == ("environment",)
    assert find_topics(text) == ()


@pytest.mark.parametrize("text", ["«Мирный» атом", "мирный  атом", "МИРНЫЙ АТОМ"])
def test_a_phrase_may_hold_quotation_marks_and_blanks(text: str) -> None:
    assert topics([text]) == ("energy",)


def test_e_with_dots_is_e() -> None:
    assert topics(["Учёные"]) == topics(["Ученые"]) == ("science",)


def test_table_of_words() -> None:
    table = words("ru", "topics")
    assert set(table) == {*TOPICS, "not"}
    for name, entry in table.items():
        phrases = [*entry["words"], *entry.get("general", [])]
        assert len(phrases) == len(set(phrases)), name
        for phrase in phrases:
            assert phrase == phrase.lower().replace("ё", "е").strip(), phrase
            assert phrase[0] != "*", phrase
            assert all(len(word) <= _LONGEST_STEM for word in phrase.split() if word.endswith("*")), phrase


def test_every_phrase_is_found_where_it_stands_alone() -> None:
    table = words("ru", "topics")
    lost = [
        (topic, phrase)
        for topic in TOPICS
        for phrase in [*table[topic]["words"], *table[topic].get("general", [])]
        if topic not in topics([phrase.replace(" * ", " какой-то ").replace("-*", "-то").replace("*", "")])
    ]
    assert lost == []


def test_what_is_no_sign_is_none_where_it_stands_alone() -> None:
    said = [phrase.replace(" *", " какой-то").replace("*", "") for phrase in words("ru", "topics")["not"]["words"]]
    assert [phrase for phrase in said if topics([phrase])] == []


def test_a_purchase_of_what_has_its_own_field_is_no_trade() -> None:
    table = words("ru", "topics")["trade"]
    assert topics(["поставки мебели"]) == ("trade",)
    assert [stem for stem in table["narrowed"] if "trade" in topics([f"поставки новых {stem.rstrip('*')}"])] == []


@pytest.mark.parametrize("text", ["в " * 5_000, "авиа" * 20_000, "рек-" * 20_000, " " * 100_000])
def test_long_nonsense_is_quick(text: str) -> None:
    assert len(find_topics(text)) <= 1
