//! Figures that change without an entry: waiting times, whether queues give tickets, which players are there.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use hall::hours::state_of;
use hall::{Hall, HallId, QueueId, forecast};
use wire::Estimate;
use wire::heard::Live;

use crate::Hub;
use crate::feed::{Followed, text};
use crate::public::queue_state;

#[derive(serde::Serialize)]
struct LiveText<'a> {
    hall: &'a str,
    live: &'a Live,
}

/// Looks at every followed hall again and again.
pub(super) async fn run(hub: Hub) {
    let every = hub.config.pace.live_every;
    while hub.stop.run_until_cancelled(tokio::time::sleep(every)).await.is_some() {
        for followed in hub.feed.followed() {
            refresh(&hub, followed).await;
        }
    }
}

/// Works the figures of one hall out at once, for its first listener; it need not wait for them.
pub(super) fn begin(hub: &Hub, followed: &Arc<Followed>) {
    if followed.begins_live() {
        let (ours, followed) = (hub.clone(), followed.clone());
        hub.spawn(async move { refresh(&ours, followed).await });
    }
}

async fn refresh(hub: &Hub, followed: Arc<Followed>) {
    let Some((hall, _)) = followed.hall() else { return };
    let now = hub.clock.now();
    // Thousands of futures are played: not here, where sockets wait.
    let worked_out = hub.tasks.spawn_blocking(move || figures(&hall, now)).await;
    let Ok((estimates, mut live)) = worked_out else { return };
    let public = encode(followed.id(), &live);
    live.players = hub.roster.players_in(followed.id());
    live.alerts = Some(hub.alerts.open(followed.id()));
    followed.set_live(estimates, public, encode(followed.id(), &live));
}

fn figures(hall: &Hall, now: DateTime<Utc>) -> (BTreeMap<QueueId, Estimate>, Live) {
    let estimates: BTreeMap<_, _> = forecast::of_queues(hall, now)
        .into_iter()
        .map(|(id, it)| (id, Estimate { p50_s: it.p50_s, p90_s: it.p90_s }))
        .collect();
    let state = |it: &hall::setup::Queue| (it.id.to_string(), queue_state(state_of(hall, &it.id, now)).to_owned());
    let live = Live {
        estimates: estimates.iter().map(|(id, it)| (id.to_string(), *it)).collect(),
        queues: hall.setup.queues.iter().map(state).collect(),
        players: BTreeMap::new(),
        alerts: None,
    };
    (estimates, live)
}

fn encode(id: &HallId, live: &Live) -> bytes::Bytes {
    text(&LiveText { hall: id.as_str(), live })
}
