//! How this player is, as the hub is told: every ten seconds, and soon after a change.

use std::collections::BTreeMap;
use std::time::Duration;

use audio::announcer::{Moment, Tally};
use serde::Serialize;

/// Told at least so often.
const EVERY: Duration = Duration::from_secs(10);
/// And at most so often.
const NOT_WITHIN: Duration = Duration::from_secs(1);
/// Longest sentence in a report, characters.
const DETAIL_CHARS_MAX: usize = 200;

/// How a player is.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Report {
    /// Version of this program.
    pub version: &'static str,
    /// Sound devices of this machine, `alsa:spk_a`.
    pub devices: Vec<String>,
    /// Its speakers.
    pub speakers: Vec<SpeakerReport>,
    /// How far this machine's clock is ahead of the hub's, milliseconds.
    pub clock_offset_ms: Option<i64>,
}

/// How a speaker is; its figures count from the start of the program.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct SpeakerReport {
    /// Its id.
    pub id: String,
    /// Whether it can be heard.
    pub state: State,
    /// What is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Said.
    pub spoken: u64,
    /// Not said, by reason.
    pub dropped: BTreeMap<&'static str, u64>,
}

/// Whether a speaker can be heard.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It can.
    Ok,
    /// Its sound device is not there, or was not a moment ago: one that fails again and again is no device.
    Gone,
    /// There were no sounds for what was to be said last.
    Silent,
}

impl SpeakerReport {
    /// The report of one speaker; `device` of the stale ones were stale because its device was
    /// not there.
    pub fn new(id: &str, state: State, detail: Option<&str>, tally: Tally, device: u64) -> Self {
        let lost = device + tally.broken;
        let counts = [
            ("stale", tally.stale.saturating_sub(device)),
            ("merged", tally.merged),
            ("full", tally.full),
            ("withdrawn", tally.withdrawn),
            ("mute", tally.mute),
            ("device", lost),
        ];
        let plain = |it: &str| it.chars().filter(|it| !it.is_control()).take(DETAIL_CHARS_MAX).collect();
        Self {
            id: id.to_owned(),
            state,
            detail: detail.map(plain),
            spoken: tally.said,
            dropped: counts.into_iter().filter(|(_, count)| *count > 0).collect(),
        }
    }
}

/// When to tell.
#[derive(Debug, Default)]
pub struct Rhythm {
    told: Option<(Moment, Vec<SpeakerReport>)>,
}

impl Rhythm {
    /// Whether it is time: it has been a while, or something has changed.
    pub fn is_due(&mut self, now: Moment, speakers: &[SpeakerReport]) -> bool {
        let due = self.told.as_ref().is_none_or(|(at, said)| {
            let since = now.saturating_sub(*at);
            since >= EVERY || (since >= NOT_WITHIN && said != speakers)
        });
        if due {
            self.told = Some((now, speakers.to_vec()));
        }
        due
    }

    /// It was not heard: tell again soon.
    pub fn missed(&mut self) {
        if let Some((_, said)) = &mut self.told {
            said.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn s(seconds: f64) -> Moment {
        Duration::from_secs_f64(seconds)
    }

    #[test]
    fn it_is_told_every_ten_seconds_and_soon_after_a_change() {
        let one = |state| vec![SpeakerReport::new("a", state, None, Tally::default(), 0)];
        let mut rhythm = Rhythm::default();
        assert!(rhythm.is_due(s(0.0), &one(State::Ok)));
        assert!(!rhythm.is_due(s(5.0), &one(State::Ok)));
        assert!(rhythm.is_due(s(5.1), &one(State::Gone)));
        assert!(!rhythm.is_due(s(5.5), &one(State::Ok)), "not twice within a second");
        assert!(rhythm.is_due(s(6.1), &one(State::Ok)));
        assert!(!rhythm.is_due(s(16.0), &one(State::Ok)));
        assert!(rhythm.is_due(s(16.1), &one(State::Ok)));
        rhythm.missed();
        assert!(rhythm.is_due(s(17.1), &one(State::Ok)));
    }

    #[test]
    fn what_was_dropped_is_told_by_reason_and_a_device_that_was_away_is_one() {
        let tally = Tally { said: 4, stale: 5, merged: 1, broken: 1, ..Tally::default() };
        let report = SpeakerReport::new("a", State::Gone, Some("spk_a:\nno such device"), tally, 3);
        assert_eq!(
            serde_json::to_value(&report).unwrap(),
            serde_json::json!({"id": "a", "state": "gone", "detail": "spk_a:no such device", "spoken": 4,
                "dropped": {"stale": 2, "merged": 1, "device": 4}})
        );
    }
}
