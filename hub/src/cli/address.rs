//! Addresses on the command line: what cannot be one is refused before anything begins.

use axum::http::Uri;

/// `--database`: a PostgreSQL URL.
pub fn database(text: &str) -> Result<String, String> {
    let is_known = ["postgres://", "postgresql://"].iter().any(|it| text.starts_with(it));
    if is_known {
        return Ok(text.to_owned());
    }
    Err("must be like postgres://user@host/database; for SQLite leave it out".into())
}

/// `--public-url`: where browsers find the hub, without anything behind the host but a folder.
pub fn public(text: &str) -> Result<String, String> {
    let bad = || "must be like https://hall.example".to_owned();
    let uri: Uri = text.parse().map_err(|_| bad())?;
    let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
    let has_host = uri.host().is_some_and(|it| !it.is_empty());
    if is_web && has_host && uri.query().is_none() && !text.contains('#') { Ok(text.to_owned()) } else { Err(bad()) }
}

#[cfg(test)]
mod tests {
    use super::{database, public};

    #[test]
    fn only_postgresql_is_connected_to() {
        assert!(database("postgres://hub@db/hallcast").is_ok() && database("postgresql:///hallcast").is_ok());
        for other in ["mysql://db/hallcast", "db", "sqlite://file", ""] {
            assert!(database(other).is_err_and(|it| it.contains("postgres://")), "{other}");
        }
    }

    #[test]
    fn codes_point_at_addresses_that_browsers_can_open() {
        for good in ["https://hall.example", "http://10.0.0.7:8080", "https://city.example/halls/", "http://[::1]:8080"]
        {
            assert_eq!(public(good).as_deref(), Ok(good));
        }
        for bad in
            ["notaurl", "hall.example", "ftp://hall.example", "https://", "https://hall.example/?a", "https://h/#a", ""]
        {
            assert!(public(bad).is_err(), "{bad}");
        }
    }
}
