//! The only place that makes random values: ids, keys, tokens.
//!
//! Whatever is a key is 128 random bits or more; whatever is only a row's name is a UUIDv7.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// `N` random bytes from the system.
#[expect(clippy::disallowed_methods, reason = "this is the one place")]
pub fn bytes<const N: usize>() -> [u8; N] {
    rand::random()
}

/// A visitor's key: 128 random bits, 22 characters that are safe in a URL.
pub fn ticket_id() -> hall::TicketId {
    URL_SAFE_NO_PAD.encode(bytes::<16>()).into()
}

/// A bearer token, session key or pairing secret: 256 random bits, 43 characters.
pub fn secret() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<32>())
}

/// The name of a row: sorts by time, tells nothing else.
#[expect(clippy::disallowed_methods, reason = "this is the one place")]
pub fn row_id() -> String {
    uuid::Uuid::now_v7().simple().to_string()
}
