//! The sentences of a slip, each once, Chinese and English side by side.

use hall::forecast::Estimate;
use hall::ticket::Language;

/// Below this many minutes bounds are rounded to one minute, from here on to five.
const FINE_BELOW_MIN: u32 = 20;
/// The coarser step, minutes.
const COARSE_MIN: u32 = 5;
/// From here on minutes are told as hours.
const HOUR_MIN: u32 = 60;
/// What is not known.
pub(super) const UNKNOWN: &str = "—";

/// What one language says on a slip.
pub(super) struct Words {
    pub people: &'static str,
    pub ahead: &'static str,
    pub wait: &'static str,
    pub wait_unknown: &'static str,
    pub scan: &'static str,
    pub scan_why: &'static str,
    pub missed: &'static str,
    pub watch: &'static str,
    pub again: &'static str,
    language: Language,
}

const ZH: Words = Words {
    people: "人",
    ahead: "前面等候",
    wait: "预计等待",
    wait_unknown: "等待时间暂时未知",
    scan: "扫码看进度",
    scan_why: "前面还有几人、\n到哪个窗口，\n手机上看得到",
    missed: "过号请找工作人员恢复",
    watch: "请留意屏幕叫号",
    again: "补打",
    language: Language::Zh,
};
const EN: Words = Words {
    people: "people",
    ahead: "ahead of you",
    wait: "expected wait",
    wait_unknown: "wait not known yet",
    scan: "Scan to follow",
    scan_why: "how many are ahead, and where to go",
    missed: "Missed your call? Ask a member of staff.",
    watch: "Watch the screens for your number",
    again: "printed again",
    language: Language::En,
};

impl Words {
    /// The words of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::Zh => &ZH,
            Language::En => &EN,
        }
    }

    /// `12 people`: the unit after a count of people.
    pub(super) fn people(&self, count: u32) -> &'static str {
        if count == 1 && self.language == Language::En { "person" } else { self.people }
    }

    /// The wait as figures and their unit: `10–18` and `分`. From an hour on, two times of their own.
    pub(super) fn interval(&self, wait: Estimate) -> Interval {
        let (low, high) = bounds(wait);
        if high < HOUR_MIN {
            let unit = match self.language {
                Language::Zh => "分",
                Language::En => "min",
            };
            return Interval::Minutes(format!("{low}–{high}"), unit);
        }
        Interval::Hours(format!("{} –", self.minutes(low)), self.minutes(high))
    }

    fn minutes(&self, count: u32) -> String {
        let (hours, rest) = (count / HOUR_MIN, count % HOUR_MIN);
        match (self.language, hours, rest) {
            (Language::Zh, 0, _) => format!("{rest} 分"),
            (Language::Zh, _, 0) => format!("{hours} 小时"),
            (Language::Zh, _, _) => format!("{hours} 小时 {rest} 分"),
            (Language::En, 0, _) => format!("{rest} min"),
            (Language::En, _, 0) => format!("{hours} h"),
            (Language::En, _, _) => format!("{hours} h {rest} min"),
        }
    }

    /// Where to wait: near these counters.
    pub(super) fn near(&self, labels: &[String], word: &str) -> String {
        let list = ranges(labels, self.language);
        match self.language {
            Language::Zh => format!("请在 {list} {word}附近等候"),
            Language::En => format!("Please wait near {word} {list}"),
        }
    }

    /// Where to go, once called.
    pub(super) fn go_to(&self, label: &str, word: &str) -> String {
        match self.language {
            Language::Zh => format!("请到 {label} {word}"),
            Language::En => format!("Please go to {word} {label}"),
        }
    }
}

/// A wait in words.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Interval {
    /// Figures and unit.
    Minutes(String, &'static str),
    /// From, and to.
    Hours(String, String),
}

/// The bounds in minutes, rounded outward: to 1 below 20, to 5 above; never one minute alone.
fn bounds(wait: Estimate) -> (u32, u32) {
    let step = |seconds: u32| if seconds < FINE_BELOW_MIN * 60 { 1 } else { COARSE_MIN };
    let low_step = step(wait.p50_s);
    let low = wait.p50_s / (60 * low_step) * low_step;
    let end = wait.p90_s.max(wait.p50_s);
    let high_step = step(end);
    let high = end.div_ceil(60 * high_step) * high_step;
    (low, if high > low { high } else { low + low_step })
}

/// Labels in one line, runs of three and more as a range: `1–3、6`.
fn ranges(labels: &[String], language: Language) -> String {
    let mut sorted: Vec<(Option<u32>, &str)> = labels.iter().map(|it| (it.parse().ok(), it.as_str())).collect();
    sorted.sort_by_key(|(number, text)| (number.is_none(), *number, *text));
    let mut runs: Vec<String> = Vec::new();
    let mut at = 0;
    while at < sorted.len() {
        let next_to = |n: usize| sorted[n].0.is_some_and(|it| sorted[n - 1].0 == it.checked_sub(1));
        let last = (at + 1..sorted.len()).take_while(|n| next_to(*n)).last().unwrap_or(at);
        if last - at >= 2 {
            runs.push(format!("{}–{}", sorted[at].1, sorted[last].1));
        } else {
            runs.extend(sorted[at..=last].iter().map(|(_, text)| (*text).to_owned()));
        }
        at = last + 1;
    }
    runs.join(match language {
        Language::Zh => "、",
        Language::En => ", ",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(p50_s: u32, p90_s: u32) -> Estimate {
        Estimate { p50_s, p90_s }
    }

    #[test]
    fn a_wait_is_rounded_outward_and_never_one_minute() {
        assert_eq!(bounds(wait(10 * 60 + 59, 17 * 60 + 1)), (10, 18));
        assert_eq!(bounds(wait(22 * 60, 31 * 60)), (20, 35));
        assert_eq!(bounds(wait(0, 0)), (0, 1));
        assert_eq!(bounds(wait(1200, 1200)), (20, 25));
    }

    #[test]
    fn a_wait_over_an_hour_is_told_in_hours() {
        let said = ZH.interval(wait(80 * 60, 118 * 60));
        assert_eq!(said, Interval::Hours("1 小时 20 分 –".into(), "2 小时".into()));
    }

    #[test]
    fn runs_of_labels_become_ranges() {
        let labels = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        assert_eq!(ranges(&labels(&["6", "3", "1", "2"]), Language::Zh), "1–3、6");
        assert_eq!(ranges(&labels(&["1", "2", "东厅"]), Language::En), "1, 2, 东厅");
        assert_eq!(ranges(&labels(&["9", "10", "11"]), Language::En), "9–11");
    }
}
