//! `deadlines.ics`: the days of the stages as a calendar (RFC 5545).
//!
//! In: the plan. Out: an entry a window and a deadline whose day is the same for every case. Always: no clock — entries are stamped with the notice's own date;
//! a deadline of a whole day is an entry of that day; lines of at most 75 octets, ended by CR LF.

use crate::Plan;
use crate::names::ascii;
use crate::prose::Prose;
use prog_base::{Date, Zone, text};
use prog_model::{Deadline, Expr, ExprKind, HeaderField, HeaderKey, Stage};
use std::collections::BTreeSet;

/// The calendar; none if no day is written out.
pub fn calendar(plan: &Plan<'_>) -> Option<String> {
    let prose = Prose::native(plan.programme);
    let mut seen = BTreeSet::new();
    let mut events = Vec::new();
    for stage in plan.programme.workflows.iter().flat_map(|w| &w.stages) {
        for (day, due) in [(&stage.open, false), (&stage.due, true)] {
            let Some(Deadline::At(when) | Deadline::Inferred(when)) = day else { continue };
            let Some(time) = time(plan, when) else { continue };
            if seen.insert((plan.stage(stage.id).to_owned(), due, time.clone())) {
                events.extend(event(plan, &prose, stage, due, &time));
            }
        }
    }
    (!events.is_empty()).then(|| {
        let head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//prog//deadlines//EN", "CALSCALE:GREGORIAN"].map(str::to_owned);
        let name = format!("NAME:{}", escaped(&prose.name(&plan.programme.ident)));
        let lines = head.into_iter().chain([name]).chain(events).chain(["END:VCALENDAR".to_owned()]);
        lines.map(|line| folded(&line)).collect()
    })
}

/// Start and end of an entry; a moment has no end.
fn time(plan: &Plan<'_>, when: &Expr) -> Option<Vec<String>> {
    if let ExprKind::Moment(moment) = when.kind {
        let shown = Zone::show(None, moment);
        let utc: String = shown.trim_end_matches("+00:00").chars().filter(|c| !matches!(c, '-' | ':')).collect();
        return Some(vec![format!("DTSTART:{utc}Z")]);
    }
    let day = plan.programme.fixed_day(when)?;
    Some(vec![format!("DTSTART;VALUE=DATE:{}", digits(day)), format!("DTEND;VALUE=DATE:{}", digits(day.tomorrow()?))])
}

fn digits(day: Date) -> String {
    let (year, month, day) = day.parts();
    format!("{year:04}{month:02}{day:02}")
}

fn event(plan: &Plan<'_>, prose: &Prose<'_>, stage: &Stage, due: bool, time: &[String]) -> Vec<String> {
    let what = prose.name(&stage.ident);
    let by = stage.by.map(|by| prose.actor(by)).unwrap_or_default();
    let (kind, summary) = match due {
        true => ("due", prose.say(text!("截止：{what}", "Due: {what}"))),
        false => ("opens", prose.say(text!("开始：{what}", "Opens: {what}"))),
    };
    let words = stage.due.as_ref().filter(|_| due).or(stage.open.as_ref()).map(|d| prose.deadline(d, due)).unwrap_or_default();
    let clauses = prose.listed(plan.clauses(&stage.cites).into_iter().map(str::to_owned));
    let under = if clauses.is_empty() { String::new() } else { prose.say(text!("依据：{clauses}", "Under {clauses}")) };
    let about: Vec<String> = [words, under].into_iter().filter(|line| !line.is_empty()).collect();
    let start = time.first().and_then(|start| start.rsplit(':').next()).unwrap_or_default();
    let id = format!("{}.{start}.{kind}@{}", ascii(plan.stage(stage.id)), ascii(&plan.programme.ident.key));
    let mut lines = vec!["BEGIN:VEVENT".to_owned(), format!("UID:{id}"), format!("DTSTAMP:{}T000000Z", stamped(plan))];
    lines.extend(time.iter().cloned());
    lines.extend([
        format!("SUMMARY:{}", escaped(&prose.aside(&summary, &by))),
        format!("DESCRIPTION:{}", escaped(&about.join("\n"))),
        "TRANSP:TRANSPARENT".to_owned(),
        "END:VEVENT".to_owned(),
    ]);
    lines
}

/// The notice's date; a programme without one is stamped as the beginning of time.
fn stamped(plan: &Plan<'_>) -> String {
    let header = plan.programme.header.iter().filter(|h| matches!(h.key, HeaderKey::Issued | HeaderKey::Printed));
    let days = header.flat_map(HeaderField::values);
    days.filter_map(|day| Date::parse(day)).next().map_or("19700101".to_owned(), digits)
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A line in pieces of at most 75 octets, never within a character.
fn folded(line: &str) -> String {
    let (mut text, mut used) = (String::new(), 0);
    for c in line.chars() {
        if used + c.len_utf8() > 74 {
            text.push_str("\r\n ");
            used = 1;
        }
        text.push(c);
        used += c.len_utf8();
    }
    text + "\r\n"
}
