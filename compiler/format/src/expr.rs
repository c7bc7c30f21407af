//! Expressions, with no more brackets than they need.

use crate::head::{self, name, names, reference, str, string};
use crate::writer::Writer;
use prog_base::{Date, DayPart, Duration, DurationUnit, ElapsedUnit, Exact, Figure, RoundMode, Stretch};
use prog_syntax::ast::{
    Aggregate, AggregateOp, ArithmeticOp, CompareOp, Expr, ExprKind, Name, ShareBase, SplitMethod, Window, WindowLength,
};

/// How tightly an expression binds; brackets go around what binds less tightly than its place asks for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    If,
    Logic,
    Not,
    Compare,
    Tail,
    Sum,
    Product,
    Factor,
    Atom,
}

fn level(e: &Expr) -> Level {
    match &e.kind {
        ExprKind::If { .. } => Level::If,
        ExprKind::Or(_) | ExprKind::And(_) => Level::Logic,
        ExprKind::Not(_) => Level::Not,
        ExprKind::Compare { .. } | ExprKind::Between { .. } | ExprKind::About { .. } | ExprKind::In { .. } => Level::Compare,
        ExprKind::IsGiven(_) | ExprKind::Within { .. } => Level::Compare,
        ExprKind::Otherwise { .. } | ExprKind::Clamp { .. } => Level::Tail,
        ExprKind::Arithmetic { op: ArithmeticOp::Add | ArithmeticOp::Subtract, .. } => Level::Sum,
        ExprKind::Arithmetic { op: ArithmeticOp::Multiply | ArithmeticOp::Divide, .. } => Level::Product,
        ExprKind::Negate(_) => Level::Factor,
        ExprKind::Bool(_)
        | ExprKind::Number { .. }
        | ExprKind::Percent(_)
        | ExprKind::Duration(_)
        | ExprKind::Date(_)
        | ExprKind::DateTime { .. }
        | ExprKind::Text(_)
        | ExprKind::Name(_)
        | ExprKind::Member { .. }
        | ExprKind::Index { .. }
        | ExprKind::Silent(_)
        | ExprKind::ReadingIs { .. }
        | ExprKind::Due(_)
        | ExprKind::Time(_)
        | ExprKind::LengthOf(_)
        | ExprKind::Aggregate(_)
        | ExprKind::Share { .. }
        | ExprKind::Split { .. }
        | ExprKind::Round { .. }
        | ExprKind::Extreme { .. }
        | ExprKind::Elapsed { .. }
        | ExprKind::OfDay { .. }
        | ExprKind::Bad => Level::Atom,
    }
}

