//! The cases that hurt real halls, as far as the rules alone decide them; each is numbered in its name.

extern crate hall as rules;
#[expect(dead_code, reason = "each test file uses another part of the kit")]
mod kit;

use kit::*;
use rules::setup::{Closing, Hours, Mode, Period, Queue, ReturnPlace};
use rules::{Event, Hall, RefusalCode, TicketState, hours};

fn with(change: impl FnOnce(&mut Queue)) -> Given {
    queue("a").with(change)
}

fn times(count: usize, given: impl Fn() -> Given) -> Vec<Given> {
    (0..count).map(|_| given()).collect()
}

/// A first part and a number of others.
fn and(first: impl IntoIterator<Item = Given>, others: impl IntoIterator<Item = Given>) -> Vec<Given> {
    first.into_iter().chain(others).collect()
}

#[test]
fn case_01_call_next_pressed_twice_calls_one_visitor() {
    let mut hall = given(times(2, one_waiting));
    hall.when(call_next(1)).then("A001 to counter 1");
    hall.when(call_next(1)).then_refused(RefusalCode::CounterBusy, "counter 1 is calling A001");
    hall.is("A001", TicketState::Called).is("A002", TicketState::Waiting);
}

#[test]
fn case_02_of_two_counters_that_race_one_gets_the_ticket_the_other_the_next() {
    let mut hall = given(times(2, one_waiting));
    hall.when(call_next(1)).then("A001 to counter 1");
    hall.when(call_next(2)).then("A002 to counter 2");
    hall.when(call_next(3)).then_refused(RefusalCode::NobodyWaiting, "nobody is waiting for counter 3");
}

#[test]
fn case_03_a_chosen_ticket_that_was_called_meanwhile_is_refused() {
    let mut hall = given(times(2, one_waiting));
    hall.must(call_next(1)).when(call(2, "A001"));
    hall.then_refused(RefusalCode::AlreadyCalled, "A001 is at counter 1 already");
    hall.when(call(2, "A002")).then("A002 to counter 2").because("chosen");
    hall.when(call_next(3)).then_refused(RefusalCode::NobodyWaiting, "nobody is waiting");
}

#[test]
fn case_04_numbers_are_unique_and_have_no_gaps_in_a_series() {
    let mut hall = given([queue("a"), queue("b").with(|it| it.prefix = "A".into()), queue("c")]);
    hall.when(issue("a")).then("A001 taken").when(issue("b")).then("A002 taken").when(issue("c")).then("C001 taken");
    hall.must(cancel("A002")).when(issue("b")).then("A003 taken");
    hall.when(issue("nowhere")).then_bad("queue").when(issue("a")).then("A004 taken");
}

#[test]
fn case_05_the_day_begins_at_the_cut_over_of_the_site() {
    let mut hall = given([the_hall(|it| it.cutover_hour = 4), queue("a")]);
    // 03:59 in Shanghai still belongs to the day before.
    hall.at("2026-11-25T03:59:00+08:00").when(issue("a")).then("A001 taken");
    hall.at("2026-11-25T04:00:00+08:00").when(issue("a"));
    hall.then("A001 unserved; day 2026-11-25; A001 taken");
}

#[test]
fn case_05_summer_time_begins_and_ends_in_the_middle_of_a_night() {
    let berlin = || the_hall(|it| (it.time_zone, it.cutover_hour) = ("Europe/Berlin".parse().unwrap(), 2));
    // On the 29th of March 2026 the clock goes from 02:00 to 03:00: the cut-over falls out of the day.
    let mut spring = given([berlin(), queue("a")]);
    spring.at("2026-11-25T00:00:00Z");
    let hall = Hall { fold: Default::default(), ..spring.hall.clone() };
    let day = |time: &str| hours::business_day(&hall, time.parse().unwrap()).to_string();
    assert_eq!(day("2026-03-29T01:59:59+01:00"), "2026-03-28");
    assert_eq!(day("2026-03-29T03:00:00+02:00"), "2026-03-29");
    // On the 25th of October it goes from 03:00 to 02:00: the day begins once, at the first 02:00.
    assert_eq!(day("2026-10-25T01:59:59+02:00"), "2026-10-24");
    assert_eq!(day("2026-10-25T02:00:00+02:00"), "2026-10-25");
    assert_eq!(day("2026-10-25T02:00:00+01:00"), "2026-10-25");
}

