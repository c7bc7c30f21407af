//! Parts of a formula: which stand in brackets, so that it can be read back in one way only.
//!
//! In: expressions that stand inside others. Out: their words. Always: what is no single name or number is bracketed, save products in
//! sums and conditions of one comparison; who undersigns a formula need not know which operator binds first.

use super::Prose;
use prog_base::{Lang, RoundMode, text};
use prog_model::{Aggregation, ArithmeticOp, Dimension, Expr, ExprKind, Type};

impl Prose<'_> {
    /// A part of a formula, in brackets unless it is a single name or number.
    pub(super) fn operand(&self, e: &Expr) -> String {
        match &e.kind {
            ExprKind::Round { mode, digits, value, unit } => {
                let (value, how) = (self.term(value), self.mode(*mode, *digits, unit, &e.ty));
                self.say(text!("（{value}，{how}）", "({value}, {how})"))
            }
            ExprKind::If { .. } => self.noun(e),
            ExprKind::Extreme { larger, of } => self.limited(*larger, of).unwrap_or_else(|| self.bracketed(&self.noun(e))),
            _other if self.is_single(e) => self.noun(e),
            _other => self.bracketed(&self.counted_noun(e)),
        }
    }

    /// A term of a sum: products and quotients bind before it.
    pub(super) fn term(&self, e: &Expr) -> String {
        match &e.kind {
            ExprKind::Arithmetic { .. } if self.column_sum(e).is_none() => self.noun(e),
            _other => self.operand(e),
        }
    }

    /// A side of a comparison.
    pub(super) fn side(&self, e: &Expr) -> String {
        match &e.kind {
            ExprKind::Extreme { .. } => self.operand(e),
            _other if self.has_parts(e) => self.bracketed(&self.noun(e)),
            _other => self.noun(e),
        }
    }

    /// One of several conditions, or one within a condition: in brackets where it has parts itself.
    pub(super) fn part(&self, e: &Expr, holds: bool) -> String {
        let words = if holds { self.holds(e) } else { self.holds_not(e) };
        if self.has_parts(e) { self.bracketed(&words) } else { words }
    }

    fn bracketed(&self, words: &str) -> String {
        self.say(text!("（{words}）", "({words})"))
    }

    /// Whether it is a name or a number, of which everybody sees where it ends.
    fn is_single(&self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Number(n) => !n.is_negative(),
            ExprKind::Lookup { .. } => self.lang == Lang::Zh,
            ExprKind::Member { of, .. } => self.is_single(of),
            ExprKind::Bad
            | ExprKind::Bool(_)
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
            | ExprKind::Time(_) => true,
            _formula => false,
        }
    }

    fn has_parts(&self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Not(inner) => self.has_parts(inner),
            ExprKind::And(list) => list.len() > 1 && self.look_back(list, true).is_none(),
            ExprKind::Or(list) => list.len() > 1,
            ExprKind::If { .. } => e.ty == Type::Bool,
            _single => false,
        }
    }

    /// The larger or smaller of several; of two, one of which is fixed, a value with its limit.
    pub(super) fn extreme(&self, larger: bool, of: &[Expr]) -> String {
        if let Some(words) = self.limited(larger, of) {
            return words;
        }
        let same = nested(larger, of);
        let list = self.all(same.iter().map(|x| self.operand(x)));
        match (larger, same.len() > 2) {
            (true, false) => self.say(text!("{list}中较大的", "the larger of {list}")),
            (false, false) => self.say(text!("{list}中较小的", "the smaller of {list}")),
            (true, true) => self.say(text!("{list}中最大的", "the largest of {list}")),
            (false, true) => self.say(text!("{list}中最小的", "the smallest of {list}")),
        }
    }

    /// `（A ＋ B，最高4万元）`: a cap or a floor.
    fn limited(&self, larger: bool, of: &[Expr]) -> Option<String> {
        let fixed = |e: &Expr| matches!(e.kind, ExprKind::Number(_) | ExprKind::Constant(_));
        let (value, limit) = match of {
            [value, limit] if fixed(limit) && !fixed(value) => (value, limit),
            [limit, value] if fixed(limit) && !fixed(value) => (value, limit),
            _several => return None,
        };
        let (value, limit) = (self.term(value), self.noun(limit));
        Some(match larger {
            true => self.say(text!("（{value}，最低{limit}）", "({value}, but at least {limit})")),
            false => self.say(text!("（{value}，最高{limit}）", "({value}, but at most {limit})")),
        })
    }

    pub(super) fn rounded(&self, e: &Expr) -> String {
        let ExprKind::Round { mode, digits, value, unit } = &e.kind else { return String::new() };
        self.aside(&self.operand(value), &self.mode(*mode, *digits, unit, &e.ty))
    }

    /// How it is rounded, and in which unit.
    fn mode(&self, mode: RoundMode, digits: u32, size: &prog_base::Exact, ty: &Type) -> String {
        let to = match digits {
            0 => self.say(text!("取整", "to a whole number")),
            1 => self.say(text!("保留1位小数", "to 1 digit")),
            n => self.say(text!("保留{n}位小数", "to {n} digits")),
        };
        let how = match mode {
            RoundMode::HalfUp => self.say(text!("四舍五入{to}", "rounded half up {to}")),
            RoundMode::HalfEven => self.say(text!("四舍六入五成双，{to}", "rounded half even {to}")),
            RoundMode::Up => self.say(text!("进一{to}", "rounded up {to}")),
            RoundMode::Down => self.say(text!("舍去尾数{to}", "rounded down {to}")),
        };
        let Type::Number(number) = ty else { return how };
        let unit = match (number.unit.map(|u| self.p.unit(u)), number.shown_as()) {
            (Some(unit), _) if unit.factor == *size => self.name(&unit.ident),
            (None, Dimension::Ratio) if *size != prog_base::Exact::ONE => self.say(text!("百分点", "percent points")),
            _plain => return how,
        };
        self.say(text!("{how}，以{unit}计", "{how} of {unit}"))
    }

    /// A number of cases is called so where no bound follows that says it.
    pub(super) fn counted_noun(&self, e: &Expr) -> String {
        let noun = self.noun(e);
        match &e.kind {
            ExprKind::OverCases { op: Aggregation::Count, .. } => self.say(text!("{noun}的个数", "{noun}")),
            _other => noun,
        }
    }

    pub(super) fn arithmetic(&self, op: ArithmeticOp, left: &Expr, right: &Expr) -> String {
        match op {
            ArithmeticOp::Add => format!("{} ＋ {}", self.term(left), self.term(right)),
            ArithmeticOp::Subtract => format!("{} － {}", self.term(left), self.operand(right)),
            ArithmeticOp::Multiply => format!("{} × {}", self.operand(left), self.operand(right)),
            ArithmeticOp::Divide => format!("{} ÷ {}", self.operand(left), self.operand(right)),
        }
    }
}

/// The larger of A and the larger of B and C is the largest of the three.
fn nested(larger: bool, of: &[Expr]) -> Vec<&Expr> {
    let inner = |e: &'_ Expr| matches!(&e.kind, ExprKind::Extreme { larger: same, .. } if *same == larger);
    of.iter()
        .flat_map(|e| match &e.kind {
            ExprKind::Extreme { of, .. } if inner(e) => nested(larger, of),
            _other => vec![e],
        })
        .collect()
}
