//! Aggregates: over lists of one application, over table columns, of several values; those over cases stand in `cases`.

use super::{bad, typed};
use crate::lower::{Lower, Named, Scope, Space, numbers, walk};
use crate::{Aggregation, Expr, ExprKind, NumberType, TrackId, Type};
use prog_base::{Diagnostic, Span, codes, text};
use prog_syntax::ast;

/// What one argument of an aggregate ranges over.
pub(super) enum Range {
    /// A column of a table.
    Column(crate::TableId, Option<ast::Name>),
    /// The cases of a track, each giving the value (the case itself when there is none).
    Cases(TrackId, Option<ast::Expr>),
    /// The cases of every track that knows the value.
    AllCases,
    /// A list of one application, each item giving the value at this field.
    List(Expr, Option<ast::Name>),
    /// A list of one application, by this name; each item gives what is computed from it.
    Each(Expr, ast::Expr),
    /// A single value.
    Value(Expr),
}

impl Lower<'_> {
    pub(super) fn aggregate(&mut self, a: &ast::Aggregate, scope: &Scope, span: Span) -> Expr {
        let Some(op) = aggregation(a.op) else { return self.consecutive(a, scope, span) };
        if let Some(key) = a.per.first() {
            self.report(
                Diagnostic::error(codes::NOT_A_LIST, key.span, text!("括号里不能按键分组", "Groups can't be formed inside the brackets"))
                    .help(text!("把“按 …”写在名额上：名额 … 按 …", "Write `per …` on the quota: `quota … per …`")),
            );
            return bad(span);
        }
        let mut ranges = Vec::new();
        for of in &a.of {
            ranges.push(self.range(of, scope));
        }
        if ranges.iter().all(|r| matches!(r, Range::Cases(..) | Range::AllCases)) && !ranges.is_empty() {
            return self.over_cases(op, a, &ranges, scope, span);
        }
        if ranges.iter().all(|r| matches!(r, Range::Value(_))) && a.filter.is_none() {
            let values = ranges.into_iter().filter_map(|r| if let Range::Value(e) = r { Some(e) } else { None }).collect();
            return self.of_values(op, values, span);
        }
        let mut parts = Vec::new();
        for (range, of) in ranges.into_iter().zip(&a.of) {
            parts.push(match range {
                Range::Column(table, column) => self.over_column(op, table, column.as_ref(), a.filter.as_deref(), of.span),
                Range::List(list, field) => self.over_list(op, list, field.as_ref(), of, a.filter.as_deref(), scope, span),
                Range::Each(list, named) => self.over_items(op, (list, &named), of, a.filter.as_deref(), scope, span),
                Range::Value(value) => {
                    self.not_a_list(&value);
                    bad(of.span)
                }
                Range::Cases(..) | Range::AllCases => {
                    self.report(
                        Diagnostic::error(
                            codes::NOT_A_LIST,
                            of.span,
                            text!("申报与列表不能放在一起计算", "Applications and lists can't be counted together"),
                        )
                        .help(text!("分成两个计算再相加", "Count them apart and add the two")),
                    );
                    bad(of.span)
                }
            });
        }
        self.joined(op, parts, span)
    }

    /// What an argument ranges over.
    pub(super) fn range(&mut self, of: &ast::Expr, scope: &Scope) -> Range {
        let near = match leftmost(of) {
            Some(name) => scope.track.is_some() && self.is_variable(name, scope) && self.index.get(Space::Value, name).is_none(),
            None => false,
        };
        if !near {
            if let Some((table, column)) = self.as_column(of) {
                return Range::Column(table, column);
            }
            if let Some(name) = leftmost(of) {
                if let Some(Named::Track(track)) = self.index.get(Space::Track, name) {
                    return Range::Cases(track, without_leftmost(of));
                }
                if scope.batch && scope.track.is_none() && !self.is_variable(name, scope) && self.known_in_tracks(name) {
                    return Range::AllCases;
                }
            }
        }
        self.list_range(of, scope)
    }

    fn known_in_tracks(&self, name: &ast::Name) -> bool {
        (0..self.index.tracks.len()).any(|t| self.is_variable(name, &Scope { track: Some(TrackId(t as u32)), ..Scope::default() }))
    }

    /// `list` or `list.field`; anything else is one value.
    fn list_range(&mut self, of: &ast::Expr, scope: &Scope) -> Range {
        if let ast::ExprKind::Member { of: outer, name } = &of.kind {
            let is_list = match &outer.kind {
                ast::ExprKind::Name(n) => self.is_variable(n, scope),
                ast::ExprKind::Member { .. } => true,
                _other => false,
            };
            if is_list {
                let list = self.expr(outer, scope, None);
                if matches!(list.ty, Type::List(_)) {
                    return Range::List(list, Some(name.clone()));
                }
            }
        }
        if let ast::ExprKind::Name(name) = &of.kind
            && !self.is_variable(name, scope)
        {
            self.unknown_range(name, scope);
            return Range::Value(bad(of.span));
        }
        if let Some(named) = self.list_within(of, scope).filter(|named| named.span != of.span) {
            return Range::Each(self.expr(named, scope, None), named.clone());
        }
        let value = self.expr(of, scope, None);
        if matches!(value.ty, Type::List(_) | Type::Set(_)) { Range::List(value, None) } else { Range::Value(value) }
    }

    /// The first list whose items an expression computes with: `awards` in `points[awards.level] * 2`.
    fn list_within<'e>(&self, e: &'e ast::Expr, scope: &Scope) -> Option<&'e ast::Expr> {
        match &e.kind {
            ast::ExprKind::Name(name) => self.is_list(name, scope).then_some(e),
            // These have their own sense of a list.
            ast::ExprKind::Aggregate(_) | ast::ExprKind::LengthOf(_) | ast::ExprKind::IsGiven(_) => None,
            _other => walk::written(e).into_iter().find_map(|part| self.list_within(part, scope)),
        }
    }

    /// A name that is neither track, list nor table.
    fn unknown_range(&mut self, name: &ast::Name, scope: &Scope) {
        let mut known: Vec<String> = self.index.visible(Space::Track, name).map(str::to_owned).collect();
        known.extend(self.visible_names(name, scope));
        self.unknown_name(name, text!("类别、列表或表", "track, list or table"), &known);
    }

    fn not_a_list(&mut self, value: &Expr) {
        if value.ty == Type::Unknown {
            return;
        }
        let words = super::kind_words(&self.p, &value.ty);
        let (zh, en) = (&words.zh, &words.en);
        self.report(
            Diagnostic::error(
                codes::NOT_A_LIST,
                value.span,
                text!("这里要类别、列表或表的一列，而这是{zh}", "A track, a list or a table's column must stand here, and this is {en}"),
            )
            .help(text!(
                "如 计数(示范区)、合计额(成员.人数)、合计额(名额.区域)",
                "Such as `count(village)`, `sum(partners.seats)`, `sum(caps.areas)`"
            )),
        );
    }

    /// The aggregate of single cells.
    fn of_cells(&mut self, op: Aggregation, cells: Vec<Expr>, span: Span) -> Expr {
        let size = prog_base::Exact::from(i64::try_from(cells.len()).unwrap_or(i64::MAX));
        match op {
            Aggregation::Count => typed(ExprKind::Number(size.clone()), Type::Number(NumberType::literal(&size)), span),
            Aggregation::Sum => self.sum_of(cells, span),
            Aggregation::Min | Aggregation::Max => self.extreme_of(op == Aggregation::Max, cells, span),
            Aggregation::Any => typed(ExprKind::Or(cells), Type::Bool, span),
            Aggregation::All => typed(ExprKind::And(cells), Type::Bool, span),
            Aggregation::None => {
                let any = typed(ExprKind::Or(cells), Type::Bool, span);
                typed(ExprKind::Not(Box::new(any)), Type::Bool, span)
            }
            Aggregation::CountDistinct | Aggregation::Consecutive(_) => {
                self.report(
                    Diagnostic::error(
                        codes::NOT_A_LIST,
                        span,
                        text!(
                            "这张表有一行代表几个键，不能数不同的值",
                            "A row of this table stands for several keys, so its different values can't be counted"
                        ),
                    )
                    .help(text!("每个键写一行", "Write one row for each key")),
                );
                bad(span)
            }
        }
    }

    /// `min(a, b)`, `sum(a, b)` of single values.
    fn of_values(&mut self, op: Aggregation, values: Vec<Expr>, span: Span) -> Expr {
        match op {
            Aggregation::Sum if values.len() > 1 => self.sum_of(values, span),
            Aggregation::Min | Aggregation::Max if values.len() > 1 => self.extreme_of(op == Aggregation::Max, values, span),
            Aggregation::Count
            | Aggregation::CountDistinct
            | Aggregation::Sum
            | Aggregation::Min
            | Aggregation::Max
            | Aggregation::Any
            | Aggregation::All
            | Aggregation::None
            | Aggregation::Consecutive(_) => {
                values.iter().for_each(|v| self.not_a_list(v));
                bad(span)
            }
        }
    }

    /// Several lists are added up, or joined as conditions are.
    pub(super) fn joined(&mut self, op: Aggregation, mut parts: Vec<Expr>, span: Span) -> Expr {
        if parts.len() == 1 {
            return parts.pop().unwrap_or(bad(span));
        }
        match op {
            Aggregation::Count | Aggregation::Sum => {
                let mut parts = parts.into_iter();
                let first = parts.next().unwrap_or(bad(span));
                parts.fold(first, |sum, e| self.plus(sum, e, span))
            }
            Aggregation::Min | Aggregation::Max => self.extreme_of(op == Aggregation::Max, parts, span),
            Aggregation::Any => typed(ExprKind::Or(parts), Type::Bool, span),
            Aggregation::All | Aggregation::None => typed(ExprKind::And(parts), Type::Bool, span),
            Aggregation::CountDistinct | Aggregation::Consecutive(_) => {
                self.report(Diagnostic::error(
                    codes::NOT_A_LIST,
                    span,
                    text!("不同计数只能对一个列表进行", "Different values are counted in one list only"),
                ));
                bad(span)
            }
        }
    }

    fn over_column(
        &mut self,
        op: Aggregation,
        table: crate::TableId,
        column: Option<&ast::Name>,
        filter: Option<&ast::Expr>,
        span: Span,
    ) -> Expr {
        if let Some(filter) = filter {
            self.report(Diagnostic::error(
                codes::NOT_A_LIST,
                filter.span,
                text!("对表的一列不能加条件", "The rows of a table can't be filtered here"),
            ));
            return bad(span);
        }
        let Some((column, ty)) = self.table_column(table, column, span) else { return bad(span) };
        let Some(result) = self.result(op, Some(&ty), span) else { return bad(span) };
        if self.one_key_a_row(table) {
            return typed(ExprKind::OverColumn { op, table, column }, result, span);
        }
        // Rows that stand for several keys count once for each of them.
        match self.keys_of(table) {
            Some(keys) => {
                let cell = |keys| typed(ExprKind::Lookup { table, column, keys }, ty.clone(), span);
                self.of_cells(op, keys.into_iter().map(cell).collect(), span)
            }
            None => {
                self.open_column(table, span);
                bad(span)
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn over_list(
        &mut self,
        op: Aggregation,
        list: Expr,
        field: Option<&ast::Name>,
        written: &ast::Expr,
        filter: Option<&ast::Expr>,
        scope: &Scope,
        span: Span,
    ) -> Expr {
        let source = match (&written.kind, field) {
            (ast::ExprKind::Member { of, .. }, Some(_)) => of,
            (_, _) => written,
        };
        let Some(item) = self.item_scope(&list, source) else { return bad(span) };
        let inner = Scope { items: scope.items.iter().cloned().chain([item]).collect(), ..scope.clone() };
        let value = match field {
            None => self.item_itself(op, &list, written.span),
            Some(field) => {
                let value = self.variable(field, &Scope { items: inner.items[inner.items.len() - 1..].to_vec(), ..Scope::default() });
                match value {
                    Some(value) => Some(value),
                    None => {
                        self.unknown_item_field(&list, field);
                        return bad(span);
                    }
                }
            }
        };
        let test = filter.map(|f| self.truth(f, &inner));
        self.of_items(op, list, test, value, span)
    }

    fn of_items(&mut self, op: Aggregation, list: Expr, test: Option<Expr>, value: Option<Expr>, span: Span) -> Expr {
        let (filter, value) = arrange(op, test, value, span);
        let Some(ty) = self.result(op, value.as_ref().map(|v| &v.ty), span) else { return bad(span) };
        let boxed = |e: Option<Expr>| e.map(Box::new);
        typed(ExprKind::OverList { op, list: Box::new(list), filter: boxed(filter), value: boxed(value) }, ty, span)
    }

    /// Each item gives what is computed from it.
    fn over_items(
        &mut self,
        op: Aggregation,
        (list, named): (Expr, &ast::Expr),
        of: &ast::Expr,
        filter: Option<&ast::Expr>,
        scope: &Scope,
        span: Span,
    ) -> Expr {
        let Some(item) = self.item_scope(&list, named) else { return bad(span) };
        let inner = Scope { items: scope.items.iter().cloned().chain([item]).collect(), ..scope.clone() };
        let value = self.expr(of, &inner, None);
        let test = filter.map(|f| self.truth(f, &inner));
        if value.ty == Type::Unknown {
            return bad(span);
        }
        self.of_items(op, list, test, Some(value), span)
    }

    /// The items of a plain list are the values themselves.
    pub(super) fn item_itself(&self, op: Aggregation, list: &Expr, span: Span) -> Option<Expr> {
        let ty = match &list.ty {
            Type::List(item) if !matches!(**item, Type::Record(_)) => (**item).clone(),
            Type::Set(of) => Type::Enum(*of),
            _other => return None,
        };
        let wanted = match op {
            Aggregation::CountDistinct | Aggregation::Sum | Aggregation::Min | Aggregation::Max => true,
            Aggregation::Any | Aggregation::All | Aggregation::None => ty == Type::Bool,
            Aggregation::Count | Aggregation::Consecutive(_) => false,
        };
        wanted.then(|| typed(ExprKind::Item { depth: 0 }, ty, span))
    }

    fn unknown_item_field(&mut self, list: &Expr, field: &ast::Name) {
        match &list.ty {
            Type::List(item) => match **item {
                Type::Record(id) => {
                    let r = &self.p.records[id.index()];
                    let (owner, known) = (r.ident.name.clone(), r.fields.iter().map(|f| f.ident.name.clone()).collect::<Vec<_>>());
                    self.unknown_field(field, &owner, &known);
                }
                _ => self.unknown_field(field, &field.text.clone(), &[]),
            },
            _other => {}
        }
    }

    /// The type of an aggregate over values of a type; tells when the value is missing or of the wrong kind.
    pub(super) fn result(&mut self, op: Aggregation, value: Option<&Type>, span: Span) -> Option<Type> {
        let number = match value {
            Some(Type::Number(n)) => Some(n.clone()),
            Some(_) | None => None,
        };
        match op {
            Aggregation::Count => Some(Type::Number(NumberType::count())),
            Aggregation::Consecutive(_) => Some(Type::Bool),
            Aggregation::Any | Aggregation::All | Aggregation::None => match value {
                None | Some(Type::Bool | Type::Unknown) => Some(Type::Bool),
                Some(other) => {
                    let other = typed(ExprKind::Bad, other.clone(), span);
                    self.mismatch(&other, text!("是或否", "a yes or no"));
                    None
                }
            },
            Aggregation::CountDistinct | Aggregation::Sum | Aggregation::Min | Aggregation::Max if value.is_none() => {
                self.report(
                    Diagnostic::error(codes::MISSING_VALUE, span, text!("没有写明要算哪个值", "It is not said which value is meant"))
                        .help(text!("写成 合计额(列表.字段) 或 合计额(类别.字段)", "Write `sum(list.field)` or `sum(track.field)`")),
                );
                None
            }
            Aggregation::CountDistinct => Some(Type::Number(NumberType::count())),
            Aggregation::Sum | Aggregation::Min | Aggregation::Max => match (number, value) {
                (Some(n), _) if op == Aggregation::Sum => Some(Type::Number(numbers::total(&n))),
                (Some(n), _) => Some(Type::Number(n)),
                (None, Some(Type::Unknown) | None) => Some(Type::Unknown),
                (None, Some(Type::Date)) if op != Aggregation::Sum => Some(Type::Date),
                (None, Some(other)) => {
                    let other = typed(ExprKind::Bad, other.clone(), span);
                    self.mismatch(&other, text!("数字", "a number"));
                    None
                }
            },
        }
    }
}

/// `any`, `all`, `none` test each item: without a value of its own the condition is the test, else it chooses the items.
pub(super) fn arrange(op: Aggregation, test: Option<Expr>, value: Option<Expr>, span: Span) -> (Option<Expr>, Option<Expr>) {
    match op {
        Aggregation::Any | Aggregation::All | Aggregation::None if value.is_none() => {
            (None, Some(test.unwrap_or(typed(ExprKind::Bool(true), Type::Bool, span))))
        }
        Aggregation::Any
        | Aggregation::All
        | Aggregation::None
        | Aggregation::Count
        | Aggregation::CountDistinct
        | Aggregation::Sum
        | Aggregation::Min
        | Aggregation::Max
        | Aggregation::Consecutive(_) => (test, value),
    }
}

/// The aggregation of an operator that has no length.
fn aggregation(op: ast::AggregateOp) -> Option<Aggregation> {
    Some(match op {
        ast::AggregateOp::Count => Aggregation::Count,
        ast::AggregateOp::CountDistinct => Aggregation::CountDistinct,
        ast::AggregateOp::Sum => Aggregation::Sum,
        ast::AggregateOp::Min => Aggregation::Min,
        ast::AggregateOp::Max => Aggregation::Max,
        ast::AggregateOp::Any => Aggregation::Any,
        ast::AggregateOp::All => Aggregation::All,
        ast::AggregateOp::None => Aggregation::None,
        ast::AggregateOp::Consecutive => return None,
    })
}

/// The first name of `a.b.c`.
pub(super) fn leftmost(e: &ast::Expr) -> Option<&ast::Name> {
    match &e.kind {
        ast::ExprKind::Name(name) => Some(name),
        ast::ExprKind::Member { of, .. } => leftmost(of),
        _other => None,
    }
}

/// `b.c` of `a.b.c`; nothing of `a`.
pub(super) fn without_leftmost(e: &ast::Expr) -> Option<ast::Expr> {
    let ast::ExprKind::Member { of, name } = &e.kind else { return None };
    let kind = match without_leftmost(of) {
        Some(rest) => ast::ExprKind::Member { of: Box::new(rest), name: name.clone() },
        None => ast::ExprKind::Name(name.clone()),
    };
    Some(ast::Expr { kind, span: e.span })
}
