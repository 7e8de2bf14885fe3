"""Periods, weights by post, robustness, chance, contacts, what is behind a rank: on a graph small enough to check."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import Graph

from diplograph.behind import behind
from diplograph.chance import _corrected, _trade, chance
from diplograph.contacts import contacts, late_period
from diplograph.lookup import LookupFailedError, find
from diplograph.measures import AnalysisError
from diplograph.network import network
from diplograph.records import MeetingRecord, OfficialRecord, Quote, Records, read_records
from diplograph.seniority import ladder, seniority, weigh_by_post
from diplograph.subsets import _spearman, between, of_meetings, periods, rank_by_period, robustness, without

AIGUL, INESE = "official/aigul-syrlybekova", "official/inese-liepkalne"
ERLAN, YANIS = "official/erlan-zhastalapov", "official/yanis-vetsbralis"


@pytest.fixture(scope="module")
def small() -> Records:
    return read_records(Graph().parse(Path(__file__).parent / "data" / "small.ttl"))


def invented(*meetings: tuple[str, str], **more: object) -> Records:
    """Records of meetings: ("2025-03-01", "a b") is one of the officials a and b on that day."""
    made = tuple(
        MeetingRecord(
            id=f"meeting/{number:03}",
            type="meeting",
            status="held",
            confidence=1.0,
            date=date,
            participants=tuple(who.split()),
        )
        for number, (date, who) in enumerate(meetings)
    )
    people = sorted({who for meeting in made for who in meeting.participants})
    officials = tuple(OfficialRecord(who, {"ru": who.upper()}) for who in people)
    return Records({who: {"ru": who.upper()} for who in people}, made, officials, {}, **more)


@pytest.mark.parametrize(
    ("since", "until", "dates"),
    [
        ("", "", ["2026-03", "2026-03-03", "2026-03-05", "2026-03-11", "2026-03-12", "2026-05"]),
        ("2026-03-05", "", ["2026-03-05", "2026-03-11", "2026-03-12", "2026-05"]),  # March as a whole may be before
        ("", "2026-03-11", ["2026-03-03", "2026-03-05", "2026-03-11"]),
        ("2026-03", "2026-03", ["2026-03", "2026-03-03", "2026-03-05", "2026-03-11", "2026-03-12"]),
        ("2027", "", []),
    ],
)
def test_between_two_dates(small, since, until, dates):
    found = between(small, since=since, until=until)
    assert sorted(meeting.date for meeting in found.meetings) == dates
    assert {who for meeting in found.meetings for who in meeting.participants} == {o.id for o in found.officials}


def test_periods_hold_what_is_dated_to_them():
    records = invented(("2025-02-28", "a b"), ("2025-04", "a b"), ("2025", "a c"), ("", "a d"), ("2026-01-01", "a b"))
    assert {name: len(part.meetings) for name, part in periods(records, by="year").items()} == {"2025": 3, "2026": 1}
    assert list(periods(records, by="quarter")) == ["2025-Q1", "2025-Q2", "2026-Q1"]
    assert list(periods(records, by="month")) == ["2025-02", "2025-04", "2026-01"]
    with pytest.raises(AnalysisError, match="no period 'week': choose one of year, quarter, month"):
        periods(records, by="week")


def test_a_ranking_for_each_period(small):
    rows = rank_by_period(small, by="month")
    assert {row.period for row in rows} == {"2026-03"}  # the visit in May is only planned
    assert (rows[0].label, rows[0].rank, rows[0].meetings, rows[0].articles) == ("Айгуль Сырлыбекова", 1, 4, 3)
    assert len(rows) == 7


def test_without_a_publisher_its_meetings_are_gone(small):
    less = without(small, "Вестник ОБСЕ")
    assert len(less.meetings) == len(small.meetings) - 1
    told_twice = without(small, "Транспортная газета")
    assert len(told_twice.meetings) == 5
    assert all(quote.publisher != "Транспортная газета" for meeting in told_twice.meetings for quote in meeting.quotes)


def test_robustness_tells_what_remains(small):
    rows = {row.left_out: row for row in robustness(small, top=3)}
    assert set(rows) == {"Вестник ОБСЕ", "Пресс-служба МИД", "Транспортная газета"}
    assert (rows["Вестник ОБСЕ"].meetings, rows["Вестник ОБСЕ"].articles) == (1, 1)
    assert rows["Пресс-служба МИД"].meetings > 1
    assert all(0 <= row.kept <= 1 and -1 <= row.correlation <= 1 for row in rows.values())
    assert robustness(Records({}, (), (), {})) == ()


def test_rank_correlation():
    assert _spearman([(1, 10), (2, 20), (3, 30)]) == 1
    assert _spearman([(1, 3), (2, 2), (3, 1)]) == -1
    assert _spearman([(1, 1), (1, 2), (2, 3)]) == pytest.approx(0.8660254)
    assert _spearman([]) == 1


def test_the_ladder_and_the_weight_of_a_post(small):
    assert (ladder()["head-of-state"], ladder()["ambassador"], ladder()["honorary-consul"]) == (1, 9, 13)
    weight = {official.id: seniority(official) for official in small.officials}
    assert weight[AIGUL] == pytest.approx(6 / 13)  # deputy minister, rung 8
    assert weight[ERLAN] == pytest.approx(5 / 13)  # ambassador, rung 9
    assert seniority(OfficialRecord("official/x", {})) == pytest.approx(1 / 13)


def test_a_meeting_weighs_as_much_as_the_lower_post(small):
    people = network(small)
    weighed = weigh_by_post(people, small)
    assert weighed.edges[ERLAN, YANIS]["weight"] == pytest.approx(5 / 13)  # ambassador and minister
    assert weighed.edges[AIGUL, INESE]["weight"] == pytest.approx(2 * 6 / 13)
    assert weighed.edges[AIGUL, INESE]["distance"] == pytest.approx(13 / 12)
    assert "weight" not in people.edges[ERLAN, YANIS]
    states = weigh_by_post(network(small, kind="states"), small)
    assert states.edges["state/KZ", "state/LV"]["weight"] == pytest.approx(2 * 6 / 13 + 5 / 13)
    mixed = weigh_by_post(network(small, kind="mixed"), small)
    assert mixed.edges[ERLAN, "state/LV"]["distance"] == 1


def test_a_pair_that_meets_beyond_chance_and_one_that_does_not():
    # x and y have three meetings, always with each other; h meets everybody once.
    meetings = [("2025-01-01", "x y")] * 4 + [("2025-02-01", f"h p{number:02}") for number in range(16)]
    rows = {(row.a, row.b): row for row in chance(invented(*meetings), runs=400, seed=2)}
    firm = rows["x", "y"]
    assert firm.meetings == 4
    assert firm.p == pytest.approx(1 / 401, abs=1e-9)
    assert firm.beyond_chance
    assert firm.expected < 1
    assert len(firm.evidence) == 4
    assert not any(row.beyond_chance for pair, row in rows.items() if "h" in pair)


def test_chance_keeps_what_is_not_in_question():
    rows = [{0, 1}, {0, 2, 3}, {1, 2}, {0, 3}, {4}]
    lots = random.Random(1)
    seen = set()
    for _ in range(200):
        _trade(rows, lots)
        assert [len(row) for row in rows] == [2, 3, 2, 2, 1]
        assert Counter(one for row in rows for one in row) == {0: 3, 1: 2, 2: 2, 3: 2, 4: 1}
        seen.add(tuple(map(frozenset, rows)))
    assert len(seen) > 20


def test_chance_is_the_same_again_and_needs_a_run(small):
    assert chance(small, runs=50, seed=3) == chance(small, runs=50, seed=3)
    assert chance(Records({}, (), (), {})) == ()
    with pytest.raises(AnalysisError, match="at least 1 run"):
        chance(small, runs=0)


def test_corrected_for_many_pairs():
    assert _corrected([0.01, 0.02, 0.03, 0.5]) == pytest.approx([0.04, 0.04, 0.04, 0.5])
    assert _corrected([0.04, 0.05]) == pytest.approx([0.05, 0.05])


def test_new_and_renewed_contacts():
    records = invented(
        ("2025-01-01", "a b"),
        ("2025-12-20", "a b"),  # after 353 days
        ("2025-12-25", "a c"),  # the first
        ("2025-10-01", "a d"),
        ("2025-12-30", "a d"),  # after 90 days only
        ("2025-03", "a e"),  # this one proves no silence
        ("2025-12-30", "a e"),
    )
    found = contacts(records, kind="officials")
    assert [(row.kind, row.b, row.date, row.before) for row in found] == [
        ("new", "c", "2025-12-25", ""),
        ("renewed", "b", "2025-12-20", "2025-01-01"),
    ]
    assert late_period(records.meetings) == ("2025-12-01", "2025-12-30")
    assert contacts(invented(("", "a b"))) == ()


def test_what_is_behind_a_rank(small):
    place, meetings = behind(small, network(small), "Сырлыбекова Айгуль")
    assert (place.rank, place.meetings, place.articles) == (1, 4, 3)
    assert [row.date for row in meetings] == ["2026-03", "2026-03-03", "2026-03-05", "2026-03-11"]
    assert meetings[1].others == ("Габор Шомодвари", "Мартин Линдквелл")
    assert all(row.quote and row.article for row in meetings)
    with pytest.raises(LookupFailedError, match="is no node of the network of states"):
        behind(small, network(small, kind="states"), "Сырлыбекова")


@pytest.mark.parametrize(
    ("who", "found"),
    [
        ("KZ", "state/KZ"),
        ("lv", "state/LV"),
        ("Latvia", "state/LV"),
        ("айгуль сырлыбекова", AIGUL),
        ("Сырлыбекова", AIGUL),
        (AIGUL, AIGUL),
        ("Жасталапов", ERLAN),
        ("Organization for Security and Co-operation in Europe", "organization/osce"),
        ("ОБСЕ", "organization/osce"),
    ],
)
def test_find(small, who, found):
    assert find(small, who) == found


def test_find_asks_back(small):
    with pytest.raises(
        LookupFailedError, match=r"nobody here is called 'Сырлыбеква'; did you mean Айгуль Сырлыбекова\?"
    ):
        find(small, "Сырлыбеква")
    with pytest.raises(LookupFailedError, match="give a name as in the graph"):
        find(small, "")
    twins = replace(small, officials=(*small.officials, replace(small.officials[0], id="official/x")),
                    labels={**small.labels, "official/x": {"ru": "Айгуль Иная"}})  # fmt: skip
    with pytest.raises(LookupFailedError, match=r"'Айгуль' may be several: .* \(official/x\); give the id"):
        find(twins, "Айгуль")


def test_of_meetings_keeps_only_who_took_part(small):
    (one,) = (meeting for meeting in small.meetings if meeting.date == "2026-03-12")
    assert [official.id for official in of_meetings(small, [one]).officials] == [ERLAN, YANIS]
    assert isinstance(one.quotes[0], Quote)
