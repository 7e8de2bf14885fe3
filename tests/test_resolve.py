"""Who is meant, and which claims are one meeting. In the tables the rows where nothing may be merged matter most."""

from __future__ import annotations

import random
import re
from dataclasses import fields, is_dataclass, replace
from itertools import permutations

import pytest
from claim_builders import AMBASSADOR, claims, encounter, official, organization, place, tenure

from diplograph.iris import slug, transliterate
from diplograph.lexicon import words
from diplograph.model import Claims, Findings, OfficialClaim, PartialDate, Receipt, Ref, Span, Unsaid
from diplograph.resolve import RepeatedArticleError, UnknownReferenceError, resolve
from diplograph.resolve.organizations import normal_name, portfolio

# --- officials -----------------------------------------------------------------------------------------


def people(*rows: tuple[str, tuple[str, ...]]) -> list[Claims]:
    """One article a row: a name, then the arguments of its tenure (title, acts_for, post, to)."""
    return [
        claims(
            f"a{number}",
            official(f"a{number}", name, tenure(f"a{number}", title, acts_for, post=post, to=to)),
        )
        for number, (name, (title, acts_for, post, to)) in enumerate(rows)
    ]


KZ_AMBASSADOR = (AMBASSADOR, "KZ", None, None)
KZ_AMBASSADOR_HU = (AMBASSADOR, "KZ", None, "HU")
KZ_AMBASSADOR_JO = (AMBASSADOR, "KZ", None, "JO")
UZ_AMBASSADOR = (AMBASSADOR, "UZ", None, None)
NOBODYS_AMBASSADOR = (AMBASSADOR, None, None, None)
KZ_DEPUTY = ("заместитель министра", "KZ", "deputy-minister", None)
KZ_DEFENCE = ("министр обороны", "KZ", "minister", None)
KZ_LABOUR = ("министр труда", "KZ", "minister", None)
KZ_MINISTER = ("министр", "KZ", "minister", None)

SAME_PERSON = [
    # the same name in the same role
    [("Айбек Женис", KZ_AMBASSADOR), ("Айбек Женис", KZ_AMBASSADOR)],
    # ё and е, case, dashes
    [("Артём Лосев-Орлов", KZ_AMBASSADOR), ("Артем Лосев‑Орлов", KZ_AMBASSADOR)],
    # a whole name of one state: a career, not two people
    [("Айбек Женис", KZ_DEPUTY), ("Айбек Женис", KZ_AMBASSADOR)],
    [("Айбек Женис", KZ_AMBASSADOR_HU), ("Айбек Женис", KZ_AMBASSADOR_JO)],
    # a patronymic more
    [("Айбек Женис", KZ_AMBASSADOR), ("Айбек Маратович Женис", KZ_AMBASSADOR)],
    # initials
    [("А. Женис", KZ_AMBASSADOR), ("Айбек Женис", KZ_AMBASSADOR)],
    [("К.-Ж. Досов", KZ_AMBASSADOR), ("Касым-Жомарт Досов", KZ_AMBASSADOR)],
    # a surname alone, one candidate
    [("Женис", KZ_AMBASSADOR), ("Айбек Женис", KZ_AMBASSADOR_HU)],
    [("аль-Ахдаль", UZ_AMBASSADOR), ("Самир аль-Ахдаль", UZ_AMBASSADOR)],
    [("Женис", KZ_MINISTER), ("Айбек Женис", KZ_DEFENCE)],
    # surnames alone, nobody else of that name
    [("Женис", KZ_AMBASSADOR_HU), ("Женис", KZ_AMBASSADOR)],
    # one organisation
    [
        ("Айбек Женис", ("ректор", "organization:Университет Дала", None, None)),
        ("Айбек Женис", ("ректор", "organization:Университет Дала", None, None)),
    ],
]

