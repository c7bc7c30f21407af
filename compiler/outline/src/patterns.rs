//! The wordings by which bounds, dates and strengths are found.
//!
//! In: nothing. Out: patterns in the order in which they claim a place, each with how its groups are read. Always: searched in folded
//! text, so half-width; of two patterns that fit one place the first here has it.

use crate::mark::value_of;
use crate::meta::month;
use crate::seen::{Amount, What};
use regex_lite::Regex;
use std::sync::LazyLock;

/// A wording.
pub struct Pattern {
    /// What is sought.
    pub regex: Regex,
    /// What its groups say.
    pub read: fn(&[Option<&str>]) -> Option<What>,
}

type Row = (&'static str, fn(&[Option<&str>]) -> Option<What>);

fn build(rows: &[Row], parts: &[(&str, &str)]) -> Vec<Pattern> {
    let built = rows.iter().filter_map(|(text, read)| {
        let text = parts.iter().fold((*text).to_owned(), |text, (name, part)| text.replace(name, part));
        Some(Pattern { regex: Regex::new(&text).ok()?, read: *read })
    });
    built.collect()
}

/// The wordings of Chinese notices.
pub fn chinese() -> &'static [Pattern] {
    static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| build(CHINESE, CHINESE_PARTS));
    &PATTERNS
}

/// The wordings of English notices.
pub fn english() -> &'static [Pattern] {
    static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| build(ENGLISH, ENGLISH_PARTS));
    &PATTERNS
}

const CHINESE_PARTS: &[(&str, &str)] = &[
    ("{N}", r"(\d+(?:\.\d+)?|[一二两三四五六七八九十百千]{1,5})"),
    (
        "{U}",
        r"(个工作日|个百分点|个月|个|名|所|项|人次|人|家|件|份|部|篇|门|组|支|处|座|台|套|万元|亿元|千元|元|平方米|公里|课时|学时|小时|分钟|天|日|年|周岁|岁|分|字|页|MB|G|M|张|位|次|场|倍|%|户|亩|吨|册|本|种|幅|辆|千克|公斤|厘米|毫米|千米|队|班|节|期|学分|轮|棵|只|间|床|条|秒|周|米)?",
    ),
    ("{D}", r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:[上下]午)?(?:\d{1,2}[:时点]\d{0,2}分?)?"),
];

