//! The voice with speakers that nobody hears and a clock of the test's own: who says what, when, and what not.

use audio::Sound;
use audio::announcer::ANEW_MAX;
use audio::mixer::{Format, Kind};
use audio::speaker::{Gone, Line, Null, Open};
use serde_json::{Value, json};

use super::*;

const RATE: u32 = 8_000;

/// A player of two zones' speakers, at 09:00 of the hub's clock.
struct Stage {
    voice: Voice,
    now: Moment,
    seq: i64,
    /// Whether devices are there.
    there: Arc<Mutex<bool>>,
    _folder: tempfile::TempDir,
}

/// A device that can be pulled out.
struct Cable(Arc<Mutex<bool>>);

impl Output for Cable {
    fn open(&mut self, kind: Kind) -> Result<Open, Gone> {
        if !*self.0.lock() {
            return Err(Gone("it is pulled out".into()));
        }
        let Open { control, format, line } = Null(Format { rate: RATE, channels: 1 }).open(kind)?;
        Ok(Open { control, format, line: Box::new(Pulled(line, Arc::clone(&self.0))) })
    }
}

struct Pulled(Box<dyn Line>, Arc<Mutex<bool>>);

impl Line for Pulled {
    fn tick(&mut self, now: Moment) -> Result<(), Gone> {
        if *self.1.lock() { self.0.tick(now) } else { Err(Gone("pulled out".into())) }
    }

    fn latency(&self) -> Duration {
        Duration::ZERO
    }
}

fn hub_time(seconds: f64) -> DateTime<Utc> {
    let start: DateTime<Utc> = "2026-11-22T09:00:00Z".parse().unwrap();
    start + Duration::from_secs_f64(seconds)
}

impl Stage {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Arc::new(Mutex::new(Shelf::open(folder.path().into(), 1_000_000)));
        for key in ["ticket", "place"] {
            let samples = vec![0.1; RATE as usize].into();
            shelf.lock().make_ready(key, Sound { rate: RATE, samples });
        }
        let there = Arc::new(Mutex::new(true));
        let cable = Arc::clone(&there);
        let outputs: Outputs = Box::new(move |_| Box::new(Cable(Arc::clone(&cable))));
        let mut voice = Voice::new(shelf, outputs, Opening::AtOnce, Music::default());
        let own = json!({"hall": "h", "time_zone": "UTC", "speakers": [
            {"id": "a", "name": "东厅", "zones": ["east"], "output": "device", "device": "spk_a", "kind": "hall"},
            {"id": "b", "zones": ["west"], "output": "device", "device": "spk_b", "kind": "hall"},
            {"id": "c", "zones": ["west"], "output": "page"},
        ]});
        voice.settle(&serde_json::from_value(own).unwrap());
        let mut stage = Self { voice, now: Moment::ZERO, seq: 0, there, _folder: folder };
        stage.hear(json!({"welcome": {"now": hub_time(0.0), "heartbeat_s": 15, "retry": {"min_s": 1, "max_s": 2}}}));
        stage
    }

    fn hear(&mut self, what: Value) -> Vec<Want> {
        let heard: Heard = serde_json::from_value(what).unwrap();
        self.voice.hear(&heard, self.now)
    }

    fn frame(&mut self, frame: Value) -> Vec<Want> {
        self.seq += 1;
        self.hear(json!({"hall": "h", "at": {"epoch": 1, "seq": self.seq}, "frame": frame}))
    }

    /// Lets time pass and tells who began: speaker, what, and when by the hub's clock.
    fn pass(&mut self, seconds: f64) -> Vec<(String, String, f64)> {
        let until = self.now + Duration::from_secs_f64(seconds);
        let mut begun = Vec::new();
        while self.now < until {
            self.now = (self.now + Duration::from_millis(10)).min(until);
            begun.extend(self.voice.tick(self.now, hub_time(0.0)));
        }
        let what = |it: &Began| it.announcement.clone().unwrap_or_else(|| it.ticket.unwrap().to_string());
        let at = |it: &Began| (it.begins - hub_time(0.0)).num_milliseconds() as f64 / 1_000.0;
        begun.iter().map(|it| (it.speaker.clone(), what(it), at(it))).collect()
    }

    fn counts(&self, speaker: usize) -> Value {
        let report = &self.voice.report()[speaker];
        json!({"spoken": report.spoken, "dropped": report.dropped, "state": report.state})
    }
}

