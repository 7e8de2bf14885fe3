"""The wheel holds all that the package reads, and works without the repository. `make dist` tries it with its dependencies."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "data" / "small.ttl"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by what builds it for others, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "package")
    return folder / "package"


def files_of(folder: Path) -> set[str]:
    return {
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and file.suffix != ".pyc"
    }


def test_it_holds_every_file_of_the_package_and_of_the_ontology(unpacked: Path) -> None:
    package = unpacked / "diplograph"
    assert files_of(package / "ontology") == files_of(ROOT / "ontology")
    assert {name for name in files_of(package) if not name.startswith("ontology/")} == files_of(
        ROOT / "src" / "diplograph"
    )
    assert {file.name for file in unpacked.iterdir()} == {"diplograph", "diplograph-0.1.0.dist-info"}


def test_it_answers_from_its_own_files(unpacked: Path, tmp_path: Path) -> None:
    code = "import sys, diplograph; print(diplograph.__file__); print(diplograph.query(sys.argv[1], 'meetings-by-month').render(), end='')"
    done = subprocess.run(
        [sys.executable, "-c", code, SMALL],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [
        str(unpacked / "diplograph/__init__.py"),
        "month    meetings",
        "2026-03         5",
    ]
