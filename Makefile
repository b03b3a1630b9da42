# One command runs the service, one tests it. Both work on a fresh machine with Python 3.11, make and git.
SHELL := /bin/sh
.SHELLFLAGS := -euc
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
PORT ?= 8000
M ?=
T ?=
B ?=

export PORT
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export UV_NO_PROGRESS := 1
export NPM_CONFIG_UPDATE_NOTIFIER := false
export PYTHONDONTWRITEBYTECODE :=

PACKAGES := $(VENV)/.installed
MODULES := node_modules/.installed
ASSETS := panel/static/.built
ASSET_SOURCES := $(wildcard panel/assets/*)
MOJ := node_modules/@ministryofjustice/frontend/moj
FONTS := node_modules/@expo-google-fonts/atkinson-hyperlegible

COMPILE = uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	--universal --python-version 3.11

.PHONY: help setup run test check format docs lock revision first-revision browser bench clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

setup: $(PACKAGES) $(ASSETS) ## install everything without starting it; afterwards: .venv/bin/panel --help

run: export PANEL_DEMO := 1
run: setup ## install, migrate, load the demonstration into an empty database, and start on PORT (8000)
	@exec $(BIN)/panel run

test: setup browser check ## every check and every test, on SQLite, PostgreSQL and Chromium (T="-k words" picks)
	pytest -n 2 --dist worksteal $(T)

bench: setup ## how quick the pages are with 100,000 cases: make bench B="--cases 1000 --database postgresql --limit 200"
	python -m tests.bench $(B)

check: setup ## style, types, import rules, templates, migrations and drawings
	ruff format --check .
	ruff check .
	mypy
	lint-imports
	djlint --profile=jinja --lint --quiet templates
	panel check-migrations
	panel docs --check

format: setup ## write the code in the house's style
	ruff check --fix-only --quiet .
	ruff format .

docs: setup ## draw each state machine from its own table
	panel docs

revision: setup ## write a migration for what changed in the models: make revision M="what changes"
	@test -n "$(M)" || { echo 'Say what changes: make revision M="add a field"' >&2; exit 2; }
	python -m panel.migrations.write "$(M)"

first-revision: setup ## before the first release only: write migration 0001 anew from the models
	python -m panel.migrations.write --first

lock: $(PACKAGES) ## pin every Python package with its hash, and every script and style sheet
	echo 'uv==$(UV_VERSION)' | $(COMPILE) - -o requirements-uv.txt
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) requirements-dev.in -o requirements-dev.txt
	npm install --package-lock-only --silent

clean: ## remove what was installed and built; data in var/ stays
	rm -rf $(VENV) node_modules panel/static .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache

browser: ## install Chromium for the tests, where that is possible
	@command -v "$${CHROMIUM:-chromium}" >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
		&& apt-get update -q && apt-get install -q -y --no-install-recommends chromium; } || { \
		echo 'make test needs Chromium: install the package "chromium", or set CHROMIUM=/path/to/it' >&2; exit 1; }

$(BIN)/python:
	@for python in python3.11 python3; do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		"$$python" -m venv --clear $(VENV) && exit 0; \
	done; echo 'Python 3.11 with venv is needed: install python3.11 and python3.11-venv' >&2; exit 1

$(PACKAGES): requirements-uv.txt requirements-dev.txt pyproject.toml | $(BIN)/python
	@echo 'Installing Python packages into $(VENV) ...'
	@$(BIN)/python -m pip install -q --require-hashes -r requirements-uv.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements-dev.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(MODULES): package-lock.json package.json .npmrc $(PACKAGES)
	@echo 'Installing scripts and style sheets into node_modules ...'
	@npm ci --loglevel=error >/dev/null
	@touch $@

$(ASSETS): $(ASSET_SOURCES) $(MODULES)
	@echo 'Building panel/static ...'
	@mkdir -p panel/static/fonts panel/static/assets/images
	@node_modules/.bin/sass --load-path=. --load-path=node_modules --style=compressed --no-source-map \
		--quiet-deps --quiet panel/assets/app.scss panel/static/app.css
	@cp $(filter-out %.scss,$(ASSET_SOURCES)) panel/static/
	@cp node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js panel/static/
	@cp $(MOJ)/moj-frontend.min.js panel/static/
	@cp node_modules/signature_pad/dist/signature_pad.min.js panel/static/
	@cp $(MOJ)/assets/images/icon-*.svg panel/static/assets/images/
	@cp $(FONTS)/*/*.ttf panel/static/fonts/
	@touch $@
