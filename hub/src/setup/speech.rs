//! Whether speakers and sentences fit.

use std::ops::RangeInclusive;

use audio::phrase::Overrides;
use audio::{Language, Template};
use hall::Setup;
use hall::setup::{Output, Pronunciation, Speaker, Speech};

use super::limits::Findings;
use crate::error::{Error, Wrong};

/// How often a call is said.
const REPEATS: RangeInclusive<u32> = 1..=3;
/// Silence between two times, milliseconds.
const GAP_MS: RangeInclusive<u32> = 0..=10_000;
/// How late a call may begin, seconds.
const STALE_S: RangeInclusive<u32> = 3..=300;
/// Longest sentence, characters.
const SENTENCE_CHARS_MAX: usize = 200;
/// Longest name of a sound device or id of a player, characters.
const DEVICE_CHARS_MAX: usize = 80;
/// How much louder or softer, dB.
const GAIN_DB: RangeInclusive<f32> = -60.0..=12.0;
/// Levels of one speaker.
const LEVELS_MAX: usize = 24;
/// Words whose pronunciation a hall says.
const PRONUNCIATIONS_MAX: usize = 500;
/// Longest word, characters.
const WRITTEN_CHARS_MAX: usize = 20;
/// Longest pinyin, characters.
const PINYIN_CHARS_MAX: usize = 160;

pub(super) fn speech_fits(found: &mut Findings, it: &Speech, path: &str) {
    let mut languages = it.languages.clone();
    languages.dedup();
    let once = languages.len() == it.languages.len() && languages.len() <= 2;
    found.must(once, format!("{path}.languages"), Wrong::Twice.why("is there twice"));
    let some = !it.languages.is_empty();
    let why = Wrong::OneNeeded.why("must name a language; a queue that is not said at all is `silent`");
    found.must(some, format!("{path}.languages"), why);
    found.number(it.repeat, REPEATS, format!("{path}.repeat"));
    found.number(it.gap_ms, GAP_MS, format!("{path}.gap_ms"));
    found.number(it.stale_s, STALE_S, format!("{path}.stale_s"));
    let rates = audio::phrase::RATE_PERCENT;
    let rates = u32::from(*rates.start())..=u32::from(*rates.end());
    found.number(it.rate_percent.into(), rates, format!("{path}.rate_percent"));
    for (language, sentences) in [(Language::Zh, &it.zh), (Language::En, &it.en)] {
        let all = [("call", &sentences.call), ("recall", &sentences.recall), ("missed", &sentences.missed)];
        for (kind, sentence) in all {
            let Some(sentence) = sentence else { continue };
            let field = format!("{path}.{}.{kind}", language.as_str());
            found.text(sentence, 1..=SENTENCE_CHARS_MAX, &field);
            if let Err(cause) = Template::parse(language, sentence) {
                found.must(false, &field, Wrong::Sentence.why(format!("cannot be said: {cause}")));
            }
        }
    }
}

/// Checks a way to say calls that belongs to no setup yet.
pub fn speech_must_fit(it: &Speech, path: &str) -> Result<(), Error> {
    let mut found = Findings::default();
    speech_fits(&mut found, it, path);
    if found.0.is_empty() { Ok(()) } else { Err(Error::Bad(found.0)) }
}

pub(super) fn pronunciations_fit(found: &mut Findings, all: &[Pronunciation]) {
    found.at_most(all.len(), PRONUNCIATIONS_MAX, "hall.pronunciations");
    for (n, it) in all.iter().enumerate() {
        let path = format!("hall.pronunciations[{n}]");
        found.text(&it.written, 1..=WRITTEN_CHARS_MAX, format!("{path}.written"));
        found.text(&it.pinyin, 1..=PINYIN_CHARS_MAX, format!("{path}.pinyin"));
        pinyin_fits(found, it, &format!("{path}.pinyin"));
        let twice = all[..n].iter().any(|other| other.written == it.written && other.surname == it.surname);
        found.must(!twice, format!("{path}.written"), Wrong::Twice.why("is there twice"));
    }
}

fn pinyin_fits(found: &mut Findings, it: &Pronunciation, field: &str) {
    let mut table = Overrides::default();
    let added = match (it.surname, it.written.is_ascii()) {
        (true, _) => table.add_surname(&it.written, &it.pinyin),
        (false, true) => table.add_english(&it.written, &it.pinyin),
        (false, false) => table.add_word(&it.written, &it.pinyin),
    };
    if let Err(cause) = added {
        found.must(false, field, Wrong::Pinyin.why(cause.to_string()));
    }
}

pub(super) fn speakers_fit(found: &mut Findings, setup: &Setup) {
    found.ids("speakers", setup.speakers.iter().map(|it| it.id.as_str()));
    for it in &setup.speakers {
        let path = format!("speakers.{}", it.id);
        found.names(&it.name, &it.name_en, &path);
        for (n, zone) in it.zones.iter().enumerate() {
            found.known(setup.zone(zone).is_some(), format!("{path}.zones[{n}]"), "zone", zone);
        }
        place_fits(found, it, &path);
        levels_fit(found, it, &path);
    }
}

/// The players whose pages have speakers that came, changed or went. A page asks anew when it comes back; the program
/// beside a device hears of every change of the hall as it follows it, and need not be let go.
pub fn players_of_changed(before: &[Speaker], after: &[Speaker]) -> Vec<String> {
    let gone = before.iter().filter(|it| !after.contains(it));
    let new = after.iter().filter(|it| !before.contains(it));
    let players: std::collections::BTreeSet<_> =
        gone.chain(new).filter(|it| it.output == Output::Page).filter_map(|it| it.player.clone()).collect();
    players.into_iter().collect()
}

fn place_fits(found: &mut Findings, it: &Speaker, path: &str) {
    found.text(it.player.as_deref().unwrap_or_default(), 0..=DEVICE_CHARS_MAX, format!("{path}.player"));
    let least = usize::from(it.output == Output::Device);
    found.text(&it.device, least..=DEVICE_CHARS_MAX, format!("{path}.device"));
}

fn levels_fit(found: &mut Findings, it: &Speaker, path: &str) {
    gain_fits(found, it.gain_db, &format!("{path}.gain_db"));
    gain_fits(found, it.floor_db, &format!("{path}.floor_db"));
    found.at_most(it.levels.len(), LEVELS_MAX, format!("{path}.levels"));
    for (n, level) in it.levels.iter().enumerate() {
        gain_fits(found, level.gain_db, &format!("{path}.levels[{n}].gain_db"));
        let why = Wrong::EndsFirst.why("must not begin when it ends");
        found.must(level.from != level.until, format!("{path}.levels[{n}].until"), why);
    }
}

fn gain_fits(found: &mut Findings, gain: f32, field: &str) {
    let (from, to) = (*GAIN_DB.start(), *GAIN_DB.end());
    found.must(GAIN_DB.contains(&gain), field, Wrong::Other.why(format!("must be {from} to {to} dB")));
}
