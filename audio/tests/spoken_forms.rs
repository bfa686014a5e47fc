//! The spoken form of every kind of call, case by case as the table of spoken forms numbers them.

use audio::announcement::{Address, Direction, Name, Place};
use audio::phrase::{self, Digits, Manner, Names, One, Overrides, Phrase, Role, phonemes};
use audio::{Announcement, Kind, Language, Template};

/// A call of `tickets` (with commas between) to a counter.
fn to(tickets: &str, label: &str) -> Announcement {
    let place = Place {
        label: label.into(),
        word: "号窗口".into(),
        word_en: "counter".into(),
        label_en: None,
        floor: None,
        direction: None,
    };
    Announcement {
        kind: Kind::Call,
        tickets: tickets.split(',').map(str::to_owned).collect(),
        place: Some(place),
        name: None,
    }
}

fn phrase(announcement: &Announcement, language: Language, manner: &Manner) -> Phrase {
    phrase::call(announcement, &Template::standard(language, announcement.kind), manner).expect("it can be said")
}

fn manner() -> Manner {
    Manner::default()
}

/// Both languages of a call; every digit, letter, number and Chinese word of it has phonemes.
fn says(announcement: Announcement, manner: &Manner, zh: &str, en: &str) {
    for (language, text) in [(Language::Zh, zh), (Language::En, en)] {
        let phrase = phrase(&announcement, language, manner);
        assert_eq!(phrase.text(), text);
        for word in phrase.parts.iter().flat_map(|part| &part.words) {
            let is_open = language == Language::En && word.role == Role::Plain;
            assert!(is_open || phonemes::word(word, language).is_some_and(|it| !it.is_empty()), "{word:?}");
        }
    }
}

/// A ticket alone, as it is said at the usual counter.
fn ticket(ticket: &str, manner: &Manner, zh: &str, en: &str) {
    says(
        to(ticket, "3"),
        manner,
        &format!("请{zh}到三号窗口"),
        &format!("Number {en}, please proceed to counter three"),
    );
}

/// A counter alone, as A012 is called to it.
fn counter(announcement: Announcement, zh: &str, en: &str) {
    says(
        announcement,
        &manner(),
        &format!("请 A 零一二号到{zh}"),
        &format!("Number A zero one two, please proceed to {en}"),
    );
}

#[test]
fn cases_1_to_19_tickets() {
    let each = manner();
    let yao = Manner { one: One::Yao, ..manner() };
    let cardinal = Manner { digits: Digits::Cardinal, ..manner() };
    // 1 to 6
    ticket("A012", &each, " A 零一二号", "A zero one two");
    ticket("A012", &yao, " A 零幺二号", "A zero one two");
    ticket("A111", &yao, " A 幺幺幺号", "A one one one");
    ticket("A111", &each, " A 一一一号", "A one one one");
    ticket("B257", &each, " B 二五七号", "B two five seven");
    ticket("A100", &each, " A 一零零号", "A one zero zero");
    // 7 to 12
    ticket("A100", &cardinal, " A 一百号", "A one hundred");
    ticket("A108", &cardinal, " A 一百零八号", "A one hundred and eight");
    ticket("A110", &cardinal, " A 一百一十号", "A one hundred and ten");
    ticket("12", &cardinal, "十二号", "twelve");
    ticket("20", &cardinal, "二十号", "twenty");
    ticket("2", &cardinal, "二号", "two");
    // 13 to 19
    ticket("1012", &each, "一零一二号", "one zero one two");
    ticket("1012", &cardinal, "一千零一十二号", "one thousand and twelve");
    ticket("0007", &each, "零零零七号", "zero zero zero seven");
    ticket("A000", &each, " A 零零零号", "A zero zero zero");
    ticket("AB12", &each, " A B 一二号", "A B one two");
    for typed in ["A-012", "a012", "Ａ０１２"] {
        ticket(typed, &each, " A 零一二号", "A zero one two");
    }
}

