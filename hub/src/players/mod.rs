//! Players: the programs beside screens, strips, kiosks and speakers. They pair by a code, then hold a token of their own.
//!
//! A player that is removed loses its token, and its sockets are closed.

pub mod pairing;
pub mod report;
mod settings;

use hall::{CounterId, HallId, Setup, ZoneId};
use serde_json::json;

pub use settings::{Orientation, Settings, Theme};

use crate::Hub;
use crate::error::{Error, Wrong};
use crate::people::audit::{self, Chain, Deed};
use crate::people::credentials::{self, NewToken};
use crate::people::{Caller, Ended, Permission, Scope};
use crate::setup::Findings;
use crate::store::players::{self, Player};
use crate::store::{Tx, tokens};

/// Players of one hub.
const PLAYERS_MAX: i64 = 20_000;
/// Zones of one player.
const ZONES_MAX: usize = 50;

/// The faces that can be drawn without a person who signs in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PlayerFace)]
pub enum Face {
    /// A hall screen.
    Screen,
    /// A strip over a counter.
    Strip,
    /// A ticket kiosk.
    Kiosk,
    /// A box with speakers and without a screen: the program that plays on them. It draws nothing.
    Player,
}

impl Face {
    /// The word that travels and is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Screen => "screen",
            Self::Strip => "strip",
            Self::Kiosk => "kiosk",
            Self::Player => "player",
        }
    }

    /// The face of a stored word.
    pub fn read(word: &str) -> Result<Self, Error> {
        [Self::Screen, Self::Strip, Self::Kiosk, Self::Player]
            .into_iter()
            .find(|it| it.as_str() == word)
            .ok_or_else(|| Error::Broken(format!("a player has the face {word}")))
    }

    /// What its token may.
    fn scopes(self) -> Vec<Scope> {
        match self {
            Self::Screen | Self::Strip | Self::Player => vec![Scope::Player],
            Self::Kiosk => vec![Scope::Player, Scope::Kiosk],
        }
    }
}

/// Where a player stands and how it draws, as an administrator says.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// What is drawn on it.
    pub face: Face,
    /// Its hall.
    pub hall: HallId,
    /// Its zones; none = the whole hall.
    pub zones: Vec<ZoneId>,
    /// Its counter (a strip's).
    pub counter: Option<CounterId>,
    /// How it draws.
    pub settings: Settings,
}

/// Checks a place against its hall.
fn must_fit(setup: &Setup, place: &Place) -> Result<(), Error> {
    let mut found = Findings::default();
    found.text(&place.name, 1..=hall::setup::NAME_CHARS_MAX, "name");
    found.at_most(place.zones.len(), ZONES_MAX, "zones");
    for (n, zone) in place.zones.iter().enumerate() {
        let known = setup.zones.iter().any(|it| it.id == *zone);
        found.known(known, format!("zones[{n}]"), "zone", zone);
    }
    match &place.counter {
        Some(counter) => {
            let known = setup.counter(counter).is_some();
            found.known(known, "counter", "counter", counter);
        }
        None => found.must(
            place.face != Face::Strip,
            "counter",
            Wrong::CounterNeeded.why("a strip hangs over a counter: say which"),
        ),
    }
    place.settings.check(&mut found);
    if found.0.is_empty() { Ok(()) } else { Err(Error::Bad(found.0)) }
}

/// The row of a place.
fn row(hub: &Hub, id: String, place: &Place) -> Result<Player, Error> {
    let broken = |cause: serde_json::Error| Error::Broken(cause.to_string());
    Ok(Player {
        id,
        name: place.name.trim().to_owned(),
        face: place.face.as_str().to_owned(),
        hall: place.hall.to_string(),
        zones: serde_json::to_string(&place.zones).map_err(broken)?,
        counter: place.counter.as_ref().map(ToString::to_string),
        settings: serde_json::to_string(&place.settings).map_err(broken)?,
        version: None,
        paired_at: hub.clock.now(),
        last_seen: None,
    })
}

/// What a stored player says of its place.
pub fn place_of(it: &Player) -> Result<Place, Error> {
    let broken = |cause: serde_json::Error| Error::Broken(format!("player {}: {cause}", it.id));
    Ok(Place {
        name: it.name.clone(),
        face: Face::read(&it.face)?,
        hall: it.hall.as_str().into(),
        zones: serde_json::from_str(&it.zones).map_err(broken)?,
        counter: it.counter.as_deref().map(CounterId::from),
        settings: serde_json::from_str(&it.settings).map_err(broken)?,
    })
}

/// Where its page is, without the hub's own address; none for one that draws nothing.
pub fn path_of(id: &str, place: &Place) -> Option<String> {
    let path = match (&place.face, &place.counter) {
        (Face::Player, _) => return None,
        (Face::Strip, Some(counter)) => format!("/strip/{counter}?hall={}&player={id}", place.hall),
        (Face::Screen, _) | (Face::Strip, None) => format!("/screen/{id}"),
        (Face::Kiosk, _) => format!("/kiosk?player={id}"),
    };
    Some(path)
}

