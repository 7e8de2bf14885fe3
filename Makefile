# make demo: build the bundled sample and say which page to open.
# make test: every check (make check is the same). Both need python3 with venv, and the network for the first run.
# make dist: the source archive and the wheel in dist/; the wheel is tried in an environment of its own.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The reader that Gephi Lite uses, which the tests give our networks to.
FOREIGN := tests/foreign/node_modules/.package-lock.json

.PHONY: demo test check dist browser clean

demo: $(VENV)/.installed
	$(BIN)/diplograph demo --out demo-output

check: test

# The tests run on all cores; `worksteal` leaves the tests of a file together, so what they share is made once or twice.
test: $(VENV)/.installed-dev browser $(FOREIGN)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist worksteal

dist: $(VENV)/.installed-dev
	rm -rf dist
	$(BIN)/python -m build
	PYTHON=$(PYTHON) .ci/wheel dist/*.whl

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

# Dependency groups are what pip 25.1 learnt; the older one that comes with python3 has just been replaced.
$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable ".[plots,tables]" --group dev
	touch $@

# The page is tested in a browser. Without one those tests could only be left out, so there is no going on.
browser:
	@command -v curl >/dev/null && command -v chromium >/dev/null || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium curl fonts-dejavu-core; } \
	|| { echo "The tests of the pages need Chromium as /usr/bin/chromium, and curl: apt-get install chromium curl" >&2; exit 1; }

# Needs node; nothing of it is shipped.
$(FOREIGN): tests/foreign/package-lock.json
	@command -v npm >/dev/null || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends nodejs npm; } \
	|| { echo "The tests of the exports need node and npm: apt-get install nodejs npm" >&2; exit 1; }
	cd tests/foreign && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

clean:
	rm -rf dist tests/foreign/node_modules $(VENV) demo-output .mypy_cache .ruff_cache .pytest_cache
