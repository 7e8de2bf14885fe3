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
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
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
    blocks = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", page, re.S)
    hashes = {base64.b64encode(hashlib.sha256(block.encode()).digest()).decode() for block in blocks}
    assert len(blocks) == 3
    assert set(re.findall(r"'sha256-([^']+)'", html.unescape(written[1]))) == hashes


def data_of(page: str) -> Any:
    return json.loads(page.split('id="data">', 1)[1].split("</script>", 1)[0])


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


def test_both_languages_have_the_same_words_and_all_are_used() -> None:
    folder = files("diplograph").joinpath("page")
    words = tomllib.loads(folder.joinpath("words.toml").read_text(encoding="utf-8"))
    assert list(words["en"]) == list(words["ru"])
    texts = [file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith((".js", ".html"))]
    named = set(re.findall(r"""["'](\w+)["']""", "".join(texts)))
    begun = {f"{start}_" for start in re.findall(r"`(\w+)_\$\{", "".join(texts))}
    assert [key for key in words["en"] if key not in named and not key.startswith(tuple(begun))] == []
    for key, word in words["ru"].items():
        if isinstance(word, dict):
            assert set(word) == {"one", "few", "many", "other"}, key


def test_title_and_notice_are_text(page: str) -> None:
    assert "<title>Встречи</title>" in page
    assert "Все лица вымышлены." in page
    hostile = draw(Graph(), title="<b>x</b>", notice="<i>y</i>")
    assert "<b>x</b>" not in hostile
    assert "<i>y</i>" not in hostile


def test_data_cannot_close_its_script(page: str) -> None:
    data = page.split('id="data">', 1)[1].split("</script>", 1)[0]
    assert "</" not in data
    assert "\u2028" not in data


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
