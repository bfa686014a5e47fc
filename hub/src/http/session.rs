//! `/session`: signing in and out; `/password-reset`: a forgotten password.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::Problems;
use super::body::Body;
use super::me::{self, Me};
use super::query::Query;
use crate::Hub;
use crate::error::Error;
use crate::people::address::Address;
use crate::people::login::{self, SignIn};
use crate::people::{Caller, SESSION_COOKIE};

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(sign_in, sign_out)).routes(routes!(reset_password))
}

/// Somebody who signs in.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct Credentials {
    /// Login; upper and lower case are the same.
    login: String,
    /// Password.
    password: String,
    /// Code of the second proof, where the person has confirmed one; or a recovery code.
    #[serde(default)]
    code: Option<String>,
}

/// Signs in: sets the session's cookie. 401 `bad_login`, `second_proof_needed`.
#[utoipa::path(post, path = "/session", tag = "people", request_body = Credentials,
    responses((status = 200, body = Me), Problems))]
async fn sign_in(
    State(hub): State<Hub>,
    from: Address,
    jar: CookieJar,
    Body(asked): Body<Credentials>,
) -> Result<(CookieJar, Json<Me>), Error> {
    let Credentials { login, password, code } = asked;
    let key = login::sign_in(&hub, SignIn { login, password, code }, from).await?;
    let caller = Caller::by_session(&hub, &key, true).await?;
    let me = me::of(&hub, &caller, &key).await?;
    Ok((jar.add(cookie(&hub, key)), Json(me)))
}

/// Why somebody is signed out.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Leaving {
    /// The page did it, for nobody was there.
    #[serde(default)]
    idle: bool,
}

/// Signs out: the session ends here and on its sockets.
#[utoipa::path(delete, path = "/session", tag = "people", params(Leaving), responses((status = 204), Problems))]
async fn sign_out(
    State(hub): State<Hub>,
    caller: Caller,
    Query(leaving): Query<Leaving>,
    jar: CookieJar,
) -> Result<(CookieJar, StatusCode), Error> {
    login::sign_out(&hub, &caller, leaving.idle).await?;
    Ok((jar.remove(cookie(&hub, String::new())), StatusCode::NO_CONTENT))
}

/// A forgotten password.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct ForgottenPassword {
    /// Login.
    login: String,
    /// A code of the authenticator app, or a recovery code.
    proof: String,
    /// The new password.
    new: String,
}

/// Sets a new password by a second proof; every session of the person ends. 401 `bad_proof`.
#[utoipa::path(post, path = "/password-reset", tag = "people", request_body = ForgottenPassword,
    responses((status = 204), Problems))]
async fn reset_password(
    State(hub): State<Hub>,
    from: Address,
    Body(asked): Body<ForgottenPassword>,
) -> Result<StatusCode, Error> {
    login::reset_password(&hub, &asked.login, &asked.proof, asked.new, from).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn cookie(hub: &Hub, key: String) -> Cookie<'static> {
    Cookie::build((SESSION_COOKIE, key))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(hub.public_url.starts_with("https://"))
        .build()
}
