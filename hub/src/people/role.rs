//! Roles of people and scopes of tokens: the words only; `permission` says what they may.

use std::fmt;
use std::str::FromStr;

use hall::HallId;
use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$each])* $variant,)*
        }

        impl $name {
            /// Every one there is.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The word that travels and is stored.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }

        impl FromStr for $name {
            type Err = String;

            fn from_str(word: &str) -> Result<Self, String> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|it| it.as_str() == word)
                    .ok_or_else(|| format!("`{word}` is none of: {}", [$($word),*].join(", ")))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words! {
    /// What a person is here for.
    Role {
        /// Configuration, people, devices; may do everything else too.
        Administrator = "administrator",
        /// Everything in a hall.
        Supervisor = "supervisor",
        /// The counter they hold.
        Staff = "staff",
        /// Content of screens.
        Editor = "editor",
        /// Approves content.
        Reviewer = "reviewer",
        /// Takes phone bookings.
        Operator = "operator",
        /// Reads everything, changes nothing.
        Auditor = "auditor",
    }
}

words! {
    /// What a token is for: the roles, and two of devices.
    Scope {
        /// As the role.
        Administrator = "administrator",
        /// As the role.
        Supervisor = "supervisor",
        /// As the role; a program may hold any number of counters.
        Staff = "staff",
        /// As the role.
        Editor = "editor",
        /// As the role.
        Reviewer = "reviewer",
        /// As the role.
        Operator = "operator",
        /// As the role.
        Auditor = "auditor",
        /// A ticket kiosk: issue and check in.
        Kiosk = "kiosk",
        /// A screen, strip or other face: its own settings and the public cut.
        Player = "player",
    }
}

impl From<Role> for Scope {
    fn from(role: Role) -> Self {
        match role {
            Role::Administrator => Self::Administrator,
            Role::Supervisor => Self::Supervisor,
            Role::Staff => Self::Staff,
            Role::Editor => Self::Editor,
            Role::Reviewer => Self::Reviewer,
            Role::Operator => Self::Operator,
            Role::Auditor => Self::Auditor,
        }
    }
}

/// A role or scope, in one hall or in all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Grant {
    /// As what.
    pub scope: Scope,
    /// Where; none = everywhere, also in halls that are made later.
    pub hall: Option<HallId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_words_are_the_words_that_travel() {
        for scope in Scope::ALL {
            assert_eq!(serde_json::to_value(scope).unwrap(), scope.as_str());
            assert_eq!(scope.as_str().parse(), Ok(*scope));
        }
        for role in Role::ALL {
            assert_eq!(Scope::from(*role).as_str(), role.as_str());
        }
        assert!("root".parse::<Role>().is_err());
    }
}