#[test]
fn case_05_a_site_in_another_zone_has_its_own_day() {
    let mut hall = given([the_hall(|it| it.time_zone = "America/New_York".parse().unwrap()), queue("a")]);
    hall.at("2026-11-24T23:00:00-05:00").must(issue("a"));
    assert_eq!(hall.hall.fold.day.unwrap().date.to_string(), "2026-11-24");
    hall.at("2026-11-25T00:00:00-05:00").when(issue("a")).then("A001 unserved; day 2026-11-25; A001 taken");
}

#[test]
fn case_06_after_nights_without_a_server_the_day_rolls_over_at_the_first_use() {
    let mut hall = given([one_waiting()]);
    hall.after_s(3 * 24 * 3600).when(issue("a")).then("A001 unserved; day 2026-11-27; A001 taken");
    // A refused command writes nothing, not even the new day; it stays due.
    hall.after_s(24 * 3600).when(start(1)).then_refused(RefusalCode::WrongState, "has no ticket");
    assert_eq!(hall.hall.fold.day.unwrap().date.to_string(), "2026-11-27");
    hall.tick().then("A001 unserved; day 2026-11-28");
    hall.tick().then("");
}

#[test]
fn case_07_after_a999_comes_a1000_while_a001_is_still_open() {
    let mut hall = given(and([with(|it| it.first_number = 998)], times(2, one_waiting)));
    hall.when(issue("a")).then("A1000 taken").when(issue("a")).then("A1001 taken");
    assert_eq!(hall.line("a"), "A998 A999 A1000 A1001");
}

#[test]
fn case_07_a_series_does_not_begin_anew_while_a_carried_ticket_is_open() {
    let mut hall = given(and([with(|it| it.closing = Closing::CarryOver), queue("b")], times(2, one_waiting)));
    hall.must(issue("b")).after_s(24 * 3600).when(issue("a"));
    hall.then("B001 unserved; day 2026-11-25; A003 taken").when(issue("b")).then("B001 taken");
    hall.serve_all(1);
    hall.after_s(24 * 3600).when(issue("a")).then("day 2026-11-26; A001 taken");
}

#[test]
fn case_08_at_closing_those_inside_are_cut_off_served_or_carried_over() {
    let parts = [
        with(|it| it.closing = Closing::Unserved),
        queue("b").with(|it| it.closing = Closing::Serve),
        queue("c").with(|it| it.closing = Closing::CarryOver),
    ];
    let mut hall = given(parts);
    hall.must(issue("a")).must(call_next(1)).must(start(1));
    hall.must(issue("a")).must(issue("b")).must(issue("c"));
    hall.when(close_day()).then("A002 unserved; day closed");
    hall.when(issue("b")).then_refused(RefusalCode::DayClosed, "come back tomorrow");
    // Who is at a counter is served to the end, and so is everybody of B.
    hall.when(finish(1)).then("A001 finished").when(call_next(1)).then("B001 to counter 1");
    hall.must(start(1)).must(finish(1)).must(issue_refused()).at("2026-11-25T08:00:00+08:00");
    hall.when(issue("c")).then("day 2026-11-25; C002 taken");
    hall.when(call_next(1)).then("C001 to counter 1");
}

/// Something harmless in a closed day.
fn issue_refused() -> Wish {
    pause(3)
}

