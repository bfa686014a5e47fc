//! The voice made of clips: words are found in a bank, cut out and joined. It renders nothing and waits for nothing.

use std::sync::Arc;

use super::{Mute, Spoken, Voice};
use crate::announcement::Language;
use crate::bank::{Atom, Bank, Piece, atoms};
use crate::phrase::{Part, Phrase, RATE_PERCENT};
use crate::sound::join::{CROSS, Join, Joined, SLIDE};
use crate::sound::wav::from_i16;
use crate::sound::{Sound, level};

/// Silence between clips where one of them ends or begins in silence, milliseconds.
const GAP_MS: u32 = 60;

/// Says what a bank has clips for.
pub struct Clips {
    id: String,
    bank: Arc<Bank>,
}

impl Clips {
    /// With this bank.
    pub fn new(bank: Arc<Bank>) -> Self {
        Self { id: format!("clips-{}", bank.name()), bank }
    }

    fn part(&self, part: &Part, rate_percent: u16) -> Result<Spoken, Mute> {
        let all = atoms(part.language, &part.words);
        if all.is_empty() {
            return Err(Mute::Lacks(String::new()));
        }
        let mut whole = Joined::default();
        let mut gap = 0;
        // Words at one rate without a pause between them are chosen together.
        for run in all.chunk_by(|a, b| a.pause_ms == 0 && a.rate_percent == b.rate_percent) {
            let percent = rate(rate_percent, run.first().map_or(100, |atom| atom.rate_percent));
            whole.append(self.run(part, run)?, gap, percent);
            gap = run.last().map_or(0, |atom| u32::from(atom.pause_ms));
        }
        let (sound, made_of) = whole.finish();
        // Each clip is at the level of speech, but a few soft words of one are not.
        let mut samples = sound.samples.to_vec();
        level::to_speech(&mut samples);
        Ok(Spoken { sound: Sound::new(samples), made_of })
    }

    fn run(&self, part: &Part, run: &[Atom]) -> Result<Joined, Mute> {
        let mut joined = Joined::default();
        let mut before: Option<End> = None;
        for piece in self.bank.choose(part.language, run, part.about)? {
            let cut = self.cut(part.language, piece, before)?;
            joined.push(cut.what, cut.samples, cut.join);
            before = Some(cut.end);
        }
        Ok(joined)
    }

    /// Cuts a piece out: exactly its words where the voice rests, a little more where it runs on.
    fn cut(&self, language: Language, piece: Piece, before: Option<End>) -> Result<Cut, Mute> {
        let (clip, sound) = self.bank.clip(language, piece.clip)?;
        let last = piece.first + piece.count - 1;
        let words = &clip.words[piece.first..=last];
        let text: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        let what = format!("{} {}", clip.key, text.join(if language == Language::En { " " } else { "" }));
        let (mut from, mut to) = (words[0].at[0] as usize, words[piece.count - 1].at[1] as usize);
        let begins_at_rest = piece.first == 0 || clip.words[piece.first - 1].breath;
        let ends_at_rest = last + 1 == clip.words.len() || clip.words[last].breath;
        let lead = CROSS / 2 + SLIDE;
        let join = match before {
            Some(End::RunsOn) if !begins_at_rest && from >= lead => Join::Cross,
            Some(End::RunsOn) if !begins_at_rest => Join::Gap(0),
            Some(End::RunsOn | End::AtRest) => Join::Gap(GAP_MS),
            None => Join::Gap(0),
        };
        if join == Join::Cross {
            from -= lead;
        }
        let end = if !ends_at_rest && to + CROSS / 2 <= sound.len() { End::RunsOn } else { End::AtRest };
        if end == End::RunsOn {
            to += CROSS / 2;
        }
        let samples = sound.get(from..to).ok_or_else(|| Mute::Failed(format!("clip {} is damaged", clip.key)))?;
        Ok(Cut { what, samples: samples.iter().map(|sample| from_i16(*sample)).collect(), join, end })
    }
}

/// How a piece ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// In silence.
    AtRest,
    /// In the middle of speech; half a cross-fade more than its words is there.
    RunsOn,
}

struct Cut {
    what: String,
    samples: Vec<f32>,
    join: Join,
    end: End,
}

/// A word's rate within the voice's, as far as a voice can be stretched.
pub(super) fn rate(voice: u16, word: u16) -> u16 {
    let both = u32::from(voice) * u32::from(word) / 100;
    u16::try_from(both).unwrap_or(u16::MAX).clamp(*RATE_PERCENT.start(), *RATE_PERCENT.end())
}

impl Voice for Clips {
    fn id(&self) -> &str {
        &self.id
    }

    fn speak(&self, phrase: &Phrase, rate_percent: u16) -> Result<Vec<Spoken>, Mute> {
        phrase.parts.iter().map(|part| self.part(part, rate_percent)).collect()
    }
}
