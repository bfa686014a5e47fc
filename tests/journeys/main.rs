//! Whole journeys through the public faces: HTTP as programs speak it, sockets for real.

mod bad_input;
mod hall_live;
mod pads;
mod privacy;
