//! What the head and the foot of a notice say for certain: title, issuer, number, date, addressees.
//!
//! In: the lines before the first chapter, those after the last. Out: facts, each as printed. Always: what could be two things is not said.

use crate::lines::{Line, join, width};
use crate::mark;
use prog_base::Date;
use regex_lite::Regex;
use std::sync::LazyLock;

/// The certain facts of a notice.
#[derive(Debug, Default)]
pub struct Meta {
    /// The title, lines joined.
    pub title: Option<String>,
    /// Who issues it.
    pub issuers: Vec<String>,
    /// The document number.
    pub number: Option<String>,
    /// When it was issued, and the words.
    pub issued: Option<(Date, String)>,
    /// When it was printed, and the words.
    pub printed: Option<(Date, String)>,
    /// To whom it is sent.
    pub addressees: Vec<String>,
    /// `此件公开发布`.
    pub disclosure: Option<String>,
    /// Whether the text is in Chinese.
    pub chinese: bool,
}

macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new($text).ok());
    };
}

pattern!(NUMBER, r"^[一-龥]{1,12}[〔\[【（(]\d{4}[〕\]】）)](第)?\d{1,5}号$");
pattern!(DATE, r"^(\d{4})年(\d{1,2})月(\d{1,2})日$");
pattern!(HAN_DATE, r"^([〇零一二三四五六七八九○]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日$");
pattern!(
    ORGANISATION,
    r"^[一-龥（）()]{1,28}(厅|局|委员会|委|办公室|办公厅|政府|部|中心|协会|学会|大学|学院|馆|基金会|领导小组|联合会|总工会|集团|公司|研究院|管委会|教委|科协|文联)$"
);
pattern!(DISCLOSURE, r"^[（(]?此件(.{2,8})[）)]?$");
pattern!(ENGLISH_DATE, r"^(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December),? (\d{4})$");
pattern!(AMERICAN_DATE, r"^(January|February|March|April|May|June|July|August|September|October|November|December) (\d{1,2}),? (\d{4})$");
pattern!(ISO_DATE, r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$");

fn matches(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|p| p.is_match(text))
}

fn captures<'t>(pattern: &LazyLock<Option<Regex>>, text: &'t str) -> Option<Vec<&'t str>> {
    let found = pattern.as_ref()?.captures(text)?;
    Some((1..found.len()).map(|i| found.get(i).map_or("", |m| m.as_str())).collect())
}

/// A text without any blank.
pub fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// The place of a month in the year.
pub fn month(name: &str) -> Option<u32> {
    MONTHS.iter().position(|m| *m == name).map(|i| i as u32 + 1)
}

/// A line that is a date and nothing else.
fn date(text: &str) -> Option<Date> {
    let text = ["Date:", "Dated:", "Issued:", "Issued on:", "日期："].into_iter().find_map(|w| text.trim().strip_prefix(w)).unwrap_or(text);
    let bare = compact(text);
    let bare = bare.trim_matches(['|', '。', '（', '）']);
    let build = |y: u32, m: u32, d: u32| Date::new(i16::try_from(y).ok()?, i8::try_from(m).ok()?, i8::try_from(d).ok()?);
    if let Some(parts) = captures(&DATE, bare).or_else(|| captures(&ISO_DATE, bare)) {
        return build(parts[0].parse().ok()?, parts[1].parse().ok()?, parts[2].parse().ok()?);
    }
    if let Some(parts) = captures(&HAN_DATE, bare) {
        let value = |text: &str| mark::value_of(&text.replace('○', "〇").chars().collect::<Vec<_>>());
        return build(value(parts[0])?, value(parts[1])?, value(parts[2])?);
    }
    if let Some(parts) = captures(&ENGLISH_DATE, text.trim()) {
        return build(parts[2].parse().ok()?, month(parts[1])?, parts[0].parse().ok()?);
    }
    let parts = captures(&AMERICAN_DATE, text.trim())?;
    build(parts[2].parse().ok()?, month(parts[0])?, parts[1].parse().ok()?)
}

/// The words of a date, without what stands before a colon.
fn date_words(text: &str, chinese: bool) -> String {
    let words = text.rsplit(['：', ':']).next().unwrap_or(text).trim();
    if chinese { compact(words).trim_matches(['|', '（', '）']).to_owned() } else { words.to_owned() }
}

/// `云岭市体育局 2031年4月1日`: who and when in one line.
fn signature(text: &str) -> Option<(String, Date)> {
    let bare = text.trim().trim_end_matches('|').trim();
    let (who, when) = bare.split_once(char::is_whitespace)?;
    let date = date(when)?;
    matches(&ORGANISATION, &compact(who)).then(|| (compact(who), date))
}

