//! The second proof: a code of an authenticator app (RFC 6238), or one of ten codes on paper, each good once.
//!
//! It resets a forgotten password, and once it has been shown to work it is asked for at every login.

use totp_rs::{Algorithm, Builder, Secret, Totp};

use super::hash_of;
use crate::chance;
use crate::error::Error;

/// Length of a code, digits.
const DIGITS: u8 = 6;
/// How long a code is good, seconds.
const CODE_S: u64 = 30;
/// So many codes before and after are good too, for clocks that differ.
const SKEW: u16 = 1;
/// Bytes of the shared secret (RFC 4226 recommends 160 bits).
const SECRET_BYTES: usize = 20;
/// Recovery codes given at once.
pub const RECOVERY_CODES: usize = 10;
/// Letters and digits that are not mistaken for one another on paper.
pub const CLEAR_LETTERS: &[u8] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/// Characters of a recovery code (60 bits in two groups of six).
const RECOVERY_CHARS: usize = 12;

/// A new secret, as it is kept.
pub fn new_secret() -> String {
    Secret::from(chance::bytes::<SECRET_BYTES>().to_vec()).to_base32()
}

/// What an authenticator app scans.
pub fn otpauth_url(secret: &str, login: &str) -> Result<String, Error> {
    totp(secret, login)?.to_url().map_err(broken)
}

/// The number of the code's half minute if it is good now and later than `counted` (a code is good once).
pub fn counted(secret: &str, code: &str, counted: i64, now_s: i64) -> Result<Option<i64>, Error> {
    let found = totp(secret, "person")?.check(code.trim(), u64::try_from(now_s).unwrap_or_default());
    Ok(found.and_then(|it| i64::try_from(it).ok()).filter(|it| *it > counted))
}

/// Codes to write down: what the person sees, to be shown once.
pub fn recovery_codes() -> Vec<String> {
    (0..RECOVERY_CODES)
        .map(|_| {
            let code = clear_code::<RECOVERY_CHARS>();
            format!("{}-{}", &code[..RECOVERY_CHARS / 2], &code[RECOVERY_CHARS / 2..])
        })
        .collect()
}

/// The form in which a recovery code is kept; how it is typed does not matter.
pub fn recovery_hash(person: &str, code: &str) -> String {
    let bare: String = code.chars().filter(char::is_ascii_alphanumeric).map(|it| it.to_ascii_uppercase()).collect();
    hash_of(&format!("{person} {bare}"))
}

/// Random letters and digits that are not mistaken for one another.
pub fn clear_code<const N: usize>() -> String {
    // 31 letters in a byte: the few bytes that would make some letters likelier are thrown away.
    const FAIR: u8 = 31 * (u8::MAX / 31);
    let mut code = String::with_capacity(N);
    while code.len() < N {
        let letters = chance::bytes::<N>().into_iter().filter(|it| *it < FAIR);
        code.extend(letters.take(N - code.len()).map(|it| char::from(CLEAR_LETTERS[usize::from(it % 31)])));
    }
    code
}

fn totp(secret: &str, login: &str) -> Result<Totp, Error> {
    let secret = Secret::try_from_base32(secret).map_err(broken)?;
    Builder::new()
        .with_algorithm(Algorithm::SHA1) // what authenticator apps understand
        .with_digits(DIGITS)
        .with_step_duration(CODE_S)
        .with_skew(SKEW)
        .with_secret(secret)
        .with_account_name(login)
        .with_issuer(Some("Hallcast"))
        .build()
        .map_err(broken)
}

fn broken(cause: impl std::fmt::Debug) -> Error {
    Error::Broken(format!("second proof: {cause:?}"))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// What an app would show at a time.
    pub fn code_at(secret: &str, now_s: i64) -> String {
        totp(secret, "person").unwrap().generate(now_s.try_into().unwrap()).to_string()
    }

    #[test]
    fn a_code_is_good_once_and_only_around_its_time() {
        let secret = new_secret();
        let now = 1_800_000_000;
        let code = code_at(&secret, now);
        let first = counted(&secret, &code, 0, now).unwrap().unwrap();
        assert_eq!(counted(&secret, &code, first, now).unwrap(), None);
        assert!(counted(&secret, &code, 0, now + 30).unwrap().is_some());
        assert_eq!(counted(&secret, &code, 0, now + 90).unwrap(), None);
        assert_eq!(counted(&secret, "12345", 0, now).unwrap(), None);
        assert_eq!(counted(&secret, "no code", 0, now).unwrap(), None);
    }

    #[test]
    fn the_published_example_holds() {
        // RFC 6238, appendix B: the secret is the ASCII text 12345678901234567890; last six digits of 94287082.
        let secret = Secret::from(b"12345678901234567890".to_vec()).to_base32();
        assert_eq!(code_at(&secret, 59), "287082");
    }

    #[test]
    fn an_app_can_scan_it() {
        let url = otpauth_url(&new_secret(), "li.na").unwrap();
        assert!(url.starts_with("otpauth://totp/Hallcast:li.na?secret="), "{url}");
    }

    #[test]
    fn recovery_codes_can_be_typed_as_people_do() {
        let codes = recovery_codes();
        assert_eq!(codes.len(), RECOVERY_CODES);
        let code = &codes[0];
        assert_eq!(code.len(), RECOVERY_CHARS + 1);
        let sloppy = format!(" {} ", code.to_lowercase().replace('-', " "));
        assert_eq!(recovery_hash("p", code), recovery_hash("p", &sloppy));
        assert_ne!(recovery_hash("p", code), recovery_hash("q", code));
        assert!(codes.iter().all(|it| !it.contains(['0', 'O', '1', 'I', 'L'])));
    }
}
