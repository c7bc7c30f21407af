//! Numbers of clauses: what stands at the start of a line, and which style of numbering it is.
//!
//! In: a line. Out: its mark, the number in the form in which clauses are cited (`(一)`, `1`, `第三条`, `Article3`), its value.
//! Always: a number that belongs to a sentence (`2.5万元`, `2024年`) is no mark.

/// The styles of numbering, from the outermost inwards: a new style of an outer rank closes what an inner one opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// 第一部分, Part I
    Part,
    /// 第一章, Chapter 1
    Chapter,
    /// 第一节, Section 1
    Section,
    /// 第一条, Article 1
    Article,
    /// 一、
    Han,
    /// I.
    UpperRoman,
    /// A.
    UpperLetter,
    /// （一）
    HanInBrackets,
    /// 1.
    Digit,
    /// 1.1
    Dotted,
    /// （1）
    DigitInBrackets,
    /// 1)
    DigitBracket,
    /// ①
    Circled,
    /// (a), a)
    LowerLetter,
    /// (i)
    LowerRoman,
    /// ——
    Dash,
}

impl Style {
    /// Whether a document has it for its outermost clauses only, whatever stands before.
    pub fn is_chapter(self) -> bool {
        self <= Style::Han
    }
}

/// A mark at the start of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its style.
    pub style: Style,
    /// The number as citations write it.
    pub number: String,
    /// Its place in the count; the last one of `2.3`.
    pub value: u32,
    /// How many bytes of the text it takes up, blanks after it included.
    pub len: usize,
}

/// The mark that a text starts with.
pub fn at_start(text: &str) -> Option<Mark> {
    let chars: Vec<char> = text.chars().collect();
    let (style, number, value, taken) =
        said(&chars).or_else(|| bracketed(&chars)).or_else(|| sign(&chars)).or_else(|| plain(&chars)).or_else(|| dash(&chars))?;
    let blanks = chars[taken..].iter().take_while(|c| c.is_whitespace()).count();
    let len = chars[..taken + blanks].iter().map(|c| c.len_utf8()).sum();
    Some(Mark { style, number, value, len })
}

type Found = Option<(Style, String, u32, usize)>;

/// `第三条`, `Article 3`: a word says what it is.
fn said(chars: &[char]) -> Found {
    if chars.first() == Some(&'第') {
        let number: Vec<char> = chars[1..].iter().copied().filter(|c| !c.is_whitespace()).take_while(|c| is_number(*c)).collect();
        let mut at = 1;
        let mut seen = 0;
        while seen < number.len() {
            seen += usize::from(!chars.get(at)?.is_whitespace());
            at += 1;
        }
        while chars.get(at).is_some_and(|c| c.is_whitespace()) {
            at += 1;
        }
        let value = value_of(&number)?;
        let rest: String = chars[at..].iter().take(4).collect();
        let units = [("部分", Style::Part), ("编", Style::Part), ("章", Style::Chapter), ("节", Style::Section), ("条", Style::Article)];
        let (unit, style) = units.into_iter().find(|(unit, _)| rest.starts_with(unit))?;
        let after = at + unit.chars().count();
        // 第三条规定的…, 第一条件: the middle of a sentence.
        let goes_on = |c: &char| "件款例第规所中的之和至及、，项".contains(*c);
        if style == Style::Article && chars.get(after).is_some_and(goes_on) {
            return None;
        }
        let number: String = number.iter().collect();
        return Some((style, format!("第{number}{unit}"), value, after));
    }
    let words = [
        ("article", "Article", Style::Article),
        ("section", "Section", Style::Section),
        ("chapter", "Chapter", Style::Chapter),
        ("part", "Part", Style::Part),
        ("clause", "Clause", Style::Article),
        ("rule", "Rule", Style::Article),
        ("step", "Step", Style::Digit),
    ];
    let word: String = chars.iter().take_while(|c| c.is_ascii_alphabetic()).collect();
    let (_, word, style) = words.into_iter().find(|(w, _, _)| word.eq_ignore_ascii_case(w) && word.starts_with(char::is_uppercase))?;
    let mut at = word.len();
    at += chars[at..].iter().take_while(|c| c.is_whitespace()).count();
    let number: Vec<char> = chars[at..].iter().copied().take_while(|c| c.is_ascii_alphanumeric()).collect();
    let value = if number.iter().all(char::is_ascii_digit) { value_of(&number)? } else { roman(&number)? };
    let end = at + number.len();
    let marked = chars.get(end).is_some_and(|c| matches!(c, '.' | ':' | '：' | '-' | '–' | '—' | '．'));
    // “Section 3 applies …” is a sentence; a heading has a mark, ends there, or goes on with a capital.
    let next = chars[end..].iter().find(|c| !c.is_whitespace());
    let heading = marked || next.is_none_or(|c| c.is_uppercase());
    heading.then(|| (style, format!("{word}{}", number.iter().collect::<String>()), value, end + usize::from(marked)))
}

