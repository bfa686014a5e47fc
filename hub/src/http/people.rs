//! `/people`: who is known here, for administrators.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use hall::HallId;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{Paging, Problems, Rows, given};
use super::body::Body;
use super::query::{Path, Query};
use crate::Hub;
use crate::error::Error;
use crate::people::register::{self, Change, NewPerson, RoleIn};
use crate::people::{Caller, Grant, Permission, Role, sealed};
use crate::store::people::{self as table, Person};

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(list, add)).routes(routes!(change, remove)).routes(routes!(reset))
}

/// A role in a hall.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleRow {
    /// What for.
    role: Role,
    /// Where; null = in every hall.
    #[serde(default)]
    hall: Option<HallId>,
}

/// Grants of a person as they travel.
pub(super) fn roles(grants: &[Grant]) -> Vec<RoleRow> {
    let row = |it: &Grant| Some(RoleRow { role: it.scope.as_str().parse().ok()?, hall: it.hall.clone() });
    grants.iter().filter_map(row).collect()
}

/// A person.
#[derive(Serialize, utoipa::ToSchema)]
struct PersonRow {
    /// Their id.
    id: String,
    /// What they type to sign in.
    login: String,
    /// Their name.
    name: String,
    /// Their number on badges.
    staff_no: Option<String>,
    /// They may not sign in.
    disabled: bool,
    /// What they are here for.
    roles: Vec<RoleRow>,
    /// Their account begins.
    valid_from: Option<DateTime<Utc>>,
    /// Their account ends.
    valid_until: Option<DateTime<Utc>>,
    /// They have to choose a password at their next login.
    must_change_password: bool,
    /// A code is asked for at every login.
    second_proof: bool,
}

fn row(hub: &Hub, it: Person, grants: &[Grant]) -> Result<PersonRow, Error> {
    Ok(PersonRow {
        name: sealed::open(&hub.keys, &it.id, &it.name)?,
        id: it.id,
        login: it.login,
        staff_no: Some(it.staff_no).filter(|it| !it.is_empty()),
        disabled: it.disabled,
        roles: roles(grants),
        valid_from: it.valid_from,
        valid_until: it.valid_until,
        must_change_password: it.must_change_password,
        second_proof: it.proof_confirmed,
    })
}

async fn one(hub: &Hub, id: &str) -> Result<PersonRow, Error> {
    let person = table::by_id(&hub.db, id).await?.ok_or(Error::Missing("person"))?;
    row(hub, person, &table::grants_of(&hub.db, id).await?)
}

/// Everybody the caller may see, in the order of logins.
#[utoipa::path(get, path = "/people", tag = "people", params(Paging),
    responses((status = 200, body = Rows<PersonRow>), Problems))]
async fn list(
    State(hub): State<Hub>,
    caller: Caller,
    Query(paging): Query<Paging>,
) -> Result<Json<Rows<PersonRow>>, Error> {
    caller.may_somewhere(Permission::SeePeople)?;
    Ok(Json(page(&hub, &caller, &paging).await?))
}

async fn page(hub: &Hub, caller: &Caller, paging: &Paging) -> Result<Rows<PersonRow>, Error> {
    let limit = paging.rows()?;
    let found = table::list(&hub.db, paging.after.as_deref().unwrap_or_default(), limit).await?;
    let (Some(first), Some(last)) = (found.first(), found.last()) else {
        return Ok(Rows::whole(Vec::new()));
    };
    let next = (i64::try_from(found.len()) == Ok(limit)).then(|| last.login.clone());
    let grants = table::grants_of_all(&hub.db, &first.login, &last.login).await?;
    let mut rows = Vec::with_capacity(found.len());
    for person in found {
        let own: Vec<_> = grants.iter().filter(|(id, _)| *id == person.id).map(|(_, it)| it.clone()).collect();
        if register::may_see(caller, &own) {
            rows.push(row(hub, person, &own)?);
        }
    }
    Ok(Rows { rows, next })
}

