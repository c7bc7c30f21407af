//! Comparisons, logic, arithmetic.

use super::{bad, kind_words, typed};
use crate::lower::{Lower, Scope, numbers};
use crate::{ArithmeticOp, Comparison, Dimension, EnumOrder, Expr, ExprKind, NumberType, Type};
use numbers::Clash;
use prog_base::{DayPart, Diagnostic, Duration, Exact, Span, codes, text};
use prog_syntax::ast;

impl Lower<'_> {
    pub(super) fn connect(&mut self, list: &[ast::Expr], scope: &Scope, make: fn(Vec<Expr>) -> ExprKind, span: Span) -> Expr {
        let list = list.iter().map(|e| self.truth(e, scope)).collect();
        typed(make(list), Type::Bool, span)
    }

    /// Two sides of one kind; the side that is a value of a list takes the other's type.
    fn pair(&mut self, left: &ast::Expr, right: &ast::Expr, scope: &Scope) -> (Expr, Expr) {
        let waits = |l: &Self, e: &ast::Expr| match &e.kind {
            ast::ExprKind::Name(n) => !l.is_variable(n, scope),
            ast::ExprKind::Silent(_) => true,
            _other => false,
        };
        if waits(self, left) && !waits(self, right) {
            let right = self.expr(right, scope, None);
            let left = self.expr(left, scope, Some(&right.ty));
            return (left, right);
        }
        let left = self.expr(left, scope, None);
        let right = self.expr(right, scope, Some(&left.ty));
        (left, right)
    }

    pub(super) fn compare(&mut self, op: ast::CompareOp, left: &ast::Expr, right: &ast::Expr, scope: &Scope, span: Span) -> Expr {
        let (left, right) = self.pair(left, right, scope);
        let dates = matches!((&left.ty, &right.ty), (Type::Date | Type::Moment, _) | (_, Type::Date | Type::Moment));
        let op = comparison(op, |reading| dates && self.setting(reading).is_some());
        if !self.comparable(op, &left, &right) {
            return typed(ExprKind::Bad, Type::Bool, span);
        }
        typed(ExprKind::Compare { op, left: Box::new(left), right: Box::new(right) }, Type::Bool, span)
    }

    /// Whether the comparison makes sense; tells if not.
    pub(crate) fn comparable(&mut self, op: Comparison, left: &Expr, right: &Expr) -> bool {
        let equality = matches!(op, Comparison::Equal | Comparison::NotEqual);
        match (&left.ty, &right.ty) {
            (Type::Unknown, _) | (_, Type::Unknown) => true,
            (Type::Number(a), Type::Number(b)) => match numbers::compared(a, b, &self.p.units) {
                Ok(()) => true,
                Err(clash) => {
                    self.clash(clash, left, right);
                    false
                }
            },
            (Type::Enum(a), Type::Enum(b)) if a == b => {
                let ordered = self.p.enumeration(*a).order != EnumOrder::None;
                if !equality && !ordered {
                    self.unordered(left, right);
                }
                equality || ordered
            }
            (Type::Date | Type::Moment, Type::Date | Type::Moment) => true,
            (Type::Bool, Type::Bool) | (Type::Text, Type::Text) if equality => true,
            (Type::Bool | Type::Text, Type::Bool | Type::Text) if left.ty == right.ty => {
                self.unordered(left, right);
                false
            }
            (_, _) => {
                self.different(left, right);
                false
            }
        }
    }

    fn unordered(&mut self, left: &Expr, right: &Expr) {
        let words = kind_words(&self.p, &left.ty);
        let (zh, en) = (&words.zh, &words.en);
        let mut d = Diagnostic::error(
            codes::UNORDERED,
            left.span.to(right.span),
            text!("{zh}没有高低之分，不能比大小", "There is no higher and lower in {en}"),
        );
        if let Type::Enum(id) = left.ty {
            let list = self.p.enumeration(id).ident.span;
            d = d.label(list, text!("选项在这里声明", "the list is declared here")).help(text!(
                "给选项写上 由低到高 或 由高到低，或改用“=”",
                "Declare the list `ordered` (lowest first) or `best first`, or compare with `=`"
            ));
        }
        self.report(d);
    }

    fn different(&mut self, left: &Expr, right: &Expr) {
        let (l, r) = (kind_words(&self.p, &left.ty), kind_words(&self.p, &right.ty));
        let ((lz, le), (rz, re)) = ((&l.zh, &l.en), (&r.zh, &r.en));
        let d = Diagnostic::error(
            codes::NOT_COMPARABLE,
            right.span,
            text!("{lz}与{rz}不能相比或相加", "{le} and {re} can't be compared or added"),
        )
        .here(text!("这是{rz}", "this is {re}"))
        .label(left.span, text!("这是{lz}", "this is {le}"));
        let days = |e: &Expr| matches!(e.ty, Type::Date | Type::Moment);
        self.report(match (&left.kind, &right.kind) {
            (_, _) if days(left) && days(right) => d.help(text!(
                "两天之间有多久，写 天数(甲, 乙)、足月数(甲, 乙) 或 周年数(甲, 乙)",
                "how long it is from one day to another: `days between (a, b)`, `months between (a, b)` or `years between (a, b)`"
            )),
            (ExprKind::Elapsed { .. }, ExprKind::Duration(by)) | (ExprKind::Duration(by), ExprKind::Elapsed { .. }) => {
                let n = by.count;
                d.help(text!("两个日子之间的时间是不带单位的数：写“{n}”", "The time between two days is a number without unit: write {n}"))
            }
            (ExprKind::OfDay { part: DayPart::Figure(_), .. }, ExprKind::Duration(by))
            | (ExprKind::Duration(by), ExprKind::OfDay { part: DayPart::Figure(_), .. }) => {
                let n = by.count;
                d.help(text!(
                    "由日子得出的年份、月份、几号、星期几是不带单位的数：写“{n}”",
                    "What is read off a day is a number without unit: write {n}"
                ))
            }
            (_, _) => d,
        });
    }

    /// Tells why two numbers do not meet; `right` (or `left`) may be no written expression but the place it goes to.
    pub(in crate::lower) fn clash(&mut self, clash: Clash, left: &Expr, right: &Expr) {
        let (bare, other) = match clash {
            Clash::BareUnit { left: true } | Clash::BarePercent { left: true } => (left, right),
            Clash::BareUnit { left: false } | Clash::BarePercent { left: false } => (right, left),
            Clash::Kinds => return self.different(left, right),
        };
        let literal = matches!(bare.kind, ExprKind::Number(_));
        let words = kind_words(&self.p, &other.ty);
        let (zh, en) = (&words.zh, &words.en);
        let unit = match (&clash, &other.ty) {
            (Clash::BareUnit { .. }, Type::Number(n)) => n.unit.map(|u| self.p.unit(u).ident.name.clone()),
            (Clash::BareUnit { .. } | Clash::BarePercent { .. } | Clash::Kinds, _) => None,
        };
        let percent = matches!(clash, Clash::BarePercent { .. });
        let code = if percent { codes::NEEDS_PERCENT } else { codes::NEEDS_UNIT };
        let mut d =
            Diagnostic::error(code, bare.span, text!("这个数没有单位，而与它相对的是{zh}", "This number has no unit, but it meets {en}"));
        if other.span != bare.span {
            d = d.label(other.span, text!("这是{zh}", "this is {en}"));
        }
        let end = bare.span.after();
        self.report(match (percent, unit) {
            (true, _) if literal => {
                d.help(text!("百分比要写百分号", "A percentage is written with %")).fix(text!("加上 %", "add %"), end, "%")
            }
            (false, Some(unit)) if literal => d.help(text!("写明单位，如“{unit}”", "Write the unit, such as {unit}")).fix(
                text!("加上单位“{unit}”", "add the unit {unit}"),
                end,
                format!(" {unit}"),
            ),
            (true, _) => d.help(text!("把其中的数写成百分比，如 40%", "Write its numbers as percentages, such as 40%")),
            (false, _) => d.help(text!("给其中的数写明单位", "Give its numbers their unit")),
        });
    }

    pub(super) fn between(&mut self, value: &ast::Expr, low: &ast::Expr, high: &ast::Expr, scope: &Scope, span: Span) -> Expr {
        let from = self.compare(ast::CompareOp::AtLeast, value, low, scope, span);
        let to = self.compare(ast::CompareOp::AtMost, value, high, scope, span);
        typed(ExprKind::And(vec![from, to]), Type::Bool, span)
    }

    pub(super) fn about(&mut self, value: &ast::Expr, target: &ast::Expr, scope: &Scope, span: Span) -> Expr {
        let (value, target) = self.pair(value, target, scope);
        let numeric = |t: &Type| matches!(t, Type::Number(_) | Type::Unknown);
        for side in [&value, &target] {
            if !numeric(&side.ty) {
                self.mismatch(side, text!("数字", "a number"));
                return typed(ExprKind::Bad, Type::Bool, span);
            }
        }
        if !self.comparable(Comparison::Equal, &value, &target) {
            return typed(ExprKind::Bad, Type::Bool, span);
        }
        typed(ExprKind::About { value: Box::new(value), target: Box::new(target) }, Type::Bool, span)
    }

    pub(super) fn membership(&mut self, value: &ast::Expr, set: &[ast::Expr], negated: bool, scope: &Scope, span: Span) -> Expr {
        let value = self.expr(value, scope, None);
        let mut choices = Vec::new();
        for choice in set {
            let choice = self.expr(choice, scope, Some(&value.ty));
            if self.comparable(Comparison::Equal, &value, &choice) {
                choices.push(choice);
            }
        }
        let inside = typed(ExprKind::In { value: Box::new(value), set: choices }, Type::Bool, span);
        if negated { typed(ExprKind::Not(Box::new(inside)), Type::Bool, span) } else { inside }
    }

    pub(super) fn otherwise(&mut self, value: &ast::Expr, default: &ast::Expr, scope: &Scope, expected: Option<&Type>, span: Span) -> Expr {
        if let (ast::ExprKind::Name(name), Some(&Type::Bool)) = (&value.kind, expected)
            && self.passed(name, scope, None).is_some()
        {
            let default = self.expr(default, scope, expected);
            return self.passed(name, scope, Some(&default)).unwrap_or(bad(span));
        }
        let value = self.expr(value, scope, expected);
        let default = self.expr(default, scope, Some(&value.ty));
        match self.merge(&value, &default) {
            Some(ty) => typed(ExprKind::Otherwise { value: Box::new(value), default: Box::new(default) }, ty, span),
            None => bad(span),
        }
    }

    pub(super) fn conditional(
        &mut self,
        test: &ast::Expr,
        then: &ast::Expr,
        other: &ast::Expr,
        scope: &Scope,
        expected: Option<&Type>,
        span: Span,
    ) -> Expr {
        let test = self.truth(test, scope);
        let (then, other) = match expected {
            Some(_) => (self.expr(then, scope, expected), self.expr(other, scope, expected)),
            None => self.pair(then, other, scope),
        };
        match self.merge(&then, &other) {
            Some(ty) => typed(ExprKind::If { test: Box::new(test), then: Box::new(then), other: Box::new(other) }, ty, span),
            None => bad(span),
        }
    }

    /// The type that holds both alternatives; tells when there is none.
    fn merge(&mut self, a: &Expr, b: &Expr) -> Option<Type> {
        match (&a.ty, &b.ty) {
            (Type::Unknown, other) | (other, Type::Unknown) => Some(other.clone()),
            (Type::Number(x), Type::Number(y)) => match numbers::either(x, y, &self.p.units) {
                Ok(n) => Some(Type::Number(n)),
                Err(clash) => {
                    self.clash(clash, a, b);
                    None
                }
            },
            (x, y) if x == y => Some(x.clone()),
            (_, _) => {
                self.different(a, b);
                None
            }
        }
    }

    pub(super) fn extreme(&mut self, larger: bool, of: &[ast::Expr], scope: &Scope, expected: Option<&Type>, span: Span) -> Expr {
        let list: Vec<Expr> = of.iter().map(|e| self.expr(e, scope, expected)).collect();
        self.extreme_of(larger, list, span)
    }

    /// The later or earlier of several days: of two that are equal it does not matter which.
    pub(super) fn extreme_day(&mut self, later: bool, of: &[ast::Expr], scope: &Scope, span: Span) -> Expr {
        let list: Vec<Expr> = of.iter().map(|e| self.expr(e, scope, Some(&Type::Date))).collect();
        for e in &list {
            let fits = matches!(
                (&e.ty, &list[0].ty),
                (Type::Date, Type::Date) | (Type::Moment, Type::Moment) | (Type::Unknown, _) | (_, Type::Unknown)
            );
            if !fits {
                match &e.ty {
                    Type::Date => self.mismatch(e, text!("时刻", "a point in time")),
                    _other => self.mismatch(e, text!("日期", "a day")),
                }
                return bad(span);
            }
        }
        let op = if later { Comparison::AtLeast } else { Comparison::AtMost };
        let mut list = list.into_iter();
        let first = list.next().unwrap_or(bad(span));
        list.fold(first, |best, next| {
            let ty = if best.ty == Type::Unknown { next.ty.clone() } else { best.ty.clone() };
            let test = ExprKind::Compare { op, left: Box::new(best.clone()), right: Box::new(next.clone()) };
            let test = Box::new(typed(test, Type::Bool, span));
            typed(ExprKind::If { test, then: Box::new(best), other: Box::new(next) }, ty, span)
        })
    }

    /// The larger or smaller of several numbers.
    pub(super) fn extreme_of(&mut self, larger: bool, list: Vec<Expr>, span: Span) -> Expr {
        let mut ty: Option<NumberType> = None;
        for (i, e) in list.iter().enumerate() {
            let number = match &e.ty {
                Type::Number(n) => n,
                Type::Unknown => continue,
                Type::Bool | Type::Text | Type::Enum(_) | Type::Set(_) | Type::Duration | Type::Record(_) | Type::List(_) => {
                    self.mismatch(e, text!("数字", "a number"));
                    return bad(span);
                }
                Type::Date | Type::Moment => {
                    self.mismatch(
                        e,
                        text!(
                            "数字；日期写 取晚(甲, 乙) 或 取早(甲, 乙)",
                            "a number (of days write `later of (a, b)` or `earlier of (a, b)`)"
                        ),
                    );
                    return bad(span);
                }
            };
            ty = match &ty {
                None => Some(number.clone()),
                Some(before) => match numbers::extreme(before, number, larger, &self.p.units) {
                    Ok(n) => Some(n),
                    Err(clash) => {
                        self.clash(clash, &list[i - 1], e);
                        return bad(span);
                    }
                },
            };
        }
        let ty = ty.map_or(Type::Unknown, Type::Number);
        typed(ExprKind::Extreme { larger, of: list }, ty, span)
    }

    pub(super) fn clamp(
        &mut self,
        cap: bool,
        value: &ast::Expr,
        limit: &ast::Expr,
        scope: &Scope,
        expected: Option<&Type>,
        span: Span,
    ) -> Expr {
        let value = self.expr(value, scope, expected);
        let limit = self.expr(limit, scope, Some(&value.ty));
        self.extreme_of(!cap, vec![value, limit], span)
    }

    pub(super) fn arithmetic(&mut self, op: ArithmeticOp, left: &ast::Expr, right: &ast::Expr, scope: &Scope, span: Span) -> Expr {
        if let (ArithmeticOp::Add | ArithmeticOp::Subtract, Some((by, number))) = (op, duration_times(right)) {
            return self.shift_times(op, left, by, number, scope, span);
        }
        let left = self.expr(left, scope, None);
        let right = self.expr(right, scope, None);
        self.calculate(op, left, right, span)
    }

    /// `born + 18 months * children`: a duration, so many times.
    fn shift_times(&mut self, op: ArithmeticOp, date: &ast::Expr, by: &ast::Expr, times: &ast::Expr, scope: &Scope, span: Span) -> Expr {
        let (date, by, times) = (self.expr(date, scope, None), self.expr(by, scope, None), self.expr(times, scope, None));
        let Some(duration) = self.known_duration(&by) else { return bad(span) };
        match (&date.ty, &times.ty) {
            (Type::Unknown, _) | (_, Type::Unknown) => return bad(span),
            (Type::Date | Type::Moment, Type::Number(n)) if is_whole_number(n) => {}
            (Type::Date | Type::Moment, _) => {
                self.mismatch(&times, text!("整数（几次）", "a whole number, how many times,"));
                return bad(span);
            }
            (_, _) => {
                self.mismatch(&date, text!("日期", "a day"));
                return bad(span);
            }
        }
        let count = if op == ArithmeticOp::Subtract { -duration.count } else { duration.count };
        let ty = date.ty.clone();
        let by = Duration { count, ..duration };
        typed(ExprKind::ShiftTimes { date: Box::new(date), by, times: Box::new(times) }, ty, span)
    }

    /// Arithmetic on typed operands.
    pub(super) fn calculate(&mut self, op: ArithmeticOp, left: Expr, right: Expr, span: Span) -> Expr {
        let additive = matches!(op, ArithmeticOp::Add | ArithmeticOp::Subtract);
        let ty = match (&left.ty, &right.ty) {
            (Type::Unknown, _) | (_, Type::Unknown) => Type::Unknown,
            (Type::Date | Type::Moment, Type::Duration) if additive => return self.shift(op, left, &right, span),
            (Type::Number(a), Type::Number(b)) => match op {
                ArithmeticOp::Add | ArithmeticOp::Subtract => match numbers::add(a, b, op == ArithmeticOp::Subtract, &self.p.units) {
                    Ok(n) => Type::Number(n),
                    Err(clash) => {
                        self.clash(clash, &left, &right);
                        return bad(span);
                    }
                },
                ArithmeticOp::Multiply => Type::Number(numbers::multiply(a, b, &self.p.units)),
                ArithmeticOp::Divide => {
                    if Self::is_zero(&right) {
                        self.report(Diagnostic::error(codes::DIVISION_BY_ZERO, right.span, text!("除数总是 0", "The divisor is always 0")));
                        return bad(span);
                    }
                    Type::Number(numbers::divide(a, b, &self.p.units))
                }
            },
            (_, _) => {
                let numeric = |e: &Expr| matches!(e.ty, Type::Number(_));
                let wrong = if numeric(&left) { &right } else { &left };
                if numeric(&left) || numeric(&right) {
                    self.mismatch(wrong, text!("数字", "a number"));
                } else {
                    self.different(&left, &right);
                }
                return bad(span);
            }
        };
        typed(ExprKind::Arithmetic { op, left: Box::new(left), right: Box::new(right) }, ty, span)
    }

    /// A day plus or minus a duration.
    fn shift(&mut self, op: ArithmeticOp, date: Expr, by: &Expr, span: Span) -> Expr {
        let Some(by_duration) = self.known_duration(by) else {
            self.report(crate::lower::type_exprs::not_constant(by.span));
            return bad(span);
        };
        let count = if op == ArithmeticOp::Subtract { -by_duration.count } else { by_duration.count };
        let ty = date.ty.clone();
        typed(ExprKind::Shift { date: Box::new(date), by: Duration { count, ..by_duration } }, ty, span)
    }

    fn known_duration(&self, e: &Expr) -> Option<Duration> {
        match &e.kind {
            ExprKind::Duration(d) => Some(*d),
            ExprKind::Constant(id) => self.p.lets.get(id.index()).and_then(|l| self.known_duration(&l.value)),
            _other => None,
        }
    }

    pub(super) fn negate(&mut self, of: &ast::Expr, scope: &Scope, span: Span) -> Expr {
        let value = self.expr(of, scope, None);
        match &value.ty {
            Type::Number(n) => {
                let ty = Type::Number(numbers::negate(n));
                match &value.kind {
                    ExprKind::Number(x) => typed(ExprKind::Number(-x), ty, span),
                    _other => typed(ExprKind::Negate(Box::new(value)), ty, span),
                }
            }
            Type::Unknown => bad(span),
            Type::Bool
            | Type::Text
            | Type::Enum(_)
            | Type::Set(_)
            | Type::Date
            | Type::Moment
            | Type::Duration
            | Type::Record(_)
            | Type::List(_) => {
                self.mismatch(&value, text!("数字", "a number"));
                bad(span)
            }
        }
    }

    /// The sum of several numbers.
    pub(super) fn sum_of(&mut self, list: Vec<Expr>, span: Span) -> Expr {
        let zero = typed(ExprKind::Number(Exact::ZERO), Type::Number(NumberType::literal(&Exact::ZERO)), span);
        let mut list = list.into_iter();
        let first = list.next().unwrap_or(zero);
        list.fold(first, |sum, e| self.calculate(ArithmeticOp::Add, sum, e, span))
    }
}

