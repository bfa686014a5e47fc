//! Clips are decoded one by one, from an encoded file: they are what decoding all of it makes, and damage makes an error.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::Cursor;
use std::ops::Range;
use std::path::Path;
use std::sync::{Barrier, LazyLock};

use audio::Language;
use audio::bank::manifest::Manifest;
use audio::bank::{Bank, KEPT_BYTES_MAX};
use audio::sound::stream::Stream;
use audio::sound::{file, wav};
use lewton::inside_ogg::OggStreamReader;
use lewton::samples::InterleavedSamples;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

const ZH: &[u8] = include_bytes!("../bank/zh.ogg");
const EN: &[u8] = include_bytes!("../bank/en.ogg");
const SECONDS_MAX: u32 = 3_600;
/// Pages of the shipped file in the small bank: two of headers and some ten seconds of sound.
const PAGES: usize = 14;
/// Bytes of a page before its table of segments.
const PAGE_HEADER: usize = 27;
/// Where an Ogg Vorbis file of one segment in its first page tells its rate.
const RATE_AT: usize = PAGE_HEADER + 1 + 12;

static MANIFEST: LazyLock<Manifest> =
    LazyLock::new(|| serde_json::from_slice(include_bytes!("../bank/manifest.json")).unwrap());
/// All of the Chinese file, decoded from its beginning to its end.
static WHOLE: LazyLock<Vec<i16>> = LazyLock::new(|| linear(ZH));

/// Another reader's way through a whole file.
fn linear(file: &[u8]) -> Vec<i16> {
    let mut reader = OggStreamReader::new(Cursor::new(file)).unwrap();
    let mut all = Vec::new();
    while let Some(packet) = reader.read_dec_packet_generic::<InterleavedSamples<f32>>().unwrap() {
        all.extend(packet.samples.iter().map(|sample| wav::to_i16(*sample)));
    }
    all
}

fn count(language: Language) -> usize {
    MANIFEST.languages[&language].clips.len()
}

/// Numbers below `count` in an order that is the same on every machine.
fn shuffled(count: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|n| (*n as u64 + 1).wrapping_mul(seed | 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    order
}

#[test]
fn every_clip_is_bit_for_bit_what_decoding_the_whole_file_makes_in_any_order() {
    let bank = Bank::embedded().unwrap();
    for (language, file) in [(Language::Zh, ZH), (Language::En, EN)] {
        let whole = linear(file);
        assert_eq!(whole.len(), MANIFEST.languages[&language].samples as usize);
        // And some once more: of those a few are kept and the others have made room.
        for (seed, clips) in [(1, count(language)), (0x5DEE_CE66, 60)] {
            for number in shuffled(count(language), seed).into_iter().take(clips) {
                let before = bank.kept_bytes();
                let (clip, sound) = bank.clip(language, number).unwrap();
                let range = clip.start as usize..(clip.start + clip.length) as usize;
                assert!(*sound == whole[range], "{}", clip.key);
                assert!(bank.kept_bytes() <= before + sound.len() * 2, "only this clip was decoded");
            }
        }
        let kept = bank.kept_bytes() - if language == Language::En { KEPT_BYTES_MAX } else { 0 };
        assert!(kept <= KEPT_BYTES_MAX, "{kept} bytes are kept");
    }
    assert!(bank.kept_bytes() > KEPT_BYTES_MAX, "all room was used, or nothing had to make room");
}

#[test]
fn the_clips_that_are_kept_never_need_more_than_their_room() {
    let bank = Bank::embedded().unwrap();
    let mut most = 0;
    for number in shuffled(count(Language::Zh), 7) {
        bank.clip(Language::Zh, number).unwrap();
        most = most.max(bank.kept_bytes());
    }
    assert!(most <= KEPT_BYTES_MAX, "{most}");
    assert!(most > KEPT_BYTES_MAX * 9 / 10, "the limit was not reached: {most}");
}

#[test]
fn two_that_ask_at_once_get_the_same() {
    let bank = Bank::embedded().unwrap();
    let begin = Barrier::new(2);
    let (bank, begin) = (&bank, &begin);
    let all = |backwards: bool| {
        move || {
            begin.wait();
            for n in 0..count(Language::Zh) {
                // Every third clip is asked for by both at the same time, the others crosswise.
                let number = if backwards && n % 3 > 0 { count(Language::Zh) - 1 - n } else { n };
                let (clip, sound) = bank.clip(Language::Zh, number).unwrap();
                let range = clip.start as usize..(clip.start + clip.length) as usize;
                assert!(*sound == WHOLE[range], "{}", clip.key);
                assert!(bank.kept_bytes() <= KEPT_BYTES_MAX);
            }
        }
    };
    std::thread::scope(|scope| {
        let both = [scope.spawn(all(false)), scope.spawn(all(true))];
        both.into_iter().for_each(|thread| thread.join().unwrap());
    });
}

/// Where the pages of a file are.
fn pages(file: &[u8]) -> Vec<Range<usize>> {
    let mut pages = Vec::new();
    let mut at = 0;
    while at < file.len() {
        let count = usize::from(file[at + PAGE_HEADER - 1]);
        let table = &file[at + PAGE_HEADER..at + PAGE_HEADER + count];
        let end = at + PAGE_HEADER + count + table.iter().map(|size| usize::from(*size)).sum::<usize>();
        pages.push(at..end);
        at = end;
    }
    pages
}

/// A file of the same packets in pages of one segment each, so that large packets go over many pages, with a page of
/// another stream before each.
fn in_small_pages(file: &[u8]) -> Vec<u8> {
    let mut small = Vec::new();
    for page in pages(file) {
        let page = &file[page];
        let count = usize::from(page[PAGE_HEADER - 1]);
        let mut at = PAGE_HEADER + count;
        for (n, size) in page[PAGE_HEADER..PAGE_HEADER + count].iter().enumerate() {
            let mut header = page[..PAGE_HEADER].to_vec();
            header[PAGE_HEADER - 1] = 1;
            if n + 1 < count {
                // The flag of the last page, and the position, belong to the last of them.
                header[5] = 0;
                header[6..14].fill(0xff);
            }
            if !small.is_empty() {
                let mut other = header.clone();
                other[14] ^= 0x55;
                small.extend([&other[..], &[3], b"odd"].concat());
            }
            small.extend([&header[..], &[*size], &page[at..at + usize::from(*size)]].concat());
            at += usize::from(*size);
        }
    }
    small
}

#[test]
fn packets_over_several_pages_and_pages_of_other_streams_change_nothing() {
    let file = &ZH[..pages(ZH)[PAGES - 1].end];
    let stream = Stream::open(file, SECONDS_MAX).unwrap();
    let small = Stream::open(in_small_pages(file), SECONDS_MAX).unwrap();
    assert_eq!(small.samples(), stream.samples());
    assert_eq!(small.cut(0..small.samples()).unwrap(), WHOLE[..stream.samples()]);
    assert_eq!(small.cut(100_000..150_000).unwrap(), WHOLE[100_000..150_000]);
}

static STREAM: LazyLock<Stream> = LazyLock::new(|| Stream::open(ZH, SECONDS_MAX).unwrap());

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_part_of_a_file_is_that_part_of_the_whole(
        at in prop_oneof![Just(0usize), 0..3_000usize, 0..10_723_140usize, 10_720_000..=10_723_140usize],
        length in prop_oneof![0..4usize, 0..20_000usize],
    ) {
        let end = (at + length).min(WHOLE.len());
        prop_assert!(STREAM.cut(at..end).unwrap() == WHOLE[at..end], "{}..{}", at, end);
    }
}

