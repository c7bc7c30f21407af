//! Ranked lists for the committee that decides: as a page to print and sign, as a workbook, as rows of texts.
//!
//! In: a proposal in words, one sheet a selection. Out: the text of a page, the bytes of an XLSX file, rows. Always: every form shows the same
//! words; what goes into a page is escaped, nothing in a workbook is a formula; no clock, no scripts.

mod book;

pub use book::book;

use crate::targets::SHARED_STYLE;
use crate::templates;
use prog_base::{Diagnostic, Lang, Text, text};
use serde::Serialize;

/// What a programme proposes, in words of one language.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The language of every word.
    pub lang: Lang,
    /// The programme.
    pub programme: String,
    /// Its version.
    pub version: String,
    /// One a selection.
    pub sheets: Vec<Sheet>,
}

/// One selection.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What it is called.
    pub title: String,
    /// Where it is made; empty: nowhere in particular.
    pub stage: String,
    /// Clauses it rests on.
    pub clauses: Vec<String>,
    /// How it ranks and parts, a sentence each.
    pub rules: Vec<String>,
    /// Names of the group's keys.
    pub keys: Vec<String>,
    /// What the order compares.
    pub criteria: Vec<String>,
    /// Whether candidates come from several tracks.
    pub tracks: bool,
    /// Whether places are given by wish.
    pub gives: bool,
    /// A list for each group.
    pub groups: Vec<Group>,
}

/// The list of one group.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its keys, in the order of their names.
    pub key: Vec<String>,
    /// How many are taken, how many were.
    pub taken: String,
    /// Candidates, best first.
    pub rows: Vec<Row>,
    /// What stays vacant, who stands level, what is open: a sentence each.
    pub remarks: Vec<String>,
}

/// One candidate.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its rank; `—` while that is open.
    pub rank: String,
    /// Whether another has the same.
    pub level: bool,
    /// The case.
    pub id: String,
    /// Its track.
    pub track: String,
    /// How it fares.
    pub result: String,
    /// The same as one of the words `selected`, `waiting`, `tied`, `not-selected`, `unknown`.
    pub state: &'static str,
    /// What put it in its place.
    pub reason: String,
    /// What the order compares, one a criterion.
    pub values: Vec<String>,
    /// What it was given of its wishes.
    pub given: String,
    /// What was decided, whether it moved up or left.
    pub remarks: String,
}

/// What stands in a column: whole numbers are numbers only where it says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Rank,
    Words,
    Value,
}

impl Row {
    /// Its rank, `=3` where another has the same.
    pub fn place(&self) -> String {
        if self.level { format!("={}", self.rank) } else { self.rank.clone() }
    }
}

impl Sheet {
    /// The heads of a table with a column for each key, where asked for, and each criterion.
    fn heads(&self, keys: bool, lang: Lang) -> Vec<(String, Column)> {
        let word = |text: Text| (text.get(lang).to_owned(), Column::Words);
        let named = |names: &[String], column| names.iter().map(|name| (name.clone(), column)).collect::<Vec<_>>();
        let mut heads = if keys { named(&self.keys, Column::Words) } else { Vec::new() };
        heads.push((text!("名次", "Rank").get(lang).to_owned(), Column::Rank));
        heads.push(word(text!("申报", "Case")));
        heads.extend(self.tracks.then(|| word(text!("类别", "Track"))));
        heads.push(word(text!("结果", "Result")));
        heads.extend(named(&self.criteria, Column::Value));
        heads.push(word(text!("名次的理由", "Reason for the place")));
        heads.extend(self.gives.then(|| word(text!("所得志愿", "Given"))));
        heads.push(word(text!("备注", "Remarks")));
        heads
    }

    /// The cells under these heads.
    fn cells(&self, keys: bool, group: &Group, row: &Row) -> Vec<String> {
        let mut cells = if keys { group.key.clone() } else { Vec::new() };
        cells.extend([row.rank.clone(), row.id.clone()]);
        cells.extend(self.tracks.then(|| row.track.clone()));
        cells.push(row.result.clone());
        cells.extend((0..self.criteria.len()).map(|at| row.values.get(at).cloned().unwrap_or_default()));
        cells.push(row.reason.clone());
        cells.extend(self.gives.then(|| row.given.clone()));
        cells.push(row.remarks.clone());
        cells
    }

