//! `<track>.facts.html`: what rules need and no form of the notice asks for (semantics 12).
//!
//! In: one track. Out: its page. Always: only what the applicant may set — entered facts, attestations, materials, written reasons;
//! what others judge or look up is named, with no field.

use super::control::{self, Choice, Control};
use super::page::{Export, Page, Section, base};
use super::sheet::{Cell, Content, Row, View, Words, full, named_by, shown, words};
use crate::Plan;
use crate::layout::{Blocks, Field, anchor as id};
use crate::names::pointer_step;
use prog_model::{ActorId, Citation, Label, Material, MaterialId, Origin, Stage, StageId, Strength, Test, Track, TrackId};

/// The page of a track.
pub fn page(plan: &Plan<'_>, track: &Track, track_id: TrackId) -> Page {
    let label = Label { text: format!("{}：核对所需信息", track.ident.label.text), en: None };
    let mut page = Page::new(plan, &label, &track.cites, false);
    page.remarks = vec![
        "这不是通知所附的表格（not a form of the notice）。".to_owned(),
        "这里登记的是核对申报条件所需、而通知没有设表填写的信息。".to_owned(),
    ];
    let sections = [facts(plan, track), attested(plan, track), materials(plan, track), reasons(plan, track), others(plan, track)];
    page.sections = vec![whose()];
    page.sections.extend(sections.into_iter().flatten());
    let file = format!("{}.case.json", plan.track(track_id));
    let stage = route(plan, track).first().map(|s| plan.stage(s.id).to_owned());
    page.export = Some(Export { base: base(plan, Some(track_id)), draft: file.clone(), file, stage, track: None });
    page
}

/// The case's own id.
pub fn whose() -> Section {
    let control = Control {
        kind: "input",
        input: "text",
        id: "id".to_owned(),
        at: "/id".to_owned(),
        exported: "text",
        label: "申报编号或单位名称".to_owned(),
        ..Control::default()
    };
    let label =
        Content::Words(Words { text: control.label.clone(), label_for: Some(control.id.clone()), optional: true, ..Words::default() });
    section("whose", "申报", vec![row(vec![label], control)])
}

fn section(id: &str, legend: &str, rows: Vec<Row>) -> Section {
    Section { id: format!("section-{id}"), legend: Some(legend.to_owned()), rows, ..Section::default() }
}

/// A head at the left, a control at the right.
fn row(head: Vec<Content>, control: Control) -> Row {
    let head = Cell { scope: Some("row"), columns: 5, rows: 1, content: head, ..Cell::default() };
    Row { cells: vec![head, Cell { columns: 7, rows: 1, content: vec![shown(control)], ..Cell::default() }] }
}

fn facts(plan: &Plan<'_>, track: &Track) -> Option<Section> {
    let (blocks, view) = (Blocks { plan, by: None }, View { plan, turns: None });
    let inputs = track.inputs.iter().map(|i| plan.programme.input(*i));
    let entered = inputs.filter(|i| i.form.is_none() && matches!(i.origin, Origin::Entered) && own(plan, track, i.stage));
    let rows = entered.flat_map(|input| {
        let mut field = Field::of_input(plan, input, None);
        field.hints.extend(later(plan, track, input.stage));
        view.rows(&blocks.single(field))
    });
    let rows: Vec<Row> = rows.collect();
    (!rows.is_empty()).then(|| section("facts", "基本信息", rows))
}

/// Words with the clauses behind them.
fn cited(plan: &Plan<'_>, text: &str, cites: &[Citation]) -> String {
    let clauses = plan.clauses(cites);
    if clauses.is_empty() { text.to_owned() } else { format!("{text} [{}]", clauses.join("、")) }
}

fn attested(plan: &Plan<'_>, track: &Track) -> Option<Section> {
    let mut rows = Vec::new();
    for input in track.inputs.iter().map(|i| plan.programme.input(*i)) {
        if let (Origin::Attested { with }, true) = (&input.origin, own(plan, track, input.stage)) {
            let field = Field { pointer: format!("{}/value", input.pointer), ..Field::of_input(plan, input, None) };
            let title = cited(plan, &field.title(), &input.cites);
            let when = later(plan, track, input.stage).map(|w| format!("（{w}）")).unwrap_or_default();
            attestation(
                plan,
                &input.pointer,
                &format!("{title}{when}"),
                field.optional,
                control::control(plan, &field, false),
                with,
                &mut rows,
            );
        }
    }
    for rule in &track.rules {
        collect_attested(plan, &rule.ident.key, &rule.ident.label.text, &rule.cites, &rule.test, &mut rows);
    }
    (!rows.is_empty()).then(|| section("attested", "由申报单位承诺并提供证明的条件", rows))
}

