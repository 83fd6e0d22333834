# Each target sets up what it needs in .venv; a machine with Python 3.10 or newer and make is enough.
PYTHON ?= python3
BIN := .venv/bin
# One thread for the linear algebra of small matrices: several are slower here.
export OPENBLAS_NUM_THREADS ?= 1
export OMP_NUM_THREADS ?= 1

.PHONY: help demo test thorough coverage certificates proofs book experiments figures practice lint format bench completeness slow site clean

help:
	@echo "make demo          certify EF21 on real data, run it, compare (writes demo-output/)"
	@echo "make test          the tests that take a few minutes together"
	@echo "make thorough      the same questions on many more cases; CI runs both"
	@echo "make coverage      both, with coverage"
	@echo "make certificates  check the certificates in reports/, search for missing ones, write their pages"
	@echo "make proofs        check all proofs and write reports/proofs/"
	@echo "make site          build the site, reports/site, and check its links and its HTML"
	@echo "make book          the course and all proofs as a PDF, with LaTeX (writes book-output/)"
	@echo "make experiments   run the experiments that need no outside data and write reports/experiments/"
	@echo "make figures       draw the figures of the papers, and ours, with their numbers (writes reports/figures/)"
	@echo "make practice      theory against practice: run every method with a theorem, write reports/practice/"
	@echo "make lint          ruff and mypy"
	@echo "make bench         benchmarks, as ratios side by side"
	@echo "make completeness  a thousand random claims, searched and proved (writes reports/completeness.md)"
	@echo "make slow          the slow tests"

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	touch $@

demo: .venv/installed
	$(BIN)/python -m eftheory.simulate.demo

test: .venv/installed
	$(BIN)/python -m pytest -n auto

thorough: .venv/installed
	$(BIN)/python -m pytest -n auto -m "thorough and not slow"

coverage: .venv/installed
	$(BIN)/python -m pytest -n auto -m "not slow" --cov

certificates: .venv/installed
	$(BIN)/python -m eftheory.studies

proofs: .venv/installed
	rm -f reports/proofs/*.html
	$(BIN)/eftheory prove --all --html reports/proofs

site: .venv/installed
	$(BIN)/eftheory site
	$(BIN)/eftheory site --check

book: .venv/installed
	$(BIN)/python -m eftheory.course book-output

experiments: .venv/installed
	$(BIN)/python -m eftheory.simulate.experiments reports/experiments

figures: .venv/installed
	$(BIN)/python -m eftheory.pictures.figures reports/figures

practice: .venv/installed
	$(BIN)/python -m eftheory.studies.practice

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/installed
	$(BIN)/python -m tests.benchmarks

completeness: .venv/installed
	$(BIN)/python -m tests.completeness --write

slow: .venv/installed
	$(BIN)/python -m pytest -n auto -m slow

clean:
	rm -rf .venv demo-output book-output .pytest_cache .mypy_cache .ruff_cache
