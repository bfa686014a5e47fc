//! Whether a page that opens a socket is ours: a session's cookie counts for no other site's page.

use axum::http::{HeaderMap, header};

use crate::error::Error;

/// Refuses a request that carries a session but does not come from a page of ours.
pub fn check(headers: &HeaderMap, public_url: &str, has_session: bool) -> Result<(), Error> {
    if !has_session || is_ours(headers, public_url) {
        return Ok(());
    }
    Err(Error::Forbidden("a session may only listen from this hub's own pages; send a token in the hello"))
}

/// Ours is the public address, and the address the request itself was sent to.
fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name| headers.get(name).and_then(|it| it.to_str().ok());
    let Some(origin) = text(header::ORIGIN) else {
        return false;
    };
    let host = origin.split_once("://").map(|(_, host)| host);
    let addressed =
        host.is_some() && host.map(str::to_ascii_lowercase) == text(header::HOST).map(str::to_ascii_lowercase);
    addressed || origin.eq_ignore_ascii_case(public_url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may(origin: Option<&str>, has_session: bool) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, "hub:8080".parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        check(&headers, "https://hall.example", has_session).is_ok()
    }

    #[test]
    fn a_session_counts_on_our_own_pages_only() {
        assert!(may(Some("http://hub:8080"), true));
        assert!(may(Some("https://HALL.example"), true));
        assert!(!may(Some("https://elsewhere.example"), true));
        assert!(!may(Some("https://hub:8080.elsewhere.example"), true));
        assert!(!may(Some("null"), true));
        assert!(!may(None, true));
    }

    #[test]
    fn without_a_session_any_page_may_ask() {
        assert!(may(Some("https://elsewhere.example"), false));
        assert!(may(None, false));
    }
}
