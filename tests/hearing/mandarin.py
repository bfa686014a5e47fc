#!/usr/bin/env python3
"""How many Mandarin calls Whisper base hears exactly.

    mandarin.py FOLDER --model FOLDER [--goal 0.95]

FOLDER holds mono WAV files and `expected.json`: rows of {"file", "language": "zh", "letter", "digits", "counter"}; rows
of other languages are passed over. The prompt sets the scene and holds no digit. Compared are the sounds (pinyin without
tones) of the digits before the first 号 and of the counter before the second, so that a homophone is no mistake and a
wrong digit is. The letter is not compared: Whisper writes it as any syllable; nor are the words around. One line of JSON is printed; the exit code is 1 below the goal.
"""
import argparse, json, pathlib, re, sys

from faster_whisper import WhisperModel
from pypinyin import lazy_pinyin

PROMPT = "以下是政务大厅的叫号广播，请听到叫号的市民前往窗口办理业务。"
DIGITS = dict(zip("0123456789", "ling yi er san si wu liu qi ba jiu".split()))


SPOKEN_DIGITS = {*DIGITS.values(), "shi"}


def cardinal(n):
    """1 to 99 as it is said."""
    tens, ones = divmod(n, 10)
    return ([DIGITS[str(tens)]] if tens > 1 else []) + (["shi"] if tens else []) + ([DIGITS[str(ones)]] if ones else [])


def syllables(text, number):
    """Pinyin without tones; figures are read by `number`."""
    out = []
    for piece in re.findall(r"\d+|[A-Za-z]+|[\u4e00-\u9fff]+", text):
        if piece.isdigit():
            out += number(piece)
        elif piece.isascii():
            out.append(piece.lower())
        else:
            out += lazy_pinyin(piece)
    return out


def each(figures):
    return [DIGITS[figure] for figure in figures]


def whole(figures):
    return cardinal(int(figures)) if len(figures) <= 2 and int(figures) else each(figures)


def is_exact(text, row):
    """The digits stand right before the first 号, the counter between it and the next, with one syllable for 到 at most."""
    before, found, after = [part.strip(" ，,。.、") for part in text.partition("号")]
    place, closed, _ = after.partition("号")
    if not found or not closed:
        return False
    digits, counter = each(row["digits"]), cardinal(row["counter"])
    ticket, place = syllables(before, each), syllables(place, whole)
    towards = place[: len(place) - len(counter)]
    return (ticket[-len(digits):] == digits and place[-len(counter):] == counter
            and len(towards) <= 1 and not set(towards) & SPOKEN_DIGITS)


def main():
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("folder", type=pathlib.Path)
    ask.add_argument("--model", required=True, help="folder of the recogniser: model.bin, config.json, tokenizer.json, vocabulary.json")
    ask.add_argument("--threads", type=int, default=1)
    ask.add_argument("--goal", type=float, default=0.0, help="share of calls that must be heard exactly")
    ask = ask.parse_args()
    model = WhisperModel(ask.model, device="cpu", compute_type="int8", cpu_threads=ask.threads, local_files_only=True)
    rows = [row for row in json.loads((ask.folder / "expected.json").read_text()) if row["language"] == "zh"]
    # Written in Chinese signs alone: 715 may be 七一五 or 七十五 and only one of them was said, and after a letter of the
    # Latin alphabet it runs on in dashes.
    others = [number for token, number in model.hf_tokenizer.get_vocab().items() if re.search(r"[0-9A-Za-z-]", token) and not token.startswith("<|")]
    exact, wrong = 0, []
    for row in rows:
        pieces, _ = model.transcribe(str(ask.folder / row["file"]), language="zh", initial_prompt=PROMPT, condition_on_previous_text=False,
                                     suppress_tokens=[-1, *others])
        heard = "".join(piece.text for piece in pieces)
        if is_exact(heard, row):
            exact += 1
        else:
            wrong.append({"file": row["file"], "said": f"{row['letter']}{row['digits']} {row['counter']}", "heard": heard})
    share = exact / len(rows) if rows else 0.0
    print(json.dumps({"recogniser": "whisper-base", "language": "zh", "calls": len(rows), "exact": exact, "share": round(share, 4),
                      "goal": ask.goal, "wrong": wrong}, ensure_ascii=False))
    return 0 if rows and share >= ask.goal else 1


if __name__ == "__main__":
    sys.exit(main())
