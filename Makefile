# Two commands on a fresh machine with Python 3.11+ and make:
#   make demo   set up, process the made-up child Sarah's sessions, serve the dashboard
#   make test   set up, run every check
# `make demo ARGS=--no-serve` ends after the summary. PYTHON=… chooses the interpreter.

VENV ?= .venv
VENV_EXTRAS ?= .venv-extras
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11 python,\
	$(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $(name))))
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
BUILT_FROM := pyproject.toml hatch_build.py $(shell find web -type f -not -path '*/node_modules/*' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help demo test test-browser test-clinic test-extras test-ray bench bench-check bench-reference lint format docs serve clean

help:            ## list the commands
	@grep -E '^[a-z-]+:.*  ## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## +/\1|/' | awk -F'|' '{printf "make %-16s %s\n", $$1, $$2}'

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "SDC needs Python 3.11 or newer; none was found. Install it, or say make PYTHON=/path/to/python."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.sdc: $(BIN)/python $(BUILT_FROM)
	@echo "Setting up SDC in $(VENV): packages, then the dashboard. The first time this takes some minutes and is quiet."
	$(PIP) install --quiet --editable .
	@touch $@

$(VENV)/.sdc-dev: $(BIN)/python $(BUILT_FROM)
	@echo "Setting up SDC and its checks in $(VENV). The first time this takes some minutes and is quiet."
	$(PIP) install --quiet --editable '.[dev]'
	$(BIN)/python scripts/fetch_minilm.py
	@touch $(VENV)/.sdc $@

# torch by its exact version first: a plain `torch` would bring gigabytes of CUDA.
$(VENV_EXTRAS)/.sdc-extras: pyproject.toml
	@test -n "$(PYTHON)" || { echo "SDC needs Python 3.11 or newer; none was found. Install it, or say make PYTHON=/path/to/python."; exit 1; }
	test -x $(VENV_EXTRAS)/bin/python || $(PYTHON) -m venv $(VENV_EXTRAS)
	$(VENV_EXTRAS)/bin/python -m pip --disable-pip-version-check install --quiet --no-compile torch==2.13.0
	$(VENV_EXTRAS)/bin/python -m pip --disable-pip-version-check install --quiet --no-compile --editable '.[dev,emotion,finetune,notebooks,ray]'
	@touch $@

demo: $(VENV)/.sdc    ## process the demo child's sessions, then serve the dashboard
	$(BIN)/sdc demo $(ARGS)

test: $(VENV)/.sdc-dev    ## every check: types, style, layers, tests, dashboard
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not long" $(ARGS)

test-browser: $(VENV)/.sdc-dev    ## long ways through the dashboard; every page for every role, with axe
	$(BIN)/python -m pytest -n 2 --dist loadfile -m long tests/browser $(ARGS)

# Documents in a fake MongoDB, blobs in a fake S3: the real driver, BSON and S3's protocol, on loopback.
TOUCH_A_STORE := tests/store tests/pipeline tests/server tests/cli tests/test_app.py
test-clinic: $(VENV)/.sdc-dev    ## tests of the store, and the demo, once more over MongoDB and S3 (fakes that speak them)
	SDC_TEST_DOCUMENTS=wire SDC_TEST_BLOBS=s3 $(BIN)/python -m pytest -n 2 --dist loadfile $(TOUCH_A_STORE) $(ARGS)
	$(BIN)/python tests/fakes/clinic_stores.py $(MAKE) demo ARGS=--no-serve

test-extras: $(VENV_EXTRAS)/.sdc-extras    ## the tests of engines with torch, in an environment of their own
	$(VENV_EXTRAS)/bin/python -m pytest tests/extras $(ARGS)

# In a network of their own: Ray listens on ports, and runs what it is sent.
test-ray: $(VENV_EXTRAS)/.sdc-extras    ## sdc batch on two nodes of Ray, of which one is lost
	env -u PYTHONDONTWRITEBYTECODE $(VENV_EXTRAS)/bin/python scripts/in_private_network.py \
		$(VENV_EXTRAS)/bin/python -m pytest tests/cluster $(ARGS)

bench: $(VENV)/.sdc-dev    ## every benchmark beside its peers; benchmarks/README.md
	$(BIN)/python benchmarks/run.py $(ARGS)

bench-check: $(VENV)/.sdc-dev    ## fails where a ratio is more than 15 % worse than the committed one
	$(BIN)/python benchmarks/run.py --check $(ARGS)

bench-reference: $(VENV)/.sdc-dev    ## the reference of bench-check anew
	$(BIN)/python benchmarks/run.py --size quick $(ARGS)

lint: $(VENV)/.sdc-dev    ## style, types and layers only
	$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/lint-imports

format: $(VENV)/.sdc-dev    ## format and fix what can be fixed
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

# Warnings are errors: a link that leads nowhere, a page that no contents list.
docs: $(VENV)/.sdc-dev    ## build the site of docs/ into build/site
	$(BIN)/python -m sphinx -q -W --keep-going -b html -d build/doctrees docs build/site
	@echo "build/site/index.html"

serve: $(VENV)/.sdc    ## serve the dashboard
	$(BIN)/sdc serve $(ARGS)

clean:           ## remove what was built
	rm -rf $(VENV) $(VENV_EXTRAS) build dist src/sdc/server/static web/node_modules
