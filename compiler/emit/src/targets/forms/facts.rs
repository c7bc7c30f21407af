//! `<track>.facts.html`: what rules need and no form of the notice asks for (semantics 12).
//!
//! In: one track. Out: its page. Always: only what the applicant may set — entered facts, attestations, materials, written reasons;
//! what others judge or look up is named, with no field.

use super::control::{self, Control};
use super::page::{Export, Page, Section, base};
use super::sheet::{Cell, Content, Row, View, Words, full, named_by, shown, words};
use crate::Plan;
use crate::layout::{Blocks, Field, anchor as id};
use crate::names::pointer_step;
use prog_base::{Text, text};
use prog_model::{ActorId, Citation, Ident, Material, MaterialId, Origin, Stage, StageId, Strength, Test, Track, TrackId};

/// The page of a track.
pub fn page(plan: &Plan<'_>, track: &Track, track_id: TrackId) -> Page {
    let Text { zh, en } = track.ident.label.words();
    let mut page = Page::new(plan, text!("{zh}：核对所需信息", "{en}: what the check needs"), &track.cites, false);
    page.remarks = vec![
        not_of_the_notice().into(),
        text!(
            "这里登记的是核对申报条件所需、而通知没有设表填写的信息。",
            "It takes what the conditions need to be checked and no form of the notice asks for."
        )
        .into(),
    ];
    let sections = [facts(plan, track), attested(plan, track), materials(plan, track), reasons(plan, track), others(plan, track)];
    page.sections = vec![whose()];
    page.sections.extend(sections.into_iter().flatten());
    let file = format!("{}.case.json", plan.track(track_id));
    let stage = route(plan, track).first().map(|s| plan.stage(s.id).to_owned());
    page.export = Some(Export { base: base(plan, Some(track_id)), draft: file.clone(), file, stage, track: None });
    page
}

/// What these pages are not.
pub fn not_of_the_notice() -> Text {
    text!("这不是通知所附的表格。", "This is not a form of the notice.")
}

/// The case's own id.
pub fn whose() -> Section {
    let control = Control {
        kind: "input",
        input: "text",
        id: "id".to_owned(),
        at: "/id".to_owned(),
        exported: "text",
        label: text!("申报编号或单位名称", "Number of the application, or name of the applicant").into(),
        ..Control::default()
    };
    let label =
        Content::Words(Words { text: control.label.clone(), label_for: Some(control.id.clone()), optional: true, ..Words::default() });
    section("whose", text!("申报", "Application"), vec![row(vec![label], control)])
}

fn section(id: &str, legend: Text, rows: Vec<Row>) -> Section {
    Section { id: format!("section-{id}"), legend: Some(legend.into()), rows, ..Section::default() }
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
    (!rows.is_empty()).then(|| section("facts", text!("基本信息", "Facts"), rows))
}

/// Words with the clauses behind them.
pub fn cited(Text { zh, en }: Text, clauses: &[&str]) -> Text {
    let behind = if clauses.is_empty() { String::new() } else { format!(" [{}]", clauses.join("、")) };
    text!("{zh}{behind}", "{en}{behind}")
}

/// The names of materials.
pub fn named(plan: &Plan<'_>, materials: &[MaterialId]) -> Text {
    Text::joined(materials.iter().map(|m| plan.programme.materials[m.index()].ident.label.words()), &text!("、", ", "))
}

/// Words with an aside.
fn beside(text: Text, aside: Option<Text>) -> Text {
    let Some(aside) = aside else { return text };
    Text { zh: format!("{}（{}）", text.zh, aside.zh), en: format!("{} ({})", text.en, aside.en) }
}

