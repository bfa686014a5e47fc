//! Recorded clips: taken in whole, as loud as everything else, or not at all.

use audio::Sound;
use audio::sound::{Unsound, file, level, millis, wav};
use hall::HallId;
use serde_json::json;

use crate::error::{Error, Wrong};
use crate::people::audit::{self, Chain, Deed};
use crate::people::{Caller, Permission};
use crate::setup::Findings;
use crate::store::clips::{self, Clip};
use crate::{Hub, chance};

/// Largest file that is taken in, bytes.
pub const FILE_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Longest clip, seconds.
const SECONDS_MAX: u32 = 60;
/// Clips of one hall.
const CLIPS_MAX: i64 = 100;

/// Takes a recording in.
pub async fn add(hub: &Hub, caller: &Caller, hall: &HallId, name: &str, bytes: Vec<u8>) -> Result<Clip, Error> {
    caller.may(hall, Permission::Supervise)?;
    let mut found = Findings::default();
    found.text(name, 1..=hall::setup::NAME_CHARS_MAX, "name");
    if !found.0.is_empty() {
        return Err(Error::Bad(found.0));
    }
    hub.halls.seen(hall).await?;
    let read = hub.tasks.spawn_blocking(move || take_in(&bytes)).await;
    let (sound, length_ms) = read.map_err(|cause| Error::Broken(cause.to_string()))?.map_err(unreadable)?;
    let clip = Clip {
        id: chance::row_id(),
        name: name.trim().to_owned(),
        length_ms: length_ms.into(),
        made_by: caller.name(),
        made_at: hub.clock.now(),
    };
    let deed = deed(caller, hall, "clip.added", &clip);
    let full = hub
        .db
        .write(async |tx| {
            if clips::count(tx, hall).await? >= CLIPS_MAX {
                return Ok::<_, sqlx::Error>(true);
            }
            clips::add(tx, hall, &clip, &sound).await?;
            audit::write(tx, &deed, clip.made_at).await?;
            Ok(false)
        })
        .await?;
    if full {
        let said = format!("this hall keeps {CLIPS_MAX} clips; remove some first");
        return Err(Error::Conflict("too_many_rows", said));
    }
    Ok(clip)
}

/// Takes a clip out.
pub async fn remove(hub: &Hub, caller: &Caller, hall: &HallId, id: &str) -> Result<(), Error> {
    caller.may(hall, Permission::Supervise)?;
    let clip = clips::get(&hub.db, hall, id).await?.ok_or(Error::Missing("clip"))?;
    let (deed, now) = (deed(caller, hall, "clip.removed", &clip), hub.clock.now());
    hub.db
        .write(async |tx| {
            if clips::remove(tx, hall, id).await? {
                audit::write(tx, &deed, now).await?;
            }
            Ok::<_, sqlx::Error>(())
        })
        .await?;
    Ok(())
}

/// Any known kind of file as ours: one channel, as loud as speech.
fn take_in(bytes: &[u8]) -> Result<(Vec<u8>, u32), Unsound> {
    let sound = audio::sound::rate::to_ours(&file::read_up_to(bytes, SECONDS_MAX)?)?;
    if millis(sound.samples.len()) > SECONDS_MAX * 1_000 {
        return Err(Unsound::TooLong);
    }
    let mut samples = sound.samples.to_vec();
    level::to_speech(&mut samples);
    let sound = Sound::new(samples);
    let length_ms = millis(sound.samples.len());
    Ok((wav::write(&sound)?, length_ms))
}

fn unreadable(cause: Unsound) -> Error {
    let why = format!("is no sound that can be used ({cause}): send WAV, MP3, OGG or FLAC of at most {SECONDS_MAX} s");
    Error::bad("body", Wrong::Unreadable.why(why))
}

fn deed(caller: &Caller, hall: &HallId, what: &'static str, clip: &Clip) -> Deed {
    let (chain, who, target) = (Chain::Hall(hall.clone()), caller.name(), clip.id.clone());
    Deed { chain, who, what, target, detail: json!({ "named": { "name": clip.name } }) }
}
