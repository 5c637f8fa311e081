# Everything that is done with this project. The first use of any target makes .venv and puts
# the pinned test environment and the package itself into it; nothing else needs setting up
# but Python (3.11 or later, with venv) and make.

PYTHON ?= python3
WORKERS ?= auto
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := -m pip --disable-pip-version-check
# The options of a script that has its own, and the environments of those that compare with others
WITH ?=
PEERS := .venv-peers
FUZZ := .venv-fuzz
TYPES := .venv-types
EXAMPLE_TYPES := .venv-example-types

.DELETE_ON_ERROR:
.PHONY: help demo test lint types suite proof mutants compare fuzz document-types example-types parse-table conformance bench peers doors wheel reference inventory format constraints clean

help:
	@echo "make demo         assess the 2024 plan with its published outcomes, explain, and ask"
	@echo "make test         lint, types and tests, as .ci/run does"
	@echo "make lint         ruff: the rules and the format"
	@echo "make types        mypy, strict"
	@echo "make suite        the tests, and every branch covered"
	@echo "make proof        what each change cannot wait for: 6 and 7 members, every pair, more draws (minutes)"
	@echo "make mutants      small changes of the grammar, which the tests have to find out (minutes)"
	@echo "make compare      this engine beside an older one on drawn and written cases (WITH='--full': hours)"
	@echo "make fuzz         inputs by what they reach, a minute a target (WITH='rules --seconds 600')"
	@echo "make document-types  TypeScript and Python types of the JSON documents into dist/types, checked"
	@echo "make example-types  the example programs by pyright and by mypy, strict"
	@echo "make bench        how fast it starts, reads, assesses and answers questions, as ratios"
	@echo "make peers        goalrules beside other engines given the same work (WITH='--rounds 2': its options)"
	@echo "make doors        how many functions and files a question runs, and where an addition is made"
	@echo "make wheel        build the sdist and the wheel into dist/"
	@echo "make parse-table  the table of the parser, where the grammar or a keyword was changed"
	@echo "make conformance  add what the tests have come to know to the conformance suite; nothing of it is changed"
	@echo "make reference    the pages of docs/sv and docs/en, where docs/reference was changed"
	@echo "make inventory    list what the package needs to run (CycloneDX), with the licences"
	@echo "make format       format the code and mend what ruff can mend"
	@echo "make constraints  pin the newest test environment in constraints.txt"
	@echo "make clean        remove .venv and everything else that was made"

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python $(PIP) install --quiet --constraint constraints.txt hatchling
	$(BIN)/python $(PIP) install --quiet --constraint constraints.txt --no-build-isolation --editable '.[test]'
	@touch $@

demo: $(READY)
	@echo '$$ goalrules assess rulesets/socialnamnden-2024.goals examples/utfall-2024.csv --period 2024'
	@$(BIN)/goalrules assess rulesets/socialnamnden-2024.goals examples/utfall-2024.csv --period 2024
	@echo
	@echo '$$ goalrules assess rulesets/socialnamnden-2024.goals examples/utfall-2024.csv --period 2024 --goal 9 --format tree'
	@$(BIN)/goalrules assess rulesets/socialnamnden-2024.goals examples/utfall-2024.csv --period 2024 --goal 9 --format tree
	@echo
	@echo '$$ goalrules assess rulesets/socialnamnden-2025.goals examples/utfall-2025.csv --period 2025 --goal 5 --format tree --lang en'
	@$(BIN)/goalrules assess rulesets/socialnamnden-2025.goals examples/utfall-2025.csv --period 2025 --goal 5 --format tree --lang en
	@echo
	@echo '$$ goalrules year rulesets/socialnamnden-2025.goals examples/utfall-2025-manader.xlsx --goal 1.1 --goal 3'
	@$(BIN)/goalrules year rulesets/socialnamnden-2025.goals examples/utfall-2025-manader.xlsx --goal 1.1 --goal 3
	@echo
	@echo '$$ goalrules gap rulesets/socialnamnden-2025.goals examples/utfall-2025.csv --goal 2 --goal 3'
	@$(BIN)/goalrules gap rulesets/socialnamnden-2025.goals examples/utfall-2025.csv --goal 2 --goal 3
	@echo
	@echo '$$ goalrules check rulesets/socialnamnden-2025.goals'
	@$(BIN)/goalrules check rulesets/socialnamnden-2025.goals

# The types are looked at beside the tests: neither waits for the other.
test: lint
	$(MAKE) --jobs=2 types suite

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

# Tests of one file mostly go to one process and share what they make.
suite: $(READY)
	$(BIN)/slipcover --out .counted.json -m pytest --numprocesses=$(WORKERS) --dist=worksteal -m 'not long'
	$(BIN)/python tests/branch_report.py .counted.json

