//! How players are, as they say themselves: what they can play on, and what became of what was to be said.
//!
//! In memory only: a player says it again within seconds.

use std::collections::{BTreeMap, HashMap};

use hall::setup::{Output, Speaker};
use hall::{HallId, Setup};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

use crate::Hub;
use crate::alerts::Kind;
use crate::error::{Error, Wrong};
use crate::metrics;
use crate::setup::Findings;
use crate::store::players;

/// Most sound devices of one player.
const DEVICES_MAX: usize = 64;
/// Most speakers of one player.
const SPEAKERS_MAX: usize = 64;
/// Longest name, version or sentence in a report, characters.
const TEXT_CHARS_MAX: usize = 200;
/// A player that is away for so many rounds is missed; a restart is shorter.
const ROUNDS_AWAY: u8 = 2;

/// How a player is.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlayerReport)]
pub struct Report {
    /// Version of its program.
    pub version: String,
    /// Names of its sound devices.
    #[serde(default)]
    pub devices: Vec<String>,
    /// Its speakers.
    #[serde(default)]
    pub speakers: Vec<SpeakerReport>,
    /// How far its clock is ahead of the hub's, milliseconds.
    #[serde(default)]
    pub clock_offset_ms: Option<i64>,
}

/// How a speaker is; its figures count from the start of the player.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SpeakerReport {
    /// Its id.
    pub id: String,
    /// Whether it can be heard.
    pub state: SpeakerState,
    /// What is wrong, in words.
    #[serde(default)]
    pub detail: Option<String>,
    /// Announcements it has said.
    #[serde(default)]
    pub spoken: u64,
    /// Announcements it has not said, by reason: `stale, merged, full, withdrawn, mute, device`.
    #[serde(default)]
    pub dropped: BTreeMap<Dropped, u64>,
}

/// Whether a speaker can be heard.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpeakerState {
    /// It can.
    #[default]
    Ok,
    /// Its sound device is not there.
    Gone,
    /// Sounds could not be had or played.
    Silent,
    /// A page that nobody has touched yet: browsers allow no sound before.
    Untouched,
}

/// Why something was not said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Dropped {
    /// It could not begin in time.
    Stale,
    /// The same was waiting to be said already.
    Merged,
    /// Too much was waiting.
    Full,
    /// It was taken back, or the ticket is no longer called.
    Withdrawn,
    /// No voice has sounds for it.
    Mute,
    /// The sound device is not there.
    Device,
}

impl Dropped {
    fn word(self) -> &'static str {
        match self {
            Self::Stale => "stale",
            Self::Merged => "merged",
            Self::Full => "full",
            Self::Withdrawn => "withdrawn",
            Self::Mute => "mute",
            Self::Device => "device",
        }
    }
}

/// The last report of each player, and who was missed for how long.
#[derive(Debug, Default)]
pub struct Reports {
    last: Mutex<HashMap<String, Report>>,
    away: Mutex<HashMap<(String, String), u8>>,
}

impl Reports {
    /// What a player said last.
    pub fn of(&self, player: &str) -> Option<Report> {
        self.last.lock().get(player).cloned()
    }

    /// What a player said last of one of its speakers.
    pub fn of_speaker(&self, player: &str, speaker: &str) -> Option<SpeakerReport> {
        self.last.lock().get(player)?.speakers.iter().find(|it| it.id == speaker).cloned()
    }

    /// A player's program and its page each report the speakers they have: one keeps what the other said.
    fn replace(&self, player: &str, mut report: Report) -> Option<Report> {
        let mut all = self.last.lock();
        let before = all.remove(player);
        if let Some(before) = &before {
            let others = before.speakers.iter().filter(|it| !report.speakers.iter().any(|new| new.id == it.id));
            let others: Vec<_> = others.take(SPEAKERS_MAX).cloned().collect();
            report.speakers.extend(others);
            report.speakers.truncate(2 * SPEAKERS_MAX);
            if report.devices.is_empty() {
                report.devices.clone_from(&before.devices);
            }
        }
        all.insert(player.to_owned(), report);
        before
    }

    /// A player is gone for good.
    pub fn forget(&self, player: &str) {
        self.last.lock().remove(player);
    }
}

/// Takes the report of a player in: counts, raises what is wrong and closes what is well again.
pub async fn take(hub: &Hub, player: &str, report: Report) -> Result<(), Error> {
    must_fit(&report)?;
    let found = players::by_id(&hub.db, player).await?.ok_or(Error::Missing("player"))?;
    let hall = HallId::from(found.hall.as_str());
    let setup = hub.halls.seen(&hall).await?.hall.setup.clone();
    if found.version.as_deref() != Some(&report.version) {
        hub.db.write(async |tx| players::set_version(tx, player, &report.version).await).await?;
    }
    for it in report.speakers.iter().filter(|it| is_its_own(&setup, player, &it.id)) {
        match trouble(it) {
            Some(detail) => hub.alerts.raise(Kind::Speaker, Some(&hall), &it.id, detail).await?,
            None => hub.alerts.over(Kind::Speaker, Some(&hall), &it.id).await?,
        }
    }
    let before = hub.reports.replace(player, report.clone());
    count(before.as_ref(), &report);
    Ok(())
}

