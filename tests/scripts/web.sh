#!/usr/bin/env bash
# The pages in hub/web: installs their packages and builds them, each only when something changed.
#
#   web.sh pages    hub/web/dist is up to date afterwards
#   web.sh check    types and lint, nothing built
#   web.sh test     check, unit tests, and pages
set -euo pipefail
cd "$(dirname "$0")/../.."
web=hub/web
[ -f "$web/package.json" ] || { echo "web: no pages here"; exit 0; }

npm_run() { # npm_run SCRIPT ARGUMENTS…
  local script=$1
  shift
  npm --prefix "$web" run --silent --if-present "$script" -- "$@"
}
# A fingerprint of the files that matter; node_modules and dist never do.
print_of() { (cd "$web" && find "$@" -type f -not -path './node_modules/*' -not -path './dist/*' -print0 | sort -z | xargs -0 sha256sum) | sha256sum; }
is_new() { [ "$(cat "$1" 2>/dev/null)" != "$2" ]; }

packages() {
  local stamp=$web/node_modules/.hallcast-packages print
  print=$(print_of package.json package-lock.json)
  if is_new "$stamp" "$print"; then
    echo "web: installing the pages' packages"
    npm --prefix "$web" ci --no-audit --no-fund --loglevel=error
    printf '%s' "$print" >"$stamp"
  fi
}
pages() {
  local stamp=$web/node_modules/.hallcast-pages print
  packages
  print=$(print_of .)
  if is_new "$stamp" "$print" || [ ! -d "$web/dist" ]; then
    echo "web: building the pages"
    npm_run build --logLevel warn
    printf '%s' "$print" >"$stamp"
  fi
}

case ${1:-} in
  pages) pages ;;
  check) packages; npm_run check ;;
  test) packages; npm_run check; npm_run test; pages ;;
  *) echo "usage: web.sh pages|check|test" >&2; exit 2 ;;
esac
