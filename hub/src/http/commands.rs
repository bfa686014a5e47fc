//! `POST /halls/{hall}/commands`: asks a hall to change.
//!
//! Says who, what, and answers; who may is in `people`, what happens in the hall. A visitor's ticket id is their key:
//! with it they may cancel, defer and check in that ticket, and nothing else.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::HeaderMap;
use hall::moves::{OpenCounter, TicketName};
use hall::{By, Command, HallId, Reach, TicketId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Hub;
use crate::error::{Error, Problem};
use crate::halls::{Answer, Asked};
use crate::people::{Caller, serving};

mod fields;
mod key;
mod verbs;
mod visitor;

pub use verbs::{Parsed, VERBS, parse};

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(submit))
}

/// The body of a command: `{"do": VERB, …}`, with what any verb may carry.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "it only describes the body; `verbs` reads it")]
struct CommandBody {
    #[serde(flatten)]
    command: Command,
    /// Refuse as `stale` if the ticket or counter named (else the hall) has a later entry.
    expect: Option<verbs::Expect>,
    /// Free text, kept outside the journal (200 characters).
    note: Option<String>,
    /// For whom a ticket is taken (`issue`).
    visitor: Option<visitor::VisitorBody>,
    /// What is said (`announce`, 500 characters).
    text: Option<String>,
    /// A recorded clip instead (`announce`).
    clip: Option<String>,
}

/// Asks a hall to change; the answer comes after the commit.
#[utoipa::path(post, path = "/halls/{hall}/commands", tag = "halls",
    params(("hall" = String, Path), ("Idempotency-Key" = Option<String>, Header, description = "A repeat with the same key gets the same answer, for 24 hours")),
    request_body = CommandBody,
    responses((status = 200, body = Answer), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem, description = "Refused; with `at`, `ticket` and `counter` as they stand"),
        (status = 422, body = Problem), (status = 503, body = Problem)))]
async fn submit(
    State(hub): State<Hub>,
    Path(hall): Path<String>,
    caller: Caller,
    headers: HeaderMap,
    request: Request,
) -> Result<Json<Answer>, Error> {
    let hall = HallId::from(hall);
    let parsed = parse(&super::body::read(request, &hub).await?)?;
    let asked = asked(&hall, &caller, &headers, parsed)?;
    if let Command::OpenCounter(OpenCounter { staff: Some(staff), .. }) = &asked.command {
        serving::must_serve(&hub, &hall, staff).await?;
    }
    Ok(Json(hub.halls.submit(&hall, asked).await?))
}

/// Who asks, and how far their word reaches.
fn asked(hall: &HallId, caller: &Caller, headers: &HeaderMap, parsed: Parsed) -> Result<Asked, Error> {
    let (name, by, reach) = match caller.may_ask(hall, &parsed.command) {
        Ok(()) => (caller.name(), caller.by(), caller.reach(hall)),
        // Two visitors may choose the same key for a repeat: the ticket is who they are.
        Err(cause) => match visitors_own(&parsed.command) {
            Some(id) => (format!("visitor:{id}"), By::Visitor, Reach::Ticket),
            None => return Err(cause),
        },
    };
    let key = key::of(headers, &name, &format!("/halls/{hall}/commands"), &parsed.body)?;
    let Parsed { command, expect, visitor, note, words, body: _ } = parsed;
    Ok(Asked { command, by, reach, expect, key, visitor, note, words })
}

/// The ticket whose key makes a command a visitor's own. Its public name is no key.
fn visitors_own(command: &Command) -> Option<&TicketId> {
    let name = match command {
        Command::Cancel(it) => Some(&it.ticket),
        Command::Defer(it) => Some(&it.ticket),
        Command::CheckIn(it) => it.ticket.as_ref(),
        Command::Issue(_)
        | Command::CallNext(_)
        | Command::CallTicket(_)
        | Command::Recall(_)
        | Command::Start(_)
        | Command::Finish(_)
        | Command::NoShow(_)
        | Command::Park(_)
        | Command::Unpark(_)
        | Command::Transfer(_)
        | Command::Return(_)
        | Command::Reprioritise(_)
        | Command::Undo(_)
        | Command::OpenCounter(_)
        | Command::PauseCounter(_)
        | Command::ResumeCounter(_)
        | Command::CloseCounter(_)
        | Command::FreezeQueue(_)
        | Command::ThawQueue(_)
        | Command::SetMode(_)
        | Command::OpenDay(_)
        | Command::CloseDay(_)
        | Command::Announce(_)
        | Command::Withdraw(_) => None,
    };
    match name? {
        TicketName::Id(id) => Some(id),
        TicketName::Ref(_) => None,
    }
}
