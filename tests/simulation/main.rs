//! Whole days from seeds, through the real door, with the machine dying, lines being cut and the clock jumping.
//!
//! 100 seeds x 200 visitors and one day of 5,000; `hub simulate --seeds 5000` plays more by hand.

use std::ops::RangeInclusive;

use hub::simulate::{self, Counts, Figures, Options, Report};

async fn play(seed: u64, visitors: u32) -> Report {
    match simulate::run(Options { seed, visitors, faults: true }).await {
        Ok(report) => report,
        Err(broken) => panic!("{broken}\nplay it again: hub simulate --seed {seed} --visitors {visitors}"),
    }
}

async fn play_seeds(seeds: std::ops::Range<u64>) {
    let (mut counts, mut waits) = (Counts::default(), Vec::new());
    for seed in seeds {
        let report = play(seed, 200).await;
        counts.add(&report.counts);
        waits.extend_from_slice(&report.each_wait);
    }
    let something = [
        counts.tickets,
        counts.served,
        counts.races,
        counts.restarts,
        counts.repeated,
        counts.resumed,
        counts.frames,
        counts.boards,
        counts.owed,
    ];
    assert!(something.iter().all(|it| *it > 0), "the days were empty: {counts:?}");
    let figures = Figures::of(&waits);
    is_nearer_than_its_yardsticks(&figures);
    is_honest(&figures, 0.76..=0.86, 0.06..=0.14);
}

/// Of ten waits eight are inside the promised interval and one is longer, whatever people do.
fn is_honest(waits: &Figures, inside: RangeInclusive<f64>, beyond: RangeInclusive<f64>) {
    assert!(waits.inside_80.is_some_and(|it| inside.contains(&it)), "not eight of ten inside: {waits:?}");
    assert!(waits.beyond_90.is_some_and(|it| beyond.contains(&it)), "not one of ten longer: {waits:?}");
}

/// Whatever people do in these halls, the forecast is nearer to what came than every simple guess.
fn is_nearer_than_its_yardsticks(waits: &Figures) {
    let beside = &waits.beside;
    assert!(beside.of > 1_000, "only {} waits", beside.of);
    for (name, theirs) in [
        ("last to enter", &beside.last_to_enter),
        ("position by mean", &beside.position_by_mean),
        ("mean of the last", &beside.mean_of_last),
    ] {
        assert!(beside.forecast.median_s < theirs.median_s, "{name}: {beside:?}");
        let (ours_s, theirs_s) = (beside.forecast.mean_s.unwrap_or_default(), theirs.mean_s.unwrap_or_default());
        assert!(ours_s < theirs_s, "{name}: {beside:?}");
    }
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
    assert!(report.counts.tickets >= 4_000, "only {} tickets were taken", report.counts.tickets);
    // One day of one hall, and a rush without end: less even than many days together.
    is_honest(&report.waits, 0.74..=0.90, 0.03..=0.16);
    is_nearer_than_its_yardsticks(&report.waits);
}