fn ticket(number: i64, state: &str, zones: &[&str]) -> Value {
    json!({"ref": number, "number": format!("A{number:03}"), "queue": "q", "state": state,
        "counter": if state == "waiting" { Value::Null } else { json!("c1") }, "zones": zones, "order": number})
}

fn aloud() -> Value {
    json!({"say": [{"language": "zh", "text": "请到一号窗口", "parts": [{"key": "ticket"}, {"key": "place"}]}],
        "repeat": 1, "gap_ms": 500, "chime": true, "stale_s": 30})
}

fn called(number: i64, zones: &[&str], at: f64) -> Value {
    json!({"called": {"ticket": ticket(number, "called", zones), "zones": zones, "times": 1, "speak_at": hub_time(at),
        "aloud": aloud()}})
}

fn touch(kind: &str, number: i64, state: &str) -> Value {
    json!({kind: {"ticket": ticket(number, state, &["east"]), "zones": ["east"]}})
}

fn announced(id: &str, more: Value) -> Value {
    let mut it = json!({"id": id, "text": "x", "clip": null, "zones": [], "speakers": [], "language": null, "repeat": 1,
        "time": hub_time(0.0), "until": hub_time(60.0), "aloud": aloud()});
    it.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({ "announced": it })
}

fn names(begun: &[(String, String, f64)]) -> Vec<(&str, &str)> {
    begun.iter().map(|(speaker, what, _)| (speaker.as_str(), what.as_str())).collect()
}

#[test]
fn each_speaker_says_what_concerns_its_zone_both_at_once() {
    let mut stage = Stage::new();
    stage.frame(called(1, &["east"], 0.0));
    stage.frame(called(2, &["west"], 0.0));
    stage.frame(called(3, &[], 0.0));
    let begun = stage.pass(12.0);
    assert_eq!(names(&begun), [("a", "1"), ("b", "2"), ("a", "3"), ("b", "3")]);
    assert!(begun[1].2 - begun[0].2 < 0.02, "at the same time: {begun:?}");
    assert!((3.4..3.7).contains(&(begun[2].2 - begun[0].2)), "chime, two words, a pause: {begun:?}");
    assert_eq!(stage.counts(0), json!({"spoken": 2, "dropped": {}, "state": "ok"}));
}

#[test]
fn a_call_is_said_at_its_time_and_not_when_that_is_long_ago() {
    let mut stage = Stage::new();
    stage.pass(60.0);
    stage.frame(called(1, &["east"], 60.5));
    stage.frame(called(2, &["west"], 20.0));
    let begun = stage.pass(5.0);
    assert_eq!(names(&begun), [("a", "1")]);
    assert!((60.5..60.53).contains(&begun[0].2), "{begun:?}");
    assert_eq!(stage.counts(1)["dropped"], json!({"stale": 1}));
}

#[test]
fn nothing_is_called_from_a_board() {
    let mut stage = Stage::new();
    let board = json!({"at": {"epoch": 1, "seq": 9}, "hall": {"id": "h", "name": "", "name_en": "", "site": "", "site_en": "",
        "time_zone": "UTC", "counter_word": "", "counter_word_en": "", "missed_hint": "", "missed_hint_en": "",
        "ticker": [], "undo_s": 0, "reasons": [], "classes": []}, "day": null, "queues": [],
        "tickets": [ticket(1, "called", &["east"])], "counters": [], "calls": [], "missed": [], "notices": []});
    stage.hear(json!({"hall": "h", "board": board}));
    assert_eq!(stage.pass(5.0), []);
    // But what it no longer shows is not called any more.
    stage.frame(called(1, &["east"], 5.5));
    stage.frame(called(2, &["east"], 5.5));
    stage.hear(json!({"hall": "h", "board": board}));
    assert_eq!(names(&stage.pass(10.0)), [("a", "1")]);
    assert_eq!(stage.counts(0)["dropped"], json!({"withdrawn": 1}));
}

#[test]
fn who_is_no_longer_called_is_not_called_aloud() {
    for (kind, state) in
        [("started", "serving"), ("no_show", "no_show"), ("cancelled", "cancelled"), ("undone", "waiting")]
    {
        let mut stage = Stage::new();
        stage.frame(called(1, &["east"], 0.0));
        stage.frame(called(2, &["east"], 0.0));
        stage.pass(0.1);
        let mut over = touch(kind, 2, state);
        if kind == "undone" {
            over["undone"]["undoes"] = json!(1);
        }
        stage.frame(over);
        assert_eq!(names(&stage.pass(10.0)), [("a", "1"); 0], "1 had begun, 2 is over: {kind}");
        assert_eq!(stage.counts(0), json!({"spoken": 1, "dropped": {"withdrawn": 1}, "state": "ok"}), "{kind}");
    }
}

