//! What speakers begin to say, or are asked to: told to whoever is there now, kept for nobody.

use std::collections::VecDeque;

use bytes::Bytes;
use wire::aloud::Voice;
use wire::{Part, Scope};

use super::{Feed, Followed, text};

/// Messages kept for listeners that are just being written to.
const KEPT_MAX: usize = 64;

/// The last messages of a hall, numbered.
#[derive(Debug, Default)]
pub(super) struct Voiced {
    count: u64,
    last: VecDeque<(Scope, Bytes)>,
}

impl Voiced {
    fn add(&mut self, scope: Scope, text: Bytes) {
        self.count += 1;
        self.last.push_back((scope, text));
        if self.last.len() > KEPT_MAX {
            self.last.pop_front();
        }
    }

    /// What is new after `seen`, as far as this part hears it. Who comes now is told nothing of before.
    pub fn after(&self, part: &Part, seen: &mut Option<u64>, texts: &mut Vec<Bytes>) {
        let fresh = seen.map_or(0, |seen| self.count.saturating_sub(seen));
        let from = self.last.len().saturating_sub(usize::try_from(fresh).unwrap_or(usize::MAX));
        texts.extend(self.last.range(from..).filter(|(scope, _)| part.hears(scope)).map(|(_, text)| text.clone()));
        *seen = Some(self.count);
    }
}

#[derive(serde::Serialize)]
struct VoiceText<'a> {
    hall: &'a str,
    voice: &'a Voice,
}

impl Followed {
    fn tell_voice(&self, voice: &Voice, scope: Scope) {
        let text = text(&VoiceText { hall: self.id().as_str(), voice });
        self.state().voiced.add(scope, text);
        self.ring();
    }
}

impl Feed {
    /// Tells whoever follows these zones now (empty = the whole hall), and the counters there, what a speaker does.
    pub fn voice(&self, hall: &hall::HallId, voice: &Voice, zones: &[hall::ZoneId]) {
        let found = self.shared.halls.lock().get(hall).map(|it| it.followed.clone());
        if let Some(followed) = found {
            let Some((hall, _)) = followed.hall() else { return };
            followed.tell_voice(voice, crate::public::scope_of_words(&hall, zones));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(voiced: &Voiced, zone: &str, seen: &mut Option<u64>) -> Vec<String> {
        let (part, mut texts) = (Part { zones: vec![zone.into()], ..Part::default() }, Vec::new());
        voiced.after(&part, seen, &mut texts);
        texts.iter().map(|it| String::from_utf8_lossy(it).into_owned()).collect()
    }

    fn said(voiced: &mut Voiced, zones: &[&str], text: &'static str) {
        let mut scope = Scope::default();
        scope.add_zones(&zones.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
        voiced.add(scope, Bytes::from_static(text.as_bytes()));
    }

    #[test]
    fn each_listener_hears_what_is_said_in_its_zones_once_and_nothing_of_before() {
        let (mut voiced, mut east, mut west) = (Voiced::default(), None, None);
        said(&mut voiced, &["east"], "before");
        assert_eq!(heard(&voiced, "east", &mut east), [""; 0]);
        said(&mut voiced, &["east"], "a");
        said(&mut voiced, &[], "b");
        assert_eq!(heard(&voiced, "east", &mut east), ["a", "b"]);
        assert_eq!(heard(&voiced, "east", &mut east), [""; 0]);
        assert_eq!(heard(&voiced, "west", &mut west), [""; 0], "it came just now");
        said(&mut voiced, &["east"], "c");
        assert_eq!(heard(&voiced, "west", &mut west), [""; 0]);
        said(&mut voiced, &["west"], "d");
        assert_eq!(heard(&voiced, "west", &mut west), ["d"]);
        (0..2 * KEPT_MAX).for_each(|_| said(&mut voiced, &["east"], "e"));
        assert_eq!(heard(&voiced, "east", &mut east).len(), KEPT_MAX, "who is slow misses what is over anyway");
    }
}
