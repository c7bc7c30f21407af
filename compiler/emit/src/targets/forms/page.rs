//! A page: its sections and what it exports.
//!
//! In: forms and tracks. Out: [`Page`]s for the template. Always: an absent form gets no field; a page says what it is.

use super::control::Control;
use super::pack::Pack;
use super::said::Said;
use super::sheet::{Row, Table, View};
use super::turns::Turns;
use crate::Plan;
use crate::json::{Object, compact};
use crate::layout::{self, SectionKind};
use prog_base::{Text, text};
use prog_model::{ActorId, Citation, Form, FormId, Label, StageId, TrackId};
use serde::Serialize;

/// What the template prints.
#[derive(Serialize)]
pub struct Page {
    /// The document's title.
    pub title: Said,
    /// The programme it belongs to.
    pub programme: Said,
    pub version: String,
    pub clauses: Vec<String>,
    /// Said under the heading: what this page is not, whose it is.
    pub remarks: Vec<Said>,
    pub landscape: bool,
    pub sections: Vec<Section>,
    /// A summary's table.
    pub table: Option<Table>,
    pub export: Option<Export>,
    /// The office's logo.
    pub logo: Option<String>,
    /// Everything must be filled in, unless it says otherwise.
    pub whole: bool,
    /// A list of the parts stands above the form.
    pub contents: bool,
    pub style: String,
    /// The script, packed; none on a page that asks nothing.
    pub packed: Option<String>,
    pub loader: &'static str,
    /// The content security policy.
    pub policy: String,
}

/// A part of a page.
#[derive(Default, Serialize)]
pub struct Section {
    pub id: String,
    /// Heading of the part.
    pub legend: Option<Said>,
    pub cover: bool,
    /// On a page of one actor: `earlier`, `later`.
    pub turn: Option<&'static str>,
    /// For the export only, not on paper.
    pub sender: bool,
    pub remark: Option<Said>,
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
    /// The name of the draft.
    pub draft: String,
    /// What is due up to this stage is asked for.
    pub stage: Option<String>,
    /// A choice of tracks, where the form serves several.
    pub track: Option<Control>,
}

const STYLE: &str = include_str!("page.css");

impl Page {
    /// A page without content.
    pub fn new(plan: &Plan<'_>, title: Text, cites: &[Citation], landscape: bool) -> Self {
        Self {
            title: title.into(),
            programme: plan.programme.ident.label.words().into(),
            version: plan.programme.version.clone(),
            clauses: plan.clauses(cites).into_iter().map(str::to_owned).collect(),
            remarks: Vec::new(),
            landscape,
            sections: Vec::new(),
            table: None,
            export: None,
            logo: None,
            whole: true,
            contents: false,
            style: [crate::targets::SHARED_STYLE, STYLE].concat(),
            packed: None,
            loader: "",
            policy: String::new(),
        }
    }

    /// The page that stands for a form of which the text has only the name.
    pub fn placeholder(plan: &Plan<'_>, label: &Label, cites: &[Citation]) -> Self {
        let remark = text!(
            "原文未附此表：通知提到了它，但所得文本中没有表样。这里只是占位，不设任何填写项。",
            "The notice names this form, but the text at hand does not contain it. This page only keeps its place; nothing is asked."
        );
        Self { remarks: vec![remark.into()], ..Self::new(plan, label.words(), cites, false) }
    }

    /// With the columns of every sheet as its cells need them, and the script if there is something to fill in.
    pub fn finished(mut self, plan: &Plan<'_>, pack: &Pack) -> Self {
        for section in &mut self.sections {
            section.widths = super::sheet::fit(&mut section.rows);
        }
        self.contents = self.sections.iter().filter(|s| s.legend.is_some()).count() > 2;
        if self.export.is_some() {
            self.packed = Some(pack.packed.clone());
            self.loader = pack.loader();
        }
        if let Some(theme) = plan.theme {
            self.style.push_str(theme.style());
            self.logo = theme.logo().map(str::to_owned);
        }
        self.policy = pack.policy(&self.style);
        self
    }

    /// A form as one actor, or everybody, fills it.
    pub fn form(plan: &Plan<'_>, form: &Form, id: FormId, file: &str, actor: Option<ActorId>) -> Self {
        let mut page = Self::new(plan, form.ident.label.words(), &form.cites, form.landscape);
        if let Some(actor) = actor {
            let Text { zh, en } = plan.programme.actors[actor.index()].ident.label.words();
            let remark = text!(
                "由{zh}填写的部分可以填写，其余部分由其他单位填写，在此不能更改。",
                "What {en} fills in can be filled in here; the other parts are filled in by others."
            );
            page.remarks.push(remark.into());
        }
        let turns = actor.map(|actor| Turns::new(plan, form, actor));
        page.sections = sections(plan, form, turns.as_ref());
        let stage = turns.as_ref().map_or_else(|| first_stage(plan, form), |turns| turns.stage);
        page.export = export(plan, id, file, stage);
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

/// The stage of a form's first part.
fn first_stage(plan: &Plan<'_>, form: &Form) -> Option<StageId> {
    layout::sections(plan, form).iter().find_map(|s| s.at)
}

fn export(plan: &Plan<'_>, form: FormId, page: &str, stage: Option<StageId>) -> Option<Export> {
    let tracks = plan.programme.tracks.iter().enumerate().filter(|(_, t)| t.forms.contains(&form));
    let tracks: Vec<TrackId> = tracks.map(|(i, _)| TrackId(i as u32)).collect();
    let (base, track) = match tracks.as_slice() {
        [] => return None,
        [one] => (base(plan, Some(*one)), None),
        several => (base(plan, None), Some(track_choice(plan, several))),
    };
    let stage = stage.map(|stage| plan.stage(stage).to_owned());
    Some(Export { base, file: format!("{}.json", plan.form(form)), draft: page.to_owned(), stage, track })
}

fn track_choice(plan: &Plan<'_>, tracks: &[TrackId]) -> Control {
    let options = tracks.iter().map(|t| {
        let ident = &plan.programme.track(*t).ident;
        super::control::Choice::new("track", &ident.key, ident.label.words())
    });
    Control {
        kind: "select",
        id: "track".to_owned(),
        at: "/track".to_owned(),
        exported: "text",
        label: text!("申报类别", "Applying for").into(),
        options: options.collect(),
        ..Control::default()
    }
}

fn sections(plan: &Plan<'_>, form: &Form, turns: Option<&Turns>) -> Vec<Section> {
    let view = View { plan, turns };
    let section = |(index, part): (usize, layout::Section<'_>)| {
        let cover = part.kind == SectionKind::Cover;
        // Each opinion says whose it is.
        let opinions = part.rows.iter().flat_map(|row| &row.cells).any(|cell| matches!(cell.content, layout::Content::Opinion(_)));
        Section {
            id: if cover { "cover".to_owned() } else { format!("part-{}", index + 1) },
            legend: part.legend.clone().map(Said::from),
            cover,
            turn: turns.filter(|_| !opinions).and_then(|turns| turns.of(part.by, part.at).word()),
            remark: turns
                .filter(|_| !opinions)
                .and_then(|turns| turns.said(plan, part.by, part.at))
                .or_else(|| part.conditional.then(|| text!("不适用的，本部分不填。", "Leave this part blank if it does not apply.")))
                .map(Said::from),
            rows: view.rows(&part.rows),
            ..Section::default()
        }
    };
    layout::sections(plan, form).into_iter().enumerate().map(section).collect()
}
