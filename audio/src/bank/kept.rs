//! The clips that were decoded last, within a limit.

use std::collections::VecDeque;
use std::sync::Arc;

/// Most decoded sound of one language that is kept, bytes: some forty clips.
pub const KEPT_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Clips by their number, the one that was used last at the end.
#[derive(Default)]
pub(super) struct Kept {
    clips: VecDeque<(usize, Arc<[i16]>)>,
    bytes: usize,
}

impl Kept {
    /// A clip, if it is kept.
    pub(super) fn get(&mut self, clip: usize) -> Option<Arc<[i16]>> {
        let at = self.clips.iter().position(|(kept, _)| *kept == clip)?;
        let found = self.clips.remove(at)?;
        let sound = found.1.clone();
        self.clips.push_back(found);
        Some(sound)
    }

    /// Keeps a clip; those that were not used for longest make room. One that is larger than all room is not kept.
    pub(super) fn put(&mut self, clip: usize, sound: &Arc<[i16]>) {
        if size_of_val(&**sound) > KEPT_BYTES_MAX || self.get(clip).is_some() {
            return;
        }
        self.bytes += size_of_val(&**sound);
        self.clips.push_back((clip, sound.clone()));
        while self.bytes > KEPT_BYTES_MAX {
            let Some((_, oldest)) = self.clips.pop_front() else { break };
            self.bytes -= size_of_val(&*oldest);
        }
    }

    /// How much is kept.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound(samples: usize) -> Arc<[i16]> {
        vec![1; samples].into()
    }

    #[test]
    fn what_was_not_used_for_longest_makes_room() {
        let half = KEPT_BYTES_MAX / 4;
        let mut kept = Kept::default();
        kept.put(1, &sound(half));
        kept.put(2, &sound(half));
        assert_eq!(kept.bytes(), KEPT_BYTES_MAX, "the room is used to its end");
        assert!(kept.get(1).is_some());
        kept.put(3, &sound(1));
        assert_eq!((kept.get(1).is_some(), kept.get(2).is_some(), kept.get(3).is_some()), (true, false, true));
        assert_eq!(kept.bytes(), 2 * (half + 1));
    }

    #[test]
    fn a_clip_larger_than_all_room_drives_out_nothing() {
        let mut kept = Kept::default();
        kept.put(1, &sound(10));
        kept.put(2, &sound(KEPT_BYTES_MAX / 2 + 1));
        assert!(kept.get(1).is_some() && kept.get(2).is_none());
    }

    #[test]
    fn the_same_clip_twice_counts_once() {
        let mut kept = Kept::default();
        kept.put(1, &sound(10));
        kept.put(1, &sound(10));
        assert_eq!(kept.bytes(), 20);
    }
}
