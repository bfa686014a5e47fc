//! `/me`: who is signed in, and what they may change of themselves.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum_extra::extract::CookieJar;
use hall::{CounterId, CounterState, HallId};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::Problems;
use super::body::Body;
use super::people::RoleRow;
use super::query::Query;
use crate::Hub;
use crate::error::Error;
use crate::people::address::Address;
use crate::people::{Caller, Permission, SESSION_COOKIE, csrf_of, login, sealed};

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new()
        .routes(routes!(read))
        .routes(routes!(change_password))
        .routes(routes!(second_proof))
        .routes(routes!(confirm_second_proof))
}

/// Who is signed in.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Me {
    /// Their id.
    id: String,
    /// What they typed.
    login: String,
    /// Their name.
    name: String,
    /// Their number on badges.
    staff_no: Option<String>,
    /// What they are here for.
    roles: Vec<RoleRow>,
    /// To be sent with every change, as `X-CSRF-Token`.
    csrf: String,
    /// Seconds without a request after which the session ends.
    idle_s: u32,
    /// Counters they hold.
    counters: Vec<HeldCounter>,
    /// Nothing else is allowed until they have chosen a password.
    must_change_password: bool,
    /// Whether a code is asked for at every login.
    second_proof: bool,
}

/// A counter somebody holds.
#[derive(Serialize, utoipa::ToSchema)]
pub struct HeldCounter {
    /// The hall.
    hall: HallId,
    /// The counter.
    counter: CounterId,
}

/// Who the caller is; `key` is their session's.
pub(super) async fn of(hub: &Hub, caller: &Caller, key: &str) -> Result<Me, Error> {
    let person = login::signed_in(hub, caller).await?;
    Ok(Me {
        name: sealed::open(&hub.keys, &person.id, &person.name)?,
        login: person.login,
        staff_no: Some(person.staff_no).filter(|it| !it.is_empty()),
        roles: super::people::roles(caller.grants()),
        csrf: csrf_of(key),
        idle_s: hub.people.idle_s(),
        counters: held(hub, caller).await?,
        must_change_password: person.must_change_password,
        second_proof: person.proof_confirmed,
        id: person.id,
    })
}

/// The counters the caller holds, in the halls they belong to.
async fn held(hub: &Hub, caller: &Caller) -> Result<Vec<HeldCounter>, Error> {
    let by = caller.by();
    let mut held = Vec::new();
    for hall in hub.halls.list().await? {
        let hall = HallId::from(hall.id);
        if !caller.sees(&hall, Permission::Serve) {
            continue;
        }
        let seen = hub.halls.seen(&hall).await?;
        let own = seen.hall.fold.counters.values().filter(|it| it.staff.as_ref() == Some(&by));
        let open = own.filter(|it| it.state != CounterState::Closed);
        held.extend(open.map(|it| HeldCounter { hall: hall.clone(), counter: it.id.clone() }));
    }
    Ok(held)
}

/// Whether somebody is at the page that asks.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AtThePage {
    /// Somebody is: the session goes on. Without it a page may ask as often as it likes, and the session ends all the same.
    #[serde(default)]
    #[expect(dead_code, reason = "told to people by the document; `Caller` reads it before anything else does")]
    here: bool,
}

/// Who is signed in, with the CSRF token of the session.
#[utoipa::path(get, path = "/me", tag = "people", params(AtThePage), responses((status = 200, body = Me), Problems))]
async fn read(
    State(hub): State<Hub>,
    caller: Caller,
    Query(_here): Query<AtThePage>,
    jar: CookieJar,
) -> Result<Json<Me>, Error> {
    let key = jar.get(SESSION_COOKIE).map(|it| it.value().to_owned()).unwrap_or_default();
    Ok(Json(of(&hub, &caller, &key).await?))
}

/// A new password.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPassword {
    /// The one that is good now.
    old: String,
    /// The new one: at least 8 characters, not the login, not only digits.
    new: String,
}

/// Chooses a new password; every other session of the person ends.
#[utoipa::path(post, path = "/me/password", tag = "people", request_body = NewPassword,
    responses((status = 204), Problems))]
async fn change_password(
    State(hub): State<Hub>,
    from: Address,
    caller: Caller,
    Body(asked): Body<NewPassword>,
) -> Result<StatusCode, Error> {
    login::change_password(&hub, &caller, asked.old, asked.new, from).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who wants a second proof shows that it is really them.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct OwnPassword {
    /// Their password.
    password: String,
}

/// A new second proof, shown once.
#[derive(Serialize, utoipa::ToSchema)]
struct SecondProof {
    /// For an authenticator app, as a QR code.
    otpauth_url: String,
    /// Codes to write down; each is good once.
    recovery: Vec<String>,
}

/// Makes a new second proof: it can reset a forgotten password at once, and is asked for at every login as soon as
/// one code was confirmed.
#[utoipa::path(post, path = "/me/second-proof", tag = "people", request_body = OwnPassword,
    responses((status = 200, body = SecondProof), Problems))]
async fn second_proof(
    State(hub): State<Hub>,
    from: Address,
    caller: Caller,
    Body(asked): Body<OwnPassword>,
) -> Result<Json<SecondProof>, Error> {
    let login::NewProof { otpauth_url, recovery } = login::new_proof(&hub, &caller, asked.password, from).await?;
    Ok(Json(SecondProof { otpauth_url, recovery }))
}

/// A code of the authenticator app.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct ProofCode {
    /// Six digits.
    code: String,
}

/// Shows that the authenticator app works; from now on a code is asked for at every login.
#[utoipa::path(post, path = "/me/second-proof/confirm", tag = "people", request_body = ProofCode,
    responses((status = 204), Problems))]
async fn confirm_second_proof(
    State(hub): State<Hub>,
    from: Address,
    caller: Caller,
    Body(asked): Body<ProofCode>,
) -> Result<StatusCode, Error> {
    login::confirm_proof(&hub, &caller, &asked.code, from).await?;
    Ok(StatusCode::NO_CONTENT)
}
