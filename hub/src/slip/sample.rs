//! A slip that is no ticket's: to see whether a printer prints, cuts and knows Chinese.

use chrono::{DateTime, Utc};
use hall::Hall;
use hall::ticket::Language;

use super::facts::{Facts, Origin, Pair, Standing};

/// What stands where a number would.
const NUMBER: &str = "TEST";

/// The facts of a test page of a hall.
pub fn sample(hall: &Hall, origin: Origin, now: DateTime<Utc>) -> Facts {
    let setup = &hall.setup.hall;
    Facts {
        language: Language::Zh,
        hall: Pair::new(&setup.name, &setup.name_en),
        department: None,
        queue: Pair::new("打印测试，不是号码", "Printer test, not a ticket"),
        number: NUMBER.into(),
        class: None,
        standing: Standing::Aside,
        counters: Vec::new(),
        counter_word: Pair::new(&setup.counter_word, &setup.counter_word_en),
        places: Vec::new(),
        missed: Pair::default(),
        hint: Pair::new("打印清楚、已切纸，就可以用了", "Clear print and a cut mean that it works"),
        address: origin.public_url.clone(),
        taken: now.with_timezone(&setup.time_zone).format("%Y-%m-%d %H:%M").to_string(),
        again: None,
        origin,
    }
}
