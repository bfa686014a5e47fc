#!/usr/bin/env bash
# Runs every fuzz target for a minute, all at the same time.
#
#   fuzz-smoke.sh              FUZZ_SECONDS=60 by default
#
# What a run finds interesting is kept in fuzz/corpus for the next; a crash leaves its input in
# fuzz/artifacts, and `target/HOST/debug/TARGET fuzz/artifacts/TARGET-…` repeats it.
set -euo pipefail
cd "$(dirname "$0")/../../fuzz"
seconds=${FUZZ_SECONDS:-60}
host=$(rustc -vV | sed -n 's/^host: //p')

# Coverage flags that stable Rust knows; named with a target, so that build scripts go without.
export CARGO_ENCODED_RUSTFLAGS
CARGO_ENCODED_RUSTFLAGS=$(printf '%s\x1f' -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
  -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
  -Cllvm-args=-sanitizer-coverage-trace-compares --cfg=fuzzing)-Ccodegen-units=1
cp ../Cargo.lock Cargo.lock
CARGO_TARGET_DIR=../target cargo build --quiet --target "$host"

pids=()
for source in *.rs; do
  target=${source%.rs}
  mkdir -p "corpus/$target" artifacts
  "../target/$host/debug/$target" -max_total_time="$seconds" -rss_limit_mb=1024 -timeout=5 -print_final_stats=1 \
    -artifact_prefix="artifacts/$target-" "corpus/$target" "seeds/$target" >"artifacts/$target.log" 2>&1 &
  pids+=("$target:$!")
done
failed=0
for pair in "${pids[@]}"; do
  target=${pair%%:*}
  if wait "${pair##*:}"; then
    echo "fuzz $target: $(sed -n 's/^stat::number_of_executed_units: *//p' "artifacts/$target.log") inputs, nothing found"
  else
    echo "fuzz $target: FAILED" >&2
    tail -n 40 "artifacts/$target.log" >&2
    failed=1
  fi
done
exit "$failed"
