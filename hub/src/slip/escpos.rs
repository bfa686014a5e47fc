//! ESC/POS, the language of ticket printers: only the few words we say, and how we read the answers.
//!
//! Sources: Epson's ESC/POS Application Programming Guide (GS v 0, GS V, DLE EOT, GS ( k, FS &).
//! A picture looks the same on every printer; its own letters are the way out without a font.

use super::plain::PlainLine;
use super::raster::Picture;

/// Rows sent in one piece: small enough for printers with little memory.
const BAND_ROWS: usize = 128;
/// `ESC @`: back to the beginning.
const RESET: &[u8] = b"\x1b@";
/// `GS V 66 0`: feed to the knife and cut, all but one point.
const CUT: &[u8] = b"\x1dV\x42\x00";
/// `ESC a 1`: in the middle.
const CENTRE: &[u8] = b"\x1ba\x01";
/// `FS &`: letters of two bytes are Chinese.
const CHINESE: &[u8] = b"\x1c&";
/// Characters of a line in ordinary letters on 72 mm.
const LINE_CHARS: usize = 48;

/// A picture as bytes: reset, bands of rows (`GS v 0`), cut.
pub fn raster(picture: &Picture) -> Vec<u8> {
    let mut bytes = RESET.to_vec();
    for band in picture.bits.chunks(BAND_ROWS * picture.row_bytes) {
        let rows = band.len() / picture.row_bytes;
        bytes.extend(b"\x1dv0\x00");
        bytes.extend(low_high(picture.row_bytes));
        bytes.extend(low_high(rows));
        bytes.extend(band);
    }
    bytes.extend(CUT);
    bytes
}

/// Lines in the printer's own letters (GBK), with its own QR code.
pub fn letters(lines: &[PlainLine]) -> Vec<u8> {
    let mut bytes = [RESET, CHINESE, CENTRE].concat();
    for line in lines {
        match line {
            PlainLine::Small(text) => sized(&mut bytes, 0, text),
            PlainLine::Large(text) => sized(&mut bytes, 1, text),
            PlainLine::Huge(text) => sized(&mut bytes, 5, text),
            PlainLine::Rule => sized(&mut bytes, 0, &"-".repeat(LINE_CHARS)),
            PlainLine::Code(address) => code(&mut bytes, address),
        }
    }
    bytes.extend(CUT);
    bytes
}

/// `GS ! n` sets how many times wider and higher (0 = once) Latin letters are, `FS ! n` doubles Chinese ones.
fn sized(bytes: &mut Vec<u8>, times: u8, text: &str) {
    bytes.extend([0x1d, b'!', times << 4 | times]);
    bytes.extend([0x1c, b'!', if times > 0 { 0x0c } else { 0 }]);
    bytes.extend(gbk(text));
    bytes.push(b'\n');
}

/// `GS ( k`: model 2, dots a module, level M, store, print.
fn code(bytes: &mut Vec<u8>, address: &str) {
    const MODULE_DOTS: u8 = 7;
    const LEVEL_M: u8 = 49;
    bytes.extend(b"\x1d(k\x04\x00\x31\x41\x32\x00");
    bytes.extend([0x1d, b'(', b'k', 3, 0, 0x31, 0x43, MODULE_DOTS]);
    bytes.extend([0x1d, b'(', b'k', 3, 0, 0x31, 0x45, LEVEL_M]);
    bytes.extend(b"\x1d(k");
    bytes.extend(low_high(address.len() + 3));
    bytes.extend(b"\x31\x50\x30");
    bytes.extend(address.as_bytes());
    bytes.extend(b"\x1d(k\x03\x00\x31\x51\x30");
    bytes.push(b'\n');
}

/// Text as the printer reads it; what GBK does not have becomes a question mark, control characters a space.
fn gbk(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        let mut letter = [0; 4];
        let letter = if c.is_control() { " " } else { &*c.encode_utf8(&mut letter) };
        let (encoded, _, missing) = encoding_rs::GBK.encode(letter);
        if missing { bytes.push(b'?') } else { bytes.extend(encoded.as_ref()) }
    }
    bytes
}

