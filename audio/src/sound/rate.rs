//! Samples a second: whatever an engine or a recording has becomes the rate of all voices.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler};

use super::{RATE, Sound, Unsound};

/// Slowest and fastest rate that is taken, samples a second.
pub const RATES: std::ops::RangeInclusive<u32> = 8_000..=192_000;
/// Samples converted at a time.
const CHUNK: usize = 1024;

/// The same sound at [`RATE`].
pub fn to_ours(sound: &Sound) -> Result<Sound, Unsound> {
    if sound.rate == RATE {
        return Ok(sound.clone());
    }
    if !RATES.contains(&sound.rate) {
        return Err(Unsound::Unreadable(format!("{} samples a second", sound.rate)));
    }
    let failed = |error: &dyn std::fmt::Display| Unsound::Unreadable(error.to_string());
    let mut resampler = Fft::<f32>::new(sound.rate as usize, RATE as usize, CHUNK, 1, FixedSync::Both)
        .map_err(|error| failed(&error))?;
    let input = InterleavedSlice::new(&sound.samples, 1, sound.samples.len()).map_err(|error| failed(&error))?;
    let output = resampler.process_all(&input, sound.samples.len(), None).map_err(|error| failed(&error))?;
    super::wav::finish(RATE, output.take_data())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_keeps_its_pitch_length_and_level() {
        for rate in [8_000u32, 16_000, 22_050, 44_100, 48_000] {
            let tone: Vec<f32> =
                (0..rate).map(|n| (n as f32 * 440.0 * std::f32::consts::TAU / rate as f32).sin() * 0.5).collect();
            let ours = to_ours(&Sound { rate, samples: tone.into() }).unwrap();
            assert!((ours.samples.len() as i64 - i64::from(RATE)).abs() <= 2, "{rate}: {}", ours.samples.len());
            let crossings = ours.samples.windows(2).filter(|pair| pair[0] <= 0.0 && pair[1] > 0.0).count();
            assert!((438..=442).contains(&crossings), "{rate}: {crossings}");
            assert!((0.45..0.55).contains(&ours.samples[5000..19000].iter().fold(0.0f32, |p, s| p.max(*s))), "{rate}");
        }
        assert!(to_ours(&Sound { rate: 10, samples: vec![0.0; 4].into() }).is_err());
    }
}
