//! `/about` and `/halls`: what runs here, and halls as a whole: made, copied as a file, taken out.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use hall::HallId;
use hall::setup::HallSetup;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{Problems, Rows};
use super::body::{self, Body};
use super::query::{Path, Query};
use crate::error::Error;
use crate::people::{Caller, Permission};
use crate::setup::{FILE_BYTES_MAX, HallFile};
use crate::sites::{self, NewHall};
use crate::{Hub, demo};

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new()
        .routes(routes!(about))
        .routes(routes!(list, make))
        .routes(routes!(remove))
        .routes(routes!(export))
        .routes(routes!(import))
}

/// What runs here.
#[derive(Serialize, utoipa::ToSchema)]
struct About {
    /// Always `Hallcast`.
    name: &'static str,
    /// Version of the program.
    version: &'static str,
    /// What links and QR codes point at.
    public_url: String,
    /// The halls.
    halls: Vec<HallName>,
    /// Whether the demo hall is here.
    demo: bool,
    /// The demo hall's kiosk; null without a demo hall.
    demo_kiosk: Option<DemoKiosk>,
}

/// A kiosk that may give tickets of the demo hall.
#[derive(Serialize, utoipa::ToSchema)]
struct DemoKiosk {
    /// The demo hall.
    hall: HallId,
    /// Its page, from the root of this hub, with its token behind `#`.
    address: String,
}

/// A hall and where it stands.
#[derive(Clone, Serialize, utoipa::ToSchema)]
pub struct HallName {
    /// Its id.
    id: HallId,
    /// Chinese name.
    name: String,
    /// English name.
    name_en: String,
    /// Chinese name of its site.
    site: String,
    /// English name of its site.
    site_en: String,
    /// The time zone it works by.
    time_zone: String,
}

impl HallName {
    fn of(setup: &HallSetup, (site, site_en): (String, String)) -> Self {
        let HallSetup { id, name, name_en, time_zone, .. } = setup;
        let time_zone = time_zone.to_string();
        Self { id: id.clone(), name: name.clone(), name_en: name_en.clone(), site, site_en, time_zone }
    }
}

/// A hall's names.
pub(super) async fn name_of(hub: &Hub, hall: &HallId) -> Result<HallName, Error> {
    let seen = hub.halls.seen(hall).await?;
    let site = crate::store::printers::site_of(&hub.db, hall).await?.unwrap_or_default();
    Ok(HallName::of(&seen.hall.setup.hall, site))
}

async fn names(hub: &Hub) -> Result<Vec<HallName>, Error> {
    let sites = crate::store::sites::list(&hub.db).await?;
    let mut names = Vec::new();
    for listed in hub.halls.list().await? {
        let id = HallId::from(listed.id);
        let seen = match hub.halls.seen(&id).await {
            // Taken out while we looked.
            Err(Error::Missing(_)) => continue,
            other => other?,
        };
        let site = sites.iter().find(|it| Some(&it.id) == listed.site.as_ref());
        let site = site.map(|it| (it.name.clone(), it.name_en.clone())).unwrap_or_default();
        names.push(HallName::of(&seen.hall.setup.hall, site));
    }
    Ok(names)
}

/// What runs here: for the first page, without login.
#[utoipa::path(get, path = "/about", tag = "setup", responses((status = 200, body = About), Problems))]
async fn about(State(hub): State<Hub>) -> Result<Json<About>, Error> {
    Ok(Json(About {
        name: "Hallcast",
        version: env!("CARGO_PKG_VERSION"),
        public_url: hub.public_url.clone(),
        halls: names(&hub).await?,
        demo: hub.people.is_demo(),
        demo_kiosk: demo::kiosk(&hub)?.map(|(hall, address)| DemoKiosk { hall, address }),
    }))
}

/// The halls the caller may see from inside.
#[utoipa::path(get, path = "/halls", tag = "setup", responses((status = 200, body = Rows<HallName>), Problems))]
async fn list(State(hub): State<Hub>, caller: Caller) -> Result<Json<Rows<HallName>>, Error> {
    caller.may_somewhere(Permission::ReadSetup)?;
    let all = names(&hub).await?;
    Ok(Json(Rows::whole(all.into_iter().filter(|it| caller.sees(&it.id, Permission::ReadSetup)).collect())))
}

/// A hall to be made.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NewHallBody {
    /// Its id; made up if it does not say.
    #[serde(default)]
    id: Option<HallId>,
    /// Its site; the hall works by its clock.
    #[serde(default)]
    site: Option<String>,
    /// Chinese name.
    name: String,
    /// English name.
    #[serde(default)]
    name_en: String,
}

/// The id of what was made.
#[derive(Serialize, utoipa::ToSchema)]
struct MadeHall {
    /// Its id.
    id: HallId,
}

/// Makes an empty hall. 409 `exists`.
#[utoipa::path(post, path = "/halls", tag = "setup", request_body = NewHallBody,
    responses((status = 201, body = MadeHall), Problems))]
async fn make(
    State(hub): State<Hub>,
    caller: Caller,
    Body(asked): Body<NewHallBody>,
) -> Result<(StatusCode, Json<MadeHall>), Error> {
    let NewHallBody { id, site, name, name_en } = asked;
    let id = sites::make_hall(&hub, &caller, NewHall { id, site, name, name_en }).await?;
    Ok((StatusCode::CREATED, Json(MadeHall { id })))
}

/// Takes a hall out with its journal, its tokens and its players. 409 `in_use` while tickets are open.
#[utoipa::path(delete, path = "/halls/{hall}", tag = "setup", params(("hall" = String, Path)),
    responses((status = 204), Problems))]
async fn remove(State(hub): State<Hub>, caller: Caller, Path(hall): Path<HallId>) -> Result<StatusCode, Error> {
    sites::remove_hall(&hub, &caller, &hall).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A hall as one file: how it is set up, nothing personal.
#[utoipa::path(get, path = "/halls/{hall}/export", tag = "setup", params(("hall" = String, Path)),
    responses((status = 200, body = HallFile), Problems))]
async fn export(State(hub): State<Hub>, caller: Caller, Path(hall): Path<HallId>) -> Result<Json<HallFile>, Error> {
    caller.may(&hall, Permission::ReadSetup)?;
    let seen = hub.halls.seen(&hall).await?;
    Ok(Json(HallFile::of((*seen.hall.setup).clone())))
}

/// How a file is taken in.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Import {
    /// Under this id instead of its own: a copy of a hall that is here.
    #[serde(rename = "as")]
    new_id: Option<HallId>,
    /// In this site; the hall works by its clock.
    site: Option<String>,
}

/// Makes a hall from a file (4 MiB). 409 `exists`.
#[utoipa::path(post, path = "/halls/import", tag = "setup", params(Import), request_body = HallFile,
    responses((status = 201, body = MadeHall), Problems))]
async fn import(
    State(hub): State<Hub>,
    caller: Caller,
    Query(how): Query<Import>,
    request: Request,
) -> Result<(StatusCode, Json<MadeHall>), Error> {
    caller.may_everywhere(Permission::Configure)?;
    let file: HallFile = body::parse(&body::read_up_to(request, FILE_BYTES_MAX).await?)?;
    let setup = file.into_setup(how.new_id)?;
    let id = sites::add_hall(&hub, &caller, setup, how.site.as_deref(), "hall.imported").await?;
    Ok((StatusCode::CREATED, Json(MadeHall { id })))
}
