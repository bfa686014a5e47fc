//! What an administrator may write: checks of a hall's setup, changes of one row at a time, and a hall as a file.
//!
//! Pure: works on a `Setup` and on how the hall stands; `halls` lets the result hold under the hall's lock.

mod check;
mod fields;
mod file;
mod limits;
mod queue;
mod rows;
#[cfg(test)]
mod tests;

use hall::Setup;

pub use check::check;
pub use fields::{Fields, change_hall};
pub use file::{FILE_BYTES_MAX, HallFile};
pub use limits::{Findings, ID_CHARS_MAX};
pub use rows::{Row, may_remove_hall, put, remove};

use crate::error::{Error, FieldError};

/// Checks a setup; the error names every field that does not fit. Fields of the row being written (`queues.A`) are
/// named as the caller wrote them, without the path to it.
pub fn must_fit(setup: &Setup, row: &str) -> Result<(), Error> {
    let errors = check(setup);
    if errors.is_empty() {
        return Ok(());
    }
    let bare = |it: FieldError| {
        let field = it
            .field
            .strip_prefix(row)
            .and_then(|it| it.strip_prefix('.'))
            .map(str::to_owned);
        FieldError {
            field: field.unwrap_or(it.field),
            why: it.why,
        }
    };
    Err(Error::Bad(errors.into_iter().map(bare).collect()))
}
