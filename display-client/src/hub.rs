//! The hub's HTTP face, as a player uses it: who am I, which sounds, this is how I am.

use std::time::Duration;

use chrono::NaiveTime;
use reqwest::{RequestBuilder, Response, StatusCode};
use serde::{Deserialize, Serialize};
use wire::aloud::Began;

use crate::report::Report;

/// How long a sound may take: a voice takes its time for words that somebody has just written.
const SOUND_WITHIN: Duration = Duration::from_secs(30);
/// How long any other answer may take.
const ANSWER_WITHIN: Duration = Duration::from_secs(8);
/// Largest sound that is taken, bytes: five minutes of speech.
const SOUND_BYTES_MAX: usize = 16 * 1_024 * 1_024;
/// Most pages of a list.
const PAGES_MAX: usize = 200;

/// Who this player is, as it was told once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    /// Its id.
    pub player: String,
    /// Its token.
    pub token: String,
}

/// A hub that does not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// It is not reached, or asks to come again.
    #[error("the hub is not reached: {0}")]
    Away(String),
    /// It does not know this player any more.
    #[error("the hub refuses this player's token")]
    Refused,
    /// It has no such thing.
    #[error("the hub has no such {0}")]
    Missing(&'static str),
    /// It says something unexpected.
    #[error("the hub said {0}")]
    Odd(String),
}

/// What a player has to know of itself.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
pub struct Own {
    /// Its hall.
    pub hall: String,
    /// Its speakers.
    #[serde(default)]
    pub speakers: Vec<Speaker>,
    /// IANA time zone by which their levels go.
    #[serde(default)]
    pub time_zone: String,
}

/// A speaker, as the hub's setup has it.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
pub struct Speaker {
    /// Its id.
    pub id: String,
    /// Its Chinese name.
    #[serde(default)]
    pub name: String,
    /// Its English name.
    #[serde(default)]
    pub name_en: String,
    /// Where it is heard; empty = the whole hall.
    #[serde(default)]
    pub zones: Vec<String>,
    /// `device` or `page`: a page's speaker is not this program's.
    #[serde(default)]
    pub output: String,
    /// Name of its sound device.
    #[serde(default)]
    pub device: String,
    /// `hall` or `loop`.
    #[serde(default)]
    pub kind: String,
    /// Louder or softer, dB.
    #[serde(default)]
    pub gain_db: f32,
    /// Louder or softer by time of the day.
    #[serde(default)]
    pub levels: Vec<Level>,
    /// Never softer than this, dB.
    #[serde(default)]
    pub floor_db: f32,
}

/// A level at a time of the day.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct Level {
    /// From.
    pub from: NaiveTime,
    /// Until.
    pub until: NaiveTime,
    /// Added, dB.
    pub gain_db: f32,
}

/// A sound as the hub gives it.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// A WAV file.
    pub bytes: Vec<u8>,
    /// Good for later, and for a disk: no name of a visitor is in it, and no better one is on its way.
    pub keep: bool,
}

/// The hub.
#[derive(Clone)]
pub struct Hub {
    base: String,
    http: reqwest::Client,
    pass: Option<Pass>,
}

#[derive(Deserialize)]
struct Keys {
    rows: Vec<KeyRow>,
    #[serde(default)]
    next: Option<String>,
}

#[derive(Deserialize)]
struct KeyRow {
    key: String,
}

impl Hub {
    /// The hub at an address, for a player or for nobody yet.
    pub fn new(base: &str, pass: Option<Pass>) -> Result<Self, Trouble> {
        let http = reqwest::Client::builder().timeout(ANSWER_WITHIN).connect_timeout(ANSWER_WITHIN).build();
        Ok(Self { base: base.to_owned(), http: http.map_err(|it| Trouble::Odd(it.to_string()))?, pass })
    }

    /// Its address.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// What this player has to know of itself.
    pub async fn own(&self) -> Result<Own, Trouble> {
        let answer = self.ask(self.http.get(self.address(&format!("/players/{}", self.player()))), "player").await?;
        answer.json().await.map_err(|it| Trouble::Odd(it.to_string()))
    }

