//! Rule 5: first come, first served; the arrival is kept over transfers.

use super::pool::{Group, Pick};

pub(super) fn pick(group: &Group<'_>) -> Option<Pick> {
    group.first()
}