TWO_PEOPLE = [
    # the name alone never suffices
    [("Айбек Женис", NOBODYS_AMBASSADOR), ("Айбек Женис", NOBODYS_AMBASSADOR)],
    [("Айбек Женис", KZ_AMBASSADOR), ("Айбек Женис", NOBODYS_AMBASSADOR)],
    # the same name and post of two states
    [("Айбек Женис", KZ_AMBASSADOR), ("Айбек Женис", UZ_AMBASSADOR)],
    # another given name, another patronymic, another initial
    [("Айбек Женис", KZ_AMBASSADOR), ("Асхат Женис", KZ_AMBASSADOR)],
    [("Айбек Маратович Женис", KZ_AMBASSADOR), ("Айбек Ерланович Женис", KZ_AMBASSADOR)],
    [("М. Женис", KZ_AMBASSADOR), ("Айбек Женис", KZ_AMBASSADOR)],
    # a patronymic more and another post: less than the whole name asks for more
    [("Айбек Женис", KZ_DEPUTY), ("Айбек Маратович Женис", KZ_AMBASSADOR)],
    # a surname alone in another post, or in the same one elsewhere
    [("Женис", KZ_DEPUTY), ("Айбек Женис", KZ_AMBASSADOR)],
    [("Женис", KZ_AMBASSADOR_HU), ("Айбек Женис", KZ_AMBASSADOR_JO)],
    [("Женис", KZ_DEFENCE), ("Женис", KZ_LABOUR)],
    # the given name alone is no surname
    [("Айбек", KZ_AMBASSADOR), ("Айбек Женис", KZ_AMBASSADOR)],
    # nor is the end of a surname one
    [("Самора", KZ_AMBASSADOR), ("Кевин Касас-Замора", KZ_AMBASSADOR)],
]


@pytest.mark.parametrize("rows", SAME_PERSON)
def test_one_person(rows: list) -> None:
    assert len(resolve(people(*rows)).officials) == 1


@pytest.mark.parametrize("rows", TWO_PEOPLE)
def test_two_people(rows: list) -> None:
    assert len(resolve(people(*rows)).officials) == 2


def sizes(findings: Findings) -> list[int]:
    """How many articles each official rests on, most first."""
    return sorted((len(official.receipts) for official in findings.officials), reverse=True)


AMONG_SEVERAL = [
    # a surname that fits two stays alone
    ([("Женис", KZ_AMBASSADOR), ("Айбек Женис", KZ_AMBASSADOR), ("Асхат Женис", KZ_AMBASSADOR)], [1, 1, 1]),
    # ... and fits one where the other is accredited elsewhere
    ([("Женис", KZ_AMBASSADOR_HU), ("Айбек Женис", KZ_AMBASSADOR_HU), ("Асхат Женис", KZ_AMBASSADOR_JO)], [2, 1]),
    # an initial decides
    ([("Женис", KZ_AMBASSADOR), ("А. Женис", KZ_AMBASSADOR), ("М. Женис", KZ_AMBASSADOR)], [1, 1, 1]),
    ([("А. Женис", KZ_AMBASSADOR), ("Айбек Женис", KZ_AMBASSADOR), ("Марат Женис", KZ_AMBASSADOR)], [2, 1]),
    # two patronymics: the name without one belongs to neither
    (
        [
            ("Айбек Женис", KZ_AMBASSADOR),
            ("Айбек Маратович Женис", KZ_AMBASSADOR),
            ("Айбек Ерланович Женис", KZ_AMBASSADOR),
        ],
        [1, 1, 1],
    ),
    # a vague title makes no bridge between two ministers
    ([("Женис", KZ_DEFENCE), ("Женис", KZ_MINISTER), ("Женис", KZ_LABOUR)], [1, 1, 1]),
    # nor does a post without accreditation between two ambassadors
    ([("Женис", KZ_AMBASSADOR_HU), ("Женис", KZ_AMBASSADOR), ("Женис", KZ_AMBASSADOR_JO)], [1, 1, 1]),
    # initials and a surname find the same whole name
    ([("Женис", KZ_AMBASSADOR), ("А. Женис", KZ_AMBASSADOR), ("Айбек Женис", KZ_AMBASSADOR)], [3]),
]


@pytest.mark.parametrize(("rows", "expected"), AMONG_SEVERAL)
def test_among_several(rows: list, expected: list[int]) -> None:
    assert sizes(resolve(people(*rows))) == expected


