//! When a queue serves and gives tickets, and which business day it is.
//!
//! All times of the setup are those of the site's clock; a time that a change to summer time leaves
//! out is the moment of the change, one that comes twice is the first of the two.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc, Weekday};
use serde::{Deserialize, Serialize};

use crate::hall::{Day, Hall};
use crate::ids::QueueId;
use crate::setup::{Period, Queue, SpecialDay};

/// How far ahead an opening time is looked for, days.
const LOOK_AHEAD_DAYS: u64 = 14;
/// Longest stretch of local time that a change of a clock ever left out, minutes (a change of the date line).
const GAP_MINUTES_MAX: i64 = 24 * 60;

/// Whether a queue gives tickets, and if not, why.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QueueState {
    /// Gives tickets.
    Open,
    /// Outside its hours.
    Closed,
    /// Between two periods of the day.
    Noon,
    /// The day's tickets are taken.
    Full,
    /// Stopped by a supervisor.
    Frozen,
}

/// A stretch of a day on the site's clock, with the end left out.
type Span = (NaiveDateTime, NaiveDateTime);

/// The business day of an instant at the hall's site.
pub fn business_day(hall: &Hall, now: DateTime<Utc>) -> NaiveDate {
    (local(hall, now) - cutover(hall)).date()
}

/// When a business day is over.
pub(crate) fn day_ends(hall: &Hall, date: NaiveDate) -> DateTime<Utc> {
    let next = date.succ_opt().unwrap_or(date).and_time(NaiveTime::MIN) + cutover(hall);
    instant(hall, next)
}

/// Whether a queue gives tickets now.
pub fn state_of(hall: &Hall, queue: &QueueId, now: DateTime<Utc>) -> QueueState {
    let rules = hall.rules_of(queue);
    if hall.queue_fold(queue).is_some_and(|it| it.frozen.is_some()) {
        return QueueState::Frozen;
    }
    if today(hall, now).is_some_and(|day| !day.open) {
        return QueueState::Closed;
    }
    let by_hours = by_spans(&taking_spans(hall, rules, now), local(hall, now));
    match by_hours {
        QueueState::Open if is_full(hall, rules, now) => QueueState::Full,
        QueueState::Open | QueueState::Closed | QueueState::Noon | QueueState::Full | QueueState::Frozen => by_hours,
    }
}

/// When a queue that gives no tickets now will give them again, within the next 14 days.
pub fn opens_at(hall: &Hall, queue: &QueueId, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let rules = hall.rules_of(queue);
    let day_is_over = is_full(hall, rules, now) || today(hall, now).is_some_and(|day| !day.open);
    let from = match state_of(hall, queue, now) {
        QueueState::Open | QueueState::Frozen => return None,
        QueueState::Closed | QueueState::Noon | QueueState::Full if day_is_over => {
            day_ends(hall, business_day(hall, now))
        }
        QueueState::Closed | QueueState::Noon | QueueState::Full => now,
    };
    if rules.hours.is_none() {
        return Some(from);
    }
    let first = local(hall, from).date();
    let spans = (0..LOOK_AHEAD_DAYS)
        .filter_map(|days| first.checked_add_days(chrono::Days::new(days)))
        .flat_map(|date| spans_of(hall, rules, date, taking));
    spans
        .map(|(start, end)| (instant(hall, start).max(from), instant(hall, end)))
        .find(|(start, end)| start < end)
        .map(|(start, _)| start)
}

/// Whether a queue has its noon break: between two periods of service of the same day.
pub fn is_noon(hall: &Hall, queue: &QueueId, now: DateTime<Utc>) -> bool {
    let rules = hall.rules_of(queue);
    let at = local(hall, now);
    rules.hours.is_some() && by_spans(&spans_of(hall, rules, at.date(), serving), at) == QueueState::Noon
}

/// When the noon break of a queue is over, if it has one now.
pub(crate) fn noon_ends(hall: &Hall, queue: &QueueId, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if !is_noon(hall, queue, now) {
        return None;
    }
    let at = local(hall, now);
    let spans = spans_of(hall, hall.rules_of(queue), at.date(), serving);
    let next = spans.into_iter().map(|(start, _)| start).find(|start| *start > at)?;
    Some(instant(hall, next))
}

/// A time as the site's clock shows it, for sentences.
pub(crate) fn at_site(hall: &Hall, time: DateTime<Utc>) -> String {
    local(hall, time).format("%Y-%m-%d %H:%M").to_string()
}

/// The business day that stands in the fold, if `now` is still in it.
fn today(hall: &Hall, now: DateTime<Utc>) -> Option<Day> {
    hall.fold.day.filter(|day| business_day(hall, now) <= day.date)
}

fn is_full(hall: &Hall, rules: &Queue, now: DateTime<Utc>) -> bool {
    let taken = match today(hall, now) {
        Some(_) => hall.queue_fold(&rules.id).map_or(0, |it| it.taken),
        None => 0,
    };
    rules.quota.is_some_and(|quota| taken >= quota)
}

fn by_spans(spans: &[Span], at: NaiveDateTime) -> QueueState {
    if spans.iter().any(|(start, end)| *start <= at && at < *end) {
        return QueueState::Open;
    }
    let one_is_over = spans.iter().any(|(_, end)| *end <= at);
    let one_will_come = spans.iter().any(|(start, _)| at < *start);
    if one_is_over && one_will_come { QueueState::Noon } else { QueueState::Closed }
}

