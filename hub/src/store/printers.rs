//! Which printer stands beside which player: read from the players' settings.

use hall::HallId;
use serde::Deserialize;

use super::{Db, Tx};

/// A player as far as printing concerns it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kiosk {
    /// Its name, as on the slip.
    pub name: String,
    /// Its hall.
    pub hall: String,
    /// Its printer's address, if it has one.
    pub printer: Option<String>,
}

#[derive(Deserialize)]
struct Settings {
    printer: Option<String>,
}

fn printer_in(settings: &str) -> Option<String> {
    serde_json::from_str::<Settings>(settings).ok()?.printer.filter(|it| !it.is_empty())
}

/// A player by its id.
pub async fn of_player(db: &Db, player: &str) -> Result<Option<Kiosk>, sqlx::Error> {
    let row: Option<(String, String, String)> = on!(db.read, p => {
        sqlx::query_as("SELECT name, hall, settings FROM players WHERE id = $1").bind(player).fetch_optional(p).await
    })?;
    Ok(row.map(|(name, hall, settings)| Kiosk { name, hall, printer: printer_in(&settings) }))
}

/// The player that holds a token, if it stands in this hall and has a printer.
pub async fn of_token(tx: &mut Tx, token: &str, hall: &HallId) -> Result<Option<String>, sqlx::Error> {
    let row: Option<(String, String)> = on!(tx.tx, c => {
        sqlx::query_as(
            "SELECT p.id, p.settings FROM tokens t JOIN players p ON p.id = t.player WHERE t.id = $1 AND p.hall = $2",
        )
        .bind(token).bind(hall.as_str()).fetch_optional(c).await
    })?;
    Ok(row.filter(|(_, settings)| printer_in(settings).is_some()).map(|(player, _)| player))
}

/// Names of a hall's site, Chinese and English; nothing if it has none.
pub async fn site_of(db: &Db, hall: &HallId) -> Result<Option<(String, String)>, sqlx::Error> {
    on!(db.read, p => {
        sqlx::query_as("SELECT s.name, s.name_en FROM halls h JOIN sites s ON s.id = h.site WHERE h.id = $1")
            .bind(hall.as_str()).fetch_optional(p).await
    })
}
