"""The gazetteer: look-ups, and what its data files must keep."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping

import pytest

from diplograph import gazetteer
from diplograph.gazetteer import OrganizationEntry, PlaceEntry, StateEntry
from diplograph.model import DiplographError
from diplograph.morphology import analyzer

Entry = StateEntry | OrganizationEntry | PlaceEntry

STATE_FIELDS = (
    "names",
    "abbreviations",
    "weak",
    "adjectives",
    "demonyms",
    "parliaments",
    "shared_parliaments",
    "seats",
)
ORGANIZATION_FIELDS = ("names", "abbreviations", "weak")

# Adjectives that pymorphy3's dictionary lacks; Russian texts use them, and its guess is the right one.
RARE_ADJECTIVES = """
    беларуский белизский боснийско-герцеговинский ботсванский буркинабский буркинийский бурундийский вануатский
    джибутийский западносахарский ивуарийский кабовердианский коста-риканский костариканский косовский кыргызстанский
    ланкийский лесотский малийский монегасский мьянманский намибийский науруанский сальвадорский санмаринский
    саудоаравийский саудовско-аравийский северомакедонский сьерра-леонский сьерралеонский сянганский фиджийский
    шриланкийский эмиратовский эмиратский южносуданский
"""

UN_MEMBERS_AND_OBSERVERS = """
    AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR
    CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL
    IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN
    MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PS PT PW PY QA RO RS RU RW SA SB SC SD SE SG
    SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TZ UA UG US UY UZ VA VC VE VN VU WS YE ZA ZM ZW
