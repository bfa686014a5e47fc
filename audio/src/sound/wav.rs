//! Sound to WAV and back: one channel, 16 bit, as it is kept and sent.

use std::borrow::Cow;
use std::io::Cursor;

use super::{SECONDS_MAX, Sound, Unsound};

/// Steps of 16 bits on each side of nothing.
const STEPS: f32 = 32_768.0;

/// The bytes of a WAV file of this sound.
pub fn write(sound: &Sound) -> Result<Vec<u8>, Unsound> {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: sound.rate,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut bytes = Cursor::new(Vec::with_capacity(44 + sound.samples.len() * 2));
    let mut writer = hound::WavWriter::new(&mut bytes, spec).map_err(unreadable)?;
    for sample in sound.samples.iter() {
        writer.write_sample(to_i16(*sample)).map_err(unreadable)?;
    }
    writer.finalize().map_err(unreadable)?;
    Ok(bytes.into_inner())
}

/// Reads a WAV file of any rate, width and number of channels; the channels are mixed to one.
pub fn read(bytes: &[u8]) -> Result<Sound, Unsound> {
    let bytes = mended(bytes);
    let mut reader = hound::WavReader::new(Cursor::new(&*bytes)).map_err(unreadable)?;
    let spec = reader.spec();
    if spec.channels == 0 || spec.sample_rate == 0 {
        return Err(Unsound::Unreadable("no channel or no rate".into()));
    }
    if reader.duration() > spec.sample_rate.saturating_mul(SECONDS_MAX) {
        return Err(Unsound::TooLong);
    }
    let all: Vec<f32> = match spec.sample_format {
        hound::SampleFormat::Float => reader.samples::<f32>().collect::<Result<_, _>>().map_err(unreadable)?,
        hound::SampleFormat::Int => {
            let scale = 1.0 / (1i64 << (spec.bits_per_sample.clamp(1, 32) - 1)) as f32;
            reader
                .samples::<i32>()
                .map(|sample| sample.map(|sample| sample as f32 * scale))
                .collect::<Result<_, _>>()
                .map_err(unreadable)?
        }
    };
    let mono: Vec<f32> = mix(&all, usize::from(spec.channels));
    finish(spec.sample_rate, mono)
}

/// A program that writes to a pipe does not know yet how long its sound will be, and says that it has no end.
fn mended(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut at = 12;
    while let Some(&[a, b, c, d, ref size @ ..]) = bytes.get(at..at + 8) {
        let size = size.try_into().map_or(0, u32::from_le_bytes) as usize;
        let rest = bytes.len() - at - 8;
        if [a, b, c, d] == *b"data" && size > rest {
            let mut mended = bytes.to_vec();
            // Whole frames of any usual width; a WAV file is smaller than 4 GB.
            mended[at + 4..at + 8].copy_from_slice(&((rest - rest % 24) as u32).to_le_bytes());
            return Cow::Owned(mended);
        }
        at = at.saturating_add(8).saturating_add(size).saturating_add(size % 2);
    }
    Cow::Borrowed(bytes)
}

/// Channels, interleaved, to one.
pub(super) fn mix(interleaved: &[f32], channels: usize) -> Vec<f32> {
    interleaved.chunks_exact(channels.max(1)).map(|frame| frame.iter().sum::<f32>() / frame.len() as f32).collect()
}

/// A sound that holds something, and only numbers.
pub(super) fn finish(rate: u32, mut samples: Vec<f32>) -> Result<Sound, Unsound> {
    if samples.is_empty() {
        return Err(Unsound::Empty);
    }
    for sample in &mut samples {
        *sample = tame(*sample);
    }
    Ok(Sound { rate, samples: samples.into() })
}

/// A sample that is a number within its bounds.
pub(super) fn tame(sample: f32) -> f32 {
    if sample.is_finite() { sample.clamp(-1.0, 1.0) } else { 0.0 }
}

/// A sample of 16 bits.
pub fn to_i16(sample: f32) -> i16 {
    // A conversion saturates: exactly 1 becomes the largest sample.
    (sample * STEPS).round() as i16
}

/// A sample as a float.
pub fn from_i16(sample: i16) -> f32 {
    f32::from(sample) / STEPS
}

fn unreadable(error: hound::Error) -> Unsound {
    Unsound::Unreadable(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::RATE;

    #[test]
    fn what_is_written_is_read_again_to_one_step_of_16_bits() {
        let sound = Sound::new((0..2400).map(|n| (n as f32 * 0.05).sin() * 0.8).collect::<Vec<_>>());
        let back = read(&write(&sound).unwrap()).unwrap();
        assert_eq!((back.rate, back.samples.len()), (RATE, 2400));
        let worst = sound.samples.iter().zip(back.samples.iter()).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(worst < 1.0 / 30_000.0, "{worst}");
    }

    #[test]
    fn a_sound_from_a_pipe_says_no_length_and_is_read_all_the_same() {
        let mut bytes = write(&Sound::new(vec![0.5; 2400])).unwrap();
        let at = bytes.windows(4).position(|four| four == b"data").unwrap();
        bytes[at + 4..at + 8].copy_from_slice(&0x7fff_f000u32.to_le_bytes());
        assert_eq!(read(&bytes).unwrap().samples.len(), 2400);
        bytes.truncate(bytes.len() - 1);
        assert!((2380..2400).contains(&read(&bytes).unwrap().samples.len()));
    }

    #[test]
    fn bytes_that_are_no_wav_are_refused_and_too_large_samples_are_cut() {
        for bytes in [&b""[..], b"RIFF", b"RIFF\0\0\0\0WAVE", b"OggS nonsense", &[0xff; 200]] {
            assert!(matches!(read(bytes), Err(Unsound::Unreadable(_) | Unsound::Empty)), "{bytes:?}");
        }
        let loud = write(&Sound::new(vec![2.0, -2.0, f32::NAN])).unwrap();
        assert_eq!(
            read(&loud).unwrap().samples.iter().map(|s| to_i16(*s)).collect::<Vec<_>>(),
            [i16::MAX, i16::MIN, 0]
        );
    }
}
