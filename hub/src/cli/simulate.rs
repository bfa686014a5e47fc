//! `hub simulate`: a hall's day at full speed, with every promise looked at after every step.

use clap::Args;
use hub::simulate::{self, Options};
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
    let (mut commands, mut entries, mut tickets) = (0, 0, 0);
    for seed in options.seed..options.seed + options.seeds {
        let day = Options { seed, visitors: options.visitors, faults: !options.calm };
        let report = simulate::run(day).await.map_err(|cause| cause.to_string())?;
        commands += report.commands;
        entries += report.entries;
        tickets += report.tickets;
        if options.seeds == 1 {
            let mut line = serde_json::to_value(&report).map_err(|cause| cause.to_string())?;
            line["ok"] = json!(true);
            line["seconds"] = json!(begun.elapsed().as_secs_f64());
            super::say(&line.to_string());
        }
    }
    if options.seeds > 1 {
        let seconds = begun.elapsed().as_secs_f64();
        let line = json!({
            "seeds": options.seeds, "first": options.seed, "visitors": options.visitors, "commands": commands,
            "entries": entries, "tickets": tickets, "ok": true, "seconds": seconds,
        });
        super::say(&line.to_string());
    }
    Ok(())
}
