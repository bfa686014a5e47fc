//! An output that is a WAV file: what would be heard, to be listened to or measured later. Time is the caller's.

use std::fs::File;
use std::io::BufWriter;
use std::path::PathBuf;
use std::time::Duration;

use super::paced::Paced;
use super::{Gone, Line, Open, Output};
use crate::announcer::Moment;
use crate::mixer::{Format, Kind, mixer};

/// A file that is begun anew when it is opened; whole when its line is dropped.
#[derive(Clone, Debug)]
pub struct WavFile {
    path: PathBuf,
    format: Format,
}

impl WavFile {
    /// A file of this format.
    pub fn new(path: PathBuf, format: Format) -> Self {
        Self { path, format }
    }
}

impl Output for WavFile {
    fn open(&mut self, kind: Kind) -> Result<Open, Gone> {
        let spec = hound::WavSpec {
            channels: self.format.channels,
            sample_rate: self.format.rate,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let writer = hound::WavWriter::create(&self.path, spec)
            .map_err(|cause| Gone(format!("{}: {cause}", self.path.display())))?;
        let (control, mixer) = mixer(self.format, kind);
        Ok(Open { control, format: self.format, line: Box::new(Written { paced: Paced::new(mixer), writer }) })
    }
}

struct Written {
    paced: Paced,
    writer: hound::WavWriter<BufWriter<File>>,
}

impl Line for Written {
    fn tick(&mut self, now: Moment) -> Result<(), Gone> {
        let Self { paced, writer } = self;
        let write = |samples: &[f32]| {
            samples.iter().try_for_each(|it| writer.write_sample((it * f32::from(i16::MAX)).round() as i16))
        };
        paced.pull(now, write).map_err(|cause| Gone(cause.to_string()))
    }

    fn latency(&self) -> Duration {
        Duration::ZERO
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chime::chime;
    use crate::mixer::{Piece, Script};
    use crate::testing::{loudness, tone};

    #[test]
    fn what_is_said_stands_in_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("said.wav");
        let mut output = WavFile::new(path.clone(), Format { rate: 48_000, channels: 1 });
        let Open { control, mut line, .. } = output.open(Kind::Hall).unwrap();
        let piece = Piece { sound: tone(48_000, 997.0, 1.0), pause: Duration::ZERO };
        let chime = chime(48_000);
        control.say(Script::new(1, (Kind::Hall, 48_000), Some(&chime), &[piece], 1, Duration::ZERO));
        for ms in (0..=3_000).step_by(20) {
            line.tick(Duration::from_millis(ms)).unwrap();
        }
        drop(line);
        let mut file = hound::WavReader::open(&path).unwrap();
        let samples: Vec<f32> = file.samples::<i16>().map(|it| f32::from(it.unwrap()) / 32_767.0).collect();
        assert_eq!(samples.len(), 144_000);
        let loud = loudness(&samples[46_080..94_080], 48_000);
        assert!((loud + 18.0).abs() < 0.3, "{loud} LUFS");
    }

    #[test]
    fn a_folder_that_is_not_there_is_said_by_name() {
        let mut output = WavFile::new("/nowhere/said.wav".into(), Format { rate: 48_000, channels: 1 });
        assert!(output.open(Kind::Hall).err().unwrap().0.contains("/nowhere/said.wav"));
    }
}
