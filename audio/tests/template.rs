//! Templates: what they can say, and how a mistake is told.

use audio::announcement::{Direction, Name, Place};
use audio::phrase::{self, About, Manner};
use audio::template::{Fault, Piece, TEMPLATE_CHARS_MAX, default_text};
use audio::{Announcement, Kind, Language, Phrase, Template};

fn call() -> Announcement {
    let place = Place {
        label: "3".into(),
        word: "号窗口".into(),
        word_en: "counter".into(),
        label_en: None,
        floor: Some("2".into()),
        direction: Some(Direction { zh: "左转".into(), en: "turn left".into() }),
    };
    let name = Name { written: "王明".into(), pinyin: None, address: None };
    Announcement { kind: Kind::Call, tickets: vec!["A012".into()], place: Some(place), name: Some(name) }
}

fn filled(language: Language, template: &str) -> Phrase {
    let template = Template::parse(language, template).expect("the template is right");
    phrase::call(&call(), &template, &Manner::default()).expect("it can be said")
}

fn zh(template: &str) -> Phrase {
    filled(Language::Zh, template)
}

#[test]
fn our_own_templates_are_right_and_written_as_they_were_read() {
    for language in [Language::Zh, Language::En] {
        for kind in [Kind::Call, Kind::Recall, Kind::Missed] {
            let text = default_text(language, kind);
            let template = Template::parse(language, text).expect("it is ours");
            assert_eq!(template.to_string(), text);
            assert_eq!(Template::standard(language, kind), template);
        }
    }
}

#[test]
fn markup_is_written_as_it_was_read() {
    for text in [
        "请{rate 80|{ticket}，{pause 300}到}{spell|AB12}{pinyin shan4|单}[{floor}的]{place}",
        "\\{{name}\\} \\[a\\] \\| \\\\",
    ] {
        let template = Template::parse(Language::Zh, text).expect("it is right");
        assert_eq!(template.to_string(), text);
    }
    let english = "{say shahn|Shan} {say /ʃˈæn/|Shan} {ticket}";
    assert_eq!(Template::parse(Language::En, english).expect("it is right").to_string(), english);
}

#[test]
fn a_mistake_is_told_with_its_place() {
    let fails = |text: &str, at: usize, fault: Fault| {
        let error = Template::parse(Language::Zh, text).expect_err(text);
        assert_eq!((error.at, error.fault), (at, fault), "{text}");
    };
    fails("请{tikcet}", 2, Fault::Unknown("tikcet".into()));
    fails("请{ticket}{}", 10, Fault::Unknown(String::new()));
    fails("请{ticket", 2, Fault::Unpaired('{'));
    fails("请}{ticket}", 2, Fault::Unpaired('}'));
    fails("[{floor}{ticket}", 1, Fault::Unpaired('['));
    fails("{ticket}]", 9, Fault::Unpaired(']'));
    fails("{ticket}|", 9, Fault::Unpaired('|'));
    fails("{ticket}\\n", 9, Fault::Escape);
    fails("{ticket}{pause 3}", 9, Fault::Pause);
    fails("{ticket}{pause 3001}", 9, Fault::Pause);
    fails("{ticket}{pause}", 9, Fault::Pause);
    fails("{rate 60|{ticket}}", 1, Fault::Rate);
    fails("{rate 126|{ticket}}", 1, Fault::Rate);
    fails("{rate 80}{ticket}", 1, Fault::Rate);
    fails("{rate 80|}{ticket}", 1, Fault::Empty);
    fails("{ticket}{spell|}", 9, Fault::Empty);
    fails("{ticket}{pinyin shan4|单单}", 9, Fault::Pinyin);
    fails("{ticket}{pinyin shan6|单}", 9, Fault::Pinyin);
    fails("{ticket}{pinyin shan4|A}", 9, Fault::Pinyin);
    fails("{ticket}{say shahn|Shan}", 9, Fault::Language("say"));
    fails("请到{place}", 1, Fault::Nobody);
    fails("", 1, Fault::Nobody);
    fails(&"请".repeat(10_000), TEMPLATE_CHARS_MAX + 1, Fault::TooLong);
    assert!(Template::parse(Language::Zh, &"{ticket}[]".repeat(30)).is_ok(), "as long as it may be");
    fails("[[[[{ticket}]]]]", 5, Fault::TooDeep);
    fails(&"[]".repeat(100), 121, Fault::TooMany);
    let error = Template::parse(Language::En, "{pinyin shan4|单} {ticket}").expect_err("not English");
    assert_eq!(error.fault, Fault::Language("pinyin"));
    let error = Template::parse(Language::En, "{say 12|Shan} {ticket}").expect_err("no respelling");
    assert_eq!(error.fault, Fault::Say);
    let error = Template::parse(Language::Zh, "请{tikcet}").expect_err("unknown");
    assert!(error.to_string().starts_with("character 2: there is no {tikcet}; known are {ticket}, "), "{error}");
}

