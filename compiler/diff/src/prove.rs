//! Proofs by form: that one condition never gives more than another, whatever the case.
//!
//! In: an expression under each version. Out: whether `a` is at most `b` in every case (false < unknown < true; numbers by size). Always:
//! “no” means only that the form does not show it. Names count for nothing, what they stand for does.

use crate::canon::Scope;
use crate::region::number;
use prog_base::Exact;
use prog_model::{
    Aggregation, ArithmeticOp, CaseMember, Comparison, Expr, ExprKind, Input, InputId, Origin, Programme, Rule, Strength, Table, Test,
    TrackId, Type,
};

/// An expression where it stands.
#[derive(Clone)]
pub(crate) struct At<'p> {
    pub p: &'p Programme,
    pub track: Option<TrackId>,
    pub e: &'p Expr,
}

impl<'p> At<'p> {
    fn with(&self, e: &'p Expr) -> At<'p> {
        At { p: self.p, track: self.track, e }
    }

    /// What a name stands for.
    fn meant(&self) -> At<'p> {
        match &self.e.kind {
            ExprKind::Let(id) => match self.track {
                Some(track) => self.with(&self.p.track(track).lets[id.index()].value).meant(),
                None => self.clone(),
            },
            ExprKind::Constant(id) => At { track: None, ..self.with(&self.p.lets[id.index()].value) }.meant(),
            _itself => self.clone(),
        }
    }

    fn parts(&self) -> Vec<At<'p>> {
        self.e.parts().into_iter().map(|e| self.with(e)).collect()
    }

    fn text(&self) -> String {
        Scope::new(self.p, self.track).expr(self.e)
    }
}

/// Whether both mean the same.
pub(crate) fn same(a: &At<'_>, b: &At<'_>) -> bool {
    let (a, b) = (a.meant(), b.meant());
    if let (ExprKind::And(_), ExprKind::And(_)) | (ExprKind::Or(_), ExprKind::Or(_)) = (&a.e.kind, &b.e.kind) {
        let (xs, ys) = (a.parts(), b.parts());
        return xs.iter().all(|x| ys.iter().any(|y| same(x, y))) && ys.iter().all(|y| xs.iter().any(|x| same(x, y)));
    }
    if let (ExprKind::Compare { op, left, right }, ExprKind::Compare { op: other, left: l, right: r }) = (&a.e.kind, &b.e.kind)
        && *op == other.mirrored()
        && same(&a.with(left), &b.with(r))
        && same(&a.with(right), &b.with(l))
    {
        return true;
    }
    if let (Some(x), Some(y)) = (number(a.p, a.e), number(b.p, b.e)) {
        return x == y;
    }
    head(&a) == head(&b) && same_parts(&a, &b) && same_named(&a, &b)
}

fn same_parts(a: &At<'_>, b: &At<'_>) -> bool {
    // Members of other tracks' cases stand in other scopes: only equal texts are taken to be equal.
    if matches!(a.e.kind, ExprKind::OverCases { .. } | ExprKind::Share { .. }) {
        return a.text() == b.text() && members(a).iter().zip(members(b)).all(|(x, y)| same(x, &y));
    }
    let (xs, ys) = (a.parts(), b.parts());
    xs.len() == ys.len() && xs.iter().zip(&ys).all(|(x, y)| same(x, y))
}

/// The expressions of an aggregate over cases, each in its track.
fn members<'p>(a: &At<'p>) -> Vec<At<'p>> {
    let at = |track: TrackId, e: &'p Expr| At { p: a.p, track: Some(track), e };
    match &a.e.kind {
        ExprKind::OverCases { members, .. } => {
            members.iter().flat_map(|m| m.filter.iter().chain(&m.value).map(move |e| at(m.track, e))).collect()
        }
        ExprKind::Share { members } => members.iter().flat_map(|m| m.base.iter().chain(&m.part).map(move |e| at(m.track, e))).collect(),
        _other => Vec::new(),
    }
}