#[test]
fn an_emergency_interrupts_everywhere_and_the_call_is_said_again() {
    let mut stage = Stage::new();
    stage.frame(called(1, &["east"], 0.0));
    assert_eq!(names(&stage.pass(1.5)), [("a", "1")]);
    stage.frame(announced("fire", json!({"emergency": true, "time": hub_time(1.5)})));
    let begun = stage.pass(12.0);
    assert_eq!(names(&begun), [("b", "fire"), ("a", "fire"), ("a", "1")]);
    assert!(begun[1].2 < 2.1, "at the join after the first word: {begun:?}");
    assert_eq!(stage.counts(0), json!({"spoken": 2, "dropped": {}, "state": "ok"}));
}

#[test]
fn an_announcement_goes_to_named_speakers_and_is_taken_back() {
    let mut stage = Stage::new();
    stage.frame(announced("x", json!({"speakers": ["东厅"]})));
    stage.frame(announced("y", json!({"zones": ["west"]})));
    assert_eq!(names(&stage.pass(0.2)), [("a", "x"), ("b", "y")]);
    stage.frame(called(1, &["east"], 0.0));
    stage.frame(json!({"withdrawn": {"id": "x", "zones": [], "time": hub_time(0.2)}}));
    let begun = stage.pass(5.0);
    assert_eq!(names(&begun), [("a", "1")]);
    assert!(begun[0].2 < 1.7, "it stopped at the end of its chime: {begun:?}");
}

#[test]
fn without_sounds_the_chime_is_heard_and_the_speaker_says_so() {
    let mut stage = Stage::new();
    let mut call = called(1, &["east"], 0.0);
    call["called"]["aloud"]["say"][0]["parts"][0]["key"] = json!("missing");
    let wants = stage.frame(call);
    assert_eq!(wants, [Want::Sounds(vec!["missing".into()])]);
    assert_eq!(stage.pass(1.5), [], "a chime alone says nothing");
    let counts = stage.counts(0);
    assert_eq!((&counts["state"], &counts["dropped"]), (&json!("silent"), &json!({})), "it sounds after a second");
    stage.pass(1.5);
    assert_eq!(stage.counts(0)["dropped"], json!({"mute": 1}));
    let mut call = called(2, &["east"], 3.0);
    call["called"]["aloud"]["say"] = json!([]);
    call["called"]["aloud"]["chime"] = json!(false);
    stage.frame(call);
    assert_eq!(stage.pass(2.0), []);
    assert_eq!(stage.counts(0)["dropped"], json!({"mute": 2}));
    stage.frame(called(3, &["east"], 5.0));
    stage.pass(4.0);
    assert_eq!(stage.counts(0)["state"], json!("ok"));
}

#[test]
fn what_the_hub_has_no_sound_for_is_not_waited_for() {
    let mut stage = Stage::new();
    let mut call = called(1, &["east"], 0.0);
    call["called"]["aloud"]["say"][0]["parts"][0]["key"] = json!("missing");
    stage.frame(call);
    assert_eq!(stage.pass(0.2), []);
    stage.voice.shelf.lock().lacks("missing", true);
    stage.pass(1.5);
    assert_eq!(stage.counts(0)["dropped"], json!({"mute": 1}), "the chime at once");
}

#[test]
fn words_that_no_voice_has_are_no_fault_of_the_speaker() {
    let mut stage = Stage::new();
    let mut words = announced("x", json!({}));
    words["announced"]["aloud"]["say"][0]["parts"][0]["key"] = json!("unvoiced");
    stage.frame(words);
    stage.voice.shelf.lock().lacks_voice("unvoiced");
    assert_eq!(stage.pass(4.0), [], "nobody has said it");
    let counts = stage.counts(0);
    assert_eq!((&counts["state"], &counts["dropped"]), (&json!("ok"), &json!({"mute": 1})));
}

#[test]
fn words_that_are_still_being_made_are_waited_for_and_let_calls_pass() {
    let mut stage = Stage::new();
    let mut words = announced("x", json!({}));
    words["announced"]["aloud"]["say"][0]["parts"][0]["key"] = json!("late");
    stage.frame(words);
    assert_eq!(stage.pass(5.0), []);
    stage.frame(called(1, &["east"], 5.0));
    assert_eq!(names(&stage.pass(8.0)), [("a", "1")]);
    let sound = Sound { rate: RATE, samples: vec![0.1; RATE as usize].into() };
    stage.voice.shelf.lock().make_ready("late", sound);
    assert!(names(&stage.pass(4.0)).contains(&("a", "x")));
}