#[test]
fn cases_20_to_25_counters_and_floors() {
    let named = |label: &str, word: &str, word_en: &str| {
        let mut call = to("A012", label);
        if let Some(place) = &mut call.place {
            (place.word, place.word_en) = (word.into(), word_en.into());
        }
        call
    };
    // 20 to 23
    counter(to("A012", "1"), "一号窗口", "counter one");
    counter(to("A012", "12"), "十二号窗口", "counter twelve");
    counter(to("A012", "101"), "一零一号窗口", "counter one zero one");
    counter(named("302", "诊室", "room"), "三零二诊室", "room three zero two");
    counter(to("A012", "A3"), " A 三号窗口", "counter A three");
    // A sign with a dash names no counter thirty-two.
    counter(to("A012", "3-2"), "三二号窗口", "counter three two");
    counter(to("A012", "2-12"), "二十二号窗口", "counter two twelve");
    // 1 among a counter's digits is 一 even where tickets say 幺.
    let yao = Manner { one: One::Yao, ..manner() };
    assert_eq!(phrase(&to("A1", "101"), Language::Zh, &yao).text(), "请 A 幺号到一零一号窗口");
    counter(named("VIP", "号窗口", "counter"), " V I P 窗口", "counter V I P");
    counter(to("A012", "A"), " A 号窗口", "counter A");
    // 24
    let general = named("综合窗口", "号窗口", "counter");
    counter(general.clone(), "综合窗口", "the counter shown on screen");
    // A sign with nothing on it that can be said
    counter(named("🎫", "号窗口", "counter"), "屏幕显示的窗口", "the counter shown on screen");
    let mut configured = general;
    configured.place.as_mut().expect("a place").label_en = Some("the general counter".into());
    counter(configured, "综合窗口", "the general counter");
    // 25
    let on = |floor: &str| {
        let mut call = to("A012", "3");
        call.place.as_mut().expect("a place").floor = Some(floor.into());
        call
    };
    counter(on("3"), "三楼三号窗口", "counter three on the third floor");
    counter(on("2楼"), "二楼三号窗口", "counter three on the second floor");
    counter(on("B1"), "地下一层三号窗口", "counter three on basement level one");
    let mut turn = on("2");
    turn.place.as_mut().expect("a place").direction =
        Some(Direction { zh: "上楼左转".into(), en: "turn left at the lift".into() });
    counter(turn, "二楼三号窗口，上楼左转", "counter three on the second floor, turn left at the lift");
}

#[test]
fn case_26_what_is_counted_in_free_text() {
    let free = |text, language| phrase::free(text, language, &Overrides::default()).expect("it can be said").text();
    assert_eq!(free("前面还有2位", Language::Zh), "前面还有两位");
    assert_eq!(free("2 people are before you", Language::En), "two people are before you");
}

#[test]
fn cases_27_and_28_several_tickets_and_recalls() {
    // 27
    says(
        to("A012,A013", "3"),
        &manner(),
        "请 A 零一二号、A 零一三号到三号窗口",
        "Numbers A zero one two and A zero one three, please proceed to counter three",
    );
    says(
        to("A1,A2,A3", "3"),
        &manner(),
        "请 A 一号、A 二号、A 三号到三号窗口",
        "Numbers A one, A two and A three, please proceed to counter three",
    );
    // 28
    let recall = Announcement { kind: Kind::Recall, ..to("A012", "3") };
    counter(recall.clone(), "三号窗口", "counter three");
    let again = Manner { again: true, ..manner() };
    says(
        recall,
        &again,
        "再次呼叫，请 A 零一二号到三号窗口",
        "Second call. Number A zero one two, please proceed to counter three",
    );
    let missed = Announcement { kind: Kind::Missed, place: None, ..to("A012", "3") };
    says(
        missed,
        &manner(),
        "A 零一二号已过号，请联系工作人员",
        "Number A zero one two, you have missed your call, please speak to a member of staff",
    );
}

/// A012 of a visitor, called to counter 3.
fn of(written: &str, pinyin: Option<&str>, address: Option<Address>) -> Announcement {
    let name = Name { written: written.into(), pinyin: pinyin.map(str::to_owned), address };
    Announcement { name: Some(name), ..to("A012", "3") }
}

/// The name as it is said: its words, and its syllables in Chinese.
fn said_name(announcement: &Announcement, manner: &Manner) -> (String, String, String) {
    let words = |language| {
        let parts = phrase(announcement, language, manner).parts;
        let words = parts.into_iter().flat_map(|part| part.words);
        words.filter(|word| word.role == Role::Name).collect::<Vec<_>>()
    };
    let zh = words(Language::Zh);
    let syllables: Vec<String> = zh.iter().flat_map(|word| word.sounds.clone()).collect();
    let en: Vec<String> = words(Language::En).into_iter().map(|word| word.text).collect();
    (zh.into_iter().map(|word| word.text).collect(), syllables.join(" "), en.join(" "))
}

