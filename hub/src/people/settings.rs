//! Settings of the hub that an administrator changes while it runs.

use std::sync::atomic::Ordering;

use serde_json::json;

use super::audit::{self, Chain, Deed};
use super::{Caller, Permission};
use crate::Hub;
use crate::error::{Error, Wrong};
use crate::store::settings;

/// Shortest idle time, seconds.
pub const IDLE_S_MIN: u32 = 60;
/// Longest idle time, seconds.
pub const IDLE_S_MAX: u32 = 12 * 3_600;
/// Its name in the table.
const IDLE_S: &str = "idle_s";

/// Reads the settings: at the start, and again now and then for what other nodes changed.
pub async fn load(hub: &Hub) -> Result<(), Error> {
    let stored = settings::get(&hub.db, IDLE_S).await?;
    let idle_s = stored.and_then(|it| it.parse().ok()).filter(|it| (IDLE_S_MIN..=IDLE_S_MAX).contains(it));
    if let Some(idle_s) = idle_s {
        hub.people.idle_s.store(idle_s, Ordering::Relaxed);
    }
    Ok(())
}

/// Sets after how long without a request a session ends.
pub async fn set_idle(hub: &Hub, caller: &Caller, idle_s: u32) -> Result<(), Error> {
    caller.may_everywhere(Permission::Configure)?;
    if !(IDLE_S_MIN..=IDLE_S_MAX).contains(&idle_s) {
        let why = format!("must be {IDLE_S_MIN} to {IDLE_S_MAX}");
        let why = Wrong::Range.within(IDLE_S_MIN as usize..=IDLE_S_MAX as usize, why);
        return Err(Error::bad("idle_s", why));
    }
    let mut tx = hub.db.begin().await?;
    settings::set(&mut tx, IDLE_S, &idle_s.to_string()).await?;
    let deed = Deed {
        chain: Chain::Node,
        who: caller.name(),
        what: "settings.changed",
        target: String::new(),
        detail: json!({ IDLE_S: idle_s }),
    };
    audit::write(&mut tx, &deed, hub.clock.now()).await?;
    tx.commit().await?;
    hub.people.idle_s.store(idle_s, Ordering::Relaxed);
    Ok(())
}