/// A duration written out times a number, in whatever order.
fn duration_times(e: &ast::Expr) -> Option<(&ast::Expr, &ast::Expr)> {
    let ast::ExprKind::Arithmetic { op: ArithmeticOp::Multiply, left, right } = &e.kind else { return None };
    let written = |e: &ast::Expr| matches!(e.kind, ast::ExprKind::Duration(_));
    match (written(left), written(right)) {
        (true, false) => Some((left, right)),
        (false, true) => Some((right, left)),
        (_, _) => None,
    }
}

/// A number that counts: whole, and of no unit or one that counts things.
fn is_whole_number(n: &NumberType) -> bool {
    n.digits == Some(0) && matches!(n.dimension, Dimension::Bare | Dimension::Plain)
}

/// `read`: days or points in time are compared, and a reading says whether the day itself counts as before or after it.
fn comparison(op: ast::CompareOp, read: impl Fn(&str) -> bool) -> Comparison {
    match op {
        ast::CompareOp::Equal => Comparison::Equal,
        ast::CompareOp::NotEqual => Comparison::NotEqual,
        ast::CompareOp::Less => Comparison::Less,
        ast::CompareOp::AtMost | ast::CompareOp::OnOrBefore => Comparison::AtMost,
        ast::CompareOp::More => Comparison::More,
        ast::CompareOp::AtLeast | ast::CompareOp::OnOrAfter => Comparison::AtLeast,
        ast::CompareOp::Before if read("before") => Comparison::Before,
        ast::CompareOp::Before => Comparison::Less,
        ast::CompareOp::After if read("after") => Comparison::After,
        ast::CompareOp::After => Comparison::More,
    }
}