fn attested(plan: &Plan<'_>, track: &Track) -> Option<Section> {
    let mut rows = Vec::new();
    for input in track.inputs.iter().map(|i| plan.programme.input(*i)) {
        if let (Origin::Attested { with }, true) = (&input.origin, own(plan, track, input.stage)) {
            let field = Field { pointer: format!("{}/value", input.pointer), ..Field::of_input(plan, input, None) };
            let title = beside(cited(field.title(), &plan.clauses(&input.cites)), later(plan, track, input.stage));
            let control = control::control(plan, &field, false);
            attestation(plan, &input.pointer, title, field.optional, control, with, &mut rows);
        }
    }
    for rule in &track.rules {
        collect_attested(plan, &rule.ident, &rule.cites, &rule.test, &mut rows);
    }
    (!rows.is_empty()).then(|| section("attested", text!("由申报单位承诺并提供证明的条件", "What the applicant warrants and proves"), rows))
}

fn collect_attested(plan: &Plan<'_>, ident: &Ident, cites: &[Citation], test: &Test, rows: &mut Vec<Row>) {
    match test {
        Test::Attested { with } => {
            let pointer = format!("/attested/{}", pointer_step(&ident.key));
            let at = format!("{pointer}/value");
            let options = control::yes_or_no(&id(&at), [text!("是", "Yes"), text!("否", "No")]);
            let label = ident.label.words().into();
            let control = Control { kind: "radio", exported: "yes_no", id: id(&at), label, at, options, ..Control::default() };
            attestation(plan, &pointer, cited(ident.label.words(), &plan.clauses(cites)), false, control, with, rows);
        }
        Test::Threshold { members, .. } => {
            for member in members {
                collect_attested(plan, &member.ident, &member.cites, &member.test, rows);
            }
        }
        Test::Bad | Test::Expr(_) | Test::Judged { .. } | Test::External { .. } => {}
    }
}

fn attestation(plan: &Plan<'_>, pointer: &str, title: Text, optional: bool, control: Control, with: &[MaterialId], rows: &mut Vec<Row>) {
    let label_id = format!("{}-label", id(pointer));
    let words = Content::Words(Words { text: title.into(), id: Some(label_id.clone()), optional, ..Words::default() });
    rows.push(row(vec![words], named_by(control, &[&label_id])));
    let at = format!("{pointer}/evidence");
    let evidence_id = id(&at);
    let proof = beside(text!("证明材料", "Proof"), (!with.is_empty()).then(|| named(plan, with)));
    let words = Content::Words(Words { text: proof.into(), id: Some(format!("{evidence_id}-label")), ..Words::default() });
    let control = Control { kind: "input", input: "text", exported: "text", id: evidence_id.clone(), at, ..Control::default() };
    rows.push(row(vec![words], named_by(control, &[&label_id, &format!("{evidence_id}-label")])));
}

fn materials(plan: &Plan<'_>, track: &Track) -> Option<Section> {
    let ids = track.materials.iter().map(|m| &plan.programme.materials[m.index()]);
    let ids = ids.filter(|m| m.by.is_none() || m.by == applicant(plan, track));
    let rows: Vec<Row> = ids.flat_map(|m| material(plan, track, m)).collect();
    (!rows.is_empty()).then(|| section("materials", text!("已提交的材料", "Materials handed in"), rows))
}

fn material(plan: &Plan<'_>, track: &Track, material: &Material) -> Vec<Row> {
    let pointer = format!("/materials/{}", pointer_step(&material.ident.key));
    let label_id = format!("{}-label", id(&pointer));
    let perhaps = (material.only_needed || material.optional).then(|| text!("视情况提供", "where it applies"));
    let words = beside(cited(material.ident.label.words(), &plan.clauses(&material.cites)), perhaps);
    let words = beside(words, later(plan, track, material.at));
    let head = Content::Words(Words { text: words.into(), id: Some(label_id.clone()), ..Words::default() });
    let copy = |format: Option<&prog_model::Format>, index: usize| {
        let sealed = format.is_some_and(|f| f.sealed);
        let label = match format {
            Some(f) => beside(crate::words::medium(&f.name), sealed.then(|| text!("已盖章", "sealed"))),
            None => text!("已提交", "handed in"),
        };
        let label = label.into();
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
            let Text { zh, en } = rule.ident.label.words();
            let asked = text!("原则上：{zh}。不符合的，说明理由", "In principle: {en}. If not so, give the reason");
            let text = cited(asked, &plan.clauses(&rule.cites)).into();
            let label = Content::Words(Words { text, label_for: Some(control.id.clone()), ..Words::default() });
            row(vec![label], control)
        })
        .collect();
    (!rows.is_empty()).then(|| section("reasons", text!("不符合原则性要求的理由", "Reasons for departing from a principle"), rows))
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
fn later(plan: &Plan<'_>, track: &Track, stage: Option<StageId>) -> Option<Text> {
    let at = route(plan, track).iter().skip(1).find(|s| Some(s.id) == stage)?;
    let Text { zh, en } = at.ident.label.words();
    Some(text!("到“{zh}”环节再填报", "not before “{en}”"))
}

