//! Cutting: silence away from both ends, and soft ends.

use super::samples;

/// Frames that loudness is looked at in, samples: 5 ms.
pub const FRAME: usize = samples(5);
/// Below the loudest frame by so much it is silence, dB.
const QUIET_DB: f32 = 45.0;
/// What stays before the first and after the last loud frame, milliseconds.
const BEFORE_MS: u32 = 15;
const AFTER_MS: u32 = 20;
/// The soft end of a cut, samples: 5 ms.
pub const FADE: usize = samples(5);

/// The part of a sound that is not silence; the whole of it is silence = an empty range.
pub fn loud(sound: &[f32]) -> std::ops::Range<usize> {
    let power: Vec<f32> =
        sound.chunks(FRAME).map(|frame| frame.iter().map(|s| s * s).sum::<f32>() / frame.len() as f32).collect();
    let floor = power.iter().copied().fold(0.0, f32::max) * 10f32.powf(-QUIET_DB / 10.0);
    // 16 bits hold nothing quieter: -90 dB.
    let is_loud = |power: &f32| *power > floor.max(1e-9);
    let (Some(first), Some(last)) = (power.iter().position(is_loud), power.iter().rposition(is_loud)) else {
        return 0..0;
    };
    (first * FRAME).saturating_sub(samples(BEFORE_MS))..((last + 1) * FRAME + samples(AFTER_MS)).min(sound.len())
}

/// Begins and ends a sound softly (raised cosine), so that neither end clicks.
pub fn soften(sound: &mut [f32]) {
    let fade = FADE.min(sound.len() / 2);
    let length = sound.len();
    for n in 0..fade {
        let gain = rise(n, fade);
        sound[n] *= gain;
        sound[length - 1 - n] *= gain;
    }
}

/// The raised cosine from 0 to 1 at step `n` of `of`.
pub fn rise(n: usize, of: usize) -> f32 {
    0.5 - 0.5 * (std::f32::consts::PI * n as f32 / of.max(1) as f32).cos()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_at_both_ends_goes_and_a_margin_stays() {
        let mut sound = vec![0.0f32; samples(1000)];
        for (n, sample) in sound[samples(300)..samples(600)].iter_mut().enumerate() {
            *sample = (n as f32 * 0.1).sin() * 0.5;
        }
        let kept = loud(&sound);
        assert_eq!(kept, samples(285)..samples(620));
        assert_eq!(loud(&[0.0; 500]), 0..0);
        assert_eq!(loud(&[]), 0..0);
    }

    #[test]
    fn soft_ends_begin_at_nothing_and_leave_the_middle_alone() {
        let mut sound = vec![1.0f32; 1000];
        soften(&mut sound);
        assert_eq!((sound[0], sound[999], sound[500]), (0.0, 0.0, 1.0));
        assert!(sound.windows(2).all(|pair| (pair[0] - pair[1]).abs() < 0.02));
        soften(&mut []);
        soften(&mut [0.5]);
    }
}
