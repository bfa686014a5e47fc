#!/usr/bin/env bash
# Runs every fuzz target for a minute, all at the same time.
#
#   fuzz-smoke.sh              FUZZ_SECONDS=60 by default
#
# What a run finds interesting is kept in fuzz/corpus for the next; a crash leaves its input in
# fuzz/artifacts, and `target/debug/TARGET fuzz/artifacts/TARGET-…` repeats it.
set -euo pipefail
cd "$(dirname "$0")/../../fuzz"
seconds=${FUZZ_SECONDS:-60}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/../target}

cp ../Cargo.lock Cargo.lock
RUSTC_WRAPPER=$PWD/rustc.sh cargo build --quiet

pids=()
for source in *.rs; do
  target=${source%.rs}
  mkdir -p "corpus/$target" artifacts
  options=(-max_total_time="$seconds" -rss_limit_mb=1024 -timeout=10 -print_final_stats=1 -artifact_prefix="artifacts/$target-")
  if [ -f "$target.dict" ]; then options+=(-dict="$target.dict"); fi
  "$CARGO_TARGET_DIR/debug/$target" "${options[@]}" "corpus/$target" "seeds/$target" >"artifacts/$target.log" 2>&1 &
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