    /// `county: south`; empty where there is one list.
    pub fn name_of(&self, group: &Group, lang: Lang) -> String {
        let (colon, comma) = (text!("：", ": "), text!("，", ", "));
        let parts = self.keys.iter().zip(&group.key).map(|(name, value)| format!("{name}{}{value}", colon.get(lang)));
        parts.collect::<Vec<_>>().join(comma.get(lang))
    }
}

impl Proposal {
    /// Rows of texts under fixed heads, all selections in one table.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let lang = self.lang;
        let heads = text!(
            "遴选,环节,组,名次,申报,类别,结果,比较,名次的理由,所得志愿,备注",
            "Selection,Stage,Group,Rank,Case,Track,Result,Compared,Reason for the place,Given,Remarks"
        );
        let mut rows: Vec<Vec<String>> = vec![heads.get(lang).split(',').map(str::to_owned).collect()];
        let (colon, semicolon) = (text!("：", ": "), text!("；", "; "));
        for sheet in &self.sheets {
            for (group, row) in sheet.groups.iter().flat_map(|g| g.rows.iter().map(move |r| (g, r))) {
                let compared = sheet.criteria.iter().zip(&row.values).map(|(name, value)| format!("{name}{}{value}", colon.get(lang)));
                rows.push(vec![
                    sheet.title.clone(),
                    sheet.stage.clone(),
                    sheet.name_of(group, lang),
                    row.rank.clone(),
                    row.id.clone(),
                    row.track.clone(),
                    row.result.clone(),
                    compared.collect::<Vec<_>>().join(semicolon.get(lang)),
                    row.reason.clone(),
                    row.given.clone(),
                    row.remarks.clone(),
                ]);
            }
        }
        rows
    }
}

/// What the template prints.
#[derive(Serialize)]
struct Page<'a> {
    lang: &'static str,
    programme: &'a str,
    title: String,
    footer: String,
    nobody: &'static str,
    under: &'static str,
    signed: &'static str,
    date: &'static str,
    style: String,
    sheets: Vec<Section<'a>>,
}

#[derive(Serialize)]
struct Section<'a> {
    title: &'a str,
    stage: String,
    clauses: String,
    rules: &'a [String],
    heads: Vec<String>,
    groups: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    name: String,
    taken: &'a str,
    rows: Vec<Line>,
    remarks: &'a [String],
}

#[derive(Serialize)]
struct Line {
    state: &'static str,
    cells: Vec<String>,
}

/// The page for the committee.
pub fn page(proposal: &Proposal) -> Result<String, Vec<Diagnostic>> {
    let lang = proposal.lang;
    let in_lang = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    let version = &proposal.version;
    let page = Page {
        lang: in_lang("zh-CN", "en"),
        programme: &proposal.programme,
        title: in_lang("遴选建议", "Proposal for selection").to_owned(),
        footer: text!(
            "名次由方案定义算出，仅为建议；由有权的机构决定。方案版本 {version}",
            "Ranks are computed from the programme's definition and are a proposal; the body in charge decides. Version {version}"
        )
        .get(lang)
        .to_owned(),
        nobody: in_lang("没有候选。", "No candidates."),
        under: in_lang("依据：", "Under: "),
        signed: in_lang("审定（签字）：", "Decided by (signature):"),
        date: in_lang("日期：", "Date:"),
        style: [SHARED_STYLE, include_str!("page.css")].concat(),
        sheets: proposal.sheets.iter().map(|sheet| section(sheet, lang)).collect(),
    };
    templates::render("selection/page.html", &page)
}

fn section(sheet: &Sheet, lang: Lang) -> Section<'_> {
    let line = |group: &Group, row: &Row| {
        let shown = Row { rank: row.place(), ..row.clone() };
        Line { state: row.state, cells: sheet.cells(false, group, &shown) }
    };
    let stage = &sheet.stage;
    Section {
        title: &sheet.title,
        stage: if stage.is_empty() { String::new() } else { text!("环节：{stage}", "Stage: {stage}").get(lang).to_owned() },
        clauses: sheet.clauses.join(text!("、", ", ").get(lang)),
        rules: &sheet.rules,
        heads: sheet.heads(false, lang).into_iter().map(|(name, _)| name).collect(),
        groups: sheet
            .groups
            .iter()
            .map(|group| Part {
                name: sheet.name_of(group, lang),
                taken: &group.taken,
                rows: group.rows.iter().map(|row| line(group, row)).collect(),
                remarks: &group.remarks,
            })
            .collect(),
    }
}
