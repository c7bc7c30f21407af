//! Forms: data model and layout in one.

use super::{ActorId, Citation, Expr, FieldType, Ident, InputId, Label, StageId, Type};
use prog_base::Span;

/// A form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Name, key, title.
    pub ident: Ident,
    /// Citations.
    pub cites: Vec<Citation>,
    /// A placeholder only: no fields.
    pub absent: bool,
    /// Printed landscape.
    pub landscape: bool,
    /// Its fields in order; `pointer`s nest grids and records under their keys.
    pub inputs: Vec<InputId>,
    /// Its layout.
    pub layout: Vec<Block>,
    /// The place.
    pub span: Span,
}

/// A piece of layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The cover page.
    Cover(Vec<Block>),
    /// A part filled by one actor.
    Part(Part),
    /// A labelled group.
    Group {
        /// Its label.
        label: Option<Label>,
        /// Fields side by side.
        columns: u32,
        /// What stands in it.
        blocks: Vec<Block>,
    },
    /// Fields side by side in one row.
    Row(Vec<Block>),
    /// A grid of cells.
    Grid(Grid),
    /// One field.
    Field(InputId),
    /// An opinion block.
    Opinion(Opinion),
    /// Printed note.
    Note(Label),
}

/// A part of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Name, key, title.
    pub ident: Ident,
    /// Citations.
    pub cites: Vec<Citation>,
    /// Who fills it.
    pub by: Option<ActorId>,
    /// Open from this stage.
    pub at: Option<StageId>,
    /// Shown only when this holds.
    pub when: Option<Expr>,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Name, key, label.
    pub ident: Ident,
    /// Citations.
    pub cites: Vec<Citation>,
    /// Cell pairs side by side.
    pub columns: u32,
    /// Row heads of a two-way grid; empty otherwise.
    pub rows: Vec<Ident>,
    /// Column heads of a two-way grid; empty otherwise.
    pub heads: Vec<Ident>,
    /// Its cells: row by row in a two-way grid.
    pub cells: Vec<InputId>,
    /// The total's field, a computed optional-to-type input.
    pub total: Option<InputId>,
}

/// An opinion block: text, signature, seal, date under its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// Name, key, label.
    pub ident: Ident,
    /// Citations.
    pub cites: Vec<Citation>,
    /// Whose.
    pub of: ActorId,
    /// Locked until this stage.
    pub at: Option<StageId>,
    /// Asked for only when this holds.
    pub when: Option<Expr>,
    /// The opinion's text.
    pub text: InputId,
    /// Whose signature, as printed, and its field.
    pub signature: Option<(String, InputId)>,
    /// The date's field.
    pub date: Option<InputId>,
    /// The seal's field (yes/no: sealed).
    pub seal: Option<InputId>,
}

/// A table form whose rows are cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Name, key, title.
    pub ident: Ident,
    /// Citations.
    pub cites: Vec<Citation>,
    /// The form whose cases are its rows.
    pub of: Option<super::FormId>,
    /// Who fills it.
    pub by: Option<ActorId>,
    /// Printed landscape.
    pub landscape: bool,
    /// A placeholder only.
    pub absent: bool,
    /// Fields above the table.
    pub fields: Vec<super::RecordField>,
    /// Leaf columns in order.
    pub columns: Vec<SummaryColumn>,
    /// Grouped heads: label, first leaf, number of leaves.
    pub groups: Vec<(Ident, usize, usize)>,
    /// The place.
    pub span: Span,
}

impl Summary {
    /// The head over a column, if it is one of several under a common head.
    pub fn group_of(&self, column: usize) -> Option<&Ident> {
        self.groups.iter().find(|(_, first, count)| (*first..first + count).contains(&column)).map(|(ident, _, _)| ident)
    }

    /// Where a column's cell stands within its row: a JSON pointer of the group's key, if there is one, and its own.
    pub fn pointer(&self, column: usize) -> String {
        let key = self.columns.get(column).map(|c| c.ident.key.as_str());
        let keys: Vec<&str> = self.group_of(column).map(|g| g.key.as_str()).into_iter().chain(key).collect();
        crate::lower::tracks::pointer(&keys)
    }
}

/// A leaf column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryColumn {
    /// Name, key, label.
    pub ident: Ident,
    /// What is entered.
    pub field: FieldType,
    /// Its type.
    pub ty: Type,
    /// Taken from the row's case.
    pub value: Option<Expr>,
    /// May stay blank.
    pub optional: bool,
    /// What a difference from the case is: `note`; `None`: the package is returned.
    pub strength: Option<super::Strength>,
    /// Citations.
    pub cites: Vec<Citation>,
}