"""


def fold(name: str) -> str:
    return name.lower().replace("ё", "е")


def key_of(entry: Entry) -> str:
    return f"state {entry.iso2}" if isinstance(entry, StateEntry) else f"{type(entry).__name__} {entry.id}"


def fields_of(entry: Entry) -> Iterator[tuple[str, Mapping[str, tuple[str, ...]]]]:
    names = {StateEntry: STATE_FIELDS, OrganizationEntry: ORGANIZATION_FIELDS, PlaceEntry: ("names",)}[type(entry)]
    return ((name, getattr(entry, name)) for name in names)


def all_entries() -> tuple[Entry, ...]:
    return (*gazetteer.states(), *gazetteer.organizations(), *gazetteer.places())


def all_names() -> Iterator[tuple[Entry, str, str, str]]:
    """Entry, field, language, name."""
    for entry in all_entries():
        for field, names in fields_of(entry):
            for language, tuple_of_names in names.items():
                for name in tuple_of_names:
                    yield entry, field, language, name


def test_every_un_member_and_observer_is_a_state():
    expected = set(UN_MEMBERS_AND_OBSERVERS.split())
    assert len(expected) == 195
    assert expected <= {entry.iso2 for entry in gazetteer.states()}


def test_there_are_enough_entries():
    assert len(gazetteer.organizations()) >= 150
    assert len(gazetteer.places()) >= 600


def test_entries_are_reached_by_their_key_and_sorted_by_it():
    assert [gazetteer.state(entry.iso2) for entry in gazetteer.states()] == list(gazetteer.states())
    assert [gazetteer.organization(entry.id) for entry in gazetteer.organizations()] == list(gazetteer.organizations())
    assert [gazetteer.place(entry.id) for entry in gazetteer.places()] == list(gazetteer.places())
    for keys in (
        [entry.iso2 for entry in gazetteer.states()],
        [entry.id for entry in gazetteer.organizations()],
        [entry.id for entry in gazetteer.places()],
    ):
        assert keys == sorted(set(keys))


@pytest.mark.parametrize(
    ("look_up", "key", "message"),
    [
        (gazetteer.state, "XX", "the gazetteer has no state 'XX'"),
        (gazetteer.state, "kz", "the gazetteer has no state 'kz'"),  # codes are capitals
        (gazetteer.organization, "", "the gazetteer has no organisation ''"),
        (gazetteer.place, "Рига", "the gazetteer has no place 'Рига'"),  # ids are no names
    ],
)
def test_an_unknown_key_is_one_clear_error(look_up, key, message):
    with pytest.raises(DiplographError) as error:
        look_up(key)
    assert str(error.value) == message
    assert isinstance(error.value, KeyError)


@pytest.mark.parametrize(
    ("iso2", "qid", "ru", "en", "kk", "capital"),
    [
        ("KZ", "Q232", "Казахстан", "Kazakhstan", "Қазақстан", "astana"),
        ("KG", "Q813", "Кыргызстан", "Kyrgyzstan", "Қырғызстан", "bishkek"),
        ("KR", "Q884", "Республика Корея", "South Korea", "Оңтүстік Корея", "seoul"),
        ("US", "Q30", "Соединенные Штаты Америки", "United States", "Америка Құрама Штаттары", "washington"),
        ("DK", "Q35", "Дания", "Denmark", "Дания", "copenhagen"),
        ("EH", "Q40362", "Западная Сахара", "Western Sahara", "Батыс Сахара", None),
    ],
)
def test_states(iso2, qid, ru, en, kk, capital):
    entry = gazetteer.state(iso2)
    assert (entry.qid, entry.capital) == (qid, capital)
    assert [entry.names[language][0] for language in ("ru", "en", "kk")] == [ru, en, kk]


@pytest.mark.parametrize(
    ("id", "abbreviation", "format"),
    [("un", "ООН", False), ("sco", "ШОС", False), ("opanal", "ОПАНАЛ", False), ("brics", "БРИКС", True)],
)
def test_organizations(id, abbreviation, format):
    entry = gazetteer.organization(id)
    assert abbreviation in entry.abbreviations["ru"]
    assert entry.format is format
    assert entry.kind == "international"


@pytest.mark.parametrize(
    ("id", "state", "kind", "capital", "weak"),
    [
        ("astana", "KZ", "city", True, False),
        ("almaty", "KZ", "city", False, False),
        ("algiers", "DZ", "city", True, True),  # «Алжир» is the state first
        ("vladimir", "RU", "city", False, True),
        ("bavaria", "DE", "region", False, False),
        ("northern-ireland", "GB", "region", False, False),
    ],
)
def test_places(id, state, kind, capital, weak):
    entry = gazetteer.place(id)
    assert (entry.state, entry.kind, entry.capital, entry.weak) == (state, kind, capital, weak)


@pytest.mark.parametrize(
    ("adjective", "iso2"),
    [
        ("казахстанский", "KZ"),
        ("американский", "US"),
        ("южнокорейский", "KR"),
        ("нигерский", "NE"),
        ("нигерийский", "NG"),
        ("доминиканский", "DO"),
        ("русский", None),  # a language and a people
        ("конголезский", None),  # of either Congo
        ("европейский", None),
    ],
)
def test_adjectives(adjective, iso2):
    assert gazetteer.adjectives("ru").get(adjective) == iso2


@pytest.mark.parametrize(
    ("demonym", "iso2"), [("казахстанец", "KZ"), ("японка", "JP"), ("казах", None), ("узбек", None), ("араб", None)]
)
def test_demonyms(demonym, iso2):
    assert gazetteer.demonyms("ru").get(demonym) == iso2


def test_english_adjectives_are_folded_and_other_languages_have_none():
    assert gazetteer.adjectives("en")["kazakhstani"] == "KZ"
    assert gazetteer.adjectives("xx") == {}
    assert gazetteer.demonyms("xx") == {}


def test_records_cannot_be_changed():
    with pytest.raises(TypeError):
        gazetteer.state("KZ").names["ru"] = ()
    with pytest.raises(TypeError):
        gazetteer.adjectives("ru")["марсианский"] = "XX"


# --- what the data must keep ---------------------------------------------------------------------------


def test_every_label_is_there():
    for entry in (*gazetteer.states(), *gazetteer.organizations()):
        assert entry.names["ru"], key_of(entry)
        assert entry.names["en"], key_of(entry)
    for entry in gazetteer.states():
        assert entry.names["kk"], entry.iso2
    for entry in gazetteer.places():
        assert entry.names["ru"], entry.id
        assert entry.names["en"], entry.id
        if entry.capital or (entry.state == "KZ" and entry.kind == "city"):
            assert entry.names.get("kk"), entry.id


def test_keys_are_fit_for_an_iri():
    for entry in gazetteer.states():
        assert re.fullmatch(r"[A-Z]{2}", entry.iso2)
    for entry in (*gazetteer.organizations(), *gazetteer.places()):
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.id), entry.id


def test_wikidata_ids_are_well_formed_and_unique():
    qids = [e.qid for e in (*gazetteer.states(), *gazetteer.organizations()) if e.qid is not None]
    assert [qid for qid in qids if not re.fullmatch(r"Q[1-9]\d*", qid)] == []
    assert len(qids) == len(set(qids))


def test_states_agree_with_rigour():
    territories = pytest.importorskip("rigour.territories")
    for entry in gazetteer.states():
        territory = territories.get_territory(entry.iso2.lower())
        assert territory is not None, entry.iso2
        assert entry.qid in territory.qids, entry.iso2


def test_capitals_and_places_stand_in_known_states():
    known = {entry.iso2 for entry in gazetteer.states()}
    assert [entry.id for entry in gazetteer.places() if entry.state not in known] == []
    for entry in gazetteer.states():
        if entry.capital is not None:
            assert gazetteer.place(entry.capital).state == entry.iso2
    assert {entry.iso2 for entry in gazetteer.states() if entry.capital is None} == {"EH", "HK", "MO"}


def test_a_strong_name_means_one_entity():
    bearers: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for entry, field, language, name in all_names():
        if field in ("weak", "shared_parliaments") or (isinstance(entry, PlaceEntry) and entry.weak):
            continue
        bearers[language, fold(name)].append(f"{key_of(entry)} {field}")
    assert {name: keys for name, keys in bearers.items() if len(keys) > 1} == {}


def test_no_entry_says_a_name_twice():
    for entry in all_entries():
        for field, names in fields_of(entry):
            for language, tuple_of_names in names.items():
                folded = [fold(name) for name in tuple_of_names]
                assert len(folded) == len(set(folded)), (key_of(entry), field, language)


def test_weak_abbreviations_are_not_strong_elsewhere_in_the_same_entry():
    for entry in (*gazetteer.states(), *gazetteer.organizations()):
        for language, weak in entry.weak.items():
            strong = {*entry.names.get(language, ()), *entry.abbreviations.get(language, ())}
            assert strong.isdisjoint(weak), key_of(entry)


def test_names_are_clean():
    for entry, field, language, name in all_names():
        where = (key_of(entry), field, language, name)
        assert language in ("ru", "en", "kk"), where
        assert name == unicodedata.normalize("NFC", name), where
        assert name == " ".join(name.split()), where
        assert name, where
        if language == "ru":
            assert "ё" not in name.lower(), where


def test_no_word_mixes_look_alike_letters():
    for entry, field, language, name in all_names():
        for word in re.findall(r"[^\W\d_]+", name):
            scripts = {unicodedata.name(letter).split()[0] for letter in word}
            assert len(scripts) == 1, (key_of(entry), field, language, word)


def test_names_are_in_the_script_of_their_language():
    latin_in_cyrillic = {"C5+1", "D-8", "G20", "G7", "NB8"}  # as Russian and Kazakh texts write them
    for entry, field, language, name in all_names():
        if name in latin_in_cyrillic:
            continue
        expected = "LATIN" if language == "en" else "CYRILLIC"
        first = next(letter for letter in name if letter.isalpha())
        assert unicodedata.name(first).startswith(expected), (key_of(entry), field, language, name)


def test_russian_adjectives_are_masculine_nominatives():
    unknown = set()
    for adjective in gazetteer.adjectives("ru"):
        tags = [parse.tag for parse in analyzer().parse(adjective)]
        assert any({"ADJF", "masc", "sing", "nomn"} in tag for tag in tags), adjective
        if not analyzer().word_is_known(adjective):
            unknown.add(adjective)
    assert unknown == set(RARE_ADJECTIVES.split())


def test_russian_demonyms_are_singular_nominatives():
    for demonym in gazetteer.demonyms("ru"):
        tags = [parse.tag for parse in analyzer().parse(demonym)]
        assert any({"NOUN", "sing", "nomn"} in tag for tag in tags), demonym
