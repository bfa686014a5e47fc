//! Renders the sentences of a bank, cuts them at their words, levels and encodes them, and writes the manifest.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use audio::Language;
use audio::bank::manifest::{Clip, Manifest, Recorded, Spoken, VERSION};
use audio::phrase::{About, Part};
use audio::sound::{RATE, Sound, edit, level, samples, wav};
use audio::voice::Voice;
use audio::voice::kokoro::{Kokoro, Placed, Take};
use sha2::{Digest, Sha256};

use crate::{Options, say, sentences};

/// Of the encoding, as oggenc counts it: about 40 kbit a second, so that both languages stay under 5 MB.
const QUALITY: f32 = 2.0;
/// Silence between clips in the file, milliseconds: so that none leaks into its neighbour through the codec.
const BETWEEN_MS: u32 = 30;
/// A rest within a sentence lasts at least so long, milliseconds.
const BREATH_MS: u32 = 35;
/// Below a clip's loudest 5 ms by so much it rests, dB.
const BREATH_DB: f32 = 38.0;
/// What stays of a rest on each side, milliseconds.
const MARGIN_MS: u32 = 12;

/// `bank make`.
pub fn make(options: &Options) -> Result<(), String> {
    let out = options.folder("out")?;
    std::fs::create_dir_all(&out).map_err(|error| error.to_string())?;
    let mut voice = Kokoro::open(&options.folder("pack")?).map_err(|mute| mute.to_string())?;
    if let Some(folder) = options.text("kept") {
        std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        voice.keep(PathBuf::from(folder));
    }
    let mut languages = BTreeMap::new();
    for language in [Language::Zh, Language::En] {
        languages.insert(language, record(&voice, language, &out, options)?);
    }
    let manifest = Manifest {
        version: VERSION,
        name: format!("{}-{}", voice.id(), checksum_of_all(&languages)),
        rate: RATE,
        made: "Whole sentences rendered by Kokoro-82M v1.0 (ONNX, int8) and cut at their words; see README.md".into(),
        licence: "Apache-2.0: made with the Kokoro-82M weights and voices, which are Apache-2.0".into(),
        languages,
    };
    if let Some(fault) = manifest.fault() {
        return Err(fault);
    }
    let text = serde_json::to_string(&manifest).map_err(|error| error.to_string())?;
    // A clip a line: a change of one shows as one.
    std::fs::write(out.join("manifest.json"), text.replace("{\"key\"", "\n{\"key\"") + "\n")
        .map_err(|error| error.to_string())
}

fn record(voice: &Kokoro, language: Language, out: &Path, options: &Options) -> Result<Recorded, String> {
    let mut sentences = sentences::all(language)?;
    // For a quick look at a voice: not all of them.
    sentences.truncate(options.number("sentences", usize::MAX)?);
    let mut sound: Vec<f32> = vec![0.0; samples(BETWEEN_MS)];
    let mut clips = Vec::new();
    for (n, sentence) in sentences.iter().enumerate() {
        let take = voice.take(sentence, 100).map_err(|mute| format!("{}: {mute}", text_of(sentence)))?;
        if n % 10 == 0 {
            say(&format!("{}: {n} of {}", language.as_str(), sentences.len()));
        }
        for (part, about) in sentence.iter().enumerate().map(|(n, part)| (n, part.about)) {
            let key = format!("{}-{}", language.as_str(), clips.len() + 1);
            if let Some((clip, cut)) = cut(&take, part, about, key, sound.len()) {
                sound.extend_from_slice(&cut);
                sound.resize(sound.len() + samples(BETWEEN_MS), 0.0);
                clips.push(clip);
            }
        }
    }
    let file = format!("{}.ogg", language.as_str());
    let bytes = encode(&out.join(&file), &sound, options.number("quality", QUALITY)?)?;
    say(&format!(
        "{}: {} clips, {:.0} s, {} bytes",
        language.as_str(),
        clips.len(),
        sound.len() as f64 / f64::from(RATE),
        bytes.len()
    ));
    Ok(Recorded {
        file,
        sha256: hex(&Sha256::digest(&bytes)),
        samples: sound.len() as u32,
        voice: voice.id().to_owned(),
        clips,
    })
}