const CHINESE: &[Row] = &[
    (r"(?:自|从|于)?{D}(?:起|开始)?(?:至|到|-|--|—|——|~){D}", |g| {
        let from = date(g.first()?, g.get(1)?, g.get(2)?);
        let to_year = g.get(3)?.or(*g.first()?);
        Some(What::Window { from, to: date(&to_year, g.get(4)?, g.get(5)?) })
    }),
    (r"(?:自|从)?{D}起?(?:施行|执行|实施|生效)", |g| Some(What::Effective { date: date(g.first()?, g.get(1)?, g.get(2)?) })),
    (r"{D}(?:之?前|以前|截止|止|截至)", |g| Some(What::Due { date: date(g.first()?, g.get(1)?, g.get(2)?) })),
    (r"(?:截至|截止(?:时间|日期)?(?:为|是|到|:)?|不晚于|最迟(?:于)?){D}", |g| {
        Some(What::Due { date: date(g.first()?, g.get(1)?, g.get(2)?) })
    }),
    (r"(\d{4})-(\d{1,2})-(\d{1,2})(?:之?前|以前|截止)", |g| Some(What::Due { date: date(g.first()?, g.get(1)?, g.get(2)?) })),
    (r"(?:(\d{4})年)?(\d{1,2})月(?:底|末)?(?:之?前|以前)", |g| {
        let (year, month): (u32, u32) = ((*g.first()?)?.parse().ok()?, (*g.get(1)?)?.parse().ok()?);
        Some(What::Due { date: Some((year, month, last_day(year, month)?)) })
    }),
    (r"\d{1,2}月(?:底|末)?(?:之?前|以前)", |_| Some(What::Due { date: None })),
    (r"(\d{4})年(?:底|末)(?:之?前|以前)?|到(\d{4})年(?:底|末)?", |g| {
        Some(What::Aim { year: g.iter().flatten().next()?.parse().ok()?, bound: None })
    }),
    (r"公示(?:期|时间)?.{0,4}?(?:不少于|不低于|至少|为)?{N}(个工作日|个自然日|天|日)", |g| {
        let days = amount(g.first()?, &None)?;
        Some(What::PublicNotice { days: Some((days, (*g.get(1)?)?.contains("工作"))) })
    }),
    (r"近{N}年|{N}年(?:以?内|以来)", |g| {
        let number = g.iter().flatten().next()?;
        Some(What::LookBack(Amount { number: digits(number)?, unit: "年".into() }))
    }),
    (r"(?:总分|满分)(?:为)?{N}分|{N}分制", |g| {
        Some(What::Score(Amount { number: digits(g.iter().flatten().next()?)?, unit: String::new() }))
    }),
    (r"(?:不少于|不低于|不得低于)[^\d。]{1,12}?(\d+(?:\.\d+)?)%", |g| Some(What::AtLeast(amount(g.first()?, &Some("%"))?))),
    (r"(?:不超过|不高于|不得超过)[^\d。]{1,12}?(\d+(?:\.\d+)?)%", |g| Some(What::AtMost(amount(g.first()?, &Some("%"))?))),
    (r"{N}{U}(?:-|--|—|——|~|至|到){N}{U}", |g| {
        let unit = g.get(3)?.or(*g.get(1)?)?;
        (!["年", "月", "日"].contains(&unit)).then_some(())?;
        Some(What::Between(amount(g.first()?, &Some(unit))?, amount(g.get(2)?, &Some(unit))?))
    }),
    (
        r"(?:不超过|不得超过|不多于|不高于|不大于|不突破|至多|最多(?:可)?(?:推荐|申报|报送)?|限报|限推荐|限额|上限为?|控制在){N}{U}(左右)?",
        |g| {
            let amount = amount(g.first()?, g.get(1)?)?;
            Some(if g.get(2)?.is_some() { What::About(amount) } else { What::AtMost(amount) })
        },
    ),
    (r"{N}{U}(?:以内|之内|及?以下)", |g| Some(What::AtMost(amount(g.first()?, g.get(1)?)?))),
    (r"{N}{U}(?:及?以上|及?其以上)", |g| Some(What::AtLeast(amount(g.first()?, g.get(1)?)?))),
    (r"(?:不少于|不低于|不得少于|不得低于|不小于|至少|最少|达到|推广到|须?满){N}{U}(?:左右)?", |g| {
        Some(What::AtLeast(amount(g.first()?, g.get(1)?)?))
    }),
    (r"{N}{U}左右", |g| Some(What::About(amount(g.first()?, g.get(1)?)?))),
    (r"(?:大约|约){N}{U}", |g| Some(What::About(amount(g.first()?, g.get(1)?)?))),
    (r"(\d+(?:\.\d+)?)%", |g| Some(What::Share(Amount { number: (*g.first()?)?.to_owned(), unit: "%".into() }))),
    (
        r"(?:遴选|评选|设立|支持|建成|立项|组织开展|试点|示范学校|示范区县|名额|奖励|资助|补助|推荐|招聘|录取|选拔){N}{U}",
        |g| {
            let unit = (*g.get(1)?)?;
            (!["年", "日", "次"].contains(&unit)).then_some(())?;
            Some(What::Exactly(amount(g.first()?, g.get(1)?)?))
        },
    ),
    (r"原则上", |_| Some(What::InPrinciple)),
    (r"优先(?:考虑|支持|推荐|安排|纳入|遴选|立项|认定|录取|录用|开展)?|予以倾斜|重点(?:予以)?支持", |_| Some(What::Prefer)),
    (r"鼓励", |_| Some(What::Encourage)),
    (r"(?:下列|以下|如下|上述)(?:条件|情形|情况|要求|材料).{0,2}之一|(?:符合|具备|满足|具有).{0,8}之一", |_| Some(What::AnyOf)),
    (r"(?:同时|应当?|须|必须)(?:具备|符合|满足)(?:下列|以下|如下)?.{0,4}(?:条件|要求)", |_| Some(What::AllOf)),
    (r"不得(?:申报|推荐|参评|参加|重复|报名|应聘|同时)|取消.{0,6}资格|一票否决|不予(?:推荐|支持|受理申报)", |_| Some(What::Refused)),
    (r"逾期.{0,12}(?:不予|视为|不再|作)", |_| Some(What::Late)),
    (r"免于|免予|直接认定|自动(?:成为|认定|获得)|只需提交|不需填写|无需", |_| Some(What::Waived)),
    (r"公示", |_| Some(What::PublicNotice { days: None })),
    (
        r"一式.{1,3}份|加?盖(?:单位)?(?:公|印)?章|纸质|电子版|电子文档|扫描件|复印件|报送.{0,6}材料|提交.{0,10}材料",
        |_| Some(What::Material),
    ),
];

