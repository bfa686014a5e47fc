//! What holds for whatever anybody types.

use audio::announcement::{Address, Direction, Name, Place, TICKETS_MAX};
use audio::phrase::phonemes;
use audio::phrase::syllable::Syllable;
use audio::phrase::{self, About, Digits, Manner, Names, One, Overrides, Phrase, Role, TEXT_CHARS_MAX, Word};
use audio::{Announcement, Kind, Language, Template};
use proptest::prelude::*;

const LANGUAGES: [Language; 2] = [Language::Zh, Language::En];

fn words(phrase: &Phrase) -> impl Iterator<Item = (Language, &Word)> {
    phrase.parts.iter().flat_map(|part| part.words.iter().map(|word| (part.language, word)))
}

/// From the ideographic nought on, what has a sound is a Chinese sign.
fn is_hanzi(c: char) -> bool {
    c >= '〇'
}

/// What every phrase keeps, whatever it was made of.
fn sound(phrase: &Phrase) {
    assert!(!phrase.parts.is_empty() && phrase.parts.iter().all(|part| !part.words.is_empty()));
    for (language, word) in words(phrase) {
        assert!(!word.text.is_empty() && !word.text.chars().any(char::is_control), "{word:?}");
        assert!(word.pause_ms <= 3000 && (70..=125).contains(&word.rate_percent), "{word:?}");
        let counts = matches!(word.role, Role::Digit(_) | Role::Number);
        assert!(!(counts && ["负", "oh", "Oh"].contains(&word.text.as_str())), "{word:?}");
        if language == Language::Zh {
            assert!(word.sounds.iter().all(|it| Syllable::parse(it).is_some()), "{word:?}");
            let signs = word.text.chars().filter(|c| is_hanzi(*c)).count();
            assert!(!word.sounds.is_empty() && (signs == 0 || signs == word.sounds.len()), "{word:?}");
        }
        if let Some(phonemes) = phonemes::word(word, language) {
            assert!(phonemes.chars().all(|c| phonemes::id(c).is_some()), "{word:?} {phonemes}");
        }
    }
    assert!(phrase.text_without_name().chars().all(|c| !c.is_control()));
}

fn manner() -> impl Strategy<Value = Manner> {
    let names = prop_oneof![Just(Names::None), Just(Names::Surname), Just(Names::Whole)];
    let digits = prop_oneof![Just(Digits::Each), Just(Digits::Cardinal)];
    let one = prop_oneof![Just(One::Yi), Just(One::Yao)];
    (names, digits, one, any::<bool>(), any::<bool>()).prop_map(|(names, digits, one, sensitive, again)| Manner {
        names,
        digits,
        one,
        sensitive,
        again,
        ..Manner::default()
    })
}

fn place() -> impl Strategy<Value = Place> {
    let text = || prop_oneof!["[0-9]{1,4}", "[A-Z]?[0-9]{1,3}", "综合窗口|大厅|伍号", ".{0,12}"];
    (text(), prop::option::of(text()), ".{0,12}", text()).prop_map(|(label, floor, zh, word_en)| Place {
        label,
        word: "号窗口".into(),
        word_en,
        label_en: None,
        floor,
        direction: Some(Direction { en: zh.clone(), zh }),
    })
}

fn name() -> impl Strategy<Value = Name> {
    let written =
        prop_oneof!["[\u{4E00}-\u{9FA5}]{1,4}", "[\u{4E00}-\u{9FA5}]\\*{1,2}", "[A-Z]{2,6} [A-Z][a-z]{1,6}", ".{0,10}"];
    let address = prop_oneof![Just(None), Just(Some(Address::Mr)), Just(Some(Address::Ms))];
    (written, prop::option::of("([a-z]{1,6}[1-5] ?){0,4}"), address).prop_map(|(written, pinyin, address)| Name {
        written,
        pinyin,
        address,
    })
}