/// Writes a new player that fits its hall.
pub(crate) async fn add(hub: &Hub, tx: &mut Tx, who: &str, id: String, place: &Place) -> Result<(), Error> {
    must_fit(&hub.halls.seen(&place.hall).await?.hall.setup, place)?;
    if players::count(tx).await? >= PLAYERS_MAX {
        let said = format!("this hub holds {PLAYERS_MAX} players; remove some first");
        return Err(Error::Conflict("too_many_rows", said));
    }
    let player = row(hub, id, place)?;
    players::add(tx, &player).await?;
    let chain = Chain::Hall(place.hall.clone());
    let detail = json!({ "face": place.face, "named": { "name": place.name } });
    let deed = Deed { chain, who: who.into(), what: "player.paired", target: player.id, detail };
    Ok(audit::write(tx, &deed, hub.clock.now()).await?)
}

/// Writes the token of a player.
pub(crate) async fn give_token(hub: &Hub, tx: &mut Tx, id: &str, place: &Place, token: &str) -> Result<(), Error> {
    let (name, scopes, hall) = (place.name.clone(), place.face.scopes(), Some(place.hall.clone()));
    let new = NewToken { name, scopes, hall };
    credentials::write(tx, "hub", &new, Some(id), token, hub.clock.now()).await.map(drop)
}

/// What an administrator changes of a player; none = stays.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// Its name.
    pub name: Option<String>,
    /// Its zones.
    pub zones: Option<Vec<ZoneId>>,
    /// Its counter.
    pub counter: Option<Option<CounterId>>,
    /// How it draws.
    pub settings: Option<Settings>,
}

/// Changes a player; its sockets are closed for a moment, and it comes back as what it is now.
pub async fn change(hub: &Hub, caller: &Caller, id: &str, change: Change) -> Result<(), Error> {
    caller.may_somewhere(Permission::ManagePlayers)?;
    let before = players::by_id(&hub.db, id).await?.ok_or(Error::Missing("player"))?;
    let mut place = place_of(&before)?;
    caller.may(&place.hall, Permission::ManagePlayers)?;
    place.name = change.name.unwrap_or(place.name);
    place.zones = change.zones.unwrap_or(place.zones);
    place.counter = change.counter.unwrap_or(place.counter);
    place.settings = change.settings.unwrap_or(place.settings);
    must_fit(&hub.halls.seen(&place.hall).await?.hall.setup, &place)?;
    let mut tx = hub.db.begin().await?;
    if !players::change(&mut tx, &row(hub, id.to_owned(), &place)?).await? {
        return Err(Error::Missing("player"));
    }
    audit::write(&mut tx, &deed(caller, &place.hall, "player.changed", id, &place.name), hub.clock.now()).await?;
    tx.commit().await?;
    hub.people.tell([Ended::Place(id.to_owned())]);
    Ok(())
}

/// Removes a player: its token is good no more, and its sockets are closed.
pub async fn remove(hub: &Hub, caller: &Caller, id: &str) -> Result<(), Error> {
    caller.may_somewhere(Permission::ManagePlayers)?;
    let found = players::by_id(&hub.db, id).await?.ok_or(Error::Missing("player"))?;
    let hall = HallId::from(found.hall.as_str());
    caller.may(&hall, Permission::ManagePlayers)?;
    let now = hub.clock.now();
    let mut tx = hub.db.begin().await?;
    players::remove(&mut tx, id).await?;
    let ended = tokens::revoke_of_player(&mut tx, id, now).await?;
    audit::write(&mut tx, &deed(caller, &hall, "player.removed", id, &found.name), now).await?;
    tx.commit().await?;
    hub.reports.forget(id);
    hub.people.tell(ended.into_iter().map(Ended::Token));
    Ok(())
}

/// A player and its place, for whoever may see it: itself, who manages or sees players, and everybody where the
/// hall shows its board to everybody.
pub async fn seen_by(hub: &Hub, caller: &Caller, id: &str) -> Result<(Player, Place), Error> {
    let found = players::by_id(&hub.db, id).await?.ok_or(Error::Missing("player"))?;
    let place = place_of(&found)?;
    let itself = caller.player() == Some(id);
    if !itself && !caller.sees(&place.hall, Permission::SeePlayers) {
        let public = hub.halls.seen(&place.hall).await?.hall.setup.hall.public_board;
        if !public {
            caller.may(&place.hall, Permission::SeePlayers)?;
        }
    }
    Ok((found, place))
}

fn deed(caller: &Caller, hall: &HallId, what: &'static str, id: &str, name: &str) -> Deed {
    let (chain, who, target) = (Chain::Hall(hall.clone()), caller.name(), id.to_owned());
    Deed { chain, who, what, target, detail: json!({ "named": { "name": name } }) }
}
