//! `GET H/explain`: who would be next at a counter, and the rule that decides.

use axum::Json;
use axum::extract::State;
use hall::next::{self, Candidate, Rule};
use hall::{CounterId, HallId};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wire::At;

use super::answers::Problems;
use super::query::{Path, Query};
use crate::Hub;
use crate::error::Error;
use crate::people::{Caller, Permission};

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(explain))
}

/// At which counter.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// The counter's id.
    #[param(value_type = String)]
    counter: CounterId,
}

/// Who would be called, and why.
#[derive(Serialize, utoipa::ToSchema)]
struct Explained {
    /// The position it is true for.
    at: At,
    /// The rule that picks the first; null = nobody waits for this counter.
    rule: Option<Rule>,
    /// Up to ten candidates in the order they would be called, each with its rule.
    candidates: Vec<Candidate>,
}

/// The next candidates of a counter in the order they would be called, each with the rule that takes it.
#[utoipa::path(get, path = "/halls/{hall}/explain", tag = "halls", params(("hall" = String, Path), Asked),
    responses((status = 200, body = Explained), Problems))]
async fn explain(
    State(hub): State<Hub>,
    caller: Caller,
    Path(hall): Path<HallId>,
    Query(asked): Query<Asked>,
) -> Result<Json<Explained>, Error> {
    caller.may(&hall, Permission::SeeStaffCut)?;
    let seen = hub.halls.seen(&hall).await?;
    seen.hall.counter(&asked.counter)?;
    let candidates = next::explain(&seen.hall, &asked.counter, hub.clock.now());
    let rule = candidates.first().map(|it| it.rule);
    Ok(Json(Explained { at: At { epoch: seen.epoch, seq: seen.seq }, rule, candidates }))
}
