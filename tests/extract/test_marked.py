"""The notation of the tables itself."""

from __future__ import annotations

import pytest
from marked import Encounter, Mark, Row, cases, encounter, read_rows, told, unmarked

from diplograph.model import Span


def test_rows_have_their_lines_and_their_comment() -> None:
    table = """
    # кто кого
    Первый текст.
    = раз
    = два

    Второй текст.
    # иное
    Третий = текст.
    """
    assert read_rows(table) == [
        Row("Первый текст.", ("раз", "два"), "кто кого"),
        Row("Второй текст.", (), "кто кого"),
        Row("Третий = текст.", (), "иное"),
    ]
    assert read_rows("\n\n") == []


@pytest.mark.parametrize("table", ["= раз", "# о чём\n= раз", "Текст.\nТекст.", "Текст.\n= раз\nТекст."])
def test_a_table_with_a_slip_is_refused(table: str) -> None:
    with pytest.raises(ValueError, match=r"nothing to find|twice"):
        read_rows(table)


def test_a_known_miss_is_expected_to_fail() -> None:
    first, second = cases("Один.\nДва.", "\nДва.\n")
    assert [mark.name for mark in first.marks] == []
    assert [(mark.name, mark.kwargs["strict"]) for mark in second.marks] == [("xfail", True)]


def test_marks_are_taken_out_and_keep_their_place() -> None:
    assert unmarked("В [Риге|@Рига] и [РК|state|KZ]!") == (
        "В Риге и РК!",
        (Mark(Span(2, 6), ("@Рига",)), Mark(Span(9, 11), ("state", "KZ"))),
    )
    assert unmarked("Без [помет] вовсе") == ("Без [помет] вовсе", ())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("meeting: А Б + В Г", Encounter("meeting", "", frozenset(["А Б", "В Г"]))),
        ("session 2025-03 @Рига/LV:", Encounter("session 2025-03", "Рига/LV", frozenset())),
        ("call ~2025-03-12: А + [МИД]", Encounter("call ~2025-03-12", "", frozenset(["А"]), frozenset(["МИД"]))),
        (
            "planned visit 2025-03-03..03-05 @/JP: А (JP PE)",
            Encounter("planned visit 2025-03-03..03-05", "/JP", frozenset(["А"]), None, frozenset(["JP", "PE"])),
        ),
    ],
)
def test_a_line_is_read_and_written_back(line: str, expected: Encounter) -> None:
    assert encounter(line) == expected
    assert encounter(str(expected)) == expected


@pytest.mark.parametrize(
    "line", ["", "meeting", "Meeting: А", "meeting: А (KZ", "meeting завтра: А", "held meeting: А"]
)
def test_a_line_out_of_the_notation_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="no encounter in the notation"):
        encounter(line)


FOUND = "meeting 2025-03-03 @Рига/LV: А + Б + [МИД] (KZ LV)"


@pytest.mark.parametrize(
    ("line", "agrees"),
    [
        ("meeting 2025-03-03 @Рига/LV: Б + А", True),
        ("meeting 2025-03-03 @Рига/LV: А + Б (LV KZ)", True),
        ("meeting 2025-03-03 @Рига/LV: А + Б + [МИД]", True),
        ("meeting 2025-03-03 @Рига/LV: А + Б + [ООН]", False),
        ("meeting 2025-03-03 @Рига/LV: А + Б (KZ)", False),
        ("meeting 2025-03-03 @Рига/LV: А", False),
        ("meeting 2025-03-03 @Рига/LV: А + Б + В", False),
        ("meeting 2025-03-03 @/LV: А + Б", False),
        ("meeting 2025-03-03: А + Б", False),
        ("meeting 2025-03 @Рига/LV: А + Б", False),
        ("meeting ~2025-03-03 @Рига/LV: А + Б", False),
        ("planned meeting 2025-03-03 @Рига/LV: А + Б", False),
        ("call 2025-03-03 @Рига/LV: А + Б", False),
    ],
)
def test_what_a_line_leaves_open(line: str, agrees: bool) -> None:
    assert told((line,), [encounter(FOUND)]) is agrees


def test_every_encounter_has_its_line() -> None:
    assert told((), [])
    assert not told((), [encounter(FOUND)])
    assert not told((FOUND,), [])
    assert not told((FOUND, FOUND), [encounter(FOUND)])
