//! Why a socket is closed: the codes of the contract. Below 4500 a listener comes back, from there on it does not.

/// See the module.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, thiserror::Error)]
pub enum Close {
    /// The hub ends or starts again.
    #[error("the hub is restarting; come back")]
    Restarting,
    /// Nothing was taken for a while.
    #[error("too slow: nothing was taken for 10 s; come back")]
    Slow,
    /// Nothing was heard for a while.
    #[error("nothing was heard of you; come back")]
    Silent,
    /// The session behind it ended.
    #[error("signed out; sign in and come back")]
    SignedOut,
    /// What it is has changed: its name, its place, what it plays on.
    #[error("this player has changed; read it anew and come back at once")]
    Changed,
    /// What was said is no hello.
    #[error("{0}")]
    BadHello(&'static str),
    /// The token is not good, or not enough.
    #[error("{0}")]
    Refused(&'static str),
    /// No such hall or ticket.
    #[error("there is no such {0}")]
    Missing(&'static str),
    /// More than the hub gives.
    #[error("{0}")]
    TooMany(&'static str),
    /// Another version of the protocol.
    #[error("this hub speaks hallcast.v1")]
    Version,
}

impl Close {
    /// The code that travels.
    pub fn code(self) -> u16 {
        match self {
            Self::Restarting => 4000,
            Self::Slow => 4001,
            Self::Silent => 4002,
            Self::SignedOut => 4003,
            Self::Changed => 4004,
            Self::BadHello(_) => 4500,
            Self::Refused(_) => 4501,
            Self::Missing(_) => 4502,
            Self::TooMany(_) => 4503,
            Self::Version => 4504,
        }
    }

    /// The reason of a code that somebody else rang the bell with.
    pub fn of(code: u16) -> Self {
        match code {
            4001 => Self::Slow,
            4002 => Self::Silent,
            4003 => Self::SignedOut,
            4004 => Self::Changed,
            4500 => Self::BadHello("hello is said once"),
            4501 => Self::Refused("the token was revoked"),
            4502 => Self::Missing("hall any more"),
            4503 => Self::TooMany("too many listeners"),
            4504 => Self::Version,
            _ => Self::Restarting,
        }
    }
}