/// `（一）`, `(3)`, `(a)`, `(iv)`.
fn bracketed(chars: &[char]) -> Found {
    let opens = matches!(chars.first(), Some('（' | '('));
    let start = usize::from(opens);
    let end = chars.iter().take(8).position(|c| matches!(c, '）' | ')'))?;
    let inner: Vec<char> = chars.get(start..end)?.iter().copied().filter(|c| !c.is_whitespace()).map(half).collect();
    let written: String = inner.iter().collect();
    let mut after = end + 1;
    if chars.get(after) == Some(&'、') || (opens && chars.get(after) == Some(&'.')) {
        after += 1;
    }
    if inner.is_empty() {
        return None;
    }
    if inner.iter().all(char::is_ascii_digit) && inner.len() <= 2 {
        let style = if opens { Style::DigitInBrackets } else { Style::DigitBracket };
        let number = if opens { format!("({written})") } else { format!("{written})") };
        return Some((style, number, value_of(&inner)?, after));
    }
    if inner.iter().all(|c| is_number(*c)) && opens {
        return Some((Style::HanInBrackets, format!("({written})"), value_of(&inner)?, after));
    }
    let number = if opens { format!("({written})") } else { format!("{written})") };
    match inner.as_slice() {
        [c @ 'a'..='z'] => Some((Style::LowerLetter, number, *c as u32 - 'a' as u32 + 1, after)),
        [c @ 'A'..='Z'] if opens => Some((Style::LowerLetter, number, *c as u32 - 'A' as u32 + 1, after)),
        [_, _, ..] if opens => Some((Style::LowerRoman, number, roman(&inner)?, after)),
        _ => None,
    }
}

/// `①`, `⑴`, `⒈`: one character that is a number.
fn sign(chars: &[char]) -> Found {
    let first = *chars.first()?;
    let code = first as u32;
    let dot = usize::from(chars.get(1).is_some_and(|c| matches!(c, '、' | '.' | '．')));
    match code {
        0x2460..=0x2473 => Some((Style::Circled, first.to_string(), code - 0x2460 + 1, 1 + dot)),
        0x2474..=0x2487 => Some((Style::DigitInBrackets, format!("({})", code - 0x2474 + 1), code - 0x2474 + 1, 1 + dot)),
        0x2488..=0x249B => Some((Style::Digit, (code - 0x2488 + 1).to_string(), code - 0x2488 + 1, 1 + dot)),
        0x3220..=0x3229 => {
            let number: String = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"][(code - 0x3220) as usize].to_owned();
            Some((Style::HanInBrackets, format!("({number})"), code - 0x3220 + 1, 1 + dot))
        }
        _ => None,
    }
}

