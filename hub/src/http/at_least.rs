//! `?at_least=SEQ`: any read of a hall or a ticket waits until this node is there, for who has just written.
//!
//! The parameter is taken off the address here, so that no read needs to know it.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{Method, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hall::HallId;
use utoipa::openapi::path::{ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{OpenApi, Required};

use crate::Hub;
use crate::error::Error;
use crate::store::tickets;

const NAME: &str = "at_least";
/// How long a read waits, in so many steps of so many milliseconds: one second in all.
const STEPS: u32 = 100;
const STEP_MS: u64 = 10;
/// The base of the addresses it is for.
const BASE: &str = "/api/v1/";

/// Waits, if that is wanted, and hands the request on without the parameter.
pub(super) async fn wait(State(hub): State<Hub>, mut request: Request, next: Next) -> Response {
    let wanted = match take(request.method(), request.uri()) {
        Ok(None) => return next.run(request).await,
        Ok(Some(wanted)) => wanted,
        Err(cause) => return cause.into_response(),
    };
    if let Err(cause) = reach(&hub, request.uri().path(), wanted.0).await {
        return cause.into_response();
    }
    *request.uri_mut() = wanted.1;
    next.run(request).await
}

/// The position that is wanted, and the address without it.
fn take(method: &Method, uri: &Uri) -> Result<Option<(i64, Uri)>, Error> {
    let is_read = method == Method::GET
        && [format!("{BASE}halls/"), format!("{BASE}tickets/")].iter().any(|it| uri.path().starts_with(it));
    let Some(query) = uri.query().filter(|it| is_read && it.contains(NAME)) else {
        return Ok(None);
    };
    let is_ours = |it: &&str| it.split_once('=').map_or(*it, |(name, _)| name) == NAME;
    let (ours, others): (Vec<_>, Vec<_>) = query.split('&').partition(is_ours);
    let value = match ours[..] {
        [] => return Ok(None),
        [one] => one.split_once('=').and_then(|(_, value)| value.parse::<i64>().ok()).filter(|it| *it >= 0),
        _ => None,
    };
    let seq = value.ok_or_else(|| Error::bad(NAME, "must be the number of an entry, once"))?;
    let rest = others.join("&");
    let address = if rest.is_empty() { uri.path().to_owned() } else { format!("{}?{rest}", uri.path()) };
    let uri = address.parse().map_err(|_| Error::bad("query", "cannot be read"))?;
    Ok(Some((seq, uri)))
}

async fn reach(hub: &Hub, path: &str, seq: i64) -> Result<(), Error> {
    let Some(hall) = hall_of(hub, path).await? else {
        return Ok(());
    };
    for _ in 0..STEPS {
        match hub.halls.seen(&hall).await {
            Ok(seen) if seen.seq >= seq => return Ok(()),
            Ok(_) => tokio::time::sleep(Duration::from_millis(STEP_MS)).await,
            // The read itself says what is wrong.
            Err(Error::Missing(_)) => return Ok(()),
            Err(cause) => return Err(cause),
        }
    }
    Err(Error::Busy("this node has not seen that entry yet"))
}

async fn hall_of(hub: &Hub, path: &str) -> Result<Option<HallId>, Error> {
    let mut parts = path.strip_prefix(BASE).unwrap_or_default().split('/');
    Ok(match (parts.next(), parts.next()) {
        (Some("halls"), Some(id)) => Some(id.into()),
        (Some("tickets"), Some(id)) => tickets::by_id(&hub.db, &id.into()).await?.map(|it| it.hall),
        _ => None,
    })
}

/// Writes the parameter into the description of every read it is for.
pub(super) fn describe(document: &mut OpenApi) {
    let whole = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0));
    let parameter = ParameterBuilder::new()
        .name(NAME)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some("Waits up to one second for this node to have this entry, else 503"))
        .schema(Some(whole))
        .build();
    for (path, answers) in &mut document.paths.paths {
        let is_ours = path.starts_with(&format!("{BASE}halls/{{")) || path.starts_with(&format!("{BASE}tickets/{{"));
        if let Some(read) = answers.get.as_mut().filter(|_| is_ours) {
            read.parameters.get_or_insert_default().push(parameter.clone().into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(address: &str) -> Option<(i64, String)> {
        take(&Method::GET, &address.parse().unwrap()).unwrap().map(|(seq, uri)| (seq, uri.to_string()))
    }

    #[test]
    fn it_is_taken_off_the_address() {
        assert_eq!(taken("/api/v1/halls/h/board?at_least=7"), Some((7, "/api/v1/halls/h/board".into())));
        let both = taken("/api/v1/halls/h/journal?after=3&at_least=7&limit=2");
        assert_eq!(both, Some((7, "/api/v1/halls/h/journal?after=3&limit=2".into())));
        assert_eq!(taken("/api/v1/halls/h/board?zones=at_least"), None);
        assert_eq!(taken("/api/v1/people?at_least=7"), None, "there is no position to wait for");
    }

    #[test]
    fn it_must_be_a_number_once() {
        for query in ["at_least", "at_least=", "at_least=x", "at_least=-1", "at_least=1&at_least=2"] {
            let uri = format!("/api/v1/halls/h/board?{query}").parse().unwrap();
            assert!(take(&Method::GET, &uri).is_err(), "{query}");
        }
    }
}
