#!/usr/bin/env bash
# The hub's API as TypeScript types: hub/web/src/wire/api.d.ts, generated, never written by hand.
#
#   types.sh write     makes the file anew from what `hub openapi` prints (`make types`)
#   types.sh check     fails when the file is not what it would make
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-$PWD/target}
types=hub/web/src/wire/api.d.ts

make_types() { # make_types FILE
  "$target/debug/hub" openapi >"$target/openapi.json"
  hub/web/node_modules/.bin/openapi-typescript "$target/openapi.json" -o "$1" >/dev/null
}

case ${1:-} in
  write)
    make_types "$types"
    ;;
  check)
    made=$(mktemp --suffix=.d.ts)
    trap 'rm -f "$made"' EXIT
    make_types "$made"
    if ! diff -u "$types" "$made"; then
      echo "the API has changed and the pages' types have not: run \`make types\` and commit $types" >&2
      exit 1
    fi
    ;;
  *)
    echo "usage: types.sh write|check" >&2
    exit 2
    ;;
esac
