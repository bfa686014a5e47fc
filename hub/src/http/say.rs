//! `/halls/{hall}/say`: what would be heard; and one speaker that plays it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hall::setup::Speech as Manner;
use hall::ticket::Language;
use hall::{CounterId, HallId, QueueId, Setup};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wire::aloud::{Test, Voice};

use super::answers::Problems;
use super::body::Body;
use super::query::Path;
use crate::Hub;
use crate::error::{Error, Wrong};
use crate::people::{Caller, Permission};
use crate::players::report;
use crate::setup::{self, Findings, NUMBER_CHARS_MAX};
use crate::speech::Call;
use crate::speech::preview::{self, Preview, Wanted};

/// The number of a test.
const TEST_NUMBER: &str = "A012";

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::new().routes(routes!(say)).routes(routes!(test))
}

/// What to say: a ticket to a counter, or a text.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct SayBody {
    /// What happened to the ticket.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    kind: Option<audio::Kind>,
    /// Its number.
    #[serde(default)]
    ticket: Option<String>,
    /// Its queue; none = the hall's way to say calls.
    #[serde(default)]
    queue: Option<QueueId>,
    /// Where to; none = the first counter.
    #[serde(default)]
    counter: Option<CounterId>,
    /// Free text instead, at most 500 characters.
    #[serde(default)]
    text: Option<String>,
    /// Only in these languages, in this order.
    #[serde(default)]
    languages: Option<Vec<Language>>,
    /// Settings that are not saved yet.
    #[serde(default)]
    speech: Option<Manner>,
    /// Begin with the chime; none = as set.
    #[serde(default)]
    chime: Option<bool>,
}

/// What would be heard.
#[derive(Serialize, utoipa::ToSchema)]
struct Rendered {
    /// Sentences, parts and lengths.
    #[serde(flatten)]
    preview: Preview,
    /// The sound, a WAV file in base64; empty where nothing can be said.
    wav: String,
}

/// Says what would be heard, without anybody in the hall hearing it.
#[utoipa::path(post, path = "/halls/{hall}/say", tag = "speech", params(("hall" = String, Path)), request_body = SayBody,
    responses((status = 200, body = Rendered), Problems))]
async fn say(
    State(hub): State<Hub>,
    caller: Caller,
    Path(hall): Path<HallId>,
    Body(asked): Body<SayBody>,
) -> Result<Json<Rendered>, Error> {
    caller.may(&hall, Permission::Supervise)?;
    let setup = hub.halls.seen(&hall).await?.hall.setup.clone();
    let manner = manner(&setup, &asked)?;
    must_fit(&setup, &asked)?;
    let worker = hub.clone();
    let made = hub.tasks.spawn_blocking(move || made(&worker, &setup, &manner, &asked)).await;
    made.map_err(|cause| Error::Broken(cause.to_string()))?.map(Json)
}

fn made(hub: &Hub, setup: &Setup, manner: &Manner, asked: &SayBody) -> Result<Rendered, Error> {
    let nobody = QueueId::from("");
    let wanted = match &asked.text {
        Some(text) => Wanted::Text(text, asked.languages.as_ref().and_then(|it| it.first().copied())),
        None => Wanted::Call(Call {
            kind: asked.kind.unwrap_or(audio::Kind::Call),
            number: asked.ticket.as_deref().unwrap_or(TEST_NUMBER),
            queue: asked.queue.as_ref().unwrap_or(&nobody),
            counter: asked.counter.as_ref().or_else(|| setup.counters.first().map(|it| &it.id)),
            known: None,
        }),
    };
    let chime = asked.chime.unwrap_or(manner.chime);
    let (preview, sound) = preview::speak(&hub.speech.planner, &hub.speech.voices, setup, manner, &wanted, chime);
    let wav = if preview.said.is_empty() { String::new() } else { STANDARD.encode(preview::file(&sound)?) };
    Ok(Rendered { preview, wav })
}

fn manner(setup: &Setup, asked: &SayBody) -> Result<Manner, Error> {
    let own = asked.queue.as_ref().and_then(|it| setup.queue(it)).and_then(|it| it.speech.as_ref());
    let mut manner = asked.speech.as_ref().or(own).unwrap_or(&setup.hall.speech).clone();
    if let Some(languages) = &asked.languages {
        manner.languages.clone_from(languages);
    }
    setup::speech_must_fit(&manner, "speech")?;
    Ok(manner)
}

fn must_fit(setup: &Setup, asked: &SayBody) -> Result<(), Error> {
    let mut found = Findings::default();
    if let Some(number) = &asked.ticket {
        found.text(number, 1..=NUMBER_CHARS_MAX, "ticket");
    }
    if let Some(queue) = &asked.queue {
        found.known(setup.queue(queue).is_some(), "queue", "queue", queue);
    }
    if let Some(counter) = &asked.counter {
        found.known(setup.counter(counter).is_some(), "counter", "counter", counter);
    }
    if let Some(text) = &asked.text {
        let chars = text.chars().count();
        let most = audio::phrase::TEXT_CHARS_MAX;
        let why = Wrong::Length.within(1..=most, format!("must have 1 to {most} characters"));
        found.must((1..=most).contains(&chars), "text", why);
        found.must(asked.ticket.is_none(), "text", Wrong::OneOf.why("say a ticket or a text, not both"));
    }
    if found.0.is_empty() { Ok(()) } else { Err(Error::Bad(found.0)) }
}

/// Asks one speaker to play a test call; nobody else hears it. Whoever handles alerts may: it tells whether one is
/// over. 409 `offline`: its player is not there;
/// `gone`: its player says that its sound device is not there.
#[utoipa::path(post, path = "/halls/{hall}/speakers/{id}/test", tag = "speech",
    params(("hall" = String, Path), ("id" = String, Path)), responses((status = 202), Problems))]
async fn test(
    State(hub): State<Hub>,
    caller: Caller,
    Path((hall, id)): Path<(HallId, String)>,
) -> Result<StatusCode, Error> {
    caller.may(&hall, Permission::HandleAlerts)?;
    let setup = hub.halls.seen(&hall).await?.hall.setup.clone();
    let speaker = setup.speaker(&id.as_str().into()).ok_or(Error::Missing("speaker"))?;
    report::must_be_heard(&hub, speaker)?;
    let counter = setup.counters.first().map(|it| &it.id);
    let call = Call { kind: audio::Kind::Call, number: TEST_NUMBER, queue: &QueueId::from(""), counter, known: None };
    let sentences = hub.speech.planner.sentences(&setup, &setup.hall.speech, call);
    sentences.iter().flat_map(|it| &it.parts).for_each(|it| hub.speech.planner.learn(it));
    let aloud = hub.speech.planner.test(&setup, &sentences);
    hub.feed.voice(&hall, &Voice::Test(Test { speaker: id, aloud }), &speaker.zones);
    Ok(StatusCode::ACCEPTED)
}