fn announcement() -> impl Strategy<Value = Announcement> {
    let ticket = prop_oneof!["[A-Z]{0,2}[0-9]{1,4}", "[a-z]-[0-9]{3}", "[Ａ-Ｚ][０-９]{3}", ".{0,20}"];
    let kind = prop_oneof![Just(Kind::Call), Just(Kind::Recall), Just(Kind::Missed)];
    (kind, prop::collection::vec(ticket, 0..7), prop::option::of(place()), prop::option::of(name()))
        .prop_map(|(kind, tickets, place, name)| Announcement { kind, tickets, place, name })
}

/// Templates as somebody might write them, sensible or not. Brackets around things of the visitor and of the counter
/// at once are left out: those depend on both by what they mean.
fn template() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "请",
        "到",
        "，",
        "号",
        "窗口",
        "。",
        " please ",
        "{ticket}",
        "{ticket}",
        "{name}",
        "[{name}]",
        "[，{name}]",
        "{place}",
        "{place}",
        "{floor}",
        "[{floor}，]",
        "[{direction}]",
        "[，{direction}]",
        "{pause 300}",
        "[{pause 90}{name}]",
        "{again}",
        "{rate 80|慢 {ticket}}",
    ]);
    prop::collection::vec(piece, 1..10).prop_map(|pieces| format!("{}{{ticket}}", pieces.concat()))
}

/// The parts about one thing, in their order.
fn about(phrase: &Phrase, about: About) -> Vec<phrase::Part> {
    phrase.parts.iter().filter(|part| part.about == about).cloned().collect()
}

fn call(announcement: &Announcement, language: Language, manner: &Manner) -> Option<Phrase> {
    phrase::call(announcement, &Template::standard(language, announcement.kind), manner).ok()
}