const ENGLISH_PARTS: &[(&str, &str)] = &[
    ("{N}", r"(\d[\d,]*(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty)"),
    (
        "{U}",
        r"(?: ?(%|per ?cent|percent|words?|characters?|pages?|MB|working days|days?|weeks?|months?|years?|hours?|points?|euros?|dollars?|pounds|EUR|USD|GBP|[a-z]{3,14}s\b))?",
    ),
    ("{D}", r"(?:(\d{1,2})(?:st|nd|rd|th)? {M},?(?: (\d{4}))?|{M} (\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?|(\d{4}-\d{2}-\d{2}))"),
    ("{M}", r"(January|February|March|April|May|June|July|August|September|October|November|December)"),
];

const ENGLISH: &[Row] = &[
    (r"(?i)(?:from|between|open(?:s)?(?: on)?) {D} (?:to|until|through|and|-|–) {D}", |g| {
        Some(What::Window { from: english_date(g.get(0..7)?), to: english_date(g.get(7..14)?) })
    }),
    (
        r"(?i)(?:by|before|until|no later than|not later than|on or before|deadline(?: for [a-z ]{1,30})?(?: is|:)?|due(?: on| by)?|closes(?: on| at)?)(?: (?:noon|midnight|\d{1,2}[:.]\d{2}(?: ?[ap]m)?|\d{1,2} ?[ap]m)(?: on)?,?)? {D}",
        |g| Some(What::Due { date: english_date(g) }),
    ),
    (r"(?i)(?:by|before)(?: the end of)? (20\d{2})\b", |g| Some(What::Aim { year: (*g.first()?)?.parse().ok()?, bound: None })),
    (r"(?i)(?:published|posted|displayed|public notice)[^.]{0,40}? (?:for )?(?:at least )?{N} (working days|days|weeks)", |g| {
        let days = amount(g.first()?, &None)?;
        Some(What::PublicNotice { days: Some((days, (*g.get(1)?)?.contains("working"))) })
    }),
    (r"(?i)(?:takes effect|enters into force|in force)(?: on| from)? {D}", |g| Some(What::Effective { date: english_date(g) })),
    (r"(?i)(?:in|within|over|during) the (?:last|past|preceding) {N} years", |g| {
        Some(What::LookBack(Amount { number: digits((*g.first()?)?)?, unit: "years".into() }))
    }),
    (r"(?i)(?:out of|maximum of|total of|up to) {N} points", |g| Some(What::Score(amount(g.first()?, &None)?))),
    (r"(?i)between {N} and {N}{U}", |g| Some(What::Between(amount(g.first()?, g.get(2)?)?, amount(g.get(1)?, g.get(2)?)?))),
    // Who has more than that is turned away: the rule allows no more.
    (
        r"(?i)(?:cannot|can ?not|may not|not (?:be )?eligible|ineligible|excluded|not qualify)[^.;]{0,60}? (?:more than|over|exceed(?:s|ing)?|at least) (EUR |USD |GBP |[€$£] ?)?{N}{U}",
        |g| Some(What::AtMost(money(g)?)),
    ),
    (
        r"(?i)(?:at most|no more than|not more than|must not exceed|may not exceed|shall not exceed|not exceed(?:ing)?|not be longer than|up to|(?:a )?maximum of|limited to|capped at|fewer than) (EUR |USD |GBP |[€$£] ?)?{N}{U}",
        |g| Some(What::AtMost(money(g)?)),
    ),
    (
        r"(?i)(?:at least|no fewer than|no less than|not less than|not fewer than|(?:a )?minimum of|more than|reach) (EUR |USD |GBP |[€$£] ?)?{N}{U}",
        |g| Some(What::AtLeast(money(g)?)),
    ),
    (r"(?i){N}{U} or (?:more|above|over)", |g| Some(What::AtLeast(amount(g.first()?, g.get(1)?)?))),
    (r"(?i){N}{U} or (?:less|fewer|below)", |g| Some(What::AtMost(amount(g.first()?, g.get(1)?)?))),
    (r"(?i)(?:about|approximately|around|roughly) {N}{U}", |g| Some(What::About(amount(g.first()?, g.get(1)?)?))),
    (r"(\d+(?:\.\d+)?) ?(?:%|per ?cent|percent)", |g| Some(What::Share(Amount { number: (*g.first()?)?.to_owned(), unit: "%".into() }))),
    (r"(?i)in principle", |_| Some(What::InPrinciple)),
    (r"(?i)preference|priority|preferred|preferably", |_| Some(What::Prefer)),
    (r"(?i)encourage[sd]?", |_| Some(What::Encourage)),
    (r"(?i)(?:any|at least one|one) of the following", |_| Some(What::AnyOf)),
    (r"(?i)all (?:of )?the following", |_| Some(What::AllOf)),
    (
        r"(?i)not eligible|ineligible|(?:must|may|shall|can) ?not (?:apply|take part|be nominated|enter|submit more)|excluded|disqualif",
        |_| Some(What::Refused),
    ),
    (r"(?i)late (?:applications?|submissions?|entries)|after the deadline", |_| Some(What::Late)),
    (r"(?i)exempt|waived?|need not|automatically|without further", |_| Some(What::Waived)),
    (r"(?i)(?:are|is|be) (?:published|announced)|public notice", |_| Some(What::PublicNotice { days: None })),
    (r"(?i)signed|stamped|sealed|scanned|hard cop|on paper|by e-?mail|as (?:a )?PDF|supporting documents?|certificates?", |_| {
        Some(What::Material)
    }),
];

