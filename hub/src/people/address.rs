//! Where a request comes from, for limits. Never stored and never logged.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;

use crate::Hub;
use crate::error::Error;

/// The address a request comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Address(pub IpAddr);

impl Address {
    /// The connection's address; behind a proxy that is ours, the one it wrote down last.
    pub fn of(parts: &Parts, hub: &Hub) -> Self {
        let connected = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip());
        let said = hub.config.behind_proxy.then(|| forwarded(parts)).flatten();
        Self(said.or(connected).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
    }
}

/// The last address of `X-Forwarded-For`: those before it were written by whoever asked.
fn forwarded(parts: &Parts) -> Option<IpAddr> {
    let last = parts.headers.get_all("x-forwarded-for").iter().next_back()?;
    last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

impl FromRequestParts<Hub> for Address {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, hub: &Hub) -> Result<Self, Error> {
        Ok(Self::of(parts, hub))
    }
}
