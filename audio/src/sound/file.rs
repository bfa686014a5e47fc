//! Reads sound files of the kinds people have: WAV, FLAC, MP3 and Ogg Vorbis.
//!
//! Which kind it is, its first bytes tell, not its name. A damaged file is an error, never a panic; a file that says it is
//! longer than it may be is not read to its end, and one that asks for more memory than any sound needs gets none.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::stream::Stream;
use super::{SECONDS_MAX, Sound, Unsound, wav};

/// Endings of the file names of sounds that are read.
pub const ENDINGS: [&str; 4] = ["wav", "ogg", "flac", "mp3"];
/// Samples of an MP3 that are taken at a time.
const MP3_CHUNK: usize = 8_192;

/// Reads a file's bytes; channels are mixed to one, the rate stays the file's own.
pub fn read(bytes: &[u8]) -> Result<Sound, Unsound> {
    read_up_to(bytes, SECONDS_MAX)
}

/// The same, with another limit in seconds: a bank of clips is one long file.
pub fn read_up_to(bytes: &[u8], seconds_max: u32) -> Result<Sound, Unsound> {
    // A decoder that trips over bytes nobody foresaw must not take the program with it.
    catch_unwind(AssertUnwindSafe(|| decode(bytes, seconds_max)))
        .unwrap_or_else(|_| Err(unreadable("its decoder gave up")))
}

fn decode(bytes: &[u8], seconds_max: u32) -> Result<Sound, Unsound> {
    match bytes {
        [b'R', b'I', b'F', b'F', ..] => wav::read(bytes),
        [b'O', b'g', b'g', b'S', ..] => vorbis(bytes, seconds_max),
        [b'f', b'L', b'a', b'C', ..] => flac(bytes, seconds_max),
        [b'I', b'D', b'3', ..] | [0xff, 0xe0..=0xff, ..] => mp3(bytes, seconds_max),
        _ => Err(unreadable("it is neither WAV, Ogg Vorbis, FLAC nor MP3")),
    }
}

fn vorbis(bytes: &[u8], seconds_max: u32) -> Result<Sound, Unsound> {
    let stream = Stream::open(bytes, seconds_max)?;
    wav::finish(stream.rate(), stream.all()?)
}

fn flac(bytes: &[u8], seconds_max: u32) -> Result<Sound, Unsound> {
    let mut reader = claxon::FlacReader::new(Cursor::new(bytes)).map_err(unreadable)?;
    let info = reader.streaminfo();
    let (rate, channels) = (info.sample_rate, info.channels as usize);
    let scale = 1.0 / (1i64 << (info.bits_per_sample.clamp(1, 32) - 1)) as f32;
    let mut all = Vec::new();
    for sample in reader.samples() {
        all.push(sample.map_err(unreadable)? as f32 * scale);
        keep_short(all.len() / channels.max(1), rate, seconds_max)?;
    }
    wav::finish(rate, wav::mix(&all, channels))
}

fn mp3(bytes: &[u8], seconds_max: u32) -> Result<Sound, Unsound> {
    let mut reader = nanomp3::SliceReader::<f32>::new(bytes);
    let rate = reader.sample_rate();
    let channels = match reader.channels() {
        Some(nanomp3::Channels::Stereo) => 2,
        Some(nanomp3::Channels::Mono) | None => 1,
    };
    let mut all = Vec::new();
    let mut chunk = vec![0.0; MP3_CHUNK];
    loop {
        let read = reader.read(&mut chunk).map_err(unreadable)?;
        if read == 0 {
            break;
        }
        all.extend_from_slice(&chunk[..read]);
        keep_short(all.len() / channels, rate, seconds_max)?;
    }
    wav::finish(rate, wav::mix(&all, channels))
}

fn keep_short(samples: usize, rate: u32, seconds_max: u32) -> Result<(), Unsound> {
    let most = u64::from(rate) * u64::from(seconds_max);
    if samples as u64 > most { Err(Unsound::TooLong) } else { Ok(()) }
}

fn unreadable(why: impl std::fmt::Display) -> Unsound {
    Unsound::Unreadable(why.to_string())
}
