//! Old journals are replayed for ever, and give what they gave when they were written.

extern crate hall as rules;
#[expect(dead_code, reason = "each test file uses another part of the kit")]
mod kit;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kit::*;
use rules::moves::{Announce, Command, Place, Withdraw};
use rules::setup::Mode;
use rules::{By, Entry, Event, Fold, Hall};

/// Entries between two looks at the hall.
const DIGEST_EVERY: usize = 20;
/// Variants of `Event`; the compiler does not count them, `kind` below names each.
const KINDS: usize = 23;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals")
}

fn journals() -> Vec<PathBuf> {
    let files = fs::read_dir(folder()).expect("the folder").map(|it| it.expect("a file").path());
    let mut journals: Vec<_> = files.filter(|it| it.extension().is_some_and(|it| it == "jsonl")).collect();
    journals.sort();
    journals
}

fn read(path: &Path) -> Vec<Entry> {
    let text = fs::read_to_string(path).expect("a journal");
    text.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
}

fn replay(entries: &[Entry]) -> Hall {
    let mut hall = Hall::new(Arc::new(plain_setup()));
    for entry in entries {
        hall.apply(entry);
    }
    hall
}

#[test]
fn every_old_journal_gives_the_hall_it_gave_when_it_was_written() {
    let journals = journals();
    assert!(!journals.is_empty());
    for path in journals {
        let expected = fs::read_to_string(path.with_extension("fold")).expect("its fold");
        assert_eq!(digests(&read(&path)), expected, "{}", path.display());
    }
}

#[test]
fn a_snapshot_in_the_middle_and_the_tail_give_the_same_hall() {
    for path in journals() {
        let entries = read(&path);
        let whole = replay(&entries);
        for middle in (0..entries.len()).step_by(7) {
            let written = serde_json::to_string(&replay(&entries[..middle]).fold).expect("a snapshot");
            let fold: Fold = serde_json::from_str(&written).expect("is read again");
            let mut hall = Hall { setup: whole.setup.clone(), fold };
            entries[middle..].iter().for_each(|entry| drop(hall.apply(entry)));
            assert_eq!(hall.fold, whole.fold, "snapshot after entry {middle}");
        }
    }
}

#[test]
fn the_newest_journal_has_every_kind_of_event() {
    let newest = journals().pop().expect("a journal");
    let kinds: BTreeSet<_> = read(&newest).iter().map(|it| kind(&it.event)).collect();
    assert_eq!(kinds.len(), KINDS, "{kinds:?}");
}

fn kind(event: &Event) -> &'static str {
    match event {
        Event::Day { .. } => "day",
        Event::Issued(_) => "issued",
        Event::CheckedIn { .. } => "checked in",
        Event::Called { .. } => "called",
        Event::Recalled { .. } => "recalled",
        Event::Started { .. } => "started",
        Event::Finished { .. } => "finished",
        Event::NoShow { .. } => "no-show",
        Event::Parked { .. } => "parked",
        Event::Unparked { .. } => "unparked",
        Event::Transferred(_) => "transferred",
        Event::Returned { .. } => "returned",
        Event::Deferred { .. } => "deferred",
        Event::Cancelled { .. } => "cancelled",
        Event::Reprioritised { .. } => "reprioritised",
        Event::Undone { .. } => "undone",
        Event::Unserved { .. } => "unserved",
        Event::Counter { .. } => "counter",
        Event::Queue { .. } => "queue",
        Event::Mode { .. } => "mode",
        Event::Configured { .. } => "configured",
        Event::Announced(_) => "announced",
        Event::Withdrawn { .. } => "withdrawn",
    }
}

/// What stands in the hall after every so many entries, and at the end.
fn digests(entries: &[Entry]) -> String {
    let stops = (DIGEST_EVERY..entries.len()).step_by(DIGEST_EVERY).chain([entries.len()]);
    let told = stops.map(|stop| digest(&replay(&entries[..stop]).fold));
    told.collect::<Vec<_>>().join("\n")
}

/// What stands in a hall, a line for each thing.
fn digest(fold: &Fold) -> String {
    let mut text = String::new();
    let mut line = |it: std::fmt::Arguments<'_>| writeln!(text, "{it}").expect("a line");
    line(format_args!("seq {} day {:?} revision {}", fold.seq, fold.day.map(|it| (it.date, it.open)), fold.revision));
    line(format_args!("series {:?} modes {:?} {:?}", fold.series, fold.mode, fold.counter_modes));
    for it in fold.tickets.values() {
        line(format_args!(
            "ticket {} {} {:?} in {} order {} counter {:?} class {:?} stage {:?} first {} back {:?} present {} calls {} returns {} deferrals {} waits since {} until {:?}",
            it.reference,
            it.number,
            it.state,
            it.queue,
            it.order.0,
            it.counter,
            it.priority,
            it.stage.as_ref().map(|it| it.index),
            it.stage_first,
            it.back_to,
            it.present,
            it.calls,
            it.returns,
            it.deferrals,
            it.waiting_since,
            it.until,
        ));
    }
    for it in fold.counters.values() {
        line(format_args!(
            "counter {} {:?} by {:?} ticket {:?} reason {:?} since {} served {}",
            it.id, it.state, it.staff, it.ticket, it.reason, it.since, it.served
        ));
    }
    for (id, it) in &fold.queues {
        line(format_args!(
            "queue {id} taken {} frozen {} mode {:?} out of turn {} kept {:?}",
            it.taken,
            it.frozen.is_some(),
            it.mode,
            it.tally.out_of_turn,
            it.services
        ));
    }
    for it in &fold.calls {
        line(format_args!("call {} to {} at {} times {}", it.number, it.counter, it.at, it.times));
    }
    for it in &fold.notices {
        line(format_args!("notice {} until {}", it.id, it.until));
    }
    text
}

