# Hearthline on this machine. `make start` is all you need; the rest is for those who change it.
# Ports and state: HEARTHLINE_PORT (8080), HEARTHLINE_EMULATOR_PORT (4566), HEARTHLINE_STATE (.local).

PYTHON ?= python3
BIN := .venv/bin
# Node 20 works with the CDK, which would rather see a newer one.
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION := 20

.DEFAULT_GOAL := help
.PHONY: help setup setup-tests start stop clean test check style openapi lock deploy diff

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

setup: ## install the pinned packages, Python's and npm's
	@$(PYTHON) -m local.setup

setup-tests:
	@$(PYTHON) -m local.setup --tests

start: setup ## start everything on this machine; Ctrl-C stops it
	@$(BIN)/python -m local start

stop: ## stop what `make start` started; nothing is lost
	@$(PYTHON) -m local stop

clean: ## stop, and forget every person and appointment made on this machine
	@$(PYTHON) -m local clean

test: setup-tests ## run every test; says what was skipped and why
	@$(BIN)/python -m tests.run

style: setup-tests ## style, types, import rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@npx tsc --noEmit -p web

check: style ## the fast loop: style, types, import rules, unit tests
	@npm test --silent
	@$(BIN)/pytest -q tests/unit tests/local

openapi: setup-tests ## write docs/api/openapi.json from the routes and asyncapi.json from the frames
	@$(BIN)/python docs/api/generate.py
	@$(BIN)/python docs/api/generate_asyncapi.py

lock: setup ## compile the requirements anew, within what the .in files allow
	@$(BIN)/uv pip compile $(LOCK) functions/requirements.in -o functions/requirements.txt
	@$(BIN)/uv pip compile $(LOCK) --excludes functions/requirements.txt functions/layer.in -o functions/layer.txt
	@$(BIN)/uv pip compile $(LOCK) requirements.in -o requirements.txt
	@$(BIN)/uv pip compile $(LOCK) local/requirements.in -o local/requirements.txt
	@$(BIN)/uv pip compile $(LOCK) tests/requirements.in -o tests/requirements.txt
LOCK := --quiet --universal --python-version 3.11 --no-emit-index-url --no-header --custom-compile-command "make lock"

deploy: setup ## deploy to the AWS account of your credentials (once: npx cdk bootstrap)
	@npx cdk deploy

diff: setup ## show what `make deploy` would change
	@npx cdk diff
