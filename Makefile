PYTHON ?= python3
PY = .venv/bin/python

run: ; @$(PYTHON) .ci/environment.py requirements.txt && $(PY) app.py
test: tools ; @$(PY) -m pytest -n 2 --dist loadfile
check: test lint
bench: tools ; @$(PY) -m tests.bench
lint: tools ; @$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy && .venv/bin/lint-imports && $(PY) -m tests.translations
tools: ; @$(PYTHON) .ci/environment.py requirements.txt tests/requirements.txt
lock: tools ; @sh .ci/lock

.PHONY: run test check bench lint tools lock
