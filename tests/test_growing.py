"""A result that grows, and what may befall it on the way: the former result stays, nothing is lost, the next run tells."""

from __future__ import annotations

import json
import os
import pickle
import resource
import shutil
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pytest
from four_texts import TEXTS, lines
from mishaps import TOLD, Operations, die, disk_is_full, ended, forked, killed_at

import diplograph
from diplograph.account import OUTCOMES, NothingToExtractError
from diplograph.build import build
from diplograph.collection import CollectionDamagedError, WithdrawalError
from diplograph.extractions import RULES, Extraction, Extractions, pack, unpack
from diplograph.model import Article, Claims, DiplographError
from diplograph.read import Limits, read_all


def contents(folder: Path) -> dict[str, bytes]:
    """The files that show."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != ".diplograph"}


@pytest.fixture(scope="module")
def desk(loaded: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file an article, and what all of them give."""
    folder = tmp_path_factory.mktemp("desk")
    for number in range(len(TEXTS)):
        lines(folder / f"{number}.jsonl", number)
    (folder / "bad.jsonl").write_text("{\n", "utf-8")
    build(sources(folder, 0, 1, 2, 3, "bad"), out=folder / "whole")
    build(sources(folder, 0, 1), out=folder / "half")
    return folder


def sources(desk: Path, *names: object) -> list[Path]:
    return [desk / f"{name}.jsonl" for name in names]


@pytest.fixture
def half(desk: Path, tmp_path: Path) -> Path:
    """A result of two articles, as a folder of its own."""
    return Path(shutil.copytree(desk / "half", tmp_path / "half", symlinks=True))


# --- growing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("runs", [[[3], [1, "bad"], [0, 2]], [["bad"], [2, 1, 0], [3, 0]]])
def test_any_order_and_any_split_give_the_same_bytes(desk: Path, tmp_path: Path, runs: list[list[object]]) -> None:
    for names in runs:
        build(sources(desk, *names), into=tmp_path / "out")
    assert contents(tmp_path / "out") == contents(desk / "whole")


def test_what_is_known_changes_nothing(desk: Path, half: Path) -> None:
    before = contents(half)
    run = build(sources(desk, 1), into=half)
    assert contents(half) == before
    assert (run.changes.added, run.changes.known) == (0, 1)


def test_a_withdrawn_article_takes_its_facts_along(desk: Path, half: Path, tmp_path: Path) -> None:
    run = build(sources(desk, 2), into=half, withdraw=["n1"])
    assert run.changes.withdrawn == 1
    build(sources(desk, 0, 2), out=tmp_path / "expected")
    assert contents(half) == contents(tmp_path / "expected")
    with pytest.raises(WithdrawalError):
        build(into=half, withdraw=["n1"])


def test_an_edited_article_takes_its_former_facts_along(desk: Path, half: Path, tmp_path: Path) -> None:
    edited = tmp_path / "edited.jsonl"
    edited.write_text(json.dumps({"id": "n1", "text": TEXTS[2]}) + "\n", "utf-8")
    build(edited, into=half)
    graph = (half / "graph.ttl").read_text("utf-8")
    assert "Калниньш" in graph and "Павел Проба" not in graph
    inputs = json.loads((half / "run.json").read_text("utf-8"))["inputs"]
    assert [entry["outcome"] for entry in inputs] == ["extracted", "skipped", "extracted"]
    assert inputs[1]["reason"] == "replaced by a newer text, edited.jsonl#1"


def test_other_sites_of_a_text_are_told(tmp_path: Path) -> None:
    for site in "abc":
        (tmp_path / f"{site}.jsonl").write_text(
            json.dumps({"text": TEXTS[0], "url": f"https://{site}.example/"}) + "\n"
        )
    build(sorted(tmp_path.glob("*.jsonl")), out=tmp_path / "out")
    graph = (tmp_path / "out" / "graph.ttl").read_text("utf-8")
    assert "dcterms:source <https://a.example/>" in graph
    assert "rdfs:seeAlso <https://b.example/>, <https://c.example/>" in graph


