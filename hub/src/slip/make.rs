//! Makes slips of tickets as they stand: for the page, and in bytes for a printer.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use futures_util::future::BoxFuture;
use hall::{HallId, TicketId, TicketRef};

use super::raster::Fonts;
use super::sample::sample;
use super::{Facts, Origin, Pair, draw, escpos, plain};
use crate::chance;
use crate::clock::Clock;
use crate::error::{Error, Wrong};
use crate::halls::Halls;
use crate::notify::owed::SLIP_LIFE;
use crate::notify::printer;
use crate::store::deliveries::{self, Owed};
use crate::store::{Db, Tx, printers, tickets};

/// Slips printed of one ticket at most.
const PRINTS_MAX: i64 = 6;

/// See the module. Cheap to clone.
#[derive(Clone)]
pub struct Slips {
    halls: Halls,
    db: Db,
    clock: Clock,
    public_url: String,
    font: Option<PathBuf>,
    fonts: Arc<OnceLock<Fonts>>,
}

impl Slips {
    /// Slips of these halls. Fonts are opened when the first slip is printed.
    pub fn new(halls: Halls, db: Db, clock: Clock, public_url: String, font: Option<PathBuf>) -> Self {
        Self { halls, db, clock, public_url, font, fonts: Arc::default() }
    }

    /// Where a ticket is, by the visitor's key: its hall, and its public name.
    pub async fn find(&self, key: &TicketId) -> Result<(HallId, TicketRef), Error> {
        let found = tickets::by_id(&self.db, key).await?.ok_or(Error::Missing("ticket"))?;
        Ok((found.hall, found.ticket.reference))
    }

    /// What stands on the slip of a ticket. None: the hall does not know it any more, it is over.
    pub async fn facts(&self, hall: &HallId, ticket: TicketRef, kiosk: Option<&str>) -> Result<Option<Facts>, Error> {
        let seen = self.halls.seen(hall).await?;
        let Some(ticket) = seen.hall.ticket(ticket).cloned() else {
            return Ok(None);
        };
        let origin = self.origin(hall, kiosk).await?;
        let now = self.clock.now();
        // The wait is played forward many times: nothing for a thread that answers others.
        let facts = tokio::task::spawn_blocking(move || Facts::of(&seen.hall, &ticket, origin, now));
        facts.await.map(Some).map_err(|cause| Error::Broken(format!("a slip could not be made: {cause}")))
    }

    /// The address of a ticket's page: what its QR code holds.
    pub fn address(&self, key: &TicketId) -> String {
        format!("{}/t/{key}", self.public_url)
    }

    /// Owes one more slip of a ticket, or tries again at once what is on its way already.
    pub async fn print_again(&self, hall: &HallId, ticket: TicketRef, player: &str) -> Result<(), Error> {
        let kiosk = printers::of_player(&self.db, player).await?;
        if !kiosk.is_some_and(|it| it.hall == hall.as_str() && it.printer.is_some()) {
            return Err(Error::bad("player", Wrong::NoSuch.why("this is no kiosk of the hall with a printer")));
        }
        let now = self.clock.now();
        let id = chance::row_id();
        let owed = Owed {
            cause: format!("print {id}"),
            channel: printer::NAME,
            hall: hall.clone(),
            ticket,
            player: player.to_owned(),
            made_at: now,
            expires_at: now + SLIP_LIFE,
        };
        let owe = async |tx: &mut Tx| {
            let (count, on_its_way) = deliveries::count(tx, hall, ticket, printer::NAME).await?;
            if on_its_way {
                return Ok(deliveries::hasten(tx, hall, ticket, now).await?);
            }
            if count >= PRINTS_MAX {
                let said = format!("this slip was printed {PRINTS_MAX} times already; show the code on a screen");
                return Err(Error::Conflict("print_limit", said));
            }
            Ok(deliveries::owe(tx, &id, &owed).await?)
        };
        self.db.write(owe).await
    }

    /// Prints a page that is no ticket's slip at a player's printer, and says what is wrong if it does not come out.
    pub async fn try_printer(&self, player: &str) -> Result<Result<(), escpos::Trouble>, Error> {
        let no_printer =
            || Error::bad("player", Wrong::NoSuch.why("this device has no printer; give it an address first"));
        let kiosk = printers::of_player(&self.db, player).await?.ok_or(Error::Missing("player"))?;
        let address = kiosk.printer.as_deref().and_then(|it| it.parse().ok()).ok_or_else(no_printer)?;
        let hall = HallId::from(kiosk.hall);
        let origin = self.origin(&hall, Some(&kiosk.name)).await?;
        let page = sample(&self.halls.seen(&hall).await?.hall, origin, self.clock.now());
        Ok(printer::print(&address, &self.printed(page).await?).await)
    }

    async fn origin(&self, hall: &HallId, kiosk: Option<&str>) -> Result<Origin, Error> {
        let site = printers::site_of(&self.db, hall).await?;
        Ok(Origin {
            site: site.map(|(zh, en)| Pair { zh, en }).unwrap_or_default(),
            kiosk: kiosk.map(str::to_owned),
            public_url: self.public_url.clone(),
        })
    }

    /// The bytes for a printer: a picture or, without fonts, the printer's own letters.
    pub async fn printed(&self, facts: Facts) -> Result<Vec<u8>, Error> {
        let own = self.clone();
        let made = tokio::task::spawn_blocking(move || {
            let fonts = own.fonts.get_or_init(|| Fonts::open(own.font.as_deref()));
            match fonts.picture(&draw(&facts)) {
                Some(picture) => escpos::raster(&picture),
                None => escpos::letters(&plain(&facts)),
            }
        });
        made.await.map_err(|cause| Error::Broken(format!("a slip could not be drawn: {cause}")))
    }
}

impl printer::Slips for Slips {
    fn bytes<'a>(
        &'a self,
        hall: &'a HallId,
        ticket: TicketRef,
        kiosk: &'a str,
    ) -> BoxFuture<'a, Result<Option<Vec<u8>>, Error>> {
        Box::pin(async move {
            match self.facts(hall, ticket, Some(kiosk)).await? {
                Some(facts) => self.printed(facts).await.map(Some),
                None => Ok(None),
            }
        })
    }
}
