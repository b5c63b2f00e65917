# `make run` serves the guide at http://127.0.0.1:8000, `make test` runs every test. Both set themselves up.
export HOST ?= 127.0.0.1
export PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
# glibc hands freed memory back at once: a worker that has printed papers stays 15 MB smaller.
export MALLOC_ARENA_MAX := 1
export MALLOC_TRIM_THRESHOLD_ := 131072

.PHONY: setup run demo test bench check requirements messages

setup: .venv/.ready messages

.venv/.ready: requirements-dev.txt
	@if command -v uv >/dev/null; then \
	  test -x $(BIN)/python || uv venv --quiet --python $(PYTHON) .venv; \
	  VIRTUAL_ENV=.venv uv pip sync --quiet --require-hashes requirements-dev.txt; \
	else \
	  test -x $(BIN)/pip || $(PYTHON) -m venv .venv; \
	  $(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt; \
	fi
	@touch $@

# What `make bench` measures beside the guide
.venv/.bench: requirements-bench.txt .venv/.ready
	@if command -v uv >/dev/null; then VIRTUAL_ENV=.venv uv pip install --quiet --require-hashes -r $<; \
	else $(BIN)/pip install --quiet --require-hashes -r $<; fi
	@touch $@

messages: .venv/.ready
	@$(BIN)/python manage.py compilemessages --verbosity 0

run: setup
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@echo "http://$(HOST):$(PORT)/"
	@exec $(BIN)/python -m config.serving

# The same with sample halls and staff of each role, in a database of its own.
demo: export VAR_DIR := var/demo
demo: setup
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@$(BIN)/python manage.py demo
	@echo "http://$(HOST):$(PORT)/  http://$(HOST):$(PORT)/staff/"
	@WORKERS=1 exec $(BIN)/python -m config.serving

test: setup
	@$(BIN)/pytest -n 2 $(ARGS)

bench: setup .venv/.bench
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@$(BIN)/python -m tests.bench $(ARGS)

check: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo --no-cache
	@$(BIN)/hadolint config/deploy/Containerfile
	@$(BIN)/djlint templates --quiet --lint --check
	@$(BIN)/python manage.py check --fail-level WARNING
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@$(BIN)/python -m tests.audit

# Pins what pyproject.toml asks for, newest that fits, with hashes.
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --upgrade --generate-hashes \
  --no-header --no-emit-index-url --no-emit-find-links pyproject.toml
requirements:
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --group dev --output-file requirements-dev.txt
	$(COMPILE) --group bench --constraint requirements.txt --output-file requirements-bench.txt
