"""The page as a file: the same bytes each time, no address but the sources', a policy that forbids requests."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import re
import subprocess
import sys
import tomllib
import zlib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from invented_graph import invented_graph
from rdflib import Graph

from diplograph.draw import draw

SMALL = Path(__file__).parent / "data" / "small.ttl"


@pytest.fixture(scope="module")
def page() -> str:
    return draw(Graph().parse(SMALL), title="Встречи", notice="Все лица вымышлены.")


def test_the_policy_forbids_requests(page: str) -> None:
    written = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert written
    policy = html.unescape(written[1])
    assert "default-src 'none'" in policy
    assert "script-src 'sha256-" in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy


def test_nothing_is_loaded_from_elsewhere(page: str) -> None:
    assert not re.search(r"<(?:script|img|iframe|object|embed|link)\b[^>]*\b(?:src|href)=[\"']?(?:https?:)?//", page)


def test_the_policy_names_every_script_and_style_of_the_page(page: str) -> None:
    written = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert written
    blocks = [*re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", page, re.S), unpacked(page, "engine")]
    hashes = {base64.b64encode(hashlib.sha256(block.encode()).digest()).decode() for block in blocks}
    assert len(blocks) == 3
    assert set(re.findall(r"'sha256-([^']+)'", html.unescape(written[1]))) == hashes


def unpacked(page: str, part: str) -> str:
    packed = page.split(f'id="{part}">', 1)[1].split("</script>", 1)[0]
    return zlib.decompress(base64.b64decode(packed, validate=True)).decode()


def data_of(page: str) -> Any:
    return json.loads(unpacked(page, "data"))


def test_ids_of_nodes_are_our_own(page: str) -> None:
    data = data_of(page)
    assert [node["id"] for node in data["nodes"]] == [f"n{place}" for place in range(len(data["nodes"]))]
    assert {end for edge in data["edges"] for end in (edge["from"], edge["to"])} <= {n["id"] for n in data["nodes"]}


def test_every_tie_leads_to_a_sentence(page: str) -> None:
    data = data_of(page)
    met = [edge for edge in data["edges"] if "relation" not in edge]
    assert met
    for edge in met:
        for meeting in edge["meetings"]:
            assert all(data["passages"][place]["text"] for place in data["meetings"][meeting]["passages"])


def test_ranks_count_held_meetings_only(page: str) -> None:
    data = data_of(page)
    best = [
        thing for thing in data["things"] if [thing["kind"], thing.get("scores", [[0, 0]])[0][1]] == ["official", 1]
    ]
    assert [thing["labels"]["ru"] for thing in best] == ["Айгуль Сырлыбекова"]
    assert data["views"]["officials"] == {"nodes": 7, "ranked": 7}


PAGE = files("diplograph").joinpath("page")
WORDS = tomllib.loads(PAGE.joinpath("words.toml").read_text(encoding="utf-8"))
#: Kazakh brings its own months and forms of dates: not every browser knows them.
OWN = {"months", "date_10", "date_7", "date_4"}


def test_every_language_has_the_same_words() -> None:
    assert list(WORDS) == ["en", "ru", "kk"]
    for language in ("ru", "kk"):
        assert [key for key in WORDS[language] if key not in OWN] == list(WORDS["en"])
        for key, word in WORDS["en"].items():
            other = WORDS[language][key]
            if isinstance(word, str):
                assert set(re.findall(r"{\w+}", other)) == set(re.findall(r"{\w+}", word)), key
    for key, word in WORDS["ru"].items():
        if isinstance(word, dict):
            assert set(word) == {"one", "few", "many", "other"}, key


def test_every_word_is_used() -> None:
    texts = "".join(file.read_text(encoding="utf-8") for file in PAGE.iterdir() if file.name.endswith((".js", ".html")))
    named = set(re.findall(r"""["'](\w+)["']|(?<=\s)(\w+):""", texts))
    named = {name for pair in named for name in pair}
    begun = tuple({f"{start}_" for start in re.findall(r"`(\w+)_\$\{", texts)})
    assert [key for key in WORDS["en"] if key not in named and not key.startswith(begun)] == []


def test_title_and_notice_are_text(page: str) -> None:
    assert "<title>Встречи</title>" in page
    assert "Все лица вымышлены." in page
    hostile = draw(Graph(), title="<b>x</b>", notice="<i>y</i>")
    assert "<b>x</b>" not in hostile
    assert "<i>y</i>" not in hostile


def test_no_text_of_the_graph_stands_in_the_page_as_such(page: str) -> None:
    assert "Сырлыбеков" in unpacked(page, "data")
    assert "Сырлыбеков" not in page


def test_a_notebook_shows_the_page_in_a_frame_of_its_own() -> None:
    drawn = draw(Graph().parse(SMALL), title='"<b>')
    shown = drawn._repr_html_()
    [source] = re.findall(r'^<iframe srcdoc="([^"]*)" ', shown)
    assert html.unescape(source) == drawn
    assert 'sandbox="allow-scripts' in shown
    assert "allow-same-origin" not in shown
    assert len(repr(drawn)) < 100


def test_a_thousand_nodes_and_three_thousand_meetings_can_be_mailed() -> None:
    graph = invented_graph(850, 3000, organizations=134)
    page = draw(graph)
    data = data_of(page)
    assert len({node["thing"] for node in data["nodes"]}) == 1000
    assert len(data["meetings"]) == 3000
    assert all(meeting["passages"] for meeting in data["meetings"])
    assert len(page.encode()) < 1_600_000


def test_top_limits_what_is_drawn() -> None:
    graph = Graph().parse(SMALL)
    assert draw(graph, top=1) != draw(graph)


@pytest.mark.parametrize("seed", ["0", "1", "77"])
def test_the_same_graph_gives_the_same_bytes(page: str, seed: str) -> None:
    code = (
        "import sys, hashlib; from rdflib import Graph; from diplograph.draw import draw; "
        f"g = Graph().parse({str(SMALL)!r}); "
        "print(hashlib.sha256(draw(g, title='Встречи', notice='Все лица вымышлены.').encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Almaty", "PYTHONUTF8": "1"}
    told = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == hashlib.sha256(page.encode()).hexdigest()
