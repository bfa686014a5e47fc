#!/usr/bin/env python3
"""How many English calls PocketSphinx hears exactly.

    english.py FOLDER [--goal 0.95]

FOLDER holds mono WAV files and `expected.json`: rows of {"file", "language": "en", "letter", "digits", "counter"}; rows
of other languages are passed over. The grammar knows the sentence, any letter, any digits of that many, and counters
1 to 99; it knows no call. Exact are the digits and the counter; how often the letter was right too is told beside: the
recogniser takes E for P or T, M for N and A for K in whole sentences of the same voice as well. One line of JSON is
printed; the exit code is 1 below the goal.
"""
import argparse, json, pathlib, sys, wave

import numpy as np
from pocketsphinx import Decoder, get_model_path

DIGITS = "zero one two three four five six seven eight nine".split()
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
RATE = 16000  # samples a second, what the acoustic model was trained on


def counter_words(n):
    if n < 10:
        return [DIGITS[n]]
    if n < 20:
        return [TEENS[n - 10]]
    return [TENS[n // 10 - 2]] + ([DIGITS[n % 10]] if n % 10 else [])


def grammar(digits):
    letters = " | ".join(letter.lower() + "." for letter in LETTERS)
    return f"""#JSGF V1.0;
grammar call;
public <call> = number <letter> {'<digit> ' * digits} please proceed to counter <counter>;
<letter> = {letters};
<digit> = {' | '.join(DIGITS)};
<one> = {' | '.join(DIGITS[1:])};
<counter> = <one> | {' | '.join(TEENS)} | ({' | '.join(TENS)}) [<one>];
"""


def samples(path):
    """The file's samples at the model's rate, 16 bit."""
    with wave.open(str(path)) as sound:
        assert sound.getnchannels() == 1 and sound.getsampwidth() == 2, f"{path}: mono, 16 bit"
        rate, data = sound.getframerate(), np.frombuffer(sound.readframes(sound.getnframes()), "<i2").astype(np.float64)
    if rate != RATE:
        # A windowed sinc at the lower of the two Nyquist rates, then linear between samples.
        cut = min(1.0, RATE / rate) * 0.46
        taps = np.arange(-64, 65)
        kernel = 2 * cut * np.sinc(2 * cut * taps) * np.hanning(129)
        data = np.convolve(data, kernel, "same")
        at = np.arange(int(len(data) * RATE / rate)) * (rate / RATE)
        data = np.interp(at, np.arange(len(data)), data)
    quiet = np.zeros(RATE * 3 // 10)
    return np.clip(np.concatenate([quiet, data, quiet]), -32768, 32767).astype("<i2")


class Ears:
    """One decoder a length of number: a grammar says how many digits there are."""

    def __init__(self):
        self.by_digits = {}

    def hear(self, path, digits):
        if digits not in self.by_digits:
            decoder = Decoder(hmm=get_model_path("en-us/en-us"), dict=get_model_path("en-us/cmudict-en-us.dict"), lm=None, loglevel="FATAL")
            decoder.add_jsgf_string("call", grammar(digits))
            decoder.activate_search("call")
            self.by_digits[digits] = decoder
        decoder = self.by_digits[digits]
        decoder.start_utt()
        decoder.process_raw(samples(path).tobytes(), full_utt=True)
        decoder.end_utt()
        heard = decoder.hyp()
        return heard.hypstr.split() if heard else []


def main():
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("folder", type=pathlib.Path)
    ask.add_argument("--goal", type=float, default=0.0, help="share of calls that must be heard exactly")
    ask = ask.parse_args()
    rows = [row for row in json.loads((ask.folder / "expected.json").read_text()) if row["language"] == "en"]
    ears, exact, letters, wrong = Ears(), 0, 0, []
    for row in rows:
        said = ["number", row["letter"].lower() + "."] + [DIGITS[int(d)] for d in row["digits"]]
        said += ["please", "proceed", "to", "counter"] + counter_words(row["counter"])
        heard = ears.hear(ask.folder / row["file"], len(row["digits"]))
        exact += heard[:1] + heard[2:] == said[:1] + said[2:]
        letters += heard == said
        if heard != said:
            wrong.append({"file": row["file"], "said": " ".join(said), "heard": " ".join(heard)})
    share = exact / len(rows) if rows else 0.0
    print(json.dumps({"recogniser": "pocketsphinx", "language": "en", "calls": len(rows), "exact": exact, "share": round(share, 4),
                      "with_the_letter": letters, "goal": ask.goal, "wrong": wrong}, ensure_ascii=False))
    return 0 if rows and share >= ask.goal else 1


if __name__ == "__main__":
    sys.exit(main())
