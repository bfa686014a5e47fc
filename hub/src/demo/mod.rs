//! `--demo`: a hall to try everything in. Made once, in a folder without a hall; then it stays as it is.
//!
//! Never touches a folder in which somebody has made a hall of their own.

mod hall;
mod keep;

use ::hall::HallId;
use serde::Serialize;
use serde_json::json;

use self::hall::{COUNTERS, FLOOR, HALL, QUEUES};
use self::keep::{Keep, Paired, User, write_private};
use crate::Hub;
use crate::error::Error;
use crate::halls::Asked;
use crate::people::audit::{self, Chain, Deed};
use crate::people::credentials::{self, NewToken};
use crate::people::register::{self, NewPerson};
use crate::people::{Scope, hash_of};
use crate::players::{self, Face, Place, Settings};
use crate::store;

/// Who made it, in the audit.
const WHO: &str = "hub";
/// The file for those who connect.
const DEMO_FILE: &str = "demo.json";

/// What stands in `DIR/demo.json`.
#[derive(Clone, Debug, Serialize)]
pub struct Demo {
    /// The hub's address.
    pub url: String,
    /// The hall.
    pub hall: &'static str,
    /// Its queues.
    pub queues: [&'static str; 4],
    /// Its counters.
    pub counters: [&'static str; 6],
    /// A bearer token with every scope.
    pub token: String,
    /// Who can sign in.
    pub users: Vec<DemoUser>,
    /// Players that are paired.
    pub players: Vec<DemoPlayer>,
}

/// Somebody who can sign in.
#[derive(Clone, Debug, Serialize)]
pub struct DemoUser {
    /// Login.
    pub login: String,
    /// Password.
    pub password: String,
    /// Role.
    pub role: String,
}

/// A player that is paired.
#[derive(Clone, Debug, Serialize)]
pub struct DemoPlayer {
    /// Its id.
    pub id: String,
    /// What is drawn on it.
    pub face: Face,
    /// Its page; the token behind `#` goes to no server.
    pub url: String,
    /// Its token.
    pub token: String,
}

/// Makes the demo hall if this folder has no hall. An old `demo.json` goes: it tells of a hub that has ended.
pub async fn make(hub: &Hub) -> Result<(), Error> {
    let folder = &hub.config.data;
    std::fs::remove_file(folder.join(DEMO_FILE)).ok();
    let kept = Keep::read(folder)?;
    let halls = hub.halls.list().await?;
    let unfinished = kept.as_ref().is_some_and(|it| !it.made);
    if halls.is_empty() || unfinished {
        let mut keep = kept.unwrap_or_else(Keep::fresh);
        keep.made = false;
        keep.write(folder)?;
        fill(hub, &keep).await?;
        keep.made = true;
        keep.write(folder)?;
    } else if kept.is_none() || !halls.iter().any(|it| it.id == HALL) {
        tracing::warn!("--demo: there are halls here already, so no demo hall is made");
        return Ok(());
    }
    hub.people.has_demo();
    Ok(())
}

/// Makes whatever is not there yet.
async fn fill(hub: &Hub, keep: &Keep) -> Result<(), Error> {
    let mut tx = hub.db.begin().await?;
    store::sites::put(&mut tx, &hall::site()).await?;
    tx.commit().await?;
    match hub.halls.create(hall::setup()?, Some(&hall::site().id), ::hall::By::Hub).await {
        Ok(()) => hub.note(Chain::Hall(HALL.into()), "hall.added", HALL).await?,
        // From a start that was cut short.
        Err(Error::Conflict("exists", _)) => {}
        Err(cause) => return Err(cause),
    }
    open_day(hub).await?;
    for user in &keep.users {
        if store::people::by_login(&hub.db, &user.login).await?.is_none() {
            register::add_unasked(hub, WHO, person(user)).await?;
        }
    }
    let program = NewToken { name: "demo".into(), scopes: Scope::ALL.to_vec(), hall: None };
    give(hub, &program, &keep.token).await?;
    for player in &keep.players {
        if store::players::by_id(&hub.db, &player.id).await?.is_none() {
            pair(hub, player).await?;
        }
    }
    Ok(())
}

async fn open_day(hub: &Hub) -> Result<(), Error> {
    if hub.halls.seen(&HALL.into()).await?.hall.fold.day.is_some_and(|it| it.open) {
        return Ok(());
    }
    let command = ::hall::Command::OpenDay(::hall::moves::OpenDay {});
    let asked = Asked::plain(command, ::hall::By::Hub, ::hall::Reach::Hall);
    hub.halls.submit(&HALL.into(), asked).await.map(drop)
}

fn person(user: &User) -> NewPerson {
    let hall = user.in_hall.then(|| HALL.into());
    NewPerson {
        login: user.login.clone(),
        name: user.name.clone(),
        staff_no: user.staff_no.clone(),
        password: user.password.clone(),
        roles: vec![(user.role, hall)],
        must_change_password: false,
    }
}

async fn give(hub: &Hub, new: &NewToken, token: &str) -> Result<(), Error> {
    if store::tokens::by_key(&hub.db, &hash_of(token)).await?.is_some() {
        return Ok(());
    }
    let mut tx = hub.db.begin().await?;
    credentials::write(&mut tx, WHO, new, None, token, hub.clock.now()).await?;
    Ok(tx.commit().await?)
}

async fn pair(hub: &Hub, player: &Paired) -> Result<(), Error> {
    let place = place(player);
    let mut tx = hub.db.begin().await?;
    players::add(hub, &mut tx, WHO, player.id.clone(), &place).await?;
    players::give_token(hub, &mut tx, &player.id, &place, &player.token).await?;
    Ok(tx.commit().await?)
}

fn place(player: &Paired) -> Place {
    let floor = (player.face == Face::Kiosk).then(|| FLOOR.to_owned());
    Place {
        name: player.name.clone(),
        face: player.face,
        hall: HALL.into(),
        zones: Vec::new(),
        counter: player.counter.as_deref().map(Into::into),
        settings: Settings { floor, ..Settings::default() },
    }
}

impl Hub {
    async fn note(&self, chain: Chain, what: &'static str, target: &str) -> Result<(), Error> {
        let deed = Deed { chain, who: WHO.into(), what, target: target.into(), detail: json!({}) };
        audit::note(&self.db, &deed, self.clock.now()).await
    }
}

/// What a hub with the demo hall tells those who connect; nothing if it has none.
pub fn told(hub: &Hub) -> Result<Option<Demo>, Error> {
    if !hub.people.is_demo() {
        return Ok(None);
    }
    let Some(keep) = Keep::read(&hub.config.data)? else {
        return Ok(None);
    };
    let user = |it: User| DemoUser { login: it.login, password: it.password, role: it.role.to_string() };
    let player = |it: Paired| {
        let url = format!("{}{}", hub.public_url, page_of(&it));
        DemoPlayer { id: it.id, face: it.face, url, token: it.token }
    };
    Ok(Some(Demo {
        url: hub.public_url.clone(),
        hall: HALL,
        queues: QUEUES,
        counters: COUNTERS,
        token: keep.token,
        users: keep.users.into_iter().map(user).collect(),
        players: keep.players.into_iter().map(player).collect(),
    }))
}

/// The way to the demo's kiosk: its hall, and its page from the root of this hub; nothing without the demo hall.
///
/// Its token stands in it, so that whoever tries the demo can take a ticket. It is good for that hall only.
pub fn kiosk(hub: &Hub) -> Result<Option<(HallId, String)>, Error> {
    let kept = if hub.people.is_demo() { Keep::read(&hub.config.data)? } else { None };
    let kiosk = kept.and_then(|it| it.players.into_iter().find(|it| it.face == Face::Kiosk));
    Ok(kiosk.map(|it| (HALL.into(), page_of(&it))))
}

fn page_of(player: &Paired) -> String {
    format!("{}#token={}", players::path_of(&player.id, &place(player)).unwrap_or_default(), player.token)
}

/// Writes `DIR/demo.json`: once the hub listens, at every start.
pub fn announce(hub: &Hub) -> Result<(), Error> {
    match told(hub)? {
        Some(demo) => write_private(&hub.config.data, DEMO_FILE, &demo),
        None => Ok(()),
    }
}
