//! All the words that a call can have with our own templates and the usual counters: what a bank of clips must hold.
//!
//! Numbers from 0 to 9,999, letters A to Z, and the words around them. Names, named counters and directions are open.

use super::manner::Overrides;
use super::number::{ENGLISH, TENS};
use super::{Role, Spot, Word, lexicon, mandarin};
use crate::announcement::Language;

/// Chinese words: carriers, what stands after a counter's number, floors, forms of address.
const ZH: [&str; 49] = [
    "请",
    "号",
    "到",
    "再次呼叫",
    "已",
    "过号",
    "联系",
    "工作人员",
    "先生",
    "女士",
    "号窗口",
    "窗口",
    "号诊室",
    "诊室",
    "号柜台",
    "柜台",
    "号室",
    "室",
    "号台",
    "台",
    "号房间",
    "房间",
    "号房",
    "号楼",
    "号厅",
    "厅",
    "号位",
    "号桌",
    "楼",
    "层",
    "地下",
    "底层",
    "大厅",
    "左转",
    "右转",
    "直走",
    "左侧",
    "右侧",
    "前方",
    "上楼",
    "下楼",
    "乘",
    "电梯",
    "综合",
    "综合窗口",
    "服务台",
    "办理",
    "业务",
    "就诊",
];
/// The signs of whole Chinese numbers.
const ZH_NUMBERS: [&str; 12] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千"];
/// The same when digits are read one by one.
const ZH_DIGITS: [&str; 11] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "幺"];
/// English words.
const EN: [&str; 49] = [
    "Number",
    "Numbers",
    "please",
    "proceed",
    "to",
    "and",
    "counter",
    "window",
    "room",
    "desk",
    "booth",
    "the",
    "shown",
    "on",
    "screen",
    "floor",
    "ground",
    "basement",
    "level",
    "you",
    "have",
    "missed",
    "your",
    "call",
    "speak",
    "a",
    "member",
    "of",
    "staff",
    "Second",
    "Mr",
    "Ms",
    "turn",
    "left",
    "right",
    "go",
    "straight",
    "ahead",
    "upstairs",
    "downstairs",
    "take",
    "lift",
    "elevator",
    "hall",
    "building",
    "reception",
    "information",
    "at",
    "service",
];
/// The words of English floors and of numbers above ninety-nine.
const EN_NUMBERS: [&str; 22] = [
    "hundred",
    "thousand",
    "and",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];
const SPOTS: [Spot; 4] = [Spot::First, Spot::Middle, Spot::Last, Spot::Only];

/// Every word of a call, once for each role that it can have: digits in all four spots.
pub fn vocabulary(language: Language) -> Vec<Word> {
    match language {
        Language::Zh => zh(),
        Language::En => en(),
    }
}

fn zh() -> Vec<Word> {
    let overrides = Overrides::default();
    let plain = ZH.iter().flat_map(|text| lexicon::words(text, &overrides));
    let digits = ZH_DIGITS.iter().flat_map(|text| SPOTS.map(|spot| lexicon::word(text, Role::Digit(spot))));
    let numbers = ["零"].iter().chain(&ZH_NUMBERS).map(|text| lexicon::word(text, Role::Number));
    let letters = ('A'..='Z').map(|letter| mandarin::letter(letter).word);
    plain.chain(digits).chain(numbers).chain(letters).collect()
}

fn en() -> Vec<Word> {
    let plain = EN.iter().map(|text| Word::plain(*text));
    let with = |role| move |text: &&str| Word { role, ..Word::plain(*text) };
    let digits = ENGLISH[..10].iter().flat_map(|text| SPOTS.map(|spot| with(Role::Digit(spot))(text)));
    let numbers = ENGLISH[1..].iter().chain(&TENS[2..]).chain(&EN_NUMBERS).map(with(Role::Number));
    let letters = ('A'..='Z').map(Word::letter);
    plain.chain(digits).chain(numbers).chain(letters).collect()
}