fn name_is(announcement: Announcement, names: Names, zh: &str, pinyin: &str, en: &str) {
    let manner = Manner { names, ..manner() };
    let (said, syllables, english) = said_name(&announcement, &manner);
    assert_eq!((said.as_str(), syllables.as_str(), english.as_str()), (zh, pinyin, en), "{announcement:?}");
}

const MR: Option<Address> = Some(Address::Mr);
const MS: Option<Address> = Some(Address::Ms);

#[test]
fn cases_29_to_36_surnames() {
    let surname = |written: &str, pinyin: &str, en: &str| {
        let zh = |address: &str| format!("{written}{address}");
        name_is(
            of(&format!("{written}伟"), None, MR),
            Names::Surname,
            &zh("先生"),
            &format!("{pinyin} xian1 sheng5"),
            &format!("Mr {en}"),
        );
        name_is(
            of(&format!("{written}伟"), None, MS),
            Names::Surname,
            &zh("女士"),
            &format!("{pinyin} nü3 shi4"),
            &format!("Ms {en}"),
        );
    };
    // 29 to 32
    surname("单", "shan4", "Shan");
    surname("仇", "qiu2", "Qiu");
    surname("区", "ou1", "Ou");
    surname("解", "xie4", "Xie");
    // 33
    surname("曾", "zeng1", "Zeng");
    surname("查", "zha1", "Zha");
    surname("华", "hua4", "Hua");
    surname("任", "ren2", "Ren");
    // 34
    surname("朴", "piao2", "Piao");
    surname("燕", "yan1", "Yan");
    surname("翟", "zhai2", "Zhai");
    surname("缪", "miao4", "Miao");
    surname("那", "na1", "Na");
    // 35
    surname("尉迟", "yu4 chi2", "Yuchi");
    surname("万俟", "mo4 qi2", "Moqi");
    surname("欧阳", "ou1 yang2", "Ouyang");
    surname("吕", "lü3", "Lyu");
    // 36: the table's reading, until the hall says otherwise.
    for (written, table, english, other, other_english) in [
        ("盖", "ge3", "Ge", "gai4", "Gai"),
        ("乐", "yue4", "Yue", "le4", "Le"),
        ("宁", "ning2", "Ning", "ning4", "Ning"),
        ("覃", "qin2", "Qin", "tan2", "Tan"),
    ] {
        surname(written, table, english);
        let mut own = Manner { names: Names::Surname, ..manner() };
        own.overrides.add_surname(written, other).expect("one syllable");
        let (_, syllables, en) = said_name(&of(&format!("{written}伟"), None, MR), &own);
        assert_eq!((syllables, en), (format!("{other} xian1 sheng5"), format!("Mr {other_english}")));
        // The visitor's own pinyin wins over both.
        let (_, syllables, _) = said_name(&of(&format!("{written}伟"), Some(&format!("{table} wei3")), MR), &own);
        assert_eq!(syllables, format!("{table} xian1 sheng5"));
    }
}

#[test]
fn case_37_a_whole_name_with_its_own_pinyin() {
    name_is(of("单单单", Some("shan4 dan1 dan1"), None), Names::Whole, "单单单", "shan4 dan1 dan1", "Shan Dandan");
    name_is(of("单单单", None, None), Names::Whole, "单单单", "shan4 dan1 dan1", "Shan Dandan");
    // Pinyin that does not fit the name is no pinyin.
    name_is(of("单单单", Some("shan4"), MS), Names::Whole, "单单单女士", "shan4 dan1 dan1 nü3 shi4", "Ms Shan Dandan");
}

