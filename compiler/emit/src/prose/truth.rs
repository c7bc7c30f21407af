//! Conditions in words.
//!
//! In: expressions of truth. Out: what must hold, or with `holds` false what must not. Always: a negation is said in the words of
//! the comparison (不超过 becomes 多于), never as a wrapping.

use super::Prose;
use prog_base::text;
use prog_model::{Aggregation, Comparison, Dimension, Expr, ExprKind, Type};

impl Prose<'_> {
    /// That it holds.
    pub fn holds(&self, e: &Expr) -> String {
        self.truth(e, true)
    }

    /// That it does not hold.
    pub fn holds_not(&self, e: &Expr) -> String {
        self.truth(e, false)
    }

    fn truth(&self, e: &Expr, holds: bool) -> String {
        match &e.kind {
            ExprKind::Bool(value) if *value == holds => self.say(text!("总是成立", "always")),
            ExprKind::Bool(_) => self.say(text!("从不成立", "never")),
            ExprKind::Not(inner) => self.truth(inner, !holds),
            ExprKind::And(list) => self.look_back(list, holds).unwrap_or_else(|| self.several(list, holds, holds)),
            ExprKind::Or(list) => self.several(list, holds, !holds),
            ExprKind::Compare { op, left, right } => self.compared(*op, left, right, holds),
            ExprKind::About { value, target } => {
                let (value, target) = (self.noun(value), self.noun(target));
                match holds {
                    true => self.say(text!("{value}在{target}左右", "{value} is about {target}")),
                    false => self.say(text!("{value}不在{target}左右", "{value} is not about {target}")),
                }
            }
            ExprKind::In { value, set } => {
                let (value, set) = (self.noun(value), self.any(set.iter().map(|x| self.noun(x))));
                match holds {
                    true => self.say(text!("{value}为{set}", "{value} is {set}")),
                    false => self.say(text!("{value}不是{set}", "{value} is not {set}")),
                }
            }
            ExprKind::IsGiven(value) => {
                let value = self.noun(value);
                match holds {
                    true => self.say(text!("填写了{value}", "{value} is given")),
                    false => self.say(text!("没有填写{value}", "{value} is not given")),
                }
            }
            ExprKind::ReadingIs { reading, value } => {
                let reading = self.p.reading(*reading);
                let value = match &reading.value {
                    prog_model::ReadingValue::Choice { values, .. } => values.get(*value).map(|v| self.name(v)).unwrap_or_default(),
                    prog_model::ReadingValue::Band(_) | prog_model::ReadingValue::Expr(_) => String::new(),
                };
                let name = self.name(&reading.ident);
                match holds {
                    true => self.say(text!("口径“{name}”取“{value}”", "the reading “{name}” is “{value}”")),
                    false => self.say(text!("口径“{name}”不取“{value}”", "the reading “{name}” is not “{value}”")),
                }
            }
            ExprKind::Otherwise { value, default } => self.otherwise(value, default, holds),
            ExprKind::If { test, then, other } => {
                let (test, then, other) = (self.part(test, true), self.part(then, holds), self.part(other, holds));
                self.say(text!("如果{test}，则{then}；否则{other}", "if {test}, then {then}; otherwise {other}"))
            }
            ExprKind::OverList { op: op @ (Aggregation::Any | Aggregation::All | Aggregation::None), list, filter, value } => {
                self.over_items(*op, list, filter.as_deref(), value.as_deref(), holds)
            }
            ExprKind::OverList { op: Aggregation::Consecutive(length), list, filter, value } => {
                self.run(*length, list, filter.as_deref(), value.as_deref(), holds)
            }
            ExprKind::OverCases { op: op @ (Aggregation::Any | Aggregation::All | Aggregation::None), members } => {
                self.some_cases(*op, members, holds)
            }
            ExprKind::Rule(id) => {
                let Some(rule) = self.track.and_then(|t| self.p.track(t).rules.get(id.index())) else { return String::new() };
                let name = self.name(&rule.ident);
                match holds {
                    true => self.say(text!("符合“{name}”", "“{name}” is met")),
                    false => self.say(text!("不符合“{name}”", "“{name}” is not met")),
                }
            }
            _value => self.yes(e, holds),
        }
    }

    /// A yes-or-no entry: `是否边境县` reads 是边境县.
    fn yes(&self, e: &Expr, holds: bool) -> String {
        if matches!(e.kind, ExprKind::Silent { .. }) {
            return self.noun(e);
        }
        let noun = self.noun(e);
        let bare = noun.trim_matches(['“', '”']);
        let words = bare.strip_prefix("是否").filter(|rest| !rest.is_empty());
        match (words, holds) {
            (Some(rest), true) if rest.starts_with(['有', '已', '在', '能', '为']) => self.say(text!("{rest}", "{noun}: yes")),
            (Some(rest), true) => self.say(text!("是{rest}", "{noun}: yes")),
            (Some(rest), false) => self.say(text!("“是否{rest}”为“否”", "{noun}: no")),
            (None, true) => self.say(text!("“{bare}”为“是”", "{noun}: yes")),
            (None, false) => self.say(text!("“{bare}”为“否”", "{noun}: no")),
        }
    }

    fn several(&self, list: &[Expr], holds: bool, all: bool) -> String {
        if let Some((values, default)) = same_default(list) {
            let words = self.several(&values, holds, all);
            let aside = if default {
                text!("没有填的，都按“是”算", "each blank one counts as yes")
            } else {
                text!("没有填的，都按“否”算", "each blank one counts as no")
            };
            return self.aside(&words, &self.say(aside));
        }
        let list: Vec<String> = list.iter().map(|x| self.part(x, holds)).collect();
        match all {
            true => list.join(&self.say(text!("，并且", ", and "))),
            false => list.join(&self.say(text!("，或者", ", or "))),
        }
    }

    fn otherwise(&self, value: &Expr, default: &Expr, holds: bool) -> String {
        let words = self.part(value, holds);
        let aside = match (&value.kind, &default.kind) {
            (ExprKind::Rule(_), ExprKind::Bool(true)) => self.say(text!("不适用的，算符合", "not applicable counts as met")),
            (ExprKind::Rule(_), _) => self.say(text!("不适用的，算不符合", "not applicable counts as unmet")),
            (_, ExprKind::Bool(true)) => self.say(text!("没有填的，按“是”算", "blank counts as yes")),
            (_, ExprKind::Bool(false)) => self.say(text!("没有填的，按“否”算", "blank counts as no")),
            _other => {
                let default = self.holds(default);
                self.say(text!("没有填的，看是否{default}", "where blank: {default}"))
            }
        };
        self.aside(&words, &aside)
    }

    /// A list, or those of its items that count.
    fn those(&self, list: &Expr, filter: Option<&Expr>) -> String {
        let name = self.noun(list);
        let Some(filter) = filter else { return name };
        let which = self.at_item(&list.ty).part(filter, true);
        self.say(text!("{name}中{which}的", "those of {name} where {which}"))
    }

    /// So many years one after another.
    fn run(&self, length: u32, list: &Expr, filter: Option<&Expr>, year: Option<&Expr>, holds: bool) -> String {
        let name = self.those(list, filter);
        let (year, is_entry) = match year.filter(|y| !matches!(y.kind, ExprKind::Item { .. })) {
            Some(year) => (self.at_item(&list.ty).operand(year), matches!(year.kind, ExprKind::ItemField { .. })),
            None => return self.run_of(length, &name, holds),
        };
        let name = self.say(text!("{name}按{year}", "{name}, by {year},"));
        if is_entry {
            return self.run_of(length, &name, holds);
        }
        // What is worked out may be months in a row, or school years.
        match holds {
            true => self.say(text!("{name}至少连续 {length} 个都有", "{name} stand at {length} consecutive values at least")),
            false => self.say(text!("{name}没有连续 {length} 个都有", "{name} stand at no {length} consecutive values")),
        }
    }

    fn run_of(&self, length: u32, name: &str, holds: bool) -> String {
        match holds {
            true => self.say(text!("{name}至少连续 {length} 年都有", "{name} stand in at least {length} consecutive years")),
            false => self.say(text!("{name}没有连续 {length} 年都有", "{name} stand in no {length} consecutive years")),
        }
    }

    fn over_items(&self, op: Aggregation, list: &Expr, filter: Option<&Expr>, value: Option<&Expr>, holds: bool) -> String {
        let inner = self.at_item(&list.ty);
        let name = self.those(list, filter);
        let (test, not) = (value.map(|v| inner.part(v, true)), value.map(|v| inner.part(v, false)));
        let (test, not) = (test.unwrap_or_default(), not.unwrap_or_default());
        match (op, holds) {
            (Aggregation::Any, true) => self.say(text!("{name}中至少有一项{test}", "at least one of {name}: {test}")),
            (Aggregation::Any, false) | (Aggregation::None, true) => self.say(text!("{name}中没有一项{test}", "none of {name}: {test}")),
            (Aggregation::None, false) => self.say(text!("{name}中有{test}的", "some of {name}: {test}")),
            (_, true) => self.say(text!("{name}每一项都{test}", "every one of {name}: {test}")),
            (_, false) => self.say(text!("{name}中有一项{not}", "one of {name}: {not}")),
        }
    }

    fn compared(&self, op: Comparison, left: &Expr, right: &Expr, holds: bool) -> String {
        if let (ExprKind::Bool(value), false) = (&right.kind, left.ty == Type::Text) {
            return self.truth(left, (*value == (op == Comparison::Equal)) == holds);
        }
        let op = match op {
            // Their opposites have words of their own.
            Comparison::Before | Comparison::After => op,
            _others => {
                if holds {
                    op
                } else {
                    op.opposite()
                }
            }
        };
        let counted = counts_cases(left);
        if matches!(left.ty, Type::Date | Type::Moment) {
            return self.times(op, left, right, holds);
        }
        let (l, r) = (self.side(left), self.side(right));
        let r = if counted { self.pieces(&r, right) } else { r };
        match &left.ty {
            Type::Number(n) => {
                let high = !matches!(n.shown_as(), Dimension::Plain | Dimension::Bare) && !self.is_count(n);
                self.sizes(op, &l, &r, high)
            }
            Type::Text | Type::Bool if is_entry(right) => self.alike(op, &l, &r),
            Type::Enum(_)
            | Type::Set(_)
            | Type::Text
            | Type::Bool
            | Type::Date
            | Type::Moment
            | Type::Record(_)
            | Type::List(_)
            | Type::Duration
            | Type::Unknown => self.levels(op, &l, &r),
        }
    }

    fn is_count(&self, n: &prog_model::NumberType) -> bool {
        n.unit.is_some_and(|u| self.p.unit(u).count)
    }

    /// A bare number of things with its measure word.
    pub(super) fn pieces(&self, words: &str, e: &Expr) -> String {
        let bare = matches!(&e.kind, ExprKind::Number(_))
            && matches!(&e.ty, Type::Number(n) if n.unit.is_none() && *n.shown_as() != Dimension::Ratio);
        if bare { self.say(text!("{words}个", "{words}")) } else { words.to_owned() }
    }

    /// How sizes compare; `high` speaks of heights (rates, sums of money), else of numbers of things.
    pub(super) fn sizes(&self, op: Comparison, l: &str, r: &str, high: bool) -> String {
        match (op, high) {
            (Comparison::Equal, _) => self.say(text!("{l}等于{r}", "{l} is {r}")),
            (Comparison::NotEqual, _) => self.say(text!("{l}不等于{r}", "{l} is not {r}")),
            (Comparison::Less | Comparison::Before, true) => self.say(text!("{l}低于{r}", "{l} is below {r}")),
            (Comparison::Less | Comparison::Before, false) => self.say(text!("{l}少于{r}", "{l} is less than {r}")),
            (Comparison::AtMost, _) => self.say(text!("{l}不超过{r}", "{l} is at most {r}")),
            (Comparison::More | Comparison::After, true) => self.say(text!("{l}高于{r}", "{l} is above {r}")),
            (Comparison::More | Comparison::After, false) => self.say(text!("{l}多于{r}", "{l} is more than {r}")),
            (Comparison::AtLeast, true) if r == "100%" => self.say(text!("{l}达到{r}", "{l} is {r}")),
            (Comparison::AtLeast, true) => self.say(text!("{l}不低于{r}", "{l} is at least {r}")),
            (Comparison::AtLeast, false) => self.say(text!("{l}不少于{r}", "{l} is at least {r}")),
        }
    }

    /// Two entries that are to agree.
    fn alike(&self, op: Comparison, l: &str, r: &str) -> String {
        match (op == Comparison::Equal, l == r) {
            (true, false) => self.say(text!("{l}与{r}一致", "{l} and {r} agree")),
            (true, true) => self.say(text!("两处{l}一致", "both {l} agree")),
            (false, false) => self.say(text!("{l}与{r}不一致", "{l} and {r} differ")),
            (false, true) => self.say(text!("两处{l}不一致", "both {l} differ")),
        }
    }

    fn levels(&self, op: Comparison, l: &str, r: &str) -> String {
        match op {
            Comparison::Equal => self.say(text!("{l}为{r}", "{l} is {r}")),
            Comparison::NotEqual => self.say(text!("{l}不是{r}", "{l} is not {r}")),
            Comparison::Less | Comparison::Before => self.say(text!("{l}低于{r}", "{l} is below {r}")),
            Comparison::AtMost => self.say(text!("{l}不高于{r}", "{l} is not above {r}")),
            Comparison::More | Comparison::After => self.say(text!("{l}高于{r}", "{l} is above {r}")),
            Comparison::AtLeast => self.say(text!("{l}不低于{r}", "{l} is not below {r}")),
        }
    }
}

