//! The slip: what a visitor takes along on paper, and the same drawing on a page.
//!
//! `facts` says what stands on it, `draw` where (576 dots wide, black on white), `raster` turns the
//! drawing into dots, `escpos` into bytes for a printer; `plain` is the slip in the printer's own
//! letters, for a machine without Chinese fonts. Never on it: a name, a phone, a number of identity;
//! and no slip for a ticket that is not committed.

mod draw;
pub mod escpos;
mod facts;
mod make;
mod measure;
mod plain;
pub mod qr;
pub mod raster;
mod sample;
mod state;
mod words;

pub use draw::{Drawing, WIDTH_DOTS, draw};
pub use facts::{Facts, Origin, Pair, Standing};
pub use make::Slips;
pub use plain::{PlainLine, plain};
pub use state::SlipState;
