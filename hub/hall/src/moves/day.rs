//! OpenDay: see the command.

use serde::{Deserialize, Serialize};

/// Opens the business day (again).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenDay {}

/// Closes the business day: no more tickets; those open are unserved or carried over, as their queue says.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseDay {}