fn collect_attested(plan: &Plan<'_>, key: &str, text: &str, cites: &[Citation], test: &Test, rows: &mut Vec<Row>) {
    match test {
        Test::Attested { with } => {
            let pointer = format!("/attested/{}", pointer_step(key));
            let at = format!("{pointer}/value");
            let control = Control { kind: "radio", exported: "yes_no", id: id(&at), label: text.to_owned(), at, ..Control::default() };
            let option = |value: &str, label: &str| Choice {
                id: format!("{}.{value}", control.id),
                value: value.to_owned(),
                label: label.to_owned(),
            };
            let options = vec![option("true", "是"), option("false", "否")];
            attestation(plan, &pointer, &cited(plan, text, cites), false, Control { options, ..control }, with, rows);
        }
        Test::Threshold { members, .. } => {
            for member in members {
                collect_attested(plan, &member.ident.key, &member.ident.label.text, &member.cites, &member.test, rows);
            }
        }
        Test::Bad | Test::Expr(_) | Test::Judged { .. } | Test::External { .. } => {}
    }
}

fn attestation(plan: &Plan<'_>, pointer: &str, title: &str, optional: bool, control: Control, with: &[MaterialId], rows: &mut Vec<Row>) {
    let label_id = format!("{}-label", id(pointer));
    let words = Content::Words(Words { text: title.to_owned(), id: Some(label_id.clone()), optional, ..Words::default() });
    rows.push(row(vec![words], named_by(control, &[&label_id])));
    let at = format!("{pointer}/evidence");
    let evidence_id = id(&at);
    let materials: Vec<&str> = with.iter().map(|m| plan.programme.materials[m.index()].ident.label.text.as_str()).collect();
    let text = if materials.is_empty() { "证明材料".to_owned() } else { format!("证明材料（{}）", materials.join("、")) };
    let words = Content::Words(Words { text, id: Some(format!("{evidence_id}-label")), ..Words::default() });
    let control = Control { kind: "input", input: "text", exported: "text", id: evidence_id.clone(), at, ..Control::default() };
    rows.push(row(vec![words], named_by(control, &[&label_id, &format!("{evidence_id}-label")])));
}

fn materials(plan: &Plan<'_>, track: &Track) -> Option<Section> {
    let ids = track.materials.iter().map(|m| &plan.programme.materials[m.index()]);
    let ids = ids.filter(|m| m.by.is_none() || m.by == applicant(plan, track));
    let rows: Vec<Row> = ids.flat_map(|m| material(plan, track, m)).collect();
    (!rows.is_empty()).then(|| section("materials", "已提交的材料", rows))
}

fn material(plan: &Plan<'_>, track: &Track, material: &Material) -> Vec<Row> {
    let pointer = format!("/materials/{}", pointer_step(&material.ident.key));
    let label_id = format!("{}-label", id(&pointer));
    let mut words = cited(plan, &material.ident.label.text, &material.cites);
    if material.only_needed || material.optional {
        words.push_str("（视情况提供）");
    }
    if let Some(when) = later(plan, track, material.at) {
        words.push_str(&format!("（{when}）"));
    }
    let head = Content::Words(Words { text: words, id: Some(label_id.clone()), ..Words::default() });
    let copy = |format: Option<&prog_model::Format>, index: usize| {
        let sealed = format.is_some_and(|f| f.sealed);
        let label = match format {
            Some(f) if f.sealed => format!("{}（已盖章）", crate::words::medium(&f.name).zh),
            Some(f) => crate::words::medium(&f.name).zh,
            None => "已提交".to_owned(),
        };
        let control = Control {
            kind: "check",
            id: format!("{}-{index}", id(&pointer)),
            at: pointer.clone(),
            exported: "copy",
            label,
            value: format.map(|f| f.name.clone()),
            sealed,
            ..Control::default()
        };
        // The box's own words come last in its name.
        let own = format!("{}-words", control.id);
        named_by(control, &[&label_id, &own])
    };
    let controls: Vec<Control> = match material.formats.as_slice() {
        [] => vec![copy(None, 0)],
        formats => formats.iter().enumerate().map(|(i, f)| copy(Some(f), i)).collect(),
    };
    let content = controls.into_iter().map(shown).collect();
    let head = Cell { scope: Some("row"), columns: 5, rows: 1, content: vec![head], ..Cell::default() };
    vec![Row { cells: vec![head, Cell { columns: 7, rows: 1, content, ..Cell::default() }] }]
}

