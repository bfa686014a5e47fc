//! Ticket numbers: unique per business day and series, without gaps, never reused in a day.
