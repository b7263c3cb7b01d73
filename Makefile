# The commands of this repository; `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup build run test lint format bench fuzz simulate clean

STRICT := -Xswiftc -warnings-as-errors
REPORTS := .build/reports
# The areas of the conformance suite.
AREAS := after-execution assert checks concurrency concurrency-more conditions errors executions-api exit \
	finally flow-triggers flowables flows-api foreachitem foreachitem-more http-tasks inputs inputs-more \
	invalid kill kv kv-more labels labels-more listeners logs-metrics loop-until namespace-files \
	namespace-files-more outputs pause-more pause-resume restart-replay retries retry-more run-if schedule sla \
	sla-more state-store storage-tasks subflows templating-secrets triggers-more v2-execution v2-flowables \
	v2-inputs v2-loop v2-refused v2-triggers variables waitfor webhooks working-directory
SOURCES := Package.swift Sources Tests Benchmarks
SEEDS ?=

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

# A machine without Swift 6 runs the other commands in a Debian root that has it (see .ci/with-swift).
ifneq ($(shell .ci/has-swift && echo yes),yes)
setup build run test lint format bench fuzz simulate:
	@.ci/with-swift make --no-print-directory $@ SEEDS=$(SEEDS)
else

setup: ## Install the Debian packages that are missing
	@.ci/setup

build: setup ## Build the release binary: .build/release/apus
	swift build -c release --product apus

run: build ## Start a server on 127.0.0.1:8080 with the examples, its data in ./data
	.build/release/apus server local --data-dir data --flow-path examples

test: setup lint ## Check everything: format, warnings, tests, the binary, conformance
	@mkdir -p $(REPORTS)
	swift build --build-tests $(STRICT)
	swift test --skip-build $(STRICT) --disable-xctest --no-parallel --skip EndToEndTests 2>&1 | tee $(REPORTS)/tests.txt
	swift test --skip-build $(STRICT) --disable-xctest --no-parallel --filter EndToEndTests 2>&1 | tee $(REPORTS)/end-to-end.txt
	.ci/conformance .build/debug/apus $(AREAS) 2>&1 | tee $(REPORTS)/conformance.txt
	@echo
	@tail -qn 1 $(REPORTS)/conformance.txt $(REPORTS)/end-to-end.txt $(REPORTS)/tests.txt

lint: setup ## Check the formatting
	swift format lint --strict --parallel --recursive $(SOURCES)

format: setup ## Format the sources in place
	swift format --in-place --parallel --recursive $(SOURCES)

bench: build ## Measure against the budgets (see Benchmarks/README.md)
	Benchmarks/run .build/release/apus
	Benchmarks/machine/run .build/release/apus
	@.ci/setup python3-jinja2
	swift build -c release --product bench-expressions
	Benchmarks/expressions/run .build/release/bench-expressions

fuzz: setup ## Throw random templates at the expressions (SEEDS of them, default 1000000)
	swift run -c release fuzz --seeds $(or $(SEEDS),1000000)

simulate: setup ## Run the simulation over SEEDS seeds (default 10000)
	swift run -c release simulate --seeds $(or $(SEEDS),10000)

endif

clean: ## Remove what was built; data stays
	rm -rf .build