def test_no_third_claim_joins_two_states() -> None:
    """Somebody of one university is no bridge between namesakes of two states who both worked there."""
    rector = "organization:Университет Дала"
    said = [
        claims("a0", official("a0", "Айбек Женис", tenure("a0", AMBASSADOR, "KZ"), tenure("a0", "ректор", rector))),
        claims("a1", official("a1", "Айбек Женис", tenure("a1", AMBASSADOR, "UZ"), tenure("a1", "ректор", rector))),
        claims("a2", official("a2", "Айбек Женис", tenure("a2", "ректор", rector))),
    ]
    for order in permutations(said):
        found = resolve(order).officials
        assert len(found) == 3
        for one in found:
            assert len([ref for ref in one.represents if ref.kind == "state"]) <= 1


def test_one_article_tells_its_people_apart() -> None:
    father_and_son = claims(
        "a0",
        official("a0", "Айбек Женис", tenure("a0", AMBASSADOR, "KZ")),
        official("a0", "Женис", tenure("a0", AMBASSADOR, "KZ")),
    )
    assert len(resolve([father_and_son]).officials) == 2


@pytest.mark.parametrize(
    ("russian", "other", "language", "expected"),
    [
        ("Касым-Жомарт Досаев", "Kassym-Jomart Dosayev", "en", 1),
        ("Қасым-Жомарт Досаев", "Касым-Жомарт Досаев", "ru", 1),
        ("Касым-Жомарт Досаев", "Yerlan Dosayev", "en", 2),
    ],
)
def test_names_across_languages(russian: str, other: str, language: str, expected: int) -> None:
    first = "kk" if "Қ" in russian else "ru"
    said = [
        claims("a0", official("a0", russian, tenure("a0", AMBASSADOR, "KZ")), language=first),
        claims("a1", official("a1", other, tenure("a1", "ambassador", "KZ", post="ambassador")), language=language),
    ]
    found = resolve(said).officials
    assert len(found) == expected
    if expected == 1:
        assert {name.language: name.text for name in found[0].names} == {first: russian, language: other}


def test_label_is_the_fullest_name_and_the_rest_are_other_names() -> None:
    said = people(("А. Женис", KZ_AMBASSADOR), ("Айбек Женис", KZ_AMBASSADOR), ("Женис", KZ_AMBASSADOR))
    (found,) = resolve(said).officials
    assert [name.text for name in found.names] == ["Айбек Женис"]
    assert [name.text for name in found.other_names] == ["А. Женис", "Женис"]
    assert found.id == "aybek-zhenis-kz"
    assert found.represents == (Ref("state", "KZ"),)


def test_namesakes_get_ids_of_their_own() -> None:
    said = people(("Айбек Женис", NOBODYS_AMBASSADOR), ("Айбек Женис", ("ректор", None, None, None)))
    assert {found.id for found in resolve(said).officials} == {"aybek-zhenis-ambassador", "aybek-zhenis-rektor"}
    twins = people(("Айбек Женис", NOBODYS_AMBASSADOR), ("Айбек Женис", NOBODYS_AMBASSADOR))
    ids = [found.id for found in resolve(twins).officials]
    assert len(set(ids)) == 2
    assert ids == [found.id for found in resolve(reversed(twins)).officials]


# --- tenures -------------------------------------------------------------------------------------------


def tenures_of(*rows: tuple) -> list:
    """The tenures of one man, one article a row: title, acts_for, post, to, date."""
    said = [
        claims(
            f"a{number}",
            official(f"a{number}", "Айбек Женис", tenure(f"a{number}", title, acts_for, post=post, to=to, on=on)),
        )
        for number, (title, acts_for, post, to, on) in enumerate(rows)
    ]
    (found,) = resolve(said).officials
    return [(one.title.text, one.accredited_to and one.accredited_to.key, len(one.receipts)) for one in found.tenures]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # one post, two receipts
        ([(AMBASSADOR, "KZ", None, "HU", None), (AMBASSADOR, "KZ", None, "HU", None)], [("посол", "HU", 2)]),
        # the fuller title names it
        (
            [
                (AMBASSADOR, "KZ", None, "HU", None),
                ("чрезвычайный и полномочный посол", "KZ", "ambassador", "HU", None),
            ],
            [("чрезвычайный и полномочный посол", "HU", 2)],
        ),
        # the vague one is absorbed
        (
            [(AMBASSADOR, "KZ", None, None, "2026-03"), (AMBASSADOR, "KZ", None, "HU", "2026-02")],
            [("посол", "HU", 2)],
        ),
        # ... not where two could absorb it
        (
            [
                (AMBASSADOR, "KZ", None, None, "2026"),
                (AMBASSADOR, "KZ", None, "HU", "2026"),
                (AMBASSADOR, "KZ", None, "JO", "2026"),
            ],
            [("посол", None, 1), ("посол", "HU", 1), ("посол", "JO", 1)],
        ),
        # ... nor years later, when it may be another embassy
        (
            [(AMBASSADOR, "KZ", None, None, "2026"), (AMBASSADOR, "KZ", None, "HU", "2023")],
            [("посол", None, 1), ("посол", "HU", 1)],
        ),
        # one concept, two ministries
        (
            [("министр обороны", "KZ", "minister", None, None), ("министр труда", "KZ", "minister", None, None)],
            [("министр обороны", None, 1), ("министр труда", None, 1)],
        ),
    ],
)
def test_tenures(rows: list, expected: list) -> None:
    assert sorted(tenures_of(*rows), key=str) == sorted(expected, key=str)


