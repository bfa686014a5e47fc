//! How good the promised waits of a simulated day were: the forecast beside the simple predictors that it must beat.
//!
//! A promise is what stands with the ticket, its wait what the counters' visits say: the same figures that a
//! supervisor sees. The yardsticks say theirs in the moment before the ticket is taken.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use hall::forecast::{Errors, Interval, yardstick};
use hall::{Hall, QueueId, TicketRef};
use serde::Serialize;

use crate::store::reports::{TicketFact, VisitFact};

/// What the yardsticks say, seconds; in the order of [`Figures`].
type Guesses = [Option<u32>; 3];

/// One visitor: what was promised, what came, and what the yardsticks had said.
#[derive(Clone, Copy, Debug)]
pub struct Wait {
    promised: Interval,
    waited_s: u32,
    guesses: Guesses,
}

/// What the yardsticks said of each ticket.
#[derive(Clone, Debug, Default)]
pub(super) struct Said(BTreeMap<TicketRef, Guesses>);

impl Said {
    /// What they say of somebody who comes to a queue now.
    pub fn guesses(hall: &Hall, queue: &QueueId) -> Guesses {
        [
            yardstick::last_to_enter(hall, queue),
            yardstick::position_by_mean(hall, queue),
            yardstick::mean_of_last(hall, queue),
        ]
    }

    /// Keeps it with the ticket that was taken.
    pub fn keep(&mut self, ticket: TicketRef, guesses: Guesses) {
        self.0.insert(ticket, guesses);
    }

    /// The waits of those who were promised one and came to a counter.
    pub fn waits(&self, tickets: &[TicketFact], visits: &[VisitFact]) -> Vec<Wait> {
        let mut called: BTreeMap<i64, DateTime<Utc>> = BTreeMap::new();
        for visit in visits {
            called.entry(visit.reference).or_insert(visit.called_at);
        }
        let wait = |it: &TicketFact| {
            let called_at = called.get(&it.reference)?;
            Some(Wait {
                promised: Interval {
                    p10_s: whole(it.estimate_p10_s?),
                    p50_s: whole(it.estimate_p50_s?),
                    p90_s: whole(it.estimate_p90_s?),
                },
                waited_s: whole((*called_at - it.issued_at).num_seconds()),
                guesses: self.0.get(&TicketRef(it.reference)).copied().unwrap_or_default(),
            })
        };
        tickets.iter().filter_map(wait).collect()
    }
}

fn whole(seconds: i64) -> u32 {
    u32::try_from(seconds.max(0)).unwrap_or(u32::MAX)
}

/// How good the promises were.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Figures {
    /// From so many visitors.
    pub of: usize,
    /// Median absolute error of the promised median, seconds.
    pub error_median_s: Option<u32>,
    /// Share of waits inside the promised interval of 80 %.
    pub inside_80: Option<f64>,
    /// Share of waits beyond its upper end, which should be one of ten.
    pub beyond_90: Option<f64>,
    /// Those of whom every yardstick had something to say.
    pub beside: Beside,
}

/// Median and mean absolute errors, seconds: the forecast and its yardsticks, of the same visitors.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Beside {
    /// So many.
    pub of: usize,
    /// The forecast.
    pub forecast: Error,
    /// Whoever comes waits as long as the last one who was called.
    pub last_to_enter: Error,
    /// Position x mean time / open counters.
    pub position_by_mean: Error,
    /// The mean wait of the last thirty.
    pub mean_of_last: Error,
}

/// Absolute errors, seconds.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Error {
    /// Half are smaller.
    pub median_s: Option<u32>,
    /// Their mean.
    pub mean_s: Option<f64>,
}

impl Figures {
    /// Of so many waits.
    pub fn of(waits: &[Wait]) -> Self {
        let mut all = Errors::default();
        let mut beside: [Errors; 4] = Default::default();
        for it in waits {
            all.add(it.promised, it.waited_s);
            let [Some(last), Some(position), Some(mean)] = it.guesses else {
                continue;
            };
            for (errors, p50_s) in beside.iter_mut().zip([it.promised.p50_s, last, position, mean]) {
                errors.add(Interval { p50_s, ..it.promised }, it.waited_s);
            }
        }
        let of = beside[0].len();
        let [forecast, last_to_enter, position_by_mean, mean_of_last] = beside.map(|it| Error::of(&it));
        Self {
            of: all.len(),
            error_median_s: all.median_s(),
            inside_80: all.inside_80(),
            beyond_90: all.beyond_90(),
            beside: Beside { of, forecast, last_to_enter, position_by_mean, mean_of_last },
        }
    }
}

impl Error {
    fn of(errors: &Errors) -> Self {
        Self { median_s: errors.median_s(), mean_s: errors.mean_s() }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn ticket(reference: i64, promised: Option<i64>) -> TicketFact {
        TicketFact {
            reference,
            first_queue: "a".into(),
            queue: "a".into(),
            state: "done".into(),
            local_hour: 9,
            issued_at: DateTime::UNIX_EPOCH,
            estimate_p10_s: promised.map(|it| it / 2),
            estimate_p50_s: promised,
            estimate_p90_s: promised.map(|it| it * 2),
        }
    }

    fn visit(reference: i64, after_s: i64) -> VisitFact {
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
    fn the_forecast_stands_beside_its_yardsticks_on_the_same_visitors() {
        let mut said = Said::default();
        said.keep(TicketRef(1), [Some(10), Some(100), Some(50)]);
        said.keep(TicketRef(2), [None, Some(100), Some(50)]);
        let tickets = [ticket(1, Some(90)), ticket(2, Some(20)), ticket(3, None), ticket(4, Some(20))];
        let visits = [visit(1, 100), visit(2, 300), visit(3, 5), visit(1, 900)];
        let figures = Figures::of(&said.waits(&tickets, &visits));
        assert_eq!((figures.of, figures.inside_80), (2, Some(0.5)), "without a promise or a call there is no wait");
        assert_eq!(figures.beside.of, 1, "only where every yardstick says something");
        let median = |it: &Error| it.median_s;
        let beside = &figures.beside;
        let all = [&beside.forecast, &beside.last_to_enter, &beside.position_by_mean, &beside.mean_of_last];
        assert_eq!(all.map(median), [Some(10), Some(90), Some(0), Some(50)]);
    }

    #[test]
    fn nobody_gives_no_figures() {
        assert_eq!(Figures::of(&[]), Figures::default());
    }
}
