//! Whether a queue fits: its letters, its limits, its hours.

use chrono::{NaiveTime, Timelike, Weekday};
use hall::Setup;
use hall::setup::{Hours, Period, Queue, ReturnPlace};

use super::check::{DAY_S, floor_fits};
use super::limits::Findings;
use super::speech::speech_fits;
use crate::error::Wrong;

/// Letters of a prefix.
const PREFIX_CHARS_MAX: usize = 2;
/// Longest short name, characters.
const SHORT_CHARS_MAX: usize = 5;
/// Matters of one queue.
const MATTERS_MAX: usize = 300;
/// Periods of service of one queue.
const PERIODS_MAX: usize = 50;
/// Tickets a day of one queue.
const QUOTA_MAX: u32 = 100_000;
/// Highest first number of a day.
const FIRST_NUMBER_MAX: u32 = 9_000;
/// How often something may be allowed to one ticket.
const TIMES_MAX: u32 = 20;

pub(super) fn fits(found: &mut Findings, setup: &Setup, it: &Queue) {
    let path = format!("queues.{}", it.id);
    found.names(&it.name, &it.name_en, &path);
    prefix_fits(found, it, &path);
    if let Some(short) = &it.short {
        found.text(short, 1..=SHORT_CHARS_MAX, format!("{path}.short"));
    }
    if let Some(department) = &it.department {
        let known = setup.departments.iter().any(|other| other.id == *department);
        found.known(known, format!("{path}.department"), "department", department);
    }
    for (n, zone) in it.zones.iter().enumerate() {
        let known = setup.zones.iter().any(|other| other.id == *zone);
        found.known(known, format!("{path}.zones[{n}]"), "zone", zone);
    }
    floor_fits(found, it.floor.as_deref(), &path);
    found.at_most(it.matters.len(), MATTERS_MAX, format!("{path}.matters"));
    for (n, matter) in it.matters.iter().enumerate() {
        found.text(matter, 1..=hall::setup::NAME_CHARS_MAX, format!("{path}.matters[{n}]"));
    }
    limits_fit(found, it, &path);
    if let Some(speech) = &it.speech {
        speech_fits(found, speech, &format!("{path}.speech"));
    }
    if let Some(hours) = &it.hours {
        hours_fit(found, hours, &format!("{path}.hours"));
    }
}

fn prefix_fits(found: &mut Findings, it: &Queue, path: &str) {
    let chars = it.prefix.chars().count();
    let letters = it.prefix.chars().all(|it| it.is_ascii_uppercase() && it != 'I' && it != 'O');
    let least = usize::from(!it.pick_up);
    let why = format!("must be {least} to {PREFIX_CHARS_MAX} letters A-Z, without I and O, which look like 1 and 0");
    let limits = least..=PREFIX_CHARS_MAX;
    let fits = letters && limits.contains(&chars);
    found.must(fits, format!("{path}.prefix"), Wrong::PrefixLetters.within(limits, why));
}

fn limits_fit(found: &mut Findings, it: &Queue, path: &str) {
    for (field, value, limits) in [
        ("first_number", it.first_number, 0..=FIRST_NUMBER_MAX),
        ("recalls", it.recalls, 0..=TIMES_MAX),
        ("recall_gap_s", it.recall_gap_s, 0..=600),
        ("no_show_after_s", it.no_show_after_s, 0..=3_600),
        ("return_within_s", it.return_within_s, 0..=DAY_S),
        ("returns", it.returns, 0..=TIMES_MAX),
        ("defer_places", it.defer_places, 1..=50),
        ("deferrals", it.deferrals, 0..=TIMES_MAX),
        ("mix", it.mix, 0..=100),
        ("late_s", it.late_s, 60..=DAY_S),
        ("wrap_up_s", it.wrap_up_s, 0..=3_600),
        ("service_s", it.service_s, 10..=14_400),
    ] {
        found.number(value, limits, format!("{path}.{field}"));
    }
    for (field, value, limits) in [
        ("quota", it.quota, 0..=QUOTA_MAX),
        ("appointment_quota", it.appointment_quota, 0..=QUOTA_MAX),
        ("open_per_visitor", it.open_per_visitor, 1..=100),
        ("call_timeout_s", it.call_timeout_s, 10..=3_600),
        ("wait_bound_s", it.wait_bound_s, 60..=DAY_S),
    ] {
        found.number_if(value, limits, format!("{path}.{field}"));
    }
    let too_many = it.quota.zip(it.appointment_quota).is_some_and(|(all, booked)| booked > all);
    let why = Wrong::AboveQuota.why("must not be more than the quota");
    found.must(!too_many, format!("{path}.appointment_quota"), why);
    if let ReturnPlace::After(places) = it.return_place {
        found.number(places, 1..=1_000, format!("{path}.return_place"));
    }
}

fn hours_fit(found: &mut Findings, hours: &Hours, path: &str) {
    found.at_most(hours.periods.len(), PERIODS_MAX, format!("{path}.periods"));
    found.number(hours.redeem_before_end_s, 0..=DAY_S, format!("{path}.redeem_before_end_s"));
    for (n, period) in hours.periods.iter().enumerate() {
        let path = format!("{path}.periods[{n}]");
        period_fits(found, period, &path);
        let before = &hours.periods[..n];
        let meets = before.iter().any(|other| shares_a_day(&other.days, &period.days) && overlap(other, period));
        found.must(!meets, format!("{path}.from"), Wrong::Overlaps.why("overlaps another period of the same day"));
    }
}

fn period_fits(found: &mut Findings, it: &Period, path: &str) {
    let days = Wrong::Weekdays.why("must name 1 to 7 weekdays");
    found.must(!it.days.is_empty() && it.days.len() <= 7, format!("{path}.days"), days);
    let (from, until) = (start(it.from), end(it.until));
    let ends_first = Wrong::EndsFirst.why("must be after `from` (00:00 is midnight at the end of the day)");
    found.must(from < until, format!("{path}.until"), ends_first);
    if from >= until {
        return;
    }
    let take_from = it.take_from.map_or(from, start);
    let take_until = it.take_until.map_or(until, end);
    let field = if it.take_until.is_some() { "take_until" } else { "take_from" };
    let no_tickets = Wrong::NoTickets.why("tickets must be given for some time at least");
    found.must(take_from < take_until, format!("{path}.{field}"), no_tickets);
    let after_hours = Wrong::AfterHours.why("must not be after the service ends");
    found.must(take_until <= until, format!("{path}.take_until"), after_hours);
}

fn shares_a_day(a: &[Weekday], b: &[Weekday]) -> bool {
    a.iter().any(|day| b.contains(day))
}

fn overlap(a: &Period, b: &Period) -> bool {
    start(a.from) < end(b.until) && start(b.from) < end(a.until)
}

/// Seconds of the day.
fn start(time: NaiveTime) -> u32 {
    time.num_seconds_from_midnight()
}

/// The same for an end: 00:00 is midnight at the end of the day.
fn end(time: NaiveTime) -> u32 {
    Some(time.num_seconds_from_midnight()).filter(|it| *it > 0).unwrap_or(DAY_S)
}