fn date(year: &Option<&str>, month: &Option<&str>, day: &Option<&str>) -> Option<(u32, u32, u32)> {
    let part = |text: &Option<&str>| text.and_then(|t| t.parse().ok());
    prog_base::Date::new(i16::try_from(part(year)?).ok()?, i8::try_from(part(month)?).ok()?, i8::try_from(part(day)?).ok()?)?;
    Some((part(year)?, part(month)?, part(day)?))
}

fn last_day(year: u32, month: u32) -> Option<u32> {
    (28..=31).rev().find(|day| {
        let (Ok(y), Ok(m), Ok(d)) = (i16::try_from(year), i8::try_from(month), i8::try_from(*day)) else { return false };
        prog_base::Date::new(y, m, d).is_some()
    })
}

/// The groups of `{D}`: day month year, month day year, or a date in digits.
fn english_date(groups: &[Option<&str>]) -> Option<(u32, u32, u32)> {
    let at = |i: usize| groups.get(i).copied().flatten();
    if let Some(iso) = at(6) {
        let parts: Vec<&str> = iso.split('-').collect();
        return date(&parts.first().copied(), &parts.get(1).copied(), &parts.get(2).copied());
    }
    let (day, name, year) = if at(0).is_some() { (at(0), at(1)?, at(2)) } else { (at(4), at(3)?, at(5)) };
    let mut letters = name.chars();
    let proper: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters.flat_map(char::to_lowercase)).collect();
    let month = month(&proper)?.to_string();
    date(&year, &Some(month.as_str()), &day)
}

/// A currency, a number and a unit, of which one says what is counted.
fn money(groups: &[Option<&str>]) -> Option<Amount> {
    let currency = groups.first()?.map(|sign| match sign.trim() {
        "€" => "EUR",
        "$" => "USD",
        "£" => "GBP",
        other => other,
    });
    amount(groups.get(1)?, &currency.or(*groups.get(2)?))
}

fn amount(number: &Option<&str>, unit: &Option<&str>) -> Option<Amount> {
    let unit = match unit.unwrap_or("") {
        "per cent" | "percent" => "%",
        "word" => "words",
        "character" => "characters",
        other => other,
    };
    Some(Amount { number: digits((*number)?)?, unit: unit.to_owned() })
}

/// A number in digits, whatever it is written in.
fn digits(number: &str) -> Option<String> {
    const WORDS: [(&str, &str); 14] = [
        ("one", "1"),
        ("two", "2"),
        ("three", "3"),
        ("four", "4"),
        ("five", "5"),
        ("six", "6"),
        ("seven", "7"),
        ("eight", "8"),
        ("nine", "9"),
        ("ten", "10"),
        ("twelve", "12"),
        ("fifteen", "15"),
        ("twenty", "20"),
        ("thirty", "30"),
    ];
    if number.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(number.replace(',', ""));
    }
    let lower = number.to_ascii_lowercase();
    let word = WORDS.iter().find(|(word, _)| *word == lower).map(|(_, value)| (*value).to_owned());
    word.or_else(|| value_of(&number.chars().collect::<Vec<_>>()).map(|v| v.to_string()))
}