def test_tenure_dates_are_sorted_and_single() -> None:
    said = [
        claims(a, official(a, "Айбек Женис", tenure(a, AMBASSADOR, "KZ", on=on)))
        for a, on in (("a0", "2026-03-12"), ("a1", "2026-02"), ("a2", "2026-03-12"))
    ]
    (found,) = resolve(said).officials
    assert found.tenures[0].attested_on == (PartialDate(2026, 2), PartialDate(2026, 3, 12))


# --- organisations -------------------------------------------------------------------------------------

MFA = "Министерство иностранных дел"

SAME_ORGANIZATION = [
    # the gazetteer's id
    [("ООН", "international", None, "un"), ("Организация Объединённых Наций", "international", None, "un")],
    # spelling
    [("Корпорация «Тұлпар»", "company", None, None), ('корпорация "Тұлпар"', "company", None, None)],
    # a ministry under its names
    [("МИД РК", "ministry", "KZ", None), (f"{MFA} Республики Казахстан", "ministry", "KZ", None)],
    [("австрийский МИД", "ministry", "AT", None), ("МИД Австрии", "ministry", "AT", None)],
    [("Министерство рыб Латвии", "ministry", "LV", None), ("министерство рыб Республики", "ministry", "LV", None)],
    # a name whose state only one article knows
    [("Университет Дала", "university", "KZ", None), ("Университет Дала", "university", None, None)],
]  # fmt: skip

TWO_ORGANIZATIONS = [
    # one name, two states
    [(MFA, "ministry", "KZ", None), (MFA, "ministry", "HU", None)],
    [("Академия наук", "other", "KZ", None), ("Академия наук", "other", "HU", None)],
    # a ministry without a state is nobody's
    [(MFA, "ministry", "KZ", None), (MFA, "ministry", None, None)],
    [(MFA, "ministry", None, None), (MFA, "ministry", None, None)],
    [("Верховный суд", "agency", None, None), ("Верховный суд", "agency", None, None)],
    # a portfolio more
    [(f"{MFA} Венгрии", "ministry", "HU", None), (f"{MFA} и торговли Венгрии", "ministry", "HU", None)],
    # capitals do not swallow the portfolio
    [("Министерство Юстиции РК", "ministry", "KZ", None), ("Министерство Обороны РК", "ministry", "KZ", None)],
    # one state's embassies are many
    [("посольство Казахстана", "other", "KZ", None), ("посольство Казахстана", "other", "KZ", None)],
]


def organizations(rows: list) -> list[Claims]:
    return [
        claims(f"a{number}", organization(f"a{number}", name, kind, state, key=key))
        for number, (name, kind, state, key) in enumerate(rows)
    ]


@pytest.mark.parametrize("rows", SAME_ORGANIZATION)
def test_one_organization(rows: list) -> None:
    (found,) = resolve(organizations(rows)).organizations
    assert len(found.receipts) == 2


