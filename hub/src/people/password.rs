//! Passwords: what may be one, and how it is kept (Argon2id).
//!
//! Hashing is slow on purpose, so it runs off the async threads and only a few at a time. A password is
//! never logged, never part of an address, and never made from anything known of a person.

use argon2::password_hash::{CustomizedPasswordHasher, PasswordVerifier};
use argon2::{Argon2, Params};
use tokio::sync::Semaphore;

use crate::chance;
use crate::error::{Error, FieldError, Wrong};

/// Memory of one hash, KiB (OWASP: Argon2id with 46 MiB, one pass, one lane, as good as 19 MiB and two passes). From
/// 32 MiB on glibc gives it back to the system at once; less stays with each thread that ever hashed.
const MEMORY_KIB: u32 = 46 * 1_024;
/// Passes over the memory.
const PASSES: u32 = 1;
/// Lanes.
const LANES: u32 = 1;
/// Hashes at one time: bounds memory and leaves the machine to the halls.
const AT_ONCE_MAX: usize = 2;
/// Requests that wait for a hash; more are told to come back.
const WAITING_MAX: usize = 64;
/// Shortest password, characters.
pub const PASSWORD_CHARS_MIN: usize = 8;
/// Longest password, bytes.
pub const PASSWORD_BYTES_MAX: usize = 200;
/// Fewest different characters.
const DIFFERENT_CHARS_MIN: usize = 4;

/// Makes and checks hashes.
pub struct Hasher {
    at_once: Semaphore,
    waiting: Semaphore,
    /// What an unknown login is checked against, so that it takes as long as a known one.
    nobody: tokio::sync::OnceCell<String>,
}

impl Default for Hasher {
    fn default() -> Self {
        Self {
            at_once: Semaphore::new(AT_ONCE_MAX),
            waiting: Semaphore::new(WAITING_MAX),
            nobody: tokio::sync::OnceCell::new(),
        }
    }
}

impl Hasher {
    /// The form in which a password is kept.
    pub async fn hash(&self, password: String) -> Result<String, Error> {
        self.work(move || {
            let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(broken)?;
            let salt = chance::bytes::<16>();
            let hash = Argon2::default().hash_password_with_params(password.as_bytes(), &salt, params);
            Ok(hash.map_err(broken)?.to_string())
        })
        .await
    }

    /// Whether a password is the one that was hashed. Without a hash the same work is done for nothing.
    pub async fn fits(&self, password: String, hash: Option<String>) -> Result<bool, Error> {
        let known = hash.is_some();
        let hash = match hash {
            Some(hash) => hash,
            None => self.nobody.get_or_try_init(|| self.hash(chance::secret())).await?.clone(),
        };
        let fits = self
            .work(move || Ok(Argon2::default().verify_password(password.as_bytes(), hash.as_str()).is_ok()))
            .await?;
        Ok(fits && known)
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let _in_line = self.waiting.try_acquire().map_err(|_| Error::Busy("too many people are signing in"))?;
        let _one_of_few = self.at_once.acquire().await.map_err(|_| Error::Busy("the hub is ending"))?;
        tokio::task::spawn_blocking(work).await.map_err(|cause| Error::Broken(cause.to_string()))?
    }
}

/// Whether a hash was made as hashes are made today; an older one still fits its password, and is made anew when the
/// password is known.
pub fn is_current(hash: &str) -> bool {
    hash.starts_with(&format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}$"))
}

fn broken(cause: impl std::fmt::Display) -> Error {
    Error::Broken(format!("cannot hash: {cause}"))
}

/// Whether a word may become a password.
pub fn check(field: &str, password: &str, login: &str) -> Result<(), FieldError> {
    let why = if password.chars().count() < PASSWORD_CHARS_MIN {
        Wrong::PasswordShort.at_least(PASSWORD_CHARS_MIN, format!("must have at least {PASSWORD_CHARS_MIN} characters"))
    } else if password.len() > PASSWORD_BYTES_MAX {
        Wrong::PasswordLong.up_to(PASSWORD_BYTES_MAX, format!("must have at most {PASSWORD_BYTES_MAX} bytes"))
    } else if password.to_lowercase().contains(&login.to_lowercase()) {
        Wrong::PasswordLogin.why("must not contain the login")
    } else if different(password) < DIFFERENT_CHARS_MIN {
        let why = format!("must have at least {DIFFERENT_CHARS_MIN} different characters");
        Wrong::PasswordPlain.at_least(DIFFERENT_CHARS_MIN, why)
    } else if password.chars().all(|it| it.is_ascii_digit()) {
        Wrong::PasswordDigits.why("must not be only digits; such as dates and numbers of papers are guessed first")
    } else {
        return Ok(());
    };
    Err(FieldError::new(field, why))
}

fn different(password: &str) -> usize {
    password.chars().collect::<std::collections::BTreeSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let hasher = Hasher::default();
        let hash = hasher.hash("open sesame".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=47104,t=1,p=1$") && is_current(&hash), "{hash}");
        assert!(hasher.fits("open sesame".into(), Some(hash.clone())).await.unwrap());
        assert!(!hasher.fits("open sesam".into(), Some(hash)).await.unwrap());
        assert!(!hasher.fits("open sesame".into(), None).await.unwrap());
    }

    #[test]
    fn what_is_guessed_first_is_no_password() {
        for (bad, word) in [
            ("short", "8 characters"),
            ("aaaaaaaaaaaa", "different"),
            ("19850412", "digits"),
            ("zhangwei-1", "login"),
            (&"x1y2".repeat(60), "200 bytes"),
        ] {
            let why = check("password", bad, "ZhangWei").unwrap_err().why;
            assert!(why.contains(word), "{bad}: {why}");
        }
        assert!(check("password", "长城脚下有棵树啊", "zhangwei").is_ok());
    }
}
