//! Who may be at the counters of a hall: for supervisors who open one for somebody.
//!
//! Never tells logins or roles: a number on a badge and a name, as colleagues know each other.

use hall::HallId;

use super::{Grant, Permission, sealed};
use crate::Hub;
use crate::error::{Error, Wrong};
use crate::store::people::{self, Person};

/// People read at once.
const PAGE_PEOPLE: i64 = 500;

/// Somebody who may be at a counter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Colleague {
    /// Their id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their number on badges.
    pub staff_no: String,
}

fn serves(hall: &HallId, grants: &[Grant]) -> bool {
    let here = |it: &&Grant| it.hall.as_ref().is_none_or(|own| own == hall);
    grants.iter().filter(here).any(|it| Permission::Serve.holders().contains(&it.scope))
}

/// Everybody who may be at a counter of this hall now, by their numbers.
pub async fn everybody(hub: &Hub, hall: &HallId) -> Result<Vec<Colleague>, Error> {
    let now = hub.clock.now();
    let mut all = Vec::new();
    let mut after = String::new();
    loop {
        let found = people::list(&hub.db, &after, PAGE_PEOPLE).await?;
        let (Some(first), Some(last)) = (found.first(), found.last()) else { break };
        let grants = people::grants_of_all(&hub.db, &first.login, &last.login).await?;
        after.clone_from(&last.login);
        for it in found {
            let own: Vec<_> = grants.iter().filter(|(id, _)| *id == it.id).map(|(_, it)| it.clone()).collect();
            if it.holds_at(now) && serves(hall, &own) {
                all.push(colleague(hub, it)?);
            }
        }
    }
    all.sort_by(|a, b| (&a.staff_no, &a.id).cmp(&(&b.staff_no, &b.id)));
    Ok(all)
}

fn colleague(hub: &Hub, it: Person) -> Result<Colleague, Error> {
    Ok(Colleague { name: sealed::open(&hub.keys, &it.id, &it.name)?, id: it.id, staff_no: it.staff_no })
}

/// Whoever a counter is opened for is known here and may serve there.
pub async fn must_serve(hub: &Hub, hall: &HallId, id: &str) -> Result<(), Error> {
    let person = people::by_id(&hub.db, id).await?.filter(|it| it.holds_at(hub.clock.now()));
    let fits = match person {
        Some(_) => serves(hall, &people::grants_of(&hub.db, id).await?),
        None => false,
    };
    if fits { Ok(()) } else { Err(Error::bad("staff", Wrong::NoSuch.why("is nobody who may serve in this hall"))) }
}