/// Whether what both name is the same: tables, entries, rules.
fn same_named(a: &At<'_>, b: &At<'_>) -> bool {
    match (&a.e.kind, &b.e.kind) {
        (ExprKind::Lookup { table: t, column, .. }, ExprKind::Lookup { table: u, .. })
        | (ExprKind::OverColumn { table: t, column, .. }, ExprKind::OverColumn { table: u, .. })
        | (ExprKind::Split { table: t, column, .. }, ExprKind::Split { table: u, .. }) => {
            tables(a.p, b.p, (a.p.table(*t), b.p.table(*u)), Some(*column), &|x, y| same(x, y))
        }
        (ExprKind::Input(i), ExprKind::Input(j)) => same_input(a, b, (*i, *j)),
        (ExprKind::Rule(i), ExprKind::Rule(j)) => match (a.track, b.track) {
            (Some(t), Some(u)) => {
                let (r, s) = (&a.p.track(t).rules[i.index()], &b.p.track(u).rules[j.index()]);
                let (old, new) = ((a.p, t, r), (b.p, u, s));
                rule_at_most(old, new) && rule_at_most(new, old)
            }
            (_, _) => false,
        },
        (ExprKind::ReadingIs { reading: r, .. }, ExprKind::ReadingIs { reading: s, .. }) => {
            chosen(a.p, r.index()) == chosen(b.p, s.index())
        }
        // What depends on built-in readings is the same only where those are.
        (ExprKind::About { .. } | ExprKind::Length(_), _) => builtins(a.p) == builtins(b.p),
        (ExprKind::Compare { op: Comparison::Before | Comparison::After, .. }, _) => builtins(a.p) == builtins(b.p),
        (ExprKind::Due(_) | ExprKind::Time(_), _) => deadline(a) == deadline(b),
        _other => true,
    }
}

fn deadline(a: &At<'_>) -> Option<String> {
    let ExprKind::Due(stage) = &a.e.kind else { return None };
    let due = a.track.and_then(|t| a.p.stage(t, *stage)).and_then(|(_, s)| s.due.as_ref())?;
    match due {
        prog_model::Deadline::At(e) | prog_model::Deadline::Inferred(e) => {
            Some(format!("{} {:?}", Scope::new(a.p, a.track).expr(e), counted_by(a.p, e)))
        }
        prog_model::Deadline::Unknown(_) | prog_model::Deadline::Absent => None,
    }
}

/// The working days by which an expression counts, if it does.
fn counted_by<'p>(p: &'p Programme, e: &Expr) -> Option<&'p prog_base::WorkingDays> {
    let mut counts = false;
    e.visit(&mut |e| counts |= matches!(e.kind, ExprKind::Shift { by, .. } | ExprKind::ShiftTimes { by, .. } if by.unit == prog_base::DurationUnit::WorkingDays));
    p.calendar.as_ref().filter(|_| counts).map(|calendar| &calendar.days)
}

fn chosen(p: &Programme, reading: usize) -> String {
    let reading = &p.readings[reading];
    match &reading.value {
        prog_model::ReadingValue::Choice { values, chosen } => {
            let mut keys: Vec<&str> = values.iter().map(|v| v.key.as_str()).collect();
            keys.sort_unstable();
            format!("{:?} of {keys:?}", chosen.and_then(|c| values.get(c)).map(|v| &v.key))
        }
        prog_model::ReadingValue::Band(n) => n.to_string(),
        prog_model::ReadingValue::Expr(e) => format!("{:?}", e.as_ref().map(|e| Scope::new(p, None).expr(e))),
    }
}

fn builtins(p: &Programme) -> Vec<String> {
    (0..p.readings.len()).filter(|i| p.readings[*i].builtin.is_some()).map(|i| chosen(p, i)).collect()
}

