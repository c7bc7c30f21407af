//! Expressions: flat pairs to a tree by precedence.

use super::{Builder, choice};
use crate::ast::{
    Aggregate, AggregateOp, ArithmeticOp, CompareOp, Expr, ExprKind, Name, ReadingValue, ShareBase, SplitMethod, Window, WindowLength,
};
use crate::grammar::{Pair, Rule};
use crate::messages;
use prog_base::{DayPart, ElapsedUnit, Figure, RoundMode, Span, Stretch};

/// So many signs, operations or arms in a row; more is refused, so that no stage runs out of stack.
const MAX_CHAIN: usize = 256;

impl Builder<'_> {
    /// Any expression.
    pub fn expr(&mut self, pair: Pair) -> Expr {
        let span = self.span(&pair);
        match pair.into_inner().next() {
            Some(p) if p.as_rule() == Rule::choice => self.choice(p),
            Some(p) => self.disjunction(p),
            None => bad(span),
        }
    }

    /// `if … then … else if … else …`, right to left.
    pub fn choice(&mut self, pair: Pair) -> Expr {
        let span = self.span(&pair);
        let part = |p: &Pair| matches!(p.as_rule(), Rule::choice_arm | Rule::item_arm | Rule::disjunction | Rule::value);
        let parts: Vec<Pair> = pair.into_inner().filter(part).collect();
        if self.too_long(parts.len(), span) {
            return bad(span);
        }
        let mut parts = parts.into_iter().rev();
        let mut result = parts.next().map_or(bad(span), |p| self.side(p));
        for arm in parts {
            let place = self.span(&arm).to(result.span);
            let mut sides = arm
                .into_inner()
                .filter(|p| matches!(p.as_rule(), Rule::disjunction | Rule::value))
                .map(|p| self.side(p))
                .collect::<Vec<_>>()
                .into_iter();
            let (test, then) = (sides.next().unwrap_or(bad(place)), sides.next().unwrap_or(bad(place)));
            result = Expr { kind: ExprKind::If { test: Box::new(test), then: Box::new(then), other: Box::new(result) }, span: place };
        }
        result
    }

    fn side(&mut self, pair: Pair) -> Expr {
        if pair.as_rule() == Rule::value { self.value(pair) } else { self.disjunction(pair) }
    }

    /// `a and b or c`: one kind of the two, or brackets.
    fn disjunction(&mut self, pair: Pair) -> Expr {
        let span = self.span(&pair);
        let mut groups: Vec<Vec<Expr>> = vec![Vec::new()];
        let (mut first_and, mut first_or) = (None, None);
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::negation => {
                    let part = self.negation(p);
                    if let Some(group) = groups.last_mut() {
                        group.push(part);
                    }
                }
                Rule::kw_and => {
                    first_and.get_or_insert(self.span(&p));
                }
                Rule::kw_or => {
                    first_or.get_or_insert(self.span(&p));
                    groups.push(Vec::new());
                }
                _ => {}
            }
        }
        if let (Some(and), Some(or)) = (first_and, first_or) {
            let mixed: Vec<Span> = groups.iter().filter(|g| g.len() > 1).filter_map(|g| Some(g.first()?.span.to(g.last()?.span))).collect();
            self.say(messages::mixed_and_or(and, or, &mixed));
        }
        let mut parts: Vec<Expr> = groups.into_iter().map(|g| join(g, ExprKind::And, span)).collect();
        if parts.len() == 1 { parts.pop().unwrap_or(bad(span)) } else { join(parts, ExprKind::Or, span) }
    }

    fn negation(&mut self, pair: Pair) -> Expr {
        let span = self.span(&pair);
        let (mut signs, mut inner) = (Vec::new(), bad(span));
        for p in pair.into_inner() {
            if p.as_rule() == Rule::kw_not {
                signs.push(self.span(&p));
            } else {
                inner = self.comparison(p);
            }
        }
        if self.too_long(signs.len(), span) {
            return bad(span);
        }
        signs.into_iter().rev().fold(inner, |e, sign| {
            let span = sign.to(e.span);
            Expr { kind: ExprKind::Not(Box::new(e)), span }
        })
    }

    fn comparison(&mut self, pair: Pair) -> Expr {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let Some(first) = parts.next() else { return bad(span) };
        let left = self.value(first);
        let Some(tail) = parts.next() else { return left };
        let value = Box::new(left);
        let kind = match tail.as_rule() {
            Rule::compare_op => {
                let op = self.compare_op(tail);
                let right = parts.next().map_or(bad(span), |p| self.value(p));
                ExprKind::Compare { op, left: value, right: Box::new(right) }
            }
            Rule::between => {
                let (low, high) = self.two_values(tail);
                ExprKind::Between { value, low: Box::new(low), high: Box::new(high) }
            }
            Rule::about => ExprKind::About { value, target: Box::new(self.expr_in(tail)) },
            Rule::in_set => {
                let mut negated = false;
                let mut set = Vec::new();
                for p in tail.into_inner() {
                    match p.as_rule() {
                        Rule::kw_not_in => negated = true,
                        Rule::expr => set.push(self.expr(p)),
                        _ => {}
                    }
                }
                ExprKind::In { value, set, negated }
            }
            Rule::within => ExprKind::Within { value, window: self.window(tail) },
            _ => ExprKind::IsGiven(value),
        };
        Expr { kind, span }
    }

    /// `last 3 years`, `10 years before D`.
    fn window(&mut self, pair: Pair) -> Window {
        let span = self.trimmed(&pair);
        let (mut length, mut end) = (WindowLength::CalendarYears(0), None);
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::window => length = self.window_length(p),
                Rule::value => end = Some(Box::new(self.value(p))),
                _ => {}
            }
        }
        Window { length, end, span }
    }

    fn window_length(&mut self, pair: Pair) -> WindowLength {
        let years = pair.clone().into_inner().any(|p| matches!(p.as_rule(), Rule::kw_calendar_years | Rule::kw_calendar_years_in));
        if years {
            return WindowLength::CalendarYears(self.integer_in(pair).unwrap_or(0));
        }
        match self.duration(pair).kind {
            ExprKind::Duration(d) => WindowLength::Duration(d),
            // Too big a number; said already.
            _ => WindowLength::CalendarYears(0),
        }
    }

    /// The two values of `between`.
    pub fn two_values(&mut self, pair: Pair) -> (Expr, Expr) {
        let span = self.span(&pair);
        let values: Vec<Pair> = pair.into_inner().filter(|p| p.as_rule() == Rule::value).collect();
        let mut values = values.into_iter().map(|p| self.value(p)).collect::<Vec<_>>().into_iter();
        (values.next().unwrap_or(bad(span)), values.next().unwrap_or(bad(span)))
    }

    /// A comparison as meant.
    pub fn compare_op(&mut self, pair: Pair) -> CompareOp {
        let span = self.span(&pair);
        match choice(pair) {
            Some(Rule::kw_at_least | Rule::more_equal) => CompareOp::AtLeast,
            Some(Rule::kw_at_most | Rule::less_equal) => CompareOp::AtMost,
            Some(Rule::kw_more_than | Rule::more) => CompareOp::More,
            Some(Rule::kw_less_than | Rule::less) => CompareOp::Less,
            Some(Rule::kw_on_or_before) => CompareOp::OnOrBefore,
            Some(Rule::kw_on_or_after) => CompareOp::OnOrAfter,
            Some(Rule::kw_before) => CompareOp::Before,
            Some(Rule::kw_after) => CompareOp::After,
            Some(Rule::not_equal) => CompareOp::NotEqual,
            Some(Rule::double_equal) => {
                self.say(messages::double_equal(span));
                CompareOp::Equal
            }
            _ => CompareOp::Equal,
        }
    }

    /// A sum with `otherwise`, caps and floors behind it, left to right.
    pub fn value(&mut self, pair: Pair) -> Expr {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let Some(first) = parts.next() else { return bad(span) };
        let mut result = self.sum(first);
        let mut links = 0;
        while let (Some(tail), Some(right)) = (parts.next(), parts.next()) {
            links += 1;
            if links > MAX_CHAIN {
                self.too_long(links, span);
                return bad(span);
            }
            let right = self.sum(right);
            let span = result.span.to(right.span);
            let (value, limit) = (Box::new(result), Box::new(right));
            let kind = match choice(tail) {
                Some(Rule::kw_otherwise) => ExprKind::Otherwise { value, default: limit },
                op => ExprKind::Clamp { cap: op == Some(Rule::kw_capped_at), value, limit },
            };
            result = Expr { kind, span };
        }
        result
    }

    fn sum(&mut self, pair: Pair) -> Expr {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let Some(first) = parts.next() else { return bad(span) };
        let first = self.factor(first);
        // Terms of + and −, the last one still growing by × and ÷.
        let mut terms: Vec<(ArithmeticOp, Expr)> = vec![(ArithmeticOp::Add, first)];
        let mut links = 0;
        while let (Some(op), Some(factor)) = (parts.next(), parts.next()) {
            links += 1;
            if links > MAX_CHAIN {
                self.too_long(links, span);
                return bad(span);
            }
            let factor = self.factor(factor);
            match (arithmetic(op), terms.pop()) {
                (op @ (ArithmeticOp::Multiply | ArithmeticOp::Divide), Some((sign, left))) => {
                    terms.push((sign, arithmetic_expr(op, left, factor)))
                }
                (op, last) => {
                    terms.extend(last);
                    terms.push((op, factor));
                }
            }
        }
        let mut terms = terms.into_iter();
        let first = terms.next().map_or(bad(span), |(_, e)| e);
        terms.fold(first, |left, (op, right)| arithmetic_expr(op, left, right))
    }

    fn factor(&mut self, pair: Pair) -> Expr {
        let span = self.span(&pair);
        let (mut signs, mut inner) = (Vec::new(), bad(span));
        for p in pair.into_inner() {
            if p.as_rule() == Rule::minus {
                signs.push(self.span(&p));
            } else {
                inner = self.atom(p);
            }
        }
        if self.too_long(signs.len(), span) {
            return bad(span);
        }
        signs.into_iter().rev().fold(inner, |e, sign| {
            let span = sign.to(e.span);
            Expr { kind: ExprKind::Negate(Box::new(e)), span }
        })
    }

    fn atom(&mut self, pair: Pair) -> Expr {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::amount => return self.amount(pair),
            Rule::duration => return self.duration(pair),
            Rule::date => return self.date(pair),
            Rule::odd_date => return self.odd_date(pair),
            Rule::path => return self.path(pair),
            Rule::paren => {
                let inner = self.expr_in(pair);
                // The brackets belong to the place, so that a fix can move the whole.
                return Expr { kind: inner.kind, span };
            }
            Rule::string => ExprKind::Text(self.string(pair).text),
            Rule::yes => ExprKind::Bool(true),
            Rule::no => ExprKind::Bool(false),
            Rule::unknown => ExprKind::Silent(self.string_in(pair)),
            Rule::due_of => ExprKind::Due(self.name_in(pair)),
            Rule::time_of => ExprKind::Time(self.name_in(pair)),
            Rule::aggregate => self.aggregate(pair),
            Rule::share => self.share(pair),
            Rule::split => self.split(pair),
            Rule::round => self.round(pair),
            Rule::extreme => self.extreme(pair),
            Rule::elapsed => self.elapsed(pair),
            Rule::of_day => self.of_day(pair),
            Rule::length_of => {
                let inner = pair.into_inner().find(|p| p.as_rule() == Rule::path);
                ExprKind::LengthOf(Box::new(inner.map_or(bad(span), |p| self.path(p))))
            }
            Rule::reading_is => self.reading_is(pair),
            _ => ExprKind::Bad,
        };
        Expr { kind, span }
    }

    /// `a.b`, `t[k].c`.
    pub fn path(&mut self, pair: Pair) -> Expr {
        let span = self.span(&pair);
        let mut result = bad(span);
        for (links, p) in pair.into_inner().enumerate() {
            let place = span.to(self.span(&p));
            let place = Span { end: self.span(&p).end, ..place };
            if links > MAX_CHAIN {
                self.too_long(links, span);
                return bad(span);
            }
            let kind = match p.as_rule() {
                Rule::ref_name => ExprKind::Name(self.ref_name(p)),
                Rule::member_of => ExprKind::Member { of: Box::new(result), name: self.name_in(p) },
                _ => {
                    let keys = p.into_inner().filter(|k| k.as_rule() == Rule::expr).map(|k| self.expr(k)).collect();
                    ExprKind::Index { of: Box::new(result), keys }
                }
            };
            result = Expr { kind, span: place };
        }
        result
    }

    /// A name where expressions and types stand.
    pub fn ref_name(&mut self, pair: Pair) -> Name {
        self.name(pair)
    }

    fn aggregate(&mut self, pair: Pair) -> ExprKind {
        let mut aggregate = Aggregate { op: AggregateOp::Count, length: None, of: Vec::new(), filter: None, per: Vec::new() };
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::aggregate_op => aggregate.op = aggregate_op(choice(p)),
                Rule::consecutive => {
                    aggregate.op = AggregateOp::Consecutive;
                    aggregate.length = Some(Box::new(self.length(p)));
                }
                Rule::expr => aggregate.of.push(self.expr(p)),
                Rule::aggregate_where => aggregate.filter = Some(Box::new(self.expr_in(p))),
                Rule::aggregate_per => {
                    aggregate.per = p.into_inner().filter(|k| k.as_rule() == Rule::value).map(|k| self.value(k)).collect()
                }
                _ => {}
            }
        }
        ExprKind::Aggregate(aggregate)
    }

    /// The number of `any 3 consecutive`.
    fn length(&mut self, pair: Pair) -> Expr {
        let whole = self.span(&pair);
        match pair.into_inner().find(|p| matches!(p.as_rule(), Rule::decimal | Rule::path)) {
            Some(p) if p.as_rule() == Rule::path => self.path(p),
            Some(p) => {
                let span = self.trimmed(&p);
                match self.decimal(p) {
                    Some(value) => Expr { kind: ExprKind::Number { value, unit: None }, span },
                    None => bad(span),
                }
            }
            None => bad(whole),
        }
    }

    fn share(&mut self, pair: Pair) -> ExprKind {
        let span = self.span(&pair);
        let (mut over, mut part, mut among) = (Vec::new(), bad(span), None);
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::names => over = self.names_in(p),
                Rule::expr => part = self.expr(p),
                Rule::share_base => {
                    let mut base = ShareBase { over: Vec::new(), filter: None };
                    for q in p.into_inner() {
                        match q.as_rule() {
                            Rule::names => base.over = self.names_in(q),
                            Rule::aggregate_where => base.filter = Some(self.expr_in(q)),
                            _ => {}
                        }
                    }
                    among = Some(Box::new(base));
                }
                _ => {}
            }
        }
        ExprKind::Share { over, part: Box::new(part), among }
    }

    fn split(&mut self, pair: Pair) -> ExprKind {
        let method = match pair.clone().into_inner().find(|p| p.as_rule() == Rule::method).and_then(choice) {
            Some(Rule::kw_webster) => SplitMethod::Webster,
            Some(Rule::kw_jefferson) => SplitMethod::Jefferson,
            _ => SplitMethod::LargestRemainder,
        };
        let (total, weight) = self.two_values(pair);
        ExprKind::Split { total: Box::new(total), weight: Box::new(weight), method }
    }

    fn round(&mut self, pair: Pair) -> ExprKind {
        let span = self.span(&pair);
        let (mut mode, mut value, mut digits) = (RoundMode::HalfUp, bad(span), 0);
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::round_mode => {
                    mode = match choice(p) {
                        Some(Rule::kw_round_half_even) => RoundMode::HalfEven,
                        Some(Rule::kw_round_up) => RoundMode::Up,
                        Some(Rule::kw_round_down) => RoundMode::Down,
                        _ => RoundMode::HalfUp,
                    }
                }
                Rule::expr => value = self.expr(p),
                Rule::path => value = self.path(p),
                Rule::round_digits => digits = self.integer_in(p).unwrap_or(0),
                _ => {}
            }
        }
        ExprKind::Round { mode, value: Box::new(value), digits }
    }

    fn extreme(&mut self, pair: Pair) -> ExprKind {
        let (mut larger, mut days, mut of) = (true, false, Vec::new());
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::kw_smaller_of => larger = false,
                Rule::kw_later_of => days = true,
                Rule::kw_earlier_of => (larger, days) = (false, true),
                Rule::expr => of.push(self.expr(p)),
                _ => {}
            }
        }
        ExprKind::Extreme { larger, days, of }
    }

    fn elapsed(&mut self, pair: Pair) -> ExprKind {
        let span = self.span(&pair);
        let (mut unit, mut days) = (ElapsedUnit::Days, Vec::new());
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::kw_years_between => unit = ElapsedUnit::Years,
                Rule::kw_months_between => unit = ElapsedUnit::Months,
                Rule::expr => days.push(self.expr(p)),
                _ => {}
            }
        }
        let mut days = days.into_iter().map(Box::new);
        let (from, to) = (days.next(), days.next());
        ExprKind::Elapsed { unit, from: from.unwrap_or_else(|| Box::new(bad(span))), to: to.unwrap_or_else(|| Box::new(bad(span))) }
    }

    fn of_day(&mut self, pair: Pair) -> ExprKind {
        let span = self.span(&pair);
        let (mut part, mut day) = (DayPart::Figure(Figure::Year), None);
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::day_part => part = p.into_inner().find_map(|p| day_part(p.as_rule())).unwrap_or(part),
                Rule::expr => day = Some(self.expr(p)),
                _ => {}
            }
        }
        ExprKind::OfDay { part, day: Box::new(day.unwrap_or_else(|| bad(span))) }
    }

    fn reading_is(&mut self, pair: Pair) -> ExprKind {
        let span = self.span(&pair);
        let (mut reading, mut value) = (self.no_name(span), self.no_name(span));
        for p in pair.into_inner() {
            match p.as_rule() {
                Rule::name => reading = self.reading_name(p),
                Rule::reading_value => {
                    let words = Name { text: p.as_str().trim().to_owned(), span: self.trimmed(&p) };
                    value = match self.reading_value(p) {
                        ReadingValue::Word(name) => name,
                        ReadingValue::Open(_) => Name { text: "unknown".to_owned(), ..words },
                        ReadingValue::Within(_) | ReadingValue::Ends(_) => words,
                    };
                }
                _ => {}
            }
        }
        ExprKind::ReadingIs { reading, value }
    }

    fn too_long(&mut self, links: usize, span: Span) -> bool {
        if links > MAX_CHAIN {
            self.say(messages::too_long(span, MAX_CHAIN));
        }
        links > MAX_CHAIN
    }
}

