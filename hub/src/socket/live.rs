//! Figures that change without an entry: waiting times, whether queues give tickets, which players are there.

use std::collections::BTreeMap;
use std::sync::Arc;

use hall::{Hall, HallId, forecast};
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
            refresh(&hub, &followed);
            tokio::task::yield_now().await;
        }
    }
}

/// Works the figures of one hall out, unless that was done already: for its first listener.
pub(super) fn ensure(hub: &Hub, followed: &Followed) {
    if !followed.has_live() {
        refresh(hub, followed);
    }
}

fn refresh(hub: &Hub, followed: &Followed) {
    let Some((hall, _)) = followed.hall() else { return };
    let mut live = figures(hub, &hall);
    let estimates = hall
        .setup
        .queues
        .iter()
        .filter_map(|it| Some((it.id.clone(), *live.estimates.get(it.id.as_str())?)));
    let estimates = estimates.collect();
    let public = encode(followed.id(), &live);
    live.players = hub.roster.players_in(followed.id());
    live.alerts = Some(hub.alerts.open(followed.id()));
    followed.set_live(estimates, public, encode(followed.id(), &live));
}

fn figures(hub: &Hub, hall: &Arc<Hall>) -> Live {
    let now = hub.clock.now();
    let estimate = |it: &hall::setup::Queue| {
        let it = (it.id.to_string(), forecast::of_queue(hall, &it.id, now)?);
        Some((
            it.0,
            Estimate {
                p50_s: it.1.p50_s,
                p90_s: it.1.p90_s,
            },
        ))
    };
    let state = |it: &hall::setup::Queue| {
        (
            it.id.to_string(),
            queue_state(hall::hours::state_of(hall, &it.id, now)).to_owned(),
        )
    };
    Live {
        estimates: hall.setup.queues.iter().filter_map(estimate).collect(),
        queues: hall.setup.queues.iter().map(state).collect(),
        players: BTreeMap::new(),
        alerts: None,
    }
}

fn encode(id: &HallId, live: &Live) -> bytes::Bytes {
    text(&LiveText {
        hall: id.as_str(),
        live,
    })
}