/// A new person.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPersonBody {
    /// What they will type: letters a-z, digits, . - _ @
    login: String,
    /// Their name.
    name: String,
    /// Their number on badges.
    #[serde(default)]
    staff_no: Option<String>,
    /// A first password; they choose their own at the first login.
    password: String,
    /// What they are here for.
    #[serde(default)]
    roles: Vec<RoleRow>,
}

/// Adds a person. 409 `login_taken`.
#[utoipa::path(post, path = "/people", tag = "people", request_body = NewPersonBody,
    responses((status = 201, body = PersonRow), Problems))]
async fn add(
    State(hub): State<Hub>,
    caller: Caller,
    Body(asked): Body<NewPersonBody>,
) -> Result<(StatusCode, Json<PersonRow>), Error> {
    let new = NewPerson {
        login: asked.login,
        name: asked.name,
        staff_no: asked.staff_no.unwrap_or_default(),
        password: asked.password,
        roles: pairs(asked.roles),
        must_change_password: true,
    };
    let id = register::add(&hub, &caller, new).await?;
    Ok((StatusCode::CREATED, Json(one(&hub, &id).await?)))
}

fn pairs(roles: Vec<RoleRow>) -> Vec<RoleIn> {
    roles.into_iter().map(|it| (it.role, it.hall)).collect()
}

/// What changes of a person; a field that is not there stays.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct PersonChange {
    /// Name.
    #[serde(default)]
    name: Option<String>,
    /// Number on badges.
    #[serde(default)]
    staff_no: Option<String>,
    /// Shut out.
    #[serde(default)]
    disabled: Option<bool>,
    /// All roles.
    #[serde(default)]
    roles: Option<Vec<RoleRow>>,
    /// The account begins; null = it has begun.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<DateTime<Utc>>)]
    valid_from: Option<Option<DateTime<Utc>>>,
    /// The account ends; null = never.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<DateTime<Utc>>)]
    valid_until: Option<Option<DateTime<Utc>>>,
}

/// Changes a person. Other roles, or being shut out, end their sessions. 409 `last_administrator`.
#[utoipa::path(patch, path = "/people/{id}", tag = "people", params(("id" = String, Path)), request_body = PersonChange,
    responses((status = 200, body = PersonRow), Problems))]
async fn change(
    State(hub): State<Hub>,
    caller: Caller,
    Path(id): Path<String>,
    Body(asked): Body<PersonChange>,
) -> Result<Json<PersonRow>, Error> {
    let roles = asked.roles.map(pairs);
    let PersonChange { name, staff_no, disabled, valid_from, valid_until, .. } = asked;
    let change = Change { name, staff_no, disabled, roles, valid_from, valid_until };
    register::change(&hub, &caller, &id, change).await?;
    Ok(Json(one(&hub, &id).await?))
}

/// Removes a person with everything personal; journals keep the id. 409 `last_administrator`.
#[utoipa::path(delete, path = "/people/{id}", tag = "people", params(("id" = String, Path)),
    responses((status = 204), Problems))]
async fn remove(State(hub): State<Hub>, caller: Caller, Path(id): Path<String>) -> Result<StatusCode, Error> {
    register::remove(&hub, &caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A password that an administrator gives.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct GivenPassword {
    /// The password; it must be changed at the next login.
    new: String,
}

/// Gives somebody a new password and takes their second proof away; their sessions end.
#[utoipa::path(post, path = "/people/{id}/password", tag = "people", params(("id" = String, Path)),
    request_body = GivenPassword, responses((status = 204), Problems))]
async fn reset(
    State(hub): State<Hub>,
    caller: Caller,
    Path(id): Path<String>,
    Body(asked): Body<GivenPassword>,
) -> Result<StatusCode, Error> {
    register::reset(&hub, &caller, &id, asked.new).await?;
    Ok(StatusCode::NO_CONTENT)
}
