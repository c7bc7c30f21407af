//! Reports as lines for people; tools read the JSON.

use crate::values::Words;
use prog_base::Lang;
use prog_eval::{
    BatchReport, Finding, PackageFinding, QuotaFinding, Report, TargetFinding, TargetsReport, result_word, state_word, verdict_word,
};
use prog_model::{Citation, Programme, RuleResult};

/// A case's report.
pub fn report(report: &Report<'_>, lang: Lang) -> String {
    let id = report.id.map(|id| format!(" {id}")).unwrap_or_default();
    let mut out = format!("{}{id}: {}\n", report.track, in_words(verdict_word(report.verdict), lang));
    out += &standing(report, lang);
    out += &values(report, lang);
    for finding in &report.findings {
        out += &line(finding, report.programme, lang);
    }
    if !report.later.is_empty() {
        out += &format!("{}\n", in_lang(lang, "以后的环节：", "later:"));
        for finding in &report.later {
            out += &line(finding, report.programme, lang);
        }
    }
    for note in &report.notes {
        out += &format!(
            "  {} {}{} {}\n",
            in_lang(lang, "提示", "note"),
            note.rule,
            clauses(note.cites, report.programme),
            note.message.get(lang)
        );
    }
    out
}

/// Where the case stands: `  at 市级审核`, `  ended after 省级评审: 未入选`.
fn standing(report: &Report<'_>, lang: Lang) -> String {
    let places = report.standing.as_deref().unwrap_or_default().iter().map(|place| match (place.ended, place.result) {
        (false, _) => format!("{} {}", in_lang(lang, "在环节", "at"), place.stage),
        (true, Some(result)) => format!("{} {}: {result}", in_lang(lang, "终止于", "ended after"), place.stage),
        (true, None) => format!("{} {}", in_lang(lang, "终止于", "ended after"), place.stage),
    });
    let places: Vec<String> = places.collect();
    if places.is_empty() { String::new() } else { format!("  {}\n", places.join(in_lang(lang, " 或 ", " or "))) }
}

/// What is worked out of the case, in its unit: `  value 补贴额 [三]: 800 元`.
fn values(report: &Report<'_>, lang: Lang) -> String {
    let words = Words { p: report.programme, lang };
    let track = report.programme.tracks.iter().find(|t| t.ident.key == report.track);
    let mut out = String::new();
    for entry in &report.values {
        let Some(named) = track.and_then(|t| t.lets.iter().find(|l| l.ident.key == entry.key)) else { continue };
        let value = words.value(Some(&named.value.ty), &entry.shown);
        let (name, cited) = (words.name(&named.ident), clauses(entry.cites, report.programme));
        out += &format!("  {} {name}{cited}: {value}\n", in_lang(lang, "计算", "value"));
    }
    out
}

/// A batch: its reports, then its quotas and packages.
pub fn batch(batch: &BatchReport<'_>, lang: Lang) -> String {
    let mut out: String = batch.reports.iter().map(|one| report(one, lang)).collect();
    for package in &batch.packages {
        out +=
            &format!("{} {}: {}\n", in_lang(lang, "报送", "package"), package.id.unwrap_or("?"), in_words(state_word(package.state), lang));
        for finding in &package.findings {
            match finding {
                PackageFinding::Own(finding) => out += &line(finding, batch.programme, lang),
                PackageFinding::Quota(finding) => out += &quota(finding, batch.programme, lang),
            }
        }
    }
    for finding in &batch.findings {
        out += &quota(finding, batch.programme, lang);
    }
    for note in &batch.notes {
        let (word, message) = (in_lang(lang, "提示", "note"), note.message.get(lang));
        out += &format!("{word} {}{} {message}\n", note.rule, clauses(note.cites, batch.programme));
    }
    out
}

/// The report on targets: each milestone, then what is noted.
pub fn targets(report: &TargetsReport<'_>, lang: Lang) -> String {
    let mut out = String::new();
    let mut block = "";
    for finding in &report.findings {
        if block != finding.block.ident.key {
            block = &finding.block.ident.key;
            out += &format!("{}\n", finding.block.ident.label.get(lang));
        }
        out += &milestone(finding, report.programme, lang);
    }
    for note in &report.notes {
        let (word, message) = (in_lang(lang, "提示", "note"), note.message.get(lang));
        out += &format!("{word} {}{} {message}\n", note.rule, clauses(note.cites, report.programme));
    }
    out
}

