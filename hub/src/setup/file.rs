//! A hall as one file: to keep, to copy, to set up another hall like it.

use hall::{HallId, Setup};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Wrong};

/// The version this hub writes, and the newest it reads.
const VERSION: u32 = 1;
/// Largest file, bytes.
pub const FILE_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The file.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HallFile {
    /// Always `hall`.
    pub hallcast: FileKind,
    /// Version of this form; a hub reads its own and older ones.
    pub version: u32,
    /// How the hall is set up. Nothing personal, no ticket, no token.
    pub setup: Setup,
}

/// What a file is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A hall.
    Hall,
}

impl HallFile {
    /// The file of a hall.
    pub fn of(setup: Setup) -> Self {
        Self { hallcast: FileKind::Hall, version: VERSION, setup }
    }

    /// The setup in it, under another id if one is given.
    pub fn into_setup(self, id: Option<HallId>) -> Result<Setup, Error> {
        if !(1..=VERSION).contains(&self.version) {
            let why = format!("is {}; this hub reads files of version {VERSION}: update the hub", self.version);
            return Err(Error::bad("version", Wrong::NewerFile.why(why)));
        }
        let mut setup = self.setup;
        setup.hall.id = id.unwrap_or(setup.hall.id);
        super::must_fit(&setup, "")?;
        Ok(setup)
    }
}
