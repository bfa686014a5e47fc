//! Sounds at another rate: voices speak at 24 kHz, devices play at 44.1 or 48.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Async, FixedAsync, Resampler as _, SincInterpolationParameters, SincInterpolationType, WindowFunction};

use crate::sound::Sound;

/// Frames that are worked on at once.
const CHUNK_FRAMES: usize = 1_024;

/// A sound cannot be brought to a rate.
#[derive(Debug, thiserror::Error)]
#[error("a sound of {from} samples a second cannot be played at {to}: {why}")]
pub struct Unplayable {
    /// Its own rate.
    pub from: u32,
    /// The rate it was to have.
    pub to: u32,
    /// Why not.
    pub why: String,
}

/// The same sound at this rate. Takes milliseconds: never for whoever pulls samples.
pub fn resampled(sound: &Sound, rate: u32) -> Result<Sound, Unplayable> {
    if sound.rate == rate || sound.samples.is_empty() {
        return Ok(Sound { rate, samples: sound.samples.clone() });
    }
    let bad = |why: String| Unplayable { from: sound.rate, to: rate, why };
    if sound.rate == 0 || rate == 0 {
        return Err(bad("a rate is never 0".into()));
    }
    let ratio = f64::from(rate) / f64::from(sound.rate);
    let mut to = Async::<f32>::new_sinc(ratio, 1.0, &filter(), CHUNK_FRAMES, 1, FixedAsync::Input)
        .map_err(|cause| bad(cause.to_string()))?;
    let from = InterleavedSlice::new(&sound.samples, 1, sound.samples.len()).map_err(|cause| bad(cause.to_string()))?;
    let done = to.process_all(&from, sound.samples.len(), None).map_err(|cause| bad(cause.to_string()))?;
    Ok(Sound { rate, samples: done.take_data().into() })
}

/// Clean to above 10 kHz at 24 kHz, which is all a voice has.
fn filter() -> SincInterpolationParameters {
    SincInterpolationParameters {
        sinc_len: 128,
        f_cutoff: None,
        interpolation: SincInterpolationType::Cubic,
        oversampling_factor: 128,
        window: WindowFunction::BlackmanHarris2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{loudness, strength, tone};

    #[test]
    fn a_tone_stays_what_it_is_at_any_rate() {
        for rate in [16_000, 44_100, 48_000] {
            let before = tone(24_000, 1_000.0, 1.0);
            let after = resampled(&before, rate).unwrap();
            assert_eq!(after.rate, rate);
            assert!((after.length().as_secs_f64() - 1.0).abs() < 0.001, "{:?}", after.length());
            let middle = &after.samples[rate as usize / 4..rate as usize * 3 / 4];
            assert!((strength(middle, rate, 1_000.0) - 0.1786).abs() < 0.001);
            assert!(strength(middle, rate, 2_000.0) < 1e-4, "nothing is added");
            let louder = loudness(&after.samples, rate) - loudness(&before.samples, 24_000);
            assert!(louder.abs() < 0.1, "{louder} LU at {rate}");
        }
    }

    #[test]
    fn a_word_keeps_its_place_and_no_end_is_cut() {
        let mut samples = vec![0.0_f32; 2_400];
        samples[1_200] = 0.5;
        samples.extend([0.5; 8]);
        let after = resampled(&Sound { rate: 24_000, samples: samples.into() }, 48_000).unwrap();
        assert_eq!(after.samples.len(), 2 * 2_408);
        let loudest = (0..4_000).max_by(|a, b| after.samples[*a].abs().total_cmp(&after.samples[*b].abs())).unwrap();
        assert!((2_399..=2_401).contains(&loudest), "{loudest}");
        assert!(after.samples[4_804..].iter().any(|it| *it > 0.3), "the end is there");
    }

    #[test]
    fn nothing_at_no_rate_is_an_error_not_a_crash() {
        let sound = Sound { rate: 0, samples: [0.1; 10].into() };
        assert!(resampled(&sound, 48_000).is_err());
        assert!(resampled(&Sound { rate: 24_000, ..sound }, 0).is_err());
    }
}
