//! Summaries: tables whose rows are cases.
//!
//! In: `summary` blocks. Out: `Programme::summaries` in the order of the index.
//! Always: a column without type or value takes the form's field of its own name; none is invented.

use super::names::nearest;
use super::{Lower, Scope};
use crate::{Expr, ExprKind, FieldType, FormId, Ident, InputId, RecordField, RecordId, Summary, SummaryColumn, Type};
use prog_base::{Diagnostic, codes, text};
use prog_syntax::ast;

impl Lower<'_> {
    /// Lowers the summaries; forms are known.
    pub(crate) fn summaries(&mut self) {
        for summary in &self.index.summaries {
            let lowered = self.summary(summary);
            self.p.summaries.push(lowered);
        }
    }

    fn summary(&mut self, summary: &ast::Summary) -> Summary {
        let of = summary.of.as_ref().and_then(|f| self.find_form(f));
        let mut lowered = Summary {
            ident: Self::ident(&summary.head),
            cites: self.cites(&summary.head.cites),
            of,
            by: summary.by.as_ref().and_then(|a| self.find_actor(a)),
            landscape: summary.landscape,
            absent: summary.absent,
            fields: summary.fields.iter().flat_map(|f| self.head_fields(f)).collect(),
            columns: Vec::new(),
            groups: Vec::new(),
            span: summary.span,
        };
        for column in &summary.columns {
            if column.children.is_empty() {
                lowered.columns.extend(self.column(column, of, None));
                continue;
            }
            let first = lowered.columns.len();
            let record = self.record_field(of, &column.head.name.text);
            for child in &column.children {
                let child = ast::SummaryColumn { strength: child.strength.or(column.strength), ..child.clone() };
                lowered.columns.extend(self.column(&child, of, record));
            }
            lowered.groups.push((Self::ident(&column.head), first, lowered.columns.len() - first));
        }
        lowered
    }

    /// A field above the table, with its seal if it bears one.
    fn head_fields(&mut self, field: &ast::Field) -> Vec<RecordField> {
        let own = self.field_of_record(field);
        let seal = field.seal.then(|| {
            let (ident, (entry, ty)) = super::forms::seal_beside(&own.ident);
            RecordField { ident, cites: own.cites.clone(), field: entry, ty, optional: own.optional, prompt: None, help: None }
        });
        std::iter::once(own).chain(seal).collect()
    }

    /// The record field of the form that a grouped head names.
    fn record_field(&self, of: Option<FormId>, name: &str) -> Option<(InputId, RecordId)> {
        let id = self.form_field(of?, name)?;
        if let Type::Record(record) = self.p.input(id).ty { Some((id, record)) } else { None }
    }

    fn form_field(&self, of: FormId, name: &str) -> Option<InputId> {
        self.p.forms[of.index()].inputs.iter().find(|i| self.p.input(**i).ident.name == name).copied()
    }

    fn column(&mut self, column: &ast::SummaryColumn, of: Option<FormId>, group: Option<(InputId, RecordId)>) -> Option<SummaryColumn> {
        let strength = column.strength;
        let ident = Self::ident(&column.head);
        let declared = column.ty.as_ref().map(|ty| self.field_type(ty, &ident));
        let value = match (&column.value, group) {
            (Some(ast::Expr { kind: ast::ExprKind::Name(name), .. }), Some(group)) => Some(self.part_of(group, name)?),
            (None, Some(group)) if declared.is_none() => Some(self.part_of(group, &column.head.name)?),
            (Some(value), _) => {
                let scope = Scope { form: of, ..Scope::default() };
                let expected = declared.as_ref().map(|(_, ty)| ty.clone());
                Some(self.expr(value, &scope, expected.as_ref()))
            }
            (None, _) if declared.is_none() => Some(self.same_name(column, of)?),
            (None, _) => None,
        };
        let (field, ty) = match (declared, &value) {
            (Some(declared), _) => declared,
            (None, Some(value)) => (self.entry_of(value), value.ty.clone()),
            (None, None) => return None,
        };
        let mut cites = self.cites(&column.head.cites);
        if column.cites != column.head.cites {
            cites.extend(self.cites(&column.cites));
        }
        Some(SummaryColumn { ident, field, ty, value, optional: column.optional, strength, cites })
    }

    /// A field of the record that the grouped head names.
    fn part_of(&mut self, (input, record): (InputId, RecordId), name: &ast::Name) -> Option<Expr> {
        let fields = &self.p.records[record.index()].fields;
        let Some(at) = fields.iter().position(|f| f.ident.name == name.text) else {
            let known: Vec<String> = fields.iter().map(|f| f.ident.name.clone()).collect();
            self.unknown_name(name, text!("栏目", "field"), &known);
            return None;
        };
        let (ty, record) = (fields[at].ty.clone(), Type::Record(record));
        let of = Box::new(Expr { kind: ExprKind::Input(input), ty: record, span: name.span });
        Some(Expr { kind: ExprKind::Member { of, field: at }, ty, span: name.span })
    }

    fn same_name(&mut self, column: &ast::SummaryColumn, of: Option<FormId>) -> Option<Expr> {
        let name = &column.head.name;
        if let Some(id) = of.and_then(|of| self.form_field(of, &name.text)) {
            return Some(Expr { kind: ExprKind::Input(id), ty: self.p.input(id).ty.clone(), span: name.span });
        }
        let written = &name.text;
        let mut diagnostic = Diagnostic::error(
            codes::COLUMN_OPEN,
            name.span,
            text!(
                "列“{written}”没有类型，申报表里也没有同名栏目",
                "column `{written}` has no type, and the form has no field of that name"
            ),
        );
        let fields: Vec<Ident> =
            of.iter().flat_map(|of| &self.p.forms[of.index()].inputs).map(|i| self.p.input(*i).ident.clone()).collect();
        diagnostic = match nearest(written, fields.iter().map(|i| i.name.as_str())) {
            Some(near) => diagnostic.help(text!("是不是 = {near}？", "did you mean `= {near}`?")),
            None => diagnostic.help(text!(
                "写出类型，例如 : 文本，或写出取自哪个栏目，例如 = 栏目",
                "give a type, such as `: Text`, or a field, such as `= FIELD`"
            )),
        };
        self.report(diagnostic);
        None
    }

    /// What is entered in a column that takes its value from the case.
    fn entry_of(&self, value: &Expr) -> FieldType {
        match &value.kind {
            ExprKind::Input(id) => return self.p.input(*id).field.clone(),
            ExprKind::Member { of, field } => {
                if let Type::Record(record) = of.ty
                    && let Some(found) = self.p.records[record.index()].fields.get(*field)
                {
                    return found.field.clone();
                }
            }
            _computed => {}
        }
        self.field_of(&value.ty)
    }
}
