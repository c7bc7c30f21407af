//! Where results change: the constants of a programme, or of some of its expressions.
//!
//! In: a programme or expressions. Out: numbers, days and texts. Always: ascending and each once (texts as they stand).

use prog_base::{Date, Exact};
use prog_model::*;

/// The constants of a programme's expressions: where results change.
#[derive(Clone, Debug, Default)]
pub struct Constants {
    /// Numbers, in base units, ascending.
    pub numbers: Vec<Exact>,
    /// Days, ascending.
    pub dates: Vec<Date>,
    /// Texts, as they stand.
    pub texts: Vec<String>,
}

impl Constants {
    /// Those of a programme.
    pub fn of(programme: &Programme) -> Self {
        let mut constants = Constants::default();
        each_expression(programme, &mut |expr| {
            if let ExprKind::Number(n) = &expr.kind {
                constants.numbers.push(n.clone());
            } else if let ExprKind::Date(day) = &expr.kind {
                constants.dates.push(*day);
            } else if let ExprKind::Text(text) = &expr.kind {
                constants.texts.push(text.clone());
            }
        });
        constants.numbers.sort();
        constants.numbers.dedup();
        constants.dates.sort();
        let mut turning = Vec::new();
        each_expression(programme, &mut |expr| turning.extend(programme.turning_days(expr, &constants.numbers, &constants.dates)));
        constants.dates.extend(turning);
        constants.dates.sort();
        constants.dates.dedup();
        constants
    }
}

/// Shows every expression of a programme, parts included.
pub fn each_expression(p: &Programme, see: &mut dyn FnMut(&Expr)) {
    let mut all: Vec<&Expr> = p.lets.iter().map(|l| &l.value).collect();
    for row in p.tables.iter().flat_map(|t| &t.rows) {
        all.extend(&row.values);
        for key in &row.keys {
            if let KeyCell::OneOf(values) = key {
                all.extend(values);
            }
        }
    }
    for track in &p.tracks {
        all.extend(track.lets.iter().map(|l| &l.value));
        for rule in &track.rules {
            all.extend(rule.each.iter().chain(&rule.when).chain(&rule.unless));
            tests(&rule.test, &mut all);
        }
    }
    for input in &p.inputs {
        all.extend(&input.when);
        if let Origin::Computed(value) = &input.origin {
            all.push(value);
        }
    }
    for quota in &p.quotas {
        all.push(&quota.test);
        all.extend(&quota.when);
    }
    for indicator in p.targets.iter().flat_map(|t| &t.indicators) {
        if let Measure::Computed { value, .. } = &indicator.measure {
            all.push(value);
        }
        all.extend(indicator.milestones.iter().filter_map(|m| m.bound.as_ref()).flat_map(limits));
    }
    for stage in p.workflows.iter().flat_map(|w| &w.stages) {
        for deadline in stage.open.iter().chain(&stage.due) {
            if let Deadline::At(e) | Deadline::Inferred(e) = deadline {
                all.push(e);
            }
        }
    }
    all.into_iter().for_each(|expr| expr.visit(see));
}

/// What a bound compares with.
fn limits(bound: &Bound) -> Vec<&Expr> {
    match bound {
        Bound::AtMost(of) | Bound::Less(of) | Bound::AtLeast(of) | Bound::More(of) | Bound::Equal(of) | Bound::About(of) => vec![of],
        Bound::Between(low, high) => vec![low, high],
    }
}

fn tests<'a>(test: &'a Test, all: &mut Vec<&'a Expr>) {
    match test {
        Test::Expr(expr) => all.push(expr),
        Test::External { as_of, .. } => all.extend(as_of.as_deref()),
        Test::Threshold { members, .. } => {
            for member in members {
                all.extend(&member.when);
                tests(&member.test, all);
            }
        }
        Test::Bad | Test::Judged { .. } | Test::Attested { .. } => {}
    }
}
