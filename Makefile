# Needs python3 with venv, make and git; everything else is installed into .venv.
PYTHON ?= python3
BIN := .venv/bin
LOWEST := .venv-lowest/bin
# A process for each core, since the tests share nothing; `make test PARALLEL=` for one.
PARALLEL ?= --numprocesses=auto
SOURCES := $(shell find src tools -name '*.py' -o -name '*.po')

.PHONY: demo test lint docs test-lowest test-system bench messages schemas clean

demo: .venv/installed
	@echo "Ví dụ: các kế hoạch trong plans/, coi như hôm nay là 01/02/2023."
	@echo "$$ tdkt due --days 14 --today 2023-02-01"
	@$(BIN)/tdkt due --days 14 --today 2023-02-01

test: lint
	$(BIN)/python -m pytest $(PARALLEL)
	$(BIN)/tdkt check
	$(BIN)/tdkt fmt --check
	$(MAKE) test-lowest

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The site of the documentation, with every link inside it checked.
docs: .venv/installed
	$(BIN)/sphinx-build --write-all --quiet --fail-on-warning --keep-going --jobs auto -d build/doctrees docs build/docs
	@echo build/docs/index.html

# The lowest versions that pyproject.toml admits, in an environment of their own.
test-lowest: .venv-lowest/installed
	$(LOWEST)/python -m pytest $(PARALLEL) -p no:cacheprovider --ignore=tests/test_site.py

# Against programs from Debian; tests/system/packages.txt names them.
test-system: .venv/installed
	tests/system/install
	$(BIN)/python -m pytest -o addopts= -q --import-mode=importlib $(PARALLEL) tests/system

# Figures of this machine, not a test.
bench: .venv/installed
	$(BIN)/python tools/bench_phrases.py
	$(BIN)/python tools/bench_feeds.py
	$(BIN)/python tools/bench_diff.py

messages: .venv/installed
	$(BIN)/python tools/messages.py
	$(BIN)/python tools/build_catalogues.py

schemas: .venv/installed
	$(BIN)/tdkt schema --write
	for file in examples/co-quan/schemas/*; do cp schemas/$${file##*/} $$file; done

clean:
	rm -rf .venv .venv-lowest build dist docs/commands docs/reference docs/rules .mypy_cache .pytest_cache .ruff_cache

.venv/installed: pyproject.toml $(SOURCES)
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

.venv-lowest/installed: pyproject.toml $(SOURCES)
	test -x $(LOWEST)/python || $(PYTHON) -m venv .venv-lowest
	$(PYTHON) tools/lowest.py > .venv-lowest/constraints.txt
	$(LOWEST)/python -m pip install --quiet --disable-pip-version-check --constraint .venv-lowest/constraints.txt --editable '.[dev]'
	@touch $@
