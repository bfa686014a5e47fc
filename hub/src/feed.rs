//! How far each hall has come, for everyone who listens.
//!
//! The one door tells it what was committed; it never asks who listens what they may see.

use std::collections::BTreeMap;
use std::sync::Arc;

use hall::{AnnouncementId, Entry, Hall, HallId, Touched};

use crate::store::announcements::Words;

/// Entries of one hall that were committed together.
#[derive(Clone, Debug)]
pub struct Committed {
    /// The hall.
    pub hall: HallId,
    /// Its epoch.
    pub epoch: i64,
    /// The entries in order, each with what it touched as it stood right after it.
    pub entries: Vec<(Entry, Touched)>,
    /// The hall after the last of them.
    pub after: Arc<Hall>,
    /// The words of announcements among them.
    pub words: BTreeMap<AnnouncementId, Words>,
}

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Feed {}

impl Feed {
    /// Takes in what was committed. Called in order of commits on this node; entries of other nodes are missing.
    pub fn committed(&self, _news: Committed) {}
}
