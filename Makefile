# Needs python3 with venv, make and git. Everything else is installed into .venv, in the versions that the lock files name.
PYTHON ?= python3
BIN := .venv/bin
# A process for each core, since the tests share nothing; `make test PARALLEL=` for one.
PARALLEL ?= --numprocesses=auto
# Tests that wait for other programs more than they compute.
WAITING ?= --numprocesses=4 --dist=loadgroup
LOCKED := -m pip install --quiet --disable-pip-version-check --require-hashes --requirement
OWN := -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
NEWEST := -m pip install --quiet --disable-pip-version-check --upgrade
CATALOGUES := $(wildcard src/tdkt_cli/locale/*/LC_MESSAGES/*.po)
# The tests that try more examples where all is tested.
PROPERTIES = $(shell grep -rlE 'hypothesis|thorough' tests --include='test_*.py')

.PHONY: demo test lint docs test-all test-thorough test-lowest test-latest test-holidays test-system bench lock messages schemas clean

demo: .venv/demo $(CATALOGUES:.po=.mo)
	@echo "Ví dụ: các kế hoạch trong plans/, coi như hôm nay là 01/02/2023."
	@echo "$$ tdkt due --days 14 --today 2023-02-01"
	@$(BIN)/tdkt due --days 14 --today 2023-02-01

test: lint
	$(BIN)/python -m pytest $(PARALLEL)
	$(BIN)/tdkt check
	$(BIN)/tdkt fmt --check

lint: .venv/dev $(CATALOGUES:.po=.mo)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The site of the documentation, with every link inside it checked.
docs: .venv/dev
	$(BIN)/sphinx-build --write-all --quiet --fail-on-warning --keep-going --jobs auto -d build/doctrees docs build/docs
	@echo build/docs/index.html

# What is slow by nature: more examples, both ends of the admitted versions, other programs.
test-all: test test-thorough test-lowest test-latest test-holidays test-system

test-thorough: .venv/dev
	TDKT_TEST_EXAMPLES=thorough $(BIN)/python -m pytest $(PARALLEL) $(PROPERTIES)

test-lowest: .venv-lowest/ready
	.venv-lowest/bin/python -m pytest $(PARALLEL) -p no:cacheprovider --ignore=tests/test_site.py

# Whatever was released until today, within the ranges of pyproject.toml; the tests run only where that is not what the lock has.
test-latest:
	test -x .venv-latest/bin/python || $(PYTHON) -m venv .venv-latest
	.venv-latest/bin/python $(NEWEST) pip
	.venv-latest/bin/python $(NEWEST) --group test --editable .
	.venv-latest/bin/python tools/same_versions.py requirements-dev.txt || \
	.venv-latest/bin/python -m pytest $(PARALLEL) -p no:cacheprovider --ignore=tests/test_site.py

test-holidays: .venv-holidays/ready
	PYTHONPATH=src .venv-holidays/bin/python -m pytest -o addopts= -q -p no:cacheprovider --confcutdir=tests/holiday_table tests/holiday_table

# Against programs from Debian; tests/system/packages.txt names them.
test-system: .venv/dev
	tests/system/install
	$(BIN)/python -m pytest -o addopts= -q --import-mode=importlib $(WAITING) tests/system

# Figures of this machine, not a test.
bench: .venv/dev
	$(BIN)/python tools/bench_phrases.py
	$(BIN)/python tools/bench_feeds.py
	$(BIN)/python tools/bench_diff.py

# Renew the lock files: the newest versions that pyproject.toml admits, the lowest ones for test-lowest.
lock: .venv-lock/ready
	$(PYTHON) tools/lowest.py >.venv-lock/lowest.txt
	$(call compile,requirements.txt,pyproject.toml --group build)
	$(call compile,requirements-dev.txt,pyproject.toml --group dev)
	$(call compile,requirements-lowest.txt,pyproject.toml --group test --constraint .venv-lock/lowest.txt)
	$(call compile,requirements-holidays.txt,--group holidays)
compile = .venv-lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-emit-index-url --custom-compile-command 'make lock' --output-file $(1) $(2)

messages: .venv/dev
	$(BIN)/python tools/messages.py
	$(BIN)/python tools/build_catalogues.py

schemas: .venv/dev
	$(BIN)/tdkt schema --write
	for file in examples/co-quan/schemas/*; do cp schemas/$${file##*/} $$file; done

clean:
	rm -rf .venv .venv-* build dist docs/commands docs/reference docs/rules .mypy_cache .pytest_cache .ruff_cache

.venv/bin/python:
	@echo "Tạo môi trường Python trong .venv ..."
	@$(PYTHON) -m venv .venv

.venv/demo: requirements.txt pyproject.toml | .venv/bin/python
	@echo "Tải và cài những thư viện mà tdkt cần (chỉ lần đầu, thường dưới một phút) ..."
	@$(BIN)/python $(LOCKED) requirements.txt
	@echo "Cài tdkt ..."
	@$(BIN)/python $(OWN)
	@touch $@

.venv/dev: requirements-dev.txt pyproject.toml | .venv/bin/python
	@echo "Tải và cài công cụ phát triển và kiểm thử (chỉ lần đầu, một đến vài phút) ..."
	@$(BIN)/python $(LOCKED) requirements-dev.txt
	@$(BIN)/python $(OWN)
	@touch $@ .venv/demo

%.mo: %.po
	@$(BIN)/python tools/build_catalogues.py

.venv-lowest/ready: requirements-lowest.txt pyproject.toml
	test -x .venv-lowest/bin/python || $(PYTHON) -m venv .venv-lowest
	.venv-lowest/bin/python $(LOCKED) requirements-lowest.txt
	.venv-lowest/bin/python $(OWN)
	@touch $@

.venv-holidays/ready: requirements-holidays.txt
	test -x .venv-holidays/bin/python || $(PYTHON) -m venv .venv-holidays
	.venv-holidays/bin/python $(LOCKED) requirements-holidays.txt
	@touch $@

.venv-lock/ready:
	test -x .venv-lock/bin/python || $(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python $(NEWEST) uv
	@touch $@
