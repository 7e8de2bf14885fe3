"""The commands of the README run, and what it shows as output is what comes out."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from diplograph.cli import main

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
SESSIONS = re.findall(r"```console\n\$ diplograph (.*?)\n(.*?)```", README, flags=re.DOTALL)
COMMANDS = re.findall(r"^diplograph ((?:query|cluster|check|rank) .*)$", README, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    result = CliRunner().invoke(main, ["demo", "--out", str(folder / "demo-output")])
    assert result.exit_code == 0
    return folder


@pytest.mark.parametrize(("command", "shown"), SESSIONS)
def test_a_session_shows_what_comes_out(desk: Path, monkeypatch: pytest.MonkeyPatch, command: str, shown: str) -> None:
    monkeypatch.chdir(desk)
    result = CliRunner().invoke(main, shlex.split(command))
    assert result.exit_code == 0
    assert [line.rstrip() for line in result.stdout.splitlines()] == [line.rstrip() for line in shown.splitlines()]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_runs(desk: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.chdir(desk)
    result = CliRunner().invoke(main, shlex.split(command))
    assert result.exit_code == 0
    assert result.stdout.strip()


def test_every_link_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("https://") or (Path(__file__).parent.parent / target).exists(), target


def test_there_is_something_to_test() -> None:
    assert len(SESSIONS) >= 2
    assert len(COMMANDS) >= 4
