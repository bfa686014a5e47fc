//! A speaker's device: opened beside whoever plays, kept open, lost and tried again.

use std::path::Path;
use std::sync::mpsc::channel;
use std::time::Duration;

use audio::announcer::Moment;
use audio::chime::chime;
use audio::music;
use audio::speaker::{Gone, Open, Output};

use super::{Speaker, kind};

/// First and longest wait before a device is tried again, whether it did not open or failed while it played; doubled
/// each time until it was good for [`GOOD_AFTER`].
pub(super) const RETRY: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(15));
/// A device that has failed is believed again when it has played for so long.
pub(super) const GOOD_AFTER: Duration = Duration::from_secs(20);

/// How devices are opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Opening {
    /// On a thread of their own: one that hangs holds up no other.
    Beside,
    /// At once; for tests.
    AtOnce,
}

/// A device that does not open by then is left to its thread, and opened by another.
const OPENING_MAX: Duration = Duration::from_secs(10);

pub(super) type Opened = (Box<dyn Output>, Result<Open, Gone>);

impl Speaker {
    /// Gives it another output where the last one is lost in its driver.
    pub fn replace_lost(&mut self, output: impl FnOnce(&crate::hub::Speaker) -> Box<dyn Output>) {
        if self.output.is_none() && self.opening.is_none() {
            self.output = Some(output(&self.setup));
        }
    }

    /// Notices that the device is gone, and tries again, less and less often.
    pub(super) fn keep_open(&mut self, now: Moment) {
        if let Some(opened) = self.opening.as_ref().and_then(|it| it.try_recv().ok()) {
            self.opening = None;
            self.opened(opened, now);
        }
        if self.opening.is_some() && now.saturating_sub(self.opening_since) > OPENING_MAX {
            tracing::warn!(speaker = self.setup.id, "the sound device does not come back from opening");
            self.gone.get_or_insert_with(|| "it does not come back from opening".into());
            self.opening = None;
        }
        if let Some(Err(why)) = self.open.as_mut().map(|it| it.line.tick(now)) {
            self.lose(&why, now);
        }
        if self.open.is_some() && self.gone.is_some() && now.saturating_sub(self.open_since) >= GOOD_AFTER {
            tracing::info!(speaker = self.setup.id, "the sound device is good again");
            (self.gone, self.retry.1) = (None, RETRY.0);
        }
        if self.open.is_none() && self.opening.is_none() && now >= self.retry.0 {
            self.start(now);
        }
    }

    fn lose(&mut self, why: &Gone, now: Moment) {
        tracing::warn!(speaker = self.setup.id, "the sound device is gone: {why}");
        self.gone = Some(why.to_string());
        // Half of it was heard at most: it is said again from its start, if the device is back in time.
        self.announcer.broke_off(now);
        self.current = None;
        let old = self.open.take();
        match self.how {
            Opening::AtOnce => drop(old),
            // Closing a broken device can take seconds.
            Opening::Beside => self.closing = Some(std::thread::spawn(move || drop(old))),
        }
        self.wait(now);
    }

    /// Tries again later, each time later than the last.
    fn wait(&mut self, now: Moment) {
        self.retry = (now + self.retry.1, (self.retry.1 * 2).min(RETRY.1));
    }

    fn start(&mut self, now: Moment) {
        let Some(mut output) = self.output.take() else { return };
        let (kind, closing) = (kind(&self.setup), self.closing.take());
        let work = move || {
            // Many devices open once at a time.
            let _ = closing.map(std::thread::JoinHandle::join);
            let opened = output.open(kind);
            (output, opened)
        };
        match self.how {
            Opening::AtOnce => self.opened(work(), now),
            Opening::Beside => {
                let (tell, opened) = channel();
                std::thread::spawn(move || tell.send(work()));
                (self.opening, self.opening_since) = (Some(opened), now);
            }
        }
    }

    fn opened(&mut self, (output, opened): Opened, now: Moment) {
        self.output = Some(output);
        match opened {
            Ok(open) => {
                tracing::info!(speaker = self.setup.id, device = self.setup.device, "open");
                let rate = open.format.rate;
                self.chime = Some(chime(rate));
                if let Some(music) = &self.music {
                    let id = self.setup.id.clone();
                    let bad = move |file: &Path, why: String| {
                        tracing::warn!(speaker = id, "music is left out: {}: {why}", file.display());
                    };
                    open.control.music(Some(music::files(music.found(), rate, bad)), music.gain_db);
                }
                // One that has failed stays gone for whoever looks after it, until it was good for a while.
                (self.open, self.open_since, self.gain_db, self.follows) = (Some(open), now, None, false);
            }
            Err(why) => {
                if self.gone.is_none() {
                    tracing::warn!(speaker = self.setup.id, "the sound device does not open: {why}");
                }
                self.gone = Some(why.to_string());
                self.wait(now);
            }
        }
    }
}
