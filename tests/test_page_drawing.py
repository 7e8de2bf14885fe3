"""What stands on the graph, as its saved drawing says: names that cover nothing, numbers and lines that say no more
than the meetings do."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from browsing import Opened, opened, saved
from invented_graph import invented_graph
from playwright.sync_api import Browser
from rdflib import DCTERMS, RDFS, Graph, Literal

from diplograph.terms import DG, DGID

#: Boxes of what is written on the graph and of its nodes, in pixels of a saved drawing.
BOXES = """() => {
  const box = (element) => {
    const { x, y, width, height } = element.getBBox();
    return { left: x, right: x + width, top: y, bottom: y + height };
  };
  const floor = [...document.querySelectorAll("rect")].at(-1).getBBox().y;
  const written = [...document.querySelectorAll("text[stroke]")].map((element) => ({
    ...box(element), text: element.textContent, strong: element.getAttribute("font-weight") === "600",
  }));
  return { written, nodes: [...document.querySelectorAll("path")].map(box).filter(({ bottom }) => bottom < floor) };
}"""


def overlap(a: dict[str, float], b: dict[str, float], *, by: float) -> bool:
    return (
        min(a["right"], b["right"]) - max(a["left"], b["left"]) > by
        and min(a["bottom"], b["bottom"]) - max(a["top"], b["top"]) > by
    )


@pytest.mark.parametrize("view", ["officials", "states", "mixed"])
def test_a_name_covers_no_other_and_no_node(browser: Browser, tmp_path: Path, view: str) -> None:
    seen = opened(browser, invented_graph(45, 90, organizations=8), tmp_path, fragment=f"#view={view}")
    file = tmp_path / "graph.svg"
    file.write_bytes(saved(seen, "#save-svg"))
    seen.page.goto(file.as_uri())
    found = seen.page.evaluate(BOXES)
    seen.page.close()
    written = found["written"]
    assert len(written) > 10
    for place, name in enumerate(written):
        # Letters stand lower than their box; lines of one name are set close.
        assert [other["text"] for other in written[:place] if overlap(name, other, by=3)] == []
        if not name["strong"]:
            assert [node for node in found["nodes"] if overlap(name, node, by=3)] == []


def drawing(seen: Opened) -> list[str]:
    """The texts of the saved drawing."""
    root = ElementTree.fromstring(saved(seen, "#save-svg"))
    return [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]


def copy_of(graph: Graph) -> Graph:
    copied = Graph()
    for triple in graph:
        copied.add(triple)
    return copied


def test_what_is_announced_is_not_counted_as_met(browser: Browser, small_graph: Graph, tmp_path: Path) -> None:
    met_twice = opened(browser, small_graph, tmp_path)
    assert "2" in drawing(met_twice)
    met_twice.page.close()
    graph = copy_of(small_graph)
    for meeting in set(graph.subjects(DG.status)):
        graph.set((meeting, DG.status, DG.Planned))
    seen = opened(browser, graph, tmp_path)
    assert "2" not in drawing(seen)
    assert seen.page.inner_text("#counts").startswith("6 announced")
    assert seen.page.locator("#card h3:text('What was discussed')").count() == 0
    legend = seen.page.inner_text("#legend")
    assert "only announced" in legend and "met, one source" not in legend
    seen.page.close()


def test_one_publisher_is_one_source(browser: Browser, small_graph: Graph, tmp_path: Path) -> None:
    apart = opened(browser, small_graph, tmp_path)
    assert "several sources" in apart.page.inner_text("#legend")
    apart.page.close()
    graph = copy_of(small_graph)
    for article in set(graph.subjects(DCTERMS.publisher)):
        graph.set((article, DCTERMS.publisher, Literal("Пресс-служба")))
    seen = opened(browser, graph, tmp_path)
    assert "several sources" not in seen.page.inner_text("#legend")
    seen.page.close()


def test_a_long_name_is_written_in_two_lines_and_cut_where_it_is_longer(
    browser: Browser, small_graph: Graph, tmp_path: Path
) -> None:
    graph = copy_of(small_graph)
    long = "Айгуль Нурлановна Сырлыбекова-Жасталапова"
    graph.set((DGID["official/aigul-syrlybekova"], RDFS.label, Literal(long, lang="ru")))
    longer = "Межправительственная рабочая группа " * 3
    graph.set((DGID["official/gabor-shomodvari"], RDFS.label, Literal(longer.strip(), lang="ru")))
    seen = opened(browser, graph, tmp_path)
    texts = drawing(seen)
    assert {"Айгуль Нурлановна", "Сырлыбекова-Жасталапова"} <= set(texts)
    assert any(text.endswith("…") for text in texts)
    seen.page.close()
