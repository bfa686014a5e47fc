//! Whether anybody can hear what is said: a call that nobody hears is marked where it is shown.

use std::sync::Arc;

use hall::setup::Speaker;
use hall::{Setup, SpeakerId};

use super::Planner;
use crate::Hub;
use crate::players::report::SpeakerState;

/// Whether a speaker can be heard now.
pub type Ears = Box<dyn Fn(&Speaker) -> bool + Send + Sync>;

/// Lets the planner know of speakers what their players say of them.
pub(super) fn start(hub: &Hub) {
    // Weak: the hub holds the planner.
    let parts = Arc::downgrade(&hub.inner);
    let ears: Ears = Box::new(move |speaker| {
        let Some(hub) = parts.upgrade().map(|inner| Hub { inner }) else { return true };
        is_heard(&hub, speaker)
    });
    hub.speech.planner.listen_with(ears);
}

fn is_heard(hub: &Hub, speaker: &Speaker) -> bool {
    let Some(player) = speaker.player.as_deref() else { return false };
    let said = hub.reports.of_speaker(player, speaker.id.as_str());
    // Beside others over one PostgreSQL it may be at another node, which this one knows nothing of.
    let elsewhere = || hub.db.is_postgres() && said.is_none();
    let here = hub.roster.is_online(player) || elsewhere();
    // One that has said nothing yet has only just come.
    here && said.as_ref().is_none_or(|it| it.state == SpeakerState::Ok)
}

impl Planner {
    /// Asks these from now on.
    fn listen_with(&self, ears: Ears) {
        if let Some(inner) = &self.inner {
            inner.ears.set(ears).ok();
        }
    }

    /// Whether no speaker of these zones (none = everywhere), or of these speakers, can be heard now.
    pub fn is_unheard(&self, setup: &Setup, zones: &[String], speakers: &[SpeakerId]) -> bool {
        let Some(ears) = self.inner.as_ref().and_then(|inner| inner.ears.get()) else { return false };
        let meets = |it: &Speaker| {
            it.zones.is_empty()
                || zones.is_empty()
                || it.zones.iter().any(|own| zones.iter().any(|zone| zone == own.as_str()))
        };
        let meant = |it: &&Speaker| if speakers.is_empty() { meets(it) } else { speakers.contains(&it.id) };
        !setup.speakers.iter().filter(meant).any(ears)
    }
}