/// Rules that a written reason excuses.
fn reasons(plan: &Plan<'_>, track: &Track) -> Option<Section> {
    let rows: Vec<Row> = track
        .rules
        .iter()
        .filter(|rule| rule.strength == Strength::InPrinciple)
        .map(|rule| {
            let at = format!("/reasons/{}", pointer_step(&rule.ident.key));
            let control = Control { kind: "area", lines: 2, exported: "text", id: id(&at), at, ..Control::default() };
            let text = cited(plan, &format!("原则上：{}。不符合的，说明理由", rule.ident.label.text), &rule.cites);
            let label = Content::Words(Words { text, label_for: Some(control.id.clone()), ..Words::default() });
            row(vec![label], control)
        })
        .collect();
    (!rows.is_empty()).then(|| section("reasons", "不符合原则性要求的理由", rows))
}

/// Who fills this page: whoever acts at the first stage.
fn applicant(plan: &Plan<'_>, track: &Track) -> Option<ActorId> {
    route(plan, track).first().and_then(|s| s.by)
}

fn route<'a>(plan: &Plan<'a>, track: &Track) -> &'a [Stage] {
    track.workflow.map(|w| plan.programme.workflows[w.index()].stages.as_slice()).unwrap_or_default()
}

/// Whether what is due at a stage is the applicant's to set.
fn own(plan: &Plan<'_>, track: &Track, stage: Option<StageId>) -> bool {
    let by = route(plan, track).iter().find(|s| Some(s.id) == stage).and_then(|s| s.by);
    by.is_none() || by == applicant(plan, track)
}

/// That it is for a later stage.
fn later(plan: &Plan<'_>, track: &Track, stage: Option<StageId>) -> Option<String> {
    let at = route(plan, track).iter().skip(1).find(|s| Some(s.id) == stage)?;
    Some(format!("到“{}”环节再填报", at.ident.label.text))
}

/// Who fills it at its stage.
fn elsewhere(plan: &Plan<'_>, track: &Track, stage: Option<StageId>) -> String {
    let at = route(plan, track).iter().find(|s| Some(s.id) == stage);
    let by = at.and_then(|s| s.by).map(|by| plan.programme.actors[by.index()].ident.label.text.as_str()).unwrap_or_default();
    format!("由{by}在“{}”环节填报", at.map(|s| s.ident.label.text.as_str()).unwrap_or_default())
}

/// What others decide, named so that nobody looks for it here.
fn others(plan: &Plan<'_>, track: &Track) -> Option<Section> {
    let mut said = Vec::new();
    for input in track.inputs.iter().map(|i| plan.programme.input(*i)) {
        match &input.origin {
            Origin::Judged { by, .. } => said.push(judged(plan, &input.ident.label.text, *by)),
            Origin::External { register, .. } => said.push(format!("{}：查“{register}”", input.ident.label.text)),
            Origin::Entered | Origin::Attested { .. } if input.form.is_none() && !own(plan, track, input.stage) => {
                said.push(format!("{}：{}", input.ident.label.text, elsewhere(plan, track, input.stage)));
            }
            Origin::Entered | Origin::Attested { .. } | Origin::Computed(_) => {}
        }
    }
    for material in track.materials.iter().map(|m| &plan.programme.materials[m.index()]) {
        if let Some(by) = material.by.filter(|by| applicant(plan, track) != Some(*by)) {
            said.push(format!("{}：由{}提交", material.ident.label.text, plan.programme.actors[by.index()].ident.label.text));
        }
    }
    for rule in &track.rules {
        collect_others(plan, &cited(plan, &rule.ident.label.text, &rule.cites), &rule.test, &mut said);
    }
    let rows: Vec<Row> = said.iter().map(|text| full(Some("note"), vec![words(text)])).collect();
    (!rows.is_empty()).then(|| section("others", "由其他单位评定或查核，不在此填写", rows))
}

fn judged(plan: &Plan<'_>, text: &str, by: prog_model::ActorId) -> String {
    format!("{text}：由{}评定", plan.programme.actors[by.index()].ident.label.text)
}

fn collect_others(plan: &Plan<'_>, text: &str, test: &Test, said: &mut Vec<String>) {
    match test {
        Test::Judged { by, .. } => said.push(judged(plan, text, *by)),
        Test::External { register, .. } => said.push(format!("{text}：查“{register}”")),
        Test::Threshold { members, .. } => {
            for member in members {
                collect_others(plan, &cited(plan, &member.ident.label.text, &member.cites), &member.test, said);
            }
        }
        Test::Bad | Test::Expr(_) | Test::Attested { .. } => {}
    }
}
