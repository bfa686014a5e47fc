#!/usr/bin/env bash
# Runs a command beside a sound server of its own: nothing that plays is heard, and everything can be captured.
#
#   with-sound.sh COMMAND…
#
# A private PulseAudio on a private socket, without a sound card, a session or a service. The command makes the
# speakers it needs (`pactl load-module module-null-sink`) and captures them (`parec -d NAME.monitor`). It finds:
#   PULSE_SERVER       the server
#   HALLCAST_SOUND     a folder of its own, gone afterwards
set -euo pipefail

for program in pulseaudio pactl parec; do
  command -v "$program" >/dev/null || { echo "with-sound: $program is missing (tests/scripts/deps.sh test)" >&2; exit 1; }
done

HALLCAST_SOUND=$(mktemp -d "${TMPDIR:-/tmp}/hallcast-sound.XXXXXX")
export HALLCAST_SOUND
server=
# shellcheck disable=SC2317  # called by trap
cleanup() {
  rc=$?
  if [ -n "$server" ]; then kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; fi
  rm -rf "$HALLCAST_SOUND"
  exit "$rc"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# A server that comes too late is heard as a gap: it goes first, where it may.
# Its state, its runtime files and its socket stay in the folder.
export HOME=${HOME:-$HALLCAST_SOUND}
PULSE_RUNTIME_PATH=$HALLCAST_SOUND PULSE_STATE_PATH=$HALLCAST_SOUND PULSE_COOKIE=$HALLCAST_SOUND/cookie \
  pulseaudio -n --daemonize=no --exit-idle-time=-1 --use-pid-file=no --disable-shm=yes \
  --high-priority=yes --realtime=yes --log-target=stderr --log-level=error \
  -L "module-native-protocol-unix socket=$HALLCAST_SOUND/native auth-anonymous=1 auth-cookie-enabled=0" \
  >"$HALLCAST_SOUND/server.log" 2>&1 &
server=$!
export PULSE_SERVER=unix:$HALLCAST_SOUND/native
for _ in $(seq 100); do
  pactl info >/dev/null 2>&1 && break
  kill -0 "$server" 2>/dev/null || { cat "$HALLCAST_SOUND/server.log" >&2; exit 1; }
  sleep 0.1
done
pactl info >/dev/null
"$@"
