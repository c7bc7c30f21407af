//! A form as sections: cover, parts, and what stands between them.
//!
//! In: a form. Out: [`Section`]s in printed order. Always: who fills a section and from when on is said; what names nobody is the first
//! actor's.

use super::{Blocks, Content, Row, fit};
use crate::Plan;
use prog_base::Text;
use prog_model::{ActorId, Block, Form, StageId};

/// What a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionKind {
    /// The cover page.
    Cover,
    /// A part with a heading.
    Part,
    /// What stands outside of all parts.
    Loose,
}

/// A section of a form.
#[derive(Clone, Debug)]
pub struct Section<'a> {
    /// What it is.
    pub kind: SectionKind,
    /// Its heading.
    pub legend: Option<Text>,
    /// Who fills it, opinions of others aside.
    pub by: Option<ActorId>,
    /// From this stage on.
    pub at: Option<StageId>,
    /// Asked for only in some cases.
    pub conditional: bool,
    /// Its rows, not yet fitted.
    pub rows: Vec<Row<'a>>,
}

impl Section<'_> {
    /// Fits the columns; gives their widths in twelfths.
    pub fn fit(&mut self) -> Vec<usize> {
        let mut spans: Vec<Vec<_>> = self.rows.iter_mut().map(|row| row.cells.iter_mut().map(|c| &mut c.span).collect()).collect();
        fit(&mut spans)
    }
}

/// The sections of a form.
pub fn sections<'a>(plan: &Plan<'a>, form: &'a Form) -> Vec<Section<'a>> {
    let applicant = actors(form).first().copied();
    let mut sections: Vec<Section<'a>> = Vec::new();
    for block in &form.layout {
        let rows = |by, blocks: &'a [Block]| Blocks { plan, by }.rows(blocks);
        match block {
            Block::Cover(blocks) => {
                let (by, rows) = (applicant, rows(applicant, blocks));
                sections.push(Section { kind: SectionKind::Cover, legend: None, by, at: None, conditional: false, rows });
            }
            Block::Part(part) => {
                let by = part.by.or(applicant);
                sections.push(Section {
                    kind: SectionKind::Part,
                    legend: Some(part.ident.label.words()),
                    by,
                    at: part.at,
                    conditional: part.when.is_some(),
                    rows: rows(by, &part.blocks),
                });
            }
            Block::Group { .. } | Block::Row(_) | Block::Grid(_) | Block::Field(_) | Block::Opinion(_) | Block::Note(_) => {
                let (by, rows) = (applicant, rows(applicant, std::slice::from_ref(block)));
                match sections.last_mut().filter(|s| s.kind == SectionKind::Loose) {
                    Some(open) => open.rows.extend(rows),
                    None => sections.push(Section { kind: SectionKind::Loose, legend: None, by, at: None, conditional: false, rows }),
                }
            }
        }
    }
    sections
}

/// The actors of a form's parts and opinions, in order of first appearance.
pub fn actors(form: &Form) -> Vec<ActorId> {
    let mut found = Vec::new();
    collect(&form.layout, &mut found);
    found
}

fn collect(blocks: &[Block], found: &mut Vec<ActorId>) {
    let add = |actor: ActorId, found: &mut Vec<ActorId>| {
        if !found.contains(&actor) {
            found.push(actor);
        }
    };
    for block in blocks {
        match block {
            Block::Part(part) => {
                part.by.into_iter().for_each(|by| add(by, found));
                collect(&part.blocks, found);
            }
            Block::Cover(inner) | Block::Row(inner) | Block::Group { blocks: inner, .. } => collect(inner, found),
            Block::Opinion(opinion) => add(opinion.of, found),
            Block::Grid(_) | Block::Field(_) | Block::Note(_) => {}
        }
    }
}

/// The stages at which an actor fills parts or opinions of a form.
pub fn stages_of(plan: &Plan<'_>, form: &Form, actor: ActorId) -> Vec<StageId> {
    let mut found = Vec::new();
    for section in sections(plan, form) {
        found.extend(section.at.filter(|_| section.by == Some(actor)));
        for cell in section.rows.iter().flat_map(|row| &row.cells) {
            if let Content::Opinion(opinion) = &cell.content {
                found.extend(opinion.at.filter(|_| opinion.by == actor));
            }
        }
    }
    found
}