/// Refuses a speaker that nobody would hear: its player is away, or says that its sound device is.
pub fn must_be_heard(hub: &Hub, speaker: &Speaker) -> Result<(), Error> {
    let player = speaker.player.as_deref().filter(|it| hub.roster.is_online(it));
    let player =
        player.ok_or_else(|| Error::Conflict("offline", "the player of this speaker is not connected".into()))?;
    let said = hub.reports.of_speaker(player, speaker.id.as_str());
    match said.filter(|it| it.state == SpeakerState::Gone) {
        Some(it) => {
            let why = it.detail.unwrap_or_else(|| speaker.device.clone());
            Err(Error::Conflict("gone", format!("the sound device of this speaker is not there: {why}")))
        }
        None => Ok(()),
    }
}

fn is_its_own(setup: &Setup, player: &str, speaker: &str) -> bool {
    setup.speaker(&speaker.into()).is_some_and(|it| it.player.as_deref() == Some(player))
}

fn trouble(it: &SpeakerReport) -> Option<&'static str> {
    match it.state {
        SpeakerState::Ok => None,
        SpeakerState::Gone => Some("gone"),
        SpeakerState::Silent => Some("silent"),
        SpeakerState::Untouched => Some("untouched"),
    }
}

/// Counts what came since the last report; figures that went back are those of a player that has started again.
fn count(before: Option<&Report>, now: &Report) {
    for it in &now.speakers {
        let old = before.and_then(|before| before.speakers.iter().find(|old| old.id == it.id));
        let more = |now: u64, old: u64| if now >= old { now - old } else { now };
        metrics::spoken(more(it.spoken, old.map_or(0, |old| old.spoken)));
        for (why, count) in &it.dropped {
            let old = old.and_then(|old| old.dropped.get(why)).copied().unwrap_or(0);
            metrics::not_spoken(why.word(), more(*count, old));
        }
    }
}

fn must_fit(report: &Report) -> Result<(), Error> {
    let mut found = Findings::default();
    found.text(&report.version, 1..=TEXT_CHARS_MAX, "version");
    found.at_most(report.devices.len(), DEVICES_MAX, "devices");
    found.at_most(report.speakers.len(), SPEAKERS_MAX, "speakers");
    let texts = report.devices.iter().map(|it| ("devices", it)).chain(
        report
            .speakers
            .iter()
            .flat_map(|it| [("speakers", &it.id)].into_iter().chain(it.detail.as_ref().map(|it| ("detail", it)))),
    );
    for (field, text) in texts {
        let fits = text.chars().count() <= TEXT_CHARS_MAX && !text.chars().any(char::is_control);
        found.must(fits, field, Wrong::Length.within(0..=TEXT_CHARS_MAX, "is too long, or has several lines"));
    }
    if found.0.is_empty() { Ok(()) } else { Err(Error::Bad(found.0)) }
}

/// Raises speakers whose player is away, and closes alerts of speakers that are no longer there.
pub async fn look_for_speakers(hub: &Hub) -> Result<(), Error> {
    let mut open = hub.alerts.open_of(Kind::Speaker).await?;
    let mut missed = Vec::new();
    for listed in hub.halls.list().await? {
        let hall = HallId::from(listed.id);
        let Ok(seen) = hub.halls.seen(&hall).await else { continue };
        for it in &seen.hall.setup.speakers {
            open.retain(|(in_hall, speaker)| in_hall != hall.as_str() || speaker != it.id.as_str());
            let Some(player) = &it.player else { continue };
            let key = (hall.to_string(), it.id.to_string());
            if hub.roster.is_online(player) {
                hub.reports.away.lock().remove(&key);
                if hub.reports.of(player).is_none() {
                    hub.alerts.over(Kind::Speaker, Some(&hall), it.id.as_str()).await?;
                }
                continue;
            }
            // A page that nobody has opened since this hub began is no trouble yet.
            let never = it.output == Output::Page && !hub.roster.players_in(&hall).contains_key(player);
            if never {
                continue;
            }
            let mut away = hub.reports.away.lock();
            let rounds = away.entry(key).or_default();
            *rounds = rounds.saturating_add(1);
            if *rounds >= ROUNDS_AWAY {
                missed.push((hall.clone(), it.id.clone()));
            }
        }
    }
    for (hall, speaker) in missed {
        hub.alerts.raise(Kind::Speaker, Some(&hall), speaker.as_str(), "offline").await?;
    }
    for (hall, speaker) in open {
        hub.alerts.over(Kind::Speaker, Some(&hall.into()), &speaker).await?;
    }
    Ok(())
}
