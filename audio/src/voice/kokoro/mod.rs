//! The neural voice: Kokoro-82M through ONNX Runtime, from a voice pack. Good, and slow: about as long as it speaks.
//!
//! It is never asked at a call; a worker renders phrases beforehand. Whole sentences are good and lone words poor, so a
//! part by itself is spoken within a usual sentence and cut out by the lengths of its phonemes.

mod engine;
pub mod pack;
mod sentence;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use self::engine::{Engine, Rendered, Style};
use self::pack::{Chosen, Pack};
use self::sentence::{Lexicon, Said, Sentence};
use super::clips::rate;
use super::{Mute, Spoken, Voice};
use crate::announcement::Language;
use crate::bank::Atom;
use crate::phrase::{About, Part, Phrase, Role, Spot, Word};
use crate::sound::join::{Join, Joined};
use crate::sound::{edit, level, samples as samples_of};

/// A word is heard so long before the lengths of its phonemes say so, milliseconds. Measured against a recogniser's own
/// alignment of 1,080 words of English: half of the cuts are within 13 ms of it, nine in ten within 30.
const EARLY_MS: u32 = 70;

/// The voice of a pack.
pub struct Kokoro {
    id: String,
    engine: Engine,
    styles: BTreeMap<Language, (Style, Chosen)>,
    lexicon: Lexicon,
}

/// A word in a rendered sentence.
pub struct Placed {
    /// The word.
    pub atom: Atom,
    /// Which part of the phrase it belongs to.
    pub part: usize,
    /// Its phonemes.
    pub phonemes: String,
    /// Its samples.
    pub at: std::ops::Range<usize>,
}

/// A sentence as the voice spoke it, with every word's place.
pub struct Take {
    /// Samples at 24 kHz, as they came.
    pub samples: Vec<f32>,
    /// Its words.
    pub words: Vec<Placed>,
}

impl Kokoro {
    /// Opens a voice pack and loads it. Takes seconds and about 300 MB.
    pub fn open(folder: &Path) -> Result<Self, Mute> {
        let pack = Pack::open(folder)?;
        let engine = Engine::load(&pack)?;
        let mut styles = BTreeMap::new();
        for (language, chosen) in &pack.manifest.voices {
            styles.insert(*language, (Style::read(&pack.file(&chosen.file)?)?, chosen.clone()));
        }
        let lexicon = match &pack.manifest.lexicon {
            Some(name) => {
                let path = pack.file(name)?;
                Lexicon::read(&std::fs::read(&path).map_err(|_| Mute::Missing(path.display().to_string()))?)?
            }
            None => Lexicon::default(),
        };
        Ok(Self { id: pack.manifest.name.clone(), engine, styles, lexicon })
    }

    /// Keeps every rendering in a folder and takes it from there the next time: for whoever makes a bank.
    pub fn keep(&mut self, folder: PathBuf) {
        self.engine.keep(folder);
    }

    /// Speaks parts as one sentence, in the voice of the first part's language.
    pub fn take(&self, parts: &[Part], rate_percent: u16) -> Result<Take, Mute> {
        let language = parts.first().map(|part| part.language).ok_or_else(|| Mute::Lacks(String::new()))?;
        let (style, chosen) =
            self.styles.get(&language).ok_or_else(|| Mute::Missing(format!("a voice for {}", language.as_str())))?;
        let sentence = Sentence::new(parts, &self.lexicon)?;
        let speed = f32::from(rate(rate_percent, chosen.rate_percent)) / 100.0;
        let rendered = self.engine.render(&sentence.ids, style, speed)?;
        Ok(place(rendered, sentence.said))
    }