/// What was not understood.
pub fn bad(span: Span) -> Expr {
    Expr { kind: ExprKind::Bad, span }
}

fn join(mut parts: Vec<Expr>, kind: fn(Vec<Expr>) -> ExprKind, whole: Span) -> Expr {
    if parts.len() < 2 {
        return parts.pop().unwrap_or(bad(whole));
    }
    let span = match (parts.first(), parts.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => whole,
    };
    Expr { kind: kind(parts), span }
}

fn arithmetic(pair: Pair) -> ArithmeticOp {
    match choice(pair) {
        Some(Rule::minus) => ArithmeticOp::Subtract,
        Some(Rule::times) => ArithmeticOp::Multiply,
        Some(Rule::divide) => ArithmeticOp::Divide,
        _ => ArithmeticOp::Add,
    }
}

fn arithmetic_expr(op: ArithmeticOp, left: Expr, right: Expr) -> Expr {
    let span = left.span.to(right.span);
    Expr { kind: ExprKind::Arithmetic { op, left: Box::new(left), right: Box::new(right) }, span }
}

fn aggregate_op(rule: Option<Rule>) -> AggregateOp {
    match rule {
        Some(Rule::kw_count_distinct) => AggregateOp::CountDistinct,
        Some(Rule::kw_sum) => AggregateOp::Sum,
        Some(Rule::kw_min) => AggregateOp::Min,
        Some(Rule::kw_max) => AggregateOp::Max,
        Some(Rule::kw_any) => AggregateOp::Any,
        Some(Rule::kw_all) => AggregateOp::All,
        Some(Rule::kw_none) => AggregateOp::None,
        _ => AggregateOp::Count,
    }
}

fn day_part(keyword: Rule) -> Option<DayPart> {
    Some(match keyword {
        Rule::kw_year_of => DayPart::Figure(Figure::Year),
        Rule::kw_month_of => DayPart::Figure(Figure::Month),
        Rule::kw_day_of_month => DayPart::Figure(Figure::DayOfMonth),
        Rule::kw_day_of_week => DayPart::Figure(Figure::DayOfWeek),
        Rule::kw_start_of_week => DayPart::Start(Stretch::Week),
        Rule::kw_start_of_month => DayPart::Start(Stretch::Month),
        Rule::kw_start_of_quarter => DayPart::Start(Stretch::Quarter),
        Rule::kw_start_of_year => DayPart::Start(Stretch::Year),
        Rule::kw_end_of_week => DayPart::End(Stretch::Week),
        Rule::kw_end_of_month => DayPart::End(Stretch::Month),
        Rule::kw_end_of_quarter => DayPart::End(Stretch::Quarter),
        Rule::kw_end_of_year => DayPart::End(Stretch::Year),
        _ => return None,
    })
}
