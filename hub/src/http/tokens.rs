//! `/tokens`: what programs show instead of a login.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use hall::HallId;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{Problems, Rows};
use super::body::Body;
use super::query::Path;
use crate::Hub;
use crate::error::Error;
use crate::people::credentials::{self, NewToken};
use crate::people::{Caller, Scope};
use crate::store::tokens::Token;

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(list, make)).routes(routes!(revoke))
}

/// A token; what its holder sends is not kept.
#[derive(Serialize, utoipa::ToSchema)]
struct TokenRow {
    /// Its id.
    id: String,
    /// What it is for.
    name: String,
    /// What it may.
    scopes: Vec<Scope>,
    /// Where; null = in every hall.
    hall: Option<HallId>,
    /// Since when.
    created_at: DateTime<Utc>,
    /// The last request, exact to half a minute.
    last_used_at: Option<DateTime<Utc>>,
}

impl From<Token> for TokenRow {
    fn from(it: Token) -> Self {
        Self {
            scopes: it.scopes(),
            hall: it.hall(),
            id: it.id,
            name: it.name,
            created_at: it.made_at,
            last_used_at: it.last_seen,
        }
    }
}

/// Tokens of programs. (Those of players hang on their player.)
#[utoipa::path(get, path = "/tokens", tag = "people", responses((status = 200, body = Rows<TokenRow>), Problems))]
async fn list(State(hub): State<Hub>, caller: Caller) -> Result<Json<Rows<TokenRow>>, Error> {
    let all = credentials::list(&hub, &caller).await?;
    Ok(Json(Rows::whole(all.into_iter().map(TokenRow::from).collect())))
}

/// A token to be made.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NewTokenBody {
    /// What it is for.
    name: String,
    /// What it may.
    scopes: Vec<Scope>,
    /// Where; null = in every hall.
    #[serde(default)]
    hall: Option<HallId>,
}

/// A token that was made.
#[derive(Serialize, utoipa::ToSchema)]
struct MadeToken {
    /// Its id.
    id: String,
    /// What its holder sends: shown once, kept nowhere.
    token: String,
}

/// Makes a token.
#[utoipa::path(post, path = "/tokens", tag = "people", request_body = NewTokenBody,
    responses((status = 201, body = MadeToken), Problems))]
async fn make(
    State(hub): State<Hub>,
    caller: Caller,
    Body(asked): Body<NewTokenBody>,
) -> Result<(StatusCode, Json<MadeToken>), Error> {
    let NewTokenBody { name, scopes, hall } = asked;
    let made = credentials::make(&hub, &caller, NewToken { name, scopes, hall }).await?;
    Ok((StatusCode::CREATED, Json(MadeToken { id: made.id, token: made.token })))
}

/// Revokes a token: it is good no more, and its sockets are closed.
#[utoipa::path(delete, path = "/tokens/{id}", tag = "people", params(("id" = String, Path)),
    responses((status = 204), Problems))]
async fn revoke(State(hub): State<Hub>, caller: Caller, Path(id): Path<String>) -> Result<StatusCode, Error> {
    credentials::revoke(&hub, &caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
