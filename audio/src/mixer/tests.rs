//! The mixer by its samples: what is heard when, how loud, and without a click.

use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::announcer::Stop;
use crate::chime::chime;
use crate::sound::Sound;
use crate::testing::{loudness, strength, tone};

const RATE: u32 = 48_000;
const MONO: Format = Format { rate: RATE, channels: 1 };
const MS: usize = 48;

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// Speech of the test: a tone at the speech's loudness.
fn piece(hz: f32, seconds: f32, pause: u64) -> Piece {
    Piece { sound: tone(RATE, hz, seconds), pause: ms(pause) }
}

fn script(id: u64, pieces: &[Piece]) -> Script {
    Script::new(id, (Kind::Hall, RATE), None, pieces, 1, ms(0))
}

fn music(hz: f32) -> Option<Box<dyn Tune>> {
    let sound = tone(RATE, hz, 1.0);
    let frames: Arc<[Frame]> = sound.samples.iter().map(|it| [*it, *it]).collect();
    Some(Box::new(Looped::new(frames)))
}

fn pull(mixer: &mut Mixer, frames: usize) -> Vec<f32> {
    let mut out = vec![0.0; frames * usize::from(mixer.format().channels)];
    mixer.fill(&mut out);
    out
}

fn events(control: &Control) -> Vec<(u64, What)> {
    control.events().map(|it| (it.at, it.what)).collect()
}

/// Where sound begins and ends.
fn heard(samples: &[f32]) -> (usize, usize) {
    let is_heard = |it: &f32| it.abs() > 0.002;
    (samples.iter().position(is_heard).unwrap(), samples.iter().rposition(is_heard).unwrap())
}

/// The largest step between two samples around a place, 2 ms to each side.
fn step_around(samples: &[f32], at: usize) -> f32 {
    let around = &samples[at.saturating_sub(2 * MS)..(at + 2 * MS).min(samples.len())];
    around.windows(2).map(|it| (it[1] - it[0]).abs()).fold(0.0, f32::max)
}

#[test]
fn without_anything_to_say_it_gives_silence_for_ever() {
    let (_control, mut mixer) = mixer(Format { rate: 44_100, channels: 2 }, Kind::Hall);
    assert!(pull(&mut mixer, 10_000).iter().all(|it| *it == 0.0));
    assert_eq!(mixer.position(), 10_000);
}

#[test]
fn speech_keeps_its_loudness_and_begins_at_once() {
    let (control, mut mixer) = mixer(MONO, Kind::Hall);
    pull(&mut mixer, 1_000);
    control.say(script(7, &[piece(997.0, 1.0, 0)]));
    let out = pull(&mut mixer, RATE as usize + 1_000);
    let loud = loudness(&out[..RATE as usize], RATE);
    assert!((-18.5..=-17.5).contains(&loud), "{loud} LUFS");
    assert!(heard(&out).0 < 10 * MS / 10, "it begins with the next block");
    let whole = u64::from(RATE);
    assert_eq!(
        events(&control),
        [
            (1_000, What::DuckStart),
            (1_000, What::Began(7, whole)),
            (1_000 + whole, What::PartEnded),
            (1_000 + whole, What::Ended(7, 1)),
            (1_000 + whole, What::DuckEnd)
        ]
    );
}

