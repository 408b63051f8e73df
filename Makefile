# The commands of the project; `make help` lists them.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
SAMPLE := data/samples/qingshi-shuiwuju-2025.yaml
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help report test check lint types bench ui lock clean

help:            ## List these commands
	@grep -E '^[a-z]+: .*##|^[a-z]+:  *##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "nianbao needs Python 3.11 or newer")'
	@echo "Setting up $(VENV) from requirements.lock (about half a minute) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

report: $(READY) ## Make the sample office's report (SAMPLE=dossier.yaml for another)
	@$(BIN)/nianbao run $(SAMPLE) --out reports

test: $(READY)   ## Run the tests
	@$(BIN)/python -m pytest -q -n auto --dist loadfile

lint: $(READY)   ## ruff
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)  ## mypy --strict on nianbao/
	@$(BIN)/mypy

check: lint types test ## Everything that must pass before a change goes in

bench: $(READY)  ## Measure, as ratios in one run
	@$(BIN)/python -m tests.bench

ui: $(READY)     ## Start Prefect's server and UI and run the sample in it
	@$(BIN)/python -m flows.ui

lock:            ## Resolve requirements.lock anew, for every Python and system (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --all-extras --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url --quiet -o requirements.lock

clean:           ## Remove what the commands made
	rm -rf $(VENV) reports .pytest_cache .mypy_cache .ruff_cache
