//! A hall's day from a seed, through the real door.
//!
//! Visitors, counters, a supervisor and screens act at random; the machine dies with commands under way, lines are
//! cut, the clock jumps, two hands press at once. After each step a second reader of the journal, which shares no
//! code with the rules, looks whether a promise was broken; now and then, and after every death, the boards of the
//! screens and what is owed to the outside are looked at too. A failure prints its seed.

mod agenda;
mod chance;
mod ledger;
mod owed;
mod people;
mod plan;
mod report;
mod screens;
mod waits;
mod world;

pub use ledger::{Broken, Ledger};
pub use report::{Counts, Report};
pub use waits::{Figures, Wait};
pub use world::Failure;

/// Which day to play.
#[derive(Clone, Debug)]
pub struct Options {
    /// Draws everything.
    pub seed: u64,
    /// Visitors that come.
    pub visitors: u32,
    /// Let the machine die and the clock jump in between.
    pub faults: bool,
}

/// Plays one day. If it ends well, every promise held after every step.
pub async fn run(options: Options) -> Result<Report, Failure> {
    let mut world = world::World::open(options).await?;
    world.play().await?;
    Ok(world.into_report())
}