#[test]
fn chime_parts_pauses_repeats_and_gaps_stand_where_they_should_to_the_sample() {
    let (control, mut mixer) = mixer(MONO, Kind::Hall);
    let pieces = [piece(300.0, 0.4, 100), piece(500.0, 0.3, 900)];
    let chime = chime(RATE);
    let script = Script::new(1, (Kind::Hall, RATE), Some(&chime), &pieces, 2, ms(700));
    let length = script.frames() as usize;
    assert_eq!(length, 900 * MS + 60 * MS + (400 + 100 + 300) * MS * 2 + 700 * MS);
    control.say(script);
    let out = pull(&mut mixer, length + 100 * MS);
    let at = |hz, from: usize, to: usize| strength(&out[from * MS..to * MS], RATE, hz);
    assert!(at(659.26, 0, 300) > 0.02 && at(523.25, 350, 900) > 0.01, "the chime");
    for from in [960, 960 + 800 + 700] {
        assert!(at(300.0, from, from + 400) > 0.15 && at(500.0, from + 500, from + 800) > 0.15, "from {from}");
        assert!(at(500.0, from, from + 400) < 0.01 && at(300.0, from + 500, from + 800) < 0.01, "from {from}");
        assert!(out[(from + 400) * MS..(from + 500) * MS].iter().all(|it| *it == 0.0), "the pause after {from}");
    }
    assert!(out[1_760 * MS..2_460 * MS].iter().all(|it| *it == 0.0), "the gap");
    let ended = events(&control).into_iter().find(|it| matches!(it.1, What::Ended(..)));
    assert_eq!(ended, Some((length as u64, What::Ended(1, 2))));
    for join in [900, 960, 1_360, 1_460, 1_760, 2_460, 2_860, 2_960, 3_260] {
        let step = step_around(&out, join * MS);
        assert!(step < 0.02, "a step of {step} at {join} ms is a click");
    }
}

#[test]
fn even_a_sound_that_is_cut_off_does_not_click() {
    let (control, mut mixer) = mixer(MONO, Kind::Hall);
    let loud = Sound { rate: RATE, samples: [0.8; 24_000].into() };
    control.say(script(1, &[Piece { sound: loud, pause: ms(50) }, piece(200.0, 0.2, 0)]));
    let out = pull(&mut mixer, RATE as usize);
    assert!(step_around(&out, 0) < 0.02 && step_around(&out, 24_000) < 0.02);
}

#[test]
fn music_goes_down_before_the_chime_and_up_after_the_last_word() {
    let (control, mut mixer) = mixer(MONO, Kind::Hall);
    control.music(music(1_500.0), 0.0);
    pull(&mut mixer, RATE as usize);
    let pieces = [piece(300.0, 0.5, 0)];
    control.say(Script::new(1, (Kind::Hall, RATE), Some(&chime(RATE)), &pieces, 1, ms(0)));
    let out = pull(&mut mixer, 3 * RATE as usize);
    let [duck, began, .., ended, up] = events(&control)[..] else { panic!("five events") };
    assert_eq!((duck, began.0), ((u64::from(RATE), What::DuckStart), u64::from(RATE) + 150 * MS as u64));
    assert_eq!(up, (ended.0, What::DuckEnd));
    let end = (ended.0 - u64::from(RATE)) as usize;
    let loud = |from: usize, to: usize| strength(&out[from..to], RATE, 1_500.0);
    let full = 0.1786;
    assert!(loud(150 * MS, end) < full * factor(DUCK_DB) * 1.1, "under the speech");
    let half = loud(70 * MS, 80 * MS);
    assert!((0.4 * full..0.7 * full).contains(&half), "half-way down it is {half}");
    assert!(loud(end + 410 * MS, end + 600 * MS) > 0.98 * full, "back after 400 ms");
    assert!(loud(end + 300 * MS, end + 350 * MS) < 0.95 * full, "and not before");
    for at in (0..out.len()).step_by(MS) {
        assert!(step_around(&out, at) < 0.09, "a click at {at}");
    }
}

#[test]
fn music_stays_down_between_two_calls() {
    let (control, mut mixer) = mixer(MONO, Kind::Hall);
    control.music(music(1_500.0), 0.0);
    pull(&mut mixer, RATE as usize);
    control.follows(true);
    control.say(script(1, &[piece(300.0, 0.2, 0)]));
    pull(&mut mixer, 350 * MS);
    let between = pull(&mut mixer, 500 * MS);
    assert!(strength(&between, RATE, 1_500.0) < 0.02);
    control.say(script(2, &[piece(300.0, 0.2, 0)]));
    control.follows(false);
    pull(&mut mixer, 250 * MS);
    let ducked: Vec<_> =
        events(&control).into_iter().filter(|it| matches!(it.1, What::DuckStart | What::DuckEnd)).collect();
    assert_eq!(ducked.len(), 2, "down once and up once: {ducked:?}");
}

