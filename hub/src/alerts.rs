//! Alerts: things that a person must look at. Raised by the hub itself, taken and handled by people.
//!
//! One is open for one thing at a time. What is over by itself is closed by itself, and stays in the list
//! for a while; nothing vanishes. Carrying alerts to people is not done here.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::TimeDelta;
use hall::HallId;
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::clock::Clock;
use crate::people::audit::{self, Chain, Deed};
use crate::store::Db;
use crate::store::alerts::{self, About, AlertRow};
use crate::{Error, chance};

pub mod idle;
pub mod rounds;
pub mod skew;

/// Handled alerts stay in the list this long, hours.
const SHOWN_HOURS: i64 = 24;

/// What an alert is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A printer does not print. Subject: its player; detail: `paper_out, cover_open, offline, fault, unreachable,
    /// silent, stalled`.
    Printer,
    /// A counter is open without a visitor although people wait for it. Subject: the counter; detail: how many.
    IdleCounter,
    /// A speaker is not heard. Subject: the speaker; detail: `gone` (its sound device), `silent`, `untouched` (a page
    /// that may not sound yet), `offline` (its player).
    Speaker,
    /// Something has no voice, and was only shown. Subject: the language, or the voice that failed; detail: why.
    Voice,
    /// A clock is wrong. Subject: the node; detail: by how many seconds.
    ClockSkew,
}

impl Kind {
    /// The word that is stored and travels.
    pub fn word(self) -> &'static str {
        match self {
            Self::Printer => "printer",
            Self::IdleCounter => "idle_counter",
            Self::Speaker => "speaker",
            Self::Voice => "voice",
            Self::ClockSkew => "clock_skew",
        }
    }
}

/// The alerts of this hub. Cheap to clone.
#[derive(Clone)]
pub struct Alerts {
    db: Db,
    clock: Clock,
    changes: Arc<watch::Sender<u64>>,
    open: Arc<Mutex<BTreeMap<String, u32>>>,
}

impl Alerts {
    /// Alerts kept in a database.
    pub fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock, changes: Arc::new(watch::Sender::new(0)), open: Arc::default() }
    }

    /// Counts the changes made on this node: says only "look again".
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Raises an alert; `hall` none = it concerns the whole hub. While it is open, a second time changes only its detail.
    pub async fn raise(&self, kind: Kind, hall: Option<&HallId>, subject: &str, detail: &str) -> Result<(), Error> {
        let about = about(kind, hall, subject);
        if alerts::detail_of_open(&self.db, &about).await?.as_deref() == Some(detail) {
            return Ok(());
        }
        let (id, now) = (chance::row_id(), self.clock.now());
        let new = self.db.write(async |tx| alerts::raise(tx, &id, &about, detail, now).await).await?;
        if new {
            crate::metrics::alert_raised(kind.word());
            tracing::warn!(kind = kind.word(), subject, detail, "alert");
        }
        self.changed().await
    }

    /// What it was raised for is over.
    pub async fn over(&self, kind: Kind, hall: Option<&HallId>, subject: &str) -> Result<(), Error> {
        let about = about(kind, hall, subject);
        if alerts::detail_of_open(&self.db, &about).await?.is_none() {
            return Ok(());
        }
        let now = self.clock.now();
        if self.db.write(async |tx| alerts::over(tx, &about, now).await).await? {
            crate::metrics::alert_over(kind.word());
            self.changed().await?;
        }
        Ok(())
    }

    /// The alerts of a hall and of the whole hub: the open ones, and those handled lately.
    pub async fn list(&self, hall: &HallId) -> Result<Vec<AlertRow>, Error> {
        let after = self.clock.now() - TimeDelta::hours(SHOWN_HOURS);
        Ok(alerts::list(&self.db, hall.as_str(), after).await?)
    }

    /// How many alerts are open for a hall and the whole hub, as counted at the last change or round.
    pub fn open(&self, hall: &HallId) -> u32 {
        let open = self.open.lock();
        [hall.as_str(), ""].iter().filter_map(|it| open.get(*it)).sum()
    }

    /// Counts the open alerts again; another node may have raised some.
    pub async fn count(&self) -> Result<(), Error> {
        let counted = alerts::count_open(&self.db).await?;
        *self.open.lock() =
            counted.into_iter().map(|(hall, count)| (hall, u32::try_from(count).unwrap_or(u32::MAX))).collect();
        Ok(())
    }

    /// Hall and subject of the open alerts of a kind.
    pub async fn open_of(&self, kind: Kind) -> Result<Vec<(String, String)>, Error> {
        Ok(alerts::open_of(&self.db, kind.word()).await?)
    }

    /// One alert.
    pub async fn get(&self, id: &str) -> Result<AlertRow, Error> {
        alerts::get(&self.db, id).await?.ok_or(Error::Missing("alert"))
    }

    /// Somebody says: I see to it.
    pub async fn take(&self, id: &str, who: &str) -> Result<AlertRow, Error> {
        let (row, now) = (self.get(id).await?, self.clock.now());
        let deed = deed(&row, who, "alert.taken");
        let taken = self.db.write(async |tx| {
            let taken = alerts::take(tx, id, who, now).await?;
            if taken {
                audit::write(tx, &deed, now).await?;
            }
            Ok::<_, sqlx::Error>(taken)
        });
        self.settled(id, taken.await?, "somebody has taken this alert already").await
    }

    /// Somebody says what they did.
    pub async fn handle(&self, id: &str, who: &str, note: &str) -> Result<AlertRow, Error> {
        let (row, now) = (self.get(id).await?, self.clock.now());
        let deed = deed(&row, who, "alert.handled");
        let handled = self.db.write(async |tx| {
            let handled = alerts::handle(tx, id, who, note, now).await?;
            if handled {
                audit::write(tx, &deed, now).await?;
            }
            Ok::<_, sqlx::Error>(handled)
        });
        self.settled(id, handled.await?, "this alert was handled already").await
    }

    async fn settled(&self, id: &str, done: bool, said: &str) -> Result<AlertRow, Error> {
        if !done {
            return Err(Error::Conflict("wrong_state", said.into()));
        }
        self.changed().await?;
        self.get(id).await
    }

    async fn changed(&self) -> Result<(), Error> {
        self.count().await?;
        self.changes.send_modify(|it| *it += 1);
        Ok(())
    }
}

fn deed(row: &AlertRow, who: &str, what: &'static str) -> Deed {
    let hall = (!row.hall.is_empty()).then(|| HallId::from(row.hall.as_str()));
    Deed {
        chain: Chain::of(hall.as_ref()),
        who: who.to_owned(),
        what,
        target: row.id.clone(),
        detail: serde_json::json!({"kind": row.kind, "subject": row.subject}),
    }
}

fn about<'a>(kind: Kind, hall: Option<&'a HallId>, subject: &'a str) -> About<'a> {
    About { hall: hall.map_or("", HallId::as_str), kind: kind.word(), subject }
}
