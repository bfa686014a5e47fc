//! `/halls/{hall}/clips`: recorded clips that can be announced.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use hall::HallId;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{Problems, Rows};
use super::body;
use super::query::{Path, Query};
use crate::Hub;
use crate::error::Error;
use crate::people::{Caller, Permission, names};
use crate::speech::clips::{self, FILE_BYTES_MAX};
use crate::store::clips::{self as table, Clip};

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(list, add)).routes(routes!(remove)).routes(routes!(sound))
}

/// A recorded clip.
#[derive(Serialize, utoipa::ToSchema)]
struct ClipRow {
    /// Its id.
    id: String,
    /// What it is called.
    name: String,
    /// How long it lasts, milliseconds.
    length_ms: i64,
    /// Who made it.
    made_by_name: Option<String>,
    /// When.
    made_at: DateTime<Utc>,
}

async fn row(hub: &Hub, it: Clip) -> Result<ClipRow, Error> {
    let made_by_name = names::name_of(hub, &it.made_by).await?;
    Ok(ClipRow { id: it.id, name: it.name, length_ms: it.length_ms, made_by_name, made_at: it.made_at })
}

/// The recorded clips of a hall, by name.
#[utoipa::path(get, path = "/halls/{hall}/clips", tag = "speech", params(("hall" = String, Path)),
    responses((status = 200, body = Rows<ClipRow>), Problems))]
async fn list(State(hub): State<Hub>, caller: Caller, Path(hall): Path<HallId>) -> Result<Json<Rows<ClipRow>>, Error> {
    caller.may(&hall, Permission::Supervise)?;
    hub.halls.seen(&hall).await?;
    let mut rows = Vec::new();
    for it in table::list(&hub.db, &hall).await? {
        rows.push(row(&hub, it).await?);
    }
    Ok(Json(Rows::whole(rows)))
}

/// What a clip is called.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Named {
    /// In words.
    #[param(required)]
    name: Option<String>,
}

/// Takes a recording in: WAV, MP3, OGG or FLAC, at most 10 MB and 60 seconds. It is made as loud as calls are.
#[utoipa::path(post, path = "/halls/{hall}/clips", tag = "speech", params(("hall" = String, Path), Named),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = ClipRow), Problems))]
async fn add(
    State(hub): State<Hub>,
    caller: Caller,
    Path(hall): Path<HallId>,
    Query(named): Query<Named>,
    request: Request,
) -> Result<(StatusCode, Json<ClipRow>), Error> {
    caller.may(&hall, Permission::Supervise)?;
    body::must_be(&request, &["audio/", "application/octet-stream"], "a sound file (WAV, MP3, OGG or FLAC)")?;
    let bytes = axum::body::to_bytes(request.into_body(), FILE_BYTES_MAX).await;
    let bytes = bytes.map_err(|_| Error::TooLarge(FILE_BYTES_MAX))?;
    let clip = clips::add(&hub, &caller, &hall, named.name.as_deref().unwrap_or_default(), bytes.into()).await?;
    Ok((StatusCode::CREATED, Json(row(&hub, clip).await?)))
}

/// Takes a clip out.
#[utoipa::path(delete, path = "/halls/{hall}/clips/{id}", tag = "speech",
    params(("hall" = String, Path), ("id" = String, Path)), responses((status = 204), Problems))]
async fn remove(
    State(hub): State<Hub>,
    caller: Caller,
    Path((hall, id)): Path<(HallId, String)>,
) -> Result<StatusCode, Error> {
    clips::remove(&hub, &caller, &hall, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The sound of a clip.
#[utoipa::path(get, path = "/halls/{hall}/clips/{id}/sound", tag = "speech",
    params(("hall" = String, Path), ("id" = String, Path)),
    responses((status = 200, content_type = "audio/wav", body = Vec<u8>), Problems))]
async fn sound(
    State(hub): State<Hub>,
    caller: Caller,
    Path((hall, id)): Path<(HallId, String)>,
) -> Result<Response, Error> {
    caller.may(&hall, Permission::Hear)?;
    let wav = table::sound(&hub.db, &hall, &id).await?.ok_or(Error::Missing("clip"))?;
    Ok(([(header::CONTENT_TYPE, "audio/wav")], wav).into_response())
}
