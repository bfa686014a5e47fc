//! What listeners are told besides journal and setup, as it is when a hall is first followed.

use std::collections::BTreeMap;

use hall::{AnnouncementId, By, Hall};

use crate::public::{Around, Said};
use crate::speech::Planner;
use crate::store::{Db, announcements, around};

/// Everything a board of this hall needs.
pub async fn load(db: &Db, hall: &Hall) -> Result<Around, sqlx::Error> {
    let (site, site_en) = around::site(db, &hall.setup.hall.id).await?;
    let said: Vec<_> = hall.fold.notices.iter().map(|it| &it.id).collect();
    let words = words(db, &said).await?;
    let staff: Vec<_> = hall.fold.counters.values().filter_map(|it| person(it.staff.as_ref()?)).collect();
    let (staff_no, planner) = (around::staff_numbers(db, &staff).await?, Planner::default());
    Ok(Around { site, site_en, words, staff_no, planner, estimates: BTreeMap::new() })
}

fn person(by: &By) -> Option<String> {
    match by {
        By::Person(id) => Some(id.clone()),
        By::Token(_) | By::Visitor | By::Hub => None,
    }
}

/// The words of some announcements.
pub(super) async fn words(db: &Db, said: &[&AnnouncementId]) -> Result<BTreeMap<AnnouncementId, Said>, sqlx::Error> {
    let words = announcements::read(db, said).await?.into_iter();
    Ok(words.map(|(id, it)| (id, as_said(it))).collect())
}

/// The same words, as frames carry them.
pub(super) fn as_said(it: announcements::Words) -> Said {
    Said { text: it.text, clip: it.clip }
}
