//! `<track>.review.<actor>.html`: what one actor judges, with the clause and the evidence beside it.
//!
//! In: one track. Out: a page for each actor who judges. Always: every judged fact, rule and member of a threshold of that actor, in source
//! order; what the page writes is the `judgements` member of a case.

use super::control::{self, Control};
use super::page::{Export, Page, Section, base};
use super::sheet::{Cell, Content, Row, Words, named_by, shown};
use crate::Plan;
use crate::layout::{Field, anchor};
use crate::names::pointer_step;
use prog_base::{Text, text};
use prog_model::{ActorId, Citation, Ident, MaterialId, Origin, StageId, Test, Track, TrackId};

/// What somebody judges.
struct Judgement<'a> {
    pointer: String,
    text: Text,
    clauses: Vec<&'a str>,
    on: &'a [MaterialId],
    due: Option<StageId>,
    /// Its verdict.
    control: Control,
}

/// The pages of a track, each with its actor.
pub fn pages(plan: &Plan<'_>, track: &Track, id: TrackId) -> Vec<(ActorId, Page)> {
    let judged = judgements(plan, track);
    let mut actors: Vec<ActorId> = Vec::new();
    for (by, _) in &judged {
        if !actors.contains(by) {
            actors.push(*by);
        }
    }
    let of = |actor: ActorId| judged.iter().filter(move |(by, _)| *by == actor).map(|(_, judgement)| judgement);
    actors.into_iter().map(|actor| (actor, page(plan, track, id, actor, of(actor).collect()))).collect()
}

fn page(plan: &Plan<'_>, track: &Track, id: TrackId, actor: ActorId, judged: Vec<&Judgement<'_>>) -> Page {
    let Text { zh, en } = plan.programme.actors[actor.index()].ident.label.words();
    let (track_zh, track_en) = (&track.ident.label.text, track.ident.label.words().en);
    let title = text!("{track_zh}：评审表（{zh}）", "{track_en}: review ({en})");
    let mut page = Page::new(plan, title, &track.cites, false);
    page.whole = false;
    page.remarks = vec![
        super::facts::not_of_the_notice().into(),
        text!(
            "由{zh}填写：先读入申报数据，逐项评定，再导出数据。没有评定的项目不选。",
            "Filled in by {en}: read the data of the application, judge item by item, export the data. Leave open what was not judged."
        )
        .into(),
    ];
    let rows = judged.iter().flat_map(|one| rows(plan, one)).collect();
    page.sections = vec![
        super::facts::whose(),
        Section { id: "section-judged".to_owned(), legend: Some(text!("评定", "Judgements").into()), rows, ..Section::default() },
    ];
    let due = judged.iter().find_map(|one| one.due);
    let file = format!("{}.case.json", plan.track(id));
    let draft = format!("{}.review.{}", plan.track(id), plan.actor(actor));
    let stage = due.map(|stage| plan.stage(stage).to_owned());
    page.export = Some(Export { base: base(plan, Some(id)), file, draft, stage, track: None });
    page
}

fn judgements<'a>(plan: &'a Plan<'a>, track: &'a Track) -> Vec<(ActorId, Judgement<'a>)> {
    let mut found = Vec::new();
    for input in track.inputs.iter().map(|i| plan.programme.input(*i)) {
        if let Origin::Judged { by, on } = &input.origin {
            let field = Field { pointer: format!("{}/value", input.pointer), ..Field::of_input(plan, input, None) };
            let control = Control { must: false, described_by: None, ..control::control(plan, &field, false) };
            let (pointer, text, clauses) = (input.pointer.clone(), input.ident.label.words(), plan.clauses(&input.cites));
            found.push((*by, Judgement { pointer, text, clauses, on, due: input.stage, control }));
        }
    }
    for rule in &track.rules {
        collect(plan, (&rule.ident, &rule.cites), &rule.test, rule.due, &mut found);
    }
    found
}

fn collect<'a>(
    plan: &'a Plan<'a>,
    (ident, cites): (&'a Ident, &'a [Citation]),
    test: &'a Test,
    due: Option<StageId>,
    found: &mut Vec<(ActorId, Judgement<'a>)>,
) {
    match test {
        Test::Judged { by, on } => {
            let pointer = format!("/judgements/{}", pointer_step(&ident.key));
            let text = ident.label.words();
            let control = yes_or_no(&format!("{pointer}/value"), text.clone());
            found.push((*by, Judgement { pointer, text, clauses: plan.clauses(cites), on, due, control }));
        }
        Test::Threshold { members, .. } => {
            for member in members {
                collect(plan, (&member.ident, &member.cites), &member.test, due, found);
            }
        }
        Test::Bad | Test::Expr(_) | Test::Attested { .. } | Test::External { .. } => {}
    }
}

fn yes_or_no(at: &str, text: Text) -> Control {
    let id = anchor(at);
    let options = control::yes_or_no(&id, [text!("符合", "Met"), text!("不符合", "Not met")]);
    Control { kind: "radio", exported: "yes_no", label: text.into(), at: at.to_owned(), options, id, ..Control::default() }
}

/// What is judged at the left; verdict, reason, by whom and when at the right.
fn rows(plan: &Plan<'_>, one: &Judgement<'_>) -> Vec<Row> {
    let head_id = format!("{}-group", anchor(&one.pointer));
    let text = super::facts::cited(one.text.clone(), &one.clauses).into();
    let mut head = vec![Content::Words(Words { text, id: Some(head_id.clone()), ..Words::default() })];
    if !one.on.is_empty() {
        let Text { zh, en } = super::facts::named(plan, one.on);
        head.push(Content::Hint { id: format!("{head_id}-evidence"), text: text!("依据：{zh}", "By: {en}").into() });
    }
    let line = |member: &str, kind: &'static str, input: &'static str| {
        let at = format!("{}/{member}", one.pointer);
        Control { kind, input, lines: 2, exported: "text", id: anchor(&at), at, ..Control::default() }
    };
    let entries = [
        (text!("评定", "Judgement"), one.control.clone()),
        (text!("理由", "Reason"), line("reason", "area", "")),
        (text!("评定人", "Judged by"), line("by", "input", "text")),
        (text!("评定日期", "Date"), line("at", "input", "date")),
    ];
    let mut rows: Vec<Row> = entries.into_iter().map(|(label, control)| row(&head_id, label, control)).collect();
    let count = rows.len();
    if let Some(first) = rows.first_mut() {
        first.cells.insert(0, Cell { scope: Some("rowgroup"), columns: 5, rows: count, content: head, ..Cell::default() });
    }
    rows
}

fn row(head: &str, label: Text, control: Control) -> Row {
    let id = format!("{}-label", control.id);
    let words = Words { text: label.into(), id: Some(id.clone()), ..Words::default() };
    let label = Cell { scope: Some("row"), columns: 2, rows: 1, content: vec![Content::Words(words)], ..Cell::default() };
    let control = named_by(control, &[head, &id]);
    Row { cells: vec![label, Cell { columns: 5, rows: 1, content: vec![shown(control)], ..Cell::default() }] }
}
