//! Whole journeys through the public faces: HTTP as programs speak it, sockets for real.

mod bad_input;
mod beside;
mod hall_live;
mod pads;
mod privacy;
