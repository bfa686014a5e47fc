//! Packets of an Ogg file, from any of its packets on.
//!
//! The file is in memory and a place in it is three numbers, so going back to a packet costs nothing. Checksums of pages are
//! looked at only by [`is_undamaged`]: a bank's file has one of its own, and a damaged packet is the decoder's to refuse.

use std::borrow::Cow;

/// What every page begins with.
const PAGE: &[u8; 4] = b"OggS";
/// Bytes of a page before its table of segments.
const HEADER: usize = 27;
/// A segment of this many bytes is not the last one of its packet.
const SEGMENT_FULL: u8 = 255;
/// Set in a page's header: nothing comes after it.
const LAST_PAGE: u8 = 4;
/// The position of a page where no packet ends.
const NO_POSITION: u64 = u64::MAX;
/// Where a page's checksum is.
const CHECKSUM_AT: usize = 22;
/// Checksums of single bytes: CRC-32 of the polynomial 0x04c11db7, neither mirrored nor inverted.
const CHECKSUMS: [u32; 256] = {
    let mut sums = [0u32; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut sum = (byte as u32) << 24;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum >> 31 == 1 { (sum << 1) ^ 0x04c1_1db7 } else { sum << 1 };
            bit += 1;
        }
        sums[byte] = sum;
        byte += 1;
    }
    sums
};

/// Before which packet one stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Where its page begins in the file.
    page: usize,
    /// The first of its segments that was not read.
    segment: usize,
    /// Where that segment's bytes begin in the file.
    body: usize,
}

/// A page's header.
struct Page<'a> {
    serial: u32,
    is_last: bool,
    position: u64,
    segments: &'a [u8],
    body: usize,
    end: usize,
}

/// The first stream of a file; pages of others are passed over.
pub(super) struct Packets<'a> {
    bytes: &'a [u8],
    serial: u32,
    place: Place,
    /// Samples until the end of the last page that was entered and says so; [`u64::MAX`] if none did.
    pub(super) position: u64,
}

impl<'a> Packets<'a> {
    /// From the first packet on.
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, &'static str> {
        let first = page(bytes, 0)?;
        let place = Place { page: 0, segment: 0, body: first.body };
        Ok(Self { bytes, serial: first.serial, place, position: NO_POSITION })
    }

    /// From a place on that [`Self::place`] told of the same bytes.
    pub(super) fn from(bytes: &'a [u8], place: Place) -> Result<Self, &'static str> {
        Ok(Self { bytes, serial: page(bytes, place.page)?.serial, place, position: NO_POSITION })
    }

    /// Before which packet it stands.
    pub(super) fn place(&self) -> Place {
        self.place
    }

    /// The next packet; none after the last one.
    pub(super) fn next(&mut self) -> Result<Option<Cow<'a, [u8]>>, &'static str> {
        let mut packet: Cow<'a, [u8]> = Cow::Borrowed(&[]);
        let mut is_begun = false;
        loop {
            let page = page(self.bytes, self.place.page)?;
            if page.position != NO_POSITION {
                self.position = page.position;
            }
            let rest = &page.segments[self.place.segment..];
            let full = rest.iter().take_while(|size| **size == SEGMENT_FULL).count();
            let of_packet = &rest[..rest.len().min(full + 1)];
            let length: usize = of_packet.iter().map(|size| usize::from(*size)).sum();
            let piece = &self.bytes[self.place.body..self.place.body + length];
            match &mut packet {
                whole if whole.is_empty() => *whole = Cow::Borrowed(piece),
                begun => begun.to_mut().extend_from_slice(piece),
            }
            self.place.segment += of_packet.len();
            self.place.body += length;
            if full < rest.len() {
                return Ok(Some(packet));
            }
            is_begun |= full > 0;
            if page.is_last || !self.turn(page.end)? {
                return if is_begun { Err("its last packet is cut off") } else { Ok(None) };
            }
        }
    }

    /// Goes to the next page of this stream; false if there is none.
    fn turn(&mut self, mut at: usize) -> Result<bool, &'static str> {
        while at < self.bytes.len() {
            let next = page(self.bytes, at)?;
            if next.serial == self.serial {
                self.place = Place { page: at, segment: 0, body: next.body };
                return Ok(true);
            }
            at = next.end;
        }
        Ok(false)
    }
}

/// Whether every page is as its checksum says.
pub(super) fn is_undamaged(bytes: &[u8]) -> Result<bool, &'static str> {
    let mut at = 0;
    while at < bytes.len() {
        let end = page(bytes, at)?.end;
        // It is the checksum of the page with none in it.
        let (before, rest) = bytes[at..end].split_at(CHECKSUM_AT);
        let (sum, after) = rest.split_first_chunk::<4>().ok_or("it is cut off")?;
        let summed = before.iter().chain(&[0; 4]).chain(after).fold(0u32, |sum, byte| {
            let [first, ..] = sum.to_be_bytes();
            (sum << 8) ^ CHECKSUMS[usize::from(first ^ byte)]
        });
        if summed != u32::from_le_bytes(*sum) {
            return Ok(false);
        }
        at = end;
    }
    Ok(true)
}

/// The page that begins there; all of its bytes are there too.
fn page(bytes: &[u8], at: usize) -> Result<Page<'_>, &'static str> {
    let rest = bytes.get(at..).unwrap_or_default();
    let header: &[u8; HEADER] = rest.first_chunk().ok_or("it is cut off")?;
    let (mark, header) = header.split_first_chunk::<4>().ok_or("it is cut off")?;
    let &[version, flags, a, b, c, d, e, f, g, h, s, t, u, v, .., count] = header else {
        return Err("it is cut off");
    };
    if mark != PAGE || version != 0 {
        return Err("there is no page where one should be");
    }
    let count = usize::from(count);
    let segments = rest.get(HEADER..HEADER + count).ok_or("it is cut off")?;
    let body = at + HEADER + count;
    let end = body + segments.iter().map(|size| usize::from(*size)).sum::<usize>();
    if end > bytes.len() {
        return Err("it is cut off");
    }
    Ok(Page {
        serial: u32::from_le_bytes([s, t, u, v]),
        is_last: flags & LAST_PAGE != 0,
        position: u64::from_le_bytes([a, b, c, d, e, f, g, h]),
        segments,
        body,
        end,
    })
}
