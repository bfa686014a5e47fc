//! What a run of digits in a text is: a date, a time of day, a telephone number, or just a number.

/// A number as it stands in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// `2026-11-22`.
    Date {
        /// Four digits.
        year: String,
        /// 1 to 12.
        month: u64,
        /// 1 to 31.
        day: u64,
    },
    /// `12:30`, `12:30:05`.
    Clock {
        /// 0 to 24.
        hour: u64,
        /// 0 to 59.
        minute: u64,
        /// 0 to 59.
        second: Option<u64>,
    },
    /// `010-12345678`, `13800138000`: groups of digits.
    Phone(Vec<String>),
    /// `3.5`.
    Decimal {
        /// Before the point.
        whole: String,
        /// After it.
        fraction: String,
    },
    /// `1/2`.
    Fraction {
        /// Above the line.
        above: u64,
        /// Below it.
        below: u64,
    },
    /// `12`, `1,000`.
    Whole(String),
}

/// Fewest digits in groups with hyphens that are a telephone number.
const PHONE_DIGITS_MIN: usize = 7;
/// Digits of a mobile number.
const MOBILE_DIGITS: usize = 11;

/// Reads the number at the beginning, and tells how many characters it has. The first one is a digit.
pub(super) fn read(chars: &[char]) -> (Shape, usize) {
    date(chars)
        .or_else(|| clock(chars))
        .or_else(|| phone(chars))
        .or_else(|| thousands(chars))
        .or_else(|| decimal(chars))
        .or_else(|| fraction(chars))
        .unwrap_or_else(|| {
            let run = run(chars);
            let length = run.len();
            (Shape::Whole(run), length)
        })
}

/// The digits at the beginning.
pub(super) fn run(chars: &[char]) -> String {
    chars.iter().take_while(|c| c.is_ascii_digit()).collect()
}

/// Digits and the signs between them: `9:05` is `["9", "05"]`.
fn groups(chars: &[char], between: &[char], most: usize) -> (Vec<String>, usize) {
    let mut groups = vec![run(chars)];
    let mut at = groups[0].len();
    while groups.len() < most && chars.get(at).is_some_and(|c| between.contains(c)) {
        let next = run(&chars[at + 1..]);
        if next.is_empty() {
            break;
        }
        at += 1 + next.len();
        groups.push(next);
    }
    (groups, at)
}

fn value(digits: &str, range: std::ops::RangeInclusive<u64>) -> Option<u64> {
    digits.parse().ok().filter(|number| digits.len() <= 2 && range.contains(number))
}

fn date(chars: &[char]) -> Option<(Shape, usize)> {
    let (groups, length) = groups(chars, &['-', '/', '.'], 4);
    let [year, month, day] = groups.as_slice() else { return None };
    let (month, day) = (value(month, 1..=12)?, value(day, 1..=31)?);
    (year.len() == 4).then(|| (Shape::Date { year: year.clone(), month, day }, length))
}

fn clock(chars: &[char]) -> Option<(Shape, usize)> {
    let (groups, length) = groups(chars, &[':'], 4);
    let (hour, minute, second) = match groups.as_slice() {
        [hour, minute] => (hour, minute, None),
        [hour, minute, second] => (hour, minute, Some(value(second, 0..=59)?)),
        _ => return None,
    };
    let (hour, minute) = (value(hour, 0..=24)?, value(minute, 0..=59).filter(|_| minute.len() == 2)?);
    Some((Shape::Clock { hour, minute, second }, length))
}

fn phone(chars: &[char]) -> Option<(Shape, usize)> {
    let (groups, length) = groups(chars, &['-'], 5);
    let digits: usize = groups.iter().map(String::len).sum();
    let mobile = groups.len() == 1 && digits == MOBILE_DIGITS && groups[0].starts_with('1');
    let grouped = groups.len() > 1 && digits >= PHONE_DIGITS_MIN && groups.iter().all(|group| group.len() >= 3);
    (mobile || grouped).then_some((Shape::Phone(groups), length))
}

fn thousands(chars: &[char]) -> Option<(Shape, usize)> {
    let (groups, length) = groups(chars, &[','], 7);
    let fits = groups.len() > 1 && groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    if !fits || groups[0].starts_with('0') {
        return None;
    }
    let fraction = if chars.get(length) == Some(&'.') { run(&chars[length + 1..]) } else { String::new() };
    Some(match fraction.len() {
        0 => (Shape::Whole(groups.concat()), length),
        digits => (Shape::Decimal { whole: groups.concat(), fraction }, length + 1 + digits),
    })
}

fn decimal(chars: &[char]) -> Option<(Shape, usize)> {
    let (groups, length) = groups(chars, &['.'], 3);
    match <[String; 2]>::try_from(groups) {
        Ok([whole, fraction]) => Some((Shape::Decimal { whole, fraction }, length)),
        Err(_) => None,
    }
}

fn fraction(chars: &[char]) -> Option<(Shape, usize)> {
    let (groups, length) = groups(chars, &['/'], 3);
    let [above, below] = groups.as_slice() else { return None };
    // With more below the line it is rather a date, 12/25, or a part of a number.
    let (above, below) = (value(above, 1..=9)?, value(below, 2..=10)?);
    (above < below).then_some((Shape::Fraction { above, below }, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_told_apart() {
        let is = |text: &str, shape: Shape, length: usize| {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(read(&chars), (shape, length), "{text}");
        };
        let whole = |digits: &str| Shape::Whole(digits.into());
        is("2026-11-22 ", Shape::Date { year: "2026".into(), month: 11, day: 22 }, 10);
        is("2026-13-22", whole("2026"), 4);
        is("9:05前", Shape::Clock { hour: 9, minute: 5, second: None }, 4);
        is("25:00", whole("25"), 2);
        is("010-12345678", Shape::Phone(vec!["010".into(), "12345678".into()]), 12);
        is("13800138000", Shape::Phone(vec!["13800138000".into()]), 11);
        is("1,000元", whole("1000"), 5);
        is("1,299.50", Shape::Decimal { whole: "1299".into(), fraction: "50".into() }, 8);
        is("12/25", whole("12"), 2);
        is("1,00", whole("1"), 1);
        is("3.5%", Shape::Decimal { whole: "3".into(), fraction: "5".into() }, 3);
        is("3.", whole("3"), 1);
        is("1/2", Shape::Fraction { above: 1, below: 2 }, 3);
        is("24/7", whole("24"), 2);
        is("9-17", whole("9"), 1);
    }
}
