//! `/sites`: service centres in their tree.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{Problems, Rows};
use super::body::Body;
use super::query::Path;
use crate::error::{Error, Wrong};
use crate::people::{Caller, Permission};
use crate::store::sites::{self as table, Site};
use crate::{Hub, chance, sites};

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(list, add)).routes(routes!(put, remove))
}

/// A service centre, or what it belongs to.
#[derive(Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct SiteRow {
    /// Its id; made up if a new one does not say.
    #[serde(default)]
    id: String,
    /// The site above it.
    #[serde(default)]
    parent: Option<String>,
    /// `city`, `district`, `street` or `centre`.
    kind: String,
    /// Chinese name.
    name: String,
    /// English name.
    #[serde(default)]
    name_en: String,
    /// Where it is.
    #[serde(default)]
    address: String,
    /// Its time zone.
    #[serde(default = "asia_shanghai")]
    time_zone: String,
    /// The hour at which one business day becomes the next (0-23).
    #[serde(default)]
    cutover_hour: i64,
}

fn asia_shanghai() -> String {
    "Asia/Shanghai".into()
}

impl From<Site> for SiteRow {
    fn from(it: Site) -> Self {
        let Site { id, parent, kind, name, name_en, address, time_zone, cutover_hour } = it;
        Self { id, parent, kind, name, name_en, address, time_zone, cutover_hour }
    }
}

impl From<SiteRow> for Site {
    fn from(it: SiteRow) -> Self {
        let SiteRow { id, parent, kind, name, name_en, address, time_zone, cutover_hour } = it;
        Self { id, parent, kind, name, name_en, address, time_zone, cutover_hour }
    }
}

/// All sites.
#[utoipa::path(get, path = "/sites", tag = "setup", responses((status = 200, body = Rows<SiteRow>), Problems))]
async fn list(State(hub): State<Hub>, caller: Caller) -> Result<Json<Rows<SiteRow>>, Error> {
    caller.may_somewhere(Permission::ReadSetup)?;
    let all = table::list(&hub.db).await?;
    Ok(Json(Rows::whole(all.into_iter().map(SiteRow::from).collect())))
}

/// Adds a site.
#[utoipa::path(post, path = "/sites", tag = "setup", request_body = SiteRow,
    responses((status = 201, body = SiteRow), Problems))]
async fn add(
    State(hub): State<Hub>,
    caller: Caller,
    Body(mut asked): Body<SiteRow>,
) -> Result<(StatusCode, Json<SiteRow>), Error> {
    if asked.id.is_empty() {
        asked.id = chance::row_id();
    }
    sites::put(&hub, &caller, asked.clone().into(), true).await?;
    Ok((StatusCode::CREATED, Json(asked)))
}

/// Changes a site; its halls follow its time zone and cut-over hour.
#[utoipa::path(put, path = "/sites/{id}", tag = "setup", params(("id" = String, Path)), request_body = SiteRow,
    responses((status = 200, body = SiteRow), Problems))]
async fn put(
    State(hub): State<Hub>,
    caller: Caller,
    Path(id): Path<String>,
    Body(mut asked): Body<SiteRow>,
) -> Result<Json<SiteRow>, Error> {
    if !asked.id.is_empty() && asked.id != id {
        return Err(Error::bad("id", Wrong::Fixed.why("is not the id in the address")));
    }
    asked.id = id;
    sites::put(&hub, &caller, asked.clone().into(), false).await?;
    Ok(Json(asked))
}

/// Takes a site out that nothing stands in. 409 `in_use`.
#[utoipa::path(delete, path = "/sites/{id}", tag = "setup", params(("id" = String, Path)),
    responses((status = 204), Problems))]
async fn remove(State(hub): State<Hub>, caller: Caller, Path(id): Path<String>) -> Result<StatusCode, Error> {
    sites::remove(&hub, &caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
