//! The model itself: numbers of phonemes in, samples and the length of every phoneme out.
//!
//! The library that computes it is loaded once a process and never let go; another pack needs another process. It
//! computes with one thread: on a small machine more are slower, and the hub needs the rest.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use ort::environment::Environment;
use ort::session::Session;
use ort::value::Tensor;
use parking_lot::Mutex;
use sha2::{Digest, Sha256};

use super::pack::Pack;
use crate::bank::hex;
use crate::sound::RATE;
use crate::voice::Mute;

/// Samples of one step of a phoneme's length.
pub const STEP: usize = RATE as usize / 40;
/// Numbers in a style.
const STYLE: usize = 256;
/// The name that the lengths of phonemes come out under; `deploy/voice` adds it to the model.
const LENGTHS: &str = "/encoder/Clip_output_0";

static LIBRARY: OnceLock<Result<Environment, String>> = OnceLock::new();

/// A loaded model.
pub struct Engine {
    session: Mutex<Session>,
    kept: Option<PathBuf>,
}

/// One voice: a style for every length of text.
pub struct Style(Vec<f32>);

/// What the model made.
pub struct Rendered {
    /// Samples at 24 kHz.
    pub samples: Vec<f32>,
    /// How many samples belong to each number that went in, pads included.
    pub lengths: Vec<usize>,
}

impl Engine {
    /// Loads the library and the model of a pack that was checked.
    pub fn load(pack: &Pack) -> Result<Self, Mute> {
        let (library, model) = (pack.file(&pack.manifest.library)?, pack.file(&pack.manifest.model)?);
        let session = guarded(|| session(&library, &model))?;
        let has_lengths = session.outputs().iter().any(|output| output.name() == LENGTHS);
        if !has_lengths {
            return Err(Mute::Failed(
                "the model of the voice pack does not tell how long its phonemes are: run `make voice` again".into(),
            ));
        }
        Ok(Self { session: Mutex::new(session), kept: None })
    }

    /// Renders a text: numbers of phonemes without pads, at this speed (1 = as taught).
    pub fn render(&self, ids: &[i64], style: &Style, speed: f32) -> Result<Rendered, Mute> {
        let row = style.of(ids.len())?;
        let mut padded = Vec::with_capacity(ids.len() + 2);
        padded.push(0);
        padded.extend_from_slice(ids);
        padded.push(0);
        let file = self.kept.as_ref().map(|folder| folder.join(name(&padded, &row, speed)));
        if let Some(kept) =
            file.as_ref().and_then(|file| std::fs::read(file).ok()).and_then(|bytes| Rendered::from_bytes(&bytes))
        {
            return Ok(kept);
        }
        let rendered = guarded(|| self.run(padded, row, speed))?;
        if let Some(file) = file {
            std::fs::write(&file, rendered.to_bytes())
                .map_err(|error| Mute::Failed(format!("{}: {error}", file.display())))?;
        }
        Ok(rendered)
    }

    /// Keeps every rendering in this folder.
    pub fn keep(&mut self, folder: PathBuf) {
        self.kept = Some(folder);
    }

    fn run(&self, padded: Vec<i64>, style: Vec<f32>, speed: f32) -> ort::Result<Rendered> {
        let count = padded.len();
        let inputs = ort::inputs![
            "tokens" => Tensor::from_array(([1, count], padded))?,
            "style" => Tensor::from_array(([1, STYLE], style))?,
            "speed" => Tensor::from_array(([1], vec![speed]))?,
        ];
        let mut session = self.session.lock();
        let outputs = session.run(inputs)?;
        let (_, samples) = outputs["audio"].try_extract_tensor::<f32>()?;
        let (_, steps) = outputs[LENGTHS].try_extract_tensor::<f32>()?;
        let lengths: Vec<usize> = steps.iter().map(|steps| steps.max(0.0) as usize * STEP).collect();
        if lengths.len() != count || samples.is_empty() {
            return Err(ort::Error::new("it made no sound, or lengths for another text"));
        }
        Ok(Rendered { samples: samples.to_vec(), lengths })
    }
}

impl Rendered {
    /// The number of lengths, the lengths, then samples; all in little-endian words of 4 bytes.
    fn to_bytes(&self) -> Vec<u8> {
        let words = [self.lengths.len()].into_iter().chain(self.lengths.iter().copied()).map(|word| word as u32);
        words.chain(self.samples.iter().map(|sample| sample.to_bits())).flat_map(u32::to_le_bytes).collect()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut words = bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]));
        let count = words.next()? as usize;
        let lengths: Vec<usize> = words.by_ref().take(count).map(|word| word as usize).collect();
        let samples: Vec<f32> = words.map(f32::from_bits).collect();
        (lengths.len() == count && samples.len() == lengths.iter().sum::<usize>()).then_some(Self { samples, lengths })
    }
}

/// The name that a rendering is kept under: all that it depends on.
fn name(padded: &[i64], style: &[f32], speed: f32) -> String {
    let mut sum = Sha256::new();
    padded.iter().for_each(|id| sum.update(id.to_le_bytes()));
    style.iter().chain([&speed]).for_each(|number| sum.update(number.to_le_bytes()));
    hex(&sum.finalize())
}

impl Style {
    /// Reads a voice's file: little-endian floats, [`STYLE`] for every length of text.
    pub fn read(path: &Path) -> Result<Self, Mute> {
        let bytes = std::fs::read(path).map_err(|_| Mute::Missing(path.display().to_string()))?;
        let floats: Vec<f32> =
            bytes.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect();
        if floats.is_empty() || !floats.len().is_multiple_of(STYLE) || floats.iter().any(|number| !number.is_finite()) {
            return Err(Mute::Failed(format!("{} is no voice: run `make voice` again", path.display())));
        }
        Ok(Self(floats))
    }

    fn of(&self, phonemes: usize) -> Result<Vec<f32>, Mute> {
        let row = self.0.chunks_exact(STYLE).nth(phonemes);
        row.map(<[f32]>::to_vec)
            .ok_or_else(|| Mute::Failed(format!("{phonemes} phonemes are too many for one sentence")))
    }
}

fn session(library: &Path, model: &Path) -> ort::Result<Session> {
    let environment = LIBRARY.get_or_init(|| {
        let builder = ort::init_from(library).map_err(|error| error.to_string())?;
        builder.with_name("hallcast").with_telemetry(false).build().map_err(|error| error.to_string())
    });
    let environment = environment.as_ref().map_err(ort::Error::new)?;
    Session::builder(environment)?
        .with_intra_threads(1)?
        .with_inter_threads(1)?
        .with_intra_op_spinning(false)?
        .commit_from_file(model)
}

/// The library is foreign: what it says becomes a line, and what it panics about too.
fn guarded<T>(run: impl FnOnce() -> ort::Result<T>) -> Result<T, Mute> {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(made)) => Ok(made),
        Ok(Err(error)) => Err(Mute::Failed(format!("the neural voice failed: {error}"))),
        Err(_) => Err(Mute::Failed("the neural voice's library gave up; run `make voice` again".into())),
    }
}
