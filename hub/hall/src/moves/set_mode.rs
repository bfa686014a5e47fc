//! Set mode: who moves tickets, in the hall, for one queue or at one counter, until the day ends or it is taken back.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::ask::Ask;
use crate::draft::Draft;
use crate::event::Event;
use crate::fold::{Fold, Touched};
use crate::ids::{CounterId, QueueId};
use crate::refusal::{Misfit, Refusal};
use crate::setup::Mode;

/// Sets who moves tickets: hall, or one queue, or one counter. `mode: null` takes back what was set.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetMode {
    /// The mode. Null: what was set is taken back, and the setup decides again; a queue without a mode there follows
    /// its hall, a counter its queues and the hall. It must be there: a missing word sets nothing.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required)]
    pub mode: Option<Mode>,
    /// Only this queue.
    #[serde(default)]
    pub queue: Option<QueueId>,
    /// Only this counter.
    #[serde(default)]
    pub counter: Option<CounterId>,
}

impl SetMode {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        draft.for_supervisors(ask, "set who moves tickets")?;
        if self.queue.is_some() && self.counter.is_some() {
            return Err(Refusal::Bad("queue", Misfit::OneOf, "name a queue or a counter, not both".into()));
        }
        if let Some(queue) = &self.queue {
            draft.hall.queue(queue)?;
        }
        if let Some(counter) = &self.counter {
            draft.hall.setup.counter(counter).ok_or(Refusal::Missing("counter"))?;
        }
        draft.answer(Event::Mode { mode: self.mode, queue: self.queue.clone(), counter: self.counter.clone() });
        Ok(())
    }
}

pub(super) fn apply(
    fold: &mut Fold,
    mode: Option<Mode>,
    queue: Option<&QueueId>,
    counter: Option<&CounterId>,
) -> Touched {
    match (queue, counter, mode) {
        (Some(queue), _, mode) => fold.queue_mut(queue).mode = mode,
        (None, Some(counter), Some(mode)) => drop(fold.counter_modes.insert(counter.clone(), mode)),
        (None, Some(counter), None) => drop(fold.counter_modes.remove(counter)),
        (None, None, mode) => fold.mode = mode,
    }
    // A new mode is a new word to every counter, also to those that took a call back.
    for counter in fold.counters.values_mut().filter(|it| it.by_hand) {
        Arc::make_mut(counter).by_hand = false;
    }
    Touched::default()
}

#[cfg(test)]
mod tests {
    use super::SetMode;
    use crate::RefusalCode;
    use crate::kit::*;
    use crate::setup::Mode;

    fn mode_of(mode: impl Into<Option<Mode>>, queue: Option<&str>, counter: Option<&str>) -> Wish {
        ask(crate::Command::SetMode(SetMode {
            mode: mode.into(),
            queue: queue.map(Into::into),
            counter: counter.map(Into::into),
        }))
    }

    #[test]
    fn a_supervisor_lets_one_queue_or_one_counter_run_by_itself() {
        let mut hall = given([queue("a"), queue("b"), counter(1, &["a", "b"]), asked(pause(2)), asked(pause(3))]);
        hall.must(issue("a")).must(issue("b")).when(mode_of(Mode::Automatic, Some("b"), None));
        hall.then("mode automatic; B001 to counter 1");
        hall.must(resume(2)).when(mode_of(Mode::Automatic, None, Some("2"))).then("mode automatic; A001 to counter 2");
        hall.must(resume(3)).when(issue("a")).then("A002 taken");
    }

    #[test]
    fn a_counter_that_works_by_hand_is_left_alone_in_an_automatic_hall() {
        let mut hall = given([automatic(), queue("a"), counter(1, &["a"]).so_that(|it| it.mode = Some(Mode::Manual))]);
        hall.must(pause(2)).must(pause(3)).when(issue("a")).then("A001 taken");
        hall.when(call_next(1)).then("A001 to counter 1");
    }

    #[test]
    fn what_a_supervisor_sets_holds_for_the_day() {
        let mut hall = given([queue("a")]);
        hall.must(set_mode(Mode::Automatic)).must(issue("a")).must(start(1)).must(finish(1));
        hall.at("2026-11-25T09:00:00+08:00").when(issue("a")).then("day 2026-11-25; A001 taken");
    }

    #[test]
    fn what_a_supervisor_set_is_taken_back_and_the_setup_decides_again() {
        let by_itself = queue("b").with(|it| it.mode = Some(Mode::Automatic));
        let mut hall = given([queue("a"), by_itself, asked(pause(2)), asked(pause(3))]);
        hall.must(mode_of(Mode::Automatic, None, Some("1"))).must(mode_of(Mode::Manual, Some("b"), None));
        hall.when(mode_of(None, None, Some("1"))).then("mode taken back").when(issue("a")).then("A001 taken");
        hall.when(mode_of(Mode::Automatic, Some("a"), None)).then("mode automatic; A001 to counter 1");
        hall.must(start(1)).must(finish(1)).must(mode_of(None, Some("a"), None)).when(issue("a")).then("A002 taken");
        hall.when(issue("b")).then("B001 taken");
        hall.when(mode_of(None, Some("b"), None)).then("mode taken back; B001 to counter 1");
        hall.must(set_mode(Mode::Automatic)).must(mode_of(None, None, None)).when(resume(2)).then("counter 2 resumed");
    }

    #[test]
    fn taking_back_what_was_never_set_changes_nothing_but_is_written_as_any_word() {
        let mut hall = given([queue("a")]);
        for (queue, counter) in [(None, None), (Some("a"), None), (None, Some("1"))] {
            hall.when(mode_of(None, queue, counter)).then("mode taken back");
        }
        assert!(hall.hall.fold.mode.is_none() && hall.hall.fold.counter_modes.is_empty());
    }

    #[test]
    fn a_mode_that_is_not_named_is_not_taken_back() {
        let read = |text: &str| serde_json::from_str::<SetMode>(text);
        assert_eq!(read(r#"{"mode": null}"#).unwrap().mode, None);
        assert!(read(r#"{"counter": "1"}"#).unwrap_err().to_string().contains("missing field `mode`"));
    }

    #[test]
    fn only_a_supervisor_sets_it_and_for_one_thing() {
        let mut hall = given([queue("a")]);
        hall.when(set_mode(Mode::Automatic).by("li")).then_refused(RefusalCode::NotYours, "only a supervisor may");
        hall.when(mode_of(Mode::Manual, Some("a"), Some("1"))).then_bad("queue");
        hall.when(mode_of(Mode::Manual, Some("x"), None)).then_bad("queue");
        hall.when(mode_of(Mode::Manual, None, Some("9"))).then_bad("counter");
        hall.when(mode_of(None, None, Some("1")).by("li")).then_refused(RefusalCode::NotYours, "only a supervisor may");
        hall.when(mode_of(None, Some("x"), None)).then_bad("queue");
    }
}
