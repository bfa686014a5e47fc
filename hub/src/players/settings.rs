//! How a player draws.

use serde::{Deserialize, Serialize};

use crate::error::Wrong;
use crate::notify::printer::Address;
use crate::setup::Findings;

/// Longest ticker line, characters.
const TICKER_CHARS_MAX: usize = 200;
/// Longest name of a floor, characters.
const FLOOR_CHARS_MAX: usize = 20;
/// Most pixels of a side.
const PIXELS_MAX: u32 = 16_384;
/// Largest screen, inches.
const INCHES_MAX: u16 = 300;
/// Farthest seat, metres.
const METRES_MAX: u16 = 200;

/// How a player draws; what is not said is as its program likes.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlayerSettings)]
pub struct Settings {
    /// Pixels, as `1920x1080`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    /// Which side is up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orientation: Option<Orientation>,
    /// Dark or light.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<Theme>,
    /// Large type (kiosks).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub large: Option<bool>,
    /// Nothing pulses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reduced_motion: Option<bool>,
    /// Its own ticker line instead of the hall's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticker: Option<String>,
    /// Address of the slip printer beside it, as `tcp://192.168.1.20:9100` (`?status=no` after it for one that never
    /// says how it is).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printer: Option<String>,
    /// The floor it stands on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<String>,
    /// Diagonal of the screen, inches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panel_inches: Option<f64>,
    /// Distance of the farthest seat, metres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub farthest_m: Option<f64>,
}

/// Which side is up.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// Wide.
    Landscape,
    /// High.
    Portrait,
}

/// Dark or light.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// For dim halls.
    Dark,
    /// For halls with daylight.
    Light,
}

impl Settings {
    /// Notes what does not fit, as `settings.field`.
    pub fn check(&self, found: &mut Findings) {
        let size = self.size.as_deref().is_none_or(is_size);
        found.must(size, "settings.size", Wrong::Pixels.why("must be pixels, such as 1920x1080"));
        for (field, text, most) in
            [("settings.ticker", &self.ticker, TICKER_CHARS_MAX), ("settings.floor", &self.floor, FLOOR_CHARS_MAX)]
        {
            if let Some(text) = text {
                found.text(text, 0..=most, field);
            }
        }
        if let Some(printer) = &self.printer {
            let fits = printer.is_empty() || printer.parse::<Address>().is_ok();
            let why = Wrong::Address.why("must be an address and a port, such as tcp://192.168.1.20:9100");
            found.must(fits, "settings.printer", why);
        }
        for (field, value, most) in [
            ("settings.panel_inches", self.panel_inches, INCHES_MAX),
            ("settings.farthest_m", self.farthest_m, METRES_MAX),
        ] {
            let fits = value.is_none_or(|it| it > 0.0 && it <= f64::from(most));
            let why = Wrong::AboveZero.up_to(usize::from(most), format!("must be above 0 and at most {most}"));
            found.must(fits, field, why);
        }
    }
}

fn is_size(size: &str) -> bool {
    let side = |it: &str| it.parse().is_ok_and(|it: u32| (1..=PIXELS_MAX).contains(&it));
    size.split_once('x').is_some_and(|(width, height)| side(width) && side(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_drawn_is_named() {
        let found = |text: &str| {
            let mut found = Findings::default();
            serde_json::from_str::<Settings>(text).unwrap().check(&mut found);
            found.0.into_iter().map(|it| it.field).collect::<Vec<_>>()
        };
        assert_eq!(found("{}"), [""; 0]);
        assert_eq!(found(r#"{"size": "1080x1920", "orientation": "portrait", "printer": "10.0.0.9:9100"}"#), [""; 0]);
        assert_eq!(found(r#"{"printer": "[fd00::9]:9100", "panel_inches": 55, "farthest_m": 9.5}"#), [""; 0]);
        for (text, field) in [
            (r#"{"size": "big"}"#, "size"),
            (r#"{"size": "0x1080"}"#, "size"),
            (r#"{"printer": "printer"}"#, "printer"),
            (r#"{"printer": "host:0"}"#, "printer"),
            (r#"{"printer": "a b:9100"}"#, "printer"),
            (r#"{"panel_inches": 0}"#, "panel_inches"),
            (r#"{"farthest_m": -1}"#, "farthest_m"),
            (r#"{"floor": "a floor with a name that is far too long"}"#, "floor"),
        ] {
            assert_eq!(found(text), [format!("settings.{field}")], "{text}");
        }
        assert!(serde_json::from_str::<Settings>(r#"{"colour": 1}"#).is_err());
    }
}
