//! Slower or faster at the same pitch: overlapping windows, each taken where it fits the one before best (WSOLA).
//!
//! Made for speech of one voice between 70 and 125 percent. A few dozen lines of our own: the crates that do it want a
//! C++ compiler's headers for Rust bindings, or more than 32,000 samples a second.

use super::{edit::rise, samples};

/// A window, samples: 30 ms, two or three periods of a low voice.
const WINDOW: usize = samples(30);
/// Half of it overlaps the next.
const HOP: usize = WINDOW / 2;
/// How far a window may be moved to fit, samples: 8 ms, a period of a low voice.
const REACH: usize = samples(8);
/// Every second sample and place is enough to find the fit.
const STEP: usize = 2;

/// The sound at so many percent of its speed: 70 = slower and longer, 125 = faster.
pub fn stretched(sound: &[f32], rate_percent: u16) -> Vec<f32> {
    if rate_percent == 100 || rate_percent == 0 || sound.len() < WINDOW + 2 * REACH {
        return sound.to_vec();
    }
    let wanted = sound.len() * 100 / usize::from(rate_percent);
    let mut out = vec![0.0f32; wanted + WINDOW];
    out[..HOP].copy_from_slice(&sound[..HOP]);
    let last = sound.len() - WINDOW;
    // What followed the last window in the sound itself: the next one should look like it.
    let mut natural = 0;
    let mut at = 0;
    while at < wanted {
        let ideal = (at * usize::from(rate_percent) / 100).min(last);
        let begin = if at == 0 { 0 } else { best(sound, natural.min(last), ideal, last) };
        for n in 0..WINDOW {
            let gain = if n < HOP { if at == 0 { 0.0 } else { rise(n, HOP) } } else { 1.0 - rise(n - HOP, HOP) };
            out[at + n] += sound[begin + n] * gain;
            if at + n + 1 >= out.len() {
                break;
            }
        }
        natural = begin + HOP;
        at += HOP;
    }
    out.truncate(wanted);
    out
}

/// The place near `ideal` whose first half looks most like the one at `natural`.
fn best(sound: &[f32], natural: usize, ideal: usize, last: usize) -> usize {
    let (from, to) = (ideal.saturating_sub(REACH), (ideal + REACH).min(last));
    let pattern = &sound[natural..natural + HOP];
    let mut found = (f32::MIN, ideal);
    for begin in (from..=to).step_by(STEP) {
        let (mut product, mut power) = (0.0f32, 1e-6f32);
        for (a, b) in pattern.iter().zip(&sound[begin..begin + HOP]).step_by(STEP) {
            product += a * b;
            power += b * b;
        }
        let fit = product / power.sqrt();
        if fit > found.0 {
            found = (fit, begin);
        }
    }
    found.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::RATE;

    #[test]
    fn the_length_changes_and_the_pitch_does_not() {
        let tone: Vec<f32> =
            (0..RATE).map(|n| (n as f32 * 200.0 * std::f32::consts::TAU / RATE as f32).sin() * 0.5).collect();
        for percent in [70u16, 85, 110, 125] {
            let out = stretched(&tone, percent);
            assert_eq!(out.len(), tone.len() * 100 / usize::from(percent));
            let seconds = out.len() as f32 / RATE as f32;
            let crossings = out.windows(2).filter(|pair| pair[0] <= 0.0 && pair[1] > 0.0).count() as f32;
            assert!((crossings / seconds - 200.0).abs() < 4.0, "{percent}: {}", crossings / seconds);
            let worst = out.windows(2).map(|pair| (pair[0] - pair[1]).abs()).fold(0.0, f32::max);
            assert!(worst < 0.06, "{percent}: a step of {worst}");
            assert!(out.iter().all(|s| s.abs() < 0.6));
        }
    }

    #[test]
    fn nothing_short_or_unchanged_is_touched() {
        let short = vec![0.25; 100];
        assert_eq!(stretched(&short, 70), short);
        let sound: Vec<f32> = (0..5000).map(|n| (n as f32).sin()).collect();
        assert_eq!(stretched(&sound, 100), sound);
        assert!(stretched(&[], 70).is_empty());
    }
}
