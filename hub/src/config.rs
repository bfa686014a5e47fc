//! How a hub was started.

use std::net::SocketAddr;
use std::path::PathBuf;

/// How long the entries of a hall stay in its journal before they are archived, days, unless told otherwise.
pub const KEEP_DAYS: u32 = 400;

/// Everything `hub serve` was told.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Its folder: database, keys, demo.json.
    pub data: PathBuf,
    /// PostgreSQL instead of the SQLite file in `data`.
    pub database: Option<String>,
    /// What links and QR codes point at; none = the address it listens on.
    pub public_url: Option<String>,
    /// Requests come through a proxy of ours: the address it writes down counts.
    pub behind_proxy: bool,
    /// Make the demo hall if there is no hall.
    pub demo: bool,
    /// Flush at every commit; false only for simulations whose data nobody keeps.
    pub flush: bool,
    /// How long entries stay in the journal before they are archived, days.
    pub keep_days: u32,
    /// A font file for printed slips; none = the system's fonts.
    pub font: Option<PathBuf>,
    /// Who speaks.
    pub voice: crate::speech::open::Options,
    /// How fast listeners are expected to answer.
    pub pace: crate::socket::Pace,
}

impl Config {
    /// A hub on a free port with its data in `data`; for tests and the simulator.
    pub fn local(data: PathBuf) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            data,
            database: None,
            public_url: None,
            behind_proxy: false,
            demo: false,
            flush: true,
            keep_days: KEEP_DAYS,
            font: None,
            voice: crate::speech::open::Options::default(),
            pace: crate::socket::Pace::default(),
        }
    }
}