fn taking_spans(hall: &Hall, rules: &Queue, now: DateTime<Utc>) -> Vec<Span> {
    let date = local(hall, now).date();
    if rules.hours.is_none() {
        let start = date.and_time(NaiveTime::MIN);
        return vec![(start, start + Duration::days(1))];
    }
    spans_of(hall, rules, date, taking)
}

fn taking(period: &Period) -> (NaiveTime, NaiveTime) {
    (period.take_from.unwrap_or(period.from), period.take_until.unwrap_or(period.until))
}

fn serving(period: &Period) -> (NaiveTime, NaiveTime) {
    (period.from, period.until)
}

/// The stretches of a date, in order. An end at 00:00 is midnight at the end of the date.
fn spans_of(hall: &Hall, rules: &Queue, date: NaiveDate, kind: fn(&Period) -> (NaiveTime, NaiveTime)) -> Vec<Span> {
    let (Some(hours), Some(weekday)) = (&rules.hours, weekday_of(hall, date)) else {
        return Vec::new();
    };
    let midnight = date.and_time(NaiveTime::MIN) + Duration::days(1);
    let of_day = hours.periods.iter().filter(|it| it.days.contains(&weekday));
    let mut spans: Vec<Span> = of_day
        .map(kind)
        .map(|(from, until)| {
            let end = if until == NaiveTime::MIN { midnight } else { date.and_time(until) };
            (date.and_time(from), end)
        })
        .filter(|(start, end)| start < end)
        .collect();
    spans.sort_unstable();
    spans
}

/// As which weekday a date works; none = closed.
fn weekday_of(hall: &Hall, date: NaiveDate) -> Option<Weekday> {
    match hall.setup.hall.calendar.get(&date) {
        Some(SpecialDay::Closed) => None,
        Some(SpecialDay::Like(weekday)) => Some(*weekday),
        None => Some(date.weekday()),
    }
}

fn cutover(hall: &Hall) -> Duration {
    Duration::hours(hall.setup.hall.cutover_hour.min(23).into())
}

fn local(hall: &Hall, now: DateTime<Utc>) -> NaiveDateTime {
    now.with_timezone(&hall.setup.hall.time_zone).naive_local()
}

/// The instant at which the site's clock shows a time, or passes it.
fn instant(hall: &Hall, local: NaiveDateTime) -> DateTime<Utc> {
    let zone = hall.setup.hall.time_zone;
    let candidates = (0..=GAP_MINUTES_MAX).map(|minutes| local + Duration::minutes(minutes));
    let found = candidates.filter_map(|it| zone.from_local_datetime(&it).earliest()).next();
    found.map_or_else(|| local.and_utc(), |it| it.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;

    use crate::RefusalCode;
    use crate::kit::*;
    use crate::setup::{Hours, Period, SpecialDay};

    use super::*;

    fn period(days: &[Weekday], from: u32, until: u32) -> Period {
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a time");
        Period { days: days.to_vec(), from: at(from), until: at(until), take_from: None, take_until: None }
    }

    fn with(periods: Vec<Period>) -> Given {
        queue("a").with(|it| it.hours = Some(Hours { periods, redeem_before_end_s: 0 }))
    }

    fn state(hall: &Scene) -> QueueState {
        state_of(&hall.hall, &"a".into(), hall.now)
    }

    #[test]
    fn each_weekday_has_its_own_hours() {
        let periods = vec![period(&[Weekday::Tue], 8, 12), period(&[Weekday::Wed, Weekday::Sat], 14, 0)];
        let mut hall = given([with(periods)]);
        assert_eq!(state(hall.at("2026-11-24T11:59:59+08:00")), QueueState::Open);
        assert_eq!(state(hall.at("2026-11-24T12:00:00+08:00")), QueueState::Closed);
        assert_eq!(state(hall.at("2026-11-25T13:59:59+08:00")), QueueState::Closed);
        assert_eq!(state(hall.at("2026-11-25T23:59:59+08:00")), QueueState::Open, "until midnight");
        hall.at("2026-11-26T09:00:00+08:00").when(issue("a"));
        hall.then_refused(RefusalCode::OutsideHours, "tickets are given again from 2026-11-28 14:00");
    }

    #[test]
    fn the_calendar_closes_a_day_or_makes_it_another_weekday() {
        let thursday = "2026-11-26".parse().expect("a date");
        let sunday = "2026-11-29".parse().expect("a date");
        let calendar = the_hall(move |it| {
            it.calendar.insert(thursday, SpecialDay::Closed);
            it.calendar.insert(sunday, SpecialDay::Like(Weekday::Thu));
        });
        let mut hall = given([calendar, with(vec![period(&[Weekday::Thu], 9, 17)])]);
        hall.at("2026-11-26T10:00:00+08:00").when(issue("a"));
        hall.then_refused(RefusalCode::OutsideHours, "tickets are given again from 2026-11-29 09:00");
        hall.at("2026-11-29T10:00:00+08:00").must(issue("a"));
    }

    #[test]
    fn a_queue_that_opens_never_again_in_two_weeks_sends_to_the_staff() {
        let mut hall = given([with(Vec::new())]);
        hall.when(issue("a")).then_refused(RefusalCode::OutsideHours, "please ask at the information counter");
    }
}