    /// Keys of the sounds that may be needed: of one ticket, or of everything that is always there.
    pub async fn keys(&self, hall: &str, ticket: Option<i64>) -> Result<Vec<String>, Trouble> {
        let (mut keys, mut after) = (Vec::new(), None::<String>);
        for _ in 0..PAGES_MAX {
            let mut request = self.http.get(self.address(&format!("/halls/{hall}/phrases")));
            if let Some(ticket) = ticket {
                request = request.query(&[("ticket", ticket.to_string())]);
            }
            if let Some(after) = &after {
                request = request.query(&[("after", after)]);
            }
            let page: Keys =
                self.ask(request, "hall").await?.json().await.map_err(|it| Trouble::Odd(it.to_string()))?;
            keys.extend(page.rows.into_iter().map(|it| it.key));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        Ok(keys)
    }

    /// A sound by its key.
    pub async fn sound(&self, hall: &str, key: &str) -> Result<Fetched, Trouble> {
        let address = self.address(&format!("/halls/{hall}/phrases/{key}"));
        let request = self.http.get(address).timeout(SOUND_WITHIN);
        let mut answer = self.ask(request, "sound").await?;
        let said = answer.headers().get("cache-control").and_then(|it| it.to_str().ok());
        let keep = !said.is_some_and(|it| it.contains("no-store"));
        let mut bytes = Vec::new();
        while let Some(some) = answer.chunk().await.map_err(|it| Trouble::Away(it.to_string()))? {
            bytes.extend_from_slice(&some);
            if bytes.len() > SOUND_BYTES_MAX {
                return Err(Trouble::Odd(format!("a sound of more than {SOUND_BYTES_MAX} bytes")));
            }
        }
        Ok(Fetched { bytes, keep })
    }

    /// A speaker begins.
    pub async fn began(&self, hall: &str, began: &Began) -> Result<(), Trouble> {
        let body = serde_json::json!({ "hall": hall, "began": began });
        let request = self.http.post(self.address(&format!("/players/{}/voice", self.player()))).json(&body);
        self.ask(request, "player").await.map(drop)
    }

    /// How this player is.
    pub async fn report(&self, report: &Report) -> Result<(), Trouble> {
        let request = self.http.post(self.address(&format!("/players/{}/report", self.player()))).json(report);
        self.ask(request, "player").await.map(drop)
    }

    /// Any request of a program that is nobody yet.
    pub(crate) async fn pairing(&self, secret: Option<&str>) -> Result<serde_json::Value, Trouble> {
        let request = match secret {
            Some(secret) => self.http.get(self.address("/pairings/mine")).header("x-pairing-secret", secret),
            None => self.http.post(self.address("/pairings")).json(&serde_json::json!({ "face": "player" })),
        };
        self.ask(request, "pairing").await?.json().await.map_err(|it| Trouble::Odd(it.to_string()))
    }

    fn player(&self) -> &str {
        self.pass.as_ref().map_or("", |it| &it.player)
    }

    fn address(&self, path: &str) -> String {
        format!("{}/api/v1{path}", self.base)
    }

    async fn ask(&self, request: RequestBuilder, what: &'static str) -> Result<Response, Trouble> {
        let request = match &self.pass {
            Some(pass) => request.bearer_auth(&pass.token),
            None => request,
        };
        let answer = request.send().await.map_err(|it| Trouble::Away(it.without_url().to_string()))?;
        let status = answer.status();
        if status.is_success() {
            return Ok(answer);
        }
        Err(match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Trouble::Refused,
            StatusCode::NOT_FOUND => Trouble::Missing(what),
            StatusCode::TOO_MANY_REQUESTS => Trouble::Away(status.to_string()),
            _ if status.is_server_error() => Trouble::Away(status.to_string()),
            _ => Trouble::Odd(status.to_string()),
        })
    }
}
