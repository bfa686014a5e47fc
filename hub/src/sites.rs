//! Sites in their tree, and the halls in them: made, changed, taken out.
//!
//! A hall works by the time zone and the cut-over hour of its site; when those of a site change, its halls follow.

use chrono_tz::Tz;
use hall::setup::HallSetup;
use hall::{HallId, Setup};
use serde_json::{Value, json};

use crate::error::{Error, Problem, Wrong};
use crate::people::audit::{self, Chain, Deed};
use crate::people::{Caller, Ended, Permission, names};
use crate::setup::{self, Findings};
use crate::store::sites::Site;
use crate::store::{audit as record, people, players, sites, tokens};
use crate::{Hub, chance};

/// Sites of one hub.
const SITES_MAX: usize = 5_000;
/// Halls of one hub.
const HALLS_MAX: usize = 2_000;
/// Longest address, characters.
const ADDRESS_CHARS_MAX: usize = 200;
/// Rows of a hall's record in which a faster change is looked for.
const RECORD_ROWS_MAX: i64 = 200;
/// The time zone of a hall without a site.
const TIME_ZONE_DEFAULT: Tz = chrono_tz::Asia::Shanghai;

/// Kinds of sites, from the largest.
pub const KINDS: [&str; 4] = ["city", "district", "street", "centre"];

/// Writes a site, new or changed; the halls in it follow its clock.
pub async fn put(hub: &Hub, caller: &Caller, site: Site, new: bool) -> Result<(), Error> {
    caller.may_everywhere(Permission::Configure)?;
    let zone = fits(&site)?;
    let mut tx = hub.db.begin().await?;
    let all = sites::list_in(&mut tx).await?;
    let before = all.iter().find(|it| it.id == site.id).cloned();
    match &before {
        Some(_) if new => return Err(exists("site", &site.id)),
        None if !new => return Err(Error::Missing("site")),
        None if all.len() >= SITES_MAX => return Err(too_many("sites", SITES_MAX)),
        Some(_) | None => {}
    }
    parent_fits(&all, &site)?;
    sites::put(&mut tx, &site).await?;
    let halls = sites::halls_of(&mut tx, &site.id).await?;
    let what = if new { "site.added" } else { "site.changed" };
    let told = |it: &Site| serde_json::to_value(it).ok();
    if let Some(detail) = setup::difference(before.as_ref().and_then(told).as_ref(), told(&site).as_ref()) {
        let deed = Deed { detail, ..deed(caller, Chain::Node, what, &site.id) };
        audit::write(&mut tx, &deed, hub.clock.now()).await?;
    }
    tx.commit().await?;
    let moved = before.is_some_and(|it| it.time_zone != site.time_zone || it.cutover_hour != site.cutover_hour);
    for hall in halls.into_iter().filter(|_| moved) {
        let cutover = u32::try_from(site.cutover_hour).unwrap_or_default();
        let follow = |setup: &mut Setup, _: &hall::Fold| {
            (setup.hall.time_zone, setup.hall.cutover_hour) = (zone, cutover);
            Ok(())
        };
        hub.halls.configure(&hall.into(), caller.by(), None, follow).await?;
    }
    Ok(())
}

fn fits(site: &Site) -> Result<Tz, Error> {
    let mut found = Findings::default();
    found.id(&site.id, "id");
    found.must(
        KINDS.contains(&site.kind.as_str()),
        "kind",
        Wrong::Unreadable.why(format!("must be one of: {}", KINDS.join(", "))),
    );
    found.text(&site.name, 1..=hall::setup::NAME_CHARS_MAX, "name");
    found.text(&site.name_en, 0..=hall::setup::NAME_CHARS_MAX, "name_en");
    found.text(&site.address, 0..=ADDRESS_CHARS_MAX, "address");
    let hours = Wrong::Range.within(0..=23, "must be 0 to 23");
    found.must((0..=23).contains(&site.cutover_hour), "cutover_hour", hours);
    let zone = site.time_zone.parse::<Tz>();
    found.must(zone.is_ok(), "time_zone", Wrong::TimeZone.why("is no time zone; write one such as Asia/Shanghai"));
    match zone {
        Ok(zone) if found.0.is_empty() => Ok(zone),
        Ok(_) | Err(_) => Err(Error::Bad(found.0)),
    }
}

