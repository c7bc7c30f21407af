//! Forms: every field as an input.
//!
//! In: `form` blocks. Out: `Programme::forms` with inputs in printed order; the layout follows in `layout`.
//! Always: data is flat by field key; only grids, records and opinions nest (semantics 8.2).

use super::tracks::pointer;
use super::{Lower, Scope};
use crate::{
    Dimension, Expr, ExprKind, FieldKind, FieldType, Form, FormId, Ident, Input, InputId, Label, NumberType, Origin, StageId, Type,
};
use prog_base::{Diagnostic, Exact, Span, codes, text};
use prog_syntax::ast::{self, ArithmeticOp, FormMember};
use std::collections::BTreeMap;

/// Which input a place in the source became, and for opinions which part of it.
pub(crate) type FieldPlaces = BTreeMap<(Span, &'static str), InputId>;

/// What surrounds a field.
struct Around<'f> {
    form: FormId,
    key: &'f str,
    /// The stage from which its part is open.
    stage: Option<StageId>,
}

impl Lower<'_> {
    /// Declares the forms and their fields.
    pub(crate) fn forms(&mut self) {
        for (i, form) in self.index.forms.iter().enumerate() {
            let ident = Self::ident(&form.head);
            let lowered = Form {
                cites: self.cites(&form.head.cites),
                absent: form.absent,
                landscape: form.landscape,
                inputs: Vec::new(),
                layout: Vec::new(),
                span: form.span,
                ident: ident.clone(),
            };
            self.p.forms.push(lowered);
            if form.absent && !form.members.is_empty() {
                self.report(
                    Diagnostic::error(
                        codes::ABSENT_WITH_FIELDS,
                        form.head.name.span,
                        text!("说是原文未附的表单却有栏目", "a form said to be absent in source has fields"),
                    )
                    .help(text!(
                        "删去 原文未附，或删去栏目；没有的栏目不能编造",
                        "remove `absent in source`, or the fields; none may be invented"
                    )),
                );
            }
            let around = Around { form: FormId(i as u32), key: &ident.key, stage: None };
            self.members(&form.members, &around);
        }
    }

    fn members(&mut self, members: &[FormMember], around: &Around<'_>) {
        for member in members {
            match member {
                FormMember::Cover { members, .. } | FormMember::Group { members, .. } | FormMember::Row { members, .. } => {
                    self.members(members, around);
                }
                FormMember::Part(part) => {
                    let stage = part.at.as_ref().and_then(|s| self.find_stage(s)).or(around.stage);
                    self.members(&part.members, &Around { form: around.form, key: around.key, stage });
                }
                FormMember::Grid(grid) => self.grid(grid, around),
                FormMember::Field(field) => self.field(field, around),
                FormMember::Opinion(opinion) => self.opinion(opinion, around),
                FormMember::Note(_) | FormMember::Bad(_) => {}
            }
        }
    }

    fn field(&mut self, field: &ast::Field, around: &Around<'_>) {
        let ident = Self::ident(&field.head);
        let entry = self.field_type(&field.ty, &ident);
        let cites = self.cites(&field.head.cites);
        let id = self.input(ident, &[], entry, field.span, "", around);
        let input = &mut self.p.inputs[id.index()];
        input.optional = field.optional;
        input.cites = cites;
        input.prompt = field.prompt.as_ref().map(Self::label);
        input.help = field.help.as_ref().map(Self::label);
        if field.seal {
            let (optional, cites) = (field.optional, self.p.inputs[id.index()].cites.clone());
            let (ident, entry) = seal_beside(&Self::ident(&field.head));
            let id = self.input(ident, &[], entry, field.span, "seal", around);
            self.p.inputs[id.index()].optional = optional;
            self.p.inputs[id.index()].cites = cites;
        }
    }

    /// Adds an input of a form; `under` are the keys it nests in.
    fn input(
        &mut self,
        ident: Ident,
        under: &[&str],
        (field, ty): (FieldType, Type),
        span: Span,
        part: &'static str,
        around: &Around<'_>,
    ) -> InputId {
        let id = InputId(self.p.inputs.len() as u32);
        let keys: Vec<&str> = ["form", around.key].into_iter().chain(under.iter().copied()).chain([ident.key.as_str()]).collect();
        self.p.inputs.push(Input {
            pointer: pointer(&keys),
            form: Some(around.form),
            seal: part == "seal",
            personal: self.is_personal(&field.kind),
            field,
            ty,
            optional: false,
            origin: Origin::Entered,
            when: None,
            stage: around.stage,
            cites: Vec::new(),
            prompt: None,
            help: None,
            ident,
            span,
        });
        self.p.forms[around.form.index()].inputs.push(id);
        self.places.insert((span, part), id);
        id
    }

    /// A grid's cells nest under its key: `/form/F/GRID/CELL`, in a two-way grid `/form/F/GRID/ROW/CELL`.
    fn grid(&mut self, grid: &ast::Grid, around: &Around<'_>) {
        let head = Self::ident(&grid.head);
        let rows: Vec<Ident> = grid.rows.iter().map(Self::ident).collect();
        let mut columns: Vec<(Ident, (FieldType, Type), bool)> = Vec::new();
        for cells in &grid.cells {
            let mut ty = cells.ty.clone();
            ty.unit = ty.unit.or_else(|| grid.unit.clone());
            let Some(first) = cells.heads.first() else { continue };
            let entry = self.field_type(&ty, &Self::ident(first));
            columns.extend(cells.heads.iter().map(|h| (Self::ident(h), entry.clone(), cells.optional)));
        }
        let mut cells = Vec::new();
        let mut add = |it: &mut Self, ident: Ident, under: &[&str], entry: &(FieldType, Type), optional: bool, span: Span| {
            let id = it.input(ident, under, entry.clone(), span, "", around);
            it.p.inputs[id.index()].optional = optional;
            cells.push(id);
        };
        for (ident, entry, optional) in &columns {
            if rows.is_empty() {
                add(self, ident.clone(), &[&head.key], entry, *optional, ident.span);
            }
        }
        for row in &rows {
            for (ident, entry, optional) in &columns {
                let name = Ident { name: format!("{}.{}", row.name, ident.name), label: both(row, ident), ..ident.clone() };
                add(self, name, &[&head.key, &row.key], entry, *optional, cell_span(row.span, ident.span));
            }
        }
        if let Some(total) = &grid.total {
            self.total(grid, total, &head, &cells, around);
        }
    }

    /// A grid's total is computed from its cells; an entered one is compared.
    fn total(&mut self, grid: &ast::Grid, total: &ast::Head, head: &Ident, cells: &[InputId], around: &Around<'_>) {
        let terms: Vec<&Input> = cells.iter().map(|c| self.p.input(*c)).collect();
        let Some(first) = terms.first() else { return };
        if first.ty == Type::Unknown {
            return;
        }
        let Some(ty) = sum_type(&terms) else {
            self.report(
                Diagnostic::error(
                    codes::TOTAL_OF_OTHERS,
                    total.name.span,
                    text!("只有同类的数才有合计", "only numbers of one kind have a total"),
                )
                .label(grid.head.name.span, text!("这个表格里的栏目不都是同类的数", "not all cells of this grid are numbers of one kind"))
                .help(text!("删去合计，或统一栏目的类型和单位", "remove the total, or give all cells one type and unit")),
            );
            return;
        };
        let field = FieldType { low: None, high: None, step: None, limits: Vec::new(), ..first.field.clone() };
        let ident = Self::ident(total);
        let span = ident.span;
        let sum = cells.iter().zip(&terms).map(|(id, input)| Expr { kind: ExprKind::Input(*id), ty: input.ty.clone(), span });
        let Some(sum) = sum.reduce(|left, right| Expr {
            kind: ExprKind::Arithmetic { op: ArithmeticOp::Add, left: Box::new(left), right: Box::new(right) },
            ty: ty.clone(),
            span,
        }) else {
            return;
        };
        let id = self.input(ident, &[&head.key], (field, ty), span, "total", around);
        let input = &mut self.p.inputs[id.index()];
        input.optional = true;
        input.origin = Origin::Computed(Box::new(sum));
    }

    /// An opinion's text, signature, date and seal nest under its key.
    fn opinion(&mut self, opinion: &ast::Opinion, around: &Around<'_>) {
        let head = Self::ident(&opinion.head);
        let stage = opinion.at.as_ref().and_then(|s| self.find_stage(s)).or(around.stage);
        let around = Around { form: around.form, key: around.key, stage };
        let cites = self.cites(&opinion.head.cites);
        let signature = opinion.signature.is_some().then_some(("signature", FieldKind::Text, Type::Text, "签字", "signature"));
        let date = opinion.date.then_some(("date", FieldKind::Date, Type::Date, "日期", "date"));
        let seal = opinion.seal.then_some(("seal", FieldKind::YesNo, Type::Bool, "盖章", "seal"));
        let text = ("text", FieldKind::Prose, Type::Text, "意见", "opinion");
        for (key, kind, ty, zh, en) in [Some(text), signature, date, seal].into_iter().flatten() {
            let plain = key == "text";
            let label = if plain {
                head.label.clone()
            } else {
                let title = head.label.words();
                Label { text: format!("{}：{zh}", title.zh), en: Some(format!("{}: {en}", title.en)) }
            };
            let ident = Ident {
                name: if plain { head.name.clone() } else { format!("{}.{zh}", head.name) },
                key: key.to_owned(),
                label,
                ..head.clone()
            };
            let field = FieldType { kind, unit: None, low: None, high: None, step: None, limits: Vec::new() };
            let id = self.input(ident, &[&head.key], (field, ty), opinion.span, key, &around);
            self.p.inputs[id.index()].cites = cites.clone();
            self.p.inputs[id.index()].optional = opinion.optional;
        }
    }

    /// Guards and formulas of fields, once every name is known.
    pub(crate) fn form_expressions(&mut self) {
        for (i, form) in self.index.forms.iter().enumerate() {
            let scope = Scope { form: Some(FormId(i as u32)), ..Scope::default() };
            let layout = self.layout(&form.members, &scope, &[]);
            self.p.forms[i].layout = layout;
        }
    }
}

