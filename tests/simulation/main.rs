//! Whole days from seeds, through the real door, with the machine dying and the clock jumping in between.
//!
//! 100 seeds x 200 visitors and one day of 5,000; `hub simulate --seeds 5000` plays more by hand.

use hub::simulate::{self, Options, Report};

async fn play(seed: u64, visitors: u32) -> Report {
    match simulate::run(Options { seed, visitors, faults: true }).await {
        Ok(report) => report,
        Err(broken) => panic!("{broken}\nplay it again: hub simulate --seed {seed} --visitors {visitors}"),
    }
}

async fn play_seeds(seeds: std::ops::Range<u64>) {
    let (mut tickets, mut served, mut restarts) = (0, 0, 0);
    for seed in seeds {
        let report = play(seed, 200).await;
        tickets += report.tickets;
        served += report.served;
        restarts += report.restarts;
    }
    assert!(tickets > 0 && served > 0 && restarts > 0, "the days were empty: {tickets} tickets, {served} served");
}

macro_rules! seeds {
    ($($name:ident: $range:expr),*) => {
        $(#[tokio::test]
        async fn $name() {
            play_seeds($range).await;
        })*
    };
}

// Four tests, so that they share the cores.
seeds! {
    every_promise_holds_for_seeds_0_to_24: 0..25,
    every_promise_holds_for_seeds_25_to_49: 25..50,
    every_promise_holds_for_seeds_50_to_74: 50..75,
    every_promise_holds_for_seeds_75_to_99: 75..100
}

#[tokio::test]
async fn every_promise_holds_for_a_day_of_5000_visitors() {
    let report = play(5_000, 5_000).await;
    assert!(report.tickets >= 4_000, "only {} tickets were taken", report.tickets);
}
