//! The socket: everyone who listens to a hall says hello once, gets the board or what they missed, and follows.
//!
//! A session subscribes first, then looks, then waits; a bell only says "look again". Who is slow or silent is let
//! go and resumes by position. Nothing is said here that is not committed, and nothing is decided here that a cut
//! should: see `public`.

use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Hub;
use crate::error::{Error, Problem};
use crate::people::SESSION_COOKIE;
use crate::people::address::Address;

mod close;
mod ears;
mod following;
mod guest;
mod joining;
mod live;
pub mod mine;
mod origin;
mod patience;
mod reader;
mod roster;
mod session;
pub mod upgrade;
mod writer;

pub use close::Close;
pub use roster::Roster;
use upgrade::Upgrade;

/// How fast things are expected to happen. Tests use shorter times.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pace {
    /// From one beat to the next.
    pub heartbeat: Duration,
    /// Time for the hello.
    pub hello_within: Duration,
    /// A listener that takes nothing for so long is too slow.
    pub drain_within: Duration,
    /// From one look at the live figures to the next.
    pub live_every: Duration,
    /// A ticket or a summary is told at most so often.
    pub mine_every: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            heartbeat: Duration::from_secs(15),
            hello_within: Duration::from_secs(wire::hello::HELLO_WITHIN_S),
            drain_within: Duration::from_secs(10),
            live_every: Duration::from_secs(10),
            mine_every: Duration::from_secs(1),
        }
    }
}

/// The address of the socket.
pub fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(listen))
}

/// Starts what listeners need besides their sessions.
pub(crate) fn start(hub: &Hub) {
    hub.spawn(roster::watch(hub.clone()));
    hub.spawn(live::run(hub.clone()));
}

/// The socket: say hello, get the board or what you missed, and follow.
///
/// A WebSocket of subprotocol `hallcast.v1`. The first and only message to the hub is a `First`; everything the hub
/// sends is a `Heard`. The AsyncAPI document at `/api/asyncapi.json` describes both.
#[utoipa::path(get, path = "/socket", tag = "socket", responses(
    (status = 101, description = "The connection is a WebSocket now; see First and Heard"),
    (status = 403, description = "A page of another site asked with our session", body = Problem),
    (status = 426, description = "Not a WebSocket", body = Problem)
))]
async fn listen(
    State(hub): State<Hub>,
    address: Address,
    headers: HeaderMap,
    upgrade: Upgrade,
) -> Result<Response, Error> {
    let cookie = CookieJar::from_headers(&headers).get(SESSION_COOKIE).map(|it| it.value().to_owned());
    origin::check(&headers, &hub.public_url, cookie.is_some())?;
    let ours = upgrade.speaks_ours();
    let (response, opened) = upgrade.accept();
    hub.spawn(session::run(hub.clone(), opened, guest::Arrival { address: address.0, cookie, ours }));
    Ok(response)
}
