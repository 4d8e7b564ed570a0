# `make serve` and `make test` are the two commands; the other targets are their parts. `make help` lists them.

export PATH := $(CURDIR)/.tools/bin:$(PATH)

SETUP := deploy/setup
STEP := $(SETUP)/step.sh
TARGET := $(or $(CARGO_TARGET_DIR),target)

.PHONY: help serve test lint fmt bench bench-parts bench-servers eval eval-extract fuzz playground conformance pictures test-browser
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 24

serve: ## set up, build (release), load the shipped data, serve on 127.0.0.1:8000
	@$(STEP) "Packages" $(SETUP)/packages.sh serve
	@$(STEP) "Playground" $(MAKE) --no-print-directory playground || echo "    going on without the playground: /graphiql says how to build it"
	@$(STEP) "Server (the first build takes about 20 minutes on two cores)" cargo build --release --locked -p bab
	@exec $(TARGET)/release/bab serve

test: ## set up, then every check: format, lints, tests on both databases, conformance, browser
	@$(SETUP)/test.sh

lint: ## format and lints only
	@$(STEP) "Format" cargo fmt --all -- --check -l
	@$(STEP) "Lints" cargo clippy --workspace --all-targets --locked -- -D warnings

fmt: ## format everything
	@cargo fmt --all

bench: ## measure: parts one by one, then beside PostGraphile, Node servers and the limits (bench/README.md); SCALE=L ROUNDS=5 SERVERS="bab yoga"
	@$(MAKE) --no-print-directory bench-parts
	@$(MAKE) --no-print-directory bench-servers

bench-parts: ## only the micro-benchmarks
	@$(STEP) "Micro-benchmarks" cargo bench --locked -p ask -p graphql --bench understand --bench answering

bench-servers: ## only the servers side by side
	@$(STEP) "Server" cargo build --release --locked -p bab
	@$(STEP) "Limits and data" cargo build --release --locked --manifest-path bench/Cargo.toml --target-dir $(TARGET)
	@$(STEP) "Side by side" $(SETUP)/bench.sh $(TARGET)/release/bab $(TARGET)/release/bench \
		--scale $(or $(SCALE),S) --rounds $(or $(ROUNDS),3) --seconds $(or $(SECONDS),3) --processes $(or $(PROCESSES),2) --servers "$(SERVERS)"

fuzz: ## any bytes as a question, for SECONDS=60; installs cargo-fuzz when missing
	@$(STEP) "Fuzz" $(SETUP)/fuzz.sh $(or $(SECONDS),60)

eval: ## ask every question set (release build): right, abstained, wrong, times; REPORT=file lists what is not right
	@$(STEP) "Questions" cargo bench --locked -p graphql --bench questions -- $(REPORT)

eval-extract: ## read every article with gold (release build): precision, recall, times; ARTICLES=folder reads another, SHOW=--show lists what is missed and what is wrong
	@$(STEP) "Articles" cargo bench --locked -p extract --bench articles -- $(ARTICLES) $(SHOW)

playground: ## build GraphiQL into playground/dist, if it is out of date
	@$(SETUP)/node.sh
	@$(SETUP)/playground.sh

conformance: ## the tools and clients of partners against the contract and a fresh server; CHECKS="lint relay" runs only these
	@$(SETUP)/node.sh
	@cargo build --locked -p bab
	@$(SETUP)/conformance.sh $(TARGET)/debug/bab $(CHECKS)

pictures: ## a picture of each page in docs/screenshots, in French, Arabic, the dark and on a telephone
	@$(SETUP)/packages.sh test
	@$(MAKE) --no-print-directory playground
	@cargo build --locked -p bab
	@$(SETUP)/browser.sh $(TARGET)/debug/bab pictures.mjs $(CURDIR)/docs/screenshots

test-browser: ## the browser stories against a fresh server; screenshots in playground/shots
	@$(SETUP)/packages.sh test
	@$(MAKE) --no-print-directory playground
	@cargo build --locked -p bab
	@$(SETUP)/browser.sh $(TARGET)/debug/bab
