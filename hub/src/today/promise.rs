//! How good the waits were that visitors were promised: each promise is kept with its ticket when it is
//! issued, and compared with the wait that came.

use std::collections::BTreeMap;

use hall::forecast::{Errors, Interval};
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
        let mut errors = Errors::default();
        for ticket in tickets {
            let Some((promised, called_at)) = promised(ticket).zip(first_call.get(&ticket.reference)) else {
                continue;
            };
            errors.add(promised, whole((*called_at - ticket.issued_at).num_seconds()));
        }
        Self {
            error_median_s: errors.median_s(),
            inside_80: errors.inside_80(),
            of: u32::try_from(errors.len()).unwrap_or(u32::MAX),
        }
    }
}

fn promised(ticket: &TicketFact) -> Option<Interval> {
    Some(Interval {
        p10_s: whole(ticket.estimate_p10_s?),
        p50_s: whole(ticket.estimate_p50_s?),
        p90_s: whole(ticket.estimate_p90_s?),
    })
}

fn whole(seconds: i64) -> u32 {
    u32::try_from(seconds.max(0)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;

    fn ticket(reference: i64, promised: Option<(i64, i64, i64)>) -> TicketFact {
        TicketFact {
            reference,
            first_queue: "a".into(),
            queue: "a".into(),
            state: "done".into(),
            local_hour: 9,
            issued_at: DateTime::UNIX_EPOCH,
            estimate_p10_s: promised.map(|it| it.0),
            estimate_p50_s: promised.map(|it| it.1),
            estimate_p90_s: promised.map(|it| it.2),
        }
    }

    fn called(reference: i64, after_s: i64) -> VisitFact {
        VisitFact {
            reference,
            queue: "a".into(),
            counter: "1".into(),
            outcome: "served".into(),
            wait_s: after_s,
            service_s: Some(60),
            called_at: DateTime::UNIX_EPOCH + TimeDelta::seconds(after_s),
            local_hour: 9,
        }
    }

    #[test]
    fn promises_are_compared_with_the_first_call() {
        let tickets = [
            ticket(1, Some((60, 120, 300))),
            ticket(2, Some((60, 120, 300))),
            ticket(3, None),
            ticket(4, Some((60, 120, 300))),
        ];
        let visits = [called(1, 100), called(2, 400), called(1, 900), called(3, 5)];
        let kept = Promise::kept(&tickets, &visits);
        assert_eq!(
            (kept.of, kept.inside_80),
            (2, Some(0.5)),
            "without a promise or a call there is nothing to compare"
        );
        assert_eq!(kept.error_median_s, Some(280));
    }
}
