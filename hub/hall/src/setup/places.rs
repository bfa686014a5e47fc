//! Zones, departments and priority classes of a hall.

use serde::{Deserialize, Serialize};

use crate::ids::{ClassId, DepartmentId, ZoneId};

/// A waiting area.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    /// Its id.
    pub id: ZoneId,
    /// Chinese name.
    pub name: String,
    /// English name.
    #[serde(default)]
    pub name_en: String,
    /// The floor it is on.
    #[serde(default)]
    pub floor: Option<String>,
}

/// Who owns queues.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// Its id.
    pub id: DepartmentId,
    /// Chinese name.
    pub name: String,
    /// English name.
    #[serde(default)]
    pub name_en: String,
    /// The floor it is on.
    #[serde(default)]
    pub floor: Option<String>,
}

/// A priority class.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Its id: `elder`, `green`…
    pub id: ClassId,
    /// Chinese name.
    pub name: String,
    /// English name.
    #[serde(default)]
    pub name_en: String,
    /// Whether a visitor may choose it at a kiosk (staff always may).
    #[serde(default = "yes")]
    pub self_service: bool,
}

fn yes() -> bool {
    true
}
