# Two commands matter: `make run` and `make test`. `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
export PORT

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | sort | expand -t 14

$(VENV)/run.stamp: requirements.txt
	@echo "Setting up for the first time: about 5 minutes and 2 GB, most of it the language model's library."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version)."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.txt
	@echo "Installing what the tests need: about 2 minutes."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(VENV)/bench.stamp: $(VENV)/dev.stamp requirements-bench.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	@touch $@

run: $(VENV)/run.stamp ## start the dashboard on http://localhost:8501 (PORT= changes it)
	@$(BIN)/python manage.py serve

# Tests run a process on each core, and one more since they often wait for a browser or another
# process: more threads inside would wait for each other. They start the app dozens of times, so
# what was compiled is kept, also where the surroundings say not to.
test trust: export PYTHONDONTWRITEBYTECODE =
test trust: export OMP_NUM_THREADS = 1
test trust: export PYTEST_XDIST_AUTO_NUM_WORKERS = $(shell $(PYTHON) -c 'import os; print(min(4, (os.cpu_count() or 1) + 1))')

test: $(VENV)/dev.stamp ## run every check: style, types, tests
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -n auto

lint: $(VENV)/dev.stamp ## style only
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: $(VENV)/dev.stamp ## types only
	@$(BIN)/mypy

stress: $(VENV)/dev.stamp ## the long counts, by hand
	@STRESS=1 $(BIN)/python -m pytest --timeout 14400

trust: $(VENV)/dev.stamp ## test every promise and write docs/TRUST.md (STRESS=1 for full counts)
	@$(BIN)/python -m pytest -n auto --trust var/trust.json --timeout 3600
	@$(BIN)/python -m tests.trust.page var/trust.json $(if $(STRESS),--full)

audit: $(VENV)/dev.stamp ## look for weaknesses in the sources and for known ones in the packages (needs the internet)
	@$(BIN)/bandit -q -r app.py dashboard.py manage.py analysis commands domain intake pages participant reports services staff store ui web -ll
	@$(BIN)/pip-audit -r requirements.txt --no-deps --disable-pip

sbom: $(VENV)/dev.stamp ## write the bill of materials to sbom.json
	@$(BIN)/cyclonedx-py requirements requirements.txt --output-file sbom.json

bench: $(VENV)/bench.stamp ## measure against peers and write docs/benchmarks.md
	@$(BIN)/python -m benchmarks

proposals: $(VENV)/dev.stamp ## learn again what tells a proposal (needs ROUNDTABLE_REAL_DATA)
	@$(BIN)/python -m benchmarks._proposal_training

notebook: $(VENV)/dev.stamp ## open the notebooks
	@$(BIN)/jupyter lab notebooks

catalogue: $(VENV)/dev.stamp ## gather what there is to translate on the pages of participants
	@$(BIN)/python -m participant.catalogue

screenshots: $(VENV)/dev.stamp ## make the pictures of the README again
	@$(BIN)/python docs/screenshots.py

clean: ## remove the virtual environment; your data in var/ stays
	@rm -rf $(VENV)

.PHONY: help run test lint types stress trust audit sbom bench proposals notebook catalogue screenshots clean