/// Who fills it at its stage.
fn elsewhere(plan: &Plan<'_>, track: &Track, stage: Option<StageId>) -> Text {
    let at = route(plan, track).iter().find(|s| Some(s.id) == stage);
    let by = at.and_then(|s| s.by).map(|by| plan.programme.actors[by.index()].ident.label.words()).unwrap_or_default();
    let stage = at.map(|s| s.ident.label.words()).unwrap_or_default();
    Text { zh: format!("由{}在“{}”环节填报", by.zh, stage.zh), en: format!("entered by {} at “{}”", by.en, stage.en) }
}

/// What others decide, named so that nobody looks for it here.
fn others(plan: &Plan<'_>, track: &Track) -> Option<Section> {
    let mut said = Vec::new();
    for input in track.inputs.iter().map(|i| plan.programme.input(*i)) {
        match &input.origin {
            Origin::Judged { by, .. } => said.push(judged(plan, input.ident.label.words(), *by)),
            Origin::External { register, .. } => said.push(looked_up(input.ident.label.words(), register)),
            Origin::Entered | Origin::Attested { .. } if input.form.is_none() && !own(plan, track, input.stage) => {
                said.push(about(input.ident.label.words(), elsewhere(plan, track, input.stage)));
            }
            Origin::Entered | Origin::Attested { .. } | Origin::Computed(_) => {}
        }
    }
    for material in track.materials.iter().map(|m| &plan.programme.materials[m.index()]) {
        if let Some(by) = material.by.filter(|by| applicant(plan, track) != Some(*by)) {
            let Text { zh, en } = plan.programme.actors[by.index()].ident.label.words();
            said.push(about(material.ident.label.words(), text!("由{zh}提交", "handed in by {en}")));
        }
    }
    for rule in &track.rules {
        collect_others(plan, &cited(rule.ident.label.words(), &plan.clauses(&rule.cites)), &rule.test, &mut said);
    }
    let rows: Vec<Row> = said.into_iter().map(|text| full(Some("note"), vec![words(text)])).collect();
    (!rows.is_empty())
        .then(|| section("others", text!("由其他单位评定或查核，不在此填写", "Judged or looked up by others, not entered here"), rows))
}

/// What is said of a thing.
fn about(thing: Text, said: Text) -> Text {
    Text { zh: format!("{}：{}", thing.zh, said.zh), en: format!("{}: {}", thing.en, said.en) }
}

fn judged(plan: &Plan<'_>, thing: Text, by: ActorId) -> Text {
    let Text { zh, en } = plan.programme.actors[by.index()].ident.label.words();
    about(thing, text!("由{zh}评定", "judged by {en}"))
}

fn looked_up(thing: Text, register: &str) -> Text {
    about(thing, text!("查“{register}”", "looked up in “{register}”"))
}

fn collect_others(plan: &Plan<'_>, thing: &Text, test: &Test, said: &mut Vec<Text>) {
    match test {
        Test::Judged { by, .. } => said.push(judged(plan, thing.clone(), *by)),
        Test::External { register, .. } => said.push(looked_up(thing.clone(), register)),
        Test::Threshold { members, .. } => {
            for member in members {
                collect_others(plan, &cited(member.ident.label.words(), &plan.clauses(&member.cites)), &member.test, said);
            }
        }
        Test::Bad | Test::Expr(_) | Test::Attested { .. } => {}
    }
}