def test_every_input_of_every_kind_is_accounted_for_once(tmp_path: Path) -> None:
    """Archives with several articles and other things, another language, a limit, a file that is no text."""
    news = tmp_path / "news"
    news.mkdir()
    with ZipFile(news / "many.zip", "w") as archive:
        archive.writestr("a.txt", TEXTS[0])
        archive.writestr(
            "b.jsonl", "".join(json.dumps({"id": f"b{n}", "text": TEXTS[n]}) + "\n" for n in (1, 2)) + "{\n"
        )
        archive.writestr("picture.png", b"\x89PNG")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            archive.writestr("a.txt", TEXTS[0])  # a second file of that name
    (news / "long.txt").write_text("Долго. " * 1000, "utf-8")
    (news / "english.txt").write_text("The minister met the ambassador of Latvia in Riga on Thursday.", "utf-8")
    (news / "feed.xml").write_text(
        "<rss version='2.0'><channel><title>Лента</title>"
        + "".join(
            f"<item><link>https://a.example/{n}</link><description>{TEXTS[n]}</description></item>" for n in (2, 3)
        )
        + "</channel></rss>",
        "utf-8",
    )
    limits = Limits(text_characters=2000)
    read = [item.source for item in read_all(news, limits=limits)]
    run = build(news, out=tmp_path / "out", limits=limits)
    assert sorted(entry.source for entry in run.inputs) == sorted(read)
    counts = run.counts()
    assert counts["inputs"] == len(read) == 10
    assert {name: counts[name] for name in OUTCOMES} == {"extracted": 4, "empty": 0, "skipped": 4, "failed": 2}
    account = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    assert account["counts"] == counts
    assert len(account["inputs"]) == len(read)
    grown = build(news / "feed.xml", into=tmp_path / "grown")
    assert grown.counts()["inputs"] == 2
    for _ in range(2):
        build(news, into=tmp_path / "grown", limits=limits)
    inputs = json.loads((tmp_path / "grown" / "run.json").read_text("utf-8"))["inputs"]
    # The feed was given by itself, then with its folder: one place.
    assert sorted(entry["source"].removeprefix("news/") for entry in inputs) == sorted(
        source.removeprefix("news/") for source in read
    )
    build([news / "feed.xml", news], into=tmp_path / "once", limits=limits)
    assert contents(tmp_path / "once") == contents(tmp_path / "grown")


def test_a_pattern_adds_every_file_it_fits(tmp_path: Path) -> None:
    for folder in "ab":
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "news.txt").write_text(TEXTS["ab".index(folder)], "utf-8")
    run = build([f"{tmp_path}/*/news.txt", f"{tmp_path}/nothing*.txt"], out=tmp_path / "out")
    assert [(Path(entry.source).name, entry.outcome) for entry in run.inputs] == [
        ("nothing*.txt", "failed"),
        ("news.txt", "extracted"),
        ("news.txt", "extracted"),
    ]


# --- one writer ----------------------------------------------------------------------------------------


def test_several_processes_lose_nothing(desk: Path, tmp_path: Path) -> None:
    told = tmp_path / "told"

    def run(name: object) -> None:
        build(sources(desk, name), into=tmp_path / "out", tell=lambda text: told.open("a").write(f"{text}\n"))

    started = [forked(partial(run, name)) for name in (0, 1, 2, 3, "bad", 0, 1, 2)]
    assert [ended(process) for process in started] == [0] * 8
    assert contents(tmp_path / "out") == contents(desk / "whole")
    assert "Waiting for another run that writes to " in told.read_text("utf-8")


