//! What stands behind a dot: a field of an item, of a form, of a grid, of a group of fields; a table's column.
//!
//! In: `a.b`, `a.b.c` as written. Out: the value it means. Always: what is nearer hides what is farther, as for names alone.

use super::{bad, typed};
use crate::lower::{Lower, Named, Scope, Space};
use crate::{Expr, ExprKind, FormId, InputId, RecordId, Type};
use prog_base::{Diagnostic, Span, codes, text};
use prog_syntax::ast;

impl Lower<'_> {
    /// `LIST.FIELD` where an item of the list stands, that of the item.
    fn item_field(&mut self, (depth, record): (usize, RecordId), name: &ast::Name, span: Span) -> Expr {
        match self.record_field_index(record, &name.text) {
            Some(field) => {
                let ty = self.p.records[record.index()].fields[field].ty.clone();
                typed(ExprKind::ItemField { depth, field }, ty, span)
            }
            None => self.no_such_field(record, name, span),
        }
    }

    /// `a.b`: a field of a form, of a grid, of a record value, or a table's column.
    pub(super) fn member_of(&mut self, e: &ast::Expr, of: &ast::Expr, name: &ast::Name, scope: &Scope, expected: Option<&Type>) -> Expr {
        match &of.kind {
            ast::ExprKind::Index { of: table, keys } => return self.lookup(table, keys, Some(name), scope, e.span),
            ast::ExprKind::Name(first)
                if !self.is_item(&first.text, scope)
                    && let Some(item) = scope.item_of(&first.text) =>
            {
                return self.item_field(item, name, e.span);
            }
            ast::ExprKind::Name(first) if !self.shadows(first, scope) => {
                if let Some(found) = self.qualified(first, None, name, scope, expected) {
                    return found;
                }
            }
            ast::ExprKind::Member { of: outer, name: middle } => {
                if let ast::ExprKind::Name(first) = &outer.kind
                    && let Some(found) = self.qualified(first, Some(middle), name, scope, expected)
                {
                    return found;
                }
            }
            _other => {}
        }
        let value = self.expr(of, scope, None);
        let Type::Record(record) = value.ty else {
            if matches!(value.ty, Type::List(_)) {
                self.of_a_list(of, name, scope);
                return bad(e.span);
            }
            self.mismatch(&value, text!("带字段的值（表单、字段组）", "something with fields (a form, a record)"));
            return bad(e.span);
        };
        match self.record_field_index(record, &name.text) {
            Some(field) => {
                let ty = self.p.records[record.index()].fields[field].ty.clone();
                typed(ExprKind::Member { of: Box::new(value), field }, ty, e.span)
            }
            None => self.no_such_field(record, name, e.span),
        }
    }

    fn no_such_field(&mut self, record: RecordId, name: &ast::Name, span: Span) -> Expr {
        let r = &self.p.records[record.index()];
        let (owner, known) = (r.ident.name.clone(), r.fields.iter().map(|f| f.ident.name.clone()).collect::<Vec<_>>());
        self.unknown_field(name, &owner, &known);
        bad(span)
    }

    /// A field of a whole list: of which item is not said.
    fn of_a_list(&mut self, list: &ast::Expr, field: &ast::Name, scope: &Scope) {
        let list_name = match &list.kind {
            ast::ExprKind::Name(name) | ast::ExprKind::Member { name, .. } => name.text.as_str(),
            _other => "…",
        };
        let field = &field.text;
        let told = Diagnostic::error(
            codes::NOT_A_LIST,
            list.span,
            text!(
                "“{list_name}”是列表，各项都有自己的“{field}”，没有写是哪一项",
                "`{list_name}` is a list and each of its items has its own `{field}`; it is not said which item is meant"
            ),
        );
        self.report(if scope.items.is_empty() {
            told.help(text!(
                "写 合计额({list_name}.{field})、任一({list_name} 其中 {field} …) 或 逐项 {list_name}",
                "Write `sum({list_name}.{field})`, `any({list_name} where {field} …)`, or `each {list_name}` on the rule"
            ))
        } else {
            told.help(text!(
                "括号里一次只逐项算一个列表：另一个列表先用 设 算好，再写它的名称",
                "Inside brackets the items of one list are gone through at a time: work the other out in a `let` of its own and write its name"
            ))
        });
    }

    /// A value of that name, which may have fields, is nearer than a form, grid or table.
    fn shadows(&self, name: &ast::Name, scope: &Scope) -> bool {
        let bare = Scope { track: None, ..scope.clone() };
        let inputs = self.inputs_named(&name.text, scope);
        self.index.get(Space::Value, name).is_none() && (!inputs.is_empty() || self.is_variable(name, &bare))
    }

    /// `FORM.x`, `GRID.x`, `FORM.GRID.x`, `TABLE.x`.
    fn qualified(
        &mut self,
        first: &ast::Name,
        middle: Option<&ast::Name>,
        name: &ast::Name,
        scope: &Scope,
        expected: Option<&Type>,
    ) -> Option<Expr> {
        let span = first.span.to(name.span);
        if let Some(Named::Form(form)) = self.index.get(Space::Document, first) {
            if !self.form_visible(form, scope) {
                let f = &first.text;
                self.report(
                    Diagnostic::error(
                        codes::UNKNOWN_FIELD,
                        first.span,
                        text!("这里用不到表单“{f}”", "The form `{f}` is not filled by this track"),
                    )
                    .help(text!("给类别写上 申报用 {f}", "Let the track apply with {f}")),
                );
                return Some(bad(span));
            }
            let inputs = match middle {
                Some(grid) => self.grid_cells(Some(form), grid, scope),
                None => self.p.forms[form.index()].inputs.clone(),
            };
            // `FORM.FIELD.PART`: the field is found by itself, then its part.
            if middle.is_some() && inputs.is_empty() {
                return None;
            }
            return Some(self.pick(&inputs, first, name, span));
        }
        if let Some(Named::Table(id)) = self.index.get(Space::Value, first).filter(|_| middle.is_none()) {
            return Some(self.table_by_scope(id, Some(name), scope, span));
        }
        if middle.is_some() || expected == Some(&Type::Unknown) {
            return None;
        }
        let cells = self.grid_cells(None, first, scope);
        if cells.is_empty() { None } else { Some(self.pick(&cells, first, name, span)) }
    }

    fn form_visible(&self, form: FormId, scope: &Scope) -> bool {
        let absent = self.p.forms.get(form.index()).is_none();
        let of_track = scope.track.is_none_or(|t| self.index.tracks[t.index()].forms.contains(&form));
        !absent && (scope.form == Some(form) || (scope.track.is_some() && of_track))
    }

    /// The one of `inputs` with that name.
    fn pick(&mut self, inputs: &[InputId], owner: &ast::Name, name: &ast::Name, span: Span) -> Expr {
        let found: Vec<InputId> = inputs.iter().copied().filter(|i| self.p.input(*i).ident.name == name.text).collect();
        match found.as_slice() {
            [] => {
                let known: Vec<String> = inputs.iter().map(|i| self.p.input(*i).ident.name.clone()).collect();
                self.unknown_field(name, &owner.text, &known);
                bad(span)
            }
            [one] => self.input_use(*one, span),
            _several => {
                let mut d =
                    Diagnostic::error(codes::AMBIGUOUS_NAME, name.span, text!("“{}”不止一个", "There is more than one `{}`", name.text))
                        .help(text!("写明是哪个表格的：表单.表格.名称", "Say which grid's it is: form.grid.name"));
                for id in &found {
                    d = d.label(self.p.input(*id).ident.span, text!("这里声明了一个", "one is declared here"));
                }
                self.report(d);
                bad(span)
            }
        }
    }

    /// The cells of a grid that the scope sees, with its total.
    fn grid_cells(&self, form: Option<FormId>, grid: &ast::Name, scope: &Scope) -> Vec<InputId> {
        let forms: Vec<FormId> = match (form, scope.form, scope.track) {
            (Some(form), _, _) => vec![form],
            (None, _, Some(track)) => self.index.tracks[track.index()].forms.clone(),
            (None, Some(form), None) => vec![form],
            (None, None, None) => Vec::new(),
        };
        let mut cells = Vec::new();
        for form in forms.iter().filter_map(|f| self.index.forms.get(f.index())) {
            each_grid(&form.members, &mut |g| {
                if g.head.name.text == grid.text {
                    let (inner, total) = self.cells(g);
                    cells.extend(inner.into_iter().chain(total));
                }
            });
        }
        cells
    }

    /// The name of the grid that holds an input.
    pub(super) fn grid_of(&self, id: InputId) -> Option<String> {
        let form = self.index.forms.get(self.p.input(id).form?.index())?;
        let mut found = None;
        each_grid(&form.members, &mut |g| {
            let (cells, total) = self.cells(g);
            if cells.contains(&id) || total == Some(id) {
                found = Some(g.head.name.text.clone());
            }
        });
        found
    }

    pub(super) fn unknown_field(&mut self, name: &ast::Name, owner: &str, known: &[String]) {
        let n = &name.text;
        let d = Diagnostic::error(codes::UNKNOWN_FIELD, name.span, text!("“{owner}”里没有“{n}”", "`{owner}` has no `{n}`"));
        let shown = known.iter().take(12).cloned().collect::<Vec<_>>().join(", ");
        self.report(match crate::lower::names::nearest(n, known.iter().map(String::as_str)) {
            Some(near) => {
                d.help(text!("是不是“{near}”？", "Did you mean `{near}`?")).fix(text!("改为“{near}”", "write `{near}`"), name.span, near)
            }
            None => d.help(text!("它有：{shown}", "It has: {shown}")),
        });
    }
}

/// Every grid of a form as written: names are looked up before the form is laid out.
fn each_grid<'t>(members: &'t [ast::FormMember], see: &mut dyn FnMut(&'t ast::Grid)) {
    for member in members {
        match member {
            ast::FormMember::Cover { members, .. } | ast::FormMember::Row { members, .. } | ast::FormMember::Group { members, .. } => {
                each_grid(members, see);
            }
            ast::FormMember::Part(part) => each_grid(&part.members, see),
            ast::FormMember::Grid(grid) => see(grid),
            ast::FormMember::Field(_) | ast::FormMember::Opinion(_) | ast::FormMember::Note(_) | ast::FormMember::Bad(_) => {}
        }
    }
}
