//! The sentences that a bank is cut from: whole calls, planned so that few of them hold much.
//!
//! A hundred calls of each language hold every pair of first and second digit, every pair of last digits, every letter about
//! four times, and in Chinese every counter from 1 to 99. Shorter lists hold longer numbers, whole numbers, floors and the
//! words around.

use audio::announcement::Place;
use audio::phrase::{self, Digits, Manner, One, Part};
use audio::template::{Template, default_text};
use audio::{Announcement, Kind, Language};

/// As many calls are rendered of each language: as many as there are pairs of digits.
const CALLS: u32 = 100;

/// A sentence, as parts.
pub type Sentence = Vec<Part>;

/// All sentences of a language.
pub fn all(language: Language) -> Result<Vec<Sentence>, String> {
    let mut sentences = texts(language).iter().map(|text| free(language, text)).collect::<Result<Vec<_>, _>>()?;
    sentences.extend(places(language)?);
    sentences.extend(whole_numbers(language)?);
    sentences.extend(long_numbers(language)?);
    // In an order in which any first part of them is already a fair choice.
    let manner = Manner::default();
    for (ticket, counter) in calls(language) {
        sentences.push(several(language, &[&ticket], &counter.to_string(), &manner)?);
    }
    Ok(sentences)
}

/// Tickets and counters: all letters, all pairs of digits, and every word of a counter.
fn calls(language: Language) -> Vec<(String, u32)> {
    match language {
        Language::Zh => {
            (0..CALLS).map(|n| n * 37 % 100).map(|n| (ticket((n * 7 + n / 26) % 26, n), n.max(1))).collect()
        }
        Language::En => (0..CALLS).map(|n| (ticket(n % 26, n * 27 % 100), english_counter(n + 1))).collect(),
    }
}

/// A letter by its number, then digits f, t and u, of which (f, t) and (t, u) each take all values in a hundred calls.
fn ticket(letter: u32, n: u32) -> String {
    let (tens, ones) = (n / 10, n % 10);
    let letter = char::from(b'A' + u8::try_from(letter).unwrap_or(0));
    format!("{letter}{}{tens}{ones}", (tens + ones) % 10)
}

/// 1 to 20, the other tens, then numbers of two words.
fn english_counter(n: u32) -> u32 {
    match n {
        1..=20 => n,
        21..=27 => (n - 18) * 10,
        _ => n * 37 % 80 + 20,
    }
}

/// Four digits without a letter, single digits, several letters; in Chinese 1 as 幺 too. Several tickets a sentence.
fn long_numbers(language: Language) -> Result<Vec<Sentence>, String> {
    let plain = Manner::default();
    let lists: [&[&str]; 5] = [
        &["0316", "1427", "2538"],
        &["6972", "7083", "8194"],
        &["1", "2", "3", "4", "5"],
        &["6", "7", "8", "9", "0"],
        &["AB12", "VIP08", "HJ6", "XZ90"],
    ];
    // English words stand apart: what the calls hold of them is enough.
    let lists = if language == Language::Zh { &lists[..] } else { &lists[4..] };
    let mut sentences =
        lists.iter().map(|tickets| several(language, tickets, "3", &plain)).collect::<Result<Vec<_>, _>>()?;
    sentences.push(call(language, "10", "A3", &plain)?);
    if language == Language::Zh {
        let yao = Manner { one: One::Yao, ..Manner::default() };
        for tickets in [["A101", "B121", "C113"], ["D511", "E161", "F711"], ["G819", "A1", "1411"]] {
            sentences.push(several(language, &tickets, "1", &yao)?);
        }
    }
    Ok(sentences)
}

fn whole_numbers(language: Language) -> Result<Vec<Sentence>, String> {
    let manner = Manner { digits: Digits::Cardinal, ..Manner::default() };
    let lists: [&[&str]; 5] = [
        &["A100", "B200", "C308", "D410"],
        &["E512", "F623", "G734", "H845"],
        &["J956", "K167", "L278", "M389"],
        &["N1000", "P2012", "Q3103", "R4250"],
        &["X19", "Y17", "Z14", "A13", "B15"],
    ];
    let lists = if language == Language::Zh { &lists[..] } else { &[&["B200", "C308", "N1000"][..]] };
    lists.iter().map(|tickets| several(language, tickets, "5", &manner)).collect()
}

