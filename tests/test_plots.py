"""Plots: what they show is what the records say; the same again byte for byte; words in both languages."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import matplotlib as mpl
import pytest
from rdflib import Graph

from diplograph import frames
from diplograph.frames import MissingExtraError
from diplograph.measures import AnalysisError
from diplograph.plots import (
    plot_measures,
    plot_network,
    plot_partners,
    plot_states,
    plot_timeline,
    plot_topics,
)
from diplograph.records import Records, read_records

EVERY = {
    "network": plot_network,
    "timeline": plot_timeline,
    "partners": lambda records, **options: plot_partners(records, "KZ", **options),
    "states": plot_states,
    "topics": plot_topics,
    "measures": plot_measures,
}


@pytest.fixture(scope="module")
def small() -> Records:
    return read_records(Graph().parse(Path(__file__).parent / "data" / "small.ttl"))


def texts(plot) -> list[str]:
    return [text.get_text() for text in plot.figure.findobj(mpl.text.Text) if text.get_text()]


@pytest.mark.parametrize("name", EVERY)
def test_a_plot_says_what_it_rests_on_in_the_language_asked_for(small, name):
    english, russian, both = (" ".join(texts(EVERY[name](small, language=tongue))) for tongue in ("en", "ru", "both"))
    assert "meetings in 3 articles" in english and "статей" not in english
    assert "статей: 3" in russian and "articles" not in russian
    assert "meetings in 3 articles" in both and "статей: 3" in both
    with pytest.raises(AnalysisError, match="no language 'kk': choose one of en, ru, both"):
        EVERY[name](small, language="kk")


@pytest.mark.parametrize("name", EVERY)
def test_a_plot_is_the_same_again_in_every_form(small, name, tmp_path):
    for form, magic in (("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")):
        for turn in ("one", "two"):
            EVERY[name](small).save(tmp_path / f"{turn}.{form}")
        content = (tmp_path / f"one.{form}").read_bytes()
        assert content.startswith(magic)
        assert content == (tmp_path / f"two.{form}").read_bytes()
    assert EVERY[name](small)._repr_png_().startswith(b"\x89PNG")


@pytest.mark.parametrize("name", sorted(set(EVERY) - {"partners"}))
def test_a_plot_of_nothing_says_so(name):
    assert "No meetings" in " ".join(texts(EVERY[name](Records({}, (), (), {}), language="en")))


def test_the_timeline_counts_each_month(small):
    axes = plot_timeline(small, language="en").figure.axes[0]
    held, planned = axes.containers
    assert [bar.get_height() for bar in held] == [5, 0, 0]
    assert [bar.get_height() for bar in planned] == [0, 0, 1]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["2026-03", "2026-04", "2026-05"]


def test_the_heat_map_shows_each_pair_twice(small):
    axes = plot_states(small).figure.axes[0]
    assert sorted(text.get_text() for text in axes.texts) == ["1", "1", "1", "1", "3", "3"]
    assert "Latvia · Латвия" in [label.get_text() for label in axes.get_yticklabels()]


def test_partners_say_what_has_no_day(small):
    plot = plot_partners(small, "KZ", language="en")
    assert plot.figure.axes[0].get_yticklabels()[0].get_text() == "Latvia (3)"
    with pytest.raises(AnalysisError, match="'FR' took part in no meeting"):
        plot_partners(small, "FR")


def test_shares_of_topics(small):
    axes = plot_topics(small, language="en").figure.axes[0]
    assert axes.patches[0].get_width() == pytest.approx(40)
    assert axes.get_yticklabels()[0].get_text() == "trade"


def test_the_most_central_is_named_and_our_style_stays_ours(small):
    before = dict(mpl.rcParams)
    assert "Айгуль Сырлыбекова" in texts(plot_network(small))
    assert dict(mpl.rcParams) == before


def test_every_word_has_both_languages():
    words = tomllib.loads((files("diplograph") / "data" / "plot_words.toml").read_text("utf-8"))
    assert all(set(word) == {"en", "ru"} for word in words.values())


def test_without_the_library_the_message_says_what_to_install(small, monkeypatch):
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(frames, "import_module", missing)
    with pytest.raises(MissingExtraError) as error:
        plot_topics(small)
    assert str(error.value) == "matplotlib is not installed: pip install 'diplograph[plots]'"