/// The place of a cell in a two-way grid: from its row's head to its column's, so that each cell has its own.
pub(crate) fn cell_span(row: Span, column: Span) -> Span {
    row.to(column)
}

/// The seal on a field is data of its own: yes once it is put on.
pub(crate) fn seal_beside(field: &Ident) -> (Ident, (FieldType, Type)) {
    let chinese = !field.name.is_ascii();
    let name = if chinese { format!("{}公章", field.name) } else { format!("{}_seal", field.name) };
    let title = field.label.words();
    let label = Label { text: format!("{}（公章）", title.zh), en: Some(format!("{} (seal)", title.en)) };
    let label = if chinese { label } else { Label { text: format!("{} (seal)", field.label.text), ..label } };
    let key = if field.keyed || !chinese { format!("{}_seal", field.key) } else { name.clone() };
    let entry = FieldType { kind: FieldKind::YesNo, unit: None, low: None, high: None, step: None, limits: Vec::new() };
    (Ident { name, key, label, doc: None, ..field.clone() }, (entry, Type::Bool))
}

/// The label of a cell in a two-way grid.
fn both(row: &Ident, column: &Ident) -> Label {
    let en = match (&row.label.en, &column.label.en) {
        (None, None) => None,
        (r, c) => Some(format!("{}, {}", r.as_ref().unwrap_or(&row.label.text), c.as_ref().unwrap_or(&column.label.text))),
    };
    Label { text: format!("{}·{}", row.label.text, column.label.text), en }
}

/// The type of a sum of inputs; `None` unless all are numbers of one dimension.
fn sum_type(terms: &[&Input]) -> Option<Type> {
    let mut sum: Option<NumberType> = None;
    for term in terms {
        let Type::Number(n) = &term.ty else { return None };
        sum = Some(match sum {
            None => n.clone(),
            Some(so_far) => add(&so_far, n)?,
        });
    }
    sum.map(Type::Number)
}

fn add(a: &NumberType, b: &NumberType) -> Option<NumberType> {
    let plain = |d: &Dimension| matches!(d, Dimension::Plain | Dimension::Bare | Dimension::Times);
    if a.dimension != b.dimension && !(plain(&a.dimension) && plain(&b.dimension)) {
        return None;
    }
    let both = |x: &Option<Exact>, y: &Option<Exact>| Some(x.as_ref()? + y.as_ref()?);
    Some(NumberType {
        dimension: a.dimension.clone(),
        digits: a.digits.max(b.digits),
        low: both(&a.low, &b.low),
        high: both(&a.high, &b.high),
        unit: a.unit,
    })
}
