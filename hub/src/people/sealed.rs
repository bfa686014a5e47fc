//! Personal columns of people: sealed before they are stored, opened when they are shown.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::crypt::Keys;
use crate::error::Error;

/// Where a value stands: moved to another person it does not open.
fn place(person: &str) -> String {
    format!("people/{person}")
}

/// Seals a value of a person.
pub fn seal(keys: &Keys, person: &str, value: &str) -> Result<String, Error> {
    Ok(STANDARD_NO_PAD.encode(keys.seal(&place(person), value.as_bytes())?))
}

/// Opens a value of a person.
pub fn open(keys: &Keys, person: &str, sealed: &str) -> Result<String, Error> {
    let broken = || Error::Broken(format!("{}: what is there was not sealed by this hub", place(person)));
    let sealed = STANDARD_NO_PAD.decode(sealed).map_err(|_| broken())?;
    String::from_utf8(keys.open_sealed(&place(person), &sealed)?).map_err(|_| broken())
}
