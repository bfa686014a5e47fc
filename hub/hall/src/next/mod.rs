//! Who is next: the rules in their order, and the explanation "why this one".
//!
//! 1. stage priority, 2. appointment inside its window, 3. priority class by the queue's stated mix,
//! 4. ageing (nobody waits beyond the bound while others are taken out of turn), 5. order key.
//!
//! One rule a file; each looks at the same group of lanes and may pick one. Which lanes a counter
//! looks at (its preference, or the longest wait, with conditions) is decided before, in `choose`.
//!
//! A call is out of turn if somebody who stands earlier in the group is passed over. `k` calls out of
//! turn in a row at most, then one in turn; whoever has a class but stands first anyway is in turn.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::hall::Hall;
use crate::ids::{CounterId, QueueId, TicketRef};
use crate::ticket::Ticket;

mod ageing;
mod appointment;
mod choose;
mod class;
mod lane;
mod mix;
mod order;
mod pool;
mod stage;

pub(crate) use pool::{Group, Pick, Pool};

/// The rules, in their order. The last one picks somebody if there is anybody.
const RULES: [fn(&Group<'_>) -> Option<Pick>; 5] =
    [stage::pick, appointment::pick, class::pick, ageing::pick, order::pick];

/// Most candidates named in an explanation.
pub const CANDIDATES_MAX: usize = 10;

/// How the queue has mixed so far: calls out of turn since the last ordinary one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Calls out of turn in a row.
    pub out_of_turn: u32,
}

/// The rule that decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Back from another stage or counter.
    Stage,
    /// An appointment inside its window.
    Appointment,
    /// A priority class, within the mix.
    Class,
    /// Waited beyond the bound.
    Ageing,
    /// First come, first served.
    Order,
    /// Sent to this counter by name.
    ToCounter,
    /// Chosen by staff.
    Chosen,
}

/// Why a ticket was called: the rule, and up to ten candidates in the order they stood.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = CalledBecause)]
pub struct Because {
    /// The rule that decided.
    pub rule: Rule,
    /// The queue the counter chose, and it had this many waiting.
    pub queue: QueueId,
    /// Candidates, the called one first.
    pub candidates: Vec<TicketRef>,
    /// Other queues of the counter whose mix begins anew, because this call was in turn for them too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settled: Vec<QueueId>,
}

/// The answer to "who would be next here, and why".
#[derive(Clone, PartialEq, Debug)]
pub struct Choice {
    /// The ticket.
    pub ticket: TicketRef,
    /// Why.
    pub because: Because,
}

/// One candidate of an explanation.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Candidate {
    /// The ticket.
    #[serde(rename = "ref")]
    pub reference: TicketRef,
    /// What is printed.
    pub number: String,
    /// Its queue.
    pub queue: QueueId,
    /// The rule that would take it in its place.
    pub rule: Rule,
    /// How long it has waited, seconds.
    pub waited_s: i64,
}

/// Who is next for a counter.
pub fn next_for(hall: &Hall, counter: &CounterId, now: DateTime<Utc>) -> Option<Choice> {
    next_in(hall, counter, now, &|_| true)
}

/// The same, only from some of its queues.
pub(crate) fn next_in(
    hall: &Hall,
    counter: &CounterId,
    now: DateTime<Utc>,
    from: &dyn Fn(&QueueId) -> bool,
) -> Option<Choice> {
    let mut pool = Pool::of_counter(hall, counter, now, from);
    let first = pool.take()?;
    let others = std::iter::from_fn(|| pool.take()).map(|it| it.reference);
    let because = Because {
        rule: first.rule,
        queue: first.queue.clone(),
        candidates: std::iter::once(first.reference).chain(others).take(CANDIDATES_MAX).collect(),
        settled: first.settled.into_iter().cloned().collect(),
    };
    Some(Choice { ticket: first.reference, because })
}

/// Why a ticket was called that staff chose: because they did; and who would have been next.
pub(crate) fn chosen(hall: &Hall, ticket: &Ticket, counter: &CounterId, now: DateTime<Utc>) -> Because {
    let mut pool = Pool::of_counter(hall, counter, now, &|_| true);
    let others = std::iter::from_fn(|| pool.take()).map(|it| it.reference);
    let others = others.filter(|it| *it != ticket.reference);
    Because {
        rule: Rule::Chosen,
        queue: ticket.queue.clone(),
        candidates: std::iter::once(ticket.reference).chain(others).take(CANDIDATES_MAX).collect(),
        settled: Vec::new(),
    }
}

/// The next candidates of a counter in the order they would be called, each with its rule.
pub fn explain(hall: &Hall, counter: &CounterId, now: DateTime<Utc>) -> Vec<Candidate> {
    let mut pool = Pool::of_counter(hall, counter, now, &|_| true);
    let taken = std::iter::from_fn(|| pool.take()).take(CANDIDATES_MAX);
    taken
        .filter_map(|it| {
            let ticket = hall.ticket(it.reference)?;
            Some(Candidate {
                reference: it.reference,
                number: ticket.number.clone(),
                queue: it.queue.clone(),
                rule: it.rule,
                waited_s: (now - ticket.waiting_since).num_seconds().max(0),
            })
        })
        .collect()
}

/// How many of a queue will be called before a ticket that waits there, as things stand.
pub(crate) fn ahead_of(hall: &Hall, ticket: &Ticket, now: DateTime<Utc>) -> u32 {
    let mut pool = Pool::of_queue(hall, &ticket.queue, now);
    let mut ahead = 0;
    while let Some(taken) = pool.take() {
        if taken.reference == ticket.reference {
            return ahead;
        }
        ahead += 1;
    }
    // Not callable yet: by its place in the line.
    let line = hall.waiting_in(&ticket.queue);
    let before = line.filter(|it| it.place() < ticket.place() && is_callable(hall, it)).count();
    u32::try_from(before).unwrap_or(u32::MAX)
}

/// Whether a waiting ticket can be called at all: its visitor is here, or need not be, and its queue goes on.
pub(crate) fn is_callable(hall: &Hall, ticket: &Ticket) -> bool {
    let is_frozen = hall.queue_fold(&ticket.queue).is_some_and(|it| it.frozen.is_some());
    !is_frozen && (ticket.present || !hall.rules_of(&ticket.queue).check_in)
}

/// Since when the longest waiting of those whom a counter may call from a queue has waited.
pub(crate) fn eldest_callable(hall: &Hall, queue: &QueueId, counter: &CounterId) -> Option<DateTime<Utc>> {
    let line = hall.waiting_in(queue).filter(|it| is_callable(hall, it));
    line.filter(|it| it.counter.as_ref().is_none_or(|other| other == counter)).map(|it| it.waiting_since).min()
}
