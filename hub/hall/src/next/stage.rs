//! Rule 1: whoever comes back from another stage or counter goes first, such as a patient from X-ray.
//!
//! They have waited for this counter before, so they count neither in the mix nor against the bound.

use super::Rule;
use super::pool::{Group, Pick};

pub(super) fn pick(group: &Group<'_>) -> Option<Pick> {
    group.first_special(Rule::Stage, |ticket| ticket.stage_first.then_some(()))
}
