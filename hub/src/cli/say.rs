//! `hub say`: renders what would be heard of a call, and tells how it was made.

use std::path::PathBuf;

use clap::Args;
use hall::setup::Speech as Manner;
use hall::ticket::Language;
use hall::{CounterId, HallId, QueueId, Setup};
use hub::setup::{LABEL_CHARS_MAX, NUMBER_CHARS_MAX};
use hub::speech::preview::{self, Wanted};
use hub::speech::{Call, Planner, Voices as Opened};
use serde_json::json;

use super::engines;
use super::place::Place;
use super::voices::Voices;

/// Options of `hub say`.
#[derive(Args)]
pub struct Say {
    /// Number of the ticket, such as A012.
    #[arg(long, required_unless_present = "text", conflicts_with = "text")]
    ticket: Option<String>,
    /// What is on the counter's sign: 3, 302, A3, 综合窗口.
    #[arg(long)]
    counter: Option<String>,
    /// Free text instead of a call.
    #[arg(long)]
    text: Option<String>,
    /// Languages in their order, separated by commas; without it those of the queue.
    #[arg(long, value_delimiter = ',')]
    language: Vec<String>,
    /// A queue of the hall in the data folder, whose sentences are said.
    #[arg(long)]
    queue: Option<String>,
    /// The hall of that queue; without it the only one there is.
    #[arg(long)]
    hall: Option<String>,
    /// As a repeated call.
    #[arg(long)]
    recall: bool,
    /// Percent of the voice's own rate, 70 to 125.
    #[arg(long, allow_negative_numbers = true, value_parser = rate)]
    rate: Option<u16>,
    /// Without the chime.
    #[arg(long)]
    no_chime: bool,
    /// The WAV file that is written.
    #[arg(long)]
    out: PathBuf,
    #[command(flatten)]
    voices: Voices,
    #[command(flatten)]
    place: Place,
}

/// Runs it: one JSON document on standard output, the sound in the file.
pub async fn run(options: Say) -> Result<(), String> {
    must_fit(&options)?;
    let (setup, queue) = setup(&options).await?;
    let manner = manner(&options, &setup, queue.as_ref())?;
    let out = options.out.clone();
    let made = tokio::task::spawn_blocking(move || made(options, &setup, queue, &manner)).await;
    let (told, wav) = made.map_err(|cause| cause.to_string())??;
    if let Some(wav) = wav {
        std::fs::write(&out, wav).map_err(|cause| format!("cannot write {}: {cause}", out.display()))?;
    }
    super::say(&serde_json::to_string_pretty(&told).map_err(|cause| cause.to_string())?);
    let none = |what: &str| told[what].as_array().is_none_or(Vec::is_empty);
    match (none("said"), none("mute")) {
        (false, _) => Ok(()),
        (true, false) => Err("no voice has sounds for it; nothing was written".into()),
        (true, true) => Err("there is nothing in it that can be said; nothing was written".into()),
    }
}

type Made = (serde_json::Value, Option<Vec<u8>>);

fn made(options: Say, setup: &Setup, queue: Option<QueueId>, manner: &Manner) -> Result<Made, String> {
    let (all, asked) = engines::all(options.voices.options(), |line| super::warn(&line));
    let nobody = QueueId::from("");
    let counter = options.counter.as_deref().and_then(|label| counter_of(setup, label));
    let wanted = match (&options.text, &options.ticket) {
        (Some(text), _) => {
            Wanted::Text(text, manner.languages.first().copied().filter(|_| !options.language.is_empty()))
        }
        (None, ticket) => Wanted::Call(Call {
            kind: if options.recall { audio::Kind::Recall } else { audio::Kind::Call },
            number: ticket.as_deref().unwrap_or_default(),
            queue: queue.as_ref().unwrap_or(&nobody),
            counter: counter.as_ref(),
            known: None,
        }),
    };
    let chime = manner.chime && !options.no_chime;
    let (preview, sound) = preview::speak(&Planner::default(), &Opened::new(all), setup, manner, &wanted, chime);
    if let Some(asked) = asked {
        asked.tell(|line| super::warn(&line));
    }
    let wav =
        if preview.said.is_empty() { None } else { Some(preview::file(&sound).map_err(|cause| cause.to_string())?) };
    let mut told = serde_json::to_value(&preview).map_err(|cause| cause.to_string())?;
    told["out"] = json!(wav.as_ref().map(|_| options.out.display().to_string()));
    Ok((told, wav))
}

