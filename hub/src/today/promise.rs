//! How good the waits were that visitors were promised: each promise is kept with its ticket when it is
//! issued, and compared with the wait that came.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::store::reports::{TicketFact, VisitFact};

/// See the module.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Promise {
    /// Half of all waits missed the promised median by less, seconds; null = nobody was called yet.
    pub error_median_s: Option<u32>,
    /// Share of waits inside the promised interval, which should hold 80 of 100; null = nobody was called yet.
    pub inside_80: Option<f64>,
    /// From so many tickets.
    pub of: u32,
}

impl Promise {
    /// From the day's tickets and visits. Only the first call counts: later lines of a route had no promise.
    pub fn kept(tickets: &[TicketFact], visits: &[VisitFact]) -> Self {
        let mut first_call = BTreeMap::new();
        for visit in visits {
            first_call.entry(visit.reference).or_insert(visit.called_at);
        }
        let mut errors = Vec::new();
        let mut inside = 0_u32;
        for ticket in tickets {
            let promised = ticket.estimate_p50_s.zip(ticket.estimate_p90_s);
            let Some(((p50, p90), called_at)) = promised.zip(first_call.get(&ticket.reference)) else {
                continue;
            };
            let wait = (*called_at - ticket.issued_at).num_seconds().max(0);
            errors.push(wait.abs_diff(p50));
            inside += u32::from(is_inside(wait, p50, p90));
        }
        errors.sort_unstable();
        let of = u32::try_from(errors.len()).unwrap_or(u32::MAX);
        let median = errors.get(errors.len().saturating_sub(1) / 2);
        Self {
            error_median_s: median.map(|it| u32::try_from(*it).unwrap_or(u32::MAX)),
            inside_80: (of > 0).then(|| f64::from(inside) / f64::from(of)),
            of,
        }
    }
}

/// The interval of 80 of 100 ends at the ninetieth and begins at the tenth percentile.
fn is_inside(wait: i64, p50: i64, p90: i64) -> bool {
    // Waits are skewed: below the median they lie closer together than above it, by about a half.
    let p10 = p50 - (p90 - p50) / 2;
    (p10..=p90).contains(&wait)
}
