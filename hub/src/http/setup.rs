//! `/halls/{hall}/setup`: how a hall is set up, whole and row by row. Every change answers the new setup.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use hall::setup::{Class, CounterSetup, Department, Queue, Speaker, Zone};
use hall::{HallId, Setup};
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::Problems;
use super::body::{self, Body};
use super::query::Path;
use crate::error::{Error, Wrong};
use crate::people::{Caller, Permission};
use crate::setup::{self, Fields, Row};
use crate::{Hub, sites};

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new()
        .routes(routes!(read, change))
        .routes(routes!(put_zone, remove_zone))
        .routes(routes!(put_department, remove_department))
        .routes(routes!(put_queue, remove_queue))
        .routes(routes!(put_counter, remove_counter))
        .routes(routes!(put_class, remove_class))
        .routes(routes!(put_speaker, remove_speaker))
}

/// How a hall is set up.
#[derive(Serialize, utoipa::ToSchema)]
struct WholeSetup {
    /// Counts the changes; send it as `If-Match` to change only what you saw.
    revision: i64,
    /// Everything.
    #[serde(flatten)]
    setup: Setup,
}

async fn whole(hub: &Hub, hall: &HallId) -> Result<Json<WholeSetup>, Error> {
    let seen = hub.halls.seen(hall).await?;
    Ok(Json(WholeSetup { revision: seen.revision, setup: (*seen.hall.setup).clone() }))
}

/// How a hall is set up.
#[utoipa::path(get, path = "/halls/{hall}/setup", tag = "setup", params(("hall" = String, Path)),
    responses((status = 200, body = WholeSetup), Problems))]
async fn read(State(hub): State<Hub>, caller: Caller, Path(hall): Path<HallId>) -> Result<Json<WholeSetup>, Error> {
    caller.may(&hall, Permission::ReadSetup)?;
    whole(&hub, &hall).await
}

/// Changes fields of the hall itself; those that are not sent stay. 409 `stale`.
#[utoipa::path(patch, path = "/halls/{hall}/setup", tag = "setup",
    params(("hall" = String, Path), ("If-Match" = Option<String>, Header, description = "The revision that was seen")),
    request_body(content = Object, description = "Fields of `HallSetup`"), responses((status = 200, body = WholeSetup), Problems))]
async fn change(
    State(hub): State<Hub>,
    caller: Caller,
    Path(hall): Path<HallId>,
    headers: HeaderMap,
    Body(fields): Body<Fields>,
) -> Result<Json<WholeSetup>, Error> {
    let expect = expected(&headers)?;
    let change = |setup: &mut Setup, _: &hall::Fold| setup::change_hall(&mut setup.hall, fields);
    sites::configure(&hub, &caller, &hall, expect, "hall", change).await?;
    whole(&hub, &hall).await
}

/// `If-Match: 12`, also in quotes.
fn expected(headers: &HeaderMap) -> Result<Option<i64>, Error> {
    let Some(sent) = headers.get(header::IF_MATCH) else {
        return Ok(None);
    };
    let number = sent.to_str().ok().and_then(|it| it.trim().trim_matches('"').parse().ok());
    number.map(Some).ok_or_else(|| Error::bad("If-Match", "must be the `revision` of the setup you saw"))
}

/// The hall and the row of an address.
type Place = Path<(HallId, String)>;

async fn put<R: Row + DeserializeOwned + Send>(
    hub: &Hub,
    caller: &Caller,
    (hall, id): (HallId, String),
    headers: &HeaderMap,
    request: Request,
) -> Result<Json<WholeSetup>, Error> {
    caller.may(&hall, Permission::Configure)?;
    let expect = expected(headers)?;
    let row: R = body::parse(&with_id(&id, body::read(request, hub).await?))?;
    if row.id() != id {
        return Err(Error::bad("id", Wrong::Fixed.why("is not the id in the address")));
    }
    let path = format!("{}.{id}", R::KIND);
    let change = |setup: &mut Setup, _: &hall::Fold| {
        setup::put(setup, row);
        Ok(())
    };
    sites::configure(hub, caller, &hall, expect, &path, change).await?;
    whole(hub, &hall).await
}

/// The id stands in the address, so a body need not repeat it.
fn with_id(id: &str, body: Bytes) -> Bytes {
    let says_it = serde_json::from_slice::<serde_json::Value>(&body).map_or(true, |it| it.get("id").is_some());
    match body.iter().position(|it| *it == b'{') {
        Some(start) if !says_it => {
            let empty = body[start + 1..].iter().find(|it| !it.is_ascii_whitespace()) == Some(&b'}');
            let field = format!("{{\"id\":{}{}", serde_json::Value::from(id), if empty { "" } else { "," });
            [field.as_bytes(), &body[start + 1..]].concat().into()
        }
        Some(_) | None => body,
    }
}

async fn remove<R: Row>(
    hub: &Hub,
    caller: &Caller,
    (hall, id): (HallId, String),
    headers: &HeaderMap,
) -> Result<Json<WholeSetup>, Error> {
    let expect = expected(headers)?;
    let path = format!("{}.{id}", R::KIND);
    let change = |setup: &mut Setup, fold: &hall::Fold| setup::remove::<R>(setup, fold, &id);
    sites::configure(hub, caller, &hall, expect, &path, change).await?;
    whole(hub, &hall).await
}

/// The two addresses of a kind of rows.
macro_rules! row {
    ($row:ty, $path:literal, $put:ident, $remove:ident) => {
        /// Writes a row whole, new or in place of the one with its id. 409 `stale`.
        #[utoipa::path(put, path = $path, tag = "setup", params(("hall" = String, Path), ("id" = String, Path),
                                    ("If-Match" = Option<String>, Header, description = "The revision that was seen")),
                                    request_body = $row, responses((status = 200, body = WholeSetup), Problems))]
        async fn $put(
            State(hub): State<Hub>,
            caller: Caller,
            Path(place): Place,
            headers: HeaderMap,
            request: Request,
        ) -> Result<Json<WholeSetup>, Error> {
            put::<$row>(&hub, &caller, place, &headers, request).await
        }

        /// Takes a row out. 409 `in_use` (says by how many), `stale`.
        #[utoipa::path(delete, path = $path, tag = "setup", params(("hall" = String, Path), ("id" = String, Path),
                                    ("If-Match" = Option<String>, Header, description = "The revision that was seen")),
                                    responses((status = 200, body = WholeSetup), Problems))]
        async fn $remove(
            State(hub): State<Hub>,
            caller: Caller,
            Path(place): Place,
            headers: HeaderMap,
        ) -> Result<Json<WholeSetup>, Error> {
            remove::<$row>(&hub, &caller, place, &headers).await
        }
    };
}

row!(Zone, "/halls/{hall}/zones/{id}", put_zone, remove_zone);
row!(Department, "/halls/{hall}/departments/{id}", put_department, remove_department);
row!(Queue, "/halls/{hall}/queues/{id}", put_queue, remove_queue);
row!(CounterSetup, "/halls/{hall}/counters/{id}", put_counter, remove_counter);
row!(Speaker, "/halls/{hall}/speakers/{id}", put_speaker, remove_speaker);
row!(Class, "/halls/{hall}/classes/{id}", put_class, remove_class);
