//! Selections: candidates, order, how many (`select`).
//!
//! In: `select` items; beside each stands the fact that records what was decided. Out: `Programme::selections` in the order of the index.
//! Always: numbers stand in the scope of a group, what ranks and what is added up in the scope of each case.

use super::expr::kind_words;
use super::{Lower, Scope};
use crate::{Assign, Criterion, Dimension, EnumOrder, Expr, Key, KeyRange, NumberType, OfCase, Selection, Take, Tied, TrackId, Type};
use prog_base::{Diagnostic, Span, Text, codes, text};
use prog_syntax::ast;
use std::collections::BTreeSet;

impl Lower<'_> {
    /// Lowers the selections; routes, lets and rules are known.
    pub(crate) fn selections(&mut self) {
        for select in &self.index.selections {
            let lowered = self.selection(select);
            self.p.selections.push(lowered);
        }
    }

    fn selection(&mut self, select: &ast::Select) -> Selection {
        self.whole(select);
        let tracks: Vec<TrackId> = select.from.iter().filter_map(|name| self.find_track(name)).collect();
        let counted = self.counted_by(select);
        let all: BTreeSet<TrackId> = tracks.iter().chain(&counted).copied().collect();
        let all: Vec<TrackId> = all.into_iter().collect();
        let mut keys: Vec<Key> = select.per.iter().map(|k| self.key(k, &all)).collect();
        let scope = Scope { keys: keys.iter().map(|k| (k.name.clone(), k.ty.clone())).collect(), batch: true, ..Scope::default() };
        let take = self.take(select, &tracks, &scope);
        let wait = select.wait.as_ref().map(|e| self.number_of(e, &scope));
        for (at, key) in keys.iter_mut().enumerate().filter(|(_, key)| key.range == KeyRange::Present) {
            let numbers = take.iter().flat_map(Take::numbers).chain(&wait);
            if let Some(table) = numbers.filter_map(|e| super::quotas::table_of(e, at)).next() {
                key.range = KeyRange::Table(table);
            }
        }
        let judged = select.order.iter().find_map(|c| if let ast::Criterion::Judged(by) = c { Some(by) } else { None });
        let tied = select.tied.clone().or_else(|| judged.map(|by| ast::Tied::Judged(by.clone())));
        let recorded = |track: &TrackId| {
            let mut inputs = self.p.tracks[track.index()].inputs.iter();
            inputs.find(|i| self.p.input(**i).span == select.span).map(|i| (*track, *i))
        };
        Selection {
            ident: Self::ident(&select.head),
            recorded: tracks.iter().filter_map(recorded).collect(),
            cites: self.cites(&select.head.cites),
            at: select.at.as_ref().and_then(|s| self.find_stage(s)),
            candidates: select.filter.iter().flat_map(|e| self.of_cases(e, &tracks, Self::truth)).collect(),
            order: select.order.iter().filter_map(|c| self.criterion(c, &tracks)).collect(),
            judged: judged.and_then(|by| self.find_actor(by)),
            take: take.unwrap_or(Take::All),
            tied: tied.map(|t| match t {
                ast::Tied::AdmitAll(_) => Tied::AdmitAll,
                ast::Tied::AdmitNone(_) => Tied::AdmitNone,
                ast::Tied::Judged(by) => Tied::Judged(self.find_actor(&by)),
            }),
            wait,
            refill: select.refill.as_ref().and_then(|s| self.find_stage(s)),
            assign: select.assign.as_ref().and_then(|a| self.assign(a, &tracks, &scope)),
            keys,
            tracks,
            counted,
            span: select.span,
        }
    }

    /// The tracks whose cases the numbers of a selection count.
    fn counted_by(&self, select: &ast::Select) -> Vec<TrackId> {
        let numbers = match &select.take {
            Some(ast::Take::Number(limit) | ast::Take::While { limit, .. }) => vec![limit],
            Some(ast::Take::Nearest { target, least, .. }) => std::iter::once(target).chain(least).collect(),
            Some(ast::Take::All(_)) | None => Vec::new(),
        };
        let mut tracks = BTreeSet::new();
        for number in numbers.into_iter().chain(&select.wait) {
            self.counted(number, &mut tracks, &mut BTreeSet::new());
        }
        tracks.into_iter().collect()
    }

    /// A selection says whose cases, in which order, how many, and at which stage somebody decides.
    fn whole(&mut self, select: &ast::Select) {
        let name = &select.head.name.text;
        let mut missing = |what: Text, help: Text| {
            let Text { zh, en } = what;
            self.diagnostics.push(
                Diagnostic::error(codes::SELECT_INCOMPLETE, select.head.name.span, text!("遴选“{name}”{zh}", "`select {name}` {en}"))
                    .help(help),
            );
        };
        if select.from.is_empty() {
            missing(text!("没有说从哪些申报中选", "does not say among whom"), text!("写 自 类别", "write `from TRACK`"));
        }
        if select.at.is_none() {
            missing(
                text!("没有说在哪个环节", "does not say at which stage"),
                text!("写 于 环节：那个环节的主体来定", "write `at STAGE`: the actor of that stage decides"),
            );
        }
        let stages = self.index.workflows.iter().flat_map(|w| &w.stages);
        let mut stages = stages.filter(|s| select.at.as_ref().is_some_and(|at| at.text == s.head.name.text)).peekable();
        if stages.peek().is_some() && stages.all(|s| s.by.is_none()) {
            missing(
                text!("所在的环节没有写主体：没有人来定", "is at a stage without an actor: nobody decides"),
                text!("给环节写 由 主体", "write `by ACTOR` at the stage"),
            );
        }
        if select.order.is_empty() {
            missing(
                text!("没有说按什么排序", "does not say in which order"),
                text!("写 排序 总分 由高到低", "write `order total highest first`"),
            );
        }
        if select.take.is_none() {
            missing(
                text!("没有说取多少", "does not say how many are taken"),
                text!("写 取 5；原文没有写，就写 取 未明 \"…\"", "write `take 5`; if the notice is silent, `take unknown \"…\"`"),
            );
        }
        let judged = select.order.iter().position(|c| matches!(c, ast::Criterion::Judged(_)));
        if judged.is_some_and(|at| at + 1 < select.order.len()) {
            missing(
                text!("在评定之后还要排序", "goes on after a judgement"),
                text!("由人评定的放在最后", "what people judge comes last in the order"),
            );
        }
        if let (Some(ast::Take::While { passing: true, .. }), Some(stage)) = (&select.take, &select.refill) {
            self.report(
                Diagnostic::error(
                    codes::REFILL_OF_SUM,
                    stage.span,
                    text!(
                        "“超出跳过”之后不能递补：空出的是一笔款额，不是一个名额，候补第一位未必放得下",
                        "a selection that passes over cannot be refilled: what becomes free is an amount, not a place, and the first in line need not fit into it"
                    ),
                )
                .help(text!(
                    "删去 递补至；退出的申报撤回，并删去已记的入选，再算一次，腾出的款额就给放得下的",
                    "leave out `refill until`; take back the application that left, with the decision recorded for it, and compute the list again: what is left goes to whoever fits"
                )),
            );
        }
    }

    fn of_cases(&mut self, e: &ast::Expr, tracks: &[TrackId], lower: impl Fn(&mut Self, &ast::Expr, &Scope) -> Expr) -> OfCase {
        tracks.iter().map(|track| (*track, lower(self, e, &Scope { track: Some(*track), ..Scope::default() }))).collect()
    }

    fn criterion(&mut self, criterion: &ast::Criterion, tracks: &[TrackId]) -> Option<Criterion> {
        let (e, highest) = match criterion {
            ast::Criterion::Value { value, highest } => (value, *highest),
            ast::Criterion::First(value) => (value, true),
            ast::Criterion::Judged(_) => return None,
        };
        let first = matches!(criterion, ast::Criterion::First(_));
        let by_track = self.of_cases(e, tracks, |lower, e, scope| if first { lower.truth(e, scope) } else { lower.expr(e, scope, None) });
        if let Some((_, value)) = by_track.iter().find(|(_, value)| !self.ranks(&value.ty)) {
            let Text { zh, en } = kind_words(&self.p, &value.ty);
            self.report(
                Diagnostic::error(
                    codes::NOT_RANKABLE,
                    e.span,
                    text!("这里要一个能比高低的值，而这是{zh}", "something that can be ranked must stand here, and this is {en}"),
                )
                .help(text!(
                    "写数、日期、分等级的选项（单选 由高到低）；是与否的写 … 在前",
                    "write a number, a day or a level of an ordered list; for a condition write `… first`"
                )),
            );
        }
        Some(Criterion { name: self.inputs.sources.slice(e.span).trim().to_owned(), by_track, highest, span: e.span })
    }

    /// Whether the values of a type have an order.
    fn ranks(&self, ty: &Type) -> bool {
        match ty {
            Type::Unknown | Type::Bool | Type::Number(_) | Type::Date | Type::Moment => true,
            Type::Enum(id) => self.p.enumeration(*id).order != EnumOrder::None,
            Type::Text | Type::Set(_) | Type::Duration | Type::Record(_) | Type::List(_) => false,
        }
    }

    fn take(&mut self, select: &ast::Select, tracks: &[TrackId], scope: &Scope) -> Option<Take> {
        let boxed = |lower: &mut Self, e: &ast::Expr| Box::new(lower.number_of(e, scope));
        Some(match select.take.as_ref()? {
            ast::Take::Number(e) => Take::Number(boxed(self, e)),
            ast::Take::All(_) => Take::All,
            ast::Take::While { sum, limit, passing } => {
                Take::While { of: self.addends(sum, tracks), limit: boxed(self, limit), passing: *passing }
            }
            ast::Take::Nearest { sum, target, least } => {
                Take::Nearest { of: self.addends(sum, tracks), target: boxed(self, target), least: least.as_ref().map(|e| boxed(self, e)) }
            }
        })
    }

    /// What `sum(…)` adds up of each case: nothing below zero, so that a list only grows.
    fn addends(&mut self, sum: &ast::Expr, tracks: &[TrackId]) -> OfCase {
        let of = match &sum.kind {
            ast::ExprKind::Aggregate(a) if a.op == ast::AggregateOp::Sum && a.filter.is_none() && a.per.is_empty() => match a.of.as_slice()
            {
                [one] => Some(one),
                _several => None,
            },
            _other => None,
        };
        let Some(of) = of else {
            self.report(
                Diagnostic::error(codes::SELECT_INCOMPLETE, sum.span, text!("这里要写 合计额(…)", "a `sum(…)` must stand here"))
                    .help(text!("如 取 直至 合计额(申请额) ≤ 100 万元", "such as `take while sum(asked) at most 100_000`")),
            );
            return Vec::new();
        };
        let all = self.of_cases(of, tracks, |lower, e, scope| lower.number_of(e, scope));
        let falls = all.iter().find(|(_, e)| matches!(&e.ty, Type::Number(n) if self.may_fall(n)));
        if falls.is_some() {
            self.report(
                Diagnostic::error(
                    codes::SUM_MAY_FALL,
                    of.span,
                    text!("这个数可能是负数，合计就不一定越加越大", "this may be below zero, so the sum need not grow along the list"),
                )
                .help(text!("给它写下限，如 至少 0", "give it a lower bound, such as `from 0`")),
            );
        }
        all
    }

    /// Whether a number may be below zero. Of an amount of money nobody expects it; where one is, the list is open.
    fn may_fall(&self, number: &NumberType) -> bool {
        let is_money =
            matches!(&number.dimension, Dimension::Units(units) if units.iter().any(|(u, _)| self.p.unit(*u).dimension == "money"));
        !is_money && number.low.as_ref().is_none_or(prog_base::Exact::is_negative)
    }

    /// A number; anything else is told.
    fn number_of(&mut self, e: &ast::Expr, scope: &Scope) -> Expr {
        let value = self.expr(e, scope, None);
        if !matches!(value.ty, Type::Number(_) | Type::Unknown) {
            let Text { zh, en } = kind_words(&self.p, &value.ty);
            self.report(
                Diagnostic::error(
                    codes::TYPE_MISMATCH,
                    e.span,
                    text!("这里要一个数，而这是{zh}", "a number must stand here, and this is {en}"),
                )
                .help(text!("写一个数，或一个算出数的式子", "write a number, or something that comes to one")),
            );
        }
        value
    }

    fn assign(&mut self, assign: &ast::Assign, tracks: &[TrackId], scope: &Scope) -> Option<Assign> {
        let wishes = self.of_cases(&assign.wishes, tracks, |lower, e, scope| lower.expr(e, scope, None));
        let (_, first) = wishes.first()?;
        let Some(ty) = self.wish(&first.ty) else {
            if first.ty != Type::Unknown {
                let Text { zh, en } = kind_words(&self.p, &first.ty);
                self.report(
                    Diagnostic::error(
                        codes::TYPE_MISMATCH,
                        assign.wishes.span,
                        text!("志愿要用列表，而这是{zh}", "wishes are a list, and this is {en}"),
                    )
                    .help(text!("写 志愿: 列表 文本", "declare it as a list, such as `list of Text`")),
                );
            }
            return None;
        };
        let table = self.find_table(&assign.within)?;
        let places = self.places(&assign.within, &ty, scope, assign.wishes.span);
        Some(Assign { wishes, table, places })
    }

    /// How many places there are of what is wished for, which stands as one more key.
    fn places(&mut self, table: &ast::Name, ty: &Type, scope: &Scope, span: Span) -> Expr {
        let wish = ast::Name { text: "\u{0}wish".to_owned(), span };
        let mut inner = Scope { batch: false, ..scope.clone() };
        inner.keys.push((wish.text.clone(), ty.clone()));
        let of = ast::Expr { kind: ast::ExprKind::Name(table.clone()), span: table.span };
        let key = ast::Expr { kind: ast::ExprKind::Name(wish), span };
        let lookup = ast::Expr { kind: ast::ExprKind::Index { of: Box::new(of), keys: vec![key] }, span: table.span };
        self.number_of(&lookup, &inner)
    }

    /// What is wished for: the items of a list, of records their first field.
    fn wish(&self, ty: &Type) -> Option<Type> {
        let Type::List(item) = ty else { return None };
        match &**item {
            Type::Record(id) => self.p.records.get(id.index())?.fields.first().map(|f| f.ty.clone()),
            other => Some(other.clone()),
        }
    }
}