#[test]
fn case_08_an_emergency_queue_runs_over_night_and_a_visitor_at_a_counter_is_not_cut_off() {
    let mut hall = given([with(|it| it.closing = Closing::CarryOver), queue("b")]);
    hall.at("2026-11-24T23:50:00+08:00").must(issue("a")).must(issue("a")).must(issue("b"));
    hall.must(call(1, "A001")).must(call(2, "B001")).must(start(2));
    hall.at("2026-11-25T00:10:00+08:00").when(start(1)).then("day 2026-11-25; A001 started");
    hall.when(finish(2)).then("B001 finished").when(call_next(2)).then("A002 to counter 2");
}

#[test]
fn case_08_a_ticket_forgotten_at_a_counter_ends_with_its_day() {
    let mut hall = given([one_waiting()]);
    hall.must(call_next(1)).must(start(1)).at("2026-11-25T08:00:00+08:00");
    hall.when(issue("a")).then("A001 unserved; day 2026-11-25; A001 taken");
    hall.when(call_next(1)).then("A001 to counter 1");
}

#[test]
fn case_09_recalls_have_a_limit_and_a_gap() {
    let mut hall = given([with(|it| (it.recalls, it.recall_gap_s) = (2, 10)), one_waiting()]);
    hall.must(call_next(1)).when(recall(1)).then_refused(RefusalCode::RecallLimit, "again in 10 seconds");
    hall.after_s(9).when(recall(1)).then_refused(RefusalCode::RecallLimit, "again in 1 seconds");
    hall.after_s(1).when(recall(1)).then("A001 again to counter 1");
    hall.after_s(5).when(recall(1)).then_refused(RefusalCode::RecallLimit, "again in 5 seconds");
    hall.after_s(5).when(recall(1)).then("A001 again to counter 1");
    hall.after_s(60).when(recall(1)).then_refused(RefusalCode::RecallLimit, "press no-show if nobody comes");
}

#[test]
fn case_10_a_no_show_comes_back_where_the_queue_says() {
    for (place, line) in [
        (ReturnPlace::Head, "A001 A002 A003 A004"),
        (ReturnPlace::After(1), "A002 A001 A003 A004"),
        (ReturnPlace::After(2), "A002 A003 A001 A004"),
        (ReturnPlace::After(9), "A002 A003 A004 A001"),
        (ReturnPlace::Tail, "A002 A003 A004 A001"),
    ] {
        let mut hall = given(and([with(|it| it.return_place = place)], times(4, one_waiting)));
        hall.must(call_next(1)).must(no_show(1)).when(come_back("A001")).then("A001 returned");
        assert_eq!(hall.line("a"), line, "{place:?}");
        hall.must(issue("a"));
        assert_eq!(hall.line("a"), format!("{line} A005"), "who comes later stands behind");
    }
}

#[test]
fn case_10_coming_back_is_limited_in_time_and_number() {
    let mut hall = given([with(|it| (it.returns, it.return_within_s) = (1, 600)), one_waiting()]);
    hall.must(call_next(1)).must(no_show(1)).after_s(600).when(come_back("A001")).then("A001 returned");
    hall.must(call_next(1)).must(no_show(1)).when(come_back("A001"));
    hall.then_refused(RefusalCode::TooLate, "as often as allowed");
    let mut late = given([with(|it| it.return_within_s = 600), one_waiting()]);
    late.must(call_next(1)).must(no_show(1)).after_s(601).when(come_back("A001"));
    late.then_refused(RefusalCode::TooLate, "too long ago; take a new ticket");
}

#[test]
fn case_11_who_asks_for_more_time_overtakes_nobody_and_only_so_often() {
    let mut hall = given(and([with(|it| (it.defer_places, it.deferrals) = (2, 2))], times(5, one_waiting)));
    hall.when(defer("A001").by_visitor()).then("A001 deferred");
    assert_eq!(hall.line("a"), "A002 A003 A001 A004 A005");
    hall.must(defer("A001").by_visitor());
    assert_eq!(hall.line("a"), "A002 A003 A004 A005 A001");
    hall.when(defer("A001").by_visitor()).then_refused(RefusalCode::TooLate, "as often as allowed");
    // At the end of the line it stays before those who come later.
    hall.must(issue("a"));
    assert_eq!(hall.line("a"), "A002 A003 A004 A005 A001 A006");
}

