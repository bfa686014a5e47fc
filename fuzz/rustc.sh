#!/usr/bin/env bash
# Cargo calls this instead of rustc (RUSTC_WRAPPER, in fuzz-smoke.sh): our crates and the targets get
# coverage flags, which stable Rust knows; everything else is built as always, and so is shared.
set -euo pipefail
case " $* " in
  *" --crate-name hub "* | *" --crate-name hall "* | *" --crate-name wire "* | *" --crate-name hello "* | *" --crate-name command "*)
    exec "$@" -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
      -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
      -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1
    ;;
  *) exec "$@" ;;
esac