# What is too much for every change, and eight times as many draws for every law: run before a version.
proof: $(READY)
	HYPOTHESIS_PROFILE=proof $(BIN)/pytest --numprocesses=$(WORKERS) --dist=worksteal -m 'long or hypothesis'

mutants: $(READY)
	$(BIN)/python tests/mutate_grammar.py $(WITH)

# The older engine is built of a commit: WITH='--old COMMIT'. It keeps its environment.
compare: $(READY)
	$(BIN)/python tests/compare_engines.py $(WITH)

# Where atheris cannot be installed, Hypothesis makes the inputs, and it is told.
$(FUZZ)/.ready: tests/fuzz/requirements.txt pyproject.toml constraints.txt
	$(PYTHON) -m venv --clear $(FUZZ)
	$(FUZZ)/bin/python $(PIP) install --quiet --constraint constraints.txt hatchling
	$(FUZZ)/bin/python $(PIP) install --quiet --constraint constraints.txt --no-build-isolation --editable '.[test]'
	$(FUZZ)/bin/python $(PIP) install --quiet --requirement tests/fuzz/requirements.txt || echo "without atheris"
	@touch $@

fuzz: $(FUZZ)/.ready
	$(FUZZ)/bin/python tests/run_fuzz.py $(WITH)

$(TYPES)/.ready: tests/document-types/package.json tests/document-types/requirements.txt constraints.txt
	$(PYTHON) -m venv --clear $(TYPES)
	$(TYPES)/bin/python $(PIP) install --quiet --constraint constraints.txt mypy typing_extensions
	$(TYPES)/bin/python $(PIP) install --quiet --requirement tests/document-types/requirements.txt
	@cp tests/document-types/package.json $(TYPES)
	npm install --prefix $(TYPES) --no-package-lock --no-audit --no-fund --silent
	@touch $@

# Users check their programs with either of mypy (as `make types` does) and pyright.
$(EXAMPLE_TYPES)/.ready: tests/example-types/package.json
	mkdir -p $(EXAMPLE_TYPES)
	@cp tests/example-types/package.json $(EXAMPLE_TYPES)
	npm install --prefix $(EXAMPLE_TYPES) --no-package-lock --no-audit --no-fund --silent
	@touch $@

example-types: $(READY) $(EXAMPLE_TYPES)/.ready
	$(EXAMPLE_TYPES)/node_modules/.bin/pyright --project tests/example-types/pyrightconfig.json --pythonpath $(BIN)/python
	$(BIN)/mypy examples

document-types: $(READY) $(TYPES)/.ready
	$(BIN)/python tests/document_types.py --node $(TYPES)/node_modules/.bin --python $(TYPES)/bin

bench: $(READY)
	$(BIN)/python benchmarks/start.py
	$(BIN)/python benchmarks/read.py
	$(BIN)/python benchmarks/assess.py
	$(BIN)/python benchmarks/units.py
	$(BIN)/python benchmarks/analyse.py
	$(BIN)/python benchmarks/growth.py

# What cannot be installed here is told in the tables.
$(PEERS)/.ready: benchmarks/peers.txt pyproject.toml constraints.txt
	$(PYTHON) -m venv --clear $(PEERS)
	$(PEERS)/bin/python $(PIP) install --quiet --constraint constraints.txt hatchling
	$(PEERS)/bin/python $(PIP) install --quiet --constraint constraints.txt --no-build-isolation --editable '.[xlsx]'
	@for each in $$(grep -v '^#' benchmarks/peers.txt); do \
	    $(PEERS)/bin/python $(PIP) install --quiet $$each || echo "not installed: $$each"; \
	done
	@touch $@

peers: $(PEERS)/.ready
	$(PEERS)/bin/python benchmarks/peers.py $(WITH)

doors: $(READY)
	$(BIN)/python benchmarks/doors.py $(WITH)

wheel: $(READY)
	$(BIN)/python -m build --no-isolation

# The table of the parser is worked out of the grammar and the keywords, and comes with the package.
parse-table: $(READY)
	$(BIN)/python supply/parse_table.py

conformance: $(READY)
	$(BIN)/python tests/make_conformance.py

# Verdicts and explanations on the pages are what the engine gives: they change with it.
reference: $(READY)
	$(BIN)/python supply/reference.py

inventory: $(READY)
	$(BIN)/python supply/inventory.py

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

constraints:
	rm -rf .venv-new
	$(PYTHON) -m venv .venv-new
	.venv-new/bin/python $(PIP) install --quiet --editable '.[test]'
	.venv-new/bin/python $(PIP) freeze --exclude-editable > .constraints-new
	mv .constraints-new constraints.txt
	rm -rf .venv-new

clean:
	rm -rf $(VENV) $(PEERS) $(FUZZ) $(TYPES) $(EXAMPLE_TYPES) .venv-engines .fuzz .venv-new .constraints-new dist .counted.json .hypothesis
	rm -rf .mypy_cache .pytest_cache .ruff_cache
