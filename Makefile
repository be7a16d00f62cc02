# `make help` lists every target. Everything runs from .venv, which `make setup` fills from the hashed locks.
PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest

.PHONY: help setup setup-dev run demo test test-slow unit browser lint fix types contracts law docs figures check build-check \
	bench-web bench-redaction bench-diagnostics bench-logs bench-surfacing bench-explorer

help: ## list every target in a line
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: .venv/ready ## make .venv from the hashed lock
	@$(BIN)/python -m compileall -q src # each file is parsed in a process of its own, which starts in half the time so

setup-dev: .venv/ready-dev setup ## make .venv with the tools of the tests and checks

.venv/bin/python:
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv is missing. Install it with: apt-get install -y python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/ready: requirements.lock pyproject.toml | .venv/bin/python
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -c "import pathlib, site; pathlib.Path(site.getsitepackages()[0], 'sevline.pth').write_text(str(pathlib.Path('src').resolve()))"
	@touch $@

.venv/ready-dev: requirements-dev.lock .venv/ready
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

run: setup ## work the sample case in the terminal and serve the workbench with its demo desk
	@$(BIN)/python -m sevline demo run

test: setup-dev ## everything on SQLite, flow and database tests on PostgreSQL, one browser journey (under 8 minutes)
	$(PYTEST) -q -n 2 --dist worksteal -m "not slow"
	$(BIN)/python -m tests.postgres pytest -q -n 2 --dist worksteal -m "not slow and not browser and both_databases" tests/flow tests/context

test-slow: setup-dev ## the rest of it on PostgreSQL, every page, theme and width, fuzz, kill tests (under 45 minutes)
	$(PYTEST) -q -n 2 --dist worksteal -m "slow and not on_postgresql"
	$(BIN)/python -m tests.postgres pytest -q -n 2 --dist worksteal -m "not browser and (slow or not both_databases)" tests/context tests/flow tests/architecture

unit: setup-dev ## the pure core only
	$(PYTEST) -q tests/unit

browser: setup-dev ## the browser journeys
	$(PYTEST) -q -m browser

lint: setup-dev ## ruff, templates, spelling
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --lint --quiet src
	$(BIN)/codespell src tests docs README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md

fix: setup-dev ## mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: setup-dev ## mypy, strict, with the Django plugin
	$(BIN)/mypy src tests tools benchmarks

contracts: setup-dev ## which package may import which
	$(BIN)/lint-imports

law: contracts ## import contracts and the quick tests of the house rules
	$(PYTEST) -q -n 2 --dist worksteal -m "not slow" tests/architecture

docs: setup-dev ## write the generated documents
	$(BIN)/python -m tools.docs write

figures: setup-dev ## sizes, hints, complexity, cycles of the code
	$(PYTEST) -q tests/architecture/test_figures.py

bench-web: setup-dev ## server time of the pages on 5,000 cases and 100,000 events, on both databases
	$(BIN)/python -m benchmarks.web

bench-redaction: setup-dev .venv-bench/ready ## speed, memory, recall and false alarms of redaction, with two peers
	PYTHONPATH=src:. $(BIN)/python -m benchmarks.redaction --peers .venv-bench/bin/python --gigabyte --write docs/reference/redaction-figures.md

bench-diagnostics: setup-dev ## a 200 MB recording, 5 million rows compared, samples of the checks (about 10 minutes)
	$(BIN)/python -m benchmarks.diagnostics

bench-logs: setup-dev .venv-bench/ready ## the log miner beside Drain3, wc and ripgrep: speed and accuracy, ratios first
	$(BIN)/python -m benchmarks.logs

bench-surfacing: setup-dev ## what stands out in simulated logs: recall, false share and error of the onset
	$(BIN)/python -m benchmarks.surfacing

bench-explorer: setup-dev ## server time of the pattern explorer over 100,000 patterns
	$(BIN)/python -m benchmarks.explorer

.venv-bench/ready: | .venv/bin/python
	@$(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/pip install --quiet --disable-pip-version-check drain3==0.9.11 presidio-analyzer==2.2.366 detect-secrets==1.5.0
	@touch $@

build-check: setup-dev ## build the wheel and run it in an empty environment
	$(BIN)/python -m tools.wheel

check: lint types contracts build-check ## all checks that are no tests, as CI runs them
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/bandit -q -r src -c pyproject.toml --severity-level medium
	$(BIN)/python -m tools.docs check
