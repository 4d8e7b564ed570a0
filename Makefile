# `make serve` and `make test` are the two commands; the other targets are their parts. `make help` lists them.

export PATH := $(CURDIR)/.tools/bin:$(PATH)

SETUP := deploy/setup
STEP := $(SETUP)/step.sh
TARGET := $(or $(CARGO_TARGET_DIR),target)

.PHONY: help serve test lint fmt bench eval fuzz playground conformance test-browser
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 24

serve: ## set up, build (release), load the shipped data, serve on 127.0.0.1:8000
	@$(STEP) "Packages" $(SETUP)/packages.sh serve
	@$(STEP) "Playground" $(MAKE) --no-print-directory playground || echo "    going on without the playground: /graphiql says how to build it"
	@$(STEP) "Server (the first build takes some minutes)" cargo build --release --locked -p bab
	@exec $(TARGET)/release/bab serve

test: ## set up, then every check: format, lints, tests on both databases, conformance, browser
	@$(SETUP)/test.sh

lint: ## format and lints only
	@$(STEP) "Format" cargo fmt --all -- --check -l
	@$(STEP) "Lints" cargo clippy --workspace --all-targets --locked -- -D warnings

fmt: ## format everything
	@cargo fmt --all

bench: ## benchmarks
	@$(STEP) "Benchmarks" cargo bench --workspace --locked

fuzz: ## any bytes as a question, for SECONDS=60; installs cargo-fuzz when missing
	@$(STEP) "Fuzz" $(SETUP)/fuzz.sh $(or $(SECONDS),60)

eval: ## ask every question set (release build): right, abstained, wrong, times; REPORT=file lists what is not right
	@$(STEP) "Questions" cargo bench --locked -p graphql --bench questions -- $(REPORT)

playground: ## build GraphiQL into playground/dist, if it is out of date
	@$(SETUP)/node.sh
	@$(SETUP)/playground.sh

conformance: ## the 61 graphql-http audits and the graphql-ws client, each against a fresh server
	@$(SETUP)/node.sh
	@cargo build --locked -p bab
	@$(SETUP)/conformance.sh $(TARGET)/debug/bab
	@$(SETUP)/websocket.sh $(TARGET)/debug/bab

test-browser: ## the browser stories against a fresh server; screenshots in playground/shots
	@$(SETUP)/packages.sh test
	@$(MAKE) --no-print-directory playground
	@cargo build --locked -p bab
	@$(SETUP)/browser.sh $(TARGET)/debug/bab