@pytest.mark.parametrize("rows", TWO_ORGANIZATIONS)
def test_two_organizations(rows: list) -> None:
    assert len({found.id for found in resolve(organizations(rows)).organizations}) == 2


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # an abbreviation alone joins the name that explains it
        ([("Евразийский аграрный союз", ("ЕАГС",), None), ("ЕАГС", (), None)], 1),
        # a shorter name with the same abbreviation
        ([("Аграрный союз", ("ЕАГС",), None), ("Евразийский аграрный союз", ("ЕАГС",), None)], 1),
        # two full names that share an abbreviation
        ([("Алтайский университет", ("АУ",), "RU"), ("Астраханский университет", ("АУ",), "RU")], 2),
        # ... so that the abbreviation alone is neither
        (
            [
                ("Алтайский университет", ("АУ",), "RU"),
                ("Астраханский университет", ("АУ",), "RU"),
                ("АУ", (), "RU"),
            ],
            3,
        ),
        # another state
        ([("Аграрный союз", ("АС",), "KZ"), ("АС", (), "HU")], 2),
        # a short word is no abbreviation
        ([("Комиссия по рыбе", ("Комиссия",), None), ("Комиссия", (), None)], 2),
    ],
)
def test_abbreviations(rows: list, expected: int) -> None:
    said = [
        claims(f"a{number}", organization(f"a{number}", name, "ngo", state, aliases=aliases))
        for number, (name, aliases, state) in enumerate(rows)
    ]
    for order in permutations(said):
        assert len(resolve(order).organizations) == expected


def test_a_name_of_two_states_without_a_state_stays_alone() -> None:
    rows = [("Академия наук", "other", state, None) for state in ("KZ", "HU", None)]
    assert sorted(found.id for found in resolve(organizations(rows)).organizations) == [
        "akademiya-nauk",
        "akademiya-nauk-hu",
        "akademiya-nauk-kz",
    ]


def test_known_organization_has_the_gazetteers_names_and_the_texts_forms() -> None:
    said = [claims("a0", organization("a0", "Всемирная организация", "other", key="un", aliases=("ООН",)))]
    (found,) = resolve(said).organizations
    names = {name.language: name.text for name in found.names}
    assert (found.id, found.kind, found.qid) == ("un", "international", "Q1065")
    assert names["en"] == "United Nations"
    assert {"Всемирная организация", "ООН"} <= {name.text for name in found.other_names}


def test_ministry_keeps_its_fullest_name() -> None:
    rows = [("МИД РК", "ministry", "KZ", None), (f"{MFA} Республики Казахстан", "ministry", "KZ", None)]
    (found,) = resolve(organizations(rows)).organizations
    assert found.id == "ministry-of-foreign-affairs-kz"
    assert [name.text for name in found.names] == [f"{MFA} Республики Казахстан"]
    assert [name.text for name in found.other_names] == ["МИД РК"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("МВД Латвии", "internal-affairs"),
        ("минобороны РФ", "defence"),
        ("МИД республики", "foreign-affairs"),
        ("Министерство обороны", "defence"),
        ("Министерство обороны и рыб Латвии", "министерство обороны и рыб"),
        ("Министерство по вопросам изменения климата", "министерство по вопросам изменения климата"),
    ],
)
def test_portfolio(name: str, expected: str) -> None:
    assert portfolio(name, "ru") == expected


def test_table_of_ministries_gives_each_name_to_one_portfolio() -> None:
    table = words("ru", "ministries")["portfolio"]
    forms = [normal_name(form) for record in table.values() for form in (*record["names"], *record["short"])]
    assert len(forms) == len(set(forms))
    assert [slug(key) for key in table] == list(table)


def test_transliteration_is_ascii_and_covers_both_alphabets() -> None:
    assert transliterate("абвгдеёжзийклмнопрстуфхцчшщъыьэюя") == "abvgdeezhziyklmnoprstufkhtschshshchyeyuya"
    assert transliterate("ӘҒҚҢӨҰҮҺІ") == "agqnouuhi"
    assert transliterate("Łódź Škoda Ñuñoa Straße") == "lodz skoda nunoa strasse"


@pytest.mark.parametrize("name", ["王毅", "", "…", "а" * 500, "слово " * 60])
def test_slugs_are_short_safe_and_never_empty(name: str) -> None:
    assert re.fullmatch(r"[0-9a-z]+(-[0-9a-z]+)*", slug(name))
    assert len(slug(name)) <= 80


