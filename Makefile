# `make demo` and `make test` each start from nothing: they make a virtual environment, install, and run.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: demo test fix thorough endure bench clean

demo: $(VENV)/demo
	$(BIN)/trust-ledger demo

test: $(VENV)/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --dist loadfile --cov --cov-report=term --durations=5

# Many more examples of every law; of those on sweeps and on other processes, 20,000 histories.
thorough: $(VENV)/test
	$(BIN)/pytest -n auto --dist loadfile --hypothesis-profile=thorough tests/laws tests/testing tests/test_clocks.py
	$(BIN)/pytest --hypothesis-profile=exhaustive tests/laws/test_swept.py tests/laws/test_other_processes.py

# What a ledger bears (docs/integrity.md), at full size: about an hour.
endure: $(VENV)/test
	for part in many "many --postgres" plug "plug --postgres" damage trouble proofs tampering "tampering --postgres --trials 200" fuzz; do \
		echo "== $$part" && $(BIN)/python -m tests.endurance.$$part || exit 1; \
	done

fix: $(VENV)/test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Side by side with what one would pick instead, in one run: a table, and JSON in bench/results. `make bench BENCH=--quick` for a first look.
bench: $(VENV)/bench
	$(BIN)/python bench/run.py $(BENCH)

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --upgrade 'pip>=25.1'

$(VENV)/demo: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --editable .
	touch $@

$(VENV)/test: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --group dev --editable .
	touch $@

$(VENV)/bench: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --group bench --editable .
	touch $@

clean:
	rm -rf $(VENV) build dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
