//! Music from files, one after the other and again: read and brought to the speaker's rate on a thread of its own, so
//! that a slow disk is a silence in the music and never in a call. WAV, FLAC and Ogg Vorbis: what can be read with
//! permissively licensed code.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use rodio::Decoder;
use rodio::source::UniformSourceIterator;

use crate::mixer::{Frame, Tune};

/// Frames that travel at once: about a tenth of a second.
const BLOCK_FRAMES: usize = 4_096;
/// Blocks that are read ahead.
const BLOCKS_AHEAD: usize = 10;

/// Plays these files for ever at this rate. What cannot be played is told to `bad` and left out.
pub fn files(files: Vec<PathBuf>, rate: u32, bad: impl FnMut(&Path, String) + Send + 'static) -> Box<dyn Tune> {
    let (to, from) = sync_channel(BLOCKS_AHEAD);
    // It ends when nobody takes its blocks any more, or no file can be played.
    std::thread::spawn(move || read(files, rate, &to, bad));
    Box::new(Read { from, block: Vec::new(), at: 0 })
}

fn read(mut files: Vec<PathBuf>, rate: u32, to: &SyncSender<Vec<Frame>>, mut bad: impl FnMut(&Path, String)) {
    while !files.is_empty() {
        let mut good = Vec::new();
        for file in files {
            match one(&file, rate, to) {
                Ok(true) => good.push(file),
                Ok(false) => return,
                Err(why) => bad(&file, why),
            }
        }
        files = good;
    }
}

/// Plays one file; false if nobody listens any more.
fn one(path: &Path, rate: u32, to: &SyncSender<Vec<Frame>>) -> Result<bool, String> {
    let file = File::open(path).map_err(|it| it.to_string())?;
    let decoder = Decoder::try_from(file).map_err(|it| it.to_string())?;
    let (two, rate) = (std::num::NonZero::new(2), std::num::NonZero::new(rate));
    let (Some(two), Some(rate)) = (two, rate) else { return Err("no rate".into()) };
    let mut samples = UniformSourceIterator::new(decoder, two, rate);
    let mut frames = 0_usize;
    loop {
        let mut block = Vec::with_capacity(BLOCK_FRAMES);
        while block.len() < BLOCK_FRAMES
            && let (Some(left), Some(right)) = (samples.next(), samples.next())
        {
            block.push([left, right]);
        }
        frames += block.len();
        let last = block.len() < BLOCK_FRAMES;
        if !block.is_empty() && to.send(block).is_err() {
            return Ok(false);
        }
        if last {
            return if frames == 0 { Err("there is no sound in it".into()) } else { Ok(true) };
        }
    }
}

struct Read {
    from: Receiver<Vec<Frame>>,
    block: Vec<Frame>,
    at: usize,
}

impl Tune for Read {
    fn fill(&mut self, frames: &mut [Frame]) -> usize {
        for (n, frame) in frames.iter_mut().enumerate() {
            if self.at == self.block.len() {
                let Ok(block) = self.from.try_recv() else { return n };
                (self.block, self.at) = (block, 0);
            }
            *frame = self.block[self.at];
            self.at += 1;
        }
        frames.len()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;
    use crate::testing::{strength, tone};

    #[test]
    fn files_are_played_in_turn_and_again_and_broken_ones_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for (name, hz, rate) in [("a.wav", 500.0, 48_000), ("b.wav", 900.0, 44_100)] {
            let spec = hound::WavSpec {
                channels: 1,
                sample_rate: rate,
                bits_per_sample: 16,
                sample_format: hound::SampleFormat::Int,
            };
            let mut file = hound::WavWriter::create(at(name), spec).unwrap();
            tone(rate, hz, 0.5).samples.iter().for_each(|it| file.write_sample((it * 32_767.0) as i16).unwrap());
            file.finalize().unwrap();
        }
        std::fs::write(at("c.mp3"), "no music").unwrap();
        let (tell, bad) = mpsc::channel();
        let all = vec![at("a.wav"), at("c.mp3"), at("missing.ogg"), at("b.wav")];
        let mut tune = files(all, 48_000, move |path, _| tell.send(path.to_owned()).unwrap());
        let mut heard = Vec::new();
        while heard.len() < 96_000 {
            let mut some = [[0.0; 2]; 1_000];
            let got = tune.fill(&mut some);
            heard.extend(some[..got].iter().map(|it| it[1]));
        }
        let at = |hz, from: usize, to: usize| strength(&heard[from * 48..to * 48], 48_000, hz);
        for from in [0, 1_000] {
            assert!(at(500.0, from + 20, from + 480) > 0.17, "from {from}");
            assert!(at(900.0, from + 520, from + 980) > 0.17, "from {from}");
        }
        let named: Vec<_> = (0..2).map(|_| bad.recv_timeout(Duration::from_secs(5)).unwrap()).collect();
        assert!(named[0].ends_with("c.mp3") && named[1].ends_with("missing.ogg"), "{named:?}");
        assert!(bad.try_recv().is_err(), "each is named once");
    }
}
