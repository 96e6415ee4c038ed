# make run    set everything up and open the window
# make test   set everything up and run the tests
# The rest is for those who change the program: see CONTRIBUTING.md.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run setup test lint bench lock screenshots clean

run: setup
	$(BIN)/pmvoice

setup: $(READY)

# Made anew when the locked versions, the project's own description or the system libraries change.
$(READY): requirements.lock pyproject.toml packaging/install-system-libraries
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "pmvoice needs Python 3.11 or newer. Name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@PYTHON=$(PYTHON) packaging/install-system-libraries
	@echo "Setting up $(VENV); the first time this takes a few minutes."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

test: setup
	@PYTHON=$(PYTHON) packaging/install-system-libraries --tests
	$(BIN)/python -m pytest

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: setup
	$(BIN)/python -m benchmarks $(if $(CORPUS),--corpus "$(CORPUS)")

screenshots: setup
	$(BIN)/python packaging/screenshots.py

# Choose the newest versions that pyproject.toml allows, for every system at once.
lock: setup
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --all-extras --upgrade \
		--override packaging/lock-overrides.txt pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) build
