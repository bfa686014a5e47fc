//! `hub simulate`: a hall's day at full speed, with every promise looked at after every step.

use clap::Args;
use hub::simulate::{self, Counts, Figures, Options};
use serde_json::json;

/// Options of `hub simulate`.
#[derive(Args)]
pub struct Simulate {
    /// Draws the hall, its people and what goes wrong.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Visitors of the day.
    #[arg(long, default_value_t = 200)]
    visitors: u32,
    /// Play so many days, with the seeds that follow.
    #[arg(long, default_value_t = 1)]
    seeds: u64,
    /// Nothing goes wrong with the machine.
    #[arg(long)]
    calm: bool,
}

/// Plays the days; one JSON line each for one seed, one for all of several.
pub async fn run(options: Simulate) -> Result<(), String> {
    let begun = std::time::Instant::now();
    let (mut counts, mut waits, mut promises) = (Counts::default(), Vec::new(), Vec::new());
    for seed in options.seed..options.seed + options.seeds {
        let day = Options { seed, visitors: options.visitors, faults: !options.calm };
        let report = simulate::run(day).await.map_err(|cause| cause.to_string())?;
        counts.add(&report.counts);
        waits.extend_from_slice(&report.each_wait);
        promises = report.promises.to_vec();
    }
    let line = json!({
        "ok": true, "seed": options.seed, "seeds": options.seeds, "visitors": options.visitors, "counts": counts,
        "waits": Figures::of(&waits), "promises": promises, "seconds": begun.elapsed().as_secs_f64(),
    });
    super::say(&line.to_string());
    Ok(())
}
