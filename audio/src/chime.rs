//! The chime before a call: two falling tones, made here. Never louder than the speech that follows.

use std::f32::consts::TAU;

use crate::sound::Sound;

/// How long it is, seconds.
pub const LENGTH_S: f32 = 0.9;
/// The tones, Hz: E and C of the fifth octave, a falling third.
const TONES_HZ: [f32; 2] = [659.26, 523.25];
/// When the second tone is struck, seconds.
const SECOND_S: f32 = 0.32;
/// Overtones: multiple of the tone, strength, and seconds until a third of it is left. The upper ones of a struck bar
/// are not quite whole multiples and die away first.
const PARTIALS: [(f32, f32, f32); 4] = [(1.0, 1.0, 0.30), (2.0, 0.28, 0.18), (3.01, 0.10, 0.09), (5.4, 0.03, 0.04)];
/// How fast it is struck, seconds: fast enough to be a bell, slow enough not to click.
const ATTACK_S: f32 = 0.006;
/// How it dies away at its end, seconds.
const RELEASE_S: f32 = 0.12;
/// Brings it to -20 LUFS, 2 LU under the speech.
const STRENGTH: f32 = 0.257;

/// The chime at so many samples a second.
pub fn chime(rate: u32) -> Sound {
    let samples = (LENGTH_S * rate as f32) as usize;
    let at = |n: usize| n as f32 / rate as f32;
    let samples = (0..samples).map(|n| STRENGTH * end(at(n)) * (tone(0, at(n)) + tone(1, at(n) - SECOND_S)));
    Sound { rate, samples: samples.collect() }
}

/// One tone, so many seconds after it was struck.
fn tone(which: usize, at: f32) -> f32 {
    if at < 0.0 {
        return 0.0;
    }
    let struck = if at < ATTACK_S { 0.5 - 0.5 * (TAU / 2.0 * at / ATTACK_S).cos() } else { 1.0 };
    let partial = |(times, strength, lasts): (f32, f32, f32)| {
        strength * (-at / lasts).exp() * (TAU * times * TONES_HZ[which] * at).sin()
    };
    struck * PARTIALS.into_iter().map(partial).sum::<f32>()
}

/// One until the release begins, then down to zero.
fn end(at: f32) -> f32 {
    let left = (LENGTH_S - at).clamp(0.0, RELEASE_S) / RELEASE_S;
    0.5 - 0.5 * (TAU / 2.0 * left).cos()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::loudness;

    #[test]
    fn it_is_two_units_under_the_speech_at_any_rate() {
        for rate in [24_000, 44_100, 48_000] {
            let chime = chime(rate);
            let loud = loudness(&chime.samples, rate);
            assert!((-20.6..=-19.4).contains(&loud), "{loud} LUFS at {rate}");
            assert!((0.5..=1.2).contains(&chime.length().as_secs_f32()));
        }
    }

    #[test]
    fn it_does_not_clip_and_begins_and_ends_in_silence() {
        let chime = chime(48_000);
        let peak = chime.samples.iter().fold(0.0_f32, |most, it| most.max(it.abs()));
        assert!((0.1..0.5).contains(&peak), "{peak}");
        assert!(chime.samples[0].abs() < 1e-4 && chime.samples.last().unwrap().abs() < 1e-3);
        let step = chime.samples.windows(2).map(|it| (it[1] - it[0]).abs()).fold(0.0, f32::max);
        assert!(step < 0.05, "a step of {step} is a click");
    }
}
