//! The socket: everyone who listens.

pub mod upgrade;
pub mod ws;
