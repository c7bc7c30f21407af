//! A page: its sections and what it exports.
//!
//! In: forms and tracks. Out: [`Page`]s for the template. Always: an absent form gets no field; a page says what it is.

use super::control::Control;
use super::sheet::{Row, Table, View};
use crate::Plan;
use crate::json::{Object, compact};
use crate::layout::{self, SectionKind};
use prog_model::{ActorId, Citation, Form, FormId, Label, TrackId};
use serde::Serialize;

/// What the template prints.
#[derive(Serialize)]
pub struct Page {
    /// The document's title.
    pub title: String,
    /// The programme it belongs to.
    pub programme: String,
    pub version: String,
    pub clauses: Vec<String>,
    /// Said under the heading: what this page is not, whose it is.
    pub remarks: Vec<String>,
    pub landscape: bool,
    pub sections: Vec<Section>,
    /// A summary's table.
    pub table: Option<Table>,
    pub export: Option<Export>,
    pub style: String,
    pub script: &'static str,
}

/// A part of a page.
#[derive(Default, Serialize)]
pub struct Section {
    pub id: String,
    /// Heading of the part.
    pub legend: Option<String>,
    pub cover: bool,
    /// For the export only, not on paper.
    pub sender: bool,
    pub remark: Option<String>,
    /// Width of each column, in twelfths; worked out by [`Page::fitted`].
    pub widths: Vec<usize>,
    pub rows: Vec<Row>,
}

/// What the page's button writes.
#[derive(Serialize)]
pub struct Export {
    /// JSON that every export holds.
    pub base: String,
    /// The file's name.
    pub file: String,
    /// A choice of tracks, where the form serves several.
    pub track: Option<Control>,
}

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("export.js");

impl Page {
    /// A page without content.
    pub fn new(plan: &Plan<'_>, label: &Label, cites: &[Citation], landscape: bool) -> Self {
        Self {
            title: label.text.clone(),
            programme: plan.programme.ident.label.text.clone(),
            version: plan.programme.version.clone(),
            clauses: plan.clauses(cites).into_iter().map(str::to_owned).collect(),
            remarks: Vec::new(),
            landscape,
            sections: Vec::new(),
            table: None,
            export: None,
            style: [crate::targets::SHARED_STYLE, STYLE].concat(),
            script: SCRIPT,
        }
    }

    /// The page that stands for a form of which the text has only the name.
    pub fn placeholder(plan: &Plan<'_>, label: &Label, cites: &[Citation]) -> Self {
        let remark = "原文未附此表：通知提到了它，但所得文本中没有表样。这里只是占位，不设任何填写项。".to_owned();
        Self { remarks: vec![remark], ..Self::new(plan, label, cites, false) }
    }

    /// With the columns of every sheet as its cells need them.
    pub fn fitted(mut self) -> Self {
        for section in &mut self.sections {
            section.widths = super::sheet::fit(&mut section.rows);
        }
        self
    }

    /// A form as one actor, or everybody, fills it.
    pub fn form(plan: &Plan<'_>, form: &Form, id: FormId, actor: Option<ActorId>) -> Self {
        let mut page = Self::new(plan, &form.ident.label, &form.cites, form.landscape);
        if let Some(actor) = actor {
            let name = &plan.programme.actors[actor.index()].ident.label.text;
            page.remarks.push(format!("由{name}填写的部分可以填写，其余部分由其他单位填写，在此不能更改。"));
        }
        page.sections = sections(plan, form, actor);
        page.export = export(plan, id);
        page
    }
}

/// What a case of this track always holds.
pub fn base(plan: &Plan<'_>, track: Option<TrackId>) -> String {
    let programme = plan.programme;
    let base = Object::new().with("programme", programme.ident.key.as_str()).with("version", programme.version.as_str());
    let track = track.map(|t| programme.track(t).ident.key.as_str());
    compact(&crate::json::Json::Object(base.with_some("track", track)))
}

fn export(plan: &Plan<'_>, form: FormId) -> Option<Export> {
    let tracks = plan.programme.tracks.iter().enumerate().filter(|(_, t)| t.forms.contains(&form));
    let tracks: Vec<TrackId> = tracks.map(|(i, _)| TrackId(i as u32)).collect();
    let file = format!("{}.json", plan.form(form));
    match tracks.as_slice() {
        [] => None,
        [one] => Some(Export { base: base(plan, Some(*one)), file, track: None }),
        several => Some(Export { base: base(plan, None), file, track: Some(track_choice(plan, several)) }),
    }
}

fn track_choice(plan: &Plan<'_>, tracks: &[TrackId]) -> Control {
    let options = tracks.iter().map(|t| {
        let ident = &plan.programme.track(*t).ident;
        super::control::Choice { id: format!("track.{}", ident.key), value: ident.key.clone(), label: ident.label.text.clone() }
    });
    Control {
        kind: "select",
        id: "track".to_owned(),
        at: "/track".to_owned(),
        exported: "text",
        label: "申报类别".to_owned(),
        options: options.collect(),
        ..Control::default()
    }
}

fn sections(plan: &Plan<'_>, form: &Form, actor: Option<ActorId>) -> Vec<Section> {
    let view = View { plan, actor };
    let section = |(index, part): (usize, layout::Section<'_>)| {
        let cover = part.kind == SectionKind::Cover;
        Section {
            id: if cover { "cover".to_owned() } else { format!("part-{}", index + 1) },
            legend: part.legend.map(str::to_owned),
            cover,
            remark: part.conditional.then(|| "不适用的，本部分不填。".to_owned()),
            rows: view.rows(&part.rows),
            ..Section::default()
        }
    };
    layout::sections(plan, form).into_iter().enumerate().map(section).collect()
}