/// The day on which it was printed: `2019年1月3日印发`.
fn printed(text: &str) -> Option<(Date, String)> {
    let bare = compact(text);
    let at = bare.strip_suffix("印发")?;
    let start = at.char_indices().filter(|(_, c)| *c == '年').map(|(i, _)| i).next_back()?;
    let from = at.char_indices().map(|(i, _)| i).filter(|i| *i <= start).rev().nth(4)?;
    Some((date(&at[from..])?, bare[from..].to_owned()))
}

/// Whether a line is about printing: it stands at the very end.
pub fn is_printing(text: &str) -> bool {
    printed(text).is_some() || compact(text).ends_with("印发")
}

/// Signature, date, publication, printing, copies: what closes a notice.
pub fn is_closing(text: &str) -> bool {
    let bare = compact(text);
    let sent = ["抄送", "部内发送", "主送", "抄报"].iter().any(|w| bare.starts_with(w));
    let named = matches(&ORGANISATION, &bare) && !bare.starts_with("附");
    named || date(text).is_some() || signature(text).is_some() || matches(&DISCLOSURE, &bare) || is_printing(text) || sent
}

impl Meta {
    /// Reads head and foot.
    pub fn read(head: &[Line], tail: &[Line], chinese: bool) -> Self {
        let mut meta = Self { chinese, ..Self::default() };
        let title = if chinese { chinese_title(head) } else { english_title(head) };
        let before = title.as_ref().map_or(head.len().min(6), |(_, range)| range.start);
        let after = title.as_ref().map_or(0, |(_, range)| range.end);
        meta.title = title.map(|(title, _)| title);
        let texts = || head.iter().take(16).chain(tail).map(|l| l.text.as_str());
        meta.number = texts().map(compact).find(|t| matches(&NUMBER, t)).or_else(|| texts().find_map(english_number));
        meta.issuers = issuers(&head[..before], tail, meta.title.as_deref(), head);
        let mut dates = tail.iter().chain(head.iter().take(12)).filter_map(|l| {
            date(&l.text).map(|d| (d, date_words(&l.text, chinese))).or_else(|| {
                let (_, date) = signature(&l.text)?;
                let words = compact(&l.text);
                let year = words.find(|c: char| c.is_ascii_digit())?;
                Some((date, words[year..].trim_end_matches('|').to_owned()))
            })
        });
        meta.issued = dates.next().filter(|first| dates.all(|d| d.0 == first.0));
        meta.printed = tail.iter().find_map(|l| printed(&l.text));
        meta.disclosure =
            texts().find_map(|t| captures(&DISCLOSURE, &compact(t)).map(|_| compact(t).trim_matches(['（', '）', '(', ')']).to_owned()));
        meta.addressees =
            head[after.min(head.len())..].iter().chain(&head[..before]).find_map(|l| addressees(&l.text, chinese)).unwrap_or_default();
        meta
    }
}

const TITLE_ENDS: [&str; 19] = [
    "须知", "章程", "规程", "通知", "公告", "通告", "意见", "方案", "办法", "决定", "公示", "启事", "细则", "指南", "简章", "函", "规定",
    "计划", "规则",
];

/// The title and the lines that it stands in.
fn chinese_title(head: &[Line]) -> Option<(String, std::ops::Range<usize>)> {
    let ends = |text: &str| {
        let bare = compact(text);
        let bare = bare.trim_end_matches(['”', '》']);
        let bare = ["（试行）", "(试行)", "（暂行）", "（征求意见稿）"].iter().find_map(|s| bare.strip_suffix(s)).unwrap_or(bare);
        TITLE_ENDS.iter().any(|end| bare.ends_with(end))
    };
    let joined = |from: usize, to: usize| head[from..to].iter().map(|l| compact(&l.text)).collect::<String>();
    let fits = |text: &str| width(text) <= 160 && !text.contains(['。', '；']) && !text.ends_with('：');
    let first = head.iter().take(12).position(|l| l.text.contains("关于"));
    if let Some(from) = first {
        for to in from + 1..=(from + 4).min(head.len()) {
            let title = joined(from, to);
            if ends(&title) && fits(&title) {
                return Some((title, from..to));
            }
        }
    }
    let alone = head.iter().take(8).position(|l| {
        let bare = compact(&l.text);
        ends(&bare) && fits(&bare) && width(&bare) >= 12 && !bare.contains(['：', '，'])
    })?;
    // A title that began on the line before.
    let from = match alone.checked_sub(1).map(|i| &head[i]) {
        Some(l)
            if !matches(&ORGANISATION, &compact(&l.text))
                && !matches(&NUMBER, &compact(&l.text))
                && fits(&compact(&l.text))
                && width(&l.text) >= 16 =>
        {
            alone - 1
        }
        Some(_) | None => alone,
    };
    Some((joined(from, alone + 1), from..alone + 1))
}