#[test]
fn another_music_takes_over_without_a_click() {
    let (control, mut mixer) = mixer(Format { rate: RATE, channels: 2 }, Kind::Hall);
    control.music(music(400.0), -6.0);
    let first = pull(&mut mixer, RATE as usize);
    control.music(music(900.0), -6.0);
    let then = pull(&mut mixer, RATE as usize);
    control.music(None, 0.0);
    let last = pull(&mut mixer, RATE as usize);
    let all: Vec<f32> = [first, then, last].concat().chunks(2).map(|it| it[0]).collect();
    assert!((strength(&all[24_000..47_000], RATE, 400.0) - 0.0895).abs() < 0.002);
    assert!(strength(&all[90_000..96_000], RATE, 900.0) > 0.08);
    assert!(all[120_000..].iter().all(|it| it.abs() < 1e-3), "no music is silence");
    assert!(all.windows(2).all(|it| (it[1] - it[0]).abs() < 0.03));
}

#[test]
fn loudness_follows_the_gain_and_never_clips() {
    let (control, mut mixer) = mixer(MONO, Kind::Hall);
    for (db, wanted) in [(0.0, -18.0), (-12.0, -30.0), (6.0, -12.0)] {
        control.gain_db(db);
        control.say(script(1, &[piece(997.0, 1.0, 0)]));
        let out = pull(&mut mixer, RATE as usize + 1_000);
        let loud = loudness(&out[..RATE as usize], RATE);
        assert!((loud - wanted).abs() < 0.5, "{loud} LUFS at {db} dB");
    }
    control.gain_db(30.0);
    control.say(script(1, &[piece(997.0, 1.0, 0)]));
    let peak = pull(&mut mixer, RATE as usize).into_iter().fold(0.0, f32::max);
    assert!((0.88..=PEAK + 0.001).contains(&peak), "{peak}: as loud as goes, and not distorted");
}

#[test]
fn a_change_of_loudness_in_the_middle_of_a_word_is_no_click() {
    let (control, mut mixer) = mixer(MONO, Kind::Hall);
    control.say(script(1, &[piece(100.0, 1.0, 0)]));
    let before = pull(&mut mixer, 24_000);
    control.gain_db(-20.0);
    let all = [before, pull(&mut mixer, 24_000)].concat();
    assert!(step_around(&all, 24_000) < 0.005, "{}", step_around(&all, 24_000));
    assert!(strength(&all[28_800..48_000], RATE, 100.0) < 0.02);
}

#[test]
fn an_interruption_stops_at_the_next_join() {
    let (control, mut mixer) = mixer(MONO, Kind::Hall);
    control.say(script(1, &[piece(300.0, 0.5, 200), piece(500.0, 0.5, 0)]));
    pull(&mut mixer, 200 * MS);
    control.stop(Stop::Join);
    control.say(script(2, &[piece(800.0, 0.5, 0)]));
    let out = pull(&mut mixer, RATE as usize);
    let told = events(&control);
    assert!(told.contains(&(500 * MS as u64, What::Ended(1, 0))), "{told:?}");
    assert!(strength(&out[..300 * MS], RATE, 300.0) > 0.15, "the word is said to its end");
    assert!(strength(&out, RATE, 500.0) < 0.002, "and the next one is not begun");
    assert!(strength(&out[305 * MS..800 * MS], RATE, 800.0) > 0.15);
    assert!(step_around(&out, 300 * MS) < 0.02);
}

