//! Counting applications: quotas, shares, their bounds.
//!
//! In: aggregates over cases. Out: phrases that name the track and which of its cases count. Always: one phrase for several tracks
//! with the same condition.

use super::Prose;
use prog_base::text;
use prog_model::{Aggregation, Bound, CaseMember, Comparison, Dimension, Expr, ExprKind, ShareMember, TrackId, Type};

impl Prose<'_> {
    /// An aggregate over cases.
    pub(super) fn cases(&self, op: Aggregation, members: &[CaseMember]) -> String {
        let which = members.iter().map(|m| self.counted(m.track, m.filter.as_ref()));
        let mut what = self.grouped(which.collect());
        let values = members.iter().filter_map(|m| m.value.as_ref().map(|v| self.in_track(m.track).operand(v)));
        let mut values: Vec<String> = values.collect();
        values.dedup();
        if let [value] = values.as_slice() {
            what = self.say(text!("{what}的{value}", "{value} of {what}"));
        }
        match op {
            // 数量 is said by the bound: 示范区不超过 5 个.
            Aggregation::Count => self.say(text!("{what}", "the number of {what}")),
            Aggregation::CountDistinct
            | Aggregation::Sum
            | Aggregation::Min
            | Aggregation::Max
            | Aggregation::Any
            | Aggregation::All
            | Aggregation::None
            | Aggregation::Consecutive(_) => self.aggregate(op, &what),
        }
    }

    /// Some, all or none of the cases hold a condition.
    pub(super) fn some_cases(&self, op: Aggregation, members: &[CaseMember], holds: bool) -> String {
        let what = self.grouped(members.iter().map(|m| self.counted(m.track, m.filter.as_ref())).collect());
        let values = members.iter().filter_map(|m| m.value.as_ref().map(|v| self.in_track(m.track).part(v, true)));
        let mut values: Vec<String> = values.collect();
        values.dedup();
        let test = values.join(&self.say(text!("，或者", ", or ")));
        match (op, holds) {
            (Aggregation::Any, true) | (Aggregation::None, false) => self.say(text!("{what}中有{test}的", "some of {what}: {test}")),
            (Aggregation::Any, false) | (Aggregation::None, true) => self.say(text!("{what}中没有{test}的", "none of {what}: {test}")),
            (_, true) => self.say(text!("{what}都{test}", "all of {what}: {test}")),
            (_, false) => self.say(text!("{what}不都{test}", "not all of {what}: {test}")),
        }
    }

    /// `示范校（只计学校类型为“中小学校”的）`
    fn counted(&self, track: TrackId, filter: Option<&Expr>) -> (String, String) {
        let name = self.name(&self.p.track(track).ident);
        // Labels of tracks are singular: it is applications that are counted.
        let name = self.say(text!("{name}", "applications under “{name}”"));
        let always = |e: &&Expr| !matches!(e.kind, ExprKind::Bool(true));
        (name, filter.filter(always).map(|f| self.in_track(track).holds(f)).unwrap_or_default())
    }

    fn grouped(&self, list: Vec<(String, String)>) -> String {
        let same = list.windows(2).all(|pair| pair[0].1 == pair[1].1);
        let which = |name: &str, filter: &str| {
            let aside = if filter.is_empty() { String::new() } else { self.say(text!("只计{filter}的", "only where {filter}")) };
            self.aside(name, &aside)
        };
        match (same, list.first()) {
            (true, Some((_, filter))) => which(&self.all(list.iter().map(|(name, _)| name.clone())), filter),
            (_, _) => self.all(list.iter().map(|(name, filter)| which(name, filter))),
        }
    }

    /// `share(A where P among B)`.
    pub(super) fn share(&self, members: &[ShareMember]) -> String {
        let side = |of: fn(&ShareMember) -> Option<&Expr>| {
            let list = members.iter().filter_map(|m| of(m).map(|e| self.counted(m.track, Some(e))));
            list.collect::<Vec<_>>()
        };
        let base = self.grouped(side(|m| m.base.as_ref()));
        let tests = members.iter().map(|m| m.part.as_ref().map(|e| self.in_track(m.track).part(e, true)));
        let mut tests: Vec<Option<String>> = tests.collect();
        tests.dedup();
        if let [Some(which)] = tests.as_slice() {
            return self.say(text!("{base}中{which}的所占比例", "the share of those where {which} among {base}"));
        }
        let part = side(|m| m.part.as_ref());
        let part = self.grouped(part);
        self.say(text!("{part}在{base}中所占比例", "the share of {part} among {base}"))
    }

    /// What a bound asks of a named value: `…不超过 5 个`.
    pub fn bounded(&self, value: &str, of: Option<&Expr>, bound: &Bound) -> String {
        let ty = match bound {
            Bound::AtMost(e) | Bound::Less(e) | Bound::AtLeast(e) | Bound::More(e) | Bound::Equal(e) | Bound::About(e) => &e.ty,
            Bound::Between(low, _) => &low.ty,
        };
        let counted = of.is_some_and(super::truth::counts_cases);
        let show = |e: &Expr| {
            let noun = self.noun(e);
            if counted { self.pieces(&noun, e) } else { noun }
        };
        let high = match ty {
            Type::Number(n) => match n.shown_as() {
                Dimension::Ratio => true,
                Dimension::Units(_) => !n.unit.is_some_and(|u| self.p.unit(u).count),
                Dimension::Bare | Dimension::Plain | Dimension::Times => false,
            },
            _other => false,
        };
        let sized = |op, e: &Expr| self.sizes(op, value, &show(e), high);
        let words = match bound {
            Bound::AtMost(e) => sized(Comparison::AtMost, e),
            Bound::Less(e) => sized(Comparison::Less, e),
            Bound::AtLeast(e) => sized(Comparison::AtLeast, e),
            Bound::More(e) => sized(Comparison::More, e),
            Bound::Equal(e) => sized(Comparison::Equal, e),
            Bound::Between(low, high) => {
                let (low, high) = (show(low), show(high));
                self.say(text!("{value}在{low}到{high}之间（含两端）", "{value} is between {low} and {high}, ends included"))
            }
            Bound::About(e) => {
                let (e, band) = (show(e), self.about());
                self.say(text!("{value}在{e}左右（{band}）", "{value} is about {e} ({band})"))
            }
        };
        words.trim_start().to_owned()
    }

    /// The band of the reading `about`.
    fn about(&self) -> String {
        let band = self.p.readings.iter().find_map(|r| match (&r.builtin, &r.value) {
            (Some(prog_model::BuiltinReading::About), prog_model::ReadingValue::Band(band)) => Some(band),
            _other => None,
        });
        let Some(band) = band else { return String::new() };
        let points = band * &prog_base::Exact::from(100);
        self.say(text!("上下各{points}%以内", "within {points}% either way"))
    }
}
