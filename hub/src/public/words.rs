//! States, modes and rules in the words by which they travel.

use hall::hours::QueueState;
use hall::next::Rule;
use hall::setup::Mode;
use hall::ticket::{Channel, Language};
use hall::{CounterState, TicketState};

/// How a ticket stands.
pub fn ticket_state(it: TicketState) -> &'static str {
    match it {
        TicketState::Waiting => "waiting",
        TicketState::Called => "called",
        TicketState::Serving => "serving",
        TicketState::Parked => "parked",
        TicketState::NoShow => "no_show",
        TicketState::Done => "done",
        TicketState::Cancelled => "cancelled",
        TicketState::Unserved => "unserved",
    }
}

/// How a counter stands.
pub(super) fn counter_state(it: CounterState) -> &'static str {
    match it {
        CounterState::Closed => "closed",
        CounterState::Open => "open",
        CounterState::Calling => "calling",
        CounterState::Serving => "serving",
        CounterState::Paused => "paused",
        CounterState::WrappingUp => "wrapping_up",
    }
}

/// Whether a queue gives tickets.
pub fn queue_state(it: QueueState) -> &'static str {
    match it {
        QueueState::Open => "open",
        QueueState::Closed => "closed",
        QueueState::Noon => "noon",
        QueueState::Full => "full",
        QueueState::Frozen => "frozen",
    }
}

/// Who moves tickets.
pub fn mode(it: Mode) -> &'static str {
    match it {
        Mode::Manual => "manual",
        Mode::Automatic => "automatic",
        Mode::Mixed => "mixed",
    }
}

/// A language.
pub fn language(it: Language) -> &'static str {
    match it {
        Language::Zh => "zh",
        Language::En => "en",
    }
}

/// The door a ticket came through.
pub(super) fn channel(it: Channel) -> &'static str {
    match it {
        Channel::Kiosk => "kiosk",
        Channel::Counter => "counter",
        Channel::Phone => "phone",
        Channel::Api => "api",
    }
}

/// Why a ticket was called.
pub(super) fn rule(it: Rule) -> &'static str {
    match it {
        Rule::Stage => "stage",
        Rule::Appointment => "appointment",
        Rule::Class => "class",
        Rule::Ageing => "ageing",
        Rule::Order => "order",
        Rule::ToCounter => "to_counter",
        Rule::Chosen => "chosen",
    }
}