def test_body_that_only_a_post_names_is_an_organization_too() -> None:
    said = claims("a0", official("a0", "Айбек Женис", tenure("a0", "ректор", within="organization:Университет Дала")))
    findings = resolve([said])
    assert [found.id for found in findings.organizations] == ["universitet-dala"]
    assert findings.officials[0].tenures[0].within == Ref("organization", "universitet-dala")


# --- places --------------------------------------------------------------------------------------------


def test_places_are_one_by_the_gazetteer_and_else_by_name_and_country() -> None:
    said = [
        claims("a0", place("a0", "Рига", "LV", key="riga"), place("a0", "Малая Охта", "LV")),
        claims("a1", place("a1", "Рига", "LV", key="riga"), place("a1", "Малая Охта", "EE")),
        claims("a2", place("a2", "Малая Охта", "LV")),
    ]
    found = resolve(said).places
    assert [one.id for one in found] == ["malaya-okhta-ee", "malaya-okhta-lv", "riga"]
    assert found[2].country == "LV"
    assert {"ru", "en", "kk"} <= {name.language for name in found[2].names}


# --- meetings ------------------------------------------------------------------------------------------

ROLES = {
    "Айбек Женис": (AMBASSADOR, "KZ"),
    "Янис Вецбралис": ("министр транспорта", "LV"),
    "Самир аль-Ахдаль": ("министр рыб", "JO"),
    "Мартин Линдквелл": ("генеральный секретарь", "organization:osce"),
}
A, B, C, UN_MAN = ROLES


def told(article: str, *encounters: dict | tuple, language: str = "ru") -> Claims:
    """An article with everybody in ROLES; each encounter is (people, options)."""
    cast = [official(article, name, tenure(article, *role)) for name, role in ROLES.items()]
    met = [
        encounter(article, *names, **{"start": 100 * number, **options})
        for number, (names, options) in enumerate(encounters)
    ]
    return claims(article, *cast, *met, language=language)


ONE_MEETING = [
    # the same people, the same day
    ([A, B], {}, [A, B], {}),
    # one article knows a third
    ([A, B], {}, [A, B, C], {}),
    # the dateline is a day late
    ([A, B], {}, [A, B], {"date": "2026-03-13", "basis": "dateline"}),
    # one knows the month only
    ([A, B], {}, [A, B], {"date": "2026-03"}),
    # one knows the sort, the place, the country
    ([A, B], {}, [A, B], {"type": "consultations", "country": "LV", "at": "riga"}),
    # a day of the days it took
    ([A, B], {"end": "2026-03-14"}, [A, B], {"date": "2026-03-13"}),
    # one person and the same body
    ([A], {"organizations": ("osce",)}, [A], {"organizations": ("osce",)}),
    # nobody named: the same body and states
    ([], {"organizations": ("osce",), "states": ("KZ",)}, [], {"organizations": ("osce",), "states": ("KZ",)}),
    ([], {"type": "session", "states": ("KZ", "LV")}, [], {"type": "session", "states": ("KZ", "LV")}),
]

TWO_MEETINGS = [
    # another day
    ([A, B], {}, [A, B], {"date": "2026-03-13"}),
    # two days from the dateline
    ([A, B], {}, [A, B], {"date": "2026-03-14", "basis": "dateline"}),
    # a date that only one article gives, or none: the same people meet often
    ([A, B], {}, [A, B], {"date": None}),
    ([A, B], {"date": None}, [A, B], {"date": None}),
    # planned, then held
    ([A, B], {"status": "planned"}, [A, B], {}),
    # a call is no meeting, a visit neither
    ([A, B], {"type": "call"}, [A, B], {}),
    ([A, B], {"type": "visit"}, [A, B], {}),
    # another place, another country
    ([A, B], {"at": "riga"}, [A, B], {"at": "astana"}),
    ([A, B], {"country": "LV"}, [A, B], {"country": "KZ"}),
    # one person in common
    ([A, B], {}, [A, C], {}),
    ([A], {}, [A, B], {}),
    ([A], {"states": ("KZ", "LV")}, [A], {"states": ("KZ", "LV")}),
    # his own employer tells nothing of whom he met
    ([UN_MAN], {"organizations": ("osce",)}, [UN_MAN], {"organizations": ("osce",)}),
    # one person and a body, other guests
    ([A], {"organizations": ("un",), "states": ("KZ", "LV")}, [A], {"organizations": ("un",), "states": ("KZ", "JO")}),
    # nobody named: states alone say too little of a meeting
    ([], {"states": ("KZ", "LV")}, [], {"states": ("KZ", "LV")}),
    ([], {"organizations": ("osce",)}, [], {"organizations": ("osce",), "states": ("KZ",)}),
]  # fmt: skip


