# make demo: build the bundled sample and say which page to open.
# make test: every check (make check is the same). Both need python3 with venv, and the network for the first run.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check browser clean

demo: $(VENV)/.installed
	$(BIN)/diplograph demo --out demo-output

check: test

test: $(VENV)/.installed-dev browser
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

# Dependency groups are what pip 25.1 learnt; the older one that comes with python3 has just been replaced.
$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@

# The page is tested in a browser. Without one those tests could only be left out, so there is no going on.
browser:
	@command -v chromium >/dev/null || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium fonts-dejavu-core; } \
	|| { echo "The tests of the page need Chromium as /usr/bin/chromium: apt-get install chromium" >&2; exit 1; }

clean:
	rm -rf $(VENV) demo-output .mypy_cache .ruff_cache .pytest_cache