#[test]
fn a_sound_that_comes_in_time_is_said() {
    let mut stage = Stage::new();
    let mut call = called(1, &["east"], 0.0);
    call["called"]["aloud"]["say"][0]["parts"][0]["key"] = json!("late");
    stage.frame(call);
    assert_eq!(stage.pass(0.3), []);
    let sound = Sound { rate: RATE, samples: vec![0.1; RATE as usize].into() };
    stage.voice.shelf.lock().make_ready("late", sound);
    let begun = stage.pass(4.0);
    assert!(begun.len() == 1 && begun[0].2 < 0.35, "{begun:?}");
    assert_eq!(stage.counts(0)["state"], json!("ok"));
}

#[test]
fn a_device_that_is_pulled_out_comes_back_and_what_is_still_fresh_is_said_from_its_start() {
    let mut stage = Stage::new();
    stage.frame(called(1, &["east"], 0.0));
    stage.pass(1.5);
    *stage.there.lock() = false;
    stage.pass(5.0);
    assert_eq!(stage.counts(0)["state"], json!("gone"));
    assert_eq!(stage.voice.report()[0].detail.as_deref(), Some("it is pulled out"));
    *stage.there.lock() = true;
    let begun = stage.pass(20.0);
    assert_eq!(names(&begun), [("a", "1")]);
    assert_eq!(stage.counts(0), json!({"spoken": 1, "dropped": {}, "state": "gone"}), "it is not believed yet");
    stage.pass(9.0);
    assert_eq!(stage.counts(0)["state"], json!("ok"));
    *stage.there.lock() = false;
    stage.frame(called(2, &["east"], 35.5));
    stage.pass(60.0);
    assert_eq!(stage.counts(0)["dropped"], json!({"device": 1}), "it was not said for want of a device");
}

/// A device that breaks off while it plays, every second time it is opened.
#[derive(Clone, Default)]
struct Flapping {
    opened: Arc<Mutex<u64>>,
}

impl Output for Flapping {
    fn open(&mut self, kind: Kind) -> Result<Open, Gone> {
        let mut opened = self.opened.lock();
        *opened += 1;
        let fails_after = (*opened % 2 == 1).then_some(Duration::from_millis(800));
        let Open { control, format, line } = Null(Format { rate: RATE, channels: 1 }).open(kind)?;
        let lasts = fails_after.unwrap_or(Duration::from_millis(3_500));
        Ok(Open { control, format, line: Box::new(Breaking { line, lasts, since: None }) })
    }
}

struct Breaking {
    line: Box<dyn Line>,
    lasts: Duration,
    since: Option<Moment>,
}

impl Line for Breaking {
    fn tick(&mut self, now: Moment) -> Result<(), Gone> {
        let since = *self.since.get_or_insert(now);
        if now - since > self.lasts { Err(Gone("I/O error".into())) } else { self.line.tick(now) }
    }

    fn latency(&self) -> Duration {
        Duration::ZERO
    }
}

/// A stage whose one speaker's device flaps, and how often it was opened.
fn flapping() -> (Stage, Arc<Mutex<u64>>) {
    let mut stage = Stage::new();
    let device = Flapping::default();
    let opened = Arc::clone(&device.opened);
    let outputs: Outputs = Box::new(move |_| Box::new(device.clone()));
    stage.voice = Voice::new(Arc::clone(&stage.voice.shelf), outputs, Opening::AtOnce, Music::default());
    let own = json!({"hall": "h", "time_zone": "UTC", "speakers": [{"id": "a", "zones": ["east"], "device": "x"}]});
    stage.voice.settle(&serde_json::from_value(own).unwrap());
    stage.hear(json!({"welcome": {"now": hub_time(0.0), "heartbeat_s": 15, "retry": {"min_s": 1, "max_s": 2}}}));
    (stage, opened)
}

