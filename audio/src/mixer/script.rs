//! What one saying sounds like: chime, parts, pauses and gaps, laid out once, before the first sample is asked for.

use std::sync::Arc;
use std::time::Duration;

use super::Kind;
use crate::announcer::Stop;
use crate::sound::Sound;

/// Longest ramp at the ends of a part, seconds: whatever a voice made, a join does not click.
const EDGE_S: f32 = 0.002;
/// Silence between the chime and the first word.
const AFTER_CHIME: Duration = Duration::from_millis(60);
/// No sample is louder, whatever the gain: -1 dB of full scale.
pub const PEAK: f32 = 0.89;

/// A part and the silence after it.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Its sound, at the mixer's rate ([`super::resampled`]).
    pub sound: Sound,
    /// Silence after it; that after the last part is not played.
    pub pause: Duration,
}

/// A saying, ready to be played.
#[derive(Clone, Debug)]
pub struct Script {
    /// Whatever the caller knows it by.
    pub id: u64,
    pub(super) segments: Vec<Segment>,
    /// Where the second time begins: its gap.
    pub(super) again: usize,
    pub(super) times: u32,
    /// Where it stops, asked before it began.
    pub(super) stop: Option<Stop>,
    /// The loudest sample.
    pub(super) peak: f32,
}

/// A stretch of it.
#[derive(Clone, Debug)]
pub(super) enum Segment {
    /// Sound; whether it is a part, not the chime.
    Sound(Arc<[f32]>, bool),
    /// So many samples of silence.
    Silence(usize),
}

impl Segment {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Sound(samples, _) => samples.len(),
            Self::Silence(samples) => *samples,
        }
    }
}

impl Script {
    /// Lays a saying out. `gap` is the silence between two times; the chime sounds before the first only, and never on
    /// a loop. All sounds have this rate.
    pub fn new(
        id: u64,
        (kind, rate): (Kind, u32),
        chime: Option<&Sound>,
        pieces: &[Piece],
        times: u32,
        gap: Duration,
    ) -> Self {
        let frames = |time: Duration| (time.as_secs_f64() * f64::from(rate)).round() as usize;
        let mut segments = Vec::new();
        if let Some(chime) = chime.filter(|_| kind == Kind::Hall) {
            segments.push(Segment::Sound(Arc::clone(&chime.samples), false));
            if !pieces.is_empty() {
                segments.push(Segment::Silence(frames(AFTER_CHIME)));
            }
        }
        let first = segments.len();
        for (n, piece) in pieces.iter().enumerate() {
            segments.push(Segment::Sound(edged(&piece.sound), true));
            if n + 1 < pieces.len() && !piece.pause.is_zero() {
                segments.push(Segment::Silence(frames(piece.pause)));
            }
        }
        // A chime alone is not repeated.
        let times = if pieces.is_empty() { 1 } else { times.max(1) };
        let again = segments.len();
        if times > 1 {
            let once: Vec<_> = segments[first..].to_vec();
            segments.push(Segment::Silence(frames(gap)));
            segments.extend(once);
        }
        let loudest = |it: &Segment| match it {
            Segment::Sound(samples, _) => samples.iter().fold(0.0_f32, |most, one| most.max(one.abs())),
            Segment::Silence(_) => 0.0,
        };
        let peak = segments.iter().map(loudest).fold(0.0, f32::max);
        Self { id, segments, again, times, stop: None, peak }
    }

    /// How many samples all of it takes.
    pub fn frames(&self) -> u64 {
        let once: usize = self.segments[..self.again].iter().map(Segment::len).sum();
        let again: usize = self.segments[self.again..].iter().map(Segment::len).sum();
        once as u64 + again as u64 * u64::from(self.times.saturating_sub(1))
    }

    /// Whether there is nothing to be heard.
    pub fn is_silent(&self) -> bool {
        self.segments.is_empty()
    }
}

/// The samples, risen from and fallen to zero at the very ends.
fn edged(sound: &Sound) -> Arc<[f32]> {
    let ramp = ((EDGE_S * sound.rate as f32) as usize).min(sound.samples.len() / 2);
    let (length, mut samples) = (sound.samples.len(), sound.samples.to_vec());
    for n in 0..ramp {
        let factor = n as f32 / ramp as f32;
        samples[n] *= factor;
        samples[length - 1 - n] *= factor;
    }
    samples.into()
}
