# Two commands on a fresh machine: `make run` and `make test`. Everything they need goes into .venv.
# Kept to what the make of macOS (3.81) understands.

PORT ?= 8501
python := .venv/bin/python
install := $(python) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help run dev test lint bench lock clean

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' Makefile

run: .venv/run.stamp ## serve Accord on http://localhost:8501 (another port: make run PORT=8502)
	@$(python) make/serve.py $(PORT)

# Compiled code is kept, even where PYTHONDONTWRITEBYTECODE says not to: the tests start dozens of processes.
test: .venv/dev.stamp ## run every test, those in a real browser included
	@chromium=`$(python) make/chromium.py` && PYTHONDONTWRITEBYTECODE= ACCORD_CHROMIUM="$$chromium" \
		$(python) -m pytest --numprocesses 3 --max-worker-restart 0 --dist loadfile --no-loadscope-reorder

lint: .venv/dev.stamp ## check style, format, types and layers
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/pyrefly check
	@.venv/bin/lint-imports

bench: .venv/dev.stamp ## measure, print and write bench/latest.json
	@chromium=`$(python) make/chromium.py` && ACCORD_CHROMIUM="$$chromium" $(python) -m bench

dev: .venv/dev.stamp ## get the tools, and have them run before each commit
	@.venv/bin/prek install

lock: ## write constraints.txt anew from the bounds
	@sh make/lock.sh "`sh make/python.sh`"

clean: ## remove the environment and what the tools left behind; data/ stays
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/made.stamp:
	@interpreter=`sh make/python.sh` && "$$interpreter" -m venv .venv
	@touch $@

.venv/run.stamp: .venv/made.stamp requirements.txt constraints.txt
	@echo "Getting what Accord runs on into .venv (about a minute, the first time only) ..."
	@$(install) --upgrade pip
	@$(install) --requirement requirements.txt
	@touch $@

.venv/dev.stamp: .venv/run.stamp pyproject.toml
	@echo "Getting the tools and test libraries into .venv ..."
	@$(install) --group dev
	@touch $@
