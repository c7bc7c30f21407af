//! How offices put things, and how the language spells them: `5个以上` is `不少于 5`.
//!
//! In: a line that was not understood and how far it was. Out: the words at fault and what to write instead.
//! Always: only where the line failed anyway; what is offered is the author's own number or name in the language's words.

use crate::keywords::{is_blank, is_word};

/// Words at fault, by their place in the line, and what to write.
#[derive(Debug, PartialEq, Eq)]
pub struct Idiom {
    /// Where they start and end in the line.
    pub place: (usize, usize),
    /// What to write.
    pub instead: String,
}

/// What office texts put after a number, and the word for it in front.
const BOUNDS: [(&str, &str); 4] = [("以上", "不少于"), ("以下", "不超过"), ("以内", "不超过"), ("左右", "约")];
/// Measure words: a count needs none.
const MEASURES: &[&str] = &["", "个", "人次", "人", "名", "所", "项", "门", "次"];

/// What an official may have meant near the place where reading failed; `member` is where the member at fault starts.
pub fn find(line: &str, at: usize, member: usize) -> Option<Idiom> {
    let word = word_start(line, at);
    bounds(line, word)
        .or_else(|| range(line, at))
        .or_else(|| choice(line, at))
        .or_else(|| opening(line, at, member))
        .or_else(|| judge(line, at))
        .or_else(|| equal(line, at))
        .or_else(|| length(line, at))
        .or_else(|| times(line, at))
}

/// `start + n months`: a length of time that is worked out is one, so many times.
fn times(line: &str, at: usize) -> Option<Idiom> {
    let units = [("months", "1 month"), ("years", "1 year"), ("days", "1 day"), ("weeks", "1 week"), ("个月", "1个月"), ("年", "1年")];
    let (word, one) = units.into_iter().find(|(word, _)| line[at..].starts_with(word) && !line[at + word.len()..].starts_with(is_word))?;
    let before = line[..at].trim_end_matches(is_blank);
    let counted = before.ends_with(|c: char| c == ')' || c == '）' || is_word(c)) && !before.ends_with(|c: char| c.is_ascii_digit());
    counted.then(|| Idiom { place: (at, at + word.len()), instead: format!("* {one}") })
}

/// `n equals 3`, `n 等于 3`.
fn equal(line: &str, at: usize) -> Option<Idiom> {
    let said = ["等于", "equals", "equal to", "is equal to", "is"];
    let rest = &line[at..];
    let said = said.into_iter().filter(|word| rest.strip_prefix(word).is_some_and(|r| r.starts_with(is_blank))).max_by_key(|w| w.len())?;
    Some(Idiom { place: (at, at + said.len()), instead: "=".to_owned() })
}

/// `Prose to 300 chars`, `长文本 至 200 字`: a length has a limit, not a range.
fn length(line: &str, at: usize) -> Option<Idiom> {
    let word = ["字符", "字", "characters", "character", "chars", "char", "words", "word"]
        .into_iter()
        .find(|word| line[at..].starts_with(word))?;
    let number = line[..at].trim_end_matches(is_blank);
    let digits = number.trim_end_matches(|c: char| c.is_ascii_digit());
    let before = digits.trim_end_matches(is_blank);
    let (start, limit) =
        [("至", "不超过"), ("to", "at most")].into_iter().find_map(|(to, limit)| Some((before.strip_suffix(to)?.len(), limit)))?;
    let count = &number[digits.len()..];
    (!count.is_empty()).then(|| Idiom { place: (start, at + word.len()), instead: format!("{limit} {count} {word}") })
}

/// `5个以上`, `1000字左右`, `不足3`.
fn bounds(line: &str, at: usize) -> Option<Idiom> {
    let rest = &line[at..];
    let below = rest.strip_prefix("不足");
    let number_at = rest.len() - below.map_or(rest, |r| r.trim_start_matches(is_blank)).len();
    let tail = &rest[number_at..];
    let digits = tail.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '_')).unwrap_or(tail.len());
    if digits == 0 {
        return None;
    }
    let number = &tail[..digits];
    let after = tail[digits..].trim_start_matches(is_blank);
    let words = &after[..after.find(|c: char| !is_word(c) && !matches!(c, '%' | '％')).unwrap_or(after.len())];
    let (measure, said, meant) = match below {
        Some(_) => (words, "", "低于"),
        None => BOUNDS.iter().find_map(|(said, meant)| Some((&words[..words.find(said)?], *said, *meant)))?,
    };
    let unit = match measure {
        "%" | "％" => "%".to_owned(),
        counted if MEASURES.contains(&counted) => String::new(),
        unit => format!(" {unit}"),
    };
    let end = line.len() - after.len() + measure.len() + said.len();
    Some(Idiom { place: (at, end), instead: format!("{meant} {number}{unit}") })
}

/// `从 2019 到 2020`, `0-100` after a type.
fn range(line: &str, at: usize) -> Option<Idiom> {
    // `从` may have been taken for a name.
    let before = line[..at].trim_end_matches(is_blank);
    let at = before.strip_suffix('从').map_or(at, str::len);
    let rest = &line[at..];
    let number = |text: &str| -> Option<usize> {
        let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '%')).unwrap_or(text.len());
        (end > 0).then_some(end)
    };
    let told = rest.strip_prefix("从").map(|r| r.trim_start_matches(is_blank));
    let first = told.unwrap_or(rest);
    let one = number(first)?;
    let middle = first[one..].trim_start_matches(is_blank);
    let sign = ["到", "至", "-", "－", "—", "~", "～"].into_iter().find(|s| middle.starts_with(s))?;
    let second = middle[sign.len()..].trim_start_matches(is_blank);
    let two = number(second)?;
    let end = line.len() - second.len() + two;
    Some(Idiom { place: (at, end), instead: format!("自 {} 至 {}", &first[..one], &second[..two]) })
}

