//! An Ogg Vorbis file that stays encoded: any part of it is decoded when it is asked for.
//!
//! A packet sounds only together with the one before it, so decoding begins one packet early; then every sample is exactly
//! the one that decoding the whole file makes. A damaged file is an error, never a panic.

use std::borrow::Cow;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use lewton::audio::{PreviousWindowRight, get_decoded_sample_count, read_audio_packet_generic};
use lewton::header::{IdentHeader, SetupHeader, read_header_ident, read_header_setup};
use lewton::samples::InterleavedSamples;

use super::ogg::{self, Packets, Place};
use super::{Unsound, wav};

/// One place is remembered for so many packets; at most as many are decoded in vain.
const PACKETS_A_MARK: usize = 8;
/// Most values in all codebooks of a file; usual ones have some tens of thousands.
const BOOK_VALUES_MAX: u64 = 4 * 1024 * 1024;
/// What every codebook begins with, 24 bits; then come its dimensions, 16 bits, and its entries, 24 bits.
const BOOK: u64 = 0x56_43_42;

/// A file that was opened.
pub struct Stream<'a> {
    bytes: Cow<'a, [u8]>,
    ident: IdentHeader,
    setup: SetupHeader,
    marks: Vec<Mark>,
    samples: usize,
}

/// From where decoding can begin.
#[derive(Clone, Copy)]
struct Mark {
    /// Before a packet.
    place: Place,
    /// Where the sound of the packet after it begins, samples.
    after: usize,
}

impl<'a> Stream<'a> {
    /// Reads a file's headers and finds its packets, of at most so many seconds; decodes nothing.
    pub fn open(bytes: impl Into<Cow<'a, [u8]>>, seconds_max: u32) -> Result<Self, Unsound> {
        let bytes = bytes.into();
        guarded(|| Self::read(bytes, seconds_max))
    }

    /// Samples a second.
    pub fn rate(&self) -> u32 {
        self.ident.audio_sample_rate
    }

    /// How many samples it has.
    pub fn samples(&self) -> usize {
        self.samples
    }

    /// These samples, all channels mixed to one.
    pub fn cut(&self, range: Range<usize>) -> Result<Vec<i16>, Unsound> {
        if range.start > range.end || range.end > self.samples {
            return Err(unreadable("it is shorter"));
        }
        let sound = guarded(|| self.decode(range))?;
        Ok(sound.into_iter().map(wav::to_i16).collect())
    }

    /// All of it, if every page is as its checksum says.
    pub(super) fn all(&self) -> Result<Vec<f32>, Unsound> {
        if !ogg::is_undamaged(&self.bytes).map_err(unreadable)? {
            return Err(unreadable("its checksum is another"));
        }
        guarded(|| self.decode(0..self.samples))
    }

    fn read(bytes: Cow<'a, [u8]>, seconds_max: u32) -> Result<Self, Unsound> {
        let mut packets = Packets::new(&bytes).map_err(unreadable)?;
        let mut header = || packets.next().map_err(unreadable)?.ok_or_else(|| unreadable("it has no headers"));
        let ident = read_header_ident(&header()?).map_err(unreadable)?;
        // The comment says nothing that is heard, and its reader reserves as much memory as a damaged one says.
        header()?;
        let books = header()?;
        if book_values(&books) > BOOK_VALUES_MAX {
            return Err(unreadable("its codebooks are too large"));
        }
        let sizes = (ident.blocksize_0, ident.blocksize_1);
        let setup = read_header_setup(&books, ident.audio_channels, sizes).map_err(unreadable)?;
        let most = u64::from(ident.audio_sample_rate) * u64::from(seconds_max);
        let (mut marks, mut after, mut n) = (Vec::new(), 0, 0usize);
        loop {
            let place = packets.place();
            let Some(packet) = packets.next().map_err(unreadable)? else { break };
            let length = get_decoded_sample_count(&ident, &setup, &packet).map_err(unreadable)?;
            // The first packet has none before it and makes no sound.
            after += if n == 0 { 0 } else { length };
            if after as u64 > most {
                return Err(Unsound::TooLong);
            }
            if n.is_multiple_of(PACKETS_A_MARK) {
                marks.push(Mark { place, after });
            }
            n += 1;
        }
        // The last packet may be longer than the sound.
        let samples = after.min(usize::try_from(packets.position).unwrap_or(usize::MAX));
        Ok(Self { bytes, ident, setup, marks, samples })
    }

    fn decode(&self, range: Range<usize>) -> Result<Vec<f32>, Unsound> {
        let mut sound = Vec::with_capacity(range.len());
        let next = self.marks.partition_point(|mark| mark.after <= range.start);
        let Some(mark) = next.checked_sub(1).and_then(|n| self.marks.get(n)) else { return Ok(sound) };
        let mut packets = Packets::from(&self.bytes, mark.place).map_err(unreadable)?;
        let mut before = PreviousWindowRight::new();
        let mut skip = range.start - mark.after;
        while sound.len() < range.len() {
            let packet = packets.next().map_err(unreadable)?.ok_or_else(|| unreadable("it is shorter"))?;
            let mono = self.packet(&packet, &mut before)?;
            let wanted = mono.iter().skip(skip).take(range.len() - sound.len());
            sound.extend(wanted.map(|sample| wav::tame(*sample)));
            skip = skip.saturating_sub(mono.len());
        }
        Ok(sound)
    }

    /// The sound of a packet; none of the first one.
    fn packet(&self, packet: &[u8], before: &mut PreviousWindowRight) -> Result<Vec<f32>, Unsound> {
        let is_first = before.is_empty();
        let all: InterleavedSamples<f32> =
            read_audio_packet_generic(&self.ident, &self.setup, packet, before).map_err(unreadable)?;
        let mono = wav::mix(&all.samples, usize::from(self.ident.audio_channels));
        let length = get_decoded_sample_count(&self.ident, &self.setup, packet).map_err(unreadable)?;
        // Were it of another length than when it was counted, all that follows would be words of another clip.
        if !is_first && mono.len() != length {
            return Err(unreadable("a packet is of another length"));
        }
        Ok(mono)
    }
}

/// How many values the codebooks of a setup header say they have. The decoder reserves memory for them before it reads
/// any, and no error but an end of the program comes of a damaged one. A codebook begins at any bit.
fn book_values(header: &[u8]) -> u64 {
    let bits = |at: usize| {
        let bytes = header.get(at / 8..at / 8 + 9)?;
        let all = bytes.iter().rev().fold(0u128, |all, byte| all << 8 | u128::from(*byte));
        Some((all >> (at % 8)) as u64)
    };
    let books = (0..header.len() * 8).filter_map(bits).filter(|bits| bits & 0xff_ffff == BOOK);
    let values = books.map(|bits| match (bits >> 24 & 0xffff, bits >> 40) {
        // Without a dimension there is no end to its values.
        (0, _) => u64::MAX,
        (dimensions, entries) => dimensions * entries,
    });
    values.fold(0, u64::saturating_add)
}

/// A decoder that trips over bytes nobody foresaw must not take the program with it.
fn guarded<T>(work: impl FnOnce() -> Result<T, Unsound>) -> Result<T, Unsound> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(unreadable("its decoder gave up")))
}

fn unreadable(why: impl std::fmt::Display) -> Unsound {
    Unsound::Unreadable(why.to_string())
}