#[test]
fn cases_38_and_39_masked_names_and_sensitive_matters() {
    for masked in ["王*明", "王**", "王＊", "王某某", "王●明"] {
        for names in [Names::Surname, Names::Whole] {
            name_is(of(masked, None, MR), names, "王先生", "wang2 xian1 sheng5", "Mr Wang");
            name_is(of(masked, None, None), names, "", "", "");
        }
    }
    name_is(of("*明", None, MR), Names::Whole, "", "", "");
    // A sign that nobody knows the sound of is as good as masked; with pinyin it is said.
    name_is(of("王\u{2CEB0}明", None, MR), Names::Whole, "王先生", "wang2 xian1 sheng5", "Mr Wang");
    let written = "王\u{2CEB0}明";
    name_is(of(written, Some("wang2 xin1 ming2"), None), Names::Whole, written, "wang2 xin1 ming2", "Wang Xinming");
    name_is(of("王Bob", None, MR), Names::Whole, "王先生", "wang2 xian1 sheng5", "Mr Wang");
    name_is(of("***", None, MS), Names::Whole, "", "", "");
    name_is(of("王明", None, None), Names::Surname, "", "", "");
    name_is(of("王明", None, MR), Names::None, "", "", "");
    // 39
    let sensitive = Manner { names: Names::Whole, sensitive: true, ..manner() };
    says(
        of("王明", None, MR),
        &sensitive,
        "请 A 零一二号到三号窗口",
        "Number A zero one two, please proceed to counter three",
    );
}

#[test]
fn cases_40_and_41_latin_and_dotted_names() {
    // 40
    name_is(of("LI Ming", None, MR), Names::Whole, "", "", "Mr LI Ming");
    name_is(of("LI Ming", None, MR), Names::Surname, "", "", "Mr LI");
    name_is(of("LI Ming", Some("li3 ming2"), None), Names::Whole, "LIMing", "li3 ming2", "LI Ming");
    name_is(of("LI Ming", Some("li3 ming2"), MR), Names::Surname, "LI先生", "li3 xian1 sheng5", "Mr LI");
    // Without capitals nobody knows which of the two is the surname.
    name_is(of("Li Ming", None, MR), Names::Surname, "", "", "");
    // 41
    let whole = Manner { names: Names::Whole, ..manner() };
    let call = of("买买提·艾力", None, None);
    name_is(call.clone(), Names::Whole, "买买提艾力", "mai3 mai3 ti2 ai4 li4", "Maimaiti Aili");
    let words = phrase(&call, Language::Zh, &whole).parts.swap_remove(0).words;
    let first = words.iter().find(|word| word.role == Role::Name).expect("a name");
    assert_eq!((first.text.as_str(), first.pause_ms), ("买买提", 120));
    name_is(of("买买提·艾力", None, MR), Names::Surname, "买买提先生", "mai3 mai3 ti2 xian1 sheng5", "Mr Maimaiti");
}

#[test]
fn a_name_is_said_after_the_number_and_never_shown() {
    let surname = Manner { names: Names::Surname, ..manner() };
    let call = of("单伟", None, MR);
    says(
        call.clone(),
        &surname,
        "请 A 零一二号单先生到三号窗口",
        "Number A zero one two, Mr Shan, please proceed to counter three",
    );
    let shown = |language| phrase(&call, language, &surname).text_without_name();
    assert_eq!(shown(Language::Zh), "请 A 零一二号到三号窗口");
    assert_eq!(shown(Language::En), "Number A zero one two, please proceed to counter three");
    // A template that calls by name alone: the number where the name may not be said.
    let by_name = Template::parse(Language::Zh, "请{name}到{place}").expect("it is right");
    let said = |call: &Announcement| phrase::call(call, &by_name, &surname).expect("it can be said").text();
    assert_eq!(said(&call), "请单先生到三号窗口");
    assert_eq!(said(&of("**", None, MR)), "请 A 零一二号到三号窗口");
}

#[test]
fn cases_42_to_44_letters_capitals_and_tones() {
    // 42
    for (letter, signs) in
        [('A', "诶"), ('B', "比"), ('C', "西"), ('D', "弟"), ('E', "衣"), ('F', "艾福"), ('H', "艾尺")]
    {
        assert_eq!(phrase::letter_signs(letter), Some(signs));
    }
    let words = phrase(&to("A012", "3"), Language::Zh, &manner()).parts.swap_remove(0).words;
    assert_eq!(
        (words[1].text.as_str(), words[1].role, words[1].sounds.as_slice()),
        ("A", Role::Letter, &["ei1".to_owned()][..])
    );
    // 43
    for label in ["5", "伍", "伍号", "5号", "5号窗口"] {
        counter(to("A012", label), "五号窗口", "counter five");
    }
    // 44: as in a dictionary, whatever follows.
    let place = phrase(&to("A012", "1"), Language::Zh, &manner()).parts.swap_remove(1).words;
    let sounds: Vec<&str> = place.iter().flat_map(|word| &word.sounds).map(String::as_str).collect();
    assert_eq!(sounds, ["dao4", "yi1", "hao4", "chuang1", "kou3"]);
}
