//! The rounds that find what is wrong by itself: idle counters, clocks, and printers that are well again.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use hall::HallId;

use super::{Alerts, Kind, idle, skew};
use crate::clock::Clock;
use crate::notify::printer;
use crate::players::report;
use crate::store::printers;
use crate::{Error, Hub, store};

/// Between two rounds, seconds.
const ROUND_S: u64 = 10;

/// Starts the rounds; they end with the hub.
pub fn start(hub: &Hub) {
    let own = hub.clone();
    hub.spawn(async move {
        let mut read = (own.clock.now(), Instant::now());
        loop {
            tokio::select! {
                () = own.stop.cancelled() => break,
                () = tokio::time::sleep(Duration::from_secs(ROUND_S)) => {}
            }
            if let Err(cause) = idle_counters(&own).await {
                tracing::warn!(%cause, "idle counters were not looked at");
            }
            if let Err(cause) = own.alerts.count().await {
                tracing::warn!(%cause, "alerts were not counted");
            }
            if let Err(cause) = report::look_for_speakers(&own).await {
                tracing::warn!(%cause, "speakers were not looked at");
            }
            if let Err(cause) = printers_again(&own).await {
                tracing::warn!(%cause, "printers were not looked at");
            }
            let since = std::mem::replace(&mut read, (own.clock.now(), Instant::now()));
            // A clock that a test moves is right by definition.
            if let Clock::System = own.clock
                && let Err(cause) = clocks(&own, since).await
            {
                tracing::warn!(%cause, "clocks were not compared");
            }
        }
    });
}

/// Raises what is idle now, and closes what is not any more.
pub async fn idle_counters(hub: &Hub) -> Result<(), Error> {
    let now = hub.clock.now();
    let mut open = hub.alerts.open_of(Kind::IdleCounter).await?;
    for listed in hub.halls.list().await? {
        let hall = HallId::from(listed.id);
        let Ok(seen) = hub.halls.seen(&hall).await else {
            continue;
        };
        for it in idle::counters(&seen.hall, now) {
            let subject = it.counter.as_str();
            hub.alerts.raise(Kind::IdleCounter, Some(&hall), subject, &it.waiting.to_string()).await?;
            open.retain(|(in_hall, counter)| in_hall != hall.as_str() || counter != subject);
        }
    }
    for (hall, counter) in open {
        hub.alerts.over(Kind::IdleCounter, Some(&hall.into()), &counter).await?;
    }
    Ok(())
}

/// Asks printers that had an alert how they are; one that is well, or was taken away, has none any more.
pub async fn printers_again(hub: &Hub) -> Result<(), Error> {
    for (hall, player) in hub.alerts.open_of(Kind::Printer).await? {
        let kiosk = printers::of_player(&hub.db, &player).await?;
        let address = kiosk.and_then(|it| it.printer?.parse::<printer::Address>().ok());
        let well = match address {
            Some(address) => printer::look(&address).await.is_ok(),
            None => true,
        };
        if well {
            hub.alerts.over(Kind::Printer, Some(&hall.into()), &player).await?;
        }
    }
    Ok(())
}

/// Compares this node's clock with the database's, or with the time that passed since it was `read`.
async fn clocks(hub: &Hub, read: (DateTime<Utc>, Instant)) -> Result<(), Error> {
    let node = hub.config.listen.to_string();
    let before = hub.clock.now();
    match store::alerts::database_time(&hub.db).await? {
        Some(database) => compare(&hub.alerts, &node, (before, database, hub.clock.now())).await,
        None => {
            let jump = skew::jumped(before - read.0, read.1.elapsed());
            if skew::is_too_much(jump) {
                hub.alerts.raise(Kind::ClockSkew, None, &node, &skew::in_words(jump)).await?;
            }
            Ok(())
        }
    }
}

/// Raises a skew against the database, or closes it.
pub async fn compare(
    alerts: &Alerts,
    node: &str,
    (before, database, after): (DateTime<Utc>, DateTime<Utc>, DateTime<Utc>),
) -> Result<(), Error> {
    let ahead = skew::ahead_of_database(before, database, after);
    if skew::is_too_much(ahead) {
        return alerts.raise(Kind::ClockSkew, None, node, &skew::in_words(ahead)).await;
    }
    alerts.over(Kind::ClockSkew, None, node).await
}