/// The same limits as everywhere: nobody waits a minute for a number that no ticket has.
fn must_fit(options: &Say) -> Result<(), String> {
    let mut wrong = Vec::new();
    let texts = [
        ("ticket", &options.ticket, NUMBER_CHARS_MAX),
        ("counter", &options.counter, LABEL_CHARS_MAX),
        ("text", &options.text, audio::phrase::TEXT_CHARS_MAX),
    ];
    for (field, text, most) in texts {
        let Some(text) = text else { continue };
        let strange = |it: char| it.is_control() && !(field == "text" && it == '\n');
        if text.chars().any(strange) {
            wrong.push(format!("--{field} has a control character in it (such as ESC)"));
        }
        let chars = text.trim().chars().count();
        if !(1..=most).contains(&chars) {
            wrong.push(format!("--{field} has {chars} characters; it must have 1 to {most}"));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
}

fn rate(said: &str) -> Result<u16, String> {
    let rates = audio::phrase::RATE_PERCENT;
    let fits = said.trim().parse().ok().filter(|it| rates.contains(it));
    fits.ok_or_else(|| format!("it must be {} to {} percent", rates.start(), rates.end()))
}

/// The hall of the queue, else one with nothing but the counter that is asked for.
async fn setup(options: &Say) -> Result<(Setup, Option<QueueId>), String> {
    let Some(queue) = &options.queue else {
        return Ok((bare(options.counter.as_deref())?, None));
    };
    let db = options.place.existing().await?;
    let hall = match &options.hall {
        Some(hall) => HallId::from(hall.as_str()),
        None => only_hall(&db).await?,
    };
    let failed = |cause: sqlx::Error| cause.to_string();
    let row =
        hub::store::halls::look(&db, &hall).await.map_err(failed)?.ok_or(format!("there is no hall {hall} here"))?;
    let setup = hub::store::halls::setup(&db, &hall, row.revision).await.map_err(failed)?;
    db.close().await;
    let setup = setup.ok_or(format!("hall {hall} has no setup"))?;
    let queue = QueueId::from(queue.as_str());
    setup.queue(&queue).ok_or(format!("hall {hall} has no queue {queue}"))?;
    if let Some(label) = &options.counter {
        counter_of(&setup, label).ok_or(format!("hall {hall} has no counter {label}"))?;
    }
    Ok(((*setup).clone(), Some(queue)))
}

async fn only_hall(db: &hub::store::Db) -> Result<HallId, String> {
    let all = hub::store::halls::list(db).await.map_err(|cause| cause.to_string())?;
    match all.as_slice() {
        [one] => Ok(one.id.as_str().into()),
        _ => Err(format!("there are {} halls here; say which with --hall", all.len())),
    }
}

fn bare(counter: Option<&str>) -> Result<Setup, String> {
    let counters: Vec<_> = counter.iter().map(|it| json!({"id": "counter", "label": it})).collect();
    let hall = json!({"id": "say", "name": "say", "time_zone": "Asia/Shanghai"});
    serde_json::from_value(json!({"hall": hall, "counters": counters})).map_err(|cause| cause.to_string())
}

fn counter_of(setup: &Setup, label: &str) -> Option<CounterId> {
    let all = || setup.counters.iter();
    let found = all().find(|it| it.label.trim() == label.trim()).or_else(|| all().find(|it| it.id.as_str() == label));
    found.map(|it| it.id.clone())
}

fn manner(options: &Say, setup: &Setup, queue: Option<&QueueId>) -> Result<Manner, String> {
    let own = queue.and_then(|it| setup.queue(it)).and_then(|it| it.speech.as_ref());
    let mut manner = own.unwrap_or(&setup.hall.speech).clone();
    if !options.language.is_empty() {
        let language = |it: &String| match it.trim() {
            "zh" => Ok(Language::Zh),
            "en" => Ok(Language::En),
            other => Err(format!("{other} is no language here; known are zh and en")),
        };
        manner.languages = options.language.iter().map(language).collect::<Result<_, _>>()?;
    }
    manner.rate_percent = options.rate.unwrap_or(manner.rate_percent);
    hub::setup::speech_must_fit(&manner, "speech").map_err(|cause| cause.for_terminal())?;
    Ok(manner)
}
