//! Loudness by EBU R128, and bringing a sound to the one level of all voices.

use ebur128::{EbuR128, Mode};

use super::RATE;

/// The level of all speech, LUFS.
pub const SPEECH_LUFS: f64 = -18.0;
/// No sample of speech is larger: -1 dB.
pub const PEAK_MAX: f32 = 0.89;
/// Shorter than this, a sound is measured as if it were repeated: R128 looks at blocks of 400 ms.
const BLOCK_SAMPLES: usize = RATE as usize * 2 / 5;
/// The most a quiet sound is raised, so that hiss never becomes speech: 30 dB.
const GAIN_MAX: f64 = 31.6;

/// Integrated loudness, LUFS; none for silence.
pub fn loudness(samples: &[f32]) -> Option<f64> {
    if samples.is_empty() {
        return None;
    }
    let mut meter = EbuR128::new(1, RATE, Mode::I).ok()?;
    let times = (BLOCK_SAMPLES * 2).div_ceil(samples.len()).max(1);
    for _ in 0..times {
        meter.add_frames_f32(samples).ok()?;
    }
    meter.loudness_global().ok().filter(|lufs| lufs.is_finite())
}

/// Brings speech to [`SPEECH_LUFS`]; single peaks above [`PEAK_MAX`] are rounded off. Silence stays silence.
pub fn to_speech(samples: &mut [f32]) {
    for _ in 0..3 {
        let Some(lufs) = loudness(samples) else { return };
        if (lufs - SPEECH_LUFS).abs() < 0.05 {
            break;
        }
        let gain = 10f64.powf((SPEECH_LUFS - lufs) / 20.0).min(GAIN_MAX) as f32;
        for sample in samples.iter_mut() {
            *sample = rounded(*sample * gain);
        }
    }
    for sample in samples.iter_mut() {
        *sample = rounded(*sample);
    }
}

/// Leaves samples below the knee alone and bends what is above it towards the peak.
fn rounded(sample: f32) -> f32 {
    const KNEE: f32 = 0.7;
    let size = sample.abs();
    if size <= KNEE {
        return sample;
    }
    let room = PEAK_MAX - KNEE;
    (KNEE + room * ((size - KNEE) / room).tanh()).copysign(sample)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(amplitude: f32, millis: usize) -> Vec<f32> {
        (0..RATE as usize * millis / 1000)
            .map(|n| (n as f32 * 1000.0 * std::f32::consts::TAU / RATE as f32).sin() * amplitude)
            .collect()
    }

    #[test]
    fn a_tone_of_known_level_is_measured_as_r128_says() {
        // A sine of 1 kHz at -18 dBFS peak is -21 LUFS in one channel.
        let lufs = loudness(&tone(10f32.powf(-18.0 / 20.0), 3000)).unwrap();
        assert!((lufs + 21.0).abs() < 0.2, "{lufs}");
        assert!(
            (loudness(&tone(10f32.powf(-18.0 / 20.0), 100)).unwrap() - lufs).abs() < 0.3,
            "short sounds are measured too"
        );
        assert_eq!(loudness(&[0.0; 48_000]), None);
        assert_eq!(loudness(&[]), None);
    }

    #[test]
    fn quiet_and_loud_sounds_come_to_one_level_and_none_clips() {
        for amplitude in [0.01, 0.1, 0.99] {
            let mut sound = tone(amplitude, 1000);
            to_speech(&mut sound);
            let lufs = loudness(&sound).unwrap();
            assert!((lufs - SPEECH_LUFS).abs() < 0.3, "{amplitude}: {lufs}");
            assert!(sound.iter().all(|s| s.abs() <= PEAK_MAX));
        }
        let mut spiky = tone(0.02, 1000);
        spiky[500] = 1.0;
        to_speech(&mut spiky);
        assert!(spiky.iter().all(|s| s.abs() <= PEAK_MAX));
        let mut silence = vec![0.0; 1000];
        to_speech(&mut silence);
        assert_eq!(silence, vec![0.0; 1000]);
    }
}
