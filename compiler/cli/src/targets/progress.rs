//! Reports on targets, day by day, in words: what the page of progress shows.
//!
//! In: what came of the reports on each day at which one ends. Out: a [`Progress`]. Always: of several milestones that is asked about which fell
//! due since the day before, else the next, else the last; nothing is said that the reports do not hold.

use prog_base::{Lang, Text, text};
use prog_emit::progress::{Block, Due, Line, Point, Progress};
use prog_eval::{TargetFinding, TargetsReport, Value, result_text, shown_with_unit};
use prog_model::{Programme, RuleResult};

/// The days in words of one language.
pub fn progress(p: &Programme, days: &[TargetsReport<'_>], lang: Lang) -> Progress {
    let blocks = p.targets.iter().map(|block| {
        // A day at which no report on the block ends is no day of it, but the last, which was asked for.
        let last = days.last().and_then(|report| report.on);
        let own = |report: &TargetsReport<'_>| {
            let mut reports = of_block(report, block).flat_map(|f| &f.reports);
            reports.any(|r| report.on == last || report.on == r.ends(block))
        };
        let days: Vec<&TargetsReport<'_>> = days.iter().filter(|report| own(report)).collect();
        let mut lines: Vec<(&str, Option<&str>)> = Vec::new();
        for finding in days.last().into_iter().flat_map(|report| of_block(report, block)) {
            let line = (finding.ident.key.as_str(), finding.key.map(|(_, key)| key));
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        Block {
            title: block.ident.label.get(lang).to_owned(),
            days: days.iter().filter_map(|report| report.on).collect(),
            lines: lines.into_iter().filter_map(|of| line(p, block, &days, of, lang)).collect(),
        }
    });
    Progress {
        lang,
        programme: p.ident.label.get(lang).to_owned(),
        version: p.version.clone(),
        blocks: blocks.filter(|block| !block.days.is_empty()).collect(),
    }
}

fn of_block<'r, 'a>(report: &'r TargetsReport<'a>, block: &'r prog_model::Targets) -> impl Iterator<Item = &'r TargetFinding<'a>> {
    report.findings.iter().filter(move |f| std::ptr::eq(f.block, block) && f.milestone.is_some())
}

/// One indicator of one body, if anything was ever reported of it.
fn line(
    p: &Programme,
    block: &prog_model::Targets,
    days: &[&TargetsReport<'_>],
    (key, whose): (&str, Option<&str>),
    lang: Lang,
) -> Option<Line> {
    let is = |f: &&TargetFinding<'_>| f.ident.key == key && f.key.map(|(_, key)| key) == whose;
    let all: Vec<Vec<&TargetFinding<'_>>> = days.iter().map(|report| of_block(report, block).filter(is).collect()).collect();
    let last = all.last()?;
    let first = last.first()?;
    if all.iter().flatten().all(|f| f.reports.is_empty()) {
        return None;
    }
    let due = |f: &&TargetFinding<'_>| {
        let number = f.limit.as_ref().and_then(|(_, limit, _)| if let Value::Number(n) = limit { Some(n.clone()) } else { None });
        let bound = f.bound(p, lang).or_else(|| f.words.map(|words| words.get(lang).to_owned()));
        let colon = text!("：", ": ");
        Due { day: f.due, words: [Some(f.label.clone()), bound].into_iter().flatten().collect::<Vec<_>>().join(colon.get(lang)), number }
    };
    let mut before = None;
    let mut asked = |(report, findings): (&&TargetsReport<'_>, &Vec<&TargetFinding<'_>>)| {
        let fell_due = |f: &&&TargetFinding<'_>| f.due.is_some() && f.due <= report.on && f.due > before;
        let next = |f: &&&TargetFinding<'_>| f.result == RuleResult::NotYetDue;
        let asked = findings.iter().rfind(fell_due).or_else(|| findings.iter().find(next)).or(findings.last());
        before = report.on;
        asked.map_or_else(Point::default, |f| point(p, f, lang))
    };
    let name = first.ident.label.get(lang);
    Some(Line {
        name: whose.map_or_else(|| name.to_owned(), |whose| format!("{name} · {whose}")),
        clauses: p.addresses(first.cites).into_iter().map(str::to_owned).collect(),
        dues: last.iter().map(due).collect(),
        points: days.iter().zip(&all).map(&mut asked).collect(),
    })
}

fn point(p: &Programme, f: &TargetFinding<'_>, lang: Lang) -> Point {
    let number = if let Value::Number(n) = &f.value { Some(n.clone()) } else { None };
    let words = match (&f.items, &f.value) {
        (Some(items), _) => {
            let there = |value: &Value<'_>| !matches!(value, Value::None | Value::Unknown(_));
            let (said, all) = (items.iter().filter(|i| there(&i.value)).count(), items.len());
            text!("已报 {said}/{all}", "{said} of {all} reported").get(lang).to_owned()
        }
        (None, Value::Number(n)) => f.ty.map_or_else(|| n.to_string(), |ty| shown_with_unit(p, n, ty)),
        (None, Value::Bool(yes)) => (if *yes { text!("是", "yes") } else { text!("否", "no") }).get(lang).to_owned(),
        (None, _) => String::new(),
    };
    let state = match f.result {
        RuleResult::Met | RuleResult::NotApplicable => "met",
        RuleResult::Unmet => "unmet",
        RuleResult::NotYetDue => "later",
        RuleResult::Unknown | RuleResult::Pending => "open",
    };
    let Text { zh, en } = result_text(f.result);
    let result = if lang == Lang::Zh { format!("{}：{zh}", f.label) } else { format!("{}: {en}", f.label) };
    Point { words, result, state, number }
}
