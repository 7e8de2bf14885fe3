"""The public functions, the version, and what says it elsewhere."""

import importlib
import pkgutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import diplograph

ROOT = Path(__file__).parent.parent
MODULES = sorted(module.name for module in pkgutil.iter_modules(diplograph.__path__))


def in_a_new_process(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("name", diplograph.__all__)
def test_a_step_is_a_function_and_stays_one(name: str) -> None:
    function = getattr(diplograph, name)
    for module in MODULES:
        if module != "__main__":
            importlib.import_module(f"diplograph.{module}")
    assert getattr(diplograph, name) is function
    assert callable(function)
    assert function.__name__ == name
    assert function.__doc__


def test_a_step_is_a_function_when_its_module_was_imported_first() -> None:
    shared = sorted(set(MODULES) & set(diplograph.__all__))
    assert {"read", "extract", "network", "draw"} <= set(shared)
    # One process for all: between two names it forgets the package, and keeps only what others wrote.
    code = (
        "import importlib, sys\n"
        f"for name in {shared}:\n"
        "    for module in [one for one in sys.modules if one.partition('.')[0] == 'diplograph']:\n"
        "        del sys.modules[module]\n"
        "    importlib.import_module(f'diplograph.{name}')\n"
        "    import diplograph\n"
        "    print(name, type(getattr(diplograph, name)).__name__)\n"
    )
    assert in_a_new_process(code).splitlines() == [f"{name} function" for name in shared]


def test_what_else_a_module_holds_is_imported_from_it() -> None:
    code = "import diplograph; diplograph.read; from diplograph.read import normalise; print(normalise('a\\u00a0b'))"
    assert in_a_new_process(code) == "a b"


def test_importing_the_package_loads_no_step() -> None:
    code = "import diplograph, sys; print([name for name in sys.modules if name.startswith('diplograph.')])"
    assert in_a_new_process(code) == "[]"


def test_names_that_are_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        diplograph.nothing  # noqa: B018
    assert {"build", "rank", "__version__"} <= set(dir(diplograph))


def test_one_version_everywhere() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert diplograph.__version__ == version
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
