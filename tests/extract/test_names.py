"""Names: the table of declined people, then what tables of forms cannot show."""

from __future__ import annotations

from pathlib import Path

import pytest

from diplograph.extract.declension import readings
from diplograph.extract.names import compatible, given_name_first, initials, nominative, surname
from diplograph.lexicon import words

CASES = ("gen", "dat", "acc", "ins")


def people() -> list[tuple[str, str, list[str]]]:
    lines = (Path(__file__).parent / "names_table.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(gender, name, forms) for gender, name, *forms in rows]


PEOPLE = people()
FORMS = [(case, form, name) for _, name, forms in PEOPLE for case, form in zip(CASES, forms, strict=True)]


def test_the_table_is_large() -> None:
    assert len(FORMS) + len(PEOPLE) >= 600
    assert sum(form.startswith("?") for _, form, _ in FORMS) < 0.06 * len(FORMS)


@pytest.mark.parametrize(("case", "form", "name"), [row for row in FORMS if row[1][0] not in "?!"])
def test_a_form_in_its_case(case, form, name) -> None:
    found = nominative(form.split(), case=case)
    assert (found.nominative, found.sure) == (name, True)


@pytest.mark.parametrize(("case", "form", "name"), [row for row in FORMS if row[1].startswith("?")])
def test_a_form_of_two_nominatives_is_not_sure(case, form, name) -> None:
    found = nominative(form.lstrip("?!").split(), case=case)
    assert not found.sure
    assert name in (found.nominative, *found.alternatives)


@pytest.mark.xfail(reason="a form that the rules read wrongly", strict=True)
@pytest.mark.parametrize(("case", "form", "name"), [row for row in FORMS if row[1].startswith("!")])
def test_a_form_known_to_be_read_wrongly(case, form, name) -> None:
    found = nominative(form.lstrip("?!").split(), case=case)
    assert name in (found.nominative, *found.alternatives)


@pytest.mark.parametrize(("gender", "name"), [(gender, name) for gender, name, _ in PEOPLE])
def test_a_nominative_stays(gender, name) -> None:
    assert nominative(name.split(), case="nom").nominative == name
    assert nominative(name.split()).nominative == name
    assert nominative(name.split(), gender=gender).nominative == name


@pytest.mark.parametrize(("case", "form", "name"), [row for row in FORMS if row[0] == "ins"])
def test_an_instrumental_needs_no_hint(case, form, name) -> None:
    found = nominative(form.lstrip("?!").split())
    assert found.nominative == name or not found.sure


@pytest.mark.parametrize(("gender", "name", "forms"), PEOPLE)
def test_the_wrong_gender_is_never_claimed(gender, name, forms) -> None:
    for case, form in zip(CASES, forms, strict=True):
        if form.startswith("!"):
            continue
        found = nominative(form.lstrip("?").split(), case=case)
        assert found.gender in (gender, None) or not found.sure or found.nominative == name


@pytest.mark.parametrize("row", words("ru", "declension")["endings"], ids=lambda row: row[-1])
def test_every_row_of_the_declension_reads_its_example(row) -> None:
    form, name = row[-1].split()
    assert form.endswith(row[0])
    for case in row[3].split():
        assert name in {reading.nominative for reading in readings(form) if reading.case == case}, case


@pytest.mark.parametrize(
    ("form", "case", "name"),
    [
        # no ending to take away
        ("Шалданбай", None, "Шалданбай"),
        ("Том", "ins", "Том"),
        ("Ким", "ins", "Ким"),
        ("Smith", "ins", "Smith"),
        ("Дурново", "gen", "Дурново"),
        ("Диего Монтойя", "ins", "Диего Монтойя"),  # left alone beside a Spanish name
        ("Мадлен Олбрук", "ins", "Мадлен Олбрук"),
        ("Кевином Салас-Самора", "ins", "Кевин Салас-Самора"),
        # compounds, each half for itself
        ("Касым-Жомарта", "gen", "Касым-Жомарт"),
        ("Клаусом-Петером", "ins", "Клаус-Петер"),
        ("Асанте-Боатенгом", "ins", "Асанте-Боатенг"),
        ("Дауди-ханом", "ins", "Дауди-хан"),
        ("Гореловым-младшим", "ins", "Горелов-младший"),
        # case of letters, initials, apostrophes
        ("ЛАВРОВЫМ", "ins", "ЛАВРОВ"),
        ("Дж. Байденом", "ins", "Дж. Байден"),
        ("К.К. Асановым", "ins", "К.К. Асанов"),
        ("Жаном д’Орвилем", "ins", "Жан д’Орвиль"),
        # one word, the case decides
        ("Лаврова", "gen", "Лавров"),
        ("Лаврову", "dat", "Лавров"),
        ("Лаврову", "acc", "Лаврова"),
        ("Лавровой", "ins", "Лаврова"),
        ("Лаврове", "loc", "Лавров"),
        ("Горской", "loc", "Горская"),
        ("Дворцовым", "ins", "Дворцов"),
        # East Asian: the last word carries the ending, the order stays
        ("Си Цзиньпином", "ins", "Си Цзиньпин"),
        ("Ким Чен Ыном", "ins", "Ким Чен Ын"),
        ("Ли Чжэ-мёном", "ins", "Ли Чжэ-мён"),
        # surname first as written
        ("Ивановым Петром Сергеевичем", "ins", "Петр Сергеевич Иванов"),
        ("Рахматзодой Махмадсаидом", "ins", "Махмадсаид Рахматзода"),
        ("Мамедовым Ильхамом Гейдар оглы", "ins", "Ильхам Гейдар оглы Мамедов"),
        # agreement without any hint
        ("Касым-Жомарта Токаева", None, "Касым-Жомарт Токаев"),
        ("Гурбангулы Бердымухамедова", None, "Гурбангулы Бердымухамедов"),
        ("Владимира Путина", None, "Владимир Путин"),
        ("Гульшары Тулеевой", None, "Гульшара Тулеева"),
        # the sentence was misread: the words speak louder
        ("Хуаном Карлосом Рохасом", "gen", "Хуан Карлос Рохас"),
    ],
)
def test_one_form(form, case, name) -> None:
    found = nominative(form.split(), case=case)
    assert (found.nominative, found.sure) == (name, True)


@pytest.mark.parametrize(
    ("form", "case", "other"),
    [
        ("Токаева", None, "Токаев"),  # she, or of him
        ("Александра Иванова", None, "Александр Иванов"),
        ("Грюнебаха", None, "Грюнебах"),
        ("Язбердыеву", None, "Язбердыев"),
        ("Луису Эррере", "dat", "Луис Эррера"),
    ],
)
def test_doubt_keeps_the_words_in_doubt(form, case, other) -> None:
    found = nominative(form.split(), case=case)
    assert not found.sure
    assert found.nominative.split()[-1] == form.split()[-1]
    assert other in found.alternatives
    assert form.split()[-1] in found.reason


def test_hints_settle_a_doubt() -> None:
    assert nominative(["Александра", "Иванова"], gender="m").nominative == "Александр Иванов"
    assert nominative(["Александра", "Иванова"], gender="f").nominative == "Александра Иванова"
    tags = [("gen", "m"), ("gen", "m")]
    assert nominative(["Марлена", "Жумабаева"], tagged=tags).nominative == "Марлен Жумабаев"


def test_bad_arguments() -> None:
    with pytest.raises(ValueError, match="without words"):
        nominative([])
    with pytest.raises(ValueError, match="2 words, but 1"):
        nominative(["Иван", "Иванов"], tagged=[("nom", "m")])


@pytest.mark.parametrize(
    ("written", "ordered"),
    [
        ("Иванов Петр Сергеевич", "Петр Сергеевич Иванов"),
        ("Рахматзода Махмадсаид", "Махмадсаид Рахматзода"),
        ("Лобжанидзе Зураб", "Зураб Лобжанидзе"),
        ("Сарсенова Айгуль", "Айгуль Сарсенова"),
        ("Токаев К.К.", "К.К. Токаев"),
        ("Токаев К. К.", "К. К. Токаев"),
        ("Мамедов Ильхам Гейдар оглы", "Ильхам Гейдар оглы Мамедов"),
        # as written
        ("Петр Сергеевич Иванов", "Петр Сергеевич Иванов"),
        ("Иван Сергеевич Войнович", "Иван Сергеевич Войнович"),
        ("Горан Петрович", "Горан Петрович"),
        ("Шерзод Норкулов", "Шерзод Норкулов"),
        ("Ерлан Омарулы", "Ерлан Омарулы"),
        ("Гао Шивэнь", "Гао Шивэнь"),
        ("Хван Ён Сук", "Хван Ён Сук"),
        ("Нгуен Ван Тханг", "Нгуен Ван Тханг"),
        ("Кадзухиро Уэмура", "Кадзухиро Уэмура"),
        ("Яков Мартин", "Яков Мартин"),
        ("Шахзода Норкулова", "Шахзода Норкулова"),
        ("Токаев", "Токаев"),
    ],
)
def test_given_name_first(written, ordered) -> None:
    assert " ".join(given_name_first(written.split())) == ordered


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Токаев", "Касым-Жомарт Токаев"),
        ("А. Гинтила", "Аудрюс Гинтила"),
        ("К.К. Токаев", "Касым-Жомарт Кемелевич Токаев"),
        ("Токаев К. К.", "Касым-Жомарт Токаев"),
        ("Петр Иванов", "Пётр Сергеевич Иванов"),
        ("Иванов Петр Сергеевич", "Петр Иванов"),
        ("Сомова", "Вера Сомова-Рощина"),
        ("Вера Рощина", "Вера Сомова-Рощина"),
        ("Гао", "Гао Шивэнь"),
        ("аль-Хатиб", "Насер аль-Хатиб"),
        ("Хатиб", "Насер аль-Хатиб"),
        ("Хейден", "Ян ван дер Хейден"),
        ("Мендес", "Хуан Антонио Мендес Кордеро"),
        ("ЛАВРОВ", "Сергей Лавров"),
    ],
)
def test_compatible(a, b) -> None:
    assert compatible(a, b)
    assert compatible(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Сомов", "Сомова"),
        ("Азиз Норкулов", "Шерзод Норкулов"),
        ("Р. Норкулов", "Шерзод Норкулов"),
        ("Петр Сергеевич Иванов", "Петр Ильич Иванов"),
        ("Ерлан", "Ерлан Жумагалиев"),
        ("Ли Мин У", "Ли Сан Хи"),
        ("Гао Шивэнь", "Гао Липин"),
        ("Шивэнь", "Гао Шивэнь"),
        ("Токаев", "Назарбаев"),
        ("Насер аль-Хатиб", "Насер аль-Кувари"),
    ],
)
def test_not_compatible(a, b) -> None:
    assert not compatible(a, b)
    assert not compatible(b, a)