@pytest.mark.parametrize("row", ONE_MEETING)
def test_one_meeting(row: tuple) -> None:
    some, options, others, other_options = row
    (found,) = resolve([told("a0", (some, options)), told("a1", (others, other_options))]).meetings
    assert {receipt.article for receipt in found.receipts} == {"a0", "a1"}


@pytest.mark.parametrize("row", TWO_MEETINGS)
def test_two_meetings(row: tuple) -> None:
    some, options, others, other_options = row
    found = resolve([told("a0", (some, options)), told("a1", (others, other_options))]).meetings
    assert len({one.id for one in found}) == 2


IN_ONE_ARTICLE = [
    # told twice
    ([A, B], {}, [A, B], {}, 1),
    ([A, B], {}, [A, B], {"date": None}, 1),
    ([A, B], {"date": None}, [A, B], {"date": None, "at": "riga"}, 1),
    # another set of people
    ([A, B], {}, [A, B, C], {}, 2),
    # another day, another place
    ([A, B], {}, [A, B], {"date": "2026-03-13"}, 2),
    ([A, B], {"at": "astana"}, [A, B], {"at": "riga"}, 2),
    # one person with unnamed others
    ([A], {}, [A], {}, 2),
    ([A], {"organizations": ("osce",)}, [A], {"organizations": ("un",)}, 2),
]


@pytest.mark.parametrize(("some", "options", "others", "other_options", "expected"), IN_ONE_ARTICLE)
def test_meetings_of_one_article(some: list, options: dict, others: list, other_options: dict, expected: int) -> None:
    found = resolve([told("a0", (some, options), (others, other_options))]).meetings
    assert len({one.id for one in found}) == expected


AMBIGUOUS = [
    # the month holds two days
    ({"date": "2026-03-05"}, {"date": "2026-03-12"}, {"date": "2026-03"}, 3),
    # the dateline lies between two stated days
    ({"date": "2026-03-11"}, {"date": "2026-03-13"}, {"date": "2026-03-12", "basis": "dateline"}, 3),
    # ... and belongs to its own day if there is one
    ({"date": "2026-03-11"}, {"date": "2026-03-12"}, {"date": "2026-03-12", "basis": "dateline"}, 2),
]


@pytest.mark.parametrize(("first", "second", "vague", "expected"), AMBIGUOUS)
def test_vague_date_joins_only_the_one_meeting_it_can_be(first: dict, second: dict, vague: dict, expected: int) -> None:
    said = [told(f"a{number}", ([A, B], options)) for number, options in enumerate((first, second, vague))]
    for order in permutations(said):
        assert len(resolve(order).meetings) == expected


def test_two_meetings_of_one_article_are_not_joined_by_another_article() -> None:
    twice = told("a0", ([A, B], {"date": "2026-03-11"}), ([A, B], {"date": "2026-03-12"}))
    findings = resolve([twice, told("a1", ([A, B], {"date": "2026-03"}))])
    assert sorted(str(meeting.date) for meeting in findings.meetings) == ["2026-03", "2026-03-11", "2026-03-12"]


def test_merged_meeting_has_the_best_of_both() -> None:
    vague = {"date": "2026-03-13", "basis": "dateline", "topics": ("trade",), "confidence": 0.5}
    exact = {"type": "consultations", "at": "riga", "country": "LV", "topics": ("energy",), "confidence": 0.8}
    (found,) = resolve([told("a0", ([A, B], vague)), told("a1", ([B, A], exact))]).meetings
    assert (found.type, str(found.date), found.date_basis) == ("consultations", "2026-03-12", "stated")
    assert (found.place, found.country, found.topics) == (Ref("place", "riga"), "LV", ("energy", "trade"))
    assert found.confidence == pytest.approx(0.9)
    assert [receipt.article for receipt in found.receipts] == ["a0", "a1"]


