#!/usr/bin/env bash
# Runs a command beside a PostgreSQL of its own, which is gone afterwards.
#
#   with-postgres.sh COMMAND…      the command finds HALLCAST_TEST_POSTGRES in its environment
#   FSYNC=on with-postgres.sh …    for benches and crash tests: every commit really reaches the disk
#
# The system's PostgreSQL is never touched: own folder, own free port on the loopback, own socket.
# As root the server runs as `postgres`, because it refuses to run as root.
set -euo pipefail

PORTS_TRIED_MAX=10
FSYNC=${FSYNC:-off}

bin=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1) || true
[ -n "$bin" ] || { echo "no PostgreSQL here; run tests/scripts/deps.sh test" >&2; exit 1; }

as_pg() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi
}

# A folder that the server's user can reach; a root-only TMPDIR is no use to it.
parent=${TMPDIR:-/tmp}
as_pg test -x "$parent" || parent=/tmp
dir=$(mktemp -d "$parent/hallcast-pg.XXXXXX")

cleanup() {
  local rc=$?
  trap - EXIT INT TERM
  as_pg "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$dir"
  exit "$rc"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

chmod 755 "$dir"
mkdir "$dir/data" "$dir/socket"
if [ "$(id -u)" = 0 ]; then chown postgres:postgres "$dir/data" "$dir/socket"; fi
cd "$dir" # initdb and pg_ctl complain about a folder they may not enter
as_pg "$bin/initdb" -D "$dir/data" -U hub --auth=trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
start() { # start PORT
  as_pg "$bin/pg_ctl" -D "$dir/data" -w -t 60 -l "$dir/socket/server.log" start -o "-k $dir/socket -p $1 \
    -c listen_addresses=127.0.0.1 -c fsync=$FSYNC -c synchronous_commit=$FSYNC -c full_page_writes=$FSYNC \
    -c max_connections=300 -c shared_buffers=64MB" >/dev/null
}
port=
for _ in $(seq "$PORTS_TRIED_MAX"); do
  try=$((20000 + RANDOM % 12000)) # below the range the kernel hands out to clients
  if port_is_free "$try" && start "$try"; then port=$try; break; fi
done
[ -n "$port" ] || { echo "PostgreSQL did not start:" >&2; cat "$dir/socket/server.log" >&2 || true; exit 1; }
cd "$OLDPWD"

export HALLCAST_TEST_POSTGRES="postgres://hub@127.0.0.1:$port/postgres"
"$@"
