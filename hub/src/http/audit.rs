//! `/audit`: who did what, and whether anybody changed the record of it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use hall::HallId;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{self, Problems, Rows};
use super::query::Query;
use crate::Hub;
use crate::error::Error;
use crate::people::deeds::{self, Whose};
use crate::people::{Caller, Permission, audit, names};
use crate::store::audit::{self as table, Filter, Row};

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(verify))
}

/// Something that was done.
#[derive(Serialize, utoipa::ToSchema)]
struct AuditRow {
    /// Its number in its chain.
    n: i64,
    /// When.
    at: DateTime<Utc>,
    /// Its chain: `node`, `hall:ID`, or `journal:ID` for moves in a hall's journal.
    chain: String,
    /// By whom: `person:ID`, `token:ID`, `visitor` or `hub`.
    who: String,
    /// The name of that person or program today; null where there is none any more. The record itself holds no names.
    who_name: Option<String>,
    /// What, such as `person.changed`; in a journal the kind of event.
    what: String,
    /// To what: an id.
    target: String,
    /// The name of the person it was done to, where it was done to one.
    target_name: Option<String>,
    /// What else: ids, codes and numbers. Of a move the fields of its event and the `number` of its ticket; of a
    /// changed setup or site `{deed: added, changed or removed, named, fields: {NAME: [before, after]}}` (a long
    /// value: `[]`).
    #[schema(value_type = Object)]
    detail: serde_json::Value,
    /// Hash over the row and the one before; null in a journal.
    hash: Option<String>,
}

/// Deeds done to a person: their target is one.
const TO_PEOPLE: [&str; 4] = ["person.", "password.", "second_proof.", "session.refused"];

impl AuditRow {
    fn of(it: Row, names: &BTreeMap<String, Option<String>>) -> Self {
        let name = |who: &str| names.get(who).cloned().flatten();
        Self {
            n: it.n,
            at: it.at,
            chain: it.chain,
            who_name: name(&it.who),
            target_name: name(&target_of(&it.what, &it.target)),
            who: it.who,
            what: it.what,
            target: it.target,
            detail: serde_json::from_str(&it.detail).unwrap_or_default(),
            hash: Some(it.hash).filter(|it| !it.is_empty()),
        }
    }
}

/// The person something was done to, as `Caller::name` says it; empty where it was none.
fn target_of(what: &str, target: &str) -> String {
    let is_person = TO_PEOPLE.iter().any(|it| what.starts_with(it));
    if is_person && !target.is_empty() { format!("person:{target}") } else { String::new() }
}

/// Rows with the names behind their ids, each looked up once.
async fn named(hub: &Hub, rows: Vec<Row>) -> Result<Vec<AuditRow>, Error> {
    let mut names = BTreeMap::new();
    for who in rows.iter().flat_map(|it| [it.who.clone(), target_of(&it.what, &it.target)]) {
        if let Entry::Vacant(vacant) = names.entry(who) {
            let name = names::name_of(hub, vacant.key()).await?;
            vacant.insert(name);
        }
    }
    Ok(rows.into_iter().map(|it| AuditRow::of(it, &names)).collect())
}

/// Which part of the list.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Part {
    /// Only what was done in this hall.
    hall: Option<HallId>,
    /// Only by this one: `person:ID`, `token:ID`, `visitor` or `hub`.
    who: Option<String>,
    /// Only this, a word of `what`.
    what: Option<String>,
    /// Not before this time.
    from: Option<DateTime<Utc>>,
    /// Before this time.
    until: Option<DateTime<Utc>>,
    /// Only to tickets of this number, such as `A012`.
    number: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// Rows at most, 1 to 500 (100 if not said).
    limit: Option<u32>,
}

/// What was done, the newest first: the record, and the moves of the halls' journals, of all halls the caller reads.
#[utoipa::path(get, path = "/audit", tag = "people", params(Part),
    responses((status = 200, body = Rows<AuditRow>), Problems))]
async fn list(State(hub): State<Hub>, caller: Caller, Query(part): Query<Part>) -> Result<Json<Rows<AuditRow>>, Error> {
    let whose = whose(&hub, &caller, part.hall).await?;
    let limit = answers::rows(part.limit)?;
    let filter = Filter { who: part.who, what: part.what, from: part.from, until: part.until, number: part.number };
    let page = deeds::list(&hub.db, &whose, &filter, part.after.as_deref(), limit).await?;
    Ok(Json(Rows { rows: named(&hub, page.rows).await?, next: page.next }))
}

/// The hall that is asked for, else everything the caller may read.
async fn whose(hub: &Hub, caller: &Caller, hall: Option<HallId>) -> Result<Whose, Error> {
    if let Some(hall) = hall {
        caller.may(&hall, Permission::ReadAudit)?;
        return Ok(Whose::Halls(vec![hall]));
    }
    caller.may_somewhere(Permission::ReadAudit)?;
    if caller.may_everywhere(Permission::ReadAudit).is_ok() {
        return Ok(Whose::Hub);
    }
    let all = hub.halls.list().await?.into_iter().map(|it| HallId::from(it.id));
    Ok(Whose::Halls(all.filter(|it| caller.sees(it, Permission::ReadAudit)).collect()))
}

/// Whether the record is as it was written.
#[derive(Serialize, utoipa::ToSchema)]
struct Verified {
    /// All chains are.
    ok: bool,
    /// Each chain.
    chains: Vec<VerifiedChain>,
}

/// Whether one chain is as it was written.
#[derive(Serialize, utoipa::ToSchema)]
struct VerifiedChain {
    /// Its name.
    chain: String,
    /// Rows that are as they were written.
    rows: i64,
    /// The first number that was changed or taken out; null = none.
    broken_at: Option<i64>,
}

/// Reads every chain from its beginning and checks its hashes.
#[utoipa::path(get, path = "/audit/verify", tag = "people", responses((status = 200, body = Verified), Problems))]
async fn verify(State(hub): State<Hub>, caller: Caller) -> Result<Json<Verified>, Error> {
    caller.may_everywhere(Permission::ReadAudit)?;
    let mut chains = Vec::new();
    for end in table::ends(&hub.db).await? {
        let audit::Verified { chain, rows, broken_at } = audit::verify(&hub.db, &end).await?;
        chains.push(VerifiedChain { chain, rows, broken_at });
    }
    Ok(Json(Verified { ok: chains.iter().all(|it| it.broken_at.is_none()), chains }))
}