    fn part(&self, part: &Part, rate_percent: u16) -> Result<Spoken, Mute> {
        let (parts, wanted) = within_a_sentence(part);
        let take = self.take(&parts, rate_percent)?;
        let words: Vec<&Placed> = take.words.iter().filter(|word| word.part == wanted).collect();
        let mut joined = Joined::default();
        let mut gap = 0;
        // The voice speaks at one rate and pauses as it likes; words at a rate of their own, and pauses, are made here.
        for run in words.chunk_by(|a, b| a.atom.pause_ms == 0 && a.atom.rate_percent == b.atom.rate_percent) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            let cut = trimmed(&take.samples[first.at.start..last.at.end]);
            let mut piece = Joined::default();
            let what: Vec<&str> = run.iter().map(|word| word.phonemes.as_str()).collect();
            piece.push(what.join(" "), cut, Join::Gap(0));
            joined.append(piece, gap, first.atom.rate_percent);
            gap = u32::from(last.atom.pause_ms);
        }
        let (sound, made_of) = joined.finish();
        let mut samples = sound.samples.to_vec();
        level::to_speech(&mut samples);
        Ok(Spoken { sound: crate::Sound::new(samples), made_of })
    }
}

impl Voice for Kokoro {
    fn id(&self) -> &str {
        &self.id
    }

    fn speak(&self, phrase: &Phrase, rate_percent: u16) -> Result<Vec<Spoken>, Mute> {
        phrase.parts.iter().map(|part| self.part(part, rate_percent)).collect()
    }
}

/// Where each word lies in the sound, from the lengths of the phonemes.
fn place(rendered: Rendered, said: Vec<Said>) -> Take {
    let Rendered { samples, lengths } = rendered;
    let mut begins = vec![0];
    begins.extend(lengths.iter().scan(0, |at, length| {
        *at += length;
        Some((*at).min(samples.len()))
    }));
    // The first number is the pad.
    let begin = |number: usize| begins.get(number + 1).copied().unwrap_or(samples.len());
    let mut words: Vec<Placed> = said
        .into_iter()
        .map(|said| Placed {
            at: begin(said.at.start)..begin(said.at.end),
            atom: said.atom,
            part: said.part,
            phonemes: said.phonemes,
        })
        .collect();
    for n in 1..words.len() {
        // Half of what is between two words (a space, a comma) belongs to each.
        let middle = usize::midpoint(words[n - 1].at.end, words[n].at.start);
        let cut = middle.saturating_sub(samples_of(EARLY_MS)).max(words[n - 1].at.start);
        words[n - 1].at.end = cut;
        words[n].at.start = cut;
    }
    if let Some(last) = words.last_mut() {
        last.at.end = samples.len();
    }
    if let Some(first) = words.first_mut() {
        first.at.start = 0;
    }
    Take { samples, words }
}

fn trimmed(sound: &[f32]) -> Vec<f32> {
    sound[edit::loud(sound)].to_vec()
}

/// A part by itself, within a sentence as it is usual; and which part of that it is.
fn within_a_sentence(part: &Part) -> (Vec<Part>, usize) {
    let plain = |about, words: &[(&str, &str)]| {
        let word = |(text, sound): &(&str, &str)| Word {
            sounds: if sound.is_empty() { Vec::new() } else { vec![(*sound).to_owned()] },
            ..Word::plain(text)
        };
        Part { about, language: part.language, words: words.iter().map(word).collect() }
    };
    match (part.about, part.language) {
        (About::Ticket, Language::Zh) => {
            let place = [("到", "dao4"), ("三", "san1"), ("号", "hao4"), ("窗", "chuang1"), ("口", "kou3")];
            (vec![part.clone(), plain(About::Place, &place)], 0)
        }
        (About::Ticket, Language::En) => {
            let place = [("please", ""), ("proceed", ""), ("to", ""), ("counter", ""), ("three", "")];
            (vec![part.clone(), plain(About::Place, &place)], 0)
        }
        (About::Place, Language::Zh) => {
            let mut ticket = plain(About::Ticket, &[("请", "qing3"), ("二", "er4"), ("五", "wu3"), ("号", "hao4")]);
            spots(&mut ticket.words[1..3]);
            (vec![ticket, part.clone()], 1)
        }
        (About::Place, Language::En) => {
            let mut ticket = plain(About::Ticket, &[("Number", ""), ("two", ""), ("five", "")]);
            spots(&mut ticket.words[1..3]);
            (vec![ticket, part.clone()], 1)
        }
        (About::Words, _) => (vec![part.clone()], 0),
    }
}

fn spots(digits: &mut [Word]) {
    for (word, spot) in digits.iter_mut().zip([Spot::First, Spot::Last]) {
        word.role = Role::Digit(spot);
    }
}
