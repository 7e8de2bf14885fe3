"""The page as a file: the same bytes each time, no address but the sources', a policy that forbids requests."""

from __future__ import annotations

import hashlib
import html
import os
import re
import subprocess
import sys
from pathlib import Path

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