/// The digits of a text as they were heard.
fn digits_said(phrase: &Phrase, about: About) -> String {
    const ZH: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    const EN: [&str; 10] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let digit = |word: &Word| {
        let text = if word.text == "幺" { "一" } else { word.text.as_str() };
        ZH.iter().position(|it| *it == text).or_else(|| EN.iter().position(|it| *it == text))
    };
    let parts = phrase.parts.iter().filter(|part| part.about == about);
    parts
        .flat_map(|part| &part.words)
        .filter(|word| matches!(word.role, Role::Digit(_)))
        .map(|word| digit(word).expect("a digit").to_string())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_said_or_refused(text in "\\PC{0,80}|.{0,200}|[0-9:./%¥$,A-Za-z年月日号位 -]{0,120}|[0-9零一壹伍拾号-]{0,60}") {
        for language in LANGUAGES {
            if let Ok(phrase) = phrase::free(&text, language, &Overrides::default()) {
                sound(&phrase);
                assert!(phrase.parts.iter().all(|part| part.about == About::Words));
            }
        }
    }

    #[test]
    fn a_text_beyond_the_limit_is_refused(text in ".{1,20}", times in 1_usize..2000) {
        let text = text.repeat(times);
        for language in LANGUAGES {
            let said = phrase::free(&text, language, &Overrides::default());
            prop_assert!(text.chars().count() <= TEXT_CHARS_MAX || said.is_err());
        }
    }

    #[test]
    fn any_call_is_said_or_refused(announcement in announcement(), manner in manner()) {
        for language in LANGUAGES {
            match call(&announcement, language, &manner) {
                Some(phrase) => {
                    sound(&phrase);
                    prop_assert!(announcement.tickets.len() <= TICKETS_MAX);
                    let names = words(&phrase).filter(|(_, word)| word.role == Role::Name).count();
                    prop_assert!(names == 0 || (manner.names != Names::None && !manner.sensitive));
                }
                None => {
                    let plain = announcement.tickets.iter().all(|ticket| {
                        (1..=16).contains(&ticket.chars().count()) && ticket.chars().any(|c| c.is_ascii_alphanumeric())
                    });
                    prop_assert!(!plain || !(1..=TICKETS_MAX).contains(&announcement.tickets.len()), "{announcement:?}");
                }
            }
        }
    }

    #[test]
    fn every_digit_of_a_ticket_is_heard_once(letters in "[A-Z]{0,2}", digits in "[0-9]{1,6}", yao in any::<bool>()) {
        let one = if yao { One::Yao } else { One::Yi };
        let manner = Manner { one, ..Manner::default() };
        let tickets = vec![format!("{letters}-{digits}")];
        let announcement = Announcement { kind: Kind::Missed, tickets, place: None, name: None };
        for language in LANGUAGES {
            let phrase = call(&announcement, language, &manner).expect("it can be said");
            prop_assert_eq!(digits_said(&phrase, About::Ticket), digits.clone());
            let said: String = words(&phrase).filter(|(_, word)| word.role == Role::Letter).map(|(_, it)| it.text.clone()).collect();
            prop_assert_eq!(said, letters.clone());
        }
    }

    #[test]
    fn the_part_about_a_ticket_is_the_same_whatever_counter_calls_it(
        announcement in announcement(), manner in manner(), other in place(),
    ) {
        let elsewhere = Announcement { place: Some(other), ..announcement.clone() };
        for language in LANGUAGES {
            let ticket = |announcement: &Announcement| -> Option<Vec<_>> {
                let parts = call(announcement, language, &manner)?.parts;
                Some(parts.into_iter().filter(|part| part.about == About::Ticket).collect())
            };
            if announcement.place.is_some() && announcement.kind != Kind::Missed {
                prop_assert_eq!(ticket(&announcement), ticket(&elsewhere));
            }
        }
    }

    #[test]
    fn a_counter_is_the_same_whatever_ticket_it_calls(place in place(), first in "[A-Z][0-9]{3}", second in "[0-9]{2}") {
        for language in LANGUAGES {
            let to = |ticket: &str| {
                let tickets = vec![ticket.to_owned()];
                let announcement = Announcement { kind: Kind::Call, tickets, place: Some(place.clone()), name: None };
                let parts = call(&announcement, language, &Manner::default()).expect("it can be said").parts;
                parts.into_iter().filter(|part| part.about == About::Place).collect::<Vec<_>>()
            };
            prop_assert_eq!(to(&first), to(&second));
        }
    }

    #[test]
    fn tickets_and_counters_do_not_depend_on_each_other_in_any_template(
        text in template(), first in place(), second in place(), name in prop::option::of(name()), manner in manner(),
    ) {
        for language in LANGUAGES {
            let template = Template::parse(language, &text).expect("it is right");
            let call = |ticket: &str, place: &Place, name: &Option<Name>| {
                let (tickets, place) = (vec![ticket.to_owned()], Some(place.clone()));
                let announcement = Announcement { kind: Kind::Recall, tickets, place, name: name.clone() };
                phrase::call(&announcement, &template, &manner).expect("it can be said")
            };
            let (one, other, another) = (call("A012", &first, &name), call("A012", &second, &name), call("B7", &first, &None));
            sound(&one);
            prop_assert!(about(&one, About::Ticket) == about(&other, About::Ticket), "{text}\n{one:?}\n{other:?}");
            prop_assert!(about(&one, About::Place) == about(&another, About::Place), "{text}\n{one:?}\n{another:?}");
        }
    }

    #[test]
    fn any_template_is_right_or_told_why(text in "(\\{(ticket|name|place|floor|again|pause 300|rate 80\\||spell\\||pinyin shan4\\|)\\}?|[请到单A|\\[\\]}\\\\，]){0,20}") {
        for language in LANGUAGES {
            match Template::parse(language, &text) {
                Ok(template) => prop_assert_eq!(Template::parse(language, &template.to_string()), Ok(template)),
                Err(error) => prop_assert!((1..=text.chars().count() + 1).contains(&error.at), "{}", error),
            }
        }
    }
}
