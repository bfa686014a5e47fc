//! The words of a hall's setup as the sound crate takes them. It decides nothing and keeps nothing.

use audio::phrase::{Digits, Manner, Names, One, Overrides};
use audio::{Announcement, Kind, Language, Template, announcement};
use hall::setup::{self, CounterSetup, Speech};
use hall::{QueueId, Setup, ticket};

use super::planner::Call;

/// The sentence of a queue, else the usual one; none: nothing is said.
pub(super) fn template(speech: &Speech, language: Language, kind: Kind) -> Option<Template> {
    let own = match language {
        Language::Zh => &speech.zh,
        Language::En => &speech.en,
    };
    let own = match kind {
        Kind::Call => &own.call,
        Kind::Recall => &own.recall,
        Kind::Missed => &own.missed,
    };
    match own {
        Some(text) => Template::parse(language, text).ok(),
        None => (kind != Kind::Missed).then(|| Template::standard(language, kind)),
    }
}

/// A call as the sound crate knows it, without a name.
pub(super) fn announcement(setup: &Setup, call: Call<'_>) -> Announcement {
    let counter = call.counter.and_then(|it| setup.counter(it));
    Announcement {
        kind: call.kind,
        tickets: vec![call.number.to_owned()],
        place: counter.map(|it| place(setup, it, call.queue)),
        name: None,
    }
}

fn place(setup: &Setup, counter: &CounterSetup, queue: &QueueId) -> announcement::Place {
    let floor_of = |zone: &hall::ZoneId| setup.zone(zone).and_then(|it| it.floor.clone());
    let floor = counter.zone.as_ref().and_then(floor_of);
    let waits_there = setup.zones_of(queue).iter().any(|it| floor_of(it) == floor);
    announcement::Place {
        label: counter.label.clone(),
        word: setup.hall.counter_word.clone(),
        // On a sign it stands alone; here it stands within a sentence.
        word_en: setup.hall.counter_word_en.to_lowercase(),
        label_en: Some(counter.label_en.clone()).filter(|it| !it.is_empty()),
        // Only who has to leave the floor is told which one.
        floor: floor.filter(|_| !waits_there && !setup.zones_of(queue).is_empty()),
        direction: Some(announcement::Direction { zh: counter.direction.clone(), en: counter.direction_en.clone() }),
    }
}

/// How a queue wants its calls said.
pub(super) fn manner(setup: &Setup, speech: &Speech, queue: &QueueId) -> Manner {
    Manner {
        digits: match speech.digits {
            setup::Digits::Each => Digits::Each,
            setup::Digits::Cardinal => Digits::Cardinal,
        },
        one: if speech.yao { One::Yao } else { One::Yi },
        again: speech.again,
        names: match speech.names {
            setup::SaidNames::None => Names::None,
            setup::SaidNames::Surname => Names::Surname,
            setup::SaidNames::Whole => Names::Whole,
        },
        sensitive: setup.queue(queue).is_some_and(|it| it.sensitive),
        overrides: overrides(setup),
        ..Manner::default()
    }
}

/// The hall's own pronunciations; one that does not fit was refused when it was written.
pub(super) fn overrides(setup: &Setup) -> Overrides {
    let mut all = Overrides::default();
    for it in &setup.hall.pronunciations {
        let english = it.written.is_ascii();
        let added = match (it.surname, english) {
            (true, _) => all.add_surname(&it.written, &it.pinyin),
            (false, true) => all.add_english(&it.written, &it.pinyin),
            (false, false) => all.add_word(&it.written, &it.pinyin),
        };
        if let Err(cause) = added {
            tracing::debug!(%cause, "a pronunciation does not fit");
        }
    }
    all
}

/// The same language there.
pub(super) fn language_of(it: ticket::Language) -> Language {
    match it {
        ticket::Language::Zh => Language::Zh,
        ticket::Language::En => Language::En,
    }
}

/// Chinese if there is a Chinese sign in it.
pub(super) fn language_by_signs(text: &str) -> Language {
    let chinese = |it: char| ('\u{3400}'..='\u{9fff}').contains(&it) || ('\u{f900}'..='\u{faff}').contains(&it);
    if text.chars().any(chinese) { Language::Zh } else { Language::En }
}
