//! Free text as it is spoken: broadcasts, and what a page shows.

use audio::Language;
use audio::phrase::{self, Overrides, Phrase, Unsayable};

fn free(text: &str, language: Language) -> Phrase {
    phrase::free(text, language, &Overrides::default()).unwrap_or_else(|why| panic!("{text}: {why}"))
}

fn all(language: Language, cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, spoken)| (text, free(text, language).text(), spoken))
        .filter(|(_, said, spoken)| said != *spoken)
        .map(|(text, said, spoken)| format!("{text}\n  said     {said}\n  expected {spoken}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn numbers_in_chinese() {
    all(
        Language::Zh,
        &[
            // 26 of the table, and what is not counted
            ("2位", "两位"),
            ("请2位到2楼2号窗口", "请两位到二楼二号窗口"),
            ("还有12位、20位、102位", "还有十二位、二十位、一百零二位"),
            ("2000人 20000元", "两千人两万元"),
            ("200人", "二百人"),
            ("第2位", "第二位"),
            ("2个小时2分钟", "两个小时两分钟"),
            // Dates and times
            ("2026年11月22日", "二零二六年十一月二十二日"),
            ("2026-11-22", "二零二六年十一月二十二日"),
            ("2月2日", "二月二日"),
            ("12:30", "十二点三十分"),
            ("上午9:05", "上午九点零五分"),
            ("下午2:00", "下午两点"),
            ("9:00-17:00", "九点到十七点"),
            ("8：30～11：30", "八点三十分到十一点三十分"),
            ("2点半", "两点半"),
            ("5月1日-5月3日", "五月一日到五月三日"),
            ("周一~周五", "周一到周五"),
            // Decimals, percent, money
            ("3.5", "三点五"),
            ("50%", "百分之五十"),
            ("3.5％", "百分之三点五"),
            ("1/2", "二分之一"),
            ("¥50", "五十元"),
            ("¥12.50/次", "十二点五元每次"),
            ("￥3.50元", "三点五元"),
            ("1,000元", "一千元"),
            ("$20", "二十美元"),
            ("-5℃", "零下五摄氏度"),
            ("2kg", "两公斤"),
            // Doors and codes
            ("A012", "A 零一二"),
            ("请A012号到3号窗口", "请 A 零一二号到三号窗口"),
            ("A-012", "A 零一二"),
            ("302室", "三零二室"),
            ("B1层", "地下一层"),
            ("No.12", "十二"),
            ("101号窗口", "一零一号窗口"),
            ("到A12号窗口", "到 A 十二号窗口"),
            ("3-5号窗口", "三到五号窗口"),
            ("伍号", "五号"),
            ("伍先生", "伍先生"),
            ("壹佰贰拾元", "一百二十元"),
            ("007", "零零七"),
            ("123456789012345678901", "一二三四五六七八九零一二三四五六七八九零一"),
            // Telephones
            ("电话010-12345678", "电话零幺零、幺二三四五六七八"),
            ("请拨打12345", "请拨打幺二三四五"),
            ("拨打110", "拨打幺幺零"),
            ("手机13800138000", "手机幺三八零零幺三八零零零"),
        ],
    );
}

#[test]
fn numbers_in_english() {
    all(
        Language::En,
        &[
            ("2 people", "two people"),
            ("Counter 12 on the 2nd floor", "Counter twelve on the second floor"),
            ("Room 302", "Room three zero two"),
            ("Ticket A012 to counter A3", "Ticket A zero one two to counter A three"),
            ("A-012", "A zero one two"),
            ("at 12:30", "at twelve thirty"),
            ("at 9:05", "at nine zero five"),
            ("at 8:00", "at eight o'clock"),
            ("8:30 a.m. to 5 pm", "eight thirty A M to five P M"),
            ("9:00-17:00", "nine o'clock to seventeen hundred"),
            ("November 22, 2026", "November twenty two, twenty twenty six"),
            ("2026-11-22", "November twenty second, twenty twenty six"),
            ("in 2006", "in two thousand and six"),
            ("3.5", "three point five"),
            ("50%", "fifty percent"),
            ("1/2", "one half"),
            ("3/4", "three quarters"),
            ("$20", "twenty dollars"),
            ("¥3.50", "three point five yuan"),
            ("1,012 visitors", "one thousand and twelve visitors"),
            ("call 12345", "call one two three four five"),
            ("010-12345678", "zero one zero, one two three four five six seven eight"),
            ("007", "zero zero seven"),
            ("No. 12", "number twelve"),
            ("$1,299.50", "one thousand two hundred and ninety nine point five dollars"),
            ("-5°C", "minus five degrees"),
            ("2 kg", "two kilograms"),
        ],
    );
}

#[test]
fn words_and_marks() {
    all(
        Language::Zh,
        &[
            ("各位市民，请注意！", "各位市民，请注意！"),
            ("请带好：身份证、户口本；谢谢。", "请带好：身份证、户口本；谢谢。"),
            ("🎉请\u{202e}注意\u{0}\u{7}（重要）🎫", "请注意重要"),
            ("第一行\n第二行", "第一行。第二行"),
            ("ATM机 B超 VIP室", "A T M 机 B 超 V I P 室"),
            ("wifi密码", "wifi 密码"),
            ("gov.cn", "gov 点 cn"),
        ],
    );
    all(
        Language::En,
        &[
            ("Dear visitors, please wait. Thank you!", "Dear visitors, please wait. Thank you!"),
            ("Mr. Li and Dr. Wang", "Mr Li and Dr Wang"),
            ("The VIP lounge, Hall B & ATM", "The V I P lounge, Hall B and A T M"),
            ("PLEASE WAIT", "PLEASE WAIT"),
            ("A visitor's child - don’t worry", "A visitor's child, don't worry"),
            ("I'm in Hall A", "I'm in Hall A"),
        ],
    );
}

#[test]
fn each_language_is_a_part_of_its_own() {
    let parts = |text: &str, language| -> Vec<(Language, String)> {
        let text_of =
            |part: &phrase::Part| part.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        free(text, language).parts.iter().map(|part| (part.language, text_of(part))).collect()
    };
    assert_eq!(
        parts("请到Starbucks旁边", Language::Zh),
        [(Language::Zh, "请 到".into()), (Language::En, "Starbucks".into()), (Language::Zh, "旁边".into())]
    );
    assert_eq!(
        parts("Please go to 综合窗口 3", Language::En),
        [(Language::En, "Please go to".into()), (Language::Zh, "综合窗口".into()), (Language::En, "three".into())]
    );
}

#[test]
fn polyphones_are_told_apart_by_their_words() {
    let sounds = |text: &str| {
        let words = free(text, Language::Zh).parts.into_iter().flat_map(|part| part.words);
        words.flat_map(|word| word.sounds).collect::<Vec<_>>().join(" ")
    };
    for (text, pinyin) in [
        ("单号", "dan1 hao4"),
        ("单县", "shan4 xian4"),
        ("重庆", "chong2 qing4"),
        ("重要", "zhong4 yao4"),
        ("银行行长", "yin2 hang2 hang2 zhang3"),
        ("行政服务", "xing2 zheng4 fu2 wu4"),
        ("长期", "chang2 qi1"),
        ("校长", "xiao4 zhang3"),
        ("音乐", "yin1 yue4"),
        ("还款", "huan2 kuan3"),
        ("还有", "hai2 you3"),
        ("厦门大厦", "xia4 men2 da4 sha4"),
        ("调解", "tiao2 jie3"),
        ("调查", "diao4 cha2"),
        ("出差", "chu1 chai1"),
        ("应该应用", "ying1 gai1 ying4 yong4"),
    ] {
        assert_eq!(sounds(text), pinyin, "{text}");
    }
    let mut own = Overrides::default();
    own.add_word("单号", "shan4 hao4").expect("two syllables");
    let said = phrase::free("单号", Language::Zh, &own).expect("it can be said");
    assert_eq!(said.parts[0].words[0].sounds, ["shan4", "hao4"]);
}

#[test]
fn what_cannot_be_said_is_told() {
    let long = phrase::free(&"一".repeat(10_000), Language::Zh, &Overrides::default());
    assert_eq!(long, Err(Unsayable::TooLong { chars: 10_000, most: 500 }));
    assert_eq!(long.expect_err("too long").to_string(), "10000 characters are too many to be said: at most 500");
    for empty in ["", "   ", "🎉🎫", "\u{0}\u{1b}[", "！？。", "()"] {
        assert_eq!(phrase::free(empty, Language::Zh, &Overrides::default()), Err(Unsayable::Nothing), "{empty:?}");
    }
}
