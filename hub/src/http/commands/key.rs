//! The caller's idempotency key, and the hash of what they sent with it.

use axum::http::HeaderMap;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::halls::IdempotencyKey;

/// The header.
pub const KEY_HEADER: &str = "Idempotency-Key";
/// Longest key, characters.
const KEY_CHARS_MAX: usize = 200;

/// The key of a request, if it has one.
pub fn of(headers: &HeaderMap, caller: &str, path: &str, body: &Value) -> Result<Option<IdempotencyKey>, Error> {
    let mut sent = headers.get_all(KEY_HEADER).iter();
    let Some(key) = sent.next() else { return Ok(None) };
    let key = key.as_bytes();
    let fits = (1..=KEY_CHARS_MAX).contains(&key.len()) && key.iter().all(u8::is_ascii_graphic);
    if !fits || sent.next().is_some() {
        return Err(Error::bad(
            KEY_HEADER,
            format!("must be one word of 1 to {KEY_CHARS_MAX} visible ASCII characters"),
        ));
    }
    let mut hash = Sha256::new();
    feed(&mut hash, body);
    Ok(Some(IdempotencyKey {
        scope: format!("{caller} POST {path}"),
        key: String::from_utf8_lossy(key).into_owned(),
        body_hash: hex::encode(hash.finalize()),
    }))
}

/// Hashes a body by its meaning: neither the order of its fields nor its spaces count.
fn feed(hash: &mut Sha256, value: &Value) {
    match value {
        Value::Object(map) => {
            let mut fields: Vec<_> = map.iter().filter(|(_, value)| !value.is_null()).collect();
            fields.sort_by_key(|(name, _)| *name);
            hash.update(format!("{{{}", fields.len()));
            for (name, value) in fields {
                feed(hash, &Value::String(name.clone()));
                feed(hash, value);
            }
        }
        Value::Array(list) => {
            hash.update(format!("[{}", list.len()));
            list.iter().for_each(|it| feed(hash, it));
        }
        Value::String(text) => {
            hash.update(format!("\"{}:", text.len()));
            hash.update(text.as_bytes());
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => hash.update(format!("{value};")),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};
    use serde_json::json;

    use super::{KEY_HEADER, of};

    fn headers(keys: &[&[u8]]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for key in keys {
            map.append(KEY_HEADER, HeaderValue::from_bytes(key).unwrap());
        }
        map
    }

    #[test]
    fn a_key_is_one_visible_word() {
        let body = json!({});
        assert_eq!(of(&headers(&[]), "a", "/p", &body).unwrap(), None);
        assert!(of(&headers(&[b"x1~"]), "a", "/p", &body).unwrap().is_some());
        for wrong in [&[b"".as_slice()][..], &[b"a b"], &["é".as_bytes()], &[&[b'x'; 201]], &[b"a", b"b"]] {
            assert!(of(&headers(wrong), "a", "/p", &body).is_err());
        }
    }

    #[test]
    fn the_same_meaning_has_the_same_hash() {
        let hash = |body| of(&headers(&[b"k"]), "a", "/p", &body).unwrap().unwrap().body_hash;
        let one = hash(json!({"do": "issue", "queue": "A", "route": ["A", "B"], "note": null}));
        assert_eq!(one, hash(json!({"route": ["A", "B"], "queue": "A", "do": "issue"})));
        for other in [
            json!({"do": "issue", "queue": "A", "route": ["B", "A"]}),
            json!({"do": "issue", "queue": "A", "route": ["A"], "x": "B"}),
            json!({"do": "issue", "queue": "A", "route": ["AB"]}),
            json!({"do": "issue", "queue": "1", "route": ["A", "B"]}),
            json!({"do": "issue", "queue": 1, "route": ["A", "B"]}),
        ] {
            assert_ne!(one, hash(other));
        }
    }
}
