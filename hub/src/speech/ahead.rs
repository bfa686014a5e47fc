//! Makes what may be called soon. Nothing waits for it: a sound that is not there yet is made when it is fetched.

use std::collections::BTreeSet;

use audio::phrase::About;
use audio::voice::chain::Silence;
use audio::{Kind, Language};
use hall::Setup;

use super::planner::{Ahead, Call, Waits, about};
use super::{Planned, Work, names};
use crate::Hub;
use crate::alerts::Kind as Alert;

/// Listens to hints until the hub ends.
pub(super) fn start(hub: &Hub) {
    let Some(mut hints) = hub.speech.hints.lock().take() else { return };
    let own = hub.clone();
    hub.spawn(async move {
        while let Some(Some(hint)) = own.stop.run_until_cancelled(hints.recv()).await {
            let all = works(&own, &hint).await;
            let worker = own.clone();
            let made =
                own.tasks.spawn_blocking(move || all.iter().filter_map(|it| make(&worker, it)).collect::<Vec<_>>());
            let mute = made.await.unwrap_or_default();
            tell(&own, &hint, &mute).await;
        }
    });
}

fn make(hub: &Hub, work: &Work) -> Option<(Language, Silence)> {
    let silence = hub.speech.sound(work).err()?;
    hub.speech.planner.set_mute(&work.key);
    Some((work.plain.language, silence))
}

/// What is to be made, with the names that are said.
async fn works(hub: &Hub, hint: &Ahead) -> Vec<Work> {
    let mut all = Vec::new();
    for it in planned(hub, hint) {
        hub.speech.planner.learn(&it);
        let work = names::work(hub, &it).await;
        all.push(work.unwrap_or_else(|cause| {
            tracing::warn!(%cause, "a name is not said");
            Work::plain(&it)
        }));
    }
    all
}

/// Every part that a hint asks for, each once.
fn planned(hub: &Hub, hint: &Ahead) -> Vec<Planned> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for it in &hint.tickets {
        all.extend(of_ticket(hub, &hint.setup, it));
    }
    if hint.places {
        all.extend(of_places(hub, &hint.setup));
    }
    all.extend(hint.words.iter().cloned());
    all.retain(|it| seen.insert(it.key.clone()));
    all
}

/// The parts about a ticket, in the languages of its queue.
pub fn of_ticket(hub: &Hub, setup: &Setup, it: &Waits) -> Vec<Planned> {
    let Waits { queue, number, known } = it;
    let Some(speech) = setup.speech_of(queue) else { return Vec::new() };
    let said = |kind| {
        // Where to go makes no difference to these parts, but that there is a place does.
        let counter = setup.counters.first().map(|it| &it.id);
        let call = Call { kind, number, queue, counter, known: known.as_ref() };
        about(hub.speech.planner.sentences(setup, speech, call), About::Ticket)
    };
    let mut all = said(Kind::Call);
    all.extend(said(Kind::Recall));
    let missed = Call { kind: Kind::Missed, number, queue, counter: None, known: known.as_ref() };
    all.extend(hub.speech.planner.sentences(setup, speech, missed).into_iter().flat_map(|it| it.parts));
    let mut seen = BTreeSet::new();
    all.retain(|it| seen.insert(it.key.clone()));
    all
}

/// The parts about every counter, for every queue it serves.
pub fn of_places(hub: &Hub, setup: &Setup) -> Vec<Planned> {
    let mut all = Vec::new();
    for counter in &setup.counters {
        for served in &counter.queues {
            let Some(speech) = setup.speech_of(&served.queue) else { continue };
            for kind in [Kind::Call, Kind::Recall] {
                let call = Call { kind, number: "1", queue: &served.queue, counter: Some(&counter.id), known: None };
                let said = hub.speech.planner.sentences(setup, speech, call).into_iter().flat_map(|it| it.parts);
                all.extend(said.filter(|it| it.part.about != About::Ticket));
            }
        }
    }
    all
}

/// What nobody can say raises an alert; that everything can be said again closes it.
async fn tell(hub: &Hub, hint: &Ahead, mute: &[(Language, Silence)]) {
    let hall = &hint.setup.hall.id;
    for language in [Language::Zh, Language::En] {
        let why = mute.iter().find(|(of, _)| *of == language).map(|(_, silence)| silence.to_string());
        let told = match why {
            Some(why) => {
                tracing::warn!(%hall, language = language.as_str(), why, "something has no voice; it is only shown");
                hub.alerts.raise(Alert::Voice, Some(hall), language.as_str(), "mute").await
            }
            None if hint.places => hub.alerts.over(Alert::Voice, Some(hall), language.as_str()).await,
            None => Ok(()),
        };
        if let Err(cause) = told {
            tracing::warn!(%cause, "an alert was not raised");
        }
    }
}
