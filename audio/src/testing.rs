//! What the tests of sound share: tones to play, and how loud something is.

use crate::sound::Sound;

/// A tone at -18 LUFS, of so many seconds.
pub fn tone(rate: u32, hz: f32, seconds: f32) -> Sound {
    let samples = (0..(seconds * rate as f32) as usize)
        .map(|n| 0.1786 * (std::f32::consts::TAU * hz * n as f32 / rate as f32).sin());
    Sound { rate, samples: samples.collect() }
}

/// How loud one channel is by EBU R 128, LUFS; what is shorter than the measure's gate is repeated.
pub fn loudness(samples: &[f32], rate: u32) -> f64 {
    let mut meter = ebur128::EbuR128::new(1, rate, ebur128::Mode::I).unwrap();
    let times = (3 * rate as usize).div_ceil(samples.len().max(1));
    for _ in 0..times {
        meter.add_frames_f32(samples).unwrap();
    }
    meter.loudness_global().unwrap()
}

/// How strong a frequency is in these samples: the amplitude of its sine.
pub fn strength(samples: &[f32], rate: u32, hz: f32) -> f32 {
    let (mut sin, mut cos) = (0.0_f64, 0.0_f64);
    for (n, sample) in samples.iter().enumerate() {
        let phase = std::f64::consts::TAU * f64::from(hz) * n as f64 / f64::from(rate);
        sin += f64::from(*sample) * phase.sin();
        cos += f64::from(*sample) * phase.cos();
    }
    (2.0 * sin.hypot(cos) / samples.len().max(1) as f64) as f32
}
