//! The player of Hallcast, the program beside a screen: what the hall says is heard on its speakers.
//!
//! ```text
//! link      the socket: hello, resume, come back            pair    a code on the terminal, a token in a file
//!   -> voice    what is said where, from frames alone       fetch   sounds, before they are needed
//!     -> speaker    announcer + mixer + output, one each      -> shelf    sounds by key, in memory and on the disk
//! report    how all of it is, to the hub
//! ```
//!
//! It uses the hub's public faces only, and goes on speaking from its shelf when the disk is full, on its other
//! speakers when one is gone, and after a restart of the hub where it was. It decides nothing about the hall.

pub mod chance;
pub mod check;
pub mod clock;
pub mod config;
pub mod fetch;
pub mod hub;
pub mod link;
pub mod pair;
pub mod player;
pub mod report;
pub mod shelf;
pub mod speaker;
pub mod voice;

/// Makes ring the TLS of this program; to be called first, once.
pub fn choose_tls() {
    // An error means that it was chosen before.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