/// Rooms with three digits, other words after a counter's number, floors.
fn places(language: Language) -> Result<Vec<Sentence>, String> {
    let words = [
        ("号窗口", "window"),
        ("诊室", "room"),
        ("号诊室", ""),
        ("号柜台", ""),
        ("号台", ""),
        ("室", ""),
        ("号房间", ""),
        ("号桌", ""),
    ];
    let template = match language {
        Language::Zh => "请{ticket}到[{floor}]{place}",
        Language::En => "Number {ticket}, please proceed to {place}[ on {floor}]",
    };
    let mut sentences = Vec::new();
    for (n, (word, word_en)) in (0u32..).zip(words) {
        if language == Language::En && word_en.is_empty() {
            continue;
        }
        let mut place = place(&format!("{}0{}", n + 1, (n + 4) % 10), word, word_en);
        place.floor = Some(if n == 3 { "B1".into() } else { (n + 1).to_string() });
        sentences.push(fill(language, template, &[&format!("{}5", n + 1)], Some(place), &Manner::default())?);
    }
    Ok(sentences)
}

/// Sentences without any number, and lists of words that stand nowhere else.
fn texts(language: Language) -> &'static [&'static str] {
    match language {
        Language::Zh => &[
            "请到屏幕显示的窗口。",
            "请到屏幕显示的窗口办理业务。",
            "请到综合窗口办理业务。",
            "请到服务台。",
            "请到导诊台。",
            "请到大厅就诊。",
            "再次呼叫，请一零五号到三号窗口。",
            "您的号已过号，请联系工作人员。",
            "请先生到三号窗口，请女士到五号窗口。",
            "左转，右转，直走，上楼，下楼。",
            "请乘电梯上楼，左转。",
            "请乘电梯下楼，右转。",
            "请到前方左侧，请到前方右侧。",
            "请到二号楼大厅，请到三号位。",
            "请到号柜台，请到号台，请到号室，请到号房，请到号位，请到号厅。",
            "楼，层，地下一层，底层，台，室，厅，房间，柜台，诊室，窗口。",
            "请注意，请您准备，谢谢您的配合。",
            "请到前方，请排队等候。",
        ],
        Language::En => &[
            "Please proceed to the counter shown on screen.",
            "Please proceed to the window shown on screen.",
            "Please proceed to the room shown on screen.",
            "Please proceed to the desk shown on screen.",
            "Please proceed to reception.",
            "Please proceed to the information desk in the hall.",
            "Please go to counter three, window five, room two, desk one, booth four.",
            "Numbers two and three, please proceed to counter five.",
            "Second call. Number five, please proceed to counter three.",
            "Number five, you have missed your call, please speak to a member of staff.",
            "Please turn left. Please turn right. Please go straight ahead.",
            "Please take the lift upstairs, then turn left.",
            "Please take the elevator downstairs, then turn right.",
            "Please go to the second building, at the service desk, on the ground floor, on basement level two.",
            "On the first floor, on the second floor, on the third floor, on the fourth floor, on the fifth floor.",
            "On the sixth floor, on the seventh floor, on the eighth floor, on the ninth floor, on the tenth floor.",
            "On the eleventh floor, on the twelfth floor, on the thirteenth floor, on the fourteenth floor.",
            "On the fifteenth floor, on the sixteenth floor, on the seventeenth floor.",
            "On the eighteenth floor, on the nineteenth floor.",
            "Attention please, thank you for waiting.",
            "Mr, Ms, number, service, information, please wait.",
        ],
    }
}

fn call(language: Language, ticket: &str, counter: &str, manner: &Manner) -> Result<Sentence, String> {
    several(language, &[ticket], counter, manner)
}

fn several(language: Language, tickets: &[&str], counter: &str, manner: &Manner) -> Result<Sentence, String> {
    fill(language, default_text(language, Kind::Call), tickets, Some(place(counter, "号窗口", "counter")), manner)
}

fn place(label: &str, word: &str, word_en: &str) -> Place {
    Place {
        label: label.into(),
        word: word.into(),
        word_en: word_en.into(),
        label_en: None,
        floor: None,
        direction: None,
    }
}

fn fill(
    language: Language,
    template: &str,
    tickets: &[&str],
    place: Option<Place>,
    manner: &Manner,
) -> Result<Sentence, String> {
    let template = Template::parse(language, template).map_err(|error| error.to_string())?;
    let announcement = Announcement {
        kind: Kind::Call,
        tickets: tickets.iter().map(|ticket| (*ticket).into()).collect(),
        place,
        name: None,
    };
    phrase::call(&announcement, &template, manner)
        .map(|phrase| phrase.parts)
        .map_err(|error| format!("{tickets:?}: {error}"))
}

fn free(language: Language, text: &str) -> Result<Sentence, String> {
    let phrase = phrase::free(text, language, &phrase::Overrides::default());
    phrase.map(|phrase| phrase.parts).map_err(|error| format!("{text}: {error}"))
}