/// `  unmet 2022 [二(二)] Interactive share: 59.9, at least 60, 0.1 short`
fn milestone(finding: &TargetFinding<'_>, programme: &Programme, lang: Lang) -> String {
    let whose = finding.key.map(|(_, key)| format!(" {key}")).unwrap_or_default();
    let needs = match finding.result {
        RuleResult::Pending | RuleResult::Unknown => waiting(finding.needs.0.iter().map(|need| need.key), lang),
        RuleResult::Met | RuleResult::Unmet | RuleResult::NotApplicable | RuleResult::NotYetDue => String::new(),
    };
    let soft = if finding.soft { in_lang(lang, "（力争）", " (soft)") } else { "" };
    let mut out = format!(
        "  {} {}{whose}{} {}{soft}{}{needs}\n",
        in_words(result_word(finding.result), lang),
        finding.label,
        clauses(finding.cites, programme),
        finding.message.get(lang),
        finding.in_numbers(programme, lang),
    );
    for item in finding.items.iter().flatten().filter(|item| item.result != RuleResult::Met) {
        out +=
            &format!("    {} {}{}\n", in_words(result_word(item.result), lang), item.key, finding.item_in_numbers(item, programme, lang));
    }
    out
}

fn line(finding: &Finding<'_>, programme: &Programme, lang: Lang) -> String {
    let needs = match finding.result {
        RuleResult::Pending | RuleResult::Unknown => waiting(finding.needs.0.iter().map(|need| need.key), lang),
        RuleResult::Met | RuleResult::Unmet | RuleResult::NotApplicable | RuleResult::NotYetDue => String::new(),
    };
    format!(
        "  {} {}{} {}{needs}\n",
        in_words(result_word(finding.result), lang),
        finding.ident.key,
        clauses(finding.cites, programme),
        finding.message.get(lang)
    )
}

fn quota(finding: &QuotaFinding<'_>, programme: &Programme, lang: Lang) -> String {
    let key: Vec<&str> = finding.key.iter().map(|(_, value)| value.as_ref()).collect();
    let members: Vec<&str> = finding.members.iter().map(AsRef::as_ref).collect();
    format!(
        "  {} {} {}{} {}: {}\n",
        in_words(result_word(finding.result), lang),
        finding.ident.key,
        key.join(", "),
        clauses(finding.cites, programme),
        finding.ident.label.get(lang),
        members.join(", "),
    )
}

fn waiting<'a>(needs: impl Iterator<Item = &'a str>, lang: Lang) -> String {
    let needs: Vec<&str> = needs.collect();
    match needs.is_empty() {
        true => String::new(),
        false => format!(" ({} {})", in_lang(lang, "等待", "awaits"), needs.join(", ")),
    }
}

fn clauses(cites: &[Citation], programme: &Programme) -> String {
    let addresses = programme.addresses(cites);
    if addresses.is_empty() { String::new() } else { format!(" [{}]", addresses.join(", ")) }
}

/// The language's own words for results, verdicts and states, as `grammar/keywords.tsv` has them.
const CHINESE: &[(&str, &str)] = &[
    ("met", "符合"),
    ("unmet", "不符合"),
    ("unknown", "未明"),
    ("pending", "待评定"),
    ("pending judgement", "待评定"),
    ("not applicable", "不适用"),
    ("not yet due", "未到期"),
    ("rejected", "不通过"),
    ("returned", "退回"),
    ("reason needed", "需说明理由"),
    ("accepted", "通过"),
    ("complete", "齐备"),
];

/// A word of reports in the reader's language.
pub fn in_words(word: &'static str, lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => CHINESE.iter().find(|(en, _)| *en == word).map_or(word, |(_, zh)| zh),
        Lang::En => word,
    }
}

fn in_lang(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_of_the_language() {
        let table = include_str!("../../../grammar/keywords.tsv");
        for (en, zh) in CHINESE {
            let stands = |line: &str| line.contains(&format!("\t{zh}\t")) && line.split('\t').any(|cell| cell == *en);
            assert!(table.lines().any(stands), "{en} {zh}");
        }
    }
}
