//! The ledger's view of numbers: unique and without gaps in their series, begun anew only where that hurts nobody.

use std::collections::{BTreeMap, BTreeSet};

use hall::TicketRef;

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    given: BTreeMap<String, BTreeSet<String>>,
    /// The last number of each series.
    last: BTreeMap<String, u32>,
    /// The number each series began with.
    first: BTreeMap<String, u32>,
    /// Series that may begin anew since the day began.
    fresh: BTreeSet<String>,
    /// Series of the tickets that may still come back.
    series_of: BTreeMap<TicketRef, String>,
}

impl Numbers {
    /// A new day: series may begin anew, but not while a ticket of theirs is open.
    pub fn new_day(&mut self, is_open: impl Fn(TicketRef) -> bool) {
        self.series_of.retain(|it, _| is_open(*it));
        self.fresh = self.last.keys().cloned().collect();
    }

    /// A number was given; none for order numbers of somebody else, which follow no series.
    pub fn give(&mut self, ticket: TicketRef, number: &str, series: &str, running: Option<u32>) -> Result<(), String> {
        if let Some(running) = running {
            self.follows(number, series, running)?;
            if !self.given.entry(series.to_owned()).or_default().insert(number.to_owned()) {
                return Err(format!("gives the number {number} a second time"));
            }
        }
        self.series_of.insert(ticket, series.to_owned());
        Ok(())
    }

    fn follows(&mut self, number: &str, series: &str, running: u32) -> Result<(), String> {
        let last = self.last.insert(series.to_owned(), running);
        let fresh = self.fresh.remove(series);
        let first = *self.first.entry(series.to_owned()).or_insert(running);
        let Some(last) = last.filter(|last| running != last + 1) else {
            return Ok(());
        };
        if !fresh || running != first {
            return Err(format!("gives {number} after {last} in series {series}: a gap"));
        }
        if self.series_of.values().any(|it| it == series) {
            return Err(format!("begins series {series} anew while a ticket of it is open"));
        }
        self.given.remove(series);
        Ok(())
    }
}
