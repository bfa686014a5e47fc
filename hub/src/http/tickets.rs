//! `GET /tickets/{id}`: a visitor's own ticket. Its id is the key; whoever has it may read.

use axum::Json;
use axum::extract::State;
use hall::setup::CounterSetup;
use hall::{Hall, Ticket, TicketId};
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wire::board::HallFace;
use wire::heard::{Deferral, Shown};

use super::answers::Problems;
use super::query::Path;
use crate::Hub;
use crate::error::Error;
use crate::halls::shown::{self, ShownTicket};
use crate::public::{self, Around};
use crate::slip::SlipState;
use crate::socket::mine;
use crate::store::{printers, tickets};

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(read))
}

/// Names of a site, Chinese and English.
type Site = (String, String);
/// How a slip is doing, and what the printer lacked.
type Slip = (SlipState, Option<String>);

/// A ticket with the words its page shows.
#[derive(Serialize, utoipa::ToSchema)]
struct TicketPage {
    #[serde(flatten)]
    ticket: ShownTicket,
    /// Its hall.
    hall: String,
    /// Its queue's Chinese name.
    queue_name: String,
    /// Its queue's English name.
    queue_name_en: String,
    /// What is on the sign of the counter it is at, or waits for.
    counter_label: Option<String>,
    /// Who else of its queue is called or served now, the newest call first.
    calls: Vec<Shown>,
    /// What the hall wants visitors to know.
    hint: String,
    /// The same in English.
    hint_en: String,
    /// Names, words and clock of the hall.
    place: HallFace,
    /// Signs of the counters that serve its queue.
    counters: Vec<String>,
    /// What "more time" would do; none where it may not be asked for.
    defer: Option<Deferral>,
    /// How its printed slip is doing.
    slip: SlipState,
    /// Of a slip that failed: what the printer lacked, as in alerts (`paper_out`, `cover_open`, `unreachable`…).
    slip_why: Option<String>,
}

/// A ticket as it stands, for the holder of its key.
#[utoipa::path(get, path = "/tickets/{id}", tag = "tickets", params(("id" = String, Path)),
    responses((status = 200, body = TicketPage), Problems))]
async fn read(State(hub): State<Hub>, Path(id): Path<TicketId>) -> Result<Json<TicketPage>, Error> {
    let found = tickets::by_id(&hub.db, &id).await?.ok_or(Error::Missing("ticket"))?;
    let hall = hub.halls.seen(&found.hall).await?.hall;
    // The hall knows it as it is now; a ticket of another day only its row does.
    let ticket = hall.ticket_by_id(&id).map_or(&found.ticket, |it| &**it);
    let site = printers::site_of(&hub.db, &found.hall).await?.unwrap_or_default();
    let slip = SlipState::of(&hub.db, &found.hall, ticket.reference).await?;
    Ok(Json(page(&hub, &hall, ticket, site, slip)))
}

fn page(hub: &Hub, hall: &Hall, it: &Ticket, (site, site_en): Site, (slip, slip_why): Slip) -> TicketPage {
    let wait = hall::forecast::of_ticket(hall, it.reference, hub.clock.now());
    let queue = hall.setup.queue(&it.queue);
    let serves = |counter: &&CounterSetup| counter.queues.iter().any(|served| served.queue == it.queue);
    let around = Around { site, site_en, ..Around::default() };
    let counter = it.counter.as_ref().and_then(|id| hall.setup.counter(id));
    TicketPage {
        ticket: shown::ticket(hall, it, wait, &hub.public_url),
        hall: hall.setup.hall.id.to_string(),
        queue_name: queue.map(|it| it.name.clone()).unwrap_or_default(),
        queue_name_en: queue.map(|it| it.name_en.clone()).unwrap_or_default(),
        counter_label: counter.map(|it| it.label.clone()),
        calls: mine::calls(hall, it),
        hint: hall.setup.hall.slip_hint.clone(),
        hint_en: hall.setup.hall.slip_hint_en.clone(),
        place: public::hall_face(hall, &around),
        counters: hall.setup.counters.iter().filter(serves).map(|it| it.label.clone()).collect(),
        defer: mine::deferral(hall, it),
        slip,
        slip_why,
    }
}
