"""Work in several processes. Its tests are in files `*_alone.py` and run in an interpreter of their own.

Other tests leave threads behind (browsers, servers); then nothing is forked, and a piece of work that ends its process
would end the tests.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("name", ["workers_alone.py", "fatal_articles_alone.py"])
def test_processes_that_work_hang_and_die(name: str) -> None:
    tests = Path(__file__).with_name(name)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", str(tests)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