/// The first line that is no number, date or address.
fn english_title(head: &[Line]) -> Option<(String, std::ops::Range<usize>)> {
    let plain = |l: &Line| {
        let words = l.text.split_whitespace().count();
        let other = l.text.contains(':')
            || is_office(&l.text)
            || date(&l.text).is_some()
            || english_number(&l.text).is_some()
            || l.text.ends_with(['.', ',']);
        (3..=25).contains(&words) && !other && l.cells.is_none()
    };
    let at = head.iter().take(6).position(plain)?;
    let mut title = head[at].text.clone();
    let small = |l: &&Line| l.continues || l.text.starts_with(char::is_lowercase);
    let more = head.get(at + 1).filter(small).filter(|l| plain(l) || l.text.split_whitespace().count() < 3);
    if let Some(next) = more {
        join(&mut title, &next.text);
    }
    Some((title, at..at + 1 + usize::from(more.is_some())))
}

/// The name of a body, by its last word or the word before `of`.
fn is_office(text: &str) -> bool {
    let words = [
        "Council",
        "Department",
        "Ministry",
        "Office",
        "Agency",
        "Commission",
        "Foundation",
        "University",
        "Authority",
        "Board",
        "Bureau",
        "Institute",
        "Committee",
        "Government",
    ];
    let last = text.split(" of ").next().unwrap_or("").trim().rsplit(' ').next().unwrap_or("");
    words.contains(&last) && text.split_whitespace().count() <= 9
}

fn english_number(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let word = ["no. ", "ref. ", "ref: ", "reference: ", "notice no. ", "number: ", "ref. no. ", "notice number: "]
        .into_iter()
        .find(|w| lower.starts_with(w))?;
    let rest = text[word.len()..].trim().trim_start_matches(':').trim();
    (!rest.is_empty() && rest.len() <= 30 && rest.chars().any(|c| c.is_ascii_digit())).then(|| rest.to_owned())
}

/// From the title's first words, a line of the head, the signature; what the sources disagree about is not certain.
fn issuers(before: &[Line], tail: &[Line], title: Option<&str>, head: &[Line]) -> Vec<String> {
    let organisation = |l: &Line| Some(compact(l.text.trim_end_matches("文件"))).filter(|t| matches(&ORGANISATION, t) && width(t) >= 8);
    let bodies = |l: &Line| -> Option<Vec<String>> {
        // Several in one line, or one with its letters set apart.
        let parts: Vec<String> = l.text.trim_end_matches("文件").split_whitespace().map(str::to_owned).collect();
        let each = parts.len() > 1 && parts.iter().all(|p| matches(&ORGANISATION, p) && width(p) >= 8);
        if each { Some(parts) } else { organisation(l).map(|one| vec![one]) }
    };
    let from_title = title.and_then(|t| t.split_once("关于")).map(|(who, _)| who.to_owned()).filter(|w| matches(&ORGANISATION, w));
    let mut signed: Vec<String> =
        tail.iter().filter_map(|l| bodies(l).or_else(|| signature(&l.text).map(|(who, _)| vec![who]))).flatten().collect();
    signed.dedup();
    let above: Vec<String> = before.iter().filter_map(bodies).flatten().collect();
    let labelled = head.iter().take(8).find_map(|l| {
        let (word, who) = l.text.split_once(':')?;
        ["issued by", "from", "issuer"].contains(&word.trim().to_ascii_lowercase().as_str()).then(|| who.trim().to_owned())
    });
    let first = from_title.into_iter().collect::<Vec<_>>();
    let office = head.iter().take(4).map(|l| l.text.trim().to_owned()).find(|t| is_office(t));
    [first, above, signed, labelled.into_iter().collect(), office.into_iter().collect()]
        .into_iter()
        .find(|list| !list.is_empty())
        .unwrap_or_default()
}

/// `各市（地）教育局，各普通高等学校：` — the list before the colon.
fn addressees(text: &str, chinese: bool) -> Option<Vec<String>> {
    if !chinese {
        let rest = text.strip_prefix("To:").or_else(|| text.strip_prefix("To: "))?;
        let list: Vec<String> = rest.trim().trim_end_matches([',', '.', ':']).split("; ").map(|p| p.trim().to_owned()).collect();
        return Some(list).filter(|l| l.iter().all(|p| !p.is_empty()));
    }
    let (before, _) = text.split_once(['：', ':'])?;
    let bare = compact(before);
    let opens = bare.starts_with('各')
        || bare.contains("，各")
        || bare.contains(",各")
        || ["局", "厅", "委", "政府", "学校", "单位", "部门"].iter().any(|e| bare.ends_with(e));
    if !opens
        || width(&bare) > 160
        || bare.contains('。')
        || width(&bare) < 6
        || bare.starts_with("附")
        || bare.contains("联系")
        || bare.contains("单位：")
    {
        return None;
    }
    let (mut parts, mut depth) = (vec![String::new()], 0_i32);
    for c in bare.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth -= 1,
            '，' | ',' | '；' | ';' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    parts.retain(|p| !p.is_empty());
    Some(parts).filter(|p| !p.is_empty())
}
