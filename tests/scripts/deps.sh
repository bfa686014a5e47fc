#!/usr/bin/env bash
# Installs what a clean Debian machine lacks, naming it first; installs nothing twice.
#
#   deps.sh run     what `make run` needs: the hub makes no sound
#   deps.sh build   the same, and what the player needs to be built
#   deps.sh test    the same, and what the tests need
#   deps.sh voice   what `make voice` and `make hearing` need
#
# Works as root and as a user with sudo. It never starts, stops or configures a system service:
# PostgreSQL's package is told to make no cluster, and a guard refuses to start any daemon while
# packages are being installed.
set -euo pipefail

RUST_MIN=1.95.0
NODE_MIN=20.19.0

want=${1:-run}
case $want in run | build | test | voice) ;; *) echo "usage: deps.sh run|build|test|voice" >&2; exit 2 ;; esac

say() { printf 'deps: %s\n' "$*"; }
give_up() { printf 'deps: %s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }
# at_least HAVE WANT: compares dotted versions.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif has sudo; then sudo "$@"
  else give_up "not root and no sudo; run this once as root: apt-get install $packages"
  fi
}
is_installed() { dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

# Names of Debian packages to install; each is asked for by what it brings, not by its name,
# so a machine that has the thing from elsewhere is left alone.
packages=
need() { packages="${packages:+$packages }$1"; }

if ! has cc || ! has c++; then need g++; fi
[ -e /etc/ssl/certs/ca-certificates.crt ] || need ca-certificates
is_installed fonts-noto-cjk || { has fc-list && [ -n "$(fc-list :lang=zh 2>/dev/null | head -n 1)" ]; } || need fonts-noto-cjk
if [ "$want" = build ] || [ "$want" = test ]; then
  has pkg-config || need pkg-config
  { has pkg-config && pkg-config --exists alsa; } || need libasound2-dev
fi
if [ "$want" = test ]; then
  # A sound server of the tests' own, reached as players reach a sound card.
  has pulseaudio || need pulseaudio
  { has pactl && has parec; } || need pulseaudio-utils
  compgen -G '/usr/lib/*/alsa-lib/libasound_module_pcm_pulse.so' >/dev/null || need libasound2-plugins
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || need postgresql
  # Without its own windows: the same pages for half the processor time.
  has chromium-headless-shell || [ -n "${CHROMIUM:-}" ] || need chromium-headless-shell
fi

if [ "$want" = test ] || [ "$want" = voice ]; then
  # The recognisers, and the packages of the neural voice.
  python3 -m pip --version >/dev/null 2>&1 || need python3-pip
  python3 -c 'import ensurepip' >/dev/null 2>&1 || need python3-venv
fi

node_version() { node --version 2>/dev/null | tr -d v; }
node_is_good() { has node && has npm && at_least "$(node_version)" "$NODE_MIN"; }
rust_is_good() { has cargo && has rustc && at_least "$(rustc --version 2>/dev/null | cut -d ' ' -f 2)" "$RUST_MIN"; }

rust_is_good || has rustup || has curl || need curl

# Writes a file as root only where none stands, and remembers to take it away again.
guards=
guard() { # guard FILE MODE TEXT
  [ -e "$1" ] && return 0
  as_root mkdir -p "$(dirname "$1")"
  printf '%s\n' "$3" | as_root tee "$1" >/dev/null
  as_root chmod "$2" "$1"
  guards="$guards $1"
}
# shellcheck disable=SC2086  # a list of paths without spaces
drop_guards() { if [ -n "$guards" ]; then as_root rm -f $guards; guards=; fi; }
trap drop_guards EXIT

# shellcheck disable=SC2086  # a list of package names
install() { # install PACKAGES…
  has apt-get || give_up "this machine has no apt-get; please install: $*"
  say "installing from Debian's packages: $*"
  guard /usr/sbin/policy-rc.d 755 "$(printf '#!/bin/sh\n# Stands only while Hallcast installs packages: start nothing.\nexit 101')"
  case " $* " in
    *" postgresql "*) guard /etc/postgresql-common/createcluster.d/hallcast.conf 644 "create_main_cluster = false" ;;
  esac
  as_root apt-get update -qq || say "the package lists could not be renewed; trying with the old ones"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends "$@" >/dev/null ||
    give_up "apt-get could not install: $*"
  drop_guards
}
# shellcheck disable=SC2086
[ -z "$packages" ] || install $packages

if ! rust_is_good; then
  how="Rust >= $RUST_MIN is needed: install it from https://rustup.rs and run make again"
  if has rustup; then
    say "updating Rust with rustup"
    rustup toolchain install stable --profile minimal -c clippy -c rustfmt || give_up "$how"
    rustup default stable || give_up "$how"
  else
    say "installing Rust with its own installer (https://rustup.rs) into ${CARGO_HOME:-$HOME/.cargo}"
    curl --proto '=https' --tlsv1.2 -sSf --max-time 60 https://sh.rustup.rs |
      sh -s -- -y -q --profile minimal -c clippy -c rustfmt || give_up "$how"
  fi
  hash -r
  rust_is_good || give_up "$how"
fi
if [ "$want" = test ]; then
  for part in clippy fmt; do
    cargo "$part" --version >/dev/null 2>&1 || { has rustup && rustup component add "${part/#fmt/rustfmt}"; } ||
      give_up "cargo $part is missing: install Rust's clippy and rustfmt components and run make again"
  done
fi

if ! node_is_good; then
  how="Node >= $NODE_MIN with npm is needed: install it from https://nodejs.org/en/download and run make again"
  has apt-get || give_up "$how"
  candidate=$(apt-cache policy nodejs 2>/dev/null | sed -n 's/^ *Candidate: \([0-9.]*\).*/\1/p')
  at_least "${candidate:-0}" "$NODE_MIN" || give_up "$how"
  # Debian's nodejs comes without npm, the Node project's own package with it.
  install nodejs
  has npm || install npm
  hash -r
  node_is_good || give_up "$how"
fi