#[test]
fn what_lies_beyond_the_end_is_an_error() {
    assert_eq!(STREAM.samples(), WHOLE.len());
    assert!(STREAM.cut(WHOLE.len() - 1..WHOLE.len() + 1).is_err());
    assert!(STREAM.cut(usize::MAX - 1..usize::MAX).is_err());
    assert!(Stream::open(ZH, 446).is_err(), "it lasts 446.8 seconds");
}

/// A bank in a folder: the first clips of the shipped one, whose file is this one.
fn small_bank(folder: &Path, file: &[u8]) -> Bank {
    let mut manifest = MANIFEST.clone();
    manifest.languages.remove(&Language::En);
    let zh = manifest.languages.get_mut(&Language::Zh).unwrap();
    zh.samples = small_samples();
    zh.clips.retain(|clip| clip.start + clip.length <= small_samples());
    zh.sha256 = Sha256::digest(file).iter().map(|byte| format!("{byte:02x}")).collect();
    std::fs::write(folder.join("zh.ogg"), file).unwrap();
    std::fs::write(folder.join("manifest.json"), serde_json::to_vec(&manifest).unwrap()).unwrap();
    Bank::open(folder).unwrap()
}

/// The shipped file's first pages.
fn small_file() -> Vec<u8> {
    ZH[..pages(ZH)[PAGES - 1].end].to_vec()
}

fn small_samples() -> u32 {
    let last = pages(ZH)[PAGES - 1].start;
    u32::from_le_bytes(ZH[last + 6..last + 10].try_into().unwrap())
}

/// Each clip's sound, or what is wrong.
fn all_clips(bank: &Bank) -> Vec<Result<Vec<i16>, String>> {
    let clips = MANIFEST.languages[&Language::Zh].clips.iter();
    let count = clips.filter(|clip| clip.start + clip.length <= small_samples()).count();
    let sound = |number| bank.clip(Language::Zh, number).map(|(_, sound)| sound.to_vec());
    (0..count).map(|number| sound(number).map_err(|mute| mute.to_string())).collect()
}

