"""Where the files of the ontology are: inside an installed package, at the top of a checkout."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[2]


def ontology_file(name: str) -> Traversable:
    """The file of the ontology called `name`: "shapes.ttl", "queries/who-met-whom.rq".

    Raises:
        FileNotFoundError: there is none of that name.
    """
    found = _folder().joinpath(*name.split("/"))
    if not found.is_file():
        raise FileNotFoundError(f"the ontology has no file {name!r}")
    return found


def ontology_names(folder: str = "") -> tuple[str, ...]:
    """The names of the files in a folder of the ontology, sorted: `ontology_names("queries")`.

    Raises:
        FileNotFoundError: there is no such folder.
    """
    directory = _folder().joinpath(folder) if folder else _folder()
    if not directory.is_dir():
        raise FileNotFoundError(f"the ontology has no folder {folder!r}")
    return tuple(sorted(file.name for file in directory.iterdir() if file.is_file()))


def _folder() -> Traversable:
    packaged = files("diplograph").joinpath("ontology")
    return packaged if packaged.is_dir() else _CHECKOUT / "ontology"