impl Writer<'_> {
    /// Any expression.
    pub fn expr(&self, e: &Expr) -> String {
        self.at(e, Level::If)
    }

    /// An expression where a comparison would need brackets.
    pub fn value(&self, e: &Expr) -> String {
        self.at(e, Level::Tail)
    }

    /// `when E`; a keyword before a text would begin a declaration where a line starts with it.
    pub fn guard(&self, keyword: &'static str, e: &Expr) -> String {
        let text = self.expr(e);
        let keyword = self.kw(keyword);
        if text.starts_with('"') { format!("{keyword} ({text})") } else { format!("{keyword} {text}") }
    }

    pub fn exprs(&self, list: &[Expr]) -> String {
        list.iter().map(|e| self.expr(e)).collect::<Vec<_>>().join(", ")
    }

    pub fn values(&self, list: &[Expr]) -> String {
        list.iter().map(|e| self.value(e)).collect::<Vec<_>>().join(", ")
    }

    fn at(&self, e: &Expr, least: Level) -> String {
        let text = self.bare(e);
        if level(e) < least { format!("({text})") } else { text }
    }

    fn bare(&self, e: &Expr) -> String {
        match &e.kind {
            ExprKind::Bool(true) => self.kw("kw_yes").into(),
            ExprKind::Bool(false) => self.kw("kw_no").into(),
            ExprKind::Number { value, unit: None } => grouped(value),
            ExprKind::Number { value, unit: Some(unit) } => format!("{} {}", grouped(value), head::unit(unit)),
            ExprKind::Percent(points) => format!("{points}%"),
            ExprKind::Duration(d) => self.duration(*d),
            ExprKind::Date(d) => self.date(*d),
            ExprKind::DateTime { date, hour, minute, second } => {
                let t = if self.chinese() { " " } else { "T" };
                let seconds = if *second == 0 { String::new() } else { format!(":{second:02}") };
                format!("{}{t}{hour:02}:{minute:02}{seconds}", self.date(*date))
            }
            ExprKind::Text(text) => string(text),
            ExprKind::Name(n) => reference(n),
            ExprKind::Member { of, name: n } => format!("{}.{}", self.at(of, Level::Atom), name(n)),
            ExprKind::Index { of, keys } => format!("{}[{}]", self.at(of, Level::Atom), self.exprs(keys)),
            ExprKind::Silent(why) => self.kw("kw_unknown").to_owned() + &why.as_ref().map(|w| format!(" {}", str(w))).unwrap_or_default(),
            ExprKind::ReadingIs { reading, value } => {
                format!("{} {} = {}", self.kw("kw_reading_is"), name(reading), self.reading_word(value))
            }
            ExprKind::Due(stage) => format!("{}({})", self.kw("kw_due_of"), name(stage)),
            ExprKind::Time(stage) => format!("{}({})", self.kw("kw_time_of"), name(stage)),
            ExprKind::LengthOf(of) => format!("{} {}", self.kw("kw_length_of"), self.at(of, Level::Atom)),
            ExprKind::Aggregate(a) => self.aggregate(a),
            ExprKind::Share { over, part, among } => self.share(over, part, among.as_deref()),
            ExprKind::Split { total, weight, method } => format!(
                "{} {} {} {} {} {}",
                self.kw("kw_split"),
                self.value(total),
                self.kw("kw_split_by"),
                self.value(weight),
                self.kw("kw_using"),
                self.kw(match method {
                    SplitMethod::LargestRemainder => "kw_largest_remainder",
                    SplitMethod::Webster => "kw_webster",
                    SplitMethod::Jefferson => "kw_jefferson",
                })
            ),
            ExprKind::Round { mode, value, digits } => self.round(*mode, value, *digits),
            ExprKind::Extreme { larger, days, of } => {
                let word = match (larger, days) {
                    (true, false) => "kw_larger_of",
                    (false, false) => "kw_smaller_of",
                    (true, true) => "kw_later_of",
                    (false, true) => "kw_earlier_of",
                };
                self.call(word, &self.exprs(of))
            }
            ExprKind::Elapsed { unit, from, to } => {
                let keyword = match unit {
                    ElapsedUnit::Years => "kw_years_between",
                    ElapsedUnit::Months => "kw_months_between",
                    ElapsedUnit::Days => "kw_days_between",
                };
                self.call(keyword, &format!("{}, {}", self.expr(from), self.expr(to)))
            }
            ExprKind::OfDay { part, day } => self.call(day_part(*part), &self.expr(day)),
            ExprKind::If { test, then, other } => format!(
                "{} {} {} {} {} {}",
                self.kw("kw_if"),
                self.at(test, Level::Logic),
                self.kw("kw_then"),
                self.at(then, Level::Logic),
                self.kw("kw_else"),
                self.expr(other)
            ),
            ExprKind::Or(of) => self.joined(of, "kw_or"),
            ExprKind::And(of) => self.joined(of, "kw_and"),
            ExprKind::Not(of) => format!("{} {}", self.kw("kw_not"), self.operand(of)),
            ExprKind::Compare { op, left, right } => format!("{} {} {}", self.value(left), self.compare(*op), self.value(right)),
            ExprKind::Between { value, low, high } => format!(
                "{} {} {} {} {}",
                self.value(value),
                self.kw("kw_between"),
                self.value(low),
                self.kw("kw_between_and"),
                self.value(high)
            ),
            ExprKind::About { value, target } => format!("{} {} {}", self.value(value), self.kw("kw_about"), self.value(target)),
            ExprKind::In { value, set, negated } => {
                format!("{} {} {{ {} }}", self.value(value), self.kw(if *negated { "kw_not_in" } else { "kw_in" }), self.exprs(set))
            }
            ExprKind::Within { value, window } => format!("{} {}", self.value(value), self.window(window)),
            ExprKind::IsGiven(of) => format!("{} {}", self.value(of), self.kw("kw_is_given")),
            ExprKind::Otherwise { value, default } => {
                format!("{} {} {}", self.value(value), self.kw("kw_otherwise"), self.at(default, Level::Sum))
            }
            ExprKind::Clamp { cap, value, limit } => {
                format!(
                    "{} {} {}",
                    self.value(value),
                    self.kw(if *cap { "kw_capped_at" } else { "kw_floored_at" }),
                    self.at(limit, Level::Sum)
                )
            }
            ExprKind::Arithmetic { op, left, right } => self.arithmetic(*op, left, right),
            ExprKind::Negate(of) => format!("-{}", self.at(of, Level::Factor)),
            ExprKind::Bad => self.source(e.span).into(),
        }
    }

    fn joined(&self, of: &[Expr], keyword: &'static str) -> String {
        of.iter().map(|e| self.operand(e)).collect::<Vec<_>>().join(&format!(" {} ", self.kw(keyword)))
    }

    /// What `and`, `or` and `not` join: people would read `a otherwise no and b` wrongly.
    fn operand(&self, e: &Expr) -> String {
        if level(e) == Level::Tail { format!("({})", self.bare(e)) } else { self.at(e, Level::Not) }
    }

    fn arithmetic(&self, op: ArithmeticOp, left: &Expr, right: &Expr) -> String {
        let (sign, l, r) = match op {
            ArithmeticOp::Add => ("+", Level::Sum, Level::Product),
            ArithmeticOp::Subtract => ("-", Level::Sum, Level::Product),
            ArithmeticOp::Multiply => ("*", Level::Product, Level::Factor),
            ArithmeticOp::Divide => ("/", Level::Product, Level::Factor),
        };
        format!("{} {sign} {}", self.at(left, l), self.at(right, r))
    }

    fn aggregate(&self, a: &Aggregate) -> String {
        let op = self.kw(match a.op {
            AggregateOp::Consecutive => "kw_consecutive_end",
            AggregateOp::Count => "kw_count",
            AggregateOp::CountDistinct => "kw_count_distinct",
            AggregateOp::Sum => "kw_sum",
            AggregateOp::Min => "kw_min",
            AggregateOp::Max => "kw_max",
            AggregateOp::Any => "kw_any",
            AggregateOp::All => "kw_all",
            AggregateOp::None => "kw_none",
        });
        let mut inner = self.exprs(&a.of);
        if let Some(filter) = &a.filter {
            inner += &self.filter(filter);
        }
        if !a.per.is_empty() {
            inner += &format!(" {} {}", self.kw("kw_per"), self.values(&a.per));
        }
        match &a.length {
            Some(length) => format!("{}{op}({inner})", self.so_many(length)),
            None => format!("{op}({inner})"),
        }
    }

    /// `any 3 ` of `any 3 consecutive`, `连续3` of `连续3年`; a name stands apart.
    fn so_many(&self, length: &Expr) -> String {
        let (any, length) = (self.kw("kw_consecutive"), self.at(length, Level::Atom));
        match self.chinese() && length.starts_with(|c: char| c.is_ascii_digit()) {
            true => format!("{any}{length}"),
            false => format!("{any} {length} "),
        }
    }

    fn filter(&self, filter: &Expr) -> String {
        format!(" {} {}", self.kw("kw_where"), self.expr(filter))
    }

    fn share(&self, over: &[Name], part: &Expr, among: Option<&ShareBase>) -> String {
        let mut inner = names(over) + &self.filter(part);
        if let Some(base) = among {
            inner += &format!(" {} {}", self.kw("kw_among"), names(&base.over));
            if let Some(filter) = &base.filter {
                inner += &self.filter(filter);
            }
        }
        format!("{}({inner})", self.kw("kw_share"))
    }

    fn round(&self, mode: RoundMode, value: &Expr, digits: u32) -> String {
        let mode = match mode {
            RoundMode::HalfUp => "kw_round_half_up",
            RoundMode::HalfEven => "kw_round_half_even",
            RoundMode::Up => "kw_round_up",
            RoundMode::Down => "kw_round_down",
        };
        let digits = if digits > 0 { format!(" {} {digits} {}", self.kw("kw_to"), self.kw("kw_digits")) } else { String::new() };
        self.call(mode, &self.expr(value)) + &digits
    }

    /// A function of a phrase of words; in Chinese its bracket touches it.
    fn call(&self, keyword: &'static str, of: &str) -> String {
        format!("{}{}({of})", self.kw(keyword), if self.chinese() { "" } else { " " })
    }

    /// A comparison's word or sign.
    pub fn compare(&self, op: CompareOp) -> &'static str {
        match op {
            CompareOp::Equal => "=",
            CompareOp::NotEqual => "!=",
            CompareOp::Less => self.kw("kw_less_than"),
            CompareOp::AtMost => self.kw("kw_at_most"),
            CompareOp::More => self.kw("kw_more_than"),
            CompareOp::AtLeast => self.kw("kw_at_least"),
            CompareOp::OnOrBefore => self.kw("kw_on_or_before"),
            CompareOp::Before => self.kw("kw_before"),
            CompareOp::OnOrAfter => self.kw("kw_on_or_after"),
            CompareOp::After => self.kw("kw_after"),
        }
    }

    /// `within 10 years before D`, `在 D 前10年内`.
    fn window(&self, window: &Window) -> String {
        let (last, within) = (self.kw("kw_within"), self.kw("kw_within_span"));
        let length = self.window_length(window.length);
        match (&window.end, self.chinese()) {
            (None, true) => format!("{last}{length}"),
            (None, false) => format!("{last} {length}"),
            (Some(end), true) => format!("{within} {} {}{length}", self.value(end), self.kw("kw_span_before")),
            (Some(end), false) => format!("{within} {length} {} {}", self.kw("kw_before"), self.value(end)),
        }
    }

    /// When a stage opens or is due: `10 working days after filing` where it counts from the event of a stage.
    pub fn point_in_time(&self, e: &Expr) -> String {
        if let ExprKind::Arithmetic { op: ArithmeticOp::Add, left, right } = &e.kind
            && let (ExprKind::Time(stage), ExprKind::Duration(length)) = (&left.kind, &right.kind)
        {
            let (stage, length) = (reference(stage), self.duration(*length));
            return match self.chinese() {
                true => format!("{stage} {}{length}", self.kw("kw_span_after")),
                false => format!("{length} {} {stage}", self.kw("kw_after")),
            };
        }
        self.value(e)
    }

    fn window_length(&self, length: WindowLength) -> String {
        match (length, self.chinese()) {
            (WindowLength::Duration(d), false) => self.duration(d),
            (WindowLength::Duration(d), true) => {
                let unit = match d.unit {
                    DurationUnit::Days => "kw_days_in",
                    DurationUnit::Weeks => "kw_weeks_in",
                    DurationUnit::Months => "kw_months_in",
                    DurationUnit::Years => "kw_years_in",
                    DurationUnit::WorkingDays => "kw_working_days_in",
                };
                format!("{}{}", d.count, self.kw(unit))
            }
            (WindowLength::CalendarYears(count), true) => format!("{count}{}", self.kw("kw_calendar_years_in")),
            (WindowLength::CalendarYears(1), false) => "1 calendar year".to_owned(),
            (WindowLength::CalendarYears(count), false) => format!("{count} {}", self.kw("kw_calendar_years")),
        }
    }

    fn date(&self, d: Date) -> String {
        let (year, month, day) = d.parts();
        if self.chinese() { format!("{year:04}年{month}月{day}日") } else { d.to_string() }
    }

    fn duration(&self, d: Duration) -> String {
        let (rule, one) = match d.unit {
            DurationUnit::Days => ("kw_days", "day"),
            DurationUnit::Weeks => ("kw_weeks", "week"),
            DurationUnit::Months => ("kw_months", "month"),
            DurationUnit::Years => ("kw_years", "year"),
            DurationUnit::WorkingDays => ("kw_working_days", "working day"),
        };
        match (self.chinese(), d.count) {
            (true, count) => format!("{count}{}", self.kw(rule)),
            (false, 1) => format!("1 {one}"),
            (false, count) => format!("{count} {}", self.kw(rule)),
        }
    }
}

