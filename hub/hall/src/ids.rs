//! The names by which a hall knows its things.
//!
//! Opaque strings, cheap to copy around; nothing here can be guessed from another.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(transparent)]
        #[schema(value_type = String)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The text of the id.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }
        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }
    };
}

id! {
    /// One waiting hall.
    HallId
}
id! {
    /// A waiting area of the hall with its own screens and speakers.
    ZoneId
}
id! {
    /// Who resides in the centre and owns queues.
    DepartmentId
}
id! {
    /// The line for one kind of business.
    QueueId
}
id! {
    /// Where staff meets a visitor.
    CounterId
}
id! {
    /// A speaker.
    SpeakerId
}
id! {
    /// A priority class: elder, disabled, green channel…
    ClassId
}
id! {
    /// A row of a visitor's personal data; says nothing by itself.
    VisitorId
}
id! {
    /// The visitor's key: 128 random bits, known only to its holder and to staff.
    TicketId
}
id! {
    /// An announcement made by hand; its words are kept outside the journal.
    AnnouncementId
}
id! {
    /// A code of the hall's list of reasons (`busy`, `documents`…).
    ReasonId
}

/// The public name of a ticket: the number of the journal entry that issued it. Small, not secret.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(value_type = i64)]
pub struct TicketRef(pub i64);

impl fmt::Display for TicketRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}
