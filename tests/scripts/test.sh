#!/usr/bin/env bash
# Every test, stage by stage, with its seconds; the cheap ones first. `make test` calls it.
#
#   test.sh            installs what is missing, then runs the stages beside a throw-away PostgreSQL
#   test.sh stages     the stages alone (with-postgres.sh calls this)
set -euo pipefail
cd "$(dirname "$0")/../.."

minutes_max=${TEST_MINUTES_MAX:-25}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
# What browser tests and others that start the real program look for.
export HALLCAST_BIN=$CARGO_TARGET_DIR/debug/hub
export CHROMIUM=${CHROMIUM:-$(command -v chromium-headless-shell || command -v chromium || true)}

# Seconds count from the first call, installing included.
export HALLCAST_TEST_STARTED=${HALLCAST_TEST_STARTED:-$(date +%s)}

export HALLCAST_TEST_SUMMARY=${HALLCAST_TEST_SUMMARY:-}
stage() { # stage NAME COMMAND…
  local name=$1 from=$SECONDS took
  shift
  printf '\n== %s\n' "$name"
  if "$@"; then
    took=$((SECONDS - from))
    printf '== %s: ok, %d s\n' "$name" "$took"
    HALLCAST_TEST_SUMMARY+=$(printf '  %-10s %5d s' "$name" "$took")$'\n'
  else
    printf '== %s: FAILED after %d s\n' "$name" $((SECONDS - from)) >&2
    exit 1
  fi
}

# `stage` asks for their status, so bash does not stop inside these on its own: each line says it.
guards() {
  # Two TLS providers in one program panic at the first connection; ring is ours.
  if grep -q 'name = "aws-lc-rs"' Cargo.lock; then
    echo "aws-lc-rs is in Cargo.lock: turn off the feature that brings it (cargo tree -i aws-lc-rs)" >&2
    return 1
  fi
  if command -v cargo-deny >/dev/null; then cargo deny --locked check bans licenses sources || return 1; fi
  for script in tests/scripts/*.sh .ci/run; do bash -n "$script" || return 1; done
}
tests() {
  if cargo nextest --version >/dev/null 2>&1; then
    cargo nextest run --locked --workspace --profile ci
  else
    echo "cargo-nextest is not installed (cargo install --locked cargo-nextest); using cargo test"
    cargo test --locked --workspace --quiet
  fi
}
# In real time, beside a sound server of its own: alone, because a busy machine is heard as a gap.
sound() {
  if cargo nextest --version >/dev/null 2>&1; then
    tests/scripts/with-sound.sh cargo nextest run --locked --workspace --profile ci --run-ignored only -E 'binary(sound)'
  else
    tests/scripts/with-sound.sh cargo test --locked --workspace --quiet --test sound -- --ignored
  fi
}
browser() {
  npm --prefix tests/browser ci --no-audit --no-fund --loglevel=error || return 1
  npm --prefix tests/browser test
}

if [ "${1:-}" != stages ]; then
  stage packages tests/scripts/deps.sh test
  exec tests/scripts/with-postgres.sh tests/scripts/test.sh stages
fi

stage guards guards
stage fmt cargo fmt --all --check
stage pages tests/scripts/web.sh test
stage clippy cargo clippy --locked --workspace --all-targets -- -D warnings
# With --tests, so that features resolve as they do for the tests and nothing is built twice.
stage build cargo build --locked --workspace --bins --tests
if [ -f hub/web/src/wire/api.d.ts ]; then stage types tests/scripts/types.sh check; else echo "no generated types here"; fi
stage tests tests
stage sound sound
BANK_PROGRAM=$CARGO_TARGET_DIR/debug/bank stage hearing tests/hearing/hear.sh test
stage browser browser
if [ -x tests/scripts/fuzz-smoke.sh ]; then stage fuzz tests/scripts/fuzz-smoke.sh; fi

total=$(($(date +%s) - HALLCAST_TEST_STARTED))
printf '\nall stages passed:\n%s  %-10s %5d s of %d allowed\n' "$HALLCAST_TEST_SUMMARY" total "$total" $((minutes_max * 60))
if [ "$total" -gt $((minutes_max * 60)) ]; then echo "  over the budget of the Makefile: find out which stage grew"; fi