/// Writes down a day in which everything happens.
#[test]
#[ignore = "records a new journal: see journals/README.md"]
fn record() {
    let name = std::env::var("RECORD").expect("RECORD=vN");
    let scene = a_day();
    let lines: Vec<_> = scene.entries.iter().map(|it| serde_json::to_string(it).expect("an entry") + "\n").collect();
    write_new(&folder().join(format!("{name}.jsonl")), &lines.concat());
    write_new(&folder().join(format!("{name}.fold")), &digests(&scene.entries));
}

fn write_new(path: &Path, text: &str) {
    use std::io::Write;
    let mut file = fs::File::create_new(path).expect("old journals are never changed");
    file.write_all(text.as_bytes()).expect("written");
}

fn a_day() -> Scene {
    let mut hall = given([
        the_hall(|it| it.undo_s = 60),
        queue("a").with(|it| (it.check_in, it.wrap_up_s) = (true, 20)),
        queue("b").with(|it| it.park_at_counter = true),
        queue("c").with(|it| it.closing = rules::setup::Closing::CarryOver),
        queue("m").with(|it| it.pick_up = true),
        class("elder"),
        class("green"),
    ]);
    hall.must(issue("a")).must(issue_with("a", |it| it.channel = rules::ticket::Channel::Phone));
    hall.must(issue_with("b", |it| it.visitor = Some("v-1".into()))).must(issue_as("a", "elder"));
    hall.must(issue_with("a", |it| it.route = ["a", "b", "c"].map(Into::into).into()));
    hall.must(issue_with("m", |it| it.pick_up = Some("M-4711".into())))
        .must(issue("c"))
        .must(issue("c"))
        .must(issue("b"));
    morning_calls(&mut hall);
    afternoon(&mut hall);
    evening(&mut hall);
    hall
}

fn morning_calls(hall: &mut Scene) {
    hall.after_s(30).must(check_in("A002").by_visitor()).must(call_next(1)).after_s(12).must(recall(1));
    hall.after_s(20).must(start(1)).after_s(200).must(finish(1)).after_s(20).tick();
    hall.must(call_next(1)).must(undo(1)).after_s(5).must(call_next(1)).after_s(60).must(no_show(1));
    hall.after_s(100).must(come_back("A001")).must(issue("a")).must(defer("A001").by_visitor());
    hall.must(call(2, "B001")).must(start(2)).after_s(60).must(park_for(2, 300)).must(call(2, "M-4711"));
    hall.after_s(300).tick().must(start(2)).must(finish(2)).must(call(2, "B001")).must(start(2));
    hall.must(send_and_back(2, "c")).must(reprioritise("C001", Some("green"))).must(call(3, "B001")).must(start(3));
    hall.after_s(90).must(finish(3));
}

fn afternoon(hall: &mut Scene) {
    hall.must(call(1, "A004"))
        .must(start(1))
        .after_s(100)
        .must(finish(1))
        .after_s(5)
        .must(pause(1))
        .after_s(300)
        .must(resume(1));
    hall.must(call(3, "C002")).must(send_to(3, 1)).must(freeze("b")).must(thaw("b")).must(freeze("m"));
    let mode_of = |mode, counter: &str| {
        ask(Command::SetMode(rules::moves::SetMode { mode, queue: None, counter: Some(counter.into()) }))
    };
    hall.must(set_mode(Mode::Mixed)).must(mode_of(Some(Mode::Automatic), "2"));
    hall.must(mode_of(Some(Mode::Manual), "3")).must(mode_of(None, "3"));
    hall.must(say("n-1")).must(say("n-2")).must(ask(Command::Withdraw(Withdraw { announcement: "n-2".into() })));
    hall.must(cancel("B002").by_visitor()).must(issue("b")).must(move_to("B003", "a", Place::Head)).must(close(3));
    let decision = hall.hall.configure(hall.hall.setup.clone(), 2, By::Person("admin".into()), hall.now);
    hall.entries.extend(decision.entries);
    hall.hall = decision.hall;
}

fn say(id: &str) -> Wish {
    ask(Command::Announce(Announce {
        id: Some(id.into()),
        zones: vec!["east".into()],
        speakers: Vec::new(),
        language: None,
        repeat: Some(2),
        ttl_s: Some(3600),
        emergency: false,
    }))
}

fn evening(hall: &mut Scene) {
    hall.after_s(600).must(open(3).by("wang")).must(issue("c")).must(issue("a")).must(close_day()).must(open_day());
    hall.must(issue("b")).must(issue("c")).at("2026-11-25T07:50:00+08:00").must(issue("a")).must(issue("c"));
    hall.must(call_next(1)).must(start(1)).after_s(10).must(park(1)).must(call_next(3).by("wang"));
}