#[test]
fn a_pause_is_a_join_too_and_a_stop_at_once_after_the_order_counts() {
    let (control, mut mixer) = mixer(MONO, Kind::Hall);
    control.say(script(1, &[piece(300.0, 0.5, 2_000), piece(500.0, 0.5, 0)]));
    pull(&mut mixer, 600 * MS);
    control.stop(Stop::Join);
    pull(&mut mixer, 128);
    assert!(events(&control).iter().any(|it| it.1 == What::Ended(1, 0)), "a pause is not waited out");
    control.say(script(2, &[piece(300.0, 0.5, 0)]));
    control.stop(Stop::Join);
    assert!(pull(&mut mixer, 600 * MS).iter().all(|it| *it == 0.0));
    let told: Vec<_> = events(&control).into_iter().map(|it| it.1).collect();
    assert!(told.contains(&What::Ended(2, 0)) && !told.iter().any(|it| matches!(it, What::Began(2, _))), "{told:?}");
}

#[test]
fn what_is_not_to_be_repeated_any_more_is_said_to_its_end() {
    let (control, mut mixer) = mixer(MONO, Kind::Hall);
    control.say(Script::new(1, (Kind::Hall, RATE), None, &[piece(300.0, 0.5, 0)], 3, ms(500)));
    pull(&mut mixer, 200 * MS);
    control.stop(Stop::Time);
    pull(&mut mixer, RATE as usize);
    assert!(events(&control).contains(&(500 * MS as u64, What::Ended(1, 1))));
}

#[test]
fn a_loop_gets_speech_alone_at_one_level() {
    let (control, mut mixer) = mixer(MONO, Kind::Loop);
    control.music(music(1_500.0), 0.0);
    control.gain_db(-20.0);
    let pieces = [piece(997.0, 1.0, 0)];
    control.say(Script::new(1, (Kind::Loop, RATE), Some(&chime(RATE)), &pieces, 1, ms(0)));
    let out = pull(&mut mixer, 2 * RATE as usize);
    assert!((loudness(&out[..RATE as usize], RATE) + 18.0).abs() < 0.5);
    assert!(strength(&out, RATE, 1_500.0) < 1e-4 && heard(&out) < (MS, RATE as usize));
    assert!(Script::new(1, (Kind::Loop, RATE), Some(&chime(RATE)), &[], 1, ms(0)).is_silent());
}

#[test]
fn each_channel_carries_the_same_speech_and_its_own_music() {
    let (control, mut mixer) = mixer(Format { rate: RATE, channels: 3 }, Kind::Hall);
    let left: Arc<[Frame]> = [[0.4, 0.0]].into();
    control.music(Some(Box::new(Looped::new(left))), 0.0);
    let out = pull(&mut mixer, RATE as usize);
    let last = &out[out.len() - 3..];
    assert!(last[0] > 0.39 && last[1] == 0.0 && (last[2] - 0.2).abs() < 0.01, "{last:?}");
    control.music(None, 0.0);
    pull(&mut mixer, RATE as usize);
    control.say(script(1, &[piece(300.0, 0.2, 0)]));
    assert!(pull(&mut mixer, 200 * MS).chunks(3).all(|it| it[0] == it[1] && it[1] == it[2]));
}

#[test]
fn a_device_that_takes_odd_numbers_of_frames_hears_the_same() {
    let whole = {
        let (control, mut mixer) = mixer(MONO, Kind::Hall);
        control.say(script(1, &[piece(300.0, 0.5, 40), piece(500.0, 0.5, 0)]));
        pull(&mut mixer, RATE as usize)
    };
    let (control, mut mixer) = mixer(MONO, Kind::Hall);
    control.say(script(1, &[piece(300.0, 0.5, 40), piece(500.0, 0.5, 0)]));
    let mut pieces = Vec::new();
    while pieces.len() < whole.len() {
        let frames = (pieces.len() % 333 + 1).min(whole.len() - pieces.len());
        pieces.extend(pull(&mut mixer, frames));
    }
    assert_eq!(pieces, whole);
}
