//! `GET /tickets/{id}/beside`: what staff reads beside a ticket and no face ever shows: notes, and who comes.
//!
//! The number of the phone is cut to its tail, the name is told only once the visitor was called (look of the
//! counter page; X-08). Nothing here is ever in a frame.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use hall::{HallId, Ticket, TicketId, TicketState};
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::Problems;
use super::query::Path;
use crate::Hub;
use crate::error::Error;
use crate::halls::person::Person;
use crate::halls::visitor;
use crate::people::{Caller, Permission};
use crate::store::{notes, tickets, visitors};

/// Digits of a phone number that staff sees.
const PHONE_TAIL_DIGITS: usize = 4;

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(read))
}

/// What stands beside a ticket.
#[derive(Serialize, utoipa::ToSchema)]
struct Beside {
    /// What colleagues wrote, the oldest first.
    notes: Vec<Note>,
    /// The last digits of the visitor's phone number, if one is known.
    phone_tail: Option<String>,
    /// The visitor's name, once they were called and if it is known.
    name: Option<String>,
}

/// What somebody wrote.
#[derive(Serialize, utoipa::ToSchema)]
struct Note {
    /// When.
    at: DateTime<Utc>,
    /// The words.
    text: String,
}

/// What staff reads beside a ticket.
#[utoipa::path(get, path = "/tickets/{id}/beside", tag = "tickets", operation_id = "read_beside_ticket",
    params(("id" = String, Path)), responses((status = 200, body = Beside), Problems))]
async fn read(State(hub): State<Hub>, caller: Caller, Path(id): Path<TicketId>) -> Result<Json<Beside>, Error> {
    let found = tickets::by_id(&hub.db, &id).await?.ok_or(Error::Missing("ticket"))?;
    caller.may(&found.hall, Permission::Serve)?;
    let seen = hub.halls.seen(&found.hall).await?.hall;
    let ticket = seen.ticket_by_id(&id).map_or(&found.ticket, |it| &**it);
    let person = person(&hub, ticket).await?.unwrap_or_default();
    Ok(Json(Beside {
        notes: notes_on(&hub, &found.hall, ticket).await?,
        phone_tail: person.phone.as_deref().map(tail),
        name: person.name.filter(|_| here(ticket.state)),
    }))
}

async fn notes_on(hub: &Hub, hall: &HallId, ticket: &Ticket) -> Result<Vec<Note>, Error> {
    let kept = notes::of_ticket(&hub.db, hall, ticket.reference).await?;
    let open = |it: notes::KeptNote| {
        let words = hub.keys.open_sealed(&format!("notes/{hall}/{}", it.seq), &it.sealed)?;
        let text = String::from_utf8(words).map_err(|_| Error::Broken(format!("note {} is no text", it.seq)))?;
        Ok(Note { at: it.made_at, text })
    };
    kept.into_iter().map(open).collect()
}

/// The person behind a ticket; none where nobody is known, or they were erased.
async fn person(hub: &Hub, ticket: &Ticket) -> Result<Option<Person>, Error> {
    let Some(id) = &ticket.visitor else { return Ok(None) };
    let row = visitors::by_id(&hub.db, id).await?;
    row.map(|row| visitor::open(&hub.keys, &row)).transpose()
}

fn tail(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().collect();
    digits[digits.len().saturating_sub(PHONE_TAIL_DIGITS)..].iter().collect()
}

/// Called, or being served.
fn here(state: TicketState) -> bool {
    match state {
        TicketState::Called | TicketState::Serving => true,
        TicketState::Waiting
        | TicketState::Parked
        | TicketState::NoShow
        | TicketState::Done
        | TicketState::Cancelled
        | TicketState::Unserved => false,
    }
}
