//! Joining pieces of speech: a short silence with soft ends, or a cross-fade where speech runs on.

use super::edit::{self, FADE, rise};
use super::stretch::stretched;
use super::{Sound, millis, samples};
use crate::voice::Made;

/// A cross-fade between words that run into each other, samples: 12 ms.
pub const CROSS: usize = samples(12);
/// How far the second sound of a cross-fade may be moved so that both swing together, samples: 4 ms.
pub const SLIDE: usize = samples(4);

/// How a piece follows the one before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Join {
    /// After so many milliseconds of silence.
    Gap(u32),
    /// Right on: the last [`CROSS`] samples before and the first ones of this piece sound together.
    Cross,
}

/// A sound that grows piece by piece, and tells afterwards what it was made of.
#[derive(Default)]
pub struct Joined {
    samples: Vec<f32>,
    made_of: Vec<Made>,
    begun: usize,
}

impl Joined {
    /// Adds a piece. For [`Join::Cross`] the piece before it goes on for half a [`CROSS`] after its words, and this one
    /// begins half a [`CROSS`] and a [`SLIDE`] before its own.
    pub fn push(&mut self, what: String, mut piece: Vec<f32>, join: Join) {
        match join {
            Join::Cross if self.samples.len() > CROSS && piece.len() > CROSS + 2 * SLIDE => self.cross(&piece),
            Join::Cross | Join::Gap(_) => {
                self.soften_last();
                if let (Join::Gap(gap), false) = (join, self.samples.is_empty()) {
                    self.samples.resize(self.samples.len() + samples(gap), 0.0);
                }
                self.begun = self.samples.len();
                let fade = FADE.min(piece.len() / 2);
                for (n, sample) in piece.iter_mut().take(fade).enumerate() {
                    *sample *= rise(n, fade);
                }
                self.samples.extend_from_slice(&piece);
            }
        }
        self.made_of.push(Made { what, from_ms: millis(self.begun), to_ms: millis(self.samples.len()) });
    }

    fn cross(&mut self, piece: &[f32]) {
        let from = self.samples.len() - CROSS;
        let tail = &self.samples[from..];
        let slide = (0..=2 * SLIDE)
            .max_by(|a, b| likeness(tail, &piece[*a..]).total_cmp(&likeness(tail, &piece[*b..])))
            .unwrap_or(SLIDE);
        let piece = &piece[slide..];
        for (n, sample) in self.samples[from..].iter_mut().enumerate() {
            let gain = rise(n, CROSS);
            *sample = *sample * (1.0 - gain) + piece[n] * gain;
        }
        self.samples.extend_from_slice(&piece[CROSS..]);
        self.begun = from + CROSS / 2;
        if let Some(before) = self.made_of.last_mut() {
            before.to_ms = millis(self.begun);
        }
    }

    fn soften_last(&mut self) {
        let fade = FADE.min((self.samples.len() - self.begun) / 2);
        let length = self.samples.len();
        for n in 0..fade {
            self.samples[length - 1 - n] *= rise(n, fade);
        }
    }

    /// Adds what was joined elsewhere after so much silence, at so many percent of its speed.
    pub fn append(&mut self, other: Joined, gap_ms: u32, rate_percent: u16) {
        let mut sound = stretched(&other.samples, rate_percent);
        // Too short to be stretched stays as it was.
        let (new, old) = (sound.len() as u64, other.samples.len().max(1) as u64);
        edit::soften(&mut sound);
        if !self.samples.is_empty() {
            self.samples.resize(self.samples.len() + samples(gap_ms), 0.0);
        }
        self.begun = self.samples.len();
        let from = millis(self.begun);
        let placed = |ms: u32| from + u32::try_from(u64::from(ms) * new / old).unwrap_or(u32::MAX);
        self.samples.extend_from_slice(&sound);
        let moved = |made: Made| Made { from_ms: placed(made.from_ms), to_ms: placed(made.to_ms), ..made };
        self.made_of.extend(other.made_of.into_iter().map(moved));
    }

    /// The whole, its ends soft, and what it was made of.
    pub fn finish(mut self) -> (Sound, Vec<Made>) {
        edit::soften(&mut self.samples);
        (Sound::new(self.samples), self.made_of)
    }
}

/// How alike two sounds swing, over the length of a cross-fade.
fn likeness(a: &[f32], b: &[f32]) -> f32 {
    let (mut product, mut power) = (0.0f32, 1e-6f32);
    for (a, b) in a.iter().zip(b).step_by(4) {
        product += a * b;
        power += b * b;
    }
    product / power.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::RATE;

    fn tone(hertz: f32, length: usize) -> Vec<f32> {
        (0..length).map(|n| (n as f32 * hertz * std::f32::consts::TAU / RATE as f32 + 1.0).sin() * 0.5).collect()
    }

    #[test]
    fn a_gap_is_silence_between_soft_ends() {
        let mut joined = Joined::default();
        joined.push("one".into(), tone(200.0, 4800), Join::Gap(60));
        joined.push("two".into(), tone(300.0, 2400), Join::Gap(60));
        let (sound, made) = joined.finish();
        assert_eq!(sound.samples.len(), 4800 + samples(60) + 2400, "no gap before the first");
        assert!(sound.samples[4800..4800 + samples(60)].iter().all(|s| *s == 0.0));
        assert_eq!((made[0].from_ms, made[0].to_ms, made[1].from_ms, made[1].to_ms), (0, 200, 260, 360));
        assert!(sound.samples.windows(2).all(|pair| (pair[0] - pair[1]).abs() < 0.05), "no step anywhere");
    }

    #[test]
    fn a_cross_fade_of_the_same_voice_neither_steps_nor_dips() {
        let mut joined = Joined::default();
        joined.push("one".into(), tone(200.0, 4800), Join::Gap(0));
        joined.push("two".into(), tone(200.0, 4837)[37..].to_vec(), Join::Cross);
        let (sound, made) = joined.finish();
        assert!(sound.samples.windows(2).all(|pair| (pair[0] - pair[1]).abs() < 0.05));
        let join = 4800 - CROSS;
        let loudest = sound.samples[join..join + CROSS].iter().fold(0.0f32, |p, s| p.max(s.abs()));
        assert!(loudest > 0.45, "they swing together: {loudest}");
        assert_eq!(made[0].to_ms, made[1].from_ms);
    }
}