#[test]
fn a_kiosk_gives_tickets_and_does_nothing_else_and_a_visitors_key_gives_none() {
    let mut hall = given([one_waiting()]);
    hall.when(issue("a").by_kiosk()).then("A002 taken");
    hall.when(call_next(1).by_kiosk()).then_refused(RefusalCode::NotYours, "good for its own ticket only");
    hall.when(issue("a").by_visitor()).then_refused(RefusalCode::NotYours, "good for its own ticket only");
}

#[test]
fn case_12_at_noon_no_tickets_are_given_but_who_waits_is_called() {
    let mut hall = given([with(|it| it.hours = Some(weekdays())), one_waiting()]);
    let state = |hall: &Scene| hours::state_of(&hall.hall, &"a".into(), hall.now);
    assert_eq!(state(hall.at("2026-11-24T11:49:59+08:00")), hours::QueueState::Open);
    assert_eq!(state(hall.at("2026-11-24T11:50:00+08:00")), hours::QueueState::Noon);
    hall.when(issue("a")).then_refused(RefusalCode::OutsideHours, "given again from 2026-11-24 13:00");
    hall.at("2026-11-24T12:30:00+08:00").when(call_next(1)).then("A001 to counter 1");
    hall.at("2026-11-24T13:00:00+08:00").when(issue("a")).then("A002 taken");
    hall.at("2026-11-24T17:00:00+08:00").when(issue("a"));
    hall.then_refused(RefusalCode::OutsideHours, "is closed now; tickets are given again from 2026-11-25 08:30");
}

/// 09:00 to 12:00 and 13:30 to 17:00, tickets from half an hour before, in the morning until 11:50.
fn weekdays() -> Hours {
    let days = vec![
        chrono::Weekday::Mon,
        chrono::Weekday::Tue,
        chrono::Weekday::Wed,
        chrono::Weekday::Thu,
        chrono::Weekday::Fri,
    ];
    let at = |hour, minute| chrono::NaiveTime::from_hms_opt(hour, minute, 0).expect("a time");
    let morning = Period {
        days: days.clone(),
        from: at(9, 0),
        until: at(12, 0),
        take_from: Some(at(8, 30)),
        take_until: Some(at(11, 50)),
    };
    let afternoon = Period { days, from: at(13, 30), until: at(17, 0), take_from: Some(at(13, 0)), take_until: None };
    Hours { periods: vec![afternoon, morning], redeem_before_end_s: 0 }
}

#[test]
fn case_12_in_automatic_mode_only_counters_on_duty_are_assigned_at_noon() {
    let parts = [
        automatic(),
        with(|it| it.hours = Some(weekdays())),
        counter(1, &["a"]),
        counter(2, &["a"]).so_that(|it| it.noon_duty = true),
        counter(3, &[]),
    ];
    let mut hall = given(parts);
    hall.must(pause(1)).must(pause(2)).must(issue("a")).must(issue("a"));
    hall.at("2026-11-24T12:00:00+08:00").when(resume(1)).then("counter 1 resumed");
    hall.when(resume(2)).then("counter 2 resumed; A001 to counter 2");
    // The break ends by itself, and with it what kept the other counter idle.
    assert_eq!(hall.hall.due_at(), Some("2026-11-24T13:30:00+08:00".parse().unwrap()));
    hall.at("2026-11-24T13:29:59+08:00").tick().then("");
    hall.at("2026-11-24T13:30:00+08:00").tick().then("A002 to counter 1");
}

