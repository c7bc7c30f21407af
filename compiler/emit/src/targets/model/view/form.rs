//! Forms and summaries with their layout.
//!
//! In: the model's forms. Out: views of them. Always: layout names fields by their pointers.

use super::expr::{Expr, Scope};
use super::rule::{Input, input};
use super::vocabulary::{Entry, RecordField, Type, entry, field, ty};
use super::{Cite, Ident, Label, cites, ident, label};
use crate::Plan;
use prog_model as m;
use schemars::JsonSchema;
use serde::Serialize;

/// A form.
#[derive(Serialize, JsonSchema)]
pub struct Form<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    cites: Vec<Cite<'a>>,
    absent_in_source: bool,
    landscape: bool,
    fields: Vec<Input<'a>>,
    layout: Vec<Block<'a>>,
}

/// A piece of layout.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Block<'a> {
    Cover {
        blocks: Vec<Block<'a>>,
    },
    /// A part filled by one actor.
    Part {
        name: &'a str,
        key: &'a str,
        label: Label<'a>,
        cites: Vec<Cite<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        by: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        at: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        when: Option<Expr<'a>>,
        blocks: Vec<Block<'a>>,
    },
    Group {
        #[serde(skip_serializing_if = "Option::is_none")]
        label: Option<Label<'a>>,
        columns: u32,
        blocks: Vec<Block<'a>>,
    },
    /// Fields side by side.
    Row {
        blocks: Vec<Block<'a>>,
    },
    Grid {
        name: &'a str,
        key: &'a str,
        label: Label<'a>,
        columns: u32,
        rows: Vec<Ident<'a>>,
        heads: Vec<Ident<'a>>,
        /// Row by row.
        cells: Vec<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        total: Option<&'a str>,
    },
    Field {
        pointer: &'a str,
    },
    Opinion {
        name: &'a str,
        key: &'a str,
        label: Label<'a>,
        of: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        at: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        when: Option<Expr<'a>>,
        text: &'a str,
        /// Whose signature, as printed.
        #[serde(skip_serializing_if = "Option::is_none")]
        signed_by: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        signature: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        date: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        seal: Option<&'a str>,
    },
    Note {
        text: Label<'a>,
    },
}

/// A table form whose rows are cases.
#[derive(Serialize, JsonSchema)]
pub struct Summary<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    cites: Vec<Cite<'a>>,
    /// The form whose cases are its rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    landscape: bool,
    absent_in_source: bool,
    /// Above the table.
    fields: Vec<RecordField<'a>>,
    columns: Vec<Column<'a>>,
    groups: Vec<Group<'a>>,
}

/// A leaf column.
#[derive(Serialize, JsonSchema)]
struct Column<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    /// Where its cell stands within a row of a package's summary.
    pointer: String,
    entry: Entry<'a>,
    #[serde(rename = "type")]
    ty: Type<'a>,
    /// Taken from the row's case.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Expr<'a>>,
    optional: bool,
    /// What a difference from the case is; without one the package is returned.
    #[schemars(with = "Option<String>")]
    #[serde(skip_serializing_if = "Option::is_none")]
    strength: Option<m::Strength>,
    cites: Vec<Cite<'a>>,
}

/// A head over several leaf columns.
#[derive(Serialize, JsonSchema)]
struct Group<'a> {
    #[serde(flatten)]
    ident: Ident<'a>,
    first: usize,
    count: usize,
}

pub fn form<'a>(plan: &'a Plan<'a>, from: &'a m::Form) -> Form<'a> {
    let scope = Scope::programme(plan);
    Form {
        ident: ident(&from.ident),
        cites: cites(plan, &from.cites),
        absent_in_source: from.absent,
        landscape: from.landscape,
        fields: from.inputs.iter().map(|i| input(&scope, plan.programme.input(*i))).collect(),
        layout: blocks(&scope, &from.layout),
    }
}

fn blocks<'a>(scope: &Scope<'a>, from: &'a [m::Block]) -> Vec<Block<'a>> {
    from.iter().map(|b| block(scope, b)).collect()
}

fn block<'a>(scope: &Scope<'a>, from: &'a m::Block) -> Block<'a> {
    let plan = scope.plan();
    let pointer = |id: m::InputId| plan.programme.input(id).pointer.as_str();
    match from {
        m::Block::Cover(inner) => Block::Cover { blocks: blocks(scope, inner) },
        m::Block::Part(part) => Block::Part {
            name: &part.ident.name,
            key: &part.ident.key,
            label: label(&part.ident.label),
            cites: cites(plan, &part.cites),
            by: part.by.map(|a| plan.actor(a)),
            at: part.at.map(|s| plan.stage(s)),
            when: scope.some(part.when.as_ref()),
            blocks: blocks(scope, &part.blocks),
        },
        m::Block::Group { label: text, columns, blocks: inner } => {
            Block::Group { label: text.as_ref().map(label), columns: *columns, blocks: blocks(scope, inner) }
        }
        m::Block::Row(inner) => Block::Row { blocks: blocks(scope, inner) },
        m::Block::Grid(grid) => Block::Grid {
            name: &grid.ident.name,
            key: &grid.ident.key,
            label: label(&grid.ident.label),
            columns: grid.columns,
            rows: grid.rows.iter().map(ident).collect(),
            heads: grid.heads.iter().map(ident).collect(),
            cells: grid.cells.iter().map(|c| pointer(*c)).collect(),
            total: grid.total.map(pointer),
        },
        m::Block::Field(id) => Block::Field { pointer: pointer(*id) },
        m::Block::Opinion(o) => Block::Opinion {
            name: &o.ident.name,
            key: &o.ident.key,
            label: label(&o.ident.label),
            of: plan.actor(o.of),
            at: o.at.map(|s| plan.stage(s)),
            when: scope.some(o.when.as_ref()),
            text: pointer(o.text),
            signed_by: o.signature.as_ref().map(|(who, _)| who.as_str()),
            signature: o.signature.as_ref().map(|(_, id)| pointer(*id)),
            date: o.date.map(pointer),
            seal: o.seal.map(pointer),
        },
        m::Block::Note(text) => Block::Note { text: label(text) },
    }
}

pub fn summary<'a>(plan: &'a Plan<'a>, from: &'a m::Summary) -> Summary<'a> {
    let scope = Scope::programme(plan);
    let column = |(index, c): (usize, &'a m::SummaryColumn)| Column {
        ident: ident(&c.ident),
        pointer: from.pointer(index),
        entry: entry(plan, &c.field),
        ty: ty(plan, &c.ty),
        value: scope.some(c.value.as_ref()),
        optional: c.optional,
        strength: c.strength,
        cites: cites(plan, &c.cites),
    };
    Summary {
        ident: ident(&from.ident),
        cites: cites(plan, &from.cites),
        of: from.of.map(|f| plan.programme.forms[f.index()].ident.key.as_str()),
        by: from.by.map(|a| plan.actor(a)),
        landscape: from.landscape,
        absent_in_source: from.absent,
        fields: from.fields.iter().map(|f| field(plan, f)).collect(),
        columns: from.columns.iter().enumerate().map(column).collect(),
        groups: from.groups.iter().map(|(id, first, count)| Group { ident: ident(id), first: *first, count: *count }).collect(),
    }
}
