//! The slip of a ticket: its drawing and its QR code for whoever holds the key, and printing it again.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use hall::TicketId;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::Problems;
use super::body::Body;
use super::query::Path;
use crate::Hub;
use crate::error::{Error, Wrong};
use crate::people::{Caller, Permission};
use crate::slip::{SlipState, draw, qr};

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(slip)).routes(routes!(code)).routes(routes!(print))
}

/// The slip of a ticket as it stands, 576 dots wide; the same drawing that is printed.
#[utoipa::path(get, path = "/tickets/{id}/slip.svg", tag = "tickets", params(("id" = String, Path)),
    responses((status = 200, content_type = "image/svg+xml", body = String), (status = 410, body = crate::Problem), Problems))]
async fn slip(State(hub): State<Hub>, Path(id): Path<TicketId>) -> Result<Response, Error> {
    let (hall, ticket) = hub.slips.find(&id).await?;
    let facts = hub.slips.facts(&hall, ticket, None).await?;
    Ok(image(draw(&facts.ok_or(OVER)?).svg))
}

/// The QR code of a ticket's page.
#[utoipa::path(get, path = "/tickets/{id}/qr.svg", tag = "tickets", params(("id" = String, Path)),
    responses((status = 200, content_type = "image/svg+xml", body = String), Problems))]
async fn code(State(hub): State<Hub>, Path(id): Path<TicketId>) -> Result<Response, Error> {
    hub.slips.find(&id).await?;
    let address = hub.slips.address(&id);
    let code = qr::Code::of(&address).ok_or(Error::Broken("the public address is too long for a code".into()))?;
    Ok(image(code.svg()))
}

/// Where to print.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct Print {
    /// The kiosk whose printer it is; without it the kiosk that asks.
    #[serde(default)]
    player: Option<String>,
}

/// How it goes on.
#[derive(Serialize, utoipa::ToSchema)]
struct Printing {
    /// `waiting`: look at the ticket's `slip` for how it went.
    slip: SlipState,
}

/// Prints the slip of a ticket (again).
#[utoipa::path(post, path = "/tickets/{id}/print", tag = "tickets", params(("id" = String, Path)), request_body = Print,
    responses((status = 202, body = Printing), (status = 410, body = crate::Problem), Problems))]
async fn print(
    State(hub): State<Hub>,
    caller: Caller,
    Path(id): Path<TicketId>,
    Body(print): Body<Print>,
) -> Result<(StatusCode, Json<Printing>), Error> {
    caller.may_somewhere(Permission::Issue)?;
    let (hall, ticket) = hub.slips.find(&id).await?;
    caller.may(&hall, Permission::Issue)?;
    let player = which(&caller, print.player)?;
    hub.slips.facts(&hall, ticket, None).await?.ok_or(OVER)?;
    hub.slips.print_again(&hall, ticket, &player).await?;
    hub.courier.hint();
    Ok((StatusCode::ACCEPTED, Json(Printing { slip: SlipState::Waiting })))
}

const OVER: Error = Error::Gone("this ticket is over; there is no slip to show any more");

/// A kiosk prints at itself; staff say where.
fn which(caller: &Caller, asked: Option<String>) -> Result<String, Error> {
    match (caller.player(), asked) {
        (Some(own), Some(other)) if own != other => Err(Error::Forbidden("a kiosk prints at its own printer only")),
        (Some(own), _) => Ok(own.to_owned()),
        (None, Some(player)) => Ok(player),
        (None, None) => Err(Error::bad("player", Wrong::Missing.why("say which kiosk prints it"))),
    }
}

fn image(svg: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml; charset=utf-8"),
        // A drawing runs nothing and loads nothing.
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'"),
    ];
    (headers, svg).into_response()
}