#[test]
fn case_13_a_class_does_not_starve_others() {
    let mut hall = given(and([with(|it| it.mix = 2), class("elder")], times(3, one_waiting)));
    for _ in 0..6 {
        hall.must(issue_as("a", "elder"));
    }
    assert_eq!(
        hall.explained(1),
        "A004 class, A005 class, A001 order, A006 class, A007 class, A002 order, A008 class, A009 class, A003 order"
    );
    assert_eq!(hall.serve_all(1), "A004 A005 A001 A006 A007 A002 A008 A009 A003");
}

#[test]
fn case_13_nobody_waits_beyond_the_bound_while_others_go_out_of_turn() {
    let bound = queue("a").with(|it| (it.mix, it.wait_bound_s) = (9, Some(600)));
    let mut hall = given([bound, class("elder"), one_waiting(), one_waiting()]);
    hall.after_s(300).must(issue_as("a", "elder")).must(issue("a")).must(issue_as("a", "elder"));
    hall.after_s(300).when(call_next(1)).then("A003 to counter 1").because("class");
    hall.after_s(1).when(call_next(2)).then("A001 to counter 2").because("ageing");
    hall.when(call_next(3)).then("A002 to counter 3").because("ageing");
    // Nobody is overdue any more: the class goes first again.
    hall.must(start(2)).must(finish(2)).when(call_next(2));
    hall.then("A005 to counter 2").because("class");
}

#[test]
fn case_13_a_class_is_not_starved_by_ageing() {
    // Everybody is overdue, and more come all the time: who has a class still keeps the place of their arrival.
    let mut hall = given(and([with(|it| it.wait_bound_s = Some(1)), class("elder")], times(2, one_waiting)));
    hall.must(issue_as("a", "elder")).must(issue("a")).must(issue("a")).after_s(3600);
    assert_eq!(hall.serve_all(1), "A001 A002 A003 A004 A005");
}

#[test]
fn case_14_a_transfer_keeps_the_arrival_and_says_where_the_ticket_stands() {
    let mut hall = given([queue("a"), queue("b"), one_waiting()]);
    hall.after_s(60).must(issue("b")).after_s(60).must(call(1, "A001")).must(start(1));
    hall.when(send(1, "b")).then("A001 sent to b");
    assert_eq!(hall.line("b"), "A001 B001", "it came before B001");
    assert_eq!(rules::forecast::ahead_of(&hall.hall, hall.reference("A001")), Some(0));
    assert_eq!(hall.ticket("A001").issued_at, morning());
    hall.when(call_next(1)).then("A001 to counter 1");
}

#[test]
fn case_15_staff_who_lose_the_page_find_the_same_ticket_and_hold_one_counter() {
    let mut hall = given([one_waiting(), asked(close(1)), asked(close(2))]);
    hall.must(open(1).by("wang")).must(call_next(1).by("wang")).must(start(1).by("wang"));
    // Signed in once more, on another machine: the counter still has the ticket.
    assert_eq!(hall.counter(1).ticket, Some(hall.reference("A001")));
    hall.when(open(2).by("wang")).then_refused(RefusalCode::NotYours, "counter 1 is still held by the same person");
    hall.when(open(1).by("wang")).then_refused(RefusalCode::WrongState, "open already");
    // Leaving while somebody is served asks first.
    hall.when(close(1).by("wang")).then_refused(RefusalCode::CounterBusy, "counter 1 is serving A001; finish it first");
    hall.when(finish(1).by("wang")).then("A001 finished").when(close(1).by("wang")).then("counter 1 closed");
}

#[test]
fn case_16_finish_by_others_finish_twice_and_start_of_what_was_never_called_are_refused() {
    let mut hall = given([one_waiting()]);
    hall.when(start(1)).then_refused(RefusalCode::WrongState, "counter 1 has no ticket; call one first");
    hall.must(call_next(1))
        .when(finish(1))
        .then_refused(RefusalCode::WrongState, "counter 1 is calling A001; start it first");
    hall.must(start(1)).when(start(1)).then_refused(RefusalCode::WrongState, "its service has begun already");
    hall.when(finish(1).by("li")).then_refused(RefusalCode::NotYours, "held by somebody else");
    hall.when(finish(1).by_token("1")).then("A001 finished");
    hall.when(finish(1)).then_refused(RefusalCode::WrongState, "has no ticket");
}