/// One part of a sentence: trimmed, at the level of speech, every word with its place.
fn cut(take: &Take, part: usize, about: About, key: String, start: usize) -> Option<(Clip, Vec<f32>)> {
    let words: Vec<&Placed> = take.words.iter().filter(|word| word.part == part).collect();
    let (first, last) = (words.first()?, words.last()?);
    let all = &take.samples[first.at.start..last.at.end];
    let loud = edit::loud(all);
    let origin = first.at.start + loud.start;
    let mut sound = all[loud].to_vec();
    level::to_speech(&mut sound);
    let at = |sample: usize| sample.saturating_sub(origin).min(sound.len());
    let mut spoken: Vec<Spoken> = Vec::new();
    for (n, word) in words.iter().enumerate() {
        let (mut from, mut to, mut breath) = (at(word.at.start), at(word.at.end), false);
        if n > 0 && spoken[n - 1].breath {
            from = rest(&sound, from).map_or(from, |rest| rest.end);
        }
        if n + 1 < words.len()
            && let Some(rest) = rest(&sound, to)
        {
            (to, breath) = (rest.start, true);
        }
        spoken.push(Spoken {
            text: word.atom.text.clone(),
            sound: word.atom.sound.clone(),
            spot: word.atom.spot,
            at: [from as u32, to.max(from) as u32],
            breath,
        });
    }
    edit::soften(&mut sound);
    let is_english = words.iter().all(|word| word.atom.text.is_ascii());
    let join = if is_english { " " } else { "" };
    let text: Vec<&str> = words.iter().map(|word| word.atom.text.as_str()).collect();
    let lufs = level::loudness(&sound).unwrap_or(-70.0) as f32;
    let clip = Clip {
        key,
        text: text.join(join),
        about,
        start: start as u32,
        length: sound.len() as u32,
        lufs: (lufs * 10.0).round() / 10.0,
        words: spoken,
    };
    Some((clip, sound))
}

/// The rest around a place, without its margins; none where the voice runs on.
fn rest(sound: &[f32], at: usize) -> Option<std::ops::Range<usize>> {
    let power: Vec<f32> =
        sound.chunks(edit::FRAME).map(|frame| frame.iter().map(|s| s * s).sum::<f32>() / frame.len() as f32).collect();
    let floor = power.iter().copied().fold(0.0, f32::max) * 10f32.powf(-BREATH_DB / 10.0);
    let middle = (at / edit::FRAME).min(power.len().checked_sub(1)?);
    if power[middle] > floor {
        return None;
    }
    let from = power[..middle].iter().rposition(|power| *power > floor).map_or(0, |n| n + 1);
    let to = power[middle..].iter().position(|power| *power > floor).map_or(power.len(), |n| middle + n);
    let (from, to) = (from * edit::FRAME, to * edit::FRAME);
    (to - from >= samples(BREATH_MS)).then(|| from + samples(MARGIN_MS)..to - samples(MARGIN_MS))
}

/// Encodes with Debian's oggenc: the same samples make the same file.
fn encode(path: &Path, sound: &[f32], quality: f32) -> Result<Vec<u8>, String> {
    let wave = path.with_extension("wav");
    let bytes = wav::write(&Sound::new(sound.to_vec())).map_err(|error| error.to_string())?;
    std::fs::write(&wave, bytes).map_err(|error| error.to_string())?;
    let done = Command::new("oggenc")
        .args(["--quiet", "--serial", "1", "--quality", &quality.to_string(), "--output"])
        .arg(path)
        .arg(&wave)
        .status()
        .map_err(|error| format!("oggenc (Debian: vorbis-tools): {error}"))?;
    std::fs::remove_file(&wave).map_err(|error| error.to_string())?;
    if !done.success() {
        return Err("oggenc failed".into());
    }
    std::fs::read(path).map_err(|error| error.to_string())
}

fn text_of(sentence: &[Part]) -> String {
    sentence.iter().flat_map(|part| part.words.iter().map(|word| word.text.as_str())).collect::<Vec<_>>().join(" ")
}

fn checksum_of_all(languages: &BTreeMap<Language, Recorded>) -> String {
    let sums: String = languages.values().map(|recorded| recorded.sha256.as_str()).collect();
    hex(&Sha256::digest(sums.as_bytes()))[..8].to_owned()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