/// The keyword of a function of one day.
fn day_part(part: DayPart) -> &'static str {
    match part {
        DayPart::Figure(Figure::Year) => "kw_year_of",
        DayPart::Figure(Figure::Month) => "kw_month_of",
        DayPart::Figure(Figure::DayOfMonth) => "kw_day_of_month",
        DayPart::Figure(Figure::DayOfWeek) => "kw_day_of_week",
        DayPart::Start(Stretch::Week) => "kw_start_of_week",
        DayPart::Start(Stretch::Month) => "kw_start_of_month",
        DayPart::Start(Stretch::Quarter) => "kw_start_of_quarter",
        DayPart::Start(Stretch::Year) => "kw_start_of_year",
        DayPart::End(Stretch::Week) => "kw_end_of_week",
        DayPart::End(Stretch::Month) => "kw_end_of_month",
        DayPart::End(Stretch::Quarter) => "kw_end_of_quarter",
        DayPart::End(Stretch::Year) => "kw_end_of_year",
    }
}

/// A number; five digits and more in threes.
fn grouped(value: &Exact) -> String {
    let text = value.to_string();
    let whole = text.find('.').unwrap_or(text.len());
    let digits = text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    if whole - digits < 5 {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        if at > digits && at < whole && (whole - at).is_multiple_of(3) {
            out.push('_');
        }
        out.push(c);
    }
    out
}