fn same_input(a: &At<'_>, b: &At<'_>, (i, j): (InputId, InputId)) -> bool {
    let (x, y): (&Input, &Input) = (a.p.input(i), b.p.input(j));
    let both = |e: Option<&Expr>, f: Option<&Expr>| match (e, f) {
        (Some(e), Some(f)) => same(&At { e, ..a.clone() }, &At { e: f, ..b.clone() }),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    let bounds = |i: &Input| (i.field.low.clone(), i.field.high.clone(), i.optional);
    let origin = match (&x.origin, &y.origin) {
        (Origin::Computed(e), Origin::Computed(f)) => both(Some(e), Some(f)),
        (Origin::External { as_of: e, .. }, Origin::External { as_of: f, .. }) => both(e.as_deref(), f.as_deref()),
        (e, f) => std::mem::discriminant(e) == std::mem::discriminant(f),
    };
    x.pointer == y.pointer && bounds(x) == bounds(y) && both(x.when.as_ref(), y.when.as_ref()) && origin
}

/// Whether both tables find the same rows, and `cell` holds of their cells in one column, or in all.
fn tables(p: &Programme, q: &Programme, (t, u): (&Table, &Table), only: Option<usize>, cell: &dyn Fn(&At<'_>, &At<'_>) -> bool) -> bool {
    let (s, z) = (Scope::new(p, None), Scope::new(q, None));
    let heads = |t: &Table| t.columns.iter().map(|c| c.ident.key.clone()).collect::<Vec<_>>();
    let row = |a: &prog_model::TableRow, b: &prog_model::TableRow| {
        let keys = a.keys.len() == b.keys.len() && a.keys.iter().zip(&b.keys).all(|(x, y)| s.key_cell(x) == z.key_cell(y));
        let at = |p, e| At { p, track: None, e };
        let mut cells = a.values.iter().zip(&b.values).enumerate().filter(|(i, _)| only.is_none_or(|c| c == *i));
        keys && a.values.len() == b.values.len() && cells.all(|(_, (e, f))| cell(&at(p, e), &at(q, f)))
    };
    t.lookup == u.lookup
        && t.absent == u.absent
        && heads(t) == heads(u)
        && t.rows.len() == u.rows.len()
        && t.rows.iter().zip(&u.rows).all(|(a, b)| row(a, b))
}

/// An expression without its parts.
fn head(a: &At<'_>) -> String {
    match &a.e.kind {
        ExprKind::Compare { op, .. } => format!("{op:?}"),
        ExprKind::Arithmetic { op, .. } => format!("{op:?}"),
        ExprKind::Extreme { larger, .. } => format!("extreme {larger}"),
        ExprKind::Round { mode, digits, unit, .. } => format!("round {mode:?} {digits} {unit}"),
        ExprKind::Shift { by, .. } => format!("shift {by:?} {:?}", counted_by(a.p, a.e)),
        ExprKind::ShiftTimes { by, .. } => format!("shift {by:?} times {:?}", counted_by(a.p, a.e)),
        ExprKind::Elapsed { unit, .. } => format!("{} between", unit.word()),
        ExprKind::OfDay { part, .. } => part.word().to_owned(),
        ExprKind::Lookup { column, .. } => format!("lookup {column}"),
        ExprKind::OverColumn { op, column, .. } => format!("column {op:?} {column}"),
        ExprKind::Split { method, column, .. } => format!("split {method:?} {column}"),
        ExprKind::OverList { op, filter, value, .. } => format!("list {op:?} {} {}", filter.is_some(), value.is_some()),
        ExprKind::OverCases { op, .. } => format!("cases {op:?}"),
        ExprKind::Member { field, .. } => format!("member {field}"),
        ExprKind::Not(_)
        | ExprKind::And(_)
        | ExprKind::Or(_)
        | ExprKind::About { .. }
        | ExprKind::In { .. }
        | ExprKind::IsGiven(_)
        | ExprKind::Otherwise { .. }
        | ExprKind::If { .. }
        | ExprKind::Negate(_)
        | ExprKind::Length(_)
        | ExprKind::Share { .. } => format!("{:?}", std::mem::discriminant(&a.e.kind)),
        ExprKind::Rule(_) => "rule".to_owned(),
        ExprKind::Bad
        | ExprKind::Bool(_)
        | ExprKind::Number(_)
        | ExprKind::Text(_)
        | ExprKind::Date(_)
        | ExprKind::Moment(_)
        | ExprKind::Duration(_)
        | ExprKind::EnumValue { .. }
        | ExprKind::Silent { .. }
        | ExprKind::Input(_)
        | ExprKind::Let(_)
        | ExprKind::Constant(_)
        | ExprKind::ItemField { .. }
        | ExprKind::Item { .. }
        | ExprKind::Key(_)
        | ExprKind::Due(_)
        | ExprKind::Time(_)
        | ExprKind::ReadingIs { .. } => a.text(),
    }
}

/// Whether a condition never holds further than another: in every case false < unknown < true.
pub(crate) fn at_most(a: &At<'_>, b: &At<'_>) -> bool {
    let (a, b) = (a.meant(), b.meant());
    if matches!(a.e.kind, ExprKind::Bool(false)) || matches!(b.e.kind, ExprKind::Bool(true)) || same(&a, &b) {
        return true;
    }
    match (&a.e.kind, &b.e.kind) {
        (ExprKind::Or(_), _) => a.parts().iter().all(|x| at_most(x, &b)),
        (_, ExprKind::And(_)) => b.parts().iter().all(|y| at_most(&a, y)),
        (ExprKind::And(_), _) => a.parts().iter().any(|x| at_most(x, &b)),
        (_, ExprKind::Or(_)) => b.parts().iter().any(|y| at_most(&a, y)),
        (ExprKind::Not(x), ExprKind::Not(y)) => at_most(&b.with(y), &a.with(x)),
        (ExprKind::Compare { op, left, right }, ExprKind::Compare { op: other, left: l, right: r }) => {
            compared(*op, (&a.with(left), &a.with(right)), *other, (&b.with(l), &b.with(r)))
        }
        (ExprKind::In { value: x, set }, ExprKind::In { value: y, set: more }) => {
            let among = |e: &Expr| more.iter().any(|f| same(&At { e, ..a.clone() }, &b.with(f)));
            same(&a.with(x), &b.with(y)) && set.iter().all(among)
        }
        (ExprKind::Compare { op: Comparison::Equal, left, right }, ExprKind::In { value, set }) => {
            same(&a.with(left), &b.with(value)) && set.iter().any(|f| same(&a.with(right), &b.with(f)))
        }
        (ExprKind::In { value, set }, ExprKind::Compare { op: Comparison::Equal, left, right }) => {
            same(&a.with(value), &b.with(left)) && set.iter().all(|e| same(&At { e, ..a.clone() }, &b.with(right)))
        }
        (ExprKind::Otherwise { value: v, default: d }, ExprKind::Otherwise { value: w, default: f }) => {
            at_most(&a.with(v), &b.with(w)) && at_most(&a.with(d), &b.with(f))
        }
        (ExprKind::If { test: s, then: t, other: o }, ExprKind::If { test: u, then: v, other: w }) => {
            same(&a.with(s), &b.with(u)) && at_most(&a.with(t), &b.with(v)) && at_most(&a.with(o), &b.with(w))
        }
        (_, _) => false,
    }
}

/// Whether one comparison never holds further than another.
fn compared(op: Comparison, (l, r): (&At<'_>, &At<'_>), other: Comparison, (m, s): (&At<'_>, &At<'_>)) -> bool {
    use Comparison::{AtLeast, AtMost, Equal, Less, More, NotEqual};
    let (rises, falls) = (smaller(l, m) && smaller(s, r), smaller(m, l) && smaller(r, s));
    match (op, other) {
        (AtLeast, AtLeast) | (More, More) | (More, AtLeast) => rises,
        (AtMost, AtMost) | (Less, Less) | (Less, AtMost) => falls,
        (Equal, AtLeast) => rises,
        (Equal, AtMost) => falls,
        (Less | More, NotEqual) => same(l, m) && same(r, s),
        (AtLeast, More) => stays_above(r, s) && same(l, m),
        (AtMost, Less) => stays_above(s, r) && same(l, m),
        (_, _) => false,
    }
}

/// Whether the first constant is above the second.
fn stays_above(a: &At<'_>, b: &At<'_>) -> bool {
    number(a.p, a.meant().e).zip(number(b.p, b.meant().e)).is_some_and(|(x, y)| x > y)
}

/// Whether a number (or day) is never larger than another.
pub(crate) fn smaller(a: &At<'_>, b: &At<'_>) -> bool {
    let (a, b) = (a.meant(), b.meant());
    if same(&a, &b) {
        return true;
    }
    if let (Some(x), Some(y)) = (number(a.p, a.e), number(b.p, b.e)) {
        return x <= y;
    }
    match (&a.e.kind, &b.e.kind) {
        (ExprKind::Date(x), ExprKind::Date(y)) => x <= y,
        (ExprKind::Negate(x), ExprKind::Negate(y)) => smaller(&b.with(y), &a.with(x)),
        (ExprKind::Arithmetic { op, left, right }, ExprKind::Arithmetic { op: other, left: l, right: r }) if op == other => {
            let (rise, fall) = (smaller(&a.with(left), &b.with(l)), smaller(&b.with(r), &a.with(right)));
            let (level, right_rises) = (same(&a.with(left), &b.with(l)), smaller(&a.with(right), &b.with(r)));
            match op {
                ArithmeticOp::Add => rise && right_rises,
                ArithmeticOp::Subtract => rise && fall,
                ArithmeticOp::Multiply => {
                    (level && right_rises && never_negative(left)) || (rise && same(&a.with(right), &b.with(r)) && never_negative(right))
                }
                ArithmeticOp::Divide => rise && same(&a.with(right), &b.with(r)) && never_negative(right),
            }
        }
        (ExprKind::Extreme { larger, of }, ExprKind::Extreme { larger: l, of: others }) if larger == l && of.len() == others.len() => {
            of.iter().zip(others).all(|(x, y)| smaller(&a.with(x), &b.with(y)))
        }
        (ExprKind::Round { .. }, ExprKind::Round { .. }) if head(&a) == head(&b) => {
            a.parts().iter().zip(b.parts()).all(|(x, y)| smaller(x, &y))
        }
        (ExprKind::Otherwise { value: v, default: d }, ExprKind::Otherwise { value: w, default: f }) => {
            smaller(&a.with(v), &b.with(w)) && smaller(&a.with(d), &b.with(f))
        }
        (ExprKind::If { test: s, then: t, other: o }, ExprKind::If { test: u, then: v, other: w }) => {
            same(&a.with(s), &b.with(u)) && smaller(&a.with(t), &b.with(v)) && smaller(&a.with(o), &b.with(w))
        }
        (ExprKind::Lookup { table: t, column, .. }, ExprKind::Lookup { table: u, .. }) if head(&a) == head(&b) => {
            same_parts(&a, &b) && tables(a.p, b.p, (a.p.table(*t), b.p.table(*u)), Some(*column), &|x, y| smaller(x, y))
        }
        (
            ExprKind::OverList { op: Aggregation::Count, list, filter, .. },
            ExprKind::OverList { op: Aggregation::Count, list: other, filter: more, .. },
        ) => same(&a.with(list), &b.with(other)) && filtered(&a, filter.as_deref(), &b, more.as_deref()),
        (ExprKind::OverCases { op: Aggregation::Count, members: xs }, ExprKind::OverCases { op: Aggregation::Count, members: ys }) => {
            let within = |x: &CaseMember| {
                let key = &a.p.track(x.track).ident.key;
                let of = |p: &Programme, t: TrackId| p.track(t).ident.key.clone();
                let at = |p, m: &CaseMember| (p, Some(m.track));
                ys.iter().find(|y| of(b.p, y.track) == *key).is_some_and(|y| {
                    let ((p, t), (q, u)) = (at(a.p, x), at(b.p, y));
                    filtered(&At { p, track: t, e: a.e }, x.filter.as_ref(), &At { p: q, track: u, e: b.e }, y.filter.as_ref())
                })
            };
            xs.iter().all(within)
        }
        (_, _) => false,
    }
}

/// Whether what passes one filter passes the other.
fn filtered(a: &At<'_>, x: Option<&Expr>, b: &At<'_>, y: Option<&Expr>) -> bool {
    match (x, y) {
        (_, None) => true,
        (Some(x), Some(y)) => at_most(&At { e: x, ..a.clone() }, &At { e: y, ..b.clone() }),
        (None, Some(_)) => false,
    }
}

fn never_negative(e: &Expr) -> bool {
    matches!(&e.ty, Type::Number(n) if n.low.as_ref().is_some_and(|low| *low >= Exact::ZERO))
}

/// A rule where it stands.
pub(crate) type RuleAt<'p> = (&'p Programme, TrackId, &'p Rule);

/// Whether a rule never lets more through than another.
pub(crate) fn rule_at_most(a: RuleAt<'_>, b: RuleAt<'_>) -> bool {
    let (x, y) = (a.2, b.2);
    let equal = |e: Option<&Expr>, f: Option<&Expr>| match (e, f) {
        (Some(e), Some(f)) => same(&at(a, e), &at(b, f)),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    // The second applies no further than the first; its exception reaches no less far.
    let when = match (&x.when, &y.when) {
        (None, _) => true,
        (Some(e), Some(f)) => at_most(&at(b, f), &at(a, e)),
        (Some(_), None) => false,
    };
    let unless = match (&x.unless, &y.unless) {
        (None, _) => true,
        (Some(e), Some(f)) => at_most(&at(a, e), &at(b, f)),
        (Some(_), None) => false,
    };
    let strength = x.strength == y.strength || (x.waived_by.is_empty() && weight(x.strength) < weight(y.strength));
    equal(x.each.as_ref(), y.each.as_ref())
        && when
        && unless
        && strength
        && (x.outcome == y.outcome || x.outcome.is_none() && y.outcome.is_none())
        && waivers(a, b)
        && tests(a, b, &x.test, &y.test)
}

fn at<'p>((p, track, _): RuleAt<'p>, e: &'p Expr) -> At<'p> {
    At { p, track: Some(track), e }
}

/// How little an unmet rule weighs.
pub(crate) fn weight(strength: Strength) -> u8 {
    match strength {
        Strength::Require => 0,
        Strength::Complete => 1,
        Strength::InPrinciple => 2,
        Strength::Prefer | Strength::Encourage | Strength::Note | Strength::Waive => 3,
    }
}

fn waivers(a: RuleAt<'_>, b: RuleAt<'_>) -> bool {
    let rule = |of: RuleAt<'_>, id: prog_model::RuleId| of.0.track(of.1).rules[id.index()].ident.key.clone();
    let keys = |of: RuleAt<'_>| of.2.waived_by.iter().map(|id| rule(of, *id)).collect::<Vec<_>>();
    let unchanged = a.2.waived_by.iter().zip(&b.2.waived_by).all(|(i, j)| {
        let (x, y) = ((a.0, a.1, &a.0.track(a.1).rules[i.index()]), (b.0, b.1, &b.0.track(b.1).rules[j.index()]));
        rule_at_most(x, y) && rule_at_most(y, x)
    });
    keys(a) == keys(b) && unchanged
}

fn tests(a: RuleAt<'_>, b: RuleAt<'_>, x: &Test, y: &Test) -> bool {
    match (x, y) {
        (Test::Expr(e), Test::Expr(f)) => at_most(&At { p: a.0, track: Some(a.1), e }, &At { p: b.0, track: Some(b.1), e: f }),
        (Test::Judged { .. }, Test::Judged { .. }) | (Test::Attested { .. }, Test::Attested { .. }) => true,
        (Test::External { as_of: e, .. }, Test::External { as_of: f, .. }) => match (e, f) {
            (Some(e), Some(f)) => same(&At { p: a.0, track: Some(a.1), e }, &At { p: b.0, track: Some(b.1), e: f }),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        },
        (Test::Threshold { need, members }, Test::Threshold { need: wanted, members: others }) => {
            let twin = |m: &prog_model::TestMember| others.iter().find(|o| o.ident.key == m.ident.key).map(|o| (o.when.clone(), o));
            let mut extra = 0;
            for member in members {
                match twin(member) {
                    Some((when, other)) => {
                        let guards = match (&member.when, &when) {
                            (None, None) => true,
                            (Some(e), Some(f)) => Scope::new(a.0, Some(a.1)).expr(e) == Scope::new(b.0, Some(b.1)).expr(f),
                            (Some(_), None) | (None, Some(_)) => false,
                        };
                        extra += usize::from(!(guards && tests(a, b, &member.test, &other.test)));
                    }
                    None => extra += 1,
                }
            }
            need.saturating_sub(extra) >= *wanted
        }
        (_, _) => false,
    }
}
