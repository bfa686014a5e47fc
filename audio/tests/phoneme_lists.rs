//! What the neural voice is given for each kind of call, word by word, against the list beside this file.
//!
//! When a change is wanted, the failed test prints the new list in full.

use audio::announcement::{Address, Direction, Name, Place};
use audio::phrase::{self, Digits, Manner, Names, One, Overrides, Phrase, phonemes};
use audio::{Announcement, Kind, Language, Template};

/// Names of the cases, as the list has them, with their calls.
fn calls() -> Vec<(&'static str, Announcement, Manner)> {
    let each = Manner::default;
    let cardinal = || Manner { digits: Digits::Cardinal, ..each() };
    let named = |written: &str, address| {
        let name = Name { written: written.into(), pinyin: None, address };
        Announcement { name: Some(name), ..to("A012", "3", "号窗口", "counter") }
    };
    let surname = || Manner { names: Names::Surname, ..each() };
    let usual = |ticket: &str, label: &str| to(ticket, label, "号窗口", "counter");
    vec![
        ("1 A012 to 3", usual("A012", "3"), each()),
        ("3 A111, one = yao", usual("A111", "1"), Manner { one: One::Yao, ..each() }),
        ("5 B257 to 12", usual("B257", "12"), each()),
        ("8 A108 cardinal", usual("A108", "20"), cardinal()),
        ("14 1012 cardinal", usual("1012", "8"), cardinal()),
        ("17 AB12 to A3", usual("AB12", "A3"), each()),
        ("22 C049 to room 302", to("C049", "302", "诊室", "room"), each()),
        ("24 D678 to 综合窗口", usual("D678", "综合窗口"), each()),
        ("25 A012 to 3 on 2F", with_floor(), each()),
        ("27 A012, A013 to 3", Announcement { tickets: vec!["A012".into(), "A013".into()], ..usual("", "3") }, each()),
        ("28 recall of W305 to 10", again(usual("W305", "10")), Manner { again: true, ..each() }),
        ("missed Z904", Announcement { kind: Kind::Missed, place: None, ..usual("Z904", "1") }, each()),
        ("29 单先生", named("单伟", Some(Address::Mr)), surname()),
        ("35 尉迟女士", named("尉迟敏", Some(Address::Ms)), surname()),
        ("41 买买提·艾力", named("买买提·艾力", None), Manner { names: Names::Whole, ..each() }),
    ]
}

fn to(ticket: &str, label: &str, word: &str, word_en: &str) -> Announcement {
    let (label, word, word_en) = (label.into(), word.into(), word_en.into());
    let place = Place { label, word, word_en, label_en: None, floor: None, direction: None };
    Announcement { kind: Kind::Call, tickets: vec![ticket.into()], place: Some(place), name: None }
}

fn again(call: Announcement) -> Announcement {
    Announcement { kind: Kind::Recall, ..call }
}

fn with_floor() -> Announcement {
    let mut call = to("A012", "3", "号窗口", "counter");
    let place = call.place.as_mut().expect("a place");
    place.floor = Some("2".into());
    place.direction = Some(Direction { zh: "上楼左转".into(), en: "turn left".into() });
    call
}

/// A line a part: its phonemes, then its words with their syllables.
fn list(phrase: &Phrase) -> String {
    let mut list = format!("  {}\n", phrase.text());
    for part in &phrase.parts {
        let sentence = phonemes::part(part, &|_| None).unwrap_or_else(|word| format!("? {word}"));
        let words: Vec<String> = part
            .words
            .iter()
            .map(|word| format!("{} {}", word.text, word.sounds.join(" ")).trim().to_owned())
            .collect();
        list.push_str(&format!("    {:?} {}: {sentence}\n", part.about, part.language.as_str()));
        list.push_str(&format!("      {}\n", words.join(" | ")));
    }
    list
}

#[test]
fn phonemes_are_as_listed() {
    let mut lists = String::new();
    for (case, announcement, manner) in calls() {
        lists.push_str(&format!("{case}\n"));
        for language in [Language::Zh, Language::En] {
            let template = Template::standard(language, announcement.kind);
            lists.push_str(&list(&phrase::call(&announcement, &template, &manner).expect("it can be said")));
        }
    }
    for text in ["请2位市民到银行行长室，电话12345。", "请携带U盾到Starbucks旁边", "2026-11-22 12:30，50%"]
    {
        lists.push_str(&format!("free: {text}\n"));
        lists.push_str(&list(&phrase::free(text, Language::Zh, &Overrides::default()).expect("it can be said")));
    }
    let listed = include_str!("phoneme_lists.txt");
    assert!(lists == listed, "the list is now:\n{lists}");
}