#[test]
fn words_slow_down_and_wait_where_they_are_asked_to() {
    let phrase = zh("请{rate 80|{ticket}}{pause 300}到{place}");
    let words = |about: About| phrase.parts.iter().find(|part| part.about == about).expect("a part").words.clone();
    let ticket = words(About::Ticket);
    let rates: Vec<(&str, u16)> = ticket.iter().map(|word| (word.text.as_str(), word.rate_percent)).collect();
    assert_eq!(rates, [("请", 100), ("A", 80), ("零", 80), ("一", 80), ("二", 80), ("号", 80)]);
    assert_eq!(ticket.last().map(|word| word.pause_ms), Some(300));
    assert_eq!(ticket[1].pause_ms, phrase::Manner::default().letter_gap_ms);
    assert!(words(About::Place).iter().all(|word| word.rate_percent == 100));
}

#[test]
fn words_are_spelled_and_sound_as_asked() {
    assert_eq!(zh("请{ticket}用{spell|ab12}到{place}").text(), "请 A 零一二号用 A B 一二到三号窗口");
    let sounds = |phrase: Phrase, text: &str| {
        let mut words = phrase.parts.into_iter().flat_map(|part| part.words);
        words.find(|word| word.text == text).expect("the word").sounds
    };
    assert_eq!(sounds(zh("{pinyin shan4|单}位{ticket}"), "单"), ["shan4"]);
    assert_eq!(sounds(filled(Language::En, "{say shahn|Shan} {ticket}"), "Shan"), ["shahn"]);
    assert_eq!(sounds(filled(Language::En, "{say /ʃˈæn/|Shan} {ticket}"), "Shan"), ["/ʃˈæn/"]);
}

#[test]
fn a_section_is_said_only_with_all_its_values() {
    let template =
        Template::parse(Language::Zh, "请{ticket}[{name}女士]到[{floor}的]{place}[，{direction}]").expect("right");
    let text = |announcement: &Announcement| {
        phrase::call(announcement, &template, &Manner::default()).expect("it can be said").text()
    };
    assert_eq!(text(&call()), "请 A 零一二号到二楼的三号窗口，左转");
    let mut bare = call();
    let place = bare.place.as_mut().expect("a place");
    (place.floor, place.direction) = (Some(" ".into()), Some(Direction::default()));
    assert_eq!(text(&bare), "请 A 零一二号到三号窗口");
    // Without any counter nothing is said of one.
    bare.place = None;
    assert_eq!(text(&bare), "请 A 零一二号");
}

#[test]
fn words_go_with_the_variable_that_follows() {
    let abouts = |template: &str| -> Vec<(About, String)> {
        let of = |part: &phrase::Part| part.words.iter().map(|word| word.text.as_str()).collect::<String>();
        zh(template).parts.iter().map(|part| (part.about, of(part))).collect()
    };
    assert_eq!(
        abouts("您好，请{ticket}到{place}办理"),
        [(About::Ticket, "您好请A零一二号".into()), (About::Place, "到三号窗口办理".into())]
    );
    assert_eq!(
        abouts("到{place}，请{ticket}，谢谢"),
        [(About::Place, "到三号窗口".into()), (About::Ticket, "请A零一二号谢谢".into())]
    );
}

#[test]
fn pieces_are_public_for_a_preview() {
    let template = Template::parse(Language::Zh, "请{ticket}").expect("right");
    assert_eq!(template.pieces[0], Piece::Text("请".into()));
}

#[test]
fn what_a_variable_says_already_is_not_said_twice() {
    assert_eq!(zh("请{ticket}号到{place}窗口办理").text(), "请 A 零一二号到三号窗口办理");
    assert_eq!(zh("请{ticket}，号").text(), "请 A 零一二号，号");
}