#[test]
fn a_device_that_flaps_is_tried_less_and_less_and_stays_gone_for_whoever_looks() {
    let (mut stage, opened) = flapping();
    stage.pass(1.0);
    let (mut states, mut tries) = (Vec::new(), Vec::new());
    for _ in 0..120 {
        stage.pass(0.5);
        states.push(stage.counts(0)["state"].clone());
        tries.push(*opened.lock());
    }
    assert!(states.iter().all(|it| *it == "gone"), "no flap is news: {states:?}");
    assert!((6..=9).contains(&tries[119]), "in a minute of flaps it was opened {} times", tries[119]);
    assert!(tries[119] - tries[59] <= 3, "and in its second half less: {tries:?}");
}

#[test]
fn a_call_that_breaks_off_is_begun_anew_a_few_times_and_an_emergency_for_as_long_as_it_is_fresh() {
    let (mut stage, _) = flapping();
    stage.frame(called(1, &["east"], 0.0));
    let mut call = called(2, &["east"], 0.0);
    call["called"]["aloud"]["repeat"] = json!(3);
    stage.frame(call);
    let begun = stage.pass(60.0);
    let times = |what: &str| begun.iter().filter(|(_, it, _)| it == what).count();
    assert_eq!((times("1"), times("2")), (2, 1 + ANEW_MAX as usize), "{begun:?}");
    let counts = stage.counts(0);
    assert_eq!((&counts["spoken"], &counts["dropped"]), (&json!(1), &json!({"device": 1})));
    let (mut stage, _) = flapping();
    stage.frame(announced(
        "fire",
        json!({"emergency": true, "aloud": {"repeat": 3, "chime": true, "stale_s": 60,
        "gap_ms": 500, "say": aloud()["say"]}}),
    ));
    let begun = stage.pass(60.0);
    assert!(begun.len() > 3, "{begun:?}");
}

#[test]
fn equal_calls_are_one_and_a_recall_while_it_is_said_is_a_second() {
    let mut stage = Stage::new();
    stage.frame(called(9, &["east"], 0.0));
    for at in [0.0, 0.1] {
        stage.frame(called(1, &["east"], at));
    }
    assert_eq!(names(&stage.pass(7.0)), [("a", "9"), ("a", "1")]);
    stage.frame(called(1, &["east"], 7.0));
    assert_eq!(names(&stage.pass(6.0)), [("a", "1")]);
    assert_eq!(stage.counts(0), json!({"spoken": 3, "dropped": {"merged": 1}, "state": "ok"}));
}

#[test]
fn the_sounds_of_a_ticket_are_wanted_when_it_is_issued_where_it_may_be_called() {
    let mut stage = Stage::new();
    assert_eq!(stage.frame(touch("issued", 5, "waiting")), [Want::Ticket(5)]);
    let elsewhere = json!({"issued": {"ticket": ticket(6, "waiting", &["north"]), "zones": ["north"]}});
    assert_eq!(stage.frame(elsewhere), []);
}

#[test]
fn a_test_is_played_on_one_speaker_and_told_to_no_screen() {
    let mut stage = Stage::new();
    stage.hear(json!({"hall": "h", "voice": {"test": {"speaker": "b", "aloud": aloud()}}}));
    assert_eq!(stage.pass(4.0), []);
    assert_eq!((stage.counts(0)["spoken"].clone(), stage.counts(1)["spoken"].clone()), (json!(0), json!(1)));
}

#[test]
fn a_change_of_its_levels_does_not_interrupt_a_speaker_and_another_device_does() {
    let mut stage = Stage::new();
    stage.frame(called(1, &["east"], 0.0));
    stage.pass(0.5);
    let own = |device: &str| {
        let speakers = json!([{"id": "a", "zones": ["east"], "device": device, "kind": "hall", "gain_db": -3.0}]);
        serde_json::from_value(json!({"hall": "h", "time_zone": "Asia/Shanghai", "speakers": speakers})).unwrap()
    };
    stage.voice.settle(&own("spk_a"));
    stage.pass(4.0);
    assert_eq!(stage.counts(0)["spoken"], json!(1));
    stage.voice.settle(&own("spk_x"));
    assert_eq!(stage.counts(0)["spoken"], json!(0), "another device is another speaker");
}

#[test]
fn a_frame_of_tomorrow_is_no_call_but_its_ticket_is_believed() {
    let mut stage = Stage::new();
    stage.frame(called(9, &["east"], 0.0));
    stage.frame(called(1, &["east"], 0.0));
    stage.pass(0.5);
    stage.frame(json!({"teleported": {"ticket": ticket(1, "serving", &["east"]), "zones": ["east"]}}));
    assert_eq!(stage.pass(8.0), []);
    assert_eq!(stage.counts(0)["dropped"], json!({"withdrawn": 1}));
}
