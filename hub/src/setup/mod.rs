//! What an administrator may write: checks of a hall's setup, changes of one row at a time, and a hall as a file.
//!
//! Pure: works on a `Setup` and on how the hall stands; `halls` lets the result hold under the hall's lock.

mod check;
mod difference;
mod fields;
mod file;
mod limits;
mod queue;
mod rows;
mod speech;
#[cfg(test)]
mod tests;

use hall::Setup;

pub use check::check;
pub use difference::{difference, part};
pub use fields::{Fields, change_hall};
pub use file::{FILE_BYTES_MAX, HallFile};
pub use limits::{Findings, ID_CHARS_MAX, LABEL_CHARS_MAX, NUMBER_CHARS_MAX};
pub use rows::{Row, may_remove_hall, put, remove};
pub use speech::{players_of_changed, speech_must_fit};

use crate::error::{Error, FieldError};

/// Checks a setup; the error names every field that does not fit. Where the row being written (`queues.A`) does not
/// fit, only its fields are named, as the caller wrote them: what else is wrong follows from it.
pub fn must_fit(setup: &Setup, row: &str) -> Result<(), Error> {
    let errors = check(setup);
    if errors.is_empty() {
        return Ok(());
    }
    let own = |it: &FieldError| {
        let field = it.field.strip_prefix(row)?.strip_prefix('.')?.to_owned();
        Some(FieldError { field, ..it.clone() })
    };
    let of_row: Vec<_> = errors.iter().filter_map(own).collect();
    Err(Error::Bad(if of_row.is_empty() { errors } else { of_row }))
}