/// The parent is there, and is not below the site itself.
fn parent_fits(all: &[Site], site: &Site) -> Result<(), Error> {
    let mut above = site.parent.as_ref();
    for _ in 0..=all.len() {
        let Some(id) = above else { return Ok(()) };
        if *id == site.id {
            return Err(Error::bad("parent", Wrong::OwnParent.why("is the site itself, or below it")));
        }
        let Some(parent) = all.iter().find(|it| it.id == *id) else {
            return Err(Error::bad("parent", Wrong::NoSuch.why(format!("there is no site `{id}`"))));
        };
        above = parent.parent.as_ref();
    }
    Err(Error::Broken("the tree of sites has a ring".into()))
}

/// Takes a site out that nothing stands in.
pub async fn remove(hub: &Hub, caller: &Caller, id: &str) -> Result<(), Error> {
    caller.may_everywhere(Permission::Configure)?;
    let mut tx = hub.db.begin().await?;
    let all = sites::list_in(&mut tx).await?;
    if !all.iter().any(|it| it.id == id) {
        return Err(Error::Missing("site"));
    }
    let below = all.iter().filter(|it| it.parent.as_deref() == Some(id)).count();
    let halls = sites::halls_of(&mut tx, id).await?.len();
    if below + halls > 0 {
        let said = format!("{below} sites and {halls} halls are in this site; move or remove them first");
        return Err(Error::Conflict("in_use", said));
    }
    sites::remove(&mut tx, id).await?;
    audit::write(&mut tx, &deed(caller, Chain::Node, "site.removed", id), hub.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// A hall to be made.
#[derive(Clone, Debug, Default)]
pub struct NewHall {
    /// Its id; none = made up.
    pub id: Option<HallId>,
    /// Its site.
    pub site: Option<String>,
    /// Chinese name.
    pub name: String,
    /// English name.
    pub name_en: String,
}

/// Makes an empty hall, and tells its id.
pub async fn make_hall(hub: &Hub, caller: &Caller, new: NewHall) -> Result<HallId, Error> {
    let id = new.id.unwrap_or_else(|| chance::row_id().into());
    let hall = HallSetup { name: new.name, name_en: new.name_en, ..plain_hall(id)? };
    let setup = Setup {
        hall,
        zones: Vec::new(),
        departments: Vec::new(),
        classes: Vec::new(),
        queues: Vec::new(),
        counters: Vec::new(),
        speakers: Vec::new(),
    };
    add_hall(hub, caller, setup, new.site.as_deref(), "hall.added").await
}

/// A hall with everything as it is when nobody decides.
pub fn plain_hall(id: HallId) -> Result<HallSetup, Error> {
    let plain = json!({"id": id, "name": "", "time_zone": TIME_ZONE_DEFAULT});
    serde_json::from_value(plain).map_err(|cause| Error::Broken(cause.to_string()))
}

/// Makes a hall from a whole setup, in a site; it works by the site's clock.
pub async fn add_hall(
    hub: &Hub,
    caller: &Caller,
    mut setup: Setup,
    site: Option<&str>,
    what: &'static str,
) -> Result<HallId, Error> {
    caller.may_everywhere(Permission::Configure)?;
    if let Some(id) = site {
        let no_site = || Error::bad("site", Wrong::NoSuch.why(format!("there is no site `{id}`")));
        let site = sites::by_id(&hub.db, id).await?.ok_or_else(no_site)?;
        setup.hall.time_zone = site.time_zone.parse().unwrap_or(TIME_ZONE_DEFAULT);
        setup.hall.cutover_hour = u32::try_from(site.cutover_hour).unwrap_or_default();
    }
    setup::must_fit(&setup, "hall")?;
    if hub.halls.list().await?.len() >= HALLS_MAX {
        return Err(too_many("halls", HALLS_MAX));
    }
    let id = setup.hall.id.clone();
    hub.halls.create(setup, site, caller.by()).await?;
    audit::note(&hub.db, &deed(caller, Chain::Hall(id.clone()), what, id.as_str()), hub.clock.now()).await?;
    Ok(id)
}

/// Takes a hall out with its journal, its roles, its tokens and its players. Its audit stays.
pub async fn remove_hall(hub: &Hub, caller: &Caller, hall: &HallId) -> Result<(), Error> {
    caller.may_everywhere(Permission::Configure)?;
    setup::may_remove_hall(&hub.halls.seen(hall).await?.hall.fold)?;
    hub.halls.remove(hall).await?;
    let now = hub.clock.now();
    let mut tx = hub.db.begin().await?;
    people::clear_hall(&mut tx, hall).await?;
    players::remove_of_hall(&mut tx, hall).await?;
    let ended = tokens::revoke_of_hall(&mut tx, hall, now).await?;
    audit::write(&mut tx, &deed(caller, Chain::Hall(hall.clone()), "hall.removed", hall.as_str()), now).await?;
    tx.commit().await?;
    hub.people.tell(ended.into_iter().map(Ended::Token));
    Ok(())
}

/// Changes the setup of a hall under its lock. `row` is what was written: for the names of fields that do not fit, and
/// for the audit, which tells what changed in it.
pub async fn configure(
    hub: &Hub,
    caller: &Caller,
    hall: &HallId,
    expect: Option<i64>,
    row: &str,
    change: impl FnOnce(&mut Setup, &hall::Fold) -> Result<(), Error>,
) -> Result<(), Error> {
    caller.may(hall, Permission::Configure)?;
    let (mut told, mut players) = (None, Vec::new());
    let fitting = |setup: &mut Setup, fold: &hall::Fold| {
        let (before, speakers) = (setup::part(setup, row), setup.speakers.clone());
        change(setup, fold)?;
        players = setup::players_of_changed(&speakers, &setup.speakers);
        told = setup::difference(before.as_ref(), setup::part(setup, row).as_ref());
        setup::must_fit(setup, row)
    };
    let revision = match hub.halls.configure(hall, caller.by(), expect, fitting).await {
        Err(Error::Conflict("stale", said)) => {
            return Err(forestalled(hub, hall, expect.unwrap_or_default(), row, said).await?);
        }
        done => done?,
    };
    // They read anew what they play on.
    hub.people.tell(players.into_iter().map(Ended::Place));
    // What was saved as it stood is no deed.
    let Some(mut detail) = told else { return Ok(()) };
    detail["revision"] = revision.into();
    let deed = Deed { detail, ..deed(caller, Chain::Hall(hall.clone()), "setup.changed", row) };
    audit::note(&hub.db, &deed, hub.clock.now()).await
}

/// Who changed this row, else anything, since a revision was seen, and which one holds now.
async fn forestalled(hub: &Hub, hall: &HallId, seen: i64, row: &str, said: String) -> Result<Error, Error> {
    let chain = Chain::Hall(hall.clone()).name();
    let rows = record::newest_of(&hub.db, &chain, i64::MAX, RECORD_ROWS_MAX).await?;
    let revision = |detail: &str| serde_json::from_str::<Value>(detail).ok()?["revision"].as_i64();
    let is_later = |it: &&record::Row| it.what == "setup.changed" && revision(&it.detail).is_some_and(|it| it > seen);
    let later: Vec<_> = rows.iter().filter(is_later).collect();
    let change = later.iter().find(|it| it.target == row).or(later.first());
    let by = match change {
        Some(change) => names::name_of(hub, &change.who).await?,
        None => None,
    };
    let revision = Some(hub.halls.seen(hall).await?.revision);
    Ok(Error::RefusedAt(Box::new(Problem { by, revision, ..Error::Conflict("stale", said).problem() })))
}

fn deed(caller: &Caller, chain: Chain, what: &'static str, target: &str) -> Deed {
    Deed { chain, who: caller.name(), what, target: target.into(), detail: json!({}) }
}

fn exists(what: &str, id: &str) -> Error {
    Error::Conflict("exists", format!("there is a {what} {id} already; choose another id"))
}

fn too_many(what: &str, most: usize) -> Error {
    Error::Conflict("too_many_rows", format!("this hub holds {most} {what}; remove some first"))
}
