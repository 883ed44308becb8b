# Every target names itself with a line of help: `make help`.
PYTHON ?= python3
ARGS ?=
BOOTSTRAP = @$(PYTHON) tools/bootstrap.py
DEVELOPMENT = $(BOOTSTRAP) site,development

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench faults messages rules requirements

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile

run: ## Set up and run the whole site on this machine (PORT=8000, DATA_DIR=var)
	$(BOOTSTRAP) site -m tools.supervise

test: ## Run every test, with real Redis, PostgreSQL and Chromium (ARGS="tests/home -k links" for some)
	$(DEVELOPMENT) -m tools.run_tests $(ARGS)

lint: ## Check style, types, layers, templates, spelling and migrations
	$(DEVELOPMENT) -m tools.lint

format: ## Put Python and templates in order
	$(DEVELOPMENT) -m tools.lint --fix

bench: ## Measure what the project promises to be fast at, beside its peers
	$(DEVELOPMENT) -m benchmarks.run

faults: ## Kill workers, queue, database and mail server a few hundred times, and count letters (ARGS="--kills 300 --seed 7")
	$(DEVELOPMENT) -m tools.faults $(ARGS)

messages: ## Collect translatable text into locale/ and compile it
	$(DEVELOPMENT) -m tools.messages

rules: ## Write for the browser what may identify a patient, after a rule or a word was changed
	$(DEVELOPMENT) -m tools.rules

requirements: ## Pin requirements*.in anew
	$(DEVELOPMENT) -m tools.requirements