/// `单选（地市、区县）`.
fn choice(line: &str, at: usize) -> Option<Idiom> {
    let start = ["单选", "多选"].iter().find_map(|word| {
        line[..at].trim_end_matches(is_blank).strip_suffix(word).map(str::len).or(line[at..].starts_with(word).then_some(at))
    })?;
    let (word, rest) = line[start..].split_at("单选".len());
    let inside = rest.trim_start_matches(is_blank).strip_prefix(['(', '（'])?;
    let close = inside.find([')', '）'])?;
    let values: Vec<&str> = inside[..close].split(['、', '，', ',', '/', '／']).map(str::trim).filter(|v| !v.is_empty()).collect();
    let bracket = inside[close..].chars().next().map_or(1, char::len_utf8);
    let end = line.len() - inside.len() + close + bracket;
    Some(Idiom { place: (start, end), instead: format!("{word} {{ {} }}", values.join(", ")) })
}

/// `如果 报送 → 评选` at a stage, `在 立项` at a quota, `应 退回` in an example.
fn opening(line: &str, at: usize, member: usize) -> Option<Idiom> {
    let here = &line[member..];
    let arrow = here.contains("->") || here.contains('→') || here.contains(" 转 ");
    if here.starts_with("如果") && arrow {
        return Some(Idiom { place: (member, member + "如果".len()), instead: "若".to_owned() });
    }
    if line[at..].starts_with("在") && line[at + "在".len()..].starts_with(is_blank) {
        return Some(Idiom { place: (at, at + "在".len()), instead: "于".to_owned() });
    }
    for (word, verdict, words) in [
        ("应", "结论为", ["通过", "退回", "不通过", "待评定", "需说明理由", "未明"].as_slice()),
        ("expect", "verdict", ["accepted", "returned", "rejected", "pending", "unknown"].as_slice()),
    ] {
        let Some(rest) = here.strip_prefix(word).filter(|r| r.starts_with(is_blank)) else { continue };
        let rest = rest.trim();
        if words.contains(&rest) {
            return Some(Idiom { place: (member, line.trim_end().len()), instead: format!("{word} {verdict} {rest}") });
        }
    }
    None
}

/// `: 专家组 评定` without 由.
fn judge(line: &str, at: usize) -> Option<Idiom> {
    if !line[at..].starts_with("评定") {
        return None;
    }
    let start = word_start(line, at);
    let name = line[start..at].trim_end_matches(is_blank);
    let known = name.is_empty() || name.starts_with('由');
    (!known).then(|| Idiom { place: (start, at + "评定".len()), instead: format!("由 {name} 评定") })
}

/// Where the word at a place starts, or the word before it.
fn word_start(line: &str, at: usize) -> usize {
    let before = line[..at].trim_end_matches(is_blank);
    let inside = if line[at..].starts_with(is_word) && line[..at].ends_with(is_word) { &line[..at] } else { before };
    let here = line[at..].chars().next().is_some_and(|c| c.is_ascii_digit()) || line[at..].starts_with("不足");
    if here && !line[..at].ends_with(is_word) {
        return at;
    }
    inside
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_word(*c) || *c == '.' || matches!(c, '%' | '％'))
        .last()
        .map_or(inside.len(), |(i, _)| i)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn offices_words_meet_their_spelling() {
        for (line, fault, member, written, instead) in [
            ("计数(申报) 5个以上", "5个以上", "计数", "5个以上", "不少于 5"),
            ("摘要 : 长文本 1000字左右", "1000字左右", "摘要", "1000字左右", "约 1000 字"),
            ("占比 : 百分比 40%以内", "40%以内", "占比", "40%以内", "不超过 40%"),
            ("占比 不足3", "不足3", "占比", "不足3", "低于 3"),
            ("经费 5万元以上", "5万元以上", "经费", "5万元以上", "不少于 5 万元"),
            ("年 : 年份 从 2019 到 2020", "从", "年 ", "从 2019 到 2020", "自 2019 至 2020"),
            ("率 : 百分比 0-100", "0-100", "率", "0-100", "自 0 至 100"),
            ("类 : 单选（地市、区县）", "（", "类", "单选（地市、区县）", "单选 { 地市, 区县 }"),
            ("如果 报送 → 评选", "如果", "如果", "如果", "若"),
            ("应 退回", "退回", "应", "应 退回", "应 结论为 退回"),
            ("必须 甲 : 人数 等于 3", "等于", "必须", "等于", "="),
            ("require r : n is equal to 3", "is", "require", "is equal to", "="),
            ("let e = start + n months", "months", "let", "months", "* 1 month"),
            ("计划 : 长文本 至 200 字", "字", "计划", "至 200 字", "不超过 200 字"),
            ("plan : Prose to 300 words", "words", "plan", "to 300 words", "at most 300 words"),
            ("必须 甲 : 专家组 评定", "评定", "必须", "专家组 评定", "由 专家组 评定"),
        ] {
            let idiom = find(line, line.find(fault).unwrap(), line.find(member).unwrap());
            let idiom = idiom.unwrap_or_else(|| panic!("{line}"));
            assert_eq!((&line[idiom.place.0..idiom.place.1], idiom.instead.as_str()), (written, instead), "{line}");
        }
        assert_eq!(find("必须 甲 : 由 专家组 评定", 0, 0), None);
    }
}