#[test]
fn a_file_that_is_not_what_its_manifest_says_is_found_when_it_is_opened() {
    let says = |file: &[u8], what: &str| {
        let folder = tempfile::tempdir().unwrap();
        for clip in all_clips(&small_bank(folder.path(), file)) {
            let why = clip.unwrap_err();
            assert!(why.contains("damaged") && why.contains(what), "{why:?} does not say {what:?}");
        }
    };
    let file = small_file();
    let folder = tempfile::tempdir().unwrap();
    let sounds = all_clips(&small_bank(folder.path(), &file));
    assert!(sounds.len() > 4 && sounds.iter().all(Result::is_ok), "undamaged it has all its clips");
    says(&file[..pages(&file)[PAGES - 2].end], "shorter");
    says(&file[..file.len() - 1], "cut off");
    says(&file[..3_000], "cut off");
    says(&file[..pages(&file)[0].end], "no headers");
    says(&[&file[..], b"and more"].concat(), "cut off");
    says(&[&file[..], &[b'x'; 100]].concat(), "no page");
    let mut slower = file.clone();
    assert_eq!(slower[RATE_AT..RATE_AT + 4], 24_000u32.to_le_bytes());
    slower[RATE_AT..RATE_AT + 4].copy_from_slice(&16_000u32.to_le_bytes());
    says(&slower, "another rate");
}

#[test]
fn damage_in_one_place_leaves_the_clips_elsewhere_as_they_were() {
    let mut file = small_file();
    let folder = tempfile::tempdir().unwrap();
    let before = all_clips(&small_bank(folder.path(), &file));
    // The end of a page is the end of a packet: not the part that says how long it is.
    let page = pages(&file)[PAGES / 2].end;
    file[page - 20..page].fill(0xa5);
    let after = all_clips(&small_bank(folder.path(), &file));
    let same = before.iter().zip(&after).filter(|(before, after)| before == after).count();
    assert!((before.len() - 2..before.len()).contains(&same), "{same} of {} are as they were", before.len());
}

/// Corrects the checksums of a file's pages.
fn summed(mut file: Vec<u8>) -> Vec<u8> {
    for page in pages(&file) {
        let page = &mut file[page];
        page[22..26].fill(0);
        let sum = page.iter().fold(0u32, |sum, byte| {
            (0..8).fold(sum ^ (u32::from(*byte) << 24), |sum, _| (sum << 1) ^ ((sum >> 31) * 0x04c1_1db7))
        });
        page[22..26].copy_from_slice(&sum.to_le_bytes());
    }
    file
}

#[test]
fn a_file_that_asks_for_endless_memory_gets_none() {
    let file = small_file();
    assert_eq!(summed(file.clone()), file);
    assert_eq!(file::read(&file).unwrap().samples.len(), small_samples() as usize);
    let find = |what: &[u8]| file.windows(what.len()).position(|window| window == what).unwrap();
    // So many comments, of so many bytes, would be reserved at once; nobody hears a comment.
    let comment = find(b"\x03vorbis") + 7;
    let vendor = u32::from_le_bytes(file[comment..comment + 4].try_into().unwrap()) as usize;
    let mut many = file.clone();
    many[comment + 4 + vendor..comment + 8 + vendor].fill(0xff);
    assert!(file::read(&summed(many)).is_ok());
    // The first codebook of 16 million entries of 65535 values each; it begins at a whole byte.
    let mut large = file.clone();
    let book = find(b"\x05vorbis") + 8;
    assert_eq!(&large[book..book + 3], b"BCV");
    large[book + 3..book + 8].fill(0xff);
    let why = file::read(&summed(large)).unwrap_err().to_string();
    assert!(why.contains("codebooks are too large"), "{why}");
}

#[test]
fn a_file_whose_pages_are_not_as_their_checksums_say_is_not_read() {
    let mut file = small_file();
    *file.last_mut().unwrap() ^= 1;
    let why = file::read(&file).unwrap_err().to_string();
    assert!(why.contains("checksum"), "{why}");
    assert!(file::read(&summed(file)).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// The checksum is that of the damaged file, so the damage gets to the decoder.
    #[test]
    fn a_damaged_file_gives_clips_of_their_length_or_says_what_is_wrong(
        flips in proptest::collection::vec((prop_oneof![1 => 0..3_500usize, 9 => 3_500..50_000usize], 1..=255u8), 1..12),
    ) {
        let mut file = small_file();
        for (at, bits) in flips {
            let at = at % file.len();
            file[at] ^= bits;
        }
        let folder = tempfile::tempdir().unwrap();
        let clips = &MANIFEST.languages[&Language::Zh].clips;
        for (clip, sound) in clips.iter().zip(all_clips(&small_bank(folder.path(), &file))) {
            match sound {
                Ok(sound) => prop_assert_eq!(sound.len(), clip.length as usize),
                Err(why) => prop_assert!(why.contains("damaged"), "{}", why),
            }
        }
    }
}
