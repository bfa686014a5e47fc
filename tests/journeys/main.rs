//! Whole journeys through the public faces: HTTP as programs speak it, sockets for real.

mod aloud;
mod bad_input;
mod beside;
mod every_field;
mod hall_live;
mod news;
mod pads;
mod privacy;
mod refusals;
mod repeats;
mod supervisor;
mod ways;
