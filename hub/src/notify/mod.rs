//! Messages to the outside world: what is owed is decided purely, written with its cause, and carried later.
//!
//! A channel carries one delivery once and says how it went; only the courier tries again. Nothing in a hall
//! waits for any of it.

use futures_util::future::BoxFuture;

pub mod courier;
pub mod owed;
pub mod printer;

pub use courier::Courier;

use crate::store::deliveries::Claimed;

/// How carrying a delivery went.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It arrived.
    Done,
    /// Not this time, for this reason (a code); the courier comes again.
    Later(&'static str),
    /// Trying again would be of no use, or would do harm.
    Never(&'static str),
}

/// One way to carry a message. Never tries again by itself.
pub trait Channel: Send + Sync {
    /// Its name in deliveries.
    fn name(&self) -> &'static str;

    /// Carries one delivery.
    fn carry<'a>(&'a self, delivery: &'a Claimed) -> BoxFuture<'a, Outcome>;
}