def test_confidence_counts_articles_and_never_reaches_one() -> None:
    twice = told("a0", ([A, B], {"confidence": 0.5}), ([A, B], {"confidence": 0.6}))
    (found,) = resolve([twice]).meetings
    assert found.confidence == pytest.approx(0.6)  # a text that repeats itself is no second witness
    many = [told(f"a{number}", ([A, B], {})) for number in range(5)]
    assert resolve(many).meetings[0].confidence == 0.99


# --- the whole -----------------------------------------------------------------------------------------


def several() -> list[Claims]:
    """Articles of every kind of merger and refusal above."""
    said: list[Claims] = []
    for rows in (*SAME_PERSON, *TWO_PEOPLE):
        said += people(*rows)
    for rows in (*SAME_ORGANIZATION, *TWO_ORGANIZATIONS):
        said += organizations(rows)
    for some, options, others, other_options in (*ONE_MEETING, *TWO_MEETINGS):
        said += [told("a0", (some, options)), told("a1", (others, other_options))]
    return [readdressed(one, f"b{number:03}") for number, one in enumerate(said)]


def readdressed(said: Claims, article: str) -> Claims:
    """The same claims out of another article."""

    def changed(value: object) -> object:
        if isinstance(value, tuple):
            return tuple(changed(item) for item in value)
        if isinstance(value, Receipt):
            return replace(value, article=article)
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{field.name: changed(getattr(value, field.name)) for field in fields(value)})
        return value

    moved = changed(said)
    assert isinstance(moved, Claims)
    return replace(moved, article=replace(said.article, id=article))


def test_order_of_articles_makes_no_difference() -> None:
    said = several()
    expected = resolve(said)
    for seed in range(3):
        shuffled = list(said)
        random.Random(seed).shuffle(shuffled)
        assert resolve(shuffled) == expected


def test_ids_are_distinct_and_every_reference_leads_somewhere() -> None:
    findings = resolve(several())
    for things in (findings.officials, findings.organizations, findings.places, findings.meetings):
        assert [one.id for one in things] == sorted({one.id for one in things})
    known = {Ref("official", one.id) for one in findings.officials}
    known |= {Ref("organization", one.id) for one in findings.organizations}
    known |= {Ref("place", one.id) for one in findings.places}
    used = [ref for meeting in findings.meetings for ref in (*meeting.participants, *meeting.organizations)]
    used += [meeting.place for meeting in findings.meetings if meeting.place]
    for one in (held for who in findings.officials for held in who.tenures):
        used += [ref for ref in (one.holder, one.acts_for, one.within, one.accredited_to) if ref]
    assert {ref for ref in used if ref.kind != "state"} <= known


def test_no_official_acts_for_two_states_that_no_article_joins() -> None:
    for one in resolve(several()).officials:
        assert len([ref for ref in one.represents if ref.kind == "state"]) <= 1


def test_another_article_leaves_the_ids_alone() -> None:
    first = told("a0", ([A, B], {}))
    before, after = resolve([first]), resolve([first, told("a1", ([A, C], {}))])
    assert {one.id for one in before.officials} == {one.id for one in after.officials}
    assert {one.id for one in before.meetings} <= {one.id for one in after.meetings}


def test_nothing_claimed_nothing_found() -> None:
    assert resolve([]) == Findings()
    empty = claims("a0")
    assert resolve([empty]) == Findings(articles=(empty.article,))


def test_what_was_not_asserted_is_kept_in_reading_order() -> None:
    later, earlier = (Unsaid(Receipt("a0", Span(at, at + 1), "х", "met-with"), "отрицается") for at in (9, 3))
    said = claims("a0")
    assert resolve([Claims(said.article, unsaid=(later, earlier))]).unsaid == (earlier, later)


def test_errors_say_what_is_wrong() -> None:
    with pytest.raises(RepeatedArticleError, match="two articles have the id 'a0'"):
        resolve([claims("a0"), claims("a0")])
    with pytest.raises(UnknownReferenceError, match="a0: no claim names the official 'Никто'"):
        resolve([claims("a0", encounter("a0", "Никто"))])


def test_names_without_a_letter_are_names_still() -> None:
    odd: tuple[OfficialClaim, ...] = (official("a0", "1", tenure("a0", AMBASSADOR, "KZ")), official("a0", "…"))
    assert len(resolve([claims("a0", *odd)]).officials) == 2