/// `一、`, `1.`, `1.2`, `A.`, `IV.`: a number and its dot.
fn plain(chars: &[char]) -> Found {
    let folded: Vec<char> = chars.iter().take(16).copied().map(half).collect();
    let han = folded.iter().take_while(|c| is_han_number(**c)).count();
    if han > 0 {
        let mark = chars.get(han).filter(|c| matches!(c, '、' | '．' | '.'))?;
        let number: Vec<char> = folded[..han].to_vec();
        // 一、二年级: an enumeration; 三、四 at the start of a heading is not told apart, which the count does.
        let _ = mark;
        return Some((Style::Han, number.iter().collect(), value_of(&number)?, han + 1));
    }
    let digits = folded.iter().take_while(|c| c.is_ascii_digit()).count();
    if (1..=2).contains(&digits) {
        return digit(&folded, digits);
    }
    let capitals = folded.iter().take_while(|c| c.is_ascii_uppercase()).count();
    let dotted = folded.get(capitals) == Some(&'.') && folded.get(capitals + 1).is_none_or(|c| c.is_whitespace());
    match folded.get(..capitals) {
        Some(roman_number) if dotted && capitals > 0 && roman(roman_number).is_some() => {
            let style = if capitals == 1 && !matches!(roman_number, ['I' | 'V' | 'X']) { Style::UpperLetter } else { Style::UpperRoman };
            let value = if style == Style::UpperLetter { letter(roman_number[0]) } else { roman(roman_number)? };
            Some((style, roman_number.iter().collect(), value, capitals + 1))
        }
        Some([c]) if dotted => Some((Style::UpperLetter, c.to_string(), letter(*c), 2)),
        _ => None,
    }
}

fn letter(c: char) -> u32 {
    (c as u32).saturating_sub('A' as u32) + 1
}

/// `1.`, `1、`, `1.2.3`; `2.5万元` and `1.0版` are numbers.
fn digit(folded: &[char], digits: usize) -> Found {
    let mut at = digits;
    let blank = folded.get(at) == Some(&' ') && folded.get(at + 1) == Some(&'.');
    at += usize::from(blank);
    if !matches!(folded.get(at), Some('.' | '、')) {
        return None;
    }
    let mut numbers = vec![value_of(&folded[..digits])?];
    let mut end = at + 1;
    while folded.get(end - 1) == Some(&'.') {
        let more = folded[end..].iter().take_while(|c| c.is_ascii_digit()).count();
        // `1.2019年…`, `2.3月底前…`: a number and a date.
        let dated = folded[end + more..].iter().find(|c| **c != ' ').is_some_and(|c| matches!(c, '年' | '月'));
        if more == 0 || (dated && numbers.len() == 1) {
            break;
        }
        numbers.push(value_of(&folded[end..end + more])?);
        end += more;
        if folded.get(end) == Some(&'.') {
            end += 1;
        } else {
            break;
        }
    }
    let value = *numbers.last()?;
    if numbers.len() == 1 {
        return Some((Style::Digit, value.to_string(), value, end));
    }
    // A dotted number is followed by a blank, or by a word that is no unit.
    let next = folded.get(end);
    let unit = |c: &char| c.is_ascii_alphanumeric() || "%万亿元个名所项人年月日倍米平版‰,，。、)）-—~至".contains(*c);
    let small = numbers.iter().all(|n| *n <= 40) && value > 0;
    let number = numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(".");
    (small && !next.is_some_and(unit)).then_some((Style::Dotted, number, value, end))
}

/// `——以人为本，…`: an item without a number.
fn dash(chars: &[char]) -> Found {
    let dashes = chars.iter().take_while(|c| matches!(c, '—' | '―' | '─')).count();
    let bullet = matches!(chars, ['•' | '●' | '■' | '◆' | '·' | '►' | '▪' | '\u{f0b7}' | '\u{f06c}', ..]);
    match (dashes, bullet) {
        (2.., _) => Some((Style::Dash, String::new(), 0, dashes)),
        (_, true) => Some((Style::Dash, String::new(), 0, 1)),
        (_, false) => None,
    }
}

fn half(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '．' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' => ' ',
        _ => c,
    }
}

fn is_han_number(c: char) -> bool {
    "一二三四五六七八九十百零〇".contains(c)
}

fn is_number(c: char) -> bool {
    is_han_number(c) || half(c).is_ascii_digit()
}