def test_several_threads_lose_nothing(desk: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as threads:
        runs = [threads.submit(build, sources(desk, name), into=tmp_path / "out") for name in (0, 1, 2, 3, "bad")]
    assert all(run.result() for run in runs)
    assert contents(tmp_path / "out") == contents(desk / "whole")


# --- faults --------------------------------------------------------------------------------------------


@pytest.fixture
def rest(desk: Path, half: Path) -> Callable[[], object]:
    """The run that makes the whole of the half."""
    return lambda: build(sources(desk, 2, 3, "bad"), into=half, jobs=2)


def recovered(desk: Path, half: Path, before: dict[str, bytes]) -> bool:
    """Whether the former result or the new one is there, nothing between, and the next run makes the new one of it.

    True if it told that a run had been stopped.
    """
    assert contents(half) in (before, contents(desk / "whole"))
    told: list[str] = []
    build(sources(desk, 2, 3, "bad"), into=half, tell=told.append)
    assert contents(half) == contents(desk / "whole")
    assert sorted(path.name for path in (half / ".diplograph").iterdir()) == [
        "current",
        "extractions",
        "lock",
        "results",
    ]
    return any("was stopped before its end" in text for text in told)


def test_killed_at_any_moment(desk: Path, half: Path, rest: Callable[[], object]) -> None:
    """From outside, so somewhere after an operation on the disk; moments are no seconds, of which a busy machine takes many."""
    operations, before, told = Operations(half), contents(half), 0
    assert ended(forked(lambda: (operations.watch(), rest()))) == 0
    last = operations.count
    for moment in range(10):
        shutil.rmtree(half)
        shutil.copytree(desk / "half", half, symlinks=True)
        killed_at(operations, last * (2 * moment + 1) // 20, rest)
        told += recovered(desk, half, before)
    assert told > 1


@pytest.mark.parametrize("happens", [die, disk_is_full])
def test_the_nth_operation_on_the_disk_kills_or_fails(
    desk: Path, half: Path, rest: Callable[[], object], tmp_path: Path, happens: Callable[[], None]
) -> None:
    """Each of some operations, from the first to the last; benchmarks/faults.py does so with every one."""
    operations, before = Operations(half), contents(half)
    whole = Path(shutil.copytree(half, tmp_path / "copy", symlinks=True))
    assert ended(forked(lambda: (operations.watch(), rest()))) == 0
    last = operations.count
    assert last > 20
    for number in sorted({1, 2, *range(3, last, last // 8), last}):
        shutil.rmtree(half)
        shutil.copytree(whole, half, symlinks=True)
        ending = ended(forked(lambda: (operations.watch(number, happens), rest())))  # noqa: B023
        assert ending in (0, TOLD, -signal.SIGKILL), number
        recovered(desk, half, before)


@pytest.mark.parametrize("size", [0, 2_000, 6_000, 20_000, 60_000])
def test_a_disk_that_takes_no_more(
    desk: Path, half: Path, rest: Callable[[], object], tmp_path: Path, size: int
) -> None:
    """No file may grow beyond `size`: writes fail in the kernel, those of SQLite too."""
    before = contents(half)

    def run() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        try:
            rest()
        except DiplographError as error:
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            (tmp_path / "told").write_text(str(error), "utf-8")

    assert ended(forked(run)) == 0
    assert "cannot be written: " in (tmp_path / "told").read_text("utf-8")
    assert contents(half) == before
    recovered(desk, half, before)


def test_a_stop_with_ctrl_c_is_clean_and_the_next_run_goes_on(desk: Path, tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    news.write_text(
        "".join(json.dumps({"text": f"{TEXTS[number % 4]} Номер {number}."}) + "\n" for number in range(3000)), "utf-8"
    )
    command = [sys.executable, "-m", "diplograph", "build", str(news), "--out", str(tmp_path / "out")]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    kept = tmp_path / "out" / ".diplograph" / "extractions"
    deadline = time.monotonic() + 60
    while not (kept.exists() and kept.stat().st_size > 50_000) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    told = process.communicate()[1]
    assert process.returncode == 130
    assert told.strip().endswith("a build goes on where it was when it is started again.")
    assert "Traceback" not in told
    assert [path.name for path in (tmp_path / "out").iterdir()] == [".diplograph"]
    assert sorted(path.name for path in (tmp_path / "out" / ".diplograph").iterdir()) == ["extractions", "lock"]
    cache = Extractions(kept)
    assert cache._db.execute("SELECT count(*) FROM articles").fetchone()[0] > 10


@pytest.mark.parametrize("damage", [b"", b"no database at all", b"\xff" * 50_000])
def test_damaged_extractions_are_made_again(desk: Path, half: Path, damage: bytes) -> None:
    (half / ".diplograph" / "extractions").write_bytes(damage)
    told: list[str] = []
    build(sources(desk, 2, 3, "bad"), into=half, tell=told.append)
    assert contents(half) == contents(desk / "whole")
    assert [text.endswith("was damaged; all texts are read again.") for text in told] == [True] * bool(damage)


def test_one_altered_extraction_is_made_again(desk: Path, half: Path) -> None:
    path = half / ".diplograph" / "extractions"
    data = path.read_bytes()
    path.write_bytes(data.replace("Пробиньш".encode(), "Пробиньж".encode()))
    assert path.read_bytes() != data
    build(sources(desk, 2, 3, "bad"), into=half)
    assert contents(half) == contents(desk / "whole")


def test_a_damaged_collection_is_taken_from_its_copy_or_refused(desk: Path, half: Path) -> None:
    before = contents(half)
    latest = half / ".diplograph" / "current"
    (latest / "collection").write_bytes(b"scribble")
    told: list[str] = []
    build(sources(desk, 2), into=half, withdraw=[], tell=told.append)
    assert "is damaged" in told[0]
    build(into=half, withdraw=["n2"])
    assert contents(half) == before
    for name in ("collection", "collection.second"):
        (latest / name).write_bytes(b"scribble")
    with pytest.raises(CollectionDamagedError, match="the result is as it was"):
        build(sources(desk, 2), into=half)
    assert contents(half) == before
    build(sources(desk, 0, 1, 2, 3, "bad"), out=half)
    assert contents(half) == contents(desk / "whole")


def test_a_folder_that_may_not_be_written(desk: Path, tmp_path: Path) -> None:
    with pytest.raises(DiplographError, match="cannot be written"):
        build(sources(desk, 2), into="/proc/result")


def test_a_folder_of_an_earlier_version_is_taken_in(desk: Path, tmp_path: Path) -> None:
    """Its files are no links; they too go in one step."""
    old = Path(shutil.copytree(desk / "half", tmp_path / "old"))
    shutil.rmtree(old / ".diplograph")
    (old / "notes.txt").write_text("mine", "utf-8")
    build(sources(desk, 0, 1, 2, 3, "bad"), out=old)
    assert contents(old) == {**contents(desk / "whole"), "notes.txt": b"mine"}
    assert (old / "graph.ttl").is_symlink()


def test_a_copy_without_links_can_be_added_to(desk: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(desk / "half", tmp_path / "copy", symlinks=False))
    build(sources(desk, 2, 3, "bad"), into=copy)
    assert contents(copy) == contents(desk / "whole")


def test_nothing_to_extract_leaves_no_folder(desk: Path, tmp_path: Path) -> None:
    with pytest.raises(NothingToExtractError):
        build(sources(desk, "bad"), out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


# --- single articles -----------------------------------------------------------------------------------


def test_what_an_extraction_depends_on() -> None:
    """All of our files that extracting loads: another rule or word makes another extraction, another page does not."""
    code = (
        "import sys\nfrom diplograph.extract import extract\nfrom diplograph.model import Article\n"
        "opened = set()\n"
        "sys.addaudithook(lambda event, args: opened.add(str(args[0])) if event == 'open' else None)\n"
        "extract(Article('a', 'Посол Казахстана в Латвии Ержан Тестов встретился с Янисом Пробиньшем в Риге.'))\n"
        "modules = [module.__file__ for name, module in sys.modules.items() if name.startswith('diplograph.')]\n"
        "print('\\n'.join(sorted({*filter(None, modules), *opened})))\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    folder = Path(diplograph.__file__).parent
    loaded = {Path(line) for line in told.splitlines() if line.startswith(f"{folder}/") and not line.endswith(".pyc")}
    counted = {path for pattern in RULES for path in folder.glob(pattern)}
    assert len(loaded) > 40
    assert loaded <= counted
    assert not any(path.name in ("draw.py", "rdf.py", "report.py", "build.py") for path in counted)


def test_extractions_hold_records_and_nothing_that_runs() -> None:
    article = Article("a", "")
    assert unpack(pack(Claims(Article("a", "Текст."))), article) == Claims(article)
    for foreign in (
        pickle.dumps(os.system),
        pickle.dumps(print),
        pickle.dumps(Path("x")),
        pickle.dumps(Extraction(b"")),
    ):
        with pytest.raises(pickle.UnpicklingError):
            unpack(foreign, article)
