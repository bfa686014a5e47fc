//! Withdraw: an announcement leaves the screens before its time.

use serde::{Deserialize, Serialize};

use crate::ask::Ask;
use crate::draft::Draft;
use crate::event::Event;
use crate::fold::{Fold, Touched};
use crate::ids::AnnouncementId;
use crate::refusal::Refusal;

/// Takes an announcement off every screen at once.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    /// Which one, as the board's `notices` name it.
    pub announcement: AnnouncementId,
}

impl Withdraw {
    pub(super) fn decide(&self, draft: &mut Draft, ask: &Ask) -> Result<(), Refusal> {
        draft.for_supervisors(ask, "withdraw an announcement")?;
        // What has run out stays in the fold until the next entry, but nobody sees it any more.
        let shown = draft.hall.fold.notices.iter().find(|it| it.id == self.announcement && it.until > draft.now);
        let zones = shown.map(|it| it.zones.clone()).ok_or(Refusal::Missing("announcement"))?;
        draft.answer(Event::Withdrawn { announcement: self.announcement.clone(), zones });
        Ok(())
    }
}

pub(super) fn apply(fold: &mut Fold, announcement: &AnnouncementId) -> Touched {
    fold.notices.retain(|it| it.id != *announcement);
    Touched::default()
}

#[cfg(test)]
mod tests {
    use super::Withdraw;
    use crate::RefusalCode;
    use crate::kit::*;
    use crate::moves::Announce;

    fn say(id: &str) -> Wish {
        ask(crate::Command::Announce(Announce {
            id: Some(id.into()),
            zones: vec!["east".into()],
            speakers: Vec::new(),
            language: None,
            repeat: None,
            ttl_s: Some(60),
            emergency: false,
        }))
    }

    fn withdraw(id: &str) -> Wish {
        ask(crate::Command::Withdraw(Withdraw { announcement: id.into() }))
    }

    #[test]
    fn one_announcement_is_shown_no_longer_and_the_others_stay() {
        let mut hall = given([]);
        hall.must(say("n-1")).must(say("n-2")).when(withdraw("n-1")).then("n-1 withdrawn");
        assert_eq!(hall.hall.fold.notices.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["n-2"]);
    }

    #[test]
    fn what_is_not_shown_cannot_be_withdrawn() {
        let mut hall = given([]);
        hall.when(withdraw("n-1")).then_bad("announcement");
        hall.must(say("n-1")).must(withdraw("n-1")).when(withdraw("n-1")).then_bad("announcement");
        hall.must(say("n-2")).after_s(60).when(withdraw("n-2")).then_bad("announcement");
    }

    #[test]
    fn only_a_supervisor_withdraws() {
        let mut hall = given([]);
        hall.must(say("n-1")).when(withdraw("n-1").by("li"));
        hall.then_refused(RefusalCode::NotYours, "only a supervisor may");
    }
}
