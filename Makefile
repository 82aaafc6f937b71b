# Everything runs in a virtual environment of its own; Python 3.11 or later and make are all it needs.
PYTHON ?= python3
ARGS ?=
LEDGER ?=
BIN := .venv/bin

.PHONY: demo test soak lint type bench replay clean

# A stamp is renewed when pyproject.toml changes; the package itself is installed in place.
.venv/pip: ; @$(PYTHON) -m venv .venv && $(BIN)/python -m pip install -q --disable-pip-version-check -U 'pip>=25.1' && touch $@
.venv/run: .venv/pip pyproject.toml ; @echo "Installing sheetsdun into .venv" >&2; $(BIN)/pip install -q -e '.[sandbox]' && touch $@
.venv/test: .venv/run ; @$(BIN)/pip install -q --group test && touch $@
.venv/lint: .venv/run ; @$(BIN)/pip install -q --group lint && touch $@
.venv/type: .venv/test ; @$(BIN)/pip install -q --group type && touch $@

demo: .venv/run ; @$(BIN)/sheetsdun demo $(ARGS)

test: .venv/test ; @$(BIN)/pytest -n 2 $(ARGS)

# An hour of the proof: every crash point with every fault over HTTP, real processes, hostile cells in every field, all
# states of the protocol's model, and months of random life; its figures stand at the end. SHARE=0.1 is a tenth of it.
SHARE ?= 1
PROOF := tests/system/proof tests/scenarios/test_crash_points.py tests/property/test_hostile_office.py \
	tests/property/test_office.py tests/property/test_protocol_model.py
soak: .venv/test ; SHEETSDUN_SOAK=$(SHARE) $(BIN)/pytest -n 2 -o timeout=0 $(PROOF) $(ARGS)

lint: .venv/lint ; $(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports

type: .venv/type ; $(BIN)/mypy

bench: .venv/test ; @$(BIN)/python benchmarks/bench.py $(ARGS)

replay: .venv/run ; @$(BIN)/python benchmarks/replay.py $(LEDGER) $(ARGS)

clean: ; rm -rf .venv .demo .sandbox build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