fn low_high(n: usize) -> [u8; 2] {
    u16::try_from(n).unwrap_or(u16::MAX).to_le_bytes()
}

/// What a printer is asked (`DLE EOT n`); each is answered by one byte, also while it prints or is offline.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Question {
    /// n = 1: is it on line.
    Printer,
    /// n = 2: why not.
    Cause,
    /// n = 4: is there paper.
    Paper,
}

impl Question {
    /// All of them, in the order they are asked.
    pub const ALL: [Self; 3] = [Self::Cause, Self::Paper, Self::Printer];

    /// The bytes to send.
    pub fn bytes(self) -> [u8; 3] {
        let n = match self {
            Self::Printer => 1,
            Self::Cause => 2,
            Self::Paper => 4,
        };
        [0x10, 0x04, n]
    }

    /// What the answer says. None: this is not an answer to it.
    pub fn read(self, answer: u8) -> Option<Result<(), Trouble>> {
        // Bits 0 and 7 are always 0, bits 1 and 4 always 1.
        if answer & 0b1001_0011 != 0b0001_0010 {
            return None;
        }
        let has = |bits: u8| answer & bits != 0;
        let trouble = match self {
            Self::Printer if has(0b0000_1000) => Some(Trouble::Offline),
            Self::Cause if has(0b0010_0000) => Some(Trouble::PaperOut),
            Self::Cause if has(0b0000_0100) => Some(Trouble::CoverOpen),
            Self::Cause if has(0b0100_0000) => Some(Trouble::Fault),
            Self::Paper if has(0b0110_0000) => Some(Trouble::PaperOut),
            Self::Printer | Self::Cause | Self::Paper => None,
        };
        Some(trouble.map_or(Ok(()), Err))
    }
}

/// Why a printer does not print.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// No paper.
    PaperOut,
    /// Its cover is open.
    CoverOpen,
    /// Off line for another reason.
    Offline,
    /// The knife, the head: somebody has to look at it.
    Fault,
    /// Nobody answers at its address.
    Unreachable,
    /// It does not say how it is.
    Silent,
    /// It took part of the slip and no more.
    Stalled,
}

impl Trouble {
    /// Its code in alerts and deliveries.
    pub fn code(self) -> &'static str {
        match self {
            Self::PaperOut => "paper_out",
            Self::CoverOpen => "cover_open",
            Self::Offline => "offline",
            Self::Fault => "fault",
            Self::Unreachable => "unreachable",
            Self::Silent => "silent",
            Self::Stalled => "stalled",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_sent_in_bands_and_cut() {
        let picture = Picture { row_bytes: 2, bits: vec![0xAA; 2 * 130] };
        let bytes = raster(&picture);
        assert!(bytes.starts_with(b"\x1b@\x1dv0\x00\x02\x00\x80\x00\xAA"));
        let second = 2 + 8 + 256;
        assert_eq!(&bytes[second..second + 8], b"\x1dv0\x00\x02\x00\x02\x00");
        assert!(bytes.ends_with(b"\xAA\x1dV\x42\x00"));
    }

    #[test]
    fn chinese_is_sent_as_gbk_and_what_it_lacks_as_a_question_mark() {
        assert_eq!(gbk("号A–"), [0xBA, 0xC5, b'A', 0xA8, 0x43]);
        assert_eq!(gbk("\u{1F3E5}\u{1b}"), [b'?', b' ']);
    }

    #[test]
    fn answers_are_read_bit_by_bit() {
        assert_eq!(Question::Printer.read(0x12), Some(Ok(())));
        assert_eq!(Question::Printer.read(0x1A), Some(Err(Trouble::Offline)));
        assert_eq!(Question::Cause.read(0x16), Some(Err(Trouble::CoverOpen)));
        assert_eq!(Question::Cause.read(0x32), Some(Err(Trouble::PaperOut)));
        assert_eq!(Question::Paper.read(0x72), Some(Err(Trouble::PaperOut)));
        assert_eq!(Question::Paper.read(0x1E), Some(Ok(())), "near its end is not out");
        assert_eq!(Question::Paper.read(0xFF), None, "noise is no answer");
    }
}