/// What is entered, not a literal.
fn is_entry(e: &Expr) -> bool {
    matches!(e.kind, ExprKind::Input(_) | ExprKind::Member { .. } | ExprKind::ItemField { .. } | ExprKind::Item { .. })
}

/// Entries of which every blank one counts the same.
fn same_default(list: &[Expr]) -> Option<(Vec<Expr>, bool)> {
    let one = |e: &Expr| match &e.kind {
        ExprKind::Otherwise { value, default } if !matches!(value.kind, ExprKind::Rule(_)) => match &default.kind {
            ExprKind::Bool(default) => Some(((**value).clone(), *default)),
            _other => None,
        },
        _other => None,
    };
    let pairs: Vec<(Expr, bool)> = list.iter().map(one).collect::<Option<_>>()?;
    let default = pairs.first()?.1;
    (pairs.len() > 1 && pairs.iter().all(|(_, d)| *d == default)).then(|| (pairs.into_iter().map(|(e, _)| e).collect(), default))
}

/// Whether it is a number of cases or items, which take a measure word.
pub(super) fn counts_cases(e: &Expr) -> bool {
    matches!(
        &e.kind,
        ExprKind::OverCases { op: Aggregation::Count | Aggregation::CountDistinct, .. }
            | ExprKind::OverList { op: Aggregation::Count | Aggregation::CountDistinct, .. }
    )
}