@pytest.mark.parametrize(
    ("name", "family", "short"),
    [
        ("Касым-Жомарт Кемелевич Токаев", "Токаев", "К.-Ж. К. Токаев"),
        ("Насер аль-Хатиб", "аль-Хатиб", "Н. аль-Хатиб"),
        ("Оливье де Ла Вильнёв", "де Ла Вильнёв", "О. де Ла Вильнёв"),
        ("Гао Шивэнь", "Гао", "Гао Шивэнь"),
        ("Ли Чжэ-мён", "Ли", "Ли Чжэ-мён"),
        ("Талант Асан уулу", "Асан уулу", "Т. Асан уулу"),
        ("Ильхам Гейдар оглы Мамедов", "Мамедов", "И. Г. Мамедов"),
        ("К. К. Токаев", "Токаев", "К. К. Токаев"),
        ("Токаев", "Токаев", "Токаев"),
    ],
)
def test_surname_and_initials(name, family, short) -> None:
    assert surname(name) == family
    assert initials(name) == short


def test_no_given_name_is_listed_in_particles_or_twice() -> None:
    names = words("ru", "names")
    for gender in ("m", "f"):
        assert all(name[0].isupper() for name in names["given"][gender])
    assert all(word.islower() for word in names["particles"]["words"])
    assert set(names["particles"]["lower_only"]) <= set(names["particles"]["words"])
