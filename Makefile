# Hallcast: the commands a person needs. `make help` lists them.
#
# Time budget of `make test` on two cores, from a clean clone with empty caches.
# A change that needs more says why here.
TEST_MINUTES_MAX := 25

# Where `make run` listens and keeps its hall; `make run LISTEN=127.0.0.1:9000` moves it.
LISTEN ?= 127.0.0.1:8080
DATA ?= ./data
# Where `make voice` puts the voice pack.
VOICE ?= ./voice-pack

# One target folder, so that clippy, tests, browser tests and `make run` share what they built.
export CARGO_TARGET_DIR := $(CURDIR)/target
# A Rust that rustup has just installed is found without a new login.
export PATH := $(HOME)/.cargo/bin:$(PATH)
export TEST_MINUTES_MAX

.DEFAULT_GOAL := help
.PHONY: help run build test bench voice hearing web types fmt lint clean-data

help: ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)$$/make \1|\2/p' Makefile | while IFS='|' read -r name what; do \
		printf '  %-16s %s\n' "$$name" "$$what"; done

run: ## install what is missing, build, and run a demo hall on http://127.0.0.1:8080
	@tests/scripts/deps.sh run
	@# A debug build reads the pages when it runs, so both are made at the same time.
	@tests/scripts/web.sh pages & pages=$$!; cargo build --locked -p hub; built=$$?; wait $$pages && exit $$built
	@exec target/debug/hub serve --demo --listen "$(LISTEN)" --data "$(DATA)" $(if $(wildcard $(VOICE)/pack.json),--voice-pack "$(VOICE)")

build: ## release binaries in target/release
	@tests/scripts/deps.sh build
	@tests/scripts/web.sh pages
	@cargo build --locked --release -p hub -p display-client

test: ## everything: format, pages, clippy, tests on both databases, browser, fuzz
	@tests/scripts/test.sh

bench: ## times and rates, with real flushes, on a release build
	@tests/scripts/deps.sh test
	@tests/scripts/web.sh pages
	@# With tests, so that features resolve as they do for the benches and nothing is built twice.
	@cargo build --locked --release -p hub -p display-client -p tests --bins
	@FSYNC=on tests/scripts/with-postgres.sh tests/scripts/with-sound.sh cargo bench --locked -p tests --benches
	@tests/hearing/hear.sh bench

voice: ## fetch the neural voice (130 MB) into ./voice-pack, or VOICE=FOLDER; nothing else needs it
	@tests/scripts/deps.sh voice
	@deploy/voice/fetch.sh "$(VOICE)"

hearing: ## 200 calls a language of the shipped voice, as recognisers hear them (fetches the recognisers)
	@tests/scripts/deps.sh voice
	@tests/hearing/hear.sh bench

web: ## the pages alone, into hub/web/dist
	@tests/scripts/deps.sh run
	@tests/scripts/web.sh pages

types: web ## the API's types for the pages, generated from the hub
	@cargo build --locked -p hub
	@tests/scripts/types.sh write

fmt: ## format Rust (and the pages, where they have a formatter)
	@cargo fmt --all
	@if [ -f hub/web/package.json ]; then npm --prefix hub/web run --if-present format; fi

lint: ## format check, clippy and the pages' type check, without tests
	@tests/scripts/deps.sh build
	@cargo fmt --all --check
	@cargo clippy --locked --workspace --all-targets -- -D warnings
	@tests/scripts/web.sh check

clean-data: ## forget the demo hall in ./data (stop `make run` first)
	@rm -rf -- ./data && echo "./data is gone; the next \`make run\` makes a new demo hall"
