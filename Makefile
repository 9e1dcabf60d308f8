# `make run` brings everything up, `make test` proves it. Both need only Python 3.11 or newer.

PYTHON ?= python3
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := run
.DELETE_ON_ERROR:

BIN := .venv/bin
WORDS := $(shell find platform tenants modules billing sso ops -name node_modules -prune -o -name '*.po' -print)
# The versions that the image has, and those of the tools.
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --no-input --constraint deploy/development.txt --editable
# On a terminal one growing number instead of pip's hundred lines; its errors still come through.
COUNT = awk -v live=$$([ -t 2 ] && echo 1 || echo 0) ' \
	live && /^ *Collecting/ { printf "\r  Libraries … %d", ++n; fflush() } \
	live && /^Installing collected/ { printf "\r  Libraries … %d, being installed", n; fflush() } \
	END { print live ? "" : "  Libraries … installed" }'

.PHONY: help docs dev run run-keycloak test test-all contract pages reset lint format module lock assets screenshots films bench drill clean browser keycloak livekit parts other-parts

# What stands behind ## is what `make help` tells.
help: ## say what there is to make
	@awk -F ':.*## ' '/^[a-z][a-z -]*:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/.words ## bring everything up, from nothing
	@$(BIN)/obshto run

# make dev only=kula: an empty database gets that municipality alone, which is quicker.
dev: .venv/.words ## the same, reloading what you change, with a debugger and the statements of each page
	@$(BIN)/obshto run --develop $(addprefix --only ,$(only))

# The same house before the identity provider that production would have.
run-keycloak: .venv/.words keycloak ## the same before a real Keycloak
	@$(BIN)/obshto sso run

# Types are looked at by one processor while what the tests need is brought by another. The closing
# line says what could not be had, whatever the tests said.
test: .venv/.test .venv/.words ## prove it
	@$(MAKE) --no-print-directory --jobs 2 lint parts
	@.ci/tests

# Before a release: long drills with all their mutants, every state in every language, a thousand
# examples for each property, and no test may leave anything behind.
test-all: export TEST_ALL = 1
test-all: test ## the same with the long drills, in every language

# make contract of=news: what one part owes to the rest, with its own tests.
contract: .venv/.test .venv/.words ## what one component owes: make contract of=news
	@test -n '$(of)' || { echo 'Say whose: make contract of=news'; exit 2; }
	@CONTRACT_OF='$(of)' $(BIN)/python -m pytest -m 'not browser' tests/contract $(wildcard tests/modules/$(of) tests/platform/$(of) tests/tenants/$(of))

reset: .venv/.run ## throw the data away
	@$(BIN)/obshto db reset --yes

# make pages of=news: the walk over its pages, in every state that it leads to.
pages: .venv/.test .venv/.words browser ## every page of one component in a browser: make pages of=news
	@test -n '$(of)' || { echo 'Say whose: make pages of=news'; exit 2; }
	@CONTRACT_OF='$(of)' $(BIN)/python -m pytest --numprocesses 2 --dist loadscope tests/browser/test_pages.py

lint: .venv/.test ## style, types and who may import whom
	@$(BIN)/ruff check --no-cache .
	@$(BIN)/ruff format --no-cache --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: .venv/.test ## mend the style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# make module name=markets
module: .venv/.words ## a new module: make module name=markets
	@test -n '$(name)' || { echo 'Say which: make module name=markets'; exit 2; }
	@$(BIN)/obshto modules new '$(name)'

# After a change of what setup.cfg asks for: the image installs the first two files and no others,
# a checkout the same versions with those of its tools.
LOCK = $(BIN)/uv pip compile --quiet --custom-compile-command 'make lock'
HASHED = $(LOCK) --python-version 3.11 --generate-hashes
lock: .venv/.test ## write the locked versions of libraries anew
	@$(BIN)/python -m pip install --quiet uv
	@$(HASHED) setup.cfg --output-file deploy/requirements.txt
	@echo 'setuptools>=77' | $(HASHED) - --output-file deploy/build.txt
	@$(LOCK) setup.cfg --extra run --extra test --extra docs --universal --python-version 3.11 --no-annotate \
		--constraint deploy/requirements.txt --output-file deploy/development.txt

docs: .venv/.docs ## the documentation as a site in build/docs; a broken link fails
	@$(BIN)/python -m sphinx --quiet --fail-on-warning --keep-going docs build/docs

# Only after a change of styles or scripts: what they become is committed.
assets: ## build styles and scripts anew (needs Node)
	@cd platform/web/assets && npm ci && npm run build && node ../../../modules/voting/booth/build.mjs

screenshots films bench drill: .venv/.test .venv/.words browser
	@$(BIN)/python tests/$@/run.py

browser:
	@.ci/browser

keycloak: .venv/.run
	@.ci/keycloak

livekit: ## build the server of video rooms, which takes a few minutes
	@.ci/livekit fetch

parts: browser keycloak other-parts
# One after the other: the system installs packages for one at a time.
ifneq ($(filter parts,$(MAKECMDGOALS)),)
keycloak: | browser
other-parts: | keycloak
endif

other-parts: .venv/.run
	@.ci/nginx
	@.ci/pgbouncer
	@.ci/helm fetch >/dev/null || true
	@.ci/verapdf fetch >/dev/null || true
	@.ci/gtfs-validator fetch >/dev/null || true
	@.ci/stripe-mock fetch >/dev/null || true

clean: ## remove what was built
	@rm -rf .venv build dist .src/*.egg-info .*_cache .hypothesis
	@find . -name node_modules -prune -o \( -name __pycache__ -o -name '*.mo' \) -print0 | xargs -0 rm -rf

.venv/bin/python:
	@.ci/python '$(PYTHON)'

.venv/.run: setup.cfg pyproject.toml deploy/development.txt | .venv/bin/python
	@$(PIP) '.[run]' | $(COUNT)
	@touch $@

.venv/.test: .venv/.run
	@$(PIP) '.[run,test]' | $(COUNT)
	@touch $@

.venv/.docs: .venv/.run
	@$(PIP) '.[run,docs]' | $(COUNT)
	@touch $@

.venv/.words: .venv/.run $(WORDS)
	@$(BIN)/python -m obshto.ops.i18n compile
	@touch $@
