"""The commands of the README run, and what it shows as output is what comes out."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from diplograph.cli import main

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
SESSIONS = re.findall(r"```console\n\$ diplograph (.*?)\n(.*?)```", README, flags=re.DOTALL)
TURTLE = re.findall(r"```turtle\n(.*?)\n```", README, flags=re.DOTALL)
[TEXT] = re.findall(r"```text\n(.*?)```", README, flags=re.DOTALL)
[PYTHON] = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
COMMANDS = re.findall(
    r"^diplograph ((?:build|query|cluster|check|rank|chance|report|dossier|diff|export) .*)$",
    README,
    flags=re.MULTILINE,
)


@pytest.fixture(scope="module")
def desk(loaded: None, demo_output: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(demo_output, folder / "demo-output", symlinks=True)
    (folder / "debrecen.txt").write_text(TEXT, encoding="utf-8")
    shutil.copytree(folder / "demo-output", folder / "out")
    (folder / "news").mkdir()
    (folder / "news" / "debrecen.txt").write_text(TEXT, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("command", "shown"), SESSIONS)
def test_a_session_shows_what_comes_out(desk: Path, monkeypatch: pytest.MonkeyPatch, command: str, shown: str) -> None:
    monkeypatch.chdir(desk)
    result = CliRunner().invoke(main, shlex.split(command))
    assert result.exit_code == 0
    told = result.stdout.rstrip()  # `explain` ends with an empty line, which a document would not show
    assert [line.rstrip() for line in told.splitlines()] == [line.rstrip() for line in shown.splitlines()]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_runs(desk: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.chdir(desk)
    result = CliRunner().invoke(main, shlex.split(command, comments=True))
    assert result.exit_code == 0
    assert result.stdout.strip()


def test_the_python_runs(desk: Path) -> None:
    run = subprocess.run([sys.executable, "-c", PYTHON], cwd=desk, capture_output=True, text=True, check=False)
    assert run.stderr == ""
    assert "Агнеш Хорвайи" in run.stdout


@pytest.mark.parametrize("block", TURTLE, ids=lambda block: block.split()[0])
def test_the_turtle_is_that_of_the_demonstration(desk: Path, block: str) -> None:
    things = (desk / "demo-output" / "graph.ttl").read_text(encoding="utf-8").split("\n\n")
    assert block in [thing.strip("\n") for thing in things]


def test_every_link_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("https://") or (Path(__file__).parent.parent / target).exists(), target


def test_there_is_something_to_test() -> None:
    assert len(SESSIONS) >= 3
    assert len(COMMANDS) >= 5
    assert len(TURTLE) == 2