#[test]
fn case_19_a_call_the_hub_makes_is_a_call_like_any_other() {
    let mut hall = given([automatic(), one_waiting()]);
    let call = hall.entries.last().unwrap();
    assert_eq!(call.by, rules::By::Hub);
    assert!(matches!(call.event, Event::Called { .. }));
    hall.is("A001", TicketState::Called).must(start(1)).must(issue("a")).then("A002 taken; A002 to counter 2");
}

#[test]
fn case_21_when_the_clock_steps_back_order_and_waits_hold() {
    let mut hall = given([one_waiting()]);
    hall.after_s(100).must(issue("a"));
    hall.after_s(-3600).when(issue("a")).then("A003 taken");
    assert_eq!(hall.ticket("A003").issued_at, hall.ticket("A002").issued_at);
    assert_eq!(hall.line("a"), "A001 A002 A003");
    hall.when(call_next(1)).then("A001 to counter 1");
    let times: Vec<_> = hall.entries.iter().map(|it| it.time).collect();
    assert!(times.is_sorted());
}

#[test]
fn case_21_when_the_clock_steps_forward_nobody_loses_their_place() {
    let mut hall = given(times(2, one_waiting));
    hall.after_s(6 * 3600).must(issue("a"));
    assert_eq!(hall.serve_all(1), "A001 A002 A003");
}

#[test]
fn case_22_waits_over_an_hour_and_over_midnight_are_counted_in_full() {
    let mut hall = given([with(|it| it.closing = Closing::CarryOver), one_waiting()]);
    hall.at("2026-11-25T09:00:00+08:00").must(call_next(1));
    let waits = &hall.hall.queue_fold(&"a".into()).unwrap().waits;
    assert_eq!(waits.back(), Some(&(24 * 3600)));
    assert_eq!(hall.ticket("A001").waiting_since, morning());
}

#[test]
fn case_23_no_event_holds_anything_personal() {
    // Whoever the visitor is, and whatever they write, the journal holds ids and codes.
    let mut hall = given([queue("a")]);
    hall.must(issue_with("a", |it| it.visitor = Some("v-81".into())));
    let written = serde_json::to_value(hall.entries.last().unwrap()).unwrap();
    let mut fields: Vec<_> = written["event"]["issued"].as_object().unwrap().keys().cloned().collect();
    fields.sort();
    assert_eq!(
        fields,
        [
            "channel", "id", "language", "number", "present", "priority", "queue", "route", "running", "series",
            "visitor"
        ]
    );
}

#[test]
fn case_24_replaying_the_journal_calls_nobody_a_second_time() {
    let mut hall = given(times(3, one_waiting));
    hall.must(call_next(1)).must(start(1)).must(call_next(2));
    let mut again = Hall::new(hall.hall.setup.clone());
    for entry in &hall.entries {
        again.apply(entry);
    }
    assert_eq!(again.fold, hall.hall.fold);
    assert!(again.tick(hall.now).entries.is_empty());
}

#[test]
fn modes_mean_what_they_say() {
    let mixed = || the_hall(|it| it.mode = Mode::Mixed);
    let mut hall = given([mixed(), with(|it| it.mode = Some(Mode::Automatic)), queue("b")]);
    hall.when(issue("b")).then("B001 taken").when(issue("a")).then("A001 taken; A001 to counter 1");
    // Staff may press, too.
    hall.when(call_next(2)).then("B001 to counter 2");
    hall.when(set_mode(Mode::Automatic)).then("mode automatic");
    hall.when(issue("b")).then("B002 taken; B002 to counter 3");
}
