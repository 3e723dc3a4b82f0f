# The ways in. `make run` and `make test` need only Python >= 3.11 and make.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup run quick test bench chaos mutants lock clean

setup: .venv/.ready

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Aboveboard needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: setup
	@$(BIN)/aboveboard serve

# Under a minute: what to run between two thoughts. `make test` runs everything.
quick: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses 2 -m "not slow and not browser" tests/unit

test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/aboveboard check
	$(BIN)/aboveboard test
	$(BIN)/pytest --numprocesses 2

bench: setup
	$(BIN)/python -m bench

chaos: setup
	$(BIN)/python -m tests.chaos

# ONLY="bot/record bot/policy/judge.py" tries those alone.
mutants: setup
	$(BIN)/python -m tests.mutants $(ONLY)

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --custom-compile-command "make lock" --group dev pyproject.toml --output-file requirements.lock

clean:
	rm -rf .venv build mutants *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
