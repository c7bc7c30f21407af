//! Results of scenarios for people: what passed, why the rest did not, what was never shown.
//!
//! In: what ran. Out: lines. Always: no line of ours is wider than 80 columns; a rule is named with its clauses.

use super::{Ran, RanScenario, Shown, ShownOutcome};
use crate::human::in_words;
use prog_base::{Lang, Text, text};
use prog_eval::explain::Explained;
use prog_eval::result_word;
use prog_model::RuleResult;

/// The widest line, in columns.
const WIDTH: usize = 80;

/// All programmes, then the count.
pub fn of(all: &[Ran], lang: Lang) -> String {
    let mut out: String = all.iter().map(|ran| programme(ran, lang)).collect();
    let scenarios = all.iter().map(|ran| ran.scenarios.len()).sum::<usize>();
    let failed = all.iter().flat_map(|ran| &ran.scenarios).filter(|s| !s.failures.is_empty()).count();
    let passed = scenarios - failed;
    out += &said(
        &text!("{scenarios} 个样例：{passed} 个通过，{failed} 个不符", "{scenarios} scenarios: {passed} passed, {failed} failed"),
        lang,
        0,
    );
    out
}

fn programme(ran: &Ran, lang: Lang) -> String {
    let mut out = format!("{}\n", ran.programme);
    ran.scenarios.iter().for_each(|one| out += &scenario(one, lang));
    if ran.coverage.is_empty() && ran.outcomes.is_empty() {
        return out;
    }
    let ((shown, of), percent) = (ran.shown(), ran.percent());
    let covered = text!(
        "规则覆盖 {percent}%：可能出现的 {of} 种结果中，样例已显示 {shown} 种",
        "coverage {percent}%: {shown} of {of} results that can come out were shown"
    );
    out += &said(&covered, lang, 2);
    ran.coverage.iter().for_each(|entry| out += &lacking(entry, lang));
    let (taken, of) = (ran.outcomes.iter().filter(|entry| entry.seen).count(), ran.outcomes.len());
    if of > 0 {
        out += &said(&text!("环节：{of} 种处理中，样例已走过 {taken} 种", "stages: {taken} of {of} outcomes were taken"), lang, 2);
    }
    ran.outcomes.iter().filter(|entry| !entry.seen).for_each(|entry| out += &outcome(entry, lang));
    out
}

fn said(words: &Text, lang: Lang, depth: usize) -> String {
    format!("{}{}\n", " ".repeat(depth), words.get(lang))
}

/// A scenario; of a failed one what was expected, what came out and why.
fn scenario(one: &RanScenario, lang: Lang) -> String {
    let word = match (one.failures.is_empty(), lang) {
        (true, Lang::Zh) => "通过",
        (true, Lang::En) => "ok",
        (false, Lang::Zh) => "不符",
        (false, Lang::En) => "FAILED",
    };
    let mut out = format!("  {word} {}\n", one.title);
    for (failure, why) in &one.failures {
        let (expected, found) = (failure.expected.get(lang), failure.found.get(lang));
        out += &said(&text!("预期：{expected}", "expected: {expected}"), lang, 6);
        out += &said(&text!("结果：{found}", "found:    {found}"), lang, 6);
        why.reasons.iter().for_each(|node| out += &reason(node, 8, lang));
    }
    out
}

/// A node of the tree of reasons and what it was made of.
pub(super) fn reason(node: &Explained, depth: usize, lang: Lang) -> String {
    let (what, value) = (worded(&node.what, lang), worded(&node.value, lang));
    let value = if value.is_empty() { String::new() } else { format!("{}{value}", in_lang(lang, "：", ": ")) };
    let clauses = if node.clauses.is_empty() { String::new() } else { format!(" [{}]", node.clauses.join(", ")) };
    let room = WIDTH.saturating_sub(depth + width(&value) + width(&clauses)).max(20);
    let mut out = format!("{}{}{value}{clauses}\n", " ".repeat(depth), cut(&what, room));
    node.parts.iter().for_each(|part| out += &reason(part, depth + 2, lang));
    out
}

/// Words of reports at the start of a value or name, in the reader's language.
const CHINESE: [(&str, &str); 17] = [
    ("in principle ", "原则上 "),
    ("require ", "必须 "),
    ("complete ", "须齐备 "),
    ("prefer ", "优先 "),
    ("encourage ", "鼓励 "),
    ("note ", "提示 "),
    ("waive ", "免于 "),
    ("judged ", "评定 "),
    ("attested ", "证明 "),
    ("external ", "查询 "),
    ("not applicable", "不适用"),
    ("pending", "待评定"),
    ("unknown", "未明"),
    ("unmet", "不符合"),
    ("met", "符合"),
    ("true", "是"),
    ("false", "否"),
];

fn worded(words: &str, lang: Lang) -> String {
    let words = if words == "blank" || words == "none" { in_lang(lang, "空白", "blank") } else { words };
    let found = if lang == Lang::Zh { CHINESE.iter().find_map(|(en, zh)| Some((words.strip_prefix(en)?, zh))) } else { None };
    match found {
        Some((rest, zh)) => format!("{zh}{rest}"),
        None => words.to_owned(),
    }
}

/// A rule that has more to show: its clauses, and what is missing.
fn lacking(entry: &Shown, lang: Lang) -> String {
    let missing = entry.missing();
    if missing.is_empty() {
        return String::new();
    }
    let words: Vec<&str> = missing.iter().map(|result: &RuleResult| in_words(result_word(*result), lang)).collect();
    let (name, clauses) = (&entry.name, entry.clauses.join(", "));
    let words = words.join(in_lang(lang, "、", ", "));
    said(&text!("{name} [{clauses}] 还没有：{words}", "{name} [{clauses}] not yet: {words}"), lang, 4)
}

fn outcome(entry: &ShownOutcome, lang: Lang) -> String {
    let (tracks, stage, clauses) = (entry.tracks.join(", "), &entry.stage, entry.clauses.join(", "));
    let what = entry.outcome.as_deref().unwrap_or(in_lang(lang, "逾期", "late"));
    let to = entry.leads_to.as_deref().unwrap_or(in_lang(lang, "终止", "end"));
    said(&text!("{stage}（{tracks}） [{clauses}] 还没有：{what} → {to}", "{stage} ({tracks}) [{clauses}] not yet: {what} -> {to}"), lang, 4)
}

fn in_lang<'t>(lang: Lang, zh: &'t str, en: &'t str) -> &'t str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// As much as fits, with a sign where something was cut.
fn cut(words: &str, room: usize) -> String {
    if width(words) <= room {
        return words.to_owned();
    }
    let mut out = String::new();
    for c in words.chars() {
        if width(&out) + width(c.encode_utf8(&mut [0; 4])) + 1 > room {
            break;
        }
        out.push(c);
    }
    out + "…"
}

fn width(words: &str) -> usize {
    words.chars().map(|c| if c as u32 >= 0x1100 { 2 } else { 1 }).sum()
}