/// 12, 十二, 一百零三; `None` where that is no number of clauses.
pub fn value_of(number: &[char]) -> Option<u32> {
    if number.is_empty() || number.len() > 6 {
        return None;
    }
    if number.iter().all(|c| half(*c).is_ascii_digit()) {
        return number.iter().map(|c| half(*c)).collect::<String>().parse().ok();
    }
    let (mut total, mut digit) = (0_u32, None);
    let spelt = number.len() > 1 && !number.iter().any(|c| "十百千".contains(*c));
    for c in number {
        let ones = "〇一二三四五六七八九".chars().position(|d| d == *c).or(match c {
            '零' => Some(0),
            '两' => Some(2),
            _ => None,
        });
        match (c, ones) {
            (_, Some(value)) if spelt => total = total * 10 + value as u32,
            (_, Some(value)) => digit = Some(value as u32),
            ('十', _) => total += digit.take().unwrap_or(1) * 10,
            ('百', _) => total += digit.take().unwrap_or(1) * 100,
            ('千', _) => total += digit.take().unwrap_or(1) * 1000,
            _ => return None,
        }
    }
    Some(total + digit.unwrap_or(0))
}

fn roman(number: &[char]) -> Option<u32> {
    let worth = |c: &char| match c.to_ascii_uppercase() {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        'C' => Some(100),
        _ => None,
    };
    let values: Vec<i64> = number.iter().map(worth).collect::<Option<_>>()?;
    if values.is_empty() {
        return None;
    }
    let sum: i64 = values.iter().enumerate().map(|(i, v)| if values.get(i + 1).is_some_and(|next| next > v) { -v } else { *v }).sum();
    u32::try_from(sum).ok().filter(|n| *n > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(text: &str) -> Option<(Style, String, u32, &str)> {
        at_start(text).map(|m| (m.style, m.number, m.value, &text[m.len..]))
    }

    #[test]
    fn numbers_of_clauses() {
        for (text, style, number, value, rest) in [
            ("一、总则", Style::Han, "一", 1, "总则"),
            ("十二．附则", Style::Han, "十二", 12, "附则"),
            ("（三） 程序", Style::HanInBrackets, "(三)", 3, "程序"),
            ("㈡程序", Style::HanInBrackets, "(二)", 2, "程序"),
            ("1.条件", Style::Digit, "1", 1, "条件"),
            ("2、条件", Style::Digit, "2", 2, "条件"),
            ("３．条件", Style::Digit, "3", 3, "条件"),
            ("4 . 条件", Style::Digit, "4", 4, "条件"),
            ("1.2019年1月15日前", Style::Digit, "1", 1, "2019年1月15日前"),
            ("（1）表", Style::DigitInBrackets, "(1)", 1, "表"),
            ("2）表", Style::DigitBracket, "2)", 2, "表"),
            ("③表", Style::Circled, "③", 3, "表"),
            ("第二章　名额", Style::Chapter, "第二章", 2, "名额"),
            ("第 十 条 每县", Style::Article, "第十条", 10, "每县"),
            ("2.1 Eligibility", Style::Dotted, "2.1", 1, "Eligibility"),
            ("(b) the form", Style::LowerLetter, "(b)", 2, "the form"),
            ("(iv) the form", Style::LowerRoman, "(iv)", 4, "the form"),
            ("Article 3. Quotas", Style::Article, "Article3", 3, "Quotas"),
            ("Section II: Dates", Style::Section, "SectionII", 2, "Dates"),
            ("IV. Dates", Style::UpperRoman, "IV", 4, "Dates"),
            ("B. Dates", Style::UpperLetter, "B", 2, "Dates"),
            ("——以人为本。", Style::Dash, "", 0, "以人为本。"),
        ] {
            assert_eq!(mark(text), Some((style, number.to_owned(), value, rest)), "{text}");
        }
    }

    #[test]
    fn numbers_of_sentences_are_no_marks() {
        for text in [
            "2.5万元以内",
            "2024年4月",
            "3.0版平台",
            "1月15日前",
            "第一条件",
            "第三条规定的范围",
            "一是推进",
            "40所左右",
            "I am",
            "Section 3 applies to",
            "12",
        ] {
            assert_eq!(at_start(text).filter(|m| m.style != Style::Digit || !text.contains("版")), None, "{text}");
        }
    }
}
