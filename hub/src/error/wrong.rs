//! What is wrong with a field: a stable code beside the sentence, so that a page says it in its own language.
//!
//! Never says which field: that is `FieldError`. A sentence without a code is for programs only.

use std::ops::RangeInclusive;

use hall::Misfit;
use serde::{Deserialize, Serialize};

/// The kinds of what is wrong with a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Wrong {
    /// Anything else: read the sentence.
    #[default]
    Other,
    /// It is not there.
    Missing,
    /// There is no such field.
    UnknownField,
    /// It cannot be read as what it should be.
    Unreadable,
    /// A number outside `min` to `max`.
    Range,
    /// A number that is not above nothing, or above `max`.
    AboveZero,
    /// A text of less than `min` or more than `max` characters, or on several lines.
    Length,
    /// More than `max` of them.
    AtMost,
    /// Not one of them, where one is needed.
    OneNeeded,
    /// An id with other signs than letters, digits, - _ . or longer than `max`.
    IdSigns,
    /// It is there twice.
    Twice,
    /// It names something that is not there.
    NoSuch,
    /// It stands for something that cannot be changed.
    Fixed,
    /// A prefix of other letters than A to Z without I and O, or not `min` to `max` of them.
    PrefixLetters,
    /// Another queue has this prefix.
    PrefixTaken,
    /// Somebody else has this number on their badge.
    StaffNoTaken,
    /// Another counter has this label.
    LabelTaken,
    /// More than the quota.
    AboveQuota,
    /// Not one to seven weekdays.
    Weekdays,
    /// It ends before it begins.
    EndsFirst,
    /// It overlaps another period of the same day.
    Overlaps,
    /// It leaves no time to take tickets.
    NoTickets,
    /// Later than the office closes.
    AfterHours,
    /// No time zone.
    TimeZone,
    /// A site that would be above itself.
    OwnParent,
    /// A file of a newer hub.
    NewerFile,
    /// A strip without a counter.
    CounterNeeded,
    /// No size in pixels.
    Pixels,
    /// No address with a port.
    Address,
    /// A login with other signs than a-z, digits, . - _ @ or longer than `max`.
    LoginSigns,
    /// A password of less than `min` characters.
    PasswordShort,
    /// A password of more than `max` bytes.
    PasswordLong,
    /// A password with the login in it.
    PasswordLogin,
    /// A password of less than `min` different characters.
    PasswordPlain,
    /// A password of digits only.
    PasswordDigits,
    /// A new password that is the old one.
    PasswordOld,
    /// Not the password of the caller.
    PasswordWrong,
    /// Not the code that is shown now, or one that was used before.
    CodeWrong,
    /// It is not wanted here.
    NotWanted,
    /// None of several fields, or more than one of them, where one is needed.
    OneOf,
    /// A time that has passed.
    TimePassed,
    /// A time more than `max` hours ahead.
    HoursAhead,
    /// Only staff may give it.
    StaffOnly,
    /// A route that does not begin with its queue.
    RouteStart,
    /// It reads like a number that another queue gives.
    OtherNumber,
    /// A sentence for speakers that cannot be read: a brace without its partner, a place to fill that is not known.
    Sentence,
    /// No pinyin with a tone for each sign.
    Pinyin,
}

/// What is wrong: the kind, the sentence, and the limits it names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Why {
    pub(super) wrong: Wrong,
    pub(super) text: String,
    pub(super) min: Option<i64>,
    pub(super) max: Option<i64>,
}

impl Wrong {
    /// With its sentence.
    pub fn why(self, text: impl Into<String>) -> Why {
        Why { wrong: self, text: text.into(), min: None, max: None }
    }

    /// With its sentence and the limits in it.
    pub fn within(self, limits: RangeInclusive<usize>, text: impl Into<String>) -> Why {
        let number = |it: &usize| i64::try_from(*it).ok();
        Why { min: number(limits.start()), max: number(limits.end()), ..self.why(text) }
    }

    /// With its sentence and the lower limit in it.
    pub fn at_least(self, min: usize, text: impl Into<String>) -> Why {
        Why { min: i64::try_from(min).ok(), ..self.why(text) }
    }

    /// With its sentence and the upper limit in it.
    pub fn up_to(self, max: usize, text: impl Into<String>) -> Why {
        Why { max: i64::try_from(max).ok(), ..self.why(text) }
    }

    /// What a hall says.
    pub fn told(misfit: Misfit, text: String) -> Why {
        match misfit {
            Misfit::Missing => Self::Missing.why(text),
            Misfit::NotWanted => Self::NotWanted.why(text),
            Misfit::NoSuch => Self::NoSuch.why(text),
            Misfit::Range(min, max) => Why { min: Some(min.into()), max: Some(max.into()), ..Self::Range.why(text) },
            Misfit::Length(min, max) => Self::Length.within(min..=max, text),
            Misfit::AtMost(max) => Self::AtMost.up_to(max, text),
            Misfit::OneOf => Self::OneOf.why(text),
            Misfit::TimePassed => Self::TimePassed.why(text),
            Misfit::HoursAhead(max) => Why { max: Some(max), ..Self::HoursAhead.why(text) },
            Misfit::StaffOnly => Self::StaffOnly.why(text),
            Misfit::RouteStart => Self::RouteStart.why(text),
            Misfit::OtherNumber => Self::OtherNumber.why(text),
        }
    }

    /// What a body's reader says.
    pub fn read(text: String) -> Why {
        let wrong = if text.starts_with("missing field") {
            Self::Missing
        } else if text.starts_with("unknown field") {
            Self::UnknownField
        } else {
            Self::Unreadable
        };
        wrong.why(text)
    }
}

impl From<&str> for Why {
    fn from(text: &str) -> Self {
        Wrong::Other.why(text)
    }
}

impl From<String> for Why {
    fn from(text: String) -> Self {
        Wrong::Other.why(text)
    }
}
