//! Announce: something is said by hand in zones; the words stand outside the journal.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::ask::Ask;
use crate::draft::Draft;
use crate::event::{Announced, Event};
use crate::fold::{Fold, Notice, Touched};
use crate::ids::{AnnouncementId, SpeakerId, ZoneId};
use crate::refusal::{Misfit, Refusal};
use crate::ticket::Language;

/// Most repeats of an announcement.
pub const REPEATS_MAX: u32 = 5;
/// Longest time an announcement is shown, seconds.
pub const TTL_SECONDS_MAX: u32 = 3_600;
/// How long it is shown if nobody says, seconds.
const TTL_SECONDS: u32 = 300;
/// Most announcements shown at once; the oldest gives way.
pub const NOTICES_MAX: usize = 20;

/// Says something in zones; the words are kept by the door, outside the journal.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Announce {
    /// Set by the door: the row that holds the words.
    #[serde(default)]
    pub id: Option<AnnouncementId>,
    /// Where; empty = the whole hall.
    pub zones: Vec<ZoneId>,
    /// Speakers; empty = all of the zones.
    #[serde(default)]
    pub speakers: Vec<SpeakerId>,
    /// In one language only.
    #[serde(default)]
    pub language: Option<Language>,
    /// How often it is said, 1-5 (default 1).
    #[serde(default)]
    pub repeat: Option<u32>,
    /// How long it is shown, seconds, at most 3600 (default 300).
    #[serde(default)]
    pub ttl_s: Option<u32>,
    /// It goes before everything else, and interrupts.
    #[serde(default)]
    pub emergency: bool,
}

impl Announce {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        draft.for_supervisors(ask, "announce something")?;
        let Some(id) = self.id.clone() else {
            return Err(Refusal::Bad("text", Misfit::Missing, "say what is to be announced".into()));
        };
        if let Some(unknown) = self.zones.iter().find(|it| draft.hall.setup.zone(it).is_none()) {
            return Err(Refusal::Bad("zones", Misfit::NoSuch, format!("{unknown} is not a zone of this hall")));
        }
        if let Some(unknown) = self.speakers.iter().find(|it| draft.hall.setup.speaker(it).is_none()) {
            let why = format!("{unknown} is not a speaker of this hall");
            return Err(Refusal::Bad("speakers", Misfit::NoSuch, why));
        }
        let repeat = self.repeat.unwrap_or(1);
        if !(1..=REPEATS_MAX).contains(&repeat) {
            return Err(Refusal::Bad("repeat", Misfit::Range(1, REPEATS_MAX), format!("1 to {REPEATS_MAX} times")));
        }
        let ttl_s = self.ttl_s.unwrap_or(TTL_SECONDS);
        if !(1..=TTL_SECONDS_MAX).contains(&ttl_s) {
            return Err(Refusal::Bad(
                "ttl_s",
                Misfit::Range(1, TTL_SECONDS_MAX),
                format!("1 to {TTL_SECONDS_MAX} seconds"),
            ));
        }
        draft.answer(Event::Announced(Box::new(Announced {
            id,
            zones: self.zones.clone(),
            speakers: self.speakers.clone(),
            language: self.language,
            repeat,
            emergency: self.emergency,
            until: draft.now + Duration::seconds(ttl_s.into()),
        })));
        Ok(())
    }
}

pub(super) fn apply(fold: &mut Fold, announced: &Announced) -> Touched {
    fold.notices.push(Notice {
        id: announced.id.clone(),
        zones: announced.zones.clone(),
        until: announced.until,
        emergency: announced.emergency,
    });
    if fold.notices.len() > NOTICES_MAX {
        fold.notices.remove(0);
    }
    Touched::default()
}

#[cfg(test)]
mod tests {
    use super::{Announce, REPEATS_MAX, TTL_SECONDS_MAX};
    use crate::RefusalCode;
    use crate::kit::*;

    fn words() -> Announce {
        Announce {
            id: Some("n-1".into()),
            zones: vec!["east".into()],
            speakers: Vec::new(),
            language: None,
            repeat: None,
            ttl_s: None,
            emergency: false,
        }
    }

    fn say(announce: Announce) -> Wish {
        ask(crate::Command::Announce(announce))
    }

    #[test]
    fn it_is_said_in_known_zones_a_few_times_for_a_while() {
        let mut hall = given([]);
        hall.when(say(words())).then("n-1 announced");
        hall.when(say(Announce { id: None, ..words() })).then_bad("text");
        hall.when(say(Announce { zones: vec!["moon".into()], ..words() })).then_bad("zones");
        hall.when(say(Announce { speakers: vec!["moon".into()], ..words() })).then_bad("speakers");
        for repeat in [0, REPEATS_MAX + 1] {
            hall.when(say(Announce { repeat: Some(repeat), ..words() })).then_bad("repeat");
        }
        for ttl_s in [0, TTL_SECONDS_MAX + 1] {
            hall.when(say(Announce { ttl_s: Some(ttl_s), ..words() })).then_bad("ttl_s");
        }
        hall.when(say(words()).by("li")).then_refused(RefusalCode::NotYours, "only a supervisor may");
    }
}
