# Two commands matter: `make run` and `make test`. Both set up what they need in this folder.
SHELL := /bin/sh
PYTHON ?= python3
UV_VERSION := 0.13.9
# uv as installed on this machine, else a private one under .tools/
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
BIN := .venv/bin
# the certificates this machine trusts, as every other program here does
export UV_SYSTEM_CERTS := 1

.PHONY: run test soak bench check format lock picture clean setup setup-dev

run: setup
	@$(BIN)/genko

test: setup-dev
	@$(BIN)/python -m pytest -n 3 -m "not soak"

soak: setup-dev
	@$(BIN)/python -m pytest -n 2 -m soak --timeout 1800

bench: setup-dev
	@$(BIN)/python -m benchmarks

check: setup-dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: setup-dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

picture: setup-dev
	@$(BIN)/python docs/make_picture.py

# The locks are universal and hashed, and hold no index addresses.
lock: .tools/uv-ready
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" -c requirements/limits.in pyproject.toml -o requirements/run.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" --group dev -c requirements/run.txt -o requirements/dev.txt

setup: .venv/run-ready
setup-dev: .venv/dev-ready

.tools/uv-ready:
	@mkdir -p .tools
	@case "$(UV)" in .tools/*) echo "Bringing uv into .tools/ ..."; \
		$(PYTHON) -m venv .tools && .tools/bin/python -m pip install -q --disable-pip-version-check "uv==$(UV_VERSION)";; esac
	@touch $@

.venv/bin/python: | .tools/uv-ready
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Genko needs Python 3.11 or newer; set PYTHON=...")'
	@$(UV) venv -q --allow-existing --python $(PYTHON) .venv

.venv/run-ready: requirements/run.txt pyproject.toml | .venv/bin/python
	@$(UV) pip install -q --python .venv --compile-bytecode --require-hashes -r requirements/run.txt
	@$(UV) pip install -q --python .venv --no-deps -e .
	@$(BIN)/python -m compileall -q core screens tui
	@touch $@

.venv/dev-ready: .venv/run-ready requirements/dev.txt
	@$(UV) pip install -q --python .venv --compile-bytecode --require-hashes -r requirements/dev.txt
	@touch $@

clean:
	rm -rf .venv .tools
